//! A rule for characters → its answers, ready to look up for those of at most two bytes: Latin, Greek, Cyrillic, Hebrew and Arabic, which most texts
//! are made of. Refuses nothing.

use std::array;

/// The first character of three bytes.
const FAR: usize = 0x800;

/// A rule, and its answers by character.
#[derive(Debug)]
pub(crate) struct Near<T> {
    near: [T; FAR],
    rule: fn(char) -> T,
}

impl<T: Copy> Near<T> {
    /// Makes the answers of a rule ready.
    pub(crate) fn new(rule: fn(char) -> T) -> Self {
        // All of these numbers are characters.
        let answer = |at| rule(char::from_u32(at as u32).unwrap_or_default());
        Self {
            near: array::from_fn(answer),
            rule,
        }
    }

    /// What the rule says of a character.
    #[inline]
    pub(crate) fn of(&self, c: char) -> T {
        let near = self.near.get(c as usize).copied();
        near.unwrap_or_else(|| (self.rule)(c))
    }
}
