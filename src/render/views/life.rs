//! What became of a briefing, as its page sees it: corrections, withdrawal, what replaces it, its series, what is related.

use serde::Serialize;

use tera::{Map, Value};

use super::{items::Give, shared::Shared};
use crate::{
    model::PubDate,
    site::{Item, Site, life, related},
};

/// A sentence and its day.
#[derive(Serialize)]
struct Dated<'a> {
    date: Option<&'a PubDate>,
    text: &'a str,
}

/// The part of a page's values that tells a briefing's life.
pub(super) fn give(
    give: Give<'_>,
    site: &Site,
    shared: &Shared,
    ui: usize,
    item: &Item,
    position: Option<usize>,
) {
    let front = &item.entry.front;
    let of_source = |source: &String| shared.file(site, ui, source);
    let of_position = |at: usize| shared.briefing(site, ui, at);
    let series = || {
        let name = front.series.as_deref()?;
        let parts = site.series.get(name).filter(|parts| parts.len() > 1)?;
        let here = parts.iter().position(|part| Some(*part) == position)?;
        Some((name, parts, here))
    };
    give("number", &|| front.number.as_deref().into());
    give("corrections", &|| {
        let dated = front.corrections.iter().map(|c| Dated {
            date: c.date.as_ref(),
            text: &c.text,
        });
        let mut latest_first: Vec<Dated<'_>> = dated.collect();
        latest_first.sort_by(|a, b| b.date.cmp(&a.date));
        Value::from_serializable(&latest_first)
    });
    give("withdrawn", &|| {
        let withdrawn = front.withdrawn.as_ref().map(|w| Dated {
            date: w.date.as_ref(),
            text: &w.reason,
        });
        Value::from_serializable(&withdrawn)
    });
    give("expires", &|| Value::from_serializable(&front.expires));
    give("superseded_by", &|| {
        let newer = front.superseded_by.as_deref().map(life::source);
        newer.as_ref().and_then(of_source).into()
    });
    give("supersedes", &|| {
        let older = site.supersedes.get(&item.card.source);
        let older = older.into_iter().flatten().filter_map(of_source);
        older.collect::<Vec<_>>().into()
    });
    give("series", &|| {
        let series = series().map(|(name, parts, here)| {
            let parts = parts.iter().copied().filter_map(of_position);
            Map::from_iter([
                ("name".into(), name.into()),
                ("part".into(), (here + 1).into()),
                ("parts".into(), parts.collect::<Vec<_>>().into()),
            ])
        });
        series.into()
    });
    give("related", &|| {
        let named = series().map_or(&[][..], |(_, parts, _)| parts);
        let related = position.map(|at| related::related(site, at));
        let related = related.unwrap_or_default().into_iter();
        let related = related.filter(|at| !named.contains(at));
        related.filter_map(of_position).collect::<Vec<_>>().into()
    });
}
