//! A token → whether a date may begin there, by the marks of the words alone: most places need no closer look. Refuses
//! no place where one begins.

use super::{
    glyphs::figure,
    lexicon::{Cat, Cats, Trait},
    marks::Mark,
    scan::Scan,
};
use crate::distill::tokens::{Gap, Kind, Token};

/// What begins a date, beside figures.
const BEGINS: Cats = Cats::of(&[
    Cat::Month,
    Cat::Weekday,
    Cat::Homonym,
    Cat::Day,
    Cat::Unsure,
    Cat::Either,
    Cat::Last,
    Cat::Era,
    Cat::On,
    Cat::Number,
    Cat::Nth,
    Cat::Century,
    Cat::Feast,
    Cat::Easter,
    Cat::EasterEast,
    Cat::FeastNth,
    Cat::RelMonth,
    Cat::RelYear,
])
.or(Cats::COUNTED);

/// What begins a date in English in any text.
const NAMES: Cats = Cats::of(&[Cat::Month, Cat::Weekday]);

impl Scan<'_> {
    /// Whether a date may begin at a token.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let Some((token, mark)) = self.tokens.get(at).zip(self.marks.get(at)) else {
            return false;
        };
        match token.kind {
            Kind::Punct => false,
            Kind::Number => true,
            Kind::Word => mark.own.meets(BEGINS) || mark.english.meets(NAMES),
            Kind::Glyph => {
                mark.own.meets(BEGINS) || self.lexicon.has(Trait::GlyphDates) && figure(token.text)
            }
        }
    }

    /// Whether a word is no more than a preposition of days.
    pub(super) fn leads(&self, at: usize) -> bool {
        self.is_only(at, Cat::On)
    }

    /// Whether a number counts what has no part in dates: "12 percent", "two ministers".
    pub(super) fn counts_other(&self, at: usize, number: Option<(i32, usize)>) -> bool {
        let Some((_, next)) = number else {
            return false;
        };
        let figures = self.tok(at).is_some_and(|t| t.kind == Kind::Number);
        let alone = if figures {
            !self.lexicon.has(Trait::GlyphDates)
        } else {
            self.is_only(at, Cat::Number)
        };
        // What is shorter may be a Roman figure.
        let other = |token: &Token<'_>| {
            token.kind == Kind::Word && token.gap == Gap::Space && token.text.len() > 4
        };
        let unit = self.tok(next).filter(|token| alone && other(token));
        let marked = |mark: &Mark| mark.own.or(mark.english) != Cats::default();
        unit.is_some_and(|unit| {
            !self.marks.get(next).is_some_and(marked) && self.lexicon.counted(unit.hash).is_empty()
        })
    }

    /// Whether a word may begin a date by this category alone.
    fn is_only(&self, at: usize, cat: Cat) -> bool {
        let word = self.tok(at).is_some_and(|token| token.kind == Kind::Word);
        word && self.marks.get(at).is_some_and(|mark| {
            mark.own.and(BEGINS) == Cats::of(&[cat]) && !mark.english.meets(NAMES)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distill::{mixed::mixed, text::Text};

    #[test]
    fn where_no_closer_look_is_taken_none_would_find_a_date() {
        let words = include_str!("../lexicon/date-words.tsv");
        let names = include_str!("../lexicon/calendar-names.tsv");
        let mut passed = 0;
        for lang in [
            "en", "fr", "de", "es", "ar", "ru", "tr", "hu", "ja", "ko", "fa",
        ] {
            let rows = words.lines().chain(names.lines());
            let rows = rows.filter(|row| row.split('\t').next() == Some(lang));
            let rows = rows.fold(String::new(), |all, row| {
                all + row + "\npercent ministers\n"
            });
            for text in mixed(&rows, 40).map(Text::new) {
                let tokens = text.tokens();
                let scan = Scan::new(&text, &tokens, lang);
                for at in 0..tokens.len() {
                    let number = scan.count_at(at);
                    if scan.counts_other(at, number) {
                        passed += 1;
                        let found = scan.mention_of(at, number);
                        assert!(found.is_none(), "{lang}: {at} of {}", text.folded);
                    }
                }
            }
        }
        assert!(passed > 100, "{passed}");
    }
}
