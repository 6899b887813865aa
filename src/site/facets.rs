//! Briefings → the finders: how each country, topic, year and language meets the others, and the intersections that are worth a page.

use std::collections::BTreeMap;

use super::{
    Item,
    index::{self, Position, Taxonomy},
};
use crate::{distill::Vocabulary, model::Lang};

/// One property by which a list can be narrowed. In the order of an address: the country comes before the topic, the language last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// A country or topic, by its slug.
    Term(Taxonomy, String),
    /// A year.
    Year(i16),
    /// The language that briefings are written in.
    Language(Lang),
}

/// What kind of property a facet is: two of one kind have no page together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetKind {
    /// Countries or topics.
    Taxonomy(Taxonomy),
    /// Years.
    Years,
    /// Languages.
    Languages,
}

impl FacetKind {
    /// Its name in addresses, templates and strings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Taxonomy(taxonomy) => taxonomy.name(),
            Self::Years => "years",
            Self::Languages => "languages",
        }
    }
}

impl Facet {
    /// What kind of property it is.
    pub fn kind(&self) -> FacetKind {
        match self {
            Self::Term(taxonomy, _) => FacetKind::Taxonomy(*taxonomy),
            Self::Year(_) => FacetKind::Years,
            Self::Language(_) => FacetKind::Languages,
        }
    }
}

/// The intersections of a site.
#[derive(Debug, Default)]
pub struct Facets {
    /// All facets, sorted; pairs name them by position.
    all: Vec<Facet>,
    /// The number of briefings of each.
    counts: Vec<usize>,
    /// Briefings that have both, newest first; the lower position first.
    pairs: BTreeMap<(usize, usize), Vec<Position>>,
    /// Briefings by language, newest first.
    pub languages: BTreeMap<Lang, Vec<Position>>,
}

impl Facets {
    /// Of all briefings, the intersections that hold at least `minimum`; none at all where that is 0.
    pub fn of(briefings: &[Item], vocabulary: &Vocabulary, minimum: usize) -> Self {
        let mut languages: BTreeMap<Lang, Vec<Position>> = BTreeMap::new();
        for (position, item) in briefings.iter().enumerate() {
            let of_lang = languages.entry(item.card.lang.clone()).or_default();
            of_lang.push(position);
        }
        if minimum == 0 {
            return Self {
                languages,
                ..Self::default()
            };
        }
        let of_each: Vec<Vec<Facet>> = briefings
            .iter()
            .map(|item| facets_of(item, vocabulary))
            .collect();
        let mut facets: Vec<Facet> = of_each.iter().flatten().cloned().collect();
        facets.sort_unstable();
        facets.dedup();
        let mut counts = vec![0; facets.len()];
        let mut pairs: BTreeMap<(usize, usize), Vec<Position>> = BTreeMap::new();
        for (position, own) in of_each.iter().enumerate() {
            let own: Vec<(FacetKind, usize)> = own
                .iter()
                .filter_map(|facet| Some((facet.kind(), facets.binary_search(facet).ok()?)))
                .collect();
            for (kind, first) in &own {
                if let Some(count) = counts.get_mut(*first) {
                    *count += 1;
                }
                for (_, second) in own.iter().filter(|(other, _)| kind < other) {
                    pairs.entry((*first, *second)).or_default().push(position);
                }
            }
        }
        pairs.retain(|_, briefings| briefings.len() >= minimum);
        Self {
            all: facets,
            counts,
            pairs,
            languages,
        }
    }

    /// The briefings of a finder, newest first: those of one language, or of an intersection.
    pub fn briefings(&self, facets: &[Facet]) -> &[Position] {
        match facets {
            [Facet::Language(lang)] => self.languages.get(lang).map_or(&[], Vec::as_slice),
            [one, other] => self.pair(one, other),
            _ => &[],
        }
    }

    /// The intersections that have a page, with their briefings, newest first. What holds as many as one of its facets has none: that facet's list is the same.
    pub fn pairs(&self) -> impl Iterator<Item = (&Facet, &Facet, &[Position])> {
        let fewer = |facet: usize, of: &[Position]| of.len() < self.count(facet);
        let narrow = move |(first, second): (usize, usize), of: &[Position]| {
            fewer(first, of) && fewer(second, of)
        };
        self.pairs
            .iter()
            .filter(move |(pair, of)| narrow(**pair, of))
            .filter_map(|((first, second), of)| {
                let (first, second) = (self.all.get(*first)?, self.all.get(*second)?);
                Some((first, second, of.as_slice()))
            })
    }

    fn count(&self, facet: usize) -> usize {
        self.counts.get(facet).copied().unwrap_or_default()
    }

    /// The briefings that have both facets, in whichever order; none where the intersection has no page.
    pub fn pair(&self, one: &Facet, other: &Facet) -> &[Position] {
        let place = |facet| self.all.binary_search(facet).ok();
        let (Some(one), Some(other)) = (place(one), place(other)) else {
            return &[];
        };
        self.pairs
            .get(&(one.min(other), one.max(other)))
            .map_or(&[], Vec::as_slice)
    }

