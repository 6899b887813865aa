//! `Site` → sitemap.xml, robots.txt and the pages that redirect from older addresses.

use quick_xml::escape::escape;

use super::links::encode;
use crate::site::{Route, Site};

/// All pages of the site by path; redirects and 404.html are not in it.
pub fn sitemap(site: &Site) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, route) in &site.routes {
        let changed = match route {
            Route::Briefing(at) => site.briefings.get(*at),
            Route::Page(at) => site.pages.get(*at),
            Route::Home { .. }
            | Route::Section { .. }
            | Route::Terms { .. }
            | Route::Term { .. }
            | Route::Archive { .. }
            | Route::Map { .. }
            | Route::Regions { .. }
            | Route::Finder { .. } => None,
            _ => continue,
        }
        .and_then(|item| item.card.updated.as_ref().or(item.card.date.as_ref()));
        let address = encode_all(&site.config.base_url.absolute(path));
        xml.push_str("<url><loc>");
        xml.push_str(&escape(&address));
        xml.push_str("</loc>");
        if let Some(date) = changed {
            xml.push_str("<lastmod>");
            xml.push_str(&escape(date.as_str()));
            xml.push_str("</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// The protocol asks for addresses in ASCII.
fn encode_all(address: &str) -> String {
    percent_encoding::utf8_percent_encode(&encode(address), percent_encoding::CONTROLS).to_string()
}

/// Everything may be read; the sitemap is named where the site's address is known.
pub fn robots(site: &Site) -> Vec<u8> {
    let base = &site.config.base_url;
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if !base.origin().is_empty() {
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
