//! What templates see: one plain struct for each thing of the context. ARCHITECTURE.md lists them.

use serde::Serialize;
use serde_json::{Map, json};
use tera::{Context, Value};

use super::{Theme, dates, dates::Style, markdown::Heading, markdown::Html};
use crate::{
    distill::Person,
    model::{Direction, Lang, Precision, PubDate, country_name, language_name},
    site::{Feed, Item, Period, Section, Site, Taxonomy, navigation, route, translations::Version},
};

/// A link of the breadcrumb. `key` names a string of the theme where the words depend on the language.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    title: String,
    key: Option<String>,
    path: String,
}

impl Crumb {
    fn new(site: &Site, title: &str, path: &str) -> Self {
        Self { title: title.to_owned(), key: None, path: site.config.base_url.rooted(path) }
    }

    /// A link whose words are a string of the theme.
    pub fn of_key(site: &Site, key: &str, path: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::new(site, key, path) }
    }
}

impl TermView {
    /// The words for readers.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A country or topic.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    name: String,
    slug: String,
    path: String,
    permalink: String,
    page_count: usize,
    /// For a topic: the slug and name of its group.
    group: Option<Group>,
}

#[derive(Clone, Debug, Serialize)]
struct Group {
    slug: String,
    name: String,
}

/// A briefing or page in a list.
#[derive(Clone, Debug, Serialize)]
struct CardView {
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
    taxonomies: Taxonomies,
}

#[derive(Clone, Debug, Serialize)]
struct Taxonomies {
    countries: Vec<TermView>,
    topics: Vec<TermView>,
}

#[derive(Serialize)]
struct PageView<'a> {
    #[serde(flatten)]
    card: CardView,
    is_briefing: bool,
    draft: bool,
    toc: &'a [Heading],
    word_count: usize,
    /// Whole minutes at 200 words a minute.
    reading_time: usize,
    people: &'a [Person],
    organisations: &'a [String],
    higher: Option<CardView>,
    lower: Option<CardView>,
    translations: Vec<Alternate>,
    ancestors: Vec<Crumb>,
    relative_path: &'a str,
    /// Path of the seed from the site's root.
    seed: Option<&'a str>,
    /// The day of the first import.
    imported: Option<String>,
    /// The keys that an import wrote and that may have been edited since.
    derived: Vec<&'a str>,
    extra: &'a Map<String, serde_json::Value>,
}

/// A page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    lang: Lang,
    name: String,
    title: String,
    path: String,
    permalink: String,
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

#[derive(Serialize)]
struct PeriodView {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    title: String,
    path: String,
    page_count: usize,
}

/// What every page of an interface language gets.
pub fn common(site: &Site, theme: &Theme, ui: usize) -> Context {
    let config = &site.config;
    let lang = site.ui_lang(ui);
    let link = |link: &crate::config::Link| {
        let detached = super::links::Links::new(site, "site.yaml");
        let url = match detached.resolve(&link.url) {
            super::links::Target::Address(address) => address,
            super::links::Target::Nowhere(_) => link.url.clone(),
        };
        json!({"title": link.title, "url": url})
    };
    let languages: Vec<_> = config
        .languages
        .iter()
        .enumerate()
        .map(|(other, l)| json!({"code": l, "name": language_name(l, l), "dir": l.direction(), "path": config.base_url.rooted(&route::home(site, other))}))
        .collect();
    let mut context = Context::new();
    context.insert(
        "config",
        &json!({
            "title": config.title, "description": config.description, "base_url": config.base_url.absolute("/"), "base_path": config.base_url.path(),
            "default_language": config.default_language, "languages": languages, "publisher": config.publisher, "disclaimer": config.disclaimer,
            "license": config.license, "navigation": config.navigation.iter().map(link).collect::<Vec<_>>(), "footer": config.footer.iter().map(link).collect::<Vec<_>>(),
            "theme": config.theme, "extra": config.extra, "generator": concat!("Dépêche ", env!("CARGO_PKG_VERSION")),
        }),
    );
    context.insert("lang", lang);
    context.insert("dir", &lang.direction());
    context.insert("home_path", &config.base_url.rooted(&route::home(site, ui)));
    context.insert("countries_path", &config.base_url.rooted(&route::terms(site, Taxonomy::Countries, ui)));
    context.insert("topics_path", &config.base_url.rooted(&route::terms(site, Taxonomy::Topics, ui)));
    context.insert("navigation", &navigation::navigation(site, ui));
    context.insert("countries", &terms(site, Taxonomy::Countries, ui));
    context.insert("topics", &terms(site, Taxonomy::Topics, ui));
    context.insert("years", &years(site, ui));
    context.insert("briefing_count", &site.briefings.len());
    context.insert("feeds", &feeds(site, ui, None));
    context.insert("translated", &theme.strings.speaks(lang));
    context
}

