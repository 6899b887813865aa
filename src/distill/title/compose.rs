//! A lead sentence → its main clause, as a title. Never ends with a comma or a preposition where it can be helped.

use super::{
    cues::{Cues, Words, cues},
    line::{wide, width},
};
use crate::{distill::evidence::Confidence, model::Lang};

/// A composed title is cut where it is wider than this; a wide character counts two.
const WIDE: usize = 90;
/// Up to here a clause may go on before it is cut.
const WIDEST: usize = 112;
/// A title is no shorter than this after a cut.
const NARROWEST: usize = 28;
/// So much wider than the limit it may be, cut before an adjunct: a later cut says more.
const LOOSE: usize = 8;
/// What no title ends with.
const TRAILING: [char; 16] = [
    '.', '。', '।', '۔', ',', ';', ':', '：', '؛', '،', '、', '，', '；', ' ', '–', '—',
];

/// A title from a lead sentence, and how sure it is that it ends with the thought.
pub(super) fn composed(lead: &str, lang: &Lang) -> (String, Confidence) {
    let cues = cues(lang);
    let mut lead = match cues {
        Some(cues) => {
            let lead = without_source(informed(lead, cues), cues);
            without_day(&without_insertions(&lead, cues), cues)
        }
        None => lead.to_owned(),
    };
    if let Some(rest) = after_leading_day(&lead) {
        lead = rest.to_owned();
    }
    if width(&lead) > WIDEST {
        lead = without_names(&lead, cues);
    }
    let (title, sure) = clause(&lead, lang, WIDE);
    (title.trim_end_matches(TRAILING).to_owned(), sure)
}

/// The sentence without the words that only say on which day of this week: `a signé mardi un accord`, `agreed on Monday to`.
fn without_day(lead: &str, cues: &Cues) -> String {
    let words: Vec<&str> = lead.split(' ').collect();
    if words.len() <= 6 {
        return lead.to_owned();
    }
    let plain = |w: &&str| w.to_lowercase().replace('\'', "’");
    let mut lower: Vec<String> = words.iter().map(plain).collect();
    if let Some(last) = lower.last_mut() {
        last.truncate(last.trim_end_matches('.').len());
    }
    let bare: Vec<String> = lower
        .iter()
        .map(|w| w.trim_end_matches([',', '،']).to_owned())
        .collect();
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    let mut at = opening(&lower, cues);
    while at < words.len() {
        let n = match cues.drop.phrase(&lower[at..]) {
            0 => cues.drop.phrase(&bare[at..]),
            n => n,
        };
        // `lundi 3 mars`, `mardi et mercredi`, `lundi prochain`: the day is part of more.
        let figure = lower
            .get(at + n)
            .is_some_and(|w| w.starts_with(|c: char| c.is_numeric()));
        let beside = |i: usize, kept: &Words| {
            lower
                .get(i)
                .is_some_and(|w| cues.joint.has(w) || kept.has(w))
        };
        let joined = at > 0 && beside(at - 1, &cues.before) || beside(at + n, &cues.behind);
        let comma = |i: usize| lower.get(i).is_some_and(|w| w.ends_with([',', '،']));
        let listed = at > 0 && comma(at - 1) || (at..(at + n).saturating_sub(1)).any(comma);
        if n == 0 || at == 0 || listed || figure || joined {
            kept.push(words[at].to_owned());
            at += 1;
            continue;
        }
        at += n;
        if comma(at - 1)
            && let Some(last) = kept.last_mut()
        {
            last.push(',');
        }
    }
    kept.join(" ")
}

/// What a letter tells, without `we are pleased to inform you that`.
fn informed<'a>(sentence: &'a str, cues: &Cues) -> &'a str {
    let lower = sentence.to_lowercase();
    let told = cues
        .informs
        .after(&lower)
        .filter(|_| lower.len() == sentence.len());
    let told = told.and_then(|at| sentence.get(at..)).map(str::trim_start);
    told.filter(|rest| width(rest) >= NARROWEST)
        .unwrap_or(sentence)
}

