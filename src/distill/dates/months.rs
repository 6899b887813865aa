//! Dates that begin with the month, and months alone: January 27, 2026. január 27., mai 2026, last March.

use jiff::civil::Date;

use super::{
    lexicon::{Cat, Trait, english},
    mention::{Mention, Shape, Turn},
    scan::Scan,
    words::DASHES,
};
use crate::distill::tokens::{Gap, Kind};

impl Scan<'_> {
    /// January 27, 2026; Jan 27; Februari 23, 2026; 2026. január 27.
    pub(super) fn month_first_date(&self, at: usize) -> Option<Mention> {
        let mut start = at;
        let mut before = None;
        if self.lexicon.has(Trait::YearFirst)
            && let Some((year, next)) = self.year(at)
        {
            before = Some(year);
            start =
                self.past_of(next) + usize::from(self.is(next, ".") && self.past_of(next) == next);
            if self.one_of(start, &["m", "g"]) {
                start += 1 + usize::from(self.is(start + 1, "."));
            }
        }
        let (month, _, next) = self.month(start)?;
        // In other languages only English names are written month first, and "Month 27, 2026".
        let american = self.is(next + 1, ",") && self.year(next + 2).is_some();
        let usual = american || self.lexicon.has(Trait::MonthDay);
        let own = self.begins(start, Cat::Month) && !self.english_month(start);
        if !usual && !own && !self.capital(start) {
            return None;
        }
        let dash = self.one_of(next, &[".", "-", "/"]) && self.joined(next);
        let next = next + usize::from(dash);
        let (day, after_day) = self
            .small(next, 31)
            .map(|d| (d, next + 1))
            .or_else(|| self.spoken_day(next))?;
        let thousands = self.one_of(after_day, &[",", ".", ":"])
            && self.joined(after_day)
            && self.joined(after_day + 1)
            && self
                .tok(after_day + 1)
                .is_some_and(|t| t.kind == Kind::Number);
        if thousands
            || self.is(after_day, "%")
            || self.tok(next).is_some_and(|t| t.gap >= Gap::Paragraph)
        {
            return None;
        }
        let mut last = self.past_ordinal(after_day);
        let (mut day, mut from) = (day, None);
        if let Some(after) = self
            .cat(last, Cat::To)
            .map(|(_, after)| after)
            .or_else(|| self.one_of(last, &DASHES).then_some(last + 1))
            && let Some(second) = self.small(after, 31).filter(|s| *s > day)
            && !self.day_goes_on(after + 1)
        {
            from = Some(day);
            day = second;
            last = self.past_ordinal(after + 1);
        }
        let year = before.map(|y| (y, last)).or_else(|| {
            let comma = last + usize::from(self.is(last, ","));
            self.year(comma).or_else(|| self.year_after(last, true))
        });
        // "Im April 20 Menschen": elsewhere a number behind the month may count what follows.
        let counts = !self.lexicon.has(Trait::MonthDay)
            && self
                .tok(last)
                .is_some_and(|t| t.kind != Kind::Punct && t.gap == Gap::Space)
            && last == after_day;
        let mut found = match year {
            Some((year, last)) => {
                let day = Date::new(year, month, day).ok()?;
                let shape = Shape::Day { day, other: None };
                Scan::found(at, last, shape, "month, day and year")
            }
            None if counts || own && !usual && !self.day_led(start) => return None,
            None => Scan::found(at, last, Shape::DayMonth { month, day }, "month and day"),
        };
        found.from_day = from;
        Some(found)
    }

    /// Whether a preposition of days or a weekday stands before a date.
    fn day_led(&self, at: usize) -> bool {
        let comma = usize::from(at > 0 && self.one_of(at - 1, &[",", "،"]));
        self.ending(at, Cat::On).is_some() || self.ending(at - comma, Cat::Weekday).is_some()
    }

    /// Whether the month at a token is an English name.
    fn english_month(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| {
            english()
                .beginning(t.hash)
                .iter()
                .any(|e| e.cat == Cat::Month && e.len() == 1)
        })
    }

    /// "May twenty-first", where nothing follows that it could count.
    pub(super) fn spoken_day(&self, at: usize) -> Option<(i8, usize)> {
        let (value, next) = self
            .cat(at, Cat::Nth)
            .or_else(|| self.cat(at, Cat::Number))?;
        let day = i8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
        let closed = self
            .tok(next)
            .is_none_or(|t| t.kind != Kind::Word || t.gap >= Gap::Line);
        closed.then_some((day, next))
    }

    /// Whether a number is followed by a month of its own: "January 27 and 28 February".
    fn day_goes_on(&self, after: usize) -> bool {
        self.names_month(self.past_of(self.past_ordinal(after)))
    }

    /// May 2026, мае 2026 года, mai 2026, last March, mars de l'année dernière.
    pub(super) fn month_year(&self, at: usize) -> Option<Mention> {
        let (month, short, next) = self.month(at)?;
        if short && !self.lexicon.has(Trait::CapitalMonths) && !self.capital(at) {
            return None;
        }
        let comma = self.lexicon.has(Trait::Region);
        if let Some((year, last)) = self.year_after(next, comma) {
            let shape = Shape::Month { year, month };
            return Some(Scan::found(at, last, shape, "month and year"));
        }
        if short {
            return None;
        }
        let (turn, first, last) = self
            .year_turn(next)
            .map(|(turn, last)| (turn, at, last))
            .or_else(|| self.turn_at(next).map(|(turn, last)| (turn, at, last)))
            .or_else(|| {
                self.turn_before(at)
                    .map(|(turn, first)| (turn, first, next))
            })
            .filter(|(turn, ..)| !matches!(turn, Turn::Week(_)))?;
        let mut found = Scan::found(
            first,
            last,
            Shape::MonthOf { month },
            "month of a year near by",
        );
        found.turn = Some(turn);
        Some(found)
    }

    /// "Of last year" after a day or month.
    pub(super) fn year_turn(&self, at: usize) -> Option<(Turn, usize)> {
        let comma = at + usize::from(self.is(at, ","));
        let (years, last) = [at, comma, self.past_of(at)]
            .into_iter()
            .find_map(|i| self.cat(i, Cat::RelYear))?;
        (self.tok(at)?.gap < Gap::Paragraph)
            .then_some((Turn::Year(i8::try_from(years).ok()?), last))
    }
}
