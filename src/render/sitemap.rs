//! `Site` → sitemap.xml and its parts, robots.txt and the pages that redirect from older addresses.

use quick_xml::escape::escape;

use super::links::encode;
use crate::{
    config::Output,
    model::{Lang, PubDate},
    site::{Data, Route, Site, data, route},
};

/// The list of the sitemap's parts, each with the day of its latest change.
pub fn index(site: &Site) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for route in site.routes.values() {
        let Route::Data(data @ Data::SitemapPart { first, .. }) = route else {
            continue;
        };
        let pages = data::part(site, &site.routes, first);
        let latest = pages.filter_map(|(_, route)| changed(site, route)).max();
        xml.push_str("<sitemap>");
        loc(&mut xml, site, &route::address(site, data));
        lastmod(&mut xml, latest);
        xml.push_str("</sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// The pages of one part, by path, with their versions in other languages; redirects, withdrawals and 404.html are in none.
pub fn part(site: &Site, first: &str) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (path, route) in data::part(site, &site.routes, first) {
        xml.push_str("<url>");
        loc(&mut xml, site, path);
        lastmod(&mut xml, changed(site, route));
        for (lang, path) in versions(site, route) {
            alternate(&mut xml, site, lang.as_str(), &path);
            if *lang == site.config.default_language {
                alternate(&mut xml, site, "x-default", &path);
            }
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

fn loc(xml: &mut String, site: &Site, path: &str) {
    xml.push_str("<loc>");
    xml.push_str(&escape(encode_all(&site.config.base_url.absolute(path))));
    xml.push_str("</loc>");
}

fn lastmod(xml: &mut String, date: Option<&PubDate>) {
    if let Some(date) = date {
        xml.push_str("<lastmod>");
        xml.push_str(&escape(date.as_str()));
        xml.push_str("</lastmod>");
    }
}

fn alternate(xml: &mut String, site: &Site, lang: &str, path: &str) {
    let address = encode_all(&site.config.base_url.absolute(path));
    xml.push_str("<xhtml:link rel=\"alternate\" hreflang=\"");
    xml.push_str(lang);
    xml.push_str("\" href=\"");
    xml.push_str(&escape(address));
    xml.push_str("\"/>");
}

/// When a page last changed: of a list, when the latest of the briefings on it did.
fn changed<'a>(site: &'a Site, route: &Route) -> Option<&'a PubDate> {
    if let Some(item) = data::item(site, route) {
        return data::changed(item);
    }
    let per_page = site.config.paginate_by;
    let latest = |positions: &[usize], page: usize| {
        let here = positions.iter().skip((page - 1) * per_page).take(per_page);
        let items = here.filter_map(|at| site.briefings.get(*at));
        items.filter_map(data::changed).max()
    };
    match route {
        Route::Home { page, .. } => {
            let here = site.briefings.iter().skip((page - 1) * per_page);
            here.take(per_page).filter_map(data::changed).max()
        }
        Route::Term {
            taxonomy,
            slug,
            page,
            ..
        } => latest(site.terms_of(*taxonomy).get(slug)?, *page),
        Route::Archive { period, page, .. } => latest(site.archive.get(period)?, *page),
        Route::Finder { facets, page, .. } => latest(site.facets.briefings(facets), *page),
        Route::Map { .. } | Route::Regions { .. } | Route::Terms { .. } => {
            site.briefings.iter().filter_map(data::changed).max()
        }
        _ => None,
    }
}

/// A page in each language that it has, itself included; none where it has one alone.
fn versions<'a>(site: &'a Site, route: &Route) -> Vec<(&'a Lang, String)> {
    if let Some(item) = data::item(site, route) {
        let versions = site.translations.get(&item.card.source);
        let versions = versions.into_iter().flatten();
        return versions.map(|v| (&v.lang, v.path.clone())).collect();
    }
    let languages = &site.config.languages;
    if languages.len() < 2 {
        return Vec::new();
    }
    let path = |ui: usize| {
        Some(match route {
            Route::Home { page, .. } => route::paged(&route::home(site, ui), *page),
            Route::Terms { taxonomy, .. } => route::terms(site, *taxonomy, ui),
            Route::Term {
                taxonomy,
                slug,
                page,
                ..
            } => route::paged(&route::term(site, *taxonomy, slug, ui), *page),
            Route::Archive { period, page, .. } => {
                route::paged(&route::archive(site, *period, ui), *page)
            }
            Route::Map { .. } => route::map(site, ui),
            Route::Regions { .. } => route::regions(site, ui),
            Route::Finder { facets, page, .. } => {
                route::paged(&route::finder(site, facets, ui), *page)
            }
            _ => return None,
        })
    };
    let all = languages.iter().enumerate();
    all.filter_map(|(ui, lang)| Some((lang, path(ui)?)))
        .collect()
}

/// The protocol asks for addresses in ASCII.
pub(super) fn encode_all(address: &str) -> String {
    percent_encoding::utf8_percent_encode(&encode(address), percent_encoding::CONTROLS).to_string()
}

/// Everything may be read; the sitemap is named where the site's address is known.
pub fn robots(site: &Site) -> Vec<u8> {
    let base = &site.config.base_url;
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if !base.origin().is_empty() && site.config.outputs.has(Output::Sitemap) {
        text.push_str("\nSitemap: ");
        text.push_str(&base.absolute("/sitemap.xml"));
        text.push('\n');
    }
    text.into_bytes()
}

/// A page that sends readers and search engines on, without a script.
pub fn redirect(site: &Site, to: &str) -> Vec<u8> {
    let base = &site.config.base_url;
    let path = escape(base.rooted(to));
    let address = escape(base.absolute(to));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<link rel=\"canonical\" href=\"{address}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={path}\">\n<h1><a href=\"{path}\">{path}</a></h1>\n</html>\n",
        site.config.default_language,
        escape(&site.config.title),
    )
    .into_bytes()
}
