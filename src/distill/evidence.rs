//! Why a value is what it is: the span of text, the rule, the weight, and what was rejected.

use std::collections::BTreeMap;

use compact_str::CompactString;
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
    Dateline,
}

/// One reason for or against one value. A document has some eighty: what is short takes no memory of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Where in the decoded text.
    #[serde(flatten)]
    pub span: Span,
    /// The decoded text of the span, verbatim.
    pub text: CompactString,
    /// The rule's name, stable and readable: `weekday + day + month`, `capital as government`.
    pub rule: CompactString,
    /// What the rule adds to the value's score; comparable within one field only.
    pub weight: f32,
    /// The value that this speaks for: `2026-01-27`, `MA`, `terrorism`.
    pub value: CompactString,
    /// Whether the value won.
    pub accepted: bool,
}

/// How the rule of an [account](Evidence::is_account) begins.
pub(crate) const ACCOUNT: &str = "points: ";

impl Evidence {
    /// Whether its rule lists the parts of a sum, and its weight is the sum.
    pub fn is_account(&self) -> bool {
        self.rule.starts_with(ACCOUNT)
    }
}

/// The evidence of each field, strongest first.
pub type EvidenceMap = BTreeMap<Field, Vec<Evidence>>;

/// How sure a stage is of one value: from 0 (a guess) to 1 (the text says so in as many words), in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence {
    hundredths: u8,
}

impl Confidence {
    /// From here on a value may stand without a person's look at it.
    pub const ENOUGH: Self = Self { hundredths: 70 };

    /// What lies outside 0 to 1 is brought to the nearer end; what is no number is 0.
    pub fn new(sure: f32) -> Self {
        Self {
            hundredths: (sure * 100.0).round().clamp(0.0, 100.0) as u8,
        }
    }

    /// From hundredths; 100 at most.
    pub const fn hundredths(hundredths: u8) -> Self {
        Self {
            hundredths: if hundredths > 100 { 100 } else { hundredths },
        }
    }

    /// Whether no person needs to look.
    pub fn is_enough(self) -> bool {
        self >= Self::ENOUGH
    }

    /// From 0 to 1.
    pub fn get(self) -> f32 {
        f32::from(self.hundredths) / 100.0
    }
}

impl Serialize for Confidence {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(f64::from(self.hundredths) / 100.0)
    }
}

/// How sure each field's values are; a value is written as its evidence writes it.
pub type ConfidenceMap = BTreeMap<Field, BTreeMap<String, Confidence>>;

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// The value in question; `None` where it is the seed as a whole.
    pub field: Option<Field>,
    /// The text that raises it.
    pub span: Option<Span>,
    /// One sentence: what is doubtful and, where it helps, what to do.
    pub message: String,
}

impl Doubt {
    /// A doubt about no text in particular.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            field: None,
            span: None,
            message: message.into(),
        }
    }

    /// With the text that raises it.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// What one stage found: its value, why, and what a person should look at.
#[derive(Clone, Debug, Default)]
pub struct Finding<T> {
    /// The value.
    pub value: T,
    /// How sure each value is, as its evidence writes it.
    pub confidence: BTreeMap<String, Confidence>,
    /// For and against, strongest first.
    pub evidence: Vec<Evidence>,
    /// What a person should look at; the field is filled in by who keeps the finding.
    pub doubts: Vec<Doubt>,
}
