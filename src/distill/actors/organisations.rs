//! Words of a script with capitals → organisations: a head word (Agency, Office, Ministerium, Комиссия …) with what belongs to it,
//! "Long Name (ACRO)", and the names that everyone knows. Refuses a bare head word ("the Council") and national governments.

use super::{
    Sighting,
    lexicon::{Lexicon, lexicon},
    names::normal_capitals,
    words::{Gap, Word, words},
};
use crate::{
    distill::{evidence::Span, text::Text},
    model::Lang,
};

/// The organisations that a text names.
pub(super) fn organisations(text: &Text, lang: &Lang) -> Vec<Sighting> {
    let lexicon = lexicon(lang.primary());
    let honorifics = lexicon.list("honorifics");
    let words = words(text, |lower| honorifics.has(lower));
    let reader = Reader {
        text,
        words: &words,
        lexicon,
        lang,
    };
    let mut found: Vec<(std::ops::Range<usize>, &'static str, f32)> = Vec::new();
    for at in 0..words.len() {
        found.extend(reader.known(at).map(|r| (r, "known name", 3.0)));
        found.extend(
            reader
                .before_acronym(at)
                .map(|r| (r, "name (acronym)", 3.0)),
        );
        found.extend(reader.around_head(at).map(|r| (r, "head word", 2.0)));
    }
    // The longest reading of a place wins, an earlier rule first.
    found.sort_by(|a, b| {
        b.0.len()
            .cmp(&a.0.len())
            .then(b.2.total_cmp(&a.2))
            .then(a.0.start.cmp(&b.0.start))
    });
    let mut taken = vec![false; words.len()];
    let mut sightings = Vec::new();
    for (range, rule, weight) in found {
        let Some(slots) = taken.get_mut(range.clone()) else {
            continue;
        };
        if slots.iter().any(|t| *t) {
            continue;
        }
        slots.fill(true);
        sightings.extend(reader.sighting(&range, rule, weight));
    }
    sightings
}

struct Reader<'a> {
    text: &'a Text,
    words: &'a [Word<'a>],
    lexicon: &'a Lexicon,
    lang: &'a Lang,
}

