//! The text of a topics.yaml → its entries, checked. Refuses unknown keys, malformed slugs, a slug that is given twice, a term that could never
//! count or is given twice, an identifier that is no Media Topic's, a parent that is unknown or a circle of parents, and a file that both extends
//! and replaces. Each mistake has its line.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::Term;
use crate::{
    diagnostic::Diagnostic,
    model::TopicSlug,
    yaml::{self, Value},
};

/// The topics of a site: topics.yaml.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "topics.yaml")]
pub(super) struct File {
    /// Whether the built-in vocabulary is kept (`default`) or left out (`none`).
    extend: Option<Base>,
    /// The older way of saying `extend: none`.
    #[serde(default)]
    replace: bool,
    /// Groups of topics.
    #[serde(default)]
    pub(super) groups: Vec<Entry>,
    /// The topics.
    #[serde(default)]
    pub(super) topics: Vec<Entry>,
}

/// What a site's file adds to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
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

/// A topic, or a group of topics.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its name in front matter and in addresses.
    pub(super) slug: TopicSlug,
    /// The slug of the group that it belongs to.
    pub(super) parent: Option<TopicSlug>,
    /// The IPTC Media Topic of the same scope: `medtop:15000000`.
    pub(super) iptc: Option<String>,
    /// What readers see, by language.
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
    /// The words that it is found by, by language.
    #[serde(default)]
    pub(super) terms: BTreeMap<String, Vec<TermEntry>>,
}

/// A term as a person writes it: `terroris*`, or `{term: mine*, weight: 3, not: [mine de rien], min: 2}`.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum TermEntry {
    Plain(String),
    Full(FullTerm),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FullTerm {
    /// The words; `*` at the end of a word stands for any ending.
    term: String,
    /// How much it speaks for the topic.
    #[serde(default = "plain_weight")]
    weight: f32,
    /// Longer phrases in which the words mean something else.
    #[serde(default)]
    not: Vec<String>,
    /// From which occurrence it counts.
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

/// The JSON Schema (draft 2020-12) of a topics.yaml.
pub(super) fn schema() -> serde_json::Value {
    schemars::schema_for!(File).to_value()
}

/// What is wrong with a file: where in its tree, what, and what to do next.
struct Problem {
    path: Vec<String>,
    message: String,
    help: &'static str,
}

/// Reads and checks a file; a mistake names the entry and its line.
pub(super) fn read(file: &str, text: &str) -> Result<File, Diagnostic> {
    let content: File = yaml::parse(file, text, 1)?;
    match content.problem() {
        None => Ok(content),
        Some(problem) => Err(problem.said(file, text)),
    }
}

/// Refuses a parent that no group and no topic of `known` has for its slug, and entries that are each other's parents.
pub(super) fn check_parents(
    file: &str,
    text: &str,
    content: &File,
    known: &BTreeMap<&TopicSlug, Option<&TopicSlug>>,
) -> Result<(), Diagnostic> {
    let parent_of = |slug: &TopicSlug| known.get(slug).copied().flatten();
    for (list, nth, entry) in content.entries() {
        let Some(parent) = entry.parent.as_ref() else {
            continue;
        };
        let (message, help) = if !known.contains_key(parent) {
            (
                format!(
                    "topic `{}`: no group or topic has the slug of its parent, `{parent}`",
                    entry.slug
                ),
                "correct the slug, or add it under `groups`",
            )
        } else if list == "groups"
            && std::iter::successors(Some(parent), |slug| parent_of(slug))
                .take(known.len() + 1)
                .any(|slug| *slug == entry.slug)
        {
            (
                format!("topic `{}` lies, by its parents, in itself", entry.slug),
                "take `parent` away from one of the groups of the circle",
            )
        } else {
            continue;
        };
        let path = [list, &nth.to_string(), "parent"]
            .map(str::to_owned)
            .to_vec();
        return Err(Problem {
            path,
            message,
            help,
        }
        .said(file, text));
    }
    Ok(())
}

impl Problem {
    fn said(self, file: &str, text: &str) -> Diagnostic {
        let found = Diagnostic::error(file, self.message).help(self.help);
        match line(file, text, &self.path) {
            Some(line) => found.at(line),
            None => found,
        }
    }
}

/// The line of what `path` leads to: keys of mappings and places in lists; of the last step that is there.
fn line(file: &str, text: &str, path: &[String]) -> Option<usize> {
    let tree = yaml::nodes(file, text, 1, text.len()).ok()?;
    let (mut node, mut line) = (&tree, tree.line);
    for step in path {
        let next = match &node.value {
            Value::List(items) => step
                .parse()
                .ok()
                .and_then(|nth: usize| items.get(nth))
                .map(|n| (n, n.line)),
            Value::Map(entries) => entries
                .iter()
                .find(|(key, ..)| key == step)
                .map(|(_, line, node)| (node, *line)),
            Value::Scalar { .. } => None,
        };
        let Some(found) = next else { break };
        (node, line) = found;
    }
    Some(line)
}

impl File {
    /// All entries, with the list that each is in and its place there.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, usize, &Entry)> {
        let groups = self
            .groups
            .iter()
            .enumerate()
            .map(|(n, e)| ("groups", n, e));
        groups.chain(
            self.topics
                .iter()
                .enumerate()
                .map(|(n, e)| ("topics", n, e)),
        )
    }

    fn problem(&self) -> Option<Problem> {
        if self.replace && self.extend == Some(Base::Default) {
            return Some(Problem {
                path: vec!["replace".to_owned()],
                message: "`extend: default` and `replace: true` contradict each other".to_owned(),
                help: "keep `extend`, drop `replace`",
            });
        }
        let mut seen = BTreeSet::new();
        self.entries().find_map(|(list, nth, entry)| {
            let (mut path, message, help) = if seen.insert((list, &entry.slug)) {
                let (path, problem, help) = entry.problem()?;
                (path, format!("topic `{}`: {problem}", entry.slug), help)
            } else {
                (
                    vec!["slug".to_owned()],
                    format!("the slug `{}` is given twice", entry.slug),
                    "keep one of the two entries, with the terms of both",
                )
            };
            path.splice(0..0, [list.to_owned(), nth.to_string()]);
            Some(Problem {
                path,
                message,
                help,
            })
        })
    }
}

