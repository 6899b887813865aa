//! A mention and the day of writing → the day that it means.

use jiff::{ToSpan, civil::Date};

use super::{
    calendars,
    scan::{Mention, Shape, Turn},
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
    /// A deadline or plan: the future where it is nearer.
    Plan,
}

/// Resolves a mention against `base`. `None` where that needs a base and there is none.
pub(crate) fn resolve(
    mention: &Mention,
    base: Option<Date>,
    leaning: Leaning,
    lang: &str,
) -> Option<Resolved> {
    let mut warning = None;
    let day = match mention.shape {
        Shape::Month { year, month } => {
            let date = PubDate::month(year, month)?;
            return Some(Resolved {
                date,
                from: None,
                warning,
            });
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
        Shape::DayMonth { month, day } => {
            let base = base?;
            let found = year_of(mention, month, day, base, leaning)?;
            if found.duration_until(base).as_hours().abs() > 24 * 2300 {
                warning = Some(format!(
                    "the weekday puts {day}/{month} in {}: check it",
                    found.year()
                ));
            }
            found
        }
        Shape::SolarDay { month, day } => {
            let base = base?;
            let year = i32::from(base.year()) - 621;
            (year - 2..=year + 1)
                .filter_map(|y| calendars::solar(y, month, day))
                .min_by_key(|d| distance(*d, base))?
        }
        Shape::DayOfMonth(day) => day_of_month(mention, day, base?)?,
        Shape::Weekday => weekday_near(mention.weekday?, mention.turn, base?, lang)?,
        Shape::Offset(days) => add(base?, days)?,
    };
    let from = mention
        .from_day
        .and_then(|d| Date::new(day.year(), day.month(), d).ok());
    Some(Resolved {
        date: PubDate::day(day),
        from,
        warning,
    })
}

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

/// The year that a weekday, "last" or "next" and the day of writing leave for a day and month.
fn year_of(mention: &Mention, month: i8, day: i8, base: Date, leaning: Leaning) -> Option<Date> {
    let years = (base.year() - 12..=base.year() + 6).filter_map(|y| Date::new(y, month, day).ok());
    let fitting: Vec<Date> = years
        .filter(|d| mention.weekday.is_none_or(|w| w == weekday(*d)))
        .collect();
    // A wrong weekday must not throw the date twelve years back.
    let fitting = if fitting.is_empty() {
        (base.year() - 1..=base.year() + 1)
            .filter_map(|y| Date::new(y, month, day).ok())
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
        (Some(Turn::Last), _) => before.or(future),
        (Some(Turn::Next), _) => future.or(past),
        (_, Leaning::Past) if ahead <= 2 => future,
        (_, Leaning::Past) => past.or(future),
        (_, Leaning::Event) if mention.weekday.is_some() && ahead <= 60 && behind > 300 => future,
        (_, Leaning::Event) if mention.weekday.is_some() => past.or(future),
        (_, Leaning::Event) => {
            if ahead.saturating_mul(2) <= behind {
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
fn weekday_near(wanted: i8, turn: Option<Turn>, base: Date, lang: &str) -> Option<Date> {
    let back = i32::from((weekday(base) - wanted).rem_euclid(7));
    let monday = add(base, 1 - i32::from(weekday(base)))?;
    let in_week = |weeks: i32| add(monday, weeks * 7 + i32::from(wanted) - 1);
    match turn {
        Some(Turn::Last) if matches!(lang, "zh" | "ja") => in_week(-1),
        Some(Turn::Next) if matches!(lang, "zh" | "ja") => in_week(1),
        Some(Turn::This) if matches!(lang, "zh" | "ja") => in_week(0),
        Some(Turn::Last) => add(base, -(if back == 0 { 7 } else { back })),
        Some(Turn::Next) => add(base, 7 - back),
        // "this Friday", "diesen Freitag" look ahead.
        Some(Turn::This) if matches!(lang, "en" | "de" | "nl") => add(base, (7 - back) % 7),
        Some(Turn::This) | None => add(base, -back),
    }
}
