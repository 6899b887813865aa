//! A stretch of text → one line of it, and its width.

use crate::distill::each;

/// Columns: a wide (East Asian) character counts two.
pub(super) fn width(s: &str) -> usize {
    each::columns(
        s,
        |byte| byte >= FIRST_BYTE_WIDE,
        |c| isize::from(is_wide(c)),
    )
}

/// With which byte the first wide character begins, U+1100.
const FIRST_BYTE_WIDE: u8 = 0xE1;

/// The columns of one character.
#[inline]
pub(super) fn columns(c: char) -> usize {
    1 + usize::from(c >= '\u{1100}' && is_wide(c))
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFF60)
}

/// Whether a text ends in a script whose lines join without a space: Chinese or Japanese; Korean has spaces.
pub(super) fn wide(s: &str) -> bool {
    s.chars()
        .rev()
        .find(|c| c.is_alphanumeric() || unspaced(*c))
        .is_some_and(unspaced)
}

pub(super) fn unspaced(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115F}' | '\u{AC00}'..='\u{D7A3}')
}

/// Lines joined; an ideographic space stays, and Chinese and Japanese lines join without one.
pub(super) fn one_line(s: &str) -> String {
    let mut rest = s.trim();
    let mut out = String::with_capacity(rest.len());
    while let Some((line, gap, behind)) = gap(rest) {
        out.push_str(line);
        if gap.contains('\u{3000}') {
            out.push('\u{3000}');
        } else if !(gap.starts_with('\n') && wide(&out) && behind.starts_with(unspaced)) {
            out.push(' ');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The first white space that is more than one space, and what stands before and behind it.
fn gap(text: &str) -> Option<(&str, &str, &str)> {
    // No other bytes begin white space.
    let may_be_space = |b: &u8| *b <= b' ' || matches!(*b, 0xC2 | 0xE1..=0xE3);
    let mut from = 0;
    loop {
        let at = from + text.as_bytes().get(from..)?.iter().position(may_be_space)?;
        let (line, rest) = text.split_at_checked(at)?;
        let behind = rest.trim_start();
        let gap = rest.get(..rest.len() - behind.len())?;
        if !matches!(gap, "" | " ") {
            return Some((line, gap, behind));
        }
        from = at + rest.chars().next()?.len_utf8();
    }
}

/// A paragraph without the bullet that it begins with.
pub(super) fn unmarked(s: &str) -> &str {
    const BULLETS: [char; 14] = [
        '*', '•', '·', '▪', '■', '□', '◆', '◇', '○', '●', '◦', '‣', '▶', '►',
    ];
    let rest = s.trim_start_matches(BULLETS);
    let dash = s
        .strip_prefix(['-', '–', '—'])
        .filter(|r| r.starts_with(' '));
    if rest.len() < s.len() && !rest.starts_with(char::is_whitespace) && rest.contains('*') {
        return s;
    }
    dash.unwrap_or(rest).trim_start()
}
