//! A mention and the day of writing → the day that it means.

use jiff::{ToSpan, civil::Date};

use super::{
    calendars,
    mention::{Mention, Shape, Turn, Whole},
};
use crate::model::PubDate;

/// What a mention means, and what is odd about it.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) date: PubDate,
    /// The first day of a range.
    pub(crate) from: Option<Date>,
    pub(crate) warning: Option<String>,
}

/// How a missing year is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaning {
    /// A day of publication: never after the day of receipt by more than a day.
    Past,
    /// An event: the nearer side, the past where in doubt.
    Event,
    /// An event of which nothing says that it has taken place.
    Open,
    /// A deadline or plan: the future where it is nearer.
    Plan,
}

/// Resolves a mention against `base`. `None` where that needs a base and there is none.
pub(crate) fn resolve(mention: &Mention, base: Option<Date>, leaning: Leaning) -> Option<Resolved> {
    let mut warning = None;
    let day = match mention.shape {
        Shape::Month { year, month } => {
            let date = PubDate::month(year, month)?;
            return Some(whole_month(date));
        }
        Shape::Day { day, other } => {
            let day = match (base, other) {
                // One of two readings lies ahead of the day of receipt.
                (Some(base), Some(other)) if day > add(base, 2)? && other <= add(base, 2)? => other,
                _ => day,
            };
            if let Some(said) = mention.weekday.filter(|w| *w != weekday(day)) {
                warning = Some(format!(
                    "{day} is a {}, but the text says {}",
                    name(weekday(day)),
                    name(said)
                ));
            }
            day
        }
        Shape::MonthOf { month } => {
            return month_of(mention, month, base?).map(whole_month);
        }
        Shape::Months(months) => {
            let month = month_near(base?, months)?;
            return PubDate::month(month.year(), month.month()).map(whole_month);
        }
        Shape::DayIn { months, day } => {
            let month = month_near(base?, months.into())?;
            Date::new(month.year(), month.month(), day).ok()?
        }
        Shape::Nth { nth, of } => nth_of(mention, nth, of, base)?,
        Shape::DayMonth { month, day } => {
            let base = base?;
            let on = |year: i16| Date::new(year, month, day).ok();
            let found = year_of(mention, on, base, leaning)?;
            // "Tuesday 27 January last" says that it is past; a weekday alone guesses.
            let usual = if mention.turn.is_some() { 2300 } else { 400 };
            if distance(found, base) > usual {
                warning = Some(format!(
                    "the weekday puts {day}/{month} in {}: check it",
                    found.year()
                ));
            }
            found
        }
        Shape::Easter { days, year, east } => {
            let on = |year: i16| add(calendars::easter(year, east)?, days.into());
            match year {
                Some(year) => on(year)?,
                None => year_of(mention, on, base?, leaning)?,
            }
        }
        Shape::SolarDay { month, day } => {
            let base = base?;
            let year = i32::from(base.year()) - 621;
            (year - 2..=year + 1)
                .filter_map(|y| calendars::solar(y, month, day))
                .min_by_key(|d| distance(*d, base))?
        }
        Shape::DayOfMonth(day) => day_of_month(mention, day, base?)?,
        Shape::Weekday => weekday_near(mention.weekday?, mention.turn, base?)?,
        Shape::Offset(days) => add(base?, days)?,
    };
    let day = add(day, mention.shift)?;
    let from = mention
        .from_day
        .filter(|_| mention.shift == 0)
        .and_then(|d| Date::new(day.year(), day.month(), d).ok());
    Some(Resolved {
        date: PubDate::day(day),
        from,
        warning,
    })
}

/// Days of a year.
pub(super) const YEAR: i64 = 366;

fn add(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

fn distance(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours().abs() / 24
}

/// Monday = 1.
pub(crate) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn name(weekday: i8) -> &'static str {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    usize::try_from(weekday - 1)
        .ok()
        .and_then(|at| NAMES.get(at))
        .copied()
        .unwrap_or("another day")
}

