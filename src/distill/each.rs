//! A text → those of its characters that a rule looks for, by their first byte. Parts without any are passed over at once.

/// Takes each character whose first byte fits, with its place.
pub(crate) fn each(text: &str, fits: impl Fn(u8) -> bool, mut take: impl FnMut(usize, char)) {
    let (parts, rest) = text.as_bytes().as_chunks::<16>();
    let mut look = |start: usize, part: &[u8]| {
        for (at, byte) in (start..).zip(part) {
            let first = fits(*byte).then(|| text.get(at..)?.chars().next());
            if let Some(c) = first.flatten() {
                take(at, c);
            }
        }
    };
    for (n, part) in parts.iter().enumerate() {
        if part.iter().fold(false, |any, byte| any | fits(*byte)) {
            look(n * part.len(), part);
        }
    }
    look(text.len() - rest.len(), rest);
}

/// Where the first byte is that fits. Parts without any are passed over at once.
pub(crate) fn first(text: &str, fits: impl Fn(u8) -> bool) -> Option<usize> {
    let (parts, _) = text.as_bytes().as_chunks::<16>();
    let has_none = |part: &&[u8; 16]| !part.iter().fold(false, |any, byte| any | fits(*byte));
    let passed = parts.iter().take_while(has_none).count() * 16;
    Some(passed + text.bytes().skip(passed).position(&fits)?)
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
