//! Days of other calendars → Gregorian days: Persian solar, Islamic (Umm al-Qura), eras, Buddhist years.

use icu_calendar::{
    Date as IcuDate,
    cal::{Hijri, Iso},
};
use jiff::{ToSpan, civil::Date};

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

/// Easter Sunday of a year, as the West counts or the East (both as days of the Gregorian calendar).
pub(crate) fn easter(year: i16, east: bool) -> Option<Date> {
    let y = i32::from(year);
    let first = Date::new(year, 3, 1).ok()?;
    let golden = y % 19;
    // Days from the first of March, by the golden number and what a century adds.
    let days = if east {
        let moon = (19 * golden + 15) % 30;
        let sunday = (2 * (y % 4) + 4 * (y % 7) - moon + 34) % 7;
        moon + sunday + 21 + y / 100 - y / 400 - 2
    } else {
        let century = y / 100;
        let shift = century - century / 4 - (8 * century + 13) / 25;
        let moon = (19 * golden + shift + 15) % 30;
        let moon = moon - i32::from(moon == 29 || moon == 28 && golden > 10);
        let sunday = (y + y / 4 + moon + 2 - century + century / 4) % 7;
        moon - sunday + 27
    };
    first.checked_add(days.days()).ok()
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

    #[test]
    fn easter_is_found() {
        for (year, west, east) in [
            (2016, date(2016, 3, 27), date(2016, 5, 1)),
            (2019, date(2019, 4, 21), date(2019, 4, 28)),
            (2024, date(2024, 3, 31), date(2024, 5, 5)),
            (2025, date(2025, 4, 20), date(2025, 4, 20)),
            (2026, date(2026, 4, 5), date(2026, 4, 12)),
            (2038, date(2038, 4, 25), date(2038, 4, 25)),
        ] {
            assert_eq!(easter(year, false), Some(west));
            assert_eq!(easter(year, true), Some(east));
        }
    }
}