impl Reader<'_> {
    fn is(&self, list: &str, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| self.lexicon.list(list).has(&w.lower))
    }

    fn joined(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.before == Gap::Space)
    }

    fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.capital)
    }

    fn sighting(
        &self,
        range: &std::ops::Range<usize>,
        rule: &'static str,
        weight: f32,
    ) -> Option<Sighting> {
        let words = self.words.get(range.clone())?;
        let span = Span::new(words.first()?.span.start, words.last()?.span.end);
        let written = self.text.slice(span);
        let shouted = words.len() > 1
            && words
                .iter()
                .filter(|w| w.text.chars().count() > 2)
                .all(|w| w.shouted);
        let name = if shouted {
            self.quiet(written)
        } else {
            written.to_owned()
        };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Sighting {
            span,
            name: without_possessive(&name).to_owned(),
            role: String::new(),
            rule,
            weight,
        })
    }

    /// An all-capitals name with normal ones: joints small.
    fn quiet(&self, written: &str) -> String {
        written
            .split_whitespace()
            .enumerate()
            .map(|(i, word)| {
                let lower = word.to_lowercase();
                if i > 0 && self.lexicon.list("orgjoints").has(&lower) {
                    return lower;
                }
                match word.split_once(['\'', '’']) {
                    Some((head, tail)) if head.chars().count() == 1 => format!(
                        "{}{}{}",
                        if i > 0 {
                            head.to_lowercase()
                        } else {
                            head.to_owned()
                        },
                        if word.contains('’') { '’' } else { '\'' },
                        normal_capitals(tail, self.lang)
                    ),
                    _ => normal_capitals(word, self.lang),
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Names that everyone knows, by the list of the language.
    fn known(&self, at: usize) -> Option<std::ops::Range<usize>> {
        if !self.capital(at) {
            return None;
        }
        let first = self.words.get(at)?;
        self.lexicon
            .list("known")
            .exact_longest_first()
            .into_iter()
            .find_map(|name| {
                let mut end = at;
                for (i, part) in name.split([' ']).enumerate() {
                    let word = self.words.get(end)?;
                    let bare = without_possessive(&word.lower);
                    if bare != part || (i > 0 && word.before != Gap::Space) {
                        return None;
                    }
                    end += 1;
                }
                // A short name in small letters with one capital is a word that begins a sentence.
                let short = name.chars().count() <= 5 && !name.contains(' ');
                (!short || first.shouted || first.text.chars().count() > 4).then_some(at..end)
            })
    }

    /// `Fonds européen pour l’eau partagée (FEEP)`: the initials spell the acronym.
    fn before_acronym(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let acronym = self.words.get(at)?;
        let letters: Vec<char> = acronym.text.chars().collect();
        let alone = self
            .words
            .get(at + 1)
            .is_none_or(|w| w.before != Gap::Space);
        if acronym.before != Gap::Open
            || !acronym.shouted
            || !(2..=8).contains(&letters.len())
            || !alone
        {
            return None;
        }
        let mut wanted: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
        let mut start = at;
        while start > 0 && at - start < 12 && (start == at || self.joined(start)) {
            start -= 1;
            let word = self.words.get(start)?;
            if word.lower.chars().next() == wanted.last().copied() {
                wanted.pop();
                if wanted.is_empty() {
                    return (word.capital || self.is("orgheads", start))
                        .then_some(start..at)
                        .filter(|r| r.len() > 1);
                }
            } else if !self.is("orgjoints", start) && !self.is("joints", start) {
                // Hyphenated words may carry two of the letters.
                let parts: Vec<char> = word
                    .lower
                    .split('-')
                    .filter_map(|p| p.chars().next())
                    .collect();
                if parts.len() > 1 && wanted.ends_with(&parts) {
                    wanted.truncate(wanted.len() - parts.len());
                    if wanted.is_empty() {
                        return Some(start..at);
                    }
                    continue;
                }
                return None;
            }
        }
        None
    }

    /// A head word with what belongs to it on both sides.
    fn around_head(&self, head: usize) -> Option<std::ops::Range<usize>> {
        if !self.is("orgheads", head) {
            return None;
        }
        let small = !self.capital(head);
        let start = self.left_of(head);
        if small && start == head && !self.is("lowerheads", head) {
            return None;
        }
        let end = self.right_of(head);
        let range = start..end;
        if range.len() < 2 {
            return self.is_proper_single(head).then_some(range);
        }
        if small
            && start == head
            && self.is("needadjective", head)
            && !self.capital_after_joint(head, end)
            && !self.is("adjectives", head + 1)
        {
            return None;
        }
        // Nothing but "the Council of the", "a Commission": one word with a small companion says little.
        let capitals = (start..end).filter(|&i| self.capital(i)).count();
        let weak = self.is("weakheads", head);
        let enough = if self.lang.primary() == "en" {
            2
        } else {
            usize::from(weak)
        };
        (capitals >= enough).then_some(range)
    }

    fn capital_after_joint(&self, head: usize, end: usize) -> bool {
        (head + 1..end).any(|i| self.capital(i))
    }

    /// Where capitalised words (and, between them, joints) lead up to the head.
    fn left_of(&self, head: usize) -> usize {
        let mut start = head;
        // Only where words before a noun describe it.
        if matches!(
            self.lang.primary(),
            "fr" | "es" | "pt" | "it" | "ro" | "ar" | "id" | "sw" | "el"
        ) {
            return start;
        }
        let slavic = matches!(
            self.lang.primary(),
            "ru" | "uk" | "pl" | "be" | "bg" | "sr" | "cs" | "sk"
        );
        while start > 0 && head - start < 7 && self.joined(start) {
            let previous = start - 1;
            if self.is("roles", previous) || self.ends_name(previous) {
                break;
            }
            if self.capital(previous) && !self.is("stop", previous) {
                start = previous;
            } else if slavic && !self.capital(previous) && self.is_small_adjective(previous) {
                // `Межгосударственная водная комиссия`: small adjectives count once a capital is reached.
                let Some(first) = (previous.saturating_sub(3)..previous)
                    .rev()
                    .take_while(|&i| {
                        self.joined(i + 1) && (self.capital(i) || self.is_small_adjective(i))
                    })
                    .find(|&i| self.capital(i) && !self.is("stop", i) && !self.is("roles", i))
                else {
                    break;
                };
                start = first;
            } else if previous > 0
                && self.lang.primary() == "en"
                && matches!(
                    self.words.get(previous).map(|w| w.lower.as_str()),
                    Some("and" | "&" | "of" | "for")
                )
                && self.joined(previous)
                && self.capital(previous - 1)
                && !self.is("stop", previous - 1)
                && !self.is("roles", previous - 1)
                && !self.ends_name(previous - 1)
                && (head - previous < 3 || !self.is("orgheads", previous - 1))
            {
                start = previous - 1;
            } else {
                break;
            }
        }
        start
    }

    fn is_small_adjective(&self, at: usize) -> bool {
        const ENDINGS: [&str; 18] = [
            "ая", "ой", "ый", "ий", "ое", "ую", "ого", "ого", "на", "ної", "ний", "ska", "skiej",
            "owy", "owa", "owej", "na", "nej",
        ];
        self.words
            .get(at)
            .is_some_and(|w| ENDINGS.iter().any(|e| w.lower.ends_with(e)))
    }

    /// A possessive or case ending closes what comes before it.
    fn ends_name(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.text.ends_with("'s") || w.text.ends_with("’s"))
    }

    /// How far the name goes after its head: adjectives, then joints with their nouns.
    fn right_of(&self, head: usize) -> usize {
        let mut end = head + 1;
        let mut joints = 0;
        while end < self.words.len()
            && end - head < 12
            && self.joined(end)
            && !self.ends_name(end - 1)
        {
            if self.is("breakers", end) && !self.is("orgjoints", end) {
                break;
            }
            if self.is("orgjoints", end) {
                let mut noun = end;
                let conjunction = self.is("conjunctions", noun);
                while noun < end + 3 && self.joined(noun) && self.is("orgjoints", noun) {
                    noun += 1;
                }
                let begins = self.joined(noun)
                    && self
                        .words
                        .get(noun)
                        .is_some_and(|w| w.text.chars().any(char::is_alphabetic));
                if !begins || joints >= 3 || self.is("roles", noun) {
                    break;
                }
                // A second noun after "and" belongs to the name only where both are written with capitals.
                let parallel =
                    self.capital(noun) && self.capital(end - 1) && !self.is("orgheads", noun);
                let fits = if conjunction {
                    parallel && joints > 0 && !self.is_english_article(end, noun)
                } else if self.needs_capitals() {
                    self.capital(noun) && !self.is("stop", noun)
                } else {
                    !self.is("stop", noun) && !self.is("breakers", noun)
                };
                if !fits {
                    break;
                }
                joints += 1;
                end = noun + 1;
            } else if self.belongs_bare(end, head)
                || self.is_adjective(end)
                || self.is_genitive(end, head)
            {
                end += 1;
            } else {
                break;
            }
        }
        end
    }

    /// A capitalised word right after the name so far: part of it, but for what begins something else.
    fn belongs_bare(&self, at: usize, head: usize) -> bool {
        let first = at == head + 1;
        let place_or_day = self.is("notnames", at) && !(first && self.lang.primary() != "de");
        self.capital(at)
            && !self.is("stop", at)
            && !self.is("roles", at)
            && (!place_or_day || self.lang.primary() == "fr")
            && (first || self.lang.primary() != "de")
    }

    fn is_english_article(&self, from: usize, noun: usize) -> bool {
        (from..noun).any(|i| self.words.get(i).is_some_and(|w| w.lower == "the"))
    }

    fn needs_capitals(&self) -> bool {
        matches!(
            self.lang.primary(),
            "en" | "de"
                | "nl"
                | "da"
                | "sv"
                | "nb"
                | "no"
                | "pl"
                | "ru"
                | "uk"
                | "tr"
                | "id"
                | "el"
                | "sw"
        )
    }

    fn is_adjective(&self, at: usize) -> bool {
        self.is("adjectives", at)
            && !self.is("notadjectives", at)
            && !self.capital(at)
            && !self.is("stop", at)
    }

    /// `министерство водного хозяйства`: small words in the genitive right after the head.
    fn is_genitive(&self, at: usize, head: usize) -> bool {
        at - head <= 3
            && !self.capital(at)
            && !self.is("stop", at)
            && !self.is("speech", at)
            && self
                .words
                .get(at)
                .is_some_and(|w| w.lower.chars().count() > 3)
            && self.is("genitives", at)
    }

    /// One word that is a name by itself: `Bundesbank`, `Scheldecommissie`.
    fn is_proper_single(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        word.capital
            && self.is("singles", at)
            && !self.is("notsingles", at)
            && (word.before != Gap::Stop || self.lang.primary() == "de")
    }
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or_else(|| match word.rsplit_once(['\'', '’']) {
            Some((head, tail))
                if head.chars().count() > 4
                    && tail.chars().count() <= 4
                    && tail.chars().all(char::is_lowercase)
                    && !head.ends_with(" d")
                    && !head.ends_with(" l") =>
            {
                head
            }
            _ => word,
        })
}
