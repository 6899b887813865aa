//! A hit's neighbours: words before and after, capitals, lines, sentences. Every look is bounded by a word, a few words, or a line that was
//! judged once.

use std::cell::Cell;

use super::{
    lexicon::{Cue, Lexicon},
    scan::{Hit, Mark, Scan},
};
use crate::distill::text::{Text, is_word};

/// The text around hits.
pub(super) struct Around<'a> {
    pub(super) text: &'a Text,
    /// The folded text, line feeds made spaces.
    pub(super) haystack: &'a str,
    pub(super) lexicon: &'a Lexicon,
    marks: &'a [Mark],
    bystanders: &'a [Mark],
    said: Cue,
    streets: &'a [usize],
    /// The line that was looked at last.
    line: Cell<Line>,
}

/// A line of the folded text.
#[derive(Clone, Copy, Default)]
struct Line {
    start: usize,
    end: usize,
    capitals: Option<bool>,
    title_case: Option<bool>,
}

impl<'a> Around<'a> {
    pub(super) fn new(
        text: &'a Text,
        haystack: &'a str,
        lexicon: &'a Lexicon,
        scan: &'a Scan<'_>,
    ) -> Self {
        Self {
            text,
            haystack,
            lexicon,
            marks: &scan.marks,
            bystanders: &scan.bystanders,
            said: scan.said,
            streets: &scan.streets,
            line: Cell::default(),
        }
    }

    pub(super) fn before(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(..hit.start).unwrap_or_default()
    }

    /// What stands before the whole word of a hit.
    pub(super) fn before_word(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(..hit.word).unwrap_or_default()
    }

    pub(super) fn after(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(hit.end..).unwrap_or_default()
    }

    /// The folded form as it stands.
    pub(super) fn form(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(hit.start..hit.end).unwrap_or_default()
    }

    /// The word before, where nothing but one space stands between.
    pub(super) fn previous(&self, hit: &Hit<'_>) -> &'a str {
        let before = self.before(hit);
        last_word(before.strip_suffix(' ').unwrap_or(before))
    }

    /// The word after, where nothing but one space stands between.
    pub(super) fn next(&self, hit: &Hit<'_>) -> &'a str {
        self.after(hit).strip_prefix(' ').map_or("", first_word)
    }

    /// What the word or phrase directly before says.
    pub(super) fn behind(&self, hit: &Hit<'_>) -> Cue {
        let before = self.before(hit);
        self.ending_at(before.strip_suffix(' ').unwrap_or(before).len())
    }

    /// What the word directly after says.
    pub(super) fn ahead(&self, hit: &Hit<'_>) -> Cue {
        let start = hit.end + usize::from(self.after(hit).starts_with(' '));
        self.starting_at(start)
    }

    /// Whether any word or phrase of the text says one of these.
    pub(super) fn says(&self, cue: Cue) -> bool {
        self.said.0 & cue.0 != 0
    }

    /// What the words that begin at a byte of the haystack say.
    pub(super) fn starting_at(&self, at: usize) -> Cue {
        let from = self.marks.partition_point(|m| m.start < at);
        let here = self.marks.iter().skip(from).take_while(|m| m.start == at);
        here.fold(Cue::default(), |cue, m| Cue(cue.0 | m.cue.0))
    }

    /// What the words and phrases that end at a byte of the haystack say.
    pub(super) fn ending_at(&self, at: usize) -> Cue {
        let to = self.marks.partition_point(|m| m.start < at);
        let near = self.marks[..to].iter().rev().take(6);
        near.filter(|m| m.end == at)
            .fold(Cue::default(), |cue, m| Cue(cue.0 | m.cue.0))
    }

    /// Whether a word or phrase that makes a street of what follows ends between two bytes of the haystack.
    pub(super) fn street_between(&self, from: usize, to: usize) -> bool {
        self.streets.iter().any(|end| (from..=to).contains(end))
    }

    /// Whether a phrase that makes bystanders stands whole between two bytes of the haystack.
    pub(super) fn bystander_between(&self, from: usize, to: usize) -> bool {
        let first = self.bystanders.partition_point(|m| m.start < from);
        let near = self.bystanders.iter().skip(first);
        near.take_while(|m| m.start < to).any(|m| m.end <= to)
    }

    /// The decoded text of a slice of the haystack.
    pub(super) fn decoded(&self, folded: &str) -> &'a str {
        let at = (folded.as_ptr() as usize).wrapping_sub(self.haystack.as_ptr() as usize);
        self.text
            .slice(self.text.original(at, at.saturating_add(folded.len())))
    }

    pub(super) fn is_capital(&self, folded: &str) -> bool {
        !folded.is_empty()
            && self
                .decoded(folded)
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
    }

    fn line_of(&self, hit: &Hit<'_>) -> Line {
        let line = self.line.get();
        if line.start <= hit.start && hit.start < line.end {
            return line;
        }
        let (before, rest) = self
            .text
            .folded
            .split_at_checked(hit.start)
            .unwrap_or_default();
        let line = Line {
            start: memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1),
            end: before.len() + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()),
            ..Line::default()
        };
        self.line.set(line);
        line
    }

    fn decoded_line(&self, line: Line) -> &'a str {
        self.text.slice(self.text.original(line.start, line.end))
    }

    pub(super) fn line_in_capitals(&self, hit: &Hit<'_>) -> bool {
        let line = self.line_of(hit);
        line.capitals.unwrap_or_else(|| {
            let capitals = Some(in_capitals(self.decoded_line(line)));
            self.line.set(Line { capitals, ..line });
            capitals == Some(true)
        })
    }

    /// Whether most words of the line begin with a capital, as in an English headline.
    pub(super) fn line_in_title_case(&self, hit: &Hit<'_>) -> bool {
        let line = self.line_of(hit);
        line.title_case.unwrap_or_else(|| {
            let title_case = Some(in_title_case(self.decoded_line(line)));
            self.line.set(Line { title_case, ..line });
            title_case == Some(true)
        })
    }

    /// Whether nothing but signs of lists and tables stands before the hit on its line, in a row of a table.
    pub(super) fn opens_cell(&self, hit: &Hit<'_>) -> bool {
        let line = self.line_of(hit);
        let head = self.haystack.get(line.start..hit.start).unwrap_or_default();
        let signs = [' ', '|', '*', '-', '•', '–'];
        if !head.trim_end_matches(signs).is_empty() {
            return false;
        }
        let rest = self.haystack.get(hit.end..line.end).unwrap_or_default();
        head.contains('|') || rest.contains("  ") || rest.contains('|')
    }

    /// The haystack from the beginning of the hit's line up to the hit.
    pub(super) fn line_head(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack
            .get(self.line_of(hit).start..hit.start)
            .unwrap_or_default()
    }

    /// The haystack from the hit up to the end of its line.
    pub(super) fn line_tail(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack
            .get(hit.end..self.line_of(hit).end)
            .unwrap_or_default()
    }

    /// Whether a sentence begins where `before` ends.
    pub(super) fn opens_sentence(&self, before: &str) -> bool {
        if before
            .strip_suffix(' ')
            .unwrap_or(before)
            .ends_with(is_word)
        {
            return false;
        }
        // A line break opens a sentence only where a paragraph ends: wrapped lines go on.
        let paragraph = self
            .text
            .folded
            .get(..before.len())
            .is_some_and(|b| b.trim_end_matches(' ').ends_with("\n\n"));
        let trimmed = before.trim_end_matches([
            ' ', '"', '«', '“', '„', '\'', '(', '-', '—', '–', '*', '•', '#', '>',
        ]);
        // `BERLIN (dpa) - Die …`
        let agency =
            trimmed.ends_with(')') && before.trim_end_matches(' ').ends_with(['-', '–', '—']);
        paragraph
            || agency
            || trimmed.is_empty()
            || trimmed.ends_with([
                '.', '!', '?', ':', '。', '！', '？', '؟', '।', '|', '；', '\n',
            ])
    }
}

