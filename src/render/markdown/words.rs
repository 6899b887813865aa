//! A text → its number of words, for the time that it takes to read. Refuses nothing.

use unicode_segmentation::UnicodeSegmentation;

/// The first character beyond the scripts that set words apart by spaces: Thai, from which on each word is looked at by the rules of Unicode.
const UNSPACED: char = '\u{E00}';

/// What spaces set apart and has a letter or digit. Chinese, Japanese and Thai have no spaces: there each character, or what Unicode calls a
/// word, counts.
pub(super) fn count(text: &str) -> usize {
    let counted = |part: &str| {
        if part.bytes().any(|b| b.is_ascii_alphanumeric()) && part.is_ascii() {
            1
        } else if part.chars().any(|c| c >= UNSPACED && c.is_alphanumeric()) {
            part.unicode_words().count()
        } else {
            usize::from(part.contains(char::is_alphanumeric))
        }
    };
    text.split_ascii_whitespace().map(counted).sum()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_are_counted_with_and_without_spaces() {
        assert_eq!(count("It's 3.5 well-known – words."), 4);
        assert_eq!(count("L’été à Montréal"), 3);
        assert_eq!(count("签署协议。"), 4);
        assert_eq!(count("وقع الوزير الاتفاق"), 3);
        assert_eq!(count("– \n…"), 0);
    }
}
