//! Public texts + what is under embargo → its titles and sentences, wherever they stand in public: all are looked for at once.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::{Embargo, Files, is_seed, plain::Plain, until};
use crate::{
    check::items,
    diagnostic::{Diagnostic, Rule},
    site::{Held, Item},
};

/// Shorter sentences and titles may stand in many texts, in bytes.
const TELLING: usize = 48;

/// How the names of files end that are no Markdown, but HTML or like it.
const HTML: [&str; 4] = [".html", ".htm", ".xhtml", ".svg"];

/// The first sentence of each held briefing in each public text: content files with their front matter, the settings, and `files`.
pub(super) fn copies(
    embargo: &Embargo<'_>,
    settings: Option<(&str, &str)>,
    files: &Files<'_>,
) -> Vec<Diagnostic> {
    let told_by = embargo.held.iter().enumerate();
    let sentences: Vec<(usize, String)> = told_by
        .flat_map(|(at, (_, item))| telling(item).into_iter().map(move |text| (at, text)))
        .collect();
    let Ok(search) = AhoCorasick::new(sentences.iter().map(|(_, text)| text)) else {
        return Vec::new();
    };
    // The sentence and its line, by the number of the held briefing.
    let within = |spellings: &[Plain]| {
        let mut first: BTreeMap<usize, (&String, usize)> = BTreeMap::new();
        for plain in spellings {
            for hit in search.find_overlapping_iter(&plain.text) {
                if let Some((at, sentence)) = sentences.get(hit.pattern().as_usize()) {
                    let line = plain.line(hit.start());
                    let known = first.entry(*at).or_insert((sentence, line));
                    if line < known.1 {
                        *known = (sentence, line);
                    }
                }
            }
        }
        first
    };
    let mut found = Vec::new();
    for other in items(embargo.public) {
        let file = format!("content/{}", other.card.source);
        let front = &other.entry.front;
        let body = &other.entry.body;
        let above = String::from_utf8_lossy(body.above());
        let mut first = within(&[
            Plain::of(body.file()),
            Plain::markdown(&above, 1),
            Plain::markdown(body, other.entry.body_line),
        ]);
        // YAML has spellings of its own: these are the values.
        let values = format!("{}\n{}", other.card.title, other.card.summary);
        for (at, (sentence, _)) in within(&[Plain::of(&values), Plain::markdown(&values, 1)]) {
            let line = front.line(&["summary", "title"]);
            first.entry(at).or_insert((sentence, line));
        }
        for (at, (sentence, line)) in first {
            let held = embargo.held.get(at);
            found.extend(held.map(|(held, _)| told(held, &file, sentence, line)));
        }
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
        for (at, (sentence, line)) in within(&[Plain::of(text), shown]) {
            let held = embargo.held.get(at);
            // A copy of the seed is a finding of its own.
            let held = held.filter(|(_, item)| !is_seed(item, text.as_bytes()));
            found.extend(held.map(|(held, _)| told(held, file, sentence, line)));
        }
    }
    found
}

fn told(held: &Held, file: &str, sentence: &str, line: usize) -> Diagnostic {
    let short: String = sentence.chars().take(60).collect();
    let message = format!("“{short}…” stands here and in {}", until(held));
    Diagnostic::error(file, message)
        .rule(Rule::EmbargoText)
        .at(line)
        .help("take it out until then, or hold this file back, too")
}

/// The title, the summary, and the long sentences of the text: as they are shown, and as they are written.
fn telling(item: &Item) -> BTreeSet<String> {
    let body: &str = &item.entry.body;
    let shown = Plain::markdown(body, 1);
    let lines = body.split('\n').chain(shown.blocks());
    let sentences = lines.flat_map(|line| line.split_inclusive(['.', '!', '?', '。', '؟']));
    sentences
        .chain([item.card.title.as_str(), item.card.summary.as_str()])
        .flat_map(|text| [Plain::of(text).text, Plain::markdown(text, 1).text])
        .filter(|text| text.len() >= TELLING)
        .collect()
}
