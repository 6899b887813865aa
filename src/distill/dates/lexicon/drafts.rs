//! Forms of words and phrases → entries by their first words, in the order in which they are tried.

use std::collections::BTreeMap;

use super::{Cat, Cats, Entry, NUMBER, Seconds, Word};
use crate::distill::{
    table::{Table, hash},
    tokens::{Gap, Kind, tokens},
};

/// An entry whose words are still spelled out.
struct Draft {
    rest: Box<[Box<str>]>,
    cat: Cat,
    value: i32,
    short: bool,
    tight: bool,
}

/// The entries of a lexicon that is being read, by the hashes of their first words.
#[derive(Default)]
pub(super) struct Drafts(BTreeMap<u64, Vec<Draft>>);

impl Drafts {
    pub(super) fn add(&mut self, folded: &str, cat: Cat, value: i32, short: bool) {
        let words = tokens(folded);
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let tight = first.kind == Kind::Glyph && rest.iter().all(|t| t.gap == Gap::None);
        let rest: Box<[Box<str>]> = rest.iter().map(|t| t.text.into()).collect();
        let drafts = self.0.entry(first.hash).or_default();
        match drafts.iter_mut().find(|d| d.cat == cat && d.rest == rest) {
            // A newsroom's whole word may be CLDR's abbreviation.
            Some(known) => {
                known.short &= short;
                known.tight &= tight;
            }
            None => drafts.push(Draft {
                rest,
                cat,
                value,
                short,
                tight,
            }),
        }
    }

    /// All entries, those with the same first word together, and what is known about this word.
    pub(super) fn file(self) -> (Table<Word>, Vec<Entry>) {
        let mut by_first: Table<Word> = Table::default();
        let mut all = Vec::new();
        for (first, mut drafts) in self.0 {
            sort(&mut drafts);
            let phrases = drafts.iter().filter(|d| !d.rest.is_empty()).count();
            let entries: Vec<Entry> = drafts.iter().map(Draft::entry).collect();
            let mut seconds = Seconds::default();
            for second in entries.iter().filter_map(|entry| entry.rest.first()) {
                seconds.add(match *second {
                    NUMBER => Seconds::ANY,
                    word => Seconds::of(word),
                });
            }
            let alone = drafts.iter().skip(phrases).map(|d| Cats::of(&[d.cat]));
            *by_first.of(first) = Word {
                alone: alone.fold(Cats::default(), Cats::or),
                from: u32::try_from(all.len()).unwrap_or(u32::MAX),
                phrases: u16::try_from(phrases).unwrap_or(u16::MAX),
                count: u16::try_from(drafts.len()).unwrap_or(u16::MAX),
                seconds,
            };
            all.extend(entries);
        }
        (by_first, all)
    }
}

/// The longest first, and no weekday that is another word, too.
fn sort(drafts: &mut Vec<Draft>) {
    let homonyms: Vec<_> = drafts
        .iter()
        .filter(|d| d.cat == Cat::Homonym)
        .map(|d| d.rest.clone())
        .collect();
    drafts.retain(|d| d.cat != Cat::Weekday || !homonyms.contains(&d.rest));
    drafts.sort_by(|a, b| {
        (b.rest.len(), a.short, a.cat, &a.rest, a.value).cmp(&(
            a.rest.len(),
            b.short,
            b.cat,
            &b.rest,
            b.value,
        ))
    });
}

impl Draft {
    fn entry(&self) -> Entry {
        let counted = Cats::COUNTED.has(self.cat);
        let key = |word: &str| match word {
            "#" if counted => NUMBER,
            word => hash(word),
        };
        Entry {
            rest: self.rest.iter().map(|word| key(word)).collect(),
            cat: self.cat,
            value: self.value,
            short: self.short,
            tight: self.tight && !counted,
        }
    }
}
