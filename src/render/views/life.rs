//! What became of a briefing, as its page sees it: corrections, withdrawal, what replaces it, its series, what is related.

use serde::Serialize;

use super::items::{CardView, card};
use crate::{
    model::PubDate,
    site::{Item, Site, life, related},
};

/// The part of a page's context that tells a briefing's life.
#[derive(Serialize)]
pub(super) struct Life<'a> {
    number: Option<&'a str>,
    /// Latest first.
    corrections: Vec<Dated<'a>>,
    withdrawn: Option<Dated<'a>>,
    expires: Option<&'a PubDate>,
    superseded_by: Option<CardView>,
    supersedes: Vec<CardView>,
    series: Option<Series<'a>>,
    /// What has most in common with it.
    related: Vec<CardView>,
}

/// A sentence and its day.
#[derive(Serialize)]
struct Dated<'a> {
    date: Option<&'a PubDate>,
    text: &'a str,
}

#[derive(Serialize)]
struct Series<'a> {
    name: &'a str,
    /// Which part this one is, from 1.
    part: usize,
    parts: Vec<CardView>,
}

pub(super) fn life<'a>(
    site: &'a Site,
    ui: usize,
    item: &'a Item,
    position: Option<usize>,
) -> Life<'a> {
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
    let newer = front.superseded_by.as_deref().map(life::source);
    let older = site.supersedes.get(&item.card.source);
    let of_source = |source: &String| site.item(source).map(|i| card(site, ui, i));
    let of_position = |at: usize| site.briefings.get(at).map(|i| card(site, ui, i));
    let series = front.series.as_deref().and_then(|name| {
        let parts = site.series.get(name).filter(|parts| parts.len() > 1)?;
        let here = parts.iter().position(|part| Some(*part) == position)?;
        Some((name, parts, here))
    });
    let named = series.map_or(&[][..], |(_, parts, _)| parts);
    let related = position.map(|at| related::related(site, at));
    let related = related.unwrap_or_default();
    Life {
        number: front.number.as_deref(),
        corrections,
        withdrawn: front.withdrawn.as_ref().map(|w| Dated {
            date: w.date.as_ref(),
            text: &w.reason,
        }),
        expires: front.expires.as_ref(),
        superseded_by: newer.as_ref().and_then(of_source),
        supersedes: older.into_iter().flatten().filter_map(of_source).collect(),
        series: series.map(|(name, parts, here)| Series {
            name,
            part: here + 1,
            parts: parts.iter().copied().filter_map(of_position).collect(),
        }),
        related: related
            .into_iter()
            .filter(|at| !named.contains(at))
            .filter_map(of_position)
            .collect(),
    }
}
