//! Countries and topics as templates see them: with their counts in an index, without them where a briefing names them.

use serde::Serialize;
use serde_json::json;

use crate::{
    model::{PubDate, country_name},
    site::{Site, Taxonomy, route},
};

/// A country or topic with its number of briefings.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct TermView {
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
pub(in crate::render) struct TermLink {
    taxonomy: &'static str,
    pub(super) name: String,
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
pub(in crate::render) struct GroupView<'a> {
    slug: &'a str,
    name: &'a str,
    children: Vec<&'a TermView>,
}

impl TermView {
    /// The words for readers.
    pub(in crate::render) fn name(&self) -> &str {
        &self.link.name
    }
}

/// The terms of a taxonomy that have briefings: countries by name in the interface's language, topics in the vocabulary's order.
pub(in crate::render) fn terms(site: &Site, taxonomy: Taxonomy, ui: usize) -> Vec<TermView> {
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
pub(in crate::render) fn groups(terms: &[TermView]) -> Vec<GroupView<'_>> {
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
pub(in crate::render) fn term(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermView {
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

pub(super) fn link(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermLink {
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
pub(in crate::render) fn related_terms(
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
pub(in crate::render) fn taxonomy(site: &Site, taxonomy: Taxonomy) -> serde_json::Value {
    json!({"name": taxonomy.name(), "slug": taxonomy.name(), "page_count": site.terms_of(taxonomy).len()})
}
