//! Stems with their meanings → those with which a text goes on at one place, longest first. Refuses stems of one byte.
//!
//! The stems stand in order, each linked to the longest other stem with which it begins. The first bytes of a text, eight at most, are looked up by
//! hash: that finds the few stems that begin so, and the links find the rest. No automaton is built, so that a language is ready in no time.
//! Small tables tell first for which lengths of head that is worth a look: for most words none. Texts in many languages come in turn, so what is
//! looked at lies close together.

mod key;

use std::collections::BTreeMap;

use self::key::{HEAD, TOLD, behind, hash};
pub(crate) use self::key::{head, key, told};
use super::{
    table::{self, ByHash, Sieve},
    text::is_word,
};

const NONE: u32 = u32::MAX;

/// Bytes of the shortest stem.
const SHORTEST: usize = 2;

/// Bytes of a stem that are compared as numbers.
const NUMBERS: usize = 16;

/// Bytes of the shortest head whose length a table tells.
const LONGER: usize = 4;

/// How stems go on behind a word, by what is [told] of it.
pub(crate) type Ahead = Sieve<47>;

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

/// One stem: all that a look at it needs lies together.
#[derive(Debug)]
struct Stem<M> {
    /// The bytes behind the head as a number, in their order.
    behind: u64,
    /// Where its text begins.
    start: u32,
    /// In bytes.
    length: u32,
    /// The longest other stem with which it begins.
    shorter: u32,
    meaning: M,
}

/// Stems in order.
#[derive(Debug)]
pub(crate) struct Stems<M> {
    all: Vec<Stem<M>>,
    /// All texts, one behind the other.
    texts: String,
    /// By the hash of their head, the next free place after it where that is taken; a head of 0 is no run. A power of two of places.
    runs: Vec<Run>,
    /// By the hash of two, of three, of four and of five bytes, one bit: they may be a stem.
    short: [[u64; 16]; 4],
    /// By the hash of the first [`longer`] bytes, the lengths of the longer heads that begin so, one bit each: most words of a text fail here, …
    lengths: Box<[u8; 1 << 12]>,
    /// … and most others here: one bit for each hash of a head.
    filter: Box<[u64; 1 << 10]>,
    /// By the hash of a word, how the stems go on that begin with it and go on behind it.
    ahead: ByHash<Ahead>,
}

