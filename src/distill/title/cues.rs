//! lexicon/title.txt → the cue words of a language.

use std::{collections::BTreeMap, sync::LazyLock};

use super::words::Words;
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
            let words = Words::new(list.split(cut).map(str::trim));
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
