//! calendar-names.tsv and date-words.tsv → for each language, what a run of tokens means in a date, and how the language writes dates.
//!
//! A language's words are read when the first document needs them.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use crate::distill::{
    table::{Table, hash},
    tokens::{Gap, Kind, Token, tokens},
};

mod kinds;
mod rows;

pub(crate) use kinds::{Cat, Trait};
use kinds::{TRAITS, category};
use rows::{ROWS, Row, fold, of_same};
pub(crate) use rows::{followers, telling_words};

/// A word or phrase and its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The words after the first.
    pub(crate) rest: Box<[Box<str>]>,
    pub(crate) cat: Cat,
    pub(crate) value: i32,
    /// Whether it is an abbreviation, which means a date only beside a number.
    pub(crate) short: bool,
    /// Whether it is one word of characters that are cut apart: no space may stand in it.
    tight: bool,
}

impl Entry {
    /// Whether the tokens from `at` go on as the entry does; its first word is there.
    pub(crate) fn goes_on(&self, all: &[Token<'_>], at: usize) -> bool {
        self.rest.iter().enumerate().all(|(i, w)| {
            let spaced = |t: &Token<'_>| self.tight && t.gap == Gap::Space;
            all.get(at + 1 + i).is_some_and(|t| t.is(w) && !spaced(t))
        })
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.rest.len() + 1
    }
}

/// The date words of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    by_first: Table<Vec<Entry>>,
    /// Beginnings of words that give news.
    pub(crate) told: Vec<Box<str>>,
    /// Endings of words of what will be.
    pub(crate) plans: Vec<Box<str>>,
    /// Letters that a word may have before it.
    pub(crate) prefixes: Vec<char>,
    traits: u32,
}

static ALL: LazyLock<BTreeMap<&'static str, OnceLock<Lexicon>>> =
    LazyLock::new(|| ROWS.keys().map(|lang| (*lang, OnceLock::new())).collect());
static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// The lexicon of a language by its primary subtag; an empty one where there is none.
pub(crate) fn of_language(primary: &str) -> &'static Lexicon {
    let key = of_same(primary);
    match (ALL.get(key), ROWS.get(key)) {
        (Some(cell), Some(rows)) => cell.get_or_init(|| Lexicon::read(rows)),
        _ => &NONE,
    }
}

/// The words of all languages together, for what is read before the language is known.
static UNION: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut union = Lexicon::default();
    for row in ROWS.values().flatten() {
        let Some((cat, short)) = category(row.kind) else {
            continue;
        };
        if matches!(
            cat,
            Cat::Month
                | Cat::Weekday
                | Cat::Homonym
                | Cat::Solar
                | Cat::Hijri
                | Cat::Issued
                | Cat::Changed
                | Cat::Embargo
        ) {
            row.each(cat, |form| union.add(form, cat, row.value, short));
        }
    }
    union.sort();
    union
});

/// Whether the token names a month in any language.
pub(crate) fn any_month(all: &[Token<'_>], at: usize) -> bool {
    let fits = |e: &Entry| matches!(e.cat, Cat::Month | Cat::Solar | Cat::Hijri);
    UNION.find(all, at, fits).is_some()
}

/// Whether the token names a weekday in any language.
pub(crate) fn any_weekday(all: &[Token<'_>], at: usize) -> bool {
    let fits = |e: &Entry| matches!(e.cat, Cat::Weekday | Cat::Homonym) && !e.short;
    UNION.find(all, at, fits).is_some()
}

/// Whether the tokens from `at` say "published", "embargo" or the like in any language; the number of tokens.
pub(crate) fn any_publication_cue(all: &[Token<'_>], at: usize) -> Option<usize> {
    let fits = |e: &Entry| matches!(e.cat, Cat::Issued | Cat::Changed | Cat::Embargo);
    UNION.find(all, at, fits).map(Entry::len)
}

impl Lexicon {
    /// The entries that begin with the word with this hash, the longest first.
    pub(crate) fn beginning(&self, word: u64) -> &[Entry] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// The phrases that begin with a number: "three days ago".
    pub(crate) fn counted(&self) -> &[Entry] {
        static NUMBER: LazyLock<u64> = LazyLock::new(|| hash("#"));
        self.beginning(*NUMBER)
    }

    /// Whether the language writes dates so.
    pub(crate) fn has(&self, is: Trait) -> bool {
        self.traits & (1 << (is as u32)) != 0
    }

    fn find(&self, all: &[Token<'_>], at: usize, fits: impl Fn(&Entry) -> bool) -> Option<&Entry> {
        let first = all.get(at)?;
        self.beginning(first.hash)
            .iter()
            .find(|e| fits(e) && e.goes_on(all, at))
    }

    fn read(rows: &[Row]) -> Self {
        let mut lexicon = Self::default();
        for row in rows {
            match row.kind {
                "is" => {
                    for name in row.forms.split('|') {
                        let at = TRAITS.iter().position(|t| *t == name);
                        lexicon.traits |= at.map_or(0, |at| 1 << at);
                    }
                }
                "prefix" => lexicon.prefixes = row.forms.chars().filter(|c| *c != '|').collect(),
                "planend" => lexicon
                    .plans
                    .extend(row.forms.split('|').map(|f| fold(f).into())),
                "told" => lexicon
                    .told
                    .extend(row.forms.split('|').map(|f| fold(f).into())),
                kind => {
                    if let Some((cat, short)) = category(kind) {
                        row.each(cat, |form| lexicon.add(form, cat, row.value, short));
                    }
                }
            }
        }
        lexicon.sort();
        lexicon
    }

    fn sort(&mut self) {
        for entries in self.by_first.values_mut() {
            let homonyms: Vec<_> = entries
                .iter()
                .filter(|e| e.cat == Cat::Homonym)
                .map(|e| e.rest.clone())
                .collect();
            entries.retain(|e| e.cat != Cat::Weekday || !homonyms.contains(&e.rest));
            // The longest first, and an order that no hashing can change.
            entries.sort_by(|a, b| {
                (b.len(), a.short, a.cat, &a.rest, a.value).cmp(&(
                    a.len(),
                    b.short,
                    b.cat,
                    &b.rest,
                    b.value,
                ))
            });
        }
    }

    fn add(&mut self, folded: &str, cat: Cat, value: i32, short: bool) {
        let words = tokens(folded);
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let tight = first.kind == Kind::Glyph && rest.iter().all(|t| t.gap == Gap::None);
        let rest: Box<[Box<str>]> = rest.iter().map(|t| t.text.into()).collect();
        let entries = self.by_first.of(first.hash);
        match entries.iter_mut().find(|e| e.cat == cat && e.rest == rest) {
            // A newsroom's whole word may be CLDR's abbreviation.
            Some(known) => {
                known.short &= short;
                known.tight &= tight;
            }
            None => entries.push(Entry {
                rest,
                cat,
                value,
                short,
                tight,
            }),
        }
    }
}

/// Whether the script of a token is written in two cases.
pub(crate) fn cased(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.chars().any(char::is_lowercase)
}
