//! How a word is capitalised.

/// Whether a word begins with a capital, is all capitals, is one capital.
#[inline]
pub(super) fn capitals(written: &str) -> (bool, bool, bool) {
    let mut chars = written.chars();
    if !chars.next().is_some_and(is_upper) {
        return (false, false, false);
    }
    let mut letters = 1;
    for c in chars {
        if is_lower(c) {
            return (true, false, false);
        }
        letters += usize::from(c.is_alphabetic());
    }
    (true, letters > 1, letters == 1)
}

/// `al-Masri`: a capital after what is written to a name in small letters.
pub(super) fn is_attached(written: &str, lower: &str, attached: &[String]) -> bool {
    written.starts_with(|c: char| is_lower(c) || c.is_ascii_digit())
        && written
            .split_once(['-', '’', '\''])
            .is_some_and(|(_, name)| name.starts_with(is_upper))
        && attached.iter().any(|p| lower.starts_with(p.as_str()))
}

/// Whether a character is a capital: what comes most often is told first.
#[inline]
pub(super) fn is_upper(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Ѐ'..='Я' => true,
        'ß'..='ö' | 'ø'..='ÿ' | 'а'..='џ' => false,
        _ => c.is_uppercase(),
    }
}

/// Whether a character is a small letter: what comes most often is told first.
#[inline]
fn is_lower(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_lowercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Ѐ'..='Я' => false,
        'ß'..='ö' | 'ø'..='ÿ' | 'а'..='џ' => true,
        _ => c.is_lowercase(),
    }
}
