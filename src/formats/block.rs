//! Blocks of a converted document → Markdown. Text that a format gave is escaped here; nothing of it becomes markup. Refuses nothing.

use std::fmt::Write;

use crate::distill::markdown_text;

/// A part of a document. Its text is Markdown of one paragraph already: see [`plain`] and [`emphasised`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading and its level, 1 to 6.
    Heading(u8, String),
    /// A paragraph; line feeds in it are hard breaks.
    Paragraph(String),
    /// An item of a list.
    Item {
        /// How deep the list lies in others; 0 for a list of its own.
        level: usize,
        /// `-`, or a number with its full stop.
        marker: String,
        /// What the item says.
        text: String,
    },
    /// A paragraph of a quotation.
    Quote(String),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<String>>),
    /// What a mark such as `[^1]` refers to.
    Note(String, String),
}

impl Block {
    /// The text of a block that has one paragraph of it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Heading(_, text)
            | Self::Paragraph(text)
            | Self::Item { text, .. }
            | Self::Quote(text)
            | Self::Note(_, text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

/// Blocks as a Markdown document. Empty blocks leave no trace.
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    // The deepest level at which the next item may stand, and whether the block above is of the same list or quotation.
    let mut depth = 0;
    let mut above: Option<&Block> = None;
    for block in blocks {
        if block.text().is_some_and(str::is_empty) {
            continue;
        }
        let goes_on = matches!(
            (above, block),
            (Some(Block::Item { .. }), Block::Item { .. })
        );
        match (above, block) {
            (None, _) => {}
            (Some(Block::Quote(_)), Block::Quote(_)) => out.push_str("\n>\n"),
            _ => out.push_str(if goes_on { "\n" } else { "\n\n" }),
        }
        match block {
            Block::Heading(level, text) => {
                let marks = "#".repeat(usize::from((*level).clamp(1, 6)));
                let text = one_line(text);
                // A closing run of # or {…} would be taken for the heading's own.
                let close = if text.ends_with(['#', '}']) { "\\" } else { "" };
                let (text, last) = text.split_at(text.len() - close.len());
                let _ = write!(out, "{marks} {text}{close}{last}");
            }
            Block::Paragraph(text) => push_lines(&mut out, text, ""),
            Block::Quote(text) => {
                out.push_str("> ");
                push_lines(&mut out, text, "> ");
            }
            Block::Item {
                level,
                marker,
                text,
            } => {
                let level = if goes_on { (*level).min(depth) } else { 0 };
                depth = level + 1;
                let indent = "    ".repeat(level);
                let _ = write!(out, "{indent}{marker} ");
                push_lines(&mut out, text, &format!("{indent}    "));
            }
            Block::Table(rows) => push_table(&mut out, rows),
            Block::Note(mark, text) => {
                let _ = write!(out, "[^{mark}]: {}", one_line(text));
            }
        }
        above = Some(block);
    }
    out
}

/// Paragraphs that were typed as items of a list, with a bullet or, one below the other, with a hyphen.
pub fn listed(blocks: &mut [Block]) {
    let item = |block: &Block| match block {
        Block::Paragraph(text) => typed(text).map(|(bullet, text)| (bullet, text.to_owned())),
        _ => None,
    };
    let found: Vec<Option<(bool, String)>> = blocks.iter().map(item).collect();
    for (i, block) in blocks.iter_mut().enumerate() {
        let beside =
            |at: Option<usize>| at.and_then(|at| found.get(at)).is_some_and(Option::is_some);
        if let Some(Some((bullet, text))) = found.get(i)
            && (*bullet || beside(i.checked_sub(1)) || beside(Some(i + 1)))
        {
            *block = Block::Item {
                level: 0,
                marker: "-".to_owned(),
                text: text.clone(),
            };
        }
    }
}

/// Whether a text begins with a bullet rather than a hyphen, and what follows.
fn typed(text: &str) -> Option<(bool, &str)> {
    let (bullet, rest) = match text.strip_prefix("\\- ") {
        Some(rest) => (false, rest),
        None => (
            true,
            text.strip_prefix(BULLETS)?.strip_prefix([' ', '\u{A0}'])?,
        ),
    };
    (!rest.trim().is_empty()).then_some((bullet, rest.trim_start()))
}

/// Signs that begin an item and nothing else.
const BULLETS: [char; 11] = [
    '•', '●', '▪', '◦', '‣', '■', '□', '➢', '➤', '\u{F0B7}', '\u{F0A7}',
];

fn push_lines(out: &mut String, text: &str, indent: &str) {
    for (i, line) in text.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        if i > 0 {
            let _ = write!(out, "\\\n{indent}");
        }
        out.push_str(line.trim());
    }
}

