//! `Renderer` + route → a stamp: a digest of all that the route's bytes rest on. Where the stamp is the same, so are the bytes, and nothing needs to
//! be rendered. A stamp may change without need, and never the other way round: what a view reads must be in it (tests/incremental.rs holds
//! the two together).

mod files;
mod parts;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use self::parts::{beside, everywhere, keys, piece};
use super::{Renderer, theme::Reach};
use crate::{
    site::{Facet, Item, Route, Section, Site, Taxonomy, related, route},
    sum::{Stamp, Sum},
};

/// The stamps of a site's routes.
#[derive(Debug)]
pub struct Stamps<'a> {
    renderer: &'a Renderer,
    site: &'a Site,
    /// What every page of the theme rests on: settings, words, the tree of sections.
    everywhere: Stamp,
    /// Of each briefing: its file with what its text refers to, its card, and the properties that put it into lists.
    briefings: Vec<Marks>,
    /// All addresses of content files and assets.
    places: Stamp,
    /// All terms, years and languages with their sizes and newest days.
    terms: Stamp,
    /// All cards.
    cards: Stamp,
    /// All files of content/.
    files: Stamp,
    /// By the first address of a list.
    lists: Mutex<HashMap<String, Stamp>>,
}

/// What is known of a briefing.
#[derive(Clone, Copy, Debug)]
struct Marks {
    piece: Stamp,
    card: Stamp,
    keys: Stamp,
}

impl<'a> Stamps<'a> {
    /// For the routes of a renderer.
    pub fn of(renderer: &'a Renderer) -> Self {
        let site = renderer.site();
        let items = || {
            let indexes = site.sections.iter().filter_map(|s| s.index.as_ref());
            site.briefings
                .iter()
                .chain(&site.pages)
                .chain(&site.withdrawn)
                .chain(indexes)
        };
        let places = items().map(|item| (&item.card.source, &item.card.path));
        let places = Sum::of("places")
            .all(places)
            .all(site.assets.keys())
            .stamp();
        let briefings: Vec<Marks> = site
            .briefings
            .par_iter()
            .map(|item| Marks {
                piece: piece(site, &places, item),
                card: item.card.stamp(),
                keys: keys(item),
            })
            .collect();
        let newest = |of: &Vec<usize>| {
            of.first()
                .and_then(|at| Some(&site.briefings.get(*at)?.card.date))
        };
        let mut terms = Sum::of(&site.briefings.len());
        for of in [&site.countries, &site.topics] {
            terms = terms.all(of.iter().map(|(slug, of)| (slug, of.len(), newest(of))));
        }
        let terms = terms.all(site.archive.iter().map(|(period, of)| (period, of.len())));
        let terms = terms.all(
            site.facets
                .languages
                .iter()
                .map(|(lang, of)| (lang, of.len())),
        );
        let others = || items().skip(site.briefings.len());
        let pages = Sum::of("cards").all(others().map(|item| &item.card));
        let cards = pages.all(briefings.iter().map(|marks| marks.card)).stamp();
        let files = Sum::of("files").all(briefings.iter().map(|marks| marks.piece));
        let files = files.all(others().map(|item| piece(site, &places, item)));
        let files = files.all(site.assets.iter()).stamp();
        Self {
            everywhere: everywhere(renderer, &places),
            renderer,
            site,
            briefings,
            places,
            terms: terms.stamp(),
            cards,
            files,
            lists: Mutex::default(),
        }
    }

