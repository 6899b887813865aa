//! The words around a date → what kind of day it is: of publication, of news, a plan, a deadline, history.

use super::{
    embargo,
    lexicon::{Cat, Cats},
    mention::{Mention, Shape},
    scan::Scan,
};
use crate::distill::{
    layout::days::date_tokens,
    tokens::{Gap, Kind, Token},
};

/// The categories that tell what kind of day a date is.
const CUES: [Cat; 5] = [
    Cat::Embargo,
    Cat::Issued,
    Cat::Changed,
    Cat::Since,
    Cat::Due,
];
const ANY_CUE: Cats = Cats::of(&CUES);

/// The nearest word before a date that says what kind of day it is.
pub(super) fn cue(scan: &Scan<'_>, mention: &Mention) -> Option<Cat> {
    if embargo::word(scan, mention.first, mention.last).is_some() {
        return Some(Cat::Embargo);
    }
    let mut best: Option<(usize, usize, Cat)> = None;
    for start in mention.first.saturating_sub(14)..mention.first {
        if !scan.begins_any(start, ANY_CUE) {
            continue;
        }
        for cat in CUES {
            let Some((_, end)) = scan
                .entry(start, cat)
                .filter(|(_, end)| *end <= mention.first)
            else {
                continue;
            };
            let between = scan.tokens.get(end..mention.first).unwrap_or_default();
            let near = match cat {
                // "Embargo: not for publication before 00:01 GMT, Thursday 19 February".
                Cat::Embargo => between.len() <= 12,
                Cat::Issued | Cat::Changed => between.len() <= 4,
                _ => {
                    between.len() <= 2
                        && mention.from_day.is_none()
                        && between.iter().all(|t| {
                            t.text.chars().count() <= 4
                                && !matches!(t.text, "." | "," | "(" | ")" | ";" | ":")
                        })
                }
            };
            let same_line = between
                .iter()
                .chain(scan.tokens.get(mention.first))
                .all(|t| t.gap < Gap::Line || cat == Cat::Due || cat == Cat::Since);
            if near
                && same_line
                && best.is_none_or(|(e, s, c)| {
                    // "Embargo bis 11. Mai": no other word takes an embargo away.
                    let embargoes = (cat == Cat::Embargo, c == Cat::Embargo);
                    embargoes == (true, false)
                        || embargoes != (false, true)
                            && (end, std::cmp::Reverse(start)) > (e, std::cmp::Reverse(s))
                })
            {
                best = Some((end, start, cat));
            }
        }
    }
    best.map(|(_, _, cat)| cat)
        .or_else(|| after_cue(scan, mention))
}

/// Chinese, Japanese, Korean, Turkish, Hungarian and Finnish say "until" after the date.
fn after_cue(scan: &Scan<'_>, mention: &Mention) -> Option<Cat> {
    (mention.last..mention.last + 3).find_map(|at| {
        if scan.begins(at, Cat::DueAfter) {
            Some(Cat::Due)
        } else if scan.begins(at, Cat::SinceAfter) {
            Some(Cat::Since)
        } else {
            None
        }
    })
}

/// Whether a word that gives news stands beside the date.
pub(super) fn told(scan: &Scan<'_>, mention: &Mention) -> bool {
    let glyphs = |from: usize, to: usize| {
        let near = scan
            .tokens
            .get(from..to.min(scan.tokens.len()))
            .unwrap_or_default();
        let (Some(first), Some(last)) = (near.first(), near.last()) else {
            return false;
        };
        near.iter().any(|t| t.kind == Kind::Glyph)
            && scan
                .text
                .folded
                .get(first.start()..last.end())
                .is_some_and(|s| scan.lexicon.told.iter().any(|told| s.contains(&**told)))
    };
    let before = mention.first.saturating_sub(3);
    let stop = (mention.last..mention.last + 5)
        .find(|at| scan.one_of(*at, &[".", ";", "。"]))
        .unwrap_or(mention.last + 5);
    (before..mention.first)
        .chain(mention.last..stop.min(mention.last + 2))
        .filter_map(|at| scan.tok(at))
        .any(|t| tells(scan, t))
        || glyphs(before, mention.first)
        || glyphs(mention.last, stop)
}

