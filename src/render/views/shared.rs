//! What many pages show, each worked out once and then shared, not copied: the links of terms, the cards of briefings, what lies beside a list.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

use foldhash::HashMap;
use serde::Serialize;
use serde_json::json;
use tera::{Error, Tera, TeraResult, Value, value::Key};

use super::{items, terms};
use crate::{
    render::{bounds, commons::Commons},
    site::{
        Item, Site, Taxonomy,
        navigation::{self, Beside},
    },
};

/// Values by what they are of. Holds nothing that the site doesn't say, so that it never outlives its renderer.
#[derive(Debug)]
pub(in crate::render) struct Shared {
    /// By interface language: taxonomy and slug → the link.
    links: Vec<[BTreeMap<String, Value>; 2]>,
    /// By interface language, then by position.
    cards: Vec<Box<[OnceLock<Value>]>>,
    /// By interface language: what stands beside a page of the tree, by its path.
    beside: Vec<OnceLock<BTreeMap<String, Beside>>>,
    /// By name of the variable, then by list and interface language.
    lists: Mutex<HashMap<(&'static str, String), Value>>,
    /// By language, template and key: the HTML, and the numbers that `range` counted for it.
    pieces: RwLock<HashMap<String, (Value, usize)>>,
    /// What renders the pieces, what every page of a language gets, and the bytes that a piece may have.
    theme: OnceLock<(Arc<Tera>, Arc<Commons>, usize)>,
}

impl Shared {
    /// For the values of a site.
    pub(in crate::render) fn of(site: &Site) -> Self {
        let languages = 0..site.config.languages.len();
        let links = |ui: usize| {
            Taxonomy::ALL.map(|taxonomy| {
                let slugs = site.terms_of(taxonomy).keys();
                slugs
                    .map(|slug| (slug.clone(), link(site, taxonomy, slug, ui)))
                    .collect()
            })
        };
        let cards = || site.briefings.iter().map(|_| OnceLock::new()).collect();
        Self {
            links: languages.clone().map(links).collect(),
            cards: languages.clone().map(|_| cards()).collect(),
            beside: languages.map(|_| OnceLock::new()).collect(),
            lists: Mutex::default(),
            pieces: RwLock::default(),
            theme: OnceLock::new(),
        }
    }

    /// Gives it what renders pieces of pages.
    pub(in crate::render) fn bind(&self, tera: Arc<Tera>, commons: Arc<Commons>, limit: usize) {
        // Only a second call could fail.
        let _ = self.theme.set((tera, commons, limit));
    }

    /// A template rendered with some values, once for each key and language: the same briefing stands in dozens of lists.
    pub(in crate::render) fn piece<'v>(
        &self,
        template: &str,
        key: &str,
        ui: usize,
        values: impl Iterator<Item = (String, &'v Value)>,
    ) -> TeraResult<Value> {
        let ui_name = ui.to_string();
        let key = [&ui_name, " ", template, " ", key].concat();
        self.kept(&key, template, ui, values)
    }

    /// The same for each card of a list, one after the other: as `card`, beside the other values. Its key is its path with these.
    pub(in crate::render) fn each(
        &self,
        template: &str,
        ui: usize,
        cards: &[Value],
        values: &[(String, &Value)],
    ) -> TeraResult<Value> {
        // No key of a single piece begins so.
        let mut key = format!("each {ui} {template}");
        for (name, value) in values {
            let text = serde_json::to_string(value);
            let text = text.map_err(|error| Error::message(format!("`{name}`: {error}")))?;
            let safe = if value.is_safe() { "safe" } else { "" };
            key.extend([" ", name, ":", value.name(), safe, "=", &text]);
        }
        key.push(' ');
        let beginning = key.len();
        let limit = self.theme.get().map_or(0, |(_, _, limit)| *limit);
        let mut all = String::new();
        for card in cards {
            let path = card.as_map().and_then(|card| card.get(&Key::Str("path")));
            let path = path.and_then(Value::as_str);
            let path = path.ok_or_else(|| Error::message("each of `cards` needs a `path`"))?;
            key.truncate(beginning);
            key.push_str(path);
            // A piece that is there needs no values.
            let card = std::iter::once_with(|| ("card".to_owned(), card));
            let html = self.kept(&key, template, ui, values.iter().cloned().chain(card))?;
            let html = html.as_str().unwrap_or_default();
            if all.len() + html.len() > limit {
                return Err(bounds::too_much(template, limit));
            }
            all.push_str(html);
        }
        Ok(Value::safe_string(&all))
    }

