//! The search page as its template sees it.

use serde::Serialize;

use crate::{
    model::{Lang, language_name},
    site::{Site, route, search},
};

/// `search` of the context.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SearchView {
    /// Where the table of the index lies, as a path from the host's root.
    index: String,
    /// What paths in the index begin with: the site's own path, without a slash at its end.
    base: String,
    /// The languages of what can be found, most documents first.
    languages: Vec<LanguageView>,
}

#[derive(Debug, Serialize)]
struct LanguageView {
    code: String,
    name: String,
    page_count: usize,
}

/// The search of a site, in an interface language.
pub(in crate::render) fn search(site: &Site, ui: usize) -> SearchView {
    let base = &site.config.base_url;
    let mut languages: Vec<LanguageView> = search::languages(site)
        .into_iter()
        .map(|(code, of_lang)| LanguageView {
            name: code.parse::<Lang>().map_or_else(
                |_| code.clone(),
                |lang| language_name(&lang, site.ui_lang(ui)),
            ),
            page_count: of_lang.len(),
            code,
        })
        .collect();
    languages.sort_by(|a, b| {
        b.page_count
            .cmp(&a.page_count)
            .then_with(|| a.name.cmp(&b.name))
    });
    SearchView {
        index: base.rooted(route::search::TABLE),
        base: base.rooted("/").trim_end_matches('/').to_owned(),
        languages,
    }
}
