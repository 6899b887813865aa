//! A site of another generator → the files of a Dépêche site, and a report of what became of every field. Nothing is read or written here.
//!
//! Each tool has a file that knows its settings, its front matter and its addresses and gives a `Plan`; `finish.rs` makes the site of it.

mod comments;
mod fences;
mod fields;
mod finish;
mod front;
mod headings;
mod hugo;
mod inherited;
mod jekyll;
mod kept_back;
mod languages;
mod links;
mod liquid;
mod markdown;
mod mkdocs;
mod page;
mod report;
mod settings;
mod tags;
mod tokens;
mod topics;
mod zola;

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use jiff::Timestamp;

pub use markdown::is_markdown;
pub use report::{Note, Outcome, Report};

use crate::{diagnostic::Diagnostic, pipeline, yaml::Node};
use fields::Rule;
use front::{Entries, Parts, parts};
use languages::Languages;
use page::Page;
use settings::{Setting, Settings};

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
    /// Whether nothing was made, since the settings of the other site are not known.
    pub refused: bool,
}

/// What a tool's file says of a site.
#[derive(Debug, Default)]
struct Plan {
    settings: Settings,
    pages: Vec<Page>,
    /// Where they lie.
    taken: BTreeSet<String>,
    /// Copies: path from content/ → path in the other site.
    copies: BTreeMap<String, String>,
    /// The addresses of lists of terms, such as `/tags/`.
    term_lists: Vec<String>,
    dialect: tags::Dialect,
    /// The languages that names of files can end in.
    languages: Languages,
    /// The terms that became topics.
    named: topics::Named,
    /// Whether the tool kept a page back until its day.
    keeps_future: bool,
    /// Lists of folders, for those folders in which a page is public.
    lists: Vec<Page>,
    /// What keeps pages back from elsewhere.
    inherited: Vec<inherited::Inherited>,
    /// Pages that are not carried over; they own the files beside them all the same.
    others: Vec<Page>,
    /// Pages that are drafts since something else has their address in the new site → where that is.
    replaced: BTreeMap<String, Option<String>>,
    /// Why addresses can't be told, with how many pages.
    untold: BTreeMap<String, usize>,
    /// Whether the settings are not known: what they keep back could be published.
    refused: bool,
    report: Report,
}

impl Plan {
    /// Copies the files below `folder` of the other site to the root of content/, but those that are `ignored`: by path there, and from the folder. What is
    /// there stays.
    fn copy_below(&mut self, tree: &Tree, folder: &str, ignored: impl Fn(&str, &str) -> bool) {
        for path in tree.keys() {
            if let Some(to) = path.strip_prefix(folder)
                && !ignored(path, to)
            {
                self.copy(path, to);
            }
        }
    }

    /// Takes the settings of a file over, each by what `rule` says of it.
    fn take(&mut self, file: &str, entries: &[(String, usize, Node)], rule: fn(&str) -> Setting) {
        for (key, line, node) in entries {
            let place = (file, *line, key.as_str());
            settings::take(&mut self.settings, &mut self.report, place, node, rule(key));
        }
    }

    /// The value of a result; a failure is said.
    fn well<T>(&mut self, read: Result<T, Diagnostic>) -> Option<T> {
        read.map_err(|error| self.report.findings.push(error)).ok()
    }

    /// Says that the file with the settings is not there, or is no text.
    fn no_site(&mut self, tree: &Tree, file: &str, tool: &str) {
        let (message, help) = if tree.contains_key(file) {
            (
                format!("{file} is not UTF-8, or too large"),
                "save it as UTF-8; nothing was carried over",
            )
        } else {
            (
                format!("there is no {file}: this is no site of {tool}"),
                "give the folder of the site",
            )
        };
        self.refuse(Diagnostic::error(file, message).help(help));
    }

    /// Says that the settings can't be read. Without them nobody knows what the other tool left out, so nothing is carried over.
    fn unread_settings(&mut self, error: Diagnostic) {
        const HELP: &str = "nothing was carried over, since what these settings leave out would be published; mend them, in a copy of the site if need be, and try again";
        let help = match &error.help {
            Some(own) => format!("{own}; {HELP}"),
            None => HELP.to_owned(),
        };
        self.refuse(error.help(help));
    }

    fn refuse(&mut self, error: Diagnostic) {
        self.refused = true;
        self.report.findings.push(error);
    }

    /// Says that a content file can't be read.
    fn no_text(&mut self, path: &str) {
        let message = "the file is not UTF-8, or larger than a content file may be";
        let found = Diagnostic::error(path, message).help("save it as UTF-8; it was left out");
        self.report.findings.push(found);
    }

