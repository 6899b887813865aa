//! A content file's text → where each key stands in it, and whose its value is. Refuses front matter whose keys don't each begin a line.

use std::ops::Range;

use super::{
    FrontMatter,
    doubtful::SEED,
    split::{FIRST_LINE, Lines, Split},
    write::digest,
};
use crate::yaml::{Node, Value};

/// Where each key's text is in the current file.
pub(super) struct Here<'a> {
    pub(super) text: &'a str,
    /// Key, byte range, line.
    pub(super) segments: Vec<(&'a str, Range<usize>, usize)>,
    /// Where the first key goes.
    pub(super) top: usize,
    pub(super) derived: &'a [(String, usize, Node)],
    /// Byte ranges of the lines of the front matter.
    pub(super) lines: Vec<Range<usize>>,
}

impl<'a> Here<'a> {
    /// `None` where the keys don't each begin a line of their own.
    pub(super) fn find(text: &'a str, split: &Split, root: &'a Node) -> Option<Self> {
        let Value::Map(entries) = &root.value else {
            return None;
        };
        let lines: Vec<Range<usize>> = Lines {
            text,
            at: split.yaml.start,
        }
        .take_while(|line| line.start < split.yaml.end)
        .collect();
        let mut segments = Vec::new();
        let mut derived: &[_] = &[];
        for (i, (key, line, node)) in entries.iter().enumerate() {
            let first = line.checked_sub(FIRST_LINE)?;
            let next = entries
                .get(i + 1)
                .map_or(Some(lines.len()), |(_, line, _)| {
                    line.checked_sub(FIRST_LINE)
                })?;
            let own = lines.get(first..next).filter(|own| !own.is_empty())?;
            let head = text.get(own.first()?.clone())?;
            if !head.starts_with(key.as_str()) && !head.starts_with(['"', '\'']) {
                return None;
            }
            // Blank lines and comments at the margin stand between two keys and belong to neither.
            let between = |line: &&Range<usize>| {
                text.get((*line).clone())
                    .is_none_or(|l| l.trim().is_empty() || l.starts_with('#'))
            };
            let after = own.iter().skip(1).rev().take_while(between).count();
            let end = own.get(own.len() - 1 - after)?.end;
            segments.push((key.as_str(), own.first()?.start..end, *line));
            if let ("derived", Value::Map(records)) = (key.as_str(), &node.value) {
                derived = records;
            }
        }
        Some(Self {
            text,
            top: segments
                .first()
                .map_or(split.yaml.start, |(_, range, _)| range.start),
            segments,
            derived,
            lines,
        })
    }

    /// A line of front matter: its bytes, and its text with the line end.
    pub(super) fn line(&self, line: usize) -> Option<(Range<usize>, &'a str)> {
        let range = self.lines.get(line.checked_sub(FIRST_LINE)?)?.clone();
        Some((range.clone(), self.text.get(range)?))
    }

    pub(super) fn segment(&self, key: &str) -> Option<(&'a str, Range<usize>, usize)> {
        let (_, range, line) = self.segments.iter().find(|(k, ..)| *k == key)?;
        Some((self.text.get(range.clone())?, range.clone(), *line))
    }

    /// Whether the value of a key is the machine's, so that a doubt about it still stands; a doubt about the whole seed stands until it is
    /// taken away. A key that an import never wrote, and nobody else did, is the machine's too: it found nothing.
    pub(super) fn is_due(&self, front: &FrontMatter, key: &str) -> bool {
        match (front.derived.get(key), self.segment(key)) {
            _ if key == SEED => true,
            (Some(recorded), Some((text, ..))) => digest(text) == *recorded,
            (None, None) => !is_set(front, key),
            _ => false,
        }
    }
}

/// Whether a person gave the value under another key: `description`, `taxonomies`.
pub(super) fn is_set(front: &FrontMatter, key: &str) -> bool {
    match key {
        "summary" => front.summary.is_some(),
        "countries" => !front.countries.is_empty(),
        "topics" => !front.topics.is_empty(),
        _ => false,
    }
}

/// The other key under which a person gave the value.
pub(super) fn other_name(front: &FrontMatter, key: &str) -> Option<&'static str> {
    let other = if key == "summary" {
        "description"
    } else {
        "taxonomies"
    };
    (is_set(front, key) && front.lines.contains_key(other)).then_some(other)
}
