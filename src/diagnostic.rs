//! What a stage says beside its value: how bad, where, what, and what to do next.

use std::fmt;

use serde::{Deserialize, Serialize};

mod lines;
mod near;
mod rule;

pub use lines::Lines;
pub use near::near;
pub use rule::Rule;

/// How bad a finding is. Any [`Severity::Error`] makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably wrong; the value was still used.
    Warning,
    /// Wrong; the thing named was left out, everything else was done.
    Error,
}

/// One finding. `Display` gives `file:line: message` without colour.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The path from the site's root, with `/` between parts; empty where no file is meant.
    pub file: String,
    /// 1-based line, where one is known.
    pub line: Option<usize>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// What the reader can do about it.
    pub help: Option<String>,
    /// What it is about.
    pub rule: Rule,
    /// The line of the file, and below it carets under what is meant.
    #[serde(default)]
    pub excerpt: Option<String>,
}

impl Diagnostic {
    /// An error about `file`.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, file, message)
    }

    /// A warning about `file`.
    pub fn warning(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, file, message)
    }

    /// A note about `file`.
    pub fn note(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, file, message)
    }

    fn new(severity: Severity, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            severity,
            message: message.into(),
            help: None,
            rule: Rule::Build,
            excerpt: None,
        }
    }

    /// The same finding at a 1-based line.
    #[must_use]
    pub fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with the line that it is about, where that is known.
    #[must_use]
    pub fn excerpt(mut self, excerpt: Option<String>) -> Self {
        self.excerpt = excerpt;
        self
    }

    /// The same finding under a rule.
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    /// The same finding under a rule, where it has none of its own.
    #[must_use]
    pub fn or_rule(self, rule: Rule) -> Self {
        if self.rule == Rule::Build {
            self.rule(rule)
        } else {
            self
        }
    }

    /// Whether this makes the exit status 1.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}:", self.file)?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}", self.message)
    }
}

/// The text of a file, which must be UTF-8.
pub fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|_| no_utf8(file, bytes))
}

/// What is said of a file that is not UTF-8, with the line from which on it is not.
pub fn no_utf8(file: &str, bytes: &[u8]) -> Diagnostic {
    let text = bytes.utf8_chunks().next();
    let text = text.map_or("", |chunk| chunk.valid());
    Diagnostic::error(file, "the file is not UTF-8 from here on")
        .at(1 + text.matches('\n').count())
        .help("save it as UTF-8 in your editor")
        .rule(Rule::Unreadable)
}
