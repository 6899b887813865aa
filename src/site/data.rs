//! `Site` → which files for machines there are, and what each is of. Their bytes are made in render/data/. Nothing that is withdrawn, held,
//! expired or a draft is in any of them, since none of that is among `Site::briefings`.

use std::ops::Bound;

use super::{Item, Period, Route, Routes, Site, Taxonomy};
use crate::{
    config::Output,
    model::{Lang, PubDate},
};

/// The most addresses in one part of the sitemap; the protocol allows five times as many.
const PART_ADDRESSES: usize = 10_000;

/// The most bytes of one part of the sitemap, reckoned generously; the protocol allows five times as many.
const PART_BYTES: usize = 10_000_000;

/// A file for machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Data {
    /// The briefings of a list.
    List(Scope, Format),
    /// The list of all feeds.
    Opml,
    /// `llms.txt`.
    Llms,
    /// The Markdown twin of a content file, by its path from content/.
    Markdown(String),
    /// The ninjs of a briefing: position in `Site::briefings`.
    Ninjs(usize),
    /// A picture for shared links.
    Card(Picture),
    /// The list of the sitemap's parts.
    Sitemap,
    /// One part of the sitemap.
    SitemapPart {
        /// From 1.
        number: usize,
        /// The first path in it.
        first: String,
    },
}

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All briefings.
    Site,
    /// Those that are written in one language.
    Language(Lang),
    /// Those of one country or topic.
    Term(Taxonomy, String),
    /// Those of one year.
    Year(i16),
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Atom (RFC 4287): the latest, in full.
    Atom,
    /// JSON Feed 1.1: the latest, in full.
    JsonFeed,
    /// CSV (RFC 4180): all, a row each.
    Csv,
    /// JSON: all, an object each.
    Json,
    /// A JSON array of ninjs objects: the latest, in full.
    Ninjs,
}

/// What a picture is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture {
    /// The site, in an interface language.
    Site(usize),
    /// A briefing: position in `Site::briefings`.
    Briefing(usize),
}

impl Format {
    /// The output that makes it.
    pub fn output(self) -> Output {
        match self {
            Self::Atom => Output::Atom,
            Self::JsonFeed => Output::JsonFeed,
            Self::Csv => Output::Csv,
            Self::Json => Output::Json,
            Self::Ninjs => Output::Ninjs,
        }
    }

    /// Whether it holds the bodies of the latest briefings.
    pub fn is_full(self) -> bool {
        matches!(self, Self::Atom | Self::JsonFeed | Self::Ninjs)
    }

    /// Whether a site has it of a scope.
    pub fn is_of(self, site: &Site, scope: &Scope) -> bool {
        let there = match (self, scope) {
            (Self::Atom | Self::JsonFeed, Scope::Year(_)) => false,
            (Self::Ninjs, scope) => *scope == Scope::Site,
            (_, Scope::Language(lang)) => {
                site.facets.languages.len() > 1 && site.facets.languages.contains_key(lang)
            }
            _ => true,
        };
        there && site.config.outputs.has(self.output())
    }
}

/// The briefings of a scope as positions in `Site::briefings`, newest first.
pub fn positions(site: &Site, scope: &Scope) -> Vec<usize> {
    match scope {
        Scope::Site => (0..site.briefings.len()).collect(),
        Scope::Language(lang) => site.facets.languages.get(lang).cloned().unwrap_or_default(),
        Scope::Term(taxonomy, slug) => site
            .terms_of(*taxonomy)
            .get(slug)
            .cloned()
            .unwrap_or_default(),
        Scope::Year(year) => site
            .archive
            .get(&Period::of_year(*year))
            .cloned()
            .unwrap_or_default(),
    }
}

/// All scopes, the site first.
pub fn scopes(site: &Site) -> Vec<Scope> {
    let languages = site.facets.languages.keys().cloned().map(Scope::Language);
    let terms = Taxonomy::ALL.into_iter().flat_map(|taxonomy| {
        let slugs = site.terms_of(taxonomy).keys().cloned();
        slugs.map(move |slug| Scope::Term(taxonomy, slug))
    });
    let years = site.archive.keys().filter(|p| p.month.is_none());
    let years = years.map(|p| Scope::Year(p.year));
    std::iter::once(Scope::Site)
        .chain(languages)
        .chain(terms)
        .chain(years)
        .collect()
}

/// All files for machines of a site with these pages.
pub fn all(site: &Site, pages: &Routes) -> Vec<Data> {
    const FORMATS: [Format; 5] = [
        Format::Atom,
        Format::JsonFeed,
        Format::Csv,
        Format::Json,
        Format::Ninjs,
    ];
    let lists = scopes(site).into_iter().flat_map(|scope| {
        FORMATS
            .into_iter()
            .map(move |format| Data::List(scope.clone(), format))
    });
    let sections = site.sections.iter().filter_map(|s| s.index.as_ref());
    let items = site.briefings.iter().chain(&site.pages).chain(sections);
    let sites = (0..site.config.languages.len()).map(Picture::Site);
    let briefings = 0..site.briefings.len();
    lists
        .chain([Data::Opml, Data::Llms])
        .chain(briefings.clone().map(Data::Ninjs))
        .chain(items.map(|item| Data::Markdown(item.card.source.clone())))
        .chain(sites.map(Data::Card))
        .chain(briefings.map(|at| Data::Card(Picture::Briefing(at))))
        .chain(std::iter::once(Data::Sitemap))
        .chain(parts(site, pages))
        .filter(|data| data.is_made(site))
        .collect()
}

