//! Dates with the month in words or Roman figures: 27 janvier 2026, January 27, 8 بهمن 1404, mai 2026.

use jiff::civil::Date;

use super::{
    calendars,
    lexicon::Cat,
    scan::{Mention, Scan, Shape},
    tokens::{Gap, Kind, Token},
};
use crate::distill::layout::lines::roman_month;

/// Languages that put the month before the day.
const MONTH_DAY: [&str; 8] = ["en", "sw", "hu", "tl", "lt", "lv", "eu", "ms"];

impl Scan<'_> {
    /// 27 janvier 2026, 26.–28. Januar, 27.I.2026, 8 بهمن 1404.
    pub(super) fn day_month(&self, at: usize) -> Option<Mention> {
        let first_word = self.one_of(at, &["premier", "primero", "primeiro", "primo"]);
        let day = if first_word {
            Some(1)
        } else {
            self.small(at, 31)
        }?;
        if at > 0
            && self.joined(at)
            && self.one_of(at - 1, &["/", ".", ",", ":", "+", "$", "€", "№"])
            && at > 1
            && self.tok(at - 2).is_some_and(|t| t.kind == Kind::Number)
        {
            return None;
        }
        let mut next = self.past_ordinal(at + 1);
        let mut from = None;
        let mut to_day = day;
        // "26 au 28 janvier", "26-28 January", "4 y 5 de junio".
        if let Some((_, after)) = self.cat(next, Cat::To).or_else(|| {
            self.one_of(next, &["-", "–", "—", "/"])
                .then_some((0, next + 1))
        }) && let Some(second) = self.small(after, 31).filter(|s| *s > day)
        {
            let end = self.past_ordinal(after + 1);
            if self.month_name(self.past_of(end)).is_some() {
                from = Some(day);
                to_day = second;
                next = end;
            }
        }
        let name = self.past_of(next);
        if self.tok(name).is_some_and(|t| t.gap == Gap::Paragraph) {
            return None;
        }
        let (system, month, short, after) = self.month_name(name)?;
        let roman = system == Cat::Era;
        let close = self.one_of(at + 1, &["."]) || self.joined(at + 1);
        let mut found = match system {
            Cat::Solar => self.solar(at, month, to_day, after)?,
            Cat::Hijri => self.hijri(at, month, to_day, after)?,
            _ => {
                let year = self
                    .year_after(after, true)
                    .or_else(|| self.short_year(after, short || close));
                if roman && year.is_none() {
                    return None;
                }
                match year {
                    Some((year, last)) => {
                        let day = Date::new(year, month, to_day).ok()?;
                        Scan::found(
                            at,
                            last,
                            Shape::Day { day, other: None },
                            "day, month and year",
                        )
                    }
                    None => Scan::found(
                        at,
                        after,
                        Shape::DayMonth { month, day: to_day },
                        "day and month",
                    ),
                }
            }
        };
        found.from_day = from;
        Some(found)
    }

    /// 06-Feb-26, 27 ม.ค. 69.
    pub(super) fn short_year(&self, at: usize, close: bool) -> Option<(i16, usize)> {
        let two = |i: usize| {
            self.tok(i)
                .filter(|t| t.text.len() == 2)
                .and_then(Token::number)
                .and_then(|n| i16::try_from(n).ok())
        };
        if self.lang == "th" {
            return two(at)
                .filter(|n| *n > 50)
                .map(|n| (2500 + n - 543, at + 1));
        }
        if close && self.one_of(at, &["-", "/"]) && self.joined(at) && self.joined(at + 1) {
            return two(at + 1).map(|n| (2000 + n, at + 2));
        }
        None
    }

    /// The month at a token in any calendar; Roman figures come as [`Cat::Era`].
    pub(super) fn month_name(&self, at: usize) -> Option<(Cat, i8, bool, usize)> {
        if let Some((month, short, after)) = self.month(at) {
            return Some((Cat::Month, month, short, after));
        }
        for cat in [Cat::Solar, Cat::Hijri] {
            if let Some((month, after)) = self.cat(at, cat) {
                return Some((cat, i8::try_from(month).ok()?, false, after));
            }
        }
        let token = self.tok(at)?;
        let month = roman_month(token.text).filter(|_| self.capital(at))?;
        Some((Cat::Era, month, false, at + 1))
    }

    pub(super) fn solar(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
        let mut next = after;
        while let Some((_, n)) = self.cat(next, Cat::Of) {
            next = n;
        }
        if let Some(year) = self
            .tok(next)
            .and_then(Token::number)
            .filter(|y| (1300..1500).contains(y))
        {
            let day = calendars::solar(year, month, day)?;
            return Some(Scan::found(
                at,
                next + 1,
                Shape::Day { day, other: None },
                "Persian solar date",
            ));
        }
        Some(Scan::found(
            at,
            after,
            Shape::SolarDay { month, day },
            "Persian solar day and month",
        ))
    }

    pub(super) fn hijri(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
        let mut next = after;
        while let Some((_, n)) = self.cat(next, Cat::Of) {
            next = n;
        }
        let year = self
            .tok(next)
            .and_then(Token::number)
            .filter(|y| (1300..1600).contains(y))?;
        // The Gregorian date beside it is surer by a day.
        let beside = (next + 1..next + 8)
            .any(|i| self.tok(i).is_some_and(|t| t.kind == Kind::Number) && self.date(i).is_some());
        if beside {
            return None;
        }
        let day = calendars::hijri(year, month, day)?;
        Some(Scan::found(
            at,
            next + 1,
            Shape::Day { day, other: None },
            "Islamic date",
        ))
    }

    pub(super) fn past_ordinal(&self, at: usize) -> usize {
        if let Some((e, n)) = self
            .lexicon
            .get(self.tokens, at, Cat::Ordinal)
            .filter(|_| self.joined(at))
        {
            let _ = e;
            return at + n;
        }
        if self.joined(at)
            && (self.is(at, ".")
                || self.lang == "en" && self.one_of(at, &["st", "nd", "rd", "th"])
                || self.one_of(at, &["º", "°", "ª"]))
        {
            return at + 1 + usize::from(self.is(at + 1, "º") || self.is(at + 1, "°"));
        }
        at
    }

    pub(super) fn past_of(&self, at: usize) -> usize {
        let mut next = at;
        for _ in 0..2 {
            if let Some((e, n)) = self.lexicon.get(self.tokens, next, Cat::Of) {
                let _ = e;
                next += n;
            } else if self.one_of(next, &["-", "/", "."]) && self.joined(next)
                || self.is(next, "'") && self.joined(next)
            {
                next += 1;
            } else {
                break;
            }
        }
        next
    }

    /// January 27, 2026; Jan 27; Februari 23, 2026; 2026. január 27.
    pub(super) fn month_first_date(&self, at: usize) -> Option<Mention> {
        let mut start = at;
        let mut before = None;
        if matches!(self.lang, "hu" | "lt" | "eu")
            && let Some((year, next)) = self.year(at)
        {
            before = Some(year);
            start =
                self.past_of(next) + usize::from(self.is(next, ".") && self.past_of(next) == next);
            if self.one_of(start, &["m", "g"]) {
                start += 1 + usize::from(self.is(start + 1, "."));
            }
        }
        let english = self
            .english
            .find(self.tokens, start, |e| e.cat == Cat::Month)
            .is_some()
            && self.capital(start);
        if !(MONTH_DAY.contains(&self.lang) || english) {
            return None;
        }
        let (month, _, next) = self.month(start)?;
        let next = next + usize::from(self.is(next, ".") && self.joined(next));
        let day = self.small(next, 31)?;
        let thousands = self.one_of(next + 1, &[",", ".", ":"])
            && self.joined(next + 1)
            && self.joined(next + 2)
            && self.tok(next + 2).is_some_and(|t| t.kind == Kind::Number);
        if thousands
            || self.one_of(next + 1, &["%"])
            || self.tok(next).is_some_and(|t| t.gap >= Gap::Paragraph)
        {
            return None;
        }
        let mut last = self.past_ordinal(next + 1);
        let (mut day, mut from) = (day, None);
        if let Some((_, after)) = self
            .cat(last, Cat::To)
            .or_else(|| self.one_of(last, &["-", "–", "—"]).then_some((0, last + 1)))
            && let Some(second) = self.small(after, 31).filter(|s| *s > day)
        {
            from = Some(day);
            day = second;
            last = self.past_ordinal(after + 1);
        }
        let year = before.map(|y| (y, last)).or_else(|| {
            let comma = last + usize::from(self.is(last, ","));
            self.year(comma).or_else(|| self.year_after(last, true))
        });
        let mut found = match year {
            Some((year, last)) => {
                let day = Date::new(year, month, day).ok()?;
                Scan::found(
                    at,
                    last,
                    Shape::Day { day, other: None },
                    "month, day and year",
                )
            }
            None => Scan::found(at, last, Shape::DayMonth { month, day }, "month and day"),
        };
        found.from_day = from;
        Some(found)
    }

    /// May 2026, мае 2026 года, mai 2026.
    pub(super) fn month_year(&self, at: usize) -> Option<Mention> {
        let (month, short, next) = self.month(at)?;
        if short && self.lang != "en" && !self.capital(at) {
            return None;
        }
        let (year, last) = self.year_after(next, self.lang == "en")?;
        Some(Scan::found(
            at,
            last,
            Shape::Month { year, month },
            "month and year",
        ))
    }
}
