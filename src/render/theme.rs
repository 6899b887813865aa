//! Theme files → compiled templates, strings and fingerprinted assets. A template that does not compile is left out and reported.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use tera::Tera;

use super::strings::Strings;
use crate::{
    diagnostic::{Diagnostic, utf8},
    distill::digest,
    yaml,
};

mod faults;
mod reach;

pub use faults::diagnostic;
use faults::{faults, file_of};
pub use reach::Reach;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The one template that no page has unless it names it: a theme whose own templates do not fit it goes without.
const SHOWCASE: &str = "default/components-page.html";

/// Files of themes/ by path from there: `default/templates/page.html`.
pub type ThemeFiles = BTreeMap<String, Arc<[u8]>>;

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
    assets: Arc<BTreeMap<String, Arc<[u8]>>>,
    /// Name in static/ → fingerprinted path.
    names: Arc<BTreeMap<String, String>>,
}

/// theme.yaml
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// Shown in messages.
    #[allow(dead_code, reason = "read so that a theme may state it")]
    name: String,
    /// The theme whose files are used where this one has none; `default` where nothing is said.
    extends: Option<String>,
    /// The first version of Dépêche that can render the theme.
    min_version: Option<String>,
}

impl Theme {
    /// The theme with a style sheet more, `settings.css`, where `css` is any.
    #[must_use]
    pub fn with_style(mut self, css: &str) -> Self {
        if !css.is_empty() {
            let address = fingerprinted("settings.css", css.as_bytes());
            Arc::make_mut(&mut self.names).insert("settings.css".to_owned(), address.clone());
            Arc::make_mut(&mut self.assets).insert(address, css.as_bytes().into());
        }
        self
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
    chain: Vec<String>,
    /// Those of the embedded theme among them.
    files: ThemeFiles,
    /// Those of the site.
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
        let mut files: ThemeFiles = embedded().clone();
        let own_files = own.iter();
        files.extend(own_files.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))));
        let chain = chain(name, &files, &mut said);
        let same = |folder: &str| {
            let before = before.as_ref().filter(|before| before.chain == chain)?;
            let all = chain.iter().all(|theme| {
                let prefix = format!("{theme}/{folder}/");
                within(&before.files, &prefix).eq(within(&files, &prefix))
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
            chain: chain.clone().into(),
            assets,
            names,
        };
        Self {
            theme,
            said,
            said_of_words,
            name: name.to_owned(),
            chain,
            files,
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

/// The files whose paths begin with `prefix`.
fn within<'f>(
    files: &'f ThemeFiles,
    prefix: &str,
) -> impl Iterator<Item = (&'f String, &'f Arc<[u8]>)> {
    let from = files.range(prefix.to_owned()..);
    from.take_while(move |(path, _)| path.starts_with(prefix))
}

/// The files of the embedded theme.
fn embedded() -> &'static ThemeFiles {
    fn walk(dir: &Dir<'_>, files: &mut ThemeFiles) {
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

/// The theme, what it extends, and so on down to the default theme.
fn chain(name: &str, files: &ThemeFiles, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(theme) = next.take().filter(|t| t != "default") {
        let file = format!("themes/{theme}/theme.yaml");
        if chain.contains(&theme) {
            diagnostics.push(Diagnostic::error(
                file,
                format!("the theme `{theme}` extends itself"),
            ));
            break;
        }
        if !files
            .keys()
            .any(|path| path.starts_with(&format!("{theme}/")))
        {
            diagnostics.push(
                Diagnostic::error("site.yaml", format!("there is no theme `{theme}`")).help(
                    format!("make the folder themes/{theme}, or set `theme: default`"),
                ),
            );
            break;
        }
        let manifest = files
            .get(&format!("{theme}/theme.yaml"))
            .map(|bytes| yaml::parse::<Manifest>(&file, utf8(&file, bytes)?, 1));
        match manifest {
            Some(Ok(manifest)) => {
                if let Some(wanted) = manifest
                    .min_version
                    .filter(|v| newer(v, env!("CARGO_PKG_VERSION")))
                {
                    diagnostics.push(Diagnostic::warning(
                        file,
                        format!(
                            "the theme needs Dépêche {wanted}; this is {}",
                            env!("CARGO_PKG_VERSION")
                        ),
                    ));
                }
                next = manifest.extends;
            }
            Some(Err(error)) => diagnostics.push(error),
            None => {}
        }
        chain.push(theme);
    }
    chain.push("default".to_owned());
    chain
}

fn newer(a: &str, b: &str) -> bool {
    let parts = |v: &str| {
        v.split('.')
            .map(|p| p.parse::<u64>().unwrap_or(0))
            .collect::<Vec<_>>()
    };
    parts(a) > parts(b)
}

fn compile(
    chain: &[String],
    files: &ThemeFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Tera, BTreeMap<String, String>) {
    let mut templates: BTreeMap<String, String> = BTreeMap::new();
    for theme in chain {
        let prefix = format!("{theme}/templates/");
        for (path, bytes) in within(files, &prefix) {
            let name = format!("{theme}/{}", path.strip_prefix(&prefix).unwrap_or(path));
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    templates.insert(name, text.to_owned());
                }
                Err(_) => diagnostics.push(
                    Diagnostic::error(format!("themes/{path}"), "the template is not UTF-8")
                        .help("save it as UTF-8"),
                ),
            }
        }
    }
    loop {
        let mut tera = Tera::new();
        let prefixes: Vec<String> = chain.iter().map(|theme| format!("{theme}/")).collect();
        // Both can only fail on a Tera that has templates already.
        let _ = tera.set_fallback_prefixes(prefixes);
        super::filters::register(&mut tera);
        super::bounds::register(&mut tera);
        super::functions::placeholders(&mut tera);
        let Err(error) =
            tera.add_raw_templates(templates.iter().map(|(n, t)| (n.as_str(), t.as_str())))
        else {
            return (tera, templates);
        };
        // An error that names no template of ours would never go away.
        if !leave_out(&error, chain, &mut templates, diagnostics) {
            return (Tera::new(), BTreeMap::new());
        }
    }
}

/// Leaves out the templates that are the cause of an error, and says why. `false` where there is none.
fn leave_out(
    error: &tera::Error,
    chain: &[String],
    templates: &mut BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    const HELP: &str =
        "the template was left out; mend it, or delete it to use the default theme's";
    let place = |file: &str| {
        let (theme, name) = file.strip_prefix("themes/")?.split_once("/templates/")?;
        let depth = chain.iter().position(|t| t == theme)?;
        Some((depth, name.to_owned()))
    };
    let found = faults(error);
    // What is wrong in the nearest theme may be the cause of what is wrong in those that it extends.
    let nearest = found.iter().filter_map(|f| place(&f.file)).min();
    let Some((nearest, _)) = nearest else {
        diagnostics.extend(found);
        return false;
    };
    let nearer = |name: &str| {
        chain
            .iter()
            .take(nearest)
            .map(|theme| format!("{theme}/{name}"))
            .find(|full| templates.contains_key(full))
    };
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut lacking: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for said in found {
        let Some((_, name)) = place(&said.file).filter(|(depth, _)| *depth == nearest) else {
            continue;
        };
        let full = format!("{}/{name}", chain.get(nearest).map_or("", String::as_str));
        let block = said
            .message
            .strip_prefix("Block `")
            .and_then(|rest| rest.split('`').next());
        let base = templates
            .get(&full)
            .and_then(|source| extended(source))
            .and_then(nearer);
        let spare = full == SHOWCASE;
        if spare || nearer(&name).is_some() {
            // A template that a nearer theme replaces is missed by nobody; nor is the page of components where a theme has a page of another make.
            out.insert(full);
        } else if let (Some(block), Some(base)) = (block, base) {
            lacking
                .entry(base)
                .or_default()
                .insert(format!("`{block}`"));
        } else {
            out.insert(full);
            diagnostics.push(said.help(HELP));
        }
    }
    for (base, blocks) in lacking {
        let blocks: Vec<String> = blocks.into_iter().collect();
        let message = format!(
            "it lacks blocks that other templates of the site fill: {}",
            blocks.join(", ")
        );
        diagnostics.push(Diagnostic::error(file_of(&base), message).help(
            "the template was left out; give it these blocks, or write the other templates in this theme, too",
        ));
        out.insert(base);
    }
    let before = templates.len();
    templates.retain(|name, _| !out.contains(name));
    templates.len() < before
}

/// The name in a template's `{% extends "…" %}`.
fn extended(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("extends")?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
    rest.get(1..)?.split(quote).next()
}

type Assets = (BTreeMap<String, Arc<[u8]>>, BTreeMap<String, String>);

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
            by_path.insert(address, Arc::clone(bytes));
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
