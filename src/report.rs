//! Findings → what programs read: JSON, one object a line; SARIF 2.1.0; annotations of GitHub. One file a format. Terminals are `edge/terminal.rs`.

use crate::diagnostic::{Diagnostic, Severity};

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

/// The word for a severity in machine formats.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A file as it is named from the folder above the site's: where the site is not at the top of a repository.
fn placed(prefix: &str, found: &Diagnostic) -> String {
    match (prefix, found.file.as_str()) {
        ("", file) | (_, file @ "") => file.to_owned(),
        (prefix, file) => format!("{prefix}/{file}"),
    }
}
