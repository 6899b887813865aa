//! Parsed content files → [`Site`]: cards, indexes, sections and the route table. Everything that a page may know of another page is here.

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use crate::{
    config::Config,
    content::{Entry, Kind},
    diagnostic::Diagnostic,
    distill::Vocabulary,
    model::{Lang, PubDate, TopicSlug},
};

pub mod card;
pub mod data;
pub mod facets;
pub mod index;
pub mod life;
pub mod navigation;
mod patch;
pub mod related;
pub mod route;
pub mod search;
pub mod section;
pub mod translations;

pub use card::Card;
pub use data::{Data, Scope};
pub use facets::{Facet, FacetKind, Facets, Neighbour};
pub use index::{Archive, Period, Taxonomy, Terms};
use life::Stage;
pub use route::{Route, Routes};
pub use section::Section;

/// The words that a content file is found by, once the search has asked for them.
pub type LazyWords = Arc<OnceLock<search::Words>>;

/// One content file and its card.
#[derive(Clone, Debug)]
pub struct Item {
    /// What others see of it.
    pub card: Arc<Card>,
    /// The file itself, for its own page alone.
    pub entry: Arc<Entry>,
    words: LazyWords,
}

impl Item {
    /// A content file that no search has read yet.
    pub fn new(card: Card, entry: Arc<Entry>) -> Self {
        Self {
            card: Arc::new(card),
            entry,
            words: LazyWords::default(),
        }
    }

    /// The words that it is found by.
    pub fn words(&self) -> &search::Words {
        self.words.get_or_init(|| search::Words::of(&self.entry))
    }
}

/// A whole site, ready to render. Holds no rendered page and no template.
#[derive(Debug)]
pub struct Site {
    /// Briefings, newest first.
    pub briefings: Vec<Item>,
    /// Ordinary pages, by path.
    pub pages: Vec<Item>,
    /// What rests on the cards alone: the same after an edit of a text.
    index: Arc<Indexes>,
    /// The files of the search with their routes, made when they are first asked for.
    search: OnceLock<(search::Index, Routes)>,
}

impl Deref for Site {
    type Target = Indexes;

    fn deref(&self) -> &Indexes {
        &self.index
    }
}

/// What a site has beside its briefings and pages: settings, indexes, routes.
#[derive(Debug)]
pub struct Indexes {
    /// The settings.
    pub config: Arc<Config>,
    /// The topics with their labels.
    pub vocabulary: Arc<Vocabulary>,
    /// Briefings and pages that no longer stand: a page that says so, in no list and in no file for machines.
    pub withdrawn: Vec<Item>,
    /// Folders with `_index.md`, and the root of each language.
    pub sections: Vec<Section>,
    /// Briefings by country, keyed by the lower-case code.
    pub countries: Terms,
    /// Briefings by topic, keyed by slug; a parent holds those of the topics below it, too.
    pub topics: Terms,
    /// How countries, topics, years and languages meet.
    pub facets: Facets,
    /// Briefings by the people they name, in small letters.
    pub people: Terms,
    /// Briefings by year, month and day.
    pub archive: Archive,
    /// The parts of each series, first to last.
    pub series: BTreeMap<String, Vec<index::Position>>,
    /// For each content file the older ones that it replaces, by path from content/.
    pub supersedes: BTreeMap<String, Vec<String>>,
    /// Files of content/ that are no Markdown, by path from the site's root.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// Everything that can be asked for, but the files of the search.
    pub routes: Routes,
    /// The versions of a page in other languages.
    pub translations: translations::Translations,
    /// Content files that are left out until their embargo ends, the first to end first.
    pub held: Vec<Held>,
    /// The number of content files that are past their last day.
    pub expired: usize,
    /// The next moment at which an embargo ends or a briefing expires: the site must be built again then.
    pub next_change: Option<jiff::Timestamp>,
    /// The number of content files with values that a person should look at.
    pub waiting: usize,
    /// By path from content/.
    places: BTreeMap<String, Place>,
}

/// A content file under embargo.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// Until when, as it is written.
    pub until: PubDate,
    /// Path from content/.
    pub source: String,
}

