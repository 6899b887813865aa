//! A briefing → those that have most in common with it: people, countries, topics, the rarer the more, and closeness in time.

use super::{Site, Terms, index::Position};

/// How many briefings are named as related.
const MOST: usize = 4;

/// How far a term's list is looked through to each side: what lies years apart is hardly related, and the work stays the same at any size.
const NEAR: usize = 24;

/// What a shared person weighs beside a shared country or topic.
const PERSON: f64 = 2.5;

/// Less is chance: one country or one common topic.
const ENOUGH: f64 = 0.5;

/// Days after which a briefing counts half.
const HALF: f64 = 120.0;

/// The positions of related briefings, the closest first.
pub fn related(site: &Site, at: Position) -> Vec<Position> {
    let Some(item) = site.briefings.get(at) else {
        return Vec::new();
    };
    let card = &item.card;
    let countries = card
        .countries
        .iter()
        .map(|c| c.as_str().to_ascii_lowercase());
    let topics = card.topics.iter().map(|t| t.as_str().to_owned());
    let people = item
        .entry
        .front
        .people
        .iter()
        .map(|p| p.name.to_lowercase());
    let mut found: Vec<(Position, f64)> = Vec::new();
    let mut add = |terms: &Terms, term: &str, weight: f64| {
        let Some(list) = terms.get(term) else { return };
        let rarity = weight / (list.len() as f64 + 1.0).ln();
        let here = list.partition_point(|other| *other < at);
        let near = list
            .iter()
            .take(here + NEAR)
            .skip(here.saturating_sub(NEAR));
        found.extend(near.filter(|o| **o != at).map(|other| (*other, rarity)));
    };
    countries.for_each(|term| add(&site.countries, &term, 1.0));
    topics.for_each(|term| add(&site.topics, &term, 1.0));
    people.for_each(|term| add(&site.people, &term, PERSON));
    found.sort_by_key(|(other, _)| *other);
    let mut best: Vec<(f64, Position)> = found
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|shared| {
            let other = shared.first()?.0;
            let score = shared.iter().fold(0.0, |sum, (_, rarity)| sum + rarity);
            // Nothing makes it greater.
            if score < ENOUGH {
                return None;
            }
            let it = &site.briefings.get(other)?.card;
            // Another version of the same is named elsewhere.
            let score = score * closeness(site, at, other);
            (it.translation_key != card.translation_key && score >= ENOUGH)
                .then_some((score, other))
        })
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    best.truncate(MOST);
    best.into_iter().map(|(_, other)| other).collect()
}

/// From 1 for the same day and language down to 0.
fn closeness(site: &Site, a: Position, b: Position) -> f64 {
    let card = |at: Position| site.briefings.get(at).map(|item| &item.card);
    let (Some(a), Some(b)) = (card(a), card(b)) else {
        return 0.0;
    };
    let days = match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.civil().duration_until(b.civil()).abs().as_hours() as f64 / 24.0,
        _ => HALF,
    };
    let language = if a.lang == b.lang { 1.0 } else { 0.7 };
    language * HALF / (HALF + days)
}
