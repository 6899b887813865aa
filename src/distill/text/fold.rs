//! One character with its marks → what texts are matched by: small letters, one form for what is written in several, nothing for what is not read.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::near::Near;

/// The folding of a character without marks, where one look tells it: what most texts are made of. It has as many bytes.
#[inline]
pub(super) fn fold_simply(c: char) -> Option<char> {
    static NEAR: LazyLock<Near<Option<char>>> = LazyLock::new(|| Near::new(simply));
    NEAR.of(c)
}

fn simply(c: char) -> Option<char> {
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
pub(super) fn fold_marked(cluster: &str, out: &mut String) {
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
pub(super) fn fold_alone(c: char, out: &mut String) {
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
    fn what_one_look_tells_is_what_the_tables_tell() {
        for c in '\0'..=char::MAX {
            if let Some(simple) = fold_simply(c) {
                let mut folded = String::new();
                c.nfc().for_each(|c| fold_char(c, &mut folded));
                assert_eq!(folded, simple.to_string(), "{c:?}");
                assert_eq!(c.len_utf8(), simple.len_utf8(), "{c:?}");
            }
        }
    }
}
