//! Content files: front matter ⇄ YAML, `Document` → Markdown file, the three-way re-import.

mod fields;
pub mod front_matter;
mod read;
mod split;

pub use front_matter::{FrontMatter, Kind, SeedRef};
pub use read::read;

/// One content file, read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path from content/, with `/` between parts: `briefings/a.md`.
    pub path: String,
    /// Its front matter.
    pub front: FrontMatter,
    /// The Markdown below it.
    pub body: String,
    /// The 1-based line of the file on which the body begins.
    pub body_line: usize,
}
