//! Text + lexicon → hits: leftmost-longest among the readings whose word boundaries, endings, prefixes and capitals are right.

use super::lexicon::{Entry, Kind, Lexicon};
use crate::distill::{evidence::Span, text::Text};

/// One place in the text that a lexicon entry fits.
#[derive(Clone, Debug)]
pub(super) struct Hit<'l> {
    /// In the folded text, whole word included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In the decoded text.
    pub(super) span: Span,
    pub(super) entry: &'l Entry,
}

/// Finds all hits, in text order, none overlapping another.
pub(super) fn scan<'l>(text: &Text, haystack: &str, lexicon: &'l Lexicon) -> Vec<Hit<'l>> {
    let Some(automaton) = &lexicon.automaton else {
        return Vec::new();
    };
    let mut found: Vec<Hit<'l>> = automaton
        .find_overlapping_iter(haystack)
        .filter_map(|m| {
            let entry = lexicon.entries.get(m.pattern().as_usize())?;
            fits(text, haystack, lexicon, entry, m.start(), m.end())
        })
        .collect();
    found.sort_by_key(|h| {
        (
            h.start,
            usize::MAX - h.end,
            h.entry.marks.is_empty(),
            h.entry.kind,
            h.entry.codes.len(),
        )
    });
    let mut kept: Vec<Hit<'l>> = Vec::with_capacity(found.len());
    for hit in found {
        if kept.last().is_none_or(|last| last.end <= hit.start) {
            kept.push(hit);
        }
    }
    kept
}

fn fits<'l>(
    text: &Text,
    haystack: &str,
    lexicon: &Lexicon,
    entry: &'l Entry,
    start: usize,
    end: usize,
) -> Option<Hit<'l>> {
    let end = if lexicon.spaced {
        boundary_before(haystack, lexicon, entry, start)?;
        end_of_word(haystack, entry, end)?
    } else {
        // Runs of Latin letters and of katakana are words in an unspaced script too: タイ, but not タイミング.
        let inside = haystack.get(start..end)?;
        let before = haystack.get(..start)?.chars().next_back();
        let after = haystack.get(end..)?.chars().next();
        if one_run(before, inside.chars().next()) || one_run(inside.chars().next_back(), after) {
            return None;
        }
        end
    };
    let span = text.original(start, end);
    let written = text.slice(span);
    // Trailing spaces or dropped marks belong to the gap, not to the name.
    let span = Span::new(span.start, span.start + written.trim_end().len());
    let written = text.slice(span);
    if !entry.marks.chars().all(|m| written.contains(m)) {
        return None;
    }
    if entry.acronym {
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        if !letters.all(char::is_uppercase) {
            return None;
        }
    } else if entry.capitals & capitals(written) != entry.capitals {
        return None;
    }
    (!in_address(haystack, start, end)).then_some(Hit {
        start,
        end,
        span,
        entry,
    })
}

/// Whether a word may begin at `start`.
fn boundary_before(haystack: &str, lexicon: &Lexicon, entry: &Entry, start: usize) -> Option<()> {
    let before = haystack.get(..start)?;
    let glued = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_word(c))
        .last()
        .map_or("", |(at, _)| before.get(at..).unwrap_or_default());
    if glued.is_empty() {
        return (!entry.article).then_some(());
    }
    let with_article = lexicon.article_prefixes.contains(glued);
    let plain = !entry.article && lexicon.prefixes.contains(glued);
    let adjective = entry.kind == Kind::Adjective && with_article;
    (plain || adjective || entry.article && with_article).then_some(())
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
    let length: usize = rest
        .chars()
        .take_while(|&c| is_word(c))
        .map(char::len_utf8)
        .sum();
    let tail = rest.get(..length)?;
    if entry.tails.any {
        return Some(end + length);
    }
    let hyphen = rest
        .get(length..)?
        .starts_with(['-', '–', '\u{2010}', '\u{2011}']);
    entry
        .tails
        .list
        .iter()
        .any(|t| match t.strip_suffix('-') {
            Some(t) => t == tail && hyphen,
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

/// Whether a character continues a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Whether the token around is a mail or web address, a file name or a path.
fn in_address(haystack: &str, start: usize, end: usize) -> bool {
    let before = haystack.get(..start).unwrap_or_default();
    let after = haystack.get(end..).unwrap_or_default();
    let space = |c: char| c.is_whitespace();
    let head = before.rsplit(space).next().unwrap_or_default();
    let tail = after.split(space).next().unwrap_or_default();
    let bad = |s: &str| s.contains(['@', '_', '\\']) || s.contains("://") || s.contains("www.");
    if bad(head) || bad(tail) {
        return true;
    }
    // `x.example`, `x.com`: a dot between letters, where the token is of one piece.
    let mut after_dot = tail.strip_prefix('.').unwrap_or_default().chars();
    let lower_after = after_dot.next().is_some_and(|c| c.is_ascii_lowercase());
    lower_after
        && after_dot.next().is_some_and(|c| c.is_ascii_lowercase())
        && head.is_ascii()
        && tail.is_ascii()
        && tail.len() > 3
        && haystack
            .get(start..end)
            .is_some_and(|m| !m.contains([' ', '.']))
        && tail[1..]
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-'))
        && !tail.ends_with('.')
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
