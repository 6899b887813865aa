//! Briefings, pages and sections as templates see them: a card in a list, everything on their own page.

use std::cell::OnceCell;

use serde::Serialize;
use serde_json::{Map, json};
use tera::{Value, value::Key};

use super::{Crumb, ancestors, life, shared::Shared, trail};
use crate::{
    content::Kind,
    model::{Direction, Lang, Precision, PubDate},
    render::markdown::{Heading, Html},
    site::{Item, Section, Site, Taxonomy},
};

/// A briefing or page in a list, without its terms.
#[derive(Serialize)]
struct CardView<'a> {
    title: &'a str,
    path: String,
    permalink: String,
    slug: &'a str,
    date: Option<&'a PubDate>,
    date_precision: Option<Precision>,
    updated: Option<&'a PubDate>,
    lang: &'a Lang,
    dir: Direction,
    summary: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct SectionView<'a> {
    title: &'a str,
    path: String,
    permalink: String,
    summary: &'a str,
    description: &'a str,
    lang: &'a Lang,
    dir: Direction,
    toc: &'a [Heading],
    ancestors: Vec<Crumb>,
    relative_path: &'a str,
    extra: Map<String, serde_json::Value>,
}

/// A briefing or page in a list.
pub(super) fn card(site: &Site, shared: &Shared, ui: usize, item: &Item) -> Value {
    let card = &item.card;
    let base = &site.config.base_url;
    let view = CardView {
        title: &card.title,
        path: base.rooted(&card.path),
        permalink: base.absolute(&card.path),
        slug: &card.slug,
        date: card.date.as_ref(),
        date_precision: card.date.as_ref().map(PubDate::precision),
        updated: card.updated.as_ref(),
        lang: &card.lang,
        dir: card.lang.direction(),
        summary: &card.summary,
        description: &card.summary,
    };
    let link = |taxonomy, slug: &str| shared.link(site, taxonomy, slug, ui);
    let countries = card.countries.iter();
    let countries = countries.map(|c| {
        let slug = c.as_str().to_ascii_lowercase();
        link(Taxonomy::Countries, &slug)
    });
    let topics = card.topics.iter();
    let topics = topics.map(|t| link(Taxonomy::Topics, t.as_str()));
    let mut fields = fields(&view);
    fields.insert("countries".into(), countries.collect::<Vec<_>>().into());
    fields.insert("topics".into(), topics.collect::<Vec<_>>().into());
    fields.into()
}

/// The fields of a view, to which values that are shared can be added.
pub(super) fn fields<T: Serialize>(view: &T) -> tera::Map {
    Value::from_serializable(view)
        .into_map()
        .unwrap_or_default()
}

/// Whether the template reads a value, by its name: what none reads is not worked out.
pub(in crate::render) type Asked<'a> = &'a dyn Fn(&str) -> bool;

