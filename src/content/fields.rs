//! One YAML node → one typed value of front matter. A wrong value is an error that names the key, its line and what it should be.

use std::str::FromStr;

use serde_json::Map;

use super::{Correction, Kind, SeedRef, Withdrawal};
use crate::{
    diagnostic::Diagnostic,
    distill::Person,
    model::PubDate,
    yaml::{Node, Value},
};

/// A key of front matter with its value, while it is being read.
pub(super) struct Field<'a> {
    pub(super) file: &'a str,
    pub(super) key: &'a str,
    pub(super) node: &'a Node,
}

type Read<T> = Result<T, Diagnostic>;

impl<'a> Field<'a> {
    fn wrong(&self, node: &Node, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, format!("`{}`: {}", self.key, message.into())).at(node.line)
    }

    fn with<'b>(&'b self, key: &'b str, node: &'b Node) -> Field<'b> {
        Field {
            file: self.file,
            key,
            node,
        }
    }

    /// A text, whatever type YAML would give it. Empty is as good as absent.
    pub(super) fn text(&self) -> Read<Option<String>> {
        Ok(self.scalar(self.node)?.map(str::to_owned))
    }

    fn scalar<'n>(&self, node: &'n Node) -> Read<Option<&'n str>> {
        match &node.value {
            Value::Scalar { .. } => Ok(node.text().filter(|t| !t.trim().is_empty())),
            _ => Err(self
                .wrong(node, "one text is expected here, not a list or a mapping")
                .help(format!("write `{}: \"the text\"`", self.key))),
        }
    }

    /// A text of some form. The error of `T` says what it should be.
    pub(super) fn parsed<T: FromStr<Err: ToString>>(&self) -> Read<Option<T>> {
        self.scalar(self.node)?
            .map(|text| {
                text.parse()
                    .map_err(|e: T::Err| self.wrong(self.node, e.to_string()))
            })
            .transpose()
    }

    /// A calendar day.
    pub(super) fn day(&self) -> Read<Option<jiff::civil::Date>> {
        self.scalar(self.node)?
            .map(|text| {
                text.parse().map_err(|_| {
                    self.wrong(
                        self.node,
                        format!("`{text}` is not a day: write it as 2026-01-27"),
                    )
                })
            })
            .transpose()
    }

    /// A list of texts; one text alone is a list of one.
    pub(super) fn texts(&self) -> Read<Vec<String>> {
        self.items(|field, node| Ok(field.scalar(node)?.map(str::to_owned)))
    }

    /// A list of texts of some form, each once.
    pub(super) fn all<T: FromStr<Err: ToString> + PartialEq>(&self) -> Read<Vec<T>> {
        let mut list: Vec<T> = Vec::new();
        let items = self.items(|field, node| {
            field
                .scalar(node)?
                .map(|text| {
                    text.parse()
                        .map_err(|e: T::Err| field.wrong(node, e.to_string()))
                })
                .transpose()
        })?;
        for item in items {
            if !list.contains(&item) {
                list.push(item);
            }
        }
        Ok(list)
    }

    fn items<T>(&self, read: impl Fn(&Self, &Node) -> Read<Option<T>>) -> Read<Vec<T>> {
        match &self.node.value {
            Value::List(nodes) => nodes
                .iter()
                .filter_map(|node| read(self, node).transpose())
                .collect(),
            Value::Map(_) => Err(self
                .wrong(self.node, "a list is expected here, not a mapping")
                .help(format!("write `{}: [one, two]`", self.key))),
            Value::Scalar { .. } => Ok(read(self, self.node)?.into_iter().collect()),
        }
    }

    /// People: `Name`, or `{name: Name, role: what they are}`.
    pub(super) fn people(&self) -> Read<Vec<Person>> {
        self.items(|field, node| {
            let Value::Map(entries) = &node.value else {
                return Ok(field.scalar(node)?.map(|name| Person {
                    name: name.to_owned(),
                    role: String::new(),
                }));
            };
            let (mut name, mut role) = (None, None);
            for (key, line, value) in entries {
                let value = field.with(field.key, value);
                match key.as_str() {
                    "name" => name = value.text()?,
                    "role" => role = value.text()?,
                    _ => {
                        let e = field.wrong(node, format!("a person has no `{key}`"));
                        return Err(e.at(*line).help("write `{name: …, role: …}`"));
                    }
                }
            }
            let name = name.ok_or_else(|| {
                field
                    .wrong(node, "a person without a `name`")
                    .help("write `{name: …, role: …}`")
            })?;
            Ok(Some(Person {
                name,
                role: role.unwrap_or_default(),
            }))
        })
    }

    /// Corrections: a text, or `{date: …, text: …}`.
    pub(super) fn corrections(&self) -> Read<Vec<Correction>> {
        self.items(|field, node| {
            let Some((date, text)) = field.dated(node, "text")? else {
                return Ok(None);
            };
            if text.is_empty() {
                return Err(field
                    .wrong(node, "a correction without a `text`")
                    .help("write `{date: 2026-01-27, text: what was changed}`"));
            }
            Ok(Some(Correction { date, text }))
        })
    }

    /// A withdrawal: `true`, a day, a reason, or `{date: …, reason: …}`.
    pub(super) fn withdrawal(&self) -> Read<Option<Withdrawal>> {
        if let Value::Scalar { .. } = self.node.value
            && let Some(text) = self.scalar(self.node)?
            && let Ok(date) = text.parse()
        {
            let reason = String::new();
            return Ok(Some(Withdrawal {
                date: Some(date),
                reason,
            }));
        }
        Ok(match self.scalar(self.node).ok().flatten() {
            Some("false" | "no" | "off") => None,
            Some("true" | "yes" | "on") => Some(Withdrawal::default()),
            _ => self
                .dated(self.node, "reason")?
                .map(|(date, reason)| Withdrawal { date, reason }),
        })
    }

    /// A text, or `{date: …, <key>: …}`.
    fn dated(&self, node: &Node, key: &str) -> Read<Option<(Option<PubDate>, String)>> {
        let Value::Map(entries) = &node.value else {
            return Ok(self.scalar(node)?.map(|text| (None, text.to_owned())));
        };
        let (mut date, mut text) = (None, None);
        for (name, line, value) in entries {
            let value = self.with(self.key, value);
            if name == "date" {
                date = value.parsed()?;
            } else if name == key {
                text = value.text()?;
            } else {
                let e = self.wrong(node, format!("there is no `{name}` in it"));
                return Err(e.at(*line).help(format!("write `{{date: …, {key}: …}}`")));
            }
        }
        Ok(Some((date, text.unwrap_or_default())))
    }

    /// `true` or `false`, with the other words that YAML has known for them.
    pub(super) fn truth(&self) -> Read<bool> {
        let Some(text) = self.scalar(self.node)? else {
            return Ok(false);
        };
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Ok(true),
            "false" | "no" | "off" => Ok(false),
            _ => Err(self.wrong(self.node, format!("`{text}` is neither true nor false"))),
        }
    }

    /// A whole number.
    pub(super) fn number(&self) -> Read<Option<i64>> {
        self.scalar(self.node)?
            .map(|text| {
                text.parse()
                    .map_err(|_| self.wrong(self.node, format!("`{text}` is not a whole number")))
            })
            .transpose()
    }

    /// What the file is.
    pub(super) fn kind(&self) -> Read<Option<Kind>> {
        match self.scalar(self.node)? {
            None => Ok(None),
            Some("briefing") => Ok(Some(Kind::Briefing)),
            Some("page") => Ok(Some(Kind::Page)),
            Some(other) => {
                Err(self.wrong(self.node, format!("`{other}` is neither briefing nor page")))
            }
        }
    }

    /// The entries of a mapping; null is an empty one.
    pub(super) fn entries(&self) -> Read<&'a [(String, usize, Node)]> {
        match &self.node.value {
            Value::Map(entries) => Ok(entries),
            Value::Scalar { .. } if self.node.is_null() => Ok(&[]),
            _ => Err(self.wrong(self.node, "a mapping of keys and values is expected here")),
        }
    }

    /// The seed that the file came from: a path, or `{file, sha256, derivation}`.
    pub(super) fn seed(&self) -> Read<Option<SeedRef>> {
        if let Value::Scalar { .. } = self.node.value {
            return Ok(self.text()?.map(|file| SeedRef {
                file,
                sha256: String::new(),
                derivation: None,
            }));
        }
        let (mut file, mut sha256, mut derivation) = (None, None, None);
        for (key, _, value) in self.entries()? {
            let value = self.with(self.key, value);
            match key.as_str() {
                "file" => file = value.text()?,
                "sha256" => sha256 = value.text()?,
                "derivation" => derivation = value.text()?,
                _ => {}
            }
        }
        let file = file.ok_or_else(|| {
            self.wrong(self.node, "the `file` of the seed is missing")
                .help("write `seed: {file: seeds/name.txt}`")
        })?;
        Ok(Some(SeedRef {
            file,
            sha256: sha256.unwrap_or_default(),
            derivation,
        }))
    }

    /// Any mapping, for templates.
    pub(super) fn extra(&self) -> Read<Map<String, serde_json::Value>> {
        Ok(self
            .entries()?
            .iter()
            .map(|(key, _, value)| (key.clone(), value.to_json()))
            .collect())
    }
}
