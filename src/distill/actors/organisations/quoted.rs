//! Names in quotation marks after the kind of body that they are of.

use super::{Hit, Reader};
use crate::distill::actors::lexicon::{ORGHEADS, QUOTEHEADS};

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
        } else if self.is(ORGHEADS, head) && self.capital(head) {
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
}
