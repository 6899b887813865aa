//! [`Parts`] → [`Site`]: which content files are published, what each is, where it stands; then the indexes over all. What is odd is a diagnostic.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{
    Facets, Held, Indexes, Item, Parts, Place, Routes, Section, Site, Terms, card, index,
    life::{self, Stage},
    route, section, translations,
};
use crate::{
    content::Kind,
    diagnostic::{Diagnostic, Rule, near},
    distill::Vocabulary,
    model::TopicSlug,
    sum::Sealed,
};

impl Site {
    /// Puts a site together. Two sources of one address are an error naming both; the first by path wins.
    pub fn assemble(parts: Parts) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut briefings = Vec::new();
        let mut pages = Vec::new();
        let mut indexes = Vec::new();
        let mut withdrawn = Vec::new();
        let mut held = Vec::new();
        let mut expired = 0;
        let mut next_change = None;
        let waiting = parts
            .entries
            .iter()
            .filter(|(e, _)| !e.front.review.is_empty());
        let waiting = waiting.count();
        let mut entries = parts.entries;
        entries.retain(|(entry, _)| !entry.front.draft || parts.drafts);
        let cards: Vec<_> = entries
            .par_iter()
            .map(|(entry, _)| card::card(entry, &parts.config))
            .collect();
        for ((entry, words), (card, said)) in entries.into_iter().zip(cards) {
            if let Some(now) = parts.moment {
                let moments = next_change
                    .into_iter()
                    .chain(life::next_change(&entry, now));
                next_change = moments.min();
                match life::stage(&entry, now) {
                    Stage::Held(until) => {
                        let source = entry.path.clone();
                        held.push(Held { until, source });
                        continue;
                    }
                    Stage::Expired => {
                        expired += 1;
                        continue;
                    }
                    Stage::Public => {}
                }
            }
            diagnostics.extend(said);
            let card = Sealed::new(card);
            let item = Item { card, entry, words };
            if item.card.is_section {
                diagnostics.extend(life::withdrawn_section(&item));
                indexes.push(item);
            } else if item.entry.front.withdrawn.is_some() {
                withdrawn.push(item);
            } else if item.card.kind == Kind::Briefing {
                briefings.push(item);
            } else {
                pages.push(item);
            }
        }
        held.sort();
        briefings.par_sort_by(|a: &Item, b| a.card.newest_first(&b.card));
        pages.sort_by(|a, b| a.card.source.cmp(&b.card.source));
        withdrawn.sort_by(|a, b| a.card.source.cmp(&b.card.source));

        let minimum = parts.config.facet_minimum;
        let lists = || {
            let topics = || index::by_topic(&briefings, &parts.vocabulary);
            rayon::join(|| index::by_country(&briefings), topics)
        };
        let facets = || Facets::of(&briefings, &parts.vocabulary, minimum);
        let facets = || tracing::info_span!("facets").in_scope(facets);
        let more = || {
            let (archive, people) = (index::by_date(&briefings), index::by_person(&briefings));
            (archive, people, life::series(&briefings))
        };
        let tree = || {
            let items = briefings.iter().chain(&pages).chain(&indexes);
            let translations = translations::translations(items);
            let sections = section::sections(indexes, &briefings, &pages, &parts.config);
            let places = places(&briefings, &pages, &withdrawn, &sections);
            (translations, sections, places)
        };
        let (
            ((countries, topics), facets),
            ((archive, people, series), (translations, sections, places)),
        ) = rayon::join(|| rayon::join(lists, facets), || rayon::join(more, tree));
        diagnostics.extend(unknown_topics(&topics, &briefings, &parts.vocabulary));
        let mut indexes = Indexes {
            places,
            config: parts.config,
            vocabulary: parts.vocabulary,
            withdrawn,
            sections,
            facets,
            people,
            series,
            supersedes: BTreeMap::new(),
            countries,
            topics,
            archive,
            assets: parts.assets,
            routes: Routes::default(),
            clashes: Vec::new(),
            translations,
            held,
            expired,
            next_change,
            waiting,
        };
        let (supersedes, said) =
            life::supersedes(briefings.iter().chain(&indexes.withdrawn), |source| {
                indexes.places.contains_key(source)
            });
        indexes.supersedes = supersedes;
        diagnostics.extend(said);
        let mut site = Self {
            briefings,
            pages,
            index: Arc::new(indexes),
            search: OnceLock::new(),
        };
        let (routes, clashes, said) =
            tracing::info_span!("routes").in_scope(|| route::routes(&site, &parts.theme_assets));
        if let Some(indexes) = Arc::get_mut(&mut site.index) {
            indexes.routes = routes;
            indexes.clashes = clashes;
        }
        diagnostics.extend(said);
        (site, diagnostics)
    }
}

fn places(
    briefings: &[Item],
    pages: &[Item],
    withdrawn: &[Item],
    sections: &[Section],
) -> BTreeMap<String, Place> {
    let source = |item: &Item| item.card.source.clone();
    let briefings = briefings
        .iter()
        .enumerate()
        .map(|(at, item)| (source(item), Place::Briefing(at)));
    let pages = pages
        .iter()
        .enumerate()
        .map(|(at, item)| (source(item), Place::Page(at)));
    let withdrawn = withdrawn
        .iter()
        .enumerate()
        .map(|(at, item)| (source(item), Place::Withdrawn(at)));
    let sections = sections
        .iter()
        .enumerate()
        .filter_map(|(at, s)| Some((source(s.index.as_ref()?), Place::Section(at))));
    briefings
        .chain(pages)
        .chain(withdrawn)
        .chain(sections)
        .collect()
}

/// One warning for each topic that the vocabulary lacks, at the first briefing that has it.
fn unknown_topics(topics: &Terms, briefings: &[Item], vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let unknown = |slug: &str| !slug.parse().is_ok_and(|s: TopicSlug| vocabulary.knows(&s));
    topics
        .iter()
        .filter(|(slug, _)| unknown(slug))
        .filter_map(|(slug, positions)| {
            let first = positions
                .iter()
                .filter_map(|at| briefings.get(*at))
                .min_by_key(|item| &item.card.source)?;
            let others = match positions.len() - 1 {
                0 => String::new(),
                1 => " (one more briefing has it)".to_owned(),
                n => format!(" ({n} more briefings have it)"),
            };
            let message = format!("the topic `{slug}` is not in the vocabulary{others}");
            Some(
                Diagnostic::warning(format!("content/{}", first.card.source), message)
                    .at(first.entry.front.line(&["topics", "taxonomies"]))
                    .help(advice(slug, vocabulary))
                    .rule(Rule::TopicUnknown),
            )
        })
        .collect()
}

fn advice(slug: &str, vocabulary: &Vocabulary) -> String {
    near(slug, vocabulary.topics.iter().map(|t| t.slug.as_str())).map_or_else(
        || "add it to topics.yaml to give it a name".to_owned(),
        |known| format!("did you mean `{known}`? Else add it to topics.yaml to give it a name"),
    )
}
