//! A text → those of its characters that a rule looks for, by their first byte. Parts without any are passed over at once. Refuses nothing.

/// Takes each character whose first byte fits, with its place. Only first bytes may fit.
#[inline]
pub(crate) fn each(text: &str, fits: impl Fn(u8) -> bool, mut take: impl FnMut(usize, char)) {
    let mut at = 0;
    while let Some(passed) = text.get(at..).and_then(|rest| first(rest, &fits)) {
        at += passed;
        // Those that follow directly are read in one go.
        for c in text.get(at..).unwrap_or_default().chars() {
            if !text.as_bytes().get(at).is_some_and(|byte| fits(*byte)) {
                break;
            }
            take(at, c);
            at += c.len_utf8();
        }
    }
}

/// Where the first byte is that fits. Sixteen are told at once where `fits` is no more than a few comparisons.
#[inline]
pub(crate) fn first(text: &str, fits: impl Fn(u8) -> bool) -> Option<usize> {
    let (parts, _) = text.as_bytes().as_chunks::<16>();
    let any = |part: &[u8; 16]| {
        let fit = |any, byte: &u8| any | u8::from(fits(*byte));
        part.iter().fold(0, fit) != 0
    };
    let passed = parts.iter().take_while(|part| !any(part)).count() * 16;
    let rest = text.as_bytes().get(passed..)?;
    Some(passed + rest.iter().position(|byte| fits(*byte))?)
}

/// Whether a byte is one of some, told without a branch.
#[inline]
pub(crate) fn one_of<const N: usize>(some: &[u8; N], byte: u8) -> bool {
    some.iter().fold(0, |any, one| any | u8::from(*one == byte)) != 0
}

/// The lines of a text without the line feeds between them, as `split` gives them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut left = Some(text);
    std::iter::from_fn(move || {
        let rest = left?;
        let end = memchr::memchr(b'\n', rest.as_bytes());
        left = end.and_then(|end| rest.get(end + 1..));
        rest.get(..end.unwrap_or(rest.len()))
    })
}

/// The characters of a text, and what `more` adds for those whose first byte fits, in columns.
#[inline]
pub(crate) fn columns(
    text: &str,
    fits: impl Fn(u8) -> bool,
    more: impl Fn(char) -> isize,
) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut added = 0;
    each(text, fits, |_, c| added += more(c));
    text.chars().count().saturating_add_signed(added)
}

/// Whether a byte begins a character beyond ASCII.
#[inline]
pub(crate) fn is_beyond_ascii(byte: u8) -> bool {
    byte >= 0xC0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for at in 0..40 {
            let text = format!("{}*{}", "a".repeat(at), "b*".repeat(at));
            assert_eq!(first(&text, |byte| byte == b'*'), Some(at));
            assert_eq!(first(&text, |byte| byte == b'&'), None);
        }
    }

    #[test]
    fn lines_are_those_between_line_feeds() {
        for text in ["", "\n", "a", "a\n", "\na\r\n\nb"] {
            let told: Vec<&str> = text.split('\n').collect();
            assert_eq!(lines(text).collect::<Vec<_>>(), told);
        }
    }

    #[test]
    fn no_character_is_passed_over() {
        let text = "à la une : \"l’été\" à Nîmes, où l’on\nattend «\u{a0}tout\u{a0}» é";
        let mut found = Vec::new();
        each(
            text,
            |b| is_beyond_ascii(b) || b == b'"',
            |at, c| found.push((at, c)),
        );
        let all = text.char_indices();
        let told: Vec<_> = all.filter(|(_, c)| !c.is_ascii() || *c == '"').collect();
        assert_eq!(found, told);
    }
}
