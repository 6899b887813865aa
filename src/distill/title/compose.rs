//! A lead sentence → its main clause, as a title. Never ends with a comma or a preposition where it can be helped.

use super::{
    clause::{clause, is_inside_quotes},
    cues::{Cues, cues},
    line::width,
    words::Words,
};
use crate::{distill::evidence::Confidence, model::Lang};

/// A composed title is cut where it is wider than this; a wide character counts two.
pub(super) const WIDE: usize = 90;
/// Up to here a clause may go on before it is cut.
pub(super) const WIDEST: usize = 112;
/// A title is no shorter than this after a cut.
pub(super) const NARROWEST: usize = 28;
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
            without_day(&without_insertions(lead, cues), cues)
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
    let lower = lead.to_lowercase().replace('\'', "’");
    let mut lower: Vec<&str> = lower.split(' ').collect();
    if let Some(last) = lower.last_mut() {
        *last = last.trim_end_matches('.');
    }
    let mut kept = String::with_capacity(lead.len());
    let mut keep = |word: &str, first: bool| {
        if !first {
            kept.push(' ');
        }
        kept.push_str(word);
    };
    let mut at = opening(&lower, cues);
    let mut first = true;
    while at < words.len() {
        let n = match at {
            0 => 0,
            _ => dropped(&lower, at, cues),
        };
        if n == 0 {
            keep(words[at], first);
            first = false;
            at += 1;
            continue;
        }
        at += n;
        if lower[at - 1].ends_with(COMMAS) && !first {
            keep(",", true);
        }
    }
    kept
}

const COMMAS: [char; 2] = [',', '،'];

/// The number of words of the day at a place, where the sentence does without them.
fn dropped(lower: &[&str], at: usize, cues: &Cues) -> usize {
    let here = lower.get(at..).unwrap_or_default().iter().copied();
    let n = match cues.drop.phrase(&here) {
        0 => cues.drop.phrase(&here.map(|w| w.trim_end_matches(COMMAS))),
        n => n,
    };
    if n == 0 {
        return 0;
    }
    // `lundi 3 mars`, `mardi et mercredi`, `lundi prochain`: the day is part of more.
    let figure = lower
        .get(at + n)
        .is_some_and(|w| w.starts_with(char::is_numeric));
    let beside = |i: usize, kept: &Words| {
        lower
            .get(i)
            .is_some_and(|w| cues.joint.has(w) || kept.has(w))
    };
    let joined = at > 0 && beside(at - 1, &cues.before) || beside(at + n, &cues.behind);
    let comma = |i: usize| lower.get(i).is_some_and(|w| w.ends_with(COMMAS));
    let listed = at > 0 && comma(at - 1) || (at..(at + n).saturating_sub(1)).any(comma);
    if figure || joined || listed { 0 } else { n }
}

/// What a letter tells, without `we are pleased to inform you that`.
fn informed<'a>(sentence: &'a str, cues: &Cues) -> &'a str {
    if cues.informs.is_empty() {
        return sentence;
    }
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
fn without_source<'a>(sentence: &'a str, cues: &Cues) -> &'a str {
    let comma = sentence.rfind(COMMAS).filter(|_| !cues.said.is_empty());
    let Some((head, tail)) = comma.and_then(|at| sentence.split_at_checked(at)) else {
        return sentence;
    };
    let lower = tail.to_lowercase();
    let words = lower.split(' ').skip(1).map(|w| w.trim_end_matches('.'));
    let count = words.clone().count();
    let said = || (0..count.min(4)).any(|i| cues.said.phrase(&words.clone().skip(i)) > 0);
    if count <= 12 && said() && width(head) >= NARROWEST && !is_inside_quotes(head) {
        return head;
    }
    sentence
}

/// The number of words of the day that a sentence begins with: `On Monday,`, `У п’ятницю`. Not where the verb would come first without it.
fn opening(lower: &[&str], cues: &Cues) -> usize {
    let Some(first) = lower.first().filter(|_| !cues.first.is_empty()) else {
        return 0;
    };
    if first.ends_with(',') && cues.first.has(first.trim_end_matches(',')) {
        return 1;
    }
    let two = || {
        let two = lower.iter().take(2).map(|w| w.trim_end_matches(','));
        cues.first.has(&two.collect::<Vec<_>>().join(" "))
    };
    let comma = lower.get(1).is_some_and(|w| w.ends_with(','));
    if cues.first.phrase(&lower.iter().copied()) <= 1 && !(comma && two()) {
        return 0;
    }
    let kept = lower.get(2).is_some_and(|w| {
        cues.joint.has(w) || cues.behind.has(w) || w.starts_with(char::is_numeric)
    });
    if kept { 0 } else { 2 }
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

/// The sentence without short insertions that only say when: `, mercredi à Rabat,`.
fn without_insertions(sentence: &str, cues: &Cues) -> String {
    let long = width(sentence) > WIDEST;
    let commas: Vec<usize> = sentence.match_indices(COMMAS).map(|(at, _)| at).collect();
    for pair in commas.windows(2) {
        let &[from, to] = pair else { continue };
        let inside = sentence.get(from..to).unwrap_or_default();
        let next = sentence.get(to + 1..).unwrap_or_default().trim_start();
        if is_insertion(inside, next, long, cues) {
            let behind = sentence.get(to..).unwrap_or_default();
            let behind = behind.strip_prefix(COMMAS).unwrap_or(behind);
            return [sentence.get(..from).unwrap_or_default(), behind].concat();
        }
    }
    sentence.to_owned()
}

/// Whether what stands between two commas of a sentence, which may be a long one, can be left out.
fn is_insertion(inside: &str, next: &str, long: bool, cues: &Cues) -> bool {
    let words = inside.split(' ').map(|w| w.trim_matches(COMMAS));
    let words = words.filter(|w| !w.is_empty());
    let count = words.clone().take(LONGEST + 1).count();
    if count == 0 || count > LONGEST {
        return false;
    }
    let mut lower = words.clone().map(str::to_lowercase);
    let first = lower.next().unwrap_or_default();
    if cues.when.has(&first) || lower.next().is_some_and(|w| cues.when.has(&w)) {
        return true;
    }
    let adjunct = long && cues.adjunct.has(&first);
    // `, em Tete,` in a sentence that is too long.
    let named = || {
        let last = inside.rsplit(' ').next();
        last.is_some_and(|w| w.starts_with(char::is_uppercase))
    };
    // `, for the first time,`, `, dopo due giorni di ricerche,`
    let aside = || {
        count <= 8
            && (adjunct || long && cues.clause.has(&first))
            && !words.map(str::to_lowercase).any(|w| cues.verb.has(&w))
            && !cues.opens_relative(inside.trim_start_matches([',', '،', ' ']))
            && !(cues.joint.starts(next) || cues.adjunct.starts(next) || cues.clause.starts(next))
    };
    adjunct && count <= 4 && named() || aside()
}

/// An insertion has so many words at most.
const LONGEST: usize = 10;
