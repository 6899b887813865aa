//! `Renderer` → faults of the whole site: links and fragments that lead nowhere, missing translations. Each fault once, at its first place.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    render::Renderer,
    site::{Item, Route, Site, route},
};

/// What one rendered page holds.
#[derive(Debug, Default)]
struct Page {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
}

/// Renders the whole site in memory and looks for faults, those of rendering included.
pub fn check(renderer: &Renderer) -> Vec<Diagnostic> {
    let site = renderer.site();
    let rendered: Vec<(&String, Result<Page, Diagnostic>, Vec<Diagnostic>)> = site
        .every_route()
        // A packed twin says nothing that its original does not.
        .filter(|(_, route)| !matches!(route, Route::Packed { .. }))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, route)| match renderer.render(route) {
            Ok(rendered) => {
                let page = if is_page(route) {
                    read(&rendered.bytes)
                } else {
                    Page::default()
                };
                (path, Ok(page), rendered.diagnostics)
            }
            Err(error) => (path, Err(error), Vec::new()),
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut pages = BTreeMap::new();
    for (path, page, said) in rendered {
        diagnostics.extend(said);
        match page {
            Ok(page) => {
                pages.insert(path.as_str(), page);
            }
            Err(error) => diagnostics.push(error),
        }
    }
    diagnostics.extend(broken_links(site, &pages));
    diagnostics.extend(missing_strings(renderer));
    diagnostics.extend(missing_versions(site));
    diagnostics
}

fn is_page(route: &Route) -> bool {
    !matches!(
        route,
        Route::Asset(_)
            | Route::ThemeAsset(_)
            | Route::Data(_)
            | Route::Robots
            | Route::SearchFile(_)
            | Route::OpenSearch
            | Route::Host(_)
            | Route::Packed { .. }
    )
}

fn read(html: &[u8]) -> Page {
    let mut page = Page::default();
    for token in Tokenizer::new(html).flatten() {
        let Token::StartTag(tag) = token else {
            continue;
        };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match &***name {
                b"id" => {
                    page.ids.insert(value);
                }
                // A canonical or alternate link is a full address: it is read like any other.
                b"href" | b"src" => {
                    page.links.insert(value);
                }
                _ => {}
            }
        }
    }
    page
}

fn broken_links(site: &Site, pages: &BTreeMap<&str, Page>) -> Vec<Diagnostic> {
    let mut faults: BTreeMap<(String, String), (Diagnostic, usize)> = BTreeMap::new();
    for (path, page) in pages {
        for link in &page.links {
            let Some(message) = fault(site, pages, path, link) else {
                continue;
            };
            let found = place(site, path, link, &message);
            faults
                .entry((link.clone(), message))
                .or_insert((found, 0))
                .1 += 1;
        }
    }
    faults
        .into_values()
        .map(|(found, times)| match times {
            1 => found,
            n => Diagnostic {
                message: format!("{} (and on {} more pages)", found.message, n - 1),
                ..found
            },
        })
        .collect()
}

/// What is wrong with a link of the page at `path`; nothing where it leads out of the site.
fn fault(site: &Site, pages: &BTreeMap<&str, Page>, path: &str, link: &str) -> Option<String> {
    let base = &site.config.base_url;
    let own = link
        .strip_prefix(base.origin())
        .filter(|rest| !base.origin().is_empty() && rest.starts_with('/'));
    let link = own.unwrap_or(link);
    let (target, fragment) = link
        .split_once('#')
        .map_or((link, None), |(t, f)| (t, Some(f)));
    let target = target.split('?').next().unwrap_or_default();
    let target = if target.is_empty() {
        path.to_owned()
    } else if target.starts_with("//")
        || target
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'))
    {
        return None;
    } else if let Some(inside) = format!("{target}/")
        .strip_prefix(base.path())
        .map(|_| target.get(base.path().len() - 1..).unwrap_or("/"))
    {
        inside.to_owned()
    } else if target.starts_with('/') {
        return Some(format!(
            "the link {link} leads out of the site, which lies under {}",
            base.path()
        ));
    } else {
        beside(path, target)
    };
    let decoded = percent_decode_str(&target).decode_utf8_lossy();
    if site.route(&decoded).is_none() {
        let hint = if site.routes.contains_key(&format!("{decoded}/")) {
            ": it lacks the slash at its end"
        } else {
            ""
        };
        return Some(format!("the link {link} leads nowhere{hint}"));
    }
    let fragment = percent_decode_str(fragment.filter(|f| !f.is_empty())?).decode_utf8_lossy();
    let found = pages
        .get(&*decoded)
        .is_none_or(|page| page.ids.contains(&*fragment));
    (!found).then(|| format!("the link {link} names a fragment that {decoded} does not have"))
}

