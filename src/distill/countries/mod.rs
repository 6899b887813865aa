//! Text → the countries that it is about, by salience, and the others that it refers to.
//!
//! `lexicon` reads the data of a language, `scan` finds its forms, `context` settles the ambiguous ones, `salience` weighs them. A text
//! that names no country gives none.

mod context;
mod forms;
mod lexicon;
mod salience;
mod scan;

use super::{evidence::Finding, layout::Layout, text::Text};
use crate::model::{CountryCode, Lang};

/// The countries of a text.
#[derive(Clone, Debug, Default)]
pub struct Countries {
    /// What it is about, most salient first.
    pub about: Vec<CountryCode>,
    /// The others, by salience.
    pub mentions: Vec<CountryCode>,
}

/// Derives the countries.
pub fn countries(text: &Text, layout: &Layout, lang: &Lang) -> Finding<Countries> {
    let lexicon = lexicon::Lexicon::of(lang);
    // A name may be wrapped over two lines; one byte for one keeps all offsets.
    let haystack = text.folded.replace('\n', " ");
    let hits = scan::scan(text, &haystack, &lexicon);
    let readings = context::judge(text, &haystack, &lexicon, &hits);
    salience::weigh(text, layout, &readings, lexicon.home)
}
