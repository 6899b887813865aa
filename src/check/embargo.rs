//! What is public now + what is under embargo → what gives it away: links to it, its words in other texts, its files, a copy of its seed.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::items;
use crate::{
    diagnostic::{Diagnostic, Rule},
    distill::digest,
    site::{Held, Item, Site},
};

/// Shorter sentences and titles may stand in many texts.
const TELLING: usize = 48;

/// Files by path from the site's root.
pub(super) type Files<'a> = BTreeMap<String, &'a bytes::Bytes>;

/// What gives held briefings away. `whole` has them, `public` is the site as it is now; `files` are all that are published as they are.
pub(super) fn leaks(whole: &Site, public: &Site, files: &Files<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let all: Vec<(&Held, &Item)> = public
        .held
        .iter()
        .filter_map(|held| Some((held, whole.item(&held.source)?)))
        .collect();
    for (held, item) in &all {
        found.extend(items(public).filter_map(|other| link(held, item, other)));
        found.extend(named_in_settings(held, item, public));
        found.extend(seed(held, item, files));
    }
    found.extend(words(&all, public, files));
    found.extend(assets(&all, whole, public));
    found
}

fn until(held: &Held) -> String {
    format!(
        "content/{}, which is under embargo until {}",
        held.source, held.until
    )
}

/// A link in the text or the front matter of a public file.
fn link(held: &Held, item: &Item, other: &Item) -> Option<Diagnostic> {
    let body: &str = &other.entry.body;
    let file = format!("content/{}", other.card.source);
    let source = held.source.trim_end_matches(".md");
    let name = held.source.rsplit('/').next().unwrap_or(&held.source);
    let spellings = [
        format!("@/{source}"),
        format!("({name}"),
        item.card.path.clone(),
    ];
    let in_body = spellings.iter().find_map(|spelling| {
        let at = body.find(spelling.as_str())?;
        Some(other.entry.body_line + body.get(..at)?.matches('\n').count())
    });
    let front = &other.entry.front;
    let named = |reference: &Option<String>| {
        reference
            .as_ref()
            .is_some_and(|r| crate::site::life::source(r) == held.source)
    };
    let in_front = [
        ("superseded_by", &front.superseded_by),
        ("translation_of", &front.translation_of),
    ]
    .into_iter()
    .find(|(_, reference)| named(reference))
    .map(|(key, _)| front.line(&[key]));
    let line = in_body.or(in_front)?;
    Some(
        Diagnostic::error(file, format!("this public file refers to {}", until(held)))
            .rule(Rule::EmbargoLink)
            .at(line)
            .help("take the reference out until then, or hold this file back with the same `embargo_until`"),
    )
}

fn named_in_settings(held: &Held, item: &Item, public: &Site) -> Option<Diagnostic> {
    let config = &public.config;
    let source = format!("@/{}", held.source);
    let mut links = config.navigation.iter().chain(&config.footer);
    let named = links.any(|link| link.url == source || link.url == item.card.path);
    named.then(|| {
        Diagnostic::error(
            "site.yaml",
            format!("`navigation` or `footer` refers to {}", until(held)),
        )
        .rule(Rule::EmbargoLink)
        .help("take the link out until then")
    })
}

