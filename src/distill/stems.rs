//! Stems with their meanings → those with which a text goes on at one place, longest first. Refuses stems of one byte.
//!
//! The stems stand in order, each linked to the longest other stem with which it begins. The first bytes of a text, six at most, are looked up by
//! hash: that finds the few stems that begin so, and the links find the rest. No automaton is built, so that a language is ready in no time.

use std::collections::BTreeMap;

const NONE: u32 = u32::MAX;

/// Bytes of the shortest stem.
const SHORTEST: usize = 2;

/// Bytes of a stem that are looked up by hash.
const HEAD: usize = 6;

/// One stem that fits.
pub(crate) struct Found<'i, M> {
    /// In bytes.
    pub(crate) length: usize,
    /// What it means.
    pub(crate) meaning: &'i M,
}

/// The stems that begin with the same [`HEAD`] bytes, or the one that is shorter: from where to where.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The bytes as a number, in their order.
    head: u64,
    from: u32,
    to: u32,
}

/// Stems in order.
#[derive(Debug)]
pub(crate) struct Stems<M> {
    texts: Vec<Box<str>>,
    meanings: Vec<M>,
    /// For each stem the longest other with which it begins.
    shorter: Vec<u32>,
    /// By the hash of their head, the next free place after it where that is taken; a head of 0 is no run. A power of two of places.
    runs: Vec<Run>,
    /// By the hash of the first two bytes, and by that of the first three: bit `n` where a head of `n` bytes begins so. Most words of a text
    /// fail here …
    lengths: [Vec<u8>; 2],
    /// … and others at one bit for each hash of a head.
    filter: Vec<u64>,
}

impl<M> Stems<M> {
    /// Puts the stems in order.
    pub(crate) fn new(all: BTreeMap<String, M>) -> Self {
        let mut index = Self {
            texts: Vec::with_capacity(all.len()),
            meanings: Vec::with_capacity(all.len()),
            shorter: Vec::with_capacity(all.len()),
            runs: Vec::new(),
            lengths: [vec![0; 1 << BITS], vec![0; 1 << BITS]],
            filter: vec![0; 1 << 10],
        };
        let mut open: Vec<u32> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        for (stem, meaning) in all {
            let bytes = stem.as_bytes();
            if bytes.len() < SHORTEST {
                continue;
            }
            while let Some(&last) = open.last() {
                if stem.starts_with(&*index.texts[last as usize]) {
                    break;
                }
                open.pop();
            }
            let at = index.texts.len() as u32;
            index.shorter.push(open.last().copied().unwrap_or(NONE));
            open.push(at);
            let head = head(key(bytes), bytes.len().min(HEAD));
            match runs.last_mut() {
                Some(run) if run.head == head => run.to = at + 1,
                _ => runs.push(Run {
                    head,
                    from: at,
                    to: at + 1,
                }),
            }
            index.texts.push(stem.into_boxed_str());
            index.meanings.push(meaning);
        }
        index.file(&runs);
        index
    }

    /// Files the runs by their hash.
    fn file(&mut self, runs: &[Run]) {
        let none = Run {
            head: 0,
            from: NONE,
            to: NONE,
        };
        self.runs = vec![none; (runs.len() * 2).next_power_of_two()];
        let last = self.runs.len() - 1;
        for run in runs {
            let length = 8 - run.head.leading_zeros() as usize / 8;
            let whole = run.head << (64 - 8 * length);
            self.lengths[0][opening(whole, 2)] |= 1 << length;
            self.lengths[1][opening(whole, 3)] |= 1 << length;
            let hash = hash(run.head);
            self.filter[(hash >> 6) & 0x3FF] |= 1 << (hash & 63);
            let mut place = hash & last;
            while self.runs[place].head != 0 {
                place = (place + 1) & last;
            }
            self.runs[place] = *run;
        }
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
        if rest.len() < SHORTEST {
            return NONE;
        }
        let whole = key(rest);
        let mut left = self.lengths[0][opening(whole, 2)];
        if left > 1 << 2 {
            left &= 1 << 2 | self.lengths[1][opening(whole, 3)];
        }
        while left != 0 {
            let length = left.ilog2() as usize;
            left ^= 1 << length;
            if length > rest.len() {
                continue;
            }
            let head = head(whole, length);
            let hash = hash(head);
            if self.filter[(hash >> 6) & 0x3FF] & 1 << (hash & 63) == 0 {
                continue;
            }
            let Some(run) = self.run(head, hash) else {
                continue;
            };
            // A head that is shorter is the stem itself.
            let found = if length < HEAD {
                run.from
            } else {
                self.longest_of(run, rest)
            };
            if found != NONE {
                return found;
            }
        }
        NONE
    }

    fn run(&self, head: u64, hash: usize) -> Option<Run> {
        let last = self.runs.len() - 1;
        let mut place = hash & last;
        loop {
            let run = self.runs[place];
            if run.head == head {
                return Some(run);
            }
            if run.head == 0 {
                return None;
            }
            place = (place + 1) & last;
        }
    }

    /// The longest stem of a run with which `rest` begins.
    fn longest_of(&self, run: Run, rest: &[u8]) -> u32 {
        let stems = &self.texts[run.from as usize..run.to as usize];
        let before = stems.partition_point(|stem| stem.as_bytes() <= rest);
        let Some(mut at) = before.checked_sub(1).map(|n| run.from as usize + n) else {
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

/// Bits of the hash of an opening.
const BITS: u32 = 12;

/// The hash of the first two or three bytes of a key.
fn opening(key: u64, length: usize) -> usize {
    (head(key, length) as u32).wrapping_mul(0x9E37_79B1) as usize >> (32 - BITS)
}

/// The bits by which a head is filed.
fn hash(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// The first `length` bytes of a key, from one to eight.
fn head(key: u64, length: usize) -> u64 {
    key >> (64 - 8 * length)
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
