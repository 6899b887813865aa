//! The words by which people and organisations are found, one file a language, parsed when the first document of that language comes.
//!
//! A file has lines `list: word, word …`. A `*` at the end of a word stands for any ending, at its beginning for any beginning.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

/// A set of words with open endings or beginnings.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    exact: HashSet<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    infixes: Vec<String>,
}

impl WordSet {
    fn add(&mut self, pattern: &str) {
        let word = pattern.trim_matches('*').to_owned();
        if word.is_empty() {
            return;
        }
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (false, false) => {
                self.exact.insert(word);
            }
            (false, true) => self.prefixes.push(word),
            (true, false) => self.suffixes.push(word),
            (true, true) => self.infixes.push(word),
        }
    }

    /// Whether a lower-case word is in the set.
    pub(super) fn has(&self, lower: &str) -> bool {
        self.exact.contains(lower)
            || self.prefixes.iter().any(|p| lower.starts_with(p.as_str()))
            || self.suffixes.iter().any(|s| lower.ends_with(s.as_str()))
            || self.infixes.iter().any(|s| lower.contains(s.as_str()))
    }

    /// The words of the set as written in the file, longest first, where none is open.
    pub(super) fn exact_longest_first(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.exact.iter().map(String::as_str).collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        words
    }
}

/// The word lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    lists: BTreeMap<&'static str, WordSet>,
}

static NONE: LazyLock<WordSet> = LazyLock::new(WordSet::default);

impl Lexicon {
    fn parse(text: &'static str) -> Self {
        let mut lists: BTreeMap<&'static str, WordSet> = BTreeMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((list, words)) = line.split_once(':') {
                let set = lists.entry(list.trim()).or_default();
                words
                    .split(',')
                    .map(str::trim)
                    .for_each(|word| set.add(word));
            }
        }
        Self { lists }
    }

    /// A list by its name; empty where the language has none.
    pub(super) fn list(&self, name: &str) -> &WordSet {
        self.lists.get(name).unwrap_or(&NONE)
    }
}

/// The lexicon of a language; English where there is none.
pub(super) fn lexicon(lang: &str) -> &'static Lexicon {
    macro_rules! files {
        ($($lang:literal),* $(,)?) => {
            match lang {
                $($lang => {
                    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
                        Lexicon::parse(include_str!(concat!("../lexicon/actors/", $lang, ".txt")))
                    });
                    &LEXICON
                })*
                _ => {
                    static ENGLISH: LazyLock<Lexicon> =
                        LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/actors/en.txt")));
                    &ENGLISH
                }
            }
        };
    }
    files!(
        "ar", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja",
        "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sw", "tr", "uk", "zh"
    )
}
