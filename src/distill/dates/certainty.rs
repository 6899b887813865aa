//! The date that won and what speaks against it → how sure it is, and what a person should look at.

use jiff::civil::Date;

use super::{
    choose::{Candidate, STATED},
    lexicon::Cat,
    mention::{Hold, Shape},
    resolve::Resolved,
};
use crate::distill::{
    evidence::{Confidence, Doubt},
    layout::Zone,
    text::Text,
};

/// A date of the text with its weight.
pub(super) type Weighed<'a> = (f32, Resolved, &'a Candidate);

/// How sure the winner is, beside the other dates of the text and the day of receipt.
pub(super) fn confidence(
    winner: &Weighed<'_>,
    others: &[Weighed<'_>],
    reference: Option<Date>,
) -> Confidence {
    let (weight, resolved, c) = winner;
    let stated = *weight >= STATED;
    let kind: f32 = if stated {
        match (c.zone, c.cue) {
            (Zone::Dateline, _)
            | (Zone::Header | Zone::Footer, Some(Cat::Issued | Cat::Embargo)) => 0.96,
            (Zone::Header, _) => 0.92,
            (Zone::Footer, _) => 0.86,
            _ => 0.76,
        }
    } else {
        match c.zone {
            Zone::Lead if c.told => 0.92,
            Zone::Lead => 0.88,
            Zone::Headline => 0.76,
            Zone::Body if c.told => 0.78,
            Zone::Body if c.sentence <= 2 => 0.72,
            _ => 0.5,
        }
    };
    let mut sure = kind;
    // What is not said has to be worked out.
    let inferred = !matches!(c.mention.shape, Shape::Day { .. } | Shape::Month { .. });
    if inferred && reference.is_none() {
        sure -= 0.3;
    }
    if matches!(c.mention.shape, Shape::Month { .. }) {
        sure -= if stated { 0.1 } else { 0.25 };
    }
    if c.planned || matches!(c.cue, Some(Cat::Due | Cat::Since)) && !stated {
        sure -= 0.25;
    }
    // A feast is a season and a cause, too.
    if c.mention.hold == Hold::Named {
        sure = sure.min(0.66);
    }
    if swapped(winner) {
        sure = sure.min(0.6);
    }
    if resolved.warning.is_some() {
        sure = sure.min(0.6);
    }
    let day = resolved.date.civil();
    if let Some(reference) = reference {
        let days = day.duration_until(reference).as_hours() / 24;
        // A document is received soon after it was written; a plan is not yet news.
        if days < -2 {
            sure -= 0.3;
        } else if days > 400 {
            sure -= if stated { 0.05 } else { 0.25 };
        }
    }
    if rival(winner, others).is_some() {
        sure -= if stated { 0.3 } else { 0.12 };
    }
    Confidence::new(sure)
}

/// Whether day and month may be the other way round.
fn swapped((_, resolved, c): &Weighed<'_>) -> bool {
    matches!(c.mention.shape, Shape::Day { other: Some(_), .. })
        && resolved.date.civil().day() <= 12
}

/// Another day that has nearly as much for it.
fn rival<'a, 'b>(winner: &Weighed<'_>, others: &'b [Weighed<'a>]) -> Option<&'b Weighed<'a>> {
    let (weight, resolved, _) = winner;
    let stated = *weight >= STATED;
    others.iter().find(|(w, r, c)| {
        let near = if stated { 4.0 } else { 8.0 };
        (*w >= STATED) == stated
            && *w > weight - near
            && r.date.civil() != resolved.date.civil()
            && r.from != Some(resolved.date.civil())
            && !matches!(c.mention.shape, Shape::Month { .. })
    })
}

/// What a person should look at.
pub(super) fn doubts(
    text: &Text,
    winner: &Weighed<'_>,
    others: &[Weighed<'_>],
    confidence: Confidence,
) -> Vec<Doubt> {
    let (weight, resolved, c) = winner;
    let mut doubts = Vec::new();
    let shown = text.slice(c.span);
    if let Some(warning) = &resolved.warning {
        doubts.push(Doubt::new(warning.clone()).at(c.span));
    }
    if swapped(winner) {
        doubts.push(
            Doubt::new(format!(
                "“{shown}” was read as {}; day and month may be the other way round",
                resolved.date
            ))
            .at(c.span),
        );
    }
    if confidence.is_enough() || !doubts.is_empty() {
        return doubts;
    }
    let message = match rival(winner, others) {
        Some((_, other, o)) if *weight >= STATED => format!(
            "the document states two days, “{shown}” ({}) and “{}” ({}): the first was taken",
            resolved.date,
            text.slice(o.span),
            other.date
        ),
        Some((_, other, o)) => format!(
            "no day of publication is stated; “{shown}” ({}) was taken rather than “{}” ({})",
            resolved.date,
            text.slice(o.span),
            other.date
        ),
        None if *weight >= STATED => format!("“{shown}” was read as {}", resolved.date),
        None => format!(
            "no day of publication is stated; “{shown}” ({}) was taken for it",
            resolved.date
        ),
    };
    doubts.push(Doubt::new(message).at(c.span));
    doubts
}
