//! Text → its lines (hard-wrapped ones joined), each with what can be seen of it without understanding it.

use std::cell::OnceCell;

use crate::distill::{
    each::{self, columns},
    evidence::Span,
    text::{Text, is_mark},
    tokens::{Gap, Kind, Token},
};

/// One line, or several that a mail program broke.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Its text in the decoded text, without the white space and rules around it.
    pub(crate) span: Span,
    /// The decoded text of the span.
    pub(crate) raw: &'a str,
    /// The tokens of its folded text; `start` is an offset in the whole folded text.
    pub(crate) tokens: &'a [Token<'a>],
    /// Columns; a character of a wide script counts two.
    pub(crate) width: usize,
    /// Whether an empty line, a rule or nothing comes before.
    pub(crate) opens: bool,
    /// Nothing but a rule such as `---` or `***`.
    pub(crate) rule: bool,
    /// Begins with a bullet, a number or a table bar.
    pub(crate) item: bool,
    /// [`Line::is_header`], once asked.
    pub(super) header: OnceCell<bool>,
}

fn width(s: &str) -> usize {
    // Latin from U+0080 to U+02FF, Cyrillic up to U+047F: neither wide nor a mark.
    let telling = |byte| byte >= 0xCC && byte != 0xD0 && byte != 0xD1;
    columns(s, telling, |c| match c {
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF60}' => 1,
        c if is_mark(c) => -1,
        _ => 0,
    })
}

/// Whether a line is only drawn: no letter, no digit.
fn is_rule(s: &str) -> bool {
    !s.chars().any(char::is_alphanumeric) && s.chars().filter(|c| !c.is_whitespace()).count() >= 2
}

/// The non-empty lines of a text.
pub(crate) fn lines<'a>(text: &'a Text, tokens: &'a [Token<'a>]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::new();
    let mut rest = tokens;
    let mut line = |(span, opens, rule)| line(text, &mut rest, span, opens, rule);
    let wrap = wrap_width(&text.decoded);
    let mut at = 0;
    let mut opens = true;
    // The line that may go on: what it spans, whether it opens, whether it is a rule.
    let mut open: Option<(Span, bool, bool)> = None;
    for raw in each::lines(&text.decoded) {
        let from = at;
        at += raw.len() + 1;
        let behind = raw.trim_start();
        let trimmed = behind.trim_end();
        if trimmed.is_empty() {
            opens = true;
            continue;
        }
        let start = from + (raw.len() - behind.len());
        let span = Span::new(start, start + trimmed.len());
        let rule = is_rule(trimmed);
        let goes_on = open.filter(|(last, _, ruled)| {
            !(opens || rule || *ruled)
                && wrap.is_some_and(|limit| continues(text.slice(*last), trimmed, limit))
        });
        open = Some(if let Some((last, opened, _)) = goes_on {
            (Span::new(last.start, span.end), opened, false)
        } else {
            out.extend(open.map(&mut line));
            (span, opens, rule)
        });
        opens = rule;
    }
    out.extend(open.map(&mut line));
    out
}

/// The column at which the text is hard-wrapped, if it is.
fn wrap_width(text: &str) -> Option<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let mut runs = 0;
    let mut before = 0;
    for l in each::lines(text).map(str::trim_end) {
        let w = width(l);
        if w > 110 {
            return None;
        }
        if before >= 50 && w > 0 {
            runs += 1;
        }
        before = w;
        widths.push(w);
    }
    let max = widths.iter().copied().max().unwrap_or(0);
    (runs >= 3 && max >= 55).then_some(max)
}

/// Whether `next` goes on with the sentence of a line that was broken at the margin.
fn continues(last: &str, next: &str, limit: usize) -> bool {
    let tail = last.lines().next_back().unwrap_or_default();
    let first_word = next.split_whitespace().next().map_or(0, width);
    !item(next) && width(tail) + first_word + 6 >= limit
}

/// `– Press Office –`, `- 2 -`, `* ADVISORY *`: a dash or star on both sides.
pub(super) fn is_framed(s: &str) -> bool {
    let mark = |c: &char| matches!(c, '-' | '–' | '—' | '*' | '+');
    if !s.starts_with(|c| mark(&c)) {
        return false;
    }
    let inside = s
        .trim_start_matches(|c| mark(&c))
        .trim_end_matches(|c| mark(&c));
    let spaced = inside.starts_with(' ') && inside.ends_with(' ');
    spaced && s.ends_with(|c| mark(&c))
}

