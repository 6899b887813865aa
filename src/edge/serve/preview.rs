//! The site that is shown: the last good renderer, what is wrong now, and the last good bytes of pages that fail.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use bytes::Bytes;
use tokio::sync::watch;

use super::evidence;
use crate::{
    diagnostic::{Diagnostic, Severity},
    edge::workshop::Turn,
    render::Renderer,
    site::Route,
};

/// Last good pages that are kept for the time when they fail.
const KEPT: usize = 256;

/// The state that requests see and rebuilds replace.
#[derive(Debug)]
pub struct Preview {
    root: PathBuf,
    shown: RwLock<Shown>,
    good: Mutex<BTreeMap<String, Bytes>>,
    version: watch::Sender<u64>,
}

#[derive(Clone, Debug, Default)]
struct Shown {
    renderer: Option<Arc<Renderer>>,
    errors: Arc<Vec<Diagnostic>>,
}

/// What a path of the site is.
#[derive(Debug)]
pub enum Found {
    /// The page, or its last good version.
    Page(Bytes),
    /// It lies at the same path with a slash.
    Slash,
    /// There is nothing; the bytes are 404.html.
    Nothing(Bytes),
    /// It is there, but can't be rendered and never could.
    Broken(Diagnostic),
    /// There is no site yet.
    NoSite,
}

impl Preview {
    /// Nothing to show yet of the site in the folder `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            shown: RwLock::default(),
            good: Mutex::default(),
            version: watch::channel(0).0,
        }
    }

    /// Shows the outcome of a rebuild, and tells the browsers. Where there is no new renderer, or its theme lacks a template that does not
    /// compile, the last good one stays.
    pub fn show(&self, turn: &mut Turn) {
        let errors = turn
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error);
        let before = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            let in_theme = |d: &Diagnostic| d.is_error() && d.file.starts_with("themes/");
            let usable = shown.renderer.is_none() || !turn.diagnostics.iter().any(in_theme);
            shown.errors = Arc::new(errors.cloned().collect());
            let renderer = turn.renderer.take().filter(|_| usable);
            renderer.and_then(|renderer| shown.renderer.replace(Arc::new(renderer)))
        };
        self.version.send_modify(|version| *version += 1);
        // Nobody waits while the old site is taken apart.
        drop(before);
    }

    /// The number of rebuilds, and its changes.
    pub fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// The path below which the site lies.
    pub fn base_path(&self) -> String {
        self.shown().renderer.map_or_else(
            || "/".to_owned(),
            |r| r.site().config.base_url.path().to_owned(),
        )
    }

    /// What is at a path from the site's root. Renders. While something is wrong, a page that was seen before stays as it was.
    pub fn find(&self, path: &str) -> Found {
        let shown = self.shown();
        let Some(renderer) = shown.renderer else {
            return Found::NoSite;
        };
        let site = renderer.site();
        let Some(route) = site.route(path) else {
            if site.routes.contains_key(&format!("{path}/")) {
                return Found::Slash;
            }
            if let Some(page) = self.seen(path).filter(|_| !shown.errors.is_empty()) {
                return Found::Page(page);
            }
            let missing = renderer
                .render(&Route::NotFound)
                .map(|r| r.bytes)
                .unwrap_or_default();
            return Found::Nothing(missing.into());
        };
        // Files that may be large are handed out, not copied, and are never broken.
        if let Route::Asset(path) = route
            && let Some(bytes) = site.assets.get(path)
        {
            return Found::Page(bytes.clone());
        }
        match renderer.render(route) {
            Ok(rendered) => {
                let page: Bytes = rendered.bytes.into();
                self.keep(path, &page);
                Found::Page(page)
            }
            Err(error) => self.seen(path).map_or(Found::Broken(error), Found::Page),
        }
    }

    fn seen(&self, path: &str) -> Option<Bytes> {
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.get(path).cloned()
    }

    fn keep(&self, path: &str, page: &Bytes) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        if good.len() >= KEPT {
            good.clear();
        }
        good.insert(path.to_owned(), page.clone());
    }

    /// What is wrong now: with the site, and with the page at `path`.
    pub fn errors(&self, path: Option<&str>) -> Vec<Diagnostic> {
        let shown = self.shown();
        let mut errors = shown.errors.to_vec();
        if let (Some(renderer), Some(path)) = (&shown.renderer, path)
            && let Some(route) = renderer.site().route(path)
        {
            match renderer.render(route) {
                Ok(rendered) => errors.extend(
                    rendered
                        .diagnostics
                        .into_iter()
                        .filter(Diagnostic::is_error),
                ),
                Err(error) => errors.push(error),
            }
        }
        errors.sort();
        errors.dedup();
        errors
    }

    /// Why the values of the page at `path` are what they are, as JSON.
    pub fn evidence(&self, path: Option<&str>) -> serde_json::Value {
        let Some(renderer) = self.shown().renderer else {
            return serde_json::Value::Null;
        };
        let route = path.and_then(|path| renderer.site().route(path));
        evidence::evidence(&renderer, route, &self.root)
    }

    fn shown(&self) -> Shown {
        self.shown
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