    /// The stamp of the route at a path from the site's root.
    pub fn stamp(&self, path: &str, route: &Route) -> Stamp {
        let site = self.site;
        let sum = Sum::of(path).and(&std::mem::discriminant(route));
        match route {
            Route::Briefing(at) => self.item(sum, site.briefings.get(*at), Some(*at)),
            Route::Withdrawn(at) => self.item(sum, site.withdrawn.get(*at), None),
            Route::Page(at) => self.item(sum, site.pages.get(*at), None),
            Route::Section { section, page } => self.section(sum, *section, *page),
            Route::Home { ui, page } => {
                let index = site.sections.get(*ui).and_then(|s| s.index.as_ref());
                let sum = self
                    .page(sum, "index.html")
                    .and(&self.terms)
                    .and(&self.tree(site.sections.get(*ui)));
                let sum = sum.and(&index.map(|i| self.of_item(i)));
                let per_page = site.config.paginate_by;
                let shown = self
                    .briefings
                    .iter()
                    .skip((page - 1) * per_page)
                    .take(per_page);
                sum.all(shown.map(|m| m.card)).stamp()
            }
            Route::Terms { taxonomy, .. } => {
                let template = self
                    .renderer
                    .either(*taxonomy, "list", "taxonomy_list.html");
                self.page(sum, &template).and(&self.terms).stamp()
            }
            Route::Term {
                taxonomy,
                slug,
                page,
                ..
            } => {
                let template = self
                    .renderer
                    .either(*taxonomy, "single", "taxonomy_single.html");
                let of = site
                    .terms_of(*taxonomy)
                    .get(slug)
                    .map_or(&[][..], Vec::as_slice);
                let facet = Facet::Term(*taxonomy, slug.clone());
                let list = self.list(&route::term(site, *taxonomy, slug, 0), of, &[facet]);
                let below = site
                    .terms_of(Taxonomy::Topics)
                    .iter()
                    .map(|(slug, of)| (slug, of.len()));
                let sum = if self.renderer.asked(&template)("latest") {
                    sum.and(&self.terms)
                } else {
                    sum
                };
                let sum = if *taxonomy == Taxonomy::Topics {
                    sum.all(below)
                } else {
                    sum
                };
                self.shown(self.page(sum, &template).and(&list), of, *page)
            }
            Route::Archive { period, page, .. } => {
                let of = site.archive.get(period).map_or(&[][..], Vec::as_slice);
                let facets = match period.month {
                    None => vec![Facet::Year(period.year)],
                    Some(_) => Vec::new(),
                };
                let list = self.list(&route::archive(site, *period, 0), of, &facets);
                let sum = self
                    .page(sum, "archive.html")
                    .and(&list)
                    .and(&beside(site, *period));
                self.shown(sum, of, *page)
            }
            Route::Finder { facets, page, .. } => {
                let of = site.facets.briefings(facets);
                let list = self.list(&route::finder(site, facets, 0), of, facets);
                self.shown(self.page(sum, "finder.html").and(&list), of, *page)
            }
            Route::Map { .. } => self.page(sum, "map.html").and(&self.cards).stamp(),
            Route::Regions { .. } => {
                let sum = self.page(sum, "regions.html").and(&self.terms);
                sum.and(&self.cards).stamp()
            }
            Route::Search { .. } => self
                .page(sum, "search.html")
                .and(&self.terms)
                .and(&self.cards)
                .stamp(),
            Route::NotFound => self.page(sum, "404.html").stamp(),
            Route::SearchFile(path) => sum.and(&site.search().files.get(path)).stamp(),
            Route::Asset(path) => sum.and(&site.assets.get(path)).stamp(),
            Route::ThemeAsset(path) => sum.and(&self.renderer.theme.asset(path)).stamp(),
            Route::OpenSearch | Route::Robots => sum.and(&self.everywhere).stamp(),
            Route::Redirect(to) => sum.and(&self.everywhere).and(to).stamp(),
            // Short, and made of all addresses: it stands for itself, with what is said of it.
            Route::Host(file) => {
                let made = super::hosts::file(site, *file);
                let said: Vec<_> = made.diagnostics.iter().map(|d| &d.message).collect();
                sum.and(&made.bytes).and(&said).stamp()
            }
            Route::Packed { path, how, .. } => {
                let of = site.route(path).map(|route| self.stamp(path, route));
                sum.and(&of).and(how).stamp()
            }
            Route::Data(of) => self.data(sum.and(&self.everywhere), of),
        }
    }

    /// A page that is made with a template.
    fn page(&self, sum: Sum, template: &str) -> Sum {
        let sum = sum.and(&self.everywhere);
        let Some(reach) = self.renderer.theme.reach(template) else {
            return sum.and(template);
        };
        self.far(sum.and(&reach.digest), reach)
    }

    /// What the functions of a template can see beyond its page.
    fn far(&self, sum: Sum, reach: &Reach) -> Sum {
        let site = self.site;
        let has = |names: &[&str]| names.iter().any(|name| reach.has(name));
        let mut sum = sum;
        if has(&["get_page", "get_section", "load_data"]) {
            sum = sum.and(&self.files);
        }
        if has(&[
            "get_briefings",
            "sparkline",
            "calendar",
            "coverage_map",
            "country_matrix",
            "get_section",
            "get_page",
        ]) {
            sum = sum.and(&self.cards);
        }
        if has(&[
            "get_taxonomy",
            "get_taxonomy_term",
            "sparkline",
            "coverage_map",
            "country_matrix",
        ]) {
            sum = sum.and(&self.terms);
        }
        if has(&["get_url"]) {
            sum = sum.and(&self.places);
        }
        if has(&["now"]) {
            let newest = site.briefings.first().map(|item| &item.card.date);
            sum = sum.and(&newest).and(&self.renderer.now);
        }
        sum
    }

