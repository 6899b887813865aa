//! Briefing → ninjs 2.1, IPTC's JSON for news: <https://iptc.org/std/ninjs/ninjs-schema_2.1.json>.

use serde_json::{Map, Value, json};

use super::{Piece, issuer, media_topic};
use crate::{
    model::PubDate,
    site::{
        Site,
        data::{changed, id},
        route,
    },
};

/// The latest briefings as an array.
pub(super) fn list(site: &Site, pieces: &[Piece<'_>]) -> Value {
    pieces.iter().map(|piece| ninjs(site, piece)).collect()
}

pub(super) fn ninjs(site: &Site, piece: &Piece<'_>) -> Value {
    let item = piece.item;
    let (card, front) = (&item.card, &item.entry.front);
    let config = &site.config;
    let address = config.base_url.absolute(&card.path);
    let name_of = |code| config.country_name(code, &card.lang);
    let mut news = Map::new();
    let mut put = |key: &str, value: Value| news.insert(key.to_owned(), value);
    put("uri", id(site, item).into());
    put(
        "standard",
        json!({"name": "ninjs", "version": "2.1", "schema": "https://iptc.org/std/ninjs/ninjs-schema_2.1.json"}),
    );
    put("type", "text".into());
    put("representationtype", "full".into());
    put("pubstatus", "usable".into());
    put("version", (front.corrections.len() + 1).to_string().into());
    let mut dated = |key: &str, date: Option<&PubDate>| {
        if let Some(date) = date {
            put(key, date.to_rfc3339().into());
        }
    };
    dated("firstcreated", card.date.as_ref());
    dated("versioncreated", changed(item));
    dated("contentcreated", card.date.as_ref());
    dated("expires", front.expires.as_ref());
    put("language", card.lang.as_str().into());
    put("title", card.title.clone().into());
    put(
        "headlines",
        json!([{"role": "main", "contenttype": "text/plain", "value": card.title}]),
    );
    if !card.summary.is_empty() {
        put(
            "descriptions",
            json!([{"role": "summary", "contenttype": "text/plain", "value": card.summary}]),
        );
    }
    put(
        "bodies",
        json!([{
            "role": "main", "contenttype": "text/html", "wordcount": piece.text.body.words(),
            "charcount": piece.text.html.chars().count(), "value": piece.text.html,
        }]),
    );
    if let Some(place) = item.entry.front.dateline.as_deref() {
        put("located", place.into());
    }
    let subjects = card.topics.iter().map(|topic| {
        let page = route::term(site, crate::site::Taxonomy::Topics, topic.as_str(), 0);
        let uri = media_topic(site, topic).unwrap_or_else(|| config.base_url.absolute(&page));
        json!({"name": site.vocabulary.label(topic, &card.lang), "rel": "about", "uri": uri, "literal": topic})
    });
    put("subjects", subjects.collect());
    let place = |rel: &str, code: &crate::model::CountryCode| {
        let uri = format!("http://cvx.iptc.org/iso3166-1a2:{code}");
        json!({"name": name_of(*code), "rel": rel, "uri": uri, "literal": code.as_str()})
    };
    let about = card.countries.iter().map(|code| place("about", code));
    let mentioned = front.mentions.iter().map(|code| place("mentions", code));
    put("places", about.chain(mentioned).collect());
    let people = front.people.iter();
    let people = people.map(|person| json!({"name": person.name, "rel": "mentions"}));
    put("people", people.collect());
    let bodies = front.organisations.iter();
    let bodies = bodies.map(|name| json!({"name": name, "rel": "mentions"}));
    put("organisations", bodies.collect());
    put("infosources", json!([{"name": issuer(site, piece.item)}]));
    if !config.license.is_empty() {
        put("usageterms", config.license.clone().into());
    }
    if let Some(number) = &front.number {
        put(
            "altids",
            json!([{"role": "document number", "value": number}]),
        );
    }
    let versions = site.translations.get(&card.source);
    let others = versions.into_iter().flatten();
    let others: Vec<Value> = others
        .filter(|v| v.lang != card.lang)
        .map(|v| json!({"name": "translation", "uri": config.base_url.absolute(&v.path), "language": v.lang, "title": v.title}))
        .collect();
    if !others.is_empty() {
        put("associations", others.into());
    }
    put(
        "renditions",
        json!([{"name": "web", "href": address, "contenttype": "text/html"}]),
    );
    let notes: Vec<String> = front.corrections.iter().map(|c| c.text.clone()).collect();
    if !notes.is_empty() {
        put("ednote", notes.join(" ").into());
    }
    Value::Object(news)
}