impl<M> Stems<M> {
    /// Puts the stems in order.
    pub(crate) fn new(all: BTreeMap<String, M>) -> Self {
        let mut index = Self {
            all: Vec::with_capacity(all.len()),
            texts: String::new(),
            runs: Vec::new(),
            short: [[0; 16]; 4],
            lengths: Box::new([0; 1 << 12]),
            filter: Box::new([0; 1 << 10]),
            ahead: ByHash::default(),
        };
        let mut open: Vec<u32> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        for (stem, meaning) in all {
            let bytes = stem.as_bytes();
            if bytes.len() < SHORTEST {
                continue;
            }
            while let Some(&last) = open.last() {
                if bytes.starts_with(index.text(&index.all[last as usize])) {
                    break;
                }
                open.pop();
            }
            let at = index.all.len() as u32;
            let head = head(key(bytes), bytes.len().min(HEAD));
            match runs.last_mut() {
                Some(run) if run.head == head => run.to = at + 1,
                _ => runs.push(Run {
                    head,
                    from: at,
                    to: at + 1,
                }),
            }
            if let Some(end) = stem.find(|c| !is_word(c)) {
                let ahead = index.ahead.entry(table::hash(&stem[..end])).or_default();
                ahead.add(match bytes.get(end + TOLD - 1) {
                    Some(_) => Ahead::of(told(&bytes[end..])),
                    None => Ahead::ANY,
                });
            }
            index.all.push(Stem {
                behind: behind(bytes),
                start: index.texts.len() as u32,
                length: bytes.len() as u32,
                shorter: open.last().copied().unwrap_or(NONE),
                meaning,
            });
            open.push(at);
            index.texts.push_str(&stem);
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
            let longer = longer(run.head >> (8 * (length - 1)) < 0x80);
            if length < longer {
                self.short[length - SHORTEST][(hash >> 6) & 15] |= 1 << (hash & 63);
            } else {
                let first = self::hash(run.head >> (8 * (length - longer)));
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
        self.from(self.longest(rest))
    }

    /// The stem at a place, the one where [`Stems::longest`] found it, and those with which it begins, longest first.
    #[inline]
    pub(crate) fn from(&self, place: u32) -> impl Iterator<Item = Found<'_, M>> {
        let mut at = place;
        std::iter::from_fn(move || {
            let stem = self.all.get(at as usize)?;
            at = stem.shorter;
            Some(Found {
                length: stem.length as usize,
                meaning: &stem.meaning,
            })
        })
    }

    /// How a text must go on behind a word, all of its letters, for a stem to begin with the word and go on behind it: what is
    /// [told](told) of it.
    pub(crate) fn ahead(&self, word: &str) -> Ahead {
        let known = self.ahead.get(&table::hash(word));
        known.copied().unwrap_or_default()
    }

    /// The text of a stem.
    fn text(&self, stem: &Stem<M>) -> &[u8] {
        let start = stem.start as usize;
        &self.texts.as_bytes()[start..start + stem.length as usize]
    }

    /// The lengths of the heads that may be found, one bit each.
    #[inline]
    fn lengths(&self, whole: u64) -> u32 {
        let short = |length: usize| {
            let hash = hash(head(whole, length));
            ((self.short[length - SHORTEST][(hash >> 6) & 15] >> (hash & 63) & 1) as u32) << length
        };
        let more =
            |longer: usize| u32::from(self.lengths[hash(head(whole, longer)) & 0xFFF]) << LONGER;
        if whole >> 63 == 0 {
            more(longer(true)) | short(3) | short(2)
        } else {
            more(longer(false)) | short(5) | short(4) | short(3) | short(2)
        }
    }

    /// The place of the longest stem with which `rest` begins; [`NONE`] where none does.
    #[inline]
    pub(crate) fn longest(&self, rest: &[u8]) -> u32 {
        let whole = key(rest);
        let mut lengths = self.lengths(whole);
        while lengths != 0 {
            let length = lengths.ilog2() as usize;
            lengths ^= 1 << length;
            let head = head(whole, length);
            let hash = hash(head);
            if self.filter[(hash >> 6) & 0x3FF] >> (hash & 63) & 1 == 0 {
                continue;
            }
            let found = self.with(head, hash, length, rest);
            if found != NONE {
                return found;
            }
        }
        NONE
    }

    /// The longest stem that fits and has this head.
    fn with(&self, head: u64, hash: usize, length: usize, rest: &[u8]) -> u32 {
        match self.run(head, hash) {
            None => NONE,
            // A head that is shorter is the stem itself.
            Some(run) if length < HEAD => run.from,
            Some(run) => self.longest_of(run, rest),
        }
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
        let behind = behind(rest);
        let after = rest.get(NUMBERS..).unwrap_or_default();
        let (mut from, mut to) = (run.from, run.to);
        while from < to {
            let middle = from.midpoint(to);
            let stem = &self.all[middle as usize];
            if stem.behind < behind || stem.behind == behind && self.after(stem) <= after {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if from == run.from {
            return NONE;
        }
        let mut at = from - 1;
        while let Some(stem) = self.all.get(at as usize) {
            let numbers = (stem.length as usize).clamp(HEAD, NUMBERS) - HEAD;
            let same = numbers == 0 || head(behind ^ stem.behind, numbers) == 0;
            let short = stem.length as usize <= NUMBERS;
            if same && (short || after.starts_with(self.after(stem))) {
                break;
            }
            at = stem.shorter;
        }
        at
    }

    /// What no number tells of a stem.
    #[inline]
    fn after(&self, stem: &Stem<M>) -> &[u8] {
        if stem.length as usize <= NUMBERS {
            return &[];
        }
        &self.text(stem)[NUMBERS..]
    }
}

/// Bytes of the shortest head of an alphabet whose length a table tells: two letters beyond ASCII tell nothing.
#[inline]
fn longer(in_ascii: bool) -> usize {
    if in_ascii { LONGER } else { 6 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_stems_that_fit_are_found_the_longest_first() {
        let stems = [
            "niger",
            "nigeria",
            "ni",
            "nicaragua",
            "x",
            "nigerz",
            "costa rica",
            "côte-d'or",
        ];
        let index = Stems::new(stems.iter().map(|s| ((*s).to_owned(), ())).collect());
        let found =
            |text: &str| -> Vec<usize> { index.at(text.as_bytes()).map(|f| f.length).collect() };
        assert_eq!(found("nigerians"), [7, 5, 2]);
        assert_eq!(found("niger"), [5, 2]);
        assert_eq!(found("nigerw"), [5, 2]);
        assert_eq!(found("niz"), [2]);
        assert!(found("oman").is_empty() && found("x").is_empty() && found("").is_empty());
        let ahead = |word: &str, behind: &str| index.ahead(word).may_have(told(behind.as_bytes()));
        assert!(ahead("costa", " rica") && ahead("costa", " rico") && ahead("côte", "-d'or"));
        assert!(!ahead("costa", "") && !ahead("cost", " rica") && !ahead("niger", " rica"));
    }

    #[test]
    fn stems_of_any_length_and_alphabet_are_found() {
        let words = [
            "united arab emirates",
            "united arab em",
            "united a",
            "европейский союз",
            "европе",
            "ес",
            "中",
            "中非",
            "中非共和国",
            "île",
            "îles salomon",
            "état",
        ];
        let index = Stems::new(words.iter().map(|s| ((*s).to_owned(), *s)).collect());
        for text in words
            .iter()
            .chain(&["united arab emirs", "европейская", "естонія", "中非共"])
        {
            let mut fit: Vec<&str> = words.into_iter().filter(|w| text.starts_with(w)).collect();
            fit.sort_by_key(|w| std::cmp::Reverse(w.len()));
            for rest in [
                (*text).to_owned(),
                format!("{text} x"),
                format!("{text}zzzzzzzzz"),
            ] {
                let found: Vec<&str> = index.at(rest.as_bytes()).map(|f| *f.meaning).collect();
                assert_eq!(found, fit, "{rest}");
            }
        }
    }

    #[test]
    fn many_stems_of_two_alphabets_are_told_apart() {
        let stem = |n: usize| -> String {
            let (letters, n) = (["abcdef", "абвгде"][n % 2], n / 2);
            let letter = |at: usize| letters.chars().nth(n * 7919 / 5_usize.pow(at as u32) % 6);
            (0..2 + n % 9).filter_map(letter).collect()
        };
        let all: BTreeMap<String, usize> = (0..6000).map(|n| (stem(n), n)).collect();
        let known: Vec<String> = all.keys().cloned().collect();
        let index = Stems::new(all);
        for n in 0..1500 {
            let text = stem(n * 3 + 1) + &stem(n + 7);
            let mut fit: Vec<usize> = known
                .iter()
                .filter(|stem| text.starts_with(stem.as_str()))
                .map(String::len)
                .collect();
            fit.reverse();
            let found: Vec<usize> = index.at(text.as_bytes()).map(|f| f.length).collect();
            assert_eq!(found, fit, "{text}");
        }
    }
}
