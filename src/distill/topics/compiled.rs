//! A trigger term → its words, ready to match, and where it ends in a folded text that begins like it. Refuses a term without a word.

use super::{
    TELLING,
    edges::{is_closed, word_end, word_start},
};
use crate::distill::{text::Text, vocabulary::Term};

/// The place of the phrases that tell no topic.
pub(super) const NO_TOPIC: usize = usize::MAX;

/// A term, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The topic's place in the vocabulary.
    pub(crate) topic: usize,
    /// As the lexicon writes it.
    pub(crate) pattern: Box<str>,
    /// What one occurrence in the body adds.
    pub(crate) weight: f32,
    /// How often it must occur to count.
    pub(crate) min: u32,
    /// Whether the site gave it.
    pub(crate) own: bool,
    /// Its words behind the first.
    pub(super) rest: Box<[Word]>,
    /// The phrases in which it means something else.
    pub(super) not: Box<[String]>,
}

/// One word of a term.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// Any beginning may stand before it.
    pub(super) open_left: bool,
    /// It takes any ending.
    pub(super) open_right: bool,
}

impl Compiled {
    /// Whether what its words mean each by itself no longer counts: it is of several words and tells its topic, or it tells none.
    pub(crate) fn is_phrase(&self) -> bool {
        self.topic == NO_TOPIC || !self.rest.is_empty() && self.weight >= TELLING
    }

    /// The term without its first word, and that.
    pub(super) fn new(topic: usize, term: Term) -> Option<(Word, Self)> {
        let pattern = fold(&term.pattern);
        let mut words = pattern.split(' ').filter_map(|word| {
            let text = word.trim_matches('*').to_owned();
            (!text.is_empty()).then(|| Word {
                text,
                open_left: word.starts_with('*'),
                open_right: word.ends_with('*'),
            })
        });
        let first = words.next()?;
        let compiled = Self {
            rest: words.collect(),
            topic,
            weight: term.weight,
            own: false,
            min: u32::try_from(term.min).unwrap_or(u32::MAX),
            not: term.not.iter().map(|phrase| fold(phrase)).collect(),
            pattern: term.pattern.into(),
        };
        Some((first, compiled))
    }

    /// The end of the term whose first word ends at `at`.
    pub(super) fn end(&self, folded: &str, mut at: usize) -> Option<usize> {
        for word in &self.rest {
            let rest = folded.get(at..)?;
            let gaps = rest.bytes().take_while(|b| matches!(b, b' ' | b'\n'));
            let (gap, lines) = gaps.fold((0, 0), |(gap, lines), byte| {
                (gap + 1, lines + usize::from(byte == b'\n'))
            });
            let next = at + gap;
            let spaced = gap > 0 && lines < 2;
            let begin = spaced
                .then(|| word_start(folded, next, &word.text))
                .flatten()?;
            let stop = begin + word.text.len();
            at = word_end(folded, stop, is_closed(folded, stop), word.open_right)?;
        }
        Some(at)
    }

    /// Whether the hit lies in a phrase that means something else.
    pub(super) fn is_blocked(&self, folded: &str, start: usize, end: usize) -> bool {
        self.not.iter().any(|phrase| {
            let mut from = start.saturating_sub(phrase.len());
            while !folded.is_char_boundary(from) {
                from += 1;
            }
            let mut to = (end + phrase.len()).min(folded.len());
            while !folded.is_char_boundary(to) {
                to -= 1;
            }
            let window = folded.get(from..to).unwrap_or_default();
            window
                .match_indices(phrase.as_str())
                .any(|(at, _)| from + at < end && start < from + at + phrase.len())
        })
    }
}

/// As texts are matched.
pub(super) fn fold(s: &str) -> String {
    Text::new(s.to_owned()).folded
}
