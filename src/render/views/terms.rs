//! Countries and topics as templates see them: with their counts in an index, without them where a briefing names them.

use serde::Serialize;
use serde_json::json;

use crate::{
    model::PubDate,
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
    slug: String,
    name: String,
    /// The list of all that the group holds; empty where there is none.
    path: String,
    /// Briefings with any of its topics, each once.
    page_count: usize,
    children: Vec<&'a TermView>,
}

impl TermView {
    pub(super) fn slug(&self) -> &str {
        &self.link.slug
    }

    pub(super) fn path(&self) -> &str {
        &self.link.path
    }

    pub(super) fn page_count(&self) -> usize {
        self.page_count
    }

    /// The words for readers.
    pub(in crate::render) fn name(&self) -> &str {
        &self.link.name
    }
}

/// The terms of a taxonomy that have briefings: countries by name in the interface's language, topics (without groups) in the vocabulary's order.
pub(in crate::render) fn terms(site: &Site, taxonomy: Taxonomy, ui: usize) -> Vec<TermView> {
    let mut all: Vec<TermView> = site
        .terms_of(taxonomy)
        .keys()
        .filter(|slug| taxonomy == Taxonomy::Countries || !only_group(site, slug))
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

/// Whether a slug is that of a group and of no topic.
fn only_group(site: &Site, slug: &str) -> bool {
    slug.parse().is_ok_and(|slug| {
        site.vocabulary.get(&slug).is_none() && site.vocabulary.group(&slug).is_some()
    })
}

/// Letters without their marks, in lower case: enough to put Åland and Éire where a reader looks for them.
pub(super) fn collation_key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The topics by group, groups in the order of their first topic. A topic with its group's slug is the group.
pub(in crate::render) fn groups<'a>(
    site: &Site,
    terms: &'a [TermView],
    ui: usize,
) -> Vec<GroupView<'a>> {
    let mut groups: Vec<GroupView<'_>> = Vec::new();
    for topic in terms {
        let (slug, name) = topic
            .parent
            .as_ref()
            .map_or(("", ""), |g| (g.slug.as_str(), g.name.as_str()));
        let child = (topic.slug() != slug).then_some(topic);
        if let Some(group) = groups.iter_mut().find(|g| g.slug == slug) {
            group.children.extend(child);
            continue;
        }
        let sum = site.topics.get(slug).map_or(0, Vec::len);
        let path = route::term(site, Taxonomy::Topics, slug, ui);
        groups.push(GroupView {
            path: match sum {
                0 => String::new(),
                _ => site.config.base_url.rooted(&path),
            },
            page_count: sum,
            slug: slug.to_owned(),
            name: name.to_owned(),
            children: child.into_iter().collect(),
        });
    }
    groups
}

/// The topics right below a topic that have briefings, in the vocabulary's order; a country has none.
pub(in crate::render) fn subterms(
    site: &Site,
    taxonomy: Taxonomy,
    slug: &str,
    ui: usize,
) -> Vec<TermView> {
    let Some(parent) = slug.parse().ok().filter(|_| taxonomy == Taxonomy::Topics) else {
        return Vec::new();
    };
    let vocabulary = &site.vocabulary;
    let below = vocabulary.children(&parent).chain(
        vocabulary
            .groups
            .iter()
            .filter(|group| group.parent.as_ref() == Some(&parent)),
    );
    below
        .map(|topic| topic.slug.as_str())
        .filter(|below| *below != slug && site.topics.contains_key(*below))
        .map(|below| term(site, taxonomy, below, ui))
        .collect()
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

/// The words for a term.
pub(in crate::render) fn term_name(
    site: &Site,
    taxonomy: Taxonomy,
    slug: &str,
    ui: usize,
) -> String {
    let lang = site.ui_lang(ui);
    let name = match taxonomy {
        Taxonomy::Countries => slug
            .parse()
            .map(|code| site.config.country_name(code, lang))
            .ok(),
        Taxonomy::Topics => slug
            .parse()
            .map(|topic| site.vocabulary.label(&topic, lang))
            .ok(),
    };
    name.unwrap_or_else(|| slug.to_owned())
}

pub(super) fn link(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> TermLink {
    let path = route::term(site, taxonomy, slug, ui);
    TermLink {
        taxonomy: taxonomy.name(),
        name: term_name(site, taxonomy, slug, ui),
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
