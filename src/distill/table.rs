//! Hash of a word → what is known about the word. Most words of a text are in no list: a few bits tell so without a look at the table.
//!
//! A word is known by its hash alone. Two words that share one (of 2^64) would be read alike; a text made so on purpose misleads nobody but itself.

use std::{
    collections::{HashMap, HashSet},
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

/// Hashes of words.
pub(crate) type Hashes = HashSet<u64, BuildHasherDefault<Same>>;

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
        Self((0..PLACES).map(|_| Default::default()).collect())
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

/// Whether something holds of the words that came last, whoever asked: a [`Memo`] of yes and no.
///
/// A place holds the hash of its word, whose last bits are the place, with the answer in their stead.
#[derive(Debug)]
pub(crate) struct YesNo(Box<[AtomicU64]>);

/// How many words one holds.
const ANSWERS: usize = 1 << 13;

/// Stands beside an answer: a place without it is free.
const ANSWERED: u64 = 2;

impl Default for YesNo {
    fn default() -> Self {
        Self((0..ANSWERS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl YesNo {
    /// The answer for the word with this hash, which `work_out` gives where it is not known. It must depend on the word alone.
    #[inline]
    pub(crate) fn of(&self, hash: u64, work_out: impl FnOnce() -> bool) -> bool {
        let Some(place) = self.0.get(hash as usize % ANSWERS) else {
            return work_out();
        };
        let word = hash - hash % ANSWERS as u64 + ANSWERED;
        let known = place.load(Relaxed);
        if known & !1 == word {
            return known & 1 == 1;
        }
        let new = work_out();
        place.store(word + u64::from(new), Relaxed);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memo_answers_as_what_works_it_out() {
        let (memo, answers) = (Memo::default(), YesNo::default());
        std::thread::scope(|scope| {
            for thread in 0..2 {
                let (memo, answers) = (&memo, &answers);
                scope.spawn(move || {
                    for round in 0..40_000_u64 {
                        let word = hash(&(round * (thread + 3) % 9000).to_string());
                        assert_eq!(memo.of(word, || word.rotate_left(7)), word.rotate_left(7));
                        let odd = word.count_ones() % 2 == 1;
                        assert_eq!(answers.of(word, || odd), odd);
                    }
                });
            }
        });
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
