//! topics.yaml → the topic vocabulary: slugs, parents (groups), labels and weighted trigger terms per language.
//!
//! The embedded topics.yaml holds structure and labels; its trigger terms lie in one file a language (see [`super::topics`]), so that one
//! document costs the reading of one language. A site's own topics.yaml has the same form and extends the embedded one (`extend: default`), or
//! replaces it (`extend: none`; `replace: true` says the same). What such a file may not say is in vocabulary/file.rs.

mod file;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError},
};

use super::topics::matcher::Matcher;
use crate::{
    diagnostic::Diagnostic,
    model::{Lang, TopicSlug},
};
use file::{Entry, File, check_parents, read};

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

type Matchers = Arc<Mutex<BTreeMap<String, Arc<OnceLock<Arc<Matcher>>>>>>;

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

    /// The JSON Schema (draft 2020-12) of a topics.yaml.
    pub fn schema() -> serde_json::Value {
        file::schema()
    }

    /// A site's own topics.yaml: extends the embedded vocabulary, or replaces it where it says `extend: none`.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let content = read(file, yaml)?;
        let base = if content.replaces() {
            Self::default()
        } else {
            Self::embedded().clone()
        };
        let builtin = Self::embedded();
        let groups = builtin.groups.iter().chain(&builtin.topics);
        let mut known: BTreeMap<&TopicSlug, Option<&TopicSlug>> = BTreeMap::new();
        // A group may share its slug with a topic; the chain of parents goes by the group.
        for (slug, parent) in content
            .entries()
            .map(|(_, _, e)| (&e.slug, e.parent.as_ref()))
            .chain(groups.map(|t| (&t.slug, t.parent.as_ref())))
        {
            known.entry(slug).or_insert(parent);
        }
        check_parents(file, yaml, &content, &known)?;
        drop(known);
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

    /// Whether a slug is one of a topic or a group.
    pub fn knows(&self, slug: &TopicSlug) -> bool {
        self.get(slug).or_else(|| self.group(slug)).is_some()
    }

    /// The topics of a group, in file order.
    pub fn children<'a>(&'a self, group: &'a TopicSlug) -> impl Iterator<Item = &'a Topic> {
        self.topics
            .iter()
            .filter(move |t| t.parent.as_ref() == Some(group))
    }

    /// What lies above a topic, the nearest first. A group that shares the topic's slug is not above it.
    pub fn above(&self, slug: &TopicSlug) -> Vec<&TopicSlug> {
        let mut above: Vec<&TopicSlug> = Vec::new();
        let mut next = self.get(slug).and_then(|topic| topic.parent.as_ref());
        while let Some(parent) = next.filter(|parent| !above.contains(parent)) {
            above.push(parent);
            let group = self.group(parent).or_else(|| self.get(parent));
            next = group.and_then(|group| group.parent.as_ref());
        }
        above.retain(|parent| *parent != slug);
        above
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
        let lang = lang.primary();
        let mut matchers = self.matchers.lock().unwrap_or_else(PoisonError::into_inner);
        let own = match matchers.get(lang) {
            Some(own) => Arc::clone(own),
            None => Arc::clone(matchers.entry(lang.to_owned()).or_default()),
        };
        // Other languages go on while this one is made ready.
        drop(matchers);
        Arc::clone(own.get_or_init(|| Arc::new(Matcher::new(self, lang))))
    }

    fn extended(mut self, file: File) -> Self {
        let replaces = file.replaces();
        merge(&mut self.groups, file.groups, replaces);
        merge(&mut self.topics, file.topics, replaces);
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

    #[test]
    fn a_site_says_what_it_extends() {
        let own = "topics:\n  - slug: chess\n    terms:\n      en: [{term: gambit*, weight: 4, min: 2, not: [gambit of]}]\n";
        let count = |head: &str| {
            Vocabulary::parse("topics.yaml", &format!("{head}{own}")).map(|v| v.topics.len())
        };
        assert_eq!(count("extend: default\n").ok(), Some(77));
        assert_eq!(count("extend: none\n").ok(), Some(1));
        assert!(count("extend: some\n").is_err());
        assert!(count("extend: default\nreplace: true\n").is_err());
    }

    #[test]
    fn a_mistake_has_its_line() {
        for (yaml, line, said) in [
            ("topics:\n  - slug: Two Words\n", 2, "Two Words"),
            ("topics:\n  - slug: a\n  - slug: a\n", 3, "given twice"),
            (
                "groups:\n  - slug: a\n    parent: b\n  - slug: b\n    parent: a\n",
                3,
                "in itself",
            ),
            (
                "topics:\n  - slug: a\n    terms:\n      en:\n        - one\n        - {term: two, weight: -1}\n",
                6,
                "the weight -1",
            ),
        ] {
            let error = Vocabulary::parse("topics.yaml", yaml).expect_err(yaml);
            assert!(error.message.contains(said), "{}", error.message);
            assert_eq!(error.line, Some(line), "{}", error.message);
        }
        let group = "groups: [{slug: a}]\ntopics: [{slug: b, parent: a}]";
        assert!(Vocabulary::parse("topics.yaml", &format!("extend: none\n{group}")).is_ok());
    }

    #[test]
    fn what_could_never_count_is_said() {
        for (entry, said) in [
            ("terms: {en: [{term: gambit, weight: 0}]}", "the weight 0"),
            (
                "terms: {en: [{term: gambit, weight: .nan}]}",
                "the weight NaN",
            ),
            ("terms: {en: [{term: gambit, min: 0}]}", "`min: 0`"),
            ("terms: {fr: ['*']}", "no letter (in `terms`, `fr`)"),
            ("iptc: '15000000'", "`15000000` is no Media Topic"),
            ("terms: {fr: [mi*ne]}", "a `*` inside a word"),
            (
                "terms: {fr: [mine*, {term: Mine*}]}",
                "`Mine*` is given twice",
            ),
            ("parent: sprot", "the slug of its parent, `sprot`"),
        ] {
            let yaml = format!("topics:\n  - slug: chess\n    {entry}\n");
            let error = Vocabulary::parse("topics.yaml", &yaml).expect_err(entry);
            assert!(error.message.contains(said), "{entry}: {}", error.message);
            assert!(error.message.contains("`chess`"), "{}", error.message);
            assert_eq!(error.line, Some(3), "{}", error.message);
        }
    }
}
