//! Dates in figures: 2026-01-27, 27/01/2026, 27.1.

use super::{
    scan::{Mention, Scan, Shape, ymd},
    tokens::{Gap, Kind},
};

impl Scan<'_> {
    /// 2026-01-27, 27/01/2026, 27.01.26, 27.1.
    pub(super) fn figures(&self, at: usize) -> Option<Mention> {
        let first = self.tok(at)?;
        let a = first.number()?;
        let glued = at > 0
            && first.gap == Gap::None
            && self.one_of(at - 1, &["/", ".", "-", ":", ","])
            && self.tok(at - 1).is_some_and(|t| t.gap == Gap::None)
            && at > 1
            && self.tok(at - 2).is_some_and(|t| t.kind == Kind::Number);
        let sep = self
            .tok(at + 1)
            .filter(|t| t.gap == Gap::None && matches!(t.text, "/" | "." | "-"))?
            .text;
        let near = |i: usize| {
            self.tok(i)
                .is_some_and(|t| t.gap == Gap::None || sep == "." && t.gap == Gap::Space)
        };
        if glued || !near(at + 2) {
            return None;
        }
        let b = self
            .tok(at + 2)?
            .number()
            .filter(|_| self.tok(at + 2).is_some_and(|t| t.text.len() <= 2))?;
        if !(self.is(at + 3, sep) && self.joined(at + 3)) {
            return None;
        }
        let c = self
            .tok(at + 4)
            .filter(|t| near(at + 4) && t.kind == Kind::Number);
        let more = self.is(at + 5, sep)
            && self.joined(at + 5)
            && self.joined(at + 6)
            && self.tok(at + 6).is_some_and(|t| t.kind == Kind::Number);
        if let Some(c) = c.filter(|_| !more) {
            let n = c.number()?;
            if first.text.len() == 4 && c.text.len() <= 2 {
                let mut last = at + 5;
                // The time of a stamp belongs to it: T14:05:00-05:00.
                while last < self.tokens.len()
                    && self.joined(last)
                    && sep == "-"
                    && !self.one_of(last, &[")", "]", ",", "|", "<"])
                {
                    last += 1;
                }
                let day = ymd(a, b, n)?;
                return Some(Scan::found(
                    at,
                    last,
                    Shape::Day { day, other: None },
                    "ISO date",
                ));
            }
            let year = match c.text.len() {
                4 if (1500..2200).contains(&n) => n,
                4 if (2400..2700).contains(&n) => n - 543,
                2 if first.text.len() == 2
                    && self.tok(at + 2).is_some_and(|t| t.text.len() == 2) =>
                {
                    2000 + n
                }
                _ => return None,
            };
            let (day_first, month_first) = (ymd(year, b, a), ymd(year, a, b));
            let (day, other) = if self.month_first && sep != "." {
                (month_first.or(day_first)?, day_first)
            } else {
                (day_first.or(month_first)?, month_first)
            };
            let other = other.filter(|o| *o != day && sep != ".");
            return Some(Scan::found(
                at,
                at + 5,
                Shape::Day { day, other },
                "date in figures",
            ));
        }
        let stops = [
            "de", "cs", "sk", "fi", "no", "da", "hr", "sl", "et", "pl", "sr", "is",
        ];
        if c.is_none()
            && sep == "."
            && stops.contains(&self.lang)
            && (1..=31).contains(&a)
            && (1..=12).contains(&b)
            && first.text.len() <= 2
        {
            let shape = Shape::DayMonth {
                month: i8::try_from(b).ok()?,
                day: i8::try_from(a).ok()?,
            };
            return Some(Scan::found(at, at + 4, shape, "day and month in figures"));
        }
        None
    }
}
