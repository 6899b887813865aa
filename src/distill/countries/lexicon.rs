//! What is known about countries in one language: what comes in is a language tag, what goes out is an index of stems with what each means.
//! Refuses nothing: a language without data has the names of CLDR alone.
//!
//! `lexicon/countries/README.md` describes the files. A language is added by adding one; no code names a language.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::builder;
use crate::{
    distill::{
        stems::{Stems, key},
        table::Memo,
    },
    model::{CountryCode, Lang},
};

/// What a form is in relation to its country; in order of precedence where one span has several meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A longer or stronger reading that names no country: an ocean, a river, a dissolved state.
    Blocked,
    /// Name, official name or short form.
    Name,
    /// Adjective or inhabitant.
    Adjective,
    /// A seat of government by another name: the Kremlin.
    Government,
    /// The capital or the seat of government.
    Capital,
    /// A part of one country.
    Region,
    /// Another city.
    City,
    /// A body of one state, named without it: it tells where a text is at home.
    Institution,
}

/// Which of several countries a form names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// The one that the rest of the document names: Congo.
    Any,
    /// The second only where the text is set in places of that country: Georgia.
    Place,
    /// All at once: 한미.
    All,
}

/// What must hold in the surroundings before an ambiguous form counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing.
    None,
    /// Also a name of persons: Jordan, Chad.
    Person,
    /// Also a common noun: turkey, china.
    Common,
    /// Also a pronoun: US.
    Pronoun,
    /// Counts only beside other evidence for the same country.
    Cued,
    /// Never on a line in capitals.
    Caps,
    /// Chinese or Japanese one-character names in a row: 中美, 日中韓.
    Pair,
}

/// What one stem means.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    pub(super) entries: Vec<Entry>,
    /// What it says of its neighbours where it is a whole word.
    pub(super) whole: Cue,
    /// What it says where a word begins with it.
    pub(super) begins: Cue,
}

/// One meaning of one stem.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Candidates, the likeliest first; empty for a blocker.
    pub(super) codes: Arc<[CountryCode]>,
    pub(super) among: Among,
    pub(super) kind: Kind,
    pub(super) check: Check,
    /// Bit n: word n begins with a capital.
    pub(super) capitals: u8,
    /// Vowel signs that the decoded text must show: عمّان is Amman, عُمان Oman.
    pub(super) marks: String,
    /// Letters in capitals throughout.
    pub(super) acronym: bool,
    /// Carries the language's article glued to it.
    pub(super) article: bool,
    /// What may follow the stem within the word.
    pub(super) tails: Arc<Tails>,
}

/// The endings that a stem may have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tails {
    /// Any ending.
    pub(super) any: bool,
    /// These; one that ends in a hyphen needs the hyphen.
    pub(super) list: Vec<String>,
    /// Bytes of the longest.
    longest: usize,
}

impl Tails {
    /// Any ending.
    pub(super) fn any() -> Self {
        Self {
            any: true,
            ..Self::default()
        }
    }

    /// These.
    pub(super) fn of(list: Vec<String>) -> Self {
        Self {
            any: false,
            longest: list.iter().map(String::len).max().unwrap_or_default(),
            list,
        }
    }

    /// Whether a word may end in `tail`; `rest` is what follows the word.
    pub(super) fn take(&self, tail: &str, rest: &str) -> bool {
        let fits = |listed: &String| match listed.strip_suffix('-') {
            Some(listed) => listed == tail && rest.starts_with(['-', '–', '\u{2010}', '\u{2011}']),
            None => listed == tail,
        };
        self.any || tail.len() <= self.longest && self.list.iter().any(fits)
    }

    /// Whether there is anything that may follow a word that ends in `tail`.
    pub(super) fn may_take(&self, tail: &str) -> bool {
        let fits = |listed: &String| listed.strip_suffix('-').unwrap_or(listed) == tail;
        self.any || self.list.iter().any(fits)
    }
}

impl Entry {
    /// Whether it may stand behind a prefix, or behind none.
    pub(super) fn fits(&self, prefix: Option<&Prefix>) -> bool {
        match prefix {
            None => !self.article,
            Some(p) if self.article => p.article,
            Some(p) => p.plain || p.article && self.kind == Kind::Adjective,
        }
    }
}

/// What may be glued before a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefix {
    pub(super) text: String,
    /// Its first eight bytes as a number.
    pub(super) key: u64,
    /// Goes before a word without the article.
    pub(super) plain: bool,
    /// Holds the article.
    pub(super) article: bool,
    /// Is a preposition of place.
    pub(super) venue: bool,
}

impl Prefix {
    /// Whether a text begins with it.
    #[inline]
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        let head = (self.text.len() * 8).clamp(1, 64) as u32;
        (key(text) ^ self.key).leading_zeros() >= head && text.starts_with(self.text.as_bytes())
    }
}

/// Words around a match that change what it means: one bit for each list of the data files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cue(pub(super) u16);

impl Cue {
    /// Before a place name: it is a street.
    pub(super) const STREET_BEFORE: Self = Self(1);
    /// After a place name: it is a street.
    pub(super) const STREET_AFTER: Self = Self(1 << 1);
    /// Before a capital: it is where something takes place.
    pub(super) const VENUE: Self = Self(1 << 2);
    /// Begins a noun for those who act for a country.
    pub(super) const OFFICIAL: Self = Self(1 << 3);
    /// Makes a country a bystander: neighbours, markets, origins.
    pub(super) const BYSTANDER: Self = Self(1 << 4);
    /// Honorifics before a person.
    pub(super) const PERSON_BEFORE: Self = Self(1 << 5);
    /// What follows a person: said, added.
    pub(super) const PERSON_AFTER: Self = Self(1 << 6);
    /// What may follow a country's name with a capital without making it a person.
    pub(super) const NOT_PERSON: Self = Self(1 << 7);
    /// Words that may stand before a word without making it a place name's part.
    pub(super) const LINK: Self = Self(1 << 8);

    /// Before a name that a country shares with a state of another: `state of`.
    pub(super) const STATE: Self = Self(1 << 9);
    /// Begins a phrase that speaks of two parties to something: both countries, bilateral.
    pub(super) const MUTUAL: Self = Self(1 << 10);

    /// Begins a word for people, goods and borders that have a nationality without acting for the state.
    pub(super) const NATIONAL: Self = Self(1 << 11);
    /// Before the country from which or to which somebody goes.
    pub(super) const ORIGIN: Self = Self(1 << 12);

    /// Whether all of `other` is in here.
    #[inline]
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Takes in all of `other`.
    #[inline]
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Everything that is known about countries in one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) index: Stems<Meaning>,
    /// Whether words are set apart by spaces.
    pub(super) spaced: bool,
    pub(super) prefixes: Vec<Prefix>,
    /// Glued behind a name, they make its country a bystander: `-made`.
    pub(super) bystander_after: Vec<String>,
    /// The one state in which nearly all texts of the language are written, if there is one.
    pub(super) home: Option<CountryCode>,
    /// What the words say that came last.
    pub(super) words: Memo,
}

impl Lexicon {
    /// The lexicon of a language, read on first use and kept.
    pub(super) fn of(lang: &Lang) -> Arc<Self> {
        static CACHE: OnceLock<Mutex<HashMap<Lang, Arc<Lexicon>>>> = OnceLock::new();
        let cache = CACHE.get_or_init(Mutex::default);
        if let Some(found) = lock(cache).get(lang) {
            return Arc::clone(found);
        }
        let built = Arc::new(builder::build(lang));
        Arc::clone(lock(cache).entry(lang.clone()).or_insert(built))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
