//! Findings and results → the terminal: colours on a terminal only, progress on long work, quiet and verbose as asked.

use std::{
    collections::BTreeSet,
    io::Write,
    sync::Once,
    time::{Duration, Instant},
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
        if let Some(help) = &d.help {
            let _ = writeln!(err, "  {DIM}={DIM:#} {help}");
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
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// `n thing` or `n things`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn place(d: &Diagnostic) -> String {
    if d.file.is_empty() {
        return d.message.clone();
    }
    let line = d.line.map(|l| format!(":{l}")).unwrap_or_default();
    // A file's name may hold anything; a terminal must not obey it.
    let file: String = d
        .file
        .chars()
        .flat_map(|c| {
            if c.is_control() {
                c.escape_debug().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect();
    format!("{BOLD}{file}{line}{BOLD:#}: {}", d.message)
}
