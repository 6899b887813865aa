//! Days of other calendars → Gregorian days: Persian solar, Islamic (Umm al-Qura), eras, Buddhist years.

use icu_calendar::{
    Date as IcuDate,
    cal::{Hijri, Iso},
};
use jiff::civil::Date;

/// A day of the Persian solar calendar.
pub(crate) fn solar(year: i32, month: i8, day: i8) -> Option<Date> {
    let date =
        IcuDate::try_new_persian(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
    civil(date.to_calendar(Iso))
}

/// A day of the Islamic calendar as Saudi Arabia counts; elsewhere it may be a day off.
pub(crate) fn hijri(year: i32, month: i8, day: i8) -> Option<Date> {
    let date = IcuDate::try_new_hijri_with_calendar(
        year,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        Hijri::new_umm_al_qura(),
    )
    .ok()?;
    civil(date.to_calendar(Iso))
}

fn civil(date: IcuDate<Iso>) -> Option<Date> {
    let year = i16::try_from(date.year().extended_year()).ok()?;
    Date::new(
        year,
        i8::try_from(date.month().ordinal).ok()?,
        i8::try_from(date.day_of_month().0).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_converted() {
        assert_eq!(solar(1404, 11, 8), Some(date(2026, 1, 28)));
        assert_eq!(solar(1405, 1, 1), Some(date(2026, 3, 21)));
        assert_eq!(hijri(1447, 9, 1), Some(date(2026, 2, 18)));
        assert_eq!(solar(1404, 13, 1), None);
    }
}
