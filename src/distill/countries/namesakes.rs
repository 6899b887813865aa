//! Hits + where people are named → what only bears a country's name: people, towns in a state. A form that does so once does so again.

use std::collections::BTreeMap;

use super::{
    around::Around,
    lexicon::{Among, Check, Cue, Kind},
    scan::Hit,
};
use crate::{
    distill::{actors::is_given_name, evidence::Span},
    model::Lang,
};

/// Why a hit counts for no country.
pub(super) const PERSON: &str = "name of a person";
pub(super) const TOWN: &str = "town in a state";

/// What tells people from countries.
#[derive(Debug)]
pub(super) struct Bearers<'a> {
    /// Where people are named, in text order.
    pub(super) names: &'a [Span],
    /// The language whose given names count.
    pub(super) lang: &'a Lang,
}

impl Bearers<'_> {
    /// `Romain Pologne`: a given name, which is no place itself, directly before a form with a capital.
    fn follows_given_name(
        &self,
        around: &Around<'_>,
        before: Option<&Hit<'_>>,
        hit: &Hit<'_>,
    ) -> bool {
        let given = || {
            let given = around.previous(hit);
            around.is_capital(given) && is_given_name(given, self.lang)
        };
        matches!(hit.entry.kind, Kind::Name | Kind::Adjective)
            && !hit.entry.acronym
            && around.before(hit).ends_with(' ')
            && before.is_none_or(|b| b.end + 1 != hit.start)
            && around.is_capital(around.form(hit))
            && given()
            && !around.line_in_title_case(hit)
            && !around.line_in_capitals(hit)
    }
}

/// What bears a country's name in this text and is none: people, towns in a state.
#[derive(Debug, Default)]
pub(super) struct Namesakes<'a> {
    /// For each hit, what it is.
    here: Vec<Option<&'static str>>,
    /// The forms of these hits, which go on standing for the same.
    forms: BTreeMap<&'a str, &'static str>,
}

impl<'a> Namesakes<'a> {
    /// Finds them all.
    pub(super) fn new(around: &Around<'a>, hits: &[Hit<'_>], bearers: &Bearers<'_>) -> Self {
        let is_part_of_name = |i: usize, hit: &Hit<'_>| {
            let next = bearers.names.partition_point(|n| n.end < hit.span.end);
            bearers.names.get(next).is_some_and(|name| {
                name.start <= hit.span.start
                    && hit.span.end - hit.span.start < name.end - name.start
                    && !begins_body(around, hit, name)
            }) || bearers.follows_given_name(around, i.checked_sub(1).map(|i| &hits[i]), hit)
        };
        let here: Vec<Option<&'static str>> = (0..)
            .zip(hits)
            .map(|(i, hit)| {
                if town_of_state(around, hits, i) || town_with_body(around, hits, i) {
                    Some(TOWN)
                } else {
                    is_part_of_name(i, hit).then_some(PERSON)
                }
            })
            .collect();
        let forms = hits
            .iter()
            .zip(&here)
            .filter_map(|(hit, what)| Some((around.form(hit), (*what)?)));
        Self {
            forms: forms.collect(),
            here,
        }
    }

    /// What a hit is where it stands.
    pub(super) fn at(&self, i: usize) -> Option<&'static str> {
        self.here.get(i).copied().flatten()
    }

    /// Whether a hit is a town in a state.
    pub(super) fn is_town(&self, i: usize) -> bool {
        self.at(i) == Some(TOWN)
    }

    /// What the hit is, where its form is no country throughout the text.
    pub(super) fn of(&self, around: &Around<'a>, hit: &Hit<'_>) -> Option<&'static str> {
        self.forms.get(around.form(hit)).copied()
    }
}

/// `Tokyo Metropolitan Government`: who seems to be a person is a body, named after the place before it.
fn begins_body(around: &Around<'_>, hit: &Hit<'_>, name: &Span) -> bool {
    let rest = around
        .haystack
        .get(hit.end..around.text.folded_at(name.end));
    name.start == hit.span.start
        && hit.entry.check != Check::Person
        && rest.is_some_and(|rest| {
            rest.match_indices(' ').any(|(gap, _)| {
                let cue = around.starting_at(hit.end + gap + 1);
                cue.has(Cue::OFFICIAL) || cue.has(Cue::NOT_PERSON)
            })
        })
}

/// `Athens Police Department`: the place has a body that only another state has. In the language of one state, bodies have the same names abroad.
fn town_with_body(around: &Around<'_>, hits: &[Hit<'_>], i: usize) -> bool {
    let (Some(hit), Some(body)) = (hits.get(i), hits.get(i + 1)) else {
        return false;
    };
    around.lexicon.home.is_none()
        && matches!(hit.entry.kind, Kind::Capital | Kind::City)
        && body.entry.kind == Kind::Institution
        && body.entry.check == Check::None
        && around.haystack.get(hit.end..body.start) == Some(" ")
        && !hit.entry.codes.iter().any(|c| body.entry.codes.contains(c))
}

/// `Lebanon, Ohio`: the place is a town of the region named after the comma.
fn town_of_state(around: &Around<'_>, hits: &[Hit<'_>], i: usize) -> bool {
    let (Some(hit), Some(state)) = (hits.get(i), hits.get(i + 1)) else {
        return false;
    };
    if around.haystack.get(hit.end..state.start) != Some(", ") {
        return false;
    }
    // The region may be one that has a country's name too (Athens, Georgia) or a person's, then set off by a second comma (Peru, Indiana,).
    let after = around.after(state);
    let set_off = after.is_empty() || after.starts_with([',', '.', ')', ';']);
    let region = state.entry.kind == Kind::Region
        && (state.entry.check == Check::None || state.entry.check == Check::Person && set_off)
        || state.entry.among == Among::Place && hit.entry.kind >= Kind::Capital;
    let same = hit
        .entry
        .codes
        .iter()
        .any(|c| state.entry.codes.last() == Some(c));
    region
        && hit.entry.kind != Kind::Blocked
        && hit.entry.kind != Kind::Adjective
        && (hit.entry.kind != Kind::Region || state.entry.among == Among::Place)
        && !(same && hit.entry.kind != Kind::City)
        // `Tbilisi, Georgia` is no town in the state.
        && !(state.entry.among == Among::Place
            && state.entry.codes.first().is_some_and(|c| hit.entry.codes.contains(c)))
}
