//! Terms of another tool's taxonomies → slugs of topics, and the topics.yaml that keeps what they were called.

use std::collections::{BTreeMap, BTreeSet};

use crate::{distill::Vocabulary, model::TopicSlug, yaml};

/// Slugs with the words that they stand for: the first that was met, and others.
#[derive(Debug, Default)]
pub(super) struct Named(BTreeMap<String, (String, BTreeSet<String>)>);

impl Named {
    /// Adds a term. Where it is another one than that of this slug, and this is new, it gives that.
    pub(super) fn add(&mut self, slug: &str, label: &str) -> Option<String> {
        let label = label.trim();
        let new = || (label.to_owned(), BTreeSet::new());
        let (first, others) = self.0.entry(slug.to_owned()).or_insert_with(new);
        let new = same(first) != same(label) && others.insert(same(label));
        new.then(|| first.clone())
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
            .map(|(slug, (label, _))| {
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

/// A term without what people write now so, now so: capital letters, accents, spaces and hyphens.
fn same(term: &str) -> String {
    let plain = deunicode::deunicode(term).to_lowercase();
    let written = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_');
    plain.chars().filter(written).collect()
}

/// The slug of a term: transliterated, in groups of letters and digits joined by hyphens; nothing where none is left.
pub(super) fn topic_slug(term: &str) -> Option<String> {
    let mut spelled = String::with_capacity(term.len());
    for c in deunicode::deunicode(term).chars() {
        let after = spelled.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ' ');
        match c {
            // C, C++ and C# are three.
            '+' if after => spelled.push_str(" plus "),
            '#' if after && !spelled.ends_with(' ') => spelled.push_str(" sharp "),
            c => spelled.push(c),
        }
    }
    let slug = words(&spelled, true);
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
            ("C", Some("c")),
            ("C++", Some("c-plus-plus")),
            ("C#", Some("c-sharp")),
            ("#sea", Some("sea")),
        ] {
            assert_eq!(topic_slug(term).as_deref(), slug, "{term}");
            if let Some(slug) = slug {
                named.add(slug, term);
            }
        }
        assert_eq!(named.add("sea-ports", "sea-ports"), None);
        assert_eq!(
            named.add("sea-ports", "sea/ports!").as_deref(),
            Some("Sea Ports")
        );
        assert_eq!(named.add("sea-ports", "sea/ports!"), None);
        let file = named.file("en").expect("a file");
        assert!(
            file.contains("  - slug: sea-ports\n    labels: { en: \"Sea Ports\" }\n"),
            "{file}"
        );
        Vocabulary::parse("topics.yaml", &file).expect("a vocabulary");
    }
}
