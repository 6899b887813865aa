//! A sentence → whether it greets or thanks and says nothing else. No rule names a language: the words are in layout-cues.tsv and title.txt.

use super::cues::cues;
use crate::{
    distill::{
        layout::cues::{Cue, cue},
        tokens::{Kind, Token, tokens},
    },
    model::Lang,
};

/// A greeting has so many words at most.
const GREETING: usize = 8;
/// Who speaks has so many words at most: `Prime Minister: Good morning.`
const SPEAKER: usize = 4;
/// So many words at the beginning, at most, tell a greeting or thanks.
const TELLING: usize = 12;

/// Whether a sentence is a greeting or thanks.
pub(super) fn is_courtesy(sentence: &str, lang: &Lang) -> bool {
    let spoken = sentence
        .split_once([':', '：'])
        .filter(|(speaker, _)| speaker.split_whitespace().nth(SPEAKER).is_none());
    is_one(sentence, lang) || spoken.is_some_and(|(_, said)| is_one(said, lang))
}

fn is_one(said: &str, lang: &Lang) -> bool {
    let said = said.trim_start();
    let mut spaces = said.char_indices().filter(|(_, c)| c.is_whitespace());
    let end = spaces.nth(TELLING).map(|(at, c)| at + c.len_utf8());
    let opening = lower(end.and_then(|end| said.get(..end)).unwrap_or(said));
    let is_word = |t: &&Token<'_>| matches!(t.kind, Kind::Word | Kind::Glyph);
    let is_short = || tokens(&lower(said)).iter().filter(is_word).count() <= GREETING;
    let greets = cue(&tokens(&opening), 0, Cue::Salutation).is_some();
    greets && is_short() || cues(lang).is_some_and(|c| c.thanks.starts(&opening))
}

fn lower(said: &str) -> String {
    said.to_lowercase().replace('\'', "’")
}
