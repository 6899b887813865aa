//! Briefings and pages with their words → the search index: files that a browser fetches as a reader types, and the table that finds them.
//!
//! ```text
//! entry ─▶ Words (memo by bytes, parallel) ─▶ terms with rows of documents ─▶ shards by spelling ─┐
//!                                          └▶ pairs of neighbours ─────────▶ shards by number ────┤
//! card ─────────────────────────────────────▶ blocks of titles, rows of each facet's values ──────┴─▶ Index: path → bytes, index.json
//! ```
//!
//! A briefing's number counts from the oldest, so that a new one changes the shards of its words and the last block; a page's number counts
//! from [`PAGES`]. A file's name holds a digest of its content: it may be cached for ever, and a reader who still has an older table gets either
//! the file that goes with it or none (`search.js` then reads the table again). What is a draft, under embargo, expired or withdrawn has no number.

use std::{collections::BTreeMap, sync::Arc};

use foldhash::HashMap;
use rayon::prelude::*;
use serde_json::json;

use super::{Card, Item, Section, Site, index::Terms, route};
use crate::{distill::digest, model::PubDate};

pub mod document;
pub mod fold;
pub mod pairs;
pub mod postings;
pub mod shards;
pub mod words;

pub use document::Words;
use postings::Row;

/// The number of the first ordinary page: more than any site has briefings.
pub const PAGES: u32 = 1 << 24;

/// Documents in a block of titles: the twenty results of a query lie in as many blocks, or nearly.
const BLOCK: usize = 10;

/// Bytes of a shard before it is compressed: about 10 KB after.
const SHARD: usize = 16_000;

/// Characters of a summary in a block.
const EXCERPT: usize = 160;

/// The files of the search, ready to publish.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Path from the site's root → content, JSON all.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// What can be narrowed by, beside the words.
#[derive(Debug, Default)]
struct Facets<'a> {
    by_name: BTreeMap<&'a str, BTreeMap<String, Row>>,
    /// The greatest number of each year: briefings are numbered by date, so that a year is a range.
    years: BTreeMap<i16, (u32, usize)>,
}

/// The pages that can be found, sections among them, by path from content/.
pub fn pages<'a>(pages: &'a [Item], sections: &'a [Section]) -> Vec<&'a Item> {
    let indexes = sections.iter().filter_map(|s| s.index.as_ref());
    let mut all: Vec<&Item> = pages.iter().chain(indexes).collect();
    all.sort_by(|a, b| a.card.source.cmp(&b.card.source));
    all
}

/// Makes the index of a site. `briefings` are newest first.
pub fn index(briefings: &[Item], pages: &[&Item], (countries, topics): (&Terms, &Terms)) -> Index {
    briefings.par_iter().for_each(|item| {
        item.words();
    });
    let oldest_first: Vec<&Item> = briefings.iter().rev().collect();
    let documents = || numbered(pages, PAGES).chain(numbered(&oldest_first, 0));
    let mut files = BTreeMap::new();
    let worded: Vec<(u32, &Words)> = documents().map(|(id, item)| (id, item.words())).collect();
    let pairs = pairs::add(&worded, &mut files);
    let mut add = |path: String, value: &serde_json::Value| {
        files.insert(path, value.to_string().into_bytes().into());
    };

    let terms = terms(documents());
    let rows: Vec<(Vec<u16>, usize)> = terms
        .iter()
        .map(|(term, row)| {
            (
                term.encode_utf16().collect(),
                term.len() + row.text().len() + 6,
            )
        })
        .collect();
    let made: Vec<(&str, String, serde_json::Value)> = shards::shards(&rows, SHARD)
        .into_par_iter()
        .filter_map(|range| {
            let here = terms.get(range)?;
            let shard = here
                .iter()
                .map(|(term, row)| ((*term).to_owned(), json!(row.text())));
            let shard = serde_json::Value::Object(shard.collect());
            let mark = digest(shard.to_string().as_bytes())
                .chars()
                .take(10)
                .collect();
            Some((here.first()?.0, mark, shard))
        })
        .collect();
    let mut table = Vec::with_capacity(made.len());
    for (first, mark, shard) in made {
        add(route::search::terms(&mark), &shard);
        table.push(json!([first, mark]));
    }

    let mut blocks = Vec::new();
    for (name, items) in [("b", &*oldest_first), ("p", pages)] {
        let marks = items.chunks(BLOCK).enumerate().map(|(n, items)| {
            let block = json!(
                items
                    .iter()
                    .map(|item| title(&item.card))
                    .collect::<Vec<_>>()
            );
            let mark = short(&block);
            add(route::search::block(name, n, &mark), &block);
            mark
        });
        blocks.push(marks.collect::<Vec<_>>().concat());
    }

    let facets = facets(documents(), briefings.len() as u32, countries, topics);
    let mut lists = serde_json::Map::new();
    for (name, values) in &facets.by_name {
        let mut list = serde_json::Map::new();
        for (value, row) in values {
            let content = json!(row.text());
            let mark = short(&content);
            add(route::search::facet(name, value, &mark), &content);
            list.insert(value.clone(), json!([row.count, mark]));
        }
        lists.insert((*name).to_owned(), list.into());
    }
    let years = facets.years.iter();
    let years = years.map(|(year, (last, count))| (year.to_string(), json!([count, last])));
    lists.insert(
        "year".to_owned(),
        serde_json::Value::Object(years.collect()),
    );
    add(
        route::search::TABLE.to_owned(),
        &json!({
            "briefings": briefings.len(), "pages": pages.len(), "first_page": PAGES, "block": BLOCK,
            "terms": table, "pairs": pairs, "blocks": blocks, "facets": lists,
        }),
    );
    Index { files }
}

