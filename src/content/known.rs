//! A new content file + the document that it was made from → what reading it gives, without reading it.

use bytes::Bytes;
use bytestring::ByteString;
use jiff::civil::Date;

use super::{Body, Entry, FrontMatter, NewFile, SeedRef, deceptive::deceptive, read_shared};
use crate::{diagnostic::Diagnostic, distill::Document};

/// A content file of which it is known what [`read`](super::read) gives.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its bytes.
    pub bytes: Bytes,
    /// What they are read as.
    pub entry: Entry,
    /// What is said of them.
    pub said: Vec<Diagnostic>,
}

impl NewFile {
    /// What reading it gives. `path` is from content/; the other values are those that it was written from.
    pub fn known(self, path: &str, document: Document, seed: SeedRef, imported: Date) -> Known {
        let front = FrontMatter {
            title: text(document.title),
            date: document.date,
            event_dates: once(document.event_dates),
            embargo_until: document.embargo_until,
            dateline: text(document.dateline),
            lang: Some(document.lang),
            countries: once(document.countries),
            mentions: once(document.mentions),
            topics: once(document.topics),
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
        let entry = Entry {
            path: path.to_owned(),
            front,
            body: Body::of(file, start..end),
            body_line,
        };
        let said = deceptive(&format!("content/{path}"), &entry);
        debug_assert!(is_read(&bytes, &entry, &said), "{path} is read otherwise");
        Known { bytes, entry, said }
    }
}

/// Whether reading the bytes gives just this.
fn is_read(bytes: &Bytes, known: &Entry, known_said: &[Diagnostic]) -> bool {
    read_shared(&known.path, bytes).is_ok_and(|(read, said)| {
        read.front == known.front
            && read.body == known.body
            && read.body_line == known.body_line
            && said == known_said
    })
}

/// An empty text is not written.
fn text(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// A reader takes each value of a list once.
fn once<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut list = Vec::with_capacity(values.len());
    for value in values {
        if !list.contains(&value) {
            list.push(value);
        }
    }
    list
}
