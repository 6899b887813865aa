//! `Long Name (ACRO)` and `ACRO (Long Name)` → the two are one; later the acronym alone stands for the name.

use std::{collections::HashMap, ops::Range};

use super::{Hit, Reader};
use crate::distill::actors::{
    lexicon::{JOINTS, ORGHEADS, ORGJOINTS},
    words::Gap,
};

/// The longest name that is spelled by an acronym, in words.
const LONGEST: usize = 14;

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
            if !self.is_acronym(at) {
                continue;
            }
            let gap = self.words.get(at).map(|w| w.before);
            let alone = !self.joined(at + 1);
            let name = if gap == Some(Gap::Open) && alone {
                self.spelled_before(at).or_else(|| {
                    found
                        .iter()
                        .filter(|h| h.words.end == at && h.words.len() > 1)
                        .map(|h| h.words.clone())
                        .max_by_key(Range::len)
                })
            } else if self
                .words
                .get(at + 1)
                .is_some_and(|w| w.before == Gap::Open)
            {
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
        let mut names: HashMap<&str, &Acronym> = HashMap::new();
        for acronym in acronyms {
            if let Some(word) = self.words.get(acronym.at) {
                names.entry(word.lower).or_insert(acronym);
            }
        }
        (0..self.words.len())
            .filter(|&at| self.is_acronym(at))
            .filter_map(|at| {
                let acronym = names.get(self.words.get(at)?.lower)?;
                (acronym.at != at).then(|| Hit {
                    joined: Some(acronym.name.clone()),
                    ..Hit::new(at..at + 1, "acronym of a name", 2.0, 0.92)
                })
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

    /// `Fonds européen pour l’eau partagée (FEEP)`: the initials spell the acronym.
    fn spelled_before(&self, at: usize) -> Option<Range<usize>> {
        let mut wanted: Vec<char> = self.letters(at);
        let mut start = at;
        while start > 0 && at - start < LONGEST && (start == at || self.joined(start)) {
            start -= 1;
            let word = self.words.get(start)?;
            if word.lower.chars().next() == wanted.last().copied() {
                wanted.pop();
                if wanted.is_empty() {
                    return (word.capital || self.is(ORGHEADS, start))
                        .then_some(start..at)
                        .filter(|r| r.len() > 1);
                }
            } else if !self.is(ORGJOINTS | JOINTS, start) {
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

    /// `FEEP (Fonds européen pour l’eau partagée)`.
    fn spelled_after(&self, acronym: usize) -> Option<Range<usize>> {
        let letters = self.letters(acronym);
        let mut wanted = letters.iter().peekable();
        let start = acronym + 1;
        let mut end = start;
        while end < start + LONGEST && (end == start || self.joined(end)) {
            let word = self.words.get(end)?;
            if word.lower.chars().next().as_ref() == wanted.peek().copied() {
                wanted.next();
            } else if !self.is(ORGJOINTS | JOINTS, end) {
                return None;
            }
            end += 1;
        }
        (wanted.peek().is_none() && end > start + 1 && self.capital(start)).then_some(start..end)
    }

    fn letters(&self, at: usize) -> Vec<char> {
        self.words.get(at).map_or_else(Vec::new, |w| {
            w.lower.chars().filter(|c| c.is_alphabetic()).collect()
        })
    }
}
