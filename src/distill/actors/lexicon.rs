//! The words by which people and organisations are found: one file a language in `lexicon/actors/`, read when the first document of that language comes.
//!
//! A file has lines `list: word, word …`. A `*` at the end of a word stands for any ending, at its beginning for any beginning. `traits:` names the
//! classes of grammar that the rules ask for, `include:` other files whose lists hold too, `known:` bodies that everyone knows, with `=` between the
//! names of one and `!` before what is none. A new language is a new file.

mod classes;
mod entries;
mod finder;
mod fold;

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use include_dir::{Dir, include_dir};

pub(super) use super::patterns::Classes;
use super::patterns::Patterns;
use crate::{
    distill::{
        table::{Memo, Table, hash},
        text::Text,
    },
    model::country_rows,
};
pub(super) use classes::*;
use classes::{class_of, trait_of};
use entries::NO_BODY;
pub(super) use entries::{Body, BodyName, LegalForm, Piece};
use finder::Finder;
use fold::ROOT;
pub(super) use fold::{fold, root};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/distill/lexicon/actors");

/// The file for languages that have none.
const FALLBACK: &str = "und";

/// The word lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    traits: u32,
    patterns: Patterns,
    /// [`Lexicon::classes`] of the last words.
    memo: Memo,
    /// Articles that are written to the next word with an apostrophe.
    pub(super) elided: Vec<String>,
    /// Articles in small letters that are written to a name.
    pub(super) attached: Vec<String>,
    /// What is written to a word in front of it: conjunctions, prepositions.
    pub(super) prefixes: Vec<String>,
    /// Bodies that everyone knows.
    pub(super) bodies: Vec<Body>,
    /// For the first letters of a body's first word: which body, which of its names.
    by_first: Table<Vec<(usize, usize)>>,
    /// Legal forms of companies, in their pieces, each with whether a full stop comes before it; the longest first.
    pub(super) legal_forms: Vec<LegalForm>,
    /// Head words in the plural, folded → in the singular as printed.
    pub(super) singulars: BTreeMap<String, &'static str>,
    /// Case ending → ending of the nominative, for names.
    pub(super) nominatives: Vec<Nominative>,
    /// Lists in the order of the file, for scripts without spaces.
    lists: BTreeMap<&'static str, Vec<&'static str>>,
    /// What finds the words of a list in a text, longest first.
    finders: OnceLock<BTreeMap<&'static str, Finder>>,
}

/// How a name in another case is brought to the nominative.
#[derive(Debug)]
pub(super) struct Nominative {
    /// Whether it is for given names; else for family names.
    pub(super) given: bool,
    /// Whether for women.
    pub(super) female: bool,
    /// The ending found.
    pub(super) from: &'static str,
    /// The ending of the nominative.
    pub(super) to: &'static str,
}

impl Lexicon {
    fn read(lang: &str) -> Self {
        let mut lexicon = Self::default();
        lexicon.add_file(lang);
        let inflects = lexicon.has(INFLECTS);
        for word in country_words(lang) {
            lexicon.add(&word, COUNTRY);
            let stem = word.trim_end_matches(|c: char| "aeiouyàáâéèêíóúãõç".contains(c));
            if stem.chars().count() >= 5 {
                lexicon.patterns.add_beginning(stem, DEMONYMS);
            }
            if lexicon.has(DEFINITE) {
                // `تونس` → `التونسية`
                let bare = word.strip_prefix("ال").unwrap_or(&word);
                let bare = bare.trim_end_matches('ا').trim_end_matches('ي');
                let nisba = format!("ال{bare}ي");
                lexicon.patterns.add_beginning(&nisba, DEMONYMS);
            }
            if inflects {
                // `России`, `Польши`: the nominative shares all but its ending.
                let letters: Vec<char> = word.chars().collect();
                for keep in letters.len().saturating_sub(2)..=letters.len() {
                    if keep >= 4 {
                        let stem: String = letters.iter().take(keep).collect();
                        lexicon.patterns.add_stem(&stem, COUNTRY);
                    }
                }
            }
        }
        lexicon
    }

