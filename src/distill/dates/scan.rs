//! Tokens → the dates that they write, unresolved: what is said, where, and by which rule.

use jiff::civil::Date;

use super::{
    calendars,
    lexicon::{Cat, Entry, Lexicon, of_language},
    tokens::{Gap, Kind, Token},
};
use crate::distill::{layout::lines::roman_month, text::Text};

/// What a mention says of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A whole date. `other` is the second reading of figures such as 03/02/2026.
    Day { day: Date, other: Option<Date> },
    /// A month of a year.
    Month { year: i16, month: i8 },
    /// A day and month without a year.
    DayMonth { month: i8, day: i8 },
    /// A day and month of the Persian solar calendar without a year.
    SolarDay { month: i8, day: i8 },
    /// The day of some month: 27日.
    DayOfMonth(i8),
    /// Only a weekday.
    Weekday,
    /// Days from the day of writing.
    Offset(i32),
}

/// A word that turns a date back or forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Strictly before.
    Last,
    /// Strictly after.
    Next,
    /// This week's, the current.
    This,
}

/// One date in the text.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    pub(crate) shape: Shape,
    /// Monday = 1.
    pub(crate) weekday: Option<i8>,
    pub(crate) turn: Option<Turn>,
    /// The first day of a range that ends with this one, in the same month.
    pub(crate) from_day: Option<i8>,
    pub(crate) rule: &'static str,
}

/// The scanner of one text.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token<'a>],
    pub(crate) lang: &'a str,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) english: &'static Lexicon,
    /// Whether figures are month first, as in US English.
    pub(crate) month_first: bool,
}

