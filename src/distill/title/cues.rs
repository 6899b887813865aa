//! lexicon/title.txt → the cue words of a language.

use std::{collections::BTreeMap, sync::LazyLock};

use super::line::unspaced;
use crate::model::Lang;

/// The cue words of one language.
#[derive(Debug, Default)]
pub(super) struct Cues {
    pub(super) clause: Words,
    pub(super) adjunct: Words,
    pub(super) verb: Words,
    pub(super) drop: Words,
    pub(super) when: Words,
    pub(super) joint: Words,
    pub(super) open: Words,
    pub(super) capital: Words,
    pub(super) before: Words,
    pub(super) behind: Words,
    pub(super) first: Words,
    pub(super) that: Words,
    pub(super) told: Words,
    pub(super) said: Words,
    pub(super) infinitive: Words,
    pub(super) relative: Words,
    pub(super) hollow: Words,
    pub(super) apposed: Words,
    pub(super) fronted: Words,
    pub(super) thanks: Words,
    pub(super) informs: Words,
}

impl Cues {
    /// Whether what stands behind a comma begins a relative clause.
    pub(super) fn opens_relative(&self, text: &str) -> bool {
        self.relative.starts(text) || self.apposed.starts(text)
    }
}

#[derive(Debug, Default)]
pub(super) struct Words(pub(super) Vec<&'static str>);

impl Words {
    pub(super) fn has(&self, lower: &str) -> bool {
        self.0
            .iter()
            .any(|w| match (w.strip_prefix('*'), w.strip_suffix('*')) {
                (Some(rest), Some(_)) => lower.contains(rest.trim_end_matches('*')),
                (Some(ending), None) => lower.len() > ending.len() + 1 && lower.ends_with(ending),
                (None, Some(stem)) => lower.starts_with(stem),
                (None, None) => lower == *w,
            })
    }

    /// The number of words of the longest phrase that begins a list of lower-case words; none where none does.
    pub(super) fn phrase(&self, lower: &[String]) -> usize {
        let fits = |phrase: &&&str| {
            let mut words = lower.iter();
            let begins = lower.first().is_some_and(|w| phrase.starts_with(&**w));
            begins
                && phrase
                    .split(' ')
                    .all(|p| words.next().is_some_and(|w| w == p))
        };
        let phrases = self.0.iter().filter(fits);
        phrases.map(|p| p.split(' ').count()).max().unwrap_or(0)
    }

    /// Where the text behind the first of the phrases in it begins.
    pub(super) fn after(&self, lower: &str) -> Option<usize> {
        let ends = self.0.iter().filter_map(|w| Some(lower.find(w)? + w.len()));
        ends.min()
    }

    /// Whether a text ends with one of the words, in a script without spaces too.
    pub(super) fn ends(&self, text: &str) -> bool {
        self.0.iter().any(|w| text.ends_with(w))
    }

    /// Whether one of the words stands before the next comma.
    pub(super) fn within(&self, text: &str) -> bool {
        let part = text.split(',').next().unwrap_or_default();
        !self.0.is_empty() && part.split(' ').any(|w| self.has(w.trim_end_matches('.')))
    }

    /// Whether a text begins with one of the words.
    pub(super) fn starts(&self, text: &str) -> bool {
        self.0.iter().any(|w| {
            text.strip_prefix(w).is_some_and(|rest| {
                rest.is_empty()
                    || w.ends_with(unspaced)
                    || rest.starts_with([' ', ',', '.', '!', '。', '、', '，', '！', '।'])
            })
        })
    }
}

pub(super) fn cues(lang: &Lang) -> Option<&'static Cues> {
    static CUES: LazyLock<BTreeMap<&'static str, Cues>> = LazyLock::new(|| {
        let mut all: BTreeMap<&'static str, Cues> = BTreeMap::new();
        let lines = include_str!("../lexicon/title.txt").lines();
        for line in lines.filter(|l| !l.starts_with('#')) {
            let Some((head, list)) = line.split_once(':') else {
                continue;
            };
            let Some((lang, kind)) = head.split_once(' ') else {
                continue;
            };
            // A phrase may have a comma of its own, where the list is cut at bars.
            let cut = if list.contains('|') { '|' } else { ',' };
            let words = Words(list.split(cut).map(str::trim).collect());
            let cues = all.entry(lang).or_default();
            match kind {
                "clause" => cues.clause = words,
                "adjunct" => cues.adjunct = words,
                "verb" => cues.verb = words,
                "drop" => cues.drop = words,
                "joint" => cues.joint = words,
                "open" => cues.open = words,
                "capital" => cues.capital = words,
                "before" => cues.before = words,
                "behind" => cues.behind = words,
                "first" => cues.first = words,
                "that" => cues.that = words,
                "told" => cues.told = words,
                "said" => cues.said = words,
                "infinitive" => cues.infinitive = words,
                "apposed" => cues.apposed = words,
                "hollow" => cues.hollow = words,
                "relative" => cues.relative = words,
                "fronted" => cues.fronted = words,
                "thanks" => cues.thanks = words,
                "informs" => cues.informs = words,
                "when" => cues.when = words,
                _ => {}
            }
        }
        all
    });
    CUES.get(lang.primary())
}
