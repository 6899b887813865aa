//! A hit's neighbours: words before and after, capitals, lines, sentences. Every look is bounded by a word, a few words, or a line that was
//! judged once.

use std::cell::OnceCell;

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
    lines: Vec<Line>,
}

/// A line of the folded text.
struct Line {
    start: usize,
    end: usize,
    capitals: OnceCell<bool>,
    title_case: OnceCell<bool>,
}

impl<'a> Around<'a> {
    pub(super) fn new(
        text: &'a Text,
        haystack: &'a str,
        lexicon: &'a Lexicon,
        scan: &'a Scan<'_>,
    ) -> Self {
        let mut lines = Vec::with_capacity(text.folded.len() / 32 + 1);
        let mut start = 0;
        while let Some(rest) = text.folded.as_bytes().get(start..) {
            let length = rest.iter().position(|byte| *byte == b'\n');
            let end = start + length.unwrap_or(rest.len());
            lines.push(Line {
                start,
                end,
                capitals: OnceCell::new(),
                title_case: OnceCell::new(),
            });
            start = end + 1;
        }
        Self {
            text,
            haystack,
            lexicon,
            marks: &scan.marks,
            bystanders: &scan.bystanders,
            said: scan.said,
            lines,
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

    /// Whether a phrase that makes bystanders ends before a byte of the haystack.
    pub(super) fn bystander_before(&self, to: usize) -> bool {
        let mut before = self.bystanders.iter().take_while(|m| m.start < to);
        before.any(|m| m.end <= to)
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

    fn line_of(&self, hit: &Hit<'_>) -> Option<&Line> {
        let next = self.lines.partition_point(|l| l.start <= hit.start);
        next.checked_sub(1).and_then(|i| self.lines.get(i))
    }

    fn decoded_line(&self, line: &Line) -> &'a str {
        self.text.slice(self.text.original(line.start, line.end))
    }

    pub(super) fn line_in_capitals(&self, hit: &Hit<'_>) -> bool {
        self.line_of(hit).is_some_and(|line| {
            *line.capitals.get_or_init(|| {
                let line = self.decoded_line(line);
                let cased = |c: &char| c.is_uppercase() || c.is_lowercase();
                !line.chars().any(char::is_lowercase)
                    && line.chars().filter(cased).nth(12).is_some()
            })
        })
    }

    /// Whether most words of the line begin with a capital, as in an English headline.
    pub(super) fn line_in_title_case(&self, hit: &Hit<'_>) -> bool {
        self.line_of(hit).is_some_and(|line| {
            *line
                .title_case
                .get_or_init(|| in_title_case(self.decoded_line(line)))
        })
    }

    /// Whether nothing but signs of lists and tables stands before the hit on its line, in a row of a table.
    pub(super) fn opens_cell(&self, hit: &Hit<'_>) -> bool {
        let Some(line) = self.line_of(hit) else {
            return false;
        };
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
        let start = self.line_of(hit).map_or(0, |l| l.start);
        self.haystack.get(start..hit.start).unwrap_or_default()
    }

    /// The haystack from the hit up to the end of its line.
    pub(super) fn line_tail(&self, hit: &Hit<'_>) -> &'a str {
        let end = self.line_of(hit).map_or(0, |l| l.end);
        self.haystack.get(hit.end..end).unwrap_or_default()
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
