//! Text → language: script histogram, then a stop-word vote; a crate breaks ties only.

use std::collections::BTreeMap;

use super::{
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    text::Text,
    tokens::{Kind, Token},
};
use crate::model::Lang;

mod han;
mod profiles;
mod quotes;
mod script;
#[cfg(test)]
mod tests;

use han::of_han;
use profiles::PROFILES;
use quotes::Quotes;
use script::{Letters, Script, shown};

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
            text: text.slice(span).to_owned(),
            rule: format!("second language: {}", vote.reason),
            weight: vote.score,
            value: vote.code.to_owned(),
            accepted: false,
        });
    }
}

/// So many languages are shown as evidence.
const VOTES: usize = 3;

/// What speaks for one language.
struct Vote {
    code: &'static str,
    score: f32,
    reason: String,
    /// Whether its script alone tells it.
    by_script: bool,
}

impl Vote {
    fn of_script(code: &'static str, reason: &str) -> Self {
        Self {
            code,
            score: 1.0,
            reason: reason.to_owned(),
            by_script: true,
        }
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
            text: text.slice(span).to_owned(),
            rule: vote.reason,
            weight: vote.score,
            value: vote.code.to_owned(),
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

/// One past the last letter that a profile may list: Latin with all its marks, Greek, Cyrillic, Arabic.
const LETTERS: usize = 0x2000;

/// The share of the letters `of` among all of a text.
fn share(count: &[u16; LETTERS], of: &[char], all: usize) -> f32 {
    let seen = of.iter().filter_map(|c| count.get(*c as usize));
    seen.map(|n| u32::from(*n)).sum::<u32>() as f32 / all.max(1) as f32
}

/// What stands between quotation marks may be in another language.
const QUOTED: f32 = 0.3;

/// The stop words and rare letters of each language of a script, best first.
fn ballot(text: &Text, all: &[Token<'_>], script: Script, letters: &Letters) -> Vec<Vote> {
    let profiles = &*PROFILES;
    let own: Vec<bool> = profiles
        .all
        .iter()
        .map(|profile| profile.script == script.name())
        .collect();
    let of_script = |&&i: &&usize| own[i];
    let candidates: Vec<usize> = (0..own.len()).filter(|&i| own[i]).collect();
    let mut scores = vec![0.0_f32; profiles.all.len()];
    let mut hits: Vec<(&Token<'_>, &[usize])> = Vec::new();
    let mut words = 0_usize;
    let mut quotes = Quotes::of(&text.folded);
    for token in all.iter().filter(|t| t.kind == Kind::Word) {
        words += 1;
        let Some(langs) = profiles.words.get(token.hash) else {
            continue;
        };
        let shared = langs.iter().filter(of_script).count() as f32;
        // A word that many languages have tells little between them.
        let one = token.text.chars().nth(1).is_none();
        let spoken = if quotes.hold(token.start) {
            QUOTED
        } else {
            1.0
        };
        let worth = spoken * if one { 0.4 } else { 1.0 } / shared.sqrt();
        for &i in langs.iter().filter(of_script) {
            scores[i] += worth;
        }
        hits.push((token, langs));
    }
    let mut count = [0_u16; LETTERS];
    for c in text.folded.chars() {
        if let Some(n) = count.get_mut(c as usize) {
            *n = n.saturating_add(1);
        }
    }
    for &i in &candidates {
        let profile = &profiles.all[i];
        // As much as a stop word for every hundredth of rare letters, a third of the words at most.
        let rare = share(&count, &profile.letters, letters.all());
        scores[i] += (rare * words as f32).min(words as f32 / 3.0);
        if script == Script::Cyrillic || script == Script::Arabic {
            let foreign = share(&count, &profile.foreign, letters.all());
            scores[i] -= (foreign * words as f32).min(words as f32 / 4.0);
        }
    }
    let mut order: Vec<usize> = candidates
        .into_iter()
        .filter(|&i| scores[i] > 0.0)
        .collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let tie = if words < 16 { 0.85 } else { 0.93 };
    let close = match *order {
        [] => true,
        [first, second, ..] => scores[second] > scores[first] * tie,
        [_] => false,
    };
    let guess = close
        .then(|| whatlang::detect(&text.decoded))
        .flatten()
        // Of a word or two it knows nothing that the order of the profiles does not.
        .filter(|g| order.is_empty() || g.is_reliable())
        .and_then(|g| short_code(g.lang().code()));
    if let Some(code) = guess
        && let Some(at) = order
            .iter()
            .take_while(|&&i| scores[i] > scores[order[0]] * tie)
            .position(|&i| profiles.all[i].code == code)
    {
        order[..=at].rotate_right(1);
    }
    let mut votes: Vec<Vote> = order
        .iter()
        .take(VOTES)
        .map(|&i| Vote {
            code: profiles.all[i].code,
            score: scores[i],
            reason: reason(profiles.all[i].code, i, &hits, words),
            by_script: false,
        })
        .collect();
    if votes.is_empty()
        && let Some(code) = guess
    {
        votes.push(Vote {
            code,
            score: 0.5,
            reason: "letter trigrams, for want of common words".to_owned(),
            by_script: false,
        });
    }
    votes
}

/// The commonest words that speak for the language at `place`, and how many do.
fn reason(code: &str, place: usize, hits: &[(&Token<'_>, &[usize])], words: usize) -> String {
    let own = hits.iter().filter(|(_, langs)| langs.contains(&place));
    let mut own: Vec<&Token<'_>> = own.map(|(token, _)| *token).collect();
    let total = own.len();
    own.sort_unstable_by_key(|token| token.hash);
    let mut by_count: Vec<(usize, &str)> = own
        .chunk_by(|a, b| a.hash == b.hash)
        .filter_map(|same| Some((same.len(), same.first()?.text)))
        .collect();
    by_count.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let shown: Vec<&str> = by_count.iter().take(4).map(|(_, w)| *w).collect();
    format!("{} → {code} {total}/{words} words", shown.join(", "))
}

/// The language that alone writes a script, and how that is shown as evidence.
fn of_script(script: Script) -> Option<(&'static str, &'static str)> {
    rows(include_str!("lexicon/scripts.tsv"))
        .find_map(|(name, rest)| rest.split_once('\t').filter(|_| name == script.name()))
}

/// The two-letter code of a language that whatlang names in three letters, where it is known.
fn short_code(three: &str) -> Option<&'static str> {
    rows(include_str!("lexicon/language-codes.tsv"))
        .find(|(long, _)| *long == three)
        .map(|(_, short)| short)
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}
