//! Scripts without spaces between words: people by the rules of each script, organisations by the runs that end in a head word.

use super::{chinese, japanese, sighting, thai};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{
            CONJUNCTIONS, COUNTRY, CUTS, FIELDS, KANA, Lexicon, ORGHEADS, ROLES, SPACELESS,
            STATEHEADS, WEAKHEADS,
        },
    },
    evidence::Span,
    text::Text,
};

/// The longest name before a head word, in characters.
const LONGEST: usize = 16;
/// The longest word of a list that ends what stands before a name, in characters.
const LONGEST_CUT: usize = 5;

/// People and organisations of a text.
pub(in super::super) fn spaceless(
    text: &Text,
    lexicon: &Lexicon,
) -> (Vec<Sighting>, Vec<Sighting>) {
    if lexicon.has(SPACELESS) {
        return (
            thai::people(text, lexicon),
            thai::organisations(text, lexicon),
        );
    }
    let people = if lexicon.has(KANA) {
        japanese::people(text, lexicon)
    } else {
        chinese::people(text, lexicon)
    };
    let organisations = organisations(text, lexicon, &people);
    (people, organisations)
}

/// The run that ends in a head word, without the country before it.
fn organisations(text: &Text, lexicon: &Lexicon, people: &[Sighting]) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found = known(text, lexicon);
    let mut heads = Vec::new();
    if let Some(finder) = lexicon.finder("orgheads") {
        heads.extend(finder.find(source).map(|(start, end, _)| (start, end)));
    }
    let mut person = people.iter().peekable();
    let mut earliest = 0;
    for (at, end) in heads {
        while person.peek().is_some_and(|p| p.span.end <= at) {
            earliest = earliest.max(person.next().map_or(0, |p| p.span.end));
        }
        let next = source.get(end..).and_then(|s| s.chars().next());
        if continues(source, at, end, next, lexicon) {
            continue;
        }
        let start = name_start(source, at, earliest, lexicon);
        let start = without_country(source, start, at, end, lexicon);
        // `第3回運営委員会`: one of many.
        if source
            .get(..start)
            .is_some_and(|s| s.ends_with(['回', '次', '期']))
        {
            continue;
        }
        let span = Span::new(start, end);
        let own = source.get(start..at).unwrap_or_default();
        if !is_name(own, source.get(at..end).unwrap_or_default(), lexicon) {
            continue;
        }
        let place = found.partition_point(|f| f.span.end <= span.start);
        let met = found.get(place).is_some_and(|f| f.span.start < span.end);
        if !met {
            found.insert(
                place,
                sighting(text, span, String::new(), "head word", 0.76),
            );
            earliest = earliest.max(end);
        }
    }
    found
}

/// Names that everyone knows.
pub(super) fn known(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let Some(finder) = lexicon.finder("bodies") else {
        return Vec::new();
    };
    finder
        .find(&text.decoded)
        .filter_map(|(start, end, place)| {
            let (body, name) = lexicon.body_name(place)?;
            if !name.is_body() {
                return None;
            }
            Some(Sighting {
                name: name.printed.to_owned(),
                body: Some(body),
                ..sighting(
                    text,
                    Span::new(start, end),
                    String::new(),
                    "known name",
                    0.92,
                )
            })
        })
        .collect()
}

/// Whether a longer word goes on after the head: a head of the office (`部长`), or another noun.
fn continues(source: &str, at: usize, end: usize, next: Option<char>, lexicon: &Lexicon) -> bool {
    let Some(next) = next else { return false };
    if lexicon.has(KANA) {
        return is_han(next) && !"長内側員職幹判".contains(next);
    }
    // `外交部长` is a person's post: the ministry is in it, but `会长` has no body in it.
    let one = source
        .get(at..end)
        .is_some_and(|head| head.chars().count() == 1);
    "长長".contains(next) && one
}

