//! A text → its words with their spans, what stands before each, how each is capitalised and which word lists it is in: one pass, for people and
//! organisations both. For scripts that put spaces between words.

use super::lexicon::{APOSTROPHE_ENDINGS, Classes, HONORIFICS, Lexicon, UNCASED};
use crate::distill::{
    evidence::Span,
    text::{Text, is_word},
};

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
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }
}

/// The words of a text.
pub(super) fn words<'a>(text: &'a Text, lexicon: &Lexicon) -> Vec<Word<'a>> {
    let source = text.folded.as_str();
    let mut scan = Scan {
        text,
        lexicon,
        cased: !lexicon.has(UNCASED),
        words: Vec::with_capacity(source.len() / 6),
        end_of_last: 0,
    };
    let mut start = None;
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_word(c) {
            start.get_or_insert(at);
            if chars.peek().is_none()
                && let Some(from) = start
            {
                scan.push(from, source.len());
            }
            continue;
        }
        if let Some(from) = start {
            let joined = chars
                .peek()
                .is_some_and(|&(_, n)| is_word(n) && is_joiner(c, n));
            if !joined {
                scan.push(from, at);
                start = None;
            }
        }
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
    fn push(&mut self, from: usize, to: usize) {
        let whole = self.text.folded.get(from..to).unwrap_or_default();
        let Some(apostrophe) = whole.bytes().position(|b| b == b'\'') else {
            self.add(from, to, to);
            return;
        };
        let head = whole.get(..apostrophe).unwrap_or_default();
        // `D’Angelo` is a name, `d’Angers` an article.
        let surname = apostrophe == 1
            && head != "l"
            && self.capital_at(from)
            && self.capital_at(from + apostrophe + 1);
        // `Giandomenico Dell'Acqua`
        let surname = surname
            || self.capital_at(from)
                && self.capital_at(from + apostrophe + 1)
                && head.chars().count() > 2
                && self
                    .words
                    .last()
                    .is_some_and(|w| w.capital && self.end_of_last + 1 == from);
        if !surname && self.lexicon.elided.iter().any(|e| e == head) {
            self.add(from, from + apostrophe, from + apostrophe);
            self.add(from + apostrophe + 1, to, to);
            return;
        }
        let last = whole.rfind('\'').unwrap_or(apostrophe);
        let tail = whole.get(last + 1..).unwrap_or_default();
        let ends = tail == "s"
            || self.lexicon.has(APOSTROPHE_ENDINGS)
                && last > 2
                && tail.chars().count() <= 5
                && !self.capital_at(from + last + 1);
        self.add(from, to, if ends { from + last } else { to });
    }

    fn capital_at(&self, folded: usize) -> bool {
        let at = self.text.original(folded, folded).start;
        let c = self.text.decoded.get(at..).and_then(|s| s.chars().next());
        c.is_some_and(char::is_uppercase)
    }

    /// One word; its ending begins at `bare`.
    fn add(&mut self, from: usize, to: usize, bare: usize) {
        let mut span = self.text.original(from, to);
        let mut written = self.text.slice(span);
        if written.ends_with(['\r', '\u{200E}', '\u{200F}', '\u{AD}']) {
            written = written.trim_end_matches(['\r', '\u{200E}', '\u{200F}', '\u{AD}']);
            span.end = span.start + written.len();
        }
        let lower = self.text.folded.get(from..bare).unwrap_or_default();
        let before = self.gap(from);
        let classes = self.lexicon.classes(lower);
        let (capital, shouted, initial) = if self.cased {
            let dotted = self.text.decoded.as_bytes().get(span.end) == Some(&b'.');
            let (capital, shouted, one) = capitals(written, lower, &self.lexicon.attached);
            (capital, shouted, one && dotted)
        } else {
            (false, false, false)
        };
        if let Some(last) = self.words.last_mut() {
            let between = self.text.folded.get(self.end_of_last..from);
            last.quoted = between.filter(|b| b.as_bytes() != [b' ']).is_some_and(|b| {
                b.trim_start_matches(['.', ','])
                    .starts_with(['»', '”', '“', '"', '」', '’', '\''])
            });
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

    fn gap(&self, to: usize) -> Gap {
        let Some(last) = self.words.last() else {
            return Gap::Stop;
        };
        let between = self
            .text
            .folded
            .get(self.end_of_last..to)
            .unwrap_or_default();
        // `Voedsel- en Warenautoriteit`
        if matches!(between.as_bytes(), [b' '] | [b'-', b' ']) {
            return Gap::Space;
        }
        let marks = between.trim();
        match marks {
            "" if !between.contains('\n') => Gap::Space,
            "" if between.matches('\n').count() == 1 && self.is_wrapped(self.end_of_last, to) => {
                Gap::Space
            }
            "'" => Gap::Space,
            "." if !between.contains('\n') && (last.is(HONORIFICS) || last.initial) => Gap::Space,
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

/// Whether a word begins with a capital, is all capitals, is one capital.
fn capitals(written: &str, lower: &str, attached: &[String]) -> (bool, bool, bool) {
    let mut chars = written.chars();
    let Some(first) = chars.next() else {
        return (false, false, false);
    };
    if first.is_lowercase() || first.is_ascii_digit() {
        let capital = written
            .split_once(['-', '’', '\''])
            .is_some_and(|(_, name)| name.starts_with(char::is_uppercase))
            && attached.iter().any(|p| lower.starts_with(p.as_str()));
        return (capital, false, false);
    }
    if !first.is_uppercase() {
        return (false, false, false);
    }
    let mut letters = 1;
    for c in chars {
        if c.is_lowercase() {
            return (true, false, false);
        }
        letters += usize::from(c.is_alphabetic());
    }
    (true, letters > 1, letters == 1)
}

/// What may stand inside a word, before the letter `next`. Hebrew writes its acronyms with a quotation mark before the last letter.
fn is_joiner(c: char, next: char) -> bool {
    matches!(c, '-' | '\'' | '·' | '\u{2011}' | '\u{2010}' | '״' | '׳')
        || c == '"' && ('\u{5D0}'..='\u{5EA}').contains(&next)
}
