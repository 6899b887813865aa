//! Content files → what the editors' commands show of them, and the changes that they make, planned but not written. One file a verb; pure.

use std::{collections::BTreeMap, path::Path};

use crate::content::Entry;

mod clashes;
pub mod listing;
pub mod new_briefing;
pub mod rename;
pub mod retag;
pub mod stranded;

/// The files of content/ by path from there.
pub type Files = BTreeMap<String, bytes::Bytes>;

/// A file that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Path from the site's root.
    pub file: String,
    /// Where it goes, where that is another place.
    pub to: Option<String>,
    /// Its text as it is.
    pub before: String,
    /// Its text as it is to be.
    pub after: String,
}

/// The content files that can be read, by path, with their texts.
fn texts(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter_map(|(path, bytes)| {
        let markdown = Path::new(path).extension().is_some_and(|end| end == "md");
        let text = std::str::from_utf8(bytes).ok()?;
        markdown.then_some((path.as_str(), text))
    })
}

/// The entries of content files that can be read.
pub fn entries(files: &Files) -> Vec<Entry> {
    texts(files)
        .filter_map(|(path, text)| Some(crate::content::read(path, text.as_bytes()).ok()?.0))
        .collect()
}
