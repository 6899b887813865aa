//! Parsed content files → [`Site`]: cards, indexes, sections and the route table. Everything that a page may know of another page is here.

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use crate::{
    config::Config,
    content::Entry,
    distill::Vocabulary,
    model::{Lang, PubDate},
    sum::Sealed,
};
use bytes::Bytes;

mod assemble;
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
pub use route::{Route, Routes};
pub use section::Section;

/// The words that a content file is found by, once the search has asked for them.
pub type LazyWords = Arc<OnceLock<search::Words>>;

/// One content file and its card.
#[derive(Clone, Debug)]
pub struct Item {
    /// What others see of it.
    pub card: Sealed<Card>,
    /// The file itself, for its own page alone.
    pub entry: Arc<Entry>,
    words: LazyWords,
}

impl Item {
    /// A content file that no search has read yet.
    pub fn new(card: Card, entry: Arc<Entry>) -> Self {
        Self {
            card: Sealed::new(card),
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
    pub assets: BTreeMap<String, Bytes>,
    /// Everything that can be asked for, but the files of the search.
    pub routes: Routes,
    /// The addresses that two would have.
    pub clashes: Vec<route::Clash>,
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
    pub assets: BTreeMap<String, Bytes>,
    /// Names of the theme's fingerprinted files, as paths from the site's root.
    pub theme_assets: Vec<String>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The moment that the site is made for: what is under embargo then is left out. `None` leaves nothing out.
    pub moment: Option<jiff::Timestamp>,
}

impl Site {
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
            let mut routes: Routes = routes.collect();
            routes.extend(route::hosts::packed_twins(self, &routes, &self.routes));
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

    /// The content file that another one is a translation of, where it names one that is there; it may name itself.
    pub fn original(&self, item: &Item) -> Option<&Item> {
        let key = item.card.translation_key.trim_start_matches("@/");
        self.item(&format!("{}.md", key.strip_suffix(".md").unwrap_or(key)))
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
