//! Text → language: script histogram, then a stop-word vote; a crate breaks ties only.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{
    dates::{
        lexicon,
        tokens::{Kind, tokens},
    },
    evidence::{Confidence, Doubt, Evidence, Finding, Span},
    text::Text,
};
use crate::model::Lang;

mod script;
#[cfg(test)]
mod tests;

use script::{chinese, main_script, script};

struct Profile {
    code: &'static str,
    script: &'static str,
    letters: Vec<char>,
}

struct Profiles {
    all: Vec<Profile>,
    /// Word → the languages that have it.
    words: HashMap<String, Vec<usize>>,
}

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let mut all = Vec::new();
    let mut words: HashMap<String, Vec<usize>> = HashMap::new();
    let rows = include_str!("lexicon/stop-words.tsv").lines();
    for row in rows.filter(|r| !r.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(code), Some(script), Some(letters), Some(list)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        for word in list.split(' ') {
            let folded = Text::new(word.to_owned()).folded;
            // Elided and compound forms are cut as the text is.
            for token in tokens(&folded).iter().filter(|t| t.kind == Kind::Word) {
                let langs = words.entry(token.text.to_owned()).or_default();
                if !langs.contains(&all.len()) {
                    langs.push(all.len());
                }
            }
        }
        all.push(Profile {
            code,
            script,
            letters: letters.chars().collect(),
        });
    }
    // "jeudi", "вчера" and "januari" tell as much as "the" does.
    let mut speakers: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, word) in lexicon::telling_words() {
        // A language of two scripts has two profiles; the rows of one that is not told apart are those of the language that reads them.
        let code = *speakers.entry(code).or_insert_with(|| {
            let told = all.iter().any(|p: &Profile| p.code == code);
            let follower = lexicon::followers(code).next();
            follower.filter(|_| !told).unwrap_or(code)
        });
        for (at, _) in all.iter().enumerate().filter(|(_, p)| p.code == code) {
            let langs = words.entry(word.clone()).or_default();
            if !langs.contains(&at) {
                langs.push(at);
            }
        }
    }
    Profiles { all, words }
});

/// The main language of a text, `und` where nothing can be told. A second language of a bilingual document is noted in the evidence.
pub fn language(text: &Text) -> Finding<Option<Lang>> {
    let Some((script, span)) = main_script(text) else {
        return Finding::default();
    };
    let votes = match (script, of_script(script)) {
        ("han", _) => vec![Vote::of_script(chinese(&text.decoded), "Han characters")],
        (_, Some((lang, shown))) => vec![Vote::of_script(lang, shown)],
        _ => ballot(text, script),
    };
    let mut found = finding(text, span, votes);
    second(text, &mut found);
    found
}

/// Notes the language of the longest paragraph that is clearly in another one, where it is a good part of the text.
fn second(text: &Text, found: &mut Finding<Option<Lang>>) {
    let Some(main) = found.value.as_ref().map(|l| l.primary().to_owned()) else {
        return;
    };
    // Only where another language or script has a voice at all.
    let rival = found
        .evidence
        .iter()
        .skip(1)
        .any(|e| e.weight * 3.0 > found.evidence[0].weight);
    let foreign = text
        .decoded
        .chars()
        .filter(|c| script(*c) == Some("latin"))
        .count()
        * 5;
    let (low, high) = (
        text.decoded.chars().count(),
        text.decoded.chars().count() * 4,
    );
    if !rival && !(low..high).contains(&foreign) {
        return;
    }
    let mut at = 0;
    let mut best: Option<(usize, Span, Vote)> = None;
    for line in text.decoded.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        if line.chars().count() < 60 || line.len() * 5 < text.decoded.len() {
            continue;
        }
        let part = Text::new(line.to_owned());
        let Some((own, _)) = main_script(&part) else {
            continue;
        };
        let vote = ballot(&part, own).into_iter().next();
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

/// How often each letter stands in a text.
struct Letters {
    count: HashMap<char, u32>,
    all: u32,
}

impl Letters {
    fn of(folded: &str) -> Self {
        let mut ascii = [0_u32; 128];
        let mut count = HashMap::new();
        for c in folded.chars() {
            match ascii.get_mut(c as usize) {
                Some(n) => *n += 1,
                None => *count.entry(c).or_default() += 1,
            }
        }
        for (code, n) in (0_u8..).zip(ascii) {
            if n > 0 {
                count.insert(char::from(code), n);
            }
        }
        let all = count
            .iter()
            .filter(|(c, _)| c.is_alphabetic())
            .map(|(_, n)| n)
            .sum();
        Self { count, all }
    }

    /// The share of these letters among all of the text.
    fn share<'a>(&self, of: impl Iterator<Item = &'a char>) -> f32 {
        let seen: u32 = of.filter_map(|c| self.count.get(c)).sum();
        seen as f32 / self.all.max(1) as f32
    }
}

/// The stop words and rare letters of each language of a script, best first.
fn ballot(text: &Text, script: &str) -> Vec<Vote> {
    let profiles = &*PROFILES;
    let candidates: Vec<usize> = (0..profiles.all.len())
        .filter(|&i| profiles.all[i].script == script)
        .collect();
    let mut scores = vec![0.0_f32; profiles.all.len()];
    let mut hits: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); profiles.all.len()];
    let mut words = 0_usize;
    let all = tokens(&text.folded);
    for token in all.iter().filter(|t| t.kind == Kind::Word) {
        words += 1;
        let Some(langs) = profiles.words.get(token.text) else {
            continue;
        };
        let here = langs.iter().filter(|&&i| profiles.all[i].script == script);
        let shared = here.clone().count() as f32;
        for &i in here {
            // A word that many languages have tells little between them.
            scores[i] += if token.text.chars().count() == 1 {
                0.4
            } else {
                1.0
            } / shared.sqrt();
            *hits[i].entry(token.text).or_default() += 1;
        }
    }
    let letters = Letters::of(&text.folded);
    let weigh_strange = script == "cyrillic" || script == "arabic";
    for &i in &candidates {
        let rare = &profiles.all[i].letters;
        // As much as a stop word for every hundredth of rare letters, a third of the words at most.
        scores[i] += (letters.share(rare.iter()) * words as f32).min(words as f32 / 3.0);
        if weigh_strange {
            let foreign: BTreeSet<&char> = candidates
                .iter()
                .filter(|&&o| o != i)
                .flat_map(|&o| &profiles.all[o].letters)
                .filter(|c| !rare.contains(c))
                .collect();
            scores[i] -=
                (letters.share(foreign.into_iter()) * words as f32).min(words as f32 / 4.0);
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
            reason: reason(profiles.all[i].code, &hits[i], words),
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

fn reason(code: &str, hits: &BTreeMap<&str, usize>, words: usize) -> String {
    let mut by_count: Vec<(&str, usize)> = hits.iter().map(|(w, n)| (*w, *n)).collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let shown: Vec<&str> = by_count.iter().take(4).map(|(w, _)| *w).collect();
    let total: usize = hits.values().sum();
    format!("{} → {code} {total}/{words} words", shown.join(", "))
}

/// The language that alone writes a script, and how that is shown as evidence.
fn of_script(script: &str) -> Option<(&'static str, &'static str)> {
    rows(include_str!("lexicon/scripts.tsv"))
        .find_map(|(name, rest)| rest.split_once('\t').filter(|_| name == script))
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
