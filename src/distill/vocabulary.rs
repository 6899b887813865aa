//! topics.yaml → the topic vocabulary: slugs, parents, labels and weighted trigger terms per language.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    diagnostic::Diagnostic,
    model::{Lang, TopicSlug},
};

/// The topics that a site knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// In file order.
    pub topics: Vec<Topic>,
}

/// One topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its slug.
    pub slug: TopicSlug,
    /// The slug of its parent (group), which may have no topic of its own.
    pub parent: Option<TopicSlug>,
    /// Label by language.
    pub labels: BTreeMap<String, String>,
}

impl Vocabulary {
    /// The vocabulary that the binary carries.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);
        &EMBEDDED
    }

    /// A site's own topics.yaml: extends or replaces the embedded one.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let _ = (file, yaml);
        Ok(Self::default())
    }

    /// The topic of a slug.
    pub fn get(&self, slug: &TopicSlug) -> Option<&Topic> {
        self.topics.iter().find(|t| t.slug == *slug)
    }

    /// The label of a topic (or of a parent group) in a language, else in English, else made from the slug.
    pub fn label(&self, slug: &TopicSlug, lang: &Lang) -> String {
        self.get(slug)
            .and_then(|t| t.labels.get(lang.primary()).or_else(|| t.labels.get("en")))
            .cloned()
            .unwrap_or_else(|| slug.as_str().replace('-', " "))
    }
}
