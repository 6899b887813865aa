//! The lines at the top of a page's rest → the rows of a table that begins there. Refuses what is prose, letterheads and lines that don't stand
//! below each other.

use super::{
    lines::{Line, Stretch},
    links,
};

/// Columns stand so many sizes apart.
const APART: f64 = 0.4;
/// Characters that a cell has at most on average.
const CELL: usize = 40;
/// And where no wide gaps part the columns.
const SHORT: usize = 12;
/// Two lines of two cells are as often a letterhead: the fewest cells of a table.
const CELLS: usize = 6;

/// The rows of the table that begins with the first of these lines, each with the Markdown of its cells.
pub(super) fn table(lines: &[Line], addresses: &[String]) -> Option<Vec<Vec<String>>> {
    let first = lines.first().filter(|line| line.chunks.len() > 1)?;
    let count = lines
        .iter()
        .zip(std::iter::once(first).chain(lines))
        .take_while(|(line, above)| {
            line.chunks.len() > 1 && line.y - above.y < 4.0 * line.size && line.y >= above.y
        })
        .count();
    // A line below the table may look like one more row: then one without it is one.
    (2..=count).rev().take(3).find_map(|count| {
        let rows = lines.get(..count)?;
        let columns = columns(rows);
        is_table(rows, &columns).then(|| {
            rows.iter()
                .map(|line| cells(line, &columns, addresses))
                .collect()
        })
    })
}

/// Where columns begin and end: what no gap of all rows parts is one.
fn columns(rows: &[Line]) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = rows
        .iter()
        .flat_map(|line| &line.chunks)
        .map(|chunk| (chunk.0, chunk.1))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = rows.iter().map(|line| line.size).fold(0.0, f64::max);
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (x, end) in all {
        match columns.last_mut() {
            Some(last) if x < last.1 + APART * size => last.1 = last.1.max(end),
            _ => columns.push((x, end)),
        }
    }
    columns
}

fn is_table(rows: &[Line], columns: &[(f64, f64)]) -> bool {
    let filled = |line: &Line| {
        let has = |column: &&(f64, f64)| line.chunks.iter().any(|c| within(c, **column));
        columns.iter().filter(has).count()
    };
    let full: usize = rows.iter().map(filled).sum();
    let letters: usize = rows.iter().map(|line| line.text.chars().count()).sum();
    let wide = rows.iter().filter(|line| line.cells.len() > 1).count();
    columns.len() > 1
        && rows.len() * columns.len() >= CELLS
        && full * 4 >= rows.len() * columns.len() * 3
        && rows.iter().all(|line| filled(line) > 1)
        && (wide * 2 > rows.len() && letters <= full * CELL
            || rows.iter().all(|line| line.chunks.len() == columns.len())
                && letters <= full * SHORT)
}

fn within(chunk: &Stretch, column: (f64, f64)) -> bool {
    chunk.0 >= column.0 && chunk.1 <= column.1
}

fn cells(line: &Line, columns: &[(f64, f64)], addresses: &[String]) -> Vec<String> {
    columns
        .iter()
        .map(|column| {
            let own: Vec<&str> = line
                .chunks
                .iter()
                .filter(|chunk| within(chunk, *column))
                .map(|chunk| chunk.2.as_str())
                .collect();
            links::markdown(&own.join(" "), addresses)
        })
        .collect()
}
