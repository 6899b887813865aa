//! The days of a month with their figures → one sheet of a calendar, weeks from Monday.

use std::fmt::Write;

use jiff::civil::Date;

use super::{escape, shade};

/// One day, in units of the drawing, which are pixels: large enough for a finger.
const CELL: i32 = 28;

/// A day that has briefings.
pub(in crate::render) struct Day {
    /// 1 to 31.
    pub(in crate::render) number: i8,
    /// Its figure.
    pub(in crate::render) figure: usize,
    /// The date and the figure in words.
    pub(in crate::render) label: String,
    /// Where it leads.
    pub(in crate::render) path: String,
}

/// The sheet of the month that begins on `first`; from right to left where `mirrored`.
pub(in crate::render) fn month(
    first: Date,
    days: &[Day],
    shades: &[usize],
    mirrored: bool,
) -> String {
    let before = i32::from(first.weekday().to_monday_zero_offset());
    let length = i32::from(first.days_in_month());
    let weeks = (before + length + 6) / 7;
    let (width, height) = (7 * CELL, weeks * CELL);
    let mut svg = format!(
        "<svg class=\"month\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">"
    );
    for day in 1..=length {
        let place = before + day - 1;
        let column = if mirrored { 6 - place % 7 } else { place % 7 };
        let (x, y) = (column * CELL, place / 7 * CELL);
        let own = days.iter().find(|d| i32::from(d.number) == day);
        let class = shade(shades, own.map_or(0, |d| d.figure));
        let cell = format!(
            "<rect class=\"shade-{class}\" x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\"/><text class=\"on-{class}\" x=\"{}\" y=\"{}\">{day}</text>",
            x + 1,
            y + 1,
            x + CELL / 2,
            y + CELL / 2 + 4,
            side = CELL - 2,
        );
        let _ = match own {
            Some(own) => write!(
                svg,
                "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>{cell}</a>",
                escape(&own.path),
                escape(&own.label)
            ),
            None => write!(svg, "{cell}"),
        };
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_begins_on_the_weekday_of_the_first_and_mirrors() {
        // 1 May 2026 is a Friday.
        let first = jiff::civil::date(2026, 5, 1);
        let days = [Day {
            number: 1,
            figure: 2,
            label: "1 May: 2".to_owned(),
            path: "/2026/05/01/".to_owned(),
        }];
        let svg = month(first, &days, &[1, 2], false);
        assert!(svg.contains("<a href=\"/2026/05/01/\" tabindex=\"-1\"><title>1 May: 2</title><rect class=\"shade-5\" x=\"113\" y=\"1\""), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 31);
        let mirrored = month(first, &days, &[1, 2], true);
        assert!(
            mirrored.contains("<rect class=\"shade-5\" x=\"57\" y=\"1\""),
            "{mirrored}"
        );
    }
}
