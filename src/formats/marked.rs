//! A Markdown seed → its text as it is, and its front matter as what a person wrote of it. Refuses what is no text, front matter that is no YAML,
//! and what must not be published: drafts, and an embargo that can't be read. Values of other programs that can't be read are named in a note.

use super::{html, not_text};
use crate::{
    content,
    distill::{Container, Said, Source},
    model::{CountryCode, Lang, PubDate, TopicSlug},
    yaml::{self, Node, Value},
};

const RULE: &str = "front matter of the seed";

/// A Markdown seed. Title, date, embargo, lang, countries, topics and summary of its front matter win over the text.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    let read = Source::plain(bytes).map_err(|why| not_text(why).to_owned())?;
    let text = read.text.replace("\r\n", "\n");
    let mut found = written(&text)?;
    found.notes.splice(..0, read.notes);
    Ok(found)
}

fn written(text: &str) -> Result<Source, String> {
    let (entries, body) = match toml(text) {
        Some(parts) => parts,
        None => yaml(text)?,
    };
    if entries.is_empty() {
        return Ok(html::titled(body.trim().to_owned()));
    }
    if body.trim().is_empty() {
        return Err("the seed has no text below its front matter; write it there".to_owned());
    }
    let mut front = Front::default();
    for (key, node) in &entries {
        front.take(&key.to_lowercase(), node)?;
    }
    let container = Container {
        by_hand: true,
        ..front.said
    };
    let mut found = html::source(body.trim().to_owned(), container);
    if !front.lost.is_empty() {
        found.notes.push(format!(
            "not taken from the front matter of the seed: {}; what should stand on the page belongs into the content file",
            front.lost.join(", ")
        ));
    }
    Ok(found)
}

/// The keys of a seed's front matter with their values, and what stands below it.
type Parts<'t> = (Vec<(String, Node)>, &'t str);

fn yaml(text: &str) -> Result<Parts<'_>, String> {
    let wrong = |line: usize, why: &str| {
        format!(
            "its front matter can't be read, line {line}: {why}; mend it, or take the first `---` away"
        )
    };
    let (front, body) =
        content::parted(text).map_err(|e| wrong(e.line.unwrap_or(1), &e.message))?;
    let root = yaml::nodes("seed", front, 2, yaml::FRONT_MATTER_LIMIT)
        .map_err(|e| wrong(e.line.unwrap_or(2), &e.message))?;
    let entries = match root.value {
        Value::Map(entries) => entries
            .into_iter()
            .map(|(key, _, node)| (key, node))
            .collect(),
        _ if root.is_null() => Vec::new(),
        _ => return Err(wrong(root.line, "it is not made of keys and values")),
    };
    Ok((entries, body))
}

/// Front matter between lines of `+++`, as other programs write it: the texts and lists of its first table.
fn toml(text: &str) -> Option<Parts<'_>> {
    let (front, body) = text.strip_prefix("+++\n")?.split_once("\n+++\n")?;
    let scalar = |text: &str| Value::Scalar {
        text: text.trim().trim_matches(['"', '\'']).to_owned(),
        plain: false,
    };
    let node = |value| Node { line: 1, value };
    let mut first = true;
    let entries = front
        .lines()
        .filter(|line| {
            first &= !line.starts_with('[');
            // Other programs force keys that they don't know into `[extra]`.
            first || line.starts_with("embargo")
        })
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| {
            let list = value
                .trim()
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'));
            let value = list.map_or_else(
                || scalar(value),
                |items| Value::List(items.split(',').map(scalar).map(node).collect()),
            );
            (key.trim().to_owned(), node(value))
        })
        .collect();
    Some((entries, body))
}

/// What front matter says so far.
#[derive(Default)]
struct Front {
    said: Container,
    /// What can't be read, or has no effect here: a key, or a key and its value.
    lost: Vec<String>,
}

/// Keys that content files have and seeds don't.
const NO_EFFECT: [&str; 8] = [
    "corrections",
    "expires",
    "organisations",
    "people",
    "series",
    "slug",
    "superseded_by",
    "withdrawn",
];

impl Front {
    fn take(&mut self, key: &str, node: &Node) -> Result<(), String> {
        let text = node.text().map(str::trim).filter(|text| !text.is_empty());
        match key {
            "title" => self.said.title = text.and_then(|t| Said::new(t, RULE)),
            "summary" | "description" => {
                let said = text.and_then(|t| Said::new(t, RULE));
                self.said.summary = said.or(self.said.summary.take());
            }
            "date" => {
                self.said.published = self.one(key, text, |text| {
                    let day = || html::day(text)?.parse().ok();
                    text.parse()
                        .ok()
                        .or_else(day)
                        .map(|date: PubDate| date.to_string())
                });
            }
            "lang" | "language" => {
                self.said.lang = self.one(key, text, |text| {
                    text.parse().ok().map(|lang: Lang| lang.to_string())
                });
            }
            "countries" => {
                self.said.countries = self.all(key, node, |text| {
                    text.parse().ok().map(|code: CountryCode| code.to_string())
                });
            }
            "topics" => {
                self.said.topics = self.all(key, node, |text| {
                    text.parse().ok().map(|slug: TopicSlug| slug.to_string())
                });
            }
            "embargo_until" => {
                let until = text.and_then(|text| text.parse::<PubDate>().ok());
                let until = until.ok_or("its embargo can't be read: the seed is left out, lest it be published too early; write `embargo_until: 2026-01-27`, or an instant with its offset")?;
                self.said.embargo = Said::new(until.to_string(), RULE);
            }
            key if key.starts_with("embargo") => {
                return Err(format!(
                    "`{key}` of its front matter is not known: the seed is left out, lest it be published too early; write `embargo_until: 2026-01-27`, or an instant with its offset"
                ));
            }
            // What is not plainly no is yes: a draft must not slip through.
            "draft"
                if text.is_some_and(|t| {
                    !matches!(t.to_ascii_lowercase().as_str(), "false" | "no" | "off")
                }) =>
            {
                return Err("its front matter says that it is a draft; take `draft` away when it may be published".to_owned());
            }
            "extra" => {
                let Value::Map(entries) = &node.value else {
                    return Ok(());
                };
                for (key, _, node) in entries {
                    let key = key.to_lowercase();
                    if key.starts_with("embargo") {
                        self.take(&key, node)?;
                    }
                }
            }
            key if NO_EFFECT.contains(&key) => self.lost.push(format!("`{key}`")),
            _ => {}
        }
        Ok(())
    }

    fn one(
        &mut self,
        key: &str,
        text: Option<&str>,
        read: impl Fn(&str) -> Option<String>,
    ) -> Option<Said> {
        let text = text?;
        let said = read(text).and_then(|value| Said::new(value, RULE));
        if said.is_none() {
            self.lost.push(format!("`{key}: {text}`"));
        }
        said
    }

    /// One text alone is a list of one.
    fn all(&mut self, key: &str, node: &Node, read: impl Fn(&str) -> Option<String>) -> Vec<Said> {
        let nodes = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        nodes
            .iter()
            .filter_map(|node| self.one(key, node.text(), &read))
            .collect()
    }
}
