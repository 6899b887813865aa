//! Readings + layout → what a briefing is about, by salience, and what else it refers to, with the evidence.
//!
//! A country's score is the sum over the zones of (weight of the zone × weight of its strongest reading there × (1 + ln count)).
//! What the headline and the lead name is what a briefing is about; the body decides only where they name nothing.

use std::collections::BTreeMap;

use super::{
    Countries,
    context::{Opens, Reading},
    lexicon::Kind,
};
use crate::{
    distill::{
        evidence::{Evidence, Finding, Span},
        layout::{Layout, Zone},
        text::Text,
    },
    model::CountryCode,
};

/// Where a reading stands, finer than the zones of the layout; in order of what it says about the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    Headline,
    Lead,
    LeadParagraph,
    Early,
    Late,
    Header,
    Dateline,
    Boilerplate,
    Footer,
}

impl Place {
    fn weight(self) -> f32 {
        match self {
            Self::Headline => 5.0,
            Self::Lead => 4.0,
            Self::LeadParagraph => 2.4,
            Self::Early => 1.1,
            Self::Late => 0.8,
            Self::Header => 0.5,
            Self::Dateline => 0.3,
            Self::Boilerplate => 0.1,
            Self::Footer => 0.0,
        }
    }

    /// Whether a country named here is a subject of the briefing.
    fn leads(self) -> bool {
        self <= Self::LeadParagraph
    }
}

/// What speaks for one country.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one country"
)]
struct Tally {
    zones: BTreeMap<Place, (f32, u32)>,
    first: usize,
    /// Where the headline, or else the first sentence, names it.
    opens_at: Option<(Place, usize)>,
    /// Referred to by name, adjective or capital.
    named: bool,
    /// Named in headline or lead by other than a bystander's phrase.
    leads: bool,
    /// By a country's name, not only by adjectives.
    by_name: bool,
    /// Somebody acts for it.
    official: bool,
    /// In the headline.
    headlined: bool,
    /// In the headline or in the first sentence.
    first_sentence: bool,
    /// The capital in the dateline.
    dateline: bool,
    /// Only cities and regions so far.
    hinted: bool,
}

impl Tally {
    fn score(&self) -> f32 {
        self.zones
            .iter()
            .map(|(place, (best, count))| place.weight() * best * (1.0 + (*count as f32).ln()))
            .sum()
    }
}

