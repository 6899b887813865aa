//! [`Proposal`] + where it came from → the text of a content file, in segments: the exact text of each key, and of the body.
//!
//! `derived:` records a digest of each segment, so that a later import can tell what nobody touched. Block style throughout; strings are
//! quoted so that every YAML reader takes them for strings (a day stays a plain YAML date).

use std::{borrow::Cow, collections::BTreeMap, fmt::Write};

use compact_str::CompactString;
use jiff::civil::Date;

use super::{Proposal, SeedRef, split::FIRST_LINE};
use crate::{
    distill::{self, Document, Person},
    model::{CountryCode, Precision, PubDate},
    yaml::{push_quoted, push_scalar},
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
    /// The texts of the keys, one after the other.
    text: String,
    /// Each key that has a value, in the order of [`KEYS`], and where its text ends.
    ends: Vec<(&'static str, usize)>,
    /// The text below the closing `---` line.
    pub(super) body: String,
}

impl Segments {
    /// Key and text of each, in the order of [`KEYS`].
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let mut from = 0;
        self.ends.iter().map(move |(key, end)| {
            let text = self.text.get(from..*end).unwrap_or_default();
            from = *end;
            (*key, text)
        })
    }

    /// The key's text ends here, where it has one.
    fn end(&mut self, key: &'static str) {
        let end = self.text.len();
        if self.ends.last().map_or(0, |(_, end)| *end) < end {
            self.ends.push((key, end));
        }
    }
}

/// A new content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The whole of it.
    pub text: String,
    /// Why a person should look at it, a sentence a key; what its `review:` says.
    pub due: BTreeMap<String, String>,
    /// What its `derived:` says.
    pub(super) derived: BTreeMap<CompactString, CompactString>,
    /// The 1-based line of each key.
    pub(super) lines: BTreeMap<CompactString, usize>,
    /// Where the Markdown begins: byte, and 1-based line.
    pub(super) body: (usize, usize),
}

impl NewFile {
    /// Bytes of its front matter, without the lines around it.
    pub fn front(&self) -> usize {
        self.body.0 - 2 * FENCE.len()
    }
}

/// The line before front matter and behind it.
const FENCE: &str = "---\n";

/// The content file of a seed that has none yet.
pub fn write(proposal: &Proposal, seed: &SeedRef, imported: Date) -> NewFile {
    let due = &proposal.due;
    let segments = segments(&proposal.document, seed, imported, due);
    let mut derived = Vec::with_capacity(KEYS.len() + 1);
    let mut lines = Vec::with_capacity(KEYS.len() + 1);
    let mut line = FIRST_LINE;
    let mut out = String::with_capacity(segments.text.len() + segments.body.len() + 1024);
    out.push_str(FENCE);
    out.push_str(&segments.text);
    out.push_str(DERIVED);
    out.push_str(":\n");
    for (key, text) in segments.keys().chain([(BODY, segments.body.as_str())]) {
        let digest = digest(text);
        record(&mut out, key, &digest);
        derived.push((CompactString::const_new(key), digest));
        if key != BODY {
            lines.push((CompactString::const_new(key), line));
            line += memchr::memchr_iter(b'\n', text.as_bytes()).count();
        }
    }
    lines.push((CompactString::const_new(DERIVED), line));
    out.push_str(FENCE);
    let body = (out.len(), line + derived.len() + 2);
    out.push_str(&segments.body);
    NewFile {
        text: out,
        due: due
            .iter()
            .map(|(key, why)| ((*key).to_owned(), why.clone()))
            .collect(),
        derived: derived.into_iter().collect(),
        lines: lines.into_iter().collect(),
        body,
    }
}

/// Writes one line of `derived:` or `review:`.
pub(super) fn record(out: &mut String, key: &str, value: &str) {
    for part in ["  ", key, ": "] {
        out.push_str(part);
    }
    push_quoted(out, value);
    out.push('\n');
}

