//! Stems with their meanings → those with which a text goes on at one place, longest first. Refuses stems of one byte.
//!
//! The stems stand in order, each linked to the longest other stem with which it begins. The first bytes of a text, eight at most, are looked up by
//! hash: that finds the few stems that begin so, and the links find the rest. No automaton is built, so that a language is ready in no time.
//! Small tables tell first for which lengths of head that is worth a look: for most words none.

use std::collections::BTreeMap;

const NONE: u32 = u32::MAX;

/// Bytes of the shortest stem.
const SHORTEST: usize = 2;

/// Bytes of a stem that are looked up by hash.
const HEAD: usize = 8;

/// Bytes of the shortest head whose length a table tells.
const LONGER: usize = 4;

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
    /// All texts, one behind the other.
    texts: String,
    /// Where each text begins, and the end of the last.
    starts: Vec<u32>,
    meanings: Vec<M>,
    /// For each stem the longest other with which it begins.
    shorter: Vec<u32>,
    /// By the hash of their head, the next free place after it where that is taken; a head of 0 is no run. A power of two of places.
    runs: Vec<Run>,
    /// By the hash of two and of three bytes, one bit: they may be a stem.
    short: [[u64; 16]; 2],
    /// By the hash of the first four bytes, the lengths of the longer heads that begin so, one bit each: most words of a text fail here, …
    lengths: Box<[u8; 1 << 12]>,
    /// … and most others here: one bit for each hash of a head.
    filter: Box<[u64; 1 << 10]>,
}

impl<M> Stems<M> {
    /// Puts the stems in order.
    pub(crate) fn new(all: BTreeMap<String, M>) -> Self {
        let mut index = Self {
            texts: String::new(),
            starts: Vec::with_capacity(all.len() + 1),
            meanings: Vec::with_capacity(all.len()),
            shorter: Vec::with_capacity(all.len()),
            runs: Vec::new(),
            short: [[0; 16]; 2],
            lengths: Box::new([0; 1 << 12]),
            filter: Box::new([0; 1 << 10]),
        };
        index.starts.push(0);
        let mut open: Vec<u32> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        for (stem, meaning) in all {
            let bytes = stem.as_bytes();
            if bytes.len() < SHORTEST {
                continue;
            }
            while let Some(&last) = open.last() {
                if bytes.starts_with(index.text(last as usize)) {
                    break;
                }
                open.pop();
            }
            let at = index.meanings.len() as u32;
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
            index.texts.push_str(&stem);
            index.starts.push(index.texts.len() as u32);
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
            let hash = hash(run.head);
            self.filter[(hash >> 6) & 0x3FF] |= 1 << (hash & 63);
            let length = (64 - run.head.leading_zeros()).div_ceil(8) as usize;
            if length < LONGER {
                self.short[length - SHORTEST][(hash >> 6) & 15] |= 1 << (hash & 63);
            } else {
                let first = self::hash(run.head >> (8 * (length - LONGER)));
                self.lengths[first & 0xFFF] |= 1 << (length - LONGER);
            }
            let mut place = hash & last;
            while self.runs[place].head != 0 {
                place = (place + 1) & last;
            }
            self.runs[place] = *run;
        }
    }

    /// The stems with which `rest` begins, longest first.
    #[inline]
    pub(crate) fn at<'i>(&'i self, rest: &[u8]) -> impl Iterator<Item = Found<'i, M>> + use<'i, M> {
        let mut at = self.longest(rest);
        std::iter::from_fn(move || {
            let place = at as usize;
            let meaning = self.meanings.get(place)?;
            let found = Found {
                length: (self.starts[place + 1] - self.starts[place]) as usize,
                meaning,
            };
            at = self.shorter[place];
            Some(found)
        })
    }

    /// The text of a stem.
    #[inline]
    fn text(&self, at: usize) -> &[u8] {
        &self.texts.as_bytes()[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The lengths of the heads that may be found, one bit each.
    #[inline]
    fn lengths(&self, whole: u64) -> u32 {
        let longer = u32::from(self.lengths[hash(head(whole, LONGER)) & 0xFFF]);
        let short = |length: usize| {
            let hash = hash(head(whole, length));
            (self.short[length - SHORTEST][(hash >> 6) & 15] >> (hash & 63) & 1) as u32
        };
        longer << LONGER | short(3) << 3 | short(2) << 2
    }

    #[inline]
    fn longest(&self, rest: &[u8]) -> u32 {
        let whole = key(rest);
        let lengths = self.lengths(whole);
        if lengths == 0 {
            NONE
        } else {
            self.longest_with(rest, whole, lengths)
        }
    }

    /// The longest stem that fits, whose head has one of the lengths.
    fn longest_with(&self, rest: &[u8], whole: u64, mut lengths: u32) -> u32 {
        while lengths != 0 {
            let length = lengths.ilog2() as usize;
            lengths ^= 1 << length;
            let head = head(whole, length);
            let hash = hash(head);
            if length > rest.len() || self.filter[(hash >> 6) & 0x3FF] >> (hash & 63) & 1 == 0 {
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
        let (mut from, mut to) = (run.from, run.to);
        while from < to {
            let middle = from.midpoint(to);
            if self.text(middle as usize) <= rest {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if from == run.from {
            return NONE;
        }
        let mut at = from - 1;
        while at != NONE && !rest.starts_with(self.text(at as usize)) {
            at = self.shorter[at as usize];
        }
        at
    }
}

/// The bits by which a head is filed.
#[inline]
fn hash(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// The first `length` bytes of a key, from one to eight.
#[inline]
pub(crate) fn head(key: u64, length: usize) -> u64 {
    key >> (64 - 8 * length)
}

/// The first eight bytes, in the order of the bytes; what is missing counts as zero.
#[inline]
pub(crate) const fn key(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() {
        key |= (bytes[at] as u64) << (56 - 8 * at);
        at += 1;
    }
    key
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
