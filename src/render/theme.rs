//! Theme files → a theme: compiled templates, strings and fingerprinted assets. What an edit can't have changed is kept.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use include_dir::{Dir, include_dir};
use tera::Tera;

use super::strings::Strings;
use crate::{diagnostic::Diagnostic, distill::digest};

mod chain;
mod compile;
mod faults;
mod reach;

use chain::chain;
use compile::compile;
pub use faults::diagnostic;
use faults::file_of;
pub use reach::Reach;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Files of themes/ by path from there: `default/templates/page.html`.
pub type ThemeFiles = BTreeMap<String, Bytes>;

/// A theme and those it extends, compiled.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The templates, by `<theme>/<template>` and by `<template>` through the chain.
    pub tera: Arc<Tera>,
    /// The words of the interface.
    pub strings: Arc<Strings>,
    /// The themes, the nearest first.
    chain: Arc<[String]>,
    reaches: Arc<BTreeMap<String, Reach>>,
    /// Fingerprinted path from the site's root → bytes.
    assets: Arc<BTreeMap<String, Bytes>>,
    /// Name in static/ → fingerprinted path.
    names: Arc<BTreeMap<String, String>>,
}

impl Theme {
    /// The theme with a style sheet more, `settings.css`, where `css` is any.
    #[must_use]
    pub fn with_style(mut self, css: &str) -> Self {
        if !css.is_empty() {
            let address = fingerprinted("settings.css", css.as_bytes());
            Arc::make_mut(&mut self.names).insert("settings.css".to_owned(), address.clone());
            Arc::make_mut(&mut self.assets).insert(address, Bytes::from(css.to_owned()));
        }
        self
    }

    /// What each template rests on.
    pub(super) fn reaches(&self) -> Arc<BTreeMap<String, Reach>> {
        Arc::clone(&self.reaches)
    }

    /// What a template rests on, by the name that a page asks for it.
    pub fn reach(&self, template: &str) -> Option<&Reach> {
        self.reaches.get(template)
    }

    /// The file of a template, by the name that a page asks for it.
    pub fn file(&self, template: &str) -> String {
        let mut all = self.chain.iter().map(|theme| format!("{theme}/{template}"));
        let found = all.find(|full| self.reaches.contains_key(full));
        file_of(found.as_deref().unwrap_or(template))
    }

    /// The fingerprinted paths of all files in static/.
    pub fn asset_paths(&self) -> Vec<String> {
        self.assets.keys().cloned().collect()
    }

    /// The bytes of a fingerprinted path.
    pub fn asset(&self, path: &str) -> Option<&[u8]> {
        self.assets.get(path).map(|b| &**b)
    }

    /// Names in static/ → fingerprinted paths.
    pub fn asset_names(&self) -> Arc<BTreeMap<String, String>> {
        Arc::clone(&self.names)
    }
}

/// A theme with what it was compiled from, so that an edit compiles again what it can have changed.
#[derive(Clone, Debug)]
pub struct Compiled {
    theme: Theme,
    said: Vec<Diagnostic>,
    /// What was said of the words of the interface.
    said_of_words: Vec<Diagnostic>,
    name: String,
    /// The files of the site.
    own: ThemeFiles,
}

