//! Readings + layout → what a briefing is about, by salience, and what else it refers to.
//!
//! Each country's clues are summed; it is one that the briefing is about from nought points on. Where none has as many, the best is.

use std::collections::BTreeMap;

use super::{
    Countries,
    context::Reading,
    home::{self, Setting},
    places::{Place, Places},
    points::{Clue, Points, Spot},
    report,
    tally::Tally,
};
use crate::{
    distill::{evidence::Finding, layout::Layout, text::Text},
    model::CountryCode,
};

/// Where no country has nought points, the best is taken from here on, …
const LEAST: f32 = -1.5;
/// … and those that are as close to it.
const CLOSE: f32 = 0.25;
/// The mass of one naming in headline or first sentence: less than that is no measure of a share.
const WHOLE: f32 = 3.0;
/// Strength of a home from which on all is said.
const FIRM: f32 = 5.0;

/// One country with what speaks for it.
pub(super) struct Candidate {
    pub(super) code: CountryCode,
    pub(super) tally: Tally,
    pub(super) points: Points,
}

/// Weighs the readings.
pub(super) fn weigh(
    text: &Text,
    layout: &Layout,
    readings: &[Reading<'_>],
    setting: Setting,
) -> Finding<Countries> {
    let places = Places::of(text, layout);
    let mut tallies: BTreeMap<CountryCode, Tally> = BTreeMap::new();
    for reading in readings {
        let Some(code) = reading.code else { continue };
        tallies
            .entry(code)
            .or_insert_with(|| Tally::new(reading.hit.start))
            .note(places.at(reading.hit.span.start), reading);
    }
    home::assume(&mut tallies, setting);
    let scene = Scene::of(&tallies, setting);
    let mut candidates: Vec<Candidate> = tallies
        .into_iter()
        .map(|(code, tally)| {
            let points = scene.points(code, &tally);
            Candidate {
                code,
                tally,
                points,
            }
        })
        .collect();
    candidates.sort_by(|a, b| {
        b.points
            .sum
            .total_cmp(&a.points.sum)
            .then(a.tally.first.cmp(&b.tally.first))
    });
    let best = candidates.first().map_or(LEAST, |c| c.points.sum);
    let bar = if best >= 0.0 {
        0.0
    } else {
        LEAST.max(best - CLOSE)
    };
    let (mut about, others): (Vec<&Candidate>, Vec<&Candidate>) =
        candidates.iter().partition(|c| c.points.sum >= bar);
    // A sub-editor puts the most important first: the order of headline and lead, then the order of the points.
    about.sort_by_key(|c| c.tally.opens_at.unwrap_or((Place::Footer, 0)));
    let mentions = others.iter().filter(|c| c.tally.named);
    let value = Countries {
        about: about.iter().map(|c| c.code).collect(),
        mentions: mentions.map(|c| c.code).collect(),
    };
    Finding {
        evidence: report::evidence(text, &places, readings, &value, &candidates),
        doubts: report::doubts(text, readings, &candidates, &value),
        confidence: report::confidence(&candidates, &value),
        value,
    }
}

/// What all countries of a text do beside each other.
struct Scene {
    setting: Setting,
    /// The first that is named.
    first: Option<CountryCode>,
    /// The mass of the one that is named most.
    most: f32,
    /// The greatest strength of a home.
    home: u32,
    /// Those that act in the headline, and in headline or first sentence.
    heads: Vec<CountryCode>,
    leads: Vec<CountryCode>,
}

impl Scene {
    fn of(tallies: &BTreeMap<CountryCode, Tally>, setting: Setting) -> Self {
        let those = |does: fn(&Tally) -> bool| {
            let those = tallies.iter().filter(|(_, t)| does(t));
            those.map(|(code, _)| *code).collect::<Vec<_>>()
        };
        let named = tallies.iter().filter(|(_, t)| t.named_at.is_some());
        Self {
            setting,
            first: named.min_by_key(|(_, t)| t.named_at).map(|(code, _)| *code),
            most: tallies.values().map(|t| t.mass).fold(WHOLE, f32::max),
            home: home::strongest(tallies, setting),
            heads: those(|t| t.acts_in(Spot::Headline)),
            leads: those(Tally::leads),
        }
    }

    /// What speaks for and against one of them.
    fn points(&self, code: CountryCode, tally: &Tally) -> Points {
        let mut points = Points::default();
        points.if_so(true, Clue::Start);
        for (spot, part) in tally.stands.iter() {
            points.if_so(true, Clue::Stands(spot, part));
        }
        points.by(Clue::Share, tally.mass / self.most);
        points.by(Clue::Again, (tally.times.max(1) as f32).ln());
        points.if_so(self.first == Some(code), Clue::First);
        points.if_so(tally.begins, Clue::Begins);
        points.if_so(tally.begins_beside, Clue::BeginsBeside);
        points.if_so(tally.begins_later, Clue::BeginsLater);
        points.if_so(tally.row, Clue::Row);
        let unnamed = tally.stands.is_empty();
        points.if_so(unnamed, Clue::Unnamed);
        points.if_so(unnamed && !self.setting.long, Clue::UnnamedInShort);
        points.if_so(!tally.stands.is_empty() && !tally.spoken_of(), Clue::Hinted);
        points.if_so(tally.spoken_of() && tally.passes(), Clue::Bystander);
        self.beside(code, tally, &mut points);
        self.at_home(code, tally, &mut points);
        points
    }

    /// What the others do.
    fn beside(&self, code: CountryCode, tally: &Tally, points: &mut Points) {
        let others = |list: &[CountryCode]| list.iter().any(|c| *c != code);
        if tally.leads() {
            let below = others(&self.heads) && !tally.acts_in(Spot::Headline);
            points.if_so(below, Clue::BelowHeadline);
        } else {
            points.if_so(others(&self.leads), Clue::OthersLead);
        }
    }

    /// Where the text is at home.
    fn at_home(&self, code: CountryCode, tally: &Tally, points: &mut Points) {
        let setting = self.setting;
        let own = setting.home == Some(code);
        points.if_so(own, Clue::Language);
        let strength = home::strength(code, tally, setting);
        if strength < self.home || strength < 2 && !own {
            points.if_so(self.home > 1, Clue::HomeElsewhere);
            return;
        }
        points.if_so(true, Clue::Home);
        points.by(Clue::HomeFirm, (strength as f32 / FIRM).min(1.0));
        let alone = self.leads.iter().all(|c| *c == code);
        points.if_so(alone, Clue::HomeAlone);
        let party = own && setting.mutual && !tally.leads() && self.leads.len() == 1;
        points.if_so(party, Clue::HomeParty);
    }
}
