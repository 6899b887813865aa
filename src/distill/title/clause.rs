//! A long sentence → its main clause: where it can be cut, and the best of these places. Refuses a cut before the verb or what the verb needs.

use super::{
    compose::{NARROWEST, WIDE, WIDEST},
    cues::{Cues, cues},
    line::{wide, width},
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
    let mut begun = 0;
    // Whether a verb stands before the place, behind the first word.
    let mut told = false;
    // The words since the last relative pronoun.
    let mut behind = CLAUSE + 1;
    while let Some(cut) = next_boundary(sentence, begun) {
        begun = cut + 1;
        let (Some(head), Some(after)) = (sentence.get(..cut), sentence.get(cut..)) else {
            continue;
        };
        let last = head.rsplit(' ').next().unwrap_or_default().to_lowercase();
        told |= last.len() < head.len()
            && cues.is_some_and(|c| {
                c.verb
                    .has(last.trim_matches([',', '"', '“', '”', '«', '»']))
            });
        let (columns, after) = (width(head), after.trim_start());
        if columns > limit * 5 / 3 {
            break;
        }
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
        if needed || columns < NARROWEST || is_inside_quotes(head) {
            continue;
        }
        let word = last.trim_end_matches([',', '،']);
        let spoken = head.trim_end_matches([',', '，', '、', '،', ' ']);
        let clause = relative || cues.is_some_and(|c| c.clause.starts(after));
        let fronted = cues.is_some_and(|c| c.fronted.starts(segment(spoken)));
        let dangling = fronted
            || is_small(&last)
            || cues.is_some_and(|c| {
                c.verb.0.contains(&last.as_str()) || c.adjunct.has(&last) || c.open.ends(spoken)
            });
        let verbs = cues.filter(|c| !c.verb.0.is_empty());
        if punctuated
            && !dangling
            && (told || verbs.is_none())
            && columns <= limit + (WIDEST - WIDE)
        {
            cuts.pause = Some(cut);
        }
        // Where no list of verbs is at hand, nobody knows whether it has come: a longer head is the safer guess.
        let whole = (told || verbs.is_none()) && !dangling && apart;
        let least = match (verbs, clause) {
            (Some(_), _) => NARROWEST,
            (None, true) => limit * 2 / 5,
            (None, false) if wide(head) => limit / 3,
            (None, false) => limit * 2 / 3,
        };
        if !whole || columns < least {
            continue;
        }
        if relative && (columns < ENOUGH || cues.is_some_and(|c| c.hollow.has(word))) {
            cuts.relative.get_or_insert(cut);
        } else if punctuated || clause {
            cuts.clause.get_or_insert(cut);
        } else if let Some(cues) = cues {
            let most = if cuts.relative.is_some() {
                limit + (WIDEST - WIDE)
            } else {
                limit + LOOSE
            };
            if cues.adjunct.starts(after) && columns <= most && columns > limit / 2 {
                cuts.adjunct = Some(cut);
            }
            let mut next = after.split(' ');
            let joint = next.next().is_some_and(|w| cues.joint.has(w));
            if joint && next.take(2).any(|w| cues.verb.has(w)) {
                cuts.coordinated.get_or_insert(cut);
            }
        }
    }
    cuts
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

/// The next place where a sentence could be cut: a space, or after a comma of a script without spaces.
fn next_boundary(sentence: &str, from: usize) -> Option<usize> {
    let from = (from..=sentence.len()).find(|&i| sentence.is_char_boundary(i))?;
    sentence
        .get(from..)?
        .char_indices()
        .find_map(|(i, c)| matches!(c, ' ' | '，' | '、' | '；').then_some(from + i))
}

pub(super) fn is_inside_quotes(head: &str) -> bool {
    head.matches('«').count() > head.matches('»').count()
        || head.matches('“').count() + head.matches('„').count() > head.matches('”').count()
        || head.matches('"').count() % 2 == 1
        || head.matches('(').count() > head.matches(')').count()
}
