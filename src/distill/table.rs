//! Hash of a word → what is known about the word. Most words of a text are in no list: a few bits tell so without a look at the table.
//!
//! A word is known by its hash alone. Two words that share one (of 2^64) would be read alike; a text made so on purpose misleads nobody but itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, Hasher},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// The hash of a word by which all tables know it.
#[inline]
pub(crate) fn hash(word: &str) -> u64 {
    let mut state = foldhash::fast::FixedState::with_seed(0).build_hasher();
    state.write(word.as_bytes());
    state.finish()
}

/// A hash that is its key already.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map by hashes.
pub(crate) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Same>>;

/// One bit for each hash, of 2^15.
#[derive(Clone, Debug)]
pub(crate) struct Filter(Box<[u64]>);

impl Default for Filter {
    fn default() -> Self {
        Self(vec![0; 1 << 9].into_boxed_slice())
    }
}

impl Filter {
    /// Adds a hash.
    pub(crate) fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// False where the hash was never added.
    #[inline]
    pub(crate) fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    #[inline]
    fn place(hash: u64) -> (usize, u64) {
        ((hash >> 32) as usize & 0x1FF, 1 << (hash >> 48 & 63))
    }
}

/// Numbers, one bit for each hash of `BITS`, few enough to stand beside an answer in a [`Memo`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sieve<const BITS: u32>(u64);

impl<const BITS: u32> Sieve<BITS> {
    /// Every number may be in here.
    pub(crate) const ANY: Self = Self((1 << BITS) - 1);

    /// One number.
    #[inline]
    pub(crate) fn of(number: u64) -> Self {
        let hash = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        Self(1 << (hash as u32 % BITS))
    }

    /// Takes in another.
    #[inline]
    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// False where the number is surely not in here.
    #[inline]
    pub(crate) fn may_have(self, number: u64) -> bool {
        self.0 != 0 && self.0 & Self::of(number).0 != 0
    }

    /// Whether no number is in here.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its bits, the lowest of the number.
    #[inline]
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// From the lowest bits of a number; what is above them is something else.
    #[inline]
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits & Self::ANY.0)
    }
}

/// What is known about words.
#[derive(Debug)]
pub(crate) struct Table<V> {
    filter: Filter,
    all: ByHash<V>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            all: HashMap::default(),
        }
    }
}

impl<V> Table<V> {
    /// What is known about the word with this hash.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<&V> {
        self.filter
            .may_have(hash)
            .then(|| self.all.get(&hash))
            .flatten()
    }

    /// All that is known, in no order.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.all.values_mut()
    }
}

impl<V: Default> Table<V> {
    /// What is known about a word, to add to it.
    pub(crate) fn of(&mut self, hash: u64) -> &mut V {
        self.filter.add(hash);
        self.all.entry(hash).or_default()
    }
}

/// What was worked out for the words that came last, whoever asked: a word that comes again is not worked out again.
///
/// No lock: a place holds the answer beside the hash exclusive-or the answer. What two threads wrote at once fits no hash and counts as missing.
#[derive(Debug)]
pub(crate) struct Memo(Box<[[AtomicU64; 2]]>);

/// How many words a memo holds.
const PLACES: usize = 1 << 12;

impl Default for Memo {
    fn default() -> Self {
        // No hash that belongs to a place fits what stands there at first.
        let free = |place: usize| [AtomicU64::new(place as u64 ^ 1), AtomicU64::new(0)];
        Self((0..PLACES).map(free).collect())
    }
}

impl Memo {
    /// The answer for the word with this hash, which `work_out` gives where it is not known. It must depend on the word alone.
    #[inline]
    pub(crate) fn of(&self, hash: u64, work_out: impl FnOnce() -> u64) -> u64 {
        let Some([keyed, answer]) = self.0.get(hash as usize % PLACES) else {
            return work_out();
        };
        let known = answer.load(Relaxed);
        if keyed.load(Relaxed) ^ known == hash {
            return known;
        }
        let new = work_out();
        answer.store(new, Relaxed);
        keyed.store(hash ^ new, Relaxed);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memo_answers_as_what_works_it_out() {
        let memo = Memo::default();
        assert_eq!(memo.of(0, || 7), 7);
        std::thread::scope(|scope| {
            for thread in 0..2 {
                let memo = &memo;
                scope.spawn(move || {
                    for round in 0..40_000_u64 {
                        let word = hash(&(round * (thread + 3) % 9000).to_string());
                        assert_eq!(memo.of(word, || word.rotate_left(7)), word.rotate_left(7));
                    }
                });
            }
        });
    }

    #[test]
    fn a_sieve_lets_pass_what_was_put_in_and_little_else() {
        let mut sieve = Sieve::<47>::default();
        for number in 0..5 {
            sieve.add(Sieve::of(number));
        }
        let again = Sieve::<47>::from_bits(sieve.bits() | 1 << 47);
        assert!(again == sieve && (0..5).all(|number| sieve.may_have(number)));
        assert!((5..1000).filter(|number| sieve.may_have(*number)).count() < 200);
        assert!(Sieve::<47>::default().is_empty() && !Sieve::<47>::default().may_have(1));
        assert!((0..1000).all(|number| Sieve::<30>::ANY.may_have(number)));
    }

    #[test]
    fn what_was_added_is_found_and_nothing_else() {
        let mut table: Table<usize> = Table::default();
        for n in 0..3000 {
            *table.of(hash(&n.to_string())) = n;
        }
        for n in 0..3000 {
            assert_eq!(table.get(hash(&n.to_string())), Some(&n));
        }
        assert!((3000..9000).all(|n| table.get(hash(&n.to_string())).is_none()));
    }
}
