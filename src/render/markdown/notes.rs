//! The labels of footnotes → ids that no heading, paragraph or other note of the page has. Whatever its letters, a label is an id in the end.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Ids, anchor};

/// The footnotes of a page so far.
#[derive(Default)]
pub(super) struct Notes {
    /// By label; its case means nothing.
    ids: BTreeMap<String, String>,
    /// Labels that have their text.
    told: BTreeSet<String>,
}

impl Notes {
    /// The id to which a mark leads.
    pub(super) fn marked(&mut self, label: &str, ids: &mut Ids) -> String {
        let label = label.to_lowercase();
        let made = || ids.unique(&anchor(&label));
        self.ids.entry(label.clone()).or_insert_with(made).clone()
    }

    /// The id of a note. Where its label has a note already, no mark leads to this one.
    pub(super) fn told(&mut self, label: &str, ids: &mut Ids) -> String {
        let id = self.marked(label, ids);
        if self.told.insert(label.to_lowercase()) {
            id
        } else {
            ids.unique(&id)
        }
    }
}