/// The digest of a segment: 12 hexadecimal digits of the SHA-256 of its text. How lines end is git's business, not an edit.
pub(super) fn digest(text: &str) -> CompactString {
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n")),
        None => Cow::Borrowed(text),
    };
    let digits = distill::digits::<12>(text.as_bytes());
    CompactString::from_utf8(digits).unwrap_or_default()
}

/// The segments of a document; `due` is what a person should look at.
pub(super) fn segments(d: &Document, seed: &SeedRef, imported: Date, due: &[Due]) -> Segments {
    let mut all = Segments {
        text: String::with_capacity(1024),
        ends: Vec::with_capacity(KEYS.len()),
        body: format!("\n{}\n", d.body.trim_matches('\n')),
    };
    for key in KEYS {
        let out = &mut all.text;
        match key {
            "title" => text(out, key, &d.title),
            "date" => day(out, key, d.date.as_ref()),
            "event_dates" => list(out, key, &d.event_dates, moment),
            "embargo_until" => day(out, key, d.embargo_until.as_ref()),
            "dateline" => text(out, key, &d.dateline),
            "lang" => text(out, key, d.lang.as_str()),
            "countries" => list(out, key, &d.countries, |out, c| code(out, *c)),
            "mentions" => list(out, key, &d.mentions, |out, c| code(out, *c)),
            "topics" => list(out, key, &d.topics, |out, t| push_scalar(out, t.as_str())),
            "people" => list(out, key, &d.people, person),
            "organisations" => list(out, key, &d.organisations, |out, o| push_scalar(out, o)),
            "summary" => text(out, key, &d.summary),
            "slug" => text(out, key, &d.slug),
            // Writing to a String cannot fail.
            "imported" => _ = writeln!(out, "{key}: {imported}"),
            "seed" => source(out, seed),
            _ => review(out, due),
        }
        all.end(key);
    }
    all
}

/// A key and its value; nothing where that is empty.
fn text(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        out.push_str(key);
        out.push_str(": ");
        push_scalar(out, value);
        out.push('\n');
    }
}

fn day(out: &mut String, key: &str, date: Option<&PubDate>) {
    if let Some(date) = date {
        out.push_str(key);
        out.push_str(": ");
        moment(out, date);
        out.push('\n');
    }
}

fn code(out: &mut String, country: CountryCode) {
    push_scalar(out, country.as_str());
}

fn person(out: &mut String, person: &Person) {
    out.push_str("name: ");
    push_scalar(out, &person.name);
    if !person.role.is_empty() {
        out.push_str("\n    role: ");
        push_scalar(out, &person.role);
    }
}

fn source(out: &mut String, seed: &SeedRef) {
    out.push_str("seed:\n  file: ");
    push_scalar(out, &seed.file);
    out.push_str("\n  sha256: ");
    push_quoted(out, &seed.sha256);
    out.push('\n');
    if let Some(derivation) = &seed.derivation {
        out.push_str("  derivation: ");
        push_quoted(out, derivation);
        out.push('\n');
    }
}

/// Writes a date as a YAML scalar.
pub(super) fn moment(out: &mut String, date: &PubDate) {
    match date.precision() {
        // 2026-05 is no YAML date, and to some readers a sum.
        Precision::Month => push_quoted(out, date.as_str()),
        _ => out.push_str(date.as_str()),
    }
}

/// Writes `review:`; nothing where nothing is due.
fn review(out: &mut String, due: &[Due]) {
    if due.is_empty() {
        return;
    }
    out.push_str(REVIEW);
    out.push_str(":\n");
    for (key, why) in due {
        record(out, key, why);
    }
}

fn list<T>(out: &mut String, key: &str, items: &[T], write: impl Fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    out.push_str(key);
    out.push_str(":\n");
    for item in items {
        out.push_str("  - ");
        write(out, item);
        out.push('\n');
    }
}
