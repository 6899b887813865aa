//! What the stamps of several routes are made of: a content file, a row of a table, the periods beside a period, what every page rests on.

use crate::{
    content::is_fixed,
    render::Renderer,
    site::{Item, Period, Site, data, navigation},
    sum::{Stamp, Sum},
};

/// A content file, its card, and what its text and its twins take from elsewhere.
pub(super) fn piece(site: &Site, places: &Stamp, item: &Item) -> Stamp {
    let mark = item.entry.body.mark();
    let versions = site.translations.get(&item.card.source);
    let numbered = item
        .entry
        .front
        .number
        .as_ref()
        .map(|_| data::id(site, item));
    let original = site.original(item);
    let sum = Sum::of(&mark)
        .and(&item.card)
        .and(&versions)
        .and(&original.map(|original| &original.card))
        .and(&numbered);
    if mark.refers {
        sum.and(places).stamp()
    } else {
        sum.stamp()
    }
}

/// What puts a briefing into lists and pictures of lists.
pub(super) fn keys(item: &Item) -> Stamp {
    let card = &item.card;
    Sum::of(&card.countries)
        .and(&card.topics)
        .and(&card.date)
        .and(&card.lang)
        .stamp()
}

/// What a table has of a briefing.
pub(super) fn row(site: &Site, item: &Item) -> Stamp {
    let above = item.entry.body.above();
    Sum::of(&item.card)
        .and(above)
        .and(&data::id(site, item))
        .stamp()
}

/// The periods before and after a period, with their sizes.
pub(super) fn beside(site: &Site, period: Period) -> Stamp {
    let alike = |(p, _): &(&Period, &Vec<usize>)| {
        **p != period
            && p.month.is_some() == period.month.is_some()
            && p.day.is_some() == period.day.is_some()
    };
    let before = site.archive.range(..period).rev().find(alike);
    let after = site.archive.range(period..).find(alike);
    let above = period.parent();
    let above = above.and_then(|p| site.archive.get_key_value(&p));
    let above_all = period.parent().and_then(Period::parent);
    let above_all = above_all.and_then(|p| site.archive.get_key_value(&p));
    Sum::of("beside")
        .all(
            [before, after, above, above_all]
                .map(|p| p.map(|(p, of)| (p, of.len())))
                .iter(),
        )
        .stamp()
}

/// What every page rests on.
pub(super) fn everywhere(renderer: &Renderer, places: &Stamp) -> Stamp {
    let site = renderer.site();
    let config = &site.config;
    let settings = format!("{config:?}");
    let logo = config.logo.as_ref().and_then(|logo| site.assets.get(logo));
    let sections = site
        .sections
        .iter()
        .map(|s| (&s.folder, s.index.as_ref().map(|i| &i.card)));
    let years = site.archive.keys().filter(|period| period.month.is_none());
    let mut sum = Sum::of(&settings)
        .and(&format!(
            "{:?}",
            (&site.vocabulary.topics, &site.vocabulary.groups)
        ))
        .and(&*renderer.theme.strings)
        .and(&*renderer.theme.asset_names())
        .and(&logo)
        .all(sections)
        .all(years)
        .all(site.facets.languages.keys());
    for ui in 0..config.languages.len() {
        sum = sum.and(&format!("{:?}", navigation::navigation(site, ui)));
    }
    // Links of site.yaml to content files are addresses by now.
    let mut links = settings.split("url: \"").skip(1);
    if links.any(|link| !is_fixed(link)) {
        sum = sum.and(places);
    }
    sum.stamp()
}
