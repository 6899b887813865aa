//! `Site` + [`Data`] → the bytes of a file for machines; one file a format. Which of them there are is in site/data.rs.

use std::sync::Arc;

use self::bodies::away;
use super::{markdown::Html, views};
use crate::{
    model::language_name,
    site::{
        Data, Item, Scope, Site,
        data::{Format, positions},
    },
};

mod atom;
mod bodies;
mod json_feed;
pub(super) mod json_ld;
mod llms;
mod ninjs;
mod opml;
mod table;
pub use table::harmless;
mod twin;

pub(super) use atom::clean;
pub(super) use bodies::Bodies;

/// A body as other programs get it: its links are full addresses.
#[derive(Debug)]
pub(super) struct Text {
    html: String,
    /// As the page has it.
    body: Arc<Html>,
}

impl Text {
    /// The body of a briefing's page, read away from it.
    fn of(site: &Site, item: &Item, body: Arc<Html>) -> Self {
        let base = &site.config.base_url;
        let page = base.absolute(&item.card.path);
        Self {
            html: away(&body.content, &page, base.origin()),
            body,
        }
    }
}

/// A briefing and its body, for formats that hold both.
struct Piece<'a> {
    item: &'a Item,
    text: Text,
}

/// The theme's strings in the site's default language: a key, and a count where it has plurals.
type Words<'a> = &'a dyn Fn(&str, Option<u64>) -> String;

/// The body of a briefing's page, by its position in `Site::briefings`.
type BodyOf<'a> = &'a dyn Fn(usize) -> Arc<Html>;

/// The bytes of a file for machines; pictures are made in render/cards/, the sitemap in render/sitemap.rs.
pub(super) fn data(
    site: &Site,
    bodies: &Bodies,
    body: BodyOf<'_>,
    words: Words<'_>,
    data: &Data,
) -> Vec<u8> {
    let piece = |at: usize| {
        let item = site.briefings.get(at)?;
        let text = Text::of(site, item, body(at));
        Some(Piece { item, text })
    };
    match data {
        Data::List(scope, format) => {
            let all = positions(site, scope);
            let latest = || -> Vec<Piece<'_>> {
                let first = all.iter().take(site.config.feed_limit);
                first.filter_map(|at| piece(*at)).collect()
            };
            match format {
                Format::Atom => {
                    let entry = |at: usize| {
                        let make = || piece(at).map_or_else(Vec::new, |p| atom::entry(site, &p));
                        bodies.entry(at, make)
                    };
                    let first = all.get(..site.config.feed_limit).unwrap_or(&all);
                    atom::feed(site, scope, first, &entry)
                }
                Format::JsonFeed => json(&json_feed::feed(site, scope, &latest())),
                Format::Ninjs => json(&ninjs::list(site, &latest())),
                Format::Csv => table::csv(site, &all),
                Format::Json => json(&table::json(site, scope, &all)),
            }
        }
        Data::Opml => opml::opml(site, words),
        Data::Llms => llms::llms(site, words),
        Data::Markdown(source) => site
            .item(source)
            .map_or_else(Vec::new, |item| twin::markdown(site, item)),
        Data::Ninjs(at) => {
            piece(*at).map_or_else(Vec::new, |piece| json(&ninjs::ninjs(site, &piece)))
        }
        Data::Card(_) | Data::Sitemap | Data::SitemapPart { .. } => Vec::new(),
    }
}

fn json(value: &serde_json::Value) -> Vec<u8> {
    format!("{value}\n").into_bytes()
}

/// The name of a list in an interface language; `None` for that of all briefings.
fn name(site: &Site, scope: &Scope, ui: usize) -> Option<String> {
    match scope {
        Scope::Site => None,
        Scope::Language(lang) => Some(language_name(lang, site.ui_lang(ui))),
        Scope::Term(taxonomy, slug) => Some(views::term_name(site, *taxonomy, slug, ui)),
        Scope::Year(year) => Some(year.to_string()),
    }
}

/// What a list is called beside others: `Morocco – Briefings`.
pub(super) fn title(site: &Site, scope: &Scope, ui: usize) -> String {
    let site_title = site.config.words(site.ui_lang(ui)).title;
    name(site, scope, ui).map_or_else(
        || site_title.to_owned(),
        |name| format!("{name} – {site_title}"),
    )
}

/// Who publishes: the publisher, else the site itself.
fn publisher(site: &Site) -> &str {
    if site.config.publisher.is_empty() {
        &site.config.title
    } else {
        &site.config.publisher
    }
}

/// Who issued a briefing, else who publishes it.
fn issuer<'a>(site: &'a Site, item: &'a Item) -> &'a str {
    let own = item.entry.front.issuer.as_deref();
    own.unwrap_or_else(|| publisher(site))
}

/// The words of a country or topic in the site's default language, by slug: countries first.
fn terms(site: &Site, item: &Item) -> Vec<(String, String)> {
    use crate::site::Taxonomy::{Countries, Topics};
    let name = |taxonomy, slug: &str| views::term_name(site, taxonomy, slug, 0);
    let countries = item.card.countries.iter().map(|code| {
        let slug = code.as_str().to_ascii_lowercase();
        (code.to_string(), name(Countries, &slug))
    });
    let topics = item.card.topics.iter();
    let topics = topics.map(|topic| (topic.to_string(), name(Topics, topic.as_str())));
    countries.chain(topics).collect()
}

/// The address of an IPTC Media Topic: `medtop:15000000` is `http://cv.iptc.org/newscodes/mediatopic/15000000`.
fn media_topic(site: &Site, topic: &crate::model::TopicSlug) -> Option<String> {
    let code = site.vocabulary.get(topic)?.iptc.as_deref()?;
    let number = code.strip_prefix("medtop:")?;
    Some(format!("http://cv.iptc.org/newscodes/mediatopic/{number}"))
}
