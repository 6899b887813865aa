//! A lead sentence → its main clause, as a title. Never ends with a comma or a preposition where it can be helped.

use super::{
    clause::{clause, is_inside_quotes},
    cues::{Cues, Words, cues},
    line::width,
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
        // `, for the first time,`, `, dopo due giorni di ricerche,`
        let next = sentence.get(to + 1..).unwrap_or_default().trim_start();
        let aside = long
            && words.len() <= 8
            && words
                .first()
                .is_some_and(|w| cues.adjunct.has(w) || cues.clause.has(w))
            && !words.iter().any(|w| cues.verb.has(w))
            && !cues.opens_relative(inside.trim_start_matches([',', '،', ' ']))
            && !(cues.joint.starts(next) || cues.adjunct.starts(next) || cues.clause.starts(next));
        if place || aside || when && words.len() <= 10 {
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
