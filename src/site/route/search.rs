//! The addresses of the search: its page in each language, its description for browsers, and the files of its index.

use super::{Owner, Route, Site, Table, home};

/// The table of the index, the one file of it whose name does not change with its content.
pub const TABLE: &str = "/search/index.json";

/// The folders of the files that have a fingerprint in their names.
pub(super) const LASTING: [&str; 4] = [
    "/search/words/",
    "/search/pairs/",
    "/search/titles/",
    "/search/facets/",
];

/// The description of the search for browsers, in the default language.
pub const DESCRIPTION: &str = "/opensearch.xml";

/// The search page.
pub fn page(site: &Site, ui: usize) -> String {
    format!("{}search/", home(site, ui))
}

/// A shard of words, by the digest of its content.
pub(in crate::site) fn terms(mark: &str) -> String {
    format!("/search/words/{mark}.json")
}

/// The table of the shards of neighbouring words.
pub(in crate::site) fn pair_table(mark: &str) -> String {
    format!("/search/pairs/{mark}.json")
}

/// The n-th shard of neighbouring words.
pub(in crate::site) fn pairs(n: usize, mark: &str) -> String {
    format!("/search/pairs/{n}.{mark}.json")
}

/// A block of titles: the n-th of the briefings (`b`) or pages (`p`).
pub(in crate::site) fn block(kind: &str, n: usize, mark: &str) -> String {
    format!("/search/titles/{kind}{n}.{mark}.json")
}

/// The documents of one value of a facet.
pub(in crate::site) fn facet(name: &str, value: &str, mark: &str) -> String {
    format!("/search/facets/{name}-{value}.{mark}.json")
}

/// Adds the pages and the description, where the site has a search; the other files are in [`Site::search_routes`].
pub(super) fn add(site: &Site, table: &mut Table) {
    if !site.config.search {
        return;
    }
    for ui in 0..site.config.languages.len() {
        table.add(page(site, ui), Route::Search { ui }, Owner::Site);
    }
    table.add(DESCRIPTION.to_owned(), Route::OpenSearch, Owner::Site);
    let first = TABLE.to_owned();
    table.add(first.clone(), Route::SearchFile(first), Owner::Site);
}
