//! Addresses and who claims them → the route table. Refuses an address that another has, also where only a file system would mix the two up.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Route, Routes, output_file};
use crate::{diagnostic::Diagnostic, site::Item};

/// Who claims an address.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// Dépêche itself, for an index or a file of the theme.
    Site,
    /// A file, and the line of it that gives the address.
    File(String, Option<usize>),
}

impl Owner {
    /// A content file whose address is given by `key`, or else by its name and date.
    pub(super) fn of(item: &Item, key: &str) -> Self {
        let line = item.entry.front.line(&[key, "date"]);
        Self::File(format!("content/{}", item.card.source), Some(line))
    }

    fn name(&self) -> &str {
        match self {
            Self::Site => "an index of the site",
            Self::File(file, _) => file,
        }
    }
}

/// The table while it is made.
#[derive(Default)]
pub(super) struct Table {
    pub(super) routes: Routes,
    /// Lower-case NFC output file → who has it: file systems that fold case or form would mix the two up.
    claimed: BTreeMap<String, Owner>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Table {
    /// Adds a route, or says that another file has its address.
    pub(super) fn add(&mut self, path: String, route: Route, owner: Owner) {
        let key: String = output_file(&path).nfc().collect::<String>().to_lowercase();
        if let Some(first) = self.claimed.get(&key) {
            let message = format!(
                "the address {path} is taken twice: by {} and by {}",
                first.name(),
                owner.name()
            );
            let (file, line) = match (&owner, first) {
                (Owner::File(file, line), _) | (Owner::Site, Owner::File(file, line)) => {
                    (file.as_str(), *line)
                }
                (Owner::Site, Owner::Site) => ("site.yaml", None),
            };
            let clash = Diagnostic {
                line,
                ..Diagnostic::error(file, message)
            };
            self.diagnostics
                .push(clash.help("give one of them another slug or date, or a `slug:` of its own"));
            return;
        }
        self.claimed.insert(key, owner);
        self.routes.insert(path, route);
    }
}
