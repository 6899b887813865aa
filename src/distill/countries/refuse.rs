//! A hit → why it stands for no country, where it doesn't: streets, persons, common nouns, pronouns, lone characters, towns named alike.

use std::collections::BTreeSet;

use super::{
    around::{Around, last_word},
    context::Support,
    lexicon::{Check, Cue, Kind},
    namesakes::{Namesakes, PERSON, TOWN},
    scan::Hit,
};
use crate::{distill::text::is_word, model::CountryCode};

/// What the document as a whole says about the ambiguous forms in it.
#[derive(Debug, Default)]
pub(super) struct Whole<'a> {
    /// How often each country is named by forms that can mean nothing else.
    pub(super) support: Support,
    /// The forms that are part of a full name of a person somewhere: then the form alone is that person too.
    persons: BTreeSet<&'a str>,
    /// The forms of common nouns with a capital that proves nothing that stand somewhere in small letters.
    small: BTreeSet<&'a str>,
    /// How often each country is named by its towns and provinces.
    places: Support,
    /// For each hit, whether its row of one-character names counts.
    pairs: Vec<bool>,
    /// For each hit, whether it is part of a street's name.
    streets: &'a [bool],
    namesakes: Namesakes<'a>,
}

impl<'a> Whole<'a> {
    pub(super) fn new(
        around: &Around<'a>,
        hits: &[Hit<'_>],
        support: Support,
        streets: &'a [bool],
        namesakes: Namesakes<'a>,
    ) -> Self {
        let persons = hits
            .iter()
            .filter(|h| h.entry.check == Check::Person && within_name(around, h))
            .map(|h| around.form(h))
            .collect();
        let common: BTreeSet<&str> = hits
            .iter()
            .filter(|h| h.entry.check == Check::Common && capital_is_demanded(around, h))
            .map(|h| around.form(h))
            .collect();
        let small = common
            .into_iter()
            .filter(|form| stands_small(around, form))
            .collect();
        let pairs = pairs(around, hits, &support);
        let mut places = Support::new();
        for hit in hits.iter().filter(|h| h.entry.kind >= Kind::Region) {
            if let [code] = hit.entry.codes[..] {
                *places.entry(code).or_default() += 1;
            }
        }
        Self {
            support,
            persons,
            small,
            places,
            pairs,
            streets,
            namesakes,
        }
    }

    fn backs(&self, hit: &Hit<'_>) -> bool {
        hit.entry.codes.iter().any(|c| self.support.contains_key(c))
    }

    /// A country, or the state of that name in another where towns and provinces there say so; and whether nothing decides.
    pub(super) fn country_or_place(
        &self,
        around: &Around<'_>,
        hit: &Hit<'_>,
    ) -> (Option<CountryCode>, bool) {
        let [country, other] = hit.entry.codes[..] else {
            return (hit.entry.codes.first().copied(), false);
        };
        let there = self.places.get(&other).copied().unwrap_or_default();
        let here = self.support.get(&country).copied().unwrap_or_default();
        if around.behind(hit).has(Cue::STATE) || there > 0 && here == 0 {
            (Some(other), false)
        } else {
            (Some(country), here == 0)
        }
    }

    /// Whether a form that passes its check is open to doubt all the same: a common noun where nothing else names the country.
    pub(super) fn stays_open(&self, hit: &Hit<'_>) -> bool {
        hit.entry.check == Check::Common && !self.backs(hit)
    }

    /// Why a hit stands for no country, where it doesn't.
    pub(super) fn refuse(
        &self,
        around: &Around<'a>,
        hits: &[Hit<'_>],
        i: usize,
    ) -> Option<&'static str> {
        let hit = hits.get(i)?;
        let entry = hit.entry;
        if entry.kind == Kind::Blocked {
            return Some("blocked");
        }
        if *self.streets.get(i)? {
            return Some("street name");
        }
        if let Some(what) = self.namesake(around, hit, i) {
            return Some(what);
        }
        if entry.acronym
            && hit.end - hit.start <= 2
            && !entry.codes.is_empty()
            && around.line_in_capitals(hit)
        {
            return Some("two letters on a line in capitals");
        }
        match entry.check {
            Check::None => None,
            Check::Caps => around.line_in_capitals(hit).then_some("line in capitals"),
            Check::Cued => {
                let clear = self.backs(hit) || behind_town(around, hit);
                (!clear).then_some("ambiguous, nothing else names the country")
            }
            Check::Person => self.person(around, hit).then_some(PERSON),
            Check::Common => self.common_noun(around, hit).then_some("common noun"),
            Check::Pronoun => pronoun(around, hit).then_some("pronoun"),
            Check::Pair => (!self.pairs.get(i)?).then_some("single character"),
        }
    }

    /// What a hit is that only bears a country's name; a form that does so once does so again, unless other forms name that country.
    fn namesake(&self, around: &Around<'a>, hit: &Hit<'_>, i: usize) -> Option<&'static str> {
        self.namesakes.at(i).or_else(|| {
            self.namesakes.of(around, hit).filter(|what| {
                !self.backs(hit) && (*what == TOWN || !around.behind(hit).has(Cue::VENUE))
            })
        })
    }

    fn person(&self, around: &Around<'a>, hit: &Hit<'_>) -> bool {
        if within_name(around, hit) {
            return true;
        }
        if self.persons.contains(around.form(hit)) {
            // A place all the same where a preposition of place says so.
            return !(around.behind(hit).has(Cue::VENUE) && self.backs(hit));
        }
        let gap = around.after(hit);
        let after = gap.trim_start_matches([' ', ',']);
        let at = hit.end + gap.len() - after.len();
        !self.backs(hit) && around.starting_at(at).has(Cue::PERSON_AFTER)
    }

