//! Stems with their meanings → those with which a text goes on at one place, longest first. Refuses stems of one byte.
//!
//! The stems stand in order, each linked to the longest other stem with which it begins: one search for the place of the text among them
//! finds the longest that fits, the links find the rest. No automaton is built, so that a language is ready in no time.

use std::collections::BTreeMap;

const NONE: u32 = u32::MAX;

/// Bytes of the shortest stem.
const SHORTEST: usize = 2;

/// Bytes of a stem that the filter looks at.
const LONGEST: usize = 6;

/// One stem that fits.
pub(crate) struct Found<'i, M> {
    /// In bytes.
    pub(crate) length: usize,
    /// What it means.
    pub(crate) meaning: &'i M,
}

/// Stems in order.
#[derive(Debug)]
pub(crate) struct Stems<M> {
    /// The first eight bytes of each stem as one number, in order.
    keys: Vec<u64>,
    texts: Vec<Box<str>>,
    meanings: Vec<M>,
    /// For each stem the longest other with which it begins.
    shorter: Vec<u32>,
    /// One bit for each hash of the first bytes of a stem, six at most: most words of a text fail here.
    filter: Vec<u64>,
}

impl<M> Stems<M> {
    /// Puts the stems in order.
    pub(crate) fn new(all: BTreeMap<String, M>) -> Self {
        let mut index = Self {
            keys: Vec::with_capacity(all.len()),
            texts: Vec::with_capacity(all.len()),
            meanings: Vec::with_capacity(all.len()),
            shorter: Vec::with_capacity(all.len()),
            filter: vec![0; 1 << 10],
        };
        let mut open: Vec<u32> = Vec::new();
        for (stem, meaning) in all {
            let bytes = stem.as_bytes();
            if bytes.len() < SHORTEST {
                continue;
            }
            let bit = hash(key(bytes), bytes.len().min(LONGEST));
            index.filter[bit >> 6] |= 1 << (bit & 63);
            while let Some(&last) = open.last() {
                if stem.starts_with(&*index.texts[last as usize]) {
                    break;
                }
                open.pop();
            }
            index.shorter.push(open.last().copied().unwrap_or(NONE));
            open.push(index.shorter.len() as u32 - 1);
            index.keys.push(key(bytes));
            index.texts.push(stem.into_boxed_str());
            index.meanings.push(meaning);
        }
        index
    }

    /// The stems with which `rest` begins, longest first.
    pub(crate) fn at<'i>(&'i self, rest: &[u8]) -> impl Iterator<Item = Found<'i, M>> + use<'i, M> {
        let mut at = self.longest(rest);
        std::iter::from_fn(move || {
            let stem = self.texts.get(at as usize)?;
            let found = Found {
                length: stem.len(),
                meaning: self.meanings.get(at as usize)?,
            };
            at = self.shorter[at as usize];
            Some(found)
        })
    }

    fn longest(&self, rest: &[u8]) -> u32 {
        let wanted = key(rest);
        let known = |length| {
            let bit = hash(wanted, length);
            self.filter[bit >> 6] & 1 << (bit & 63) != 0
        };
        if !(SHORTEST..=LONGEST.min(rest.len())).any(known) {
            return NONE;
        }
        let mut before = self.keys.partition_point(|key| *key < wanted);
        while self.keys.get(before) == Some(&wanted) && self.texts[before].as_bytes() <= rest {
            before += 1;
        }
        let Some(mut at) = before.checked_sub(1) else {
            return NONE;
        };
        while let Some(stem) = self.texts.get(at) {
            if rest.starts_with(stem.as_bytes()) {
                return at as u32;
            }
            at = self.shorter[at] as usize;
        }
        NONE
    }
}

/// Sixteen bits of the first `length` bytes of a key.
fn hash(key: u64, length: usize) -> usize {
    let first = key >> (64 - 8 * length);
    (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}

/// The first eight bytes, in the order of the bytes; what is missing counts as zero.
fn key(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut first = [0; 8];
    first[..bytes.len()].copy_from_slice(bytes);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_stems_that_fit_are_found_the_longest_first() {
        let stems = ["niger", "nigeria", "ni", "nicaragua", "x", "nigerz"];
        let index = Stems::new(stems.iter().map(|s| ((*s).to_owned(), ())).collect());
        let found =
            |text: &str| -> Vec<usize> { index.at(text.as_bytes()).map(|f| f.length).collect() };
        assert_eq!(found("nigerians"), [7, 5, 2]);
        assert_eq!(found("niger"), [5, 2]);
        assert_eq!(found("nigerw"), [5, 2]);
        assert_eq!(found("niz"), [2]);
        assert!(found("oman").is_empty() && found("x").is_empty() && found("").is_empty());
    }
}
