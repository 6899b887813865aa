//! The fragments of a page: a heading's from its words, a paragraph's from how it begins. No two of a page are the same.

use std::collections::BTreeMap;

use crate::{distill::digest, site::card::portable};

/// Letters and digits that a paragraph's id rests on.
const BEGINNING: usize = 60;

/// Hexadecimal digits of a paragraph's id.
const DIGITS: usize = 6;

/// The fragment of a heading: its words in lower case, joined by hyphens, in its own script.
pub(super) fn anchor(title: &str) -> String {
    portable(&title.to_lowercase().replace('.', "-"))
        .trim_matches('-')
        .to_owned()
}

/// The ids of a page so far.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// `id`, with a number where the page has it already.
    pub(super) fn unique(&mut self, id: &str) -> String {
        let mut candidate = id.to_owned();
        while self.0.contains_key(&candidate) {
            let count = self.0.entry(id.to_owned()).or_insert(1);
            *count += 1;
            candidate = format!("{id}-{count}");
        }
        self.0.insert(candidate.clone(), 1);
        candidate
    }

    /// The id of a paragraph: a digest of its first letters and digits. So it stays when paragraphs come or go around it, when its
    /// punctuation or the rest of it is mended, and in every script; a number would move with each paragraph before it. `None` where
    /// there is nothing to read.
    pub(super) fn paragraph(&mut self, text: &str) -> Option<String> {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).take(BEGINNING);
        let beginning: String = letters.flat_map(char::to_lowercase).collect();
        if beginning.is_empty() {
            return None;
        }
        let digest = digest(beginning.as_bytes());
        Some(self.unique(&format!("p-{}", digest.get(..DIGITS).unwrap_or(&digest))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_keeps_its_id_while_it_begins_the_same() {
        let id = |text: &str| Ids::default().paragraph(text);
        let long =
            "The two ministers met in Rabat on Tuesday and signed a memorandum of understanding on";
        assert_eq!(
            id(&format!("{long} fish.")),
            id(&format!("{long} coastal fisheries!"))
        );
        assert_eq!(id("The ministers, met."), id("The ministers met"));
        assert_ne!(id("One."), id("Two."));
        assert_eq!(id("—"), None);
    }

    #[test]
    fn ids_are_not_given_twice() {
        let mut ids = Ids::default();
        let first = ids.paragraph("Same.");
        assert_eq!(ids.paragraph("Same."), first.map(|id| format!("{id}-2")));
    }
}
