//! Findings and results → the terminal: colours on a terminal only, progress on long work, quiet and verbose as asked.

use std::{
    collections::BTreeSet,
    io::Write,
    ops::Range,
    sync::Once,
    time::{Duration, Instant},
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::publish::Published;
use crate::diagnostic::{Diagnostic, Severity};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// Warnings and errors.
    #[default]
    Quiet,
    /// Results, too.
    Normal,
    /// And notes, and each file.
    Verbose,
}

/// Prints findings to standard error: notes only where asked, each finding once, errors last. Returns the number of errors.
pub fn report(diagnostics: &[Diagnostic], voice: Voice) -> usize {
    let mut shown: BTreeSet<&Diagnostic> = diagnostics.iter().collect();
    if voice != Voice::Verbose {
        shown.retain(|d| d.severity > Severity::Note);
    }
    let mut shown: Vec<&Diagnostic> = shown.into_iter().collect();
    shown.sort_by_key(|d| d.severity);
    let mut err = anstream::stderr().lock();
    for d in &shown {
        let (style, word) = match d.severity {
            Severity::Note => (NOTE, "note"),
            Severity::Warning => (WARNING, "warning"),
            Severity::Error => (ERROR, "error"),
        };
        // A closed standard error is no reason to stop.
        let _ = writeln!(err, "{style}{word}{style:#}: {}", place(d));
        if let Some(excerpt) = &d.excerpt {
            let number = d.line.map(|line| line.to_string()).unwrap_or_default();
            for (at, line) in excerpt.lines().enumerate() {
                let number = if at == 0 { number.as_str() } else { "" };
                let width = d.line.map_or(0, |line| line.to_string().len());
                let _ = writeln!(err, "  {DIM}{number:width$} |{DIM:#} {}", told(line));
            }
        }
        if let Some(help) = &d.help {
            let _ = writeln!(err, "  {DIM}={DIM:#} {}", told(help));
        }
    }
    shown.iter().filter(|d| d.is_error()).count()
}

/// Prints a result to standard error, where it doesn't mix with what a program reads.
pub fn say(voice: Voice, line: &str) {
    if voice > Voice::Quiet {
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }
}

/// How far a long job is: a bar on standard error, where that is a terminal, once the job has taken half a second. It goes when this is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: Once,
    voice: Voice,
}

impl Progress {
    /// A job of `steps` steps; `what` says what is being done, as in "rendering".
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn of(steps: usize, what: &'static str, voice: Voice) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self {
            bar,
            begun: Instant::now(),
            shown: Once::new(),
            voice,
        }
    }

    /// One step is done. May be called by many threads.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.voice > Voice::Quiet && self.begun.elapsed() > Duration::from_millis(500) {
            self.shown
                .call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What a watching command has said already: each finding is printed when it comes, not on every rebuild.
#[derive(Debug)]
pub struct Chronicle {
    voice: Voice,
    standing: BTreeSet<Diagnostic>,
}

impl Chronicle {
    /// Nothing has been said yet.
    pub fn new(voice: Voice) -> Self {
        Self {
            voice,
            standing: BTreeSet::new(),
        }
    }

    /// Prints what is new among the findings of a rebuild, and how many errors stand or that all are mended.
    pub fn tell(&mut self, diagnostics: &[Diagnostic]) {
        let now: BTreeSet<Diagnostic> = diagnostics.iter().cloned().collect();
        let new: Vec<Diagnostic> = now.difference(&self.standing).cloned().collect();
        report(&new, self.voice);
        let errors = |set: &BTreeSet<Diagnostic>| set.iter().filter(|d| d.is_error()).count();
        match (errors(&self.standing), errors(&now)) {
            (before, 0) if before > 0 => say(self.voice, "all errors are mended"),
            (_, standing) if standing > errors(&new.iter().cloned().collect()) => {
                say(
                    self.voice,
                    &format!("{} in all", count(standing, "error", "errors")),
                );
            }
            _ => {}
        }
        self.standing = now;
    }
}

