//! topics.yaml → the topic vocabulary: slugs, parents (groups), labels and weighted trigger terms per language.
//!
//! The embedded topics.yaml holds structure and labels; its trigger terms lie in one file a language (see [`super::topics`]), so that one
//! document costs the reading of one language. A site's own topics.yaml has the same form and extends the embedded one, or replaces it with
//! `replace: true`. Refuses unknown keys, malformed slugs and a slug that is given twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use serde::Deserialize;

use super::topics::matcher::Matcher;
use crate::{
    diagnostic::Diagnostic,
    model::{Lang, TopicSlug},
    yaml,
};

/// The topics that a site knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// In file order.
    pub topics: Vec<Topic>,
    /// The parents of topics, in file order. A group may share its slug with a topic.
    pub groups: Vec<Topic>,
    /// The compiled terms of the languages seen so far.
    matchers: Matchers,
}

type Matchers = Arc<Mutex<BTreeMap<String, Arc<Matcher>>>>;

/// One topic, or one group of topics.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its slug.
    pub slug: TopicSlug,
    /// The slug of its parent (group), which may have no topic of its own.
    pub parent: Option<TopicSlug>,
    /// The IPTC Media Topic of the same scope: `medtop:15000000`.
    pub iptc: Option<String>,
    /// Label by language.
    pub labels: BTreeMap<String, String>,
    /// Trigger terms by language, beside the built-in ones.
    pub terms: BTreeMap<String, Vec<Term>>,
    /// Whether the built-in trigger terms of this slug count.
    pub builtin: bool,
}

/// A word or phrase that speaks for a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The words, lower case or not; a `*` at the end of a word stands for any ending.
    pub pattern: String,
    /// What one occurrence in the body adds.
    pub weight: f32,
    /// Longer phrases in which the words mean something else.
    pub not: Vec<String>,
    /// How often it must occur to count.
    pub min: usize,
}

impl Vocabulary {
    /// The vocabulary that the binary carries.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| {
            let text = include_str!("lexicon/topics.yaml");
            read("topics.yaml", text)
                .map(|file| Vocabulary::default().extended(file))
                .unwrap_or_default()
        });
        &EMBEDDED
    }

    /// A site's own topics.yaml: extends the embedded vocabulary, or replaces it where it says `replace: true`.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let content = read(file, yaml)?;
        let base = if content.replace {
            Self::default()
        } else {
            Self::embedded().clone()
        };
        Ok(base.extended(content))
    }

    /// The topic of a slug.
    pub fn get(&self, slug: &TopicSlug) -> Option<&Topic> {
        self.topics.iter().find(|t| t.slug == *slug)
    }

    /// The group of a slug.
    pub fn group(&self, slug: &TopicSlug) -> Option<&Topic> {
        self.groups.iter().find(|g| g.slug == *slug)
    }

    /// The topics of a group, in file order.
    pub fn children<'a>(&'a self, group: &'a TopicSlug) -> impl Iterator<Item = &'a Topic> {
        self.topics
            .iter()
            .filter(move |t| t.parent.as_ref() == Some(group))
    }

    /// The label of a topic (or, where no topic has that slug, of a group) in a language, else in English, else made from the slug.
    pub fn label(&self, slug: &TopicSlug, lang: &Lang) -> String {
        label_of(self.get(slug).or_else(|| self.group(slug)), slug, lang)
    }

    /// The label of a group in a language, else in English, else made from the slug.
    pub fn group_label(&self, slug: &TopicSlug, lang: &Lang) -> String {
        label_of(self.group(slug).or_else(|| self.get(slug)), slug, lang)
    }

    /// The compiled terms of a language, made when first asked for.
    pub(crate) fn matcher(&self, lang: &Lang) -> Arc<Matcher> {
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(matcher) = matchers.get(lang.primary()) {
            return Arc::clone(matcher);
        }
        let matcher = Arc::new(Matcher::new(self, lang.primary()));
        matchers.insert(lang.primary().to_owned(), Arc::clone(&matcher));
        matcher
    }

    fn extended(mut self, file: File) -> Self {
        merge(&mut self.groups, file.groups, file.replace);
        merge(&mut self.topics, file.topics, file.replace);
        // A clone shares the compiled terms of the vocabulary that it was made from.
        self.matchers = Matchers::default();
        self
    }
}

fn label_of(topic: Option<&Topic>, slug: &TopicSlug, lang: &Lang) -> String {
    topic
        .and_then(|t| {
            [lang.as_str(), lang.primary(), "en"]
                .iter()
                .find_map(|l| t.labels.get(*l))
        })
        .cloned()
        .unwrap_or_else(|| capitalised(&slug.as_str().replace('-', " ")))
}