    /// `Turkey prices rose` beside `turkeys`: a capital that only a sentence or a headline demands proves nothing.
    fn common_noun(&self, around: &Around<'a>, hit: &Hit<'_>) -> bool {
        capital_is_demanded(around, hit)
            && (self.small.contains(around.form(hit))
                || !self.backs(hit) && around.line_in_capitals(hit))
    }
}

/// Whether a sentence or a headline demands the capital of the hit.
pub(super) fn capital_is_demanded(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    around.line_in_capitals(hit)
        || around.opens_sentence(around.before(hit))
        || around.line_in_title_case(hit)
}

/// `Woburn, Mass.`: a region directly behind a town.
fn behind_town(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    hit.entry.kind == Kind::Region
        && around
            .before(hit)
            .strip_suffix(", ")
            .is_some_and(|town| around.is_capital(last_word(town)))
}

/// Whether a form stands somewhere as a word in small letters.
fn stands_small(around: &Around<'_>, form: &str) -> bool {
    around.haystack.match_indices(form).any(|(at, small)| {
        around
            .haystack
            .get(..at)
            .is_some_and(|b| !b.ends_with(is_word))
            && !around.is_capital(small)
    })
}

/// Bytes that two little words between street and name have at most.
const LONGEST_GAP: usize = 48;

/// `rue de Luxembourg`, `Washington Street`.
pub(super) fn street(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    let before = around.street_between(hit.start.saturating_sub(LONGEST_GAP), hit.start);
    if !before && !around.says(Cue::STREET_AFTER) {
        return false;
    }
    // `piața rusă` is a market.
    if hit.entry.kind == Kind::Adjective && !around.is_capital(around.form(hit)) {
        return false;
    }
    if around.ahead(hit).has(Cue::STREET_AFTER) {
        let next = around.next(hit);
        if next.contains("str") || around.is_capital(next) {
            return true;
        }
    }
    if !before {
        return false;
    }
    let mut before = around.before(hit);
    for step in 0..3 {
        let trimmed = before.trim_end_matches([' ', '\'', '.']);
        if trimmed.len() + 2 < before.len() {
            return false;
        }
        if around.ending_at(trimmed.len()).has(Cue::STREET_BEFORE) {
            return true;
        }
        let word = last_word(trimmed);
        // Only little words may stand between: `rue de la`.
        if word.is_empty() || word.chars().nth(3).is_some() || step == 2 {
            return false;
        }
        before = trimmed
            .get(..trimmed.len() - word.len())
            .unwrap_or_default();
    }
    false
}

/// Whether the form stands inside a run of capitalised words that reads as a person's name.
fn within_name(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    if around.line_in_title_case(hit) || around.line_in_capitals(hit) {
        return false;
    }
    let behind = around.behind(hit);
    if behind.has(Cue::PERSON_BEFORE) {
        return true;
    }
    // `Dr. Jordan`
    let before = around.before(hit);
    if let Some(stop) = before.strip_suffix(". ")
        && around.ending_at(stop.len()).has(Cue::PERSON_BEFORE)
    {
        return true;
    }
    let next = around.next(hit);
    if around.is_capital(next)
        && next.chars().nth(1).is_some()
        && !around.ahead(hit).has(Cue::NOT_PERSON)
        && !around.decoded(next).chars().all(char::is_uppercase)
    {
        return true;
    }
    let previous = around.previous(hit);
    before.ends_with(' ')
        && !before.ends_with("  ")
        && around.is_capital(previous)
        && previous.chars().nth(1).is_some()
        && behind.0 & (Cue::NOT_PERSON.0 | Cue::LINK.0 | Cue::VENUE.0) == 0
        && !around.opens_sentence(before.trim_end_matches(' ').trim_end_matches(previous))
}

/// `told US the`: a pronoun after a verb that takes one.
fn pronoun(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    if around.line_in_capitals(hit) {
        return true;
    }
    let next = around.next(hit);
    around.behind(hit).has(Cue::PERSON_AFTER)
        && !around.is_capital(next)
        && (next.is_empty() || around.ahead(hit).has(Cue::LINK))
}

/// One-character names count in a row of two or more, where what follows or the document says that they are countries.
fn pairs(around: &Around<'_>, hits: &[Hit<'_>], support: &Support) -> Vec<bool> {
    let mut counts = vec![false; hits.len()];
    let is_pair = |h: &Hit<'_>| h.entry.check == Check::Pair;
    let mut first = 0;
    while first < hits.len() {
        let mut next = first + 1;
        if is_pair(&hits[first]) {
            while next < hits.len()
                && is_pair(&hits[next])
                && hits[next - 1].end == hits[next].start
            {
                next += 1;
            }
            if next - first > 1 {
                let row = &hits[first..next];
                counts[first..next].fill(row_counts(around, row, support));
            }
        }
        first = next;
    }
    counts
}

fn row_counts(around: &Around<'_>, row: &[Hit<'_>], support: &Support) -> bool {
    let (Some(first), Some(last)) = (row.first(), row.last()) else {
        return false;
    };
    if around.starting_at(last.end).has(Cue::OFFICIAL) {
        return true;
    }
    let backed = row
        .iter()
        .filter(|h| h.entry.codes.iter().any(|c| support.contains_key(c)))
        .count();
    backed == row.len() || backed > 0 && around.opens_sentence(around.before(first))
}
