//! Tokens of a folded text → its runs of letters, digits and marks: what topics, countries and actors look up. Refuses nothing.
//!
//! A text is walked once and the stages hand the runs on. Where no spaces set words apart, a run is all that stands between two signs.

use super::{
    table,
    text::is_word,
    tokens::{Kind, Token},
};

/// A run and its place in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// First byte; a text is no longer than [`READ_AT_MOST`](super::READ_AT_MOST).
    from: u32,
    /// One past the last byte.
    to: u32,
    /// Of its text: the key of all word lists.
    pub(crate) hash: u64,
}

impl Run {
    /// Its first byte in the folded text.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        self.from as usize
    }

    /// One past its last byte in the folded text.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        self.to as usize
    }
}

/// The runs of a folded text, in order.
pub(crate) fn runs(folded: &str, tokens: &[Token<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(tokens.len());
    let mut parts = 0;
    let close = |last: Option<&mut Run>, parts| {
        if let Some(last) = last.filter(|_| parts > 1) {
            last.hash = table::hash(folded.get(last.start()..last.end()).unwrap_or_default());
        }
    };
    for token in tokens {
        if !is_of_word(token) {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end() == token.start() => {
                last.to = token.end() as u32;
                parts += 1;
            }
            last => {
                close(last, parts);
                parts = 1;
                runs.push(Run {
                    from: token.start() as u32,
                    to: token.end() as u32,
                    hash: token.hash,
                });
            }
        }
    }
    close(runs.last_mut(), parts);
    runs
}

/// Whether a token continues a word. Those of one character are judged by it.
#[inline]
fn is_of_word(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Number | Kind::Word => true,
        Kind::Glyph | Kind::Punct => {
            let first = token.text.as_bytes().first();
            first.is_some_and(|b| !b.is_ascii()) && token.text.starts_with(is_word)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distill::tokens::tokens;

    #[test]
    fn letters_digits_and_marks_are_of_one_run() {
        let text = "le covid19 à-dire 27일에, पानी ½. 本报3月";
        let found = runs(text, &tokens(text));
        let texts: Vec<&str> = found.iter().map(|r| &text[r.start()..r.end()]).collect();
        let expected = [
            "le",
            "covid19",
            "à",
            "dire",
            "27일에",
            "पानी",
            "½",
            "本报3月",
        ];
        assert_eq!(texts, expected);
        for (run, text) in found.iter().zip(texts) {
            assert_eq!(run.hash, table::hash(text));
        }
    }

    #[test]
    fn a_run_is_of_the_characters_that_continue_a_word() {
        // Folding makes an apostrophe of that one.
        for c in ('\0'..=char::MAX).filter(|c| *c != 'ʼ') {
            let text = c.to_string();
            let found = !runs(&text, &tokens(&text)).is_empty();
            assert_eq!(
                found,
                is_word(c.to_ascii_lowercase()) && !c.is_ascii_uppercase(),
                "{c:?}"
            );
        }
    }
}