/// One line about a rebuild: what changed, what was written, how long it took.
pub fn summary(changed: &[String], published: &Published, took: Duration) -> String {
    format!(
        "{}: {} of {} written, {} removed, {} ms",
        cause(changed),
        published.written,
        count(published.files, "file", "files"),
        published.removed,
        took.as_millis(),
    )
}

/// The names of what changed, or their number.
pub fn cause(changed: &[String]) -> String {
    match changed {
        [] => "built".to_owned(),
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}

/// Columns of the terminal that results go to; 80 where they go elsewhere. COLUMNS overrules both.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let seen = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or(seen).unwrap_or(80).clamp(40, 160)
}

/// The text on one line, without what a terminal would obey.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if is_obeyed(c) { ' ' } else { c })
        .collect()
}

/// Controls, and what turns the direction of all that follows.
fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text, clean, in at most `width` columns; a cut shows as an ellipsis.
pub fn cut(text: &str, width: usize) -> String {
    let text = clean(text);
    if text.width() <= width {
        return text;
    }
    let mut short = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// The text, clean, in lines of at most `width` columns.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text: Vec<char> = clean(text).trim().chars().collect();
    lines(&text, width)
        .into_iter()
        .map(|line| text.get(line).unwrap_or_default().iter().collect())
        .collect()
}

/// Where the lines of a text are that is shown in `width` columns. A line breaks at a space, or beside a wide character, since scripts that
/// have them have no spaces, or else where it is full; the space at a break is in no line.
pub fn lines(text: &[char], width: usize) -> Vec<Range<usize>> {
    let columns = |c: char| c.width().unwrap_or(0);
    let mut found = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The end of the line and the start of the next one, were it broken at the last chance.
    let mut chance: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        if c == '\n' {
            found.push(start..at);
            (start, used, chance) = (at + 1, 0, None);
            at += 1;
            continue;
        }
        if used + columns(c) > width && at > start && !c.is_whitespace() {
            let (end, next) = chance.unwrap_or((at, at));
            found.push(start..end);
            start = next;
            used = text
                .get(start..at)
                .unwrap_or_default()
                .iter()
                .map(|c| columns(*c))
                .sum();
            chance = None;
        }
        used += columns(c);
        at += 1;
        if c.is_whitespace() && c != '\u{A0}' {
            if at - 1 > start {
                chance = Some((at - 1, at));
            }
        } else if columns(c) == 2 && text.get(at).is_some_and(|next| next.is_alphanumeric()) {
            chance = Some((at, at));
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// `n thing` or `n things`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn place(d: &Diagnostic) -> String {
    if d.file.is_empty() {
        return told(&d.message);
    }
    let line = d.line.map(|l| format!(":{l}")).unwrap_or_default();
    let (file, message) = (name(&d.file), told(&d.message));
    format!("{BOLD}{file}{line}{BOLD:#}: {message}")
}

/// The name of a file, which may hold anything, on one line.
fn name(file: &str) -> String {
    told(file).replace('\n', "\\n")
}

/// A message with all that a terminal would obey spelled out, but for line feeds: it may quote what a stranger wrote.
fn told(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_obeyed(c) && c != '\n' {
            out.extend(c.escape_debug());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_gives_a_terminal_orders() {
        let fault = Diagnostic::error("a\u{1b}\n.txt", "“\u{1b}]0;x\u{7}\u{202e}é”\nbelow");
        let shown = place(&fault);
        assert!(shown.contains("a\\u{1b}\\n.txt"), "{shown:?}");
        assert!(
            shown.ends_with("“\\u{1b}]0;x\\u{7}\\u{202e}é”\nbelow"),
            "{shown:?}"
        );
    }

    #[test]
    fn lines_break_between_words_and_between_wide_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("签署协议。", 6), ["签署协", "议。"]);
        assert_eq!(wrapped("  a\u{1b}[31mb ", 20), ["a [31mb"]);
        assert_eq!(wrapped("", 9), [""; 0]);
    }

    #[test]
    fn what_is_cut_keeps_to_its_columns() {
        assert_eq!(cut("Morocco", 7), "Morocco");
        assert_eq!(cut("Morocco", 4), "Mor…");
        assert_eq!(cut("签署协议", 6), "签署…");
    }
}
