//! Content files: front matter ⇄ YAML, `Document` → Markdown file, the three-way re-import.

pub mod addresses;
mod body;
mod deceptive;
pub mod doubtful;
pub mod edit;
mod edits;
mod fields;
pub mod front_matter;
mod here;
mod keys;
mod known;
mod life;
mod merge;
pub mod moved;
pub mod named;
mod proposal;
mod read;
pub mod schema;
mod settled;
mod split;
mod value;
mod write;
pub(crate) mod written;

pub use body::{Body, Mark, is_fixed};
pub use front_matter::{FrontMatter, Kind, SeedRef};
pub use known::Known;
pub use life::{Correction, Withdrawal};
pub use merge::{Merged, merge};
pub use proposal::Proposal;
pub use read::{read, read_shared};
pub use split::{has_front_matter, parted};
pub use write::{NewFile, write};

/// One content file, read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path from content/, with `/` between parts: `briefings/a.md`.
    pub path: String,
    /// Its front matter.
    pub front: FrontMatter,
    /// The Markdown below it.
    pub body: Body,
    /// The 1-based line of the file on which the body begins.
    pub body_line: usize,
}
