//! Public texts + what is under embargo → its titles and sentences, wherever they stand in public, but for those that many briefings share: all are
//! looked for at once.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::{Embargo, Files, is_seed, plain::Plain, until};
use crate::{
    check::items,
    content::Kind,
    diagnostic::{Diagnostic, Rule},
    site::{Held, Item},
};

/// Shorter sentences and titles may stand in many texts, in bytes.
const TELLING: usize = 48;

/// How the names of files end that are no Markdown, but HTML or like it.
const HTML: [&str; 4] = [".html", ".htm", ".xhtml", ".svg"];

/// In so many public briefings a sentence is one of the house, as the words to editors are, and gives nothing away.
const FORMULA: usize = 3;

/// What is looked for.
struct Sentence {
    /// The number of the held briefing.
    held: usize,
    /// In one spelling.
    text: String,
    /// What its spellings have in common: the words that are shown, where those are telling.
    shown: String,
}

/// A public text.
struct Found<'a> {
    file: String,
    /// What a briefing shares with its versions in other languages; none of another text.
    briefing: Option<&'a str>,
    /// The sentences in it, by number, and the first line of each.
    lines: BTreeMap<usize, usize>,
}

/// The first sentence of each held briefing in each public text: content files with their front matter, the settings, and `files`.
pub(super) fn copies(
    embargo: &Embargo<'_>,
    settings: Option<(&str, &str)>,
    files: &Files<'_>,
) -> Vec<Diagnostic> {
    let told_by = embargo.held.iter().enumerate();
    let sentences: Vec<Sentence> = told_by
        .flat_map(|(at, (_, item))| telling(at, item))
        .collect();
    let Ok(search) = AhoCorasick::new(sentences.iter().map(|sentence| &sentence.text)) else {
        return Vec::new();
    };
    let within = |spellings: &[Plain]| {
        let mut lines: BTreeMap<usize, usize> = BTreeMap::new();
        for plain in spellings {
            for hit in search.find_overlapping_iter(&plain.text) {
                let line = plain.line(hit.start());
                let known = lines.entry(hit.pattern().as_usize()).or_insert(line);
                *known = line.min(*known);
            }
        }
        lines
    };
    let mut found: Vec<Found<'_>> = Vec::new();
    for other in items(embargo.public) {
        let front = &other.entry.front;
        let body = &other.entry.body;
        let above = String::from_utf8_lossy(body.above());
        let mut lines = within(&[
            Plain::of(body.file()),
            Plain::markdown(&above, 1),
            Plain::markdown(body, other.entry.body_line),
        ]);
        // YAML has spellings of its own: these are the values.
        let values = format!("{}\n{}", other.card.title, other.card.summary);
        for at in within(&[Plain::of(&values), Plain::markdown(&values, 1)]).into_keys() {
            let line = front.line(&["summary", "title"]);
            lines.entry(at).or_insert(line);
        }
        if lines.is_empty() {
            continue;
        }
        found.push(Found {
            file: format!("content/{}", other.card.source),
            briefing: (other.card.kind == Kind::Briefing)
                .then_some(other.card.translation_key.as_str()),
            lines,
        });
    }
    let texts = files.iter().filter_map(|(file, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        Some((file.as_str(), text))
    });
    for (file, text) in texts.chain(settings) {
        let html = HTML.iter().any(|end| file.to_lowercase().ends_with(end));
        let shown = if html {
            Plain::html(text)
        } else {
            Plain::markdown(text, 1)
        };
        let mut lines = within(&[Plain::of(text), shown]);
        lines.retain(|at, _| {
            let held = sentences
                .get(*at)
                .and_then(|one| embargo.held.get(one.held));
            // A copy of the seed is a finding of its own.
            held.is_some_and(|(_, item)| !is_seed(item, text.as_bytes()))
        });
        if lines.is_empty() {
            continue;
        }
        found.push(Found {
            file: file.to_owned(),
            briefing: None,
            lines,
        });
    }
    told(embargo, &sentences, &found)
}

/// A finding for each text and held briefing: the first sentence of it there, but for formulas.
fn told(embargo: &Embargo<'_>, sentences: &[Sentence], found: &[Found<'_>]) -> Vec<Diagnostic> {
    let shown = |at: usize| sentences.get(at).map(|sentence| sentence.shown.as_str());
    let mut briefings: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in found {
        let sentences = one.lines.keys().filter_map(|at| shown(*at));
        if let Some(briefing) = one.briefing {
            for sentence in sentences {
                briefings.entry(sentence).or_default().insert(briefing);
            }
        }
    }
    let formula = |text: &str| briefings.get(text).is_some_and(|all| all.len() >= FORMULA);
    let mut out = Vec::new();
    for one in found {
        let mut first: BTreeMap<usize, (usize, &Sentence)> = BTreeMap::new();
        for (at, line) in &one.lines {
            let Some(sentence) = sentences.get(*at).filter(|one| !formula(&one.shown)) else {
                continue;
            };
            let known = first.entry(sentence.held).or_insert((*line, sentence));
            if *line < known.0 {
                *known = (*line, sentence);
            }
        }
        for (at, (line, sentence)) in first {
            let held = embargo.held.get(at);
            out.extend(held.map(|(held, _)| leak(held, &one.file, &sentence.text, line)));
        }
    }
    out
}

fn leak(held: &Held, file: &str, sentence: &str, line: usize) -> Diagnostic {
    let short: String = sentence.chars().take(60).collect();
    let message = format!("“{short}…” stands here and in {}", until(held));
    Diagnostic::error(file, message)
        .rule(Rule::EmbargoText)
        .at(line)
        .help("take it out until then, or hold this file back, too")
}

/// The title, the summary, and the long sentences of the text: as they are shown, and as they are written.
fn telling(held: usize, item: &Item) -> Vec<Sentence> {
    let body: &str = &item.entry.body;
    let shown = Plain::markdown(body, 1);
    let lines = body.split('\n').chain(shown.blocks());
    let sentences = lines.flat_map(|line| line.split_inclusive(['.', '!', '?', '。', '؟']));
    let all: BTreeSet<(String, String)> = sentences
        .chain([item.card.title.as_str(), item.card.summary.as_str()])
        .flat_map(|text| {
            let (written, shown) = (Plain::of(text).text, Plain::markdown(text, 1).text);
            // Of a comment or a picture nothing is shown.
            let common = if shown.len() >= TELLING {
                &shown
            } else {
                &written
            }
            .clone();
            [(written, common.clone()), (shown, common)]
        })
        .filter(|(text, _)| text.len() >= TELLING)
        .collect();
    let sentence = |(text, shown)| Sentence { held, text, shown };
    all.into_iter().map(sentence).collect()
}