/// A relative link as a path from the site's root.
fn beside(path: &str, relative: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if relative.ends_with(['/', '.']) && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{slash}", parts.join("/"))
}

/// The fault at the file and line that a person can mend, where the link is in a content file.
fn place(site: &Site, path: &str, link: &str, message: &str) -> Diagnostic {
    let item = match site.route(path) {
        Some(Route::Briefing(at)) => site.briefings.get(*at),
        Some(Route::Page(at)) => site.pages.get(*at),
        Some(Route::Section { section, .. }) => {
            site.sections.get(*section).and_then(|s| s.index.as_ref())
        }
        _ => None,
    };
    match item.and_then(|item| Some((item, line_of(site, item, link)?))) {
        Some((item, line)) => {
            Diagnostic::error(format!("content/{}", item.card.source), message).at(line)
        }
        None => Diagnostic::error(route::output_file(path), message)
            .help("the link comes from the theme or from site.yaml"),
    }
}

fn line_of(site: &Site, item: &Item, link: &str) -> Option<usize> {
    let from_root = link
        .strip_prefix(site.config.base_url.path())
        .map(|rest| format!("/{rest}"));
    let at = [Some(link), from_root.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|link| item.entry.body.find(link))?;
    let above = item.entry.body.get(..at)?;
    Some(item.entry.body_line + above.matches('\n').count())
}

fn missing_strings(renderer: &Renderer) -> Vec<Diagnostic> {
    let languages = &renderer.site().config.languages;
    languages
        .iter()
        .filter_map(|lang| {
            let missing = renderer.missing_strings(lang);
            let first: Vec<&str> = missing.iter().take(5).map(String::as_str).collect();
            (!missing.is_empty()).then(|| {
                let more = if missing.len() > 5 { ", …" } else { "" };
                Diagnostic::warning(
                    format!(
                        "themes/{}/strings/{lang}.yaml",
                        renderer.site().config.theme
                    ),
                    format!(
                        "{} of the interface's strings have no version in this language: {}{more}",
                        missing.len(),
                        first.join(", ")
                    ),
                )
                .help("English is shown in their place; write them in that file")
            })
        })
        .collect()
}

/// Ordinary pages that lack a version in one of the site's languages.
fn missing_versions(site: &Site) -> Vec<Diagnostic> {
    let sections = site.sections.iter().filter_map(|s| s.index.as_ref());
    let mut notes = Vec::new();
    for item in site.pages.iter().chain(sections) {
        let versions = site
            .translations
            .get(&item.card.source)
            .map_or(&[][..], Vec::as_slice);
        if item.card.lang != site.config.default_language {
            continue;
        }
        let missing: Vec<&str> = site
            .config
            .languages
            .iter()
            .filter(|lang| **lang != item.card.lang && !versions.iter().any(|v| v.lang == **lang))
            .map(crate::model::Lang::as_str)
            .collect();
        if let Some(first) = missing.first() {
            let name = item.card.source.trim_end_matches(".md");
            notes.push(
                Diagnostic::note(
                    format!("content/{}", item.card.source),
                    format!("there is no version in {}", missing.join(", ")),
                )
                .help(format!("write content/{name}.{first}.md")),
            );
        }
    }
    notes
}
