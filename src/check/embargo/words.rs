//! Public texts + what is under embargo → its titles and sentences, wherever they stand in public: all are looked for at once.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::{Embargo, Files, is_seed, until};
use crate::{
    check::items,
    diagnostic::{Diagnostic, Rule},
    site::{Held, Item},
};

/// Shorter sentences and titles may stand in many texts, in bytes.
const TELLING: usize = 48;

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
    let within = |text: &str| {
        let squeezed = Squeezed::of(text);
        let mut first: BTreeMap<usize, (&String, usize)> = BTreeMap::new();
        for hit in search.find_overlapping_iter(&squeezed.text) {
            if let Some((at, sentence)) = sentences.get(hit.pattern().as_usize()) {
                first
                    .entry(*at)
                    .or_insert_with(|| (sentence, squeezed.line(hit.start())));
            }
        }
        first
    };
    let mut found = Vec::new();
    for other in items(embargo.public) {
        let file = format!("content/{}", other.card.source);
        let front = &other.entry.front;
        let mut first = within(other.entry.body.file());
        // YAML has spellings of its own: these are the values.
        let values = format!("{}\n{}", other.card.title, other.card.summary);
        for (at, (sentence, _)) in within(&values) {
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
        for (at, (sentence, line)) in within(text) {
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

/// The title, the summary, and the long sentences of the text.
fn telling(item: &Item) -> BTreeSet<String> {
    let body: &str = &item.entry.body;
    let sentences = body
        .split('\n')
        .flat_map(|line| line.split_inclusive(['.', '!', '?', '。', '؟']));
    sentences
        .chain([item.card.title.as_str(), item.card.summary.as_str()])
        .map(|text| Squeezed::of(text).text)
        .filter(|text| text.len() >= TELLING)
        .collect()
}

/// A text with one space between words.
struct Squeezed {
    text: String,
    /// Where each word begins, and its 1-based line in the text as it was.
    words: Vec<(usize, usize)>,
}

impl Squeezed {
    fn of(text: &str) -> Self {
        let (mut squeezed, mut words) = (String::with_capacity(text.len()), Vec::new());
        for (above, line) in text.split('\n').enumerate() {
            for word in line.split_whitespace() {
                if !squeezed.is_empty() {
                    squeezed.push(' ');
                }
                words.push((squeezed.len(), above + 1));
                squeezed.push_str(word);
            }
        }
        Self {
            text: squeezed,
            words,
        }
    }

    /// The line of the word at a byte of the squeezed text.
    fn line(&self, at: usize) -> usize {
        let nth = self.words.partition_point(|(start, _)| *start <= at);
        let word = self.words.get(nth.saturating_sub(1));
        word.map_or(1, |(_, line)| *line)
    }
}
