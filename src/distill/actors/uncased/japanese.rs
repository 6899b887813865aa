//! Japanese → people: a family name of the list, or a foreign name in katakana, before or after a post.

use super::{
    sighting,
    spaceless::{is_han, is_katakana, nth_char, run_back},
};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{COMMON, COUNTRY, CUTS, ENDS, HONORIFICS, Lexicon, ROLES, SURNAMES, TAILS},
    },
    evidence::Span,
    text::Text,
};

/// The longest post between a name and its last word, in characters.
const LONGEST_POST: usize = 16;

/// `早乙女慎一国土防災審議官`, `グエン・ティ・フオン局長`, `外務大臣の田中太郎`, `田中氏`.
pub(super) fn people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found: Vec<Sighting> = Vec::new();
    let roles = lexicon.finder("roles");
    for (at, end, _) in roles.into_iter().flat_map(|f| f.find(source)) {
        let role = source.get(at..end).unwrap_or_default();
        let named = before_role(source, at, role, lexicon)
            .map(|(name, from)| (name, Span::new(from, end)))
            .or_else(|| after_role(source, end, lexicon).map(|n| (n, Span::new(at, end))));
        let Some((name, role)) = named else { continue };
        if found
            .iter()
            .rev()
            .take(4)
            .any(|f| f.span.start < name.end && name.start < f.span.end)
        {
            continue;
        }
        let role = text.slice(role).trim_start_matches('氏').to_owned();
        // A family name alone is a later short reference.
        let written = text.slice(name);
        let short = surname(written, lexicon) == Some(written.len());
        let weight = if short { 0.8 } else { 2.0 };
        found.push(Sighting {
            weight,
            ..sighting(text, name, role, "name + role", 0.88)
        });
    }
    let aged = aged(text, lexicon);
    let meets = |a: &Sighting, b: &Sighting| a.span.start < b.span.end && b.span.start < a.span.end;
    found.extend(
        aged.into_iter()
            .filter(|a| !found.iter().any(|f| meets(a, f)))
            .collect::<Vec<_>>(),
    );
    found.sort_by_key(|f| f.span.start);
    found
}

/// The name that begins the run which ends in a role, and where the role begins.
fn before_role(source: &str, at: usize, role: &str, lexicon: &Lexicon) -> Option<(Span, usize)> {
    let before = source.get(..at)?;
    let run_start = run_back(before, |c| {
        is_han(c) || is_katakana(c) || matches!(c, '・' | '＝')
    });
    let run = before.get(run_start..)?;
    foreign(run, run_start, at)
        .or_else(|| native(run, run_start, at, role, lexicon))
        .or_else(|| alone(run, run_start, at, role, lexicon))
        .or_else(|| in_syllables(before, at, lexicon))
}

/// Whether a word of courtesy or of a court says that a person's name stands before it.
fn is_courtesy(role: &str, lexicon: &Lexicon) -> bool {
    lexicon.classes_exactly(role) & HONORIFICS != 0
}

/// A run that is nothing but a name: before a word that only people take, or with the ending of a given name.
fn alone(
    run: &str,
    from: usize,
    at: usize,
    role: &str,
    lexicon: &Lexicon,
) -> Option<(Span, usize)> {
    if from + run.len() != at || run.is_empty() {
        return None;
    }
    let courtesy = is_courtesy(role, lexicon);
    let letters = run.chars().count();
    let fits = if run.chars().all(is_han) {
        // `会社員佐藤健太容疑者`
        if let Some(name) = at_end(run, lexicon) {
            let start = at - name.len();
            return Some((Span::new(start, at), at));
        }
        (3..=5).contains(&letters) && (courtesy || ends_given(run, lexicon))
    } else {
        courtesy && letters >= 3 && run.chars().all(is_katakana)
    };
    (fits && !ends_in(run, COUNTRY | ROLES | ENDS | CUTS | COMMON, lexicon))
        .then(|| (Span::new(from, at), at))
}

/// The name at the end of a run that begins with what the person does.
fn at_end<'r>(run: &'r str, lexicon: &Lexicon) -> Option<&'r str> {
    run.char_indices().skip(1).find_map(|(i, _)| {
        let (post, name) = (run.get(..i)?, run.get(i..)?);
        let given = name.get(surname(name, lexicon)?..)?.chars().count();
        ((1..=3).contains(&given) && ends_in(post, ROLES | ENDS, lexicon)).then_some(name)
    })
}

/// `中園まとか団長`: the given name in syllables.
fn in_syllables(before: &str, at: usize, lexicon: &Lexicon) -> Option<(Span, usize)> {
    let given = run_back(before, is_hiragana);
    let family = run_back(before.get(..given)?, is_han);
    let name = before.get(family..given)?;
    let known = surname(name, lexicon) == Some(name.len());
    let soft = before.get(given..)?;
    let syllables = soft.chars().count();
    let likely = syllables < 4
        && name.chars().count() == 2
        && !soft.contains(['に', 'で', 'と', 'も', 'へ', 'や', 'ら', 'す', 'る']);
    ((2..=4).contains(&syllables) && (known || likely) && !soft.contains(['の', 'を', 'が', 'は']))
        .then(|| (Span::new(family, at), at))
}