/// The terms of a taxonomy that have briefings: countries by name in the interface's language, topics in the vocabulary's order.
pub fn terms(site: &Site, taxonomy: Taxonomy, ui: usize) -> Vec<TermView> {
    let mut all: Vec<TermView> = site.terms_of(taxonomy).keys().map(|slug| term(site, taxonomy, slug, ui)).collect();
    match taxonomy {
        Taxonomy::Countries => all.sort_by_cached_key(|t| (collation_key(&t.name), t.slug.clone())),
        Taxonomy::Topics => {
            let rank = |slug: &str| site.vocabulary.topics.iter().position(|t| t.slug.as_str() == slug).unwrap_or(usize::MAX);
            all.sort_by_cached_key(|t| (rank(&t.slug), t.slug.clone()));
        }
    }
    all
}

/// Letters without their marks, in lower case: enough to put Åland and Éire where a reader looks for them.
fn collation_key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// One term.
pub fn term(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermView {
    let lang = site.ui_lang(ui);
    let path = route::term(site, taxonomy, slug, ui);
    let topic = slug.parse().ok();
    let name = match (taxonomy, &topic) {
        (Taxonomy::Countries, _) => slug.parse().map_or_else(|_| slug.to_owned(), |code| country_name(code, lang)),
        (Taxonomy::Topics, Some(topic)) => site.vocabulary.label(topic, lang),
        (Taxonomy::Topics, None) => slug.to_owned(),
    };
    let group = topic
        .filter(|_| taxonomy == Taxonomy::Topics)
        .and_then(|t| site.vocabulary.get(&t).and_then(|t| t.parent.clone()))
        .map(|parent| Group { name: site.vocabulary.label(&parent, lang), slug: parent.to_string() });
    TermView {
        name,
        slug: slug.to_owned(),
        permalink: site.config.base_url.absolute(&path),
        path: site.config.base_url.rooted(&path),
        page_count: site.terms_of(taxonomy).get(slug).map_or(0, Vec::len),
        group,
    }
}

/// The terms of the other taxonomy, and of this one, that share most briefings with a term: at most ten of each.
pub fn related_terms(site: &Site, taxonomy: Taxonomy, slug: &str, positions: &[usize], ui: usize) -> serde_json::Value {
    let related = |other: Taxonomy| -> Vec<TermView> {
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for item in positions.iter().filter_map(|at| site.briefings.get(*at)) {
            let slugs: Vec<String> = match other {
                Taxonomy::Countries => item.card.countries.iter().map(|c| c.as_str().to_ascii_lowercase()).collect(),
                Taxonomy::Topics => item.card.topics.iter().map(ToString::to_string).collect(),
            };
            for found in slugs.into_iter().filter(|s| other != taxonomy || s != slug) {
                *counts.entry(found).or_default() += 1;
            }
        }
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.into_iter().take(10).map(|(s, shared)| TermView { page_count: shared, ..term(site, other, &s, ui) }).collect()
    };
    json!({"countries": related(Taxonomy::Countries), "topics": related(Taxonomy::Topics)})
}

/// The taxonomy itself.
pub fn taxonomy(site: &Site, taxonomy: Taxonomy) -> serde_json::Value {
    json!({"name": taxonomy.name(), "slug": taxonomy.name(), "page_count": site.terms_of(taxonomy).len()})
}

fn card(site: &Site, ui: usize, item: &Item) -> CardView {
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
        taxonomies: Taxonomies {
            countries: card.countries.iter().map(|c| term(site, Taxonomy::Countries, &c.as_str().to_ascii_lowercase(), ui)).collect(),
            topics: card.topics.iter().map(|t| term(site, Taxonomy::Topics, t.as_str(), ui)).collect(),
        },
    }
}

