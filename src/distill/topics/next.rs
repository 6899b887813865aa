//! The second word of a term, the text behind its first → whether a closer look is worth it. Refuses nothing that the term may go on with.

use super::edges::may_take_prefix;
use crate::distill::{stems::key, table::Sieve};

/// The first bytes of a term's second word: enough to tell that most terms of several words don't go on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    bytes: u32,
    /// The bytes that count.
    mask: u32,
}

impl Next {
    /// Whatever the text goes on with.
    pub(super) const ANY: Self = Self { bytes: 0, mask: 0 };

    /// The bytes with which a word begins.
    pub(super) fn of(word: &str) -> Self {
        let first = |bytes: &[u8]| (key(bytes) >> 32) as u32;
        Self {
            bytes: first(word.as_bytes()),
            mask: first(&[0xFF; 4][..word.len().min(4)]),
        }
    }

    /// What the word behind a space begins with; `None` where a look at the bytes does not tell.
    #[inline]
    pub(super) fn ahead(folded: &str, at: usize) -> Option<u32> {
        let rest = folded.as_bytes().get(at..).unwrap_or_default();
        match rest {
            [b' ' | b'\n', b' ' | b'\n', ..] => None,
            [b' ' | b'\n', first, ..] if may_take_prefix(*first) => None,
            [b' ' | b'\n', next @ ..] => Some((key(next) >> 32) as u32),
            // No term goes on without a space.
            _ => Some(0),
        }
    }

    /// Whether the text may go on so.
    #[inline]
    pub(super) fn may_be(self, ahead: Option<u32>) -> bool {
        ahead.is_none_or(|ahead| (ahead ^ self.bytes) & self.mask == 0)
    }
}

/// How a text must go on for one of several terms, by the first two bytes of the next word. It stands beside a place of 32 bits and two bits more.
pub(super) type Ahead = Sieve<30>;

impl From<Next> for Ahead {
    fn from(next: Next) -> Self {
        if next.mask >> 16 == 0xFFFF {
            Self::of(u64::from(next.bytes >> 16))
        } else {
            Self::ANY
        }
    }
}

/// Whether a text that has this [ahead](Next::ahead) may go on so.
#[inline]
pub(super) fn may_go_on(all: Ahead, ahead: Option<u32>) -> bool {
    ahead.is_none_or(|ahead| all.may_have(u64::from(ahead >> 16)))
}
