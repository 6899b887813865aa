//! What became of the fields of the other site, and what could not be carried over.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Diagnostic;

/// What became of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Name and value are as they were.
    Kept,
    /// It is another field, or its value is written otherwise: what it is now.
    Changed(String),
    /// It is not in the new site: why.
    Dropped(String),
}

/// One field of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The file, from the other site's folder.
    pub file: String,
    /// The 1-based line.
    pub line: usize,
    /// The field: `title`, `taxonomies.tags`.
    pub field: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// All that a migration has to say.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// How many content files there are.
    pub pages: usize,
    /// How many other files were copied.
    pub copies: usize,
    /// Every field of every file.
    pub fields: Vec<Note>,
    /// What could not be carried over.
    pub findings: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn note(&mut self, file: &str, line: usize, field: &str, outcome: Outcome) {
        self.fields.push(Note {
            file: file.to_owned(),
            line,
            field: field.to_owned(),
            outcome,
        });
    }

    pub(super) fn find(&mut self, file: &str, line: Option<usize>, message: &str, help: &str) {
        let found = Diagnostic::warning(file, message).help(help);
        self.findings.push(match line {
            Some(line) => found.at(line),
            None => found,
        });
    }

    /// How often each field became what: (field, outcome) → times.
    pub fn sums(&self) -> BTreeMap<(&str, &Outcome), usize> {
        let mut sums = BTreeMap::new();
        for note in &self.fields {
            *sums
                .entry((note.field.as_str(), &note.outcome))
                .or_insert(0) += 1;
        }
        sums
    }

    /// Whether a file could not be read at all.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Diagnostic::is_error)
    }

    /// The report for programs, with the sums.
    pub fn to_json(&self) -> serde_json::Value {
        let sums: Vec<_> = self
            .sums()
            .into_iter()
            .map(|((field, outcome), times)| {
                serde_json::json!({"field": field, "outcome": outcome, "times": times})
            })
            .collect();
        serde_json::json!({
            "pages": self.pages,
            "copies": self.copies,
            "sums": sums,
            "fields": self.fields,
            "findings": self.findings,
        })
    }
}
