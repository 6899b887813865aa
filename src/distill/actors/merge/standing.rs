//! Organisations' names as sighted → for each the fuller name for which it stands in the text, each name folded once.

use std::collections::BTreeMap;

use super::key;
use crate::distill::{
    actors::{Sighting, lexicon::fold, names::same_folded},
    table::{ByHash, hash},
};

/// The names of a text's organisations.
pub(super) struct Names<'a> {
    /// Each once.
    pub(super) all: Vec<Name<'a>>,
    /// For each sighting, its name in `all`.
    pub(super) of_sighting: Vec<usize>,
}

/// One name.
pub(super) struct Name<'a> {
    /// As printed.
    pub(super) printed: &'a str,
    /// Folded.
    pub(super) words: Vec<String>,
}

impl Name<'_> {
    /// Whether this name and another are alike from the first word to the shorter one's last.
    pub(super) fn begins(&self, other: &Self) -> bool {
        let mut pairs = other.words.iter().zip(&self.words);
        pairs.all(|(a, b)| same_folded(a, b))
    }

    fn ends(&self, other: &Self) -> bool {
        let mut pairs = other.words.iter().rev().zip(self.words.iter().rev());
        pairs.all(|(a, b)| same_folded(a, b))
    }
}

impl<'a> Names<'a> {
    /// The names of sightings; a known body goes by the fullest of the names that the text gives it.
    pub(super) fn of(sightings: &'a [Sighting]) -> Self {
        let mut fullest: BTreeMap<usize, &str> = BTreeMap::new();
        for s in sightings {
            if let Some(body) = s.body {
                let name = fullest.entry(body).or_default();
                if s.name.len() > name.len() {
                    *name = &s.name;
                }
            }
        }
        let mut all: Vec<Name<'a>> = Vec::new();
        let mut numbers: ByHash<usize> = ByHash::default();
        let number = |s: &'a Sighting| {
            let own = s.body.and_then(|body| fullest.get(&body));
            let printed = own.map_or(s.name.as_str(), |name| *name);
            *numbers.entry(hash(printed)).or_insert_with(|| {
                let words = fold(printed).split(' ').map(str::to_owned).collect();
                all.push(Name { printed, words });
                all.len() - 1
            })
        };
        let of_sighting = sightings.iter().map(number).collect();
        Self { all, of_sighting }
    }

    /// `Державна служба` beside `Державна служба з надзвичайних ситуацій`: the beginning, or the end, of one longer name of the text stands for it.
    pub(super) fn stand_for_longer(&mut self) {
        let mut by_end: ByHash<Vec<usize>> = ByHash::default();
        for (number, name) in self.all.iter().enumerate() {
            if name.words.len() > 2 {
                for end in [name.words.first(), name.words.last()]
                    .into_iter()
                    .flatten()
                {
                    by_end.entry(key(end)).or_default().push(number);
                }
            }
        }
        if by_end.is_empty() {
            return;
        }
        let full: Vec<usize> = self
            .all
            .iter()
            .enumerate()
            .map(|(number, short)| self.longer(short, &by_end).unwrap_or(number))
            .collect();
        for number in &mut self.of_sighting {
            *number = full.get(*number).copied().unwrap_or(*number);
        }
    }

    /// The one longer name that begins or ends like a short one.
    fn longer(&self, short: &Name<'_>, by_end: &ByHash<Vec<usize>>) -> Option<usize> {
        if short.words.len() < 2 {
            return None;
        }
        let ends = [short.words.first(), short.words.last()];
        let numbers = ends
            .into_iter()
            .flatten()
            .filter_map(|e| by_end.get(&key(e)));
        let mut longer = numbers
            .flatten()
            .filter_map(|&number| Some((number, self.all.get(number)?)))
            .filter(|(_, long)| {
                long.words.len() > short.words.len() && (short.begins(long) || short.ends(long))
            });
        let (number, first) = longer.next()?;
        // Two longer names: the short one may be either's.
        longer
            .all(|(_, other)| other.words.len() == first.words.len() && first.begins(other))
            .then_some(number)
    }

    /// `東洋海運` beside `東洋海運株式会社`, in scripts without spaces.
    pub(super) fn stand_for_companies(&mut self, forms: &[&str]) {
        let printed = |number: &usize| self.all.get(*number).map_or("", |name| name.printed);
        let mut full: Vec<(&str, usize)> = Vec::new();
        for number in &self.of_sighting {
            let short = |form: &&str| Some(printed(number).strip_suffix(*form)?.trim_end());
            full.extend(forms.iter().filter_map(short).map(|short| (short, *number)));
        }
        let long = |number: &usize| {
            let name = printed(number);
            full.iter()
                .find(|(short, _)| *short == name)
                .map_or(*number, |(_, long)| *long)
        };
        self.of_sighting = self.of_sighting.iter().map(long).collect();
    }
}
