//! Readings + layout → what a briefing is about, by salience, and what else it refers to.
//!
//! What the headline and the lead name is what a briefing is about; the body decides only where they name nothing.

use std::collections::BTreeMap;

use super::{
    Countries,
    context::Reading,
    places::{Place, Places},
    report::{self, Ground},
    tally::Tally,
};
use crate::{
    distill::{evidence::Finding, layout::Layout, text::Text},
    model::CountryCode,
};

/// Bytes from which on a text that names no country at all is a whole document, not a line.
const LONG: usize = 400;

/// Weighs the readings.
///
/// `home` is the state in which nearly all texts of the language are written; `mutual`: the text speaks of two parties together.
pub(super) fn weigh(
    text: &Text,
    layout: &Layout,
    readings: &[Reading<'_>],
    home: Option<CountryCode>,
    mutual: bool,
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
    let long = text.decoded.len() >= LONG;
    let domestic = home.filter(|home| is_domestic(&tallies, *home, long));
    let grounds = match domestic {
        Some(home) => vec![(home, Ground::Home)],
        None => with_home(about(&tallies, home), &tallies, home, mutual, long),
    };
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
    let sure_of_subjects = grounds.iter().map(|(code, ground)| {
        let sure = report::sure_of_subject(tallies.get(code), *ground, grounds.len());
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

/// Whether a text takes its own country for granted: no other in the headline or the first sentence, none that acts,
/// no scene abroad.
fn is_domestic(tallies: &BTreeMap<CountryCode, Tally>, home: CountryCode, long: bool) -> bool {
    let own = tallies.get(&home);
    let at_home = own.is_some_and(|t| t.hinted || t.named);
    let stated = own.is_some_and(|t| t.leads);
    // Named side by side with another, wherever the text puts them, it is not taken for granted.
    let beside = |other: &Tally| {
        own.is_some_and(|own| {
            own.by_name && other.by_name && own.zones.keys().next() == other.zones.keys().next()
        })
    };
    let abroad = |t: &Tally| {
        let headed = t.by_name && t.zones.contains_key(&Place::Header);
        headed || t.headlined || t.first_sentence || t.dateline || t.official
    };
    let others = || tallies.iter().filter(|(code, _)| **code != home);
    (long || !tallies.is_empty())
        && !stated
        && others().all(|(_, t)| !beside(t) && !abroad(t) && (at_home || !t.hinted))
}

/// Where the text is at home: the home of its language where anything speaks for it or nothing for another, else the country whose places and
/// bodies it names most.
fn seat(tallies: &BTreeMap<CountryCode, Tally>, home: Option<CountryCode>) -> Option<CountryCode> {
    let most = tallies
        .iter()
        .filter(|(_, t)| t.at_home > 0)
        .max_by(|a, b| {
            a.1.at_home
                .cmp(&b.1.at_home)
                .then(b.1.first.cmp(&a.1.first))
        })
        .map(|(code, _)| *code);
    let own = home.and_then(|home| tallies.get(&home));
    if most.is_none() || own.is_some_and(|t| t.at_home > 0 || t.named) {
        home
    } else {
        most
    }
}

/// Adds the country in which the text is at home where it goes without saying: where nobody named in headline and lead acts, or where the text
/// speaks of two parties and names one.
fn with_home(
    mut about: Vec<(CountryCode, Ground)>,
    tallies: &BTreeMap<CountryCode, Tally>,
    home: Option<CountryCode>,
    mutual: bool,
    long: bool,
) -> Vec<(CountryCode, Ground)> {
    let tally = |code: &CountryCode| tallies.get(code);
    let said = |seat: &CountryCode| {
        about.iter().any(|(code, _)| code == seat) && tally(seat).is_some_and(|t| t.named)
    };
    let seat = seat(tallies, home.filter(|h| long || tallies.contains_key(h))).filter(|s| !said(s));
    if let Some(seat) = seat {
        let own = tally(&seat);
        let acts = about
            .iter()
            .filter_map(|(code, _)| tally(code))
            .any(|t| t.acts);
        let passing = tallies.values().any(|t| t.passive) && !own.is_some_and(|t| t.passive);
        let firmly = own.is_some_and(|t| t.body_in_lead || t.at_home_in_lead > 1);
        if !acts && passing || firmly {
            let own_body = own.is_some_and(|t| t.body_in_lead);
            let kept: Vec<(CountryCode, Ground)> = about
                .iter()
                .filter(|(code, _)| {
                    *code != seat && tally(code).is_some_and(|t| t.headlined || t.official_first)
                })
                .copied()
                .collect();
            if kept.is_empty() || own_body || home == Some(seat) {
                about = kept;
                about.insert(0, (seat, Ground::Home));
            }
            return about;
        }
    }
    if let ([(other, Ground::Named)], Some(home)) = (&about[..], home)
        && *other != home
        && mutual
    {
        about.insert(0, (home, Ground::Home));
    }
    about
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
    // The later a country first comes up, the more must speak for it beside those that came earlier.
    let share = |t: &Tally| match () {
        () if headlined && !t.headlined => 0.4,
        () if opened && !t.first_sentence => 0.65,
        () => 0.2,
    };
    let mut chosen: Vec<(CountryCode, &Tally)> = ranked
        .iter()
        .filter(|(code, t, score)| {
            if leading {
                t.leads && *score >= share(t) * top || t.named && *score >= 0.7 * top
            } else {
                (t.named || t.hinted)
                    && (t.active || !some_act || home == Some(*code))
                    && *score > 0.0
                    && *score >= 0.55 * top
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
            .find(|(code, t, _)| t.dateline && !about.iter().any(|(c, _)| c == code));
        about.extend(scene.map(|(code, ..)| (*code, Ground::Scene)));
    }
    about
}
