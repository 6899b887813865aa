//! Words as lists write them → what is known of a word: a `*` stands for any ending or any beginning. The bits of all patterns that fit are joined.

use std::hash::Hasher;

use crate::distill::table::{ByHash, Filter, Table, hash};

/// The lists that a word is in, one bit each.
pub(super) type Classes = u64;

/// Bytes that tell most words from all patterns with an open end.
const FIRST: usize = 3;

/// Letters of the longest ending that a stem takes.
const ENDING: usize = 3;

/// What is known of words.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    exact: Table<Classes>,
    beginnings: Open,
    /// From their last byte on.
    endings: Open,
    /// They take an ending of up to three letters.
    stems: Table<Classes>,
    /// One bit for each length of a stem in bytes.
    stem_lengths: u64,
    infixes: Vec<(Box<str>, Classes)>,
    /// The first two bytes of each infix: most words have none of these.
    infix_pairs: Pairs,
}

/// One bit for each hash of two bytes.
#[derive(Debug, Default)]
struct Pairs([u64; 8]);

impl Pairs {
    fn add(&mut self, infix: &str) {
        // An infix of one byte may be anywhere.
        let Some(pair) = infix.as_bytes().first_chunk() else {
            self.0 = [u64::MAX; 8];
            return;
        };
        let (word, bit) = Self::place(*pair);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn any_in(&self, word: &str) -> bool {
        word.len() < 2
            || word.as_bytes().windows(2).any(|pair| {
                let &[a, b] = pair else { return false };
                let (word, bit) = Self::place([a, b]);
                self.0.get(word).is_some_and(|word| word & bit != 0)
            })
    }

    fn place([a, b]: [u8; 2]) -> (usize, u64) {
        let hash = usize::from(a) ^ usize::from(b) << 3;
        (hash >> 6 & 7, 1 << (hash & 63))
    }
}

impl Patterns {
    /// Adds a folded word, with `*` where it is open.
    pub(super) fn add(&mut self, pattern: &str, classes: Classes) {
        let word = pattern.trim_matches('*');
        if word.is_empty() {
            return;
        }
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (false, false) => *self.exact.of(hash(word)) |= classes,
            (false, true) => self.beginnings.add(word.bytes(), classes),
            (true, false) => self.endings.add(word.bytes().rev(), classes),
            (true, true) => {
                self.infix_pairs.add(word);
                self.infixes.push((word.into(), classes));
            }
        }
    }

    /// Adds a folded word that takes any ending.
    pub(super) fn add_beginning(&mut self, word: &str, classes: Classes) {
        self.beginnings.add(word.bytes(), classes);
    }

    /// Adds a folded word that takes an ending of up to three letters.
    pub(super) fn add_stem(&mut self, stem: &str, classes: Classes) {
        if let Some(bit) = length_bit(stem.len()) {
            self.stem_lengths |= bit;
            *self.stems.of(hash(stem)) |= classes;
        }
    }

    /// What is known of a folded word.
    pub(super) fn of(&self, word: &str) -> Classes {
        let mut classes = self.exactly(word)
            | self.beginnings.of(word.bytes())
            | self.endings.of(word.bytes().rev());
        if self.stem_lengths != 0 {
            classes |= self.stemmed(word);
        }
        if self.infix_pairs.any_in(word) {
            for (infix, found) in &self.infixes {
                if word.contains(&**infix) {
                    classes |= found;
                }
            }
        }
        classes
    }

    /// What is known of a folded word as it stands.
    pub(super) fn exactly(&self, word: &str) -> Classes {
        self.exact.get(hash(word)).copied().unwrap_or_default()
    }

    fn stemmed(&self, word: &str) -> Classes {
        let shorter = word.char_indices().rev().take(ENDING).map(|(at, _)| at);
        shorter
            .chain([word.len()])
            .filter(|length| length_bit(*length).is_some_and(|bit| self.stem_lengths & bit != 0))
            .filter_map(|length| self.stems.get(hash(word.get(..length)?)))
            .fold(0, |all, classes| all | classes)
    }
}

/// Words with one open end, by the hash of what is given.
#[derive(Debug, Default)]
struct Open {
    all: ByHash<Classes>,
    filter: Filter,
    /// The hashes of the first bytes of the longer entries: few words begin like one.
    begins: Filter,
    /// One bit for each length in bytes that occurs.
    lengths: u64,
}

impl Open {
    fn add(&mut self, bytes: impl Iterator<Item = u8>, classes: Classes) {
        let mut state = Fnv::default();
        let mut length = 0;
        let mut begin = None;
        for byte in bytes {
            state.write_u8(byte);
            length += 1;
            if length == FIRST {
                begin = Some(state.0);
            }
        }
        if let Some(bit) = length_bit(length) {
            if let Some(begin) = begin {
                self.begins.add(begin);
            }
            self.filter.add(state.0);
            *self.all.entry(state.0).or_default() |= classes;
            self.lengths |= bit;
        }
    }

    /// The classes of every entry that `bytes` begin with.
    fn of(&self, bytes: impl Iterator<Item = u8>) -> Classes {
        let mut found = 0;
        let mut state = Fnv::default();
        let mut lengths = self.lengths;
        for (i, byte) in bytes.enumerate() {
            state.write_u8(byte);
            lengths >>= 1;
            if lengths == 0 || i + 1 == FIRST && !self.begins.may_have(state.0) {
                break;
            }
            if lengths & 1 == 1 && self.filter.may_have(state.0) {
                found |= self.all.get(&state.0).copied().unwrap_or_default();
            }
        }
        found
    }
}

/// The bit of a length in bytes; none for what is no word.
fn length_bit(length: usize) -> Option<u64> {
    (1..64).contains(&length).then(|| 1 << length)
}

/// FNV-1a: on the way to the hash of a word are those of its beginnings.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_that_fits_counts() {
        let mut patterns = Patterns::default();
        for (bit, pattern) in ["ministre", "minist*", "*istre", "*nis*", "m*", "*e"]
            .into_iter()
            .enumerate()
        {
            patterns.add(pattern, 1 << bit);
        }
        patterns.add_stem("минис", 1 << 6);
        assert_eq!(patterns.of("ministre"), 0b11_1111);
        assert_eq!(patterns.of("ministère"), 0b11_1010);
        assert_eq!(patterns.of("registre"), 0b10_0100);
        assert_eq!(patterns.of("министр"), 1 << 6);
        assert_eq!(patterns.of("министрами"), 0);
        assert_eq!(patterns.exactly("ministre"), 1);
        assert_eq!(patterns.of(""), 0);
    }
}
