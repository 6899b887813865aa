//! Weekdays and the words that turn them: mardi dernier, terça-feira (27), Friday of next week, 上周四.

use super::{
    lexicon::{Cat, Trait},
    mention::{Mention, Shape, Turn},
    scan::Scan,
};
use crate::distill::tokens::{Gap, Kind};

/// A weekday's name in the text.
#[derive(Clone, Copy)]
struct Name {
    weekday: i8,
    /// An abbreviation.
    short: bool,
    /// Another word, too.
    homonym: bool,
    at: usize,
    after: usize,
}

impl Scan<'_> {
    fn weekday_name(&self, at: usize) -> Option<Name> {
        let (entry, after, homonym) = self
            .entry(at, Cat::Weekday)
            .map(|(e, n)| (e, n, false))
            .or_else(|| self.own(at, Cat::Homonym).map(|(e, n)| (e, n, true)))?;
        Some(Name {
            weekday: i8::try_from(entry.value).ok()?,
            short: entry.short,
            homonym,
            at,
            after,
        })
    }

    /// A weekday, alone or before a date.
    pub(super) fn weekday(&self, at: usize) -> Option<Mention> {
        let name = self.weekday_name(at)?;
        let before = self.turn_before(at);
        let first = before.map_or(at, |(_, first)| first);
        let behind = self.turn_at(name.after);
        let turn = before.map(|(t, _)| t).or(behind.map(|(t, _)| t));
        let after_turn = behind.map_or(name.after, |(_, after)| after);
        let mut found = self
            .dated(after_turn)
            .or_else(|| self.numbered(first, after_turn))
            .or_else(|| {
                (!self.no_weekday(&name, turn))
                    .then(|| Scan::found(first, after_turn, Shape::Weekday, bare_rule(turn)))
            })?;
        found.first = first;
        found.weekday = Some(name.weekday);
        found.turn = found.turn.or(turn);
        if found.turn.is_none()
            && found.shape == Shape::Weekday
            && let Some((_, start)) = self.ending(at, Cat::NextWeekday)
        {
            found.turn = Some(Turn::Next);
            found.first = start;
            found.rule = bare_rule(found.turn);
        }
        Some(found)
    }

    /// The date behind a weekday and words such as "den" or a comma.
    fn dated(&self, after: usize) -> Option<Mention> {
        let mut next = after;
        for _ in 0..4 {
            if self.tok(next)?.gap >= Gap::Paragraph {
                return None;
            }
            if let Some(date) = self.date(next) {
                return Some(self.adorn(date));
            }
            if self.one_of(next, &[",", ".", "(", "،", "/", "-", "–"]) {
                next += 1;
            } else {
                next = self.own(next, Cat::Glue)?.1;
            }
        }
        None
    }

    /// "Mardi 27", "terça-feira (27)", "Selasa (27/1)".
    fn numbered(&self, first: usize, after: usize) -> Option<Mention> {
        let open = self.is(after, "(");
        let mut at = after + usize::from(open);
        if !open {
            at += usize::from(self.is(at, ","));
            for _ in 0..2 {
                at = self.own(at, Cat::Glue).map_or(at, |(_, next)| next);
            }
        }
        let Some(day) = self.small(at, 31) else {
            let (day, last) = self.spoken_day(at).filter(|_| !open && at > after)?;
            let shape = Shape::DayOfMonth(day);
            return Some(Scan::found(
                first,
                last,
                shape,
                "weekday and day of the month",
            ));
        };
        if open
            && self.is(at + 1, "/")
            && self.is(at + 3, ")")
            && let Some(month) = self.small(at + 2, 12)
        {
            return Some(Scan::found(
                first,
                at + 4,
                Shape::DayMonth { month, day },
                "weekday, day and month in figures",
            ));
        }
        let next = self.past_ordinal(at + 1);
        let counted = !open
            && next <= at + 1
            && (self.is(next, "%")
                || self.tok(next).is_some_and(|t| t.kind == Kind::Word)
                    && !self.begins(next, Cat::AfterDay));
        let time =
            self.one_of(at + 1, &[":", "h", ".", "/"]) && self.joined(at + 1) && next == at + 1
                || self.begins(at + 1, Cat::Clock);
        let closed = !open || self.is(next, ")");
        if counted || time || !closed {
            return None;
        }
        Some(Scan::found(
            first,
            next + usize::from(open),
            Shape::DayOfMonth(day),
            "weekday and day of the month",
        ))
    }

    /// Whether a word that could be a weekday is another word here, or means every such day.
    fn no_weekday(&self, name: &Name, turn: Option<Turn>) -> bool {
        let at = name.at;
        let led = |cat| self.ending(at, cat);
        let every = led(Cat::Every).is_some()
            || led(Cat::Nth).is_some_and(|(_, start)| self.ending(start, Cat::Every).is_some())
            || self.begins(name.after, Cat::EveryAfter);
        let dayword = self.begins(name.after, Cat::DayWord);
        every
            || name.short
                && led(Cat::Sure).is_none()
                && !matches!(turn, Some(Turn::Week(_)))
                && !self.counts_nothing(name)
            || turn.is_none()
                && (led(Cat::Habit).is_some()
                    || led(Cat::Nth).is_some_and(|(nth, _)| nth > 0)
                    || self.lexicon.has(Trait::NoBareWeekday)
                    || name.homonym && !dayword && led(Cat::OnWeekday).is_none())
            || self.lexicon.has(Trait::CapitalWeekdays)
                && !self.capital(at)
                && (name.short || name.homonym || self.begins(at, Cat::Capital))
    }

    /// "Na sexta": an ordinal that is a weekday behind its preposition, where no word follows that it could count.
    fn counts_nothing(&self, name: &Name) -> bool {
        self.begins(name.at, Cat::Counting)
            && self.ending(name.at, Cat::OnWeekday).is_some()
            && (self.begins(name.after, Cat::AfterDay)
                || self
                    .tok(name.after)
                    .is_none_or(|t| t.kind == Kind::Punct || t.gap >= Gap::Line))
    }

    /// A turn behind a weekday or date, and the token after it.
    pub(super) fn turn_at(&self, at: usize) -> Option<(Turn, usize)> {
        let token = self.tok(at)?;
        if token.gap >= Gap::Paragraph {
            return None;
        }
        let glue = self.own(at, Cat::Of).or_else(|| self.own(at, Cat::Glue));
        for start in [Some(at), glue.map(|(_, after)| after)]
            .into_iter()
            .flatten()
        {
            if let Some((weeks, after)) = self.cat(start, Cat::Week) {
                return Some((Turn::Week(i8::try_from(weeks).ok()?), after));
            }
        }
        if self.lexicon.has(Trait::TurnBefore) {
            return None;
        }
        let own = |cat, turn| self.cat(at, cat).map(|(_, after)| (turn, after));
        own(Cat::Last, Turn::Last).or_else(|| own(Cat::Next, Turn::Next))
    }

    /// A turn before a weekday or date, and its first token.
    pub(super) fn turn_before(&self, at: usize) -> Option<(Turn, usize)> {
        if self.tok(at)?.gap > Gap::Line {
            return None;
        }
        let glued = [Cat::OnWeekday, Cat::On, Cat::Glue, Cat::Of]
            .into_iter()
            .find_map(|cat| self.ending(at, cat));
        for end in [Some(at), glued.map(|(_, start)| start)]
            .into_iter()
            .flatten()
        {
            if let Some((weeks, start)) = self.ending(end, Cat::Week) {
                return Some((Turn::Week(i8::try_from(weeks).ok()?), start));
            }
        }
        let calendar = self.lexicon.has(Trait::CalendarWeeks);
        let this = if self.lexicon.has(Trait::ThisAhead) {
            Turn::Coming
        } else {
            Turn::This
        };
        [
            (Cat::Last, Turn::Last, -1),
            (Cat::Next, Turn::Next, 1),
            (Cat::This, this, 0),
        ]
        .into_iter()
        .find_map(|(cat, turn, weeks)| {
            let (_, start) = self.ending(at, cat)?;
            Some((if calendar { Turn::Week(weeks) } else { turn }, start))
        })
    }

    /// Adds a weekday behind a date, and the words that turn it.
    pub(super) fn adorn(&self, mut found: Mention) -> Mention {
        let next = found.last;
        let bracket = self.one_of(next, &["(", "（"]);
        if bracket || self.lexicon.has(Trait::WeekdayAfter) {
            let stop = usize::from(self.is(next, "."));
            let open = usize::from(self.one_of(next + stop, &["(", "（", "，", ",", "["]));
            let of = self.own(next, Cat::Of).map_or(next, |(_, after)| after);
            let named = [next, next + stop + open, of].into_iter().find_map(|at| {
                self.weekday_name(at)
                    .filter(|n| !n.short || self.is(at - 1, "("))
            });
            if let Some(name) = named {
                found.weekday = Some(name.weekday);
                let close =
                    open == 1 && name.at > next && self.one_of(name.after, &[")", "）", "]"]);
                found.last = name.after + usize::from(close);
            }
        }
        if matches!(found.shape, Shape::DayMonth { .. })
            && found.turn.is_none()
            && let Some((turn, after)) = self.year_turn(found.last)
        {
            found.turn = Some(turn);
            found.last = after;
        } else if let Some((years, first)) = self
            .ending(found.first, Cat::RelYear)
            .filter(|_| matches!(found.shape, Shape::DayMonth { .. }) && found.turn.is_none())
        {
            found.turn = i8::try_from(years).ok().map(Turn::Year);
            found.first = first;
        } else if let Some((turn, after)) = self.turn_at(found.last) {
            found.turn = found.turn.or(Some(turn));
            found.last = after;
        } else if let Some((turn, first)) = self
            .turn_before(found.first)
            .filter(|(t, _)| matches!(t, Turn::Last | Turn::Next | Turn::Week(_)))
        {
            // "Of next week" before a date of its own says nothing of it.
            if !matches!(turn, Turn::Week(_)) || self.lexicon.has(Trait::CalendarWeeks) {
                found.turn = found.turn.or(Some(match turn {
                    Turn::Week(i8::MIN..=-1) => Turn::Last,
                    Turn::Week(1..) => Turn::Next,
                    other => other,
                }));
                found.first = first;
            }
        }
        found
    }

    /// A weekday right behind "today" or "yesterday", past a comma, a bracket or a preposition.
    pub(super) fn weekday_behind(&self, at: usize) -> Option<(i8, usize)> {
        let open = usize::from(self.one_of(at, &[",", "،", "(", "（"]));
        let mut next = at + open;
        for cat in [Cat::OnWeekday, Cat::Glue] {
            next = self.own(next, cat).map_or(next, |(_, after)| after);
        }
        let name = self
            .weekday_name(next)
            .filter(|n| !n.short || self.is(n.at - 1, "("))?;
        let bracket = open == 1 && self.one_of(at, &["(", "（"]);
        Some((
            name.weekday,
            name.after + usize::from(bracket && self.one_of(name.after, &[")", "）"])),
        ))
    }
}

fn bare_rule(turn: Option<Turn>) -> &'static str {
    match turn {
        Some(Turn::Last) => "weekday before the day of writing",
        Some(Turn::Next) => "weekday after the day of writing",
        Some(Turn::Week(_)) => "weekday of a week near by",
        _ => "weekday",
    }
}
