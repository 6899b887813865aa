//! The words around a date → what kind of day it is: of publication, of news, a plan, a deadline, history.

use super::{
    lexicon::Cat,
    scan::{Mention, Scan, Shape},
    tokens::{Gap, Kind, Token},
};
use crate::distill::layout::lines::date_tokens;

/// The nearest word before a date that says what kind of day it is.
pub(super) fn cue(scan: &Scan<'_>, mention: &Mention) -> Option<Cat> {
    let mut best: Option<(usize, usize, Cat)> = None;
    for start in mention.first.saturating_sub(14)..mention.first {
        for cat in [
            Cat::Embargo,
            Cat::Issued,
            Cat::Changed,
            Cat::Since,
            Cat::Due,
        ] {
            let Some(n) = [scan.lexicon, scan.english]
                .iter()
                .filter_map(|l| l.get(scan.tokens, start, cat).map(|(_, n)| n))
                .max()
            else {
                continue;
            };
            let end = start + n;
            if end > mention.first {
                continue;
            }
            let between = &scan.tokens[end..mention.first];
            let near = match cat {
                // "Embargo: not for publication before 00:01 GMT, Thursday 19 February".
                Cat::Embargo => between.len() <= 12,
                Cat::Issued | Cat::Changed => between.len() <= 4,
                _ => {
                    between.len() <= 2
                        && mention.from_day.is_none()
                        && between.iter().all(|t| {
                            t.text.chars().count() <= 4
                                && !matches!(t.text, "." | "," | "(" | ")" | ";" | ":")
                        })
                }
            };
            let same_line = between
                .iter()
                .chain(scan.tokens.get(mention.first))
                .all(|t| t.gap < Gap::Line || cat == Cat::Due || cat == Cat::Since);
            if near
                && same_line
                && best.is_none_or(|(e, s, c)| {
                    cat == Cat::Embargo && c != Cat::Embargo
                        || (end, std::cmp::Reverse(start)) > (e, std::cmp::Reverse(s))
                })
            {
                best = Some((end, start, cat));
            }
        }
    }
    let after = after_cue(scan, mention);
    best.map(|(_, _, cat)| cat).or(after)
}

/// Chinese, Japanese, Korean, Turkish, Hungarian and Finnish say "until" after the date.
fn after_cue(scan: &Scan<'_>, mention: &Mention) -> Option<Cat> {
    const AFTER: [&str; 24] = [
        "まで",
        "までに",
        "から",
        "締切",
        "起",
        "前",
        "之前",
        "截止",
        "以前",
        "까지",
        "부터",
        "tarihinden",
        "tarihine",
        "mennessä",
        "alkaen",
        "asti",
        "ig",
        "től",
        "tól",
        "तक",
        "से",
        "以降",
        "より",
        "itibaren",
    ];
    let mut joined = String::new();
    for token in scan.tokens.iter().skip(mention.last).take(3) {
        joined.push_str(token.text);
        if AFTER.contains(&joined.as_str()) || AFTER.contains(&token.text) && joined.len() <= 12 {
            return Some(Cat::Due);
        }
    }
    None
}

/// Beginnings of words that give news.
const TOLD: [&str; 62] = [
    "said",
    "says",
    "announc",
    "declared",
    "reported",
    "annonc",
    "déclar",
    "indiqu",
    "affirm",
    "appris",
    "anunci",
    "inform",
    "dijo",
    "señal",
    "afirm",
    "declar",
    "disse",
    "divulg",
    "comunic",
    "annunci",
    "detto",
    "riferi",
    "dichiar",
    "сообщи",
    "заяви",
    "объяви",
    "рассказ",
    "повідом",
    "оголос",
    "teilt",
    "mitteil",
    "mitget",
    "sagte",
    "bekannt",
    "erklärt",
    "zei",
    "meld",
    "bekend",
    "liet",
    "powiedzi",
    "poinform",
    "ogłosi",
    "oświadcz",
    "اعلن",
    "قال",
    "اكد",
    "صرح",
    "افاد",
    "açıkla",
    "duyur",
    "bildir",
    "söyle",
    "dedi",
    "宣布",
    "表示",
    "公布",
    "発表",
    "明らか",
    "述べ",
    "밝혔",
    "발표",
    "گفت",
];

/// Whether a word that gives news stands beside the date.
pub(super) fn told(scan: &Scan<'_>, mention: &Mention) -> bool {
    let sides = [
        (mention.first.saturating_sub(3), mention.first),
        (mention.last, mention.last + 5),
    ];
    sides.into_iter().any(|(from, to)| {
        let near: Vec<_> = scan
            .tokens
            .iter()
            .take(to)
            .skip(from)
            .take_while(|t| from < mention.first || !matches!(t.text, "." | ";" | "。"))
            .collect();
        let glyphs: String = near
            .iter()
            .filter(|t| t.kind == Kind::Glyph)
            .map(|t| t.text)
            .collect();
        let after = from >= mention.first;
        TOLD.iter().any(|told| {
            glyphs.contains(told)
                || near
                    .iter()
                    .take(if after { 2 } else { 3 })
                    .any(|t| t.kind == Kind::Word && t.text.starts_with(told))
        })
    })
}

/// Words of what will be.
const PLANNED: [&str; 56] = [
    "will",
    "shall",
    "soll",
    "sollen",
    "wird",
    "werden",
    "tritt",
    "treten",
    "sera",
    "seront",
    "aura",
    "auront",
    "entrera",
    "débutera",
    "ouvrira",
    "ouvriront",
    "commencera",
    "tiendra",
    "réunira",
    "rendra",
    "será",
    "serán",
    "serão",
    "entrará",
    "comenzará",
    "começará",
    "celebrará",
    "tendrá",
    "terá",
    "sarà",
    "saranno",
    "entrerà",
    "partirà",
    "будет",
    "будут",
    "вступит",
    "начнется",
    "состоится",
    "планируется",
    "буде",
    "будуть",
    "набуде",
    "почнеться",
    "zal",
    "zullen",
    "gaat",
    "będzie",
    "będą",
    "wejdzie",
    "odbędzie",
    "ruszy",
    "ستبدا",
    "سيبدا",
    "ستنطلق",
    "سيعقد",
    "予定",
];

/// Whether the sentence near the date speaks of what will be.
pub(super) fn planned(scan: &Scan<'_>, mention: &Mention) -> bool {
    if !matches!(mention.shape, Shape::DayMonth { .. } | Shape::Day { .. }) {
        return false;
    }
    let stops =
        |t: &&Token<'_>| !matches!(t.text, "." | ";" | "。" | ",") && t.gap < Gap::Paragraph;
    let before = scan
        .tokens
        .iter()
        .take(mention.first)
        .rev()
        .take_while(stops)
        .take(8);
    let after = scan
        .tokens
        .iter()
        .skip(mention.last)
        .take_while(stops)
        .take(6);
    before.chain(after).any(|t| PLANNED.contains(&t.text))
}

/// Whether the line holds the date and little else.
pub(super) fn alone(scan: &Scan<'_>, mention: &Mention) -> bool {
    let begin = (0..=mention.first)
        .rev()
        .find(|&i| scan.tokens.get(i).is_none_or(|t| t.gap >= Gap::Line))
        .unwrap_or(0);
    let end = (mention.first + 1..scan.tokens.len())
        .find(|&i| scan.tokens[i].gap >= Gap::Line)
        .unwrap_or(scan.tokens.len());
    let line = &scan.tokens[begin..end];
    line.len()
        .saturating_sub(mention.last.saturating_sub(mention.first))
        <= 8
        && date_tokens(line).is_some()
}
