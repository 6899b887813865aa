//! "The first Friday of July", "last Monday of last month", "7月の第1金曜日", "the last day of October 2015" → a day counted within its month.

use super::{
    lexicon::Cat,
    mention::{Mention, Shape, Whole},
    scan::Scan,
};
use crate::distill::tokens::Gap;

/// Which of a month's days: the first, second … or last (-1) such weekday, or day where there is none.
#[derive(Clone, Copy)]
struct Place {
    nth: i8,
    weekday: Option<i8>,
}

impl Scan<'_> {
    /// A day by its number in a month that is named or near by.
    pub(super) fn nth_in_month(&self, at: usize) -> Option<Mention> {
        let (place, of, last) = self.place_first(at).or_else(|| self.month_ahead(at))?;
        let rule = match place.weekday {
            Some(_) => "weekday of a month by its number",
            None => "day of a month by its number",
        };
        let shape = Shape::Nth { nth: place.nth, of };
        let mut found = Scan::found(at, last, shape, rule);
        found.weekday = place.weekday;
        Some(found)
    }

    /// "First Friday of July 2026".
    fn place_first(&self, at: usize) -> Option<(Place, Whole, usize)> {
        let (place, after) = self.place(at)?;
        let mut next = after;
        for _ in 0..2 {
            if let Some(found) = self.month_of_place(next) {
                return Some((place, found.0, found.1));
            }
            next = self
                .own(next, Cat::Of)
                .or_else(|| self.own(next, Cat::In))
                .or_else(|| self.own(next, Cat::Glue))?
                .1;
        }
        self.month_of_place(next)
            .map(|(of, last)| (place, of, last))
    }

    /// "Temmuz'un ilk Cuma günü", "下个月第一个星期一".
    fn month_ahead(&self, at: usize) -> Option<(Place, Whole, usize)> {
        let (of, after) = self.month_of_place(at)?;
        (after..=after + 2).find_map(|next| {
            let between = (after..next).all(|i| {
                self.begins(i, Cat::Of)
                    || self.one_of(i, &["'", ","])
                    || self.joined(i) && self.one_of(i - 1, &["'"])
            });
            let near = self.tok(next).is_some_and(|t| t.gap <= Gap::Line);
            let (place, last) = self.place(next).filter(|_| between && near)?;
            place.weekday.map(|_| (place, of, last))
        })
    }

    /// "First Friday", "last day".
    fn place(&self, at: usize) -> Option<(Place, usize)> {
        let (nth, next) = self
            .cat(at, Cat::Nth)
            .or_else(|| self.cat(at, Cat::Last).map(|(_, next)| (-1, next)))?;
        let nth = i8::try_from(nth).ok()?;
        let named = self.own(next, Cat::OnWeekday).map_or(next, |(_, n)| n);
        let weekday = self
            .cat(named, Cat::Weekday)
            .or_else(|| self.cat(named, Cat::Homonym))
            .filter(|_| nth <= 5);
        if let Some((weekday, after)) = weekday {
            let after = self.own(after, Cat::DayWord).map_or(after, |(_, n)| n);
            let weekday = i8::try_from(weekday).ok();
            return Some((Place { nth, weekday }, after));
        }
        let (_, after) = self.cat(next, Cat::DayNoun)?;
        Some((Place { nth, weekday: None }, after))
    }

    /// A month by its name, of a year where one is said, or from the one of writing.
    fn month_of_place(&self, at: usize) -> Option<(Whole, usize)> {
        if let Some((months, last)) = self.cat(at, Cat::RelMonth) {
            return Some((Whole::Near(i8::try_from(months).ok()?), last));
        }
        let (month, last) = self
            .month(at)
            .map(|(month, _, last)| (month, last))
            .or_else(|| self.glyph_month(at))?;
        let (year, last) = match self.year_after(last, true) {
            Some((year, last)) => (Some(year), last),
            None => (None, last),
        };
        Some((Whole::Month { month, year }, last))
    }
}
