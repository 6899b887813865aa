//! A sentence → whether it greets or thanks and says nothing else. No rule names a language: the words are in layout-cues.tsv and title.txt.

use super::{cues::cues, words::Words};
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
    let thanks = cues(lang).map(|c| &c.thanks);
    is_one(sentence, thanks) || spoken.is_some_and(|(_, said)| is_one(said, thanks))
}

fn is_one(said: &str, thanks: Option<&Words>) -> bool {
    let said = said.trim_start();
    let words = said.split_whitespace();
    let mut words = words.filter(|w| w.starts_with(char::is_alphabetic));
    let is_long = words.nth(GREETING).is_some();
    let thanks = thanks.filter(|t| t.may_start(said));
    if is_long && thanks.is_none() {
        return false;
    }
    let mut spaces = said.char_indices().filter(|(_, c)| c.is_whitespace());
    let end = spaces.nth(TELLING).map(|(at, c)| at + c.len_utf8());
    let opening = lower(end.and_then(|end| said.get(..end)).unwrap_or(said));
    let is_word = |t: &&Token<'_>| matches!(t.kind, Kind::Word | Kind::Glyph);
    let is_short = || tokens(&lower(said)).iter().filter(is_word).count() <= GREETING;
    let greets = || cue(&tokens(&opening), 0, Cue::Salutation).is_some();
    !is_long && greets() && is_short() || thanks.is_some_and(|t| t.starts(&opening))
}

fn lower(said: &str) -> String {
    said.to_lowercase().replace('\'', "’")
}
