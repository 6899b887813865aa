//! What was worked out before changes nothing: after any row of edits, a build that remembers equals one that does not, byte for byte;
//! and what is published equals what is rendered.
#![cfg(test)]

mod support;

use std::{collections::BTreeMap, path::Path};

use bytes::Bytes;

use depeche::{
    diagnostic::Diagnostic,
    edge::{ledger::Ledger, publish::publish, terminal::Voice},
    pipeline::{BuildOptions, Memo, Sources, build, rebuild},
    render::Renderer,
    site::route,
};
use proptest::prelude::*;
use support::tree;

/// One thing that a person does to a site. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Edit {
    Add(usize),
    Body(usize, usize),
    Front(usize, usize),
    Title(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    Asset(usize),
    Template(usize),
    Config(usize),
    Topics(usize),
    /// Back to how everything was so many steps ago.
    Revert(usize),
}

const NAMES: [&str; 12] = [
    "_index.md",
    "about.md",
    "about.fr.md",
    "docs/_index.md",
    "docs/use.md",
    "briefings/a.md",
    "briefings/b.md",
    "briefings/c.md",
    "briefings/d.md",
    "e.fr.md",
    "f.md",
    "docs/g.md",
];

const FRONTS: [&str; 20] = [
    "title: Plain",
    "title: Place",
    "title: Dated\ndate: 2026-01-27\ncountries: [MA, DK]\ntopics: [trade]",
    "title: Same day\ndate: 2026-01-27\ncountries: [DK]\ntopics: [trade, energy]\nlang: fr",
    "title: Month\ndate: 2026-02\ncountries: [FR]\nsummary: Short.",
    "title: Arabic\ndate: 2025-12-31\nlang: ar\ncountries: [MA]",
    "title: Same address\ndate: 2026-01-27\nslug: same",
    "title: Draft\ndate: 2026-01-28\ndraft: true",
    "title: Moved\ndate: 2026-01-29\naliases: [/old/, /docs/use/]",
    "title: Unknown\ndate: 2026-01-30\ntopics: [no-such-topic]\ntitel: x",
    "title: Heavy\nweight: 5\ntranslation_of: about",
    "title: First\ndate: 2026-01-20\nseries: Talks\ncountries: [MA]\ntopics: [trade]\nnumber: PR/1\npeople: [{name: Ana Ruiz}]",
    "title: Second\ndate: 2026-01-21\nseries: Talks\ncountries: [MA, DK]\ntopics: [water]\npeople: [{name: Ana Ruiz}]",
    "title: Replaced\ndate: 2026-01-19\nsuperseded_by: briefings/a.md\ncorrections: [{date: 2026-01-22, text: A figure.}]",
    "title: Withdrawn\ndate: 2026-01-18\nwithdrawn: {date: 2026-01-23, reason: Wrong.}",
    "title: Version\ndate: 2026-01-27\nlang: fr\ntranslation_of: briefings/a.md\nsummary: Court.",
    "title: Dated page\nkind: page\ndate: 2026-01-02\nupdated: 2026-01-03\nsummary: One.",
    "title: Dated page\nkind: page\ndate: 2026-01-02\nupdated: 2026-01-04\nlang: fr\nsummary: Two.",
    "title: [broken",
    "title: Wrong\ndate: 2026-02-30",
];

const BODIES: [&str; 6] = [
    "Text.",
    // As long as the one before: a length is no fingerprint.
    "Next.",
    "## Heading\n\nTo [about](@/about.md#heading), [a](@/briefings/a.md) and [nowhere](@/none.md).",
    "",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n`code` and *more*[^1].\n\n[^1]: A note.",
    "# Title of the body\n\nالنص",
];

