//! Dates of Chinese, Japanese and Korean: 2026年1月27日, 令和8年2月4日, R8.2.4, 去年12月5日, 27日.

use super::{
    lexicon::{Cat, Trait},
    mention::{Mention, Shape, Turn},
    scan::{Scan, ymd},
};
use crate::distill::tokens::{Gap, Kind};

/// The value of a Han digit.
fn digit(text: &str) -> Option<i32> {
    Some(match text.chars().next()? {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether a character is a Han figure.
pub(super) fn figure(text: &str) -> bool {
    digit(text).is_some() || matches!(text, "十" | "元")
}

/// What a date says before its day.
struct Before {
    era: Option<i32>,
    /// Years from the one of writing.
    year: Option<i8>,
    /// Months from the one of writing.
    month: Option<i8>,
    next: usize,
}

impl Scan<'_> {
    /// A number in digits or Han figures.
    pub(super) fn counted(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.tok(at)?;
        if let Some(n) = token.number() {
            return Some((n, at + 1));
        }
        let (mut value, mut units, mut placed, mut end) = (0_i32, 0_i32, 0_i32, at);
        let mut tens = false;
        while let Some(t) = self
            .tok(end)
            .filter(|t| t.kind == Kind::Glyph && (end == at || t.gap == Gap::None) && end <= at + 4)
        {
            match (digit(t.text), t.text) {
                (Some(d), _) => {
                    units = d;
                    placed = placed * 10 + d;
                }
                (None, "十") => {
                    value += units.max(1) * 10;
                    units = 0;
                    tens = true;
                }
                (None, "元") if end == at => {
                    units = 1;
                    placed = 1;
                }
                _ => break,
            }
            end += 1;
        }
        (end > at).then_some((if tens { value + units } else { placed }, end))
    }

    fn before_glyphs(&self, at: usize) -> Before {
        let mut found = Before {
            era: None,
            year: None,
            month: None,
            next: at,
        };
        // R8 is 令和8, r8 is nothing.
        let era = self.cat(at, Cat::Era).filter(|(_, next)| {
            self.tok(at).is_some_and(|t| t.kind == Kind::Glyph)
                || self.capital(at) && self.joined(*next)
        });
        if let Some((era, next)) = era {
            found.era = Some(era);
            found.next = next;
        } else if let Some((years, next)) = self.cat(at, Cat::RelYear) {
            found.year = i8::try_from(years).ok();
            found.next = next + usize::from(self.one_of(next, &["の", "的"]));
        } else if let Some((months, next)) = self.cat(at, Cat::RelMonth) {
            found.month = i8::try_from(months).ok();
            found.next = next + usize::from(self.one_of(next, &["の", "的"]));
        }
        found
    }

    /// 2026年1月27日, 令和8年2月4日, 1月27日, 27日; and the same in Korean.
    pub(super) fn glyphs(&self, at: usize) -> Option<Mention> {
        if !self.lexicon.has(Trait::GlyphDates) {
            return None;
        }
        let before = self.before_glyphs(at);
        let (n, next) = self.counted(before.next)?;
        let month_mark = |i: usize| self.one_of(i, &["月", "월"]);
        let day_mark = |i: usize| self.one_of(i, &["日", "일", "号", "號"]);
        if let Some(era) = before.era
            && self.is(next, ".")
        {
            return self.era_figures(at, era + n, next);
        }
        // 1901年の9月10日
        let past_no = |i: usize| i + usize::from(self.is(i, "の"));
        let mut year = None;
        let (mut m, mut after) = (n, next);
        if self.one_of(next, &["年", "년"]) {
            let value = match before.era {
                Some(era) => era + n,
                None if self.lexicon.has(Trait::Minguo) && (90..200).contains(&n) => 1911 + n,
                None => n,
            };
            if !(1500..2200).contains(&value) {
                return None;
            }
            year = Some(value);
            (m, after) = self
                .counted(past_no(next + 1))
                .filter(|(_, e)| month_mark(*e))?;
        } else if before.era.is_some() {
            return None;
        }
        let turn = before.year.map(Turn::Year);
        if month_mark(after) {
            let month = i8::try_from(m).ok().filter(|m| (1..=12).contains(m))?;
            if let Some((d, end)) = self
                .counted(past_no(after + 1))
                .filter(|(d, e)| day_mark(*e) && (1..=31).contains(d))
            {
                let day = i8::try_from(d).ok()?;
                // 2019年2月29日 is no day, and none of another year.
                if let Some(year) = year {
                    ymd(year, m, d)?;
                }
                let mut found = self.glyph_day(at, end + 1, year, month, day);
                found.turn = turn;
                return Some(found);
            }
            if let Some(year) = year {
                let year = i16::try_from(year).ok()?;
                let shape = Shape::Month { year, month };
                return Some(Scan::found(at, after + 1, shape, "month and year"));
            }
            let mut found = Scan::found(
                at,
                after + 1,
                Shape::MonthOf { month },
                "month of a year near by",
            );
            found.turn = Some(turn?);
            return Some(found);
        }
        let day = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
        if !day_mark(after) || self.begins(after + 1, Cat::Duration) {
            return None;
        }
        if let Some(months) = before.month {
            let shape = Shape::DayIn { months, day };
            return Some(Scan::found(at, after + 1, shape, "day of a month near by"));
        }
        // 三日 is three days as well.
        let figures = self.tok(at)?.kind == Kind::Number || day > 10;
        if before.next > at
            || !figures
            || self.one_of(after, &["号", "號"])
            || at > 0 && self.joined(at) && self.one_of(at - 1, &["-", "第", ".", "/"])
        {
            return None;
        }
        Some(Scan::found(
            at,
            after + 1,
            Shape::DayOfMonth(day),
            "day of the month",
        ))
    }

    /// 7月, 十月.
    pub(super) fn glyph_month(&self, at: usize) -> Option<(i8, usize)> {
        if !self.lexicon.has(Trait::GlyphDates) {
            return None;
        }
        let (n, next) = self.counted(at).filter(|(n, _)| (1..=12).contains(n))?;
        let month = i8::try_from(n).ok()?;
        self.one_of(next, &["月", "월"]).then(|| {
            (
                month,
                next + 1 + usize::from(self.one_of(next + 1, &["の", "的"])),
            )
        })
    }

    /// R8.2.4, 令和8.2.4
    fn era_figures(&self, at: usize, year: i32, stop: usize) -> Option<Mention> {
        let month = self.small(stop + 1, 12).filter(|_| self.joined(stop + 1))?;
        let day = self
            .small(stop + 3, 31)
            .filter(|_| self.is(stop + 2, ".") && self.joined(stop + 3))?;
        let day = ymd(year, i32::from(month), i32::from(day))?;
        let shape = Shape::Day { day, other: None };
        Some(Scan::found(
            at,
            stop + 4,
            shape,
            "era, month and day in figures",
        ))
    }

    fn glyph_day(
        &self,
        first: usize,
        end: usize,
        year: Option<i32>,
        month: i8,
        day: i8,
    ) -> Mention {
        let (mut day, mut last, mut from) = (day, end, None);
        if let Some((_, after)) = self.cat(end, Cat::To)
            && let Some((d, e)) = self
                .counted(after)
                .filter(|(d, e)| self.one_of(*e, &["日", "일"]) && (1..=31).contains(d))
        {
            from = Some(day);
            day = i8::try_from(d).unwrap_or(day);
            last = e + 1;
        }
        let (shape, rule) = match year.and_then(|y| ymd(y, i32::from(month), i32::from(day))) {
            Some(day) => (Shape::Day { day, other: None }, "year, month and day"),
            None => (Shape::DayMonth { month, day }, "month and day"),
        };
        let mut found = Scan::found(first, last, shape, rule);
        found.from_day = from;
        found
    }
}
