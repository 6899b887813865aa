//! Text → its lines (hard-wrapped ones joined), each with what can be seen of it without understanding it.

use std::cell::OnceCell;

use super::cues::{Cue, cue};
use crate::distill::{
    dates::lexicon,
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
    pub(crate) tokens: Vec<Token<'a>>,
    /// Columns; a character of a wide script counts two.
    pub(crate) width: usize,
    /// Whether an empty line, a rule or nothing comes before.
    pub(crate) opens: bool,
    /// Nothing but a rule such as `---` or `***`.
    pub(crate) rule: bool,
    /// Begins with a bullet, a number or a table bar.
    pub(crate) item: bool,
    /// [`Line::is_header`], once asked.
    header: OnceCell<bool>,
}

fn width(s: &str) -> usize {
    s.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FF60}' => 2,
            c if is_mark(c) => 0,
            _ => 1,
        })
        .sum()
}

/// Whether a line is only drawn: no letter, no digit.
fn is_rule(s: &str) -> bool {
    let marks = s.chars().filter(|c| !c.is_whitespace()).count();
    marks >= 2 && !s.chars().any(char::is_alphanumeric)
}

/// The non-empty lines of a text.
pub(crate) fn lines(text: &Text) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let wrap = wrap_width(&text.decoded);
    let mut at = 0;
    let mut opens = true;
    // The line that may go on: what it spans, whether it opens, whether it is a rule.
    let mut open: Option<(Span, bool, bool)> = None;
    for raw in text.decoded.split_inclusive('\n') {
        let from = at;
        at += raw.len();
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            opens = true;
            continue;
        }
        let start = from + (raw.len() - raw.trim_start().len());
        let span = Span::new(start, start + trimmed.len());
        let rule = is_rule(trimmed);
        let goes_on = open.filter(|(last, _, ruled)| {
            !(opens || rule || *ruled)
                && wrap.is_some_and(|limit| continues(text.slice(*last), trimmed, limit))
        });
        open = Some(if let Some((last, opened, _)) = goes_on {
            (Span::new(last.start, span.end), opened, false)
        } else {
            out.extend(open.map(|(span, opens, rule)| line(text, span, opens, rule)));
            (span, opens, rule)
        });
        opens = rule;
    }
    out.extend(open.map(|(span, opens, rule)| line(text, span, opens, rule)));
    out
}

