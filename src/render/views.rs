//! What templates see: one plain struct for each thing of the context. ARCHITECTURE.md lists them.

use serde::Serialize;
use serde_json::{Map, json};
use tera::{Context, Value};

use super::{Theme, dates, dates::Style, markdown::Heading, markdown::Html};
use crate::{
    distill::Person,
    model::{CountryCode, Direction, Lang, Precision, PubDate, country_name, language_name},
    site::{Feed, Item, Period, Section, Site, Taxonomy, navigation, route, translations::Version},
};

/// A link of the breadcrumb. `key` names a string of the theme where the words depend on the language.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Crumb {
    title: String,
    key: Option<String>,
    path: String,
}

impl Crumb {
    fn new(site: &Site, title: &str, path: &str) -> Self {
        Self {
            title: title.to_owned(),
            key: None,
            path: site.config.base_url.rooted(path),
        }
    }

    /// A link whose words are a string of the theme.
    pub(super) fn of_key(site: &Site, key: &str, path: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..Self::new(site, key, path)
        }
    }
}

/// A country or topic with its number of briefings.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TermView {
    #[serde(flatten)]
    link: TermLink,
    page_count: usize,
    /// The day of its newest briefing.
    latest: Option<PubDate>,
    /// The letter under which a reader looks for it.
    initial: String,
    /// For a topic: its group.
    parent: Option<Group>,
}

/// A country or topic as a briefing names it: nothing here changes when another briefing comes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TermLink {
    taxonomy: &'static str,
    name: String,
    slug: String,
    /// For a country: the ISO code in capitals.
    code: Option<String>,
    path: String,
    permalink: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Group {
    slug: String,
    name: String,
}

/// A group of topics and those of its topics that have briefings.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GroupView<'a> {
    slug: &'a str,
    name: &'a str,
    children: Vec<&'a TermView>,
}

impl TermView {
    /// The words for readers.
    pub(super) fn name(&self) -> &str {
        &self.link.name
    }
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

/// A page in another language.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Alternate {
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

/// A period with its number of briefings.
#[derive(Serialize)]
pub(super) struct PeriodView {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    /// `2026`, `2026-01` or `2026-01-27`.
    date: String,
    title: String,
    path: String,
    page_count: usize,
}

/// What every page of an interface language gets.
pub(super) fn common(site: &Site, theme: &Theme, ui: usize) -> Context {
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
    let words = config.words(lang);
    let mut context = Context::new();
    context.insert(
        "config",
        &json!({
            "title": words.title, "description": words.description, "base_url": config.base_url.absolute("/"), "base_path": config.base_url.path(),
            "default_language": config.default_language, "languages": languages, "publisher": config.publisher, "disclaimer": words.disclaimer,
            "license": config.license, "navigation": words.navigation.iter().map(link).collect::<Vec<_>>(), "footer": words.footer.iter().map(link).collect::<Vec<_>>(),
            "theme": config.theme, "extra": config.extra,
        }),
    );
    context.insert("lang", lang);
    context.insert("dir", &lang.direction());
    let home = config.base_url.rooted(&route::home(site, ui));
    let list = |taxonomy| config.base_url.rooted(&route::terms(site, taxonomy, ui));
    let years: Vec<_> = years(site, ui)
        .into_iter()
        .map(|y| json!({"title": y.title, "path": y.path}))
        .collect();
    context.insert("home_path", &home);
    context.insert("countries_path", &list(Taxonomy::Countries));
    context.insert("topics_path", &list(Taxonomy::Topics));
    // No counts here: what is on every page should not change with every briefing.
    context.insert(
        "finder",
        &json!({"home": home, "countries": list(Taxonomy::Countries), "topics": list(Taxonomy::Topics), "years": years}),
    );
    context.insert("years", &years);
    context.insert("navigation", &navigation::navigation(site, ui));
    context.insert("generator", concat!("Dépêche ", env!("CARGO_PKG_VERSION")));
    context.insert("feeds", &feeds(site, ui, None));
    context.insert("translated", &theme.strings.speaks(lang));
    context
}

/// The terms of a taxonomy that have briefings: countries by name in the interface's language, topics in the vocabulary's order.
pub(super) fn terms(site: &Site, taxonomy: Taxonomy, ui: usize) -> Vec<TermView> {
    let mut all: Vec<TermView> = site
        .terms_of(taxonomy)
        .keys()
        .map(|slug| term(site, taxonomy, slug, ui))
        .collect();
    match taxonomy {
        Taxonomy::Countries => {
            all.sort_by_cached_key(|t| (collation_key(&t.link.name), t.link.slug.clone()));
        }
        Taxonomy::Topics => {
            let rank = |slug: &str| {
                site.vocabulary
                    .topics
                    .iter()
                    .position(|t| t.slug.as_str() == slug)
                    .unwrap_or(usize::MAX)
            };
            all.sort_by_cached_key(|t| (rank(&t.link.slug), t.link.slug.clone()));
        }
    }
    all
}

/// Letters without their marks, in lower case: enough to put Åland and Éire where a reader looks for them.
fn collation_key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The topics by group, groups in the order of their first topic.
pub(super) fn groups(terms: &[TermView]) -> Vec<GroupView<'_>> {
    let mut groups: Vec<GroupView<'_>> = Vec::new();
    for term in terms {
        let (slug, name) = term
            .parent
            .as_ref()
            .map_or(("", ""), |g| (g.slug.as_str(), g.name.as_str()));
        match groups.iter_mut().find(|g| g.slug == slug) {
            Some(group) => group.children.push(term),
            None => groups.push(GroupView {
                slug,
                name,
                children: vec![term],
            }),
        }
    }
    groups
}

