//! lexicon/stop-words.tsv and the telling words of dates → the words and letters of each language. Refuses rows that lack a cell.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{
    script::{NAMES, Script},
    words::Words,
};
use crate::distill::{
    dates::lexicon,
    table::hash,
    text::Text,
    tokens::{Kind, tokens},
};

/// The languages of one script, and what tells one from another. A language is known by its place in the list.
#[derive(Default)]
pub(super) struct Peers {
    /// The code of each.
    pub(super) codes: Vec<&'static str>,
    /// The words that they have.
    pub(super) words: Words,
    /// The letters that few of them have.
    pub(super) letters: Rare,
}

/// Letters beyond ASCII that few languages of a script have, each with a number from 1.
#[derive(Default)]
pub(super) struct Rare {
    numbers: Box<[u8]>,
    owners: Vec<Vec<u8>>,
}

/// One past the last letter that a profile may list: Latin with all its marks, Greek, Cyrillic, Arabic.
const LETTERS: usize = 0x2000;

impl Rare {
    /// The number of a letter; 0 where it is none of them.
    #[inline]
    pub(super) fn number(&self, letter: char) -> u8 {
        self.numbers.get(letter as usize).copied().unwrap_or(0)
    }

    /// The languages that have each letter, by its number from 1.
    pub(super) fn owners(&self) -> &[Vec<u8>] {
        &self.owners
    }

    fn add(&mut self, letter: char, owner: u8) {
        if self.numbers.is_empty() {
            self.numbers = vec![0; LETTERS].into_boxed_slice();
        }
        let Some(number) = self.numbers.get_mut(letter as usize) else {
            return;
        };
        if *number == 0 {
            self.owners.push(Vec::new());
            *number = self.owners.len() as u8;
        }
        if let Some(owners) = self.owners.get_mut(usize::from(*number) - 1) {
            owners.push(owner);
        }
    }
}

/// The languages of a script that [`PEERS`] has; none where it tells no two apart.
pub(super) fn peers(script: Script) -> &'static Peers {
    static NONE: LazyLock<Peers> = LazyLock::new(Peers::default);
    PEERS.get(script as usize).unwrap_or_else(|| &NONE)
}

/// Reads the words and letters of all languages.
pub(in crate::distill) fn prepare() {
    LazyLock::force(&PEERS);
}

static PEERS: LazyLock<Vec<Peers>> = LazyLock::new(|| {
    let mut all: Vec<Peers> = NAMES.iter().map(|_| Peers::default()).collect();
    let mut words: Vec<BTreeMap<u64, Vec<u8>>> = vec![BTreeMap::new(); all.len()];
    let rows = include_str!("../lexicon/stop-words.tsv").lines();
    for row in rows.filter(|r| !r.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(code), Some(script), Some(letters), Some(list)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some(at) = NAMES.iter().position(|name| *name == script) else {
            continue;
        };
        let (peers, words) = (&mut all[at], &mut words[at]);
        let own = peers.codes.len() as u8;
        for word in list.split(' ') {
            let folded = Text::new(word.to_owned()).folded;
            // Elided and compound forms are cut as the text is.
            for token in tokens(&folded).iter().filter(|t| t.kind == Kind::Word) {
                add(words, token.hash, own);
            }
        }
        peers.codes.push(code);
        let letters: BTreeSet<char> = letters.chars().collect();
        for letter in letters.into_iter().filter(|c| !c.is_ascii()) {
            peers.letters.add(letter, own);
        }
    }
    // "jeudi", "вчера" and "januari" tell as much as "the" does.
    let mut speakers: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, word) in lexicon::telling_words() {
        // A language of two scripts has two profiles; the rows of one that is not told apart are those of the language that reads them.
        let code = *speakers.entry(code).or_insert_with(|| {
            let told = all.iter().any(|peers| peers.codes.contains(&code));
            let follower = lexicon::followers(code).next();
            follower.filter(|_| !told).unwrap_or(code)
        });
        for (peers, words) in all.iter().zip(&mut words) {
            if let Some(own) = peers.codes.iter().position(|c| *c == code) {
                add(words, hash(&word), own as u8);
            }
        }
    }
    for (peers, words) in all.iter_mut().zip(&words) {
        peers.words = Words::new(words);
    }
    all
});

fn add(words: &mut BTreeMap<u64, Vec<u8>>, hash: u64, own: u8) {
    let languages = words.entry(hash).or_default();
    if !languages.contains(&own) {
        languages.push(own);
    }
}
