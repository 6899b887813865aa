//! Found words → a name as it is printed: normal capitals, no case ending after an apostrophe, the nominative where the language's endings tell it;
//! and when two names are one.

use super::{
    Sighting,
    cased::Found,
    lexicon::{AFTERPARTICLES, ARTICLES, DOTLESS_I, GIVEN, Lexicon, Nominative, PARTICLES, fold},
    words::Word,
};
use crate::distill::{evidence::Span, text::Text};

/// What the text says of a person at one place.
pub(super) fn sighting(
    text: &Text,
    words: &[Word<'_>],
    found: &Found,
    lexicon: &Lexicon,
) -> Option<Sighting> {
    let name = words.get(found.name.clone())?;
    let span = Span::new(name.first()?.span.start, name.last()?.span.end);
    let role = words
        .get(found.role.clone())
        .filter(|r| !r.is_empty())
        .map(|r| {
            let skip = r.iter().take(2).take_while(|w| w.is(ARTICLES)).count();
            let first = r.get(skip).or(r.first()).map_or(0, |w| w.span.start);
            let last = r.last().map_or(first, |w| w.span.end);
            one_spaced(text.slice(Span::new(first, last)))
        })
        .unwrap_or_default();
    Some(Sighting {
        span,
        name: printed(name, lexicon),
        role,
        rule: found.rule,
        weight: found.weight,
        sure: sure(found, name, lexicon),
        body: None,
    })
}

/// How often such a naming is right.
fn sure(found: &Found, name: &[Word<'_>], lexicon: &Lexicon) -> f32 {
    let base = match found.rule {
        "role + name" | "name, role" | "role, name" => 0.88,
        "honorific + name" => 0.9,
        "verb of saying" => 0.82,
        "given name" => 0.78,
        _ => 0.76,
    };
    let given = name.iter().any(|w| w.is(GIVEN));
    base + match (given, lexicon.has(super::lexicon::CAPITAL_NOUNS)) {
        (true, _) => 0.07,
        (false, false) => -0.03,
        (false, true) => -0.12,
    }
}

/// With single spaces.
pub(super) fn one_spaced(text: &str) -> String {
    if is_one_spaced(text.as_bytes()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether single spaces stand between the words and no other white space; false as well where a look at the bytes does not tell.
fn is_one_spaced(text: &[u8]) -> bool {
    let mut after_space = true;
    for byte in text {
        match byte {
            b' ' if after_space => return false,
            b' ' => after_space = true,
            // Characters that are white space begin so in UTF-8.
            b'\t'..=b'\r' | 0xC2 | 0xE1..=0xE3 => return false,
            _ => after_space = false,
        }
    }
    !after_space
}

/// The words of a name as they are printed.
fn printed(words: &[Word<'_>], lexicon: &Lexicon) -> String {
    let mixed = words.iter().any(|w| !w.shouted && w.capital && !w.initial)
        || words.first().is_some_and(|w| w.is(GIVEN) && w.shouted);
    let written = |w: &Word<'_>, out: &mut String| {
        let bare = without_ending(w);
        let loud = w.shouted && mixed;
        if w.initial {
            out.push_str(bare);
            out.push('.');
        } else if loud && w.is(PARTICLES | AFTERPARTICLES) && !w.is(GIVEN) {
            out.push_str(&bare.to_lowercase());
        } else if loud && !bare.chars().all(|c| "IVX".contains(c)) {
            out.push_str(&normal_capitals(bare, lexicon.has(DOTLESS_I)));
        } else {
            out.push_str(bare);
        }
    };
    let mut name = String::with_capacity(words.iter().map(|w| w.text.len() + 2).sum());
    for word in words {
        if !name.is_empty() {
            name.push(' ');
        }
        written(word, &mut name);
    }
    if lexicon.nominatives.is_empty() {
        return name;
    }
    nominative(&name, lexicon).unwrap_or(name)
}

/// `Hammouchi's`, `Kobalia'nın` → the name.
fn without_ending<'a>(word: &Word<'a>) -> &'a str {
    if word.ending {
        word.text
            .rsplit_once(['\'', '’'])
            .map_or(word.text, |(head, _)| head)
    } else {
        word.text
    }
}

/// `Олега Савельева` → `Олег Савельев`: where the given name is one in another case, and so says for whom the endings are.
fn nominative(name: &str, lexicon: &Lexicon) -> Option<String> {
    let given = name.split(' ').next()?;
    let rest = || name.split(' ').skip(1);
    let rules = |given: bool| lexicon.nominatives.iter().filter(move |n| n.given == given);
    let other = || rules(true).filter_map(|n| Some((with_ending(given, n)?, n.female)));
    other().next()?;
    if lexicon.is_exactly(&fold(given), GIVEN) {
        return None;
    }
    let family_of = |part: &str, female: bool| {
        rules(false)
            .filter(|n| n.female == female)
            .find_map(|n| with_ending(part, n))
    };
    let mut found = other().filter(|(name, _)| lexicon.is_exactly(&fold(name), GIVEN));
    let first = found.next()?;
    // `Kateřiny Novákové`: the family name may tell whether it is a man's.
    let fits = |female: bool| rest().any(|part| family_of(part, female).is_some());
    let (mut name, female) = if fits(first.1) {
        first
    } else {
        found.find(|(_, female)| fits(*female)).unwrap_or(first)
    };
    for part in rest() {
        name.push(' ');
        match family_of(part, female) {
            Some(family) => name.push_str(&family),
            None => name.push_str(part),
        }
    }
    Some(name)
}

/// The name with the nominative's ending, where it has the other.
fn with_ending(name: &str, rule: &Nominative) -> Option<String> {
    let stem = name.strip_suffix(rule.from)?;
    (stem.chars().count() >= 2).then(|| format!("{stem}{}", rule.to))
}

/// `WERN` → `Wern`, `MBUYI-KALONJI` → `Mbuyi-Kalonji`.
pub(super) fn normal_capitals(word: &str, dotless_i: bool) -> String {
    let mut out = String::with_capacity(word.len());
    let mut begins = true;
    for c in word.chars() {
        match c {
            _ if begins => out.push(c),
            'I' if dotless_i => out.push('ı'),
            'İ' => out.push('i'),
            _ => out.extend(c.to_lowercase()),
        }
        begins = matches!(c, '-' | '\'' | '’' | '\u{2011}');
    }
    out
}

/// Whether two names, folded, are of one person: the same words, or the shorter one's words are the longer one's last, first, or first and last.
pub(super) fn same_person(a: &[&str], b: &[&str], inflects: bool) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let same = |x: &str, y: &str| if inflects { same_folded(x, y) } else { x == y };
    let (Some(first), Some(last)) = (short.first(), short.last()) else {
        return false;
    };
    let tail = long
        .iter()
        .rev()
        .zip(short.iter().rev())
        .all(|(x, y)| same(x, y));
    let head = long.iter().zip(short.iter()).all(|(x, y)| same(x, y));
    let ends = short.len() > 1
        && long.first().is_some_and(|x| same(x, first))
        && long.last().is_some_and(|x| same(x, last));
    let initials = short.len() == long.len()
        && short.len() > 1
        && long
            .iter()
            .zip(short.iter())
            .rev()
            .enumerate()
            .all(|(i, (x, y))| same(x, y) || i > 0 && (is_initial_of(x, y) || is_initial_of(y, x)));
    tail || head || ends || initials
}

fn is_initial_of(initial: &str, name: &str) -> bool {
    initial
        .strip_suffix('.')
        .is_some_and(|i| !i.is_empty() && name.starts_with(i))
}

/// Equal but for an ending of up to three letters.
pub(super) fn same_folded(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longest = a.chars().count().max(b.chars().count());
    common >= 4 && common + 3 >= longest
}

/// Whether `form` is a known name in one of its cases: all of the name but a last vowel or soft sign, and an ending of up to three letters. `Росстата`
/// is one of `Росстат`, `Россия` is none.
pub(super) fn is_case_of(name: &str, form: &str) -> bool {
    if name == form {
        return true;
    }
    let unmarked = name.strip_suffix(['σ', 'ς']).unwrap_or(name);
    let stem = unmarked.strip_suffix(is_last_vowel).unwrap_or(unmarked);
    let lost = name.chars().count() - stem.chars().count();
    let ends = || form.strip_prefix(stem).map(|end| end.chars().count());
    let common = || name.chars().zip(form.chars()).take_while(|(a, b)| a == b);
    // A long name may change its stem's end: `Maailmanpankki`, `Maailmanpankin`.
    stem.chars().nth(3).is_some() && ends().is_some_and(|ending| ending <= 3 + lost)
        || common().nth(7).is_some() && same_folded(name, form)
}

fn is_last_vowel(c: char) -> bool {
    "aeiouyąęáéíóúăâîаяоеёиіїыуюэєйьαεηιουωάέήίόύώ".contains(c)
}

/// Equal but for a plural's or a genitive's one letter.
pub(super) fn same_root(a: &str, b: &str) -> bool {
    a == b || a.len() > 5 && b.strip_prefix(a) == Some("s")
}