/// A briefing or ordinary page on its own page.
pub fn page(site: &Site, ui: usize, item: &Item, position: Option<usize>, html: &Html) -> Value {
    let front = &item.entry.front;
    let neighbour = |at: Option<usize>| at.and_then(|at| site.briefings.get(at)).map(|i| card(site, ui, i));
    let view = PageView {
        card: card(site, ui, item),
        is_briefing: position.is_some(),
        draft: front.draft,
        toc: &html.toc,
        word_count: html.words,
        reading_time: html.words.div_ceil(200).max(1),
        people: &front.people,
        organisations: &front.organisations,
        higher: neighbour(position.and_then(|at| at.checked_sub(1))),
        lower: neighbour(position.map(|at| at + 1)),
        translations: site.translations.get(&item.card.source).map(|v| versions(site, v)).unwrap_or_default(),
        ancestors: trail(site, ui, item, position),
        relative_path: &item.card.source,
        seed: front.seed.as_ref().map(|s| s.file.as_str()),
        imported: front.imported.map(|d| d.to_string()),
        derived: front.derived.keys().map(String::as_str).collect(),
        extra: &front.extra,
    };
    with_content(Value::from_serializable(&view), html)
}

/// A section on its own page.
pub fn section(site: &Site, ui: usize, section: &Section, html: &Html) -> Value {
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
        pages: section.pages.iter().filter_map(|at| site.pages.get(*at)).map(|i| card(site, ui, i)).collect(),
        subsections: section.subsections.iter().filter_map(|at| site.sections.get(*at)?.index.as_ref()).map(|i| card(site, ui, i)).collect(),
        ancestors: ancestors(site, section.parent),
        relative_path: index.map_or("", |i| &i.card.source),
        extra: index.map(|i| i.entry.front.extra.clone()).unwrap_or_default(),
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

/// One page of a list.
pub fn paginator(site: &Site, ui: usize, first: &str, page: usize, positions: &[usize]) -> serde_json::Value {
    let per_page = site.config.paginate_by;
    let last = route::page_count(positions.len(), per_page);
    let path = |page: usize| site.config.base_url.rooted(&route::paged(first, page));
    let pages: Vec<CardView> = positions
        .iter()
        .skip((page - 1) * per_page)
        .take(per_page)
        .filter_map(|at| site.briefings.get(*at))
        .map(|item| card(site, ui, item))
        .collect();
    json!({
        "pages": pages, "paginate_by": per_page, "current_index": page, "number_pagers": last, "total_pages": positions.len(), "base_url": site.config.base_url.rooted(first),
        "first": path(1), "last": path(last), "previous": (page > 1).then(|| path(page - 1)), "next": (page < last).then(|| path(page + 1)),
        "pagers": (1..=last).map(|n| json!({"index": n, "path": path(n)})).collect::<Vec<_>>(),
    })
}

/// The sections above a place, outermost first; the root is not among them.
pub fn ancestors(site: &Site, parent: Option<usize>) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let mut next = parent;
    while let Some(section) = next.and_then(|at| site.sections.get(at)).filter(|s| !s.folder.is_empty()) {
        crumbs.push(Crumb::new(site, section.title(&site.config), &section.path));
        next = section.parent;
    }
    crumbs.reverse();
    crumbs
}