const TEMPLATES: [Option<&str>; 6] = [
    None,
    Some("{% extends \"default/page.html\" %}"),
    Some(
        "{{ page.title }} {{ page.content | safe }}{% if page.lower %}{{ page.lower.title }}{% endif %}",
    ),
    Some("{{ page.nothing }}"),
    Some(
        "{{ page.title }}{{ get_briefings(limit=3) | length }}{% set other = get_page(path=\"f.md\") %}{{ other.title }}{{ other.content }}{{ load_data(path=\"a.csv\") }}",
    ),
    Some("{% broken"),
];

const CONFIGS: [&str; 7] = [
    "theme: mine\nlanguages: [en, fr]\n",
    "theme: mine\npaginate_by: 1\nbase_url: https://example.org/press/\nhosts: { for: [netlify, nginx, apache, s3], compressed: [gzip] }\n",
    "theme: default\ntitle: Other\nlanguages: [fr, ar]\ndefault_language: ar\n",
    "theme: mine\npermalink: /{lang}/{slug}/\n",
    "facet_minimum: 1\npaginate_by: 2\nlanguages: [en, ar]\nfooter: [{title: About, url: \"@/about.md\"}]\n",
    "theme: nowhere\n",
    "titel: broken\n",
];

const TOPICS: [Option<&str>; 3] = [
    None,
    Some(
        "topics:\n  - slug: trade\n    labels: {en: Commerce}\n  - slug: no-such-topic\n    labels: {en: New}\n",
    ),
    Some("topics: ["),
];

fn edit() -> impl Strategy<Value = Edit> {
    let n = 0..60_usize;
    prop_oneof![
        3 => n.clone().prop_map(Edit::Add),
        3 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Body(a, b)),
        4 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Front(a, b)),
        3 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Title(a, b)),
        2 => n.clone().prop_map(Edit::Delete),
        2 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => n.clone().prop_map(Edit::Asset),
        2 => n.clone().prop_map(Edit::Template),
        2 => n.clone().prop_map(Edit::Config),
        1 => n.clone().prop_map(Edit::Topics),
        2 => n.prop_map(Edit::Revert),
    ]
}

fn bytes(text: impl AsRef<str>) -> Bytes {
    Bytes::copy_from_slice(text.as_ref().as_bytes())
}

fn page(front: usize, body: usize) -> Bytes {
    let (front, body) = (FRONTS[front % FRONTS.len()], BODIES[body % BODIES.len()]);
    bytes(format!("---\n{front}\n---\n\n{body}\n"))
}

fn config(text: &str) -> (String, Bytes) {
    ("site.yaml".to_owned(), bytes(text))
}

fn start() -> Sources {
    let content = NAMES
        .iter()
        .take(8)
        .enumerate()
        .map(|(i, name)| ((*name).to_owned(), page(i, i)));
    Sources {
        config: Some(config(CONFIGS[0])),
        content: content.collect(),
        themes: BTreeMap::from([("mine/theme.yaml".to_owned(), bytes("name: Mine\n"))]),
        ..Sources::default()
    }
}

