//! What a row of the data can say: what a word does in a date, and how a language writes dates.

/// What a word does in a date. The heads of the two data files say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cat {
    Month,
    Weekday,
    /// A weekday that is another word, too.
    Homonym,
    Solar,
    Hijri,
    Day,
    /// A day word that is another word, too.
    Unsure,
    /// So many days ahead in a sentence of what will be, else so many days back.
    Either,
    /// A month or weekday that is another word where it has no capital.
    Capital,
    /// A weekday that is an ordinal, too: one where it counts nothing.
    Counting,
    NotAfter,
    NotBefore,
    Last,
    Next,
    NextWeekday,
    This,
    Of,
    /// Between "the first Friday" and its month.
    In,
    /// "Day", as in "the last day of March".
    DayNoun,
    To,
    Ordinal,
    Due,
    DueAfter,
    Since,
    SinceAfter,
    Issued,
    Changed,
    Embargo,
    Era,
    /// Between a weekday and its date.
    Glue,
    Every,
    EveryAfter,
    /// Before a weekday that means every such day where nothing turns it.
    Habit,
    /// Before a day of the month or figures.
    On,
    /// Before a weekday.
    OnWeekday,
    /// After a day of the month that nothing else follows.
    AfterDay,
    /// After a weekday, to say that it is one.
    DayWord,
    /// Before an abbreviated weekday that counts all the same.
    Sure,
    Plan,
    /// After a number of days: a duration.
    Duration,
    UnitedStates,
    Elsewhere,
    Number,
    Nth,
    /// The thousands and hundreds of a year in words.
    Century,
    /// A feast: month and day as four figures; days from Easter, of the West and of the East; month, number (9 the last) and weekday as four figures.
    Feast,
    Easter,
    EasterEast,
    FeastNth,
    /// A phrase in which `#` is a number of so many days, before the day of writing or after.
    Ago,
    Ahead,
    /// Days ahead, or how long something took.
    AheadUnsure,
    /// A phrase in which `#` is a number of so many days, before the date from which they are counted.
    Shift,
    /// The same behind the date.
    ShiftAfter,
    /// The same of months.
    MonthsAgo,
    MonthsAhead,
    Week,
    RelMonth,
    RelYear,
    Clock,
    NoEmbargo,
}

/// How a language writes dates: the names are those of the data's rows `is`.
pub(super) const TRAITS: [&str; 16] = [
    "month-day",
    "year-first",
    "capital-months",
    "capital-weekdays",
    "day-stop",
    "glyph-dates",
    "calendar-weeks",
    "this-ahead",
    "weekday-after",
    "turn-before",
    "buddhist",
    "no-bare-weekday",
    "minguo",
    "region",
    "capital-nouns",
    "month-figures",
];

/// A trait of a language, by its place in [`TRAITS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    /// January 27.
    MonthDay,
    /// 2026. január 27.
    YearFirst,
    /// Months are written with a capital, and what is not is another word.
    CapitalMonths,
    CapitalWeekdays,
    /// 27.1. is a day and month.
    DayStop,
    /// 2026年1月27日.
    GlyphDates,
    /// "Last Thursday" is the one of last week.
    CalendarWeeks,
    /// "This Friday" looks ahead.
    ThisAhead,
    /// 27 Ocak Salı.
    WeekdayAfter,
    /// "Last" and "next" stand before only.
    TurnBefore,
    /// Two figures of a year are Buddhist.
    Buddhist,
    /// A weekday alone is a number or another word.
    NoBareWeekday,
    /// 115年 is a year of the Republic.
    Minguo,
    /// The text's spelling tells whether the month comes first in figures.
    Region,
    /// Nouns begin with a capital: "morgen", but "der Morgen".
    CapitalNouns,
    /// 1/27 is the 27th of January, 26/1/27 of 2026.
    MonthFigures,
}

/// What a row's kind means, and whether its forms are abbreviations.
pub(super) fn category(kind: &str) -> Option<(Cat, bool)> {
    Some(match kind {
        "m" => (Cat::Month, false),
        "ma" => (Cat::Month, true),
        "w" => (Cat::Weekday, false),
        "wa" => (Cat::Weekday, true),
        "wx" => (Cat::Homonym, false),
        "p" => (Cat::Solar, false),
        "h" => (Cat::Hijri, false),
        "day" => (Cat::Day, false),
        "dayx" => (Cat::Unsure, false),
        "either" => (Cat::Either, false),
        "cap" => (Cat::Capital, false),
        "wo" => (Cat::Counting, false),
        "notafter" => (Cat::NotAfter, false),
        "notbefore" => (Cat::NotBefore, false),
        "last" => (Cat::Last, false),
        "next" => (Cat::Next, false),
        "nextw" => (Cat::NextWeekday, false),
        "this" => (Cat::This, false),
        "of" => (Cat::Of, false),
        "in" => (Cat::In, false),
        "daynoun" => (Cat::DayNoun, false),
        "to" => (Cat::To, false),
        "ord" => (Cat::Ordinal, false),
        "due" => (Cat::Due, false),
        "dueafter" => (Cat::DueAfter, false),
        "since" => (Cat::Since, false),
        "sinceafter" => (Cat::SinceAfter, false),
        "issued" => (Cat::Issued, false),
        "changed" => (Cat::Changed, false),
        "embargo" => (Cat::Embargo, false),
        "noembargo" => (Cat::NoEmbargo, false),
        "era" => (Cat::Era, false),
        "glue" => (Cat::Glue, false),
        "every" => (Cat::Every, false),
        "everyafter" => (Cat::EveryAfter, false),
        "habit" => (Cat::Habit, false),
        "on" => (Cat::On, false),
        "onw" => (Cat::OnWeekday, false),
        "afterday" => (Cat::AfterDay, false),
        "dayword" => (Cat::DayWord, false),
        "sure" => (Cat::Sure, false),
        "plan" => (Cat::Plan, false),
        "duration" => (Cat::Duration, false),
        "us" => (Cat::UnitedStates, false),
        "elsewhere" => (Cat::Elsewhere, false),
        "num" => (Cat::Number, false),
        "century" => (Cat::Century, false),
        "nth" => (Cat::Nth, false),
        "feast" => (Cat::Feast, false),
        "easter" => (Cat::Easter, false),
        "eastereast" => (Cat::EasterEast, false),
        "feastnth" => (Cat::FeastNth, false),
        "ago" => (Cat::Ago, false),
        "ahead" => (Cat::Ahead, false),
        "aheadx" => (Cat::AheadUnsure, false),
        "shift" => (Cat::Shift, false),
        "shiftafter" => (Cat::ShiftAfter, false),
        "agom" => (Cat::MonthsAgo, false),
        "aheadm" => (Cat::MonthsAhead, false),
        "week" => (Cat::Week, false),
        "month" => (Cat::RelMonth, false),
        "year" => (Cat::RelYear, false),
        "clock" => (Cat::Clock, false),
        _ => return None,
    })
}
