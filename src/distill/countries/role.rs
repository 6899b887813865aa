//! A hit → the part that its country plays where it stands: scene, dateline, somebody who acts for it, bystander, beginning of a sentence.

use std::collections::BTreeSet;

use super::{
    around::{Around, first_word, last_word},
    context::Reading,
    lexicon::{Cue, Kind},
    scan::Hit,
};

/// The part that a country plays where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Somebody acts for it.
    Acts,
    /// By name, or by its capital as a government.
    Named,
    /// By an adjective.
    Adjective,
    /// Where something takes place.
    Scene,
    /// In a row of three or more.
    List,
    /// A neighbour, market, origin, nationality.
    Passing,
    /// A town or a part of it.
    Place,
    /// One from which or to which somebody goes.
    Away,
    /// One of its bodies.
    Body,
    /// A town of a dateline.
    Dateline,
}

impl Part {
    pub(super) const ALL: [Self; 10] = [
        Self::Acts,
        Self::Named,
        Self::Adjective,
        Self::Scene,
        Self::List,
        Self::Passing,
        Self::Place,
        Self::Away,
        Self::Body,
        Self::Dateline,
    ];

    /// In words, behind where it stands.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Acts => " it acts",
            Self::Named => " by name",
            Self::Adjective => " as an adjective",
            Self::Scene => " as the scene",
            Self::List => " in a row of countries",
            Self::Passing => " in passing",
            Self::Place => " by a place",
            Self::Away => " as where somebody goes",
            Self::Body => " by a body",
            Self::Dateline => " by its town",
        }
    }

    /// Whether it refers to the country itself.
    pub(super) fn names(self) -> bool {
        self <= Self::Passing
    }

    /// Whether as more than a bystander.
    pub(super) fn counts(self) -> bool {
        self < Self::Passing
    }
}

/// What a reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    Nothing,
    Sentence,
    Cell,
}

/// Whether a preposition of place introduces the capital.
pub(super) fn venue(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    hit.glued_venue || around.behind(hit).has(Cue::VENUE)
}

/// A city that begins its line and is followed by a date or an agency.
pub(super) fn dateline(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    let head = around.line_head(hit);
    if head.len() > 60 || head.chars().filter(|c| c.is_alphabetic()).nth(6).is_some() {
        return false;
    }
    let head = head.trim_end();
    if !head.is_empty() && !head.ends_with(['-', '–', '—', ')', '.']) {
        return false;
    }
    let tail = around.line_tail(hit);
    let near: &str = tail
        .char_indices()
        .nth(48)
        .map_or(tail, |(at, _)| tail.get(..at).unwrap_or_default());
    let stop = near.starts_with([',', '.', ' ', '(', '-', '–', '—', ':', '،']);
    let rest = near.trim_start();
    let agency = rest.starts_with(['(', '-', '–', '—']);
    let date = || {
        rest.strip_prefix([',', '.', '،'])
            .is_some_and(|r| r.chars().take(32).any(char::is_numeric))
    };
    // `Hamburg. Die Reederei …`
    let sentence = || {
        rest.strip_prefix(". ")
            .is_some_and(|r| around.is_capital(first_word(r)))
    };
    stop && (agency || date() || sentence())
}

/// On someone who acts for the country: `the Polish minister`, `Italy's prime minister`, `the ambassador of Italy`.
pub(super) fn official(around: &Around<'_>, hit: &Hit<'_>, venue: bool) -> bool {
    if !around.says(Cue::OFFICIAL) {
        return false;
    }
    let adjective = match hit.entry.kind {
        Kind::Adjective => true,
        Kind::Name => false,
        _ => return false,
    };
    let gap = around.after(hit);
    let after = without_ending(gap).trim_start_matches([' ', '-']);
    let at = hit.end + gap.len() - after.len();
    // A name in a headline or a list may stand before an official of its own right: only a written ending joins the two.
    let joined = adjective || !around.lexicon.spaced || without_ending(gap).len() < gap.len();
    if joined && around.starting_at(at).has(Cue::OFFICIAL) {
        return true;
    }
    if !around.lexicon.spaced {
        return false;
    }
    if !adjective {
        return !venue && official_before(around, around.before_word(hit));
    }
    let next = first_word(after);
    let rest = after.get(next.len()..).unwrap_or_default();
    let then = at + next.len() + rest.len() - rest.trim_start_matches(' ').len();
    around.starting_at(then).has(Cue::OFFICIAL) || official_before(around, around.before_word(hit))
}

