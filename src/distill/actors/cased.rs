//! Words of a script with capitals → people: a role word and a capitalised run, in either order, an honorific or a verb of saying beside it.
//! Refuses runs with a country, a month, an organisation's head word or a street in them.

use super::{
    lexicon::Lexicon,
    words::{Gap, Word},
};

/// Where a person is named.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The words of the name.
    pub(super) name: std::ops::Range<usize>,
    /// The words of the role; empty where none is given.
    pub(super) role: std::ops::Range<usize>,
    /// Which rule.
    pub(super) rule: &'static str,
    /// How sure.
    pub(super) weight: f32,
}

/// The longest role that is believed before a name, in words: a name must follow.
const LONGEST_ROLE: usize = 16;
/// The longest role after a name, in words: it ends at a comma, a verb of saying or a relative word, and none is cut short.
const LONGEST_APPOSITION: usize = 30;

/// Reads one text.
pub(super) struct Reader<'a> {
    /// Its words.
    pub(super) words: &'a [Word<'a>],
    /// Its language's words.
    pub(super) lexicon: &'a Lexicon,
    /// Whether a word names a country, its people or a matter of policy: it may stand between a role and a name.
    pub(super) is_matter: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// Every naming of a person, in text order.
    pub(super) fn people(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for at in 0..self.words.len() {
            if self.is("roles", at) {
                found.extend(self.role_then_name(at));
            }
            if let Some(name) = self.name(at) {
                found.extend(self.name_then_role(&name));
                found.extend(self.speaker(&name));
            }
            if self.is("honorifics", at) {
                found.extend(self.after_honorific(at));
            }
        }
        found.sort_by_key(|f| (f.name.start, f.name.end));
        // `Alderwick of Lyme` inside `Baroness Alderwick of Lyme` is the same naming.
        let all = found.clone();
        found.retain(|f| {
            !all.iter().any(|g| {
                g.name != f.name && g.name.start <= f.name.start && f.name.end <= g.name.end
            })
        });
        found
    }

    fn is(&self, list: &str, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| self.lexicon.list(list).has(&w.lower))
    }

    fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Stop, |w| w.before)
    }

    /// `the director of X, Name Name,` and `minister Name Name`.
    fn role_then_name(&self, role: usize) -> Option<Found> {
        let start = self.role_start(role);
        let mut at = role + 1;
        while at < role + LONGEST_ROLE && at < self.words.len() {
            match self.gap(at) {
                Gap::Space => {
                    let after_joint = self.is("joints", at - 1);
                    if let Some(name) = self.name(at) {
                        let plain = self.without_matters(name.clone());
                        let stripped = plain.as_ref().is_some_and(|p| p.start > name.start);
                        if let Some(name) = plain.filter(|_| stripped || !after_joint) {
                            return Some(Found {
                                role: start..name.start,
                                name,
                                rule: "role + name",
                                weight: 3.0,
                            });
                        }
                        at = name.end;
                        continue;
                    }
                    if self.is("breakers", at) {
                        return None;
                    }
                    at += 1;
                }
                Gap::Comma | Gap::Dash => {
                    let opens = (at..at + 3)
                        .find(|&k| !self.is("honorifics", k) || self.gap(k + 1) != Gap::Space)?;
                    let name = self.name(opens)?;
                    let closed = self.gap(name.end) != Gap::Space
                        || self.is("breakers", name.end)
                        || self.is("speech", name.end)
                        || self.is("joints", name.end);
                    return closed.then_some(Found {
                        role: start..at,
                        name,
                        rule: "role, name",
                        weight: 3.0,
                    });
                }
                _ => return None,
            }
        }
        None
    }

    /// `Name Name, director of X` and `Name Name (director of X)`.
    fn name_then_role(&self, name: &std::ops::Range<usize>) -> Option<Found> {
        if !matches!(self.gap(name.end), Gap::Comma | Gap::Open | Gap::Dash) {
            return None;
        }
        let from = name.end;
        if self.is("relatives", from) && self.gap(from) == Gap::Comma {
            return Some(Found {
                name: name.clone(),
                role: from..from,
                rule: "name, who",
                weight: 2.0,
            });
        }
        let role = (from..from + 6).find(|&at| {
            at == from
                || self.gap(at) == Gap::Space
                    && !self.is("speech", at)
                    && !self.is("conjunctions", at)
        })?;
        let mut at = role;
        while at < from + 6 && !self.is("roles", at) {
            at += 1;
            if self.gap(at) != Gap::Space || self.is("speech", at) || self.is("relatives", at) {
                return None;
            }
            // Another name before the role: the role is that one's.
            if !self.is("roles", at)
                && self.name(at).is_some_and(|n| n.end < at + 4)
                && !self.is("joints", at - 1)
                && self.following_role(at)
            {
                return None;
            }
        }
        if !self.is("roles", at) {
            return None;
        }
        let mut end = at + 1;
        while end < self.words.len()
            && end < from + LONGEST_APPOSITION
            && self.gap(end) == Gap::Space
            && !self.is("speech", end)
            && !self.is("relatives", end)
        {
            end += 1;
        }
        Some(Found {
            name: name.clone(),
            role: from..end,
            rule: "name, role",
            weight: 3.0,
        })
    }

    fn following_role(&self, at: usize) -> bool {
        self.name(at)
            .is_some_and(|n| self.gap(n.end) == Gap::Comma && self.is("roles", n.end))
    }

    /// `said Name Name` and `Name Name said`.
    fn speaker(&self, name: &std::ops::Range<usize>) -> Option<Found> {
        let after = self.gap(name.end) == Gap::Space && self.is("speech", name.end);
        let before = name.start > 0
            && self.gap(name.start) == Gap::Space
            && self.is("speech", name.start - 1);
        (after || before).then(|| Found {
            name: name.clone(),
            role: name.end..name.end,
            rule: "verb of saying",
            weight: 2.0,
        })
    }

    /// `Mme Name`: one word is enough for a later short reference, not for a person of its own.
    fn after_honorific(&self, honorific: usize) -> Option<Found> {
        let at = honorific + 1;
        if self.gap(at) != Gap::Space || self.is("honorifics", at) {
            return None;
        }
        let name = self.run(at)?;
        let weight = if self.is_full(&name) { 2.0 } else { 0.5 };
        Some(Found {
            role: name.end..name.end,
            name,
            rule: "honorific + name",
            weight,
        })
    }

    /// The first word of a role phrase whose noun is at `role`.
    fn role_start(&self, role: usize) -> usize {
        let mut start = role;
        while start > 0
            && role - start < 4
            && self.gap(start) == Gap::Space
            && (self.is("premodifiers", start - 1) || self.is("roles", start - 1))
        {
            start -= 1;
        }
        start
    }

    /// A whole name that begins at `at`.
    pub(super) fn name(&self, at: usize) -> Option<std::ops::Range<usize>> {
        // In the middle of a run no name begins.
        let inside = at > 0
            && self.gap(at) == Gap::Space
            && self.words.get(at - 1).is_some_and(|w| w.capital)
            && self.can_be_name(at - 1)
            && !self.is("roles", at - 1);
        if inside {
            return None;
        }
        self.run(at).filter(|run| self.is_full(run))
    }

    /// A capitalised run with its particles.
    fn run(&self, at: usize) -> Option<std::ops::Range<usize>> {
        if !self.can_be_name(at) {
            return None;
        }
        let mut end = at + 1;
        loop {
            let mut next = end;
            while next < end + 3 && self.gap(next) == Gap::Space && self.is_particle(next, at) {
                next += 1;
            }
            let closed_by_ending = self
                .words
                .get(end - 1)
                .is_some_and(|w| has_case_ending(w.text));
            if closed_by_ending || self.gap(next) != Gap::Space || !self.can_be_name(next) {
                break;
            }
            end = next + 1;
        }
        (end - at <= 7).then_some(at..end)
    }

    /// A small (or, as in `Joris Van Damme`, a capital) word between the parts of a name; `of` only after a title of nobility.
    fn is_particle(&self, at: usize, first: usize) -> bool {
        self.words.get(at).is_some_and(|w| {
            (PARTICLES.contains(&w.lower.as_str()) && !self.is("breakers", at))
                || (!w.capital && self.is("particles", at))
                || (w.lower == "of" && self.is("nobility", first))
        })
    }

    fn can_be_name(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| {
            w.capital
                && !w.text.contains(|c: char| c.is_ascii_digit())
                && !["stop", "organisations", "notnames", "honorifics", "roles"]
                    .iter()
                    .any(|list| self.lexicon.list(list).has(&w.lower))
        })
    }

    /// Two words or more, not all shouted, none of them a country or a matter.
    fn is_full(&self, run: &std::ops::Range<usize>) -> bool {
        let Some(words) = self.words.get(run.clone()) else {
            return false;
        };
        let named = words
            .iter()
            .filter(|w| w.capital && w.text.chars().count() > 1);
        let noble = words
            .first()
            .is_some_and(|w| self.lexicon.list("nobility").has(&w.lower));
        named.clone().count() >= 2
            && (noble || !named.clone().all(|w| w.shouted))
            && !words
                .iter()
                .any(|w| (self.is_matter)(&w.lower) && w.capital && words.len() < 3)
    }

    /// The name without the countries and matters of policy that belong to the role before it.
    fn without_matters(&self, mut name: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        while self
            .words
            .get(name.start)
            .is_some_and(|w| (self.is_matter)(&w.lower))
        {
            name.start += 1;
            while self.words.get(name.start).is_some_and(|w| !w.capital) && name.start < name.end {
                name.start += 1;
            }
        }
        (name.start < name.end && self.is_full(&name)).then_some(name)
    }
}

/// What stands between the parts of a name in many languages.
const PARTICLES: [&str; 34] = [
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "van", "von", "der",
    "den", "ter", "ten", "zu", "bin", "ben", "ibn", "bint", "ould", "el", "al", "y", "af", "av",
    "ní", "mac", "o", "ap", "delle", "degli",
];

/// `Kars'ta`: an ending after an apostrophe, as Turkish writes with names.
fn has_case_ending(word: &str) -> bool {
    word.rsplit_once(['\'', '’']).is_some_and(|(head, tail)| {
        head.chars().count() > 2 && tail.chars().all(char::is_lowercase)
    })
}
