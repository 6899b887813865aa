//! Tallies + the home of the language → where a text is at home, and whether that goes without saying.
//!
//! A press office rarely names its own country: its bodies, towns and date lines tell, and whoever else is named only passes by.

use std::collections::BTreeMap;

use super::{
    context::Reading,
    lexicon::Cue,
    places::{Place, Places},
    report::Ground,
    scan::Mark,
    tally::Tally,
};
use crate::{distill::text::Text, model::CountryCode};

/// Bytes from which on a text that names no country at all is a whole document, not a line.
pub(super) const LONG: usize = 240;

/// What the text as a whole says about its home.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// The state in which nearly all texts of the language are written.
    pub(super) home: Option<CountryCode>,
    /// The text speaks of two parties together.
    pub(super) mutual: bool,
    /// It is a whole document.
    pub(super) long: bool,
    /// An official acts in headline or lead, and nobody says whose.
    pub(super) unnamed_official: bool,
}

/// States whose capitals are the seats of international bodies: an official there may be theirs.
const HOSTS: [&str; 7] = ["AT", "BE", "CH", "ET", "IT", "KE", "US"];

/// Bytes before and after an official within which a country's name may say whose it is.
const BEFORE: usize = 24;
const AFTER: usize = 40;

/// Whether an official acts in headline or lead of whom nothing near by says whose: their own state's.
pub(super) fn unnamed_official(
    text: &Text,
    places: &Places<'_>,
    marks: &[Mark],
    readings: &[Reading<'_>],
) -> bool {
    let named = |mark: &Mark| {
        readings.iter().any(|r| {
            r.code.is_some()
                && !r.dateline
                && r.hit.start < mark.end + AFTER
                && mark.start < r.hit.end + BEFORE
        })
    };
    marks.iter().any(|mark| {
        mark.cue.has(Cue::OFFICIAL)
            && places.at(text.original(mark.start, mark.end).start).leads()
            && !named(mark)
    })
}

/// The home, where the text takes it for granted: no other country in the headline or the first sentence, none that acts, no scene abroad.
pub(super) fn taken_for_granted(
    tallies: &BTreeMap<CountryCode, Tally>,
    setting: Setting,
) -> Option<CountryCode> {
    let home = setting.home?;
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
    let granted = (setting.long || !tallies.is_empty())
        && !stated
        && others().all(|(_, t)| {
            !beside(t) && !abroad(t) && (at_home || !(t.hinted || t.acts && t.by_name))
        });
    granted.then_some(home)
}

/// Where the text is at home: the home of its language where anything speaks for it or nothing for another, else the country whose places and
/// bodies it names most.
fn seat(tallies: &BTreeMap<CountryCode, Tally>, setting: Setting) -> Option<CountryCode> {
    let home = setting
        .home
        .filter(|home| setting.long || tallies.contains_key(home));
    let most = tallies
        .iter()
        .filter(|(_, t)| t.at_home > 0)
        .max_by_key(|(_, t)| (t.at_home, std::cmp::Reverse(t.first)))
        .map(|(code, _)| *code);
    let own = home.and_then(|home| tallies.get(&home));
    if most.is_none() || own.is_some_and(|t| t.at_home > 0 || t.named) {
        home
    } else {
        most
    }
}

/// Whether a text of this language is at home in the country as a rule, or its dateline and several of its towns say so.
fn at_home(own: &Tally, seat: CountryCode, setting: Setting) -> bool {
    setting.home == Some(seat) || own.opens_in_town && own.named && own.at_home > 3
}

/// Adds the country in which the text is at home where it goes without saying: where nobody named in headline and lead acts, where its bodies and
/// towns lead, or where the text speaks of two parties and names one. Who only passes by is left out then.
pub(super) fn with_home(
    mut about: Vec<(CountryCode, Ground)>,
    tallies: &BTreeMap<CountryCode, Tally>,
    setting: Setting,
) -> Vec<(CountryCode, Ground)> {
    let named = about
        .iter()
        .filter_map(|(code, _)| Some((*code, tallies.get(code)?)));
    let named: Vec<(CountryCode, &Tally)> = named.collect();
    let seat = seat(tallies, setting).filter(|seat| {
        // Already said, in as many words.
        !named
            .iter()
            .any(|(code, t)| code == seat && t.named && (t.leads || !t.issuer))
    });
    if let Some((seat, own)) = seat.map(|seat| (seat, tallies.get(&seat))) {
        let own = own.cloned().unwrap_or_default();
        let acts = named.iter().any(|(_, t)| t.acts);
        let passing = !own.passive && tallies.values().any(|t| t.passive);
        let strong = |t: &Tally| {
            t.headlined
                || t.official_first
                || t.begins
                || t.at_home_in_lead > 0
                || t.active && t.by_name
        };
        let all_weak = named.iter().all(|(code, t)| *code == seat || !strong(t));
        // Headline and lead name no other country, and the dateline says where they are.
        let elsewhere = |most: u32| {
            named
                .iter()
                .any(|(_, t)| t.leads || t.passive || t.count() > most)
        };
        let here = own.opens && !elsewhere(u32::MAX) || own.opens_in_town && !elsewhere(2);
        let star = named
            .iter()
            .any(|(code, t)| *code != seat && t.headlined && t.acts && t.begins);
        let body = own.body_first || own.body_in_lead && !star;
        let firmly = body || own.issuer || own.at_home_in_lead > 1 || here;
        if !acts && passing || firmly || all_weak && !own.named && own.at_home > 1 {
            let party = |t: &Tally| {
                t.headlined
                    || t.official_first
                    || t.partner
                    || t.issuer && t.by_name
                    || own.passive && t.passive && t.first_sentence
            };
            let kept = named.iter().filter(|(code, t)| *code != seat && party(t));
            let kept: Vec<(CountryCode, Ground)> =
                kept.map(|(code, _)| (*code, Ground::Named)).collect();
            if kept.is_empty() || own.body_in_lead || own.issuer || at_home(&own, seat, setting) {
                about = kept;
                about.insert(0, (seat, Ground::Home));
            }
            return about;
        }
    }
    // Its own towns say that the text is from home, whoever else acts in it.
    if let Some((seat, own)) = seat.and_then(|seat| Some((seat, tallies.get(&seat)?)))
        && own.at_home > 2
        && at_home(own, seat, setting)
        && !about.is_empty()
        && !about.iter().any(|(code, _)| *code == seat)
    {
        about.insert(0, (seat, Ground::Home));
        return about;
    }
    // An official whose state goes without saying, where the dateline is its capital.
    if let Some((seat, own)) = seat.and_then(|seat| Some((seat, tallies.get(&seat)?)))
        && setting.unnamed_official
        && own.opens
        && (own.named && own.score() > 0.5
            || setting
                .home
                .map_or(!HOSTS.contains(&seat.as_str()), |home| home == seat))
        && !about.iter().any(|(code, _)| *code == seat)
    {
        // Who is named there without acting passes by.
        about.retain(|(code, _)| {
            tallies
                .get(code)
                .is_some_and(|t| t.headlined || t.official || t.partner || t.begins || !t.by_name)
        });
        about.insert(0, (seat, Ground::Home));
        return about;
    }
    if let ([(other, Ground::Named)], Some(home)) = (&about[..], setting.home)
        && *other != home
        && setting.mutual
    {
        about.insert(0, (home, Ground::Home));
    }
    about
}
