//! Places in folded text → where a word of a term may begin and where it ends: between words, behind the prefixes that Arabic and Hebrew write
//! together with a word, and anywhere in scripts that put no space between words.

use crate::distill::{
    stems::{head, key},
    text::is_word,
};

/// Where `word` begins at `at`, or after a prefix that Arabic or Hebrew writes together with it.
pub(super) fn word_start(folded: &str, at: usize, word: &str) -> Option<usize> {
    let rest = folded.get(at..)?;
    if rest.starts_with(word) {
        return Some(at);
    }
    if !rest.starts_with(takes_prefixes) {
        return None;
    }
    // Each letter of a prefix has two bytes.
    let behind = |skip: usize| rest.get(skip..).is_some_and(|r| r.starts_with(word));
    if !(2..=LONGEST_PREFIX).step_by(2).any(behind) {
        return None;
    }
    let whole = key(rest.as_bytes());
    PREFIXES
        .iter()
        .zip(PREFIX_KEYS)
        .filter(|(prefix, key)| head(whole ^ key, prefix.len()) == 0)
        .map(|(prefix, _)| prefix.len())
        .find(|skip| behind(*skip))
        .map(|skip| at + skip)
}

/// Whether no letter follows at `at` that belongs to the word before it.
pub(super) fn is_closed(folded: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (folded.get(..at), folded.get(at..)) else {
        return true;
    };
    !rest.starts_with(is_word) || before.ends_with(is_unspaced)
}

/// Whether a letter of a script without spaces ends at `at`.
pub(super) fn after_unspaced(folded: &str, at: usize) -> bool {
    let before = folded.get(..at).unwrap_or_default();
    !before.as_bytes().last().is_none_or(u8::is_ascii) && before.ends_with(is_unspaced)
}

/// Where the letters from `at` on end.
pub(super) fn letters_end(folded: &str, at: usize) -> usize {
    let rest = folded.get(at..).unwrap_or_default();
    at + rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// The end of the word whose given letters end at `at`.
pub(super) fn word_end(folded: &str, at: usize, closed: bool, open_right: bool) -> Option<usize> {
    if closed {
        return Some(at);
    }
    open_right.then(|| letters_end(folded, at))
}

/// Whether a term may begin at `c`, inside the word that begins with `prefix`: in a script without spaces, or after a written-together prefix.
pub(super) fn may_begin_inside(prefix: &str, c: char) -> bool {
    c >= FIRST_INSIDE
        && (is_unspaced(c)
            || takes_prefixes(c)
                && prefix.len() <= LONGEST_PREFIX
                && PREFIX_KEYS.contains(&key(prefix.as_bytes())))
}

/// What Arabic (and, attached, conjunctions with prepositions) and Hebrew write together with the next word.
const PREFIXES: [&str; 36] = [
    "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وبال", "و", "ب", "ل", "ف", "ك", "وب", "ول",
    "س", "ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "וב", "ול", "ומ", "וש", "שה", "מה", "בה", "לה",
    "כש", "שב", "של", "מש",
];

/// The bytes of each of [`PREFIXES`] as a number.
const PREFIX_KEYS: [u64; PREFIXES.len()] = {
    let mut keys = [0; PREFIXES.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = key(PREFIXES[at].as_bytes());
        at += 1;
    }
    keys
};

/// Bytes of the longest of [`PREFIXES`].
const LONGEST_PREFIX: usize = 8;

/// No character before it takes [`PREFIXES`] or is of a script without spaces.
const FIRST_INSIDE: char = '\u{5D0}';

/// The first byte of [`FIRST_INSIDE`].
pub(super) const FIRST_BYTE_INSIDE: u8 = 0xD7;

/// Whether a letter is of a script that writes [`PREFIXES`]: Arabic, Hebrew.
fn takes_prefixes(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{6D5}')
}

/// Whether a letter that begins with this byte may be of a script that writes [`PREFIXES`].
#[inline]
pub(super) fn may_take_prefix(first: u8) -> bool {
    (FIRST_BYTE_INSIDE..=0xDB).contains(&first)
}

/// Scripts that put no space between words, or write particles on to them: Thai, Lao, Khmer, Burmese, kana, Han, Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF)
}
