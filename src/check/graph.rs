//! Rendered pages → pages that no other page links to, images that the theme does not describe, files that nothing refers to.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::{
    items,
    links::{Lead, lead},
    page::Page,
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    render::Renderer,
    site::{Site, route},
};

/// Files that a template may read by `load_data`: nobody sees who does.
const DATA: [&str; 8] = ["csv", "json", "toml", "tsv", "txt", "xml", "yaml", "yml"];

/// Ordinary pages that no other page links to.
pub(super) fn orphans(site: &Site, pages: &BTreeMap<&str, Page>) -> Vec<Diagnostic> {
    let mut linked: BTreeSet<String> = BTreeSet::new();
    for (path, page) in pages {
        for link in &page.followed {
            if let Lead::Here(target, _) = lead(site, path, link)
                && target != *path
            {
                linked.insert(target);
            }
        }
    }
    let lonely = site
        .pages
        .iter()
        .filter(|item| !linked.contains(&item.card.path));
    lonely
        .map(|item| {
            Diagnostic::warning(
                format!("content/{}", item.card.source),
                format!("no page links to this one, which is at {}", item.card.path),
            )
            .rule(Rule::Orphan)
            .help("link to it, or name it in `navigation` or `footer` of site.yaml")
        })
        .collect()
}

/// Images of the theme's without `alt`, each once.
pub(super) fn undescribed(pages: &BTreeMap<&str, Page>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, page) in pages {
        for image in &page.undescribed {
            first.entry(image).or_insert(path);
        }
    }
    first
        .into_iter()
        .map(|(image, path)| {
            let message = format!("the image {image} has no `alt`");
            Diagnostic::warning(route::output_file(path), message)
                .rule(Rule::AltMissing)
                .help("give it one in the template: what it shows, or alt=\"\" where it is decoration")
        })
        .collect()
}

/// Files below a folder of content/ that no page refers to, and no template, style or front matter names.
pub(super) fn unused(
    renderer: &Renderer,
    pages: &BTreeMap<&str, Page>,
    named: &[&[u8]],
) -> Vec<Diagnostic> {
    let site = renderer.site();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, page) in pages {
        for link in &page.links {
            if let Lead::Here(target, _) = lead(site, path, link) {
                used.insert(target);
            }
        }
    }
    used.insert(site.config.share_image.clone());
    let above: Vec<&[u8]> = items(site).map(|item| item.entry.body.above()).collect();
    let is_data = |path: &str| {
        let end = path.rsplit_once('.').map(|(_, end)| end.to_lowercase());
        end.is_some_and(|end| DATA.contains(&end.as_str()))
    };
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let names: Vec<String> = site.assets.keys().map(|path| name(path)).collect();
    let Ok(search) = AhoCorasick::new(&names) else {
        return Vec::new();
    };
    let mentioned: BTreeSet<usize> = named
        .iter()
        .chain(&above)
        .flat_map(|text| search.find_overlapping_iter(*text))
        .map(|hit| hit.pattern().as_usize())
        .collect();
    // A file at the top is there for others than readers: a favicon, a proof for a search engine.
    let below = |path: &str| path.matches('/').count() > 1;
    let unused = site.assets.keys().enumerate().filter(|(at, path)| {
        below(path) && !is_data(path) && !used.contains(*path) && !mentioned.contains(at)
    });
    unused
        .map(|(_, path)| {
            Diagnostic::note(format!("content{path}"), "nothing refers to this file")
                .rule(Rule::AssetUnused)
                .help("remove it, or link to it: it is published all the same")
        })
        .collect()
}
