//! A seed's decoded text and its folded copy for matching, with the way back from one to the other.

use unicode_normalization::UnicodeNormalization;

use super::{
    evidence::Span,
    tokens::{Token, tokens},
};

/// Decoded text beside a folded copy.
///
/// Folding: lower case, NFC, compatibility forms of full-width letters and digits, any decimal digit → ASCII, typographic apostrophes → `'`,
/// any space (NBSP, narrow, ideographic) and tab → one space each, Arabic harakat and tatweel removed, alef forms → ا, ى → ي, ة kept,
/// zero-width characters removed (ZWNJ → removed), CR removed. Line feeds stay.
#[derive(Debug)]
pub struct Text {
    /// The seed as text, exactly (without a byte order mark).
    pub decoded: String,
    /// The folded copy: match on this.
    pub folded: String,
    /// For each byte of `folded`, the byte of `decoded` at which its character begins; one more entry for the end.
    map: Vec<u32>,
}

impl Text {
    /// Folds `decoded`.
    pub fn new(decoded: String) -> Self {
        let mut folded = String::with_capacity(decoded.len());
        let mut map = Vec::with_capacity(decoded.len() + 1);
        let mut at = 0;
        while let Some(rest) = decoded.get(at..).filter(|rest| !rest.is_empty()) {
            at += fold_ascii(rest, at, &mut folded, &mut map);
            let mut chars = decoded.get(at..).unwrap_or_default().chars();
            let Some(first) = chars.next() else { break };
            let mut end = at + first.len_utf8();
            for mark in chars.take_while(|next| is_mark(*next)) {
                end += mark.len_utf8();
            }
            let before = folded.len();
            if end > at + first.len_utf8() {
                let cluster = decoded.get(at..end).unwrap_or_default();
                cluster.nfc().for_each(|c| fold_char(c, &mut folded));
            } else if is_plain(first) {
                folded.push(first);
            } else {
                fold_alone(first, &mut folded);
            }
            map.resize(map.len() + folded.len() - before, at as u32);
            at = end;
        }
        map.push(decoded.len() as u32);
        Self {
            decoded,
            folded,
            map,
        }
    }

    /// Cuts the folded text into tokens.
    pub(crate) fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.folded)
    }

    /// The span of `decoded` from which `folded[start..end]` came. Offsets past the end mean the end.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let at = |i: usize| self.map.get(i).map_or(self.decoded.len(), |&o| o as usize);
        // An end maps to the beginning of the next folded character; what folding dropped in between belongs to this span.
        Span::new(at(start), at(end).max(at(start)))
    }

    /// The first folded byte that came from `offset` of `decoded` or from after it.
    pub fn folded_at(&self, offset: usize) -> usize {
        self.map
            .partition_point(|&o| (o as usize) < offset)
            .min(self.folded.len())
    }

    /// The decoded text of a span; empty where the span is none of this text's.
    pub fn slice(&self, span: Span) -> &str {
        self.decoded.get(span.start..span.end).unwrap_or_default()
    }
}

/// Whether a character is a combining mark. What texts are mostly made of is told without a table.
pub(crate) fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}'
        | '\u{370}'..='\u{482}'
        | '\u{48A}'..='\u{52F}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{64A}'
        | '\u{2000}'..='\u{206F}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A0}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => false,
        _ => unicode_normalization::char::is_combining_mark(c),
    }
}

/// Whether a character continues a word: a letter, a digit or a mark.
#[inline]
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        is_word_beyond_ascii(c)
    }
}

/// What comes most often is told first.
fn is_word_beyond_ascii(c: char) -> bool {
    match c {
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='ʯ'
        | 'А'..='ԯ'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{65F}'
        | '一'..='鿿'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '가'..='힣'
        // Greek, Devanagari, Bengali, Thai, Georgian: letters, digits and marks.
        | '\u{388}'..='\u{38A}'
        | '\u{38E}'..='\u{3A1}'
        | '\u{3A3}'..='\u{3CE}'
        | '\u{900}'..='\u{963}'
        | '\u{966}'..='\u{96F}'
        | '\u{985}'..='\u{98C}'
        | '\u{995}'..='\u{9A8}'
        | '\u{9AA}'..='\u{9B0}'
        | '\u{9BE}'..='\u{9C4}'
        | '\u{E01}'..='\u{E3A}'
        | '\u{E40}'..='\u{E4E}'
        | '\u{E50}'..='\u{E59}'
        | '\u{10D0}'..='\u{10FA}' => true,
        '\u{A0}'..='\u{A9}'
        | '\u{AB}'..='\u{B1}'
        | '\u{BB}'
        | '\u{2BC}'
        | '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{FF0C}'
        | '\u{FF1A}' => false,
        _ => c.is_alphanumeric() || is_mark(c),
    }
}

