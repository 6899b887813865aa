//! A word of a list, a name → its folding and what it is looked up by.

use crate::distill::text::Text;

/// Letters by which a name's word is looked up; its ending may differ.
pub(super) const ROOT: usize = 4;

/// What a word is looked up by.
pub(in crate::distill::actors) fn root(word: &str) -> &str {
    word.char_indices()
        .nth(ROOT)
        .map_or(word, |(end, _)| word.get(..end).unwrap_or(word))
}

/// A word or a name, folded.
pub(in crate::distill::actors) fn fold(word: &str) -> String {
    fold_plain(word).unwrap_or_else(|| Text::new(word.to_owned()).folded)
}

/// Folds what only has to be lower-cased.
fn fold_plain(word: &str) -> Option<String> {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            ' '..='~' => folded.push(c.to_ascii_lowercase()),
            'ß'..='ö' | 'ø'..='ÿ' | 'а'..='џ' => folded.push(c),
            'À'..='Ö' | 'Ø'..='Þ' | 'Ā'..='į' | 'ı'..='ž' | 'Ѐ'..='Я' => {
                folded.extend(c.to_lowercase());
            }
            _ => return None,
        }
    }
    Some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_has_to_be_lower_cased_is_folded_as_in_a_text() {
        for c in '\0'..'\u{500}' {
            let word = c.to_string();
            if let Some(folded) = fold_plain(&word) {
                assert_eq!(folded, Text::new(word).folded, "{c:?}");
            }
        }
    }
}