    /// The piece of a key, rendered where there is none yet.
    fn kept<'v>(
        &self,
        key: &str,
        template: &str,
        ui: usize,
        values: impl Iterator<Item = (String, &'v Value)>,
    ) -> TeraResult<Value> {
        let pieces = self.pieces.read().unwrap_or_else(PoisonError::into_inner);
        let known = pieces.get(key).cloned();
        // What is made below goes in there.
        drop(pieces);
        if let Some((html, counted)) = known {
            return bounds::pay(counted).map(|()| html);
        }
        let Some((tera, commons, limit)) = self.theme.get() else {
            return Err(Error::message("there is no site yet"));
        };
        let mut context = commons.context(template, ui);
        for (name, value) in values {
            context.insert_value(name, value.clone());
        }
        let (html, counted) = bounds::counting(tera, template, &context, *limit)?;
        let html = Value::safe_string(&String::from_utf8_lossy(&html));
        let mut pieces = self.pieces.write().unwrap_or_else(PoisonError::into_inner);
        pieces.insert(key.to_owned(), (html.clone(), counted));
        drop(pieces);
        bounds::pay(counted).map(|()| html)
    }

    /// The link of a term.
    pub(super) fn link(&self, site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> Value {
        let known = self.links.get(ui).and_then(|by_taxonomy| {
            let at = Taxonomy::ALL.iter().position(|t| *t == taxonomy)?;
            by_taxonomy.get(at)?.get(slug)
        });
        known.map_or_else(|| link(site, taxonomy, slug, ui), Clone::clone)
    }

    /// A briefing in a list.
    pub(super) fn briefing(&self, site: &Site, ui: usize, at: usize) -> Option<Value> {
        let item = site.briefings.get(at)?;
        let place = self.cards.get(ui).and_then(|cards| cards.get(at));
        Some(match place {
            Some(place) => place
                .get_or_init(|| items::card(site, self, ui, item))
                .clone(),
            None => items::card(site, self, ui, item),
        })
    }

    /// The links before and after a page in the tree; none of what is not in it, or stands there alone.
    pub(super) fn beside(&self, site: &Site, ui: usize, path: &str) -> Value {
        let all = self.beside.get(ui);
        let all = all.map(|all| all.get_or_init(|| navigation::beside(site, ui)));
        let found = all.and_then(|all| all.get(path));
        let found = found.filter(|beside| beside.iter().any(Option::is_some));
        let fields = found.map(|[before, after]| json!({"before": before, "after": after}));
        Value::from_serializable(&fields)
    }

    /// A content file in a list, by its path from content/.
    pub(super) fn file(&self, site: &Site, ui: usize, source: &str) -> Option<Value> {
        match site.position(source) {
            Some(at) => self.briefing(site, ui, at),
            None => site.item(source).map(|i| items::card(site, self, ui, i)),
        }
    }

    /// Ordinary pages in a list.
    pub(super) fn pages<'a>(
        &self,
        site: &Site,
        ui: usize,
        pages: impl Iterator<Item = &'a Item>,
    ) -> Value {
        let cards: Vec<Value> = pages.map(|i| items::card(site, self, ui, i)).collect();
        Value::from(cards)
    }

    /// The variable `name` of all pages of a list, which begins at the path `first` and has `pages` pages: what is on one page alone is not kept.
    /// Two threads may work out the same value at the same time.
    pub(in crate::render) fn once<T: Serialize>(
        &self,
        name: &'static str,
        (first, pages): (&str, usize),
        make: impl FnOnce() -> T,
    ) -> Value {
        if pages < 2 {
            return Value::from_serializable(&make());
        }
        let key = (name, first.to_owned());
        let lists = || self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lists().get(&key).cloned();
        known.unwrap_or_else(|| {
            let value = Value::from_serializable(&make());
            lists().insert(key, value.clone());
            value
        })
    }
}

fn link(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> Value {
    Value::from_serializable(&terms::link(site, taxonomy, slug, ui))
}
