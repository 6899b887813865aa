//! A renderer of the whole site, and the site as it is public now → faults: links, languages, descriptions, feeds, names, embargoes. Each fault
//! once, at its first place, under a [`Rule`]. Pure: what other servers say is asked at the edge, of the links that come out here.
//!
//! One file a question; each answers with findings.

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::page::Page;
use crate::{
    diagnostic::{Diagnostic, Rule},
    pipeline::Sources,
    render::Renderer,
    site::{Data, Item, Route, Site},
};

mod embargo;
mod feeds;
mod graph;
mod lines;
mod links;
mod page;
mod terms;
mod texts;
mod versions;

pub(crate) use links::is_elsewhere;
pub use texts::Outgoing;

/// What is checked.
#[derive(Debug)]
pub struct Whole<'a> {
    /// Of the site with all that is under embargo.
    pub renderer: &'a Renderer,
    /// The site as it is public now; nothing where nothing is under embargo.
    pub public: Option<&'a Site>,
    /// What the site was built from.
    pub sources: &'a Sources,
    /// The README beside the settings, which may show pictures of content/; empty where there is none.
    pub readme: &'a [u8],
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Faults.
    pub diagnostics: Vec<Diagnostic>,
    /// Links to other sites, by address.
    pub outgoing: Vec<Outgoing>,
}

/// The content files of a site that have a page.
pub(crate) fn items(site: &Site) -> impl Iterator<Item = &Item> + Clone {
    let sections = site.sections.iter().filter_map(|s| s.index.as_ref());
    let items = site.briefings.iter().chain(&site.pages);
    items.chain(&site.withdrawn).chain(sections)
}

/// Renders the whole site in memory and looks for faults, those of rendering included.
pub fn check(whole: &Whole<'_>) -> Checked {
    let renderer = whole.renderer;
    let site = renderer.site();
    let rendered: Vec<(&String, Result<Page, Diagnostic>, Vec<Diagnostic>)> = site
        .every_route()
        // A packed twin says nothing that its original does not.
        .filter(|(_, route)| !matches!(route, Route::Packed { .. }))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, route)| match renderer.render(route) {
            Ok(rendered) => {
                let mut said = rendered.diagnostics;
                let page = if is_page(route) {
                    Page::read(&rendered.bytes)
                } else {
                    Page::default()
                };
                if let Route::Data(Data::List(_, format)) = route {
                    said.extend(feeds::faults(path, *format, &rendered.bytes));
                }
                (path, Ok(page), said)
            }
            Err(error) => (path, Err(error.or_rule(Rule::Theme)), Vec::new()),
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut pages = BTreeMap::new();
    for (path, page, said) in rendered {
        diagnostics.extend(said);
        match page {
            Ok(page) => {
                pages.insert(path.as_str(), page);
            }
            Err(error) => diagnostics.push(error),
        }
    }
    let listed = || items(site).filter(|item| item.entry.front.withdrawn.is_none());
    let read: Vec<_> = listed()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(texts::read)
        .collect();
    let mut outgoing = Vec::new();
    for (said, links) in read {
        diagnostics.extend(said);
        outgoing.extend(links);
    }
    outgoing.sort();
    let exists = |source: &str| whole.sources.content.contains_key(source);
    let settings = whole.sources.config.as_ref();
    let settings =
        settings.and_then(|(name, text)| Some((name.as_str(), std::str::from_utf8(text).ok()?)));
    diagnostics.extend(links::broken(renderer, &pages, settings));
    diagnostics.extend(versions::missing_strings(renderer));
    diagnostics.extend(versions::missing(site));
    diagnostics.extend(versions::of_nothing(site, items(site), exists));
    diagnostics.extend(texts::twice(listed()));
    diagnostics.extend(terms::similar(site, listed()));
    diagnostics.extend(graph::orphans(site, &pages));
    diagnostics.extend(graph::undescribed(&pages));
    let themes = whole.sources.themes.values().map(|bytes| &**bytes);
    let own_words = whole.sources.config.iter().map(|(_, bytes)| &**bytes);
    let styles = site.assets.iter().filter(|(path, _)| {
        [".css", ".js", ".svg", ".html"]
            .iter()
            .any(|end| path.ends_with(end))
    });
    let styles = styles.map(|(_, bytes)| &**bytes);
    let named: Vec<&[u8]> = themes
        .chain(own_words)
        .chain(styles)
        .chain([whole.readme])
        .collect();
    diagnostics.extend(graph::unused(renderer, &pages, &named));
    if let Some(public) = whole.public {
        let files = public_files(whole.sources, site);
        diagnostics.extend(embargo::leaks(site, public, settings, &files));
    }
    Checked {
        diagnostics,
        outgoing,
    }
}

/// What is published as it is: the files of content/ that are no Markdown, and the static files of themes.
fn public_files<'a>(sources: &'a Sources, site: &'a Site) -> embargo::Files<'a> {
    let content = site
        .assets
        .iter()
        .map(|(path, bytes)| (format!("content{path}"), bytes));
    let still = sources
        .themes
        .iter()
        .filter(|(path, _)| path.contains("/static/"));
    let themes = still.map(|(path, bytes)| (format!("themes/{path}"), bytes));
    content.chain(themes).collect()
}

fn is_page(route: &Route) -> bool {
    !matches!(
        route,
        Route::Asset(_)
            | Route::ThemeAsset(_)
            | Route::Data(_)
            | Route::Robots
            | Route::SearchFile(_)
            | Route::OpenSearch
            | Route::Host(_)
            | Route::Packed { .. }
    )
}
