//! [`Document`] + where it came from → the text of a content file, in segments: the exact text of each key, and of the body.
//!
//! `derived:` records a digest of each segment, so that a later import can tell what nobody touched. Block style throughout; strings are
//! quoted so that every YAML reader takes them for strings (a day stays a plain YAML date).

use std::{borrow::Cow, collections::BTreeMap};

use jiff::civil::Date;

use super::{SeedRef, doubtful::doubtful, split::FIRST_LINE};
use crate::{
    distill::{self, Document},
    model::{Precision, PubDate},
    yaml::{quoted, scalar},
};

/// The name under which `derived:` records the digest of the Markdown.
pub(super) const BODY: &str = "body";

/// The keys that an import writes, in the order in which they stand.
pub(super) const KEYS: [&str; 16] = [
    "title",
    "date",
    "event_dates",
    "embargo_until",
    "dateline",
    "lang",
    "countries",
    "mentions",
    "topics",
    "people",
    "organisations",
    "summary",
    "slug",
    "imported",
    "seed",
    REVIEW,
];

/// The key of what a person should look at.
pub(super) const REVIEW: &str = "review";

/// The key of the digests.
const DERIVED: &str = "derived";

/// A key, and why a person should look at its value.
pub(super) type Due = (&'static str, String);

/// What an import would write: the text of each key that has a value, and of the body, with `\n` line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segments {
    /// Key and text, in the order of [`KEYS`].
    pub(super) keys: Vec<(&'static str, String)>,
    /// The text below the closing `---` line.
    pub(super) body: String,
}

/// A new content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The whole of it.
    pub text: String,
    /// Why a person should look at it, a sentence a key; what its `review:` says.
    pub due: BTreeMap<String, String>,
    /// What its `derived:` says.
    pub(super) derived: BTreeMap<String, String>,
    /// The 1-based line of each key.
    pub(super) lines: BTreeMap<String, usize>,
    /// Where the Markdown begins: byte, and 1-based line.
    pub(super) body: (usize, usize),
}

/// The content file of a seed that has none yet.
pub fn write(document: &Document, seed: &SeedRef, imported: Date) -> NewFile {
    let due: Vec<Due> = doubtful(document)
        .into_iter()
        .map(|doubtful| (doubtful.key, doubtful.reason))
        .collect();
    let segments = segments(document, seed, imported, &due);
    let mut derived = BTreeMap::new();
    let mut lines = BTreeMap::new();
    let mut line = FIRST_LINE;
    let mut out = String::from("---\n");
    let mut records = format!("{DERIVED}:\n");
    let mut recorded = |key: &str, text: &str| {
        let digest = digest(text);
        records.push_str(&record(key, &digest));
        derived.insert(key.to_owned(), digest);
    };
    for (key, text) in &segments.keys {
        out.push_str(text);
        recorded(key, text);
        lines.insert((*key).to_owned(), line);
        line += text.matches('\n').count();
    }
    recorded(BODY, &segments.body);
    lines.insert(DERIVED.to_owned(), line);
    out.push_str(&records);
    out.push_str("---\n");
    let body = (out.len(), line + derived.len() + 2);
    out.push_str(&segments.body);
    NewFile {
        text: out,
        due: due
            .into_iter()
            .map(|(key, why)| (key.to_owned(), why))
            .collect(),
        derived,
        lines,
        body,
    }
}

/// One line of `derived:`.
pub(super) fn record(key: &str, digest: &str) -> String {
    format!("  {key}: {}\n", quoted(digest))
}

/// The digest of a segment: 12 hexadecimal digits of the SHA-256 of its text. How lines end is git's business, not an edit.
pub(super) fn digest(text: &str) -> String {
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n")),
        None => Cow::Borrowed(text),
    };
    let mut hex = distill::digest(text.as_bytes());
    hex.truncate(12);
    hex
}

/// The segments of a document; `due` is what a person should look at.
pub(super) fn segments(d: &Document, seed: &SeedRef, imported: Date, due: &[Due]) -> Segments {
    let text = |key: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{key}: {}\n", scalar(value)),
    };
    let people: Vec<String> = d
        .people
        .iter()
        .map(|p| match p.role.as_str() {
            "" => format!("name: {}", scalar(&p.name)),
            role => format!("name: {}\n    role: {}", scalar(&p.name), scalar(role)),
        })
        .collect();
    let derivation = seed
        .derivation
        .as_ref()
        .map(|d| format!("  derivation: {}\n", quoted(d)));
    let source = format!(
        "seed:\n  file: {}\n  sha256: {}\n{}",
        scalar(&seed.file),
        quoted(&seed.sha256),
        derivation.unwrap_or_default()
    );
    let texts = [
        text("title", &d.title),
        day("date", d.date.as_ref()),
        list("event_dates", d.event_dates.iter().map(moment)),
        day("embargo_until", d.embargo_until.as_ref()),
        text("dateline", &d.dateline),
        text("lang", d.lang.as_str()),
        list("countries", d.countries.iter().map(|c| scalar(c.as_str()))),
        list("mentions", d.mentions.iter().map(|c| scalar(c.as_str()))),
        list("topics", d.topics.iter().map(|t| scalar(t.as_str()))),
        list("people", people),
        list("organisations", d.organisations.iter().map(|o| scalar(o))),
        text("summary", &d.summary),
        text("slug", &d.slug),
        format!("imported: {imported}\n"),
        source,
        review(due),
    ];
    Segments {
        keys: KEYS
            .into_iter()
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        body: format!("\n{}\n", d.body.trim_matches('\n')),
    }
}

fn day(key: &str, date: Option<&PubDate>) -> String {
    date.map(|date| format!("{key}: {}\n", moment(date)))
        .unwrap_or_default()
}

/// A date as a YAML scalar.
pub(super) fn moment(date: &PubDate) -> String {
    match date.precision() {
        // 2026-05 is no YAML date, and to some readers a sum.
        Precision::Month => quoted(date.as_str()),
        _ => date.to_string(),
    }
}

/// The text of `review:`; empty where nothing is due.
pub(super) fn review<K: AsRef<str>>(due: &[(K, String)]) -> String {
    let entries: String = due
        .iter()
        .map(|(key, why)| format!("  {}: {}\n", key.as_ref(), quoted(why)))
        .collect();
    if entries.is_empty() {
        entries
    } else {
        format!("{REVIEW}:\n{entries}")
    }
}

fn list(key: &str, items: impl IntoIterator<Item = String>) -> String {
    let items: String = items.into_iter().map(|i| format!("  - {i}\n")).collect();
    if items.is_empty() {
        items
    } else {
        format!("{key}:\n{items}")
    }
}
