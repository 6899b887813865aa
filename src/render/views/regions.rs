//! Countries by region of the world, as templates see them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::terms::{TermView, collation_key, terms};
use crate::{
    model::{CountryCode, Lang, region_name, region_of},
    site::{Site, Taxonomy},
};

/// A region with the countries of each of its parts.
#[derive(Serialize)]
pub(in crate::render) struct RegionView {
    /// Empty for what lies in no region.
    name: String,
    /// Briefings about any of its countries, each once.
    page_count: usize,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    name: String,
    terms: Vec<TermView>,
}

/// The countries that have briefings, by region and part, both by name; what lies in no region comes last.
pub(in crate::render) fn regions(site: &Site, ui: usize) -> Vec<RegionView> {
    let lang = site.ui_lang(ui);
    let mut parts: BTreeMap<(&str, &str), Vec<TermView>> = BTreeMap::new();
    let mut briefings: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for term in terms(site, Taxonomy::Countries, ui) {
        let code = term.slug().parse::<CountryCode>().ok();
        let (region, part) = code
            .and_then(region_of)
            .map_or(("", ""), |r| (r.region, r.part));
        let of_term = site.countries.get(term.slug());
        let of_region = briefings.entry(region).or_default();
        of_region.extend(of_term.into_iter().flatten());
        parts.entry((region, part)).or_default().push(term);
    }
    let mut regions: Vec<RegionView> = briefings
        .into_iter()
        .map(|(region, briefings)| RegionView {
            name: named(region, lang),
            page_count: briefings.len(),
            parts: parts_of(region, &mut parts, lang),
        })
        .collect();
    regions.sort_by_cached_key(|r| (r.name.is_empty(), collation_key(&r.name)));
    regions
}

fn parts_of(
    region: &str,
    parts: &mut BTreeMap<(&str, &str), Vec<TermView>>,
    lang: &Lang,
) -> Vec<PartView> {
    let mut own: Vec<PartView> = parts
        .iter_mut()
        .filter(|((of, _), _)| *of == region)
        .map(|((_, part), terms)| PartView {
            name: named(part, lang),
            terms: std::mem::take(terms),
        })
        .collect();
    own.sort_by_cached_key(|p| collation_key(&p.name));
    own
}

fn named(m49: &str, lang: &Lang) -> String {
    if m49.is_empty() {
        String::new()
    } else {
        region_name(m49, lang)
    }
}
