//! What is public now + what is under embargo → what gives it away: references to it, its words in other texts, its files, a copy of its seed.
//! One file a question.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Rule},
    distill::digest,
    site::{Held, Item, Site},
};

mod assets;
mod links;
mod plain;
mod words;

/// Files by path from the site's root.
pub(super) type Files<'a> = BTreeMap<String, &'a bytes::Bytes>;

/// The two states of a site.
struct Embargo<'a> {
    /// With all that is held.
    whole: &'a Site,
    /// As it is now.
    public: &'a Site,
    /// What the second lacks.
    held: Vec<(&'a Held, &'a Item)>,
}

/// What gives held briefings away. `whole` has them, `public` is the site as it is now; `settings` are the name and text of site.yaml, `files` all
/// that is published as it is.
pub(super) fn leaks(
    whole: &Site,
    public: &Site,
    settings: Option<(&str, &str)>,
    files: &Files<'_>,
) -> Vec<Diagnostic> {
    let held = public
        .held
        .iter()
        .filter_map(|held| Some((held, whole.item(&held.source)?)));
    let embargo = Embargo {
        whole,
        public,
        held: held.collect(),
    };
    let mut found = links::references(&embargo, settings);
    found.extend(seeds(&embargo, files));
    found.extend(words::copies(&embargo, settings, files));
    found.extend(assets::used_by_held_alone(&embargo, settings));
    found
}

fn until(held: &Held) -> String {
    format!(
        "content/{}, which is under embargo until {}",
        held.source, held.until
    )
}

fn is_seed(item: &Item, bytes: &[u8]) -> bool {
    let seed = item.entry.front.seed.as_ref();
    seed.is_some_and(|seed| !seed.sha256.is_empty() && digest(bytes) == seed.sha256)
}

fn seeds(embargo: &Embargo<'_>, files: &Files<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (held, item) in &embargo.held {
        let copies = files.iter().filter(|(_, bytes)| is_seed(item, bytes));
        found.extend(copies.map(|(file, _)| {
            let message = format!("this public file is the seed of {}", until(held));
            Diagnostic::error(file, message)
                .rule(Rule::EmbargoSeed)
                .help("move it out of content/ and themes/ until then")
        }));
    }
    found
}
