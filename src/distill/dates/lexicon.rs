//! calendar-names.tsv and date-words.tsv → for each language, what a run of tokens means in a date, and how the language writes dates.
//!
//! A language's words are read when the first document needs them.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use crate::distill::{
    table::{Sieve, Table, hash},
    tokens::{Gap, Kind, Token},
};

mod cats;
mod drafts;
mod kinds;
mod rows;

pub(crate) use cats::Cats;
use drafts::Drafts;
pub(crate) use kinds::{Cat, Trait};
use kinds::{TRAITS, category};
use rows::{ROWS, Row, fold, of_same};
pub(crate) use rows::{followers, telling_words};

/// Stands for a number in a counted phrase, where other words stand by their hashes.
pub(crate) const NUMBER: u64 = 0;

/// A word or phrase and its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The hashes of the words after the first, or [`NUMBER`].
    pub(crate) rest: Box<[u64]>,
    pub(crate) cat: Cat,
    pub(crate) value: i32,
    /// Whether it is an abbreviation, which means a date only beside a number.
    pub(crate) short: bool,
    /// Whether it is one word of characters that are cut apart: no space may stand in it.
    tight: bool,
}

impl Entry {
    /// Whether the tokens from `at` go on as the entry does, up to a number in it; its first word is there.
    pub(crate) fn goes_on(&self, all: &[Token<'_>], at: usize) -> bool {
        for (word, next) in self.rest.iter().zip(at + 1..) {
            let Some(token) = all.get(next) else {
                return false;
            };
            if *word == NUMBER {
                return true;
            }
            if token.hash != *word || self.tight && token.gap == Gap::Space {
                return false;
            }
        }
        true
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.rest.len() + 1
    }
}

/// What begins with one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// What the word does by itself.
    alone: Cats,
    /// Where its entries are, the longest first.
    from: u32,
    count: u16,
    /// How many of them have other words, too.
    phrases: u16,
    /// The second words of those.
    seconds: Seconds,
}

/// Second words of phrases.
type Seconds = Sieve<63>;

/// The date words of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    by_first: Table<Word>,
    entries: Vec<Entry>,
    /// The phrases that begin with a number, in the order of their second words.
    counted: Vec<Entry>,
    /// Beginnings of words that give news.
    pub(crate) told: Vec<Box<str>>,
    /// Endings of words of what will be.
    pub(crate) plans: Vec<Box<str>>,
    /// Letters that a word may have before it.
    pub(crate) prefixes: Vec<char>,
    traits: u32,
}

/// A language's rows and, once it was asked for, what they say.
struct Language {
    rows: &'static [Row],
    /// The language as which it is read.
    same: &'static str,
    lexicon: OnceLock<Lexicon>,
}

static ALL: LazyLock<BTreeMap<&'static str, Language>> = LazyLock::new(|| {
    let language = |(lang, rows): (&&'static str, &'static Vec<Row>)| {
        let language = Language {
            rows,
            same: of_same(lang),
            lexicon: OnceLock::new(),
        };
        (*lang, language)
    };
    ROWS.iter().map(language).collect()
});
static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
static ENGLISH: LazyLock<&'static Lexicon> = LazyLock::new(|| of_language("en"));

/// The lexicon of a language by its primary subtag; an empty one where there is none.
pub(crate) fn of_language(primary: &str) -> &'static Lexicon {
    let mut language = ALL.get_key_value(primary);
    if let Some((lang, known)) = language
        && known.same != *lang
    {
        language = ALL.get_key_value(known.same);
    }
    language.map_or(&NONE, |(_, known)| {
        known.lexicon.get_or_init(|| Lexicon::read(known.rows))
    })
}

/// The English lexicon, whose names other languages use, too.
#[inline]
pub(crate) fn english() -> &'static Lexicon {
    *ENGLISH
}

/// Reads what tells dates in a language that is not known yet.
pub(crate) fn prepare() {
    LazyLock::force(&UNION);
}

/// The words of all languages together, for what is read before the language is known.
static UNION: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut drafts = Drafts::default();
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
            row.each(cat, |form| drafts.add(form, cat, row.value, short));
        }
    }
    let (by_first, entries) = drafts.file();
    Lexicon {
        by_first,
        entries,
        ..Lexicon::default()
    }
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
    /// What begins with the word with this hash.
    #[inline]
    pub(crate) fn word(&self, hash: u64) -> Option<&Word> {
        self.by_first.get(hash)
    }

    /// The entries of a word, the longest first.
    pub(crate) fn entries(&self, word: &Word) -> &[Entry] {
        self.some(word, word.count)
    }

    fn some(&self, word: &Word, count: u16) -> &[Entry] {
        let from = word.from as usize;
        let some = self.entries.get(from..from + usize::from(count));
        some.unwrap_or_default()
    }

    /// The categories of the entries of a word as which the tokens from `at` go on.
    pub(crate) fn cats(&self, word: &Word, all: &[Token<'_>], at: usize) -> Cats {
        let begun = |next: &Token<'_>| word.seconds.may_have(next.hash);
        if word.seconds.is_empty() || !all.get(at + 1).is_some_and(begun) {
            return word.alone;
        }
        self.some(word, word.phrases)
            .iter()
            .filter(|e| e.goes_on(all, at))
            .fold(word.alone, |cats, e| cats.or(Cats::of(&[e.cat])))
    }

    /// The entries that begin with the word with this hash, the longest first.
    pub(crate) fn beginning(&self, hash: u64) -> &[Entry] {
        self.word(hash).map_or(&[], |word| self.entries(word))
    }

    /// The phrases that begin with a number and this word: "three days ago".
    pub(crate) fn counted(&self, unit: u64) -> &[Entry] {
        let second = |e: &Entry| e.rest.first().copied().unwrap_or_default();
        let from = self.counted.partition_point(|e| second(e) < unit);
        let begun = self.counted.get(from..).unwrap_or_default();
        let count = begun.iter().take_while(|e| second(e) == unit).count();
        begun.get(..count).unwrap_or_default()
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
        let mut drafts = Drafts::default();
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
                        row.each(cat, |form| drafts.add(form, cat, row.value, short));
                    }
                }
            }
        }
        (lexicon.by_first, lexicon.entries) = drafts.file();
        let numbered = lexicon.beginning(hash("#")).iter();
        let mut counted: Vec<_> = numbered
            .filter(|e| Cats::COUNTED.has(e.cat))
            .cloned()
            .collect();
        counted.sort_by_key(|e| e.rest.first().copied());
        lexicon.counted = counted;
        lexicon
    }
}

/// Whether the script of a token is written in two cases.
pub(crate) fn cased(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.chars().any(char::is_lowercase)
}
