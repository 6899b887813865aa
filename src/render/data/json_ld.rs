//! A page → its description in the words of schema.org, as JSON-LD that is safe within `<script>`.

use serde_json::{Map, Value, json};

use super::{media_topic, publisher};
use crate::{
    content::{Correction, Kind},
    model::Lang,
    site::{Item, Site, Taxonomy, data::changed, route},
};

/// A page and what is above it.
pub(in crate::render) struct Place<'a> {
    pub(in crate::render) lang: &'a Lang,
    pub(in crate::render) title: &'a str,
    /// From the site's root.
    pub(in crate::render) path: &'a str,
    /// Words and path from the host's root, outermost first; the home page is not among them.
    pub(in crate::render) above: Vec<(String, String)>,
    pub(in crate::render) home: (String, String),
    pub(in crate::render) item: Option<&'a Item>,
    pub(in crate::render) image: Option<&'a str>,
}

/// The graph of a page; empty for a page of which there is nothing to say.
pub(in crate::render) fn script(site: &Site, place: &Place<'_>) -> String {
    let base = &site.config.base_url;
    let mut graph: Vec<Value> = Vec::new();
    let is_home = base.rooted(place.path) == place.home.1;
    if is_home {
        let words = site.config.words(place.lang);
        graph.push(json!({
            "@type": "WebSite", "name": words.title, "url": base.absolute(place.path), "inLanguage": place.lang,
            "description": words.description, "publisher": organisation(site),
        }));
    }
    if let Some(item) = place
        .item
        .filter(|item| item.entry.front.withdrawn.is_none())
    {
        match item.card.kind {
            Kind::Briefing => graph.push(article(site, item, place.image)),
            Kind::Page if !is_home => graph.push(page(site, item)),
            Kind::Page => {}
        }
    }
    if !is_home {
        graph.push(breadcrumbs(site, place));
    }
    // `<` could end the script element, and is the same character written so.
    json!({"@context": "https://schema.org", "@graph": graph})
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn organisation(site: &Site) -> Value {
    json!({"@type": "Organization", "name": publisher(site), "url": site.config.base_url.absolute("/")})
}

fn breadcrumbs(site: &Site, place: &Place<'_>) -> Value {
    let origin = site.config.base_url.origin();
    let own = (
        place.title.to_owned(),
        site.config.base_url.rooted(place.path),
    );
    let crumbs = std::iter::once(&place.home)
        .chain(&place.above)
        .chain(std::iter::once(&own));
    let crumbs: Vec<Value> = crumbs
        .zip(1..)
        .map(|((words, path), position)| {
            json!({"@type": "ListItem", "position": position, "name": words, "item": format!("{origin}{path}")})
        })
        .collect();
    json!({"@type": "BreadcrumbList", "itemListElement": crumbs})
}

fn page(site: &Site, item: &Item) -> Value {
    let card = &item.card;
    let mut page = Map::new();
    let mut put = |key: &str, value: Value| page.insert(key.to_owned(), value);
    put("@type", "WebPage".into());
    put("name", card.title.clone().into());
    put("url", site.config.base_url.absolute(&card.path).into());
    put("inLanguage", card.lang.as_str().into());
    if !card.summary.is_empty() {
        put("description", card.summary.clone().into());
    }
    if let Some(date) = changed(item) {
        put("dateModified", date.as_str().into());
    }
    Value::Object(page)
}

fn article(site: &Site, item: &Item, image: Option<&str>) -> Value {
    let (card, front) = (&item.card, &item.entry.front);
    let base = &site.config.base_url;
    let own = base.absolute(&card.path);
    let mut article = Map::new();
    let mut put = |key: &str, value: Value| article.insert(key.to_owned(), value);
    put("@type", "NewsArticle".into());
    put("@id", own.clone().into());
    put("url", own.clone().into());
    put("mainEntityOfPage", own.into());
    put("headline", card.title.clone().into());
    if !card.summary.is_empty() {
        put("description", card.summary.clone().into());
    }
    put("inLanguage", card.lang.as_str().into());
    if let Some(date) = &card.date {
        put("datePublished", date.as_str().into());
    }
    if let Some(date) = changed(item) {
        put("dateModified", date.as_str().into());
    }
    put("publisher", organisation(site));
    put(
        "author",
        match &front.issuer {
            Some(name) => json!({"@type": "Organization", "name": name}),
            None => organisation(site),
        },
    );
    put("isAccessibleForFree", true.into());
    if let Some(image) = image {
        put("image", image.into());
    }
    if let Some(place) = item.entry.front.dateline.as_deref() {
        put("dateline", place.into());
    }
    let places: Vec<Value> = card
        .countries
        .iter()
        .map(|code| {
            let path = route::term(site, Taxonomy::Countries, &code.as_str().to_ascii_lowercase(), 0);
            json!({"@type": "Country", "name": site.config.country_name(*code, &card.lang), "identifier": code.as_str(), "url": base.absolute(&path)})
        })
        .collect();
    if !places.is_empty() {
        put("contentLocation", places.into());
    }
    let topics: Vec<Value> = card
        .topics
        .iter()
        .map(|topic| {
            let path = route::term(site, Taxonomy::Topics, topic.as_str(), 0);
            let mut thing = json!({"@type": "Thing", "name": site.vocabulary.label(topic, &card.lang), "url": base.absolute(&path)});
            if let Some(uri) = media_topic(site, topic) {
                thing["sameAs"] = uri.into();
            }
            thing
        })
        .collect();
    if !topics.is_empty() {
        put("about", topics.into());
    }
    let people = front
        .people
        .iter()
        .map(|person| match person.role.as_str() {
            "" => json!({"@type": "Person", "name": person.name}),
            role => json!({"@type": "Person", "name": person.name, "jobTitle": role}),
        });
    let bodies = front.organisations.iter();
    let bodies = bodies.map(|name| json!({"@type": "Organization", "name": name}));
    let mentions: Vec<Value> = people.chain(bodies).collect();
    if !mentions.is_empty() {
        put("mentions", mentions.into());
    }
    if let Some(number) = &front.number {
        put("identifier", number.clone().into());
    }
    if let Some(series) = &front.series {
        put(
            "isPartOf",
            json!({"@type": "CreativeWorkSeries", "name": series}),
        );
    }
    if !site.config.license.is_empty() {
        put(
            "license",
            json!({"@type": "CreativeWork", "name": site.config.license}),
        );
    }
    let mut latest_first: Vec<&Correction> = front.corrections.iter().collect();
    latest_first.sort_by(|a, b| b.date.cmp(&a.date));
    let corrections: Vec<Value> = latest_first
        .into_iter()
        .map(|c| match &c.date {
            Some(date) => {
                json!({"@type": "CorrectionComment", "text": c.text, "datePublished": date})
            }
            None => json!({"@type": "CorrectionComment", "text": c.text}),
        })
        .collect();
    if !corrections.is_empty() {
        put("correction", corrections.into());
    }
    if let Some((key, versions)) = translation(site, item) {
        put(key, versions);
    }
    Value::Object(article)
}

/// What it is a translation of, or, for the original, its translations: the original is the file that the others name.
fn translation(site: &Site, item: &Item) -> Option<(&'static str, Value)> {
    let versions = site.translations.get(&item.card.source)?;
    let base = &site.config.base_url;
    let of = |lang: &Lang, title: &str, path: &str| {
        let own = base.absolute(path);
        json!({"@type": "NewsArticle", "@id": own, "url": own, "headline": title, "inLanguage": lang})
    };
    match site.original(item) {
        Some(original) if original.card.source != item.card.source => {
            let card = &original.card;
            Some(("translationOfWork", of(&card.lang, &card.title, &card.path)))
        }
        Some(_) => {
            let others = versions.iter().filter(|v| v.path != item.card.path);
            let others: Vec<Value> = others.map(|v| of(&v.lang, &v.title, &v.path)).collect();
            Some(("workTranslation", others.into()))
        }
        None => None,
    }
}
