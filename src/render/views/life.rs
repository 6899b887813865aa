//! What became of a briefing, as its page sees it: corrections, withdrawal, what replaces it, its series, what is related.

use serde::Serialize;

use tera::Map;

use super::{
    items::{Asked, fields},
    shared::Shared,
};
use crate::{
    model::PubDate,
    site::{Item, Site, life, related},
};

/// The part of a page's context that tells a briefing's life, without the briefings that belong to it.
#[derive(Serialize)]
struct Life<'a> {
    number: Option<&'a str>,
    /// Latest first.
    corrections: Vec<Dated<'a>>,
    withdrawn: Option<Dated<'a>>,
    expires: Option<&'a PubDate>,
}

/// A sentence and its day.
#[derive(Serialize)]
struct Dated<'a> {
    date: Option<&'a PubDate>,
    text: &'a str,
}

pub(super) fn life(
    site: &Site,
    shared: &Shared,
    ui: usize,
    item: &Item,
    position: Option<usize>,
    asked: Asked<'_>,
) -> Map {
    let front = &item.entry.front;
    let mut corrections: Vec<Dated<'_>> = front
        .corrections
        .iter()
        .map(|c| Dated {
            date: c.date.as_ref(),
            text: &c.text,
        })
        .collect();
    corrections.sort_by(|a, b| b.date.cmp(&a.date));
    let view = Life {
        number: front.number.as_deref(),
        corrections,
        withdrawn: front.withdrawn.as_ref().map(|w| Dated {
            date: w.date.as_ref(),
            text: &w.reason,
        }),
        expires: front.expires.as_ref(),
    };
    let of_source = |source: &String| shared.file(site, ui, source);
    let of_position = |at: usize| shared.briefing(site, ui, at);
    let newer = front.superseded_by.as_deref().map(life::source);
    let older = site.supersedes.get(&item.card.source);
    let older = older.into_iter().flatten().filter_map(of_source);
    let series = front.series.as_deref().and_then(|name| {
        let parts = site.series.get(name).filter(|parts| parts.len() > 1)?;
        let here = parts.iter().position(|part| Some(*part) == position)?;
        Some((name, parts, here))
    });
    let named = series.map_or(&[][..], |(_, parts, _)| parts);
    let related = position.filter(|_| asked("related"));
    let related = related.map(|at| related::related(site, at));
    let related = related.unwrap_or_default().into_iter();
    let related = related.filter(|at| !named.contains(at));
    let series = series.map(|(name, parts, here)| {
        let parts = parts.iter().copied().filter_map(of_position);
        Map::from_iter([
            ("name".into(), name.into()),
            ("part".into(), (here + 1).into()),
            ("parts".into(), parts.collect::<Vec<_>>().into()),
        ])
    });
    let mut all = fields(&view);
    all.extend([
        (
            "superseded_by".into(),
            newer.as_ref().and_then(of_source).into(),
        ),
        ("supersedes".into(), older.collect::<Vec<_>>().into()),
        ("series".into(), series.into()),
        (
            "related".into(),
            related.filter_map(of_position).collect::<Vec<_>>().into(),
        ),
    ]);
    all
}