/// How far back the name goes: to a word that ends what stands before it.
fn name_start(source: &str, at: usize, earliest: usize, lexicon: &Lexicon) -> usize {
    let kana = lexicon.has(KANA);
    let mut start = at;
    for _ in 0..LONGEST {
        let Some(before) = source.get(earliest..start) else {
            return start;
        };
        let Some(c) = before.chars().next_back() else {
            return start;
        };
        let belongs = is_han(c) || kana && (is_katakana(c) || c == '・');
        if !belongs {
            return if kana && source.get(start..).is_some_and(|s| s.starts_with('・')) {
                start + '・'.len_utf8()
            } else {
                start
            };
        }
        if ends_in(before, CUTS | ROLES, lexicon) {
            return start;
        }
        if !kana && ends_in(before, CONJUNCTIONS, lexicon) {
            let rest = before
                .get(..before.len() - c.len_utf8())
                .unwrap_or_default();
            if !ends_in(rest, FIELDS, lexicon) {
                return start;
            }
        }
        start -= c.len_utf8();
    }
    // No end in sight: only the head and what is known to describe it.
    let mut start = at;
    while let Some(field) = field_before(source.get(earliest..start).unwrap_or_default(), lexicon) {
        start -= field;
    }
    start
}

fn ends_in(text: &str, lists: u64, lexicon: &Lexicon) -> bool {
    suffixes(text).any(|s| lexicon.classes_exactly(s) & lists != 0)
}

fn field_before(text: &str, lexicon: &Lexicon) -> Option<usize> {
    suffixes(text)
        .filter(|s| lexicon.classes_exactly(s) & FIELDS != 0)
        .map(str::len)
        .max()
}

fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices()
        .rev()
        .take(LONGEST_CUT)
        .filter_map(move |(i, _)| text.get(i..))
}

/// A ministry's or an office's country is not of its name.
fn without_country(
    source: &str,
    mut start: usize,
    at: usize,
    end: usize,
    lexicon: &Lexicon,
) -> usize {
    let head = source.get(at..end).unwrap_or_default();
    // `哈萨克斯坦东方输电公司`: a company is no office, though its head word ends like one.
    let weak = suffixes(head).any(|s| lexicon.classes_exactly(s) & WEAKHEADS != 0);
    let state = lexicon.classes_exactly(head) & STATEHEADS != 0
        || !weak
            && head
                .char_indices()
                .next_back()
                .and_then(|(i, _)| head.get(i..))
                .is_some_and(|last| lexicon.classes_exactly(last) & STATEHEADS != 0);
    if !state {
        return start;
    }
    while let Some(country) = source.get(start..at).and_then(|run| {
        run.char_indices()
            .map(|(i, c)| i + c.len_utf8())
            .take(8)
            .filter(|&n| {
                run.get(..n)
                    .is_some_and(|c| lexicon.classes_exactly(c) & COUNTRY != 0)
            })
            .last()
    }) {
        start += country;
    }
    start
}

/// Whether what stands before the head makes it a name.
fn is_name(own: &str, head: &str, lexicon: &Lexicon) -> bool {
    let letters = own.chars().count();
    let weak = lexicon.classes_exactly(head) & WEAKHEADS != 0;
    let field = lexicon.classes_exactly(own) & FIELDS != 0;
    let whole = head.chars().count() >= 3 && !weak && !lexicon.has(KANA);
    if letters == 0 {
        return whole && lexicon.classes_exactly(head) & ORGHEADS != 0;
    }
    (2..=LONGEST).contains(&letters) && !(weak && field)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF | 0x3007 | 0x3005)
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c as u32, 0x30A1..=0x30FA | 0x30FC..=0x30FE)
}

/// The byte after `n` more characters from `from`.
pub(super) fn nth_char(s: &str, from: usize, n: usize) -> Option<usize> {
    let rest = s.get(from..)?;
    let (i, c) = rest.char_indices().nth(n.checked_sub(1)?)?;
    Some(from + i + c.len_utf8())
}

/// Where the run of such characters at the end of `s` begins.
pub(super) fn run_back(s: &str, belongs: impl Fn(char) -> bool) -> usize {
    s.char_indices()
        .rev()
        .take_while(|(_, c)| belongs(*c))
        .last()
        .map_or(s.len(), |(i, _)| i)
}
