//! One date as the text writes it, unresolved.

use jiff::civil::Date;

/// What a mention says of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A whole date. `other` is the second reading of figures such as 03/02/2026.
    Day { day: Date, other: Option<Date> },
    /// A month of a year.
    Month { year: i16, month: i8 },
    /// A day and month without a year.
    DayMonth { month: i8, day: i8 },
    /// A month of last, this or next year.
    MonthOf { month: i8 },
    /// A day and month of the Persian solar calendar without a year.
    SolarDay { month: i8, day: i8 },
    /// The day of some month: 27日.
    DayOfMonth(i8),
    /// The day of last (-1), this or next month.
    DayIn { months: i8, day: i8 },
    /// The month so many months from the one of writing.
    Months(i32),
    /// Only a weekday.
    Weekday,
    /// The first, second … or last (-1) such weekday of a month, or day of it where no weekday is said.
    Nth { nth: i8, of: Whole },
    /// So many days from Easter, of the West or the East, of a year where one is said.
    Easter {
        days: i8,
        year: Option<i16>,
        east: bool,
    },
    /// Days from the day of writing.
    Offset(i32),
}

/// The month in which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// One that is named, of a year where one is said.
    Month { month: i8, year: Option<i16> },
    /// The one so many months from the one of writing.
    Near(i8),
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
    /// Today's or the next.
    Coming,
    /// Of the week so many weeks from the one of writing.
    Week(i8),
    /// Of the year so many years from the one of writing.
    Year(i8),
}

/// What a date needs from its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    #[default]
    None,
    /// A day only in a sentence of what will be: "in four days" is else how long something took.
    Planned,
    /// Ahead in a sentence of what will be, else as far back.
    Either,
    /// Known by a name that other things have, too.
    Named,
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
    /// The first of several days, of which the last comes next.
    pub(crate) opens: bool,
    pub(crate) hold: Hold,
    /// So many days from the date.
    pub(crate) shift: i32,
    pub(crate) rule: &'static str,
}
