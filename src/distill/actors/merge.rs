//! Sightings → values, each once: the fullest form names a person, the first role describes it; an organisation's cases are one.
//! What a person should look at becomes a doubt.

mod standing;

use standing::Names;

use super::{
    Sighting,
    lexicon::{HAN, HANGUL, INFLECTS, KANA, Lexicon, fold, root},
    names::same_person,
};
use crate::distill::{
    Person,
    evidence::{Confidence, Doubt, Evidence, Finding},
    table::{ByHash, hash},
    text::Text,
};

/// A person of whom no sighting weighs this much is nobody's evidence but a short reference.
const CERTAIN: f32 = 1.0;
/// What each further sighting takes of the rest that is missing to certainty.
const AGAIN: f32 = 0.1;

/// Sightings of one name are brought together by the beginning of a word; its ending may differ.
fn key(word: &str) -> u64 {
    hash(root(word))
}

struct Known<'a> {
    person: Person,
    words: Vec<&'a str>,
    missing: f32,
}

/// Joins the sightings of people.
pub(super) fn people(
    text: &Text,
    lexicon: &Lexicon,
    sightings: &[Sighting],
) -> Finding<Vec<Person>> {
    if sightings.is_empty() {
        return Finding::default();
    }
    let inflects = lexicon.has(INFLECTS);
    let folded: Vec<String> = sightings.iter().map(|s| fold(&s.name)).collect();
    let mut people: Vec<Known<'_>> = Vec::new();
    let mut by_key: ByHash<Vec<usize>> = ByHash::default();
    let mut owner: Vec<Option<usize>> = vec![None; sightings.len()];
    // Full names first, so that a short reference finds its person even where it comes earlier.
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&i| {
        sightings
            .get(i)
            .map_or((true, 0), |s| (s.weight < CERTAIN, s.span.start))
    });
    for i in order {
        let (Some(s), Some(folded)) = (sightings.get(i), folded.get(i)) else {
            continue;
        };
        let words: Vec<&str> = folded.split(' ').collect();
        let ends = [words.last(), words.first()].map(|word| word.map_or(0, |w| key(w)));
        let known = ends
            .iter()
            .filter_map(|key| by_key.get(key))
            .flatten()
            .copied()
            .filter(|&p| {
                people
                    .get(p)
                    .is_some_and(|p| same_person(&p.words, &words, inflects))
            })
            .min();
        let place = match known {
            Some(place) => place,
            None if s.weight >= CERTAIN => {
                people.push(Known {
                    person: Person {
                        name: s.name.clone(),
                        role: String::new(),
                    },
                    words: words.clone(),
                    missing: 1.0,
                });
                people.len() - 1
            }
            None => continue,
        };
        if let Some(known) = people.get_mut(place) {
            if known.person.role.is_empty() {
                known.person.role.clone_from(&s.role);
            }
            if s.weight >= CERTAIN && words.len() > known.words.len() {
                known.person.name.clone_from(&s.name);
                known.words.clone_from(&words);
            }
            known.missing = more_sure(known.missing, s.sure);
        }
        for key in ends {
            let places = by_key.entry(key).or_default();
            if !places.contains(&place) {
                places.push(place);
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
                .map_or_else(|| s.name.clone(), |p| p.person.name.clone());
            proof(text, s, name, place.is_some())
        })
        .collect();
    let mut finding: Finding<Vec<Person>> = Finding {
        evidence,
        ..Finding::default()
    };
    for (place, known) in people.into_iter().enumerate() {
        let first = owner
            .iter()
            .position(|o| *o == Some(place))
            .and_then(|i| sightings.get(i));
        let sure = Confidence::new(1.0 - known.missing);
        if !sure.is_enough()
            && let Some(s) = first
        {
            let message = format!("“{}” may be no person", known.person.name);
            finding.doubts.push(Doubt::new(message).at(s.span));
        }
        finding.confidence.insert(known.person.name.clone(), sure);
        finding.value.push(known.person);
    }
    finding
}

/// Joins the sightings of organisations.
pub(super) fn organisations(
    text: &Text,
    lexicon: &Lexicon,
    mut sightings: Vec<Sighting>,
) -> Finding<Vec<String>> {
    let mut finding: Finding<Vec<String>> = Finding::default();
    if sightings.is_empty() {
        return finding;
    }
    sightings.sort_by_key(|s| (s.span.start, s.span.end));
    let mut names = Names::of(&sightings);
    names.stand_for_longer();
    if lexicon.has(HAN | KANA | HANGUL) {
        names.stand_for_companies(lexicon.list("companyforms"));
    }
    let mut by_key: ByHash<Vec<(usize, usize)>> = ByHash::default();
    let mut places: Vec<Option<usize>> = vec![None; names.all.len()];
    let mut missing: Vec<f32> = Vec::new();
    for (s, &number) in sightings.iter().zip(&names.of_sighting) {
        let (Some(name), Some(slot)) = (names.all.get(number), places.get_mut(number)) else {
            continue;
        };
        let place = *slot.get_or_insert_with(|| {
            let others = by_key
                .entry(name.words.first().map_or(0, |w| key(w)))
                .or_default();
            let known = others.iter().find(|(_, other)| {
                let other = names.all.get(*other);
                other.is_some_and(|other| {
                    other.words.len() == name.words.len() && name.begins(other)
                })
            });
            if let Some((place, _)) = known {
                return *place;
            }
            finding.value.push(name.printed.to_owned());
            missing.push(1.0);
            others.push((missing.len() - 1, number));
            missing.len() - 1
        });
        if let Some(rest) = missing.get_mut(place) {
            *rest = more_sure(*rest, s.sure);
        }
        let value = finding.value.get(place).cloned().unwrap_or_default();
        finding.evidence.push(proof(text, s, value, true));
    }
    for (name, rest) in finding.value.iter().zip(missing) {
        finding
            .confidence
            .insert(name.clone(), Confidence::new(1.0 - rest));
    }
    finding
}

/// What is missing to certainty after one more sighting.
fn more_sure(missing: f32, sure: f32) -> f32 {
    if missing >= 1.0 {
        1.0 - sure
    } else {
        missing.min(1.0 - sure) * (1.0 - AGAIN)
    }
}

fn proof(text: &Text, s: &Sighting, value: String, accepted: bool) -> Evidence {
    Evidence {
        span: s.span,
        text: text.slice(s.span).into(),
        rule: s.rule.into(),
        weight: s.weight,
        value: value.into(),
        accepted,
    }
}
