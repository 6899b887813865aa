//! A string → YAML that serde_yaml, PyYAML and Ruby's YAML all read as that very string.

use std::fmt::Write;

/// A string as a YAML scalar: plain where no reader could take it for something else, else in double quotes.
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A string in double quotes, on one line. What YAML 1.1 takes for a line break, or a terminal for an order, is escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Controls, line and paragraph separators, direction overrides, byte order mark, what is no character.
            '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {
                // Writing to a String cannot fail.
                let _ = if (c as u32) < 0x100 {
                    write!(out, "\\x{:02X}", c as u32)
                } else {
                    write!(out, "\\u{:04X}", c as u32)
                };
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Words, with marks between them that mean nothing to YAML; the first character is a letter, so that no number, date or sign begins it.
fn is_plain(text: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || "-_./()'’,;%+ ".contains(c);
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(harmless)
        && !is_reserved(text)
}

/// The words that some version of YAML reads as truth, nothing or a number.
fn is_reserved(text: &str) -> bool {
    [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity",
    ]
    .iter()
    .any(|word| text.eq_ignore_ascii_case(word))
}
