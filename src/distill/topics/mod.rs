//! Text → topics of the vocabulary: Σ weight × zone × (1 + ln tf) over trigger terms, with a floor. No corpus statistics: one document never
//! depends on the others. Each hit is evidence, and the weights of a topic's evidence add up to its score.

mod compiled;
mod edges;
pub(super) mod matcher;
mod next;
pub(super) mod terms;

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    layout::{Layout, Zone},
    runs::Run,
    text::Text,
    vocabulary::Vocabulary,
};
use crate::model::{Lang, TopicSlug};
use compiled::Compiled;
use matcher::{Hit, Matcher};

/// Below this score nothing is said: one plain word in the body is no topic.
const FLOOR: f32 = 4.0;
/// A topic needs this share of the strongest topic's score, up to [`DOMINANT`] …
const RELATIVE_FLOOR: f32 = 0.36;
/// … and of what goes beyond that, a smaller share: one topic that a long text repeats must not silence the others.
const DOMINANT: f32 = 16.0;
const BEYOND: f32 = 0.16;
/// … but never more than this: what one telling word in the headline gives.
const ENOUGH: f32 = 12.0;
/// … and a topic beside the first must be this sure: one strong word in passing is no topic.
const BESIDE: Confidence = Confidence::hundredths(55);
/// A term of this weight tells its topic by itself; lighter ones need another beside them, however often they are repeated.
const TELLING: f32 = 3.0;
/// No briefing is about more than this.
const CAP: usize = 5;

/// Derives the topics, most salient first.
pub fn topics(
    text: &Text,
    layout: &Layout,
    lang: &Lang,
    vocabulary: &Vocabulary,
) -> Finding<Vec<TopicSlug>> {
    topics_of(text, &text.runs(), layout, lang, vocabulary)
}

/// [`topics`] with the runs of the text.
pub(crate) fn topics_of(
    text: &Text,
    runs: &[Run],
    layout: &Layout,
    lang: &Lang,
    vocabulary: &Vocabulary,
) -> Finding<Vec<TopicSlug>> {
    let matcher = vocabulary.matcher(lang);
    let hits = hits_by_term(&matcher, text, runs);
    let mut clues: Vec<Clue<'_>> = Vec::with_capacity(hits.len());
    let mut scores: Vec<Score> = Vec::with_capacity(16);
    let mut spans: Vec<(Span, f32)> = Vec::new();
    for hits in hits.chunk_by(|a, b| a.1.topic == b.1.topic) {
        let Some(&(_, Compiled { topic, .. })) = hits.first() else {
            continue;
        };
        if vocabulary.topics.get(*topic).is_none() {
            continue;
        }
        let mut score = Score::new(*topic);
        for hits in hits.chunk_by(|(a, _), (b, _)| a.term == b.term) {
            let Some((_, term)) = hits.first() else {
                continue;
            };
            spans.clear();
            spans.extend(
                hits.iter()
                    .map(|(hit, _)| text.original(hit.start, hit.end))
                    .map(|span| (span, zone_factor(layout.zone_at(span.start))))
                    .filter(|&(_, zone)| zone > 0.0),
            );
            if spans.len() < term.min as usize {
                continue;
            }
            let best = spans.iter().map(|s| s.1).fold(0.0, f32::max);
            let weight = term.weight * best;
            score.terms += 1;
            score.prominent |= best > 1.0;
            score.telling |= term.weight >= TELLING || term.own;
            for (nth, (span, _)) in (1u16..).zip(&spans) {
                let n = f32::from(nth);
                let share = if nth == 1 {
                    1.0
                } else {
                    n.ln() - (n - 1.0).ln()
                };
                score.sum += weight * share;
                clues.push(Clue {
                    span: *span,
                    term,
                    weight: weight * share,
                });
            }
        }
        scores.push(score);
    }
    let (needed, chosen) = choose(scores);
    let mut value: Vec<TopicSlug> = Vec::new();
    let mut confidence = BTreeMap::new();
    for score in &chosen {
        if let Some(topic) = vocabulary.topics.get(score.topic) {
            confidence.insert(topic.slug.to_string(), score.confidence(needed));
            value.push(topic.slug.clone());
        }
    }
    clues.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.cmp(&b.span)));
    let mut evidence = Vec::with_capacity(clues.len());
    evidence.extend(
        clues
            .iter()
            .filter_map(|clue| clue.evidence(text, vocabulary, &chosen)),
    );
    let mut doubts = Vec::new();
    if value.is_empty() {
        doubts.push(Doubt::new(
            "no topic of the vocabulary was found: give one, or add the text's own words to topics.yaml",
        ));
    }
    Finding {
        value,
        confidence,
        evidence,
        doubts,
    }
}

