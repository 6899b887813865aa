//! Scripts without spaces between words: people by the rules of each script, organisations by the runs that end in a head word.

use std::collections::BTreeSet;

use super::{chinese, japanese, sighting, thai};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{
            COMMON, CONJUNCTIONS, COUNTRY, CUTS, ENDS, FIELDS, KANA, Lexicon, NOTHEADS, ORGHEADS,
            PLACEJOINTS, ROLES, SPACELESS, SPEECH, STATEHEADS, WEAKHEADS,
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
        let start = without_place(source, start, at, lexicon);
        // `第3回運営委員会`: one of many.
        if source
            .get(..start)
            .is_some_and(|s| s.ends_with(['回', '次', '期']))
        {
            continue;
        }
        let span = Span::new(start, end);
        let own = source.get(start..at).unwrap_or_default();
        let head = source.get(at..end).unwrap_or_default();
        let other_word = suffixes(source.get(earliest.min(start)..end).unwrap_or_default())
            .any(|s| s.len() > head.len() && lexicon.classes_exactly(s) & NOTHEADS != 0);
        if other_word || !is_name(own, head, lexicon) {
            continue;
        }
        let place = found.partition_point(|f| f.span.end <= span.start);
        // `最高裁第2小法廷` is more than `最高裁`.
        let part = |f: &Sighting| {
            let rest = source.get(f.span.end..end).unwrap_or_default();
            f.span.start >= span.start && rest.starts_with('第')
        };
        if found.get(place).is_some_and(part) {
            found.remove(place);
        }
        let met = found.get(place).is_some_and(|f| f.span.start < span.end);
        if !met {
            found.insert(
                place,
                sighting(text, span, String::new(), "head word", 0.76),
            );
            earliest = earliest.max(end);
        }
    }
    stand_for_longer(&mut found);
    found
}

/// `疾管署` beside `疾病管制署`: letters of one longer name, the first and the last among them, stand for it.
fn stand_for_longer(found: &mut [Sighting]) {
    let names: BTreeSet<String> = found.iter().map(|s| s.name.clone()).collect();
    for s in found.iter_mut().filter(|s| s.body.is_none()) {
        let mut longer = names.iter().filter(|long| is_short_for(&s.name, long));
        if let (Some(long), None) = (longer.next(), longer.next()) {
            s.name.clone_from(long);
        }
    }
}

/// What one word inside makes longer is another body: `北京大学` is not `北京师范大学`.
fn is_short_for(short: &str, long: &str) -> bool {
    let head = short.chars().zip(long.chars());
    let tail = short.chars().rev().zip(long.chars().rev());
    let kept = head.take_while(|(a, b)| a == b).count() + tail.take_while(|(a, b)| a == b).count();
    if kept >= short.chars().count() {
        return false;
    }
    let mut letters = long.chars();
    // `仙台地裁` of `仙台地方裁判所` has not its last letter.
    let same_end = short.chars().next_back() == long.chars().next_back();
    short.len() < long.len()
        && short.chars().nth(if same_end { 2 } else { 3 }).is_some()
        && short.chars().next() == long.chars().next()
        && short.chars().all(|c| letters.any(|l| l == c))
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
        return is_han(next)
            && !"長内側員職幹判".contains(next)
            && !begins_with(source.get(end..).unwrap_or_default(), ENDS | ROLES, lexicon);
    }
    // `外交部长` is a person's post: the ministry is in it, but `会长` has no body in it. A head of one letter must end its word: `部` in `部署`.
    let one = source
        .get(at..end)
        .is_some_and(|head| head.chars().count() == 1);
    let rest = source.get(end..).unwrap_or_default();
    one && is_han(next)
        && !begins_with(rest, ENDS | SPEECH | CUTS | ROLES | CONJUNCTIONS, lexicon)
        && lexicon.classes_exactly(next.encode_utf8(&mut [0; 4])) & (ENDS | CONJUNCTIONS) == 0
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
        // `最高裁第2小法廷`
        if c.is_numeric() && start == at {
            let number = before.trim_end_matches(char::is_numeric);
            if let Some(lead) = number.strip_suffix('第') {
                start = earliest + lead.len();
                continue;
            }
        }
        if !belongs {
            return if kana && source.get(start..).is_some_and(|s| s.starts_with('・')) {
                start + '・'.len_utf8()
            } else {
                start
            };
        }
        if is_cut(source, earliest, start, lexicon) {
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

/// Whether a word ends at `start` that ends what stands before a name. One letter alone may be of a longer word: `电` in `输电`, `电网`.
fn is_cut(source: &str, earliest: usize, start: usize, lexicon: &Lexicon) -> bool {
    let before = source.get(earliest..start).unwrap_or_default();
    let Some(cut) = suffixes(before)
        .filter(|s| lexicon.classes_exactly(s) & (CUTS | ROLES) != 0)
        .last()
    else {
        return false;
    };
    let one = cut.chars().nth(1).is_none();
    let at = start - cut.len();
    !(one
        && (field_before(before, lexicon).is_some_and(|field| field > cut.len())
            || begins_with(source.get(at..).unwrap_or_default(), FIELDS, lexicon)))
}

/// Whether a word of two letters or more of these lists begins here.
fn begins_with(rest: &str, lists: u64, lexicon: &Lexicon) -> bool {
    (2..=4).any(|n| {
        nth_char(rest, 0, n)
            .and_then(|end| rest.get(..end))
            .is_some_and(|word| lexicon.classes_exactly(word) & lists != 0)
    })
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

/// `在マニラ日本大使館` → `日本大使館`: where a mission is, is not its name.
fn without_place(source: &str, start: usize, at: usize, lexicon: &Lexicon) -> usize {
    let own = source.get(start..at).unwrap_or_default();
    let first = nth_char(own, 0, 1).unwrap_or_default();
    let abroad = own
        .get(..first)
        .is_some_and(|c| lexicon.classes_exactly(c) & PLACEJOINTS != 0);
    let country = own
        .char_indices()
        .skip(2)
        .filter_map(|(i, _)| own.get(i..))
        .find(|s| lexicon.classes_exactly(s) & COUNTRY != 0);
    match country {
        Some(country) if abroad => at - country.len(),
        _ => start,
    }
}

/// Whether what stands before the head makes it a name.
fn is_name(own: &str, head: &str, lexicon: &Lexicon) -> bool {
    let letters = own.chars().count();
    let weak = lexicon.classes_exactly(head) & WEAKHEADS != 0;
    let field = lexicon.classes_exactly(own) & FIELDS != 0;
    let long = if lexicon.has(KANA) { 5 } else { 3 };
    let whole = head.chars().count() >= long && !weak;
    if letters == 0 {
        return whole && lexicon.classes_exactly(head) & ORGHEADS != 0;
    }
    let generic = suffixes(own).any(|s| lexicon.classes_exactly(s) & COMMON != 0);
    (2..=LONGEST).contains(&letters) && !(weak && (field || generic))
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
