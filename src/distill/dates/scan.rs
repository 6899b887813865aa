//! Tokens → the dates that they write, unresolved: what is said, where, and by which rule.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::{
    lexicon::{Cat, Cats, Entry, Lexicon, Trait, english, of_language},
    marks::Mark,
    mention::{Hold, Mention, Shape},
    region,
};
use crate::distill::{
    text::Text,
    tokens::{Gap, Kind, Token},
};

/// The scanner of one text.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token<'a>],
    pub(crate) lexicon: &'static Lexicon,
    pub(super) marks: Vec<Mark>,
    /// What any phrase of the text does.
    said: Cats,
    month_first: OnceCell<bool>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a Text, tokens: &'a [Token<'a>], lang: &str) -> Self {
        let lexicon = of_language(lang);
        let foreign = !std::ptr::eq(lexicon, english());
        let mut marks = vec![Mark::default(); tokens.len()];
        let mut said = Cats::default();
        for (at, mark) in marks.iter_mut().enumerate() {
            mark.read(lexicon, foreign, tokens, at);
            said = said.or(mark.own).or(mark.english);
        }
        Self {
            text,
            tokens,
            lexicon,
            marks,
            said,
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
        while let Some(next) = (at..self.tokens.len()).find(|at| self.may_begin(*at)) {
            at = next + 1;
            if let Some(found) = self.mention(next).filter(|m| m.last > next) {
                at = found.last;
                out.push(found);
            }
        }
        self.spread(&mut out);
        out
    }

    #[inline]
    pub(super) fn tok(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    #[inline]
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tok(at).is_some_and(|t| t.is(text))
    }

    #[inline]
    pub(super) fn one_of(&self, at: usize, texts: &[&str]) -> bool {
        self.tok(at)
            .is_some_and(|t| texts.iter().any(|text| t.is(text)))
    }

    pub(super) fn joined(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| t.gap == Gap::None)
    }

    /// Whether a phrase of a category begins at a token in the text's language.
    #[inline]
    pub(super) fn begins(&self, at: usize, cat: Cat) -> bool {
        self.marks.get(at).is_some_and(|m| m.own.has(cat))
    }

    /// Whether a phrase of any of the categories begins at a token, in the text's language or in English.
    pub(super) fn begins_any(&self, at: usize, cats: Cats) -> bool {
        self.marks
            .get(at)
            .is_some_and(|m| m.own.or(m.english).meets(cats))
    }

    /// Whether the text has a phrase of a category at all, in its language or in English.
    pub(super) fn says(&self, cat: Cat) -> bool {
        self.said.has(cat)
    }

    /// The longest phrase of a category at a token in the text's language, and the token after it.
    #[inline]
    pub(super) fn own(&self, at: usize, cat: Cat) -> Option<(&'static Entry, usize)> {
        let mark = self.marks.get(at).filter(|m| m.own.has(cat))?;
        self.find(self.lexicon.entries(mark.word?), at, cat)
    }

    /// The same, in English where the text's language has none and the word has a capital or is a cue.
    #[inline]
    pub(super) fn entry(&self, at: usize, cat: Cat) -> Option<(&'static Entry, usize)> {
        let mark = self.marks.get(at)?;
        if mark.own.has(cat) {
            self.own(at, cat)
        } else if mark.english.has(cat) {
            self.find(english().beginning(self.tok(at)?.hash), at, cat)
        } else {
            None
        }
    }

    fn find(
        &self,
        entries: &'static [Entry],
        at: usize,
        cat: Cat,
    ) -> Option<(&'static Entry, usize)> {
        let mut fitting = entries.iter().filter(|e| e.cat == cat);
        let entry = fitting.find(|e| e.goes_on(self.tokens, at))?;
        Some((entry, at + entry.len()))
    }

    /// The phrases among which may be some with a number in them that begin at a token in the text's language.
    pub(super) fn own_counted(&self, at: usize) -> &'static [Entry] {
        let mark = self.marks.get(at).filter(|m| m.own.meets(Cats::COUNTED));
        mark.and_then(|m| m.word)
            .map_or(&[], |word| self.lexicon.entries(word))
    }

    #[inline]
    pub(super) fn cat(&self, at: usize, cat: Cat) -> Option<(i32, usize)> {
        self.own(at, cat).map(|(e, next)| (e.value, next))
    }

    /// The beginning and value of a phrase of a category that ends before token `end`, the longest.
    pub(super) fn ending(&self, end: usize, cat: Cat) -> Option<(i32, usize)> {
        if !self.said.has(cat) {
            return None;
        }
        (1..=4).rev().find_map(|back| {
            let start = end.checked_sub(back)?;
            let mark = self.marks.get(start)?;
            if mark.prefixed || !mark.own.has(cat) {
                return None;
            }
            self.lexicon
                .entries(mark.word?)
                .iter()
                .find(|e| e.cat == cat && e.len() == back && e.goes_on(self.tokens, start))
                .map(|e| (e.value, start))
        })
    }

    /// How many tokens of a category the text has.
    pub(super) fn count(&self, cat: Cat) -> i32 {
        let found = self.marks.iter().filter(|m| m.own.has(cat)).count();
        i32::try_from(found).unwrap_or(i32::MAX)
    }

    /// Whether the word at a token begins with a capital in the decoded text.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|t| {
            self.text
                .slice(self.text.original(t.start(), t.end()))
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
        })
    }

    /// The month at a token: number, whether it is an abbreviation, the token after it (and its stop).
    pub(super) fn month(&self, at: usize) -> Option<(i8, bool, usize)> {
        let (entry, mut next) = self.entry(at, Cat::Month)?;
        // "may" and "march" are verbs: a month that is written small must be no other word.
        let foreign = !self.begins(at, Cat::Month);
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
        entry.short || self.begins(at, Cat::Capital)
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
        if self.leads(at) {
            return self.day_alone(at);
        }
        let number = self.count_at(at);
        if self.counts_other(at, number) {
            return None;
        }
        self.mention_of(at, number)
    }

    /// A mention that begins at a token, where `number` is the count there.
    pub(super) fn mention_of(&self, at: usize, number: Option<(i32, usize)>) -> Option<Mention> {
        let shift = self.counted_days(at, number, Cat::Shift);
        shift
            .and_then(|(days, next)| self.shifted(at, days, next))
            .or_else(|| self.ago(at, number, shift.map_or(at, |(_, last)| last)))
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
