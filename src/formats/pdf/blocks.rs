//! The lines of a document → paragraphs, headings, lists and tables. Refuses nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lines::{Line, is_wide},
    links, tables,
};
use crate::formats::block::Block;

/// A heading is this much larger than most text, and not longer than this.
const LARGER: f64 = 1.14;
const HEADING: usize = 220;

/// The blocks of all pages; `addresses` are those of the links that are marked in the lines.
pub(super) fn blocks(pages: &[Vec<Line>], addresses: &[String]) -> Vec<Block> {
    let body = body_size(pages);
    let sizes = heading_sizes(pages, body);
    let words = words(pages);
    let leading = leading(pages, body);
    let mut out: Vec<Block> = Vec::new();
    let mut open: Option<Open> = None;
    let mut items = Items::default();
    for page in pages {
        let right = page.iter().map(|l| l.end).fold(0.0, f64::max);
        let left = page.iter().map(|l| l.x).fold(f64::INFINITY, f64::min);
        let mut at = 0;
        let mut above: Option<&Line> = None;
        while let Some(line) = page.get(at) {
            if let Some(rows) = tables::table(page.get(at..).unwrap_or_default(), addresses) {
                close(&mut open, &mut out, addresses);
                items = Items::default();
                at += rows.len();
                out.push(Block::Table(rows));
                above = None;
                continue;
            }
            let look = Look::of(line, &sizes, items.last);
            let joins = open.as_ref().is_some_and(|open| {
                open.look.takes(&look)
                    && match above {
                        Some(above) if look != Look::Text => near(above, line, leading),
                        Some(above) => follows(above, line, leading, (left, right)),
                        // Across pages: a sentence that has not ended.
                        None => !ends_sentence(&open.text) && look == Look::Text,
                    }
            });
            match &mut open {
                Some(open) if joins => join(&mut open.text, &line.text, &words),
                _ => {
                    close(&mut open, &mut out, addresses);
                    let text = look.without_marker(&line.text);
                    let level = items.level(&look, line);
                    open = Some(Open { look, level, text });
                }
            }
            above = Some(line);
            at += 1;
        }
    }
    close(&mut open, &mut out, addresses);
    out
}

/// A block that may go on.
struct Open {
    look: Look,
    /// In how many lists its own lies.
    level: usize,
    text: String,
}

/// The lists that the last item lies in.
#[derive(Default)]
struct Items {
    /// Where the signs of their items stand.
    places: Vec<f64>,
    /// The last number of an item.
    last: usize,
}

impl Items {
    /// How deep an item lies; what is none ends all lists.
    fn level(&mut self, look: &Look, line: &Line) -> usize {
        let Look::Item(marker) = look else {
            self.places.clear();
            return 0;
        };
        if let Ok(number) = marker.trim_end_matches('.').parse() {
            self.last = number;
        }
        while self
            .places
            .last()
            .is_some_and(|x| *x > line.x + 0.5 * line.size)
        {
            self.places.pop();
        }
        if self
            .places
            .last()
            .is_none_or(|x| *x < line.x - 0.8 * line.size)
        {
            self.places.push(line.x);
        }
        self.places.len().saturating_sub(1)
    }
}

fn close(open: &mut Option<Open>, out: &mut Vec<Block>, addresses: &[String]) {
    let Some(Open { look, level, text }) = open.take() else {
        return;
    };
    let text = links::markdown(&text, addresses);
    out.push(match look {
        Look::Heading(level) => Block::Heading(level, text),
        Look::Item(marker) => Block::Item {
            level,
            marker,
            text,
        },
        Look::Text => Block::Paragraph(text),
    });
}

/// What a line looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    Heading(u8),
    /// An item begins, with this marker.
    Item(String),
    Text,
}

impl Look {
    /// `last` is the number of the item before.
    fn of(line: &Line, sizes: &BTreeMap<i64, u8>, last: usize) -> Self {
        if let Some(level) = sizes.get(&tenths(line.size))
            && line.text.chars().count() <= HEADING
            && line.text.chars().any(char::is_alphabetic)
        {
            return Self::Heading(*level);
        }
        let first = line.text.chars().next().unwrap_or(' ');
        let rest = line.text.trim_start_matches(first);
        // An `o` is a bullet where a wide gap follows; else it is a word: “o acordo”.
        let round = line.cells.len() > 1 && line.cells.first().is_some_and(|cell| cell.2 == "o");
        if BULLETS.contains(first) && rest.starts_with(' ')
            || "•●▪◦‣■□❖➢➤✓".contains(first)
            || round
        {
            return Self::Item("-".to_owned());
        }
        let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
        let after = line.text.get(digits..).unwrap_or_default();
        if (1..=2).contains(&digits) && (after.starts_with(". ") || after.starts_with(") ")) {
            let number = line.text.get(..digits).unwrap_or_default();
            let first = after.chars().nth(2).unwrap_or(' ');
            let next = number.parse() == Ok(last + 1) || number == "1";
            let begins =
                first.is_uppercase() || next && !first.is_lowercase() && !first.is_numeric();
            // “27. Januar” is a day.
            if begins && line.cells.len() < 3 && !is_day(after) {
                return Self::Item(format!("{number}."));
            }
        }
        Self::Text
    }

    /// Whether a line of this look may go on with one of the other.
    fn takes(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Heading(a), Self::Heading(b)) => a == b,
            (Self::Text | Self::Item(_), Self::Text) => true,
            _ => false,
        }
    }

    fn without_marker(&self, text: &str) -> String {
        match self {
            Self::Item(marker) if marker == "-" => {
                let rest = text.chars().next().and_then(|c| text.get(c.len_utf8()..));
                rest.unwrap_or_default().trim().to_owned()
            }
            Self::Item(marker) => text
                .get(marker.len()..)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            Self::Heading(_) | Self::Text => text.to_owned(),
        }
    }
}

