//! The glyphs of a page → its lines: words parted by gaps, cells by wide ones, right-to-left script in reading order. Refuses nothing.

use unicode_normalization::UnicodeNormalization;

use super::{glyphs::Glyph, links};

/// A line of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What it says, cells parted by a space.
    pub(super) text: String,
    /// The stretches between wide gaps: where each begins and ends, and what it says.
    pub(super) cells: Vec<(f64, f64, String)>,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// Where the lines of its column begin and end, on a page of columns.
    pub(super) column: Option<(f64, f64)>,
}

/// A gap of this share of the size parts words; of this many sizes, cells.
const WORD: f64 = 0.18;
const CELL: f64 = 1.6;

/// The lines of a page, in the order in which they are drawn.
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
    rows.iter().filter_map(|row| line(row)).collect()
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
        let first = cells.last().is_none_or(Vec::is_empty);
        if !first && gap > CELL * size {
            cells.push(Vec::new());
        } else if !first && (gap > word || (spaced && gap > -0.3 * size)) {
            cells.last_mut()?.push(Piece::space(end));
        }
        spaced = false;
        end = end.max(glyph.end);
        cells.last_mut()?.push(Piece {
            text: glyph.text.nfkc_where_it_reads(),
            x: glyph.x,
            end: glyph.end,
            link: glyph.link,
        });
    }
    let rightward = direction(cells.iter().flatten()) == Direction::Left;
    if rightward {
        cells.reverse();
    }
    let cells: Vec<(f64, f64, String)> = cells
        .into_iter()
        .filter_map(|pieces| {
            let (x, end) = (pieces.first()?.x, pieces.last()?.end);
            let text = ordered(pieces, rightward);
            (!text.trim().is_empty()).then(|| (x, end, text.trim().to_owned()))
        })
        .collect();
    let texts: Vec<&str> = cells.iter().map(|(_, _, text)| text.as_str()).collect();
    Some(Line {
        text: texts.join(" "),
        x: cells.iter().map(|c| c.0).fold(f64::INFINITY, f64::min),
        end: cells.iter().map(|c| c.1).fold(f64::NEG_INFINITY, f64::max),
        y,
        size,
        cells,
        column: None,
    })
    .filter(|line| !line.cells.is_empty())
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

/// A glyph's text, or a space.
#[derive(Debug)]
struct Piece {
    text: String,
    x: f64,
    end: f64,
    link: Option<char>,
}

impl Piece {
    fn space(at: f64) -> Self {
        Self {
            text: " ".to_owned(),
            x: at,
            end: at,
            link: None,
        }
    }
}

/// Forms of letters that fonts have and texts don't: ligatures, Arabic letters by their place in a word.
trait Reads {
    fn nfkc_where_it_reads(&self) -> String;
}

impl Reads for String {
    fn nfkc_where_it_reads(&self) -> String {
        let form = |c: char| matches!(c, '\u{FB00}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}');
        if self.chars().any(form) {
            self.nfkc().collect()
        } else {
            self.replace('\0', "")
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// To the right: Latin, digits and most others.
    Right,
    /// To the left: Hebrew, Arabic.
    Left,
    /// As what stands around it.
    Either,
}

fn of(text: &str) -> Direction {
    match text.chars().next() {
        Some('\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
            if !text.chars().all(char::is_numeric) =>
        {
            Direction::Left
        }
        Some(c) if c.is_alphanumeric() => Direction::Right,
        _ => Direction::Either,
    }
}

/// Where most letters run.
fn direction<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Direction {
    let (mut left, mut right) = (0, 0);
    for piece in pieces {
        match of(&piece.text) {
            Direction::Left => left += 1,
            Direction::Right if piece.text.chars().any(char::is_alphabetic) => right += 1,
            _ => {}
        }
    }
    if left > right {
        Direction::Left
    } else {
        Direction::Right
    }
}

/// Pieces from left to right as a reader reads them: stretches of the other direction are turned, and all of it in a line that runs left.
fn ordered(mut pieces: Vec<Piece>, leftward: bool) -> String {
    let own = if leftward {
        pieces.reverse();
        Direction::Left
    } else {
        Direction::Right
    };
    let directions: Vec<Direction> = pieces.iter().map(|p| of(&p.text)).collect();
    let mut out = Marked::default();
    let mut i = 0;
    while let Some(piece) = pieces.get(i) {
        let other = |at: usize| {
            directions
                .get(at)
                .is_some_and(|d| *d != own && *d != Direction::Either)
        };
        if !other(i) {
            out.push(piece, leftward);
            i += 1;
            continue;
        }
        // The stretch ends with the last piece of the other direction before one of the line's own.
        let mut end = i;
        let mut at = i;
        while directions.get(at).is_some_and(|d| *d != own) {
            if other(at) {
                end = at;
            }
            at += 1;
        }
        for piece in pieces.get(i..=end).unwrap_or_default().iter().rev() {
            out.push(piece, !leftward);
        }
        i = end + 1;
    }
    out.closed()
}

/// Text in which links are marked.
#[derive(Default)]
struct Marked {
    text: String,
    link: Option<char>,
    /// Spaces that stand between words of one link or behind it.
    spaces: String,
}

impl Marked {
    fn push(&mut self, piece: &Piece, leftward: bool) {
        if piece.text.trim().is_empty() && self.link.is_some() {
            self.spaces.push_str(&piece.text);
            return;
        }
        if piece.link != self.link {
            self.close();
            self.text.extend(piece.link);
            self.link = piece.link;
        }
        self.text.push_str(&std::mem::take(&mut self.spaces));
        self.text.push_str(&mirrored(&piece.text, leftward));
    }

    fn close(&mut self) {
        if self.link.take().is_some() {
            self.text.push(links::closing());
        }
        self.text.push_str(&std::mem::take(&mut self.spaces));
    }

    fn closed(mut self) -> String {
        self.close();
        self.text
    }
}

/// Brackets are drawn as they look; in script that runs left the opening one looks like a closing one.
fn mirrored(text: &str, leftward: bool) -> String {
    if !leftward {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '«' => '»',
            '»' => '«',
            c => c,
        })
        .collect()
}
