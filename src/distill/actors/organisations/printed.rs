//! The words of an organisation → its name as it is printed: spaces single, no shouting.

use std::ops::Range;

use super::Reader;
use crate::distill::actors::{
    lexicon::{DOTLESS_I, ORGJOINTS},
    names::{normal_capitals, one_spaced},
    words::Word,
};

impl Reader<'_> {
    /// The name of these words and of `tail` bytes after them.
    pub(super) fn printed(&self, range: &Range<usize>, tail: usize) -> Option<String> {
        let mut span = self.span(range)?;
        span.end += tail;
        let written = self.text.slice(span);
        let words = self.words.get(range.clone())?;
        let mut long = words.iter().filter(|w| w.text.chars().count() > 2);
        let shouted = words.len() > 1 && long.all(|w| w.shouted);
        if !shouted {
            return Some(one_spaced(written));
        }
        let mut name = String::with_capacity(written.len());
        for (i, word) in written.split_whitespace().enumerate() {
            if i > 0 {
                name.push(' ');
            }
            self.quiet(word, i == 0, words, &mut name);
        }
        Some(name)
    }

    /// A shouted word with normal capitals, joints small.
    fn quiet(&self, word: &str, first: bool, words: &[Word<'_>], name: &mut String) {
        let joint = !first && words.iter().any(|w| w.text == word && w.is(ORGJOINTS));
        let dotless = self.lexicon.has(DOTLESS_I);
        match word.split_once(['\'', '’']) {
            _ if joint => name.push_str(&word.to_lowercase()),
            Some((head, tail)) if head.chars().count() == 1 => {
                if first {
                    name.push_str(head);
                } else {
                    name.push_str(&head.to_lowercase());
                }
                name.push(if word.contains('’') { '’' } else { '\'' });
                name.push_str(&normal_capitals(tail, dotless));
            }
            _ => name.push_str(&normal_capitals(word, dotless)),
        }
    }
}
