//! Links of rendered pages → those that lead nowhere, each fault once, at its first place; and where each link leads within the site.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, btree_map::Entry},
};

use super::{
    lines::{LinkLines, decoded},
    page::Page,
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    render::Renderer,
    site::{Item, Route, Site, route},
};

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To another site, or to no page.
    Elsewhere,
    /// Out of the site, on its host.
    Beyond(String),
    /// To a path of the site, decoded, and its fragment.
    Here(String, Option<String>),
}

/// Where a link of the page at `path` leads.
pub(super) fn lead(site: &Site, path: &str, link: &str) -> Lead {
    let base = &site.config.base_url;
    let own = link
        .strip_prefix(base.origin())
        .filter(|rest| !base.origin().is_empty() && rest.starts_with('/'));
    let link = own.unwrap_or(link);
    let (target, fragment) = link
        .split_once('#')
        .map_or((link, None), |(t, f)| (t, Some(f)));
    let target = target.split('?').next().unwrap_or_default();
    let scheme = |target: &str| {
        let first = target.split('/').next();
        first.is_some_and(|first| first.contains(':'))
    };
    let target = if target.is_empty() {
        path.to_owned()
    } else if target.starts_with("//") || scheme(target) {
        return Lead::Elsewhere;
    } else if let Some(inside) = format!("{target}/")
        .strip_prefix(base.path())
        .map(|_| target.get(base.path().len() - 1..).unwrap_or("/"))
    {
        inside.to_owned()
    } else if target.starts_with('/') {
        return Lead::Beyond(link.to_owned());
    } else {
        beside(path, target)
    };
    let fragment = fragment.filter(|f| !f.is_empty()).map(decoded);
    Lead::Here(decoded(&target), fragment)
}

/// Whether a full address is one of another site.
pub(crate) fn is_elsewhere(site: &Site, link: &str) -> bool {
    link != site.config.base_url.origin() && lead(site, "/", link) == Lead::Elsewhere
}

/// The faults. `settings` is the file of settings, its name and text, since it has links, too.
pub(super) fn broken(
    renderer: &Renderer,
    pages: &BTreeMap<&str, Page>,
    settings: Option<(&str, &str)>,
) -> Vec<Diagnostic> {
    let site = renderer.site();
    let mut faults: BTreeMap<(String, String), (Diagnostic, usize)> = BTreeMap::new();
    for (path, page) in pages {
        // Most pages have no fault of their own.
        let lines = LazyCell::new(|| {
            let item = item_at(site, path)?;
            Some((item, LinkLines::of(site, item, &page.links)))
        });
        for link in &page.links {
            let Some((rule, message)) = fault(site, pages, path, link) else {
                continue;
            };
            let new = match faults.entry((link.clone(), message)) {
                Entry::Occupied(mut known) => {
                    known.get_mut().1 += 1;
                    continue;
                }
                Entry::Vacant(new) => new,
            };
            let message = &new.key().1;
            let found = lines
                .as_ref()
                .and_then(|(item, lines)| place(item, lines, link, message))
                .or_else(|| set(site, link, message, settings?))
                .unwrap_or_else(|| {
                    Diagnostic::error(route::output_file(path), message)
                        .help("the link comes from the theme")
                })
                .rule(rule);
            new.insert((found, 1));
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
fn fault(
    site: &Site,
    pages: &BTreeMap<&str, Page>,
    path: &str,
    link: &str,
) -> Option<(Rule, String)> {
    let (target, fragment) = match lead(site, path, link) {
        Lead::Elsewhere => return None,
        Lead::Beyond(link) => {
            let base = site.config.base_url.path();
            let message = format!("the link {link} leads out of the site, which lies under {base}");
            return Some((Rule::LinkBroken, message));
        }
        Lead::Here(target, fragment) => (target, fragment),
    };
    if site.route(&target).is_none() {
        let hint = if site.routes.contains_key(&format!("{target}/")) {
            ": it lacks the slash at its end"
        } else {
            ""
        };
        let message = format!("the link {link} leads nowhere{hint}");
        return Some((Rule::LinkBroken, message));
    }
    // A PDF or a film has fragments of its own: only pages are asked.
    let ids = pages.get(&*target)?.ids.as_ref()?;
    let fragment = fragment?;
    let id = fragment.split(":~:").next().unwrap_or_default();
    let found = id.is_empty() || id.eq_ignore_ascii_case("top") || ids.contains(id);
    let message = || format!("the link {link} names a fragment that {target} does not have");
    (!found).then(|| (Rule::FragmentMissing, message()))
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
fn place(item: &Item, lines: &LinkLines, link: &str, message: &str) -> Option<Diagnostic> {
    let line = lines.first(link)?;
    let found = Diagnostic::error(format!("content/{}", item.card.source), message);
    Some(
        found.at(line).help(
            "mend the link: @/path/to/file.md, /path/ from the site's root, or a full address",
        ),
    )
}

/// The fault at its line of the settings, where the link is in `navigation` or `footer`.
fn set(site: &Site, link: &str, message: &str, (file, text): (&str, &str)) -> Option<Diagnostic> {
    let base = site.config.base_url.path();
    let from_root = link.strip_prefix(base).map(|rest| format!("/{rest}"));
    let languages = site.config.languages.iter();
    let links = languages.flat_map(|lang| {
        let words = site.config.words(lang);
        words.navigation.iter().chain(words.footer)
    });
    let mut urls = links.map(|link| link.url.as_str());
    let url = urls.find(|url| *url == link || from_root.as_deref() == Some(*url))?;
    let above = text.get(..text.find(url)?)?;
    let found = Diagnostic::error(file, message).at(1 + above.matches('\n').count());
    Some(found.help("mend it in `navigation` or `footer`"))
}

fn item_at<'s>(site: &'s Site, path: &str) -> Option<&'s Item> {
    match site.route(path)? {
        Route::Briefing(at) => site.briefings.get(*at),
        Route::Page(at) => site.pages.get(*at),
        Route::Section { section, .. } => site.sections.get(*section)?.index.as_ref(),
        _ => None,
    }
}
