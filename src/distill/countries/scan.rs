//! Text + lexicon → hits and cues: leftmost-longest among the readings whose word boundaries, endings, prefixes and capitals are right.
//!
//! One pass over the words, or over the characters where no spaces set words apart, finds both.

use super::{
    around::last_word,
    lexicon::{Cue, Entry, Lexicon, Prefix},
    says::Says,
};
use crate::distill::{
    evidence::Span,
    runs::Run,
    text::{Text, is_word},
};

/// One place in the text that a lexicon entry fits.
#[derive(Clone, Debug)]
pub(super) struct Hit<'l> {
    /// In the folded text, whole word included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In the decoded text.
    pub(super) span: Span,
    pub(super) entry: &'l Entry,
    /// Where its word begins, what is glued before it included.
    pub(super) word: usize,
    /// A preposition of place is glued before it.
    pub(super) glued_venue: bool,
}

/// A word that says something of its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// In the folded text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) cue: Cue,
}

/// What one pass finds, each in text order.
#[derive(Debug, Default)]
pub(super) struct Scan<'l> {
    /// None overlaps another.
    pub(super) hits: Vec<Hit<'l>>,
    pub(super) marks: Vec<Mark>,
    /// All that the marks say.
    pub(super) said: Cue,
    /// Where the words and phrases end that make a street of what follows.
    pub(super) streets: Vec<usize>,
    /// Phrases that make a country a bystander.
    pub(super) bystanders: Vec<Mark>,
    /// Something is said of two parties together: both countries.
    pub(super) mutual: bool,
}

/// Finds all hits and cues.
pub(super) fn scan<'l>(
    text: &Text,
    haystack: &str,
    runs: &[Run],
    lexicon: &'l Lexicon,
) -> Scan<'l> {
    scan_by(text, haystack, runs, lexicon, |run| {
        let word = || haystack.get(run.start()..run.end()).unwrap_or_default();
        lexicon.says(run.hash, word)
    })
}

/// The same, where each word says this.
pub(super) fn scan_by<'l>(
    text: &Text,
    haystack: &str,
    runs: &[Run],
    lexicon: &'l Lexicon,
    says: impl Fn(&Run) -> Says,
) -> Scan<'l> {
    let mut scanner = Scanner {
        text,
        haystack,
        lexicon,
        addresses: Addresses::default(),
        found: Scan {
            hits: Vec::with_capacity(16),
            marks: Vec::with_capacity(runs.len() / 2),
            ..Scan::default()
        },
    };
    if lexicon.spaced {
        for run in runs {
            let says = says(run);
            if says.more(haystack.as_bytes().get(run.end()..).unwrap_or_default()) {
                scanner.word(run.start(), run.end());
            } else {
                scanner.mark(run.start(), run.end(), says.alone());
            }
        }
    } else {
        let starts = haystack.char_indices().filter(|(_, c)| *c != ' ');
        starts.for_each(|(at, _)| scanner.place(at));
    }
    let mut found = scanner.found;
    found.hits.sort_by_key(|h| {
        (
            h.start,
            usize::MAX - h.end,
            h.entry.marks.is_empty(),
            // `Polish` before `polish`.
            u32::MAX - h.entry.capitals.count_ones(),
            h.entry.kind,
            h.entry.codes.len(),
        )
    });
    let mut free = 0;
    found.hits.retain(|hit| {
        let kept = free <= hit.start;
        if kept {
            free = hit.end;
        }
        kept
    });
    found
}

struct Scanner<'t, 'l> {
    text: &'t Text,
    haystack: &'t str,
    lexicon: &'l Lexicon,
    addresses: Addresses,
    found: Scan<'l>,
}