/// Weighs the readings.
///
/// `home` is the state in which nearly all texts of the language are written.
pub(super) fn weigh(
    text: &Text,
    layout: &Layout,
    readings: &[Reading<'_>],
    home: Option<CountryCode>,
) -> Finding<Countries> {
    let places = Places::of(text, layout);
    let mut tallies: BTreeMap<CountryCode, Tally> = BTreeMap::new();
    for reading in readings {
        let Some(code) = reading.code else { continue };
        let place = places.at(layout, reading);
        let tally = tallies.entry(code).or_insert_with(|| Tally {
            first: reading.hit.start,
            ..Tally::default()
        });
        note(tally, place, reading);
    }
    let domestic = home.filter(|home| is_domestic(&tallies, *home));
    let about = domestic.map_or_else(|| about(&tallies), |home| vec![home]);
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
    let mentions: Vec<CountryCode> = mentions.into_iter().map(|(code, _)| code).collect();

    let mut evidence: Vec<Evidence> = readings
        .iter()
        .map(|r| evidence_of(text, r, places.at(layout, r), &about, &mentions))
        .collect();
    // No word names the country: the first sentence stands for the language it is written in.
    if let Some(home) = domestic.filter(|home| !tallies.contains_key(home)) {
        let span = Span::new(places.lead_start, places.lead_end);
        evidence.push(Evidence {
            span,
            text: text.slice(span).to_owned(),
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
    Finding {
        value: Countries { about, mentions },
        evidence,
        confidence: BTreeMap::new(),
        doubts: Vec::new(),
    }
}

/// The weight of one reading within its zone.
fn strength(reading: &Reading<'_>, place: Place) -> f32 {
    let kind = match reading.hit.entry.kind {
        Kind::Blocked => 0.0,
        Kind::Name if reading.venue => 0.7,
        Kind::Name | Kind::Government => 1.0,
        Kind::Adjective if reading.official => 1.3,
        Kind::Adjective if place == Place::Headline => 0.9,
        Kind::Adjective => 0.75,
        Kind::Capital if reading.venue => 0.5,
        Kind::Capital => 0.8,
        Kind::Region => 0.7,
        Kind::City => 0.3,
    };
    let opens = match reading.opens {
        // Only in the body does it tell who acts from who is named in passing.
        _ if place.leads() => 1.0,
        Opens::Nothing => 1.0,
        Opens::Sentence => 1.4,
        Opens::Cell => 1.8,
    };
    kind * opens * if reading.bystander { 0.4 } else { 1.0 }
}

fn note(tally: &mut Tally, place: Place, reading: &Reading<'_>) {
    let kind = reading.hit.entry.kind;
    let city = kind >= Kind::Capital;
    if city && matches!(place, Place::Footer | Place::Boilerplate) {
        return;
    }
    if reading.dateline || city && matches!(place, Place::Dateline | Place::Header) {
        tally.dateline |= kind == Kind::Capital;
        tally.hinted = true;
        return;
    }
    let hint = kind == Kind::City || kind == Kind::Region && !place.leads();
    if hint {
        tally.hinted = true;
    } else {
        tally.named |= kind != Kind::Region;
        tally.leads |= place.leads()
            && !(reading.bystander && place != Place::Headline)
            && !(reading.venue && city);
    }
    tally.official |= reading.official;
    if !hint {
        tally.headlined |= place == Place::Headline;
        tally.first_sentence |= place <= Place::Lead;
        if place <= Place::Lead {
            let at = (place, reading.hit.start);
            tally.opens_at = Some(tally.opens_at.map_or(at, |earlier| earlier.min(at)));
        }
    }
    tally.by_name |= kind == Kind::Name || kind == Kind::Government;
    // Where no country is named, its cities must speak; beside names they only break ties.
    let strength = strength(reading, place) * if hint { 0.4 } else { 1.0 };
    let zone = tally.zones.entry(place).or_insert((0.0, 0));
    zone.0 = zone.0.max(strength);
    zone.1 += 1;
}

/// Whether a text takes its own country for granted: no other in the headline or the first sentence, none that acts,
/// no scene abroad.
fn is_domestic(tallies: &BTreeMap<CountryCode, Tally>, home: CountryCode) -> bool {
    let own = tallies.get(&home);
    let at_home = own.is_some_and(|t| t.hinted || t.named);
    let stated = own.is_some_and(|t| t.leads);
    // Named side by side with another, wherever the text puts them, it is not taken for granted.
    let beside = |other: &Tally| {
        own.is_some_and(|own| {
            own.by_name && other.by_name && own.zones.keys().next() == other.zones.keys().next()
        })
    };
    !tallies.is_empty()
        && !stated
        && tallies
            .iter()
            .filter(|(code, _)| **code != home)
            .all(|(_, t)| {
                !beside(t)
                    && !t.headlined
                    && !t.first_sentence
                    && !t.dateline
                    && !t.official
                    && (at_home || !t.hinted)
            })
}

fn about(tallies: &BTreeMap<CountryCode, Tally>) -> Vec<CountryCode> {
    let mut ranked: Vec<(CountryCode, &Tally, f32)> =
        tallies.iter().map(|(c, t)| (*c, t, t.score())).collect();
    ranked.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.first.cmp(&b.1.first)));
    let leading = ranked.iter().any(|(_, t, _)| t.leads);
    let top = ranked
        .iter()
        .filter(|(_, t, _)| !leading || t.leads)
        .map(|r| r.2)
        .fold(0.0, f32::max);
    let headlined = ranked.iter().any(|(_, t, _)| t.leads && t.headlined);
    let opened = ranked.iter().any(|(_, t, _)| t.leads && t.first_sentence);
    // The later a country first comes up, the more must speak for it beside those that came earlier.
    let share = |t: &Tally| match () {
        () if headlined && !t.headlined => 0.4,
        () if opened && !t.first_sentence => 0.65,
        () => 0.2,
    };
    let mut chosen: Vec<(CountryCode, &Tally)> = ranked
        .iter()
        .filter(|(_, t, score)| {
            if leading {
                t.leads && *score >= share(t) * top || t.named && *score >= 0.7 * top
            } else {
                (t.named || t.hinted) && *score > 0.0 && *score >= 0.55 * top
            }
        })
        .map(|(code, t, _)| (*code, *t))
        .collect();
    // A sub-editor puts the most important first: the order of headline and lead, then the order of the scores.
    chosen.sort_by_key(|(_, t)| t.opens_at.unwrap_or((Place::Footer, 0)));
    let mut about: Vec<CountryCode> = chosen.iter().map(|(code, _)| *code).collect();
    // A dateline names the scene: it counts where nothing else does, or where one country's officials act abroad.
    let abroad =
        matches!(chosen[..], [(_, only)] if only.official && !only.by_name && !only.dateline);
    if about.is_empty() || abroad {
        about.extend(
            ranked
                .iter()
                .filter(|(code, t, _)| t.dateline && !about.contains(code))
                .map(|(code, ..)| *code)
                .take(1)
                .collect::<Vec<_>>(),
        );
    }
    about
}

/// The stretches of the text.
struct Places {
    lead_start: usize,
    lead_end: usize,
    paragraph_end: usize,
    early_end: usize,
}

impl Places {
    fn of(text: &Text, layout: &Layout) -> Self {
        let all = &text.decoded;
        let body = layout
            .first(Zone::Lead)
            .or_else(|| layout.first(Zone::Body));
        let start = body.map_or(0, |b| b.start);
        let lead_end = match layout.first(Zone::Lead) {
            Some(lead) => lead.end,
            None => start + all.get(start..).map_or(0, first_sentence),
        };
        let paragraph_end = lead_end + all.get(lead_end..).map_or(0, paragraph);
        let length = all.len().saturating_sub(paragraph_end);
        Self {
            lead_start: start,
            lead_end,
            paragraph_end,
            early_end: paragraph_end + length / 2,
        }
    }

    fn at(&self, layout: &Layout, reading: &Reading<'_>) -> Place {
        let at = reading.hit.span.start;
        match layout.zone_at(at) {
            Zone::Headline => Place::Headline,
            Zone::Header => Place::Header,
            Zone::Dateline => Place::Dateline,
            Zone::Boilerplate => Place::Boilerplate,
            Zone::Footer => Place::Footer,
            Zone::Lead | Zone::Body if at < self.lead_end && at >= self.lead_start => Place::Lead,
            Zone::Lead => Place::Lead,
            Zone::Body if at < self.paragraph_end => Place::LeadParagraph,
            Zone::Body if at < self.early_end => Place::Early,
            Zone::Body => Place::Late,
        }
    }
}

/// The length of the first sentence.
fn first_sentence(rest: &str) -> usize {
    rest.find(". ")
        .or_else(|| rest.find(".\n"))
        .or_else(|| rest.find('。'))
        .or_else(|| rest.find('\n'))
        .unwrap_or(rest.len())
}

/// The length up to the end of the paragraph: a blank line, or a line break where the text has no blank lines.
fn paragraph(rest: &str) -> usize {
    let blank = ["\n\n", "\r\n\r\n"]
        .iter()
        .filter_map(|b| rest.find(b))
        .min();
    blank.or_else(|| rest.find('\n')).unwrap_or(rest.len())
}

fn evidence_of(
    text: &Text,
    reading: &Reading<'_>,
    place: Place,
    about: &[CountryCode],
    mentions: &[CountryCode],
) -> Evidence {
    let entry = reading.hit.entry;
    let accepted = reading
        .code
        .is_some_and(|c| about.contains(&c) || mentions.contains(&c));
    let written = text.slice(reading.hit.span);
    let rule = if reading.rule == "blocked" {
        format!("blocked: {written}")
    } else {
        reading.rule.to_owned()
    };
    Evidence {
        span: reading.hit.span,
        text: written.to_owned(),
        rule,
        weight: if reading.code.is_some() {
            place.weight() * strength(reading, place)
        } else {
            0.0
        },
        value: reading
            .code
            .or_else(|| entry.codes.first().copied())
            .map(|c| c.to_string())
            .unwrap_or_default(),
        accepted,
    }
}
