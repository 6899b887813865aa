//! Tokens → what the phrases do that begin at each, by one look-up a word.

use super::lexicon::{Cat, Cats, Lexicon, Word, english};
use crate::distill::{
    table::hash,
    tokens::{Kind, Token},
};

/// What the phrases of the lexicons do that begin at a token.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub(super) own: Cats,
    pub(super) english: Cats,
    pub(super) word: Option<&'static Word>,
    /// The own words begin after a letter that is a word of its own.
    pub(super) prefixed: bool,
}

impl Mark {
    /// Reads what begins at a token that is no number.
    pub(super) fn read(
        &mut self,
        lexicon: &'static Lexicon,
        foreign: bool,
        all: &[Token<'_>],
        at: usize,
    ) {
        let Some(token) = all.get(at).filter(|t| t.kind != Kind::Number) else {
            return;
        };
        self.word = lexicon.word(token.hash);
        if self.word.is_none() && !lexicon.prefixes.is_empty() {
            let bare = token.text.strip_prefix(lexicon.prefixes.as_slice());
            let bare = bare.filter(|b| b.chars().nth(1).is_some());
            self.word = bare.and_then(|bare| lexicon.word(hash(bare)));
            self.prefixed = true;
        }
        if let Some(word) = self.word {
            let own = lexicon.cats(word, all, at);
            self.own = if self.prefixed {
                own.and(PREFIXED)
            } else {
                own
            };
        }
        let latin = || token.text.starts_with(|c: char| c.is_ascii_alphabetic());
        if foreign
            && latin()
            && let Some(word) = english().word(token.hash)
        {
            self.english = english().cats(word, all, at);
        }
    }
}

/// What a word may do behind a letter that is a word of its own.
const PREFIXED: Cats = Cats::of(&[
    Cat::Month,
    Cat::Weekday,
    Cat::Solar,
    Cat::Hijri,
    Cat::Day,
    Cat::Number,
    Cat::Week,
    Cat::RelMonth,
    Cat::RelYear,
])
.or(Cats::COUNTED);
