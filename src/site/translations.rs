//! Items → which of them are versions of one another in other languages.

use std::collections::BTreeMap;

use super::{Card, Item};
use crate::model::Lang;

/// All versions of a page, itself included, by its path from content/; in language order. A page without another version has no entry.
pub type Translations = BTreeMap<String, Vec<Version>>;

/// One version of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its path from the site's root.
    pub path: String,
}

/// Groups all items that have a version in another language.
pub fn translations<'a>(items: impl Iterator<Item = &'a Item>) -> Translations {
    let mut groups: BTreeMap<&str, Vec<&Card>> = BTreeMap::new();
    for item in items {
        // A key may name the file of the original, with or without its ending.
        let key = item.card.translation_key.trim_start_matches("@/");
        groups
            .entry(key.strip_suffix(".md").unwrap_or(key))
            .or_default()
            .push(&item.card);
    }
    groups
        .into_iter()
        .filter(|(_, cards)| cards.len() > 1)
        .flat_map(|(_, cards)| {
            let mut versions: Vec<Version> = cards
                .iter()
                .map(|c| Version {
                    lang: c.lang.clone(),
                    title: c.title.clone(),
                    path: c.path.clone(),
                })
                .collect();
            versions.sort_by(|a, b| a.lang.cmp(&b.lang).then_with(|| a.path.cmp(&b.path)));
            cards
                .into_iter()
                .map(move |c| (c.source.clone(), versions.clone()))
        })
        .collect()
}