/// One term.
pub(super) fn term(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermView {
    let link = link(site, taxonomy, slug, ui);
    let topic = slug.parse().ok().filter(|_| taxonomy == Taxonomy::Topics);
    let parent = topic
        .and_then(|t| site.vocabulary.get(&t).and_then(|t| t.parent.clone()))
        .map(|parent| Group {
            name: site.vocabulary.group_label(&parent, site.ui_lang(ui)),
            slug: parent.to_string(),
        });
    let positions = site.terms_of(taxonomy).get(slug);
    TermView {
        page_count: positions.map_or(0, Vec::len),
        latest: positions
            .and_then(|p| site.briefings.get(*p.first()?))
            .and_then(|item| item.card.date.clone()),
        initial: collation_key(&link.name)
            .chars()
            .next()
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default(),
        link,
        parent,
    }
}

fn link(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermLink {
    let lang = site.ui_lang(ui);
    let path = route::term(site, taxonomy, slug, ui);
    let name = match taxonomy {
        Taxonomy::Countries => slug.parse().map(|code| country_name(code, lang)).ok(),
        Taxonomy::Topics => slug
            .parse()
            .map(|topic| site.vocabulary.label(&topic, lang))
            .ok(),
    };
    TermLink {
        taxonomy: taxonomy.name(),
        name: name.unwrap_or_else(|| slug.to_owned()),
        slug: slug.to_owned(),
        code: (taxonomy == Taxonomy::Countries).then(|| slug.to_ascii_uppercase()),
        permalink: site.config.base_url.absolute(&path),
        path: site.config.base_url.rooted(&path),
    }
}

/// The terms of the other taxonomy, and of this one, that share most briefings with a term: at most ten of each.
pub(super) fn related_terms(
    site: &Site,
    taxonomy: Taxonomy,
    slug: &str,
    positions: &[usize],
    ui: usize,
) -> Vec<TermView> {
    let related = |other: Taxonomy| -> Vec<TermView> {
        let mut counts: std::collections::BTreeMap<String, usize> =
            std::collections::BTreeMap::new();
        for item in positions.iter().filter_map(|at| site.briefings.get(*at)) {
            let slugs: Vec<String> = match other {
                Taxonomy::Countries => item
                    .card
                    .countries
                    .iter()
                    .map(|c| c.as_str().to_ascii_lowercase())
                    .collect(),
                Taxonomy::Topics => item.card.topics.iter().map(ToString::to_string).collect(),
            };
            for found in slugs.into_iter().filter(|s| other != taxonomy || s != slug) {
                *counts.entry(found).or_default() += 1;
            }
        }
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked
            .into_iter()
            .take(10)
            .map(|(s, shared)| TermView {
                page_count: shared,
                ..term(site, other, &s, ui)
            })
            .collect()
    };
    let mut all = related(Taxonomy::Countries);
    all.extend(related(Taxonomy::Topics));
    all
}

/// The taxonomy itself.
pub(super) fn taxonomy(site: &Site, taxonomy: Taxonomy) -> serde_json::Value {
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
pub(super) fn page(
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
        is_briefing: position.is_some(),
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
    with_content(Value::from_serializable(&view), html)
}

/// A section on its own page.
pub(super) fn section(site: &Site, ui: usize, section: &Section, html: &Html) -> Value {
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

/// One page of a list.
pub(super) fn paginator(
    site: &Site,
    ui: usize,
    first: &str,
    page: usize,
    positions: &[usize],
) -> serde_json::Value {
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
pub(super) fn ancestors(site: &Site, parent: Option<usize>) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let mut next = parent;
    while let Some(section) = next
        .and_then(|at| site.sections.get(at))
        .filter(|s| !s.folder.is_empty())
    {
        crumbs.push(Crumb::new(site, section.title(&site.config), &section.path));
        next = section.parent;
    }
    crumbs.reverse();
    crumbs
}

/// The breadcrumb of an item: the periods of a briefing, the sections of a page.
pub(super) fn trail(site: &Site, ui: usize, item: &Item, position: Option<usize>) -> Vec<Crumb> {
    if position.is_some() {
        let period = item.card.date.as_ref().map(|date| {
            let civil = date.civil();
            let day = (date.precision() != Precision::Month).then(|| civil.day());
            Period {
                year: civil.year(),
                month: Some(civil.month()),
                day,
            }
        });
        periods_above(site, period, ui)
    } else {
        let home = site
            .pages
            .binary_search_by(|page| page.card.source.cmp(&item.card.source))
            .ok()
            .and_then(|page| site.section_of(page));
        ancestors(site, home)
    }
}

/// A period and those it lies in, outermost first.
pub(super) fn periods_above(site: &Site, period: Option<Period>, ui: usize) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let mut next = period;
    while let Some(period) = next {
        crumbs.push(Crumb::new(
            site,
            &short_name(period, site.ui_lang(ui)),
            &route::archive(site, period, ui),
        ));
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
    period
        .first_day()
        .map(|day| dates::format(&PubDate::day(day), lang, style))
        .unwrap_or_default()
}

/// A year, month or day with the periods in it, and the one before and after.
pub(super) fn archive(site: &Site, period: Period, ui: usize) -> serde_json::Value {
    let lang = site.ui_lang(ui);
    let (kind, title) = match (period.day, period.month) {
        (Some(_), _) => ("day", in_words(period, lang, Style::Long)),
        (None, Some(_)) => ("month", in_words(period, lang, Style::Month)),
        (None, None) => ("year", period.year.to_string()),
    };
    let alike = |p: &&Period| {
        p.month.is_some() == period.month.is_some() && p.day.is_some() == period.day.is_some()
    };
    let before = site
        .archive
        .range(..period)
        .map(|(p, _)| p)
        .rev()
        .find(alike);
    let after = site
        .archive
        .range(period..)
        .map(|(p, _)| p)
        .filter(|p| **p != period)
        .find(alike);
    let view = |p: Period| period_view(site, p, ui);
    let inside =
        |p: &Period| p.year == period.year && (period.month.is_none() || p.month == period.month);
    let children: Vec<PeriodView> = site
        .archive
        .range(period..)
        .map(|(p, _)| *p)
        .take_while(inside)
        .filter(|p| p.parent() == Some(period))
        .map(view)
        .collect();
    json!({
        "kind": kind, "year": period.year, "month": period.month, "day": period.day, "title": title,
        "path": view(period).path, "page_count": view(period).page_count, "children": children,
        "parent": period.parent().map(view), "previous": before.copied().map(view), "next": after.copied().map(view),
    })
}

fn period_view(site: &Site, period: Period, ui: usize) -> PeriodView {
    PeriodView {
        year: period.year,
        month: period.month,
        day: period.day,
        date: [period.month, period.day]
            .into_iter()
            .flatten()
            .fold(format!("{:04}", period.year), |date, part| {
                format!("{date}-{part:02}")
            }),
        title: short_name(period, site.ui_lang(ui)),
        path: site
            .config
            .base_url
            .rooted(&route::archive(site, period, ui)),
        page_count: site.archive.get(&period).map_or(0, Vec::len),
    }
}

/// All years, newest first.
pub(super) fn years(site: &Site, ui: usize) -> Vec<PeriodView> {
    site.archive
        .keys()
        .rev()
        .filter(|p| p.month.is_none())
        .map(|p| period_view(site, *p, ui))
        .collect()
}

/// The feeds of a page: the term's own, then the site's.
pub(super) fn feeds(site: &Site, ui: usize, of: Option<(Taxonomy, &str)>) -> Vec<Crumb> {
    let own = of.map(|(taxonomy, slug)| {
        let name = link(site, taxonomy, slug, ui).name;
        Crumb::new(
            site,
            &format!("{name} – {}", site.config.title),
            &route::feed(site, &Feed::Term(taxonomy, slug.to_owned())),
        )
    });
    own.into_iter()
        .chain([Crumb::new(
            site,
            &site.config.title,
            &route::feed(site, &Feed::Site),
        )])
        .collect()
}

/// The same index in each interface language.
pub(super) fn alternates(site: &Site, path: impl Fn(usize) -> String) -> Vec<Alternate> {
    site.config
        .languages
        .iter()
        .enumerate()
        .map(|(ui, lang)| alternate(site, lang, "", &path(ui)))
        .collect::<Vec<_>>()
}

/// The versions of an item.
pub(super) fn versions(site: &Site, versions: &[Version]) -> Vec<Alternate> {
    versions
        .iter()
        .map(|v| alternate(site, &v.lang, &v.title, &v.path))
        .collect()
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
