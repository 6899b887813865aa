//! Text → people (role word + name, given names) and organisations (head words, "Long Name (ACRO)", known names), in one pass over the words.
//! Precision before recall: what could as well be a place, a street or a month is left out.

mod bodies;
mod cased;
mod lexicon;
mod merge;
mod names;
mod organisations;
mod patterns;
mod uncased;
mod words;

use super::{
    Person,
    evidence::{Finding, Span},
    gazetteer::{self, Gazetteers},
    layout::{Layout, Zone},
    runs::Run,
    text::Text,
};
use crate::model::Lang;
use lexicon::{DOTLESS_I, HAN, HANGUL, INFLECTS, KANA, Lexicon, SPACELESS, UNCASED, lexicon};

/// A word in capitals → with one at its beginning: `WERN` → `Wern`.
pub(super) fn normal_capitals(word: &str, lang: &Lang) -> String {
    names::normal_capitals(word, lexicon(lang.primary()).has(DOTLESS_I))
}

/// Who and what a text names.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// In text order.
    pub people: Finding<Vec<Person>>,
    /// In text order.
    pub organisations: Finding<Vec<String>>,
    /// Where people are named, in text order, the signature and whom to call included: what stands there is no country.
    pub names: Vec<Span>,
}

/// A name as found: where, what role goes with it, which rule and how sure.
#[derive(Clone, Debug)]
struct Sighting {
    span: Span,
    name: String,
    role: String,
    rule: &'static str,
    weight: f32,
    /// How often such a sighting is right, from 0 to 1.
    sure: f32,
    /// The known body that it is.
    body: Option<usize>,
}

/// A person of whom no sighting weighs this much is nobody's evidence but a short reference.
const CERTAIN: f32 = 1.0;

/// From here on a person's name ends the organisation's name that runs into it.
const TRUSTED: f32 = 0.84;

/// Derives people and organisations. `gazetteers` are the names that the site knows.
pub fn actors(text: &Text, layout: &Layout, lang: &Lang, gazetteers: &Gazetteers) -> Actors {
    actors_of(text, &text.runs(), layout, lang, gazetteers)
}

/// [`actors`] with the runs of the text.
pub(crate) fn actors_of(
    text: &Text,
    runs: &[Run],
    layout: &Layout,
    lang: &Lang,
    gazetteers: &Gazetteers,
) -> Actors {
    let lexicon = lexicon(lang.primary());
    let (mut people, mut organisations) = sightings(text, runs, lexicon);
    let mut names: Vec<Span> = people
        .iter()
        .filter(|s| s.weight >= CERTAIN)
        .map(|s| s.span)
        .collect();
    people.retain(|s| match layout.zone_at(s.span.start) {
        Zone::Header | Zone::Dateline => false,
        // Whom to call is named with courtesy; a signature is not.
        Zone::Footer => s.rule == "honorific + name",
        _ => true,
    });
    organisations
        .retain(|s| !matches!(layout.zone_at(s.span.start), Zone::Footer | Zone::Dateline));
    let known = gazetteer::find(text, gazetteers, lang.primary(), lexicon.has(INFLECTS));
    let people_known: Vec<Sighting> = known.people.iter().map(from_site).collect();
    let organisations_known: Vec<Sighting> = known.organisations.iter().map(from_site).collect();
    names.extend(people_known.iter().map(|s| s.span));
    names.sort_by_key(|name| name.start);
    give_way(&mut people, &people_known, &organisations_known);
    give_way(&mut organisations, &organisations_known, &people_known);
    Actors {
        people: merge::people(text, lexicon, &people),
        organisations: merge::organisations(text, lexicon, organisations),
        names,
    }
}

/// Whether a folded word is a given name in a language.
pub(super) fn is_given_name(folded: &str, lang: &Lang) -> bool {
    lexicon(lang.primary()).is_exactly(folded, lexicon::GIVEN)
}

/// Whether a folded form is a word of a known name in one of its cases.
pub(super) fn is_inflected(word: &str, form: &str) -> bool {
    names::is_case_of(word, form)
}

/// A name that the site knows, as a sighting.
fn from_site(known: &gazetteer::Match) -> Sighting {
    Sighting {
        span: known.span,
        name: known.name.clone(),
        role: known.role.clone(),
        rule: "site gazetteer",
        weight: 4.0,
        sure: 0.97,
        body: None,
    }
}

/// Adds the site's own names; what was found in their place says what role they have there, and goes.
fn give_way(found: &mut Vec<Sighting>, own: &[Sighting], other: &[Sighting]) {
    let meets = |a: &Sighting, b: &Sighting| a.span.start < b.span.end && b.span.start < a.span.end;
    let mut own: Vec<Sighting> = own.to_vec();
    found.retain(|s| {
        if let Some(o) = own.iter_mut().find(|o| meets(o, s)) {
            if !s.role.is_empty() {
                o.role.clone_from(&s.role);
            }
            return false;
        }
        !other.iter().any(|o| meets(o, s))
    });
    found.extend(own);
    found.sort_by_key(|s| s.span.start);
}

/// Every naming of people and of organisations.
fn sightings(text: &Text, runs: &[Run], lexicon: &Lexicon) -> (Vec<Sighting>, Vec<Sighting>) {
    if lexicon.has(HAN | KANA | SPACELESS) {
        return uncased::spaceless(text, lexicon);
    }
    let mut words = words::words(text, runs, lexicon);
    if lexicon.has(HANGUL) {
        return uncased::hangul(text, &words, lexicon);
    }
    if lexicon.has(UNCASED) {
        return uncased::spaced(text, &words, lexicon);
    }
    let bodies = bodies::all(&mut words, lexicon);
    let reader = cased::Reader {
        words: &words,
        lexicon,
    };
    let mut people: Vec<Sighting> = reader
        .people()
        .iter()
        .filter_map(|found| names::sighting(text, &words, found, lexicon))
        .collect();
    let mut organisations = organisations::organisations(text, &words, &bodies, lexicon);
    organisations.sort_by_key(|s| s.span.start);
    let mut certain = people.iter().filter(|p| p.weight >= CERTAIN).peekable();
    organisations.retain_mut(|organisation| {
        while certain
            .peek()
            .is_some_and(|p| p.span.end <= organisation.span.start)
        {
            certain.next();
        }
        end_before_person(text, organisation, certain.peek().copied())
    });
    // A given name within a body's name is no naming of the person.
    let inside = |p: &Sighting| {
        let next = organisations.partition_point(|o| o.span.start <= p.span.start);
        organisations
            .get(..next)
            .and_then(<[Sighting]>::last)
            .is_some_and(|o| p.span.end <= o.span.end)
    };
    people.retain(|p| !inside(p));
    (people, organisations)
}

/// `Instytutu Informatyki Hanna Dębska`: where a person's name follows, the organisation's has ended. False where nothing is left of it.
fn end_before_person(text: &Text, organisation: &mut Sighting, person: Option<&Sighting>) -> bool {
    let span = organisation.span;
    let Some(person) =
        person.filter(|p| p.span.start < span.end && p.span.end >= span.end && p.sure >= TRUSTED)
    else {
        return true;
    };
    if person.span.start <= span.start {
        return false;
    }
    let kept = text
        .slice(Span::new(span.start, person.span.start))
        .trim_end();
    organisation.name = names::one_spaced(kept);
    organisation.span.end = span.start + kept.len();
    organisation.name.contains(' ')
}
