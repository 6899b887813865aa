//! The pieces of a line from left to right → its text in reading order: stretches of the other direction turned, brackets as they are meant.
//! Refuses nothing.

use super::links;

/// A glyph's text, or a space.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) link: Option<char>,
}

impl Piece {
    pub(super) fn space(at: f64) -> Self {
        Self {
            text: " ".to_owned(),
            x: at,
            end: at,
            link: None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
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
pub(super) fn direction<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Direction {
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
pub(super) fn ordered(mut pieces: Vec<Piece>, leftward: bool) -> String {
    let own = if leftward {
        pieces.reverse();
        Direction::Left
    } else {
        Direction::Right
    };
    let directions: Vec<Direction> = pieces.iter().map(|p| of(&p.text)).collect();
    let is_arabic = |c: char| matches!(c, '\u{600}'..='\u{8FF}' | '\u{FB50}'..='\u{FEFF}');
    let arabic = pieces.iter().any(|piece| piece.text.contains(is_arabic));
    let mut turned: Vec<(&Piece, bool)> = Vec::with_capacity(pieces.len());
    let mut i = 0;
    while let Some(piece) = pieces.get(i) {
        let other = |at: usize| {
            directions
                .get(at)
                .is_some_and(|d| *d != own && *d != Direction::Either)
        };
        if !other(i) {
            turned.push((piece, leftward));
            i += 1;
            continue;
        }
        // The stretch ends with the last piece of the other direction before one of the line's own, and a number before a dash.
        let mut end = i;
        let mut at = i;
        let mut number = leftward;
        while let (Some(direction), Some(piece)) = (directions.get(at), pieces.get(at))
            && *direction != own
            && !(number && parts_numbers(&piece.text, arabic))
        {
            number &= !piece.text.chars().any(char::is_alphabetic);
            if other(at) {
                end = at;
            }
            at += 1;
        }
        let stretch = pieces.get(i..=end).unwrap_or_default();
        turned.extend(stretch.iter().rev().map(|piece| (piece, !leftward)));
        i = end + 1;
    }
    // Some programs state a bracket as it is drawn, others as it is meant.
    let text = |mirrors: bool| -> String {
        let shown = |(piece, left): &(&Piece, bool)| mirrored(&piece.text, *left && mirrors);
        turned.iter().map(shown).collect()
    };
    let mirrors = unpaired(&text(true)) <= unpaired(&text(false));
    let mut out = Marked::default();
    for (piece, left) in turned {
        out.push(piece, left && mirrors);
    }
    out.closed()
}

/// A dash between numbers, which in a line that runs left keeps its place: 2026–2030 is drawn with 2030 on the left. Not so a hyphen in Hebrew.
fn parts_numbers(text: &str, arabic: bool) -> bool {
    matches!(text, "–" | "—") || arabic && text == "-"
}

/// Brackets that close nothing or are not closed.
fn unpaired(text: &str) -> usize {
    let (mut open, mut wrong) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '«' => open += 1,
            ')' | ']' | '»' if open > 0 => open -= 1,
            ')' | ']' | '»' => wrong += 1,
            _ => {}
        }
    }
    wrong + open
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_runs_left_is_read_from_the_right() {
        for (drawn, read) in [
            // Drawn from left to right; brackets as drawn, then as meant.
            ("(2030-2026) ةطخ", "خطة (2026-2030)"),
            (")2030-2026( ةطخ", "خطة (2026-2030)"),
            ("»ةطخ« 7,5 PDF x2", "7,5 PDF x2 «خطة»"),
            (".ةطخ 27", "27 خطة."),
            ("2026-2030 תינכת", "תכנית 2026-2030"),
        ] {
            let pieces: Vec<Piece> = drawn
                .chars()
                .map(|c| Piece {
                    text: c.to_string(),
                    ..Piece::space(0.0)
                })
                .collect();
            assert_eq!(ordered(pieces, true), read, "{drawn}");
        }
    }
}
