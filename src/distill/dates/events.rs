//! The weighed dates of a text → the days of which it tells, in its order.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{certainty::Weighed, choose::STATED, lexicon::Cat, mention::Shape};
use crate::{
    distill::layout::Zone,
    model::{Precision, PubDate},
};

/// Days before its publication in which a document's news lies.
const NEWS: i64 = 10;

/// The dated events. The day of publication is one where the text tells of no other day just before it.
pub(super) fn events(found: &[Weighed<'_>], date: Option<&PubDate>) -> Vec<PubDate> {
    let told = |w: &Weighed<'_>| tells(w);
    let published = date
        .filter(|d| d.precision() == Precision::Day)
        .map(PubDate::civil);
    let news = found.iter().filter(|w| told(w)).any(|(_, resolved, _)| {
        published.is_some_and(|day| {
            resolved.date.precision() == Precision::Day
                && (0..=NEWS).contains(&days(resolved.date.civil(), day))
        })
    });
    let mut seen = BTreeSet::new();
    let mut events = Vec::new();
    for weighed in found {
        let (weight, resolved, _) = weighed;
        let own = *weight >= STATED && !news && published == Some(resolved.date.civil());
        if !(told(weighed) || own) {
            continue;
        }
        let first = resolved.from.map(PubDate::day);
        for event in first.into_iter().chain([resolved.date.clone()]) {
            if seen.insert(event.clone()) {
                events.push(event);
            }
        }
    }
    events
}

/// Whether a date stands where a text tells of what happens.
fn tells((weight, _, c): &Weighed<'_>) -> bool {
    let within = match c.zone {
        Zone::Lead | Zone::Body => *weight < STATED,
        Zone::Headline => true,
        Zone::Header | Zone::Dateline | Zone::Footer | Zone::Boilerplate => false,
    };
    let place = matches!(c.zone, Zone::Lead | Zone::Headline);
    within
        && match c.mention.shape {
            // A release "of March 2026" is about figures.
            Shape::Month { .. } => c.zone != Zone::Headline,
            // "Today" is often nowadays, and last month no day.
            Shape::Offset(0) => place || c.told || c.sentence <= 1,
            Shape::Months(_) => false,
            _ => !(c.alone && matches!(c.cue, Some(Cat::Issued | Cat::Changed | Cat::Embargo))),
        }
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
