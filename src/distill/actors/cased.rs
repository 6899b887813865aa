//! Words of a script with capitals → people: a role word and a capitalised run, in either order, an honorific, a verb of saying or a given name.
//! Refuses runs with a country, a month, an organisation's head word or a street in them.

mod shape;

use std::ops::Range;

use super::{
    lexicon::{
        BREAKERS, CAPITAL_NOUNS, CONJUNCTIONS, COUNTRY, Classes, GIVEN, HONORIFICS, JOINTS,
        Lexicon, NOBILITY, NOTNAMES, ORGANISATIONS, ORGHEADS, PARTICLES, PREMODIFIERS, RELATIVES,
        ROLE_AFTER_NAME, ROLES, SPEECH, STOP, STREETS,
    },
    words::{Gap, Word},
};

/// Where a person is named.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The words of the name.
    pub(super) name: Range<usize>,
    /// The words of the role; empty where none is given.
    pub(super) role: Range<usize>,
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
}

impl Reader<'_> {
    /// Every naming of a person, in text order.
    pub(super) fn people(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if !word.capital && !word.is(ROLES | HONORIFICS) {
                continue;
            }
            if word.is(ROLES) {
                found.extend(self.role_then_name(at));
            }
            if word.is(HONORIFICS) {
                found.extend(self.after_honorific(at));
            }
            if word.capital
                && let Some(name) = self.name(at)
            {
                // `посол Нидерландов Ян де Вит заявил`: the country belongs to the post.
                let own = if at > 0 && self.is(ROLES, at - 1) && self.gap(at) == Gap::Space {
                    self.without_matters(name)
                } else {
                    Some(name)
                };
                let Some(name) = own else { continue };
                if self.is_believed(&name) {
                    found.extend(self.name_then_role(&name));
                    found.extend(self.speaker(&name));
                }
                found.extend(self.by_given_name(&name));
            }
        }
        found.sort_by(|a, b| {
            (a.name.start, a.name.end)
                .cmp(&(b.name.start, b.name.end))
                .then(b.weight.total_cmp(&a.weight))
        });
        without_nested(found)
    }

    fn is(&self, lists: Classes, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.is(lists))
    }

    fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Stop, |w| w.before)
    }

    fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.capital)
    }

    /// `the director of X, Name Name,` and `minister Name Name`.
    fn role_then_name(&self, role: usize) -> Option<Found> {
        let start = self.role_start(role);
        let mut at = role + 1;
        while at < role + LONGEST_ROLE && at < self.words.len() {
            match self.gap(at) {
                Gap::Space => {
                    if self.is(STREETS, at - 1) && at > role + 1 {
                        return None;
                    }
                    let after_joint = self.is(JOINTS, at - 1);
                    if let Some(name) = self.name(at) {
                        let plain = self.without_matters(name.clone());
                        let stripped = plain.as_ref().is_some_and(|p| p.start > name.start);
                        let fits = plain.filter(|p| {
                            (stripped || !after_joint)
                                && (at == role + 1 || self.is_sure_after_words(p))
                        });
                        if let Some(name) = fits {
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
                    if self.is(HONORIFICS, at) && !self.is(BREAKERS, at) {
                        let name = self.honoured(at)?;
                        return Some(Found {
                            role: start..at,
                            name,
                            rule: "role + name",
                            weight: 3.0,
                        });
                    }
                    if self.is(BREAKERS, at) {
                        return None;
                    }
                    at += 1;
                }
                Gap::Comma | Gap::Dash => {
                    let opens = (at..at + 3).find(|&k| {
                        !self.is(HONORIFICS, k) || !matches!(self.gap(k + 1), Gap::Space)
                    })?;
                    let name = self.name(opens).filter(|n| self.is_believed(n))?;
                    let closed = self.gap(name.end) != Gap::Space
                        || self.is(BREAKERS | SPEECH | JOINTS, name.end);
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

    /// Between a role and its name stand words of an office; where every noun has a capital, they must not be taken for the name.
    fn is_sure_after_words(&self, name: &Range<usize>) -> bool {
        !self.lexicon.has(CAPITAL_NOUNS) || self.has_given(name)
    }

    /// A full name after honorifics that begin at `at`.
    fn honoured(&self, at: usize) -> Option<Range<usize>> {
        let first = (at..at + 3).find(|&k| !self.is(HONORIFICS, k))?;
        (at + 1..=first)
            .all(|k| self.gap(k) == Gap::Space)
            .then(|| self.name(first))?
    }

    /// `Name Name, director of X` and `Name Name (director of X)`.
    fn name_then_role(&self, name: &Range<usize>) -> Option<Found> {
        let from = name.end;
        let bare = self.gap(from) == Gap::Space && self.lexicon.has(ROLE_AFTER_NAME);
        if !bare && !matches!(self.gap(from), Gap::Comma | Gap::Open | Gap::Dash) {
            return None;
        }
        if self.is(RELATIVES, from) && self.gap(from) == Gap::Comma {
            if !self.has_given(name) && self.gap(name.start) != Gap::Stop {
                return None;
            }
            return Some(Found {
                name: name.clone(),
                role: from..from,
                rule: "name, who",
                weight: 2.0,
            });
        }
        let role = (from..from + 6).find(|&at| {
            at == from || self.gap(at) == Gap::Space && !self.is(SPEECH | CONJUNCTIONS, at)
        })?;
        let mut at = role;
        while at < from + 6 && !self.is(ROLES, at) {
            at += 1;
            if self.gap(at) != Gap::Space
                || self.is(SPEECH | RELATIVES, at)
                || bare && at > from + 2
            {
                return None;
            }
            // Another name before the role: the role is that one's.
            if !self.is(ROLES, at)
                && self.name(at).is_some_and(|n| n.end < at + 4)
                && !self.is(JOINTS, at - 1)
                && self.following_role(at)
            {
                return None;
            }
        }
        if !self.is(ROLES, at) || self.is_of_the_next(at) {
            return None;
        }
        let mut end = at + 1;
        while end < self.words.len()
            && end < from + LONGEST_APPOSITION
            && self.gap(end) == Gap::Space
            && !self.is(SPEECH | RELATIVES, end)
            && (!bare || self.capital(end))
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

    /// `Name, minister Other Name`: the role is that of the name after it.
    fn is_of_the_next(&self, role: usize) -> bool {
        self.gap(role + 1) == Gap::Space
            && self
                .name(role + 1)
                .is_some_and(|n| self.has_given(&n) && !self.is(JOINTS, role))
    }

    fn following_role(&self, at: usize) -> bool {
        self.name(at)
            .is_some_and(|n| self.gap(n.end) == Gap::Comma && self.is(ROLES, n.end))
    }

    /// `said Name Name` and `Name Name said`.
    fn speaker(&self, name: &Range<usize>) -> Option<Found> {
        let after = self.gap(name.end) == Gap::Space && self.is(SPEECH, name.end);
        let before =
            name.start > 0 && self.gap(name.start) == Gap::Space && self.is(SPEECH, name.start - 1);
        // `NSZZ Solidarność`: a body's short name with its acronym.
        let acronym = self.words.get(name.clone()).is_some_and(|w| {
            w.first().is_some_and(|w| w.shouted) && w.iter().any(|w| w.capital && !w.shouted)
        });
        ((after || before) && (!acronym || self.has_given(name))).then(|| Found {
            name: name.clone(),
            role: name.end..name.end,
            rule: "verb of saying",
            weight: 2.0,
        })
    }

    /// `Mme Name`: one word is enough for a later short reference, not for a person of its own.
    fn after_honorific(&self, honorific: usize) -> Option<Found> {
        let at = honorific + 1;
        if self.gap(at) != Gap::Space || self.is(HONORIFICS, at) {
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

    /// `Amina Saidi opened the centre`: a given name and what follows it, not in a street's, a prize's or a body's name.
    fn by_given_name(&self, name: &Range<usize>) -> Option<Found> {
        let first = self.words.get(name.start)?;
        let last = self.words.get(name.end - 1)?;
        let noble = first.is(NOBILITY) && self.capital(name.start + 1);
        let plain = (first.is(GIVEN) || noble)
            && !first.shouted
            && !last.initial
            && last.lower.chars().count() > 2
            && !self
                .words
                .get(name.clone())?
                .iter()
                .any(|w| w.is(COUNTRY) && !w.is(GIVEN));
        let foreign = ORGANISATIONS | ORGHEADS | NOTNAMES | STREETS;
        let named_after = name.start > 0
            && self.gap(name.start) == Gap::Space
            && (self.is(foreign, name.start - 1)
                || self.is(JOINTS | PARTICLES, name.start - 1)
                    && name.start > 1
                    && self.is(foreign, name.start - 2)
                    && self.capital(name.start - 2));
        let goes_on = self.gap(name.end) == Gap::Space
            && (self.is(STREETS, name.end)
                || self.capital(name.end) && !self.is(STOP | ROLES | HONORIFICS, name.end));
        (plain && !named_after && !goes_on).then(|| Found {
            name: name.clone(),
            role: name.end..name.end,
            rule: "given name",
            weight: 1.5,
        })
    }

    /// The first word of a role phrase whose noun is at `role`.
    fn role_start(&self, role: usize) -> usize {
        let mut start = role;
        while start > 0
            && role - start < 4
            && self.gap(start) == Gap::Space
            && self.is(PREMODIFIERS | ROLES, start - 1)
        {
            start -= 1;
        }
        start
    }
}

/// `Alderwick of Lyme` inside `Baroness Alderwick of Lyme` is the same naming. The namings come in order of their beginnings, the surest first.
fn without_nested(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for naming in found {
        let nested = kept.iter().rev().take(8).any(|k| {
            k.name != naming.name
                && k.name.start <= naming.name.start
                && naming.name.end <= k.name.end
        });
        if nested {
            continue;
        }
        while let Some(last) = kept.last()
            && last.name.start == naming.name.start
            && last.name.end < naming.name.end
        {
            kept.pop();
        }
        kept.push(naming);
    }
    kept
}
