//! A hit → the part that its country plays where it stands: scene, dateline, somebody who acts for it, bystander, beginning of a sentence.

use super::{
    around::{Around, first_word, last_word},
    lexicon::{Cue, Kind},
    scan::Hit,
};

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
    stop && (agency || date())
}

/// An adjective on someone who acts for the country.
pub(super) fn official(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    if hit.entry.kind != Kind::Adjective {
        return false;
    }
    let gap = around.after(hit);
    let after = gap.trim_start_matches([' ', '-']);
    let at = hit.end + gap.len() - after.len();
    if around.starting_at(at).has(Cue::OFFICIAL) {
        return true;
    }
    if !around.lexicon.spaced {
        return false;
    }
    let next = first_word(after);
    let rest = after.get(next.len()..).unwrap_or_default();
    let then = at + next.len() + rest.len() - rest.trim_start_matches(' ').len();
    let before = around.before(hit).trim_end_matches(' ');
    around.starting_at(then).has(Cue::OFFICIAL)
        || around
            .starting_at(before.len() - last_word(before).len())
            .has(Cue::OFFICIAL)
}

/// Named as a neighbour, market or origin.
pub(super) fn bystander(around: &Around<'_>, hit: &Hit<'_>) -> bool {
    let after = around.after(hit).trim_start_matches(' ');
    let behind = &around.lexicon.bystander_after;
    if behind.iter().any(|b| after.starts_with(b.as_str())) {
        return true;
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

/// What the hit begins: up to three letters, an article perhaps, may stand before.
pub(super) fn opens(around: &Around<'_>, hit: &Hit<'_>) -> Opens {
    if around.opens_cell(hit) {
        return Opens::Cell;
    }
    let before = around.before(hit);
    let trimmed = before.trim_end_matches([' ', '\'']);
    let word = last_word(trimmed);
    let without = if word.chars().nth(3).is_none() {
        trimmed.trim_end_matches(word)
    } else {
        before
    };
    if around.opens_sentence(before) || around.opens_sentence(without) {
        Opens::Sentence
    } else {
        Opens::Nothing
    }
}
