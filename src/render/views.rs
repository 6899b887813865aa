//! What templates see: one plain struct for each thing of the context. ARCHITECTURE.md lists them.

use serde::Serialize;
use serde_json::json;
use tera::{Map, Value};

use super::commons::Values;

use crate::{
    config::Output,
    model::{Lang, Precision, language_name},
    site::{Data, Item, Period, Site, Taxonomy, navigation, route, translations::Version},
};

pub(super) mod facets;
mod items;
mod life;
mod logo;
mod periods;
pub(super) mod pictures;
mod regions;
mod search;
mod share;
mod shared;
mod terms;

pub(super) use items::{page, section};
pub(super) use periods::{archive, period_title, periods_above, years};
pub(super) use regions::regions;
pub(super) use search::search;
pub(super) use share::{feeds, picture, share, tables, twins};
pub(super) use shared::Shared;
pub(super) use terms::{groups, related_terms, subterms, taxonomy, term, term_name, terms};

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

    /// Its words, a string of the theme already looked up, and its path.
    pub(super) fn said(&self, words: impl Fn(&str) -> String) -> (String, String) {
        let title = self
            .key
            .as_deref()
            .map_or_else(|| self.title.clone(), words);
        (title, self.path.clone())
    }

    /// A link whose words are a string of the theme.
    pub(super) fn of_key(site: &Site, key: &str, path: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..Self::new(site, key, path)
        }
    }
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

/// What every page of an interface language gets.
pub(super) fn common(site: &Site, ui: usize) -> Values {
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
    let mut values = Values::default();
    values.insert(
        "config",
        &json!({
            "title": words.title, "description": words.description, "base_url": config.base_url.absolute("/"), "base_path": config.base_url.path(),
            "default_language": config.default_language, "languages": languages, "publisher": config.publisher, "disclaimer": words.disclaimer, "map_note": words.map_note,
            "license": config.license, "navigation": words.navigation.iter().map(link).collect::<Vec<_>>(), "footer": words.footer.iter().map(link).collect::<Vec<_>>(),
            "theme": config.theme, "restyled": !config.style().is_empty(), "logo": logo::logo(site), "extra": config.extra,
        }),
    );
    values.insert("lang", lang);
    values.insert("dir", &lang.direction());
    let home = config.base_url.rooted(&route::home(site, ui));
    let list = |taxonomy| config.base_url.rooted(&route::terms(site, taxonomy, ui));
    let years: Vec<_> = years(site, ui)
        .into_iter()
        .map(|y| json!({"title": y.title, "path": y.path}))
        .collect();
    values.insert("home_path", &home);
    values.insert("countries_path", &list(Taxonomy::Countries));
    values.insert("topics_path", &list(Taxonomy::Topics));
    // No counts here: what is on every page should not change with every briefing.
    values.insert(
        "finder",
        &json!({"home": home, "map": config.map.then(|| config.base_url.rooted(&route::map(site, ui))), "regions": config.base_url.rooted(&route::regions(site, ui)), "countries": list(Taxonomy::Countries), "topics": list(Taxonomy::Topics), "years": years, "search": config.search.then(|| config.base_url.rooted(&route::search::page(site, ui))), "opensearch": config.search.then(|| config.base_url.rooted(route::search::DESCRIPTION))}),
    );
    values.insert("years", &years);
    values.insert("navigation", &navigation::navigation(site, ui));
    values.insert("generator", concat!("Dépêche ", env!("CARGO_PKG_VERSION")));
    values.insert("feeds", &feeds(site, ui, None));
    let opml = config.outputs.has(Output::Opml);
    let opml = opml.then(|| config.base_url.rooted(&route::address(site, &Data::Opml)));
    values.insert("opml_path", &opml);
    values.insert("alternates", &[(); 0]);
    values.insert("tables", &[(); 0]);
    values.insert("twins", &[(); 0]);
    values.insert("json_ld", "");
    values
}

/// One page of a list.
pub(super) fn paginator(
    site: &Site,
    shared: &Shared,
    ui: usize,
    first: &str,
    page: usize,
    positions: &[usize],
) -> Value {
    let per_page = site.config.paginate_by;
    let last = route::page_count(positions.len(), per_page);
    let path = |page: usize| site.config.base_url.rooted(&route::paged(first, page));
    let view = json!({
        "paginate_by": per_page, "current_index": page, "number_pagers": last, "total_pages": positions.len(), "base_url": site.config.base_url.rooted(first),
        "first": path(1), "last": path(last), "previous": (page > 1).then(|| path(page - 1)), "next": (page < last).then(|| path(page + 1)),
    });
    let pagers = shared.once("pagers", (first, last), || {
        let pagers = (1..=last).map(|n| json!({"index": n, "path": path(n)}));
        pagers.collect::<Vec<_>>()
    });
    let shown = positions.iter().skip((page - 1) * per_page).take(per_page);
    let shown = shown.filter_map(|at| shared.briefing(site, ui, *at));
    let mut all = items::fields(&view);
    all.insert("pages".into(), shown.collect::<Vec<_>>().into());
    all.insert("pagers".into(), pagers);
    all.into()
}

/// The newest briefings, of the site or of one term, and how many there are.
pub(super) fn latest(
    site: &Site,
    shared: &Shared,
    ui: usize,
    of: Option<(Taxonomy, &str)>,
    limit: usize,
) -> Value {
    let (positions, total): (Vec<usize>, usize) = match of {
        None => {
            let total = site.briefings.len();
            ((0..total.min(limit)).collect(), total)
        }
        Some((taxonomy, slug)) => {
            let all = site.terms_of(taxonomy).get(&slug.to_ascii_lowercase());
            let all = all.map_or(&[][..], Vec::as_slice);
            (all.iter().copied().take(limit).collect(), all.len())
        }
    };
    let pages = positions.into_iter();
    let pages = pages.filter_map(|at| shared.briefing(site, ui, at));
    Map::from_iter([
        ("pages".into(), pages.collect::<Vec<_>>().into()),
        ("total_pages".into(), total.into()),
    ])
    .into()
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
