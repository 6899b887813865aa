//! Mentions in their zones → which day the document is from, the events, and why.

use std::collections::BTreeMap;

use compact_str::{CompactString, ToCompactString};
use jiff::civil::Date;

use super::{
    Dates, certainty,
    embargo::embargo,
    events::events,
    lexicon::{Cat, cased},
    mention::{Hold, Mention, Shape, Turn},
    resolve::{Leaning, Resolved, YEAR, resolve},
    scan::Scan,
    surroundings::{ahead, alone, coming, cue, planned, told},
};
use crate::{
    distill::{
        evidence::{Doubt, Evidence, Finding, Span},
        layout::{Layout, Zone},
        text::Text,
        tokens::{Gap, Kind, Token},
    },
    model::{Precision, PubDate},
};

/// From this weight on, a date is one that the document states as its own.
pub(super) const STATED: f32 = 70.0;

/// A mention with what stands around it.
pub(super) struct Candidate {
    pub(super) mention: Mention,
    pub(super) span: Span,
    pub(super) zone: Zone,
    /// How many sentences of the body come before.
    pub(super) sentence: usize,
    pub(super) cue: Option<Cat>,
    /// Alone on its line but for a place.
    pub(super) alone: bool,
    /// Beside "said" or "announced": the day on which the news was given.
    pub(super) told: bool,
    /// In a sentence of what will be.
    pub(super) planned: bool,
}

/// Weighs all mentions and picks the day of the document.
pub(crate) fn choose(
    text: &Text,
    layout: &Layout,
    scan: &Scan<'_>,
    reference: Option<Date>,
) -> Finding<Dates> {
    let candidates = candidates(text, layout, scan);
    let hint = match reference {
        Some(_) => None,
        None => year_hint(scan),
    };
    // First what the document says of itself; then everything else, seen from that day.
    let stated: Vec<_> = candidates
        .iter()
        .map(|c| stated(c, reference.or(hint)))
        .collect();
    let own = stated
        .iter()
        .flatten()
        .filter_map(|(weight, found)| Some((*weight, found.as_ref()?)))
        .reduce(|best, next| if best.0 >= next.0 { best } else { next });
    let base = match own {
        Some((_, found)) if found.date.precision() != Precision::Month => Some(found.date.civil()),
        _ => reference,
    };
    let mut found: Vec<(f32, Resolved, &Candidate)> = Vec::with_capacity(candidates.len());
    let mut unresolved = None;
    for (candidate, stated) in candidates.iter().zip(stated) {
        let (weight, resolved) = stated.unwrap_or_else(|| {
            let leaning = match candidate.cue {
                Some(Cat::Due) => Leaning::Plan,
                _ if candidate.planned => Leaning::Plan,
                _ if base.is_none() => Leaning::Past,
                _ if candidate.told => Leaning::Event,
                _ => Leaning::Open,
            };
            let from = base.or_else(|| hint.filter(|_| anchored(&candidate.mention)));
            let resolved = resolve(&candidate.mention, from, leaning);
            (weigh_event(candidate), resolved)
        });
        match resolved {
            Some(resolved) => found.push((weight, resolved, candidate)),
            None => unresolved = unresolved.or(Some(candidate)),
        }
    }
    age(&mut found, reference);
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| {
        found[b]
            .0
            .total_cmp(&found[a].0)
            .then(found[a].2.span.cmp(&found[b].2.span))
    });
    let winner = order.first().copied().filter(|&at| found[at].0 > 0.0);
    let mut doubts = Vec::new();
    let mut confidence = BTreeMap::new();
    let date = winner.map(|at| {
        let date = settle(&found[at].1, reference);
        let sure = certainty::confidence(&found[at], &found, reference);
        doubts = certainty::doubts(text, &found[at], &found, sure);
        confidence.insert(date.to_string(), sure);
        date
    });
    let embargo = embargo(text, scan, &found);
    doubts.extend(embargo.doubts);
    if date.is_none()
        && let Some(candidate) = unresolved
    {
        doubts.push(Doubt::new(format!("“{}” dates the text only for who knows when it was received: give that day with --as-of", text.slice(candidate.span))).at(candidate.span));
    }
    let events = events(&found, date.as_ref());
    let mut evidence: Vec<Evidence> = order
        .iter()
        .map(|&at| {
            let (weight, resolved, candidate) = &found[at];
            Evidence {
                span: candidate.span,
                text: text.slice(candidate.span).into(),
                rule: rule(candidate, *weight),
                weight: *weight,
                value: if Some(at) == winner {
                    date.as_ref().unwrap_or(&resolved.date).to_compact_string()
                } else {
                    resolved.date.to_compact_string()
                },
                accepted: Some(at) == winner,
            }
        })
        .collect();
    evidence.extend(embargo.evidence);
    Finding {
        value: Dates {
            date,
            events,
            embargo_until: embargo.until,
        },
        confidence,
        evidence,
        doubts,
    }
}

