//! The lines of a page → the same column by column, each with the margins of its column. A page without two columns of prose stays as it is.

use super::lines::{Line, Stretch, joined};

/// So many lines on each side of a gutter make columns.
const LINES: usize = 5;
/// Characters that a line of a column has on average; cells of tables have fewer.
const PROSE: usize = 22;
/// A gutter is as wide as so many letters at least.
const GUTTER: f64 = 0.8;

/// Reads the columns of a page one after the other.
pub(super) fn columns(page: Vec<Line>) -> Vec<Line> {
    let Some(gutter) = gutter(&page) else {
        return page;
    };
    let leftward = page.iter().filter(|l| parted(l, gutter)).count();
    let reversed = page
        .iter()
        .filter(|l| parted(l, gutter) && l.cells.first().is_some_and(|c| c.0 > gutter))
        .count();
    let right_first = reversed * 2 > leftward;
    let (mut out, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for line in page {
        if parted(&line, gutter) {
            let (a, b): (Vec<_>, Vec<_>) = line.cells.iter().cloned().partition(|c| c.0 < gutter);
            left.push(part(&line, a));
            right.push(part(&line, b));
        } else if line.end < gutter {
            left.push(line);
        } else if line.x > gutter {
            right.push(line);
        } else {
            flush(&mut out, &mut left, &mut right, right_first);
            out.push(line);
        }
    }
    flush(&mut out, &mut left, &mut right, right_first);
    out
}

fn flush(out: &mut Vec<Line>, left: &mut Vec<Line>, right: &mut Vec<Line>, right_first: bool) {
    // Few lines on one side are a letterhead, in the order in which they were drawn.
    let few = left.len().min(right.len()) < LINES;
    for column in [&mut *left, &mut *right] {
        let x = column.iter().map(|l| l.x).fold(f64::INFINITY, f64::min);
        let end = column
            .iter()
            .map(|l| l.end)
            .fold(f64::NEG_INFINITY, f64::max);
        for line in column.iter_mut().filter(|_| !few) {
            line.column = Some((x, end));
        }
    }
    let (first, second) = if right_first {
        (right, left)
    } else {
        (left, right)
    };
    out.append(first);
    out.append(second);
}

/// The cells of a line on one side of the gutter, as a line.
fn part(line: &Line, cells: Vec<Stretch>) -> Line {
    let (x, end) = cells
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(x, end), c| {
            (x.min(c.0), end.max(c.1))
        });
    let chunks = line.chunks.iter().filter(|c| c.0 >= x && c.1 <= end);
    Line {
        text: joined(&cells),
        chunks: chunks.cloned().collect(),
        x,
        end,
        cells,
        ..line.clone()
    }
}

/// Whether a line has cells on both sides of the gutter.
fn parted(line: &Line, gutter: f64) -> bool {
    line.cells.len() > 1
        && line.cells.iter().all(|c| c.1 < gutter || c.0 > gutter)
        && line.x < gutter
        && line.end > gutter
}

/// Where the second of two columns of prose begins.
fn gutter(page: &[Line]) -> Option<f64> {
    let x = page.iter().map(|l| l.x).fold(f64::INFINITY, f64::min);
    let end = page.iter().map(|l| l.end).fold(f64::NEG_INFINITY, f64::max);
    // Each place where a cell begins in the middle half of the page could be where the second column does.
    let mut starts: Vec<f64> = page
        .iter()
        .flat_map(|l| l.cells.iter().map(|c| c.0))
        .filter(|at| *at > x + 0.25 * (end - x) && *at < x + 0.75 * (end - x))
        .collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let found = starts.into_iter().find(|start| is_gutter(page, *start))?;
    // A hair before the second column.
    Some(found - 0.5)
}

/// Whether prose stands on both sides of the place where a second column may begin.
fn is_gutter(page: &[Line], start: f64) -> bool {
    let (mut left, mut right) = ((0, 0), (0, 0));
    let (mut crossing, mut heights) = (0, [(f64::INFINITY, f64::NEG_INFINITY); 2]);
    for line in page {
        let room = GUTTER * line.size;
        for cell in &line.cells {
            let letters = cell.2.chars().count();
            let side = if cell.1 < start - room {
                left = (left.0 + 1, left.1 + letters);
                0
            } else if (cell.0 - start).abs() < 1.0 || cell.0 > start {
                right = (right.0 + 1, right.1 + letters);
                1
            } else {
                crossing += 1;
                continue;
            };
            let (top, bottom) = heights[side];
            heights[side] = (top.min(line.y), bottom.max(line.y));
        }
    }
    let beside = heights[0].0.max(heights[1].0) < heights[0].1.min(heights[1].1);
    let prose = |(lines, letters): (usize, usize)| lines >= LINES && letters >= lines * PROSE;
    prose(left) && prose(right) && beside && crossing * 2 < left.0 + right.0
}