impl<'l> Scanner<'_, 'l> {
    /// What a word in a spaced script begins.
    fn word(&mut self, start: usize, end: usize) {
        let bytes = self.haystack.as_bytes();
        let lexicon = self.lexicon;
        let mut cue = Cue::default();
        for found in lexicon.index.at(&bytes[start..]) {
            let stop = start + found.length;
            if found.meaning.whole != Cue::default() && stop == end {
                cue.0 |= found.meaning.whole.0;
            } else if found.meaning.whole != Cue::default() && self.word_ends(stop) {
                self.mark(start, stop, found.meaning.whole);
            }
            cue.0 |= found.meaning.begins.0;
            self.found.mutual |= found.meaning.begins.has(Cue::MUTUAL);
            if found.meaning.begins.has(Cue::BYSTANDER) && self.phrase_ends(stop) {
                self.bystander(start, stop);
            }
            self.spaced(&found.meaning.entries, None, start, stop, end);
        }
        self.mark(start, end, cue);
        for prefix in &lexicon.prefixes {
            let inner = start + prefix.text.len();
            if inner < end && prefix.begins(&bytes[start..]) {
                for found in lexicon.index.at(&bytes[inner..]) {
                    let stop = inner + found.length;
                    self.spaced(&found.meaning.entries, Some(prefix), inner, stop, end);
                }
            }
        }
    }

    /// What stands at a place in a script without spaces.
    fn place(&mut self, start: usize) {
        let lexicon = self.lexicon;
        for found in lexicon.index.at(&self.haystack.as_bytes()[start..]) {
            let end = start + found.length;
            let cue = Cue(found.meaning.whole.0 | found.meaning.begins.0);
            self.mark(start, end, cue);
            self.found.mutual |= cue.has(Cue::MUTUAL);
            if cue.has(Cue::BYSTANDER) {
                self.bystander(start, end);
            }
            for entry in &found.meaning.entries {
                self.unspaced(entry, start, end);
            }
        }
    }

    fn mark(&mut self, start: usize, end: usize, cue: Cue) {
        if cue != Cue::default() {
            self.found.said.add(cue);
            if cue.has(Cue::STREET_BEFORE) {
                self.found.streets.push(end);
            }
            self.found.marks.push(Mark { start, end, cue });
        }
    }

    fn bystander(&mut self, start: usize, end: usize) {
        let cue = Cue::BYSTANDER;
        self.found.bystanders.push(Mark { start, end, cue });
    }

    fn word_ends(&self, at: usize) -> bool {
        self.haystack
            .get(at..)
            .is_some_and(|r| !r.starts_with(is_word))
    }

    /// Whether a cue may end here: one whose last word is short is no beginning of another word.
    fn phrase_ends(&self, at: usize) -> bool {
        let last = last_word(self.haystack.get(..at).unwrap_or_default());
        last.chars().nth(4).is_some() || self.word_ends(at)
    }

    /// Keeps the entries of a stem that fit its word, the first of which ends at `end`.
    fn spaced(
        &mut self,
        entries: &'l [Entry],
        prefix: Option<&Prefix>,
        start: usize,
        stop: usize,
        end: usize,
    ) {
        if entries.is_empty() {
            return;
        }
        // Behind a stem that ends in a letter its word goes on.
        let whole = if stop <= end {
            Some(end)
        } else {
            end_of_word(self.haystack, stop)
        };
        for entry in entries {
            if !entry.fits(prefix) {
                continue;
            }
            let Some(end) = whole else {
                self.keep(entry, start, stop, prefix);
                continue;
            };
            let (tail, rest) = (self.haystack.get(stop..end), self.haystack.get(end..));
            if let (Some(tail), Some(rest)) = (tail, rest)
                && entry.tails.take(tail, rest)
            {
                self.keep(entry, start, end, prefix);
            }
        }
    }

    fn unspaced(&mut self, entry: &'l Entry, start: usize, end: usize) {
        // Runs of Latin letters and of katakana are words in an unspaced script too: タイ, but not タイミング.
        let (Some(before), Some(inside), Some(after)) = (
            self.haystack.get(..start),
            self.haystack.get(start..end),
            self.haystack.get(end..),
        ) else {
            return;
        };
        let torn = one_run(before.chars().next_back(), inside.chars().next())
            || one_run(inside.chars().next_back(), after.chars().next());
        if !torn {
            self.keep(entry, start, end, None);
        }
    }

    /// Keeps a hit whose marks and capitals are right.
    fn keep(&mut self, entry: &'l Entry, start: usize, end: usize, prefix: Option<&Prefix>) {
        let span = self.text.original(start, end);
        let written = self.text.slice(span);
        // Trailing spaces or dropped marks belong to the gap, not to the name.
        let span = Span::new(span.start, span.start + written.trim_end().len());
        let written = self.text.slice(span);
        if !entry.marks.chars().all(|m| written.contains(m)) {
            return;
        }
        if entry.acronym {
            let mut letters = written.chars().filter(|c| c.is_alphabetic());
            if !letters.all(char::is_uppercase) {
                return;
            }
        } else if !has_capitals(written, entry.capitals) {
            return;
        }
        if self.addresses.hold(self.haystack, start, end) {
            return;
        }
        self.found.hits.push(Hit {
            start,
            end,
            span,
            entry,
            word: start - prefix.map_or(0, |p| p.text.len()),
            glued_venue: prefix.is_some_and(|p| p.venue),
        });
    }
}

