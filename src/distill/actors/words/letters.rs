//! Where the runs of letters and digits are in a folded text.

use crate::distill::text::is_word;

/// Letters, digits and what joins them.
pub(super) struct Run {
    /// One past its last byte.
    pub(super) end: usize,
    /// Whether something joins two parts of it.
    pub(super) joined: bool,
    /// The first apostrophe.
    pub(super) apostrophe: Option<usize>,
}

/// The run that begins at `from`.
#[inline]
pub(super) fn run(folded: &str, from: usize) -> Run {
    let mut joined = false;
    let mut end = letters_end(folded, from);
    while let Some(length) = joiner(folded, end) {
        joined = true;
        end = letters_end(folded, end + length);
    }
    let apostrophe = joined
        .then(|| folded.get(from..end)?.bytes().position(|b| b == b'\''))
        .flatten();
    Run {
        end,
        joined,
        apostrophe: apostrophe.map(|at| from + at),
    }
}

/// The length of the letter or digit whose first byte this is; 0 where it is none, [`UNSURE`] where the byte does not tell.
const LETTERS: [u8; 256] = {
    let mut all = [UNSURE; 256];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => 1,
            ..=0x7F => 0,
            // Latin from U+0100 to U+017F, Cyrillic up to U+047F.
            0xC4 | 0xC5 | 0xD0 | 0xD1 => 2,
            // Han from U+5000 on, Hangul from U+B000 to U+CFFF.
            0xE5..=0xE9 | 0xEB | 0xEC => 3,
            _ => UNSURE,
        };
        at += 1;
    }
    all
};
const UNSURE: u8 = u8::MAX;

/// The length of the letter or digit at `at`.
#[inline]
fn letter(folded: &str, at: usize) -> Option<usize> {
    let byte = *folded.as_bytes().get(at)?;
    match *LETTERS.get(usize::from(byte))? {
        0 => None,
        UNSURE => {
            let c = folded.get(at..)?.chars().next()?;
            is_word(c).then(|| c.len_utf8())
        }
        length => Some(usize::from(length)),
    }
}

/// Past the letters and digits from `at` on.
#[inline]
fn letters_end(folded: &str, mut at: usize) -> usize {
    while let Some(length) = letter(folded, at) {
        at += length;
    }
    at
}

/// The first letter or digit from `at` on; the end where there is none.
#[inline]
pub(super) fn letters_begin(folded: &str, mut at: usize) -> usize {
    while letter(folded, at).is_none() {
        match folded.as_bytes().get(at) {
            None => break,
            Some(byte) if byte.is_ascii() => at += 1,
            Some(_) => {
                let c = folded.get(at..).and_then(|rest| rest.chars().next());
                at += c.map_or(1, char::len_utf8);
            }
        }
    }
    at
}

/// The length of the character at `at`, where it joins the letters on both sides of it.
#[inline]
fn joiner(folded: &str, at: usize) -> Option<usize> {
    if folded.as_bytes().get(at).is_none_or(|b| *b == b' ') {
        return None;
    }
    let mut chars = folded.get(at..)?.chars();
    let (c, next) = (chars.next()?, chars.next()?);
    (is_joiner(c, next) && is_word(next)).then(|| c.len_utf8())
}

/// What may stand inside a word, before the letter `next`. Hebrew writes its acronyms with a quotation mark before the last letter.
fn is_joiner(c: char, next: char) -> bool {
    matches!(c, '-' | '\'' | '·' | '\u{2011}' | '\u{2010}' | '״' | '׳')
        || c == '"' && ('\u{5D0}'..='\u{5EA}').contains(&next)
}
