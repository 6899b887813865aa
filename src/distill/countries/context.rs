//! Hits → readings: which country each hit stands for where it stands, or why it stands for none.
//!
//! Ambiguous forms are settled by their neighbours and by the rest of the document, never by a list of documents or a ban on the form.

use std::collections::BTreeMap;

use super::{
    around::Around,
    lexicon::{Among, Check, Kind, Lexicon},
    namesakes::{Bearers, Namesakes},
    refuse::{self, Whole},
    role::{self, Opens, Part},
    scan::{Hit, Scan},
};
use crate::{distill::text::Text, model::CountryCode};

/// A hit that was judged.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one place in the text"
)]
pub(super) struct Reading<'l> {
    pub(super) hit: Hit<'l>,
    /// The country, where it stands for one.
    pub(super) code: Option<CountryCode>,
    /// The form may mean others, and nothing in the document decides between them.
    pub(super) undecided: bool,
    /// The rule that says so, or that says why not.
    pub(super) rule: &'static str,
    /// Behind a preposition of place: where something happens, not who acts.
    pub(super) venue: bool,
    /// On someone who acts for the country.
    pub(super) official: bool,
    /// Doesn't act: a neighbour, market or origin, a nationality, where somebody comes from or goes to.
    pub(super) passive: bool,
    /// The city of a place and date line: `Rabat, 27 ene (EFE).-`.
    pub(super) dateline: bool,
    /// Begins its sentence, line or table cell.
    pub(super) opens: Opens,
    /// Joined to one that does: `Surveyors from Zambia and Malawi`.
    pub(super) opens_beside: bool,
    /// One of three or more countries in a row.
    pub(super) listed: bool,
}

impl Reading<'_> {
    /// The part that its country plays here.
    pub(super) fn part(&self) -> Part {
        match self.hit.entry.kind {
            Kind::Institution => Part::Body,
            _ if self.dateline => Part::Dateline,
            Kind::City | Kind::Region if self.passive => Part::Away,
            Kind::City | Kind::Region => Part::Place,
            _ if self.passive => Part::Passing,
            _ if self.listed => Part::List,
            _ if self.official => Part::Acts,
            Kind::Adjective => Part::Adjective,
            _ if self.venue => Part::Scene,
            _ => Part::Named,
        }
    }
}

/// How often each country is named by forms that can mean nothing else.
pub(super) type Support = BTreeMap<CountryCode, u32>;

/// Judges each hit.
pub(super) fn judge<'l>(
    text: &Text,
    haystack: &str,
    lexicon: &Lexicon,
    scan: &Scan<'l>,
    bearers: &Bearers<'_>,
) -> Vec<Reading<'l>> {
    let around = Around::new(text, haystack, lexicon, scan);
    let hits = &scan.hits;
    let namesakes = Namesakes::new(&around, hits, bearers);
    let streets: Vec<bool> = hits.iter().map(|h| refuse::street(&around, h)).collect();
    let support = firm_support(&around, hits, &streets, &namesakes);
    let whole = Whole::new(&around, hits, support, &streets, namesakes);
    let mut readings: Vec<Reading<'l>> = Vec::with_capacity(hits.len());
    for (i, hit) in hits.iter().enumerate() {
        let refused = whole.refuse(&around, hits, i);
        let reading = read(&around, &whole, hit, refused);
        let all = hit.entry.among == Among::All && reading.code.is_some();
        let first = readings.len();
        readings.push(reading);
        for code in hit.entry.codes.iter().skip(1).filter(|_| all) {
            readings.push(Reading {
                code: Some(*code),
                ..readings[first].clone()
            });
        }
    }
    role::level_lists(&around, &mut readings);
    role::follow_places(&mut readings);
    role::leave_bodies(&mut readings);
    role::line_up(&mut readings);
    readings
}

fn read<'l>(
    around: &Around<'_>,
    whole: &Whole<'_>,
    hit: &Hit<'l>,
    refused: Option<&'static str>,
) -> Reading<'l> {
    let counts = refused.is_none();
    let kind = hit.entry.kind;
    let (code, undecided) = match hit.entry.among {
        Among::All => (hit.entry.codes.first().copied(), false),
        Among::Any => choose(&hit.entry.codes, &whole.support),
        Among::Place => whole.country_or_place(around, hit),
    };
    let venue = counts && role::venue(around, hit);
    let official = counts && role::official(around, hit, venue);
    let bystander = counts && role::bystander(around, hit);
    Reading {
        code: code.filter(|_| counts),
        undecided: undecided || whole.stays_open(hit),
        rule: refused.unwrap_or(match kind {
            Kind::Blocked => "blocked",
            Kind::Name if hit.entry.acronym => "short form",
            Kind::Name => "country name",
            Kind::Adjective => "adjective",
            Kind::Government => "seat of government",
            Kind::Capital if venue => "capital as venue",
            Kind::Capital => "capital as government",
            Kind::Region => "part of a country",
            Kind::City => "city",
            Kind::Institution => "body of a state",
        }),
        venue,
        official,
        passive: bystander || counts && !official && role::passive(around, hit),
        dateline: counts && kind >= Kind::Capital && role::dateline(around, hit),
        opens: if counts {
            role::opens(around, hit)
        } else {
            Opens::Nothing
        },
        opens_beside: false,
        listed: false,
        hit: hit.clone(),
    }
}

fn firm_support(
    around: &Around<'_>,
    hits: &[Hit<'_>],
    streets: &[bool],
    namesakes: &Namesakes<'_>,
) -> Support {
    let mut support = Support::new();
    for (i, (hit, street)) in hits.iter().zip(streets).enumerate() {
        let entry = hit.entry;
        // A capital that nothing else demands tells a name from a common noun.
        let firm = entry.check == Check::None
            || entry.check == Check::Common
                && around.is_capital(around.form(hit))
                && !refuse::capital_is_demanded(around, hit);
        if let [code] = entry.codes[..]
            && firm
            && namesakes.of(around, hit).is_none()
            && !street
        {
            *support.entry(code).or_default() += if entry.kind <= Kind::Capital { 2 } else { 1 };
        }
        if namesakes.is_town(i)
            && let Some(&code) = hits.get(i + 1).and_then(|h| h.entry.codes.last())
        {
            *support.entry(code).or_default() += 3;
        }
    }
    support
}

/// The country that the rest of the document speaks for most, the first where it speaks for none; and whether it is the first for want of
/// anything else.
fn choose(codes: &[CountryCode], support: &Support) -> (Option<CountryCode>, bool) {
    let count = |code: &CountryCode| support.get(code).copied().unwrap_or_default();
    let most = codes.iter().map(count).max().unwrap_or_default();
    let best = codes.iter().find(|code| count(code) == most);
    (best.copied(), codes.len() > 1 && most == 0)
}
