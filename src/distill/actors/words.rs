//! A text → its words with their spans, what stands before each, how each is capitalised and which word lists it is in: one pass, for people and
//! organisations both. For scripts that put spaces between words.

mod capitals;
mod letters;

use capitals::{capitals, is_attached, is_upper};
use letters::{Letters, letters};

use super::lexicon::{APOSTROPHE_ENDINGS, Classes, HONORIFICS, Lexicon, UNCASED};
use crate::distill::{evidence::Span, runs::Run, table::hash, text::Text};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, or an elided article's apostrophe.
    Space,
    /// A comma.
    Comma,
    /// An opening bracket.
    Open,
    /// A dash with space around it, or a colon.
    Dash,
    /// `&`.
    And,
    /// An opening quotation mark, and nothing else but space.
    Quote,
    /// The end of a sentence, a line or a paragraph, a closing quotation mark or bracket.
    Stop,
}

/// Folding drops these; at the end of a word they are none of it.
const DROPPED: [char; 4] = ['\r', '\u{200E}', '\u{200F}', '\u{AD}'];

/// One word.
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is seen of a word, each for itself"
)]
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// Where it is in the decoded text.
    pub(super) span: Span,
    /// As written.
    pub(super) text: &'a str,
    /// Folded, without what follows an apostrophe as an ending.
    pub(super) lower: &'a str,
    /// The lists that it is in.
    pub(super) classes: Classes,
    /// What stands before it.
    pub(super) before: Gap,
    /// Begins with a capital (after `al-` and the like).
    pub(super) capital: bool,
    /// Two letters or more, all capitals.
    pub(super) shouted: bool,
    /// One capital letter and a full stop.
    pub(super) initial: bool,
    /// Has an ending after an apostrophe: `Kenya's`, `Kars'ta`. A name ends here.
    pub(super) ending: bool,
    /// A closing quotation mark follows.
    pub(super) quoted: bool,
}

impl Word<'_> {
    /// Whether it is in one of the lists.
    #[inline]
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }
}

/// The words of a text.
pub(super) fn words<'a>(text: &'a Text, runs: &[Run], lexicon: &Lexicon) -> Vec<Word<'a>> {
    let mut scan = Scan {
        text,
        lexicon,
        cased: !lexicon.has(UNCASED),
        words: Vec::with_capacity(runs.len()),
        end_of_last: 0,
    };
    let mut rest = runs;
    while let Some(letters) = letters(&text.folded, &mut rest) {
        scan.push(&letters);
    }
    scan.words
}

struct Scan<'a, 'b> {
    text: &'a Text,
    lexicon: &'b Lexicon,
    cased: bool,
    words: Vec<Word<'a>>,
    /// In the folded text.
    end_of_last: usize,
}

impl Scan<'_, '_> {
    /// One word of the folded text, or two where an article is elided before it.
    fn push(&mut self, letters: &Letters) {
        let (from, to) = (letters.start, letters.end);
        let Some(apostrophe) = letters.apostrophe else {
            self.add(from, to, to, letters.hash);
            return;
        };
        let head = self.text.folded.get(from..apostrophe).unwrap_or_default();
        // `D’Angelo` is a name, `d’Angers` an article.
        let surname = apostrophe == from + 1
            && head != "l"
            && self.capital_at(from)
            && self.capital_at(apostrophe + 1);
        // `Giandomenico Dell'Acqua`
        let surname = surname
            || self.capital_at(from)
                && self.capital_at(apostrophe + 1)
                && head.chars().count() > 2
                && self
                    .words
                    .last()
                    .is_some_and(|w| w.capital && self.end_of_last + 1 == from);
        if !surname && self.lexicon.elided.iter().any(|e| e == head) {
            self.add(from, apostrophe, apostrophe, None);
            self.add(apostrophe + 1, to, to, None);
            return;
        }
        let whole = self.text.folded.get(from..to).unwrap_or_default();
        let last = whole.rfind('\'').map_or(apostrophe, |last| from + last);
        let tail = self.text.folded.get(last + 1..to).unwrap_or_default();
        let ends = tail == "s"
            || self.lexicon.has(APOSTROPHE_ENDINGS)
                && last > from + 2
                && tail.chars().count() <= 5
                && !self.capital_at(last + 1);
        self.add(from, to, if ends { last } else { to }, None);
    }

