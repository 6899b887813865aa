//! Text → the day the document is from, and the dated events that it states.

#[allow(dead_code)]
pub(crate) mod lexicon;
#[allow(dead_code)]
pub(crate) mod tokens;

use jiff::civil::Date;

use super::{evidence::Finding, layout::Layout, text::Text};
use crate::model::{Lang, PubDate};

/// The date of the document and of its events.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// The day (or month) the document is from.
    pub date: Option<PubDate>,
    /// The dated events, in text order.
    pub events: Vec<PubDate>,
}

/// Derives the dates. `reference` is the day the document was received: relative dates resolve against it.
pub fn dates(text: &Text, layout: &Layout, lang: &Lang, reference: Option<Date>) -> Finding<Dates> {
    let _ = (text, layout, lang, reference);
    Finding::default()
}
