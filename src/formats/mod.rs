//! Bytes of a document in any of the formats that press offices use → what it says: text, Markdown, and what its container states. One pure
//! function a format. Refuses, in a sentence for a person, what has no text to read.
//!
//! The libraries behind it may panic, recurse or ask for too much on hostile bytes: `edge/convert.rs` runs it in a child process with limits.

pub mod block;
pub mod docx;
pub mod feed;
pub mod html;
pub mod kind;
pub mod mail;
pub mod marked;
pub mod pdf;
pub mod plain;

use serde::{Deserialize, Serialize};

use crate::distill::{NotText, Source};
pub use kind::{Kind, kind};

/// A document within a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What tells it from others of the same file, and stays; empty for a file of one document.
    pub id: String,
    /// What it says.
    pub source: Source,
}

/// The documents of a file: one, but for feeds.
pub fn convert(kind: Kind, bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let source = match kind {
        Kind::Feed => return feed::pieces(bytes),
        Kind::Text => Source::plain(bytes).map_err(|why| not_text(why).to_owned())?,
        Kind::Markdown => marked::source(bytes)?,
        Kind::Html => html::page(bytes)?,
        Kind::Docx => docx::source(bytes)?,
        Kind::Pdf => pdf::source(bytes)?,
        Kind::Mail => mail::source(bytes)?,
    };
    Ok(vec![Piece {
        id: String::new(),
        source,
    }])
}

/// What is said of bytes that are no text.
pub fn not_text(why: NotText) -> &'static str {
    match why {
        NotText::Empty => "the seed has no words",
        NotText::Binary => "the seed is not a text: it holds binary data",
        NotText::Undecodable => "the seed's encoding can't be told",
    }
}
