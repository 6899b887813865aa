//! layout-cues.tsv → whether the tokens of a line say what the line is for.

use std::sync::LazyLock;

use crate::distill::{
    table::Table,
    text::Text,
    tokens::{Token, tokens},
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
    Salutation,
    Office,
    Open,
    Reply,
    Agency,
}

/// For the first word of each phrase: the hashes of all its words, and what it says.
type Phrases = Table<Vec<(Vec<u64>, Cue)>>;

static CUES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut all = Phrases::default();
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
            "salutation" => Cue::Salutation,
            "office" => Cue::Office,
            "open" => Cue::Open,
            "reply" => Cue::Reply,
            "agency" => Cue::Agency,
            _ => continue,
        };
        for form in forms.split('|') {
            let folded = Text::new(form.to_owned()).folded;
            let words: Vec<u64> = tokens(&folded).iter().map(|t| t.hash).collect();
            if let Some(first) = words.first() {
                all.of(*first).push((words, cue));
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
    CUES.get(first.hash)?
        .iter()
        .filter(|(_, cue)| *cue == kind)
        .find(|(words, _)| {
            words.len() <= all.len() - at && words.iter().zip(&all[at..]).all(|(w, t)| t.hash == *w)
        })
        .map(|(words, _)| words.len())
}

/// Whether the tokens of a line end with a phrase of this kind.
pub(crate) fn ends_with(all: &[Token<'_>], kind: Cue) -> bool {
    let longest = all.len().min(LONGEST_ENDING);
    (1..=longest).any(|n| cue(all, all.len() - n, kind) == Some(n))
}

/// Tokens of the longest phrase that may end a line.
const LONGEST_ENDING: usize = 5;
