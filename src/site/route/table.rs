//! Addresses and who claims them → the route table. Refuses an address that another has, also where only a file system would mix the two up.

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;

use super::{Route, Routes, output_file};
use crate::{
    diagnostic::{Diagnostic, Rule},
    site::Item,
};

/// Who claims an address.
#[derive(Clone, Debug)]
pub(super) enum Owner<'a> {
    /// Dépêche itself, for an index or a file of the theme.
    Site,
    /// A content file whose address is given by a key, or else by its name and date.
    Item(&'a Item, &'static str),
    /// A file of content/ that is no Markdown, by its path from the site's root.
    Asset(&'a str),
}

impl Owner<'_> {
    /// Its file, and the line that gives the address; none of the site's own.
    fn file(&self) -> Option<(String, Option<usize>)> {
        match self {
            Self::Site => None,
            Self::Item(item, key) => {
                let line = item.entry.front.line(&[key, "date"]);
                Some((format!("content/{}", item.card.source), Some(line)))
            }
            Self::Asset(path) => Some((format!("content{path}"), None)),
        }
    }

    fn name(&self) -> String {
        self.file()
            .map_or_else(|| "an index of the site".to_owned(), |(file, _)| file)
    }
}

/// The table while it is made.
#[derive(Default)]
pub(super) struct Table<'a> {
    pub(super) routes: Routes,
    /// Lower-case NFC output file → who has it: file systems that fold case or form would mix the two up.
    claimed: HashMap<String, Owner<'a>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Table<'a> {
    /// Adds a route, or says that another file has its address.
    pub(super) fn add(&mut self, path: String, route: Route, owner: Owner<'a>) {
        let mut key = output_file(&path);
        if key.is_ascii() {
            key.make_ascii_lowercase();
        } else {
            key = key.nfc().collect::<String>().to_lowercase();
        }
        if let Some(first) = self.claimed.get(&key) {
            let message = format!(
                "the address {path} is taken twice: by {} and by {}",
                first.name(),
                owner.name()
            );
            let named = owner.file().or_else(|| first.file());
            let (file, line) = named.unwrap_or_else(|| ("site.yaml".to_owned(), None));
            let clash = Diagnostic {
                line,
                ..Diagnostic::error(file, message)
            };
            self.diagnostics.push(
                clash
                    .rule(Rule::AddressTaken)
                    .help("give one of them another slug or date, or a `slug:` of its own"),
            );
            return;
        }
        self.claimed.insert(key, owner);
        self.routes.insert(path, route);
    }
}
