//! Section indexes, briefings and pages → [`Section`]s: the tree of folders of a documentation-style site.

use super::{Card, Item, card::split};
use crate::{config::Config, model::Lang};

/// A folder with `_index.md`, or the root of a language (which needs none).
#[derive(Clone, Debug)]
pub struct Section {
    /// The folder from content/; empty for the root.
    pub folder: String,
    /// Its `_index.md`; the root of a language may have none.
    pub index: Option<Item>,
    /// The language of its pages.
    pub lang: Lang,
    /// Path from the site's root, with a slash at both ends.
    pub path: String,
    /// The section it lies in, as a position in `Site::sections`.
    pub parent: Option<usize>,
    /// The sections in it, by weight, then title.
    pub subsections: Vec<usize>,
    /// Its ordinary pages as positions in `Site::pages`, by weight, then title.
    pub pages: Vec<usize>,
    /// Its briefings as positions in `Site::briefings`, newest first.
    pub briefings: Vec<usize>,
}

impl Section {
    /// The title; the site's for a root without `_index.md`.
    pub fn title<'a>(&'a self, config: &'a Config) -> &'a str {
        self.index
            .as_ref()
            .map_or(&config.title, |item| &item.card.title)
    }

    fn weight(&self) -> (i64, &str) {
        self.index
            .as_ref()
            .map_or((0, ""), |item| (item.card.weight, &item.card.title))
    }
}

/// The sections, parents before children. Position `i` is the root of language `i` of the site for each of its languages.
pub fn sections(
    indexes: Vec<Item>,
    briefings: &[Item],
    pages: &[Item],
    config: &Config,
) -> Vec<Section> {
    let mut sections: Vec<Section> = config
        .languages
        .iter()
        .map(|lang| root(lang, config))
        .collect();
    let mut indexes = indexes;
    indexes.sort_by(|a, b| {
        a.card
            .path
            .cmp(&b.card.path)
            .then_with(|| a.card.source.cmp(&b.card.source))
    });
    for item in indexes {
        let folder = split(&item.card.source).0.to_owned();
        let lang = named_lang(&item.card, config);
        if let Some(root) = sections
            .iter_mut()
            .find(|s| folder.is_empty() && s.folder.is_empty() && s.lang == lang)
        {
            root.index = Some(item);
        } else {
            sections.push(Section {
                folder,
                lang,
                path: item.card.path.clone(),
                index: Some(item),
                parent: None,
                subsections: Vec::new(),
                pages: Vec::new(),
                briefings: Vec::new(),
            });
        }
    }
    adopt(&mut sections, briefings, pages, config);
    sections
}

fn root(lang: &Lang, config: &Config) -> Section {
    Section {
        folder: String::new(),
        index: None,
        lang: lang.clone(),
        path: if *lang == config.default_language {
            "/".to_owned()
        } else {
            format!("/{lang}/")
        },
        parent: None,
        subsections: Vec::new(),
        pages: Vec::new(),
        briefings: Vec::new(),
    }
}

/// The language that a file's name gives it: the tree it lies in.
fn named_lang(card: &Card, config: &Config) -> Lang {
    split(&card.source)
        .2
        .unwrap_or_else(|| config.default_language.clone())
}

fn adopt(sections: &mut [Section], briefings: &[Item], pages: &[Item], config: &Config) {
    let parents: Vec<Option<usize>> = sections
        .iter()
        .map(|s| {
            (!s.folder.is_empty())
                .then(|| home_of(sections, parent_folder(&s.folder), &s.lang))
                .flatten()
        })
        .collect();
    for (child, parent) in parents.into_iter().enumerate() {
        if let Some(section) = sections.get_mut(child) {
            section.parent = parent;
        }
        if let Some(parent) = parent.and_then(|p| sections.get_mut(p)) {
            parent.subsections.push(child);
        }
    }
    for (position, item) in pages.iter().enumerate() {
        let folder = split(&item.card.source).0;
        if let Some(at) = home_of(sections, Some(folder), &named_lang(&item.card, config)) {
            sections[at].pages.push(position);
        }
    }
    for (position, item) in briefings.iter().enumerate() {
        let folder = split(&item.card.source).0;
        if let Some(at) = home_of(sections, Some(folder), &config.default_language)
            .filter(|at| !sections[*at].folder.is_empty())
        {
            sections[at].briefings.push(position);
        }
    }
    let order: Vec<(i64, String)> = sections
        .iter()
        .map(|s| {
            let (w, t) = s.weight();
            (w, t.to_owned())
        })
        .collect();
    for section in sections {
        section
            .subsections
            .sort_by_key(|at| order.get(*at).cloned());
        section.pages.sort_by_key(|at| {
            pages
                .get(*at)
                .map(|p| (p.card.weight, p.card.title.clone()))
        });
    }
}

/// The nearest section at or above a folder, in a language.
fn home_of(sections: &[Section], folder: Option<&str>, lang: &Lang) -> Option<usize> {
    let mut folder = folder;
    while let Some(name) = folder {
        if let Some(at) = sections
            .iter()
            .position(|s| s.folder == name && s.lang == *lang)
        {
            return Some(at);
        }
        folder = parent_folder(name);
    }
    None
}

fn parent_folder(folder: &str) -> Option<&str> {
    if folder.is_empty() {
        None
    } else {
        Some(folder.rsplit_once('/').map_or("", |(parent, _)| parent))
    }
}
