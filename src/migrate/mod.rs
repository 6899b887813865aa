//! A site of another generator → the files of a Dépêche site, and a report of what became of every field. Nothing is read or written here.
//!
//! Each tool has a file that knows its settings, its front matter and its addresses and gives a `Plan`; `finish.rs` makes the site of it.

mod fields;
mod finish;
mod front;
mod headings;
mod hugo;
mod jekyll;
mod links;
mod mkdocs;
mod page;
mod report;
mod settings;
mod tags;
mod topics;
mod zola;

use std::collections::BTreeMap;

use clap::ValueEnum;

pub use report::{Note, Outcome, Report};

use page::Page;
use settings::Settings;

/// A generator whose sites are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// config.toml, content/ with `+++`
    Zola,
    /// hugo.toml, content/ with TOML, YAML or JSON
    Hugo,
    /// _config.yml, _posts/
    Jekyll,
    /// mkdocs.yml, docs/
    Mkdocs,
}

/// A file of the other site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Its text.
    Text(String),
    /// It is copied, if anything: a picture, say, or a text that is not UTF-8 or too large.
    Other,
}

/// The files of the other site by path from its folder, with `/` between parts.
pub type Tree = BTreeMap<String, Source>;

/// A file of the new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// Its text.
    Text(String),
    /// A copy of a file of the other site.
    Copy(String),
}

/// The new site.
#[derive(Clone, Debug, Default)]
pub struct Migrated {
    /// Its files by path from its folder.
    pub files: BTreeMap<String, Out>,
    /// What became of what.
    pub report: Report,
}

/// What a tool's file says of a site.
#[derive(Debug, Default)]
struct Plan {
    settings: Settings,
    pages: Vec<Page>,
    /// Copies: path from content/ → path in the other site.
    copies: BTreeMap<String, String>,
    /// The addresses of lists of terms, such as `/tags/`.
    term_lists: Vec<String>,
    dialect: tags::Dialect,
    /// The terms that became topics.
    named: topics::Named,
    report: Report,
}

impl Plan {
    /// Copies the files below `folder` of the other site to the root of content/. What is there stays.
    fn copy_below(&mut self, tree: &Tree, folder: &str) {
        for path in tree.keys() {
            let Some(to) = path.strip_prefix(folder) else {
                continue;
            };
            self.copy(path, to);
        }
    }

    fn copy(&mut self, from: &str, to: &str) {
        if let Some(first) = self.copies.get(to) {
            self.report.find(
                from,
                None,
                &format!("not copied: `{first}` has the address /{to} already"),
                "keep one of the two",
            );
            return;
        }
        self.copies.insert(to.to_owned(), from.to_owned());
    }
}

/// Reads the site of another tool.
pub fn migrate(tool: Tool, tree: &Tree) -> Migrated {
    finish::finish(match tool {
        Tool::Zola => zola::plan(tree),
        Tool::Hugo => hugo::plan(tree),
        Tool::Jekyll => jekyll::plan(tree),
        Tool::Mkdocs => mkdocs::plan(tree),
    })
}

/// The text of a file, where it is there and can be read.
fn text<'t>(tree: &'t Tree, path: &str) -> Option<&'t str> {
    match tree.get(path)? {
        Source::Text(text) => Some(text),
        Source::Other => None,
    }
}

/// Whether a path ends in one of these extensions.
fn ends(path: &str, ends: &[&str]) -> bool {
    std::path::Path::new(path)
        .extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends.contains(&end))
}
