//! What every page of an interface language gets → the part of it that a template can read: threads that render side by side would else take turns at
//! counting who holds values that nobody asks for. Refuses nothing.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde::Serialize;
use tera::{Context, Value};

use super::theme::Reach;

/// Values by name.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<(&'static str, Value)>);

impl Values {
    /// Adds one, as templates see it.
    pub(super) fn insert<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.0.push((name, Value::from_serializable(value)));
    }
}

/// What functions and filters read of a context, whatever the template's names are.
const ALWAYS: &str = "lang";

/// The common values by interface language.
#[derive(Debug)]
pub(super) struct Commons {
    by_language: Vec<Values>,
    reaches: Arc<BTreeMap<String, Reach>>,
    /// By template, then by interface language.
    ready: BTreeMap<String, Box<[OnceLock<Context>]>>,
}

impl Commons {
    /// For the templates that have these reaches.
    pub(super) fn of(by_language: Vec<Values>, reaches: Arc<BTreeMap<String, Reach>>) -> Self {
        let places = || by_language.iter().map(|_| OnceLock::new()).collect();
        let ready = reaches.keys().map(|name| (name.clone(), places()));
        Self {
            ready: ready.collect(),
            reaches,
            by_language,
        }
    }

    /// What a template can read of the common values.
    pub(super) fn context(&self, template: &str, ui: usize) -> Context {
        let place = self.ready.get(template).and_then(|by_ui| by_ui.get(ui));
        match place.zip(self.reaches.get(template)) {
            Some((place, reach)) => {
                let asked = |name: &str| name == ALWAYS || reach.has(name);
                place.get_or_init(|| self.gather(ui, asked)).clone()
            }
            None => self.gather(ui, |_| true),
        }
    }

    /// A context that has all of the common values, and those of another.
    pub(super) fn whole(&self, ui: usize, own: &Context) -> Context {
        let mut all = self.gather(ui, |_| true);
        all.extend(own.clone());
        all
    }

    fn gather(&self, ui: usize, asked: impl Fn(&str) -> bool) -> Context {
        let mut context = Context::new();
        let named = self.by_language.get(ui).into_iter().flat_map(|all| &all.0);
        for (name, value) in named.filter(|(name, _)| asked(name)) {
            context.insert_value(*name, value.clone());
        }
        context
    }
}
