//! Briefings, pages and sections as templates see them: a card in a list, everything on their own page.

use serde::Serialize;
use serde_json::{Map, json};
use tera::Value;

use super::{
    Alternate, Crumb, ancestors,
    life::{self, Life},
    terms::{TermLink, link},
    trail, versions,
};
use crate::{
    content::Kind,
    distill::Person,
    model::{CountryCode, Direction, Lang, Precision, PubDate},
    render::markdown::{Heading, Html},
    site::{Item, Section, Site, Taxonomy},
};

/// A briefing or page in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CardView {
    title: String,
    path: String,
    permalink: String,
    slug: String,
    date: Option<PubDate>,
    date_precision: Option<Precision>,
    updated: Option<PubDate>,
    lang: Lang,
    dir: Direction,
    summary: String,
    description: String,
    countries: Vec<TermLink>,
    topics: Vec<TermLink>,
}

#[derive(Clone, Debug, Serialize)]
struct Taxonomies {
    countries: Vec<TermLink>,
    topics: Vec<TermLink>,
}

#[derive(Serialize)]
struct PageView<'a> {
    #[serde(flatten)]
    card: CardView,
    is_briefing: bool,
    /// The place from which the text was sent.
    dateline: Option<&'a str>,
    taxonomies: Taxonomies,
    draft: bool,
    toc: &'a [Heading],
    word_count: usize,
    /// Whole minutes at 200 words a minute.
    reading_time: usize,
    people: &'a [Person],
    organisations: &'a [String],
    /// Countries that are named in passing.
    mentions: &'a [CountryCode],
    higher: Option<CardView>,
    lower: Option<CardView>,
    in_topic: Option<InTopic>,
    translations: Vec<Alternate>,
    ancestors: Vec<Crumb>,
    relative_path: &'a str,
    #[serde(flatten)]
    life: Life<'a>,
    seed: Option<serde_json::Value>,
    /// The day of the first import.
    imported: Option<String>,
    /// The keys that an import wrote and that may have been edited since.
    derived: Vec<&'a str>,
    extra: &'a Map<String, serde_json::Value>,
}

/// The briefings next to this one within its first topic.
#[derive(Serialize)]
struct InTopic {
    topic: TermLink,
    higher: Option<CardView>,
    lower: Option<CardView>,
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
    pages: Vec<CardView>,
    subsections: Vec<CardView>,
    ancestors: Vec<Crumb>,
    relative_path: &'a str,
    extra: Map<String, serde_json::Value>,
}

pub(super) fn card(site: &Site, ui: usize, item: &Item) -> CardView {
    let card = &item.card;
    let base = &site.config.base_url;
    CardView {
        title: card.title.clone(),
        path: base.rooted(&card.path),
        permalink: base.absolute(&card.path),
        slug: card.slug.clone(),
        date: card.date.clone(),
        date_precision: card.date.as_ref().map(PubDate::precision),
        updated: card.updated.clone(),
        lang: card.lang.clone(),
        dir: card.lang.direction(),
        summary: card.summary.clone(),
        description: card.summary.clone(),
        countries: countries_of(site, ui, item),
        topics: topics_of(site, ui, item),
    }
}

fn countries_of(site: &Site, ui: usize, item: &Item) -> Vec<TermLink> {
    let codes = item.card.countries.iter();
    codes
        .map(|c| {
            link(
                site,
                Taxonomy::Countries,
                &c.as_str().to_ascii_lowercase(),
                ui,
            )
        })
        .collect()
}

fn topics_of(site: &Site, ui: usize, item: &Item) -> Vec<TermLink> {
    let topics = item.card.topics.iter();
    topics
        .map(|t| link(site, Taxonomy::Topics, t.as_str(), ui))
        .collect()
}

/// A briefing or ordinary page on its own page.
pub(in crate::render) fn page(
    site: &Site,
    ui: usize,
    item: &Item,
    position: Option<usize>,
    html: &Html,
) -> Value {
    let front = &item.entry.front;
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| site.briefings.get(at))
            .map(|i| card(site, ui, i))
    };
    let view = PageView {
        card: card(site, ui, item),
        is_briefing: item.card.kind == Kind::Briefing,
        dateline: item.entry.front.dateline.as_deref(),
        taxonomies: Taxonomies {
            countries: countries_of(site, ui, item),
            topics: topics_of(site, ui, item),
        },
        draft: front.draft,
        toc: &html.toc,
        word_count: html.words,
        reading_time: html.words.div_ceil(200).max(1),
        people: &front.people,
        organisations: &front.organisations,
        mentions: &front.mentions,
        higher: neighbour(position.and_then(|at| at.checked_sub(1))),
        lower: neighbour(position.map(|at| at + 1)),
        in_topic: in_topic(site, ui, item, position),
        translations: site
            .translations
            .get(&item.card.source)
            .map(|v| versions(site, v))
            .unwrap_or_default(),
        life: life::life(site, ui, item, position),
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
    with_content(Value::from_serializable(&view), html)
}

fn in_topic(site: &Site, ui: usize, item: &Item, position: Option<usize>) -> Option<InTopic> {
    let slug = item.card.topics.first()?.as_str();
    let list = site.topics.get(slug)?;
    let here = list.binary_search(&position?).ok()?;
    let neighbour = |place: Option<usize>| {
        let at = list.get(place?)?;
        site.briefings.get(*at).map(|other| card(site, ui, other))
    };
    Some(InTopic {
        topic: link(site, Taxonomy::Topics, slug, ui),
        higher: neighbour(here.checked_sub(1)),
        lower: neighbour(here.checked_add(1)),
    })
}

/// A section on its own page.
pub(in crate::render) fn section(site: &Site, ui: usize, section: &Section, html: &Html) -> Value {
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
        pages: section
            .pages
            .iter()
            .filter_map(|at| site.pages.get(*at))
            .map(|i| card(site, ui, i))
            .collect(),
        subsections: section
            .subsections
            .iter()
            .filter_map(|at| site.sections.get(*at)?.index.as_ref())
            .map(|i| card(site, ui, i))
            .collect(),
        ancestors: ancestors(site, section.parent),
        relative_path: index.map_or("", |i| &i.card.source),
        extra: index
            .map(|i| i.entry.front.extra.clone())
            .unwrap_or_default(),
    };
    with_content(Value::from_serializable(&view), html)
}

/// The rendered body joins the view as a string that is safe already.
fn with_content(view: Value, html: &Html) -> Value {
    match view.into_map() {
        Some(mut map) => {
            map.insert("content".into(), Value::safe_string(&html.content));
            Value::from(map)
        }
        None => Value::none(),
    }
}
