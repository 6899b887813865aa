//! The only module that knows serde_yaml (archived upstream): guarded reading, and quoting that every YAML reader takes for the same string.

use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;

/// Reads YAML into `T`. `first_line` is the 1-based line of `file` on which `text` begins.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    first_line: usize,
) -> Result<T, Diagnostic> {
    serde_yaml::from_str(text).map_err(|e| {
        let line = e
            .location()
            .map_or(first_line, |l| first_line + l.line() - 1);
        Diagnostic::error(file, e.to_string()).at(line)
    })
}
