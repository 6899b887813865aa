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

/// Whether a sentence is a greeting or thanks.
pub(super) fn is_courtesy(sentence: &str, lang: &Lang) -> bool {
    let lower = sentence.to_lowercase().replace('\'', "’");
    let spoken = match lower.split_once([':', '：']) {
        Some((speaker, said)) if speaker.split_whitespace().count() <= SPEAKER => said,
        _ => &lower,
    };
    [lower.as_str(), spoken].iter().any(|said| {
        let said = said.trim_start();
        let all = tokens(said);
        let words = |t: &&Token<'_>| matches!(t.kind, Kind::Word | Kind::Glyph);
        let short = all.iter().filter(words).count() <= GREETING;
        let greets = short && cue(&all, 0, Cue::Salutation).is_some();
        greets || cues(lang).is_some_and(|c| c.thanks.starts(said))
    })
}