/// What a site is assembled from.
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: Arc<Config>,
    /// The topics.
    pub vocabulary: Arc<Vocabulary>,
    /// All readable content files, by path, with the words that they are found by.
    pub entries: Vec<(Arc<Entry>, LazyWords)>,
    /// The other files of content/, by path from content/.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// Names of the theme's fingerprinted files, as paths from the site's root.
    pub theme_assets: Vec<String>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The moment that the site is made for: what is under embargo then is left out. `None` leaves nothing out.
    pub moment: Option<jiff::Timestamp>,
}

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
            let card = Arc::new(card);
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

        let translations =
            translations::translations(briefings.iter().chain(&pages).chain(&indexes));
        let sections = section::sections(indexes, &briefings, &pages, &parts.config);
        let minimum = parts.config.facet_minimum;
        let ((countries, topics), (facets, (archive, people))) = rayon::join(
            || {
                let topics = || index::by_topic(&briefings, &parts.vocabulary);
                rayon::join(|| index::by_country(&briefings), topics)
            },
            || {
                let facets = || Facets::of(&briefings, &parts.vocabulary, minimum);
                rayon::join(
                    || tracing::info_span!("facets").in_scope(facets),
                    || (index::by_date(&briefings), index::by_person(&briefings)),
                )
            },
        );
        let series = life::series(&briefings);
        diagnostics.extend(unknown_topics(&topics, &briefings, &parts.vocabulary));
        let mut indexes = Indexes {
            places: places(&briefings, &pages, &withdrawn, &sections),
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
        let (routes, said) =
            tracing::info_span!("routes").in_scope(|| route::routes(&site, &parts.theme_assets));
        if let Some(indexes) = Arc::get_mut(&mut site.index) {
            indexes.routes = routes;
        }
        diagnostics.extend(said);
        (site, diagnostics)
    }

    /// The files of the search; none where site.yaml says `search: false`.
    pub fn search(&self) -> &search::Index {
        &self.searched().0
    }

    /// The routes of the files of the search.
    pub fn search_routes(&self) -> &Routes {
        &self.searched().1
    }

    fn searched(&self) -> &(search::Index, Routes) {
        self.search.get_or_init(|| {
            if !self.config.search {
                return Default::default();
            }
            let _entered = tracing::info_span!("search").entered();
            let pages = search::pages(&self.pages, &self.sections);
            let index = search::index(&self.briefings, &pages, (&self.countries, &self.topics));
            let paths = index.files.keys();
            let paths = paths.filter(|path| !self.routes.contains_key(*path));
            let routes = paths.map(|path| (path.clone(), Route::SearchFile(path.clone())));
            let routes = routes.collect();
            (index, routes)
        })
    }

    /// Everything that can be asked for.
    pub fn every_route(&self) -> impl Iterator<Item = (&String, &Route)> {
        self.routes.iter().chain(self.search_routes())
    }

    /// What is at a path from the site's root.
    pub fn route(&self, path: &str) -> Option<&Route> {
        let known = self.routes.get(path);
        known.or_else(|| {
            let searched = path.starts_with("/search/");
            searched.then(|| self.search_routes().get(path)).flatten()
        })
    }

    /// The interface language of a page that is written in `lang`: `lang` itself where the site has it, else the default one.
    pub fn ui(&self, lang: &Lang) -> usize {
        let languages = &self.config.languages;
        languages
            .iter()
            .position(|l| l == lang)
            .or_else(|| languages.iter().position(|l| l.primary() == lang.primary()))
            .unwrap_or(0)
    }

    /// The language of an interface index; the default one where there is no such index.
    pub fn ui_lang(&self, ui: usize) -> &Lang {
        self.config
            .languages
            .get(ui)
            .unwrap_or(&self.config.default_language)
    }

    /// The briefings of each term of a taxonomy.
    pub fn terms_of(&self, taxonomy: Taxonomy) -> &Terms {
        match taxonomy {
            Taxonomy::Countries => &self.countries,
            Taxonomy::Topics => &self.topics,
        }
    }

    /// The briefing, page or section index of a content file, by its path from content/.
    pub fn item(&self, source: &str) -> Option<&Item> {
        match self.places.get(source)? {
            Place::Briefing(at) => self.briefings.get(*at),
            Place::Page(at) => self.pages.get(*at),
            Place::Withdrawn(at) => self.withdrawn.get(*at),
            Place::Section(at) => self.sections.get(*at)?.index.as_ref(),
        }
    }

    /// Where the briefing of a content file is among `briefings`, by its path from content/.
    pub fn position(&self, source: &str) -> Option<usize> {
        match self.places.get(source)? {
            Place::Briefing(at) => Some(*at),
            _ => None,
        }
    }

    /// The section that an ordinary page lies in, as a position in `Site::sections`.
    pub fn section_of(&self, page: usize) -> Option<usize> {
        self.sections.iter().position(|s| s.pages.contains(&page))
    }
}

/// Where an item is in a site.
#[derive(Clone, Copy, Debug)]
enum Place {
    Briefing(usize),
    Page(usize),
    Withdrawn(usize),
    Section(usize),
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
    let unknown = |slug: &str| {
        let known = slug
            .parse()
            .is_ok_and(|s: TopicSlug| vocabulary.get(&s).or(vocabulary.group(&s)).is_some());
        !known
    };
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
                    .help(advice(slug, vocabulary)),
            )
        })
        .collect()
}

fn advice(slug: &str, vocabulary: &Vocabulary) -> String {
    let near = |known: &str| strsim::damerau_levenshtein(known, slug);
    vocabulary
        .topics
        .iter()
        .map(|t| t.slug.as_str())
        .filter(|known| near(known) <= (slug.len() / 4).clamp(1, 3))
        .min_by_key(|known| near(known))
        .map_or_else(
            || "add it to topics.yaml to give it a name".to_owned(),
            |known| format!("did you mean `{known}`? Else add it to topics.yaml to give it a name"),
        )
}