fn in_capitals(line: &str) -> bool {
    let cased = |c: &char| c.is_uppercase() || c.is_lowercase();
    !line.chars().any(char::is_lowercase) && line.chars().filter(cased).nth(12).is_some()
}

fn in_title_case(line: &str) -> bool {
    let line = line.trim_end();
    if line.ends_with('.') || line.len() > 160 {
        return false;
    }
    let words = line
        .split(|c: char| !is_word(c))
        .filter(|w| w.chars().nth(3).is_some());
    let (all, capitals) = words.fold((0, 0), |(all, capitals), w| {
        let capital = w.chars().next().is_some_and(char::is_uppercase);
        (all + 1, capitals + usize::from(capital))
    });
    all >= 3 && capitals * 3 >= all * 2
}

/// Letters of a word that are looked at: where no spaces set words apart, a run of letters has no end.
const LONGEST: usize = 64;

pub(super) fn first_word(s: &str) -> &str {
    let bytes = s.as_bytes();
    let end = bytes.iter().position(|b| !b.is_ascii_alphanumeric());
    let end = end.unwrap_or(bytes.len());
    if end <= LONGEST && bytes.get(end).is_none_or(u8::is_ascii) {
        return &s[..end];
    }
    let mut letters = s.char_indices().take(LONGEST);
    let end = letters
        .find(|&(_, c)| !is_word(c))
        .map(|(at, _)| at)
        .or_else(|| s.char_indices().nth(LONGEST).map(|(at, _)| at));
    s.get(..end.unwrap_or(s.len())).unwrap_or_default()
}

pub(super) fn last_word(s: &str) -> &str {
    let bytes = s.as_bytes();
    let start = bytes.iter().rposition(|b| !b.is_ascii_alphanumeric());
    let start = start.map_or(0, |at| at + 1);
    if bytes.len() - start <= LONGEST && (start == 0 || bytes[start - 1].is_ascii()) {
        return &s[start..];
    }
    let start = s
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|&(_, c)| is_word(c))
        .last()
        .map_or(s.len(), |(at, _)| at);
    s.get(start..).unwrap_or_default()
}
