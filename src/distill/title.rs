//! Text → title: the headline where there is one, else the main clause of the lead. And the summary: the lead.
//! The title never is a label such as "COMMUNIQUÉ DE PRESSE" and never ends in the middle of a thought.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    layout::{Layout, Zone},
    sentences::sentences,
    text::Text,
};
use crate::model::Lang;

/// A composed title is cut where it is wider than this; a wide character counts two.
const WIDE: usize = 90;
/// Up to here a clause may go on before it is cut.
const WIDEST: usize = 112;
/// A title is no shorter than this after a cut.
const NARROWEST: usize = 28;
/// The summary ends before this, but for a first sentence that is longer.
const SUMMARY: usize = 300;
/// A first sentence that is longer than this is cut at a clause.
const LONGEST_SENTENCE: usize = 480;

/// Derives the title, fit to print. Never empty where the text is not.
pub fn title(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let headline = layout
        .blocks
        .iter()
        .filter(|b| b.zone == Zone::Headline)
        .map(|b| b.span)
        .reduce(|a, b| Span::new(a.start, b.end));
    if let Some(span) = headline {
        let value = one_line(text.slice(span));
        if !value.is_empty() {
            return finding(text, span, "headline", value, Confidence::new(0.93));
        }
    }
    let Some(lead) = lead(text, layout) else {
        return Finding::default();
    };
    let (value, sure) = composed(&one_line(text.slice(lead)), lang);
    let value = begun(value, lang);
    let mut found = finding(text, lead, "main clause of the lead", value, sure);
    if !sure.is_enough() {
        let doubt = "there is no headline, and the first sentence is hard to shorten";
        found.doubts.push(Doubt::new(doubt).at(lead));
    }
    found
}

/// Derives the summary: the lead sentence or sentences without the dateline.
pub fn summary(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let Some(lead) = lead(text, layout) else {
        return Finding::default();
    };
    let mut value = begun(one_line(text.slice(lead)), lang);
    if width(&value) > LONGEST_SENTENCE {
        let (head, sure) = clause(&value, lang, SUMMARY);
        value = format!("{}…", head.trim_end_matches('…'));
        return finding(text, lead, "main clause of the lead", value, sure);
    }
    let mut span = lead;
    let rest = text
        .slice(Span::new(lead.end, text.decoded.len()))
        .find("\n\n")
        .map_or(text.decoded.len(), |at| lead.end + at);
    if let Some(next) = sentences(text, Span::new(lead.end, rest)).first() {
        let more = one_line(text.slice(*next));
        let inside = matches!(layout.zone_at(next.start), Zone::Body | Zone::Lead);
        let ends = more.ends_with(['.', '!', '?', '。', '؟', '।', '»', '”', '"']);
        if inside && ends && width(&value) + width(&more) < SUMMARY {
            value = format!("{value} {more}");
            span.end = next.end;
        }
    }
    let sure = match layout.zone_at(lead.start) {
        Zone::Lead => 0.9,
        Zone::Body => 0.8,
        _ => 0.5,
    };
    finding(text, span, "lead", value, Confidence::new(sure))
}

fn finding(
    text: &Text,
    span: Span,
    rule: &str,
    value: String,
    sure: Confidence,
) -> Finding<String> {
    let evidence = vec![Evidence {
        span,
        text: text.slice(span).to_owned(),
        rule: rule.to_owned(),
        weight: 1.0,
        value: value.clone(),
        accepted: true,
    }];
    Finding {
        confidence: BTreeMap::from([(value.clone(), sure)]),
        value,
        evidence,
        doubts: Vec::new(),
    }
}

/// The lead sentence; where the layout names none, the first sentence of what is said, then of anything.
fn lead(text: &Text, layout: &Layout) -> Option<Span> {
    let zones = [
        Zone::Lead,
        Zone::Body,
        Zone::Boilerplate,
        Zone::Header,
        Zone::Footer,
    ];
    zones.iter().find_map(|zone| {
        let block = layout.first(*zone)?;
        sentences(text, block)
            .into_iter()
            .find(|s| text.slice(*s).chars().any(char::is_alphanumeric))
    })
}

