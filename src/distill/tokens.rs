//! Folded text → tokens: numbers, words, single characters of scripts without word spaces, punctuation.
//!
//! A text is cut once and the stages hand the tokens on; the hash of each token is what the word lists are asked with.

use super::{table::hash, text::is_mark};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ASCII digits.
    Number,
    /// Letters with their marks.
    Word,
    /// One character of a script that puts no spaces between words.
    Glyph,
    /// Anything else but white space.
    Punct,
}

/// How a token is set off from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Directly after it.
    None,
    /// After spaces.
    Space,
    /// On the next line.
    Line,
    /// After an empty line, or first of all.
    Paragraph,
}

/// A token and its place in the folded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) gap: Gap,
    /// A text has thousands of tokens, and is no longer than [`READ_AT_MOST`](super::READ_AT_MOST).
    at: u32,
    pub(crate) text: &'a str,
    /// Of the text: the key of all word lists.
    pub(crate) hash: u64,
}

impl Token<'_> {
    /// Its first byte in the folded text.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        self.at as usize
    }

    /// One past its last byte in the folded text.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        self.start() + self.text.len()
    }

    /// Whether it is this punctuation or word.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Its value, where it is a number of at most eight digits.
    pub(crate) fn number(&self) -> Option<i32> {
        (self.kind == Kind::Number && self.text.len() <= 8)
            .then(|| self.text.parse().ok())
            .flatten()
    }
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number,
        // Thai, Lao, Myanmar, Khmer; kana; Han; Hangul.
        '\u{E01}'..='\u{EDF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{20000}'..='\u{3FFFF}' => Kind::Glyph,
        'a'..='z'
        | 'à'..='ö'
        | 'ø'..='ʯ'
        | 'а'..='ԯ'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{64A}'
        | '\u{3AC}'..='\u{3CE}'
        | '\u{900}'..='\u{963}'
        | '\u{985}'..='\u{98C}'
        | '\u{995}'..='\u{9A8}'
        | '\u{9AA}'..='\u{9B0}'
        | '\u{9BE}'..='\u{9C4}'
        | '\u{10D0}'..='\u{10FA}' => Kind::Word,
        '\0'..='\x7f' => Kind::Punct,
        c if c.is_alphabetic() || is_mark(c) => Kind::Word,
        _ => Kind::Punct,
    }
}

/// What the first byte of a character tells of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Space,
    Is(Kind),
    /// Not the first byte of one.
    Inside,
    /// Not enough.
    Unsure,
}

static LEADS: [Lead; 256] = LEADS_OF_BYTES;

const LEADS_OF_BYTES: [Lead; 256] = {
    let mut all = [Lead::Unsure; 256];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at as u8 {
            b'0'..=b'9' => Lead::Is(Kind::Number),
            // Latin from U+0100 to U+017F, Cyrillic up to U+047F.
            b'a'..=b'z' | 0xC4 | 0xC5 | 0xD0 | 0xD1 => Lead::Is(Kind::Word),
            b' ' | b'\t'..=b'\r' => Lead::Space,
            ..=0x7F => Lead::Is(Kind::Punct),
            // Han from U+4000 on, Hangul from U+B000 to U+CFFF.
            0xE4..=0xE9 | 0xEB | 0xEC => Lead::Is(Kind::Glyph),
            0x80..=0xBF => Lead::Inside,
            _ => Lead::Unsure,
        };
        at += 1;
    }
    all
};

/// The length in bytes of a character that begins so.
#[inline]
fn length(first: u8) -> usize {
    (first.leading_ones() as usize).max(1)
}

/// The kind of the character at `at`, whose first byte does not tell it; none for white space.
#[inline]
fn unsure(folded: &str, at: usize) -> Option<Kind> {
    // Two bytes tell most letters of Latin-1, Greek, Hebrew and Arabic.
    let second = folded.as_bytes().get(at + 1).copied().unwrap_or_default();
    let letters = match folded.as_bytes().get(at) {
        Some(0xC3) => 0x98..=0xB6,
        Some(0xCE) => 0xB1..=0xBF,
        Some(0xCF) => 0x80..=0x8E,
        Some(0xD7) => 0x90..=0xAA,
        Some(0xD8) => 0xA0..=0xBF,
        Some(0xD9) => 0x80..=0x9F,
        _ => return whole(folded, at),
    };
    if letters.contains(&second) {
        return Some(Kind::Word);
    }
    whole(folded, at)
}