impl Compiled {
    /// Compiles the theme `name`. Files of the site win over the embedded default theme. `before` is what was compiled last, which may be of other files.
    pub fn of(name: &str, own: &ThemeFiles, before: Option<Self>) -> Self {
        let before = match before {
            Some(same) if same.name == name && same.own == *own => return same,
            before => before,
        };
        let mut said = Vec::new();
        let files = with_embedded(own);
        let files_before = before.as_ref().map(|before| with_embedded(&before.own));
        let chain = chain(name, &files, &mut said);
        let same = |folder: &str| {
            let (before, files_before) = before.as_ref().zip(files_before.as_ref())?;
            if *before.theme.chain != *chain {
                return None;
            }
            let all = chain.iter().all(|theme| {
                let prefix = format!("{theme}/{folder}/");
                within(files_before, &prefix).eq(within(&files, &prefix))
            });
            all.then_some(before)
        };
        let (strings, said_of_words) = if let Some(before) = same("strings") {
            let strings = Arc::clone(&before.theme.strings);
            (strings, before.said_of_words.clone())
        } else {
            let mut said = Vec::new();
            let strings = Strings::load(&chain, &files, &mut said);
            (Arc::new(strings), said)
        };
        let (assets, names) = if let Some(before) = same("static") {
            let theme = &before.theme;
            (Arc::clone(&theme.assets), Arc::clone(&theme.names))
        } else {
            let (assets, names) = assets(&chain, &files);
            (Arc::new(assets), Arc::new(names))
        };
        let (tera, templates) = compile(&chain, &files, &mut said);
        let theme = Theme {
            tera: Arc::new(tera),
            strings,
            reaches: Arc::new(reach::reaches(&chain, &templates)),
            chain: chain.into(),
            assets,
            names,
        };
        Self {
            theme,
            said,
            said_of_words,
            name: name.to_owned(),
            own: own.clone(),
        }
    }

    /// The theme.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// What was said of its files.
    pub fn said(&self) -> impl Iterator<Item = &Diagnostic> {
        self.said.iter().chain(&self.said_of_words)
    }
}

/// The files of a site's themes, and where it has none of the name those of the embedded theme.
fn with_embedded(own: &ThemeFiles) -> ThemeFiles {
    let mut files = embedded().clone();
    let own = own.iter();
    files.extend(own.map(|(path, bytes)| (path.clone(), bytes.clone())));
    files
}

/// The files whose paths begin with `prefix`.
fn within<'f>(
    files: &'f ThemeFiles,
    prefix: &str,
) -> impl Iterator<Item = (&'f String, &'f Bytes)> {
    let from = files.range(prefix.to_owned()..);
    from.take_while(move |(path, _)| path.starts_with(prefix))
}

/// What the embedded theme's templates say of each component, in the comment before it.
pub(super) fn notes() -> BTreeMap<String, String> {
    let templates = within(embedded(), "default/templates/");
    let sources = templates.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let mut notes = BTreeMap::new();
    for (before, after) in sources.flat_map(|source| {
        let places = source.match_indices("{% component ");
        places.map(|(at, mark)| (&source[..at], &source[at + mark.len()..]))
    }) {
        let note = before.trim_end().strip_suffix("#}");
        let note = note.and_then(|text| text.rsplit_once("{#"));
        let name = after.split('(').next().unwrap_or_default();
        let words = note.map(|(_, note)| note.split_whitespace().collect::<Vec<_>>().join(" "));
        notes.insert(name.to_owned(), words.unwrap_or_default());
    }
    notes
}

/// The files of the embedded theme.
fn embedded() -> &'static ThemeFiles {
    fn walk(dir: &Dir<'static>, files: &mut ThemeFiles) {
        for file in dir.files() {
            if let Some(path) = file.path().to_str() {
                files.insert(
                    format!("default/{}", path.replace('\\', "/")),
                    file.contents().into(),
                );
            }
        }
        dir.dirs().for_each(|d| walk(d, files));
    }
    static FILES: OnceLock<ThemeFiles> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = ThemeFiles::new();
        walk(&DEFAULT, &mut files);
        files
    })
}

type Assets = (BTreeMap<String, Bytes>, BTreeMap<String, String>);

fn assets(chain: &[String], files: &ThemeFiles) -> Assets {
    let (mut by_path, mut by_name) = (BTreeMap::new(), BTreeMap::new());
    for theme in chain {
        let prefix = format!("{theme}/static/");
        for (path, bytes) in within(files, &prefix) {
            let name = path.strip_prefix(&prefix).unwrap_or(path);
            if by_name.contains_key(name) {
                continue;
            }
            let address = fingerprinted(name, bytes);
            by_name.insert(name.to_owned(), address.clone());
            by_path.insert(address, bytes.clone());
        }
    }
    (by_path, by_name)
}

/// The path of a file in static/, which changes with its bytes.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let mark: String = digest(bytes).chars().take(10).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let dot = if ending.is_empty() { "" } else { "." };
    format!("/assets/{stem}.{mark}{dot}{ending}")
}
