//! The only module that knows a YAML library: guarded reading, and quoting that every YAML reader takes for the same string.
//!
//! In: YAML text. Out: a [`Node`] tree that knows its lines and keeps each scalar as it was written, or a typed value by serde_yaml.
//! Refuses anchors, aliases, tags, merge keys, keys given twice, nesting deeper than 32 and texts over a limit: none of them is needed in
//! settings or front matter, and each is a way to make a small file cost much or mean something else than it shows. TOML, as other generators
//! write it above a text, becomes the same tree.

mod from_toml;
mod node;
mod quote;

use serde::de::DeserializeOwned;

pub use from_toml::toml_nodes;
pub use node::{Node, Value, nodes};
pub use quote::{push_quoted, push_scalar, quoted, scalar};

use crate::diagnostic::{Diagnostic, near};

/// The longest front matter, in bytes.
pub const FRONT_MATTER_LIMIT: usize = 64 * 1024;

/// The longest YAML file (settings, vocabularies), in bytes.
const FILE_LIMIT: usize = 4 * 1024 * 1024;

/// Reads YAML into `T`. `first_line` is the 1-based line of `file` on which `text` begins.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    first_line: usize,
) -> Result<T, Diagnostic> {
    nodes(file, text, first_line, FILE_LIMIT)?;
    serde_yaml::from_str(text).map_err(|e| {
        let line = e
            .location()
            .map_or(first_line, |l| first_line + l.line().saturating_sub(1));
        let message = e.to_string();
        // The line is said beside the message, counted from the top of the file.
        let message = message
            .split_once(" at line ")
            .map_or(message.as_str(), |(m, _)| m);
        let found = Diagnostic::error(file, message).at(line);
        match meant(message) {
            Some(known) => found.help(format!("did you mean `{known}`?")),
            None => found,
        }
    })
}

/// Of serde's "unknown field `x`, expected one of `a`, `b`": the known field that is nearest, where one is near.
fn meant(message: &str) -> Option<&str> {
    let mut names = message
        .split_once("unknown field ")?
        .1
        .split('`')
        .skip(1)
        .step_by(2);
    let unknown = names.next()?;
    near(unknown, names)
}