/// The end of the word to which the letter before `at` belongs, where it is one.
fn end_of_word(haystack: &str, at: usize) -> Option<usize> {
    let (before, rest) = haystack.split_at_checked(at)?;
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    before.ends_with(is_word).then_some(at + length)
}

/// Whether two neighbours belong to one run of Latin letters or of katakana.
fn one_run(a: Option<char>, b: Option<char>) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    latin(a) && latin(b) || katakana(a) && katakana(b)
}

/// Whether all words begin with a capital that shall.
fn has_capitals(written: &str, wanted: u8) -> bool {
    if wanted == 1 && written.starts_with(|c: char| c.is_uppercase() && is_word(c)) {
        return true;
    }
    let words = u8::BITS - wanted.leading_zeros();
    wanted & !capitals(written, words as usize) == 0
}

/// Bit n is set where word n, one of the first `words`, begins with a capital.
pub(super) fn capitals(written: &str, words: usize) -> u8 {
    written
        .split(|c: char| !is_word(c))
        .filter(|w| !w.is_empty())
        .take(words)
        .enumerate()
        .filter(|(_, w)| w.starts_with(char::is_uppercase))
        .fold(0, |bits, (n, _)| bits | 1 << n)
}

/// Mail and web addresses, file names and paths: no name in them counts. Keeps the token that was looked at last.
#[derive(Debug, Default)]
struct Addresses {
    start: usize,
    end: usize,
    marked: bool,
}

impl Addresses {
    fn hold(&mut self, haystack: &str, start: usize, end: usize) -> bool {
        self.token(haystack, start) || is_host(haystack, start, end)
    }

    /// Whether a byte is in a token with the signs of an address.
    fn token(&mut self, haystack: &str, at: usize) -> bool {
        if !(self.start..self.end).contains(&at) {
            let inside = |byte: &u8| byte.is_ascii() && *byte != b' ';
            let (before, rest) = haystack.as_bytes().split_at(at);
            let before = before.iter().rev().take_while(|b| inside(b)).count();
            let after = rest.iter().take_while(|b| inside(b)).count();
            if after == 0 {
                return false;
            }
            (self.start, self.end) = (at - before, at + after);
            let token = &haystack.as_bytes()[self.start..self.end];
            self.marked = (0..token.len()).any(|at| match token[at] {
                b'@' | b'_' | b'\\' => true,
                b':' => token[at..].starts_with(b"://"),
                b'w' => token[at..].starts_with(b"www."),
                _ => false,
            });
        }
        self.marked
    }
}

/// `x.example`, `x.com`: a dot between letters, where the token is of one piece.
fn is_host(haystack: &str, start: usize, end: usize) -> bool {
    let after = haystack.get(end..).unwrap_or_default();
    let Some(host) = after.strip_prefix('.') else {
        return false;
    };
    let host = host
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')))
        .next()
        .unwrap_or_default();
    let whole = after
        .get(host.len() + 1..)
        .is_some_and(|r| r.is_empty() || r.starts_with(char::is_whitespace));
    let one_piece = || {
        haystack
            .get(start..end)
            .is_some_and(|m| m.is_ascii() && !m.contains([' ', '.']))
    };
    whole
        && host.len() > 2
        && host.bytes().take(2).all(|b| b.is_ascii_lowercase())
        && !host.ends_with('.')
        && one_piece()
}
