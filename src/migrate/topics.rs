//! Terms of another tool's taxonomies → slugs of topics, and the topics.yaml that keeps what they were called.

use std::collections::BTreeMap;

use crate::{distill::Vocabulary, model::TopicSlug, yaml};

/// Slugs with the words that they stand for; the first that was met stays.
#[derive(Debug, Default)]
pub(super) struct Named(BTreeMap<String, String>);

impl Named {
    pub(super) fn add(&mut self, slug: &str, label: &str) {
        self.0
            .entry(slug.to_owned())
            .or_insert_with(|| label.trim().to_owned());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The slug of a term's address: `/tags/<slug>/`.
    pub(super) fn has(&self, slug: &str) -> bool {
        self.0.contains_key(slug)
    }

    /// The topics that the built-in vocabulary lacks, as a topics.yaml; nothing where it has all.
    pub(super) fn file(&self, lang: &str) -> Option<String> {
        let known = Vocabulary::embedded();
        let own = self.0.iter().filter(|(slug, _)| {
            slug.parse::<TopicSlug>()
                .is_ok_and(|slug| !known.knows(&slug))
        });
        let rows: String = own
            .map(|(slug, label)| {
                format!(
                    "  - slug: {}\n    labels: {{ {lang}: {} }}\n",
                    yaml::scalar(slug),
                    yaml::quoted(label)
                )
            })
            .collect();
        (!rows.is_empty()).then(|| {
            format!("# The terms of the former site. `terms` teaches the import to find a topic in a text.\ntopics:\n{rows}")
        })
    }
}

/// The slug of a term: transliterated, in groups of letters and digits joined by hyphens; nothing where none is left.
pub(super) fn topic_slug(term: &str) -> Option<String> {
    let slug = words(&deunicode::deunicode(term), true);
    let slug = slug.get(..64).unwrap_or(&slug).trim_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Groups of ASCII letters and digits, joined by hyphens.
pub(super) fn words(text: &str, lower: bool) -> String {
    let groups = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|group| !group.is_empty());
    let joined = groups.collect::<Vec<_>>().join("-");
    if lower {
        joined.to_ascii_lowercase()
    } else {
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_become_slugs_and_keep_their_names() {
        let mut named = Named::default();
        for (term, slug) in [
            ("Sea Ports", Some("sea-ports")),
            ("Énergie", Some("energie")),
            ("港口", Some("gang-kou")),
            ("???", None),
        ] {
            assert_eq!(topic_slug(term).as_deref(), slug, "{term}");
            if let Some(slug) = slug {
                named.add(slug, term);
            }
        }
        let file = named.file("en").expect("a file");
        assert!(
            file.contains("  - slug: sea-ports\n    labels: { en: \"Sea Ports\" }\n"),
            "{file}"
        );
        Vocabulary::parse("topics.yaml", &file).expect("a vocabulary");
    }
}
