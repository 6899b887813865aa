//! The glyphs of a page → its lines: words parted by gaps, cells by wide ones, right-to-left script in reading order. Refuses nothing.

use super::{
    forms,
    glyphs::Glyph,
    order::{Direction, Piece, direction, ordered},
};

/// A line of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What it says, cells parted by a space.
    pub(super) text: String,
    /// The stretches between wide gaps.
    pub(super) cells: Vec<Stretch>,
    /// The stretches between gaps that are wider than those of words: perhaps the cells of a table.
    pub(super) chunks: Vec<Stretch>,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// Where the lines of its column begin and end, on a page of columns.
    pub(super) column: Option<(f64, f64)>,
    /// Whether most of it runs to the left.
    pub(super) leftward: bool,
}

/// Where a part of a line begins and ends, and what it says.
pub(super) type Stretch = (f64, f64, String);

/// A gap of this share of the size parts words; of this many sizes, chunks and cells.
const WORD: f64 = 0.18;
const CHUNK: f64 = 0.45;
const CELL: f64 = 1.6;
/// Up to here a gap beside a Chinese character is no space.
const SET_APART: f64 = 0.5;
/// Signs of lists on a page that are looked at.
const MARKERS: usize = 400;

/// The lines of a page, in the order in which they are drawn. On a page that is read from right to left, places count from the right.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        // A shadow or a bold look made by drawing twice.
        if rows.last().is_some_and(|row| {
            row.iter().rev().take(3).any(|g| {
                g.text == glyph.text
                    && (g.x - glyph.x).abs() < 0.12 * glyph.size
                    && (g.y - glyph.y).abs() < 0.12 * glyph.size
            })
        }) {
            continue;
        }
        match rows.last_mut() {
            Some(row) if goes_on(row, &glyph) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let mut lines: Vec<Line> = beside_their_items(rows)
        .iter()
        .filter_map(|row| line(row))
        .collect();
    let leftward = lines.iter().filter(|line| line.leftward).count();
    if leftward * 2 > lines.len() {
        let edge = lines.iter().map(|l| l.end).fold(0.0, f64::max);
        for line in &mut lines {
            line.mirror(edge);
        }
    }
    lines
}

