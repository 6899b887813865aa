//! A string → YAML that serde_yaml, PyYAML and Ruby's YAML all read as that very string.

use std::{fmt::Write, sync::LazyLock};

use crate::near::Near;

/// A string as a YAML scalar: plain where no reader could take it for something else, else in double quotes.
pub fn scalar(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_scalar(&mut out, text);
    out
}

/// Writes a string as [`scalar`] does.
pub fn push_scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        push_quoted(out, text);
    }
}

/// A string in double quotes, on one line. What YAML 1.1 takes for a line break, or a terminal for an order, is escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// Writes a string as [`quoted`] does.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // Most texts have no such byte, which one look at all of them tells.
    if !text
        .bytes()
        .fold(false, |any, byte| any | begins_escaped(byte))
    {
        out.push_str(text);
        rest = "";
    }
    while let Some(at) = rest.find(is_escaped) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = from.chars();
        // Writing to a String cannot fail.
        let _ = match chars.next().unwrap_or_default() {
            '"' => out.write_str("\\\""),
            '\\' => out.write_str("\\\\"),
            '\n' => out.write_str("\\n"),
            '\t' => out.write_str("\\t"),
            '\r' => out.write_str("\\r"),
            c if (c as u32) < 0x100 => write!(out, "\\x{:02X}", c as u32),
            c => write!(out, "\\u{:04X}", c as u32),
        };
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Whether a character that [is escaped](is_escaped) may begin with this byte.
fn begins_escaped(byte: u8) -> bool {
    matches!(byte, ..b' ' | b'"' | b'\\' | 0x7F | 0xC2 | 0xE2 | 0xEF)
}

/// Quotes, backslashes, controls, line and paragraph separators, direction overrides, byte order mark, what is no character.
fn is_escaped(c: char) -> bool {
    matches!(
        c,
        '"' | '\\'
            | '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}'
    )
}

/// Words, with marks between them that mean nothing to YAML; the first character is a letter, so that no number, date or sign begins it.
fn is_plain(text: &str) -> bool {
    let harmless = |c: char| match c {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '-'
        | '_'
        | '.'
        | '/'
        | '('
        | ')'
        | '\''
        | '’'
        | ','
        | ';'
        | '%'
        | '+'
        | ' ' => true,
        c => is_letter(c) || c.is_numeric(),
    };
    text.starts_with(is_letter)
        && !text.ends_with(' ')
        && text.chars().all(harmless)
        && !is_reserved(text)
}

/// Whether a character is alphabetic. What texts are mostly made of is told without the tables of Unicode.
fn is_letter(c: char) -> bool {
    static NEAR: LazyLock<Near<bool>> = LazyLock::new(|| Near::new(char::is_alphabetic));
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') || NEAR.of(c)
}

/// The words that some version of YAML reads as truth, nothing or a number.
fn is_reserved(text: &str) -> bool {
    [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity",
    ]
    .iter()
    .any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_what_is_alphabetic() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn a_first_byte_tells_that_nothing_is_escaped() {
        for c in ('\0'..=char::MAX).filter(|c| is_escaped(*c)) {
            let text = c.to_string();
            assert!(
                text.as_bytes().first().copied().is_some_and(begins_escaped),
                "{c:?}"
            );
        }
        assert_eq!(
            quoted("l’été \u{202E}\"\\\n\u{85}."),
            "\"l’été \\u202E\\\"\\\\\\n\\x85.\""
        );
    }
}
