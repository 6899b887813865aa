//! Content files + a change of a topic or country → the files as they must be. Values keep their order; what changes is the person's from then on.

use std::str::FromStr;

use super::{Files, Planned, texts};
use crate::{
    content::{self, edit},
    diagnostic::Diagnostic,
    model::{CountryCode, TopicSlug},
};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// A topic
    Topic,
    /// A country
    Country,
}

/// How.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One in place of another.
    Rename(String, String),
    /// One more, last.
    Add(String),
    /// One less.
    Remove(String),
}

impl Kind {
    /// Its key in front matter, and the first part of the addresses of its lists.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Country => "countries",
        }
    }

    /// A value in its one spelling.
    pub fn value(self, text: &str) -> Result<String, String> {
        match self {
            Self::Topic => TopicSlug::from_str(text).map(|slug| slug.to_string()),
            Self::Country => CountryCode::from_str(text).map(|code| code.to_string()),
        }
    }
}

/// The files that change. `only` are paths from content/; none are all. A file that can't be edited safely is an error; the others are there.
pub fn retag(
    files: &Files,
    only: &[String],
    kind: Kind,
    change: &Change,
) -> (Vec<Planned>, Vec<Diagnostic>) {
    let (mut planned, mut faults) = (Vec::new(), Vec::new());
    for (path, text) in texts(files) {
        if !only.is_empty() && !only.iter().any(|one| one == path) {
            continue;
        }
        // What can't be read is for `check` to say.
        let Ok((entry, _)) = content::read(path, text.as_bytes()) else {
            continue;
        };
        let values = entry.front.values(kind.key());
        let new = changed(&values, change);
        if new == values {
            continue;
        }
        let file = format!("content/{path}");
        match edit::set(&file, text, kind.key(), &new) {
            Ok(None) => {}
            Ok(Some(after)) => planned.push(Planned {
                file,
                to: None,
                before: text.to_owned(),
                after,
            }),
            Err(fault) => faults.push(fault),
        }
    }
    (planned, faults)
}

fn changed(values: &[String], change: &Change) -> Vec<String> {
    let mut new: Vec<String> = Vec::new();
    let renamed = values.iter().map(|value| match change {
        Change::Rename(old, to) if value == old => to.clone(),
        _ => value.clone(),
    });
    let added = match change {
        Change::Add(value) => Some(value.clone()),
        _ => None,
    };
    for value in renamed.chain(added) {
        let gone = matches!(change, Change::Remove(old) if *old == value);
        if !gone && !new.contains(&value) {
            new.push(value);
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Files {
        texts
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec().into()))
            .collect()
    }

    #[test]
    fn a_value_is_renamed_in_its_place_and_comments_stay() {
        let all = files(&[
            (
                "a.md",
                "---\ntitle: A\ntopics: [trade, ports] # checked\n---\nx\n",
            ),
            (
                "b.md",
                "---\ntitle: B\ntopics:\n  - ports\n  # by hand\n  - fish\n---\n",
            ),
            ("c.md", "---\ntitle: C\ntopics: [harbours, ports]\n---\n"),
            ("d.md", "---\ntitle: D\ntopics: [trade]\n---\n"),
            ("e.md", "---\ntaxonomies: {topics: [ports]}\n---\n"),
        ]);
        let change = Change::Rename("ports".to_owned(), "harbours".to_owned());
        let (planned, faults) = retag(&all, &[], Kind::Topic, &change);
        let after: Vec<(&str, &str)> = planned
            .iter()
            .map(|one| (one.file.as_str(), one.after.as_str()))
            .collect();
        assert_eq!(
            after,
            [
                (
                    "content/a.md",
                    "---\ntitle: A\ntopics: [trade, harbours] # checked\n---\nx\n"
                ),
                (
                    "content/b.md",
                    "---\ntitle: B\ntopics:\n  - harbours\n  # by hand\n  - fish\n---\n"
                ),
                ("content/c.md", "---\ntitle: C\ntopics: [harbours]\n---\n"),
            ]
        );
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].file, "content/e.md");
        let (planned, _) = retag(
            &all,
            &["d.md".to_owned()],
            Kind::Country,
            &Change::Add("NO".to_owned()),
        );
        assert_eq!(
            planned[0].after,
            "---\ntitle: D\ncountries:\n  - \"NO\"\ntopics: [trade]\n---\n"
        );
    }
}