/// The sources after an edit; `before` are those of all steps so far.
fn apply(edit: &Edit, before: &[Sources]) -> Sources {
    let mut now = before.last().cloned().unwrap_or_default();
    let there = |n: usize| {
        let names: Vec<&String> = now.content.keys().collect();
        names.get(n % names.len().max(1)).map(|n| (*n).clone())
    };
    match *edit {
        Edit::Add(n) => {
            let name = NAMES[n % NAMES.len()].to_owned();
            now.content.insert(name, page(n / 3, n));
        }
        Edit::Body(n, body) => {
            if let Some(name) = there(n) {
                let old = now.content.get(&name).cloned().unwrap_or_default();
                let old = String::from_utf8_lossy(&old);
                let head = old.rfind("---\n").map_or(old.len(), |at| at + 4);
                let body = BODIES[body % BODIES.len()];
                now.content
                    .insert(name, bytes(format!("{}\n{body}\n", &old[..head])));
            }
        }
        Edit::Front(n, front) => {
            if let Some(name) = there(n) {
                now.content.insert(name, page(front, n));
            }
        }
        Edit::Title(n, title) => {
            if let Some(name) = there(n) {
                let old = now.content.get(&name).cloned().unwrap_or_default();
                let old = String::from_utf8_lossy(&old).into_owned();
                let (head, rest) = old.split_once("title: ").unwrap_or((&old, ""));
                let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                let title = ["Another", "Plain words", "Zone"][title % 3];
                now.content
                    .insert(name, bytes(format!("{head}title: {title}\n{rest}")));
            }
        }
        Edit::Delete(n) => {
            if let Some(name) = there(n) {
                now.content.remove(&name);
            }
        }
        Edit::Rename(n, to) => {
            if let Some(moved) = there(n).and_then(|name| now.content.remove(&name)) {
                now.content
                    .insert(NAMES[to % NAMES.len()].to_owned(), moved);
            }
        }
        Edit::Asset(n) => {
            let name = if n % 2 == 0 {
                "a.csv"
            } else {
                "docs/use/index.html"
            };
            now.content.insert(name.to_owned(), bytes(n.to_string()));
        }
        Edit::Template(n) => {
            let path = "mine/templates/page.html".to_owned();
            match TEMPLATES[n % TEMPLATES.len()] {
                Some(text) => now.themes.insert(path, bytes(text)),
                None => now.themes.remove(&path),
            };
        }
        Edit::Config(n) => now.config = Some(config(CONFIGS[n % CONFIGS.len()])),
        Edit::Topics(n) => now.topics = TOPICS[n % TOPICS.len()].map(bytes),
        Edit::Revert(n) => {
            if let Some(earlier) = before.get(before.len().saturating_sub(1 + n % 4)) {
                now = earlier.clone();
            }
        }
    }
    now
}

/// Everything that a build gives.
#[derive(Debug, PartialEq)]
struct Whole {
    pages: BTreeMap<String, Result<Vec<u8>, Diagnostic>>,
    said: Vec<Diagnostic>,
}

fn whole(renderer: Option<&Renderer>, mut said: Vec<Diagnostic>) -> Whole {
    let mut pages = BTreeMap::new();
    for (path, route) in renderer.iter().flat_map(|r| r.site().every_route()) {
        let page = renderer.map(|r| r.render(route)).expect("there are routes");
        pages.insert(
            route::output_file(path),
            page.map(|page| {
                said.extend(page.diagnostics);
                page.bytes
            }),
        );
    }
    Whole { pages, said }
}

/// Publishes over what an earlier step left: afterwards the folder holds the site and no more, and a second time nothing is written.
fn published(
    renderer: &Renderer,
    (output, root): (&Path, &Path),
    changed: &[String],
    ledger: &mut Ledger,
    clean: &Whole,
) {
    let mut put = |changed: &[String]| {
        publish(renderer, output, root, changed, ledger, Voice::Quiet).expect("published")
    };
    let (first, second) = (put(changed), put(changed));
    assert_eq!((second.written, second.removed), (0, 0));
    assert_eq!(first.diagnostics, second.diagnostics);
    let mut files = tree(output);
    assert!(files.remove(".depeche-manifest").is_some());
    for (file, page) in &clean.pages {
        match page {
            Ok(bytes) => assert!(files.remove(file).as_ref() == Some(bytes), "{file}"),
            // The last good version stays, if there was one.
            Err(_) => drop(files.remove(file)),
        }
    }
    let left: Vec<&String> = files.keys().collect();
    assert!(left.is_empty(), "{left:?}");
}