/// Of a range, the last day that is past; else the first.
fn settle(resolved: &Resolved, reference: Option<Date>) -> PubDate {
    match (resolved.from, reference) {
        (Some(from), Some(reference)) if resolved.date.civil() > reference => PubDate::day(from),
        _ => resolved.date.clone(),
    }
}

fn candidates(text: &Text, layout: &Layout, scan: &Scan<'_>) -> Vec<Candidate> {
    let lead = layout.first(Zone::Lead).map_or(0, |s| s.start);
    let (mut sentence, mut counted) = (0, 0);
    let mut out = Vec::new();
    for mut mention in scan.mentions() {
        let (Some(first), Some(last)) = (
            scan.tokens.get(mention.first),
            scan.tokens.get(mention.last.saturating_sub(1)),
        ) else {
            continue;
        };
        let mut span = text.original(first.start(), last.end());
        let slice = text.slice(span);
        span.end = span.start + slice.trim_end().len();
        while counted < mention.first {
            sentence += usize::from(begins_sentence(scan, counted, lead));
            counted += 1;
        }
        let (told, planned) = (told(scan, &mention), planned(scan, &mention));
        if mention.hold == Hold::Planned && !planned {
            continue;
        }
        if let Shape::Offset(days) = mention.shape
            && mention.hold == Hold::Either
            && !ahead(scan, &mention)
        {
            mention.shape = Shape::Offset(-days);
        }
        if mention.shape == Shape::Weekday
            && matches!(mention.turn, None | Some(Turn::This))
            && !told
            && coming(scan, &mention)
        {
            mention.turn = Some(match mention.turn {
                Some(_) => Turn::Coming,
                None => Turn::Next,
            });
        }
        out.push(Candidate {
            cue: cue(scan, &mention),
            alone: alone(scan, &mention),
            told,
            planned,
            zone: layout.zone_at(span.start),
            mention,
            span,
            sentence,
        });
    }
    out
}

/// Whether a sentence of the body begins at a token.
fn begins_sentence(scan: &Scan<'_>, at: usize, lead: usize) -> bool {
    let Some(token) = scan.tokens.get(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| scan.tokens.get(before));
    let ended = token.gap >= Gap::Paragraph
        || before
            .filter(|t| t.kind == Kind::Punct)
            .is_some_and(|t| match t.text {
                "。" | "！" | "？" => true,
                "." | "!" | "?" | "؟" | "।" => {
                    token.gap >= Gap::Space && (scan.capital(at) || !cased(token))
                }
                _ => false,
            });
    ended && scan.text.original(token.start(), token.start()).start > lead
}

/// The weight of a date that the document states as the day of its publication, and the day that it is, read against `base`.
fn stated(c: &Candidate, base: Option<Date>) -> Option<(f32, Option<Resolved>)> {
    let explicit = match c.mention.shape {
        Shape::Day { .. } if c.mention.hold != Hold::Named => 3.0,
        Shape::DayMonth { .. } | Shape::SolarDay { .. } if c.mention.hold != Hold::Named => 1.0,
        Shape::Month { .. } => -12.0,
        Shape::DayOfMonth(_) if c.zone == Zone::Dateline => 0.0,
        Shape::Weekday if c.zone == Zone::Dateline => -10.0,
        _ => return None,
    };
    let place = match (c.zone, c.cue) {
        (Zone::Header | Zone::Footer | Zone::Dateline, Some(Cat::Embargo)) => 106.0,
        (Zone::Header | Zone::Footer, Some(Cat::Issued)) => 100.0,
        (Zone::Dateline, _) => 98.0,
        (Zone::Header | Zone::Footer, Some(Cat::Changed)) => 84.0,
        // "Pressemitteilung Nr. 23 vom 11. Februar 2026" has a word of history, and states its day all the same.
        (Zone::Header, Some(Cat::Since)) if c.alone => 86.0,
        (Zone::Header, Some(Cat::Since)) | (Zone::Footer, Some(Cat::Since | Cat::Due)) => {
            return None;
        }
        (Zone::Header, _) => 95.0,
        (Zone::Footer, _) if c.alone => 88.0,
        (Zone::Body, Some(Cat::Issued | Cat::Changed)) if c.alone => 82.0,
        (Zone::Body, None) if c.alone && matches!(c.mention.shape, Shape::Day { .. }) => 72.0,
        _ => return None,
    };
    let found = resolve(&c.mention, base, Leaning::Past);
    let days = base
        .zip(found.as_ref())
        .map(|(base, found)| base.duration_since(found.date.civil()).as_hours() / 24);
    // "Concert le samedi 25 avril" at the foot of an invitation: the last such Saturday is years ago, so it is the next that is meant.
    let announced = matches!(c.mention.shape, Shape::DayMonth { .. })
        && c.mention.weekday.is_some()
        && matches!(c.zone, Zone::Footer | Zone::Header)
        && days.is_some_and(|days| days > YEAR);
    // At the foot or within the text, a day alone on its line is that of the document only where it has just passed.
    let far = c.cue.is_none()
        && matches!(c.zone, Zone::Footer | Zone::Body)
        && days.is_some_and(|days| days < -1 || c.zone == Zone::Body && (c.planned || days > YEAR));
    (!announced && !far).then_some((place + explicit, found))
}

