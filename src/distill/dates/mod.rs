//! Text → the day the document is from, and the dated events that it states.

mod ago;
mod calendars;
mod certainty;
mod choose;
mod embargo;
mod figures;
mod glyphs;
pub(crate) mod lexicon;
mod resolve;
mod scan;
mod surroundings;
pub(crate) mod tokens;
mod weekdays;
mod words;

use jiff::civil::Date;

use self::tokens::{Gap, Kind, Token};
use super::{evidence::Finding, layout::Layout, text::Text};
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
    let all = tokens::tokens(&text.folded);
    let scan = scan::Scan::new(text, &all, lang.primary());
    choose::choose(text, layout, &scan, reference)
}

/// Whether a text in English has more marks of the United States (month first) than of elsewhere.
fn american(text: &Text, all: &[Token<'_>]) -> bool {
    const HERE: [&str; 34] = [
        "labor",
        "center",
        "color",
        "program",
        "defense",
        "percent",
        "minn",
        "calif",
        "fla",
        "tex",
        "ga",
        "md",
        "va",
        "ariz",
        "mich",
        "senator",
        "congressman",
        "congresswoman",
        "governor",
        "county",
        "sheriff",
        "federal",
        "u.s",
        "statewide",
        "gov",
        "texas",
        "california",
        "florida",
        "ohio",
        "georgia",
        "honored",
        "organization",
        "washington",
        "virginia",
    ];
    const THERE: [&str; 30] = [
        "labour",
        "centre",
        "colour",
        "programme",
        "defence",
        "gmt",
        "bst",
        "organisation",
        "harbour",
        "honour",
        "kilometres",
        "metres",
        "litres",
        "authorised",
        "recognised",
        "shire",
        "parliament",
        "ministry",
        "commonwealth",
        "pounds",
        "organised",
        "tonnes",
        "cheque",
        "london",
        "dublin",
        "canberra",
        "nairobi",
        "lagos",
        "delhi",
        "mp",
    ];
    let mut score = 0_i32;
    for (i, t) in all.iter().enumerate() {
        if t.kind == Kind::Word {
            score += i32::from(HERE.contains(&t.text)) - i32::from(THERE.contains(&t.text));
        }
        // (912) 555-0144
        let phone = t.is("(")
            && all
                .get(i + 1)
                .is_some_and(|n| n.kind == Kind::Number && n.text.len() == 3 && n.gap == Gap::None)
            && all.get(i + 2).is_some_and(|n| n.is(")"))
            && all
                .get(i + 3)
                .is_some_and(|n| n.kind == Kind::Number && n.text.len() == 3);
        score += 3 * i32::from(phone) + i32::from(t.is("$")) - i32::from(t.is("£") || t.is("€"));
    }
    score
        + i32::from(text.folded.contains("for immediate release"))
        + i32::from(text.folded.contains("# # #"))
        > 0
}