fn follow(edits: &[Edit]) {
    let root = tempfile::tempdir().expect("a folder");
    let output = root.path().join("public");
    let options = BuildOptions::default();
    let mut memo = Memo::default();
    let mut ledger = Ledger::default();
    let mut steps = vec![start()];
    for edit in std::iter::once(None).chain(edits.iter().map(Some)) {
        if let Some(edit) = edit {
            steps.push(apply(edit, &steps));
        }
        let sources = steps.last().expect("a step");
        let before = steps.iter().rev().nth(1);
        let changed = before.map(|before| before.differing(sources));
        let (kept, said) = match &changed {
            Some(changed) => rebuild(sources, changed, &options, &mut memo),
            None => build(sources, &options, &mut memo),
        };
        let kept_whole = whole(kept.as_ref(), said);
        let (clean, said) = build(sources, &options, &mut Memo::default());
        let clean_whole = whole(clean.as_ref(), said);
        let path = kept_whole
            .pages
            .iter()
            .find(|(path, page)| clean_whole.pages.get(*path) != Some(page))
            .map(|(path, _)| path);
        assert!(path.is_none(), "{path:?} differs after {edit:?}");
        assert!(kept_whole == clean_whole, "after {edit:?}");
        // Two edits may come between two publications.
        let due = steps.len() % 2 == 1 || steps.len() == edits.len() + 1;
        if let Some(kept) = kept.as_ref().filter(|_| due) {
            let changed = changed.unwrap_or_default();
            let places = (output.as_path(), root.path());
            published(kept, places, &changed, &mut ledger, &clean_whole);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 14, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_build_that_remembers_equals_a_clean_one(edits in prop::collection::vec(edit(), 1..9)) {
        follow(&edits);
    }
}

#[test]
fn settings_that_broke_and_were_mended_are_not_those_of_before() {
    follow(&[
        Edit::Config(6),
        Edit::Body(3, 1),
        Edit::Title(4, 2),
        Edit::Config(1),
        Edit::Body(3, 0),
    ]);
}

#[test]
fn back_and_forth_is_as_if_nothing_had_been() {
    follow(&[
        Edit::Body(3, 0),
        Edit::Body(3, 1),
        Edit::Title(5, 2),
        Edit::Title(5, 1),
        Edit::Body(5, 2),
        Edit::Config(6),
        Edit::Revert(1),
        Edit::Template(4),
        Edit::Delete(0),
        Edit::Revert(2),
        Edit::Rename(4, 10),
        Edit::Config(2),
        Edit::Topics(1),
        Edit::Revert(3),
    ]);
}

#[test]
fn an_edit_of_a_body_writes_its_page_its_twins_and_the_search_of_its_words() {
    let long = |n: usize| {
        let word = |i: usize| format!("{:x}w{n}", (n * 97 + i) * 2_654_435_761 % 9_973);
        (0..80).map(word).collect::<Vec<_>>().join(" ")
    };
    let mut sources = Sources::default();
    for n in 0..120 {
        let text = format!("---\ntitle: T{n}\ndate: 2026-01-27\n---\n\n{}\n", long(n));
        let path = format!("briefings/{n:03}.md");
        sources.content.insert(path, bytes(text));
    }
    let options = BuildOptions::default();
    let mut memo = Memo::default();
    let (renderer, said) = build(&sources, &options, &mut memo);
    let before = whole(renderer.as_ref(), said);
    let text = format!(
        "---\ntitle: T7\ndate: 2026-01-27\n---\n\n{} quicksilver\n",
        long(7)
    );
    sources
        .content
        .insert("briefings/007.md".to_owned(), bytes(text));
    let (renderer, said) = build(&sources, &options, &mut memo);
    let after = whole(renderer.as_ref(), said);
    let written: Vec<&str> = after
        .pages
        .iter()
        .filter(|(path, page)| before.pages.get(*path) != Some(page))
        .map(|(path, _)| path.as_str())
        .collect();
    // The page and its twins; feeds hold the latest twenty, and this is none of them.
    let own = ["index.html", "index.md", "ninjs.json"].map(|file| format!("2026/01/27/007/{file}"));
    assert_eq!(written.len(), 7, "{written:?}");
    assert_eq!(written[..3], own);
    assert_eq!(written[3], "search/index.json");
    let of = |kind: &str| written.iter().filter(|p| p.starts_with(kind)).count();
    // Pairs of words have a table of their own.
    assert_eq!(
        (of("search/pairs/"), of("search/words/")),
        (2, 1),
        "{written:?}"
    );
}
