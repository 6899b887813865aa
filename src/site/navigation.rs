//! `Site` → the navigation tree of one interface language: sections and their pages, each in that language where it exists; and what stands before and
//! after a page in it.

use std::collections::BTreeMap;

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
    /// Whether it is a section.
    #[serde(skip)]
    pub is_section: bool,
    /// How many pages and sections lie directly below.
    pub count: usize,
    /// Those of them that the tree shows: all sections, and the first [`SHOWN`] pages.
    pub children: Vec<Node>,
}

/// So many pages of one section stand in the tree, which is on every page of that section: the section's own page has them all.
pub const SHOWN: usize = 100;

/// The nodes before and after one.
pub type Beside = [Option<Node>; 2];

/// The tree: the top-level sections and all top-level pages; the root itself, which would lead to more of them, is not in it.
pub fn navigation(site: &Site, ui: usize) -> Vec<Node> {
    let mut tree = children(site, 0, ui);
    tree.iter_mut().for_each(cut);
    tree
}

fn cut(node: &mut Node) {
    let mut pages = 0;
    node.children.retain(|child| {
        pages += usize::from(!child.is_section);
        child.is_section || pages <= SHOWN
    });
    node.children.iter_mut().for_each(cut);
}

/// What stands beside each node below the top, by its path.
pub fn beside(site: &Site, ui: usize) -> BTreeMap<String, Beside> {
    let mut all = BTreeMap::new();
    for top in children(site, 0, ui) {
        enter(&top.children, &mut all);
    }
    all
}

fn enter(nodes: &[Node], all: &mut BTreeMap<String, Beside>) {
    let alone = |node: &Node| Node {
        children: Vec::new(),
        ..node.clone()
    };
    for (at, node) in nodes.iter().enumerate() {
        let beside = [at.checked_sub(1), at.checked_add(1)];
        let beside = beside.map(|at| nodes.get(at?).map(alone));
        all.insert(node.path.clone(), beside);
        enter(&node.children, all);
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
        let branch = Node {
            is_section: true,
            count: below.len(),
            children: below,
            ..leaf(site, &index.card, ui)
        };
        nodes.push((index.card.weight, branch));
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
        is_section: false,
        count: 0,
        children: Vec::new(),
    }
}
