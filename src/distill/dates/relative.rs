//! Days named from the day of writing: hier, vor drei Tagen, 3日前, il y a deux semaines, in two days, last month, the 27th.

use super::{
    lexicon::{Cat, Cats, Entry, NUMBER, Trait},
    mention::{Hold, Mention, Shape, Turn},
    scan::Scan,
};
use crate::distill::tokens::{Gap, Kind};

impl Scan<'_> {
    /// A day or month that only the day of writing places.
    pub(super) fn relative(&self, at: usize) -> Option<Mention> {
        self.day_word(at)
            .or_else(|| self.nth_in_month(at))
            .or_else(|| self.month_near(at))
            .or_else(|| self.day_alone(at))
    }

    /// Hier, gestern, أمس, 昨日; and "today, Wednesday".
    fn day_word(&self, at: usize) -> Option<Mention> {
        let either = self.cat(at, Cat::Either);
        let (offset, last) = self.cat(at, Cat::Day).or(either).or_else(|| {
            let found = self.cat(at, Cat::Unsure)?;
            let other = self.ending(at, Cat::NotAfter).is_some()
                || self.begins(found.1, Cat::NotBefore)
                || self.lexicon.has(Trait::CapitalNouns) && self.capital(at);
            (!other).then_some(found)
        })?;
        if let Some((weekday, after)) = self.weekday_behind(last) {
            let mut found = Scan::found(at, after, Shape::Weekday, "weekday of a day near by");
            found.weekday = Some(weekday);
            found.turn = match offset {
                0 => None,
                ..0 => Some(Turn::Last),
                1.. => Some(Turn::Next),
            };
            return Some(found);
        }
        let rule = "day relative to the day of writing";
        let mut found = Scan::found(at, last, Shape::Offset(offset), rule);
        if either.is_some() {
            found.hold = Hold::Either;
        }
        Some(found)
    }

    /// A phrase of date-words.tsv in which `#` stands for a number: "vor drei Tagen", "three days ago", "3日前". It ends no earlier
    /// than `shifted`, the token after what is counted from another day: "two days after the raid".
    pub(super) fn ago(
        &self,
        at: usize,
        number: Option<(i32, usize)>,
        shifted: usize,
    ) -> Option<Mention> {
        // "The day before yesterday" is more than "the day before".
        let named = self.cat(at, Cat::Day).map_or(at, |(_, last)| last);
        self.phrases(at, number).find_map(|(entry, count, last)| {
            if last < named.max(shifted) {
                return None;
            }
            let count = count * entry.value;
            let (shape, rule) = match entry.cat {
                Cat::Ago => (Shape::Offset(-count), "days from the day of writing"),
                Cat::Ahead | Cat::AheadUnsure => {
                    (Shape::Offset(count), "days from the day of writing")
                }
                Cat::MonthsAgo => (Shape::Months(-count), "months from the day of writing"),
                Cat::MonthsAhead => (Shape::Months(count), "months from the day of writing"),
                _ => return None,
            };
            let mut found = Scan::found(at, last, shape, rule);
            if entry.cat == Cat::AheadUnsure {
                found.hold = Hold::Planned;
            }
            Some(found)
        })
    }

    /// The days of a counted phrase of a category at a token, where `number` is the count, and the token after it.
    pub(super) fn counted_days(
        &self,
        at: usize,
        number: Option<(i32, usize)>,
        cat: Cat,
    ) -> Option<(i32, usize)> {
        self.phrases(at, number)
            .find(|(entry, ..)| entry.cat == cat)
            .map(|(entry, count, last)| (count * entry.value, last))
    }

    /// The counted phrases that begin at a token, where `number` is the count, with their numbers and the tokens after them.
    fn phrases(
        &self,
        at: usize,
        number: Option<(i32, usize)>,
    ) -> impl Iterator<Item = (&'static Entry, i32, usize)> {
        let own = self.own_counted(at).iter();
        let own = own.filter(|e| Cats::COUNTED.has(e.cat));
        let unit = number.and_then(|(_, next)| self.tok(next));
        let led = unit.map_or(&[][..], |unit| self.lexicon.counted(unit.hash));
        own.map(move |e| (e, Some((1, at + 1))))
            .chain(led.iter().map(move |e| (e, number)))
            .filter_map(|(entry, begun)| {
                let (count, last) = self.counted_phrase(entry, begun?)?;
                Some((entry, count, last))
            })
    }

    /// The number of a phrase, 1 where it has none, and the token after it.
    fn counted_phrase(&self, entry: &Entry, begun: (i32, usize)) -> Option<(i32, usize)> {
        let (mut count, mut next) = begun;
        for word in &entry.rest {
            let token = self.tok(next)?;
            if token.hash == *word {
                next += 1;
            } else if *word == NUMBER {
                (count, next) = self.count_at(next)?;
            } else {
                return None;
            }
            if token.gap > Gap::Line {
                return None;
            }
        }
        Some((count, next))
    }

    /// A count from 1 to 99 in figures or words.
    pub(super) fn count_at(&self, at: usize) -> Option<(i32, usize)> {
        self.cat(at, Cat::Number)
            .or_else(|| Some((self.tok(at)?.number()?, at + 1)))
            .or_else(|| {
                self.lexicon
                    .has(Trait::GlyphDates)
                    .then(|| self.counted(at))
                    .flatten()
            })
            .filter(|(n, _)| (1..100).contains(n))
    }

    /// "Last month" where no day belongs to it; "geçen ayın 27'si".
    fn month_near(&self, at: usize) -> Option<Mention> {
        let (months, last) = self.cat(at, Cat::RelMonth)?;
        if let Some(day) = self.small(last, 31)
            && let next = self.past_ordinal(last + 1)
            && (next > last + 1 || self.is(next, "'") || self.begins(next, Cat::AfterDay))
        {
            let months = i8::try_from(months).ok()?;
            let shape = Shape::DayIn { months, day };
            return Some(Scan::found(at, next, shape, "day of a month near by"));
        }
        (months != 0).then(|| {
            Scan::found(
                at,
                last,
                Shape::Months(months),
                "month near the day of writing",
            )
        })
    }

    /// "On the 27th", "le 23": a number behind a preposition of days that counts nothing.
    pub(super) fn day_alone(&self, at: usize) -> Option<Mention> {
        let (_, number) = self.cat(at, Cat::On)?;
        let day = self.small(number, 31)?;
        if self.date(number).is_some() {
            return None;
        }
        let ordinal = self.past_ordinal(number + 1);
        let next = self.tok(ordinal);
        let open = match next {
            None => true,
            Some(t) if t.gap >= Gap::Line => true,
            Some(t) if t.kind == Kind::Punct => {
                self.one_of(ordinal, &[".", ",", ";", "!", "?", ")", "،", "»"])
                    && !self
                        .tok(ordinal + 1)
                        .is_some_and(|n| n.kind == Kind::Number && n.gap == Gap::None)
            }
            Some(_) => self.begins(ordinal, Cat::AfterDay),
        };
        (open && self.tok(number)?.gap <= Gap::Space).then(|| {
            Scan::found(
                at,
                ordinal,
                Shape::DayOfMonth(day),
                "day of the month alone",
            )
        })
    }
}