    /// The parts of the content file `path`, which becomes `to`. Nothing where it can't be read, or another file is there already.
    fn open<'t>(&mut self, path: &str, to: &str, text: &'t str) -> Option<Parts<'t>> {
        let parts = self.well(parts(path, text))?;
        if self.has(to) {
            let message = format!("not carried over: another file is content/{to} already");
            self.report
                .find(path, None, &message, "give it another name");
            return None;
        }
        Some(parts)
    }

    /// Whether a page of the new site is at this path.
    fn has(&self, to: &str) -> bool {
        self.taken.contains(to)
    }

    /// Takes the front matter of a page over, each field by what `rule` says of it.
    fn fill(&mut self, page: &mut Page, entries: &Entries, rule: fn(&str) -> Rule) {
        let future = self.keeps_future;
        fields::apply(
            page,
            entries,
            rule,
            future,
            &mut self.named,
            &mut self.report,
        );
    }

    /// Gives a page its address in the other site, or takes note why nobody knows it.
    fn told(&mut self, page: &mut Page, address: Result<String, String>) {
        match address {
            Ok(address) => page.address = address,
            Err(why) => {
                // It had one.
                page.address = format!("/{}", page.to);
                page.untold = true;
                *self.untold.entry(why).or_insert(0) += 1;
            }
        }
    }

    fn add(&mut self, page: Page) {
        self.taken.insert(page.to.clone());
        self.pages.push(page);
    }

    /// Says which files of these folders stay behind.
    fn leave(&mut self, tree: &Tree, folders: &[(&str, &str)]) {
        for (folder, what) in folders {
            for path in tree.keys().filter(|path| path.starts_with(folder)) {
                let help = match *what {
                    "a data file" => {
                        "put it below content/ and read it in a template with `load_data`"
                    }
                    "a template" => "the documentation says what templates need: docs/migrating",
                    _ => "use the default theme, or make one of your own",
                };
                let message = format!("{what} is not carried over");
                self.report.find(path, None, &message, help);
            }
        }
    }

    fn copy(&mut self, from: &str, to: &str) {
        if to.split('/').any(pipeline::is_skipped) {
            self.report.find(
                from,
                None,
                "not copied: a build skips hidden files, and what editors leave behind",
                "put it on your server by hand where it should be published",
            );
            return;
        }
        // Below content/ it would be a page, or lie where one does.
        if ends(to, &["md"]) {
            self.report.find(
                from,
                None,
                &format!("not copied: as content/{to} it would be a page"),
                "give it another end, .txt say, or front matter and a place below content/",
            );
            return;
        }
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

/// Reads the site of another tool as it is now. `skipped` says what of its folder is not in the tree.
pub fn migrate(tool: Tool, tree: &Tree, skipped: Vec<Diagnostic>, now: Timestamp) -> Migrated {
    let mut plan = match tool {
        Tool::Zola => zola::plan(tree),
        Tool::Hugo => hugo::plan(tree),
        Tool::Jekyll => jekyll::plan(tree),
        Tool::Mkdocs => mkdocs::plan(tree),
    };
    if plan.refused {
        plan.report.fields.clear();
        plan.report.findings.retain(Diagnostic::is_error);
        return Migrated {
            files: BTreeMap::new(),
            report: plan.report,
            refused: true,
        };
    }
    if plan.pages.is_empty() && !plan.report.has_errors() {
        let found = Diagnostic::error("", "there is no content file that could be carried over");
        let found = found.help("look at the folder of the content in the settings");
        plan.report.findings.push(found);
    }
    for (why, pages) in std::mem::take(&mut plan.untold) {
        let message =
            format!("{why}: former addresses that nobody knows get no redirect ({pages})");
        plan.report.find(
            "",
            None,
            &message,
            "write them into `aliases` of the new files, or redirect them on your server",
        );
    }
    plan.uncomment(tree);
    plan.inherit();
    plan.hold(now);
    if matches!(tool, Tool::Zola | Tool::Hugo) {
        plan.leave_beside(now);
    }
    plan.add_lists(now);
    plan.report.findings.extend(skipped);
    finish::finish(plan, now)
}

/// The text of a file, where it is there and can be read.
fn text<'t>(tree: &'t Tree, path: &str) -> Option<&'t str> {
    match tree.get(path)? {
        Source::Text(text) => Some(text),
        Source::Other => None,
    }
}

/// A folder of the settings as the paths of files begin: `./docs/` → `docs`.
fn folder(written: &str) -> String {
    let parts = written.split('/');
    let parts: Vec<&str> = parts.filter(|part| !matches!(*part, "" | ".")).collect();
    parts.join("/")
}

/// Whether a path ends in one of these extensions, whatever the case of its letters.
fn ends(path: &str, ends: &[&str]) -> bool {
    std::path::Path::new(path)
        .extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends.iter().any(|known| known.eq_ignore_ascii_case(end)))
}