/// Whether a character, alone, is its own folding: what most texts are made of.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        '\n' | ' '..='@'
            | '['..='_'
            | 'a'..='~'
            | 'à'..='ö'
            | 'а'..='џ'
            | 'ב'..='ת'
            | 'ا'..='غ'
            | 'ف'..='و'
            | 'ي'
            | '\u{E01}'..='\u{E30}'
            | 'ぁ'..='ゖ'
            | 'ァ'..='ヺ'
            | '一'..='\u{9FFF}'
            | '가'..='힣'
    )
}

/// Folds the ASCII characters at the beginning of `rest`, which is at `at`, but for one on which a mark may follow; how many bytes that was.
fn fold_ascii(rest: &str, at: usize, folded: &mut String, map: &mut Vec<u32>) -> usize {
    let bytes = rest.as_bytes();
    let mut length = bytes.iter().take_while(|b| b.is_ascii()).count();
    if length < bytes.len() {
        length = length.saturating_sub(1);
    }
    let run = rest.get(..length).unwrap_or_default();
    if run.bytes().all(|b| b >= b' ' || b == b'\n') {
        folded.push_str(run);
        map.extend(at as u32..(at + length) as u32);
        if let Some(new) = folded.len().checked_sub(length) {
            folded.get_mut(new..).map(str::make_ascii_lowercase);
        }
    } else {
        for (i, c) in run.char_indices().filter(|(_, c)| *c != '\r') {
            folded.push(if matches!(c, '\t' | '\x0b' | '\x0c') {
                ' '
            } else {
                c.to_ascii_lowercase()
            });
            map.push((at + i) as u32);
        }
    }
    length
}

/// Folds a character without marks.
fn fold_alone(c: char, out: &mut String) {
    match c {
        '\r' => {}
        '\t' | '\x0b' | '\x0c' => out.push(' '),
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        _ => c.nfc().for_each(|c| fold_char(c, out)),
    }
}

fn fold_char(c: char, out: &mut String) {
    match c {
        // Harakat, superscript alef, Quranic marks, tatweel, zero-width and bidi controls, soft hyphen.
        '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6ED}'
        | '\u{640}'
        | '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        '’' | '‘' | 'ʼ' | '´' | '`' | '′' => out.push('\''),
        '\u{FF01}'..='\u{FF5E}' => {
            // Full-width ASCII.
            if let Some(ascii) = char::from_u32(c as u32 - 0xFEE0) {
                out.push(ascii.to_ascii_lowercase());
            }
        }
        // Greek in capitals has neither accents nor a final sigma.
        'ά' | 'Ά' => out.push('α'),
        'έ' | 'Έ' => out.push('ε'),
        'ή' | 'Ή' => out.push('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => out.push('ι'),
        'ό' | 'Ό' => out.push('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => out.push('υ'),
        'ώ' | 'Ώ' => out.push('ω'),
        'ς' => out.push('σ'),
        // The dot that lower-casing İ leaves behind is no letter of Turkish.
        'İ' => out.push('i'),
        c if c.is_whitespace() && c != '\n' => out.push(' '),
        c => match digit(c) {
            Some(d) => out.push(d),
            None => out.extend(c.to_lowercase()),
        },
    }
}

/// The ASCII digit of a decimal digit in any of the scripts that seeds are written in.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 10] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10,
    ];
    let code = c as u32;
    ZEROS
        .iter()
        .find(|&&zero| (zero..zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let text = Text::new("L’ÉTÉ\u{A0}٢٧ عمّان e\u{301}\r\nI\u{307}zmir".to_owned());
        assert_eq!(text.folded, "l'été 27 عمان é\nizmir");
        let at = text.folded.find("27").expect("27");
        assert_eq!(text.slice(text.original(at, at + 2)), "٢٧");
        let at = text.folded.find("عمان").expect("Amman");
        assert_eq!(text.slice(text.original(at, at + "عمان".len())), "عمّان");
        let at = text.folded.find("izmir").expect("izmir");
        assert_eq!(text.slice(text.original(at, at + 5)), "I\u{307}zmir");
    }
}
