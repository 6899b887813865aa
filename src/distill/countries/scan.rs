//! Text + lexicon → hits and cues: leftmost-longest among the readings whose word boundaries, endings, prefixes and capitals are right.
//!
//! One pass over the words, or over the characters where no spaces set words apart, finds both.

use super::{
    around::last_word,
    lexicon::{Cue, Entry, Kind, Lexicon, Prefix},
};
use crate::distill::{
    evidence::Span,
    text::{Text, is_word, words},
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
    /// Phrases that make a country a bystander.
    pub(super) bystanders: Vec<Mark>,
    /// Something is said of two parties together: both countries.
    pub(super) mutual: bool,
}

/// Finds all hits and cues.
pub(super) fn scan<'l>(text: &Text, haystack: &str, lexicon: &'l Lexicon) -> Scan<'l> {
    let mut scanner = Scanner {
        text,
        haystack,
        lexicon,
        addresses: Addresses::of(haystack),
        found: Scan::default(),
    };
    if lexicon.spaced {
        words(haystack, |start, end| scanner.word(start, end));
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
            for entry in &found.meaning.entries {
                self.spaced(entry, None, start, stop);
            }
        }
        self.mark(start, end, cue);
        for prefix in &lexicon.prefixes {
            let inner = start + prefix.text.len();
            if inner < end && bytes[start..].starts_with(prefix.text.as_bytes()) {
                for found in lexicon.index.at(&bytes[inner..]) {
                    for entry in &found.meaning.entries {
                        self.spaced(entry, Some(prefix), inner, inner + found.length);
                    }
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

    fn spaced(&mut self, entry: &'l Entry, prefix: Option<&Prefix>, start: usize, stop: usize) {
        let fits = match prefix {
            None => !entry.article,
            Some(p) if entry.article => p.article,
            Some(p) => p.plain || p.article && entry.kind == Kind::Adjective,
        };
        if !fits {
            return;
        }
        if let Some(end) = end_of_word(self.haystack, entry, stop) {
            self.keep(entry, start, end, prefix);
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
        } else if entry.capitals != 0 && entry.capitals & capitals(written) != entry.capitals {
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

/// The end of the word in which the stem ends, where its ending is one that the stem takes.
fn end_of_word(haystack: &str, entry: &Entry, end: usize) -> Option<usize> {
    let stem_ends_in_letter = haystack
        .get(..end)?
        .chars()
        .next_back()
        .is_some_and(is_word);
    if !stem_ends_in_letter {
        return Some(end);
    }
    let rest = haystack.get(end..)?;
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let tail = rest.get(..length)?;
    if entry.tails.any {
        return Some(end + length);
    }
    let hyphen = || {
        rest.get(length..)
            .is_some_and(|r| r.starts_with(['-', '–', '\u{2010}', '\u{2011}']))
    };
    entry
        .tails
        .list
        .iter()
        .any(|t| match t.strip_suffix('-') {
            Some(t) => t == tail && hyphen(),
            None => t == tail,
        })
        .then_some(end + length)
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

/// Bit n is set where word n begins with a capital.
pub(super) fn capitals(written: &str) -> u8 {
    written
        .split(|c: char| !is_word(c))
        .filter(|w| !w.is_empty())
        .take(8)
        .enumerate()
        .filter(|(_, w)| w.chars().next().is_some_and(char::is_uppercase))
        .fold(0, |bits, (n, _)| bits | 1 << n)
}

/// Mail and web addresses, file names and paths: no name in them counts.
struct Addresses {
    /// From and to, in text order.
    spans: Vec<(usize, usize)>,
}

impl Addresses {
    fn of(haystack: &str) -> Self {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (at, sign) in haystack.bytes().enumerate() {
            if !matches!(sign, b'@' | b'_' | b'\\' | b':' | b'w') {
                continue;
            }
            let rest = haystack.get(at..).unwrap_or_default();
            let marks = match sign {
                b':' => rest.starts_with("://"),
                b'w' => rest.starts_with("www."),
                _ => true,
            };
            if !marks || spans.last().is_some_and(|&(_, end)| at < end) {
                continue;
            }
            let before = haystack.get(..at).unwrap_or_default();
            let outside = |c: char| c == ' ' || !c.is_ascii();
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| outside(*c))
                .map_or(0, |(i, c)| i + c.len_utf8());
            let end = at + rest.find(outside).unwrap_or(rest.len());
            spans.push((start, end));
        }
        Self { spans }
    }

    fn hold(&self, haystack: &str, start: usize, end: usize) -> bool {
        let next = self.spans.partition_point(|&(_, to)| to <= start);
        if self.spans.get(next).is_some_and(|&(from, _)| from <= start) {
            return true;
        }
        // `x.example`, `x.com`: a dot between letters, where the token is of one piece.
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
}
