//! Figures → static SVG: the world map, the calendar, the sparkline and the matrix. Pure; colours and sizes are the theme's, by class.
//! Each picture is hidden from screen readers: a table beside it says the same.

mod calendar;
mod map;
mod matrix;
mod sparkline;

pub(super) use calendar::{Day, month};
pub(super) use map::{Place, map};
pub(super) use matrix::matrix;
pub(super) use sparkline::sparkline;

/// The number of shades.
const SHADES: usize = 5;

/// How figures from 1 to `most` fall into shades: the least figure of each, so that every shade spans the same factor. At most five, fewer where there are few figures.
pub(super) fn shades(most: usize) -> Vec<usize> {
    let mut least: Vec<usize> = (0..SHADES)
        .map(|shade| (most as f64).powf(shade as f64 / SHADES as f64).ceil() as usize)
        .map(|figure| figure.max(1))
        .collect();
    least.dedup();
    least.retain(|figure| *figure <= most);
    least
}

/// The shade of a figure: 0 for none, then 1 to 5. Where there are fewer than five, they lie apart, so that each is told from the next.
pub(super) fn shade(shades: &[usize], figure: usize) -> usize {
    let rank = shades.partition_point(|least| *least <= figure);
    match (rank, shades.len()) {
        (0, _) => 0,
        (_, 1) => SHADES.div_ceil(2),
        (rank, of) => 1 + ((rank - 1) * (SHADES - 1) + (of - 1) / 2) / (of - 1),
    }
}

/// Text in an SVG, or in an attribute of it.
fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_span_the_figures_and_none_is_empty_of_figures() {
        assert_eq!(shades(0), Vec::<usize>::new());
        assert_eq!(shades(1), [1]);
        assert_eq!(shades(3), [1, 2, 3]);
        assert_eq!(shades(100), [1, 3, 7, 16, 40]);
        let spread =
            |most: usize| -> Vec<usize> { (1..=most).map(|f| shade(&shades(most), f)).collect() };
        assert_eq!(
            [spread(1), spread(2), spread(3)],
            [vec![3], vec![1, 5], vec![1, 3, 5]]
        );
        let of = |figure| shade(&shades(100), figure);
        assert_eq!(
            [of(0), of(1), of(2), of(3), of(39), of(40), of(100)],
            [0, 1, 1, 2, 4, 5, 5]
        );
    }
}
