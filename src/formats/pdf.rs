//! A PDF → Markdown from its text layer: lines joined to paragraphs, hyphenation undone, headings by size, lists, tables; running headers,
//! footers and page numbers are dropped. Refuses what is no PDF, is locked, or has only pictures of text.

mod blocks;
mod columns;
mod glyphs;
mod lines;
mod running;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::formats::block;

/// Pages that are read; press documents have some five.
const PAGES: usize = 400;
/// Glyphs that are read in all.
const GLYPHS: usize = 2_000_000;

/// The text of a PDF as Markdown, else what is wrong with it and what a person can do.
pub fn markdown(bytes: &[u8]) -> Result<String, String> {
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
    let mut pages = glyphs::pages(&pdf, GLYPHS)?
        .into_iter()
        .map(lines::lines)
        .collect::<Vec<_>>();
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
    Ok(block::markdown(&blocks::blocks(&pages)))
}
