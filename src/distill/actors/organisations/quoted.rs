//! Names after the kind of body that they are of: in quotation marks, or in capitals.

use super::{Hit, Reader};
use crate::distill::actors::lexicon::{
    BODY, CONJUNCTIONS, COUNTRY, GIVEN, HONORIFICS, LEFTJOINTS, NOUNS, ORGHEADS, ORGJOINTS,
    PARTICLES, QUOTEHEADS, ROLES, STOP,
};

/// The longest name in quotation marks, in words.
const LONGEST_QUOTED: usize = 6;

impl Reader<'_> {
    /// `компания «Северный ветер»` is the company's name alone, `Фонд «Наследие»` has its head word with it.
    pub(super) fn in_quotes(&self, first: usize) -> Option<Hit> {
        let head = first.checked_sub(1)?;
        let end = (first..first + LONGEST_QUOTED)
            .find(|&at| self.words.get(at).is_some_and(|w| w.quoted) || !self.joined(at + 1))?
            + 1;
        let closed = self.words.get(end - 1).is_some_and(|w| w.quoted);
        if !closed || !self.capital(first) {
            return None;
        }
        if self.is(QUOTEHEADS, head) {
            Some(Hit::new(
                first..end,
                "kind + name in quotation marks",
                2.5,
                0.85,
            ))
        } else if self.is(ORGHEADS, head) && !self.capital(head) {
            Some(Hit::new(
                first..end,
                "kind + name in quotation marks",
                2.5,
                0.8,
            ))
        } else if self.is(ORGHEADS, head) {
            Some(Hit::new(
                head..end,
                "head word + name in quotation marks",
                2.5,
                0.8,
            ))
        } else {
            None
        }
    }

    /// `les syndicats FGTB et CSC`, `the advocacy group Wreck Watch International`, `Hilfswerk Brot und Brunnen`.
    pub(super) fn after_kind(&self, kind: usize) -> Vec<Hit> {
        let mut found = Vec::new();
        let mut at = kind + 1;
        while self.joined(at) && found.len() < 3 {
            let Some(word) = self.words.get(at) else {
                break;
            };
            // `IG Metall`: one word after the acronym may be of the name.
            let more = self.joined(at + 1)
                && self.capital(at + 1)
                && !self.words.get(at + 1).is_some_and(|w| w.shouted)
                && !self.is(
                    STOP | ROLES | GIVEN | HONORIFICS | COUNTRY | ORGHEADS,
                    at + 1,
                );
            let name = if word.shouted && word.lower.chars().count() <= 8 && !word.is(STOP) {
                at..at + 1 + usize::from(more)
            } else if let Some(run) = self.capital_run(at) {
                run
            } else {
                break;
            };
            at = name.end;
            found.push(Hit::new(name, "name after its kind", 1.8, 0.78));
            // More than one follows a plural.
            if !(self.joined(at) && self.is(CONJUNCTIONS, at)) {
                break;
            }
            at += 1;
        }
        found
    }

    /// Two capitals or more, with joints between them; no person and no place begins so.
    fn capital_run(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let is_part = |i: usize| {
            self.words.get(i).is_some_and(|w| {
                w.capital && !w.is(STOP | ROLES | HONORIFICS | COUNTRY) && !w.initial
            })
        };
        if !is_part(at) || self.is(GIVEN | BODY | ORGHEADS | NOUNS, at) {
            return None;
        }
        let mut end = at + 1;
        let mut capitals = 1;
        while end < at + LONGEST_QUOTED && self.joined(end) {
            if is_part(end) {
                end += 1;
            } else if self.is(ORGJOINTS | LEFTJOINTS | PARTICLES, end)
                && self.joined(end + 1)
                && is_part(end + 1)
                && !self.is(GIVEN, end + 1)
            {
                end += 2;
            } else {
                break;
            }
            capitals += 1;
        }
        (capitals >= 2).then_some(at..end)
    }
}
