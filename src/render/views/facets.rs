//! Finders as templates see them: the chips of what a list is narrowed to, and the lists that lie next to it.

use serde::Serialize;
use serde_json::json;

use super::terms::term_name;
use crate::{
    model::language_name,
    site::{Facet, FacetKind, Period, Scope, Site, Taxonomy, data::Format, route},
};

/// A facet with the number of briefings behind its link.
#[derive(Clone, Debug, Serialize)]
struct FacetView {
    name: String,
    path: String,
    page_count: usize,
}

/// Facets of one kind beside a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct FacetGroup {
    /// countries, topics, years or languages.
    kind: &'static str,
    /// The facet that all of them are joined with.
    of: String,
    facets: Vec<FacetView>,
}

const KINDS: [FacetKind; 4] = [
    FacetKind::Taxonomy(Taxonomy::Countries),
    FacetKind::Taxonomy(Taxonomy::Topics),
    FacetKind::Years,
    FacetKind::Languages,
];

/// The words for a facet in the interface's language.
pub(in crate::render) fn name(site: &Site, facet: &Facet, ui: usize) -> String {
    match facet {
        Facet::Term(taxonomy, slug) => term_name(site, *taxonomy, slug, ui),
        Facet::Year(year) => year.to_string(),
        Facet::Language(lang) => language_name(lang, site.ui_lang(ui)),
    }
}

/// The list of one facet alone.
fn alone(site: &Site, facet: &Facet, ui: usize) -> String {
    match facet {
        Facet::Term(taxonomy, slug) => route::term(site, *taxonomy, slug, ui),
        Facet::Year(year) => route::archive(site, Period::of_year(*year), ui),
        Facet::Language(_) => route::finder(site, std::slice::from_ref(facet), ui),
    }
}

/// What a list can be narrowed to: the intersections of `of` that have a page, most briefings first, years newest first.
/// `but` is a facet that is chosen already.
pub(in crate::render) fn groups(
    site: &Site,
    of: &Facet,
    but: Option<&Facet>,
    ui: usize,
) -> Vec<FacetGroup> {
    let neighbours = site.facets.neighbours(of);
    KINDS
        .into_iter()
        .filter(|kind| but.is_none_or(|but| but.kind() == *kind))
        .filter_map(|kind| {
            let mut facets: Vec<FacetView> = neighbours
                .iter()
                .filter(|n| n.facet.kind() == kind && Some(n.facet) != but)
                .map(|n| {
                    let mut pair = [of.clone(), n.facet.clone()];
                    pair.sort_unstable();
                    let path = if n.alone {
                        alone(site, n.facet, ui)
                    } else {
                        route::finder(site, &pair, ui)
                    };
                    FacetView {
                        name: name(site, n.facet, ui),
                        path: site.config.base_url.rooted(&path),
                        page_count: n.briefings,
                    }
                })
                .collect();
            match kind {
                FacetKind::Years => facets.reverse(),
                _ => facets.sort_by(|a, b| {
                    b.page_count
                        .cmp(&a.page_count)
                        .then_with(|| a.name.cmp(&b.name))
                }),
            }
            (!facets.is_empty()).then(|| FacetGroup {
                kind: kind.name(),
                of: name(site, of, ui),
                facets,
            })
        })
        .collect()
}

/// The languages that briefings are written in, most briefings first.
pub(in crate::render) fn languages(site: &Site, ui: usize) -> serde_json::Value {
    let mut all: Vec<FacetView> = site
        .facets
        .languages
        .iter()
        .map(|(lang, of)| {
            let facet = Facet::Language(lang.clone());
            FacetView {
                name: name(site, &facet, ui),
                path: site.config.base_url.rooted(&alone(site, &facet, ui)),
                page_count: of.len(),
            }
        })
        .collect();
    all.sort_by(|a, b| {
        b.page_count
            .cmp(&a.page_count)
            .then_with(|| a.name.cmp(&b.name))
    });
    json!(all)
}

/// A finder's page: its words, the chips (each with the list that is left without it) and the lists beside it.
pub(in crate::render) fn finder(site: &Site, facets: &[Facet], ui: usize) -> serde_json::Value {
    let base = &site.config.base_url;
    let chips: Vec<_> = facets
        .iter()
        .map(|facet| {
            let left: Vec<&Facet> = facets.iter().filter(|other| *other != facet).collect();
            let without = match left.first() {
                Some(other) => alone(site, other, ui),
                None => route::home(site, ui),
            };
            json!({"kind": facet.kind().name(), "name": name(site, facet, ui), "path": base.rooted(&alone(site, facet, ui)), "without": base.rooted(&without)})
        })
        .collect();
    let groups: Vec<FacetGroup> = match facets {
        [one] => groups(site, one, None, ui),
        [one, other] => [(one, other), (other, one)]
            .into_iter()
            .flat_map(|(of, but)| groups(site, of, Some(but), ui))
            .collect(),
        _ => Vec::new(),
    };
    let names: Vec<String> = facets.iter().map(|facet| name(site, facet, ui)).collect();
    let own_feeds = match facets {
        [Facet::Language(lang)] => {
            let scope = Scope::Language(lang.clone());
            [Format::Atom, Format::JsonFeed]
                .iter()
                .any(|format| format.is_of(site, &scope))
        }
        _ => false,
    };
    json!({"own_feeds": own_feeds, "title": names.join(" · "), "path": base.rooted(&route::finder(site, facets, ui)), "chips": chips, "groups": groups})
}
