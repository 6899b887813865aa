//! The addresses of files for machines: each lies beside the page that it is of.

use super::{archive, finder, home, term};
use crate::site::{
    Facet, Period, Scope, Site,
    data::{Data, Format, Picture},
};

/// The address of a file for machines.
pub fn address(site: &Site, data: &Data) -> String {
    match data {
        Data::List(scope, format) => format!("{}{}", folder(site, scope), file_name(*format)),
        Data::Opml => "/feeds.opml".to_owned(),
        Data::Llms => "/llms.txt".to_owned(),
        Data::Sitemap => "/sitemap.xml".to_owned(),
        Data::SitemapPart { number, .. } => format!("/sitemap-{number}.xml"),
        Data::Markdown(source) => site
            .item(source)
            .map_or_else(String::new, |item| markdown(&item.card.path)),
        Data::Ninjs(at) => site
            .briefings
            .get(*at)
            .map_or_else(String::new, |item| ninjs(&item.card.path)),
        Data::Card(Picture::Site(ui)) => card(&home(site, *ui)),
        Data::Card(Picture::Briefing(at)) => site
            .briefings
            .get(*at)
            .map_or_else(String::new, |item| card(&item.card.path)),
    }
}

/// The folder that holds the files of a list: that of its first page, where there is such a page.
pub fn folder(site: &Site, scope: &Scope) -> String {
    match scope {
        Scope::Site => "/".to_owned(),
        Scope::Language(lang) => finder(site, &[Facet::Language(lang.clone())], 0),
        Scope::Term(taxonomy, slug) => term(site, *taxonomy, slug, 0),
        Scope::Year(year) => archive(site, Period::of_year(*year), 0),
    }
}

/// The Markdown twin of the page at `path`.
pub fn markdown(path: &str) -> String {
    format!("{path}index.md")
}

/// The ninjs of the briefing at `path`.
pub fn ninjs(path: &str) -> String {
    format!("{path}ninjs.json")
}

/// The picture that stands for the page at `path` where its link is shared.
pub fn card(path: &str) -> String {
    format!("{path}card.png")
}

fn file_name(format: Format) -> &'static str {
    match format {
        Format::Atom => "atom.xml",
        Format::JsonFeed => "feed.json",
        Format::Csv => "briefings.csv",
        Format::Json => "briefings.json",
        Format::Ninjs => "ninjs.json",
    }
}
