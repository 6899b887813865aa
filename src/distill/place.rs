//! The dateline of a layout → the place from which the text was sent, as printed, with normal capitals: `RABAT, 12 March 2026 (MAP) –` → Rabat.
//!
//! Nothing where the dateline names an agency or a reporter in the place's stead, or a place alone that neither stands in capitals nor is one
//! that the countries were read from: `Update – The ministry …` is no dateline.

use std::collections::BTreeMap;

use super::{
    actors::normal_capitals,
    dates::lexicon::{any_month, any_weekday, cased},
    evidence::{Confidence, Evidence, Finding, Span},
    layout::{
        Layout, Zone,
        cues::{Cue, cue},
        days::date_tokens,
    },
    text::Text,
    tokens::{Gap, Kind, Token},
};
use crate::model::Lang;

/// Words of a place at most: `Santa Cruz de la Sierra`.
const WORDS: usize = 5;

/// Characters of a place in a script without spaces at most.
const GLYPHS: usize = 8;

/// How sure a place is that stands beside a date or an agency, …
const BESIDE: f32 = 0.95;
/// … and one that stands alone.
const ALONE: f32 = 0.8;

/// Finds the place. `countries` is the evidence of the countries.
pub(crate) fn place(
    text: &Text,
    tokens: &[Token<'_>],
    layout: &Layout,
    lang: &Lang,
    countries: &[Evidence],
) -> Finding<String> {
    let found = layout
        .first(Zone::Dateline)
        .and_then(|zone| find(text, tokens, zone, countries));
    let Some((first, all, sure)) = found else {
        return Finding::default();
    };
    let Some(span) = all.get(first..).and_then(|words| span_of(text, words)) else {
        return Finding::default();
    };
    let value = named(text, &all[first..], lang);
    Finding {
        confidence: BTreeMap::from([(value.clone(), Confidence::new(sure))]),
        evidence: vec![Evidence {
            span,
            text: text.slice(span).into(),
            rule: "place of the dateline".into(),
            weight: sure,
            value: value.as_str().into(),
            accepted: true,
        }],
        value,
        doubts: Vec::new(),
    }
}

/// The tokens up to the end of the place, which begins at the index, and how sure it is.
fn find<'t, 'a>(
    text: &Text,
    tokens: &'t [Token<'a>],
    zone: Span,
    countries: &[Evidence],
) -> Option<(usize, &'t [Token<'a>], f32)> {
    let at =
        |byte: usize| tokens.partition_point(|t| text.original(t.start(), t.end()).start < byte);
    let all = tokens.get(at(zone.start)..at(zone.end))?;
    let first = begin(all)?;
    let mut end = first;
    while all.get(end).is_some_and(|_| goes_on(all, first, end)) {
        end += 1;
    }
    // `Rabat le 12 mars`
    let small = |t: &Token<'_>| cased(t) && !is_capital(text, t);
    while end > first && (all[end - 1].kind == Kind::Punct || small(&all[end - 1])) {
        end -= 1;
    }
    let here = span_of(text, all.get(first..end)?)?;
    let named = |e: &&Evidence| here.contains(e.span) && e.text.chars().count() > 1;
    let known = countries.iter().filter(named).min_by_key(|e| e.span.start);
    let words = all.get(first..end)?;
    if words.iter().any(|t| t.kind == Kind::Glyph) {
        // Agency and place may be one run: what is known as a place ends it.
        if let Some(known) = known {
            let (from, to) = (at(known.span.start), at(known.span.end));
            let base = at(zone.start);
            return Some((
                from.checked_sub(base)?,
                all.get(..to.checked_sub(base)?)?,
                BESIDE,
            ));
        }
        let fits = (2..=GLYPHS).contains(&words.len())
            && words.iter().all(|t| t.kind == Kind::Glyph)
            && !(0..all.len()).any(|at| cue(all, at, Cue::Byline).is_some());
        // `เชียงราย –`, but not `【訂正】`
        let sure = if is_beside(all) {
            Some(BESIDE)
        } else {
            (first == 0).then_some(ALONE)
        };
        return Some((first, all.get(..end)?, sure.filter(|_| fits)?));
    }
    let count = words.iter().filter(|t| t.kind == Kind::Word).count();
    if !(1..=WORDS).contains(&count) || small(words.first()?) {
        return None;
    }
    let is_loud = |t: &Token<'_>| t.kind == Kind::Punct || is_shouted(text, t);
    let sure = if is_beside(all) {
        BESIDE
    } else if known.is_some() || words.iter().all(is_loud) {
        ALONE
    } else {
        return None;
    };
    Some((first, all.get(..end)?, sure))
}