    fn add_file(&mut self, name: &str) {
        let text = FILES
            .get_file(format!("{name}.txt"))
            .and_then(include_dir::File::contents_utf8)
            .unwrap_or_default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((list, words)) = line.split_once(':') else {
                continue;
            };
            self.add_list(list.trim(), words);
        }
    }

    fn add_list(&mut self, list: &'static str, line: &'static str) {
        let words = || line.split(',').map(str::trim).filter(|w| !w.is_empty());
        match list {
            "include" => words().for_each(|file| self.add_file(file)),
            "traits" => self.traits |= words().filter_map(trait_of).fold(0, |a, b| a | b),
            "elided" => self.elided.extend(words().map(fold)),
            "attached" => self.attached.extend(words().map(fold)),
            "prefixes" => self.prefixes.extend(words().map(fold)),
            "known" => words().for_each(|names| self.add_body(names)),
            "legalforms" => words().for_each(|form| self.add_legal_form(form)),
            "plurals" => {
                for (many, one) in words().filter_map(|w| w.split_once('/')) {
                    let many = fold(many.trim());
                    self.add(&many, PLURALS);
                    self.singulars.insert(many, one.trim());
                }
            }
            "mengiven" | "womengiven" | "mensurnames" | "womensurnames" => {
                self.nominatives.extend(words().filter_map(|rule| {
                    let (from, to) = rule.split_once('/')?;
                    Some(Nominative {
                        given: list.ends_with("given"),
                        female: list.starts_with("women"),
                        from: from.trim(),
                        to: to.trim(),
                    })
                }));
            }
            _ => {
                if let Some(class) = class_of(list) {
                    let folded = Text::new(line.to_owned()).folded;
                    for word in folded.split(',').map(str::trim) {
                        self.add(word, class);
                        if class == GIVEN && self.has(INFLECTS) {
                            self.add_stem(word, class);
                        }
                    }
                }
                if self.has(HAN | KANA | HANGUL | SPACELESS) {
                    self.lists.entry(list).or_default().extend(words());
                }
            }
        }
    }

    fn add_body(&mut self, names: &'static str) {
        let body = self.bodies.len();
        let names: Vec<BodyName> = names
            .split('=')
            .map(str::trim)
            .map(|printed| {
                let folded = fold(printed.trim_start_matches(NO_BODY));
                let words = folded.split([' ', '-']).filter(|w| !w.is_empty());
                let words: Vec<String> = words.map(str::to_owned).collect();
                BodyName {
                    printed,
                    acronym: words.len() == 1 && !printed.contains(char::is_lowercase),
                    words,
                }
            })
            .collect();
        for (place, name) in names.iter().enumerate() {
            if let Some(first) = name.words.first() {
                self.patterns.add_beginning(root(first), KNOWN);
                self.by_first.of(hash(root(first))).push((body, place));
            }
        }
        self.bodies.push(Body { names });
    }

    fn add_legal_form(&mut self, form: &'static str) {
        let pieces: Vec<Piece> = form
            .split_whitespace()
            .flat_map(|word| word.split('.').filter(|p| !p.is_empty()).enumerate())
            .map(|(i, written)| Piece {
                dotted: i > 0,
                written,
                shoutable: (written.chars().count() > 3).then(|| written.to_lowercase()),
            })
            .collect();
        let Some(first) = pieces.first().map(|piece| fold(piece.written)) else {
            return;
        };
        self.patterns.add(&first, LEGALFORMS);
        let place = self
            .legal_forms
            .partition_point(|f| f.pieces.len() >= pieces.len());
        let first = hash(&first);
        self.legal_forms.insert(place, LegalForm { first, pieces });
    }

    /// A name without its last vowel, so that its other cases are known.
    fn add_stem(&mut self, name: &str, class: Classes) {
        let stem = name.trim_end_matches([
            'а', 'я', 'й', 'ь', 'о', 'a', 'e', 'o', 'у', 'і', 'ο', 'η', 'α', 'σ',
        ]);
        if stem.chars().count() >= 3 {
            self.patterns.add_stem(stem, class);
        }
    }

    fn add(&mut self, pattern: &str, class: Classes) {
        self.patterns.add(pattern, class);
        if self.has(DOTLESS_I) && pattern.contains('ı') {
            self.patterns.add(&pattern.replace('ı', "i"), class);
        }
    }

    /// Whether the language has one of these traits.
    #[inline]
    pub(super) fn has(&self, traits: u32) -> bool {
        self.traits & traits != 0
    }

    /// The lists that a folded word is in.
    pub(super) fn classes(&self, folded: &str) -> Classes {
        self.classes_by(folded, hash(folded))
    }

    /// The lists that a folded word with this hash is in.
    #[inline]
    pub(super) fn classes_by(&self, folded: &str, hash: u64) -> Classes {
        self.memo.of(hash, || self.classes_worked_out(folded))
    }

    fn classes_worked_out(&self, folded: &str) -> Classes {
        let mut classes = self.patterns.of(folded);
        // An exact word says what it is against its ending: `Brian` is no `*ian`.
        if classes & GIVENTOO != 0 {
            classes &= !(COUNTRY | NOTNAMES | ORGANISATIONS);
            classes |= GIVEN;
        }
        classes
    }

    /// The lists in which a folded word is as it stands.
    pub(super) fn classes_exactly(&self, folded: &str) -> Classes {
        self.patterns.exactly(folded)
    }

    /// Whether a folded word is in a list as it stands.
    pub(super) fn is_exactly(&self, folded: &str, class: Classes) -> bool {
        self.classes_exactly(folded) & class != 0
    }

    /// The prefixes with which a word begins, each with the rest of the word.
    pub(super) fn prefixes_of<'a>(
        &'a self,
        word: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let second = word.as_bytes().get(1);
        self.prefixes
            .iter()
            .filter(move |prefix| prefix.as_bytes().get(1).is_none_or(|b| Some(b) == second))
            .filter_map(move |prefix| Some((prefix.as_str(), word.strip_prefix(prefix.as_str())?)))
    }

    /// The names of known bodies whose first word begins like this one.
    pub(super) fn bodies_from(&self, folded: &str) -> impl Iterator<Item = (usize, &BodyName)> {
        folded
            .char_indices()
            .take(ROOT)
            .filter_map(|(at, c)| folded.get(..at + c.len_utf8()))
            .filter_map(|root| self.by_first.get(hash(root)))
            .flatten()
            .filter_map(|&(body, name)| Some((body, self.bodies.get(body)?.names.get(name)?)))
    }

    /// Finds the words of a list in a text; for scripts without spaces only.
    pub(super) fn finder(&self, list: &str) -> Option<&Finder> {
        self.finders
            .get_or_init(|| {
                let names: Vec<&str> = self
                    .body_names()
                    .map(|(_, name)| name.printed.trim_start_matches(NO_BODY))
                    .collect();
                ["roles", "orgheads", "honorifics", "speech"]
                    .into_iter()
                    .map(|list| (list, Finder::new(self.list(list))))
                    .chain([("bodies", Finder::new(&names))])
                    .collect()
            })
            .get(list)
    }

    /// The names of the bodies that everyone knows, in order, each with its body.
    fn body_names(&self) -> impl Iterator<Item = (usize, &BodyName)> {
        let bodies = self.bodies.iter().enumerate();
        bodies.flat_map(|(i, body)| body.names.iter().map(move |name| (i, name)))
    }

    /// The body and name that the finder of bodies numbers so.
    pub(super) fn body_name(&self, place: usize) -> Option<(usize, &BodyName)> {
        self.body_names().nth(place)
    }

    /// A list as the file gives it, in its order; for scripts without spaces only.
    pub(super) fn list(&self, name: &str) -> &[&'static str] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The single words of the countries' names in a language, folded.
fn country_words(lang: &str) -> Vec<String> {
    country_rows()
        .filter(|row| row.lang.split('-').next() == Some(lang))
        // Countries that are called after saints share their words with people, and long names have common nouns in them.
        .filter(|row| row.name.split(' ').count() <= 3)
        .flat_map(|row| row.name.split([' ', '-', '(', ')', ',']))
        .filter(|w| w.chars().count() > 3 || !w.is_ascii())
        .map(fold)
        .collect()
}

/// The lexicon of a language; a small one for all where there is none.
pub(super) fn lexicon(lang: &str) -> &'static Lexicon {
    static ALL: LazyLock<BTreeMap<&'static str, OnceLock<Lexicon>>> = LazyLock::new(|| {
        FILES
            .files()
            .filter_map(|file| file.path().file_stem()?.to_str())
            .map(|lang| (lang, OnceLock::new()))
            .collect()
    });
    static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
    let Some((name, cell)) = ALL
        .get_key_value(lang)
        .or_else(|| ALL.get_key_value(FALLBACK))
    else {
        return &NONE;
    };
    cell.get_or_init(|| Lexicon::read(name))
}
