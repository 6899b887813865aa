//! Words of a script with capitals → organisations: a head word (Agency, Office, Ministerium, Комиссия …) with what belongs to it,
//! "Long Name (ACRO)", names in quotation marks, and the names that everyone knows. Refuses a bare head word ("the Council") and national governments.

mod acronyms;
mod coordinated;
mod heads;
mod legal;
mod printed;
mod quoted;
mod tails;

use std::ops::Range;

use super::{
    Sighting,
    bodies::KnownBody,
    lexicon::{
        BODY, CAPITAL_NOUNS, Classes, LEGALFORMS, Lexicon, ORGHEADS, PLURALS, QUOTEHEADS, TRADES,
    },
    words::{Gap, Word},
};
use crate::distill::{evidence::Span, text::Text};

/// The lists by whose words an organisation is looked for.
const BEGINNERS: Classes = ORGHEADS | LEGALFORMS | TRADES | PLURALS | QUOTEHEADS;

/// The organisations that a text names.
pub(super) fn organisations(
    text: &Text,
    words: &[Word<'_>],
    bodies: &[KnownBody],
    lexicon: &Lexicon,
) -> Vec<Sighting> {
    let reader = Reader {
        text,
        words,
        lexicon,
    };
    let mut found: Vec<Hit> = bodies
        .iter()
        .filter(|known| known.is_body)
        .map(|known| Hit {
            printed: Some(known.printed.to_owned()),
            body: Some(known.body),
            ..Hit::new(known.words.clone(), "known name", 3.0, 0.93)
        })
        .map(|hit| reader.with_nation(hit))
        .collect();
    for (at, word) in words.iter().enumerate() {
        if !word.is(BEGINNERS) && word.before != Gap::Quote {
            continue;
        }
        if word.is(ORGHEADS) {
            found.extend(reader.around_head(at));
        }
        if word.is(LEGALFORMS) {
            found.extend(reader.company(at));
        }
        if word.is(TRADES) {
            found.extend(reader.trader(at));
        }
        if word.is(PLURALS) {
            found.extend(reader.coordinated(at));
        }
        if word.is(QUOTEHEADS)
            && !word.is(BODY)
            && !word.ending
            && (!word.capital || word.before == Gap::Stop || lexicon.has(CAPITAL_NOUNS))
        {
            found.extend(reader.after_kind(at));
        }
        if word.before == Gap::Quote {
            found.extend(reader.in_quotes(at));
        }
    }
    let acronyms = reader.acronyms(&found);
    for acronym in &acronyms {
        found.push(Hit::new(acronym.name.clone(), "name (acronym)", 3.0, 0.92));
        found.push(Hit {
            joined: Some(acronym.name.clone()),
            ..Hit::new(acronym.at..acronym.at + 1, "acronym of a name", 3.0, 0.92)
        });
    }
    found.extend(reader.later_acronyms(&acronyms));
    if found.is_empty() {
        return Vec::new();
    }
    // The longest reading of a place wins, the stronger rule first.
    found.sort_by(|a, b| {
        b.words
            .len()
            .cmp(&a.words.len())
            .then(b.weight.total_cmp(&a.weight))
            .then(a.words.start.cmp(&b.words.start))
    });
    let mut taken = vec![false; words.len()];
    let mut sightings = Vec::with_capacity(found.len());
    for hit in found {
        let Some(slots) = taken.get_mut(hit.words.clone()) else {
            continue;
        };
        if slots.iter().any(|t| *t) {
            continue;
        }
        slots.fill(true);
        sightings.extend(reader.sighting(&hit));
    }
    sightings
}

/// Where an organisation is named.
#[derive(Clone, Debug)]
struct Hit {
    words: Range<usize>,
    rule: &'static str,
    weight: f32,
    sure: f32,
    /// The name as it is printed, where it is not as written.
    printed: Option<String>,
    /// The words of the name for which this stands.
    joined: Option<Range<usize>>,
    /// The known body that it is.
    body: Option<usize>,
    /// Bytes after the last word that are of the name: a full stop.
    tail: usize,
}

impl Hit {
    fn new(words: Range<usize>, rule: &'static str, weight: f32, sure: f32) -> Self {
        Self {
            words,
            rule,
            weight,
            sure,
            printed: None,
            joined: None,
            body: None,
            tail: 0,
        }
    }
}

struct Reader<'a> {
    text: &'a Text,
    words: &'a [Word<'a>],
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn is(&self, lists: Classes, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.is(lists))
    }

    fn joined(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| matches!(w.before, Gap::Space | Gap::And))
    }

    fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.capital)
    }

    fn span(&self, range: &Range<usize>) -> Option<Span> {
        let words = self.words.get(range.clone())?;
        let last = words.last()?;
        // A name ends before its possessive or its case.
        let end = if last.ending {
            let bare = last.text.rfind(['\'', '’']).unwrap_or(last.text.len());
            last.span.start + bare
        } else {
            last.span.end
        };
        Some(Span::new(words.first()?.span.start, end))
    }

    fn sighting(&self, hit: &Hit) -> Option<Sighting> {
        let mut span = self.span(&hit.words)?;
        span.end += hit.tail;
        let name = match (&hit.printed, &hit.joined) {
            (Some(printed), _) => printed.clone(),
            (None, Some(joined)) => self.printed(joined, 0)?,
            (None, None) => self.printed(&hit.words, hit.tail)?,
        };
        Some(Sighting {
            span,
            name,
            role: String::new(),
            rule: hit.rule,
            weight: hit.weight,
            sure: hit.sure,
            body: hit.body,
        })
    }
}
