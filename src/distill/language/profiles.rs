//! lexicon/stop-words.tsv and the telling words of dates → the words and letters of each language. Refuses rows that lack a cell.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::distill::{
    dates::lexicon,
    table::{Table, hash},
    text::Text,
    tokens::{Kind, tokens},
};

/// What tells one language of a script.
pub(super) struct Profile {
    pub(super) code: &'static str,
    pub(super) script: &'static str,
    /// The letters that few others have.
    pub(super) letters: Vec<char>,
    /// Those that others of the script have, and this one has not.
    pub(super) foreign: Vec<char>,
}

/// What tells all of them.
pub(super) struct Profiles {
    pub(super) all: Vec<Profile>,
    /// Word → the languages that have it.
    pub(super) words: Table<Vec<usize>>,
}

pub(super) static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let mut all = Vec::new();
    let mut words: Table<Vec<usize>> = Table::default();
    let rows = include_str!("../lexicon/stop-words.tsv").lines();
    for row in rows.filter(|r| !r.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(code), Some(script), Some(letters), Some(list)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        for word in list.split(' ') {
            let folded = Text::new(word.to_owned()).folded;
            // Elided and compound forms are cut as the text is.
            for token in tokens(&folded).iter().filter(|t| t.kind == Kind::Word) {
                let langs = words.of(token.hash);
                if !langs.contains(&all.len()) {
                    langs.push(all.len());
                }
            }
        }
        all.push(Profile {
            code,
            script,
            letters: letters.chars().collect(),
            foreign: Vec::new(),
        });
    }
    for at in 0..all.len() {
        let own = &all[at];
        let others = all.iter().filter(|p| p.script == own.script);
        let mut foreign: Vec<char> = others
            .flat_map(|p| &p.letters)
            .filter(|c| !own.letters.contains(c))
            .copied()
            .collect();
        foreign.sort_unstable();
        foreign.dedup();
        all[at].foreign = foreign;
    }
    // "jeudi", "вчера" and "januari" tell as much as "the" does.
    let mut speakers: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, word) in lexicon::telling_words() {
        // A language of two scripts has two profiles; the rows of one that is not told apart are those of the language that reads them.
        let code = *speakers.entry(code).or_insert_with(|| {
            let told = all.iter().any(|p: &Profile| p.code == code);
            let follower = lexicon::followers(code).next();
            follower.filter(|_| !told).unwrap_or(code)
        });
        for (at, _) in all.iter().enumerate().filter(|(_, p)| p.code == code) {
            let langs = words.of(hash(&word));
            if !langs.contains(&at) {
                langs.push(at);
            }
        }
    }
    Profiles { all, words }
});
