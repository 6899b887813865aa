//! Dates of Chinese, Japanese and Korean: 2026年1月27日, 令和8年2月4日, 27日.

use super::{
    lexicon::Cat,
    scan::{Mention, Scan, Shape, ymd},
    tokens::{Gap, Kind},
};

impl Scan<'_> {
    /// A number in digits or Han figures.
    pub(super) fn counted(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.tok(at)?;
        if let Some(n) = token.number() {
            return Some((n, at + 1));
        }
        let (mut value, mut end, mut units, mut placed) = (0_i32, at, 0_i32, String::new());
        let mut tens = false;
        while let Some(t) = self
            .tok(end)
            .filter(|t| t.kind == Kind::Glyph && (end == at || t.gap == Gap::None))
        {
            let digit = "〇一二三四五六七八九"
                .chars()
                .position(|c| t.text.starts_with(c))
                .or((t.text == "零").then_some(0));
            match (digit, t.text) {
                (Some(d), _) => {
                    units = i32::try_from(d).unwrap_or(0);
                    placed.push_str(&d.to_string());
                }
                (None, "十") => {
                    value += units.max(1) * 10;
                    units = 0;
                    tens = true;
                }
                (None, "元") if end == at => {
                    units = 1;
                    placed.push('1');
                }
                _ => break,
            }
            end += 1;
            if end > at + 5 {
                break;
            }
        }
        if end == at {
            return None;
        }
        let n = if tens {
            value + units
        } else {
            placed.parse().ok()?
        };
        Some((n, end))
    }

    /// 2026年1月27日, 令和8年2月4日, 1月27日, 27日; and the same in Korean.
    pub(super) fn glyphs(&self, at: usize) -> Option<Mention> {
        if !matches!(self.lang, "zh" | "ja" | "ko" | "und") {
            return None;
        }
        let (era, start) = self.cat(at, Cat::Era).unwrap_or((0, at));
        let (n, next) = self.counted(start)?;
        let year_mark = |i: usize| self.one_of(i, &["年", "년"]);
        let month_mark = |i: usize| self.one_of(i, &["月", "월"]);
        let day_mark = |i: usize| self.one_of(i, &["日", "일", "号", "號"]);
        let mut year = None;
        let (mut m, mut after) = (n, next);
        if year_mark(next) {
            let value = if era > 0 { era + n } else { n };
            if !(1500..2200).contains(&value) {
                return None;
            }
            year = Some(value);
            (m, after) = self.counted(next + 1).filter(|(_, e)| month_mark(*e))?;
        } else if era > 0 {
            return None;
        }
        if month_mark(after) {
            let month = i8::try_from(m).ok().filter(|m| (1..=12).contains(m))?;
            if let Some((d, end)) = self
                .counted(after + 1)
                .filter(|(d, e)| day_mark(*e) && (1..=31).contains(d))
            {
                return Some(self.glyph_day(at, end + 1, year, month, i8::try_from(d).ok()?));
            }
            let year = year?;
            return Some(Scan::found(
                at,
                after + 1,
                Shape::Month {
                    year: i16::try_from(year).ok()?,
                    month,
                },
                "month and year",
            ));
        }
        let figure = self.tok(at)?.kind == Kind::Number;
        let length = [
            "间", "間", "内", "前", "后", "後", "以", "目", "分", "本", "元", "程", "行", "游",
            "ほ", "付", "간", "째", "만", "동", "내", "치",
        ];
        if day_mark(after)
            && figure
            && (1..=31).contains(&n)
            && !self.one_of(after + 1, &length)
            && !self.one_of(after, &["号", "號"])
            && !(at > 0 && self.joined(at) && self.one_of(at - 1, &["-", "第", ".", "/"]))
        {
            return Some(Scan::found(
                at,
                after + 1,
                Shape::DayOfMonth(i8::try_from(n).ok()?),
                "day of the month",
            ));
        }
        None
    }

    pub(super) fn glyph_day(
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
        let shape = match year.and_then(|y| ymd(y, i32::from(month), i32::from(day))) {
            Some(day) => Shape::Day { day, other: None },
            None => Shape::DayMonth { month, day },
        };
        let mut found = Scan::found(
            first,
            last,
            shape,
            if year.is_some() {
                "year, month and day"
            } else {
                "month and day"
            },
        );
        found.from_day = from;
        found
    }
}
