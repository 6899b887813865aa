//! Text → people (role word + name) and organisations (head words, "Long Name (ACRO)"). Precision before recall: what could as well be a
//! place, a street or a month is left out.

mod cased;
mod lexicon;
mod names;
mod organisations;
mod uncased;
mod words;

use std::collections::BTreeMap;

use super::{
    Person,
    evidence::{Evidence, Finding, Span},
    layout::{Layout, Zone},
    text::Text,
};
use crate::model::Lang;
use lexicon::lexicon;

/// A name as found: where, what role goes with it, which rule and how sure.
#[derive(Clone, Debug)]
struct Sighting {
    span: Span,
    name: String,
    role: String,
    rule: &'static str,
    weight: f32,
}

/// A person of whom no sighting weighs this much is nobody's evidence but a short reference.
const CERTAIN: f32 = 1.0;

/// Derives the people, in text order.
pub fn people(text: &Text, layout: &Layout, lang: &Lang) -> Finding<Vec<Person>> {
    let mut sightings = if is_uncased(lang) {
        uncased::people(text, lexicon(lang.primary()), lang)
    } else {
        names::people(text, lang)
    };
    sightings.retain(|s| {
        !matches!(
            layout.zone_at(s.span.start),
            Zone::Header | Zone::Footer | Zone::Dateline
        )
    });
    merge(text, &sightings)
}

/// Derives the organisations, in text order.
pub fn organisations(text: &Text, layout: &Layout, lang: &Lang) -> Finding<Vec<String>> {
    let mut sightings = if is_uncased(lang) {
        uncased::organisations(text, lexicon(lang.primary()), lang)
    } else {
        let mut found = organisations::organisations(text, lang);
        let people = names::people(text, lang);
        found.retain_mut(|organisation| end_before_people(text, organisation, &people));
        found
    };
    sightings.retain(|s| !matches!(layout.zone_at(s.span.start), Zone::Footer | Zone::Dateline));
    sightings.sort_by_key(|s| (s.span.start, s.span.end));
    let mut value: Vec<String> = Vec::new();
    let mut evidence = Vec::new();
    for s in sightings {
        if !value.iter().any(|v| names::same_inflected(v, &s.name)) {
            value.push(s.name.clone());
        }
        evidence.push(proof(text, &s, s.name.clone(), true));
    }
    Finding {
        value,
        evidence,
        confidence: BTreeMap::new(),
        doubts: Vec::new(),
    }
}

/// `Instytutu Informatyki Hanna Dębska`: where a person's name follows, the organisation's has ended. False where nothing is left of it.
fn end_before_people(text: &Text, organisation: &mut Sighting, people: &[Sighting]) -> bool {
    let span = organisation.span;
    let Some(person) = people
        .iter()
        .filter(|p| p.weight >= CERTAIN && p.span.start < span.end && p.span.end >= span.end)
        .map(|p| p.span.start)
        .min()
    else {
        return true;
    };
    if person <= span.start {
        return true;
    }
    let kept: Vec<&str> = text
        .slice(Span::new(span.start, person))
        .split_whitespace()
        .collect();
    organisation.name = kept.join(" ");
    organisation.span.end = span.start + text.slice(Span::new(span.start, person)).trim_end().len();
    kept.len() > 1
}

fn is_uncased(lang: &Lang) -> bool {
    matches!(
        lang.primary(),
        "ar" | "fa" | "he" | "ur" | "ps" | "zh" | "ja" | "ko" | "th" | "hi" | "bn" | "ta"
    )
}

/// Joins the sightings of one person: the longest form names it, the first role describes it.
fn merge(text: &Text, sightings: &[Sighting]) -> Finding<Vec<Person>> {
    let mut people: Vec<Person> = Vec::new();
    let mut owner: Vec<Option<usize>> = Vec::new();
    // Full names first, so that a short reference finds its person even where it comes earlier.
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&i| {
        sightings
            .get(i)
            .map_or((true, 0), |s| (s.weight < CERTAIN, s.span.start))
    });
    owner.resize(sightings.len(), None);
    for i in order {
        let Some(s) = sightings.get(i) else { continue };
        let known = people
            .iter()
            .position(|p| names::same_person(&p.name, &s.name));
        let place = match known {
            Some(place) => place,
            None if s.weight >= CERTAIN => {
                people.push(Person {
                    name: s.name.clone(),
                    role: String::new(),
                });
                people.len() - 1
            }
            None => continue,
        };
        if let Some(person) = people.get_mut(place) {
            if person.role.is_empty() {
                person.role.clone_from(&s.role);
            }
            if s.weight >= CERTAIN && s.name.split(' ').count() > person.name.split(' ').count() {
                person.name.clone_from(&s.name);
            }
        }
        if let Some(slot) = owner.get_mut(i) {
            *slot = Some(place);
        }
    }
    let evidence = sightings
        .iter()
        .zip(&owner)
        .map(|(s, place)| {
            let name = place
                .and_then(|p| people.get(p))
                .map_or_else(|| s.name.clone(), |p| p.name.clone());
            proof(text, s, name, place.is_some())
        })
        .collect();
    Finding {
        value: people,
        evidence,
        confidence: BTreeMap::new(),
        doubts: Vec::new(),
    }
}

fn proof(text: &Text, s: &Sighting, value: String, accepted: bool) -> Evidence {
    Evidence {
        span: s.span,
        text: text.slice(s.span).to_owned(),
        rule: s.rule.to_owned(),
        weight: s.weight,
        value,
        accepted,
    }
}