/// With a capital at the beginning: a lead that goes on from "Dear colleagues," has none.
fn begun(value: String, lang: &Lang) -> String {
    let mut chars = value.chars();
    match (chars.next(), chars.clone().next()) {
        // `iPhone` is written so.
        (Some(first), second)
            if first.is_lowercase() && !second.is_some_and(char::is_uppercase) =>
        {
            let own = cues(lang).and_then(|c| {
                let pairs = c.capital.0.iter();
                pairs.find_map(|p| p.strip_prefix(first))
            });
            let capital = own.map_or_else(|| first.to_uppercase().collect(), str::to_owned);
            capital + chars.as_str()
        }
        _ => value,
    }
}

/// What no title ends with.
const TRAILING: [char; 16] = [
    '.', '。', '।', '۔', ',', ';', ':', '：', '؛', '،', '、', '，', '；', ' ', '–', '—',
];

/// A title from a lead sentence, and how sure it is that it ends with the thought.
fn composed(lead: &str, lang: &Lang) -> (String, Confidence) {
    let cues = cues(lang);
    let lead = match cues {
        Some(cues) => without_day(&without_insertions(lead, cues), cues),
        None => lead.to_owned(),
    };
    let (title, sure) = clause(&lead, lang, WIDE);
    (title.trim_end_matches(TRAILING).to_owned(), sure)
}

/// The sentence without the words that only say on which day of this week: `a signé mardi un accord`, `agreed on Monday to`.
fn without_day(lead: &str, cues: &Cues) -> String {
    let words: Vec<&str> = lead.split(' ').collect();
    if words.len() <= 6 {
        return lead.to_owned();
    }
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let n = cues.drop.phrase(&lower[at..]);
        // `lundi 3 mars`, `mardi et mercredi`, `Monday's`: the day is part of more.
        let figure = lower
            .get(at + n)
            .is_some_and(|w| w.starts_with(|c: char| c.is_numeric()));
        let joined = [at.checked_sub(1), Some(at + n)]
            .into_iter()
            .flatten()
            .any(|i| lower.get(i).is_some_and(|w| cues.joint.has(w)));
        let listed = at > 0 && lower[at - 1].ends_with([',', '،']);
        if n == 0 || at == 0 || listed || at + n >= words.len() || figure || joined {
            kept.push(words[at]);
            at += 1;
        } else {
            at += n;
        }
    }
    kept.join(" ")
}