impl Line {
    fn mirror(&mut self, edge: f64) {
        (self.x, self.end) = (edge - self.end, edge - self.x);
        for stretches in [&mut self.cells, &mut self.chunks] {
            for stretch in stretches.iter_mut() {
                (stretch.0, stretch.1) = (edge - stretch.1, edge - stretch.0);
            }
            stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        self.text = joined(&self.cells);
    }
}

/// Rows without those that are no more than the sign of an item: it belongs to the row beside it, however late it is drawn. Signs that are drawn
/// as shapes stay where they begin a row.
fn beside_their_items(rows: Vec<Vec<Glyph>>) -> Vec<Vec<Glyph>> {
    let (markers, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| is_marker(row));
    for marker in markers.into_iter().take(MARKERS) {
        let Some(first) = marker.first().cloned() else {
            continue;
        };
        let (x, end) = extent(&marker);
        let beside = rows.iter_mut().find(|row| {
            let room = 4.0 * first.size;
            let near = |(from, to): (f64, f64)| {
                (from > end && from - end < room) || (to < x && x - to < room)
            };
            row.first()
                .is_some_and(|g| (g.y - first.y).abs() < 0.3 * g.size.max(first.size))
                && near(extent(row))
        });
        match beside {
            Some(row) => row.extend(marker),
            None if first.drawn => {}
            None => rows.push(marker),
        }
    }
    for row in &mut rows {
        let own: Vec<Glyph> = row.iter().filter(|g| !g.drawn).cloned().collect();
        let (x, end) = extent(&own);
        row.retain(|g| !g.drawn || g.end <= x || g.x >= end);
    }
    rows
}

/// `•`, `3.`, `12)`
fn is_marker(row: &[Glyph]) -> bool {
    let text: String = row.iter().map(|g| g.text.trim()).collect();
    // In a line that runs left the full stop comes first.
    let number = text.trim_matches(['.', ')']);
    match number.len() {
        1 | 2 if number.len() < text.len() => number.bytes().all(|b| b.is_ascii_digit()),
        _ => {
            text.chars().count() == 1 && text.contains(['•', '◦', '▪', '■', '\u{F0B7}', '\u{F0A7}'])
        }
    }
}

fn extent(row: &[Glyph]) -> (f64, f64) {
    let inked = row.iter().filter(|g| !g.text.trim().is_empty());
    inked.fold((f64::INFINITY, f64::NEG_INFINITY), |(x, end), g| {
        (x.min(g.x), end.max(g.end))
    })
}

/// Whether a glyph stands on the baseline of a row, or is a note's mark above it.
fn goes_on(row: &[Glyph], glyph: &Glyph) -> bool {
    let Some(last) = row
        .iter()
        .rev()
        .find(|g| !g.text.trim().is_empty())
        .or(row.last())
    else {
        return true;
    };
    let size = last.size.max(glyph.size);
    let apart = (last.y - glyph.y).abs();
    apart < 0.25 * size || (apart < 0.55 * size && (last.size - glyph.size).abs() > 0.2 * size)
}

fn line(row: &[Glyph]) -> Option<Line> {
    let inked: Vec<&Glyph> = row.iter().filter(|g| !g.text.trim().is_empty()).collect();
    let size = middle(inked.iter().map(|g| g.size).collect())?;
    let y = middle(inked.iter().map(|g| g.y).collect())?;
    let mut sorted: Vec<&Glyph> = row.iter().collect();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x));
    let word = word_gap(&sorted, size);
    let mut cells: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut end = f64::NEG_INFINITY;
    let mut spaced = false;
    for glyph in sorted {
        if glyph.text.trim().is_empty() {
            spaced = true;
            continue;
        }
        let gap = glyph.x - end;
        let text = forms::read(&glyph.text);
        let cell = cells.last_mut()?;
        let before = cell.last().and_then(|piece| piece.text.chars().next_back());
        // Programs set figures a little apart from Chinese characters.
        let set_apart =
            !spaced && gap < SET_APART * size && is_wide(before) != is_wide(text.chars().next());
        if before.is_some() && gap > CELL * size {
            cells.push(Vec::new());
        } else if before.is_some() && !set_apart && (gap > word || (spaced && gap > -0.3 * size)) {
            cell.push(Piece::space(end));
        }
        spaced = false;
        end = end.max(glyph.end);
        cells.last_mut()?.push(Piece {
            text,
            x: glyph.x,
            end: glyph.end,
            link: glyph.link,
        });
    }
    let leftward = direction(cells.iter().flatten()) == Direction::Left;
    if leftward {
        cells.reverse();
    }
    let stretch = |pieces: Vec<Piece>| -> Option<Stretch> {
        let (x, end) = (pieces.first()?.x, pieces.last()?.end);
        let text = ordered(pieces, leftward);
        (!text.trim().is_empty()).then(|| (x, end, text.trim().to_owned()))
    };
    let chunks = cells
        .iter()
        .flat_map(|cell| cell.chunk_by(|a, b| b.x - a.end < CHUNK * size))
        .filter_map(|pieces| stretch(pieces.to_vec()))
        .collect();
    let cells: Vec<Stretch> = cells.into_iter().filter_map(stretch).collect();
    Some(Line {
        text: joined(&cells),
        chunks,
        leftward,
        x: cells.iter().map(|c| c.0).fold(f64::INFINITY, f64::min),
        end: cells.iter().map(|c| c.1).fold(f64::NEG_INFINITY, f64::max),
        y,
        size,
        cells,
        column: None,
    })
    .filter(|line| !line.cells.is_empty())
}

/// What the stretches of a line say.
pub(super) fn joined(stretches: &[Stretch]) -> String {
    let texts: Vec<&str> = stretches.iter().map(|s| s.2.as_str()).collect();
    texts.join(" ")
}

/// Whether a character is of Chinese or Japanese script, which has no spaces.
pub(super) fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c as u32, 0x2E80..=0xA4CF | 0xF900..=0xFAFF | 0xFF00..=0xFF60))
}

/// The gap from which words are parted; more where the letters of a line are set wide.
fn word_gap(sorted: &[&Glyph], size: f64) -> f64 {
    let gaps: Vec<f64> = sorted
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if !a.text.trim().is_empty() && !b.text.trim().is_empty() => Some(b.x - a.end),
            _ => None,
        })
        .collect();
    let usual = if gaps.len() < 6 {
        0.0
    } else {
        middle(gaps).unwrap_or(0.0)
    };
    (WORD * size).max(usual * 1.7)
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
