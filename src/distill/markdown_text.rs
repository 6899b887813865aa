//! Plain text → Markdown that renders to exactly that text: no accidental heading, list, code, link, table or HTML. Refuses nothing.
//!
//! What may change is white space alone: spaces at both ends of a line, runs of blank lines, a carriage return or form feed. A line break
//! stays one (a backslash at the end of the line), but for two cases: beside a line of more than 120 columns it parts two paragraphs, since
//! such a text has one paragraph a line; and in hard-wrapped prose, where the next word would not have fitted, it is a space.

use std::borrow::Cow;

use super::each;

/// Lines longer than this are whole paragraphs. In columns: a Chinese character counts as two.
const PARAGRAPH: usize = 120;

/// Escapes plain text so that its rendering is the same text. As little as that needs, so that the Markdown reads like the text.
pub fn markdown_text(text: &str) -> String {
    let text = only_feeds(text);
    let lines: Vec<(&str, usize)> = each::lines(&text)
        .map(|l| l.trim_matches([' ', '\t']))
        .map(|l| (l, columns(l)))
        .collect();
    let width = lines.iter().map(|l| l.1).max().unwrap_or(0);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    // Columns of the line above; 0 where that is empty.
    let mut above = 0;
    // Whether the text so far ends within a line of Markdown that the next line of text continues.
    let mut joined = false;
    for (i, (line, wide)) in lines.iter().enumerate() {
        if line.is_empty() {
            above = 0;
            joined = false;
            continue;
        }
        if !out.is_empty() && !joined {
            let paragraph = above == 0 || above > PARAGRAPH || *wide > PARAGRAPH;
            out.push_str(if paragraph { "\n\n" } else { "\\\n" });
        }
        let next = lines.get(i + 1).map_or("", |next| next.0);
        // In a joined line the escapes look at the text as it will stand.
        escape(line, !joined, &mut out);
        joined = (50..=100).contains(&width) && is_wrapped(line, *wide, next, width);
        if joined {
            out.push(' ');
        }
        above = *wide;
    }
    out
}

/// The text with line feeds for all line ends, and spaces for vertical tabs and form feeds.
fn only_feeds(text: &str) -> Cow<'_, str> {
    let odd = |b: u8| matches!(b, b'\r' | b'\x0B' | b'\x0C');
    if !text.bytes().fold(false, |any, b| any | odd(b)) {
        return Cow::Borrowed(text);
    }
    let feeds = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(feeds.replace(['\u{B}', '\u{C}'], " "))
}

/// Whether the break between a line of so many columns and the next is where a hard-wrapped text of this width had to break.
fn is_wrapped(line: &str, columns_of_line: usize, next: &str, width: usize) -> bool {
    let Some(word) = next.split([' ', '\t']).next().filter(|w| !w.is_empty()) else {
        return false;
    };
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    columns_of_line + 1 + columns(word) > width
        && !wide(line.chars().next_back())
        && !wide(word.chars().next())
        // A list of one item a line is no prose.
        && word.chars().any(char::is_alphanumeric)
        && !is_number(word)
}

fn is_number(word: &str) -> bool {
    word.trim_matches(['(', ')', '.'])
        .bytes()
        .all(|b| b.is_ascii_digit())
        && word.ends_with(['.', ')'])
}

fn columns(line: &str) -> usize {
    each::columns(
        line,
        |byte| byte >= FIRST_BYTE_WIDE,
        |c| isize::from(is_wide(c)),
    )
}

/// With which byte the first wide character begins, U+1100.
const FIRST_BYTE_WIDE: u8 = 0xE1;

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0x20000..=0x3FFFD)
}

/// The bytes that may need an escape.
const SPECIAL: &[u8; 9] = b"\\`[~*_<&\0";

/// Writes one line. `first`: whether it begins a line of the Markdown too.
pub(crate) fn escape(line: &str, first: bool, out: &mut String) {
    let marker = if first { marker(line) } else { None };
    let mut before = ' ';
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let special = each::first(rest, |byte| each::one_of(SPECIAL, byte));
        let block = marker.and_then(|marker| marker.checked_sub(at));
        let stop = special.into_iter().chain(block).min();
        let plain = rest.get(..stop.unwrap_or(rest.len())).unwrap_or_default();
        out.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        at += plain.len();
        let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        // All of a run of stars or of underscores stands between the same two characters.
        let run = match c {
            '*' | '_' => {
                line.len() - at - line.get(at..).map_or(0, |r| r.trim_start_matches(c).len())
            }
            _ => c.len_utf8(),
        };
        let rest = line.get(at + run..).unwrap_or_default();
        let after = rest.chars().next();
        let special = match c {
            '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '[' | '~' => true,
            // Without an opening one there is no emphasis; an opening one has something after it, be it a hard break.
            '*' => !rest.starts_with(char::is_whitespace),
            '_' => !rest.starts_with(char::is_whitespace) && !before.is_alphanumeric(),
            '<' => after.is_some_and(|n| n.is_ascii_alphabetic() || "/!?".contains(n)),
            '&' => is_entity(rest),
            _ => false,
        };
        for place in (at..at + run).step_by(c.len_utf8()) {
            if special || marker == Some(place) {
                out.push('\\');
            }
            // Markdown has no NUL.
            out.push(if c == '\0' {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            });
        }
        before = c;
        at += run;
    }
}

fn is_space(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// The byte of the character that would make a block of this line, were it not escaped.
fn marker(line: &str) -> Option<usize> {
    let head = line.chars().next()?;
    let rest = line.get(head.len_utf8()..)?;
    let only = |set: &str| line.chars().all(|c| set.contains(c));
    let block = match head {
        '#' => is_space(line.trim_start_matches('#')),
        '>' | '~' | '_' => true,
        '-' | '+' | '*' => is_space(rest) || only("-* \t"),
        '=' => only("= \t"),
        _ => false,
    };
    // The row below the head of a table.
    if block || only("|:- \t") {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let end = line.get(digits..)?;
    ((1..=9).contains(&digits) && end.starts_with(['.', ')']) && is_space(end.get(1..)?))
        .then_some(digits)
}

/// Whether what follows an ampersand makes a character reference of it.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches('#');
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    end > 0 && name.get(end..).is_some_and(|r| r.starts_with(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "Le 27 janvier, 5 % d’inflation (1,2 * 3) et #hashtag.",
            "foo_bar_baz, https://example.org/a_b?c=d&e=f#g",
            "C# & AT&T, 3 < 4 > 2 | x",
            "2026. A year, 1.5 km, -5 °C, +33 1 23",
        ] {
            let expected = text.replacen("2026. ", "2026\\. ", 1);
            assert_eq!(markdown_text(text), expected);
        }
    }

    #[test]
    fn lines_stay_lines_paragraphs_paragraphs_and_prose_is_joined() {
        assert_eq!(markdown_text("a\nb\n\n\n  c  \n"), "a\\\nb\n\nc");
        let long = "mot ".repeat(40);
        let long = long.trim();
        assert_eq!(
            markdown_text(&format!("Titre\n{long}\n{long}")),
            format!("Titre\n\n{long}\n\n{long}")
        );
        let wrapped = "The two governments agreed on Monday to set up a joint committee on\nfisheries, which will meet for the first time in the autumn of this\nyear.";
        assert_eq!(markdown_text(wrapped), wrapped.replace('\n', " "));
    }
}
