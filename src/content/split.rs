//! The text of a content file → where its front matter and its body are: YAML between lines of `---`, or TOML between lines of `+++`.
//! Refuses an opening line that nothing closes.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// The two parts of a content file, as byte ranges of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// What stands between the two lines of `---` or `+++`; empty where the file has none.
    pub(super) yaml: Range<usize>,
    /// Everything below the closing `---` line.
    pub(super) body: Range<usize>,
    /// 1-based line on which the body begins.
    pub(super) body_line: usize,
    /// Whether there is front matter.
    pub(super) fenced: bool,
    /// Whether it is TOML.
    pub(super) toml: bool,
}

/// The line on which front matter begins: the one below the opening `---`.
pub(super) const FIRST_LINE: usize = 2;

/// Cuts `text`. Front matter begins on the first line (after an optional byte order mark) with `---` or `+++` alone, and ends at the next such line.
pub(super) fn split(file: &str, text: &str) -> Result<Split, Diagnostic> {
    let top = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut lines = Lines { text, at: top };
    let first = lines.next().unwrap_or(top..top);
    let Some(fence) = ["---", "+++"]
        .into_iter()
        .find(|fence| is_fence(text, &first, fence))
    else {
        return Ok(Split {
            yaml: top..top,
            body: top..text.len(),
            body_line: 1,
            fenced: false,
            toml: false,
        });
    };
    let start = lines.at;
    for (count, line) in lines.enumerate() {
        if is_fence(text, &line, fence) {
            return Ok(Split {
                yaml: start..line.start,
                body: line.end..text.len(),
                body_line: FIRST_LINE + count + 1,
                fenced: true,
                toml: fence == "+++",
            });
        }
    }
    Err(
        Diagnostic::error(file, format!("the front matter has no end: no second `{fence}` line"))
            .at(1)
            .help(format!("add a line `{fence}` below the last key; a rule at the top of a page without front matter is written `***`")),
    )
}

/// Cuts `text`, which is to be changed: front matter in TOML is read, but no command writes it.
pub(super) fn split_yaml(file: &str, text: &str) -> Result<Split, Diagnostic> {
    let split = split(file, text)?;
    if split.toml {
        return Err(Diagnostic::error(
            file,
            "the front matter is TOML, which no command changes; nothing was changed",
        )
        .at(1)
        .help("write it as YAML between two lines `---`, or edit the file by hand"));
    }
    Ok(split)
}

/// Whether a text that is to be changed has front matter. Front matter in TOML is an error.
pub fn has_front_matter(file: &str, text: &str) -> Result<bool, Diagnostic> {
    Ok(split_yaml(file, text)?.fenced)
}

/// Front matter, and what stands below it; no front matter is an empty one.
pub fn parted(text: &str) -> Result<(&str, &str), Diagnostic> {
    let split = split_yaml("", text)?;
    let part = |range| text.get(range).unwrap_or_default();
    Ok((part(split.yaml), part(split.body)))
}

/// The lines of a text with their line ends, as byte ranges.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = self.at + rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = self.at..end;
        self.at = end;
        Some(line)
    }
}

fn is_fence(text: &str, line: &Range<usize>, fence: &str) -> bool {
    text.get(line.clone())
        .is_some_and(|l| l.trim_end_matches([' ', '\t', '\r', '\n']) == fence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_matter_ends_in_the_right_place() {
        for (text, yaml, body, line) in [
            ("---\na: 1\n---\nx\n---\ny", "a: 1\n", "x\n---\ny", 4),
            ("\u{FEFF}---\r\na: 1\r\n---\r\nx", "a: 1\r\n", "x", 4),
            ("---  \n---\n", "", "", 3),
            ("x\n---\ny\n---\n", "", "x\n---\ny\n---\n", 1),
            ("----\nx\n---\n", "", "----\nx\n---\n", 1),
            ("---\na: '\n ---'\n---", "a: '\n ---'\n", "", 5),
            ("+++\na = 1\n---\n+++\nx", "a = 1\n---\n", "x", 5),
            ("---\na: 1\n+++\n---\nx", "a: 1\n+++\n", "x", 5),
            ("", "", "", 1),
        ] {
            let split = split("a.md", text).expect(text);
            assert_eq!(
                (&text[split.yaml], &text[split.body], split.body_line),
                (yaml, body, line),
                "{text:?}"
            );
        }
        assert!(split("a.md", "---\nx\n").is_err());
        assert!(split("a.md", "---").is_err());
        assert!(split("a.md", "+++\na = 1\n---\n").is_err());
        assert!(split_yaml("a.md", "+++\na = 1\n+++\n").is_err());
    }
}
