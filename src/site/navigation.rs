//! `Site` → the navigation tree of one interface language: sections and their pages, each in that language where it exists.

use serde::Serialize;

use super::{Card, Site};
use crate::model::Lang;

/// One link of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// The words.
    pub title: String,
    /// Path from the host's root.
    pub path: String,
    /// The language of the title.
    pub lang: Lang,
    /// How many pages and sections lie directly below.
    pub count: usize,
    /// The first [`SHOWN`] of them.
    pub children: Vec<Node>,
}

/// So many pages of one section stand in the tree, which is on every page of that section: the section's own page has them all.
pub const SHOWN: usize = 100;

/// The tree: the top-level sections and pages; the root itself is not in it.
pub fn navigation(site: &Site, ui: usize) -> Vec<Node> {
    children(site, 0, ui)
}

/// A section's link with what is below it.
fn branch(site: &Site, card: &Card, ui: usize, mut below: Vec<Node>) -> Node {
    let count = below.len();
    below.truncate(SHOWN);
    Node {
        count,
        children: below,
        ..leaf(site, card, ui)
    }
}

fn children(site: &Site, section: usize, ui: usize) -> Vec<Node> {
    let Some(section) = site.sections.get(section) else {
        return Vec::new();
    };
    let mut nodes: Vec<(i64, Node)> = Vec::new();
    for &at in &section.subsections {
        let Some(index) = site.sections.get(at).and_then(|s| s.index.as_ref()) else {
            continue;
        };
        let below = children(site, at, ui);
        nodes.push((index.card.weight, branch(site, &index.card, ui, below)));
    }
    for item in section.pages.iter().filter_map(|at| site.pages.get(*at)) {
        nodes.push((item.card.weight, leaf(site, &item.card, ui)));
    }
    nodes.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.title.cmp(&b.1.title)));
    nodes.into_iter().map(|(_, node)| node).collect()
}

fn leaf(site: &Site, card: &Card, ui: usize) -> Node {
    let lang = site.ui_lang(ui);
    let version = site
        .translations
        .get(&card.source)
        .and_then(|all| all.iter().find(|v| v.lang == *lang));
    let (title, path, lang) = version.map_or((&card.title, &card.path, &card.lang), |v| {
        (&v.title, &v.path, &v.lang)
    });
    Node {
        title: title.clone(),
        path: site.config.base_url.rooted(path),
        lang: lang.clone(),
        count: 0,
        children: Vec::new(),
    }
}
