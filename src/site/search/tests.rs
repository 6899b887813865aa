//! What the index as a whole promises: a search over its files gives what a look at every document gives, and an edit changes few of them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{postings::read, *};
use crate::{config::Config, content::Entry, site::card};

const LEXICON: [&str; 12] = [
    "water",
    "waters",
    "wade",
    "Paris",
    "élan",
    "الماء",
    "ماء",
    "外交",
    "外国",
    "水",
    "x",
    "zürich",
];

fn item(n: usize, title: &str, body: &str) -> Item {
    let entry = Entry {
        path: format!("briefings/{n:03}.md"),
        front: crate::content::FrontMatter {
            title: Some(title.to_owned()),
            date: format!("20{:02}-01-01", 10 + n).parse().ok(),
            ..Default::default()
        },
        body: body.into(),
        body_line: 1,
    };
    let (card, _) = card::card(&entry, &Config::default());
    Item::new(card, Arc::new(entry))
}

/// An index of texts, the oldest first: title and body.
fn indexed(texts: &[(String, String)]) -> Index {
    let mut items = Vec::new();
    for (n, (title, body)) in texts.iter().enumerate() {
        items.insert(0, item(n, title, body));
    }
    index(&items, &[], (&Terms::new(), &Terms::new()))
}

fn json_of(index: &Index, path: &str) -> serde_json::Value {
    serde_json::from_slice(&index.files[path]).expect("JSON")
}

/// The documents that have a word beginning with `prefix`, as search.js finds them: by the table, then the shards.
fn found(index: &Index, prefix: &str) -> BTreeSet<u32> {
    let table = json_of(index, route::search::TABLE);
    let shards = table["terms"].as_array().expect("shards");
    let units = |s: &str| s.encode_utf16().collect::<Vec<_>>();
    let first = |at: usize| units(shards[at][0].as_str().expect("a word"));
    let from = (0..shards.len())
        .rev()
        .find(|at| first(*at) <= units(prefix))
        .unwrap_or(0);
    let mut out = BTreeSet::new();
    for (at, shard) in shards.iter().enumerate().skip(from) {
        if at > from && !first(at).starts_with(&units(prefix)) {
            break;
        }
        let mark = shard[1].as_str().expect("a mark");
        let shard = json_of(index, &route::search::terms(mark));
        for (term, row) in shard.as_object().expect("words") {
            if term.starts_with(prefix) {
                out.extend(
                    read(row.as_str().expect("a row"), 3)
                        .into_iter()
                        .map(|(id, _)| id),
                );
            }
        }
    }
    out
}

/// The documents in which the words of a phrase are neighbours, as search.js finds them.
fn side_by_side(index: &Index, phrase: &str) -> BTreeSet<u32> {
    let table = json_of(index, route::search::TABLE);
    let asked = pairs::of_line(&words::query(phrase));
    let all = asked.into_iter().map(|number| {
        let Some(pairs) = table["pairs"].as_str() else {
            return BTreeSet::new();
        };
        let marks = json_of(index, &route::search::pair_table(pairs));
        let marks = marks.as_str().expect("marks").as_bytes();
        let bits = (marks.len() / 6).ilog2();
        let at = (u64::from(number) >> (32 - bits)) as usize;
        let mark = std::str::from_utf8(&marks[at * 6..at * 6 + 6]).expect("a mark");
        let shard = json_of(index, &route::search::pairs(at, mark));
        let mut key = ".".to_owned();
        postings::letters(number >> (14 - bits), 3, &mut key);
        let shard = shard.as_str().expect("a shard").split_once(&key);
        let row = shard.map_or("", |(_, rest)| &rest[..rest.find('.').expect("an end")]);
        read(row, 1).into_iter().map(|(id, _)| id).collect()
    });
    all.reduce(|a: BTreeSet<u32>, b| &a & &b)
        .unwrap_or_default()
}

fn texts() -> impl Strategy<Value = Vec<(String, String)>> {
    let text = |most| {
        prop::collection::vec(prop::sample::select(&LEXICON[..]), 0..most).prop_map(|w| w.join(" "))
    };
    prop::collection::vec((text(3), text(9)), 1..12)
}

