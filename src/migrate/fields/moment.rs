//! The date that another tool reads → the one that Dépêche reads. What could be read in two ways is none.

use jiff::civil::Date;

use crate::model::PubDate;

/// The zones that RFC 822 names, in hours from UTC. Tools read other names, or not, each in its way.
const ZONES: [(&str, &str); 12] = [
    ("z", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("ut", "Z"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("cst", "-06:00"),
    ("cdt", "-05:00"),
    ("mst", "-07:00"),
    ("mdt", "-06:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A date as other tools write it, as Dépêche reads it: an instant without an offset is one of UTC.
pub(in crate::migrate) fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    if text.parse::<PubDate>().is_ok() {
        return Some(text.to_owned());
    }
    let (day, rest) = numbered(text).or_else(|| named(text))?;
    let whole = if rest.is_empty() {
        day.to_string()
    } else {
        format!("{day}T{}", instant(&rest)?)
    };
    whole.parse::<PubDate>().ok().map(|_| whole)
}

/// `2026-1-27` or `2026/01/27`, and what follows.
fn numbered(text: &str) -> Option<(Date, String)> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let sign = if day.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = day.split(sign).collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let year = number(year, 4..=4)?;
    let day = date(year, number(month, 1..=2)?, number(day, 1..=2)?)?;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    Some((day, rest.to_owned()))
}

/// `Jan 27, 2026`, `27 January 2026`, `Tue, 27 Jan 2026 09:30:00 +0100`, `Tue Jan 27 09:30:00 UTC 2026`, and what else it has.
fn named(text: &str) -> Option<(Date, String)> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = Vec::new();
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    for (nth, word) in words.enumerate() {
        let plain = word.trim_end_matches('.').to_ascii_lowercase();
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|end| plain.strip_suffix(end))
            .unwrap_or(&plain);
        if let Some(found) = place(&MONTHS, &plain).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some(found) = number(&plain, 4..=4).filter(|_| year.is_none()) {
            year = Some(found);
        } else if let Some(found) = number(ordinal, 1..=2).filter(|_| day.is_none()) {
            day = Some(found);
        } else if nth > 0 || place(&DAYS, &plain).is_none() {
            rest.push(word);
        }
    }
    let month = i16::try_from(month? + 1).ok()?;
    Some((date(year?, month, day?)?, rest.join(" ")))
}

/// The place of a name, or of its first letters, three at least.
fn place(names: &[&str], word: &str) -> Option<usize> {
    let mut names = names.iter();
    names.position(|name| word.len() >= 3 && name.starts_with(word))
}

fn number(text: &str, long: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| digits && long.contains(&text.len()))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `9:30 PM`, `09:30:00.5 -0500 EST`, as RFC 3339 has it.
fn instant(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || ":.".contains(c)));
    let (clock, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut parts = clock.splitn(3, ':');
    let mut hour = number(parts.next()?, 1..=2)?;
    let minute = number(parts.next()?, 2..=2)?;
    let second = parts.next().unwrap_or("00");
    let mut words = rest.split_whitespace().peekable();
    let half = words.next_if(|word| ["am", "pm"].iter().any(|h| word.eq_ignore_ascii_case(h)));
    if let Some(half) = half {
        let late = half.eq_ignore_ascii_case("pm");
        hour = match hour {
            12 => 0,
            1..12 => hour,
            _ => return None,
        } + if late { 12 } else { 0 };
    }
    let zone = match (words.next(), words.next(), words.next()) {
        (None, ..) => "Z".to_owned(),
        (Some(one), None, _) => zone(one)?,
        // As Go writes it: the offset, and what it is called.
        (Some(one), Some(name), None) if name.chars().all(char::is_alphabetic) => {
            zone(one).filter(|_| one.starts_with(['+', '-']))?
        }
        _ => return None,
    };
    Some(format!("{hour:02}:{minute:02}:{second}{zone}"))
}

fn zone(text: &str) -> Option<String> {
    let mut zones = ZONES.iter();
    if let Some((_, offset)) = zones.find(|(name, _)| text.eq_ignore_ascii_case(name)) {
        return Some((*offset).to_owned());
    }
    let digits = text.strip_prefix(['+', '-'])?.replacen(':', "", 1);
    let (sign, hours) = (text.get(..1)?, digits.get(..2)?);
    match digits.len() {
        2 => Some(format!("{sign}{hours}:00")),
        4 => Some(format!("{sign}{hours}:{}", digits.get(2..)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_tools_are_read() {
        let (day, early, late) = (
            Some("2026-01-27"),
            Some("2026-01-27T09:30:00+01:00"),
            Some("2026-01-27T21:30:00Z"),
        );
        for (written, read) in [
            ("2026-01-27", day),
            ("2026-1-27", day),
            ("2026/1/27", day),
            ("Jan 27, 2026", day),
            ("27th of January 2026", None),
            ("Tuesday, 27th January 2026", day),
            ("Tue, 27 Jan 2026 09:30:00 +0100", early),
            ("2026-01-27 09:30:00 +0100", early),
            ("2026-1-27 09:30:00 +01:00 CET", early),
            ("2026-01-27T9:30:00+01", early),
            ("2026-01-27 9:30pm", late),
            ("Tue Jan 27 21:30:00 UTC 2026", late),
            ("2026-01-27 12:05 AM", Some("2026-01-27T00:05:00Z")),
            ("2026-01-27 09:30:00 EST", Some("2026-01-27T09:30:00-05:00")),
            ("2026-01-27 09:30:00 CET", None),
            ("2026-01-27 09:30", Some("2026-01-27T09:30:00Z")),
            ("2026-01-27T09:30:00", Some("2026-01-27T09:30:00Z")),
            ("2026-01-27T09:30:00.5Z", Some("2026-01-27T09:30:00.5Z")),
            ("27 January", None),
            ("01/02/2026", None),
            ("26-1-27", None),
            ("2026-02-30", None),
            ("2026-01-27 13:00 pm", None),
            ("2026-01-27 later", None),
            ("2026-13-27 10:00", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(moment(written).as_deref(), read, "{written}");
        }
    }
}
