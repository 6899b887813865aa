//! Decoded text → words with their spans, what stands before each, and how each is capitalised. For scripts that put spaces between words.

use crate::distill::{evidence::Span, text::Text};

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
    /// The end of a sentence, a line or a paragraph, a quotation mark, a closing bracket.
    Stop,
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// Where it is in the decoded text.
    pub(super) span: Span,
    /// As written.
    pub(super) text: &'a str,
    /// Folded, for the lexicon.
    pub(super) lower: String,
    /// What stands before it.
    pub(super) before: Gap,
    /// Begins with a capital (after `al-` and the like).
    pub(super) capital: bool,
    /// Two letters or more, all capitals.
    pub(super) shouted: bool,
}

/// The words of a text. `abbreviation` tells whether a full stop after a word ends no sentence.
pub(super) fn words<'a>(text: &'a Text, abbreviation: impl Fn(&str) -> bool) -> Vec<Word<'a>> {
    let source = text.decoded.as_str();
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut end_of_last = 0;
    let mut start = None;
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if is_letter(c) {
            start.get_or_insert(at);
        }
        let joined = is_letter(c) || start.is_some() && is_joiner(c) && next.is_some_and(is_letter);
        if let Some(from) = start
            && (!joined || next.is_none())
        {
            let to = if joined { at + c.len_utf8() } else { at };
            for span in split_elision(source, from, to) {
                let before = words.last().map_or(Gap::Stop, |last| {
                    gap(source, last, end_of_last, span.start, &abbreviation)
                });
                end_of_last = span.end;
                words.push(word(text, span, before));
            }
            start = None;
        }
    }
    words
}

fn word(text: &Text, span: Span, before: Gap) -> Word<'_> {
    let written = text.slice(span);
    let body = [
        "al-", "el-", "ad-", "as-", "ar-", "ash-", "an-", "at-", "az-", "d'", "d’",
    ]
    .iter()
    .find_map(|p| written.strip_prefix(p))
    .unwrap_or(written);
    let lower = written.to_lowercase().replace('’', "'");
    Word {
        span,
        text: written,
        lower,
        before,
        capital: body.chars().next().is_some_and(char::is_uppercase),
        shouted: written.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !written.chars().any(char::is_lowercase)
            && written.chars().any(char::is_uppercase),
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || c == '\u{200C}'
}

fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '-' | '\'' | '’' | '·' | '\u{2011}' | 'ʼ' | '"' | '״' | '׳'
    ) && c != '"'
}

/// `l’Office` → `l`, `Office`; `Kars'ta` stays, for its ending says that a name ends here.
fn split_elision(source: &str, from: usize, to: usize) -> Vec<Span> {
    let whole = source.get(from..to).unwrap_or_default();
    let parts = whole
        .find(['\'', '’'])
        .map(|at| (at, whole.get(at..).unwrap_or_default()));
    if let Some((at, rest)) = parts {
        let head = whole.get(..at).unwrap_or_default();
        let mark = rest.chars().next().map_or(1, char::len_utf8);
        let elided = ELIDED.contains(&head.to_lowercase().as_str())
            && !(head == "D" || head == "N" || head == "M" || head == "T");
        if elided {
            return vec![Span::new(from, from + at), Span::new(from + at + mark, to)];
        }
    }
    vec![Span::new(from, to)]
}

const ELIDED: [&str; 22] = [
    "l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "dell", "nell",
    "sull", "all", "dall", "un", "quest", "coll", "gl", "degl",
];

fn gap(
    source: &str,
    last: &Word<'_>,
    from: usize,
    to: usize,
    abbreviation: &impl Fn(&str) -> bool,
) -> Gap {
    let between = source.get(from..to).unwrap_or_default();
    let marks = between.trim();
    match marks {
        "" if !between.contains('\n') => Gap::Space,
        "" if between.matches('\n').count() == 1 && is_wrapped(source, from, to) => Gap::Space,
        "'" | "’" => Gap::Space,
        "." if !between.contains('\n')
            && (abbreviation(&last.lower) || (last.capital && last.text.chars().count() == 1)) =>
        {
            Gap::Space
        }
        "," | "،" if between.matches('\n').count() < 2 => Gap::Comma,
        "(" => Gap::Open,
        "–" | "—" | "-" | ":" | "–-" => Gap::Dash,
        _ => Gap::Stop,
    }
}

/// Whether the line break between two words only wraps a paragraph: the line before it is long, or the next begins small.
fn is_wrapped(source: &str, from: usize, to: usize) -> bool {
    let line = source
        .get(..from)
        .and_then(|s| s.rsplit('\n').next())
        .unwrap_or_default();
    let next = source.get(to..).and_then(|s| s.chars().next());
    line.chars().count() >= 50 && line.chars().count() <= 100
        || line.chars().count() >= 30 && next.is_some_and(char::is_lowercase)
}