/// Whether a word gives news.
fn tells(scan: &Scan<'_>, token: &Token<'_>) -> bool {
    token.kind == Kind::Word
        && scan
            .lexicon
            .told
            .iter()
            .any(|told| token.text.starts_with(&**told))
}

/// Whether the clause near the date speaks of what will be.
pub(super) fn planned(scan: &Scan<'_>, mention: &Mention) -> bool {
    let day = match mention.shape {
        Shape::DayMonth { .. } | Shape::Day { .. } | Shape::Easter { .. } => true,
        Shape::Offset(days) => days > 1,
        _ => false,
    };
    day && (plans_before(scan, mention) || plans_after(scan, mention, 6))
}

/// Whether a bare weekday is one to come: what is planned is said before it, or right after it where it begins its sentence.
pub(super) fn coming(scan: &Scan<'_>, mention: &Mention) -> bool {
    let begins = mention.first.checked_sub(3).is_none_or(|at| {
        (at..=mention.first).any(|i| scan.tok(i).is_some_and(|t| t.gap >= Gap::Paragraph))
            || (at..mention.first).any(|i| scan.one_of(i, &[".", "。", "।"]))
    });
    plans_before(scan, mention) || begins && plans_after(scan, mention, 4)
}

/// Whether the sentence of a date speaks of what will be.
pub(super) fn ahead(scan: &Scan<'_>, mention: &Mention) -> bool {
    let begun = (mention.last..scan.tokens.len())
        .take_while(|at| goes_on(scan, *at))
        .take(14)
        .find(|at| scan.tok(*at).is_some_and(|t| tells(scan, t)));
    let most = begun.map_or(14, |at| at - mention.last);
    plans_before(scan, mention) || plans_after(scan, mention, most)
}

fn plans_before(scan: &Scan<'_>, mention: &Mention) -> bool {
    (0..mention.first)
        .rev()
        .take_while(|at| goes_on(scan, *at))
        .take(8)
        .any(|at| plans(scan, at))
}

fn plans_after(scan: &Scan<'_>, mention: &Mention, most: usize) -> bool {
    (mention.last..scan.tokens.len())
        .take_while(|at| goes_on(scan, *at))
        .take(most)
        .any(|at| plans(scan, at))
}

fn goes_on(scan: &Scan<'_>, at: usize) -> bool {
    scan.tok(at)
        .is_some_and(|t| !matches!(t.text, "." | ";" | "。" | "।" | ",") && t.gap < Gap::Paragraph)
}

/// Whether a word speaks of what will be: "will", "состоится", or by its ending "abrirá".
fn plans(scan: &Scan<'_>, at: usize) -> bool {
    scan.begins(at, Cat::Plan)
        || scan.tok(at).is_some_and(|t| {
            t.kind == Kind::Word
                && t.text.len() > 5
                && scan
                    .lexicon
                    .plans
                    .iter()
                    .any(|end| t.text.ends_with(&**end))
        })
}

/// How many tokens a line with a date has beside it, to be the date's.
const FEW: usize = 8;

/// Whether the line holds the date and little else.
pub(super) fn alone(scan: &Scan<'_>, mention: &Mention) -> bool {
    let begins = |at: &usize| scan.tok(*at).is_none_or(|t| t.gap >= Gap::Line);
    // A date that goes on in the next line stands in running text.
    if (mention.first + 1..mention.last).any(|at| begins(&at)) {
        return false;
    }
    let earliest = mention.first.saturating_sub(FEW + 1);
    let latest = mention.last + FEW + 1;
    let begin = (earliest..=mention.first).rev().find(begins);
    let end = (mention.first + 1..=latest).find(|at| begins(at) || *at >= scan.tokens.len());
    let (Some(begin), Some(end)) = (begin, end) else {
        return false;
    };
    let line = scan
        .tokens
        .get(begin..end.min(scan.tokens.len()))
        .unwrap_or_default();
    line.len() <= FEW + (mention.last - mention.first) && date_tokens(line).is_some()
}
