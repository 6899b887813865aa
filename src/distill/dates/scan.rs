//! Tokens → the dates that they write, unresolved: what is said, where, and by which rule.

use jiff::civil::Date;

use super::{
    lexicon::{Cat, Entry, Lexicon, of_language},
    tokens::{Gap, Kind, Token},
};
use crate::distill::text::Text;

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

    pub(super) fn tok(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tok(at).is_some_and(|t| t.is(text))
    }

    pub(super) fn one_of(&self, at: usize, texts: &[&str]) -> bool {
        self.tok(at).is_some_and(|t| texts.contains(&t.text))
    }

    pub(super) fn joined(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| t.gap == Gap::None)
    }

    /// An entry of a category in the language, with Arabic and Hebrew prefixes taken off, else in English.
    pub(super) fn entry(
        &self,
        at: usize,
        fits: impl Fn(&Entry) -> bool + Copy,
    ) -> Option<(i32, bool, usize)> {
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

    pub(super) fn prefixed(
        &self,
        at: usize,
        fits: impl Fn(&Entry) -> bool,
    ) -> Option<(i32, bool, usize)> {
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
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| {
            self.text
                .slice(self.text.original(t.start, t.end()))
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
        })
    }

    /// The month at a token: number, whether it is an abbreviation, the token after it (and its stop).
    pub(super) fn month(&self, at: usize) -> Option<(i8, bool, usize)> {
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

    pub(super) fn cat(&self, at: usize, cat: Cat) -> Option<(i32, usize)> {
        self.entry(at, |e| e.cat == cat)
            .map(|(v, _, n)| (v, at + n))
    }

    /// A number of one or two digits from 1 to `most`.
    pub(super) fn small(&self, at: usize, most: i32) -> Option<i8> {
        let token = self.tok(at)?;
        let value = token.number().filter(|_| token.text.len() <= 2)?;
        (1..=most)
            .contains(&value)
            .then(|| i8::try_from(value).ok())
            .flatten()
    }

    /// A year: four digits, or two after an apostrophe; Buddhist years are turned.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
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
    pub(super) fn year_after(&self, at: usize, comma: bool) -> Option<(i16, usize)> {
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

    pub(super) fn mention(&self, at: usize) -> Option<Mention> {
        self.ago(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.date(at).map(|m| self.adorn(m)))
            .or_else(|| self.relative(at))
    }

    /// A date that is more than a weekday.
    pub(super) fn date(&self, at: usize) -> Option<Mention> {
        self.figures(at)
            .or_else(|| self.glyphs(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_first_date(at))
            .or_else(|| self.month_year(at))
    }

    pub(super) fn found(first: usize, last: usize, shape: Shape, rule: &'static str) -> Mention {
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
}

pub(super) fn ymd(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}
