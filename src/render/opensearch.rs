//! `Site` → opensearch.xml: the search as a browser offers it in its address bar. No suggestions: what a reader types goes nowhere.

use quick_xml::escape::escape;

use super::data;
use crate::site::{Site, route};

/// The description, in the site's default language. Browsers want full addresses: without a `base_url` they are paths.
pub fn description(site: &Site) -> Vec<u8> {
    // Longer short names are refused by some browsers.
    const LONGEST: usize = 16;
    let config = &site.config;
    let words = config.words(&config.default_language);
    let name: String = words.title.chars().take(LONGEST).collect();
    let what = if words.description.is_empty() {
        words.title
    } else {
        words.description
    };
    let page = config.base_url.absolute(&route::search::page(site, 0));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>{}</ShortName>\n<Description>{}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n<Language>{}</Language>\n<Url type=\"text/html\" method=\"get\" template=\"{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        escape(&*data::clean(name.trim())),
        escape(&*data::clean(what)),
        config.default_language,
        escape(&page),
    )
    .into_bytes()
}