const BULLETS: &str = "-–—*·\u{F0B7}\u{F0A7}";

/// Whether `. Month` follows a number, as in German and the northern languages: a word, then a year.
fn is_day(after: &str) -> bool {
    let mut words = after.trim_start_matches(['.', ')', ' ']).split_whitespace();
    words.next().is_some()
        && words.next().is_some_and(|w| {
            let digits: String = w.chars().take_while(char::is_ascii_digit).collect();
            digits.len() == 4
        })
}

fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}

/// The size of most letters.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flatten() {
        *letters.entry(tenths(line.size)).or_default() += line.text.chars().count();
    }
    letters
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(10.0, |(size, _)| size as f64 / 10.0)
}

/// The sizes that are headings, largest first, with their levels.
fn heading_sizes(pages: &[Vec<Line>], body: f64) -> BTreeMap<i64, u8> {
    let sizes: BTreeSet<i64> = pages
        .iter()
        .flatten()
        .filter(|l| l.size > body * LARGER)
        .map(|l| tenths(l.size))
        .collect();
    // Sizes that differ by a hair are one.
    let mut level = 0_u8;
    let mut last = i64::MAX;
    let mut levels = BTreeMap::new();
    for size in sizes.into_iter().rev() {
        if level == 0 || last - size > 6 {
            level = (level + 1).min(4);
        }
        last = size;
        levels.insert(size, level);
    }
    levels
}

/// The words of the document with a hyphen in them.
fn words(pages: &[Vec<Line>]) -> BTreeSet<String> {
    pages
        .iter()
        .flatten()
        .flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.contains('-') && !word.ends_with('-') && !word.starts_with('-'))
        .map(str::to_lowercase)
        .collect()
}

/// The usual distance of two lines, in sizes.
fn leading(pages: &[Vec<Line>], body: f64) -> f64 {
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    for page in pages {
        for pair in page.windows(2) {
            if let [a, b] = pair
                && (a.size - body).abs() < 0.6
                && (b.size - body).abs() < 0.6
                && b.y > a.y
                && b.y - a.y < body * 3.0
            {
                *counted
                    .entry(((b.y - a.y) / body * 20.0).round() as i64)
                    .or_default() += 1;
            }
        }
    }
    counted
        .into_iter()
        .max_by_key(|(distance, count)| (*count, -distance))
        .map_or(1.2, |(distance, _)| distance as f64 / 20.0)
}

/// Whether a line goes on with the paragraph of the line above it.
fn follows(above: &Line, line: &Line, leading: f64, page: (f64, f64)) -> bool {
    let (left, right) = above.column.unwrap_or(page);
    let size = above.size.max(line.size);
    let down = line.y - above.y;
    if down <= 0.0 {
        // The next column, or text that was drawn later.
        let beside = line.x > above.end || line.end < above.x;
        return !ends_sentence(&above.text) && beside;
    }
    if !near(above, line, leading) {
        return false;
    }
    let narrow = line.x > right || line.end < left;
    // A line that ends early ends its paragraph.
    let short = right - above.end > 0.35 * (right - left) && above.x - left < 0.35 * (right - left);
    let both_short = short && right - line.end > 0.35 * (right - left);
    // An indented line begins one.
    let indented = line.x - above.x > 0.8 * size
        && line.x - above.x < 5.0 * size
        && ends_sentence(&above.text);
    let ended = short && ends_sentence(&above.text);
    !(narrow || indented || both_short || ended)
}

/// Whether a line is the next one below, without more space than lines of a paragraph have.
fn near(above: &Line, line: &Line, leading: f64) -> bool {
    let down = line.y - above.y;
    down > 0.0 && down <= leading.max(1.0) * above.size.max(line.size) * 1.25 + 1.0
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c| matches!(c, '"' | '»' | '”' | '’' | ')' | ' ') || links::is_mark(c))
        .ends_with([
            '.', '!', '?', ':', '…', '。', '！', '？', '؟', '।', '۔', ';',
        ])
}

/// Adds a line to a paragraph; a word that was parted at the end of a line is made whole.
fn join(text: &mut String, line: &str, words: &BTreeSet<String>) {
    let line = links::mended(text, line);
    if text.ends_with('\u{AD}') {
        text.pop();
        text.push_str(line);
        return;
    }
    let parted = text
        .strip_suffix(['-', '\u{2010}'])
        .is_some_and(|before| before.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_alphabetic);
    if parted {
        let is_word = |c: char| c.is_alphanumeric() || c == '-';
        let before = text
            .rsplit(|c: char| !is_word(c))
            .next()
            .unwrap_or_default();
        let after = line.split(|c: char| !is_word(c)).next().unwrap_or_default();
        let whole = format!("{before}{after}").to_lowercase();
        // A capital, or the same word elsewhere, says that the hyphen is its own.
        if !words.contains(&whole) && line.starts_with(char::is_lowercase) {
            text.pop();
        }
        text.push_str(line);
        return;
    }
    // A span of years is parted behind its dash.
    let digits = line.starts_with(|c: char| c.is_ascii_digit());
    let span = text
        .strip_suffix(['-', '–'])
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    if !(is_wide(text.chars().next_back()) && is_wide(line.chars().next()) || span && digits) {
        text.push(' ');
    }
    text.push_str(line);
}
