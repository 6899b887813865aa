//! layout-cues.tsv → whether the tokens of a line say what the line is for.

use std::{collections::HashMap, sync::LazyLock};

use crate::distill::{
    dates::tokens::{Token, tokens},
    text::Text,
};

/// What a line of a press document is for. The head of the data file says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Release,
    Ref,
    Key,
    Issuer,
    About,
    Contact,
    End,
    Article,
    Small,
    Subject,
    Byline,
}

type Phrases = HashMap<String, Vec<(Vec<String>, Cue)>>;

static CUES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut all = Phrases::new();
    for row in include_str!("../lexicon/layout-cues.tsv").lines() {
        let Some((kind, forms)) = row.split_once('\t') else {
            continue;
        };
        let cue = match kind {
            "release" => Cue::Release,
            "ref" => Cue::Ref,
            "key" => Cue::Key,
            "issuer" => Cue::Issuer,
            "about" => Cue::About,
            "contact" => Cue::Contact,
            "end" => Cue::End,
            "article" => Cue::Article,
            "small" => Cue::Small,
            "subject" => Cue::Subject,
            "byline" => Cue::Byline,
            _ => continue,
        };
        for form in forms.split('|') {
            let folded = Text::new(form.to_owned()).folded;
            let words: Vec<String> = tokens(&folded).iter().map(|t| t.text.to_owned()).collect();
            if let Some(first) = words.first() {
                all.entry(first.clone()).or_default().push((words, cue));
            }
        }
    }
    for phrases in all.values_mut() {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    all
});

/// The number of tokens of the longest phrase of this kind that begins at `at`.
pub(crate) fn cue(all: &[Token<'_>], at: usize, kind: Cue) -> Option<usize> {
    let first = all.get(at)?;
    CUES.get(first.text)?
        .iter()
        .filter(|(_, cue)| *cue == kind)
        .find(|(words, _)| {
            words.len() <= all.len() - at && words.iter().zip(&all[at..]).all(|(w, t)| t.is(w))
        })
        .map(|(words, _)| words.len())
}
