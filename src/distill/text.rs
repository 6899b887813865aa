//! A seed's decoded text and its folded copy for matching, with the way back from one to the other.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{
    evidence::Span,
    runs::{Run, runs},
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
            let run = ascii_run(rest);
            let plain = rest.get(..run).unwrap_or_default();
            folded.push_str(plain);
            if let Some(new) = folded.len().checked_sub(run) {
                folded.get_mut(new..).map(str::make_ascii_lowercase);
            }
            map.extend(at as u32..(at + run) as u32);
            at += run;
            let mut chars = rest.get(run..).unwrap_or_default().chars();
            let mut next = chars.next();
            while let Some(first) = next {
                let (start, before) = (at, folded.len());
                at += first.len_utf8();
                next = chars.next();
                if next.is_some_and(is_mark) {
                    while let Some(mark) = next.filter(|c| is_mark(*c)) {
                        at += mark.len_utf8();
                        next = chars.next();
                    }
                    fold_marked(decoded.get(start..at).unwrap_or_default(), &mut folded);
                } else if let Some(simple) = fold_simply(first) {
                    folded.push(simple);
                } else {
                    fold_alone(first, &mut folded);
                }
                let start = start as u32;
                match folded.len() - before {
                    1 => map.push(start),
                    2 => map.extend_from_slice(&[start; 2]),
                    3 => map.extend_from_slice(&[start; 3]),
                    more => map.resize(map.len() + more, start),
                }
                if next.is_none_or(|c| c.is_ascii()) {
                    break;
                }
            }
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

    /// Its runs of letters and digits.
    pub(crate) fn runs(&self) -> Vec<Run> {
        runs(&self.folded, &self.tokens())
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

/// How many bytes at the beginning fold each for itself: printable ASCII and line feeds, but for one on which a mark follows.
fn ascii_run(rest: &str) -> usize {
    const STEP: usize = 16;
    let simple = |b: &u8| matches!(b, b' '..=b'~' | b'\n');
    let bytes = rest.as_bytes();
    let steps = bytes
        .chunks_exact(STEP)
        .take_while(|step| step.iter().fold(true, |all, b| all & simple(b)));
    let sure = steps.count() * STEP;
    let more = bytes.iter().skip(sure).take_while(|b| simple(b));
    let run = sure + more.count();
    let behind = rest.get(run..).and_then(|rest| rest.chars().next());
    run - usize::from(run > 0 && behind.is_some_and(is_mark))
}

/// The folding of a character without marks, where one look tells it: what most texts are made of.
#[inline]
fn fold_simply(c: char) -> Option<char> {
    let shifted = match c {
        '\n'
        | ' '..='@'
        | '['..='_'
        | 'a'..='~'
        | '\u{A1}'..='\u{AC}'
        | '\u{AE}'..='\u{B3}'
        | '\u{B5}'..='\u{BF}'
        | 'ß'..='ÿ'
        | 'α'..='ρ'
        | 'σ'..='ω'
        | 'а'..='џ'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{60C}'
        | '\u{61B}'
        | '\u{61F}'
        | '\u{621}'
        | '\u{624}'
        | '\u{626}'..='\u{63A}'
        | '\u{641}'..='\u{648}'
        | '\u{64A}'
        | '\u{672}'..='\u{6A8}'
        | '\u{6AA}'..='\u{6CB}'
        | '\u{900}'..='\u{957}'
        | '\u{981}'..='\u{9D9}'
        | '\u{E01}'..='\u{E3A}'
        | '\u{E40}'..='\u{E4E}'
        | '\u{2010}'..='\u{2017}'
        | '\u{201A}'..='\u{2027}'
        | '\u{3001}'..='\u{301F}'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ー'
        | '一'..='\u{9FFF}'
        | '가'..='힣' => return Some(c),
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'А'..='Я' => {
            c as u32 + 0x20
        }
        'Ѐ'..='Џ' => c as u32 + 0x50,
        // Capitals and small letters take turns.
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' | 'Ạ'..='ỿ' => c as u32 | 1,
        'Ĺ'..='ň' | 'Ź'..='ž' => (c as u32 + 1) & !1,
        _ => return None,
    };
    char::from_u32(shifted)
}

/// Folds a character with its marks.
fn fold_marked(cluster: &str, out: &mut String) {
    let mut fold = |c| match fold_simply(c) {
        Some(simple) => out.push(simple),
        None => fold_char(c, out),
    };
    if is_nfc_quick(cluster.chars()) == IsNormalized::Yes {
        cluster.chars().for_each(&mut fold);
    } else {
        cluster.nfc().for_each(&mut fold);
    }
}

/// Folds a character without marks.
fn fold_alone(c: char, out: &mut String) {
    match c {
        '\r' => {}
        '\t' | '\x0b' | '\x0c' => out.push(' '),
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        _ if is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes => fold_char(c, out),
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
    let code = c as u32;
    let zero = match code {
        0x0660..=0x0669 => 0x0660,
        0x06F0..=0x06F9 => 0x06F0,
        0x0966..=0x096F => 0x0966,
        0x09E6..=0x09EF => 0x09E6,
        0x0E50..=0x0E59 => 0x0E50,
        0x0ED0..=0x0ED9 => 0x0ED0,
        0x0F20..=0x0F29 => 0x0F20,
        0x1040..=0x1049 => 0x1040,
        0x17E0..=0x17E9 => 0x17E0,
        0xFF10..=0xFF19 => 0xFF10,
        _ => return None,
    };
    char::from_digit(code - zero, 10)
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

    #[test]
    fn what_one_look_tells_is_what_the_tables_tell() {
        for c in '\0'..=char::MAX {
            if let Some(simple) = fold_simply(c) {
                let mut folded = String::new();
                c.nfc().for_each(|c| fold_char(c, &mut folded));
                assert_eq!(folded, simple.to_string(), "{c:?}");
            }
        }
    }
}
