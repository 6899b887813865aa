//! A header that forbids publication → until when. A trade embargo is none, and a time without its zone holds the whole day.

use compact_str::ToCompactString;

use super::{choose::Candidate, lexicon::Cat, resolve::Resolved, scan::Scan};
use crate::{
    distill::{
        evidence::{Doubt, Evidence},
        layout::Zone,
        text::Text,
        tokens::{Gap, Kind, Token},
    },
    model::PubDate,
};

/// Minutes east of UTC of the abbreviations that mean one zone in press documents. `IST`, `CST` and the like mean several and are left out.
const ZONES: [(&str, i32); 34] = [
    ("gmt", 0),
    ("utc", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("wat", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("cat", 120),
    ("sast", 120),
    ("eest", 180),
    ("eat", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("pkt", 300),
    ("wib", 420),
    ("ict", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("nzst", 720),
    ("brt", -180),
    ("edt", -240),
    ("est", -300),
    ("mdt", -360),
    ("pdt", -420),
    ("pst", -480),
];

/// The end of an embargo.
#[derive(Debug, Default)]
pub(super) struct Embargo {
    pub(super) until: Option<PubDate>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) doubts: Vec<Doubt>,
}

/// The first embargo that the header, or a line above the text, states.
pub(super) fn embargo(
    text: &Text,
    scan: &Scan<'_>,
    found: &[(f32, Resolved, &Candidate)],
) -> Embargo {
    let Some((_, resolved, c)) = found.iter().find(|(_, _, c)| states(scan, c)) else {
        return Embargo::default();
    };
    let day = resolved.date.civil();
    let from = line_start(scan, c.mention.first);
    let to = line_end(scan, c.mention.last);
    let time = (from..to)
        .filter(|i| !(c.mention.first..c.mention.last).contains(i))
        .find_map(|i| time(scan, i));
    let zone = (from..to).find_map(|i| zone(scan, i));
    let instant = time
        .zip(zone)
        .and_then(|((hour, minute), offset)| instant(day, hour, minute, offset));
    let mut doubts = Vec::new();
    if instant.is_none() {
        let missing = match (time, zone) {
            (None, _) => "no hour",
            (_, None) => "no time zone that is known",
            _ => "an hour that can't be read",
        };
        doubts.push(
            Doubt::new(format!(
                "the embargo names {missing}: it is taken to hold to the end of {day} everywhere"
            ))
            .at(c.span),
        );
    }
    let until = instant.unwrap_or_else(|| PubDate::day(day));
    Embargo {
        evidence: vec![Evidence {
            span: c.span,
            text: text.slice(c.span).into(),
            rule: "embargo until".into(),
            weight: 100.0,
            value: until.to_compact_string(),
            accepted: true,
        }],
        until: Some(until),
        doubts,
    }
}

/// Whether a date is the end of an embargo: the word stands first on its line, above the text.
fn states(scan: &Scan<'_>, c: &Candidate) -> bool {
    if c.cue != Some(Cat::Embargo) || matches!(c.zone, Zone::Boilerplate | Zone::Footer) {
        return false;
    }
    let start = line_start(scan, c.mention.first);
    let end = line_end(scan, c.mention.last);
    // "The embargo on arms ends on 27 January." is a sentence, not a header.
    let sentence = end > 0 && scan.one_of(end - 1, &[".", "。", "।"]);
    if (start..end).any(|i| scan.entry(i, Cat::NoEmbargo).is_some()) {
        return false;
    }
    let firm = word(scan, c.mention.first, c.mention.last);
    let heads = !sentence || c.zone == Zone::Header && opens(scan, start);
    c.sentence == 0 && firm.is_some_and(|firm| firm == Firm::Phrase || heads)
}

/// How surely an embargo word means this header's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Firm {
    /// It stands where a header has it.
    Place,
    /// It says of a text that it is under embargo, wherever it stands.
    Phrase,
}

/// The word that forbids publication of what has the date `first..last` in its header: among the first words of the line or behind a bar, at the
/// end of the line, or alone on the line above.
pub(super) fn word(scan: &Scan<'_>, first: usize, last: usize) -> Option<Firm> {
    if !scan.says(Cat::Embargo) {
        return None;
    }
    let entry = |i: usize| scan.entry(i, Cat::Embargo).map(|(_, end)| end);
    let (start, end) = (line_start(scan, first), line_end(scan, last));
    let spoken = |i: &usize| scan.tok(*i).is_some_and(|t| t.kind != Kind::Punct);
    let mut opened = 0;
    for i in start..first {
        if scan.one_of(i, &["|", "/", "•", "·"]) {
            opened = 0;
        }
        if let Some(after) = entry(i).filter(|after| *after <= first) {
            // `is under embargo until`
            if after - i >= 4 {
                return Some(Firm::Phrase);
            }
            // "STRICTLY EMBARGOED", "Strictly under embargo": one word may come before.
            if opened <= 2 {
                return Some(Firm::Place);
            }
        }
        opened += usize::from(spoken(&i));
    }
    let closes = |i: usize| entry(i).is_some_and(|after| !(after..end).any(|i| spoken(&i)));
    if (last..end).any(closes) {
        return Some(Firm::Place);
    }
    // `EMBARGOED UNTIL:` above, the day below.
    let alone = !(start..first).any(|i| spoken(&i) && scan.entry(i, Cat::Weekday).is_none());
    let above = start.checked_sub(1).filter(|_| alone)?;
    let top = line_start(scan, above);
    let close = scan.tok(start).is_some_and(|t| t.gap == Gap::Line);
    let after = (top..start).find(spoken).and_then(entry)?;
    let short = (after..start).filter(|i| spoken(i)).count() <= 2;
    (close && short).then_some(Firm::Place)
}

/// Whether the line that begins at a token begins with the word.
fn opens(scan: &Scan<'_>, start: usize) -> bool {
    let end = line_end(scan, start);
    let first = (start..end).find(|i| scan.tok(*i).is_some_and(|t| t.kind != Kind::Punct));
    first.is_some_and(|i| scan.entry(i, Cat::Embargo).is_some())
}

/// Tokens on either side of a date that are looked at: no header's line is longer.
const LINE: usize = 60;

fn line_start(scan: &Scan<'_>, at: usize) -> usize {
    let earliest = at.saturating_sub(LINE);
    (earliest..=at)
        .rev()
        .find(|&i| scan.tokens.get(i).is_some_and(|t| t.gap >= Gap::Line))
        .unwrap_or(earliest)
}

fn line_end(scan: &Scan<'_>, at: usize) -> usize {
    let latest = (at + LINE).min(scan.tokens.len());
    (at..latest)
        .find(|&i| scan.tokens.get(i).is_some_and(|t| t.gap >= Gap::Line))
        .unwrap_or(latest)
}

/// 10:00, 10h00, 10.30, 14 Uhr, 9 a.m., 00:01 hrs, 10時: the hour and minute that begin at a token.
fn time(scan: &Scan<'_>, at: usize) -> Option<(i8, i8)> {
    let number = |i: usize, most: i32| {
        scan.tok(i)
            .filter(|t| t.text.len() <= 2)?
            .number()
            .filter(|n| (0..=most).contains(n))
            .and_then(|n| i8::try_from(n).ok())
    };
    let hour = number(at, 24)?;
    if at > 0 && scan.joined(at) && scan.one_of(at - 1, &[":", ".", "/", "-", "+"]) {
        return None;
    }
    let (minute, next) = if (scan.one_of(at + 1, &[":", "."])
        || scan.cat(at + 1, Cat::Clock).is_some())
        && scan.tok(at + 2).is_some_and(|t| t.text.len() == 2)
        && let Some(minute) = number(at + 2, 59)
    {
        (Some(minute), at + 3)
    } else {
        (None, at + 1)
    };
    // a.m., am, p. m.
    let half = match scan.tok(next).map(|t| t.text) {
        Some("am" | "a") if next_is_m(scan, next) => Some(0),
        Some("pm" | "p") if next_is_m(scan, next) => Some(12),
        _ => None,
    };
    let marked = scan.cat(next, Cat::Clock).is_some();
    if minute.is_none() && half.is_none() && !marked {
        return None;
    }
    let hour = match half {
        Some(0) if hour == 12 => 0,
        Some(12) if hour < 12 => hour + 12,
        _ => hour,
    };
    Some((hour, minute.unwrap_or(0)))
}

fn next_is_m(scan: &Scan<'_>, at: usize) -> bool {
    scan.tok(at).is_some_and(|t| t.text.chars().count() > 1)
        || scan.is(at + 1, ".") && scan.is(at + 2, "m")
        || scan.is(at + 1, "m")
}

/// GMT, UTC+3, (CET): minutes east of UTC of the zone at a token.
fn zone(scan: &Scan<'_>, at: usize) -> Option<i32> {
    let token = scan.tok(at)?;
    let base = ZONES
        .iter()
        .find(|(name, _)| token.is(name))
        .map(|(_, offset)| *offset)?;
    // "est" and "cat" are words; a zone is written in capitals.
    let capitals = scan
        .text
        .slice(scan.text.original(token.start(), token.end()))
        .chars()
        .all(char::is_uppercase);
    if !capitals {
        return None;
    }
    let sign = match scan.tok(at + 1).map(|t| t.text) {
        Some("+") => 1,
        Some("-" | "−" | "–") => -1,
        _ => return Some(base),
    };
    match scan
        .tok(at + 2)
        .filter(|t| t.gap == Gap::None)
        .and_then(Token::number)
    {
        Some(hours) if base == 0 && hours <= 14 => Some(sign * hours * 60),
        _ => Some(base),
    }
}

/// The moment as RFC 3339. 24:00 is the next day's midnight.
fn instant(day: jiff::civil::Date, hour: i8, minute: i8, offset: i32) -> Option<PubDate> {
    let (day, hour) = if hour == 24 {
        (day.tomorrow().ok()?, 0)
    } else {
        (day, hour)
    };
    let zone = match offset {
        0 => "Z".to_owned(),
        minutes => format!(
            "{}{:02}:{:02}",
            if minutes < 0 { '-' } else { '+' },
            minutes.abs() / 60,
            minutes.abs() % 60
        ),
    };
    format!("{day}T{hour:02}:{minute:02}:00{zone}").parse().ok()
}