#[inline(never)]
fn whole(folded: &str, at: usize) -> Option<Kind> {
    let c = folded.get(at..)?.chars().next()?;
    (!c.is_whitespace()).then(|| kind(c))
}

/// Cuts folded text into tokens.
pub(crate) fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(folded.len() / 3);
    let bytes = folded.as_bytes();
    let mut gap = Gap::Paragraph;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            gap = gap.max(Gap::Space);
            at += 1;
            continue;
        }
        let kind = match LEADS[usize::from(*byte)] {
            Lead::Space => None,
            Lead::Is(kind) => Some(kind),
            Lead::Inside | Lead::Unsure => unsure(folded, at),
        };
        let Some(kind) = kind else {
            gap = match byte {
                b'\n' if gap >= Gap::Line => Gap::Paragraph,
                b'\n' => Gap::Line,
                _ => gap.max(Gap::Space),
            };
            at += length(*byte);
            continue;
        };
        let mut end = at + length(*byte);
        if matches!(kind, Kind::Number | Kind::Word) {
            end = goes_on(folded, end, kind);
        }
        let text = folded.get(at..end).unwrap_or_default();
        out.push(Token {
            kind,
            gap,
            at: at as u32,
            text,
            hash: hash(text),
        });
        gap = Gap::None;
        at = end;
    }
    out
}

/// Past the characters of a kind from `end` on.
#[inline]
fn goes_on(folded: &str, mut end: usize, kind: Kind) -> usize {
    let bytes = folded.as_bytes();
    let same = if kind == Kind::Word { &WORD } else { &NUMBER };
    loop {
        while bytes.get(end).is_some_and(|b| same[usize::from(*b)]) {
            end += 1;
        }
        match bytes.get(end) {
            Some(byte)
                if LEADS[usize::from(*byte)] == Lead::Unsure
                    && unsure(folded, end) == Some(kind) =>
            {
                end += length(*byte);
            }
            _ => return end,
        }
    }
}

/// The bytes that go on with a word whatever follows: a character that its first byte tells is passed byte by byte.
static WORD: [bool; 256] = going_on(Kind::Word);

/// The same for a number.
static NUMBER: [bool; 256] = going_on(Kind::Number);

const fn going_on(kind: Kind) -> [bool; 256] {
    let mut all = [false; 256];
    let mut at = 0;
    while at < all.len() {
        all[at] = match LEADS_OF_BYTES[at] {
            Lead::Is(of) => of as u8 == kind as u8,
            Lead::Inside => true,
            _ => false,
        };
        at += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_glyphs_are_cut() {
        let texts = |s: &'static str| tokens(s).iter().map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(
            texts("d'août 06-feb-2026."),
            ["d", "'", "août", "06", "-", "feb", "-", "2026", "."]
        );
        assert_eq!(
            texts("本报3月16日电"),
            ["本", "报", "3", "月", "16", "日", "电"]
        );
        assert_eq!(texts("27일에"), ["27", "일", "에"]);
        assert_eq!(tokens("a\n\nb")[1].gap, Gap::Paragraph);
    }

    #[test]
    fn a_first_byte_tells_what_the_character_is() {
        for c in '\u{80}'..=char::MAX {
            let shown = c.to_string();
            let kind = (!c.is_whitespace()).then(|| kind(c));
            let first = *shown.as_bytes().first().expect("a byte");
            let told = match LEADS[usize::from(first)] {
                Lead::Space => None,
                Lead::Is(kind) => Some(kind),
                Lead::Inside | Lead::Unsure => unsure(&shown, 0),
            };
            assert_eq!((told, length(first)), (kind, shown.len()), "{c:?}");
        }
    }
}