fn push_table(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for column in 0..columns {
            let cell = row.get(column).map(|c| one_line(c)).unwrap_or_default();
            let cell = cell.replace('|', "\\|");
            let _ = write!(out, "| {}{}", cell, if cell.is_empty() { "" } else { " " });
        }
        out.push('|');
        if i == 0 {
            out.push('\n');
            out.push_str(&"| --- ".repeat(columns));
            out.push('|');
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A paragraph of plain text as Markdown that reads the same.
pub fn plain(text: &str) -> String {
    markdown_text::markdown_text(&one_line(text))
}

/// A stretch of text of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What it says; a line feed is a line break.
    pub text: String,
    /// Set in bold.
    pub bold: bool,
    /// Set in italics.
    pub italic: bool,
    /// Where it leads.
    pub link: Option<String>,
    /// It is Markdown already, made by us: a note's mark.
    pub raw: bool,
}

/// Runs as one paragraph of Markdown.
pub fn emphasised(runs: &[Run]) -> String {
    let mut merged: Vec<Run> = Vec::new();
    for run in runs.iter().filter(|r| !r.text.is_empty()) {
        match merged.last_mut() {
            Some(last) if alike(last, run) => last.text.push_str(&run.text),
            _ => merged.push(run.clone()),
        }
    }
    let mut out = String::new();
    for (i, run) in merged.iter().enumerate() {
        let next = merged
            .get(i + 1)
            .and_then(|r| r.text.chars().next())
            .unwrap_or(' ');
        push_run(&mut out, run, next);
    }
    out.trim().to_owned()
}

fn alike(a: &Run, b: &Run) -> bool {
    let blank = |r: &Run| r.link.is_none() && r.text.trim().is_empty();
    !a.raw && !b.raw && a.link == b.link && (blank(b) || (a.bold, a.italic) == (b.bold, b.italic))
}

fn push_run(out: &mut String, run: &Run, next: char) {
    if run.raw {
        out.push_str(&run.text);
        return;
    }
    let body = run.text.trim();
    let lead = run.text.len() - run.text.trim_start().len();
    out.push_str(run.text.get(..lead).unwrap_or_default());
    if body.is_empty() {
        return;
    }
    let tail = run.text.get(lead + body.len()..).unwrap_or_default();
    let link = run.link.as_deref().and_then(destination);
    if link.is_some() && out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
    let marks = match (run.bold, run.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let before = out.chars().next_back().unwrap_or(' ');
    let after = tail.chars().next().unwrap_or(next);
    let marks = if link.is_some() || stands(before, body, after) {
        marks
    } else {
        ""
    };
    let begins = out.trim_end_matches([' ', '\t']);
    let first = (begins.is_empty() || begins.ends_with('\n')) && link.is_none() && marks.is_empty();
    if link.is_some() {
        out.push('[');
    }
    out.push_str(marks);
    for (i, line) in body.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let line = line.trim_matches([' ', '\t']);
        markdown_text::escape(line, first && i == 0 || i > 0, out);
        // What follows may come from another run and make markup of it.
        if out.ends_with(['<', '&']) && !out.ends_with("\\<") {
            let last = out.pop().unwrap_or('<');
            out.push('\\');
            out.push(last);
        }
    }
    out.push_str(marks);
    if let Some(link) = link {
        out.push_str("](");
        out.push_str(&link);
        out.push(')');
    }
    out.push_str(tail);
}

/// Whether marks of emphasis around `body` would be read as such between these characters.
fn stands(before: char, body: &str, after: char) -> bool {
    let loose = |c: char| c.is_whitespace() || (!c.is_alphanumeric() && c != '*');
    let first = body.chars().next().unwrap_or(' ');
    let last = body.chars().next_back().unwrap_or(' ');
    before != '*'
        && after != '*'
        && !body.contains('\n')
        && (first.is_alphanumeric() || loose(before))
        && (last.is_alphanumeric() || loose(after))
}

/// A link's address as Markdown wants it; `None` where a page must not lead there.
fn destination(link: &str) -> Option<String> {
    let link = link.trim();
    let scheme = link.split_once(':').map(|(s, _)| s.to_ascii_lowercase())?;
    if !["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
        return None;
    }
    let mut out = String::with_capacity(link.len());
    for c in link.chars() {
        if c.is_whitespace() || c.is_control() || "<>()[]\\\"`|*_~".contains(c) {
            for byte in c.to_string().bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    // An underscore is at home in an address; within (…) it marks nothing.
    Some(
        out.replace("%5F", "_")
            .replace("%7E", "~")
            .replace("%2A", "*"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, bold: bool, link: Option<&str>) -> Run {
        Run {
            text: text.to_owned(),
            bold,
            link: link.map(str::to_owned),
            ..Run::default()
        }
    }

    #[test]
    fn runs_become_a_paragraph() {
        for (runs, expected) in [
            (
                vec![
                    run("Par", true, None),
                    run("is", true, None),
                    run(", le 3", false, None),
                ],
                "**Paris**, le 3",
            ),
            (
                vec![
                    run("a ", false, None),
                    run("b ", true, None),
                    run("c", false, None),
                ],
                "a **b** c",
            ),
            // Marks that would not be read as such are left out.
            (
                vec![run("Date:", true, None), run("now", false, None)],
                "Date:now",
            ),
            (
                vec![
                    run("See!", false, None),
                    run("here", false, Some("https://example.org/a b")),
                ],
                "See\\![here](https://example.org/a%20b)",
            ),
            (vec![run("x", false, Some("javascript:alert(1)"))], "x"),
            (
                vec![run("<", false, None), run("script>", true, None)],
                "\\<**script>**",
            ),
            (vec![run("- no list", false, None)], "\\- no list"),
            (vec![run("one\ntwo", false, None)], "one\ntwo"),
        ] {
            assert_eq!(emphasised(&runs), expected);
        }
    }

    #[test]
    fn blocks_become_a_document() {
        let item = |level, marker: &str, text: &str| Block::Item {
            level,
            marker: marker.to_owned(),
            text: text.to_owned(),
        };
        let blocks = [
            Block::Heading(1, "C#".to_owned()),
            Block::Paragraph("one\ntwo".to_owned()),
            Block::Paragraph(String::new()),
            item(3, "-", "a"),
            item(1, "1.", "b\nc"),
            item(0, "-", "d"),
            Block::Quote("q".to_owned()),
            Block::Quote("r".to_owned()),
            Block::Table(vec![
                vec!["h".to_owned(), "i".to_owned()],
                vec!["x".to_owned()],
            ]),
            Block::Note("1".to_owned(), "n".to_owned()),
        ];
        assert_eq!(
            markdown(&blocks),
            "# C\\#\n\none\\\ntwo\n\n- a\n    1. b\\\n        c\n- d\n\n> q\n>\n> r\n\n| h | i |\n| --- | --- |\n| x | |\n\n[^1]: n"
        );
    }
}
