//! Dates that begin with the day, the month in words or Roman figures: 27 janvier 2026, 8 بهمن 1404, the 5th of last month.

use jiff::civil::Date;

use super::{
    calendars,
    lexicon::{Cat, Trait},
    mention::{Mention, Shape},
    scan::{Scan, century},
};
use crate::distill::{
    layout::days::roman_month,
    tokens::{Gap, Kind, Token},
};

/// A month's name in some calendar.
struct Name {
    calendar: Calendar,
    month: i8,
    /// An abbreviation.
    short: bool,
    /// The token after it.
    after: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Calendar {
    Gregorian,
    /// Gregorian in Roman figures.
    Roman,
    Solar,
    Hijri,
}

pub(super) const DASHES: [&str; 3] = ["-", "–", "—"];

impl Scan<'_> {
    /// 27 janvier 2026, 26.–28. Januar, 27.I.2026, 8 بهمن 1404, veintiuno de mayo.
    pub(super) fn day_month(&self, at: usize) -> Option<Mention> {
        let (day, after_day) = self.day_number(at)?;
        if self.after_figures(at) {
            return None;
        }
        let mut next = self.past_ordinal(after_day);
        let mut from = None;
        let mut to_day = day;
        // "26 au 28 janvier", "26-28 January", "4 y 5 de junio".
        if let Some(after) = self
            .cat(next, Cat::To)
            .map(|(_, after)| after)
            .or_else(|| self.one_of(next, &["-", "–", "—", "/"]).then_some(next + 1))
            && let Some(second) = self.small(after, 31).filter(|s| *s > day)
        {
            let end = self.past_ordinal(after + 1);
            if self.month_name(self.past_of(end)).is_some() {
                from = Some(day);
                to_day = second;
                next = end;
            }
        }
        let at_month = self.past_of(next);
        if self.tok(at_month).is_some_and(|t| t.gap == Gap::Paragraph) {
            return None;
        }
        let Some(name) = self.month_name(at_month) else {
            return self.day_in_month(at, day, next, at_month);
        };
        let (month, after) = (name.month, name.after);
        let close = self.is(at + 1, ".") || self.joined(at + 1);
        let mut found = match name.calendar {
            Calendar::Solar => self.solar(at, month, to_day, after)?,
            Calendar::Hijri => self.hijri(at, month, to_day, after)?,
            Calendar::Gregorian | Calendar::Roman => {
                let year = self
                    .year_after(after, true)
                    .or_else(|| self.short_year(after, name.short || close));
                match year {
                    Some((year, last)) => {
                        let day = Date::new(year, month, to_day).ok()?;
                        let shape = Shape::Day { day, other: None };
                        Scan::found(at, last, shape, "day, month and year")
                    }
                    None if name.calendar == Calendar::Roman => return None,
                    None => {
                        let shape = Shape::DayMonth { month, day: to_day };
                        Scan::found(at, after, shape, "day and month")
                    }
                }
            }
        };
        found.from_day = from;
        Some(found)
    }

    /// "The 5th of last month".
    fn day_in_month(&self, at: usize, day: i8, next: usize, at_month: usize) -> Option<Mention> {
        if self.tok(at)?.kind != Kind::Number && self.cat(at, Cat::Nth).is_none() {
            return None;
        }
        let (months, last) = [next, at_month]
            .into_iter()
            .find_map(|i| self.cat(i, Cat::RelMonth))?;
        let months = i8::try_from(months).ok()?;
        let shape = Shape::DayIn { months, day };
        Some(Scan::found(at, last, shape, "day of a month near by"))
    }

