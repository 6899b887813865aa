//! The first paragraph of the body → the byte after its dateline, where it begins with one.

use super::{
    cues::{Cue, cue},
    lines::{Line, date_tokens},
};
use crate::distill::{
    dates::lexicon,
    text::Text,
    tokens::{Gap, Kind, Token},
};

/// Columns within which a dateline ends.
const LONGEST: usize = 110;

/// The end of the dateline of a paragraph, in bytes of the decoded text: after the dash, the stop or 电.
pub(crate) fn dateline(text: &Text, line: &Line<'_>) -> Option<usize> {
    let all = &line.tokens;
    let base = all.first()?.start;
    let mut best = None;
    for (i, t) in all.iter().enumerate() {
        if t.start - base > LONGEST {
            break;
        }
        let next = all.get(i + 1);
        let dash = matches!(t.text, "-" | "–" | "—" | "―" | "‒" | "−")
            && (t.gap >= Gap::Space || i > 0 && (all[i - 1].kind == Kind::Punct))
            && next.is_some_and(|n| n.gap >= Gap::Space || matches!(n.text, "-" | "—"));
        let wire = matches!(t.text, "电" | "電" | "讯" | "訊")
            && i > 0
            && next.is_some_and(|n| n.gap >= Gap::Space || matches!(n.text, "(" | ")" | ","))
            || t.is("】")
            || t.is("]") && i < 14 && line.raw.starts_with('[');
        let stop = (t.is(".") || t.is(":") || t.is("。"))
            && t.gap == Gap::None
            && next.is_some_and(|n| {
                n.gap >= Gap::Space && n.kind != Kind::Number || n.is("-") || n.is("—") || n.is("–")
            });
        let paren =
            t.is(")") && line.raw.starts_with('(') && next.is_some_and(|n| n.gap >= Gap::Space);
        let prefix = &all[..i];
        let fits = wire && date_tokens(prefix).is_some()
            || t.is("】") && i < 12
            || dash && begins_sentence(text, next) && placelike(text, prefix, line, 9)
            || stop
                && !prefix.is_empty()
                && (date_tokens(prefix).is_some()
                    && placelike(text, prefix, line, 9)
                    && begins_sentence(text, next)
                    || shouted(text, prefix) && t.is("."))
            || paren && date_tokens(prefix).is_some() && i < 12;
        if fits {
            // The delimiter may have several characters: `.-`, `/. —`, `--`.
            let mut last = i;
            while all
                .get(last + 1)
                .is_some_and(|n| matches!(n.text, "-" | "–" | "—" | "/" | ".") || wire && n.is(")"))
            {
                last += 1;
            }
            best = Some(last);
        }
    }
    best.map(|last| text.original(all[last].start, all[last].end()).end)
        .filter(|&end| end < line.span.end)
}

fn original<'t>(text: &'t Text, token: &Token<'_>) -> &'t str {
    text.slice(text.original(token.start, token.end()))
}

fn upper(text: &Text, token: &Token<'_>) -> bool {
    original(text, token)
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
}

/// After a dateline, a sentence begins: with a capital, a figure, a quote, or in a script without case.
fn begins_sentence(text: &Text, next: Option<&Token<'_>>) -> bool {
    next.is_some_and(|n| n.kind != Kind::Word || upper(text, n))
}

/// One or two words in capitals, alone: `ТАШКЕНТ.`
fn shouted(text: &Text, prefix: &[Token<'_>]) -> bool {
    prefix.len() <= 4
        && prefix.iter().all(|t| {
            t.is("-")
                || lexicon::cased(t)
                    && t.text.chars().count() > 2
                    && original(text, t)
                        .chars()
                        .all(|c| c.is_uppercase() || !c.is_alphabetic())
        })
}

/// Capitalised words, figures, names of months and days, an agency in parentheses; no verb, no article.
fn placelike(text: &Text, prefix: &[Token<'_>], line: &Line<'_>, most: usize) -> bool {
    let Some(first) = prefix.first() else {
        return false;
    };
    let dated = date_tokens(prefix).is_some();
    let mut words = 0;
    let mut depth = 0;
    let mut agency = false;
    for (i, t) in prefix.iter().enumerate() {
        match t.text {
            "(" | "[" => depth += 1,
            ")" | "]" => {
                depth -= 1;
                agency = true;
            }
            "/" => agency = true,
            "?" | "!" | "\"" | "«" | "“" | "„" | ";" => return false,
            _ => {}
        }
        if depth > 0 || t.kind == Kind::Punct || t.kind == Kind::Number {
            continue;
        }
        words += 1;
        let calendar = lexicon::any_month(prefix, i) || lexicon::any_weekday(prefix, i);
        if lexicon::cased(t) && !upper(text, t) && !calendar && cue(prefix, i, Cue::Small).is_none()
        {
            return false;
        }
    }
    if words > most || depth != 0 {
        return false;
    }
    if dated || agency {
        return true;
    }
    // A place alone: `RABAT –`, `الرباط - `; an article begins a sentence, and a cased place has its capital.
    let caseless = !lexicon::cased(first);
    let limit = if caseless { 2 } else { 4 };
    first.kind == Kind::Word
        && words <= limit
        && words > 0
        && (caseless || upper(text, first))
        && cue(prefix, 0, Cue::Article).is_none()
        && prefix.len() + 4 < line.tokens.len()
}
