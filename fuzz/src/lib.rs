//! Any bytes → nothing, or a panic that names the promise they broke. One function a target; the fuzzer calls them with what it makes up, and
//! `tests/fuzz_corpus.rs`, which draws this file in, with what is kept in `corpus/` and `regressions/`.
#![forbid(unsafe_code)]

mod content;
mod formats;
mod html;
mod request;
mod text;

pub use content::{front_matter, markdown};
pub use formats::{from_docx, from_feed, from_html, from_mail, from_markdown, from_pdf};
pub use request::request;
pub use text::{dates, decode, layout, seed};

/// A target's name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets; the folders of the corpus have their names.
pub const TARGETS: [Target; 13] = [
    ("decode", decode),
    ("layout", layout),
    ("dates", dates),
    ("seed", seed),
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("from_markdown", from_markdown),
    ("from_html", from_html),
    ("from_docx", from_docx),
    ("from_pdf", from_pdf),
    ("from_mail", from_mail),
    ("from_feed", from_feed),
    ("request", request),
];