    /// What the list of a facet can be narrowed to.
    pub fn neighbours(&self, of: &Facet) -> Vec<Neighbour<'_>> {
        let Ok(of) = self.all.binary_search(of) else {
            return Vec::new();
        };
        self.all
            .iter()
            .enumerate()
            .filter_map(|(at, facet)| {
                let briefings = self.pairs.get(&(of.min(at), of.max(at)))?.len();
                (briefings < self.count(of)).then_some(Neighbour {
                    facet,
                    briefings,
                    alone: briefings == self.count(at),
                })
            })
            .collect()
    }
}

/// A facet that narrows the list of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour<'a> {
    /// The facet.
    pub facet: &'a Facet,
    /// How many briefings have both.
    pub briefings: usize,
    /// Whether these are all that the facet has: then its own list is theirs.
    pub alone: bool,
}

/// The facets of one briefing, each once.
fn facets_of(item: &Item, vocabulary: &Vocabulary) -> Vec<Facet> {
    let card = &item.card;
    let countries = card
        .countries
        .iter()
        .map(|code| Facet::Term(Taxonomy::Countries, code.as_str().to_ascii_lowercase()));
    let topics = index::topics_and_above(item, vocabulary)
        .into_iter()
        .map(|slug| Facet::Term(Taxonomy::Topics, slug));
    let year = card
        .date
        .iter()
        .map(|date| Facet::Year(date.civil().year()));
    let mut all: Vec<Facet> = countries
        .chain(topics)
        .chain(year)
        .chain([Facet::Language(card.lang.clone())])
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        content,
        site::{Parts, Site},
    };

    /// A site of briefings, each given by its country, topic, day and language.
    fn site(minimum: usize, briefings: &[(&str, &str, &str, &str)]) -> Site {
        let entries = briefings
            .iter()
            .enumerate()
            .map(|(n, (country, topic, day, lang))| {
                let text = format!("---\ntitle: T{n}\ndate: {day}\nlang: {lang}\ncountries: [{country}]\ntopics: [{topic}]\n---\n");
                let (entry, _) = content::read(&format!("b{n}.md"), text.as_bytes()).expect("well");
                (std::sync::Arc::new(entry), std::sync::Arc::default())
            })
            .collect();
        let config = Config {
            facet_minimum: minimum,
            ..Config::default()
        };
        let (site, said) = Site::assemble(Parts {
            config: std::sync::Arc::new(config),
            vocabulary: std::sync::Arc::new(Vocabulary::embedded().clone()),
            entries,
            assets: BTreeMap::new(),
            theme_assets: Vec::new(),
            drafts: false,
            moment: None,
        });
        assert!(said.is_empty(), "{said:?}");
        site
    }

    fn country(slug: &str) -> Facet {
        Facet::Term(Taxonomy::Countries, slug.to_owned())
    }

    fn topic(slug: &str) -> Facet {
        Facet::Term(Taxonomy::Topics, slug.to_owned())
    }

    const FIVE: [(&str, &str, &str, &str); 5] = [
        ("MA", "water", "2026-01-01", "en"),
        ("MA", "water", "2026-01-02", "fr"),
        ("MA", "trade", "2025-01-03", "en"),
        ("DK", "water", "2026-01-04", "en"),
        ("DK", "energy", "2025-01-05", "en"),
    ];

    #[test]
    fn an_intersection_has_a_page_where_it_holds_enough_and_narrows_both_lists() {
        let site = site(2, &FIVE);
        let pages: Vec<_> = site
            .facets
            .pairs()
            .map(|(a, b, of)| (a, b, of.len()))
            .collect();
        assert!(
            pages.contains(&(&country("ma"), &topic("water"), 2)),
            "{pages:?}"
        );
        // All briefings on water are of 2026, and all of 2026 are on water: neither narrows the other.
        assert_eq!(
            site.facets.pair(&topic("water"), &Facet::Year(2026)).len(),
            3
        );
        assert!(
            !pages
                .iter()
                .any(|(a, b, _)| (*a, *b) == (&topic("water"), &Facet::Year(2026)))
        );
        assert!(
            site.facets
                .neighbours(&topic("water"))
                .iter()
                .all(|n| *n.facet != Facet::Year(2026))
        );
    }

    #[test]
    fn a_parent_holds_what_its_children_hold_each_once() {
        let site = site(2, &FIVE);
        assert_eq!(
            site.topics.get("energy-and-resources").map(Vec::len),
            Some(4)
        );
        let neighbours = site.facets.neighbours(&country("dk"));
        let resources = neighbours
            .iter()
            .find(|n| *n.facet == topic("energy-and-resources"));
        assert_eq!(
            resources, None,
            "all of Denmark's are in it: {neighbours:?}"
        );
    }

    #[test]
    fn a_neighbour_that_lies_within_the_list_leads_to_its_own_list() {
        let site = site(1, &FIVE);
        let neighbours = site.facets.neighbours(&country("ma"));
        let trade = neighbours.iter().find(|n| *n.facet == topic("trade"));
        assert_eq!(trade.map(|n| (n.briefings, n.alone)), Some((1, true)));
    }

    #[test]
    fn nothing_is_intersected_at_0_but_languages_are_counted() {
        let site = site(0, &FIVE);
        assert_eq!(site.facets.pairs().count(), 0);
        assert_eq!(site.facets.languages.len(), 2);
    }
}