/// One hit that counts.
struct Clue<'m> {
    span: Span,
    term: &'m Compiled,
    weight: f32,
}

impl Clue<'_> {
    fn evidence(&self, text: &Text, vocabulary: &Vocabulary, chosen: &[Score]) -> Option<Evidence> {
        let topic = self.term.topic;
        Some(Evidence {
            span: self.span,
            text: text.slice(self.span).into(),
            rule: CompactString::from(&*self.term.pattern),
            weight: self.weight,
            value: vocabulary.topics.get(topic)?.slug.as_str().into(),
            accepted: chosen.iter().any(|score| score.topic == topic),
        })
    }
}

/// What one topic has for it.
#[derive(Clone, Copy, Debug)]
struct Score {
    topic: usize,
    sum: f32,
    /// How many of its terms the text has.
    terms: u8,
    /// Whether one stands in the headline or lead.
    prominent: bool,
    /// Whether one tells the topic by itself.
    telling: bool,
}

impl Score {
    fn new(topic: usize) -> Self {
        Self {
            topic,
            sum: 0.0,
            terms: 0,
            prominent: false,
            telling: false,
        }
    }

    /// How sure the topic is: by what goes beyond the floor, by several terms, by the headline or lead.
    fn confidence(&self, needed: f32) -> Confidence {
        let beyond = (self.sum / needed - 1.0).clamp(0.0, 1.0);
        let terms = f32::from(self.terms.min(4)) - 1.0;
        let place = if self.prominent { 0.1 } else { 0.0 };
        Confidence::new(0.45 + 0.2 * beyond + 0.08 * terms + place)
    }
}

/// The strongest topics that clear both floors, and the score that they needed; equal scores keep the vocabulary's order.
fn choose(mut scores: Vec<Score>) -> (f32, Vec<Score>) {
    scores.sort_by(|a, b| b.sum.total_cmp(&a.sum).then(a.topic.cmp(&b.topic)));
    let top = scores.first().map_or(0.0, |s| s.sum);
    let needed = top.min(DOMINANT) * RELATIVE_FLOOR + (top - DOMINANT).max(0.0) * BEYOND;
    let needed = needed.clamp(FLOOR, ENOUGH);
    scores.retain(|s| s.sum >= needed && (s.telling || s.terms > 1));
    let mut nth = 0;
    scores.retain(|s| {
        nth += 1;
        nth == 1 || s.confidence(needed) >= BESIDE
    });
    scores.truncate(CAP);
    (needed, scores)
}

/// What a hit in a zone counts, where one in the body counts 1.
fn zone_factor(zone: Zone) -> f32 {
    match zone {
        Zone::Headline => 3.0,
        Zone::Lead => 2.0,
        Zone::Body => 1.0,
        Zone::Header => 0.4,
        Zone::Boilerplate => 0.2,
        Zone::Dateline | Zone::Footer => 0.0,
    }
}

/// The hits by topic, term and place, without those that lie inside another hit for the same topic, or inside a phrase that tells another one.
fn hits_by_term<'m>(matcher: &'m Matcher, text: &Text, runs: &[Run]) -> Vec<(Hit, &'m Compiled)> {
    let found = matcher.hits(&text.folded, runs);
    let mut hits: Vec<(Hit, &Compiled)> = Vec::with_capacity(found.len());
    for hit in found {
        hits.extend(matcher.term(hit.term).map(|term| (hit, term)));
    }
    // Two that are equal in all of this are the same hit of the same term.
    hits.sort_unstable_by(|(a, x), (b, y)| {
        a.start
            .cmp(&b.start)
            .then_with(|| b.end.cmp(&a.end))
            .then_with(|| y.weight.total_cmp(&x.weight))
            .then_with(|| a.term.cmp(&b.term))
    });
    // Where the last hit of each topic ends.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut phrase: Option<(Hit, usize)> = None;
    hits.retain(|&(hit, term)| {
        let inside = |(whole, topic): (Hit, usize)| {
            topic != term.topic && hit.end <= whole.end && hit.length() < whole.length()
        };
        let last = ends.iter_mut().find(|(topic, _)| *topic == term.topic);
        if last.as_ref().is_some_and(|(_, end)| hit.end <= *end) || phrase.is_some_and(inside) {
            return false;
        }
        match last {
            Some((_, end)) => *end = hit.end,
            None => ends.push((term.topic, hit.end)),
        }
        if term.is_phrase() {
            phrase = Some((hit, term.topic));
        }
        true
    });
    hits.sort_unstable_by_key(|(hit, term)| (term.topic, hit.term, hit.start));
    hits
}
