//! What was decided → its evidence, how sure each country is, and what a person should look at.

use std::collections::BTreeMap;

use super::{
    Countries,
    context::Reading,
    places::{Place, Places},
    tally::{Tally, strength},
};
use crate::{
    distill::{
        evidence::{Confidence, Doubt, Evidence},
        text::Text,
    },
    model::CountryCode,
};

/// How a country came to be one that the briefing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Headline or lead name it.
    Named,
    /// The text takes its own country for granted.
    Home,
    /// Only the dateline says so.
    Scene,
}

/// The evidence, strongest first.
pub(super) fn evidence(
    text: &Text,
    places: &Places<'_>,
    readings: &[Reading<'_>],
    found: &Countries,
    assumed: Option<CountryCode>,
) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = readings
        .iter()
        .map(|r| evidence_of(text, r, places.at(r.hit.span.start), found))
        .collect();
    // No word names the country: the first sentence stands for the language it is written in.
    if let Some(home) = assumed {
        evidence.push(Evidence {
            span: places.lead,
            text: text.slice(places.lead).to_owned(),
            rule: "home of the language".to_owned(),
            weight: 0.5,
            value: home.to_string(),
            accepted: true,
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

fn evidence_of(text: &Text, reading: &Reading<'_>, place: Place, found: &Countries) -> Evidence {
    let accepted = reading
        .code
        .is_some_and(|c| found.about.contains(&c) || found.mentions.contains(&c));
    let written = text.slice(reading.hit.span);
    let rule = if reading.rule == "blocked" {
        format!("blocked: {written}")
    } else {
        reading.rule.to_owned()
    };
    let value = reading
        .code
        .or_else(|| reading.hit.entry.codes.first().copied());
    Evidence {
        span: reading.hit.span,
        text: written.to_owned(),
        rule,
        weight: if reading.code.is_some() {
            place.weight() * strength(reading, place)
        } else {
            0.0
        },
        value: value.map(|c| c.to_string()).unwrap_or_default(),
        accepted,
    }
}

/// The countries beside which one is weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Among {
    /// How many the briefing is about.
    pub(super) subjects: usize,
    /// Whether the headline names one of them.
    pub(super) headlined: bool,
}

/// How sure it is that the briefing is about a country.
///
/// What the headline names in as many words is nearly always right; each step away from that takes something off.
pub(super) fn sure_of_subject(tally: Option<&Tally>, ground: Ground, among: Among) -> Confidence {
    let Some(tally) = tally else {
        return Confidence::new(0.72);
    };
    let base: f32 = match ground {
        Ground::Home if tally.named => 0.86,
        Ground::Home if tally.hinted => 0.82,
        Ground::Home => 0.72,
        Ground::Scene => 0.66,
        Ground::Named if tally.passive && !tally.acts => 0.66,
        Ground::Named if tally.headlined => 0.95,
        // The headline names others: whoever comes up once in the first sentence may be a partner, a market, a place.
        Ground::Named if among.headlined && !tally.official && tally.count() < 3 => 0.68,
        Ground::Named if tally.first_sentence && (tally.by_name || tally.official) => 0.9,
        Ground::Named if tally.first_sentence || tally.leads && tally.partner => 0.74,
        Ground::Named if tally.leads => 0.68,
        Ground::Named if tally.named => 0.64,
        Ground::Named => 0.6,
    };
    let by_name = if tally.by_name || tally.official || tally.dateline {
        0.0
    } else {
        0.05
    };
    let crowd = 0.06 * among.subjects.saturating_sub(3) as f32;
    let doubt = if tally.named && !tally.firm { 0.3 } else { 0.0 };
    Confidence::new(base - by_name - crowd - doubt)
}

/// How sure it is that the text refers to a country.
pub(super) fn sure_of_mention(tally: &Tally) -> Confidence {
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
    tallies: &BTreeMap<CountryCode, Tally>,
    found: &Countries,
) -> Vec<Doubt> {
    let mut raised: BTreeMap<&str, Doubt> = BTreeMap::new();
    for reading in readings {
        let Some(code) = reading.code else { continue };
        let firm = tallies.get(&code).is_some_and(|t| t.firm);
        let kept = found.about.contains(&code) || found.mentions.contains(&code);
        if !reading.undecided || firm || !kept {
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
