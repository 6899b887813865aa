//! RSS, Atom or JSON Feed → a document an entry, told apart by its id or link. Refuses what is no feed and feeds of too many entries.

use std::collections::BTreeSet;

use feed_rs::{
    model::{Entry, Text},
    parser::Builder,
};

use super::{Piece, html};
use crate::distill::{Container, Said, Source};

/// Entries of one feed; feeds of press offices have some fifty.
const ENTRIES: usize = 20_000;
/// Characters of an id in a seed's name.
const ID: usize = 200;

/// The documents of a feed, in its order. Of entries with one id the first counts.
pub fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let feed = Builder::new()
        .id_generator(|links, title, _| {
            links
                .first()
                .map(|link| link.href.clone())
                .or_else(|| title.as_ref().map(|t| t.content.clone()))
                .unwrap_or_default()
        })
        .timestamp_parser(local)
        .build()
        .parse(bytes)
        .map_err(|e| {
            format!("the feed can't be read ({e}); save it again, or its entries as .html")
        })?;
    if feed.entries.len() > ENTRIES {
        return Err(format!(
            "the feed has {} entries, and {ENTRIES} are the most; cut it into several",
            feed.entries.len()
        ));
    }
    let mut seen = BTreeSet::new();
    let pieces: Vec<Piece> = feed
        .entries
        .iter()
        .map(|entry| Piece {
            id: id(&entry.id),
            source: source(entry, feed.language.as_deref()),
        })
        .filter(|piece| !piece.source.text.is_empty())
        .filter(|piece| !piece.id.is_empty() && seen.insert(piece.id.clone()))
        .collect();
    if pieces.is_empty() {
        return Err("the feed has no entries with text".to_owned());
    }
    Ok(pieces)
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
