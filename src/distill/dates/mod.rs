//! Text → the day the document is from, and the dated events that it states.

mod begins;
mod calendars;
mod certainty;
mod choose;
mod embargo;
mod events;
mod feasts;
mod figures;
mod glyphs;
pub(crate) mod lexicon;
mod marks;
mod mention;
mod months;
mod nth;
mod ranges;
mod region;
mod relative;
mod resolve;
mod scan;
mod shifted;
mod surroundings;
mod weekdays;
mod words;

use jiff::civil::Date;

use super::{evidence::Finding, layout::Layout, text::Text, tokens::Token};
use crate::model::{Lang, PubDate};

/// The date of the document and of its events.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// The day (or month) the document is from.
    pub date: Option<PubDate>,
    /// The dated events, in text order.
    pub events: Vec<PubDate>,
    /// Until when the header forbids publication.
    pub embargo_until: Option<PubDate>,
}

/// Derives the dates. `reference` is the day the document was received: relative dates resolve against it.
pub fn dates(text: &Text, layout: &Layout, lang: &Lang, reference: Option<Date>) -> Finding<Dates> {
    dates_of(text, &text.tokens(), layout, lang, reference)
}

/// [`dates`] with the tokens of the text.
pub(crate) fn dates_of(
    text: &Text,
    tokens: &[Token<'_>],
    layout: &Layout,
    lang: &Lang,
    reference: Option<Date>,
) -> Finding<Dates> {
    let scan = scan::Scan::new(text, tokens, lang.primary());
    choose::choose(text, layout, &scan, reference)
}