/// Takes a value, worked out where the template reads its name.
pub(super) type Give<'a> = &'a mut dyn FnMut(&'static str, &dyn Fn() -> Value);

/// A briefing or ordinary page on its own page.
pub(in crate::render) fn page(
    site: &Site,
    shared: &Shared,
    ui: usize,
    item: &Item,
    position: Option<usize>,
    html: &Html,
    asked: Asked<'_>,
) -> Value {
    let front = &item.entry.front;
    let card = match position {
        Some(at) => shared.briefing(site, ui, at),
        None => Some(card(site, shared, ui, item)),
    };
    let mut all = card.and_then(Value::into_map).unwrap_or_default();
    let terms = ["countries", "topics"].map(|name| {
        let list = all.get(&Key::from(name)).cloned();
        (name.into(), list.unwrap_or_else(Value::none))
    });
    let mut give = |name: &'static str, value: &dyn Fn() -> Value| {
        if asked(name) {
            all.insert(name.into(), value());
        }
    };
    let words = OnceCell::new();
    let words = || *words.get_or_init(|| html.words());
    let neighbour = |at: Option<usize>| at.and_then(|at| shared.briefing(site, ui, at)).into();
    give("taxonomies", &|| tera::Map::from_iter(terms.clone()).into());
    give("is_briefing", &|| (item.card.kind == Kind::Briefing).into());
    // The place from which the text was sent.
    give("dateline", &|| front.dateline.as_deref().into());
    // Who issued the text, where that is not the publisher of the site.
    give("issuer", &|| front.issuer.as_deref().into());
    give("draft", &|| front.draft.into());
    give("toc", &|| Value::from_serializable(&html.toc));
    give("word_count", &|| words().into());
    // Whole minutes at 200 words a minute.
    give("reading_time", &|| words().div_ceil(200).max(1).into());
    give("people", &|| Value::from_serializable(&front.people));
    give("organisations", &|| {
        Value::from_serializable(&front.organisations)
    });
    // Countries that are named in passing.
    give("mentions", &|| Value::from_serializable(&front.mentions));
    give("translations", &|| {
        let versions = site.translations.get(&item.card.source);
        let versions = versions.map(|v| super::versions(site, v));
        Value::from_serializable(&versions.unwrap_or_default())
    });
    give("ancestors", &|| {
        Value::from_serializable(&trail(site, ui, item, position))
    });
    give("relative_path", &|| item.card.source.as_str().into());
    give("seed", &|| {
        let seed = front.seed.as_ref();
        Value::from_serializable(&seed.map(|s| json!({"file": s.file, "sha256": s.sha256})))
    });
    // The day of the first import.
    give("imported", &|| front.imported.map(|d| d.to_string()).into());
    // The keys that an import wrote and that may have been edited since.
    give("derived", &|| {
        Value::from_serializable(&front.derived.keys().collect::<Vec<_>>())
    });
    give("extra", &|| Value::from_serializable(&front.extra));
    give("higher", &|| {
        neighbour(position.and_then(|at| at.checked_sub(1)))
    });
    give("lower", &|| neighbour(position.map(|at| at + 1)));
    give("in_topic", &|| {
        in_topic(site, shared, ui, item, position).into()
    });
    give("siblings", &|| match position {
        Some(_) => Value::none(),
        None => shared.beside(site, ui, &site.config.base_url.rooted(&item.card.path)),
    });
    life::give(&mut give, site, shared, ui, item, position);
    all.insert("content".into(), Value::safe_string(&html.content));
    all.into()
}

/// The briefings next to this one within its first topic.
fn in_topic(
    site: &Site,
    shared: &Shared,
    ui: usize,
    item: &Item,
    position: Option<usize>,
) -> Option<Value> {
    let slug = item.card.topics.first()?.as_str();
    let list = site.topics.get(slug)?;
    let here = list.binary_search(&position?).ok()?;
    let neighbour = |place: Option<usize>| shared.briefing(site, ui, *list.get(place?)?);
    let fields = [
        ("topic", Some(shared.link(site, Taxonomy::Topics, slug, ui))),
        ("higher", neighbour(here.checked_sub(1))),
        ("lower", neighbour(here.checked_add(1))),
    ];
    let fields = fields.map(|(name, value)| (name.into(), value.into()));
    Some(tera::Map::from_iter(fields).into())
}

/// A section on its own page.
pub(in crate::render) fn section(
    site: &Site,
    shared: &Shared,
    ui: usize,
    section: &Section,
    html: &Html,
) -> Value {
    let base = &site.config.base_url;
    let index = section.index.as_ref();
    let summary = index.map_or("", |i| &i.card.summary);
    let view = SectionView {
        title: section.title(&site.config),
        path: base.rooted(&section.path),
        permalink: base.absolute(&section.path),
        summary,
        description: summary,
        lang: &section.lang,
        dir: section.lang.direction(),
        toc: &html.toc,
        ancestors: ancestors(site, section.parent),
        relative_path: index.map_or("", |i| &i.card.source),
        extra: index
            .map(|i| i.entry.front.extra.clone())
            .unwrap_or_default(),
    };
    let pages = section.pages.iter().filter_map(|at| site.pages.get(*at));
    let sections = section.subsections.iter();
    let sections = sections.filter_map(|at| site.sections.get(*at)?.index.as_ref());
    let mut all = fields(&view);
    all.insert("pages".into(), shared.pages(site, ui, pages));
    all.insert("subsections".into(), shared.pages(site, ui, sections));
    all.insert("content".into(), Value::safe_string(&html.content));
    all.into()
}