/// The column at which the text is hard-wrapped, if it is.
fn wrap_width(text: &str) -> Option<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let mut runs = 0;
    let mut before = 0;
    for l in text.lines().map(str::trim_end) {
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

fn item(s: &str) -> bool {
    let mut chars = s.chars();
    match chars.next() {
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

fn line(text: &Text, span: Span, opens: bool, rule: bool) -> Line<'_> {
    let raw = text.slice(span);
    let (from, to) = (text.folded_at(span.start), text.folded_at(span.end));
    Line {
        span,
        raw,
        tokens: text.tokens_in(from, to),
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
        let upper = self.raw.chars().filter(|c| c.is_uppercase()).count();
        let lower = self.raw.chars().filter(|c| c.is_lowercase()).count();
        upper >= 3 && upper > lower * 6
    }

    /// A kind of document, a reference number, `key: value`, or a place and date.
    pub(crate) fn is_header(&self) -> bool {
        *self.header.get_or_init(|| {
            self.release().is_some_and(|rest| rest == self.tokens.len())
                || self.is_reference()
                || self.is_byline()
                || self.key().is_some()
                || self.is_date_line()
        })
    }

    /// The number of tokens of "COMMUNIQUÉ DE PRESSE N° 12", where the line begins so.
    pub(crate) fn release(&self) -> Option<usize> {
        if self.width > 110 || self.is_prose() && self.width > 90 {
            return None;
        }
        let first = self.tokens.iter().position(|t| t.kind != Kind::Punct)?;
        let mut n = first + cue(&self.tokens, first, Cue::Release)?;
        // "Communiqué de presse / Press release".
        while let Some(more) = self
            .tokens
            .get(n)
            .filter(|t| t.kind == Kind::Punct)
            .and_then(|_| cue(&self.tokens, n + 1, Cue::Release))
        {
            n += 1 + more;
        }
        let rest = &self.tokens[n..];
        let mut all = n;
        // What follows is the end, a number or a date; words are a headline of their own.
        if rest.is_empty() || rest.iter().all(|t| t.kind == Kind::Punct) {
            return Some(self.tokens.len());
        }
        if rest[0].kind == Kind::Punct && !rest[0].is("(") && !rest[0].is("/") {
            all += 1;
        }
        if self.has_number_or_date(all) && self.words_from(all) <= 5 {
            return Some(self.tokens.len());
        }
        if rest[0].kind == Kind::Glyph || rest[0].kind == Kind::Word {
            return (self.capitals() && self.words() <= 6).then_some(self.tokens.len());
        }
        Some(all)
    }

    fn words_from(&self, at: usize) -> usize {
        self.tokens
            .get(at..)
            .map_or(0, |r| r.iter().filter(|t| t.kind == Kind::Word).count())
    }

    fn has_number_or_date(&self, at: usize) -> bool {
        self.tokens
            .get(at..)
            .is_some_and(|r| r.iter().any(|t| t.kind == Kind::Number))
    }

    /// A short line with a number of reference: `Réf. : FEEP/CP/2026-011`, `# 14/2026 - …`.
    fn is_reference(&self) -> bool {
        let Some(first) = self
            .tokens
            .iter()
            .position(|t| t.kind != Kind::Punct || t.is("№"))
        else {
            return false;
        };
        let number = self.tokens.iter().any(|t| t.kind == Kind::Number);
        let code = self.tokens.windows(3).take(6).any(|w| {
            w[0].kind == Kind::Number
                && (w[1].is("/") || w[1].is("-"))
                && w[2].kind == Kind::Number
                && w[2].gap == Gap::None
        });
        number
            && self.width <= 60
            && !self.ends_sentence()
            && (cue(&self.tokens, first, Cue::Ref).is_some() && self.words() <= 6
                || code
                    && self.words() <= 6
                    && first <= 1
                    && (self.raw.starts_with('#') || self.words() <= 3))
    }

    /// Who wrote it, and nothing more: `By Maria Lopez`, `Von Jens Petersen, Nairobi`.
    fn is_byline(&self) -> bool {
        let Some(n) = cue(&self.tokens, 0, Cue::Byline) else {
            return false;
        };
        let names = &self.tokens[n..];
        let words: Vec<_> = names.iter().filter(|t| t.kind == Kind::Word).collect();
        (2..=6).contains(&words.len())
            && !self.ends_sentence()
            && names.iter().all(|t| match t.kind {
                Kind::Word => {
                    self.begins_upper(t) || words.len() > 2 && t.text.chars().count() <= 3
                }
                Kind::Punct => matches!(t.text, "," | "." | "-" | "'" | "(" | ")" | "/"),
                Kind::Number | Kind::Glyph => false,
            })
    }

    /// Whether a token begins with a capital, or has a script without them.
    pub(crate) fn begins_upper(&self, token: &Token<'_>) -> bool {
        let Some(base) = self.tokens.first().map(|t| t.start) else {
            return false;
        };
        // Folding keeps the length of Latin, Greek and Cyrillic letters nearly always; where it did not, nothing is said.
        self.raw
            .get(token.start - base..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
    }

    /// The number of tokens before the value of `key: value`.
    pub(crate) fn key(&self) -> Option<usize> {
        // A script without spaces has a token for each character.
        let glyphs = self.tokens.first()?.kind == Kind::Glyph;
        let most = if glyphs { 16 } else { 6 };
        let colon = self.tokens.iter().take(most).position(|t| t.is(":"))?;
        if self.width > 140 || colon == 0 {
            return None;
        }
        let known = cue(&self.tokens, 0, Cue::Key).is_some_and(|n| n == colon);
        let slug = self.tokens[..colon].iter().all(|t| {
            t.kind == Kind::Word && t.text.is_ascii()
                || t.is("_")
                || t.is("-")
                || t.kind == Kind::Number
        }) && self.raw.starts_with(|c: char| c.is_ascii_lowercase())
            && self.tokens[..colon].iter().all(|t| t.gap != Gap::Space);
        (known || slug).then_some(colon + 1)
    }

    /// A short line that is a date and little more: `Bruxelles, le 5 février 2026`.
    pub(crate) fn is_date_line(&self) -> bool {
        if self.width > 90 || self.tokens.is_empty() || self.raw.ends_with(['。', '।']) {
            return false;
        }
        let Some(date) = date_tokens(&self.tokens) else {
            return false;
        };
        let cues: usize = (0..self.tokens.len())
            .filter_map(|i| lexicon::any_publication_cue(&self.tokens, i))
            .max()
            .unwrap_or(0);
        let mut depth = 0;
        let others = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(i, t)| {
                match t.text {
                    "(" => depth += 1,
                    ")" => depth -= 1,
                    _ => {}
                }
                // `TUNIS (TAP) - 14 janvier 2026`: an agency is no news.
                depth <= 0
                    && t.kind == Kind::Word
                    && cue(&self.tokens, *i, Cue::Small).is_none()
                    && cue(&self.tokens, *i, Cue::Article).is_none()
                    && !lexicon::any_month(&self.tokens, *i)
                    && !lexicon::any_weekday(&self.tokens, *i)
            })
            .count();
        let glyphs = self.tokens.iter().filter(|t| t.kind == Kind::Glyph).count();
        let has_day = self
            .tokens
            .iter()
            .any(|t| t.kind == Kind::Number && t.text.len() <= 2);
        let leads = self.raw.starts_with(|c: char| c.is_ascii_digit())
            || lexicon::any_month(&self.tokens, 0);
        let limit = match (cues > 0, leads) {
            (true, _) => 9,
            (false, true) => 5,
            (false, false) if has_day => 3,
            // "CONSUMER PRICES, MARCH 2026" heads a text; "Paris, mars 2026" does not.
            (false, false) => 1,
        };
        let all_short = others <= limit && glyphs <= 18 && date > 0;
        all_short && !(self.raw.ends_with(['?', '!']) || self.is_prose() && self.width > 60)
    }
}

/// The number of tokens that make a date in a line, where one is there: a day or year beside a month, figures with separators, 年月日.
pub(crate) fn date_tokens(all: &[Token<'_>]) -> Option<usize> {
    for (i, t) in all.iter().enumerate() {
        if t.kind == Kind::Number {
            let near = |j: usize| {
                all.get(j)
                    .is_some_and(|n| n.kind == Kind::Number && n.text.len() <= 4)
            };
            let separated = all
                .get(i + 1)
                .is_some_and(|s| s.is("/") || s.is(".") || s.is("-"))
                && all
                    .get(i + 3)
                    .is_some_and(|s| s.is("/") || s.is(".") || s.is("-"));
            if separated && near(i + 4) && (near(i + 2) || roman(all.get(i + 2))) {
                let years = [t.text.len(), all[i + 4].text.len()];
                if years.contains(&4) || years == [2, 2] && all[i + 1].is(".") {
                    return Some(5);
                }
            }
            if roman(all.get(i + 1))
                && all
                    .get(i + 2)
                    .is_some_and(|y| y.text.len() == 4 && y.kind == Kind::Number)
            {
                return Some(3);
            }
            if all.get(i + 1).is_some_and(|m| m.is("月") || m.is("월")) && near(i + 2) {
                return Some(4);
            }
            if all.get(i + 1).is_some_and(|m| m.is("年") || m.is("년")) {
                return Some(4);
            }
        }
        if lexicon::any_month(all, i) {
            let number = |j: Option<usize>| {
                j.and_then(|j| all.get(j)).is_some_and(|n| {
                    n.kind == Kind::Number && (n.text.len() <= 2 || n.text.len() == 4)
                })
            };
            if (1..=3).any(|d| number(i.checked_sub(d)) || number(Some(i + d))) {
                return Some(2);
            }
        }
    }
    None
}

/// Whether a token is a month in Roman figures.
pub(crate) fn roman(token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|t| roman_month(t.text).is_some())
}

/// The month of a Roman figure in lower case.
pub(crate) fn roman_month(text: &str) -> Option<i8> {
    const FIGURES: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    FIGURES
        .iter()
        .position(|f| *f == text)
        .map(|at| at as i8 + 1)
}
