//! A long sentence → its main clause: where it can be cut, and the best of these places. Refuses a cut before the verb or what the verb needs.

use std::borrow::Cow;

use super::{
    compose::{NARROWEST, WIDE, WIDEST},
    cues::{Cues, cues},
    line::{self, wide, width},
};
use crate::{
    distill::{
        evidence::Confidence,
        layout::cues::{Cue, cue},
        tokens::tokens,
    },
    model::Lang,
};

/// The first main clause of a sentence within about `limit` columns, and how sure it is that it ends with the thought.
pub(super) fn clause(sentence: &str, lang: &Lang, limit: usize) -> (String, Confidence) {
    // A character of a wide script says more than two letters do.
    let limit = if wide(sentence) { limit * 4 / 5 } else { limit };
    let widest = limit + (WIDEST - WIDE);
    if width(sentence) <= widest {
        return (sentence.to_owned(), Confidence::new(0.85));
    }
    let cuts = cuts(sentence, cues(lang), limit);
    let room = |at: &usize, most: usize| sentence.get(..*at).is_some_and(|h| width(h) <= most);
    let cut = cuts
        .clause
        .filter(|at| room(at, limit))
        .or(cuts.coordinated.filter(|at| room(at, widest)))
        .or(cuts.clause.filter(|at| room(at, limit + LOOSE)));
    if cut.is_none() && cuts.relative.is_some() && width(sentence) <= WHOLE {
        return (sentence.to_owned(), Confidence::new(0.6));
    }
    let cut = cut
        .or(cuts.adjunct)
        .or(cuts.clause)
        .or(cuts.coordinated)
        .or(cuts.relative.filter(|at| room(at, widest)));
    let sure = match cut {
        Some(_) if cut == cuts.clause => 0.75,
        Some(_) if cut == cuts.relative => 0.45,
        Some(_) => 0.7,
        None if width(sentence) <= 2 * limit => 0.6,
        None => 0.2,
    };
    // A long whole sentence, which somebody will look at, is better than a torn one.
    let longest = limit * 5 / 2;
    let head = |cut: usize| sentence.get(..cut).unwrap_or(sentence);
    // A comma without a verb before it is better than a sentence that ends nowhere.
    let value = match cut.or(cuts.pause) {
        Some(at) if cut.is_some() || width(sentence) > longest => head(at)
            .trim_end_matches([',', ' ', ';', '，', '、', '،', '–', '—', '；'])
            .to_owned(),
        _ if width(sentence) <= longest => sentence.to_owned(),
        _ => {
            let spaces = sentence.match_indices(' ').map(|(at, _)| at);
            let end = spaces
                .take_while(|at| width(head(*at)) < widest)
                .last()
                .filter(|at| *at > 0);
            format!("{}…", end.map_or(sentence, head))
        }
    };
    (value, Confidence::new(sure))
}

/// So much wider than the limit it may be, cut before an adjunct: a later cut says more.
const LOOSE: usize = 8;
/// A sentence up to so wide is better whole than cut before a relative clause that comes early.
const WHOLE: usize = 150;
/// A relative clause has so many words at least.
const CLAUSE: usize = 3;
/// Behind so many columns, a relative clause comes late enough to be left out.
const ENOUGH: usize = 40;

/// Where a sentence can be cut: before its first subordinate or comma clause, before the last adjunct that fits, before a second predicate, at its
/// last comma that fits.
#[derive(Debug, Default)]
struct Cuts {
    clause: Option<usize>,
    adjunct: Option<usize>,
    /// Before a relative clause that comes early: `adopted a law that …` says little without it.
    relative: Option<usize>,
    coordinated: Option<usize>,
    pause: Option<usize>,
}

