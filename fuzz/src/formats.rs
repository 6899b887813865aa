//! Converters: whatever a file holds, the pieces that come out are texts of a bounded size whose Markdown is as safe as any, or it is refused
//! in a sentence.

use std::collections::BTreeSet;

use depeche::{
    distill::Source,
    formats::{Kind, convert, kind, plain},
    render::markdown::fragment,
};

use super::html;

/// Bytes that a file of `n` bytes may become at most, beyond what a converter may give back from an archive.
const ENOUGH: usize = 64 * 1024 * 1024;

/// A Markdown file as a seed.
pub fn from_markdown(bytes: &[u8]) {
    converted(Kind::Markdown, bytes);
}

/// A saved web page.
pub fn from_html(bytes: &[u8]) {
    converted(Kind::Html, bytes);
}

/// A Word document.
pub fn from_docx(bytes: &[u8]) {
    converted(Kind::Docx, bytes);
}

/// A PDF.
pub fn from_pdf(bytes: &[u8]) {
    converted(Kind::Pdf, bytes);
}

/// A mail.
pub fn from_mail(bytes: &[u8]) {
    converted(Kind::Mail, bytes);
}

/// A feed.
pub fn from_feed(bytes: &[u8]) {
    converted(Kind::Feed, bytes);
}

fn converted(of: Kind, bytes: &[u8]) {
    for name in ["a", "a.txt", "a.html", "a.docx", "a.xml"] {
        if let Err(why) = kind(name, bytes) {
            sentence(&why);
        }
    }
    let pieces = match convert(of, bytes) {
        Ok(pieces) => pieces,
        Err(why) => return sentence(&why),
    };
    let mut ids = BTreeSet::new();
    for piece in &pieces {
        assert!(ids.insert(&piece.id), "the id {:?} twice", piece.id);
        assert_eq!(
            piece.id.is_empty(),
            of != Kind::Feed,
            "the id {:?}",
            piece.id
        );
        checked(&piece.source);
    }
}

/// It may quote the file; the terminal spells out what it would obey.
fn sentence(why: &str) {
    assert!(!why.trim().is_empty(), "no word of why");
}

fn checked(source: &Source) {
    let markdown = source.markdown.as_deref().unwrap_or_default();
    assert!(
        source.text.len() + markdown.len() <= ENOUGH,
        "{} bytes",
        source.text.len() + markdown.len()
    );
    source.notes.iter().for_each(|note| sentence(note));
    html::check(&fragment(markdown));
    assert!(plain::plain(markdown).len() <= ENOUGH);
}