/// The weight of a dated event.
fn weigh_event(c: &Candidate) -> f32 {
    let place = match c.zone {
        Zone::Lead => 60.0,
        Zone::Headline => 50.0,
        Zone::Boilerplate => 5.0,
        Zone::Footer => 20.0,
        _ => 46.0 - 2.0 * (c.sentence.min(12) as f32),
    };
    let shape = match c.mention.shape {
        Shape::Day { .. } => 4.0,
        Shape::DayMonth { .. } | Shape::SolarDay { .. } | Shape::Easter { .. } => 3.0,
        Shape::Weekday => 1.0,
        Shape::DayOfMonth(_) => 0.5,
        Shape::Offset(_) | Shape::DayIn { .. } | Shape::Nth { .. } => 2.0,
        Shape::Month { .. } | Shape::MonthOf { .. } | Shape::Months(_) => -16.0,
    };
    let cue = match c.cue {
        Some(Cat::Due) => -38.0,
        // "Angaben vom Mittwoch" are of this week.
        Some(Cat::Since) if !matches!(c.mention.shape, Shape::Weekday | Shape::Offset(_)) => -48.0,
        _ => 0.0,
    };
    let feast = if c.mention.hold == Hold::Named {
        -12.0
    } else {
        0.0
    };
    let told = if c.told { 5.0 } else { 0.0 } - if c.mention.opens { 0.5 } else { 0.0 };
    let planned = if c.planned && c.zone != Zone::Lead {
        -10.0
    } else {
        0.0
    };
    place + shape + cue + told + planned + feast
}

/// What a day after the day of receipt loses beside those before it.
const COMING: f32 = 30.0;

/// A day of history is far older than another that the text states, or, outside the lead, than the day of receipt.
fn age(found: &mut [(f32, Resolved, &Candidate)], reference: Option<Date>) {
    let newest = found
        .iter()
        .filter(|(weight, ..)| *weight > 20.0)
        .map(|(_, r, _)| r.date.civil())
        .max();
    for (weight, resolved, candidate) in found.iter_mut().filter(|(w, ..)| *w < STATED) {
        let before = |day: Option<Date>| {
            day.map_or(0, |d| {
                resolved.date.civil().duration_until(d).as_hours() / 24
            })
        };
        let month = matches!(candidate.mention.shape, Shape::Month { .. });
        let told = candidate.zone == Zone::Lead && !month;
        if before(newest) > 300 || before(reference) > 400 && !told {
            *weight -= 48.0;
        }
        // No text is from a day after the one on which it came.
        if before(reference) < -1 && *weight > 0.0 {
            *weight = (*weight - COMING).max(1.0);
        }
    }
}

/// Without a day of receipt, the newest year that the text names places a day and month.
fn year_hint(scan: &Scan<'_>) -> Option<Date> {
    scan.tokens
        .iter()
        .filter(|t| t.text.len() == 4)
        .filter_map(Token::number)
        .filter(|y| (1990..2100).contains(y))
        .max()
        .and_then(|y| Date::new(i16::try_from(y).ok()?, 12, 31).ok())
}

/// Whether a year is all that a mention lacks.
fn anchored(mention: &Mention) -> bool {
    matches!(
        mention.shape,
        Shape::DayMonth { .. } | Shape::SolarDay { .. } | Shape::Nth { .. } | Shape::Easter { .. }
    )
}

fn rule(c: &Candidate, weight: f32) -> CompactString {
    let place = match c.zone {
        Zone::Header => "header",
        Zone::Headline => "headline",
        Zone::Dateline => "dateline",
        Zone::Lead => "lead",
        Zone::Body => "body",
        Zone::Boilerplate => "boilerplate",
        Zone::Footer => "footer",
    };
    let cue = match c.cue {
        Some(Cat::Embargo) => ", embargo",
        Some(Cat::Issued) => ", day of publication",
        Some(Cat::Changed) => ", day of change",
        Some(Cat::Due) => ", deadline or plan",
        Some(Cat::Since) => ", history",
        _ => "",
    };
    let day = if c.mention.weekday.is_some() && c.mention.shape != Shape::Weekday {
        "weekday + "
    } else {
        ""
    };
    let old = if weight < 0.0 { ", too weak" } else { "" };
    let mut rule = CompactString::const_new("");
    for part in [place, ": ", day, c.mention.rule, cue, old] {
        rule.push_str(part);
    }
    rule
}