fn cuts(sentence: &str, cues: Option<&Cues>, limit: usize) -> Cuts {
    let mut cuts = Cuts::default();
    // Where no list of verbs is at hand, nobody knows whether it has come: a longer head is the safer guess.
    let verbs = cues.map(|c| &c.verb).filter(|verbs| !verbs.is_empty());
    // Whether a verb stands before the place, behind the first word.
    let mut told = false;
    // The words since the last relative pronoun.
    let mut behind = CLAUSE + 1;
    for place in places(sentence) {
        let Place { head, columns, .. } = place;
        if columns > limit * 5 / 3 {
            break;
        }
        let last = lower(place.last);
        let is_verb = |c: &Cues| {
            c.verb
                .has(last.trim_matches([',', '"', '“', '”', '«', '»']))
        };
        told = told || place.last.len() < head.len() && cues.is_some_and(is_verb);
        let after = place.after.trim_start();
        let punctuated = head.ends_with([',', ';', '，', '、', '،', '；', '؛'])
            || after.starts_with(['–', '—', '(', '；', '，']);
        let relative =
            cues.is_some_and(|c| c.relative.starts(after) || punctuated && c.opens_relative(after));
        // `said that`, `приказал, чтобы`, `beschlossen, … zu bauen`: without what follows nothing is said.
        let needed = cues.is_some_and(|c| {
            if punctuated {
                c.told.starts(after) || c.infinitive.within(after)
            } else {
                c.that.starts(after) && c.verb.has(&last)
            }
        });
        told &= !(needed && punctuated);
        let apart = behind > CLAUSE;
        behind = if relative { 0 } else { behind + 1 };
        if needed || columns < NARROWEST || place.quoted || !(told || verbs.is_none()) {
            continue;
        }
        let pause = punctuated && columns <= limit + (WIDEST - WIDE);
        if !(pause || apart) || dangles(head, &last, cues) {
            continue;
        }
        if pause {
            cuts.pause = Some(place.cut());
        }
        let clause = relative || cues.is_some_and(|c| c.clause.starts(after));
        let least = match (verbs, clause) {
            (Some(_), _) => NARROWEST,
            (None, true) => limit * 2 / 5,
            (None, false) if wide(head) => limit / 3,
            (None, false) => limit * 2 / 3,
        };
        if !apart || columns < least {
            continue;
        }
        let hollow = |c: &Cues| c.hollow.has(last.trim_end_matches([',', '،']));
        if relative && (columns < ENOUGH || cues.is_some_and(hollow)) {
            cuts.relative.get_or_insert(place.cut());
        } else if punctuated || clause {
            cuts.clause.get_or_insert(place.cut());
            if columns <= limit {
                break;
            }
        } else if let Some(cues) = cues {
            let most = if cuts.relative.is_some() {
                limit + (WIDEST - WIDE)
            } else {
                limit + LOOSE
            };
            if columns <= most && columns > limit / 2 && cues.adjunct.starts(after) {
                cuts.adjunct = Some(place.cut());
            }
            let mut next = after.split(' ');
            let joint = next.next().is_some_and(|w| cues.joint.has(w));
            if joint && next.take(2).any(|w| cues.verb.has(w)) {
                cuts.coordinated.get_or_insert(place.cut());
            }
        }
    }
    cuts
}

/// A place where a sentence could be cut: a space, or after a comma of a script without spaces.
struct Place<'a> {
    head: &'a str,
    /// The last word of the head.
    last: &'a str,
    after: &'a str,
    columns: usize,
    /// Whether it is inside quotation marks or brackets.
    quoted: bool,
}

impl Place<'_> {
    fn cut(&self) -> usize {
        self.head.len()
    }
}

fn places(sentence: &str) -> impl Iterator<Item = Place<'_>> {
    let (mut word, mut columns, mut open) = (0, 0, Open::default());
    sentence.char_indices().filter_map(move |(at, c)| {
        let cut = matches!(c, ' ' | '，' | '、' | '；').then(|| sentence.split_at_checked(at));
        let place = cut.flatten().map(|(head, after)| Place {
            head,
            last: head.get(word..).unwrap_or_default(),
            after,
            columns,
            quoted: open.any(),
        });
        columns += line::columns(c);
        open.take(c);
        if c == ' ' {
            word = at + 1;
        }
        place
    })
}

/// Whether nothing ends with what a head ends with.
fn dangles(head: &str, last: &str, cues: Option<&Cues>) -> bool {
    let spoken = head.trim_end_matches([',', '，', '、', '،', ' ']);
    cues.is_some_and(|c| {
        c.verb.lists(last)
            || c.adjunct.has(last)
            || c.open.ends(spoken)
            || c.fronted.starts(segment(spoken))
    }) || is_small(last)
}

/// In lower case.
fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = word
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_lower {
        word.into()
    } else {
        word.to_lowercase().into()
    }
}

/// What follows the last comma.
fn segment(head: &str) -> &str {
    let comma = head.rfind([',', '，', '、', '،', '；']);
    comma
        .map_or(head, |at| head.get(at..).unwrap_or_default())
        .trim_start_matches([',', '，', '、', '،', '；', ' '])
}

/// An article or a preposition: what nothing ends with.
fn is_small(word: &str) -> bool {
    let all = tokens(word);
    all.len() == 1
        && [Cue::Article, Cue::Open]
            .iter()
            .any(|kind| cue(&all, 0, *kind).is_some())
}

/// How many marks are open.
#[derive(Default)]
struct Open {
    angular: i32,
    curly: i32,
    round: i32,
    straight: bool,
}

impl Open {
    fn take(&mut self, c: char) {
        match c {
            '"' => self.straight = !self.straight,
            '(' => self.round += 1,
            ')' => self.round -= 1,
            '«' => self.angular += 1,
            '»' => self.angular -= 1,
            '“' | '„' => self.curly += 1,
            '”' => self.curly -= 1,
            _ => {}
        }
    }

    fn any(&self) -> bool {
        self.straight || self.angular > 0 || self.curly > 0 || self.round > 0
    }
}

pub(super) fn is_inside_quotes(head: &str) -> bool {
    let mut open = Open::default();
    head.chars().for_each(|c| open.take(c));
    open.any()
}
