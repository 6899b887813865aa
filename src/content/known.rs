//! A new content file + the document that it was made from → what reading it gives, without reading it.

use std::sync::Arc;

use bytes::Bytes;
use bytestring::ByteString;
use jiff::civil::Date;

use super::{Body, Entry, FrontMatter, NewFile, SeedRef, deceptive::deceptive};
use crate::{diagnostic::Diagnostic, distill::Document};

/// A content file of which it is known what [`read`](super::read) gives.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its bytes.
    pub bytes: Bytes,
    /// What they are read as.
    pub entry: Arc<Entry>,
    /// What is said of them.
    pub said: Vec<Diagnostic>,
}

impl NewFile {
    /// What reading it gives. `path` is from content/; the other values are those that it was written from.
    pub fn known(self, path: &str, document: Document, seed: SeedRef, imported: Date) -> Known {
        let front = FrontMatter {
            title: text(document.title),
            date: document.date,
            event_dates: document.event_dates,
            embargo_until: document.embargo_until,
            dateline: text(document.dateline),
            lang: Some(document.lang),
            countries: document.countries,
            mentions: document.mentions,
            topics: document.topics,
            people: document.people,
            organisations: document.organisations,
            summary: text(document.summary),
            slug: text(document.slug),
            imported: Some(imported),
            seed: Some(seed),
            derived: self.derived,
            review: self.due,
            lines: self.lines,
            ..FrontMatter::default()
        };
        let (start, body_line) = self.body;
        let file = ByteString::from(self.text);
        let bytes = file.as_bytes().clone();
        let end = bytes.len();
        let entry = Arc::new(Entry {
            path: path.to_owned(),
            front,
            body: Body::of(file, start..end),
            body_line,
        });
        let said = deceptive(&format!("content/{path}"), &entry);
        Known { bytes, entry, said }
    }
}

/// An empty text is not written.
fn text(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}