fn item(s: &str) -> bool {
    let mut chars = s.chars();
    match chars.next() {
        _ if is_framed(s) => false,
        // A telephone number.
        Some('+') if s.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => false,
        // `*emphasis*` and `**a heading**` are no bullets.
        Some('*') if s.len() > 2 && s.ends_with('*') && !s.starts_with("* ") => false,
        Some('-' | '–' | '—' | '•' | '*' | '·' | '▪' | '|' | '>' | '+' | '○' | '●' | '■' | '◆') => {
            true
        }
        Some('(') => {
            s.chars().skip(1).take_while(char::is_ascii_digit).count() > 0
                && s.chars().nth(2) == Some(')')
        }
        Some(c) if c.is_ascii_digit() => {
            let rest = s.trim_start_matches(|c: char| c.is_ascii_digit());
            s.len() - rest.len() <= 2
                && (rest.starts_with(") ")
                    || rest.starts_with(". ")
                    || rest.starts_with(".\u{A0}")
                    || rest.starts_with("° ")
                    || rest.starts_with("º "))
        }
        Some(c) if c.is_alphabetic() => chars.next() == Some(')'),
        _ => false,
    }
}

/// A line, and `rest` without the tokens up to its end.
fn line<'a>(
    text: &'a Text,
    rest: &mut &'a [Token<'a>],
    span: Span,
    opens: bool,
    rule: bool,
) -> Line<'a> {
    let raw = text.slice(span);
    let (from, to) = (text.folded_at(span.start), text.folded_at(span.end));
    let before = rest.iter().take_while(|t| t.start() < from).count();
    let own = rest
        .iter()
        .skip(before)
        .take_while(|t| t.start() < to)
        .count();
    let (tokens, behind) = rest[before..].split_at(own);
    *rest = behind;
    Line {
        span,
        raw,
        tokens,
        width: width(raw),
        opens,
        rule,
        item: item(raw),
        header: OnceCell::new(),
    }
}

impl Line<'_> {
    /// Ends as a sentence ends.
    pub(crate) fn ends_sentence(&self) -> bool {
        let end = self.raw.trim_end_matches([
            '"', '”', '»', '’', ')', '」', '』', '“', ' ', '\u{A0}', '\u{202F}', ']',
        ]);
        end.ends_with([
            '.', '。', '!', '！', '؟', '？', '?', '।', '…', '۔', ':', ';', '：', ',',
        ])
    }

    /// Long or closed like prose.
    pub(crate) fn is_prose(&self) -> bool {
        if self.rule || self.item {
            return false;
        }
        let question = self.raw.trim_end().ends_with(['?', '؟', '？', '!', '！']);
        // A colon or comma may end the first line of a headline.
        let closed = self.ends_sentence() && !self.raw.trim_end().ends_with([':', ';', ',', '：']);
        self.width > 190
            || self.width >= 45 && closed && !question
            || self.width > 120 && self.ends_sentence()
            || self.inner_stop() && self.width > 60
    }

    /// A full stop inside, after a long word and before a capital: more than one sentence.
    fn inner_stop(&self) -> bool {
        if self.raw.contains('。') {
            return true;
        }
        self.tokens.windows(3).any(|w| {
            w[1].is(".")
                && w[1].gap == Gap::None
                && w[2].gap == Gap::Space
                && w[0].kind == Kind::Word
                && w[0].text.chars().count() > 4
                && w[2].kind == Kind::Word
        }) && self.ends_sentence()
    }

    /// The words of the line: tokens that are words, or wide characters two by two.
    pub(crate) fn words(&self) -> usize {
        let words = self.tokens.iter().filter(|t| t.kind == Kind::Word).count();
        let glyphs = self.tokens.iter().filter(|t| t.kind == Kind::Glyph).count();
        words + glyphs / 2
    }

    /// No lower-case letter but small words and what stands in parentheses.
    pub(crate) fn capitals(&self) -> bool {
        let (mut upper, mut lower) = (0, 0);
        for c in self.raw.chars() {
            if c.is_lowercase() {
                lower += 1;
            } else if c.is_uppercase() {
                upper += 1;
            }
        }
        upper >= 3 && upper > lower * 6
    }
}
