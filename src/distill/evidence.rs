//! Why a value is what it is: the span of text, the rule, the weight, and what was rejected.

use std::collections::BTreeMap;

use serde::Serialize;

/// A byte range in the decoded text of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A front-matter field that is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the key of that name in front matter")]
pub enum Field {
    Lang,
    Title,
    Date,
    Countries,
    Topics,
    People,
    Organisations,
    Summary,
    Slug,
}

/// One reason for or against one value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Where in the decoded text.
    #[serde(flatten)]
    pub span: Span,
    /// The decoded text of the span, verbatim.
    pub text: String,
    /// The rule's name, stable and readable: `weekday + day + month`, `capital as government`.
    pub rule: String,
    /// What the rule adds to the value's score; comparable within one field only.
    pub weight: f32,
    /// The value that this speaks for: `2026-01-27`, `MA`, `terrorism`.
    pub value: String,
    /// Whether the value won.
    pub accepted: bool,
}

/// The evidence of each field, strongest first.
pub type EvidenceMap = BTreeMap<Field, Vec<Evidence>>;

/// What one stage found: its value, why, and what a person should look at.
#[derive(Clone, Debug, Default)]
pub struct Finding<T> {
    /// The value.
    pub value: T,
    /// For and against, strongest first.
    pub evidence: Vec<Evidence>,
    /// One sentence each.
    pub warnings: Vec<String>,
}
