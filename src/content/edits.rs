//! A content file's text + edits of its byte ranges → the new text; and the edits that change records of `derived:`, line by line, so that what
//! a person wrote among them stays. Refuses edits that overlap, and records that don't have a line of their own.

use std::ops::Range;

use compact_str::CompactString;

use super::{FrontMatter, here::Here, value::comment, write::record};

/// A range of bytes, and what stands there then, with `\n` line ends.
pub(super) type Edit = (Range<usize>, String);

/// The text with every edit made, with the line ends of its front matter. `None` where two edits overlap.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>, crlf: bool) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in &edits {
        out.push_str(text.get(at..range.start)?);
        if crlf {
            out.push_str(&new.replace('\n', "\r\n"));
        } else {
            out.push_str(new);
        }
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Edits after which `derived:` has other digests, or none, for some keys. An error is the line of a record that can't be edited safely.
pub(super) fn records<'k>(
    here: &Here<'_>,
    front: &FrontMatter,
    changes: impl IntoIterator<Item = (&'k str, Option<CompactString>)>,
) -> Result<Vec<Edit>, usize> {
    let mut edits = Vec::new();
    let mut added = String::new();
    for (key, digest) in changes {
        let Some((_, line, _)) = here.derived.iter().find(|(k, ..)| k == key) else {
            if let Some(digest) = digest {
                record(&mut added, key, &digest);
            }
            continue;
        };
        edits.push(one(here, front, key, *line, digest).ok_or(*line)?);
    }
    if !added.is_empty() {
        let last = here
            .derived
            .last()
            .map_or(front.line(&["derived"]), |l| l.1);
        let (range, _) = here.line(last).ok_or(last)?;
        edits.push((range.end..range.end, added));
    }
    Ok(edits)
}

fn one(
    here: &Here<'_>,
    front: &FrontMatter,
    key: &str,
    line: usize,
    digest: Option<CompactString>,
) -> Option<Edit> {
    let (range, text) = here.line(line)?;
    let old = front.derived.get(key).filter(|old| !old.is_empty())?;
    let named = text.trim_start().trim_start_matches(['"', '\'']);
    let at = range.start
        + text
            .rfind(old.as_str())
            .filter(|_| named.starts_with(key))?;
    if let Some(digest) = digest {
        return Some((at..at + old.len(), digest.into_string()));
    }
    let comment = comment(text).map(|comment| format!("  {comment}\n"));
    Some((range, comment.unwrap_or_default()))
}
