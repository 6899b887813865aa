//! The text of a content file → where keys of its front matter name other content files: `superseded_by: briefings/new`. What can't be read, or is
//! spelled with escapes, is left out.

use std::ops::Range;

use super::{FrontMatter, split::split};
use crate::{site::life, yaml};

/// A value of front matter that names a content file.
pub(super) struct Named {
    /// Its bytes in the text of the file.
    pub(super) range: Range<usize>,
    /// The path from content/ that it means.
    pub(super) source: String,
    value: String,
    quoted: bool,
}

/// The keys that name content files, with what stands there.
pub fn keys(front: &FrontMatter) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("superseded_by", &front.superseded_by),
        ("translation_of", &front.translation_of),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value.as_deref()?)))
}

/// The values of `text`, the file at `source`.
pub(super) fn named(source: &str, text: &str) -> Vec<Named> {
    let front = split(source, text).ok().map(|split| split.yaml);
    let Some(front) = front.and_then(|range| Some((range.start, text.get(range)?))) else {
        return Vec::new();
    };
    let (start, yaml) = front;
    if !["superseded_by", "translation_of"]
        .iter()
        .any(|key| yaml.contains(key))
    {
        return Vec::new();
    }
    let Ok((entry, _)) = super::read(source, text.as_bytes()) else {
        return Vec::new();
    };
    let found = keys(&entry.front).filter_map(|(key, value)| {
        let above = text.split_inclusive('\n').map(str::len);
        let line: usize = above.take(entry.front.line(&[key]) - 1).sum();
        let after = line + text.get(line..)?.find(key)? + key.len();
        let at = after + text.get(after..start + yaml.len())?.find(value)?;
        Some(Named {
            range: at..at + value.len(),
            source: life::source(value),
            value: value.to_owned(),
            quoted: text.get(..at)?.ends_with(['"', '\'']),
        })
    });
    found.collect()
}

impl Named {
    /// What must stand there to mean another file, in the spelling that it has.
    pub(super) fn spelled(&self, new: &str) -> String {
        let bare = |path: &str| path.strip_suffix(".md").unwrap_or(path).to_owned();
        let (begin, end) = match self.value.strip_suffix(".md") {
            Some(begin) => (begin, ".md"),
            None => (self.value.as_str(), ""),
        };
        let begin = begin.strip_suffix(&bare(&self.source)).unwrap_or_default();
        let new = format!("{begin}{}{end}", bare(new));
        if self.quoted { new } else { yaml::scalar(&new) }
    }
}
