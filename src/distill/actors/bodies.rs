//! Words → the bodies that everyone knows, by any of their names and in any case of their endings.

use std::ops::Range;

use super::{
    lexicon::{BODY, BodyName, INFLECTS, KNOWN, Lexicon, UNCASED},
    names::{is_case_of, same_folded, same_root},
    words::{Gap, Word},
};

/// A known body in a text.
pub(super) struct KnownBody {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Bytes of its first word that are a conjunction or preposition written to it.
    pub(super) prefix: usize,
    /// Its name as printed.
    pub(super) printed: &'static str,
    /// Which body of the lexicon.
    pub(super) body: usize,
    /// Whether it is a body; else something that looks like one.
    pub(super) is_body: bool,
}

/// Every known body of a text. Its words are marked, so that no person's name is found in them.
pub(super) fn all(words: &mut [Word<'_>], lexicon: &Lexicon) -> Vec<KnownBody> {
    let mut found: Vec<KnownBody> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let body = word.is(KNOWN).then(|| known(words, lexicon, at)).flatten();
        let Some(body) = body else {
            at += 1;
            continue;
        };
        at = body.words.end;
        for word in words.get_mut(body.words.clone()).into_iter().flatten() {
            word.classes |= BODY;
        }
        found.push(body);
    }
    found
}

/// The known body whose name begins at `at`, by the longest of the names that fit.
pub(super) fn known(words: &[Word<'_>], lexicon: &Lexicon, at: usize) -> Option<KnownBody> {
    let word = words.get(at)?;
    if !word.capital && !lexicon.has(UNCASED) {
        return None;
    }
    let written = word.text;
    let whole = std::iter::once(("", word.lower));
    let mut firsts = whole.chain(lexicon.prefixes_of(word.lower));
    firsts.find_map(|(prefix, first)| {
        lexicon
            .bodies_from(first)
            .filter_map(|(body, name)| Some((body, name, width(words, lexicon, name, at, first)?)))
            .max_by_key(|(_, name, _)| (name.words.len(), name.printed == written))
            .map(|(body, name, width)| KnownBody {
                words: at..at + width,
                prefix: prefix.len(),
                printed: name.printed,
                body,
                is_body: name.is_body(),
            })
    })
}

/// How many words from `at` are this name; `None` where they are another. `first` is the first of them without what is written to it.
fn width(
    words: &[Word<'_>],
    lexicon: &Lexicon,
    name: &BodyName,
    at: usize,
    first: &str,
) -> Option<usize> {
    if name.acronym && !lexicon.has(UNCASED) {
        let word = words.get(at)?;
        let long = name.printed.chars().count() > 3;
        let same = name.words.first().is_some_and(|w| w == first);
        return (same && (word.shouted || long && word.capital)).then_some(1);
    }
    let tolerant = lexicon.has(INFLECTS) || name.words.len() > 1;
    let mut parts = name.words.iter();
    let mut width = 0;
    while parts.len() > 0 {
        let word = words.get(at + width)?;
        if width > 0 && word.before != Gap::Space {
            return None;
        }
        let lower = if width == 0 { first } else { word.lower };
        // Hyphenated words are one in the text.
        for piece in lower.split('-') {
            let part = parts.next()?;
            let same = if name.words.len() == 1 && tolerant {
                is_case_of(part, piece)
            } else if tolerant {
                same_folded(part, piece)
            } else {
                same_root(part, piece)
            };
            if !same {
                return None;
            }
        }
        width += 1;
    }
    Some(width)
}
