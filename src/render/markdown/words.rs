//! The HTML of a body → its number of words, for the time that it takes to read. Refuses nothing.

use unicode_segmentation::UnicodeSegmentation;

/// The first byte of the characters from U+0800 on, scripts without spaces among them.
const FAR: u8 = 0xE0;

/// The first character of those scripts: Thai. What lies before it sets words apart by spaces.
const UNSPACED: char = '\u{E00}';

/// What spaces and tags set apart and has a letter or digit. Chinese, Japanese and Thai have no spaces: there each character, or what Unicode
/// calls a word, counts. No text of a body has a bare `<`.
pub(super) fn count(html: &str) -> usize {
    let texts = html.split('<').map(|part| match part.split_once('>') {
        Some((_, text)) => text,
        None => part,
    });
    texts.flat_map(str::split_ascii_whitespace).map(words).sum()
}

fn words(part: &str) -> usize {
    let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0xC3;
    if part.starts_with('&') && part.ends_with(';') {
        // An escaped sign.
        0
    } else if !part.bytes().any(|b| b >= FAR) {
        usize::from(part.bytes().any(word))
    } else if part.contains(|c: char| c >= UNSPACED && c.is_alphanumeric()) {
        part.unicode_words().count()
    } else {
        usize::from(part.contains(char::is_alphanumeric))
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_are_counted_with_and_without_spaces() {
        assert_eq!(count("<p>It's 3.5 well-known – words &amp; more.</p>"), 5);
        assert_eq!(count("<p>L’été à <b>Montréal</b></p>"), 3);
        assert_eq!(count("签署协议。"), 4);
        assert_eq!(count("<p class=\"a b\">وقع الوزير الاتفاق"), 3);
        assert_eq!(count("– \n…"), 0);
    }
}