/// The sentence without the clause at its end that only says who says so: `, сообщил институт`, `, officials said`.
fn without_source(sentence: &str, cues: &Cues) -> String {
    let comma = sentence.rfind([',', '،']);
    let Some((head, tail)) = comma.and_then(|at| sentence.split_at_checked(at)) else {
        return sentence.to_owned();
    };
    let words: Vec<String> = tail
        .split(' ')
        .skip(1)
        .map(|w| w.trim_end_matches('.').to_lowercase())
        .collect();
    let said = (0..words.len().min(4)).any(|i| cues.said.phrase(&words[i..]) > 0);
    if said && words.len() <= 12 && width(head) >= NARROWEST && !is_inside_quotes(head) {
        return head.to_owned();
    }
    sentence.to_owned()
}

/// The number of words of the day that a sentence begins with: `On Monday,`, `У п’ятницю`. Not where the verb would come first without it.
fn opening(lower: &[String], cues: &Cues) -> usize {
    let Some(first) = lower.first() else {
        return 0;
    };
    let n = cues.first.phrase(lower);
    let alone = cues.first.has(first.trim_end_matches(','));
    let two = lower.iter().take(2).map(|w| w.trim_end_matches(','));
    let comma = two.collect::<Vec<_>>().join(" ");
    if first.ends_with(',') && alone {
        1
    } else if n > 1 || lower.get(1).is_some_and(|w| w.ends_with(',')) && cues.first.has(&comma) {
        let kept = lower.get(2).is_some_and(|w| {
            cues.joint.has(w) || cues.behind.has(w) || w.starts_with(|c: char| c.is_numeric())
        });
        if kept { 0 } else { 2 }
    } else {
        0
    }
}

/// What follows `８日（金）、` or `3月5日，` at the beginning of a sentence.
fn after_leading_day(sentence: &str) -> Option<&str> {
    const DAY: &str = "0123456789０１２３４５６７８９年月日（）()月火水木金土周一二三四五六";
    let end = sentence.find(['、', '，'])?;
    let (day, rest) = sentence.split_at(end);
    let told = day.contains('日') && day.chars().all(|c| DAY.contains(c));
    told.then(|| rest.trim_start_matches(['、', '，']))
}

