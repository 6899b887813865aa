//! Days that are known by their names: Christmas Day, le lundi de Pâques, Heiligabend, Thanksgiving.

use super::{
    lexicon::Cat,
    mention::{Hold, Mention, Shape, Whole},
    scan::{Scan, ymd},
};
use crate::distill::tokens::{Gap, Kind};

/// The last such weekday of its month, in the data.
const LAST: i32 = 9;

impl Scan<'_> {
    /// A feast by its name, of a year where one is said.
    pub(super) fn feast(&self, at: usize) -> Option<Mention> {
        let (cat, value, last) = [Cat::Feast, Cat::Easter, Cat::EasterEast, Cat::FeastNth]
            .into_iter()
            .find_map(|cat| self.cat(at, cat).map(|(value, last)| (cat, value, last)))?;
        // "The Good Friday Agreement".
        let named = self
            .tok(last)
            .is_some_and(|t| t.kind == Kind::Word && t.gap == Gap::Space && self.capital(last));
        if named && self.capital(at) {
            return None;
        }
        let (year, last) = match self.year_after(last, true) {
            Some((year, last)) => (Some(year), last),
            None => (None, last),
        };
        let month = i8::try_from(value / 100).ok()?;
        let shape = match cat {
            Cat::Feast => match year {
                Some(year) => Shape::Day {
                    day: ymd(year.into(), value / 100, value % 100)?,
                    other: None,
                },
                None => Shape::DayMonth {
                    month,
                    day: i8::try_from(value % 100).ok()?,
                },
            },
            Cat::FeastNth => Shape::Nth {
                nth: match value / 10 % 10 {
                    LAST => -1,
                    nth => i8::try_from(nth).ok()?,
                },
                of: Whole::Month { month, year },
            },
            _ => Shape::Easter {
                days: i8::try_from(value).ok()?,
                year,
                east: cat == Cat::EasterEast,
            },
        };
        let mut found = Scan::found(at, last, shape, "feast");
        found.hold = Hold::Named;
        if cat == Cat::FeastNth {
            found.weekday = i8::try_from(value % 10).ok();
        }
        Some(found)
    }
}