    fn capital_at(&self, folded: usize) -> bool {
        let at = self.text.original(folded, folded).start;
        let c = self.text.decoded.get(at..).and_then(|s| s.chars().next());
        c.is_some_and(is_upper)
    }

    /// One word; its ending begins at `bare`. It has a hash where nothing joins two parts of it.
    fn add(&mut self, from: usize, to: usize, bare: usize, known: Option<u64>) {
        let mut span = self.text.original(from, to);
        let decoded = self.text.decoded.as_str();
        let mut written = decoded.get(span.start..span.end).unwrap_or_default();
        let rare = matches!(written.as_bytes().last(), Some(b'\r' | 0x8E | 0x8F | 0xAD));
        if rare && written.ends_with(DROPPED) {
            written = written.trim_end_matches(DROPPED);
            span.end = span.start + written.len();
        }
        let lower = self.text.folded.get(from..bare).unwrap_or_default();
        let hash = known.unwrap_or_else(|| hash(lower));
        let classes = self.lexicon.classes_by(lower, hash);
        let (capital, shouted, initial) = if self.cased {
            let (capital, shouted, one) = if known.is_none() && !written.starts_with(is_upper) {
                (
                    is_attached(written, lower, &self.lexicon.attached),
                    false,
                    false,
                )
            } else {
                capitals(written)
            };
            let dotted = one && self.text.decoded.as_bytes().get(span.end) == Some(&b'.');
            (capital, shouted, dotted)
        } else {
            (false, false, false)
        };
        let (before, closes) = self.gap(from);
        if closes && let Some(last) = self.words.last_mut() {
            last.quoted = true;
        }
        self.end_of_last = to;
        self.words.push(Word {
            span,
            text: written,
            lower,
            classes,
            before,
            capital,
            shouted,
            initial,
            ending: bare < to,
            quoted: false,
        });
    }

    /// What stands before the word at `to`, and whether that closes a quotation.
    fn gap(&self, to: usize) -> (Gap, bool) {
        let Some(last) = self.words.last() else {
            return (Gap::Stop, false);
        };
        let between = self.end_of_last..to;
        let bytes = self.text.folded.as_bytes().get(between.clone());
        let dotted = || last.is(HONORIFICS) || last.initial;
        let gap = match bytes.unwrap_or_default() {
            // `Voedsel- en Warenautoriteit`
            b" " | b"- " => Gap::Space,
            b", " => Gap::Comma,
            b". " if dotted() => Gap::Space,
            b". " => Gap::Stop,
            _ => {
                let between = self.text.folded.get(between).unwrap_or_default();
                let closes = between
                    .trim_start_matches(['.', ','])
                    .starts_with(['»', '”', '“', '"', '」', '’', '\'']);
                return (self.rare_gap(between, to, dotted()), closes);
            }
        };
        (gap, false)
    }

    fn rare_gap(&self, between: &str, to: usize, dotted: bool) -> Gap {
        let marks = between.trim();
        match marks {
            "" if !between.contains('\n') => Gap::Space,
            "" if between.matches('\n').count() == 1 && self.is_wrapped(self.end_of_last, to) => {
                Gap::Space
            }
            "'" => Gap::Space,
            "." if !between.contains('\n') && dotted => Gap::Space,
            "," | "،" if between.matches('\n').count() < 2 => Gap::Comma,
            "(" => Gap::Open,
            "&" => Gap::And,
            "–" | "—" | "-" | ":" | "–-" => Gap::Dash,
            "«" | "„" | "“" | "\"" | "”" if between.starts_with([' ', '\n']) => Gap::Quote,
            _ => Gap::Stop,
        }
    }

    /// Whether the line break between two words only wraps a paragraph: the line before it is long, or the next begins small.
    fn is_wrapped(&self, from: usize, to: usize) -> bool {
        let before = self.text.folded.get(..from).unwrap_or_default();
        let line = before
            .rfind('\n')
            .map_or(before, |at| before.get(at + 1..).unwrap_or_default());
        let length = line.chars().take(101).count();
        (50..=100).contains(&length) || length >= 30 && !self.capital_at(to)
    }
}
