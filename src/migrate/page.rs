//! A content file of the new site while it is put together, and how its front matter is written.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{
    content::{self, Entry},
    diagnostic::Diagnostic,
    model::PubDate,
    site::life::{self, Stage},
    yaml,
};

/// A content file.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its path in the other site.
    pub(super) from: String,
    /// The path by which links of the other tool name it: from its content folder.
    pub(super) source: String,
    /// Its path from content/.
    pub(super) to: String,
    /// Its name as the other tool reads it, without its end, where ours has no full stop that would be taken for the beginning of a language.
    pub(super) dotted: Option<String>,
    /// Its address in the other site: `/blog/a/`, `/a.html`.
    pub(super) address: String,
    /// Whether that address is not known, and only stands for one.
    pub(super) untold: bool,
    /// Whether the files in its folder were public though it had no address itself.
    pub(super) files_shown: bool,
    /// Our front matter.
    pub(super) front: Front,
    /// The Markdown.
    pub(super) body: String,
    /// The 1-based line of the body in the old file.
    pub(super) body_line: usize,
}

impl Page {
    /// The page as the build reads it.
    pub(super) fn entry(&self) -> Result<Entry, Diagnostic> {
        content::read(&self.to, self.front.file("").as_bytes()).map(|(entry, _)| entry)
    }

    /// Whether the build would show the page to nobody now: a draft, one whose embargo lasts, one that has expired, or one that can't be read.
    pub(super) fn is_kept_back(&self, now: Timestamp) -> bool {
        self.entry().map_or(true, |entry| {
            entry.front.draft || life::stage(&entry, now) != Stage::Public
        })
    }
}

/// Front matter in the words of Dépêche.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    values: Map<String, Value>,
    pub(super) extra: Map<String, Value>,
}

const ORDER: [&str; 17] = [
    "title",
    "date",
    "updated",
    "embargo_until",
    "expires",
    "lang",
    "countries",
    "topics",
    "people",
    "series",
    "summary",
    "slug",
    "draft",
    "weight",
    "translation_of",
    "aliases",
    "kind",
];

impl Front {
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key)?.as_str()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.values.insert(key.to_owned(), value.into());
    }

    /// The texts of a list.
    pub(super) fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let items = self.values.get(key).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Adds what a list lacks.
    pub(super) fn add(&mut self, key: &str, item: &str) {
        let list = self
            .values
            .entry(key.to_owned())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list
            && !items.iter().any(|i| i == item)
        {
            items.push(item.into());
        }
    }

    /// Keeps of a list what `wanted` wants; an empty list goes.
    pub(super) fn keep(&mut self, key: &str, mut wanted: impl FnMut(&str) -> bool) {
        let Some(Value::Array(items)) = self.values.get_mut(key) else {
            return;
        };
        items.retain(|item| item.as_str().is_some_and(&mut wanted));
        if items.is_empty() {
            self.values.remove(key);
        }
    }

    /// The file: front matter and body.
    pub(super) fn file(&self, body: &str) -> String {
        let mut out = String::from("---\n");
        for key in ORDER {
            if let Some(value) = self.values.get(key) {
                out.push_str(&pair(key, value));
            }
        }
        if !self.extra.is_empty() {
            out.push_str(&pair("extra", &Value::Object(self.extra.clone())));
        }
        out.push_str("---\n\n");
        let body = body.trim();
        out.push_str(body);
        if !body.is_empty() {
            out.push('\n');
        }
        out
    }
}

/// A key with its value as YAML; lists and the first level of mappings have a line an item.
pub(super) fn pair(key: &str, value: &Value) -> String {
    let name = yaml::scalar(key);
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items = items.iter().map(|item| format!("  - {}\n", one(key, item)));
            format!("{name}:\n{}", items.collect::<String>())
        }
        Value::Object(entries) if !entries.is_empty() => {
            let lines = entries
                .iter()
                .map(|(k, v)| format!("  {}: {}\n", yaml::scalar(k), one("", v)));
            format!("{name}:\n{}", lines.collect::<String>())
        }
        value => format!("{name}: {}\n", one(key, value)),
    }
}

fn one(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => {
            let moment = matches!(key, "date" | "updated" | "embargo_until" | "expires")
                && text.len() != 7
                && text.parse::<PubDate>().is_ok();
            if moment {
                text.clone()
            } else {
                yaml::scalar(text)
            }
        }
        // JSON is YAML.
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_written_so_that_it_reads_the_same() {
        let mut front = Front::default();
        front.set("title", "A: \"b\", c");
        front.set("date", "2026-01-27");
        front.add("topics", "trade");
        front.add("topics", "trade");
        front.add("people", "Ann O’Hara, Jr.");
        front
            .extra
            .insert("a b".into(), serde_json::json!({"x": [1, "é: \u{1}"]}));
        let text = front.file("\nx\n\n");
        let (entry, warnings) = content::read("a.md", text.as_bytes()).expect(&text);
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(entry.front.title.as_deref(), Some("A: \"b\", c"));
        assert_eq!(entry.front.people[0].name, "Ann O’Hara, Jr.");
        assert_eq!(entry.front.topics.len(), 1);
        assert_eq!(entry.front.extra["a b"]["x"][1], "é: \u{1}");
        assert!(
            text.contains("date: 2026-01-27\n") && text.ends_with("---\n\nx\n"),
            "{text}"
        );
    }
}
