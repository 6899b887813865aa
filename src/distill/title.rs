//! Text → title: the headline where there is one, else the main clause of the lead. And the summary: the lead.
//! The title never is a label such as "COMMUNIQUÉ DE PRESSE" and never ends in the middle of a thought.

mod clause;
mod compose;
mod courtesy;
mod cues;
mod line;
mod words;

use std::collections::BTreeMap;

use clause::clause;
use compose::composed;
use courtesy::is_courtesy;
use cues::cues;
use line::{one_line, unmarked, wide, width};

use super::{
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    layout::{Layout, Zone},
    sentences::{is_abbreviation, sentences},
    text::Text,
};
use crate::model::Lang;

/// The summary ends before this, but for a first sentence that is longer.
const SUMMARY: usize = 300;
/// A first sentence that is longer than this is cut at a clause.
const LONGEST_SENTENCE: usize = 480;

/// Derives the title, fit to print. Never empty where the text is not.
pub fn title(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let headline = layout
        .blocks
        .iter()
        .filter(|b| b.zone == Zone::Headline)
        .map(|b| b.span)
        .reduce(|a, b| Span::new(a.start, b.end));
    if let Some(span) = headline {
        let value = unstopped(one_line(text.slice(span)));
        if !value.is_empty() {
            return finding(text, span, "headline", value, Confidence::new(0.93));
        }
    }
    let Some(lead) = lead(text, layout, lang) else {
        return first_line(text);
    };
    let (value, sure) = composed(&one_line(unmarked(text.slice(lead))), lang);
    let value = begun(value, lang);
    if value.trim().is_empty() {
        return first_line(text);
    }
    let mut found = finding(text, lead, "main clause of the lead", value, sure);
    if !sure.is_enough() {
        let doubt = "there is no headline, and the first sentence is hard to shorten";
        found.doubts.push(Doubt::new(doubt).at(lead));
    }
    found
}

/// The beginning of the first line with a word in it, where nothing else makes a title.
fn first_line(text: &Text) -> Finding<String> {
    const CHARACTERS: usize = 90;
    let mut start = 0;
    for line in text.decoded.split_inclusive('\n') {
        if line.chars().any(char::is_alphanumeric) {
            let span = Span::new(start, start + line.trim_end().len());
            let words: String = one_line(line).chars().take(CHARACTERS).collect();
            let value = words.trim().to_owned();
            let mut found = finding(text, span, "first line", value, Confidence::new(0.2));
            let doubt = "neither a headline nor a sentence makes a title";
            found.doubts.push(Doubt::new(doubt).at(span));
            return found;
        }
        start += line.len();
    }
    Finding::default()
}

/// A headline without its full stop, unless that belongs to an abbreviation or to more than one sentence.
fn unstopped(value: String) -> String {
    let Some(head) = value.strip_suffix(['.', '。']) else {
        return value;
    };
    let word = head.rsplit(' ').next().unwrap_or_default();
    if head.contains(['.', '。', '!', '?'])
        || word.chars().count() < 4
        || is_abbreviation(&word.to_lowercase())
    {
        return value;
    }
    head.to_owned()
}

/// Derives the summary: the lead sentence or sentences without the dateline.
pub fn summary(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let Some(lead) = lead(text, layout, lang) else {
        return Finding::default();
    };
    let mut value = begun(one_line(unmarked(text.slice(lead))), lang);
    if width(&value) > LONGEST_SENTENCE {
        let (head, sure) = clause(&value, lang, SUMMARY);
        if head.len() < value.len() {
            value = format!("{}…", head.trim_end_matches('…'));
        }
        return finding(text, lead, "main clause of the lead", value, sure);
    }
    let mut span = lead;
    let behind = text.slice(Span::new(lead.end, text.decoded.len()));
    let rest = lead.end + paragraph(behind);
    if let Some(next) = sentences(text, Span::new(lead.end, rest)).next() {
        let more = one_line(unmarked(text.slice(next)));
        let inside = matches!(layout.zone_at(next.start), Zone::Body | Zone::Lead);
        let ends = more.ends_with(['.', '!', '?', '。', '؟', '।', '»', '”', '"']);
        if inside && ends && width(&value) + width(&more) < SUMMARY {
            let gap = if wide(&value) { "" } else { " " };
            value = [&value, gap, &more].concat();
            span.end = next.end;
        }
    }
    let sure = match layout.zone_at(lead.start) {
        Zone::Lead => 0.9,
        Zone::Body => 0.8,
        _ => 0.5,
    };
    finding(text, span, "lead", value, Confidence::new(sure))
}

/// Where the empty line behind a paragraph begins, or the end.
fn paragraph(text: &str) -> usize {
    let mut ends = text.match_indices('\n').filter_map(|(at, _)| {
        let (line, rest) = text.split_at_checked(at)?;
        if rest.starts_with("\n\n") {
            return Some(at);
        }
        let line = line.strip_suffix('\r')?;
        rest.starts_with("\n\r\n").then_some(line.len())
    });
    ends.next().unwrap_or(text.len())
}

fn finding(
    text: &Text,
    span: Span,
    rule: &str,
    value: String,
    sure: Confidence,
) -> Finding<String> {
    let evidence = vec![Evidence {
        span,
        text: text.slice(span).into(),
        rule: rule.into(),
        weight: 1.0,
        value: value.as_str().into(),
        accepted: true,
    }];
    Finding {
        confidence: BTreeMap::from([(value.clone(), sure)]),
        value,
        evidence,
        doubts: Vec::new(),
    }
}

/// The lead sentence; where the layout names none, the first sentence of what is said, then of anything. Greetings and thanks are passed over.
fn lead(text: &Text, layout: &Layout, lang: &Lang) -> Option<Span> {
    let zones = [
        Zone::Lead,
        Zone::Body,
        Zone::Boilerplate,
        Zone::Header,
        Zone::Footer,
    ];
    let first = zones.iter().find_map(|zone| {
        let block = layout.first(*zone)?;
        sentences(text, block).find(|s| text.slice(*s).chars().any(char::is_alphanumeric))
    })?;
    if !is_courtesy(text.slice(first), lang) {
        return Some(first);
    }
    let end = text.decoded.ceil_char_boundary(first.end + FAR);
    let later = sentences(text, Span::new(first.end, end));
    let mut later = later.filter(|s| {
        let zone = layout.zone_at(s.start);
        let said = text.slice(*s);
        let whole = s.end < end || end == text.decoded.len();
        whole
            && matches!(zone, Zone::Lead | Zone::Body)
            && !is_courtesy(said, lang)
            && width(said) > NARROW
    });
    Some(later.next().unwrap_or(first))
}

/// So many bytes behind the first greeting what is said has begun.
const FAR: usize = 1500;
/// What is said is longer than this.
const NARROW: usize = 25;

/// With a capital at the beginning: a lead that goes on from "Dear colleagues," has none.
fn begun(value: String, lang: &Lang) -> String {
    let mut chars = value.chars();
    match (chars.next(), chars.clone().next()) {
        // `iPhone` is written so.
        (Some(first), second)
            if first.is_lowercase() && !second.is_some_and(char::is_uppercase) =>
        {
            let own = cues(lang).and_then(|c| {
                let mut pairs = c.capital.all().iter();
                pairs.find_map(|p| p.strip_prefix(first))
            });
            let capital = own.map_or_else(|| first.to_uppercase().collect(), str::to_owned);
            capital + chars.as_str()
        }
        _ => value,
    }
}