/// A long sentence without the names between commas: `Le ministre des Pêches, Ahmed Ould Sidi, et son homologue`.
fn without_names(sentence: &str, cues: Option<&Cues>) -> String {
    let mut rest = sentence.to_owned();
    let mut from = 0;
    while let Some(open) = rest
        .get(from..)
        .and_then(|r| r.find(", "))
        .map(|at| from + at)
    {
        let after = open + 2;
        let close = rest.get(after..).and_then(|r| r.find(", "));
        let Some(close) = close.map(|at| after + at) else {
            break;
        };
        let inside: Vec<&str> = rest
            .get(after..close)
            .unwrap_or_default()
            .split(' ')
            .collect();
        let capital = |w: &str| w.starts_with(char::is_uppercase);
        let named = (2..=6).contains(&inside.len())
            && inside.first().is_some_and(|w| capital(w))
            && inside.last().is_some_and(|w| capital(w))
            && inside.iter().all(|w| capital(w) || w.chars().count() <= 3);
        // `Panama, Costa Rica, and Nicaragua` is a list.
        let next = rest.get(close + 2..).unwrap_or_default();
        let mut next = next
            .split(' ')
            .filter(|w| cues.is_none_or(|c| !c.joint.has(w)));
        let listed = next.next().is_none_or(capital);
        if named && !listed {
            rest.replace_range(open..=close, "");
        } else {
            from = after;
        }
    }
    rest
}

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
        .or(cuts.clause.filter(|at| room(at, widest)))
        .or(cuts.adjunct)
        .or(cuts.clause)
        .or(cuts.coordinated);
    let sure = match cut {
        Some(_) if cut == cuts.clause => 0.75,
        Some(_) => 0.7,
        None if width(sentence) <= 2 * limit => 0.6,
        None => 0.2,
    };
    let head = |cut: usize| sentence.get(..cut).unwrap_or(sentence);
    // A comma without a verb before it is better than a sentence that ends nowhere.
    let value = match cut.or(cuts.pause) {
        Some(at) if cut.is_some() || width(sentence) > 2 * limit => head(at)
            .trim_end_matches([',', ' ', ';', '，', '、', '،', '–', '—', '；'])
            .to_owned(),
        _ if width(sentence) <= 2 * limit => sentence.to_owned(),
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

/// Where a sentence can be cut: before its first subordinate or comma clause, before the last adjunct that fits, before a second predicate, at its
/// last comma that fits.
#[derive(Debug, Default)]
struct Cuts {
    clause: Option<usize>,
    adjunct: Option<usize>,
    coordinated: Option<usize>,
    pause: Option<usize>,
}

fn cuts(sentence: &str, cues: Option<&Cues>, limit: usize) -> Cuts {
    let mut cuts = Cuts::default();
    let mut begun = 0;
    // Whether a verb stands before the place, behind the first word.
    let mut told = false;
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
        if columns < NARROWEST || is_inside_quotes(head) {
            continue;
        }
        let spoken = head.trim_end_matches([',', '，', '、', '،', ' ']);
        let punctuated = head.ends_with([',', ';', '，', '、', '،', '；', '؛'])
            || after.starts_with(['–', '—', '(', '；', '，']);
        let clause = cues.is_some_and(|c| c.clause.starts(after));
        // `said that`, `приказал, чтобы`, `beschlossen, … zu bauen`: without what follows nothing is said.
        let needed = cues.is_some_and(|c| {
            if punctuated {
                c.told.starts(after) || c.infinitive.within(after)
            } else {
                c.that.starts(after) && c.verb.has(&last)
            }
        });
        let dangling = needed
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
        let whole = (told || verbs.is_none()) && !dangling;
        let least = match (verbs, clause) {
            (Some(_), _) => NARROWEST,
            (None, true) => limit * 2 / 5,
            (None, false) if wide(head) => limit / 3,
            (None, false) => limit * 2 / 3,
        };
        if !whole || columns < least {
            continue;
        }
        if punctuated || clause {
            cuts.clause.get_or_insert(cut);
        } else if let Some(cues) = cues {
            if cues.adjunct.starts(after) && columns <= limit + LOOSE && columns > limit / 2 {
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

/// The sentence without short insertions that only say when: `, mercredi à Rabat,`.
fn without_insertions(sentence: &str, cues: &Cues) -> String {
    let long = width(sentence) > WIDEST;
    let commas: Vec<usize> = sentence
        .match_indices([',', '،'])
        .map(|(at, _)| at)
        .collect();
    for pair in commas.windows(2) {
        let &[from, to] = pair else { continue };
        let inside = sentence.get(from..to).unwrap_or_default();
        let words: Vec<String> = inside
            .split(' ')
            .map(|w| w.trim_matches([',', '،']).to_lowercase())
            .filter(|w| !w.is_empty())
            .collect();
        let when = words.iter().take(2).any(|w| cues.when.has(w));
        // `, em Tete,` in a sentence that is too long.
        let place = long
            && words.len() <= 4
            && words.first().is_some_and(|w| cues.adjunct.has(w))
            && inside
                .rsplit(' ')
                .next()
                .is_some_and(|w| w.starts_with(char::is_uppercase));
        if place || when && words.len() <= 10 {
            let comma = sentence
                .get(to..)
                .and_then(|s| s.chars().next())
                .map_or(1, char::len_utf8);
            return [
                sentence.get(..from).unwrap_or_default(),
                sentence.get(to + comma..).unwrap_or_default(),
            ]
            .concat();
        }
    }
    sentence.to_owned()
}

/// The next place where a sentence could be cut: a space, or after a comma of a script without spaces.
fn next_boundary(sentence: &str, from: usize) -> Option<usize> {
    let from = (from..=sentence.len()).find(|&i| sentence.is_char_boundary(i))?;
    sentence
        .get(from..)?
        .char_indices()
        .find_map(|(i, c)| matches!(c, ' ' | '，' | '、' | '；').then_some(from + i))
}

fn is_inside_quotes(head: &str) -> bool {
    head.matches('«').count() > head.matches('»').count()
        || head.matches('“').count() + head.matches('„').count() > head.matches('”').count()
        || head.matches('"').count() % 2 == 1
        || head.matches('(').count() > head.matches(')').count()
}