fn capitalised(s: &str) -> String {
    let mut chars = s.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Adds what a file says: to the topic of the same slug, or as a new topic at the end.
fn merge(topics: &mut Vec<Topic>, entries: Vec<Entry>, replace: bool) {
    for entry in entries {
        let terms: BTreeMap<String, Vec<Term>> = entry
            .terms
            .into_iter()
            .map(|(lang, terms)| (lang, terms.into_iter().map(Term::from).collect()))
            .collect();
        if let Some(topic) = topics.iter_mut().find(|t| t.slug == entry.slug) {
            topic.parent = entry.parent.or_else(|| topic.parent.take());
            topic.iptc = entry.iptc.or_else(|| topic.iptc.take());
            topic.labels.extend(entry.labels);
            for (lang, terms) in terms {
                topic.terms.entry(lang).or_default().extend(terms);
            }
        } else {
            topics.push(Topic {
                // A site that replaces the list but names a known slug without terms wants that topic as it is.
                builtin: !replace || terms.is_empty(),
                slug: entry.slug,
                parent: entry.parent,
                iptc: entry.iptc,
                labels: entry.labels,
                terms,
            });
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    groups: Vec<Entry>,
    #[serde(default)]
    topics: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    slug: TopicSlug,
    parent: Option<TopicSlug>,
    iptc: Option<String>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    terms: BTreeMap<String, Vec<TermEntry>>,
}

/// A term as a person writes it: `terroris*`, or `{term: mine*, weight: 3, not: [mine de rien], min: 2}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum TermEntry {
    Plain(String),
    Full(FullTerm),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullTerm {
    term: String,
    #[serde(default = "plain_weight")]
    weight: f32,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default = "once")]
    min: usize,
}

fn plain_weight() -> f32 {
    2.0
}

fn once() -> usize {
    1
}

impl From<TermEntry> for Term {
    fn from(entry: TermEntry) -> Self {
        match entry {
            TermEntry::Plain(pattern) => Self {
                pattern,
                weight: plain_weight(),
                not: Vec::new(),
                min: once(),
            },
            TermEntry::Full(t) => Self {
                pattern: t.term,
                weight: t.weight,
                not: t.not,
                min: t.min,
            },
        }
    }
}

fn read(file: &str, text: &str) -> Result<File, Diagnostic> {
    let content: File = yaml::parse(file, text, 1)?;
    for list in [&content.groups, &content.topics] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = list.iter().find(|e| !seen.insert(&e.slug)) {
            return Err(Diagnostic::error(
                file,
                format!("the slug `{}` is given twice", twice.slug),
            )
            .help("keep one of the two entries, with the terms of both"));
        }
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(s: &str) -> TopicSlug {
        s.parse().expect("slug")
    }

    #[test]
    fn the_embedded_vocabulary_is_whole() {
        let text = include_str!("lexicon/topics.yaml");
        read("topics.yaml", text).expect("the embedded topics.yaml parses");
        let v = Vocabulary::embedded();
        assert_eq!(v.topics.len(), 76);
        for topic in &v.topics {
            let parent = topic.parent.as_ref().expect("a parent");
            assert!(v.group(parent).is_some(), "{parent}");
        }
        for entry in v.topics.iter().chain(&v.groups) {
            for lang in ["en", "fr", "es", "ar", "de", "pt", "it", "ru", "zh"] {
                assert!(entry.labels.contains_key(lang), "{} in {lang}", entry.slug);
            }
        }
        let fr: Lang = "fr-CA".parse().expect("lang");
        assert_eq!(v.label(&slug("defence"), &fr), "Politique de défense");
        assert_eq!(v.group_label(&slug("defence"), &fr), "Défense");
        assert_eq!(v.children(&slug("justice")).count(), 2);
    }

    #[test]
    fn a_site_extends_or_replaces() {
        let site = "topics:\n  - slug: mining\n    labels: {fr: Sous-sol}\n    terms:\n      fr: [bauxite, {term: mine*, not: [mine de rien]}]\n  - slug: chess\n    parent: culture-and-sport\n";
        let v = Vocabulary::parse("topics.yaml", site).expect("parses");
        assert_eq!(v.topics.len(), 77);
        let mining = v.get(&slug("mining")).expect("mining");
        assert_eq!(mining.terms["fr"].len(), 2);
        assert!(mining.builtin && mining.labels["en"] == "Mining");
        let v =
            Vocabulary::parse("topics.yaml", &format!("replace: true\n{site}")).expect("parses");
        assert_eq!(v.topics.len(), 2);
        assert!(!v.topics[0].builtin && v.topics[1].builtin);
        let twice = Vocabulary::parse("topics.yaml", "topics: [{slug: a}, {slug: a}]");
        assert!(twice.is_err_and(|d| d.message.contains("`a`")));
    }
}