/// Whether one of the two words before is for those who act for a country: `Assemblée nationale`, `ambassadeur de`. Little words don't count.
fn official_before(around: &Around<'_>, mut before: &str) -> bool {
    let mut left = 2;
    for _ in 0..4 {
        before = before.trim_end_matches([' ', '\'']);
        let word = last_word(before);
        if word.is_empty() || left == 0 {
            return false;
        }
        let start = before.len() - word.len();
        if around.starting_at(start).has(Cue::OFFICIAL) {
            return true;
        }
        left -= u32::from(word.chars().nth(3).is_some());
        before = before.get(..start).unwrap_or_default();
    }
    false
}

/// What follows a name without the ending that an apostrophe joins to it: `'s`, `'ın`.
fn without_ending(after: &str) -> &str {
    let ending = after.strip_prefix('\'').map(first_word);
    ending
        .filter(|e| e.chars().nth(3).is_none())
        .and_then(|e| after.get(e.len() + 1..))
        .unwrap_or(after)
}

/// Named as a neighbour, market or origin.
pub(super) fn bystander(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    let after = around.after(hit).trim_start_matches(' ');
    let behind = &around.lexicon.bystander_after;
    let first = after.as_bytes().first();
    let mut behind = behind.iter().filter(|b| b.as_bytes().first() == first);
    if behind.any(|b| after.starts_with(b.as_str())) {
        return true;
    }
    if !around.bystander_between(hit.start.saturating_sub(46 * 4), hit.start) {
        return false;
    }
    // Up to 45 characters back within the sentence.
    let before = around.before(hit);
    let from = before
        .char_indices()
        .rev()
        .take(46)
        .take_while(|&(_, c)| !matches!(c, '.' | ';' | '。'))
        .last()
        .map_or(hit.start, |(at, _)| at);
    around.bystander_between(from, hit.start)
}

/// Where somebody comes from or goes to, or a nationality: `from Syria`, `aus den Niederlanden`, `Syrian nationals`, ベトナム人.
pub(super) fn passive(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    if !around.says(Cue(Cue::ORIGIN.0 | Cue::NATIONAL.0)) {
        return false;
    }
    let before = around.before_word(hit).trim_end_matches([' ', '\'']);
    let article = last_word(before);
    if comes_from(around, before) {
        return true;
    }
    // An article may stand between.
    let earlier = before.len() - article.len();
    if !article.is_empty()
        && article.chars().nth(4).is_none()
        && comes_from(
            around,
            before
                .get(..earlier)
                .unwrap_or_default()
                .trim_end_matches(' '),
        )
    {
        return true;
    }
    let gap = around.after(hit);
    let after = gap.trim_start_matches([' ', '-']);
    let at = hit.end + gap.len() - after.len();
    let cue = around.starting_at(at);
    let next = cue.has(Cue::NATIONAL) && !cue.has(Cue::OFFICIAL);
    if hit.entry.kind > Kind::Capital {
        // The coast of a province is the scene.
        return false;
    }
    if hit.entry.kind != Kind::Adjective {
        // Citizens of Georgia, Staatsbürger der Türkei.
        let noun = if article.chars().nth(4).is_none() {
            before
                .get(..before.len() - article.len())
                .unwrap_or_default()
                .trim_end_matches(' ')
        } else {
            before
        };
        let whose = noun.len() - last_word(noun).len();
        return next && !around.is_capital(first_word(after))
            || around.lexicon.spaced && around.starting_at(whose).has(Cue::NATIONAL);
    }
    next || around
        .starting_at(before.len() - article.len())
        .has(Cue::NATIONAL)
}

/// Whether a word for where somebody comes from or goes to ends here, unless it tells whose official is meant: `minister from`.
fn comes_from(around: &Around<'_>, before: &str) -> bool {
    if !around.ending_at(before.len()).has(Cue::ORIGIN) {
        return false;
    }
    let word = last_word(before);
    let earlier = before.len() - word.len();
    let earlier = before
        .get(..earlier)
        .unwrap_or_default()
        .trim_end_matches(' ');
    let whose = earlier.len() - last_word(earlier).len();
    !around.starting_at(whose).has(Cue::OFFICIAL)
}

