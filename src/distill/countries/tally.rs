//! Readings of one country → what speaks for it: zones, strengths, roles.
//!
//! A country's score is the sum over the zones of (weight of the zone × weight of its strongest reading there × (1 + ln count)).

use std::collections::BTreeMap;

use super::{context::Reading, lexicon::Kind, places::Place, role::Opens};

/// What speaks for one country.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one country"
)]
pub(super) struct Tally {
    pub(super) zones: BTreeMap<Place, (f32, u32)>,
    pub(super) first: usize,
    /// Where the headline, or else the first sentence, names it.
    pub(super) opens_at: Option<(Place, usize)>,
    /// Referred to by name, adjective or capital.
    pub(super) named: bool,
    /// Named in headline or lead by other than a bystander's phrase.
    pub(super) leads: bool,
    /// By a country's name, not only by adjectives.
    pub(super) by_name: bool,
    /// Somebody acts for it.
    pub(super) official: bool,
    /// In the headline.
    pub(super) headlined: bool,
    /// In the headline or in the first sentence.
    pub(super) first_sentence: bool,
    /// The capital, or a part of the country, in the dateline.
    pub(super) dateline: bool,
    /// The capital in the dateline that opens the body.
    pub(super) opens: bool,
    /// Another of its cities in the dateline that opens the body.
    pub(super) opens_in_town: bool,
    /// Only cities and regions so far.
    pub(super) hinted: bool,
    /// A form that can mean nothing else names it.
    pub(super) firm: bool,
    /// Named in headline or lead as one that acts.
    pub(super) acts: bool,
    /// Named in headline or lead as one that doesn't act.
    pub(super) passive: bool,
    /// Named somewhere as one that acts.
    pub(super) active: bool,
    /// How much is said of its places and bodies without naming it.
    pub(super) at_home: u32,
    /// The same in headline and lead, its dateline aside.
    pub(super) at_home_in_lead: u32,
    /// One of its bodies is in headline or lead.
    pub(super) body_in_lead: bool,
    /// The same in the headline or in the first sentence.
    pub(super) body_first: bool,
    /// Named in headline or lead by more than its capital.
    pub(super) leads_by_name: bool,
    /// The other party to something, in headline or lead: `an agreement with Vietnam`.
    pub(super) partner: bool,
    /// Named by who issued the text, above it.
    pub(super) issuer: bool,
    /// Somebody acts for it in the headline or in the first sentence.
    pub(super) official_first: bool,
    /// Headline or first sentence begins with it: `Die venezolanische Opposition`.
    pub(super) begins: bool,
}

impl Tally {
    pub(super) fn new(first: usize) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    pub(super) fn score(&self) -> f32 {
        self.zones
            .iter()
            .map(|(place, (best, count))| place.weight() * best * (1.0 + (*count as f32).ln()))
            .sum()
    }

    /// How often the text refers to it.
    pub(super) fn count(&self) -> u32 {
        self.zones.values().map(|(_, count)| count).sum()
    }

    /// A capital that is in the dateline too is where something takes place, unless its country is named.
    pub(super) fn settle(&mut self) {
        if self.dateline && !self.leads_by_name {
            self.leads = false;
            self.acts = false;
            self.headlined = false;
        }
    }

    /// Takes in one reading.
    pub(super) fn note(&mut self, place: Place, reading: &Reading<'_>) {
        let kind = reading.hit.entry.kind;
        let city = kind >= Kind::Capital;
        self.issuer |= place == Place::Header
            && !reading.bystander
            && !reading.dateline
            && (kind <= Kind::Capital || kind == Kind::Institution);
        if !reading.passive && (kind >= Kind::Region || reading.dateline) {
            let much = if kind == Kind::Institution && place == Place::Dateline {
                // The agency that sent it.
                0
            } else if reading.dateline || kind == Kind::Institution {
                2
            } else {
                u32::from(kind != Kind::Capital || reading.venue)
            };
            self.at_home += much;
            if place.leads() && !reading.dateline {
                self.at_home_in_lead += much + u32::from(place == Place::Headline);
                self.body_in_lead |= kind == Kind::Institution;
                self.body_first |= kind == Kind::Institution && place <= Place::Lead;
            }
        }
        if city && matches!(place, Place::Footer | Place::Boilerplate) {
            return;
        }
        if reading.dateline || city && matches!(place, Place::Dateline | Place::Header) {
            self.dateline |=
                kind == Kind::Capital || kind == Kind::Region && place != Place::Header;
            let opens = place == Place::Dateline || reading.dateline && place.leads();
            self.opens |= kind == Kind::Capital && opens;
            self.opens_in_town |= kind == Kind::City && opens;
            self.hinted = true;
            return;
        }
        let hint = kind >= Kind::City || kind == Kind::Region && !place.leads();
        // Cities that things come from or go to are no scene.
        let passing = city && reading.passive;
        if hint {
            self.hinted |= !passing;
        } else {
            // Where something takes place later on is no government.
            let scene = kind == Kind::Capital && reading.venue && !place.leads();
            self.named |= kind != Kind::Region && !scene;
            self.firm |= kind != Kind::Region && !reading.undecided;
            self.leads |= place.leads()
                && !(reading.passive && place != Place::Headline)
                && !(reading.venue && city);
            self.acts |= place.leads() && !reading.passive && !(reading.venue && city);
            self.leads_by_name |= place.leads() && !reading.passive && kind != Kind::Capital;
            self.passive |= place.leads() && reading.passive && !city;
            self.headlined |= place == Place::Headline;
            self.first_sentence |= place <= Place::Lead && !passing;
            if place <= Place::Lead {
                let at = (place, reading.hit.start);
                self.opens_at = Some(self.opens_at.map_or(at, |earlier| earlier.min(at)));
            }
        }
        self.official |= reading.official;
        self.partner |= place.leads() && reading.partner && !reading.passive;
        self.begins |= place <= Place::Lead && reading.opens != Opens::Nothing && !city;
        self.official_first |= reading.official && place <= Place::Lead;
        self.active |= !hint && !reading.passive;
        self.by_name |= kind == Kind::Name || kind == Kind::Government;
        // Where no country is named, its cities must speak; beside names they only break ties.
        let strength = strength(reading, place) * if hint { 0.4 } else { 1.0 };
        let zone = self.zones.entry(place).or_insert((0.0, 0));
        zone.0 = zone.0.max(strength);
        zone.1 += 1;
    }
}

/// The weight of one reading within its zone.
pub(super) fn strength(reading: &Reading<'_>, place: Place) -> f32 {
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
        Kind::City | Kind::Institution => 0.3,
    };
    let opens = match reading.opens {
        // Only in the body does it tell who acts from who is named in passing.
        _ if place.leads() => 1.0,
        Opens::Nothing => 1.0,
        Opens::Sentence => 1.4,
        Opens::Cell => 1.8,
    };
    let part = match () {
        () if reading.bystander => 0.4,
        () if reading.passive => 0.6,
        () => 1.0,
    };
    kind * opens * part
}
