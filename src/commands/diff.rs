//! Content files before and after an import → a unified diff on standard output.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::edge::{import::Written, terminal::clean};

const NEW: Style = AnsiColor::Green.on_default();
const OLD: Style = AnsiColor::Red.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();
const BOLD: Style = Style::new().bold();

/// Unchanged lines on either side of a change.
const CONTEXT: usize = 3;

/// Prints what a dry run would change. A new file differs from /dev/null, as `git apply` and `patch` have it.
pub(super) fn show(written: &[Written]) -> std::io::Result<()> {
    let changed = written.iter().filter_map(|file| {
        let (before, after) = file.texts.as_ref()?;
        let old = (!file.new).then_some(file.file.as_str());
        Some((old, file.file.as_str(), before.as_str(), after.as_str()))
    });
    all(changed)
}

/// The same of any files: the name, another name where it gets one, the text before and after.
pub(super) fn texts<'a>(
    files: impl Iterator<Item = (&'a str, Option<&'a str>, &'a str, &'a str)>,
) -> std::io::Result<()> {
    all(files.map(|(file, to, before, after)| (Some(file), to.unwrap_or(file), before, after)))
}

/// Old name, new name, old text, new text.
fn all<'a>(
    files: impl Iterator<Item = (Option<&'a str>, &'a str, &'a str, &'a str)>,
) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    // What a program reads is applied as it is; a terminal must not obey what a seed says.
    let exact = !std::io::stdout().is_terminal();
    for (old, name, before, after) in files {
        let name = clean(name);
        let old = old.map_or("/dev/null".to_owned(), |old| format!("a/{}", clean(old)));
        writeln!(out, "{BOLD}--- {old}{BOLD:#}\n{BOLD}+++ b/{name}{BOLD:#}")?;
        let diff = TextDiff::from_lines(before, after);
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            writeln!(out, "{PLACE}{}{PLACE:#}", hunk.header())?;
            for change in hunk.iter_changes() {
                let style = match change.tag() {
                    ChangeTag::Equal => Style::new(),
                    ChangeTag::Insert => NEW,
                    ChangeTag::Delete => OLD,
                };
                let line = change.value().trim_end_matches('\n');
                let line = if exact { line.to_owned() } else { clean(line) };
                writeln!(out, "{style}{}{line}{style:#}", change.tag())?;
                if change.missing_newline() {
                    writeln!(out, "\\ No newline at end of file")?;
                }
            }
        }
    }
    out.flush()
}
