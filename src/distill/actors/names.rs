//! Found word ranges → names as they are printed: normal capitals, no case ending after an apostrophe, no possessive; and when two names are one.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{
    Sighting,
    cased::{Found, Reader},
    lexicon::lexicon,
    words::{Word, words},
};
use crate::{
    distill::{evidence::Span, text::Text},
    model::{Lang, country_rows},
};

/// The people whom a text in a script with capitals names.
pub(super) fn people(text: &Text, lang: &Lang) -> Vec<Sighting> {
    let lexicon = lexicon(lang.primary());
    let honorifics = lexicon.list("honorifics");
    let words = words(text, |lower| honorifics.has(lower));
    let countries = country_words(lang);
    let stop = lexicon.list("notnames");
    let inflects = inflects(lang);
    let reader = Reader {
        words: &words,
        lexicon,
        is_matter: &|lower| stop.has(lower) || is_country(&countries, lower, inflects),
    };
    reader
        .people()
        .into_iter()
        .filter_map(|found| sighting(text, &words, &found, lang))
        .collect()
}

fn sighting(text: &Text, words: &[Word<'_>], found: &Found, lang: &Lang) -> Option<Sighting> {
    let name = words.get(found.name.clone())?;
    let span = Span::new(name.first()?.span.start, name.last()?.span.end);
    let role = words
        .get(found.role.clone())
        .filter(|r| !r.is_empty())
        .map(|r| {
            let skip = r
                .iter()
                .take(2)
                .take_while(|w| ARTICLES.contains(&w.lower.as_str()))
                .count();
            let first = r.get(skip).or(r.first()).map_or(0, |w| w.span.start);
            let last = r.last().map_or(first, |w| w.span.end);
            text.slice(Span::new(first, last))
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .unwrap_or_default();
    Some(Sighting {
        span,
        name: printed(name, lang),
        role,
        rule: found.rule,
        weight: found.weight,
    })
}

const ARTICLES: [&str; 24] = [
    "the", "a", "an", "le", "la", "l", "les", "un", "une", "el", "los", "las", "il", "lo", "o",
    "a", "der", "die", "das", "ein", "eine", "de", "het", "een",
];

/// The words of a name as they are printed.
fn printed(words: &[Word<'_>], lang: &Lang) -> String {
    let mixed = words.iter().any(|w| !w.shouted && w.capital);
    words
        .iter()
        .map(|w| {
            let bare = without_ending(w.text);
            let roman = bare.chars().all(|c| "IVX".contains(c));
            if w.shouted && mixed && !roman {
                normal_capitals(bare, lang)
            } else {
                bare.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// `Hammouchi's`, `Kobalia'nın` → the name.
fn without_ending(word: &str) -> &str {
    match word.rsplit_once(['\'', '’']) {
        Some((head, tail))
            if head.chars().count() > 2
                && tail.chars().count() <= 5
                && tail.chars().all(char::is_lowercase) =>
        {
            head
        }
        _ => word,
    }
}

/// `WERN` → `Wern`, `MBUYI-KALONJI` → `Mbuyi-Kalonji`.
pub(super) fn normal_capitals(word: &str, lang: &Lang) -> String {
    let turkic = matches!(lang.primary(), "tr" | "az");
    let mut out = String::with_capacity(word.len());
    let mut begins = true;
    for c in word.chars() {
        match c {
            _ if begins => out.push(c),
            'I' if turkic => out.push('ı'),
            'İ' => out.push('i'),
            _ => out.extend(c.to_lowercase()),
        }
        begins = matches!(c, '-' | '\'' | '’' | '\u{2011}');
    }
    out
}

/// Whether two names are of one person: the same words, or the shorter one's words are the longer one's last (or first and last).
pub(super) fn same_person(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (long, short) = if a.len() >= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let tail = long
        .iter()
        .rev()
        .zip(short.iter().rev())
        .all(|(x, y)| same_word(x, y));
    let ends = short.len() > 1
        && long
            .first()
            .zip(short.first())
            .is_some_and(|(x, y)| same_word(x, y))
        && long
            .last()
            .zip(short.last())
            .is_some_and(|(x, y)| same_word(x, y));
    let head = short.len() == 1
        && long
            .first()
            .zip(short.first())
            .is_some_and(|(x, y)| same_word(x, y));
    tail || ends || head
}

/// Whether two phrases are equal word by word but for endings.
pub(super) fn same_inflected(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| same_word(x, y))
}

/// Equal but for capitals and an ending of up to three letters.
fn same_word(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longest = a.chars().count().max(b.chars().count());
    a == b || (a.chars().all(|c| !c.is_ascii()) && common >= 4 && common + 3 >= longest)
}

/// The single words of the countries' names in a language, without those that are given names as well.
pub(super) fn country_words(lang: &Lang) -> Arc<BTreeSet<String>> {
    static SEEN: LazyLock<Mutex<HashMap<String, Arc<BTreeSet<String>>>>> =
        LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = seen.get(lang.primary()) {
        return Arc::clone(found);
    }
    let words: BTreeSet<String> = country_rows()
        .filter(|row| row.lang == lang.primary())
        .filter(|row| !is_saintly(row.name))
        .flat_map(|row| row.name.split([' ', '-', '(', ')', ',']))
        .filter(|w| w.chars().count() > 3 || !w.is_ascii())
        .map(str::to_lowercase)
        .filter(|w| !GIVEN_NAMES.contains(&w.as_str()))
        .collect();
    let words = Arc::new(words);
    seen.insert(lang.primary().to_owned(), Arc::clone(&words));
    words
}

/// Countries that are called after saints share their words with people.
fn is_saintly(name: &str) -> bool {
    name.split(' ').count() > 3
        || [
            "San", "Santa", "Saint", "Sainte", "Sankt", "São", "St.", "Sint", "Сан", "Сент",
            "Santo", "Svatý",
        ]
        .iter()
        .any(|saint| name.starts_with(saint))
}

const GIVEN_NAMES: [&str; 14] = [
    "chad",
    "jordan",
    "georgia",
    "israel",
    "martin",
    "lucia",
    "vincent",
    "maurice",
    "pierre",
    "helena",
    "kitts",
    "maarten",
    "norman",
    "christmas",
];

fn inflects(lang: &Lang) -> bool {
    matches!(
        lang.primary(),
        "ru" | "uk"
            | "be"
            | "pl"
            | "cs"
            | "sk"
            | "bg"
            | "sr"
            | "hr"
            | "el"
            | "tr"
            | "ro"
            | "hu"
            | "fi"
    )
}

fn is_country(countries: &BTreeSet<String>, lower: &str, inflects: bool) -> bool {
    if countries.contains(lower) {
        return true;
    }
    if !inflects {
        return false;
    }
    // `России`, `Польши`: the nominative shares all but its ending.
    let letters: Vec<char> = lower.chars().collect();
    letters.len() > 4
        && (1..=3).any(|cut| {
            let keep = letters.len().saturating_sub(cut);
            if keep < 4 {
                return false;
            }
            let stem: String = letters.iter().take(keep).collect();
            countries
                .range(stem.clone()..)
                .next()
                .is_some_and(|c| c.starts_with(&stem) && c.chars().count() <= keep + 2)
        })
}
