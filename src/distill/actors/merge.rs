//! Sightings → values, each once: the fullest form names a person, the first role describes it; an organisation's cases are one.
//! What a person should look at becomes a doubt.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Sighting,
    lexicon::{HAN, HANGUL, INFLECTS, KANA, Lexicon, fold},
    names::{same_folded, same_person},
};
use crate::distill::{
    Person,
    evidence::{Confidence, Doubt, Evidence, Finding},
    text::Text,
};

/// A person of whom no sighting weighs this much is nobody's evidence but a short reference.
const CERTAIN: f32 = 1.0;
/// What each further sighting takes of the rest that is missing to certainty.
const AGAIN: f32 = 0.1;

/// Letters by which sightings of one name are brought together; the endings may differ.
const KEY: usize = 4;

fn key(word: &str) -> String {
    word.chars().take(KEY).collect()
}

struct Known {
    person: Person,
    words: Vec<String>,
    missing: f32,
}

/// Joins the sightings of people.
pub(super) fn people(
    text: &Text,
    lexicon: &Lexicon,
    sightings: &[Sighting],
) -> Finding<Vec<Person>> {
    let inflects = lexicon.has(INFLECTS);
    let mut people: Vec<Known> = Vec::new();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    let mut owner: Vec<Option<usize>> = vec![None; sightings.len()];
    // Full names first, so that a short reference finds its person even where it comes earlier.
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&i| {
        sightings
            .get(i)
            .map_or((true, 0), |s| (s.weight < CERTAIN, s.span.start))
    });
    for i in order {
        let Some(s) = sightings.get(i) else { continue };
        let words: Vec<String> = fold(&s.name).split(' ').map(str::to_owned).collect();
        let ends = [words.last(), words.first()];
        let known = ends
            .iter()
            .flatten()
            .filter_map(|word| by_key.get(&key(word)))
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
        for word in ends.iter().flatten() {
            let places = by_key.entry(key(word)).or_default();
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
    sightings.sort_by_key(|s| (s.span.start, s.span.end));
    // A known body goes by the fullest of the names that the text gives it.
    let mut fullest: BTreeMap<usize, String> = BTreeMap::new();
    for s in &sightings {
        if let Some(body) = s.body {
            let name = fullest.entry(body).or_default();
            if s.name.len() > name.len() {
                name.clone_from(&s.name);
            }
        }
    }
    for s in &mut sightings {
        if let Some(name) = s.body.and_then(|body| fullest.get(&body)) {
            s.name.clone_from(name);
        }
    }
    stand_for_longer(&mut sightings);
    stand_for_companies(&mut sightings, lexicon);
    let mut finding: Finding<Vec<String>> = Finding::default();
    let mut by_key: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
    let mut missing: BTreeMap<usize, f32> = BTreeMap::new();
    for s in sightings {
        let words: Vec<String> = fold(&s.name).split(' ').map(str::to_owned).collect();
        let places = by_key
            .entry(words.first().map_or_else(String::new, |w| key(w)))
            .or_default();
        let known = places.iter().find(|(_, other)| {
            other.len() == words.len() && other.iter().zip(&words).all(|(a, b)| same_folded(a, b))
        });
        let place = if let Some((place, _)) = known {
            *place
        } else {
            finding.value.push(s.name.clone());
            places.push((finding.value.len() - 1, words));
            finding.value.len() - 1
        };
        let rest = missing.entry(place).or_insert(1.0);
        *rest = more_sure(*rest, s.sure);
        let name = finding.value.get(place).cloned().unwrap_or_default();
        finding.evidence.push(proof(text, &s, name, true));
    }
    for (place, rest) in missing {
        if let Some(name) = finding.value.get(place) {
            finding
                .confidence
                .insert(name.clone(), Confidence::new(1.0 - rest));
        }
    }
    finding
}

/// `Державна служба` beside `Державна служба з надзвичайних ситуацій`: the beginning, or the end, of one longer name of the text stands for it.
fn stand_for_longer(sightings: &mut [Sighting]) {
    let mut seen = HashSet::new();
    let names: Vec<(usize, Vec<String>)> = sightings
        .iter()
        .enumerate()
        .filter(|(_, s)| seen.insert(s.name.as_str()))
        .map(|(i, s)| (i, fold(&s.name).split(' ').map(str::to_owned).collect()))
        .collect();
    let mut by_end: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (_, words)) in names.iter().enumerate() {
        if words.len() > 2 {
            for end in [words.first(), words.last()].into_iter().flatten() {
                by_end.entry(key(end)).or_default().push(place);
            }
        }
    }
    let mut full: HashMap<String, String> = HashMap::new();
    for (i, short) in &names {
        if short.len() < 2 {
            continue;
        }
        let ends = [short.first(), short.last()];
        let places = ends
            .into_iter()
            .flatten()
            .filter_map(|e| by_end.get(&key(e)));
        let mut longer = places
            .flatten()
            .filter_map(|&place| names.get(place))
            .filter(|(_, long)| {
                long.len() > short.len()
                    && (long.iter().zip(short).all(|(a, b)| same_folded(a, b))
                        || long
                            .iter()
                            .rev()
                            .zip(short.iter().rev())
                            .all(|(a, b)| same_folded(a, b)))
            });
        if let Some((j, first)) = longer.next()
            // Two longer names: the short one may be either's.
            && longer.all(|(_, other)| other.len() == first.len() && other.iter().zip(first).all(|(a, b)| same_folded(a, b)))
            && let (Some(short), Some(long)) = (sightings.get(*i), sightings.get(*j))
        {
            full.insert(short.name.clone(), long.name.clone());
        }
    }
    for s in sightings {
        if let Some(name) = full.get(&s.name) {
            s.name.clone_from(name);
            s.body = None;
        }
    }
}

/// `東洋海運` beside `東洋海運株式会社`, in scripts without spaces.
fn stand_for_companies(sightings: &mut [Sighting], lexicon: &Lexicon) {
    if !lexicon.has(HAN | KANA | HANGUL) {
        return;
    }
    let full: Vec<(String, String)> = sightings
        .iter()
        .flat_map(|s| {
            let forms = lexicon.list("companyforms").iter();
            forms.filter_map(|form| {
                let short = s.name.strip_suffix(form)?.trim_end();
                Some((short.to_owned(), s.name.clone()))
            })
        })
        .collect();
    for s in sightings {
        if let Some((_, long)) = full.iter().find(|(short, _)| *short == s.name) {
            s.name.clone_from(long);
        }
    }
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
        text: text.slice(s.span).to_owned(),
        rule: s.rule.to_owned(),
        weight: s.weight,
        value,
        accepted,
    }
}
