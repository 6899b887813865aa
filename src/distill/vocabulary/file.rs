//! The text of a topics.yaml → its entries, checked. Refuses unknown keys, malformed slugs, a slug that is given twice, a term that could never
//! count, an identifier that is no Media Topic's, and a file that both extends and replaces.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Term;
use crate::{diagnostic::Diagnostic, model::TopicSlug, yaml};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    extend: Option<Base>,
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    pub(super) groups: Vec<Entry>,
    #[serde(default)]
    pub(super) topics: Vec<Entry>,
}

/// What a site's file adds to.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Base {
    Default,
    None,
}

impl File {
    /// Whether the built-in vocabulary is left out.
    pub(super) fn replaces(&self) -> bool {
        self.extend.map_or(self.replace, |base| base == Base::None)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) slug: TopicSlug,
    pub(super) parent: Option<TopicSlug>,
    pub(super) iptc: Option<String>,
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) terms: BTreeMap<String, Vec<TermEntry>>,
}

/// A term as a person writes it: `terroris*`, or `{term: mine*, weight: 3, not: [mine de rien], min: 2}`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum TermEntry {
    Plain(String),
    Full(FullTerm),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FullTerm {
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

/// Reads and checks a file; a mistake names the entry.
pub(super) fn read(file: &str, text: &str) -> Result<File, Diagnostic> {
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
        for entry in list {
            if let Some((problem, help)) = entry.problem() {
                let message = format!("topic `{}`: {problem}", entry.slug);
                return Err(Diagnostic::error(file, message).help(help));
            }
        }
    }
    if content.replace && content.extend == Some(Base::Default) {
        let message = "`extend: default` and `replace: true` contradict each other";
        return Err(Diagnostic::error(file, message).help("keep `extend`, drop `replace`"));
    }
    Ok(content)
}

impl Entry {
    /// What is wrong with the entry, and what to do next.
    fn problem(&self) -> Option<(String, &'static str)> {
        if let Some(iptc) = self.iptc.as_ref().filter(|id| !is_media_topic(id)) {
            return Some((
                format!("`{iptc}` is no Media Topic"),
                "write medtop: and the eight digits of the IPTC's list, such as medtop:15000000",
            ));
        }
        self.terms
            .iter()
            .flat_map(|(lang, terms)| terms.iter().map(move |term| (lang, term)))
            .find_map(|(lang, term)| {
                term.problem()
                    .map(|(problem, help)| (format!("{problem} (in `terms`, `{lang}`)"), help))
            })
    }
}

impl TermEntry {
    fn problem(&self) -> Option<(String, &'static str)> {
        let (term, weight, min) = match self {
            Self::Plain(term) => (term, plain_weight(), once()),
            Self::Full(full) => (&full.term, full.weight, full.min),
        };
        if !term.chars().any(char::is_alphanumeric) {
            Some((
                format!("the term `{term}` has no letter"),
                "write a word, or drop the line",
            ))
        } else if !(weight > 0.0 && weight <= 100.0) {
            Some((
                format!("the term `{term}` has the weight {weight}"),
                "a weight is above 0, up to 100; most are 1 to 5",
            ))
        } else if min == 0 {
            Some((
                format!("the term `{term}` has `min: 0`"),
                "`min` is how often the term must occur: 1 or more",
            ))
        } else {
            None
        }
    }
}

fn is_media_topic(id: &str) -> bool {
    id.strip_prefix("medtop:")
        .is_some_and(|n| n.len() == 8 && n.bytes().all(|b| b.is_ascii_digit()))
}
