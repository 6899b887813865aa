//! Briefings, pages and sections as templates see them: a card in a list, everything on their own page.

use serde::Serialize;
use serde_json::{Map, json};
use tera::{Value, value::Key};

use super::{Alternate, Crumb, ancestors, life, shared::Shared, trail, versions};
use crate::{
    content::Kind,
    distill::Person,
    model::{CountryCode, Direction, Lang, Precision, PubDate},
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

/// What the own page of an item has beside its card.
#[derive(Serialize)]
struct PageView<'a> {
    is_briefing: bool,
    /// The place from which the text was sent.
    dateline: Option<&'a str>,
    /// Who issued the text, where that is not the publisher of the site.
    issuer: Option<&'a str>,
    draft: bool,
    toc: &'a [Heading],
    word_count: Option<usize>,
    /// Whole minutes at 200 words a minute.
    reading_time: Option<usize>,
    people: &'a [Person],
    organisations: &'a [String],
    /// Countries that are named in passing.
    mentions: &'a [CountryCode],
    translations: Vec<Alternate>,
    ancestors: Vec<Crumb>,
    relative_path: &'a str,
    seed: Option<serde_json::Value>,
    /// The day of the first import.
    imported: Option<String>,
    /// The keys that an import wrote and that may have been edited since.
    derived: Vec<&'a str>,
    extra: &'a Map<String, serde_json::Value>,
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
    let counted = asked("word_count") || asked("reading_time");
    let words = counted.then(|| html.words());
    let view = PageView {
        is_briefing: item.card.kind == Kind::Briefing,
        dateline: front.dateline.as_deref(),
        issuer: front.issuer.as_deref(),
        draft: front.draft,
        toc: &html.toc,
        word_count: words,
        reading_time: words.map(|n| n.div_ceil(200).max(1)),
        people: &front.people,
        organisations: &front.organisations,
        mentions: &front.mentions,
        translations: site
            .translations
            .get(&item.card.source)
            .map(|v| versions(site, v))
            .unwrap_or_default(),
        ancestors: trail(site, ui, item, position),
        relative_path: &item.card.source,
        seed: front
            .seed
            .as_ref()
            .map(|s| json!({"file": s.file, "sha256": s.sha256})),
        imported: front.imported.map(|d| d.to_string()),
        derived: front.derived.keys().map(String::as_str).collect(),
        extra: &front.extra,
    };
    let card = match position {
        Some(at) => shared.briefing(site, ui, at),
        None => Some(card(site, shared, ui, item)),
    };
    let mut all = card.and_then(Value::into_map).unwrap_or_default();
    let terms = ["countries", "topics"].map(|name| {
        let list = all.get(&Key::from(name)).cloned();
        (name.into(), list.unwrap_or_else(Value::none))
    });
    let neighbour = |at: Option<usize>| shared.briefing(site, ui, at?);
    all.extend(fields(&view));
    all.extend(life::life(site, shared, ui, item, position, asked));
    all.insert("taxonomies".into(), tera::Map::from_iter(terms).into());
    let before = position.and_then(|at| at.checked_sub(1));
    all.insert("higher".into(), neighbour(before).into());
    all.insert("lower".into(), neighbour(position.map(|at| at + 1)).into());
    if asked("in_topic") {
        let in_topic = in_topic(site, shared, ui, item, position);
        all.insert("in_topic".into(), in_topic.into());
    }
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
