//! Text → the countries that it is about, by salience, and the others that it refers to.
//!
//! `builder` reads the data of a language into a `lexicon`, `scan` finds its forms, `context` settles the ambiguous ones by what stands
//! `around` (`namesakes`, `refuse`, `role`), `salience` weighs them, `home` finds what goes without saying, `report` says why and how surely. A text that names no country gives at most its home.

mod around;
mod builder;
mod context;
mod files;
mod forms;
mod home;
mod lexicon;
mod namesakes;
mod places;
mod points;
mod refuse;
mod report;
mod role;
mod salience;
mod says;
mod scan;
mod tally;

use super::{
    each::lines,
    evidence::{Finding, Span},
    layout::Layout,
    runs::Run,
    text::Text,
};
use crate::model::{CountryCode, Lang};

/// The countries of a text.
#[derive(Clone, Debug, Default)]
pub struct Countries {
    /// What it is about, most salient first.
    pub about: Vec<CountryCode>,
    /// The others, by salience.
    pub mentions: Vec<CountryCode>,
}

/// Derives the countries. `names` are where people are named, in text order: Julie Allemand is no country.
pub fn countries(text: &Text, layout: &Layout, lang: &Lang, names: &[Span]) -> Finding<Countries> {
    countries_of(text, &text.runs(), layout, lang, names)
}

/// [`countries`] with the runs of the text.
pub(crate) fn countries_of(
    text: &Text,
    runs: &[Run],
    layout: &Layout,
    lang: &Lang,
    names: &[Span],
) -> Finding<Countries> {
    let lexicon = lexicon::Lexicon::of(lang);
    // A name may be wrapped over two lines; one byte for one keeps all offsets.
    let haystack = spaced(&text.folded);
    let scan = scan::scan(text, &haystack, runs, &lexicon);
    let readings = context::judge(
        text,
        &haystack,
        &lexicon,
        &scan,
        &namesakes::Bearers { names, lang },
    );
    let setting = home::Setting {
        home: lexicon.home,
        mutual: scan.mutual,
        long: text.decoded.len() >= home::LONG,
    };
    salience::weigh(text, layout, &readings, setting)
}

/// The text with its line feeds made spaces.
fn spaced(folded: &str) -> String {
    let mut haystack = String::with_capacity(folded.len());
    for (nth, line) in lines(folded).enumerate() {
        if nth > 0 {
            haystack.push(' ');
        }
        haystack.push_str(line);
    }
    haystack
}