/// The day of the year that a weekday, "last" or "next" and the day of writing leave; `on` is the day in a year.
fn year_of(
    mention: &Mention,
    on: impl Fn(i16) -> Option<Date>,
    base: Date,
    leaning: Leaning,
) -> Option<Date> {
    let years = (base.year() - 12..=base.year() + 6).filter_map(&on);
    let fitting: Vec<Date> = years
        .filter(|d| mention.weekday.is_none_or(|w| w == weekday(*d)))
        .collect();
    // A wrong weekday must not throw the date twelve years back.
    let fitting = if fitting.is_empty() {
        (base.year() - 1..=base.year() + 1)
            .filter_map(&on)
            .collect()
    } else {
        fitting
    };
    let past = fitting.iter().copied().filter(|d| *d <= base).max();
    let before = fitting.iter().copied().filter(|d| *d < base).max();
    let future = fitting.iter().copied().filter(|d| *d > base).min();
    let ahead = future.map_or(i64::MAX, |d| distance(d, base));
    let behind = past.map_or(i64::MAX, |d| distance(d, base));
    match (mention.turn, leaning) {
        (Some(Turn::Year(years)), _) => on(base.year() + i16::from(years)),
        (Some(Turn::Last), _) => before.or(future),
        (Some(Turn::Next), _) => future.or(past),
        (_, Leaning::Past) if ahead <= 2 => future,
        (_, Leaning::Past) => past.or(future),
        (_, Leaning::Event) if mention.weekday.is_some() && ahead <= 60 && behind > 300 => future,
        // A weekday fits one year in six: what is announced for years ago is announced for this year.
        (_, Leaning::Open) if mention.weekday.is_some() && ahead <= YEAR && behind > YEAR => future,
        (_, Leaning::Event | Leaning::Open) if mention.weekday.is_some() => past.or(future),
        (_, Leaning::Event | Leaning::Open) => {
            if ahead.saturating_mul(3) <= behind.saturating_mul(2) {
                future
            } else {
                past
            }
        }
        (_, Leaning::Plan) => {
            if ahead < behind {
                future
            } else {
                past
            }
        }
    }
}

/// The nearest month in which a day of the month (and its weekday) falls, the past first.
fn day_of_month(mention: &Mention, day: i8, base: Date) -> Option<Date> {
    let months = (-13..=2).filter_map(|back: i32| {
        let first = base.first_of_month().checked_add(back.months()).ok()?;
        Date::new(first.year(), first.month(), day).ok()
    });
    let fitting: Vec<Date> = months
        .filter(|d| mention.weekday.is_none_or(|w| w == weekday(*d)))
        .collect();
    let past = fitting.iter().copied().filter(|d| *d <= base).max();
    let future = fitting.iter().copied().filter(|d| *d > base).min();
    match mention.turn {
        Some(Turn::Next) => future,
        Some(Turn::Last) => fitting.iter().copied().filter(|d| *d < base).max(),
        _ => match (past, future) {
            (Some(p), Some(f)) if distance(p, base) > 20 && distance(f, base) <= 10 => Some(f),
            (past, future) => past.or(future),
        },
    }
}

/// A bare weekday is the most recent one, today included; *last* is strictly before, *next* strictly after.
fn weekday_near(wanted: i8, turn: Option<Turn>, base: Date) -> Option<Date> {
    let back = i32::from((weekday(base) - wanted).rem_euclid(7));
    match turn {
        Some(Turn::Week(weeks)) => {
            let monday = add(base, 1 - i32::from(weekday(base)))?;
            add(monday, i32::from(weeks) * 7 + i32::from(wanted) - 1)
        }
        Some(Turn::Last) => add(base, -(if back == 0 { 7 } else { back })),
        Some(Turn::Next) => add(base, 7 - back),
        Some(Turn::Coming) => add(base, (7 - back) % 7),
        Some(Turn::This | Turn::Year(_)) | None => add(base, -back),
    }
}

fn whole_month(date: PubDate) -> Resolved {
    Resolved {
        date,
        from: None,
        warning: None,
    }
}

/// "Last March", "March of last year": the month that is nearest on the side that is said.
fn month_of(mention: &Mention, month: i8, base: Date) -> Option<PubDate> {
    let passed = month < base.month();
    let year = match mention.turn? {
        Turn::Year(years) => base.year() + i16::from(years),
        Turn::Last if passed => base.year(),
        Turn::Last => base.year() - 1,
        Turn::Next if passed || month == base.month() => base.year() + 1,
        _ => base.year(),
    };
    PubDate::month(year, month)
}

/// The first Friday of July, the last day of last month.
fn nth_of(mention: &Mention, nth: i8, of: Whole, base: Option<Date>) -> Option<Date> {
    let weekday = match mention.weekday {
        Some(w) => Some(jiff::civil::Weekday::from_monday_one_offset(w).ok()?),
        None => None,
    };
    let within = |first: Date| match weekday {
        Some(weekday) => first.nth_weekday_of_month(nth, weekday).ok(),
        None if nth < 0 => Some(first.last_of_month()),
        None => Date::new(first.year(), first.month(), nth).ok(),
    };
    match of {
        Whole::Month {
            month,
            year: Some(year),
        } => within(Date::new(year, month, 1).ok()?),
        Whole::Month { month, year: None } => {
            let base = base?;
            (base.year() - 1..=base.year() + 1)
                .filter_map(|year| within(Date::new(year, month, 1).ok()?))
                .min_by_key(|d| (distance(*d, base), *d > base))
        }
        Whole::Near(months) => within(month_near(base?, months.into())?),
    }
}

/// The first day of the month so many months away.
fn month_near(base: Date, months: i32) -> Option<Date> {
    base.first_of_month().checked_add(months.months()).ok()
}