/// The breadcrumb of an item: the periods of a briefing, the sections of a page.
pub fn trail(site: &Site, ui: usize, item: &Item, position: Option<usize>) -> Vec<Crumb> {
    if position.is_some() {
        let period = item.card.date.as_ref().map(|date| {
            let civil = date.civil();
            let day = (date.precision() != Precision::Month).then(|| civil.day());
            Period { year: civil.year(), month: Some(civil.month()), day }
        });
        periods_above(site, period, ui)
    } else {
        let home = site.sections.iter().position(|s| s.pages.iter().filter_map(|p| site.pages.get(*p)).any(|p| p.card.source == item.card.source));
        ancestors(site, home)
    }
}

/// A period and those it lies in, outermost first.
pub fn periods_above(site: &Site, period: Option<Period>, ui: usize) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let mut next = period;
    while let Some(period) = next {
        crumbs.push(Crumb::new(site, &short_name(period, site.ui_lang(ui)), &route::archive(site, period, ui)));
        next = period.parent();
    }
    crumbs.reverse();
    crumbs
}

fn short_name(period: Period, lang: &Lang) -> String {
    match (period.day, period.month) {
        (Some(day), _) => day.to_string(),
        (None, Some(_)) => in_words(period, lang, Style::MonthName),
        (None, None) => period.year.to_string(),
    }
}

fn in_words(period: Period, lang: &Lang, style: Style) -> String {
    period.first_day().map(|day| dates::format(&PubDate::day(day), lang, style)).unwrap_or_default()
}

/// A year, month or day with the periods in it.
pub fn archive(site: &Site, period: Period, ui: usize) -> serde_json::Value {
    let lang = site.ui_lang(ui);
    let title = match (period.day, period.month) {
        (Some(_), _) => in_words(period, lang, Style::Long),
        (None, Some(_)) => in_words(period, lang, Style::Month),
        (None, None) => period.year.to_string(),
    };
    let children: Vec<PeriodView> = site.archive.keys().filter(|p| p.parent() == Some(period)).map(|p| period_view(site, *p, ui)).collect();
    json!({
        "year": period.year, "month": period.month, "day": period.day, "title": title, "children": children,
        "parent": period.parent().map(|p| period_view(site, p, ui)),
    })
}

fn period_view(site: &Site, period: Period, ui: usize) -> PeriodView {
    PeriodView {
        year: period.year,
        month: period.month,
        day: period.day,
        title: short_name(period, site.ui_lang(ui)),
        path: site.config.base_url.rooted(&route::archive(site, period, ui)),
        page_count: site.archive.get(&period).map_or(0, Vec::len),
    }
}

/// All years, newest first.
fn years(site: &Site, ui: usize) -> Vec<PeriodView> {
    site.archive.keys().rev().filter(|p| p.month.is_none()).map(|p| period_view(site, *p, ui)).collect()
}

/// The feeds of a page: the term's own, then the site's.
pub fn feeds(site: &Site, ui: usize, of: Option<(Taxonomy, &str)>) -> Vec<Crumb> {
    let own = of.map(|(taxonomy, slug)| {
        let name = term(site, taxonomy, slug, ui).name;
        Crumb::new(site, &format!("{name} – {}", site.config.title), &route::feed(site, &Feed::Term(taxonomy, slug.to_owned())))
    });
    own.into_iter().chain([Crumb::new(site, &site.config.title, &route::feed(site, &Feed::Site))]).collect()
}

/// The same index in each interface language.
pub fn alternates(site: &Site, path: impl Fn(usize) -> String) -> Vec<Alternate> {
    site.config
        .languages
        .iter()
        .enumerate()
        .map(|(ui, lang)| alternate(site, lang, "", &path(ui)))
        .collect::<Vec<_>>()
}

/// The versions of an item.
pub fn versions(site: &Site, versions: &[Version]) -> Vec<Alternate> {
    versions.iter().map(|v| alternate(site, &v.lang, &v.title, &v.path)).collect()
}

fn alternate(site: &Site, lang: &Lang, title: &str, path: &str) -> Alternate {
    Alternate {
        lang: lang.clone(),
        name: language_name(lang, lang),
        title: title.to_owned(),
        path: site.config.base_url.rooted(path),
        permalink: site.config.base_url.absolute(path),
    }
}