impl Data {
    /// Whether the settings ask for it.
    pub fn is_made(&self, site: &Site) -> bool {
        let has = |output| site.config.outputs.has(output);
        match self {
            Self::List(scope, format) => format.is_of(site, scope),
            Self::Opml => has(Output::Opml),
            Self::Llms => has(Output::Llms),
            Self::Ninjs(_) => has(Output::Ninjs),
            Self::Markdown(_) => has(Output::Markdown),
            Self::Card(_) => has(Output::Cards) && site.config.share_image.is_empty(),
            Self::Sitemap | Self::SitemapPart { .. } => has(Output::Sitemap),
        }
    }
}

/// The parts of the sitemap of these pages.
pub fn parts(site: &Site, pages: &Routes) -> Vec<Data> {
    let mut all = Vec::new();
    let mut next = pages.iter().find(|(_, r)| in_sitemap(r)).map(|(p, _)| p);
    while let Some(first) = next {
        let number = all.len() + 1;
        all.push(Data::SitemapPart {
            number,
            first: first.clone(),
        });
        let last = part(site, pages, first).last();
        next = last.and_then(|(last, _)| {
            let rest = pages.range::<String, _>((Bound::Excluded(last), Bound::Unbounded));
            rest.into_iter()
                .find(|(_, r)| in_sitemap(r))
                .map(|(p, _)| p)
        });
    }
    all
}

/// The pages of the part of the sitemap that begins with the path `first`.
pub fn part<'a>(
    site: &'a Site,
    pages: &'a Routes,
    first: &str,
) -> impl Iterator<Item = (&'a String, &'a Route)> {
    let mut bytes = 0;
    pages
        .range(first.to_owned()..)
        .filter(|(_, route)| in_sitemap(route))
        .take(PART_ADDRESSES)
        .take_while(move |(path, route)| {
            // Each address is at most its path, encoded, the host, and what XML puts round them; an alternate's path is about as long.
            let address = 3 * path.len() + site.config.base_url.absolute("/").len() + 90;
            bytes += address * (1 + versions(site, route));
            bytes <= PART_BYTES
        })
}

/// The number of versions of a page in other languages, itself included; 0 where it has no other.
fn versions(site: &Site, route: &Route) -> usize {
    match item(site, route) {
        Some(item) => site.translations.get(&item.card.source).map_or(0, Vec::len),
        None if site.config.languages.len() > 1 => site.config.languages.len(),
        None => 0,
    }
}

/// The content file of a route.
pub fn item<'a>(site: &'a Site, route: &Route) -> Option<&'a Item> {
    match route {
        Route::Briefing(at) => site.briefings.get(*at),
        Route::Page(at) => site.pages.get(*at),
        Route::Section { section, .. } => site.sections.get(*section)?.index.as_ref(),
        _ => None,
    }
}

/// Pages with something to read or to choose among; the search page has nothing to find.
fn in_sitemap(route: &Route) -> bool {
    matches!(
        route,
        Route::Home { .. }
            | Route::Briefing(_)
            | Route::Page(_)
            | Route::Section { .. }
            | Route::Terms { .. }
            | Route::Term { .. }
            | Route::Archive { .. }
            | Route::Map { .. }
            | Route::Regions { .. }
            | Route::Finder { .. }
    )
}

/// When an item last changed: its update or correction, else its date.
pub fn changed(item: &Item) -> Option<&PubDate> {
    let card = &item.card;
    // A correction that is dated before the day of publication is an error of typing; the later day stands.
    card.updated.as_ref().max(card.date.as_ref())
}

/// What identifies a briefing for good, whatever becomes of its title, date or address: the address by its publisher's number, else a tag
/// (RFC 4151) of its content file.
pub fn id(site: &Site, item: &Item) -> String {
    let base = &site.config.base_url;
    let numbered = item
        .entry
        .front
        .number
        .as_deref()
        .map(super::route::by_number);
    let numbered = numbered
        .filter(|path| site.routes.get(path) == Some(&Route::Redirect(item.card.path.clone())));
    if let Some(path) = numbered.filter(|_| !base.origin().is_empty()) {
        return base.absolute(&path);
    }
    let host = base.origin().split("//").nth(1).unwrap_or_default();
    let host = host.split(':').next().filter(|host| !host.is_empty());
    let file = item.card.source.trim_end_matches(".md");
    let file: String = file
        .split('/')
        .map(|part| {
            percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
                .replace("%2D", "-")
                .replace("%2E", ".")
                .replace("%5F", "_")
        })
        .collect::<Vec<_>>()
        .join("/");
    // The year is part of the scheme of names, not of the briefing.
    format!(
        "tag:{},2026:{}{file}",
        host.unwrap_or("depeche.invalid"),
        base.path()
    )
}
