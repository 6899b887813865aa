//! RSS, Atom or JSON Feed → a document an entry, told apart by its id or link, else by what it says. Refuses what is no feed and feeds of too
//! many entries.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use feed_rs::{
    model::{Entry, Text},
    parser::Builder,
};

use serde_json::Value;

use super::{Piece, html};
use crate::distill::{self, Container, Said, Source};

/// Entries of one feed; feeds of press offices have some fifty.
const ENTRIES: usize = 20_000;
/// Characters of an id in a seed's name.
const ID: usize = 200;

/// The documents of a feed, in its order.
pub fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let feed = Builder::new()
        .id_generator(|links, title, _| {
            let link = links.first().map(|link| link.href.clone());
            link.or_else(|| title.as_ref().map(|t| t.content.clone()))
                .unwrap_or_default()
        })
        .timestamp_parser(local)
        .build()
        .parse(with_texts_as_ids(bytes).as_ref())
        .map_err(|e| {
            format!("the feed can't be read ({e}); save it again, or its entries as .html")
        })?;
    if feed.entries.len() > ENTRIES {
        return Err(format!(
            "the feed has {} entries, and {ENTRIES} are the most; cut it into several",
            feed.entries.len()
        ));
    }
    let pieces: Vec<Piece> = feed
        .entries
        .iter()
        .map(|entry| Piece {
            id: id(&entry.id),
            source: source(entry, feed.language.as_deref()),
        })
        .filter(|piece| !piece.source.text.is_empty())
        .collect();
    let pieces = told_apart(pieces);
    if pieces.is_empty() {
        return Err("the feed has no entries with text".to_owned());
    }
    Ok(pieces)
}

/// Entries without an id of their own get one from their headline or, where others have the same, from all that they say: the place in the feed
/// changes with the next entry. What says the same twice is there once.
fn told_apart(pieces: Vec<Piece>) -> Vec<Piece> {
    let title = |piece: &Piece| {
        let title = piece.source.container.title.as_ref();
        title.map_or_else(String::new, |said| said.value.clone())
    };
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut titles: BTreeMap<(String, String), usize> = BTreeMap::new();
    for piece in &pieces {
        *ids.entry(piece.id.clone()).or_default() += 1;
        *titles.entry((piece.id.clone(), title(piece))).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    pieces
        .into_iter()
        .map(|mut piece| {
            if piece.id.is_empty() || ids.get(&piece.id) != Some(&1) {
                let title = title(&piece);
                let alone = titles.get(&(piece.id.clone(), title.clone())) == Some(&1);
                let what = if alone && !title.is_empty() {
                    &title
                } else {
                    &piece.source.text
                };
                let digest: String = distill::digest(what.as_bytes()).chars().take(12).collect();
                let parted = if piece.id.is_empty() { "" } else { "~" };
                piece.id = format!("{}{parted}{digest}", piece.id);
            }
            piece
        })
        .filter(|piece| seen.insert(piece.id.clone()))
        .collect()
}

/// A JSON feed whose ids are texts, as they should be; those of many are numbers. Anything else as it is.
fn with_texts_as_ids(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_json = bytes.trim_ascii_start().starts_with(b"{");
    let Some(mut feed) = is_json
        .then(|| serde_json::from_slice::<Value>(bytes).ok())
        .flatten()
    else {
        return bytes.into();
    };
    let items = feed.get_mut("items").and_then(Value::as_array_mut);
    for item in items.into_iter().flatten() {
        let number = item
            .get("id")
            .filter(|id| id.is_number())
            .map(Value::to_string);
        match (number, item.as_object_mut()) {
            (Some(number), Some(item)) => drop(item.insert("id".to_owned(), number.into())),
            (None, Some(item)) if !item.contains_key("id") => {
                drop(item.insert("id".to_owned(), String::new().into()));
            }
            _ => {}
        }
    }
    serde_json::to_vec(&feed).map_or(bytes.into(), Into::into)
}

fn source(entry: &Entry, lang: Option<&str>) -> Source {
    let content = entry.content.as_ref().and_then(|content| {
        let body = content.body.as_deref()?;
        let plain = content.content_type.as_str() == "text/plain" && !body.contains("</");
        Some(if plain {
            escaped(body)
        } else {
            body.to_owned()
        })
    });
    let summary = entry.summary.as_ref().map(hypertext);
    let body = match (content, summary) {
        (Some(content), _) if !content.trim().is_empty() => content,
        (_, summary) => summary.unwrap_or_default(),
    };
    let day = entry
        .published
        .or(entry.updated)
        .map(|t| t.date_naive().to_string());
    let container = Container {
        title: entry.title.as_ref().and_then(|title| {
            let words = super::plain::plain(&html::markdown(&hypertext(title)));
            Said::new(words, "title of the feed's entry")
        }),
        published: day.and_then(|day| {
            let rule = if entry.published.is_some() {
                "pubDate of the feed's entry"
            } else {
                "updated of the feed's entry"
            };
            Said::new(html::day(&day)?, rule)
        }),
        lang: entry
            .language
            .as_deref()
            .or(lang)
            .and_then(|lang| Said::new(lang, "language of the feed")),
        ..Container::default()
    };
    html::source(html::markdown(&body), container)
}

fn hypertext(text: &Text) -> String {
    if text.content_type.as_str() == "text/plain" && !text.content.contains("</") {
        escaped(&text.content)
    } else {
        text.content.clone()
    }
}

fn escaped(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}

/// An id that fits in one line of front matter.
fn id(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_whitespace() || c.is_control() {
                '-'
            } else {
                c
            }
        })
        .take(ID)
        .collect()
}

/// A time as its writer's clock shows it: the day of publication is the writer's, not Greenwich's.
fn local(time: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    let time = time.trim();
    let civil = match jiff::fmt::temporal::Pieces::parse(time) {
        Ok(pieces) => pieces
            .date()
            .to_datetime(pieces.time().unwrap_or(jiff::civil::Time::midnight())),
        Err(_) => match jiff::fmt::rfc2822::parse(time) {
            Ok(zoned) => zoned.datetime(),
            Err(_) => html::day(time)?
                .parse::<jiff::civil::Date>()
                .ok()?
                .at(0, 0, 0, 0),
        },
    };
    let seconds = jiff::tz::TimeZone::UTC
        .to_timestamp(civil)
        .ok()?
        .as_second();
    chrono::DateTime::from_timestamp(seconds, 0)
}