/// Languages that put the month before the day.
const MONTH_DAY: [&str; 8] = ["en", "sw", "hu", "tl", "lt", "lv", "eu", "ms"];

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a Text, tokens: &'a [Token<'a>], lang: &'a str) -> Self {
        let lang = match lang {
            "nb" | "nn" => "no",
            other => other,
        };
        let month_first = lang == "en" && super::american(text, tokens);
        Self {
            text,
            tokens,
            lang,
            lexicon: of_language(lang),
            english: of_language("en"),
            month_first,
        }
    }

    /// All dates of the text, in order.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.mention(at) {
                Some(found) if found.last > at => {
                    at = found.last;
                    out.push(found);
                }
                _ => at += 1,
            }
        }
        out
    }

    fn tok(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tok(at).is_some_and(|t| t.is(text))
    }

    fn one_of(&self, at: usize, texts: &[&str]) -> bool {
        self.tok(at).is_some_and(|t| texts.contains(&t.text))
    }

    fn joined(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| t.gap == Gap::None)
    }

    /// An entry of a category in the language, with Arabic and Hebrew prefixes taken off, else in English.
    fn entry(&self, at: usize, fits: impl Fn(&Entry) -> bool + Copy) -> Option<(i32, bool, usize)> {
        let own = self
            .lexicon
            .find(self.tokens, at, fits)
            .map(|(e, n)| (e.value, e.short, n));
        own.or_else(|| self.prefixed(at, fits)).or_else(|| {
            (self.lang != "en")
                .then(|| {
                    self.english.find(self.tokens, at, |e| {
                        fits(e) && matches!(e.cat, Cat::Month | Cat::Weekday)
                    })
                })
                .flatten()
                .map(|(e, n)| (e.value, e.short, n))
        })
    }

    fn prefixed(&self, at: usize, fits: impl Fn(&Entry) -> bool) -> Option<(i32, bool, usize)> {
        let prefixes: &[char] = match self.lang {
            "ar" => &['و', 'ب', 'ل', 'ف', 'ك'],
            "he" => &['ב', 'ה', 'ל', 'ו', 'מ', 'ש'],
            _ => return None,
        };
        let first = self.tok(at)?;
        let bare = first
            .text
            .strip_prefix(prefixes)
            .filter(|b| b.chars().count() >= 2)?;
        let mut some: Vec<Token<'_>> = self.tokens.iter().skip(at).take(3).copied().collect();
        some.first_mut()?.text = bare;
        self.lexicon
            .find(&some, 0, fits)
            .map(|(e, n)| (e.value, e.short, n))
    }

    /// Whether the word at a token begins with a capital in the decoded text.
    fn capital(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| {
            self.text
                .slice(self.text.original(t.start, t.end()))
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
        })
    }

    /// The month at a token: number, whether it is an abbreviation, the token after it (and its stop).
    fn month(&self, at: usize) -> Option<(i8, bool, usize)> {
        let (value, short, n) = self.entry(at, |e| e.cat == Cat::Month)?;
        // "may" and "march" are verbs, and no English or German month is written small.
        if matches!(self.lang, "en" | "de") && !self.capital(at) {
            return None;
        }
        let mut next = at + n;
        if short && self.is(next, ".") && self.joined(next) {
            next += 1;
        }
        Some((i8::try_from(value).ok()?, short, next))
    }

    fn cat(&self, at: usize, cat: Cat) -> Option<(i32, usize)> {
        self.entry(at, |e| e.cat == cat)
            .map(|(v, _, n)| (v, at + n))
    }

    /// A number of one or two digits from 1 to `most`.
    fn small(&self, at: usize, most: i32) -> Option<i8> {
        let token = self.tok(at)?;
        let value = token.number().filter(|_| token.text.len() <= 2)?;
        (1..=most)
            .contains(&value)
            .then(|| i8::try_from(value).ok())
            .flatten()
    }

    /// A year: four digits, or two after an apostrophe; Buddhist years are turned.
    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let token = self.tok(at)?;
        if token.is("'") {
            let two = self
                .tok(at + 1)
                .filter(|t| t.text.len() == 2 && t.gap == Gap::None)?;
            return Some((2000 + i16::try_from(two.number()?).ok()?, at + 2));
        }
        let value = token.number().filter(|_| token.text.len() == 4)?;
        let followed = self.joined(at + 1)
            && (self.one_of(at + 1, &["%", "€", "$"])
                || self.one_of(at + 1, &["/", "-", ".", ","])
                    && self.joined(at + 2)
                    && self
                        .tok(at + 2)
                        .is_some_and(|t| t.kind == Kind::Number && t.text.len() > 2));
        let value = if (2400..2700).contains(&value) {
            value - 543
        } else {
            value
        };
        ((1500..2200).contains(&value) && !followed)
            .then(|| i16::try_from(value).ok())
            .flatten()
            .map(|y| (y, at + 1))
    }

    /// The year after a day and month, past "de", "of", a comma or a hyphen.
    fn year_after(&self, at: usize, comma: bool) -> Option<(i16, usize)> {
        let mut next = at;
        for _ in 0..4 {
            if self.tok(next).is_some_and(|t| t.gap == Gap::Paragraph) {
                return None;
            }
            if let Some(found) = self.year(next) {
                return Some(found);
            }
            if let Some((_, after)) = self.cat(next, Cat::Of) {
                next = after;
            } else if self.one_of(next, &["-", ".", "/"]) || comma && self.one_of(next, &[",", "،"])
            {
                next += 1;
            } else {
                break;
            }
        }
        None
    }

    fn mention(&self, at: usize) -> Option<Mention> {
        self.weekday(at)
            .or_else(|| self.date(at).map(|m| self.adorn(m)))
            .or_else(|| self.relative(at))
    }

    /// A date that is more than a weekday.
    fn date(&self, at: usize) -> Option<Mention> {
        self.figures(at)
            .or_else(|| self.glyphs(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_first_date(at))
            .or_else(|| self.month_year(at))
    }

    fn found(first: usize, last: usize, shape: Shape, rule: &'static str) -> Mention {
        Mention {
            first,
            last,
            shape,
            weekday: None,
            turn: None,
            from_day: None,
            rule,
        }
    }

    /// 2026-01-27, 27/01/2026, 27.01.26, 27.1.
    fn figures(&self, at: usize) -> Option<Mention> {
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
                return Some(Self::found(
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
            return Some(Self::found(
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
            return Some(Self::found(at, at + 4, shape, "day and month in figures"));
        }
        None
    }

    /// A number in digits or Han figures.
    fn counted(&self, at: usize) -> Option<(i32, usize)> {
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
    fn glyphs(&self, at: usize) -> Option<Mention> {
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
            return Some(Self::found(
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
            return Some(Self::found(
                at,
                after + 1,
                Shape::DayOfMonth(i8::try_from(n).ok()?),
                "day of the month",
            ));
        }
        None
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
        let shape = match year.and_then(|y| ymd(y, i32::from(month), i32::from(day))) {
            Some(day) => Shape::Day { day, other: None },
            None => Shape::DayMonth { month, day },
        };
        let mut found = Self::found(
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

    /// 27 janvier 2026, 26.–28. Januar, 27.I.2026, 8 بهمن 1404.
    fn day_month(&self, at: usize) -> Option<Mention> {
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
                        Self::found(
                            at,
                            last,
                            Shape::Day { day, other: None },
                            "day, month and year",
                        )
                    }
                    None => Self::found(
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
    fn short_year(&self, at: usize, close: bool) -> Option<(i16, usize)> {
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
    fn month_name(&self, at: usize) -> Option<(Cat, i8, bool, usize)> {
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

    fn solar(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
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
            return Some(Self::found(
                at,
                next + 1,
                Shape::Day { day, other: None },
                "Persian solar date",
            ));
        }
        Some(Self::found(
            at,
            after,
            Shape::SolarDay { month, day },
            "Persian solar day and month",
        ))
    }

    fn hijri(&self, at: usize, month: i8, day: i8, after: usize) -> Option<Mention> {
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
        Some(Self::found(
            at,
            next + 1,
            Shape::Day { day, other: None },
            "Islamic date",
        ))
    }

    fn past_ordinal(&self, at: usize) -> usize {
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

    fn past_of(&self, at: usize) -> usize {
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
    fn month_first_date(&self, at: usize) -> Option<Mention> {
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
                Self::found(
                    at,
                    last,
                    Shape::Day { day, other: None },
                    "month, day and year",
                )
            }
            None => Self::found(at, last, Shape::DayMonth { month, day }, "month and day"),
        };
        found.from_day = from;
        Some(found)
    }

    /// May 2026, мае 2026 года, mai 2026.
    fn month_year(&self, at: usize) -> Option<Mention> {
        let (month, short, next) = self.month(at)?;
        if short && self.lang != "en" && !self.capital(at) {
            return None;
        }
        let (year, last) = self.year_after(next, self.lang == "en")?;
        Some(Self::found(
            at,
            last,
            Shape::Month { year, month },
            "month and year",
        ))
    }

    /// A weekday, alone or before a date.
    fn weekday(&self, at: usize) -> Option<Mention> {
        let (value, short, n) = self.entry(at, |e| e.cat == Cat::Weekday)?;
        let weekday = i8::try_from(value).ok()?;
        let mut next = at + n;
        let mut turn = self.turn_before(at);
        let mut first = turn.map_or(at, |(_, first)| first);
        if let Some((found, after)) = self.turn_at(next) {
            turn = turn.or(Some((found, first)));
            next = after;
        }
        let after_turn = next;
        let glue = [
            "den",
            "the",
            "le",
            "el",
            "dem",
            "d",
            "der",
            "ngày",
            "วันที่",
            "tanggal",
            "tgl",
            "tarehe",
            "dia",
            "día",
            "giorno",
            "dnia",
            "dne",
            "dňa",
            "em",
            "на",
            "בתאריך",
            "ב",
            "في",
            "de",
            "a",
            "مورخ",
            "mnamo",
            "il",
            "o",
            "ที่",
            "วัน",
            "日",
            "günü",
        ];
        for _ in 0..4 {
            if let Some(date) = self
                .date(next)
                .filter(|_| self.tok(next).is_some_and(|t| t.gap < Gap::Paragraph))
            {
                let mut date = self.adorn(date);
                date.first = first;
                date.weekday = Some(weekday);
                date.turn = date.turn.or(turn.map(|(t, _)| t));
                return Some(date);
            }
            if self.one_of(next, &[",", ".", "(", "،", "/", "-", "–"])
                || self.one_of(next, &glue)
                || self.cat(next, Cat::Of).is_some() && self.lang == "th"
            {
                next += 1;
            } else {
                break;
            }
        }
        // "mardi 27", "terça-feira (27)".
        let open = usize::from(self.is(after_turn, "("));
        let mut number = after_turn + open;
        if open == 0 && self.one_of(number, &[",", "den", "the", "dem", "le"]) {
            number += 1 + usize::from(self.one_of(number + 1, &["den", "the", "dem"]));
        }
        if open == 1
            && let (Some(d), Some(m)) = (self.small(number, 31), self.small(number + 2, 12))
            && self.is(number + 1, "/")
            && self.is(number + 3, ")")
        {
            let mut found = Self::found(
                first,
                number + 4,
                Shape::DayMonth { month: m, day: d },
                "weekday, day and month in figures",
            );
            found.weekday = Some(weekday);
            return Some(found);
        }
        if let Some(day) = self.small(number, 31) {
            let after = self.past_ordinal(number + 1);
            let counted = self.tok(after).is_some_and(|t| {
                t.kind == Kind::Word
                    && !self.one_of(after, &["à", "a", "at", "in", "en", "em", "um", "in"])
            }) && open == 0
                && after <= number + 1;
            let closed = open == 0 || self.is(after, ")");
            let time = self.one_of(number + 1, &[":", "h", "."])
                && self.joined(number + 1)
                && after == number + 1;
            if closed && !counted && !time {
                let mut found = Self::found(
                    first,
                    after + open,
                    Shape::DayOfMonth(day),
                    "weekday and day of the month",
                );
                found.weekday = Some(weekday);
                found.turn = turn.map(|(t, _)| t);
                return Some(found);
            }
        }
        let loose = short
            && !(self.lang == "pt"
                && at > 0
                && self.one_of(at - 1, &["nesta", "última", "próxima", "desta"]));
        if loose || self.no_weekday(at, n, turn.is_some()) {
            return None;
        }
        if turn.is_none()
            && matches!(self.lang, "sv" | "da" | "no")
            && at > 0
            && self.is(at - 1, "på")
        {
            turn = Some((Turn::Next, at));
            first = at;
        }
        let rule = match turn {
            Some((Turn::Last, _)) => "weekday before the day of writing",
            Some((Turn::Next, _)) => "weekday after the day of writing",
            _ => "weekday",
        };
        let mut found = Self::found(first, after_turn, Shape::Weekday, rule);
        found.weekday = Some(weekday);
        found.turn = turn.map(|(t, _)| t);
        Some(found)
    }

    /// Whether a word that could be a weekday is another word here, or means every such day.
    fn no_weekday(&self, at: usize, n: usize, turned: bool) -> bool {
        let previous: &[&str] = &[
            "every",
            "each",
            "cada",
            "chaque",
            "jeden",
            "jede",
            "jeder",
            "ogni",
            "todas",
            "todos",
            "los",
            "каждый",
            "каждую",
            "каждое",
            "кожен",
            "кожну",
            "elke",
            "iedere",
            "każdy",
            "każdą",
            "her",
            "كل",
            "每",
            "毎",
            "毎週",
            "매주",
            "varje",
            "hver",
            "každý",
            "každé",
            "každou",
            "setiap",
            "kila",
            "fiecare",
            "cada",
            "every",
            "black",
            "good",
            "bloody",
        ];
        if at > 0 && self.one_of(at - 1, previous) {
            return true;
        }
        let before = |words: &[&str]| at > 0 && self.one_of(at - 1, words);
        match self.lang {
            "en" | "de" | "el" | "id" | "tr" | "sw" if !self.capital(at) => true,
            "vi" => true,
            "tr" => self.is(at, "pazar") && !self.is(at + n, "günü"),
            "ru" => {
                self.one_of(at, &["среду", "среды", "среде", "среда", "средой"])
                    && !turned
                    && !before(&["в", "во", "к", "со", "минувшую"])
            }
            "uk" => {
                self.one_of(at, &["середу", "середи", "середа"]) && !turned && !before(&["у", "в"])
            }
            "sr" => {
                self.one_of(at, &["среду", "среде", "среда", "sredu", "srede", "sreda"])
                    && !turned
                    && !before(&["у", "u"])
            }
            "fr" => before(&["le"]) && !turned,
            _ => false,
        }
    }

    fn turn_at(&self, at: usize) -> Option<(Turn, usize)> {
        if self.tok(at)?.gap >= Gap::Paragraph {
            return None;
        }
        let own = |cat| self.lexicon.get(self.tokens, at, cat).map(|(_, n)| at + n);
        let mut skip = at;
        // "Kamis pekan lalu": last week's, which is the last one but for the first days of a week.
        if self.one_of(at, &["pekan", "minggu", "week", "semana"]) {
            skip += 1;
        }
        if skip > at {
            let later = |cat| {
                self.lexicon
                    .get(self.tokens, skip, cat)
                    .map(|(_, n)| skip + n)
            };
            return later(Cat::Last)
                .map(|n| (Turn::Last, n))
                .or_else(|| later(Cat::Next).map(|n| (Turn::Next, n)));
        }
        if self.lang == "en" || self.lang == "de" || self.lang == "zh" || self.lang == "ja" {
            return None;
        }
        own(Cat::Last)
            .map(|n| (Turn::Last, n))
            .or_else(|| own(Cat::Next).map(|n| (Turn::Next, n)))
    }

    fn turn_before(&self, at: usize) -> Option<(Turn, usize)> {
        for back in 1..=3 {
            let start = at.checked_sub(back)?;
            for (cat, turn) in [
                (Cat::Last, Turn::Last),
                (Cat::Next, Turn::Next),
                (Cat::This, Turn::This),
            ] {
                let whole = self.lexicon.spans(self.tokens, start, at, cat);
                if whole && self.tok(at).is_some_and(|t| t.gap <= Gap::Line) {
                    return Some((turn, start));
                }
            }
        }
        None
    }

    /// Adds a weekday behind a date, and the words that turn it.
    fn adorn(&self, mut found: Mention) -> Mention {
        let mut next = found.last;
        let open = self.one_of(next, &["(", "（", "，", ",", "["])
            || self.is(next, ".") && self.is(next + 1, ",");
        let free = matches!(
            self.lang,
            "tr" | "hu" | "zh" | "ja" | "ko" | "az" | "kk" | "eu"
        );
        let start = next + usize::from(open) + usize::from(self.is(next, "."));
        if found.weekday.is_none() && (free || self.is(next, "(")) {
            for at in [next, start] {
                if let Some((value, short, n)) = self.entry(at, |e| e.cat == Cat::Weekday)
                    && (!short || self.is(at - 1, "("))
                {
                    found.weekday = i8::try_from(value).ok();
                    next = at + n + usize::from(open && self.is(at + n, ")") && at == start);
                    found.last = next;
                    break;
                }
            }
        }
        if let Some((turn, after)) = self.turn_at(found.last) {
            found.turn = Some(turn);
            found.last = after;
        } else if let Some((turn, first)) = self
            .turn_before(found.first)
            .filter(|(t, _)| *t != Turn::This)
        {
            found.turn = Some(turn);
            found.first = first;
        }
        found
    }

    /// hier, gestern, أمس, 昨日.
    fn relative(&self, at: usize) -> Option<Mention> {
        let (offset, last) = self
            .lexicon
            .get(self.tokens, at, Cat::Day)
            .map(|(e, n)| (e.value, at + n))
            .or_else(|| {
                let (v, _, n) = self.prefixed(at, |e| e.cat == Cat::Day)?;
                Some((v, at + n))
            })?;
        let before = |words: &[&str]| at > 0 && self.one_of(at - 1, words);
        let other = match self.lang {
            "es" => self.is(at, "mañana") && before(&["la", "de", "esta", "por", "media"]),
            "hu" => {
                self.is(at, "ma")
                    && !self.joined(at + 1)
                    && self.one_of(at + 1, &["már", "is", "még"])
            }
            "ja" => self.tok(at).is_some_and(|t| t.text == "あ"),
            "ar" => {
                self.is(at, "اليوم")
                    && (before(&["هذا", "ذلك", "نفس", "في"]) && !self.is(at - 1, "هذا")
                        || self.tok(at + 1).is_some_and(|t| {
                            t.is("الثاني") || t.is("الاول") || t.is("العالمي") || t.is("الوطني")
                        }))
            }
            _ => false,
        };
        (!other).then(|| {
            Self::found(
                at,
                last,
                Shape::Offset(offset),
                "day relative to the day of writing",
            )
        })
    }
}

fn ymd(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}
