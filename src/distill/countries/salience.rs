//! Readings + layout → what a briefing is about, by salience, and what else it refers to.
//!
//! What the headline and the lead name is what a briefing is about; the body decides only where they name nothing.

use std::collections::BTreeMap;

use super::{
    Countries,
    context::Reading,
    home::{self, Setting},
    places::{Place, Places},
    report::{self, Among, Ground},
    scan::Mark,
    tally::Tally,
};
use crate::{
    distill::{evidence::Finding, layout::Layout, text::Text},
    model::CountryCode,
};

/// Weighs the readings.
pub(super) fn weigh(
    text: &Text,
    layout: &Layout,
    readings: &[Reading<'_>],
    marks: &[Mark],
    mut setting: Setting,
) -> Finding<Countries> {
    let places = Places::of(text, layout);
    setting.unnamed_official = home::unnamed_official(text, &places, marks, readings);
    let mut tallies: BTreeMap<CountryCode, Tally> = BTreeMap::new();
    for reading in readings {
        let Some(code) = reading.code else { continue };
        tallies
            .entry(code)
            .or_insert_with(|| Tally::new(reading.hit.start))
            .note(places.at(reading.hit.span.start), reading);
    }
    tallies.values_mut().for_each(Tally::settle);
    let mut grounds = match home::taken_for_granted(&tallies, setting) {
        Some(home) => vec![(home, Ground::Home)],
        None => home::with_home(about(&tallies, setting.home), &tallies, setting),
    };
    add_companions(&mut grounds, &places, readings);
    let about: Vec<CountryCode> = grounds.iter().map(|(code, _)| *code).collect();
    let mut mentions: Vec<(CountryCode, &Tally)> = tallies
        .iter()
        .filter(|(code, t)| t.named && !about.contains(code))
        .map(|(code, t)| (*code, t))
        .collect();
    mentions.sort_by(|a, b| {
        b.1.score()
            .total_cmp(&a.1.score())
            .then(a.1.first.cmp(&b.1.first))
    });
    let among = Among {
        subjects: grounds.len(),
        headlined: grounds
            .iter()
            .any(|(code, _)| tallies.get(code).is_some_and(|t| t.headlined)),
    };
    let sure_of_subjects = grounds.iter().map(|(code, ground)| {
        let sure = report::sure_of_subject(tallies.get(code), *ground, among);
        (code.to_string(), sure)
    });
    let sure_of_mentions = mentions
        .iter()
        .map(|(code, t)| (code.to_string(), report::sure_of_mention(t)));
    let confidence = sure_of_subjects.chain(sure_of_mentions).collect();
    let value = Countries {
        mentions: mentions.into_iter().map(|(code, _)| code).collect(),
        about,
    };
    let at_home = grounds.iter().find(|(_, ground)| *ground == Ground::Home);
    let assumed = at_home
        .map(|(home, _)| *home)
        .filter(|home| !tallies.contains_key(home));
    Finding {
        evidence: report::evidence(text, &places, readings, &value, assumed),
        doubts: report::doubts(text, readings, &tallies, &value),
        confidence,
        value,
    }
}

/// Adds who stands side by side with a subject in headline or lead, by name.
fn add_companions(
    grounds: &mut Vec<(CountryCode, Ground)>,
    places: &Places<'_>,
    readings: &[Reading<'_>],
) {
    for reading in readings {
        if let (Some(code), Some(subject)) = (reading.code, reading.beside)
            && places.at(reading.hit.span.start).leads()
            && grounds.iter().any(|(about, _)| *about == subject)
            && !grounds.iter().any(|(about, _)| *about == code)
        {
            grounds.push((code, Ground::Named));
        }
    }
}

/// What headline and lead name, most important first, and why.
fn about(
    tallies: &BTreeMap<CountryCode, Tally>,
    home: Option<CountryCode>,
) -> Vec<(CountryCode, Ground)> {
    let mut ranked: Vec<(CountryCode, &Tally, f32)> =
        tallies.iter().map(|(c, t)| (*c, t, t.score())).collect();
    ranked.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.first.cmp(&b.1.first)));
    let leading = ranked.iter().any(|(_, t, _)| t.leads);
    let top = ranked
        .iter()
        .filter(|(_, t, _)| !leading || t.leads)
        .map(|r| r.2)
        .fold(0.0, f32::max);
    let some_act = ranked.iter().any(|(_, t, _)| t.active);
    let headlined = ranked.iter().any(|(_, t, _)| t.leads && t.headlined);
    let opened = ranked.iter().any(|(_, t, _)| t.leads && t.first_sentence);
    // Where headline and lead name none, the one whose places or bodies the text names too is at home.
    let settled = !leading && ranked.iter().any(|(_, t, _)| t.named && t.at_home > 0);
    // The later a country first comes up, the more must speak for it beside those that came earlier.
    let share = |t: &Tally| match () {
        () if headlined && !t.headlined => 0.4,
        () if opened && !t.first_sentence && !t.official => 0.65,
        () if opened && !t.first_sentence => 0.45,
        () => 0.2,
    };
    // Beside those that act in the headline, who is named once or twice below it passes by.
    let stars = ranked.iter().any(|(_, t, _)| t.headlined && t.acts);
    let passes_by = |t: &Tally| {
        stars && !t.headlined && !t.official && !t.partner && !t.begins && t.count() < 3
    };
    let mut chosen: Vec<(CountryCode, &Tally)> = ranked
        .iter()
        .filter(|(code, t, score)| {
            if leading {
                !passes_by(t)
                    && (t.leads && *score >= share(t) * top || t.named && *score >= 0.7 * top)
            } else {
                (t.named || t.hinted)
                    && (t.active || !some_act || home == Some(*code))
                    && *score > 0.0
                    && *score >= 0.55 * top
                    && (!settled || t.named && t.at_home > 0 || t.count() > 1)
            }
        })
        .map(|(code, t, _)| (*code, *t))
        .collect();
    // A sub-editor puts the most important first: the order of headline and lead, then the order of the scores.
    chosen.sort_by_key(|(_, t)| t.opens_at.unwrap_or((Place::Footer, 0)));
    let mut about: Vec<(CountryCode, Ground)> = chosen
        .iter()
        .map(|(code, _)| (*code, Ground::Named))
        .collect();
    // A dateline names the scene: it counts where nothing else does, or where one country's officials act abroad.
    let abroad =
        matches!(chosen[..], [(_, only)] if only.official && !only.by_name && !only.dateline);
    if about.is_empty() || abroad {
        let scene = ranked
            .iter()
            .filter(|(code, ..)| about.is_empty() || home != Some(*code))
            .find(|(code, t, _)| t.dateline && !about.iter().any(|(c, _)| c == code));
        about.extend(scene.map(|(code, ..)| (*code, Ground::Scene)));
    }
    about
}
