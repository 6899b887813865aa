//! A stretch of text → one line of it, and its width.

/// Columns: a wide (East Asian) character counts two.
pub(super) fn width(s: &str) -> usize {
    s.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
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
    let mut out = String::with_capacity(s.len());
    let mut gap = "";
    for c in s.trim().chars() {
        if c.is_whitespace() {
            gap = match (c, gap) {
                ('\u{3000}', _) => "\u{3000}",
                ('\n', "") => "\n",
                (_, "") => " ",
                _ => gap,
            };
            continue;
        }
        if gap == "\n" {
            gap = if wide(&out) && unspaced(c) { "" } else { " " };
        }
        out.push_str(gap);
        out.push(c);
        gap = "";
    }
    out
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
