//! A PDF → Markdown from its text layer: lines joined to paragraphs, hyphenation undone, columns one after the other, headings by size, lists,
//! tables, links; running headers,
//! footers and page numbers are dropped. Refuses what is no PDF, is locked, or has only pictures of text.

mod blocks;
mod columns;
mod forms;
mod glyphs;
mod lines;
mod links;
mod order;
mod running;
mod tables;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::{
    distill::{Said, Source},
    formats::{block, html},
};

/// Pages that are read; press documents have some five.
const PAGES: usize = 400;
/// Glyphs that are read in all.
const GLYPHS: usize = 2_000_000;

/// A PDF, else what is wrong with it and what a person can do. The day on which it was made is one that relative dates resolve against.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| {
        match e {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
                "the PDF is locked with a password; save it without one"
            }
            LoadPdfError::Decryption(_) => {
                "the PDF is encrypted in a way that can't be read; print it into a new PDF"
            }
            LoadPdfError::Invalid => {
                "the PDF is damaged or incomplete; fetch it again, or save its text as .txt"
            }
        }
        .to_owned()
    })?;
    let count = pdf.pages().len();
    if count > PAGES {
        return Err(format!(
            "the PDF has {count} pages, and {PAGES} are the most; cut it into the documents that it holds"
        ));
    }
    let (glyphs, addresses) = glyphs::pages(&pdf, GLYPHS)?;
    let mut pages = glyphs.into_iter().map(lines::lines).collect::<Vec<_>>();
    let letters = pages
        .iter()
        .flatten()
        .flat_map(|line| line.text.chars())
        .filter(|c| c.is_alphanumeric())
        .count();
    if letters < 8 {
        return Err("the PDF has no text, only pictures of it; run it through text recognition (OCR), or save its text as .txt".to_owned());
    }
    running::drop_running(&mut pages);
    let pages: Vec<_> = pages.into_iter().map(columns::columns).collect();
    let mut source = html::titled(block::markdown(&blocks::blocks(&pages, &addresses)));
    source.container.made = made(&pdf);
    Ok(source)
}

/// The day on which the file was made, as it says.
fn made(pdf: &Pdf) -> Option<Said> {
    let stated = pdf.metadata();
    let (day, rule) = match (stated.creation_date, stated.modification_date) {
        (Some(day), _) => (day, "document property CreationDate"),
        (None, Some(day)) => (day, "document property ModDate"),
        (None, None) => return None,
    };
    let (year, month) = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?);
    let day = jiff::civil::Date::new(year, month, i8::try_from(day.day).ok()?).ok()?;
    Said::new(day.to_string(), rule)
}
