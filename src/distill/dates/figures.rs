//! Dates in figures: 2026-01-27, 27/01/2026, 27.1., on 27/1.

use super::{
    lexicon::{Cat, Trait},
    mention::{Mention, Shape},
    scan::{Scan, century, ymd},
};
use crate::distill::tokens::{Gap, Kind, Token};

impl Scan<'_> {
    /// 2026-01-27, 27/01/2026, 27.01.26, 27.1., 27/01.
    pub(super) fn figures(&self, at: usize) -> Option<Mention> {
        let first = self.tok(at)?;
        let a = first.number()?;
        if let Some(found) = self.year_first(at).or_else(|| self.spaced(at)) {
            return Some(found);
        }
        let sep = self
            .tok(at + 1)
            .filter(|t| t.gap == Gap::None && matches!(t.text, "/" | "." | "-"))?
            .text;
        let glued = at > 1
            && first.gap == Gap::None
            && self.one_of(at - 1, &["/", ".", "-", ":", ","])
            && self.joined(at - 1)
            && self.tok(at - 2).is_some_and(|t| t.kind == Kind::Number);
        let near = |i: usize| {
            self.tok(i)
                .is_some_and(|t| t.gap == Gap::None || sep == "." && t.gap == Gap::Space)
        };
        if glued || !near(at + 2) {
            return None;
        }
        let second = self.tok(at + 2)?;
        let b = second.number().filter(|_| second.text.len() <= 2)?;
        if !(self.is(at + 3, sep) && self.joined(at + 3)) {
            return self.day_slash_month(at, a, b, sep);
        }
        let third = self
            .tok(at + 4)
            .filter(|t| near(at + 4) && t.kind == Kind::Number);
        let more = self.is(at + 5, sep)
            && self.joined(at + 5)
            && self.joined(at + 6)
            && self.tok(at + 6).is_some_and(|t| t.kind == Kind::Number);
        if let Some(third) = third.filter(|_| !more) {
            return self.three(at, [first, second, third], sep);
        }
        if third.is_none()
            && sep == "."
            && self.lexicon.has(Trait::DayStop)
            && first.text.len() <= 2
            && !self.clock_beside(at, at + 4)
        {
            let shape = day_month(a, b)?;
            return Some(Scan::found(at, at + 4, shape, "day and month in figures"));
        }
        None
    }

    /// 2026/Jan/27, 2026-jan-27.
    fn year_first(&self, at: usize) -> Option<Mention> {
        let dash = |i: usize| self.joined(i) && self.one_of(i, &["-", "/"]);
        let (year, next) = self.year(at).filter(|(_, next)| dash(*next))?;
        let (month, next) = self.entry(next + 1, Cat::Month)?;
        let day = self
            .small(next + 1, 31)
            .filter(|_| dash(next) && self.joined(next + 1))?;
        let day = ymd(year.into(), month.value, day.into())?;
        let shape = Shape::Day { day, other: None };
        Some(Scan::found(at, next + 2, shape, "year, month and day"))
    }

    /// 27 01 2026, 2026 01 27 and, in words, "el 27 del 1", "27 de 1 de 2026".
    fn spaced(&self, at: usize) -> Option<Mention> {
        let digits = |i: usize| {
            self.tok(i)
                .filter(|t| t.kind == Kind::Number)
                .map_or(0, |t| t.text.len())
        };
        let part = |i: usize| self.small(i, 31).map(i32::from);
        if let Some((_, month)) = self.cat(at + 1, Cat::Of) {
            let (a, b) = (part(at)?, i32::from(self.small(month, 12)?));
            if let Some((year, last)) = self.cat(month + 1, Cat::Of).and_then(|(_, i)| self.year(i))
            {
                let day = ymd(year.into(), b, a)?;
                let shape = Shape::Day { day, other: None };
                return Some(Scan::found(at, last, shape, "date in figures"));
            }
            let counts = self.tok(month + 1).is_some_and(|t| t.kind != Kind::Punct)
                && !self.begins(month + 1, Cat::AfterDay);
            let led = self.ending(at, Cat::On).is_some() && !self.joined(month + 1) && !counts;
            return Some(Scan::found(
                at,
                month + 1,
                day_month(a, b).filter(|_| led)?,
                "day and month in figures",
            ));
        }
        let apart = |i: usize| self.tok(i).is_some_and(|t| t.gap == Gap::Space);
        let alone = digits(at + 3) == 0 && (at == 0 || digits(at - 1) == 0 && !self.joined(at));
        if !(alone && apart(at + 1) && apart(at + 2)) {
            return None;
        }
        let (year, day) = match [at, at + 1, at + 2].map(digits) {
            [2, 2, 4] => (at + 2, at),
            [4, 2, 2] => (at, at + 2),
            _ => return None,
        };
        let day = ymd(self.year(year)?.0.into(), part(at + 1)?, part(day)?)?;
        let shape = Shape::Day { day, other: None };
        Some(Scan::found(at, at + 3, shape, "date in figures"))
    }

    fn three(&self, at: usize, parts: [&Token<'_>; 3], sep: &str) -> Option<Mention> {
        let [first, second, third] = parts;
        let (a, b, c) = (first.number()?, second.number()?, third.number()?);
        if first.text.len() == 4 && third.text.len() <= 2 {
            let mut last = at + 5;
            // The time of a stamp belongs to it: T14:05:00-05:00.
            while sep == "-"
                && last < (at + 24).min(self.tokens.len())
                && self.joined(last)
                && !self.one_of(last, &[")", "]", ",", "|", "<", "。", "、", "，"])
            {
                last += 1;
            }
            let year = if (2400..2700).contains(&a) {
                a - 543
            } else {
                a
            };
            let day = ymd(year, b, c)?;
            return Some(Scan::found(
                at,
                last,
                Shape::Day { day, other: None },
                "ISO date",
            ));
        }
        // 26. 1. 27.
        if self.lexicon.has(Trait::MonthFigures) && sep == "." && self.is(at + 5, ".") {
            let day = ymd(century(a).filter(|_| first.text.len() == 2)?.into(), b, c)?;
            let shape = Shape::Day { day, other: None };
            return Some(Scan::found(at, at + 6, shape, "year, month and day"));
        }
        let year = match third.text.len() {
            4 if (1500..2200).contains(&c) => c,
            4 if (2400..2700).contains(&c) => c - 543,
            2 if first.text.len() == 2 && second.text.len() == 2
                || sep == "/" && first.text.len() <= 2
                || self.ending(at, Cat::On).is_some() && first.text.len() <= 2 =>
            {
                i32::from(century(c)?)
            }
            _ => return None,
        };
        let (day_first, month_first) = (ymd(year, b, a), ymd(year, a, b));
        let short = third.text.len() == 2;
        let (day, other) = if self.lexicon.has(Trait::MonthFigures) && short {
            let year_first = century(a).and_then(|y| ymd(y.into(), b, c));
            (year_first.or(day_first)?, None)
        } else if self.month_first() && sep != "." {
            (month_first.or(day_first)?, day_first)
        } else {
            (day_first.or(month_first)?, month_first)
        };
        let other = other.filter(|o| *o != day && sep != ".");
        let shape = Shape::Day { day, other };
        Some(Scan::found(at, at + 5, shape, "date in figures"))
    }

    /// "On 27/1", 27/01, "am 27.01", "op 27-1": a fraction or a score is neither.
    fn day_slash_month(&self, at: usize, a: i32, b: i32, sep: &str) -> Option<Mention> {
        let lens = [at, at + 2].map(|i| self.tok(i).map_or(0, |t| t.text.len()));
        let full = lens == [2, 2];
        let first = self.lexicon.has(Trait::MonthFigures);
        let closed = first && (full || a > b || b > 12) && self.begins(at + 3, Cat::AfterDay);
        let led = self.ending(at, Cat::On).is_some() || closed;
        let more = self.joined(at + 3)
            && !closed
            && self.tok(at + 3).is_some_and(|t| {
                t.kind != Kind::Punct || self.one_of(at + 3, &["%", "/", "-", ":"])
            });
        let plain = match sep {
            "/" => led || full,
            _ => led && (full || a > 12 || b > 12),
        };
        if !plain || lens[0] > 2 || more || sep != "/" && self.clock_beside(at, at + 3) {
            return None;
        }
        let bracketed = self.is(at + 3, ")") && at > 0 && self.is(at - 1, "(");
        let counted = !bracketed
            && self
                .tok(at + 3)
                .is_some_and(|t| t.kind == Kind::Word && !self.begins(at + 3, Cat::AfterDay));
        let stopped = sep == "." && full && self.lexicon.has(Trait::DayStop);
        if counted && !stopped {
            return None;
        }
        let shape = if first || self.month_first() {
            day_month(b, a).or_else(|| day_month(a, b))?
        } else {
            day_month(a, b).or_else(|| day_month(b, a))?
        };
        Some(Scan::found(at, at + 3, shape, "day and month in figures"))
    }

    /// Whether a word says that figures are a time of day: kl. 8.10., 8.10. Uhr.
    fn clock_beside(&self, first: usize, last: usize) -> bool {
        let stop = usize::from(first > 0 && self.is(first - 1, "."));
        self.ending(first - stop, Cat::Clock).is_some() || self.begins(last, Cat::Clock)
    }
}

fn day_month(day: i32, month: i32) -> Option<Shape> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    // A leap year has every day.
    jiff::civil::Date::new(2024, month, day).ok()?;
    Some(Shape::DayMonth { month, day })
}