/// Who is named in one list with a country that doesn't act doesn't act either: `from Egypt, Syria and Iraq`.
pub(super) fn level_lists(around: &Around<'_>, readings: &mut [Reading<'_>]) {
    let mut first = 0;
    for i in 1..=readings.len() {
        let joined = i < readings.len() && in_one_list(around, &readings[i - 1], &readings[i]);
        if !joined {
            let list = &mut readings[first..i];
            // Cities abroad in a row are where things come from, go to or take place.
            let cities = list.len() > 2
                && list.iter().all(|r| r.hit.entry.kind == Kind::Capital)
                && list.iter().any(|r| r.code != list[0].code);
            if list.len() > 1 && list.iter().any(|r| r.passive) || cities {
                for reading in list {
                    reading.passive |= !reading.official;
                }
            }
            first = i;
        }
    }
}

/// Bytes between two that are named side by side.
const BESIDE: usize = 9;

/// Marks who stands beside one that begins a sentence, and who is one of three or more in a row.
pub(super) fn line_up(readings: &mut [Reading<'_>]) {
    let named: Vec<usize> = (0..readings.len())
        .filter(|i| readings[*i].code.is_some() && readings[*i].part().names())
        .collect();
    let beside = |readings: &[Reading<'_>], a: usize, b: usize| {
        let (a, b) = (&readings[a].hit, &readings[b].hit);
        b.start >= a.end && b.start - a.end <= BESIDE
    };
    let mut first = 0;
    for i in 1..=named.len() {
        if i < named.len() && beside(readings, named[i - 1], named[i]) {
            let earlier = &readings[named[i - 1]];
            readings[named[i]].opens_beside = earlier.code != readings[named[i]].code
                && (earlier.opens != Opens::Nothing || earlier.opens_beside);
            continue;
        }
        let row = &named[first..i];
        if row.len() > 2 {
            let codes: BTreeSet<_> = row.iter().map(|r| readings[*r].code).collect();
            for at in row.iter().filter(|_| codes.len() > 2) {
                readings[*at].listed = true;
            }
        }
        first = i;
    }
}

/// A country that is named behind a place of its own shares its part: `for the Canaries, in Spain`.
pub(super) fn follow_places(readings: &mut [Reading<'_>]) {
    for i in 1..readings.len() {
        let (place, country) = (&readings[i - 1], &readings[i]);
        let behind = place.passive
            && place.hit.entry.kind > Kind::Capital
            && place.code == country.code
            && country.hit.start.saturating_sub(place.hit.end) <= BESIDE;
        readings[i].passive |= behind;
    }
}

/// A body directly beside the name of another state is that state's: `la gendarmerie sénégalaise`.
pub(super) fn leave_bodies(readings: &mut [Reading<'_>]) {
    for i in 0..readings.len() {
        if readings[i].hit.entry.kind != Kind::Institution {
            continue;
        }
        let owner = |other: Option<&Reading<'_>>| {
            other.is_some_and(|o| {
                let gap = o.hit.word.saturating_sub(readings[i].hit.end)
                    + readings[i].hit.start.saturating_sub(o.hit.end);
                gap <= 2
                    && o.hit.entry.kind <= Kind::Capital
                    && o.code.is_some()
                    && o.code != readings[i].code
            })
        };
        let before = i.checked_sub(1).and_then(|before| readings.get(before));
        if owner(before) || owner(readings.get(i + 1)) {
            readings[i].code = None;
            readings[i].rule = "body of another state";
        }
    }
}

/// Whether nothing but a comma or a little word stands between two names or two adjectives.
fn in_one_list(around: &Around<'_>, a: &Reading<'_>, b: &Reading<'_>) -> bool {
    let between = around
        .haystack
        .get(a.hit.end..b.hit.start)
        .unwrap_or_default();
    if between.is_empty()
        || between.len() > 12
        || a.code.is_none()
        || b.code.is_none()
        || a.hit.entry.kind != b.hit.entry.kind
    {
        return false;
    }
    let words = between.trim_matches([' ', ',', '、', '،']);
    words.split(' ').all(|word| word.chars().nth(4).is_none())
        && !words.contains(['.', ';', ':', '(', ')', '-', '–', '—', '。'])
}

/// What the hit begins: up to three letters, an article perhaps, may stand before.
pub(super) fn opens(around: &Around<'_>, hit: &Hit<'_>) -> Opens {
    if around.opens_cell(hit) {
        return Opens::Cell;
    }
    let before = around.before(hit);
    let trimmed = before.trim_end_matches([' ', '\'']);
    let word = last_word(trimmed);
    let without = if word.chars().nth(3).is_none() {
        trimmed.strip_suffix(word).unwrap_or(trimmed)
    } else {
        before
    };
    if around.opens_sentence(before)
        || without.len() < before.len() && around.opens_sentence(without)
    {
        Opens::Sentence
    } else {
        Opens::Nothing
    }
}
