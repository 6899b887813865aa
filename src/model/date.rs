//! The day, month or instant that a briefing is from. A day stays a day: it is never turned into an instant.

use std::{cmp::Ordering, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A publication date as a person writes it: `2026-01-27`, `2026-05`, or an RFC 3339 instant.
/// Written back exactly as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PubDate {
    written: String,
    day: Date,
    precision: Precision,
    /// For an instant: seconds since 1970-01-01T00:00:00Z.
    instant: Option<i64>,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only year and month.
    Month,
    /// A calendar day.
    Day,
    /// A moment with its offset from UTC.
    Instant,
}

impl PubDate {
    /// A calendar day.
    pub fn day(day: Date) -> Self {
        Self {
            written: day.to_string(),
            day,
            precision: Precision::Day,
            instant: None,
        }
    }

    /// A month of a year. `None` where `month` is not 1 to 12 or the year is out of range.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|day| Self {
            written: format!("{year:04}-{month:02}"),
            day,
            precision: Precision::Month,
            instant: None,
        })
    }

    /// The calendar day in the offset that was written; of a month, its first day.
    pub fn civil(&self) -> Date {
        self.day
    }

    /// How much is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The moment as RFC 3339 (a day or month begins at 00:00 UTC), for feeds and sitemaps.
    pub fn to_rfc3339(&self) -> String {
        match self.precision {
            Precision::Instant => self.written.clone(),
            _ => format!("{}T00:00:00Z", self.day),
        }
    }

    /// The moment from which all of it lies in the past everywhere on Earth: of a day or a month, its end at UTC-12. `None` at the end of time.
    pub fn over(&self) -> Option<jiff::Timestamp> {
        let next = match self.precision {
            Precision::Instant => return self.written.parse().ok(),
            Precision::Day => self.day.tomorrow().ok()?,
            Precision::Month => self.day.last_of_month().tomorrow().ok()?,
        };
        let end = next.at(12, 0, 0, 0);
        end.in_tz("UTC").ok().map(|end| end.timestamp())
    }

    fn sort_key(&self) -> (Date, i64) {
        (self.day, self.instant.unwrap_or(i64::MIN))
    }
}

impl Ord for PubDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key()
            .cmp(&other.sort_key())
            .then_with(|| self.written.cmp(&other.written))
    }
}

impl PartialOrd for PubDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for PubDate {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{s}` is not a date: write a day (2026-01-27), a month (2026-01) or an instant (2026-01-27T09:30:00+01:00)"
            )
        };
        let digits = |range: std::ops::Range<usize>| {
            s.get(range)
                .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
        };
        match s.len() {
            7 if s.as_bytes()[4] == b'-' => {
                let year = digits(0..4).and_then(|d| d.parse().ok());
                let month = digits(5..7).and_then(|d| d.parse().ok());
                year.zip(month)
                    .and_then(|(y, m)| Self::month(y, m))
                    .ok_or_else(wrong)
            }
            10 => s.parse::<Date>().map(Self::day).map_err(|_| wrong()),
            _ => {
                let stamp: jiff::Timestamp = s
                    .parse()
                    .ok()
                    .filter(|_| is_rfc_3339(s))
                    .ok_or_else(wrong)?;
                let day = s
                    .get(..10)
                    .and_then(|d| d.parse::<Date>().ok())
                    .ok_or_else(wrong)?;
                Ok(Self {
                    written: s.to_owned(),
                    day,
                    precision: Precision::Instant,
                    instant: Some(stamp.as_second()),
                })
            }
        }
    }
}

/// Whether an instant is written as RFC 3339 has it: feeds and pages show it as it stands, and jiff reads other forms, too.
fn is_rfc_3339(s: &str) -> bool {
    let shape = |text: &str, of: &str| {
        text.len() == of.len()
            && text.bytes().zip(of.bytes()).all(|(b, o)| match o {
                b'0' => b.is_ascii_digit(),
                o => b == o,
            })
    };
    let zone_at = s.len().saturating_sub(if s.ends_with('Z') { 1 } else { 6 });
    let Some((time, zone)) = s.split_at_checked(zone_at) else {
        return false;
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    shape(time, "0000-00-00T00:00:00")
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && (zone == "Z" || shape(zone, "+00:00") || shape(zone, "-00:00"))
}

impl TryFrom<String> for PubDate {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<PubDate> for String {
    fn from(date: PubDate) -> Self {
        date.written
    }
}

impl fmt::Display for PubDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_a_month_and_an_instant_are_read_and_written_back() {
        for (text, day, precision) in [
            ("2026-01-27", date(2026, 1, 27), Precision::Day),
            ("2026-05", date(2026, 5, 1), Precision::Month),
            (
                "2026-03-04T23:30:00-05:00",
                date(2026, 3, 4),
                Precision::Instant,
            ),
            ("1998-01-06T12:35:00Z", date(1998, 1, 6), Precision::Instant),
        ] {
            let read: PubDate = text.parse().expect(text);
            assert_eq!(
                (read.civil(), read.precision(), read.as_str()),
                (day, precision, text)
            );
        }
    }

    #[test]
    fn a_day_is_over_when_it_is_over_everywhere() {
        for (text, over) in [
            ("2026-01-27", "2026-01-28T12:00:00Z"),
            ("2026-02", "2026-03-01T12:00:00Z"),
            ("2026-01-27T09:30:00+01:00", "2026-01-27T08:30:00Z"),
        ] {
            let date: PubDate = text.parse().expect(text);
            assert_eq!(date.over(), over.parse().ok(), "{text}");
        }
        assert_eq!("9999-12-31".parse().map(|d: PubDate| d.over()), Ok(None));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-13",
            "2026-02-30",
            "2026",
            "20260127",
            "é026-01",
            "2026-01-27T10:00+01:00",
            "2026-01-27 10:00:00Z",
            "2026-01-27T10:00:00+01:00[Europe/Paris]",
            "2026-01-27T10:00:00.Z",
            "2026-01-27Tééé",
        ] {
            assert!(text.parse::<PubDate>().is_err(), "{text}");
        }
    }
}
