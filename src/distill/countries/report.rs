//! What was decided → its evidence, how sure each country is, and what a person should look at.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};

use super::{
    Countries, context::Reading, places::Places, points, salience::Candidate, tally::Tally,
};
use crate::{
    distill::{
        evidence::{Confidence, Doubt, Evidence},
        text::Text,
    },
    model::CountryCode,
};

/// The evidence, strongest first: each reading with its own points, each country with the sum.
pub(super) fn evidence(
    text: &Text,
    places: &Places<'_>,
    readings: &[Reading<'_>],
    found: &Countries,
    candidates: &[Candidate],
) -> Vec<Evidence> {
    let kept = |code: &CountryCode| found.about.contains(code) || found.mentions.contains(code);
    let mut evidence: Vec<Evidence> = readings
        .iter()
        .map(|r| evidence_of(text, r, places, r.code.as_ref().is_some_and(kept)))
        .collect();
    for candidate in candidates.iter().filter(|c| kept(&c.code)) {
        let named = readings.iter().find(|r| r.code == Some(candidate.code));
        // No word names the country: the first sentence stands for the language it is written in.
        let span = named.map_or(places.lead, |r| r.hit.span);
        evidence.push(Evidence {
            span,
            text: text.slice(span).into(),
            rule: candidate.points.account().into(),
            weight: candidate.points.sum,
            value: candidate.code.as_str().into(),
            accepted: found.about.contains(&candidate.code),
        });
    }
    evidence.sort_by(|a, b| {
        b.accepted
            .cmp(&a.accepted)
            .then(b.weight.total_cmp(&a.weight))
            .then(a.span.cmp(&b.span))
    });
    evidence
}

fn evidence_of(
    text: &Text,
    reading: &Reading<'_>,
    places: &Places<'_>,
    accepted: bool,
) -> Evidence {
    let written = text.slice(reading.hit.span);
    let rule = if reading.rule == "blocked" {
        format_compact!("blocked: {written}")
    } else {
        reading.rule.into()
    };
    let value = reading
        .code
        .or_else(|| reading.hit.entry.codes.first().copied());
    Evidence {
        span: reading.hit.span,
        text: written.into(),
        rule,
        weight: if reading.code.is_some() {
            points::stands(places.at(reading.hit.span.start), reading.part())
        } else {
            0.0
        },
        value: value.map_or_else(CompactString::default, |c| c.as_str().into()),
        accepted,
    }
}

/// How sure each country is.
pub(super) fn confidence(
    candidates: &[Candidate],
    found: &Countries,
) -> BTreeMap<String, Confidence> {
    let sure = |c: &Candidate| {
        if found.about.contains(&c.code) {
            Some(sure_of_subject(c))
        } else {
            found
                .mentions
                .contains(&c.code)
                .then(|| sure_of_mention(&c.tally))
        }
    };
    candidates
        .iter()
        .filter_map(|c| Some((c.code.as_str().to_owned(), sure(c)?)))
        .collect()
}

/// How sure it is that the briefing is about a country: as its points say, less where every form may mean something else.
fn sure_of_subject(candidate: &Candidate) -> Confidence {
    let tally = &candidate.tally;
    let doubt = if tally.named && !tally.firm { 0.3 } else { 0.0 };
    Confidence::new(candidate.points.likely() - doubt)
}

/// How sure it is that the text refers to a country.
fn sure_of_mention(tally: &Tally) -> Confidence {
    Confidence::new(match () {
        () if !tally.firm => 0.6,
        () if tally.by_name => 0.96,
        () => 0.92,
    })
}

/// What a person should look at, one sentence for each form.
pub(super) fn doubts(
    text: &Text,
    readings: &[Reading<'_>],
    candidates: &[Candidate],
    found: &Countries,
) -> Vec<Doubt> {
    let mut raised: BTreeMap<&str, Doubt> = BTreeMap::new();
    for reading in readings {
        let Some(code) = reading.code else { continue };
        let firm = || candidates.iter().any(|c| c.code == code && c.tally.firm);
        let kept = || found.about.contains(&code) || found.mentions.contains(&code);
        if !reading.undecided || firm() || !kept() {
            continue;
        }
        let written = text.slice(reading.hit.span);
        let others: Vec<&str> = reading
            .hit
            .entry
            .codes
            .iter()
            .filter(|c| **c != code)
            .map(CountryCode::as_str)
            .collect();
        let message = if others.is_empty() {
            format!("“{written}” was taken for {code}; it may name no country here")
        } else {
            format!(
                "“{written}” was taken for {code}; it could be {}: nothing in the text decides",
                others.join(" or ")
            )
        };
        raised
            .entry(written)
            .or_insert_with(|| Doubt::new(message).at(reading.hit.span));
    }
    raised.into_values().collect()
}
