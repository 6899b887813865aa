//! Text → language: script histogram, then a stop-word vote; a crate breaks ties only.

use std::{collections::BTreeMap, sync::LazyLock};

use compact_str::format_compact;

use super::{
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    text::Text,
    tokens::Token,
};
use crate::model::Lang;

mod ballot;
mod han;
mod profiles;
mod quotes;
mod script;
#[cfg(test)]
mod tests;
mod words;

use ballot::{Vote, ballot};
use han::of_han;
pub(super) use profiles::prepare;
use script::{Letters, NAMES, Script, shown};

/// The main language of a text, `und` where nothing can be told. A second language of a bilingual document is noted in the evidence.
pub fn language(text: &Text) -> Finding<Option<Lang>> {
    language_of(text, &text.tokens())
}

/// [`language`] with the tokens of the text.
pub(crate) fn language_of(text: &Text, tokens: &[Token<'_>]) -> Finding<Option<Lang>> {
    let letters = Letters::of(&text.decoded);
    let Some(script) = letters.main() else {
        return Finding::default();
    };
    let votes = match (script, of_script(script)) {
        (Script::Han, _) => vec![Vote::of_script(of_han(&text.decoded), "Han characters")],
        (_, Some((lang, shown))) => vec![Vote::of_script(lang, shown)],
        _ => led(text, script, ballot(text, tokens, script, &letters)),
    };
    let mut found = finding(text, shown(text, script), votes);
    second(text, &letters, &mut found);
    found
}

/// The votes, with the second before the first where both have half of the text and the first paragraph is clearly in the second.
fn led(text: &Text, script: Script, mut votes: Vec<Vote>) -> Vec<Vote> {
    let [first, second, ..] = votes.as_slice() else {
        return votes;
    };
    let told =
        |l: &&str| l.chars().nth(99).is_some() && l.trim_end().ends_with(['.', '!', '?', '؟']);
    let opening = || text.decoded.lines().find(told);
    if second.score > first.score * HALF
        && let Some(line) = opening()
    {
        let part = Text::new(line.to_owned());
        let own = ballot(&part, &part.tokens(), script, &Letters::of(line));
        let rival = own.iter().find(|v| v.code == first.code);
        let clear = rival.is_none_or(|r| r.score < own[0].score * CLEAR);
        if clear && own.first().is_some_and(|v| v.code == second.code) {
            votes.swap(0, 1);
        }
    }
    votes
}

/// With such a share of the votes of the first, a language has half of the text.
const HALF: f32 = 0.8;
/// With less than this share of a paragraph's votes, a language is not that of the paragraph.
const CLEAR: f32 = 0.5;

/// Notes the language of the longest paragraph that is clearly in another one, where it is a good part of the text.
fn second(text: &Text, letters: &Letters, found: &mut Finding<Option<Lang>>) {
    let Some(main) = found.value.as_ref().map(|l| l.primary().to_owned()) else {
        return;
    };
    // Only where another language or script has a voice at all.
    let rival = found
        .evidence
        .iter()
        .skip(1)
        .any(|e| e.weight * 3.0 > found.evidence[0].weight);
    let (latin, all) = (letters.count(Script::Latin), letters.all());
    let mixed = latin * 5 >= all && latin * 5 < all * 4;
    if !rival && !mixed {
        return;
    }
    let mut at = 0;
    let mut best: Option<(usize, Span, Vote)> = None;
    for line in text.decoded.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        if line.len() * 5 < text.decoded.len() || line.chars().nth(59).is_none() {
            continue;
        }
        let part = Text::new(line.to_owned());
        let letters = Letters::of(line);
        let Some(own) = letters.main() else {
            continue;
        };
        let vote = ballot(&part, &part.tokens(), own, &letters)
            .into_iter()
            .next();
        if let Some(vote) = vote.filter(|v| v.code != main && v.score > 3.0)
            && best.as_ref().is_none_or(|(n, ..)| line.len() > *n)
        {
            best = Some((line.len(), Span::new(start, start + line.len()), vote));
        }
    }
    if let Some((_, span, vote)) = best {
        found.evidence.push(Evidence {
            span,
            text: text.slice(span).into(),
            rule: format_compact!("second language: {}", vote.reason),
            weight: vote.score,
            value: vote.code.into(),
            accepted: false,
        });
    }
}

fn finding(text: &Text, span: Span, votes: Vec<Vote>) -> Finding<Option<Lang>> {
    let value = votes.first().and_then(|v| v.code.parse::<Lang>().ok());
    let mut doubts = Vec::new();
    let mut confidence = BTreeMap::new();
    if let (Some(lang), Some(first)) = (&value, votes.first()) {
        let sure = certainty(&votes);
        confidence.insert(lang.to_string(), sure);
        if !sure.is_enough() {
            let message = match votes.get(1) {
                Some(second) => format!(
                    "the language was taken for {}, but could be {}",
                    first.code, second.code
                ),
                None => format!("the language was taken for {} from very little", first.code),
            };
            doubts.push(Doubt::new(message).at(span));
        }
    }
    let evidence = votes
        .into_iter()
        .enumerate()
        .map(|(at, vote)| Evidence {
            span,
            text: text.slice(span).into(),
            rule: vote.reason.into(),
            weight: vote.score,
            value: vote.code.into(),
            accepted: at == 0,
        })
        .collect();
    Finding {
        value,
        confidence,
        evidence,
        doubts,
    }
}

/// How sure the first of the votes is: by its lead over the second, and by how many words have a voice at all.
fn certainty(votes: &[Vote]) -> Confidence {
    let Some(first) = votes.first() else {
        return Confidence::default();
    };
    if first.by_script {
        return Confidence::new(0.97);
    }
    let lead = votes
        .get(1)
        .map_or(1.0, |second| 1.0 - second.score.max(0.0) / first.score);
    let enough = (first.score / 6.0).min(1.0);
    Confidence::new(0.5 + 0.48 * (5.0 * lead).min(1.0) * (0.4 + 0.6 * enough))
}

/// The language that alone writes a script, and how that is shown as evidence.
fn of_script(script: Script) -> Option<(&'static str, &'static str)> {
    static ALONE: LazyLock<Vec<Option<(&str, &str)>>> = LazyLock::new(|| {
        let all = || rows(include_str!("lexicon/scripts.tsv"));
        let of = |name| all().find_map(|(n, rest)| rest.split_once('\t').filter(|_| n == name));
        NAMES.iter().map(|name| of(*name)).collect()
    });
    ALONE.get(script as usize).copied().flatten()
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}
