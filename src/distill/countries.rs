//! Text → the countries that it is about, by salience, and the others that it refers to.

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
    let _ = (text, layout, lang);
    Finding::default()
}
