//! Addresses and who claims them → the route table. Refuses an address that another has, also where only a file system would mix the two up.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;
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
    /// Its file; none of the site's own.
    fn claim(&self) -> Option<Claim> {
        match self {
            Self::Site => None,
            Self::Item(item, key) => Some(Claim {
                file: format!("content/{}", item.card.source),
                line: Some(item.entry.front.line(&[key, "date"])),
            }),
            Self::Asset(path) => Some(Claim {
                file: format!("content{path}"),
                line: None,
            }),
        }
    }
}

/// An address that two would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// A path from the site's root.
    pub address: String,
    /// Who has it, and who would have it, too. None is Dépêche itself, for an index or a file of the theme.
    pub claims: [Option<Claim>; 2],
    /// Whether one of them needs a folder where the other one is a file.
    pub folder: bool,
}

/// A file of content/ that has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its path from the site's root.
    pub file: String,
    /// The line that gives the address.
    pub line: Option<usize>,
}

impl Clash {
    /// The file that should have another address.
    pub fn blamed(&self) -> Option<&Claim> {
        let [first, second] = &self.claims;
        second.as_ref().or(first.as_ref())
    }

    /// What is wrong; `is` is its verb.
    pub fn said(&self, is: &str) -> String {
        let [first, second] = self.claims.each_ref().map(|claim| {
            claim
                .as_ref()
                .map_or("an index of the site", |claim| &claim.file)
        });
        let address = &self.address;
        let how = if self.folder {
            ", as a file and as a folder"
        } else {
            ""
        };
        format!("the address {address} {is} taken twice{how}: by {first} and by {second}")
    }

    fn found(&self) -> Diagnostic {
        let (file, line) = self
            .blamed()
            .map_or(("site.yaml", None), |claim| (&claim.file, claim.line));
        Diagnostic {
            line,
            ..Diagnostic::error(file, self.said("is"))
        }
        .rule(Rule::AddressTaken)
        .help("give one of them another slug or date, or a `slug:` of its own")
    }
}

/// The file below the output folder that holds a path, as file systems know it that fold case or form.
pub fn folded(path: &str) -> String {
    let mut file = output_file(path);
    if file.is_ascii() {
        file.make_ascii_lowercase();
        file
    } else {
        file.nfc().collect::<String>().to_lowercase()
    }
}

/// The table while it is made.
#[derive(Default)]
pub(super) struct Table<'a> {
    routes: Routes,
    /// Those that are not among `routes` yet: many at once are sorted faster than one after the other.
    new: Vec<(String, Route)>,
    /// Folded output file → who has it.
    claimed: HashMap<String, Owner<'a>>,
    clashes: Vec<Clash>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Table<'a> {
    /// An empty table with room for so many.
    pub(super) fn with_room(routes: usize) -> Self {
        Self {
            claimed: HashMap::with_capacity(routes),
            new: Vec::with_capacity(routes),
            ..Self::default()
        }
    }

    /// Adds a route, or says that another file has its address. Whether it was added.
    pub(super) fn add(&mut self, path: String, route: Route, owner: Owner<'a>) -> bool {
        let key = folded(&path);
        if let Some(first) = self.claimed.get(&key) {
            let clash = Clash {
                address: path,
                claims: [first.claim(), owner.claim()],
                folder: false,
            };
            self.refuse(clash);
            return false;
        }
        self.claimed.insert(key, owner);
        self.new.push((path, route));
        true
    }

    /// All routes so far.
    pub(super) fn routes(&mut self) -> &Routes {
        if !self.new.is_empty() {
            let mut new = std::mem::take(&mut self.new);
            new.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            self.routes.append(&mut new.into_iter().collect());
        }
        &self.routes
    }

    /// The whole table, the addresses that two would have, and what is said of it.
    pub(super) fn done(mut self) -> (Routes, Vec<Clash>, Vec<Diagnostic>) {
        self.clear_folders();
        (self.routes, self.clashes, self.diagnostics)
    }

    fn refuse(&mut self, clash: Clash) {
        self.diagnostics.push(clash.found());
        self.clashes.push(clash);
    }

    /// Takes back each file that stands where others need a folder; what needs it, where the file is the site's own.
    fn clear_folders(&mut self) {
        self.routes();
        let (mut seen, mut files) = (HashSet::default(), BTreeSet::new());
        for key in self.claimed.keys() {
            let mut path: &str = key;
            while let Some((folder, _)) = path.rsplit_once('/') {
                if !seen.insert(folder) {
                    break;
                }
                if self.claimed.contains_key(folder) {
                    files.insert(folder.to_owned());
                }
                path = folder;
            }
        }
        for file in files {
            let below: BTreeSet<String> = self
                .claimed
                .keys()
                .filter(|key| {
                    key.strip_prefix(&file)
                        .is_some_and(|rest| rest.starts_with('/'))
                })
                .cloned()
                .collect();
            let owner = self.claimed.get(&file);
            let own = owner.and_then(Owner::claim);
            // An alias may lead elsewhere; a page stays.
            let stays = matches!(owner, Some(Owner::Site | Owner::Item(_, "slug")));
            let first = below.first().and_then(|key| self.claimed.get(key)?.claim());
            if !stays {
                self.take_back(&file, [first, own]);
                continue;
            }
            for key in below {
                let claim = self.claimed.get(&key).and_then(Owner::claim);
                self.take_back(&key, [own.clone(), claim]);
            }
        }
    }

    /// Removes the route whose folded output file is `key`, for which two had a claim.
    fn take_back(&mut self, key: &str, claims: [Option<Claim>; 2]) {
        self.claimed.remove(key);
        let path = self.routes.keys().find(|path| folded(path) == key).cloned();
        if let Some(address) = path {
            self.routes.remove(&address);
            self.refuse(Clash {
                address,
                claims,
                folder: true,
            });
        }
    }
}
