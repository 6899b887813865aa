//! A page of the preview → why its values are what they are: the words of the seed that each rests on, its rule and its confidence, what waits
//! for review and what is under embargo. JSON for `live.js`; a build has none of it.
//!
//! Everything is derived again from the seed when it is asked for. A value that the derivation does not give is a person's own.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Value, json};

use crate::{
    content::doubtful::{self, FIELDS},
    distill::{Document, Evidence, Field, Span, Vocabulary},
    edge::{
        clock,
        import::{self, Knowledge},
        review,
    },
    model::{Lang, language_name},
    render::Renderer,
    site::{Item, Route, Site},
};

/// Places in the text that are shown for one value.
const PLACES: usize = 24;

/// Characters on either side of a place, by which it is told from the same words elsewhere.
const AROUND: usize = 24;

/// What `live.js` shows on the page of `route`; of a page that is no briefing, all that waits for review, and which links lead
/// to pages under embargo.
pub(super) fn evidence(renderer: &Renderer, route: Option<&Route>, root: &Path) -> Value {
    let site = renderer.site();
    let now = clock::now();
    let held: BTreeMap<&str, String> = site
        .briefings
        .iter()
        .chain(&site.pages)
        .filter_map(|item| {
            let until = item.entry.front.embargo_until.as_ref()?;
            let over = until.over().is_some_and(|end| end <= now);
            (!over).then(|| (item.card.path.as_str(), until.to_string()))
        })
        .collect();
    let item = route.and_then(|route| item(site, route));
    let page = item
        .filter(|item| item.entry.front.seed.is_some())
        .map(|item| page(site, item, root));
    json!({
        "waiting": waiting(site, root),
        "base": site.config.base_url.path(),
        "until": item.and_then(|item| held.get(item.card.path.as_str())),
        "held": held,
        "page": page,
    })
}

/// The briefings that wait for review, newest first, each with the command that lets all its values stand.
fn waiting(site: &Site, root: &Path) -> Vec<Value> {
    site.briefings
        .iter()
        .filter(|item| !item.entry.front.review.is_empty())
        .map(|item| {
            let file = format!("content/{}", item.entry.path);
            let keys: Vec<&String> = item.entry.front.review.keys().collect();
            json!({
                "path": item.card.path,
                "title": item.card.title,
                "lang": item.card.lang,
                "keys": keys,
                "reasons": item.entry.front.review.values().collect::<Vec<_>>(),
                "accept": format!("{} review --accept {}", review::program(root), review::quoted(&file)),
            })
        })
        .collect()
}

fn item<'s>(site: &'s Site, route: &Route) -> Option<&'s Item> {
    match route {
        Route::Briefing(at) => site.briefings.get(*at),
        _ => None,
    }
}

fn page(site: &Site, item: &Item, root: &Path) -> Value {
    let front = &item.entry.front;
    // The site's own topics are compiled already.
    let knowledge = Knowledge {
        vocabulary: Vocabulary::clone(&site.vocabulary),
        ..import::knowledge(root, &mut Vec::new())
    };
    let derived = import::rederive(root, front, &knowledge);
    let lang = site.ui_lang(site.ui(&item.card.lang));
    let fields: Vec<Value> = FIELDS
        .into_iter()
        .map(|(key, field)| {
            let values: Vec<Value> = front
                .values(key)
                .iter()
                // The date is among the events, and has a place of its own.
                .filter(|value| {
                    key != "event_dates"
                        || front
                            .date
                            .as_ref()
                            .is_none_or(|date| date.as_str() != value.as_str())
                })
                .map(|value| {
                    let found = derived
                        .as_ref()
                        .and_then(|(text, document)| why(text, document, key, field, value));
                    let mut shown = json!({"value": value, "label": label(site, key, value, lang)});
                    if let (Some(shown), Some(Value::Object(found))) =
                        (shown.as_object_mut(), found)
                    {
                        shown.extend(found);
                    }
                    shown
                })
                .collect();
            json!({"key": key, "values": values})
        })
        .collect();
    let waiting: Vec<Value> = review::of_entry(root, &item.entry, &knowledge)
        .iter()
        .map(|waiting| {
            json!({
                "key": waiting.field,
                "reason": waiting.reason,
                "confidence": waiting.confidence,
                "place": format!("{}:{}", waiting.file, waiting.line),
                "accept": waiting.accept(root),
            })
        })
        .collect();
    json!({
        "file": format!("content/{}", item.entry.path),
        "seed": front.seed.as_ref().map(|seed| &seed.file),
        "derived": derived.is_some(),
        "fields": fields,
        "waiting": waiting,
    })
}

/// What speaks for a value; `None` where the derivation does not give it.
fn why(text: &str, document: &Document, key: &str, field: Field, value: &str) -> Option<Value> {
    if !doubtful::values(document, key).contains(&value) {
        return None;
    }
    let evidence: Vec<&Evidence> = doubtful::evidence(document, key, value).collect();
    let places: Vec<Value> = evidence
        .iter()
        .take(PLACES)
        .filter_map(|e| place(text, e.span))
        .collect();
    Some(json!({
        "confidence": doubtful::confidence(document, field, value),
        "enough": doubtful::confidence(document, field, value).is_none_or(crate::distill::Confidence::is_enough),
        "rule": evidence.iter().find(|e| !e.is_account()).or(evidence.first()).map(|e| &e.rule),
        "places": places,
    }))
}

/// A span with a little of the text on either side.
fn place(text: &str, span: Span) -> Option<Value> {
    let before = text.get(..span.start)?;
    let start = before
        .char_indices()
        .rev()
        .nth(AROUND)
        .map_or(0, |(at, _)| at);
    let after: String = text.get(span.end..)?.chars().take(AROUND).collect();
    Some(
        json!({"before": before.get(start..)?, "text": text.get(span.start..span.end)?, "after": after}),
    )
}

/// A value as the page shows it.
fn label(site: &Site, key: &str, value: &str, lang: &Lang) -> String {
    let named = match key {
        "countries" | "mentions" => value
            .parse()
            .ok()
            .map(|code| site.config.country_name(code, lang)),
        "topics" => value
            .parse()
            .ok()
            .map(|slug| site.vocabulary.label(&slug, lang)),
        "lang" => value.parse().ok().map(|of| language_name(&of, lang)),
        _ => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}
