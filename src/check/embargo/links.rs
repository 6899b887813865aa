//! Public texts and settings + what is under embargo → references to it: links of any spelling, keys of front matter, addresses.

use std::{cell::LazyCell, collections::BTreeMap};

use super::{Embargo, until};
use crate::{
    check::{
        items,
        links::{Lead, lead},
    },
    content::{
        addresses::addresses,
        moved::{Moves, referred},
        named,
    },
    diagnostic::{Diagnostic, Lines, Rule},
    site::{
        Item, Route, Site,
        data::{self, Data, Picture},
        life,
    },
};

/// What is looked for.
struct Wanted<'a> {
    embargo: &'a Embargo<'a>,
    /// Each source, going nowhere else.
    sources: Moves,
    /// The addresses at which the public site has nothing, without slashes at the ends, and whose they are: pages, files beside them, redirects.
    addresses: BTreeMap<&'a str, &'a str>,
}

/// The references in public files, one for each two files, and in the settings (their name and text).
pub(super) fn references(embargo: &Embargo<'_>, settings: Option<(&str, &str)>) -> Vec<Diagnostic> {
    let public = embargo.public;
    let sources = embargo.held.iter().map(|(held, _)| held.source.clone());
    let unknown = embargo
        .whole
        .every_route()
        .filter(|(path, _)| public.route(path).is_none());
    let wanted = Wanted {
        embargo,
        sources: sources.map(|source| (source.clone(), source)).collect(),
        addresses: unknown
            .filter_map(|(path, route)| {
                let source = &of_route(embargo.whole, route)?.card.source;
                Some((path.trim_matches('/'), source.as_str()))
            })
            .collect(),
    };
    let mut found: Vec<Diagnostic> = items(public)
        .flat_map(|other| in_file(&wanted, other))
        .collect();
    if let Some((name, text)) = settings {
        found.extend(in_settings(&wanted, name, text));
    }
    found
}

/// The content file that an address is of.
fn of_route<'a>(site: &'a Site, route: &Route) -> Option<&'a Item> {
    match route {
        Route::Withdrawn(at) => site.withdrawn.get(*at),
        Route::Data(Data::Ninjs(at) | Data::Card(Picture::Briefing(at))) => site.briefings.get(*at),
        Route::Data(Data::Markdown(source)) => site.item(source),
        Route::Redirect(path) => match site.route(path)? {
            Route::Redirect(_) => None,
            route => of_route(site, route),
        },
        route => data::item(site, route),
    }
}

fn in_file(wanted: &Wanted<'_>, other: &Item) -> Vec<Diagnostic> {
    let front = &other.entry.front;
    let body = &other.entry.body;
    let text = body.file();
    let places = LazyCell::new(|| Lines::of(text, 1));
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (source, at) in referred(&other.card.source, text, &wanted.sources) {
        lines.insert(source, places.at(at));
    }
    for address in addresses(body) {
        if let Some(source) = wanted.at(&address.dest) {
            let line = places.at(body.above().len() + address.behind);
            lines.entry(source).or_insert(line);
        }
    }
    for (key, reference) in named::keys(front) {
        let named = life::source(reference);
        if let Some((source, _)) = wanted.sources.get_key_value(&named) {
            lines.entry(source).or_insert(front.line(&[key]));
        }
    }
    let help =
        "take the reference out until then, or hold this file back with the same `embargo_until`";
    let file = format!("content/{}", other.card.source);
    wanted.told(&file, &lines, help)
}

fn in_settings(wanted: &Wanted<'_>, name: &str, text: &str) -> Vec<Diagnostic> {
    let site = wanted.embargo.public;
    let places = Lines::of(text, 1);
    let mut lines: BTreeMap<&str, usize> = referred("", text, &wanted.sources)
        .into_iter()
        .map(|(source, at)| (source, places.at(at)))
        .collect();
    for lang in &site.config.languages {
        let words = site.config.words(lang);
        for link in words.navigation.iter().chain(words.footer) {
            if let Some(source) = wanted.at(&link.url) {
                let at = text.find(&link.url).unwrap_or_default();
                lines.entry(source).or_insert(places.at(at));
            }
        }
    }
    wanted.told(name, &lines, "take the link out until then")
}

impl<'a> Wanted<'a> {
    /// The source of what is at an address: a path from the site's root, or a full one.
    fn at(&self, link: &str) -> Option<&'a str> {
        let public: &Site = self.embargo.public;
        let rooted = link.starts_with('/') && !link.starts_with("//");
        let link = match link {
            path if rooted => public.config.base_url.rooted(path),
            link if link.contains("//") => link.to_owned(),
            _ => return None,
        };
        let Lead::Here(path, _) = lead(public, "/", &link) else {
            return None;
        };
        let path = path.trim_end_matches("index.html").trim_matches('/');
        self.addresses.get(path).copied()
    }

    fn told(&self, file: &str, lines: &BTreeMap<&str, usize>, help: &str) -> Vec<Diagnostic> {
        let all = self.embargo.held.iter();
        all.filter_map(|(held, _)| {
            let line = lines.get(held.source.as_str())?;
            let message = format!("this public file refers to {}", until(held));
            let found = Diagnostic::error(file, message).rule(Rule::EmbargoLink);
            Some(found.at(*line).help(help))
        })
        .collect()
    }
}
