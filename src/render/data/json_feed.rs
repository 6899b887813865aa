//! Briefings → a JSON Feed (version 1.1), newest first, in full.

use serde_json::{Map, Value, json};

use super::{Piece, issuer, publisher, terms, title};
use crate::{
    model::PubDate,
    site::{
        Data, Scope, Site,
        data::{Format, changed, id},
        route,
    },
};

pub(super) fn feed(site: &Site, scope: &Scope, pieces: &[Piece<'_>]) -> Value {
    let base = &site.config.base_url;
    let own = route::address(site, &Data::List(scope.clone(), Format::JsonFeed));
    let mut feed = Map::new();
    let mut put = |key: &str, value: Value| feed.insert(key.to_owned(), value);
    put("version", "https://jsonfeed.org/version/1.1".into());
    put("title", title(site, scope, 0).into());
    put(
        "home_page_url",
        base.absolute(&route::folder(site, scope)).into(),
    );
    put("feed_url", base.absolute(&own).into());
    if !site.config.description.is_empty() {
        put("description", site.config.description.clone().into());
    }
    let lang = match scope {
        Scope::Language(lang) => lang,
        _ => &site.config.default_language,
    };
    put("language", lang.as_str().into());
    put("authors", json!([{"name": publisher(site)}]));
    let items = pieces.iter().map(|piece| item(site, piece));
    put("items", items.collect());
    Value::Object(feed)
}

fn item(site: &Site, piece: &Piece<'_>) -> Value {
    let card = &piece.item.card;
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| item.insert(key.to_owned(), value);
    put("id", id(site, piece.item).into());
    put("url", site.config.base_url.absolute(&card.path).into());
    put("title", card.title.clone().into());
    put("language", card.lang.as_str().into());
    if let Some(date) = &card.date {
        put("date_published", date.to_rfc3339().into());
    }
    if let Some(date) = changed(piece.item) {
        put("date_modified", PubDate::to_rfc3339(date).into());
    }
    if !card.summary.is_empty() {
        put("summary", card.summary.clone().into());
    }
    put("authors", json!([{"name": issuer(site, piece.item)}]));
    let tags = terms(site, piece.item).into_iter().map(|(_, name)| name);
    put("tags", tags.collect());
    put("content_html", piece.text.html.clone().into());
    Value::Object(item)
}