fn ends_in(text: &str, lists: u64, lexicon: &Lexicon) -> bool {
    text.char_indices()
        .filter_map(|(i, _)| text.get(i..))
        .any(|s| lexicon.classes_exactly(s) & lists != 0)
}

fn is_hiragana(c: char) -> bool {
    matches!(c as u32, 0x3041..=0x3096)
}

/// Bytes within which brackets that hold an age are closed.
const AGE: usize = 24;

/// `佐藤健太（45）`: a name before an age in brackets.
fn aged(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    source
        .match_indices(['（', '('])
        .filter_map(|(at, bracket)| {
            let inside = source.get(at + bracket.len()..)?;
            let inside = inside.get(..inside.floor_char_boundary(AGE))?;
            let (age, _) = inside.split_once(['）', ')'])?;
            let digits = age.trim_end_matches('歳');
            let is_age =
                (1..=3).contains(&digits.chars().count()) && digits.chars().all(char::is_numeric);
            let run_start = run_back(source.get(..at)?, is_han);
            let run = source.get(run_start..at).filter(|_| is_age)?;
            let given = run.get(surname(run, lexicon).unwrap_or_default()..)?;
            let whole = given.len() < run.len() && (1..=3).contains(&given.chars().count());
            let name = if whole { run } else { at_end(run, lexicon)? };
            let span = Span::new(at - name.len(), at);
            Some(sighting(text, span, String::new(), "name + age", 0.85))
        })
        .collect()
}

/// A name in katakana with a dot in it, up to the Chinese characters or the end of the run.
fn foreign(run: &str, from: usize, at: usize) -> Option<(Span, usize)> {
    let kana = |c: char| is_katakana(c) || matches!(c, '・' | '＝');
    let dot = run.find(['・', '＝'])?;
    let head = run.get(..dot)?;
    let start = run_back(head, kana);
    if start == dot {
        return None;
    }
    let end = run
        .get(start..)?
        .char_indices()
        .find(|(_, c)| !kana(*c))
        .map_or(run.len(), |(i, _)| start + i);
    let name = run.get(start..end)?.trim_end_matches('・');
    let post = run.get(end..)?.chars().count();
    (name.contains(['・', '＝']) && post <= LONGEST_POST).then(|| {
        let span = Span::new(from + start, from + start + name.len());
        (span, (from + end).min(at))
    })
}

fn native(
    run: &str,
    from: usize,
    at: usize,
    role: &str,
    lexicon: &Lexicon,
) -> Option<(Span, usize)> {
    // `大河原真理・感染症対策課長`: the dot stands between a name and a post.
    let (name, post) = run
        .split_once('・')
        .map_or((run, None), |(n, p)| (n, Some(p)));
    let surname = surname(name, lexicon)?;
    let given = name.get(surname..)?.chars().count();
    if post.is_some() {
        return (1..=3).contains(&given).then(|| {
            let end = from + name.len();
            (Span::new(from, end), end + '・'.len_utf8())
        });
    }
    let letters = match (role, given) {
        ("氏", 0) => 0,
        (_, 1 | 2) | ("氏", 3) => given,
        (_, 3) if ends_given(name, lexicon) => 3,
        (_, 3..=LONGEST_POST) if role != "氏" => 2,
        _ => return None,
    };
    let length = if letters == 0 {
        surname
    } else {
        nth_char(run, surname, letters)?
    };
    let han = run.get(..length)?.chars().all(is_han);
    (han && from + length <= at).then(|| (Span::new(from, from + length), from + length))
}

/// `大臣の田中太郎は`.
fn after_role(source: &str, end: usize, lexicon: &Lexicon) -> Option<Span> {
    let rest = source.get(end..)?.strip_prefix('の')?;
    let start = end + 'の'.len_utf8();
    let kana = rest
        .char_indices()
        .find(|(_, c)| !is_katakana(*c) && !matches!(c, '・' | '＝'))
        .map_or(rest.len(), |(i, _)| i);
    if rest.get(..kana)?.contains('・') {
        return Some(Span::new(start, start + kana));
    }
    let run = rest
        .char_indices()
        .find(|(_, c)| !is_han(*c))
        .map_or(rest.len(), |(i, _)| i);
    let name = rest.get(..run)?.trim_end_matches('氏');
    let given = name.get(surname(name, lexicon)?..)?.chars().count();
    (1..=3)
        .contains(&given)
        .then(|| Span::new(start, start + name.len()))
}

/// Whether the last letter is one with which given names of three end.
fn ends_given(name: &str, lexicon: &Lexicon) -> bool {
    name.char_indices()
        .next_back()
        .and_then(|(i, _)| name.get(i..))
        .is_some_and(|last| lexicon.classes_exactly(last) & TAILS != 0)
}

/// The bytes of the family name with which `name` begins, the longest of the list.
fn surname(name: &str, lexicon: &Lexicon) -> Option<usize> {
    [4, 3, 2, 1].into_iter().find_map(|n| {
        let end = nth_char(name, 0, n)?;
        (lexicon.classes_exactly(name.get(..end)?) & SURNAMES != 0).then_some(end)
    })
}
