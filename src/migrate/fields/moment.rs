//! The date that another tool reads → the one that Dépêche reads.

use crate::model::PubDate;

/// A date as other tools write it, as Dépêche reads it: an instant without an offset is one of UTC.
pub(in crate::migrate) fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    if text.parse::<PubDate>().is_ok() {
        return Some(text.to_owned());
    }
    let (day, rest) = text.split_at_checked(10)?;
    day.parse::<jiff::civil::Date>().ok()?;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let at = rest.find(['+', '-', 'Z', 'z', ' ']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(at);
    let clock = match clock.len() {
        5 => format!("{clock}:00"),
        7 | 4 if clock.find(':') == Some(1) => {
            format!("0{clock}{}", if clock.len() == 4 { ":00" } else { "" })
        }
        _ => clock.to_owned(),
    };
    let zone = zone.trim();
    let zone = match zone {
        "" | "z" | "Z" | "UTC" | "GMT" => "Z".to_owned(),
        _ if zone.len() == 5 && !zone.contains(':') => {
            format!("{}:{}", zone.get(..3)?, zone.get(3..)?)
        }
        _ => zone.to_owned(),
    };
    let whole = format!("{day}T{clock}{zone}");
    whole.parse::<PubDate>().ok().map(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_tools_are_read() {
        for (written, read) in [
            ("2026-01-27", Some("2026-01-27")),
            (
                "2026-01-27 09:30:00 +0100",
                Some("2026-01-27T09:30:00+01:00"),
            ),
            ("2026-01-27 09:30", Some("2026-01-27T09:30:00Z")),
            ("2026-01-27T09:30:00", Some("2026-01-27T09:30:00Z")),
            ("2026-01-27T09:30:00.5Z", Some("2026-01-27T09:30:00.5Z")),
            ("27 January", None),
            ("2026-13-27 10:00", None),
        ] {
            assert_eq!(moment(written).as_deref(), read, "{written}");
        }
    }
}