proptest! {
    #[test]
    fn a_search_over_the_shards_is_a_scan(texts in texts(), asked in prop::sample::select(&LEXICON[..]), cut in 1..4_usize) {
        let asked: String = fold::fold(asked).chars().take(cut).collect();
        let index = indexed(&texts);
        let scanned = texts.iter().enumerate().filter(|(_, (title, body))| {
            words::words(&format!("{title} {body}")).iter().any(|word| word.starts_with(&asked))
        });
        let scanned: BTreeSet<u32> = scanned.map(|(n, _)| n as u32).collect();
        prop_assert_eq!(found(&index, &asked), scanned);
    }

    #[test]
    fn two_words_are_found_side_by_side_where_they_stand_so(texts in texts(), a in prop::sample::select(&LEXICON[..]), b in prop::sample::select(&LEXICON[..])) {
        // A single character of a script without spaces is no word of a pair.
        prop_assume!(![a, b].contains(&"水"));
        let asked = format!("{a} {b}");
        let scanned = texts.iter().enumerate().filter(|(_, (title, body))| {
            [title, body].into_iter().any(|text| {
                let words: Vec<&str> = text.split(' ').filter(|w| *w != "水").collect();
                words.windows(2).any(|pair| fold::fold(&pair.join(" ")) == fold::fold(&asked))
            })
        });
        // 外交 and 外国 are runs of one pair, so that the words are the pairs.
        let scanned: BTreeSet<u32> = scanned.map(|(n, _)| n as u32).collect();
        prop_assert_eq!(side_by_side(&indexed(&texts), &asked), scanned);
    }

    #[test]
    fn a_row_is_read_as_it_was_written(ids in prop::collection::btree_map(0..40_000_000_u32, 0..3_u32, 0..50)) {
        let mut row = Row::default();
        for (id, note) in ids.iter().rev() {
            row.push(*id, *note, 3);
        }
        let expected: Vec<(u32, u32)> = ids.into_iter().rev().collect();
        prop_assert_eq!(read(row.text(), 3), expected);
    }
}

/// A site whose words fill some shards.
fn big() -> Vec<(String, String)> {
    let word = |n: usize| format!("{:x}w{n}", n * 2_654_435_761 % 9_973);
    let body = |n: usize| {
        (0..60)
            .map(|i| word(n * 37 + i * 11))
            .collect::<Vec<_>>()
            .join(" ")
    };
    (0..300).map(|n| (format!("Title {n}"), body(n))).collect()
}

fn changed(before: &Index, after: &Index, kind: &str) -> usize {
    let new = after.files.keys().filter(|path| path.contains(kind));
    new.filter(|path| !before.files.contains_key(*path)).count()
}

#[test]
fn pairs_are_found_in_any_of_many_shards_and_not_across_paragraphs() {
    let mut texts = big();
    texts[7]
        .1
        .push_str("\n\nA state\nof *emergency* on the 外交部长 of Rabat.\n\nTalks go on.");
    let index = indexed(&texts);
    let shards = index.files.keys().filter(|p| p.contains("/pairs/")).count();
    assert!(shards > 4, "{shards}");
    for (phrase, found) in [
        ("State of emergency", true),
        ("外交部长 of", true),
        ("交部长", true),
        ("emergency of state", false),
        ("Rabat talks", false),
        ("部交", false),
    ] {
        let expected: BTreeSet<u32> = found.then_some(7).into_iter().collect();
        assert_eq!(side_by_side(&index, phrase), expected, "{phrase}");
    }
}

#[test]
fn an_edit_of_a_body_changes_the_shards_of_its_words_alone() {
    let mut texts = big();
    let before = indexed(&texts);
    let shards = before
        .files
        .keys()
        .filter(|p| p.contains("/words/"))
        .count();
    assert!(shards > 8, "{shards}");
    texts[150].1.push_str(" quicksilver");
    let after = indexed(&texts);
    assert_eq!(changed(&before, &after, "/words/"), 1);
    assert_eq!(
        changed(&before, &after, "/titles/") + changed(&before, &after, "/facets/"),
        0
    );
}

#[test]
fn a_new_briefing_changes_the_shards_of_its_words_and_the_last_block() {
    let mut texts = big();
    let before = indexed(&texts);
    texts.push(("Quicksilver".to_owned(), "Quicksilver".to_owned()));
    let after = indexed(&texts);
    assert_eq!(changed(&before, &after, "/words/"), 1);
    assert_eq!(changed(&before, &after, "/titles/"), 1);
}