/// Where the place begins: after brackets, the day and the agency that may stand before it.
fn begin(all: &[Token<'_>]) -> Option<usize> {
    let is_dash = |t: &Token<'_>| matches!(t.text, "-" | "–" | "—");
    let past = |mut at: usize| {
        while all.get(at).is_some_and(|t| t.kind == Kind::Punct) {
            at += 1;
        }
        at
    };
    let closed = all.iter().position(|t| t.is(")"));
    let first = match closed.filter(|_| all.first().is_some_and(|t| t.is("("))) {
        // `(AGI) – PALERMO, 29 OTT –`
        Some(at) if all.get(at + 1).is_some_and(is_dash) => past(at),
        _ => past(0),
    };
    // `10 лютого, Львів.`
    let first = match all.get(first)?.kind {
        Kind::Number => past(first + all.get(first..)?.iter().position(|t| t.is(","))?),
        _ => first,
    };
    cue(all, first, Cue::Agency).map_or(Some(first), |n| Some(past(first + n)))
}

/// Whether a day or an agency stands beside the place.
fn is_beside(all: &[Token<'_>]) -> bool {
    date_tokens(all).is_some()
        || all
            .iter()
            .any(|t| t.kind == Kind::Number || matches!(t.text, "(" | "/" | "="))
}

fn span_of(text: &Text, words: &[Token<'_>]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    let start = text.original(first.start(), first.end()).start;
    Some(Span::new(
        start,
        text.original(last.start(), last.end()).end,
    ))
}

/// Whether the token at an index still belongs to the place that begins at `first`.
fn goes_on(all: &[Token<'_>], first: usize, at: usize) -> bool {
    let t = &all[at];
    let joined = all
        .get(at + 1)
        .is_some_and(|n| n.gap == Gap::None && n.kind == Kind::Word);
    match t.kind {
        Kind::Number => false,
        Kind::Punct => {
            let short = at > first && all[at - 1].text.chars().count() <= 2;
            at > first
                && t.gap == Gap::None
                && (matches!(t.text, "-" | "'" | "’") && joined
                    || t.is(".") && short && all.get(at + 1).is_some_and(|n| n.kind == Kind::Word))
        }
        Kind::Word | Kind::Glyph => {
            let small = !cased(t) && at > first && cue(all, at, Cue::Small).is_some();
            (t.gap < Gap::Line || at == first)
                && !small
                && !(any_month(all, at) && is_before_number(all, at))
                && !any_weekday(all, at)
                && cue(all, at, Cue::Agency).is_none()
        }
    }
}

/// `Rio de Janeiro` ends with the name of a month.
fn is_before_number(all: &[Token<'_>], at: usize) -> bool {
    let mut next = all.iter().skip(at + 1).take(2);
    next.clone().next().is_some_and(|t| t.kind != Kind::Punct)
        && next.any(|t| t.kind == Kind::Number)
}

/// The place as printed, but for what is in capitals alone: `RIO DE JANEIRO` → Rio de Janeiro, `WASHINGTON DC` as it is.
fn named(text: &Text, words: &[Token<'_>], lang: &Lang) -> String {
    let mut out = String::new();
    for (n, t) in words.iter().enumerate() {
        if n > 0 && t.gap >= Gap::Space {
            out.push(' ');
        }
        let written = written(text, t);
        let dotted = words.get(n + 1).is_some_and(|n| n.is(".")) || n > 0 && words[n - 1].is(".");
        if !is_shouted(text, t) || dotted {
            out.push_str(written);
        } else if n > 0 && cue(words, n, Cue::Small) == Some(1) || is_joint(words, n) {
            out.push_str(t.text);
        } else if n > 0 && t.gap >= Gap::Space && written.chars().count() == 2 {
            out.push_str(written);
        } else {
            out.push_str(&normal_capitals(written, lang));
        }
    }
    out
}

/// `PORT-AU-PRINCE`: a short word between two hyphens.
fn is_joint(words: &[Token<'_>], n: usize) -> bool {
    let is_hyphen = |n: usize| words.get(n).is_some_and(|t| t.is("-"));
    n > 0 && is_hyphen(n - 1) && is_hyphen(n + 1) && words[n].text.chars().count() <= 3
}

fn written<'t>(text: &'t Text, token: &Token<'_>) -> &'t str {
    text.slice(text.original(token.start(), token.end()))
}

fn is_capital(text: &Text, token: &Token<'_>) -> bool {
    written(text, token).starts_with(char::is_uppercase)
}

/// Whether a word is in capitals, and more than one.
fn is_shouted(text: &Text, token: &Token<'_>) -> bool {
    let written = written(text, token);
    written.chars().nth(1).is_some()
        && written
            .chars()
            .all(|c| c.is_uppercase() || !c.is_alphabetic())
        && written.starts_with(char::is_uppercase)
}