    /// A content file on its own page.
    fn item(&self, sum: Sum, item: Option<&Item>, position: Option<usize>) -> Stamp {
        let Some(item) = item else {
            return sum.stamp();
        };
        let site = self.site;
        let front = &item.entry.front;
        let template = front.template.as_deref().unwrap_or("page.html");
        let known = position.and_then(|at| self.briefings.get(at));
        let piece = known.map_or_else(|| self.of_item(item), |marks| marks.piece);
        let mut sum = self.page(sum, template).and(&piece);
        let card = |at: &usize| self.briefings.get(*at).map(|marks| marks.card);
        let file = |source: &str| site.item(source).map(|item| &item.card);
        if let Some(at) = position {
            sum = sum
                .and(&at.checked_sub(1).as_ref().map(card))
                .and(&card(&(at + 1)));
            if let Some(list) = item
                .card
                .topics
                .first()
                .and_then(|t| site.topics.get(t.as_str()))
            {
                let here = list.binary_search(&at).unwrap_or_default();
                let beside = [here.checked_sub(1), Some(here + 1)];
                sum = sum.all(beside.iter().map(|place| list.get((*place)?).map(card)));
            }
            if let Some(parts) = front.series.as_ref().and_then(|name| site.series.get(name)) {
                sum = sum.all(parts.iter().map(card));
            }
            if self.renderer.asked(template)("related") {
                sum = sum.all(related::related(site, at).iter().map(card));
            }
        }
        let older = site.supersedes.get(&item.card.source).into_iter().flatten();
        let newer = front
            .superseded_by
            .as_deref()
            .map(crate::site::life::source);
        sum.all(older.map(|source| file(source)))
            .and(&newer.as_deref().map(file))
            .stamp()
    }

    /// A content file with what its text and its twins refer to.
    fn of_item(&self, item: &Item) -> Stamp {
        piece(self.site, &self.places, item)
    }

    fn section(&self, sum: Sum, at: usize, page: usize) -> Stamp {
        let Some(section) = self.site.sections.get(at) else {
            return sum.stamp();
        };
        let index = section.index.as_ref();
        let template = index.and_then(|i| i.entry.front.template.as_deref());
        let sum = self
            .page(sum, template.unwrap_or("section.html"))
            .and(&self.tree(Some(section)));
        let sum = sum.and(&index.map(|item| self.of_item(item)));
        self.shown(sum, &section.briefings, page)
    }

    /// The pages and sections in a section.
    fn tree(&self, section: Option<&Section>) -> Stamp {
        let site = self.site;
        let pages = section
            .into_iter()
            .flat_map(|s| &s.pages)
            .filter_map(|at| site.pages.get(*at));
        let below = section.into_iter().flat_map(|s| &s.subsections);
        let below = below.filter_map(|at| site.sections.get(*at)?.index.as_ref());
        Sum::of("tree")
            .all(pages.chain(below).map(|item| &item.card))
            .stamp()
    }

    /// One page of a list.
    fn shown(&self, sum: Sum, of: &[usize], page: usize) -> Stamp {
        let per_page = self.site.config.paginate_by;
        let shown = of.iter().skip((page - 1) * per_page).take(per_page);
        let cards = shown
            .filter_map(|at| self.briefings.get(*at))
            .map(|marks| marks.card);
        sum.and(&of.len()).all(cards).stamp()
    }

    /// What all pages of a list share, by its first address: what puts its briefings into other lists, and what it can be narrowed to.
    fn list(&self, first: &str, of: &[usize], facets: &[Facet]) -> Stamp {
        let lists = || self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lists().get(first) {
            return *known;
        }
        let keys = of
            .iter()
            .filter_map(|at| self.briefings.get(*at))
            .map(|marks| marks.keys);
        let mut sum = Sum::of("list").all(keys);
        for facet in facets {
            let beside = self.site.facets.neighbours(facet).into_iter();
            sum = sum.all(beside.map(|n| (n.facet, n.briefings, n.alone)));
        }
        let stamp = sum.stamp();
        lists().insert(first.to_owned(), stamp);
        stamp
    }
}