/// The documents with their numbers, the greatest first.
fn numbered<'a>(items: &'a [&'a Item], first: u32) -> impl Iterator<Item = (u32, &'a Item)> {
    let all = items.iter().enumerate().rev();
    all.map(move |(n, item)| (first + n as u32, *item))
}

/// Every word with its documents, sorted as a browser sorts.
fn terms<'a>(documents: impl Iterator<Item = (u32, &'a Item)>) -> Vec<(&'a str, Row)> {
    let mut terms: HashMap<&str, Row> = HashMap::default();
    for (id, item) in documents {
        for (word, place) in item.words().iter() {
            terms.entry(word).or_default().push(id, place as u32, 3);
        }
    }
    let mut terms: Vec<(&str, Row)> = terms.into_iter().collect();
    terms.par_sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    terms
}

/// The rows of each facet. What a topic or country holds is what its own page holds: a parent has the briefings of its children.
fn facets<'a>(
    documents: impl Iterator<Item = (u32, &'a Item)>,
    briefings: u32,
    countries: &Terms,
    topics: &Terms,
) -> Facets<'static> {
    let mut facets = Facets::default();
    for (name, terms) in [("country", countries), ("topic", topics)] {
        let rows = terms.iter().map(|(value, positions)| {
            let mut row = Row::default();
            for at in positions {
                // Positions run from the newest, numbers from the oldest.
                row.push(briefings - 1 - *at as u32, 0, 1);
            }
            (value.clone(), row)
        });
        facets.by_name.insert(name, rows.collect());
    }
    let mut languages: BTreeMap<String, Row> = BTreeMap::new();
    for (id, item) in documents {
        let lang = item.card.lang.to_string();
        languages.entry(lang).or_default().push(id, 0, 1);
        if let Some(date) = item.card.date.as_ref().filter(|_| id < PAGES) {
            let year = facets.years.entry(date.civil().year()).or_insert((id, 0));
            year.1 += 1;
        }
    }
    facets.by_name.insert("lang", languages);
    facets
}

/// What a result shows of a document: title, path, day, language, countries, topics, the beginning of the summary.
fn title(card: &Card) -> serde_json::Value {
    let mut excerpt: String = card.summary.chars().take(EXCERPT).collect();
    if excerpt.len() < card.summary.len() {
        excerpt.push('…');
    }
    let countries = card
        .countries
        .iter()
        .map(|c| c.as_str().to_ascii_lowercase());
    let countries: Vec<String> = countries.collect();
    let day = card.date.as_ref().map_or("", PubDate::as_str);
    json!([
        card.title,
        card.path,
        day,
        card.lang,
        countries,
        card.topics,
        excerpt
    ])
}

/// Enough of a digest to tell the versions of one file apart.
fn short(value: &serde_json::Value) -> String {
    digest(value.to_string().as_bytes())
        .chars()
        .take(6)
        .collect()
}

/// The languages of the documents with their number, for the search page.
pub fn languages(site: &Site) -> Terms {
    let mut all = Terms::new();
    let pages = pages(&site.pages, &site.sections);
    for (at, item) in site.briefings.iter().chain(pages).enumerate() {
        all.entry(item.card.lang.to_string()).or_default().push(at);
    }
    all
}

#[cfg(test)]
mod tests;
