//! A content file → the line on which each link of its page stands first: where its Markdown has one that leads there, else where the address stands
//! in the text.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::{
    content::addresses::addresses,
    diagnostic::Lines,
    render::links::{Links, Target},
    site::{Item, Site},
};

/// Lines by decoded address: the writer of HTML encodes some signs.
pub(super) struct LinkLines(BTreeMap<String, usize>);

impl LinkLines {
    /// The text is read once, however many of the `links` of its page are asked for.
    pub(super) fn of(site: &Site, item: &Item, links: &BTreeSet<String>) -> Self {
        let body: &str = &item.entry.body;
        let own = Links::new(site, &item.entry.path);
        let places = Lines::of(body, item.entry.body_line);
        let mut first = BTreeMap::new();
        for one in addresses(body) {
            if let Target::Address(address) = own.resolve(&one.dest) {
                let at = one.at.map_or(one.whole.start, |at| at.start);
                first.entry(decoded(&address)).or_insert(places.at(at));
            }
        }
        let apart = |c: char| c.is_whitespace() || "\"'<>()[]".contains(c);
        for (below, text) in body.split('\n').enumerate() {
            for link in text.split(apart).filter(|word| links.contains(*word)) {
                let line = item.entry.body_line + below;
                first.entry(decoded(link)).or_insert(line);
            }
        }
        Self(first)
    }

    /// The line of a link as the page has it.
    pub(super) fn first(&self, link: &str) -> Option<usize> {
        self.0.get(&decoded(link)).copied()
    }
}

/// An address without its percent-encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
