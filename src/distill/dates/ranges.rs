//! Dates in a row → what is said once holds for the date before.

use jiff::civil::Date;

use super::{
    lexicon::Cat,
    mention::{Mention, Shape},
    scan::Scan,
};

impl Scan<'_> {
    /// "Du 28 janvier au 3 février 2026", "mardi 27 et mercredi 28 janvier": what is said once holds for the date before.
    pub(super) fn spread(&self, all: &mut [Mention]) {
        for at in (1..all.len()).rev() {
            let (before, after) = all.split_at_mut(at);
            let (Some(first), Some(second)) = (before.last_mut(), after.first()) else {
                continue;
            };
            let joined = self
                .cat(first.last, Cat::To)
                .is_some_and(|(_, end)| end >= second.first.saturating_sub(2))
                && second.first.saturating_sub(first.last) <= 4
                || self.one_of(first.last, &[",", "،", "、"]) && first.last + 1 == second.first;
            if !joined {
                continue;
            }
            match (first.shape, second.shape) {
                (
                    Shape::DayMonth { month, day },
                    Shape::Day {
                        day: end,
                        other: None,
                    },
                ) => {
                    let year = end.year() - i16::from(month > end.month());
                    if let Ok(day) = Date::new(year, month, day) {
                        first.opens = true;
                        first.shape = Shape::Day { day, other: None };
                    }
                }
                (Shape::DayOfMonth(day), Shape::DayMonth { month, day: end }) if day < end => {
                    first.opens = true;
                    first.shape = Shape::DayMonth { month, day };
                }
                (Shape::DayOfMonth(day), Shape::Day { day: end, .. }) if day < end.day() => {
                    if let Ok(day) = Date::new(end.year(), end.month(), day) {
                        first.opens = true;
                        first.shape = Shape::Day { day, other: None };
                    }
                }
                _ => {}
            }
        }
    }
}