    /// A day of a month in figures or words, and the token after it.
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(day) = self.small(at, 31) {
            return Some((day, at + 1));
        }
        let (value, next) = self
            .cat(at, Cat::Nth)
            .or_else(|| self.cat(at, Cat::Number))?;
        let day = i8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
        Some((day, next))
    }

    /// Whether a number goes on from figures before it: 3,27 or 12/27.
    fn after_figures(&self, at: usize) -> bool {
        at > 1
            && self.joined(at)
            && self.one_of(at - 1, &["/", ".", ",", ":", "+", "$", "€", "№"])
            && self.tok(at - 2).is_some_and(|t| t.kind == Kind::Number)
    }

    /// 06-Feb-26, 27 ม.ค. 69.
    fn short_year(&self, at: usize, close: bool) -> Option<(i16, usize)> {
        let two = |i: usize| {
            self.tok(i)
                .filter(|t| t.text.len() == 2)
                .and_then(Token::number)
        };
        if self.lexicon.has(Trait::Buddhist) {
            return two(at)
                .filter(|n| *n > 50)
                .and_then(|n| Some((i16::try_from(2500 + n - 543).ok()?, at + 1)));
        }
        if close && self.one_of(at, &["-", "/"]) && self.joined(at) && self.joined(at + 1) {
            return two(at + 1).and_then(|n| Some((century(n)?, at + 2)));
        }
        None
    }

    /// Whether a month of any calendar is named at a token.
    pub(super) fn names_month(&self, at: usize) -> bool {
        self.month_name(at).is_some()
    }

    fn month_name(&self, at: usize) -> Option<Name> {
        if let Some((month, short, after)) = self.month(at) {
            return Some(Name {
                calendar: Calendar::Gregorian,
                month,
                short,
                after,
            });
        }
        for (cat, calendar) in [(Cat::Solar, Calendar::Solar), (Cat::Hijri, Calendar::Hijri)] {
            if let Some((month, after)) = self.cat(at, cat) {
                return Some(Name {
                    calendar,
                    month: i8::try_from(month).ok()?,
                    short: false,
                    after,
                });
            }
        }
        let month = roman_month(self.tok(at)?.text).filter(|_| self.capital(at))?;
        Some(Name {
            calendar: Calendar::Roman,
            month,
            short: false,
            after: at + 1,
        })
    }

    /// The year of another calendar, past words such as "of the year".
    fn era_year(&self, after: usize, years: std::ops::Range<i32>) -> Option<(i32, usize)> {
        let mut next = after;
        while let Some((_, n)) = self.cat(next, Cat::Of) {
            next = n;
        }
        let year = self.tok(next).and_then(Token::number)?;
        years.contains(&year).then_some((year, next + 1))
    }

    fn solar(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
        if let Some((year, last)) = self.era_year(after, 1300..1500) {
            let day = calendars::solar(year, month, day)?;
            let shape = Shape::Day { day, other: None };
            return Some(Scan::found(at, last, shape, "Persian solar date"));
        }
        let shape = Shape::SolarDay { month, day };
        Some(Scan::found(at, after, shape, "Persian solar day and month"))
    }

    fn hijri(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
        let (year, last) = self.era_year(after, 1300..1600)?;
        // The date of another calendar beside it is surer by a day. Islamic dates in a row are not asked for each other.
        let other = |i: usize| {
            let month = self.past_of(self.past_ordinal(i + 1));
            self.tok(i).is_some_and(|t| t.kind == Kind::Number)
                && (self.figures(i).is_some()
                    || self.glyphs(i).is_some()
                    || self.month(month).is_some()
                    || self.cat(month, Cat::Solar).is_some())
        };
        if (last..last + 7).any(other) {
            return None;
        }
        let day = calendars::hijri(year, month, day)?;
        let shape = Shape::Day { day, other: None };
        Some(Scan::found(at, last, shape, "Islamic date"))
    }

    /// Past "er", "th", "º" or a stop right after a day.
    pub(super) fn past_ordinal(&self, at: usize) -> usize {
        if !self.joined(at) {
            return at;
        }
        if let Some((_, next)) = self.cat(at, Cat::Ordinal) {
            return next;
        }
        if self.one_of(at, &[".", "º", "°", "ª"]) {
            return at + 1 + usize::from(self.one_of(at + 1, &["º", "°"]));
        }
        at
    }

    pub(super) fn past_of(&self, at: usize) -> usize {
        let mut next = at;
        for _ in 0..2 {
            if let Some((_, after)) = self.cat(next, Cat::Of) {
                next = after;
            } else if self.one_of(next, &["-", "/", ".", "'"]) && self.joined(next) {
                next += 1;
            } else {
                break;
            }
        }
        next
    }
}
