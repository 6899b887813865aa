//! `Long Name (ACRO)` and `ACRO (Long Name)` → the two are one; later the acronym alone stands for the name.

use std::ops::Range;

use super::{Hit, Reader};
use crate::distill::{
    actors::{
        lexicon::{JOINTS, NOTNAMES, ORGANISATIONS, ORGHEADS, ORGJOINTS, STREETS, THINGS},
        words::Gap,
    },
    table::{ByHash, hash},
};

/// The longest name that is spelled by an acronym, in words.
const LONGEST: usize = 14;
/// The longest acronym, in letters.
const MOST_LETTERS: usize = 12;
/// The longest ending after an acronym and a hyphen, in letters.
const ENDING: usize = 4;

/// A name and the acronym beside it.
#[derive(Clone, Debug)]
pub(super) struct Acronym {
    /// The acronym's word.
    pub(super) at: usize,
    /// The words of the name.
    pub(super) name: Range<usize>,
}

impl Reader<'_> {
    /// Every acronym with its name. `found` are the organisations by other rules.
    pub(super) fn acronyms(&self, found: &[Hit]) -> Vec<Acronym> {
        let mut acronyms = Vec::new();
        for at in 1..self.words.len() {
            let opens = |at: usize| self.words.get(at).is_some_and(|w| w.before == Gap::Open);
            let (bracketed, explained) = (opens(at), opens(at + 1));
            if !bracketed && !explained || !self.capital(at) {
                continue;
            }
            let alone = !self.joined(at + 1);
            if !self.is_acronym(at) {
                // `(Profepa)`
                if !(bracketed && alone) {
                    continue;
                }
                let mut ending = found
                    .iter()
                    .filter(|h| h.words.end == at && h.words.len() > 1);
                let name = ending
                    .find(|h| self.spells(&h.words, at))
                    .map(|h| h.words.clone());
                acronyms.extend(name.map(|name| Acronym { at, name }));
                continue;
            }
            let name = if bracketed && alone {
                self.spelled_before(at).or_else(|| {
                    found
                        .iter()
                        .filter(|h| h.words.end == at && h.words.len() > 1)
                        .map(|h| h.words.clone())
                        .max_by_key(Range::len)
                })
            } else if explained {
                self.spelled_after(at)
            } else {
                None
            };
            acronyms.extend(name.map(|name| Acronym { at, name }));
        }
        acronyms
    }

    /// The acronyms wherever they stand alone.
    pub(super) fn later_acronyms(&self, acronyms: &[Acronym]) -> Vec<Hit> {
        if acronyms.is_empty() {
            return Vec::new();
        }
        let mut names: ByHash<&Acronym> = ByHash::default();
        for acronym in acronyms {
            if let Some(word) = self.words.get(acronym.at) {
                names.entry(hash(word.lower)).or_insert(acronym);
            }
        }
        let named = |at: usize| {
            let word = self.words.get(at)?;
            // `UOKiK-u`, `NAV-nak`: an ending after a hyphen.
            let bare = || {
                word.lower
                    .split_once('-')
                    .filter(|(_, end)| end.chars().count() <= ENDING)
            };
            names
                .get(&hash(word.lower))
                .or_else(|| names.get(&hash(bare()?.0)))
                .copied()
        };
        (0..self.words.len())
            .filter_map(|at| Some((at, named(at)?)))
            .filter(|&(at, acronym)| {
                let written = self.words.get(acronym.at).map_or("", |w| w.text);
                acronym.at != at
                    && self
                        .words
                        .get(at)
                        .is_some_and(|w| w.text.starts_with(written) || self.is_acronym(at))
            })
            .map(|(at, acronym)| Hit {
                joined: Some(acronym.name.clone()),
                ..Hit::new(at..at + 1, "acronym of a name", 2.0, 0.92)
            })
            .collect()
    }

    fn is_acronym(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| {
            w.capital
                && (2..=9).contains(&w.lower.chars().count())
                && (w.shouted || w.text.chars().filter(|c| c.is_uppercase()).count() > 1)
        })
    }

    /// `Fonds européen pour l’eau partagée (FEEP)`: the words before it spell the acronym.
    fn spelled_before(&self, at: usize) -> Option<Range<usize>> {
        let first = self.letters(at).first().copied()?;
        let mut start = at;
        while start > 0 && at - start < LONGEST && (start == at || self.joined(start)) {
            start -= 1;
            let word = self.words.get(start)?;
            let begins =
                word.lower.starts_with(first) && (word.capital || self.is(ORGHEADS, start));
            if begins && at - start > 1 && self.spells(&(start..at), at) {
                return self.is_of_a_body(&(start..at)).then_some(start..at);
            }
        }
        None
    }

    /// `FEEP (Fonds européen pour l’eau partagée)`.
    fn spelled_after(&self, acronym: usize) -> Option<Range<usize>> {
        let start = acronym + 1;
        let mut end = start + 1;
        while end < start + LONGEST && self.joined(end) {
            end += 1;
        }
        (end > start + 1
            && self.capital(start)
            && self.spells(&(start..end), acronym)
            && self.is_of_a_body(&(start..end)))
        .then_some(start..end)
    }

    /// `Date limite de consommation (DLC)`, `Gross Domestic Product (GDP)` are of none: no word of theirs says so.
    fn is_of_a_body(&self, name: &Range<usize>) -> bool {
        let any = |lists| name.clone().any(|at| self.is(lists, at));
        let capitals = name.clone().filter(|&at| self.capital(at)).count();
        any(ORGHEADS | ORGANISATIONS) || capitals > 1 && !any(NOTNAMES | STREETS | THINGS)
    }

    /// Whether each word, joints aside, gives the acronym its first letter and perhaps more of its letters, in their order.
    fn spells(&self, name: &Range<usize>, acronym: usize) -> bool {
        let letters = self.letters(acronym);
        if !(1..=MOST_LETTERS).contains(&letters.len()) {
            return false;
        }
        // Bit n: the words so far spell the first n letters.
        let mut reached: u32 = 1;
        for at in name.clone() {
            let Some(word) = self.words.get(at) else {
                return false;
            };
            let mut next = if self.is(ORGJOINTS | JOINTS, at) {
                reached
            } else {
                0
            };
            for from in (0..letters.len()).filter(|n| reached & (1 << n) != 0) {
                let mut rest = word.lower.chars();
                if rest.next() != letters.get(from).copied() {
                    continue;
                }
                let mut to = from + 1;
                next |= 1 << to;
                for c in rest {
                    if letters.get(to) == Some(&c) {
                        to += 1;
                        next |= 1 << to;
                    }
                }
            }
            reached = next;
        }
        reached & (1 << letters.len()) != 0
    }

    fn letters(&self, at: usize) -> Vec<char> {
        self.words.get(at).map_or_else(Vec::new, |w| {
            w.lower.chars().filter(|c| c.is_alphabetic()).collect()
        })
    }
}
