//! A row of figures → a line the height of a word, for the course of a topic over its months.

use std::fmt::Write;

/// One step to the right, in units of the drawing.
const STEP: usize = 4;

/// Height of the highest figure.
const HEIGHT: usize = 20;

/// The line of figures, oldest first; from right to left where `mirrored`. Nothing for fewer than two figures.
pub(in crate::render) fn sparkline(figures: &[usize], mirrored: bool) -> String {
    let most = figures.iter().copied().max().unwrap_or_default();
    if figures.len() < 2 || most == 0 {
        return String::new();
    }
    let width = (figures.len() - 1) * STEP;
    let mut svg = format!(
        "<svg class=\"spark\" viewBox=\"-2 -2 {} {}\" width=\"{}\" height=\"{}\" aria-hidden=\"true\" focusable=\"false\"><path d=\"",
        width + 4,
        HEIGHT + 4,
        width + 4,
        HEIGHT + 4
    );
    let place = |at: usize, figure: usize| {
        let x = if mirrored {
            width - at * STEP
        } else {
            at * STEP
        };
        (x, HEIGHT - figure * HEIGHT / most)
    };
    for (at, figure) in figures.iter().enumerate() {
        let (x, y) = place(at, *figure);
        let _ = write!(svg, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
    }
    let (x, y) = place(
        figures.len() - 1,
        figures.last().copied().unwrap_or_default(),
    );
    let _ = write!(svg, "\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"2\"/></svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_figure_is_at_the_top_and_the_last_is_marked() {
        let svg = sparkline(&[0, 4, 2], false);
        assert!(
            svg.contains("d=\"M0 20L4 0L8 10\"") && svg.contains("cx=\"8\" cy=\"10\""),
            "{svg}"
        );
        assert!(sparkline(&[0, 4, 2], true).contains("d=\"M8 20L4 0L0 10\""));
        assert_eq!(sparkline(&[3], false), "");
        assert_eq!(sparkline(&[0, 0], false), "");
    }
}