impl Entry {
    /// What is wrong with the entry: where in it, what, and what to do next.
    fn problem(&self) -> Option<(Vec<String>, String, &'static str)> {
        if let Some(iptc) = self.iptc.as_ref().filter(|id| !is_media_topic(id)) {
            return Some((
                vec!["iptc".to_owned()],
                format!("`{iptc}` is no Media Topic"),
                "write medtop: and the eight digits of the IPTC's list, such as medtop:15000000",
            ));
        }
        self.terms.iter().find_map(|(lang, terms)| {
            let mut seen = BTreeSet::new();
            terms.iter().enumerate().find_map(|(nth, term)| {
                let (problem, help) = term.problem().or_else(|| {
                    (!seen.insert(term.pattern().to_lowercase())).then(|| {
                        (
                            format!("the term `{}` is given twice", term.pattern()),
                            "keep one of the two, with the weight that you mean",
                        )
                    })
                })?;
                let path = ["terms", lang, &nth.to_string()].map(str::to_owned);
                Some((
                    path.to_vec(),
                    format!("{problem} (in `terms`, `{lang}`)"),
                    help,
                ))
            })
        })
    }
}

impl TermEntry {
    fn pattern(&self) -> &str {
        match self {
            Self::Plain(term) => term,
            Self::Full(full) => &full.term,
        }
    }

    fn problem(&self) -> Option<(String, &'static str)> {
        let term = self.pattern();
        let (weight, min) = match self {
            Self::Plain(_) => (plain_weight(), once()),
            Self::Full(full) => (full.weight, full.min),
        };
        if !term.chars().any(char::is_alphanumeric) {
            Some((
                format!("the term `{term}` has no letter"),
                "write a word, or drop the line",
            ))
        } else if term
            .split(' ')
            .any(|word| word.trim_matches('*').contains('*'))
        {
            Some((
                format!("the term `{term}` has a `*` inside a word"),
                "a `*` stands at the end or the beginning of a word; write each form as a term of its own",
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
