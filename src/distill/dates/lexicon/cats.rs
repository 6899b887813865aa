//! Categories → a set of them in one word of memory.

use super::Cat;

/// A set of categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cats(u64);

impl Cats {
    /// Phrases in which a number may stand.
    pub(crate) const COUNTED: Self = Self::of(&[
        Cat::Ago,
        Cat::Ahead,
        Cat::AheadUnsure,
        Cat::MonthsAgo,
        Cat::MonthsAhead,
        Cat::Shift,
        Cat::ShiftAfter,
    ]);

    /// These categories.
    #[inline]
    pub(crate) const fn of(all: &[Cat]) -> Self {
        let mut rest = all;
        let mut set = 0;
        while let [first, others @ ..] = rest {
            set |= 1 << *first as u32;
            rest = others;
        }
        Self(set)
    }

    /// Whether a category is one of them.
    #[inline]
    pub(crate) const fn has(self, cat: Cat) -> bool {
        self.0 & (1 << cat as u32) != 0
    }

    /// Whether the sets have a category in common.
    #[inline]
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The categories of both sets together.
    #[inline]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The categories that are in both sets.
    #[inline]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in() {
        let set = Cats::of(&[Cat::Month, Cat::NoEmbargo]);
        assert!(set.has(Cat::Month) && set.has(Cat::NoEmbargo) && !set.has(Cat::Weekday));
        assert!(set.meets(Cats::of(&[Cat::Month])) && !set.meets(Cats::COUNTED));
        assert_eq!(
            set.and(Cats::of(&[Cat::Month])).or(Cats::default()),
            Cats::of(&[Cat::Month])
        );
    }
}