/// The first main clause of a sentence within about `limit` columns, and how sure it is that it ends with the thought.
fn clause(sentence: &str, lang: &Lang, limit: usize) -> (String, Confidence) {
    let widest = limit + (WIDEST - WIDE);
    if width(sentence) <= widest {
        return (sentence.to_owned(), Confidence::new(0.85));
    }
    let cuts = cuts(sentence, cues(lang), limit);
    let fits = |at: &usize| sentence.get(..*at).is_some_and(|h| width(h) <= limit);
    let cut = cuts
        .clause
        .filter(fits)
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
        let dangling = cues.is_some_and(|c| {
            c.verb.0.contains(&last.as_str()) || c.adjunct.has(&last) || c.open.ends(spoken)
        });
        let punctuated = head.ends_with([',', ';', '，', '、', '،', '；', '؛'])
            || after.starts_with(['–', '—', '(', '；', '，']);
        if punctuated && !dangling && columns <= limit + (WIDEST - WIDE) {
            cuts.pause = Some(cut);
        }
        // Where no list of verbs is at hand, nobody knows whether it has come: a longer head is the safer guess.
        let verbs = cues.filter(|c| !c.verb.0.is_empty());
        let whole = (told || verbs.is_none()) && !dangling;
        let clause = cues.is_some_and(|c| c.clause.starts(after));
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
            if cues.adjunct.starts(after) && columns <= limit && columns > limit / 2 {
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
        if when && words.len() <= 10 {
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

/// Columns: a wide (East Asian) character counts two.
fn width(s: &str) -> usize {
    s.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFF60)
}

/// Whether a text is in a script whose lines join without a space: Chinese or Japanese; Korean has spaces.
fn wide(s: &str) -> bool {
    s.chars().next_back().is_some_and(unspaced)
}

fn unspaced(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115F}' | '\u{AC00}'..='\u{D7A3}')
}

/// Lines joined; an ideographic space stays, and Chinese and Japanese lines join without one.
fn one_line(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut gap = "";
    for c in s.trim().chars() {
        if c.is_whitespace() {
            gap = match (c, gap) {
                ('\u{3000}', _) => "\u{3000}",
                ('\n', "") => "\n",
                (_, "") => " ",
                _ => gap,
            };
            continue;
        }
        if gap == "\n" {
            gap = if wide(&out) && unspaced(c) { "" } else { " " };
        }
        out.push_str(gap);
        out.push(c);
        gap = "";
    }
    out
}

/// The cue words of one language.
#[derive(Debug, Default)]
struct Cues {
    clause: Words,
    adjunct: Words,
    verb: Words,
    drop: Words,
    when: Words,
    joint: Words,
    open: Words,
    capital: Words,
}

#[derive(Debug, Default)]
struct Words(Vec<&'static str>);

impl Words {
    fn has(&self, lower: &str) -> bool {
        self.0
            .iter()
            .any(|w| match (w.strip_prefix('*'), w.strip_suffix('*')) {
                (Some(rest), Some(_)) => lower.contains(rest.trim_end_matches('*')),
                (Some(ending), None) => lower.len() > ending.len() + 1 && lower.ends_with(ending),
                (None, Some(stem)) => lower.starts_with(stem),
                (None, None) => lower == *w,
            })
    }

    /// The number of words of the longest phrase that begins a list of lower-case words; none where none does.
    fn phrase(&self, lower: &[String]) -> usize {
        let fits = |phrase: &&&str| {
            let mut words = lower.iter();
            phrase
                .split(' ')
                .all(|p| words.next().is_some_and(|w| w == p))
        };
        let phrases = self.0.iter().filter(fits);
        phrases.map(|p| p.split(' ').count()).max().unwrap_or(0)
    }

    /// Whether a text ends with one of the words, in a script without spaces too.
    fn ends(&self, text: &str) -> bool {
        self.0.iter().any(|w| text.ends_with(w))
    }

    /// Whether a text begins with one of the words.
    fn starts(&self, text: &str) -> bool {
        self.0.iter().any(|w| {
            text.strip_prefix(w)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        })
    }
}

fn cues(lang: &Lang) -> Option<&'static Cues> {
    static CUES: LazyLock<BTreeMap<&'static str, Cues>> = LazyLock::new(|| {
        let mut all: BTreeMap<&'static str, Cues> = BTreeMap::new();
        let lines = include_str!("lexicon/title.txt").lines();
        for line in lines.filter(|l| !l.starts_with('#')) {
            let Some((head, list)) = line.split_once(':') else {
                continue;
            };
            let Some((lang, kind)) = head.split_once(' ') else {
                continue;
            };
            let words = Words(list.split(',').map(str::trim).collect());
            let cues = all.entry(lang).or_default();
            match kind {
                "clause" => cues.clause = words,
                "adjunct" => cues.adjunct = words,
                "verb" => cues.verb = words,
                "drop" => cues.drop = words,
                "joint" => cues.joint = words,
                "open" => cues.open = words,
                "capital" => cues.capital = words,
                _ => cues.when = words,
            }
        }
        all
    });
    CUES.get(lang.primary())
}
