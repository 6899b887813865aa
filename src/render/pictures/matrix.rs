//! Names and how often two of them meet → a square matrix, both ways alike.

use std::fmt::Write;

use super::{escape, shade};

/// One cell, in units of the drawing.
const CELL: usize = 26;

/// Room for the names: the longest that are shown whole have about 22 letters.
const NAMES: usize = 170;

/// The matrix; `figure` gives how often two meet and the words for it. Names stand to the left, or to the right where `mirrored`; the columns have the same order.
pub(in crate::render) fn matrix(
    names: &[String],
    figure: impl Fn(usize, usize) -> (usize, String),
    shades: &[usize],
    mirrored: bool,
) -> String {
    let side = names.len() * CELL;
    let (names_at, cells_at, anchor) = if mirrored {
        (side + 8, 0, "names mirrored")
    } else {
        (NAMES - 8, NAMES, "names")
    };
    let mut svg = format!(
        "<svg class=\"matrix\" viewBox=\"0 0 {} {side}\" width=\"{}\" height=\"{side}\" aria-hidden=\"true\" focusable=\"false\"><g class=\"{anchor}\">",
        side + NAMES,
        side + NAMES
    );
    for (row, name) in names.iter().enumerate() {
        let _ = write!(
            svg,
            "<text x=\"{names_at}\" y=\"{}\">{}</text>",
            row * CELL + CELL / 2 + 5,
            escape(name)
        );
    }
    svg.push_str("</g>");
    for row in 0..names.len() {
        for column in 0..names.len() {
            let from_left = if mirrored {
                names.len() - 1 - column
            } else {
                column
            };
            let x = cells_at + from_left * CELL;
            let y = row * CELL;
            let (both, label) = if row == column {
                (0, String::new())
            } else {
                figure(row, column)
            };
            let class = if row == column {
                "diagonal".to_owned()
            } else {
                format!("shade-{}", shade(shades, both))
            };
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{size}\" height=\"{size}\">",
                x + 1,
                y + 1,
                size = CELL - 2
            );
            if both > 0 {
                let _ = write!(svg, "<title>{}</title>", escape(&label));
            }
            svg.push_str("</rect>");
        }
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_that_meet_are_shaded_both_ways() {
        let names = ["A".to_owned(), "B & C".to_owned()];
        let svg = matrix(&names, |a, b| (2, format!("{a}+{b}")), &[1, 2], false);
        assert_eq!(svg.matches("shade-5").count(), 2);
        assert_eq!(svg.matches("class=\"diagonal\"").count(), 2);
        assert!(svg.contains(">B &amp; C</text>"), "{svg}");
    }
}
