//! Tokens → the dates that they write, unresolved: what is said, where, and by which rule.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::{
    lexicon::{Cat, Entry, Lexicon, Trait, of_language},
    mention::{Hold, Mention, Shape},
    region,
};
use crate::distill::{
    table::hash,
    text::Text,
    tokens::{Gap, Kind, Token},
};

/// The words of the lexicons that begin at a token.
#[derive(Clone, Copy, Default)]
struct Mark {
    own: &'static [Entry],
    english: &'static [Entry],
    /// The own words begin after a letter that is a word of its own.
    prefixed: bool,
}

/// The scanner of one text.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token<'a>],
    pub(crate) lexicon: &'static Lexicon,
    marks: Vec<Mark>,
    month_first: OnceCell<bool>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a Text, tokens: &'a [Token<'a>], lang: &str) -> Self {
        let lexicon = of_language(lang);
        let english = of_language("en");
        let foreign = !std::ptr::eq(lexicon, english);
        let marks = tokens
            .iter()
            .map(|t| {
                if t.kind == Kind::Number {
                    return Mark::default();
                }
                let mut own = lexicon.beginning(t.hash);
                let mut prefixed = false;
                if own.is_empty()
                    && !lexicon.prefixes.is_empty()
                    && let Some(bare) = t
                        .text
                        .strip_prefix(lexicon.prefixes.as_slice())
                        .filter(|b| b.chars().nth(1).is_some())
                {
                    own = lexicon.beginning(hash(bare));
                    prefixed = true;
                }
                let latin = foreign
                    && t.text
                        .as_bytes()
                        .first()
                        .is_some_and(u8::is_ascii_alphabetic);
                Mark {
                    own,
                    english: if latin {
                        english.beginning(t.hash)
                    } else {
                        &[]
                    },
                    prefixed,
                }
            })
            .collect();
        Self {
            text,
            tokens,
            lexicon,
            marks,
            month_first: OnceCell::new(),
        }
    }

    /// Whether figures are month first, as in US English.
    pub(super) fn month_first(&self) -> bool {
        *self
            .month_first
            .get_or_init(|| self.lexicon.has(Trait::Region) && region::american(self))
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
        self.spread(&mut out);
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

    /// The longest phrase of a category at a token in the text's language, and the token after it.
    pub(super) fn own(&self, at: usize, cat: Cat) -> Option<(&'static Entry, usize)> {
        let mark = self.marks.get(at)?;
        let whole = !mark.prefixed
            || matches!(
                cat,
                Cat::Month
                    | Cat::Weekday
                    | Cat::Solar
                    | Cat::Hijri
                    | Cat::Day
                    | Cat::Number
                    | Cat::Week
                    | Cat::RelMonth
                    | Cat::RelYear
            );
        if !whole {
            return None;
        }
        mark.own
            .iter()
            .find(|e| e.cat == cat && e.goes_on(self.tokens, at))
            .map(|e| (e, at + e.len()))
    }

    /// The same, in English where the text's language has none and the word has a capital or is a cue.
    pub(super) fn entry(&self, at: usize, cat: Cat) -> Option<(&'static Entry, usize)> {
        self.own(at, cat).or_else(|| {
            let mark = self.marks.get(at)?;
            mark.english
                .iter()
                .find(|e| e.cat == cat && e.goes_on(self.tokens, at))
                .map(|e| (e, at + e.len()))
        })
    }

    /// All phrases that may begin at a token in the text's language.
    pub(super) fn own_entries(&self, at: usize) -> &'static [Entry] {
        self.marks.get(at).map_or(&[], |m| m.own)
    }

    pub(super) fn cat(&self, at: usize, cat: Cat) -> Option<(i32, usize)> {
        self.own(at, cat).map(|(e, next)| (e.value, next))
    }

    /// The beginning and value of a phrase of a category that ends before token `end`, the longest.
    pub(super) fn ending(&self, end: usize, cat: Cat) -> Option<(i32, usize)> {
        (1..=4).rev().find_map(|back| {
            let start = end.checked_sub(back)?;
            let mark = self.marks.get(start).filter(|m| !m.prefixed)?;
            mark.own
                .iter()
                .find(|e| e.cat == cat && e.len() == back && e.goes_on(self.tokens, start))
                .map(|e| (e.value, start))
        })
    }

    /// Whether any word of the lexicons begins at a token.
    pub(super) fn marked(&self, at: usize) -> bool {
        self.marks
            .get(at)
            .is_some_and(|m| !(m.own.is_empty() && m.english.is_empty()))
    }

    /// How many tokens of a category the text has.
    pub(super) fn count(&self, cat: Cat) -> i32 {
        let found = (0..self.tokens.len()).filter(|at| self.own(*at, cat).is_some());
        i32::try_from(found.count()).unwrap_or(i32::MAX)
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
        let (entry, mut next) = self.entry(at, Cat::Month)?;
        // "may" and "march" are verbs: a month that is written small must be no other word.
        let foreign = self.own(at, Cat::Month).is_none();
        if (foreign || self.lexicon.has(Trait::CapitalMonths) && self.small_is_other(entry, at))
            && !self.capital(at)
        {
            return None;
        }
        if entry.short && self.is(next, ".") && self.joined(next) {
            next += 1;
        }
        Some((i8::try_from(entry.value).ok()?, entry.short, next))
    }

    /// Whether a month or weekday is another word, or may be, where it has no capital.
    pub(super) fn small_is_other(&self, entry: &Entry, at: usize) -> bool {
        entry.short || self.own(at, Cat::Capital).is_some()
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

    /// "Two thousand and twenty-six", "duemilaventisei", "две тысячи двадцать шестого".
    fn spoken_year(&self, at: usize) -> Option<(i16, usize)> {
        let (century, next) = self.cat(at, Cat::Century)?;
        if century % 100 > 0 {
            return Some((i16::try_from(century).ok()?, next));
        }
        let (years, last) = self
            .cat(next, Cat::Number)
            .or_else(|| self.cat(next, Cat::Nth))
            .filter(|(years, _)| (1..100).contains(years))?;
        Some((i16::try_from(century + years).ok()?, last))
    }

    /// A year: four digits, or two after an apostrophe, or words; Buddhist years are turned.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        let token = self.tok(at)?;
        if token.kind == Kind::Word {
            return self.spoken_year(at);
        }
        if token.is("'") {
            let two = self
                .tok(at + 1)
                .filter(|t| t.text.len() == 2 && t.gap == Gap::None)?;
            return Some((century(two.number()?)?, at + 2));
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

    fn mention(&self, at: usize) -> Option<Mention> {
        let token = self.tok(at)?;
        match token.kind {
            Kind::Punct => return None,
            Kind::Word if !self.marked(at) => return None,
            Kind::Glyph if !self.marked(at) && !super::glyphs::figure(token.text) => return None,
            _ => {}
        }
        self.shifted(at)
            .or_else(|| self.ago(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.date(at).map(|m| self.adorn(m)))
            .or_else(|| self.relative(at))
            .map(|found| self.shift_behind(found))
    }

    /// A date that is more than a weekday.
    pub(super) fn date(&self, at: usize) -> Option<Mention> {
        self.figures(at)
            .or_else(|| self.glyphs(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_first_date(at))
            .or_else(|| self.feast(at))
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
            opens: false,
            hold: Hold::None,
            shift: 0,
            rule,
        }
    }
}

/// The year that two figures mean.
pub(super) fn century(two: i32) -> Option<i16> {
    i16::try_from(if two < 60 { 2000 + two } else { 1900 + two }).ok()
}

pub(super) fn ymd(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}
