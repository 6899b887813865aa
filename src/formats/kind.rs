//! A file's name and first bytes → its format. Refuses formats that are not read, each with what to do about it.

use memchr::memmem;

/// A format that a seed may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text in any common encoding.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A saved web page.
    Html,
    /// A Word document.
    Docx,
    /// A PDF with text.
    Pdf,
    /// A mail.
    Mail,
    /// RSS, Atom or JSON Feed: a document an entry.
    Feed,
}

impl Kind {
    /// All kinds, by the name that [`Self::name`] gives.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Pdf,
        Self::Mail,
        Self::Feed,
    ];

    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Mail => "mail",
            Self::Feed => "feed",
        }
    }

    /// Whether its bytes are read by no more than our own, bounded code.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}

/// What can be a seed, for messages.
pub const ACCEPTED: &str =
    "seeds are .txt, .md, .html, .docx, .pdf or .eml files, and RSS, Atom or JSON feeds";

/// How much of a file's beginning tells its format.
const HEAD: usize = 4096;

/// The format of a file. What its bytes say wins over its name, but a .txt file that is no whole web page is read as it stands.
pub fn kind(name: &str, bytes: &[u8]) -> Result<Kind, String> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let extension = last
        .rsplit_once('.')
        .map(|(_, e)| e.to_lowercase())
        .unwrap_or_default();
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let has = |needle: &[u8]| memmem::find(head, needle).is_some();
    if head.starts_with(b"%PDF-") || (extension == "pdf" && has(b"%PDF-")) {
        return Ok(Kind::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        let names_part = |part: &[u8]| memmem::find(bytes, part).is_some();
        return match extension.as_str() {
            "docx" | "doc" | "docm" | "dotx" => Ok(Kind::Docx),
            _ if names_part(b"word/document.xml") => Ok(Kind::Docx),
            "odt" => Err("an OpenDocument text is not read; save it as .docx".to_owned()),
            _ => Err("an archive is not read; unpack it here".to_owned()),
        };
    }
    if head.starts_with(b"{\\rtf") {
        return Err("a rich text (RTF) is not read; save it as .docx".to_owned());
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = text.trim_ascii_start();
    let begins = |tag: &[u8]| {
        text.get(..tag.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(tag))
    };
    let page = begins(b"<!doctype html") || begins(b"<html");
    let says = |words: &[&str]| {
        let text = text.to_ascii_lowercase();
        let has = |word: &&str| memmem::find(&text, word.as_bytes()).is_some();
        words.iter().any(has)
    };
    let feed = text.starts_with(b"<") && says(&["<rss", "<feed", "<rdf:rdf"]);
    match extension.as_str() {
        "txt" | "text" if !(page && (has(b"<head") || has(b"<body"))) => Ok(Kind::Text),
        "md" | "markdown" => Ok(Kind::Markdown),
        "html" | "htm" | "xhtml" => Ok(Kind::Html),
        "eml" => Ok(Kind::Mail),
        "rss" | "atom" => Ok(Kind::Feed),
        "docx" => Err(
            "this is no Word document, whatever its name says; save the text as .docx or .txt"
                .to_owned(),
        ),
        "pdf" => {
            Err("this is no PDF, whatever its name says; save the text as .pdf or .txt".to_owned())
        }
        "json" if says(&["jsonfeed.org"]) => Ok(Kind::Feed),
        "xml" if feed => Ok(Kind::Feed),
        "json" | "xml" | "csv" | "tsv" | "rtf" | "doc" | "odt" if !page => Err(format!(
            "a .{extension} file of this kind is not read; {ACCEPTED}"
        )),
        _ if page => Ok(Kind::Html),
        _ if feed => Ok(Kind::Feed),
        _ => Ok(Kind::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_names_tell_the_format() {
        for (name, bytes, expected) in [
            ("a.txt", &b"<html>"[..], Some(Kind::Text)),
            ("a", b"plain", Some(Kind::Text)),
            ("a", b"\xEF\xBB\xBF <!DOCTYPE html>", Some(Kind::Html)),
            ("a.HTM", b"x", Some(Kind::Html)),
            ("a.pdf", b"junk %PDF-1.4", Some(Kind::Pdf)),
            ("a.bin", b"%PDF-1.4", Some(Kind::Pdf)),
            ("a.docx", b"PK\x03\x04", Some(Kind::Docx)),
            ("a.pdf", b"PK\x03\x04 word/document.xml", Some(Kind::Docx)),
            ("a.docx", b"text", None),
            ("a.txt", b"<!DOCTYPE html><head>", Some(Kind::Html)),
            ("a.txt", b"<p> is how a paragraph begins", Some(Kind::Text)),
            ("a.doc", b"<html><p>", Some(Kind::Html)),
            ("a.zip", b"PK\x03\x04", None),
            ("a.odt", b"PK\x03\x04", None),
            ("a.xml", b"<?xml version='1.0'?>\n<rss>", Some(Kind::Feed)),
            ("a.xml", b"<?xml version='1.0'?>\n<note>", None),
            (
                "feed.json",
                b"{\"version\": \"https://jsonfeed.org/version/1.1\"",
                Some(Kind::Feed),
            ),
            ("a.json", b"{}", None),
            ("a.eml", b"From: x", Some(Kind::Mail)),
            ("a.md", b"# x", Some(Kind::Markdown)),
            ("a.doc", b"{\\rtf1", None),
        ] {
            assert_eq!(kind(name, bytes).ok(), expected, "{name}");
        }
    }
}
