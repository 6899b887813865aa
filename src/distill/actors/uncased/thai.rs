//! Thai → people by the title before their name, organisations by their head word up to the next space.

use super::{sighting, spaceless::known};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{CUTS, Lexicon, ROLES},
    },
    evidence::Span,
    text::Text,
};

/// The longest part of a name, in characters.
const LONGEST_PART: usize = 24;
/// The longest name of an organisation after its head word, in characters.
const LONGEST_NAME: usize = 48;

/// `นายสมชาย ใจดี`: the title is written to the given name, the family name comes after a space.
pub(super) fn people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found: Vec<Sighting> = Vec::new();
    let titles = lexicon.finder("honorifics");
    for (at, end, _) in titles.into_iter().flat_map(|f| f.find(source)) {
        let free = source
            .get(..at)
            .and_then(|s| s.chars().next_back())
            .is_none_or(|c| !is_thai(c))
            || source
                .get(..at)
                .is_some_and(|s| ends_in(s, CUTS | ROLES, lexicon));
        // `นายกรัฐมนตรี` is a post and no `นาย`.
        let office = source
            .get(at..)
            .is_some_and(|rest| begins_with(rest, ROLES, lexicon));
        if !free || office || found.last().is_some_and(|f| at < f.span.end) {
            continue;
        }
        let start = end + spaces(source, end);
        let given = part(source, start);
        let gap = spaces(source, start + given);
        let family_start = start + given + gap;
        let family = part(source, family_start);
        if given == 0 || gap == 0 || family == 0 {
            continue;
        }
        let span = Span::new(start, family_start + family);
        let after = span.end + spaces(source, span.end);
        let post = post(source, after, lexicon);
        found.push(sighting(text, span, post, "honorific + name", 0.88));
    }
    found
}

/// Names that everyone knows, and words that begin with a head word.
pub(super) fn organisations(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found = known(text, lexicon);
    let heads = lexicon.finder("orgheads");
    for (at, end, _) in heads.into_iter().flat_map(|f| f.find(source)) {
        let rest = source.get(end..).unwrap_or_default();
        let tail = letters(source, end);
        let cut = rest
            .char_indices()
            .take_while(|(i, _)| *i < tail)
            .find(|(i, _)| {
                rest.get(*i..)
                    .is_some_and(|r| begins_with(r, CUTS, lexicon))
            })
            .map_or(tail, |(i, _)| i);
        let span = Span::new(at, end + cut);
        let place = found.partition_point(|f| f.span.end <= span.start);
        let free = found.get(place).is_none_or(|f| f.span.start >= span.end);
        if free
            && rest
                .get(..cut)
                .is_some_and(|t| (3..=LONGEST_NAME).contains(&t.chars().count()))
        {
            found.insert(
                place,
                sighting(text, span, String::new(), "head word", 0.72),
            );
        }
    }
    found
}

/// The bytes of the Thai letters from `at`; none where they are too many for a name.
fn part(source: &str, at: usize) -> usize {
    let end = letters(source, at);
    let rest = source.get(at..at + end).unwrap_or_default();
    if rest.chars().count() > LONGEST_PART {
        0
    } else {
        end
    }
}

/// The bytes of the Thai letters from `at`.
fn letters(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    rest.find(|c| !is_thai(c)).unwrap_or(rest.len())
}

fn spaces(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    rest.len() - rest.trim_start_matches([' ', '\u{A0}']).len()
}

/// The post after a name, up to the next space.
fn post(source: &str, at: usize, lexicon: &Lexicon) -> String {
    let rest = source.get(at..).unwrap_or_default();
    if !begins_with(rest, ROLES, lexicon) {
        return String::new();
    }
    let end = rest.find(|c: char| !is_thai(c)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().to_owned()
}

fn begins_with(rest: &str, lists: u64, lexicon: &Lexicon) -> bool {
    rest.char_indices()
        .take(16)
        .map(|(i, c)| i + c.len_utf8())
        .filter_map(|end| rest.get(..end))
        .any(|word| lexicon.classes_exactly(word) & lists != 0)
}

fn ends_in(text: &str, lists: u64, lexicon: &Lexicon) -> bool {
    text.char_indices()
        .rev()
        .take(16)
        .filter_map(|(i, _)| text.get(i..))
        .any(|word| lexicon.classes_exactly(word) & lists != 0)
}

fn is_thai(c: char) -> bool {
    matches!(c as u32, 0x0E01..=0x0E4E)
}