/// The title, and the long sentences of the text.
fn telling(item: &Item) -> BTreeSet<String> {
    let body: &str = &item.entry.body;
    let sentences = body
        .split(['\n'])
        .flat_map(|line| line.split_inclusive(['.', '!', '?', '。', '؟']));
    sentences
        .chain([item.card.title.as_str(), item.card.summary.as_str()])
        .map(squeezed)
        .filter(|text| text.len() >= TELLING)
        .collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn told(held: &Held, file: String, sentence: &str) -> Diagnostic {
    let short: String = sentence.chars().take(60).collect();
    Diagnostic::error(
        file,
        format!("“{short}…” stands here and in {}", until(held)),
    )
    .rule(Rule::EmbargoText)
    .help("take it out until then, or hold this file back, too")
}

/// Titles and sentences of what is held, wherever they stand in public: all are looked for at once.
fn words(all: &[(&Held, &Item)], public: &Site, files: &Files<'_>) -> Vec<Diagnostic> {
    let told_by = all.iter().enumerate();
    let sentences: Vec<(usize, String)> = told_by
        .flat_map(|(at, (_, item))| telling(item).into_iter().map(move |text| (at, text)))
        .collect();
    let Ok(search) = AhoCorasick::new(sentences.iter().map(|(_, text)| text)) else {
        return Vec::new();
    };
    // The first sentence of each held briefing in a text.
    let within = |text: &str| {
        let mut first: BTreeMap<usize, &String> = BTreeMap::new();
        for hit in search.find_overlapping_iter(&squeezed(text)) {
            if let Some((at, sentence)) = sentences.get(hit.pattern().as_usize()) {
                first.entry(*at).or_insert(sentence);
            }
        }
        first
    };
    let mut found = Vec::new();
    for other in items(public) {
        let file = format!("content/{}", other.card.source);
        let short = format!("{}\n{}", other.card.title, other.card.summary);
        let above = within(&short);
        let below = within(&other.entry.body);
        for (at, (held, _)) in all.iter().enumerate() {
            if let Some(sentence) = above.get(&at) {
                let line = other.entry.front.line(&["summary", "title"]);
                found.push(told(held, file.clone(), sentence).at(line));
            } else if let Some(sentence) = below.get(&at) {
                found.push(told(held, file.clone(), sentence).at(line_of(other, sentence)));
            }
        }
    }
    for (file, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else {
            continue;
        };
        for (at, sentence) in within(text) {
            if let Some((held, _)) = all.get(at).filter(|(_, item)| !is_seed(item, bytes)) {
                found.push(told(held, file.clone(), sentence));
            }
        }
    }
    found
}

/// Where a sentence begins, as far as it stands on one line.
fn line_of(item: &Item, sentence: &str) -> usize {
    let body: &str = &item.entry.body;
    let mut first = sentence;
    while body.find(first).is_none() {
        let Some((shorter, _)) = first.rsplit_once(' ') else {
            return item.entry.body_line;
        };
        first = shorter;
    }
    let above = body.find(first).and_then(|at| body.get(..at));
    item.entry.body_line + above.map_or(0, |above| above.matches('\n').count())
}

fn is_seed(item: &Item, bytes: &[u8]) -> bool {
    let seed = item.entry.front.seed.as_ref();
    seed.is_some_and(|seed| !seed.sha256.is_empty() && digest(bytes) == seed.sha256)
}

fn seed(held: &Held, item: &Item, files: &Files<'_>) -> Vec<Diagnostic> {
    let copies = files.iter().filter(|(_, bytes)| is_seed(item, bytes));
    copies
        .map(|(file, _)| {
            Diagnostic::error(
                file,
                format!("this public file is the seed of {}", until(held)),
            )
            .rule(Rule::EmbargoSeed)
            .help("move it out of content/ and themes/ until then")
        })
        .collect()
}

/// Files that held briefings use and no public file does.
fn assets(all: &[(&Held, &Item)], whole: &Site, public: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (held, item) in all {
        let folder = held
            .source
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let stem = held.source.trim_end_matches(".md");
        let mine = whole.assets.keys().filter(|path| {
            let inside = path.trim_start_matches('/');
            let beside = inside.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
            let name = inside.rsplit('/').next().unwrap_or(inside);
            let own = inside.rsplit_once('.').is_some_and(|(of, _)| of == stem)
                || inside.starts_with(&format!("{stem}/"));
            own || (beside && names(item, name)) || item.entry.body.contains(path.as_str())
        });
        for path in mine {
            let name = path.rsplit('/').next().unwrap_or(path);
            if items(public).any(|other| names(other, name)) {
                continue;
            }
            let message = format!("only {} uses this file, and it is public", until(held));
            found.push(
                Diagnostic::error(format!("content{path}"), message)
                    .rule(Rule::EmbargoAsset)
                    .help("move it out of content/ until then"),
            );
        }
    }
    found
}

fn names(item: &Item, file: &str) -> bool {
    item.entry.body.contains(file)
        || String::from_utf8_lossy(item.entry.body.above()).contains(file)
}
