//! The JSON Schema (draft 2020-12) of front matter: one row a key, the same keys as `read.rs` knows. What stands there is as wide as the reader
//! is: a text may be written as a number, one value stands for a list of one, null is absent.

use serde_json::{Map, Value, json};

use crate::model::TopicSlug;

const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const MOMENT: &str = "^[0-9]{4}-[0-9]{2}(-[0-9]{2}([Tt ][0-9:.]+([Zz]|[+-][0-9:]+))?)?$";

fn text() -> Value {
    json!({"type": ["string", "number", "boolean", "null"]})
}

fn moment() -> Value {
    json!({"type": ["string", "null"], "pattern": MOMENT})
}

fn pattern(pattern: &str) -> Value {
    json!({"type": ["string", "null"], "pattern": pattern})
}

fn many(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "items": one}]})
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn either(one: &Value, other: &Value) -> Value {
    json!({"anyOf": [one, other]})
}

fn slugs() -> Value {
    many(
        &schemars::schema_for!(TopicSlug).to_value()["pattern"]
            .as_str()
            .map_or_else(text, pattern),
    )
}

fn codes() -> Value {
    many(&pattern("^[A-Za-z]{2}$"))
}

/// The keys, each with what it holds and what it is for.
fn keys() -> Vec<(&'static str, Value, &'static str)> {
    let person = object(&json!({"name": text(), "role": text()}), &["name"]);
    let correction = object(&json!({"date": moment(), "text": text()}), &["text"]);
    let withdrawal = object(&json!({"date": moment(), "reason": text()}), &[]);
    let seed = json!({"type": "object", "required": ["file"]});
    let records = json!({"type": ["object", "null"], "additionalProperties": text()});
    let taxonomies =
        json!({"type": "object", "properties": {"countries": codes(), "topics": slugs()}});
    let lang = "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$";
    let truth =
        json!({"anyOf": [{"type": ["boolean", "null"]}, {"enum": ["yes", "no", "on", "off"]}]});
    vec![
        (
            "title",
            text(),
            "The title. Without it: the first heading, or the name of the file",
        ),
        (
            "date",
            moment(),
            "A day (2026-01-27), a month (\"2026-01\") or an instant with its offset",
        ),
        (
            "event_dates",
            many(&moment()),
            "The days of the events that it tells of",
        ),
        (
            "embargo_until",
            moment(),
            "Until when it must not be published",
        ),
        ("dateline", text(), "The place from which the text was sent"),
        (
            "issuer",
            text(),
            "Who issued the text, where that is not the site's publisher",
        ),
        (
            "updated",
            moment(),
            "The day of the last change in substance",
        ),
        (
            "expires",
            moment(),
            "The last day on which it is in the site",
        ),
        (
            "corrections",
            many(&either(&text(), &correction)),
            "What was corrected, and when",
        ),
        (
            "withdrawn",
            json!({"anyOf": [text(), withdrawal]}),
            "That it no longer stands: true, a day, a reason, or date and reason",
        ),
        (
            "superseded_by",
            text(),
            "The briefing that replaces it, as a path from content/",
        ),
        ("series", text(), "The series that it is a part of"),
        (
            "number",
            text(),
            "The number under which its publisher files it",
        ),
        ("lang", pattern(lang), "The language, as a BCP 47 tag"),
        (
            "countries",
            codes(),
            "What it is about, as ISO 3166-1 codes, most important first",
        ),
        (
            "mentions",
            codes(),
            "Countries that are named but not the subject",
        ),
        ("topics", slugs(), "Slugs of topics, most important first"),
        (
            "people",
            many(&either(&text(), &person)),
            "The people it names",
        ),
        ("organisations", many(&text()), "The organisations it names"),
        (
            "summary",
            text(),
            "One or two sentences for lists, feeds and search engines",
        ),
        ("description", text(), "Another name of `summary`"),
        ("slug", text(), "The last part of the address"),
        (
            "draft",
            truth,
            "true keeps it out of a build without --drafts",
        ),
        (
            "kind",
            json!({"enum": ["briefing", "page", null]}),
            "What the file is, where its keys don't tell",
        ),
        (
            "translation_of",
            text(),
            "The file that this one translates",
        ),
        ("aliases", many(&text()), "Older addresses that lead here"),
        (
            "weight",
            json!({"type": ["integer", "null"]}),
            "The order among the pages of a section, lowest first",
        ),
        ("template", text(), "Another template than the default one"),
        (
            "imported",
            pattern(DAY),
            "Written by the import: the day of the first one",
        ),
        (
            "seed",
            either(&text(), &seed),
            "Written by the import: the document it came from",
        ),
        (
            "taxonomies",
            taxonomies,
            "Another way to write countries and topics",
        ),
        (
            "derived",
            records.clone(),
            "Written by the import: what it wrote, as digests",
        ),
        (
            "review",
            records,
            "Written by the import: what a person should look at",
        ),
        (
            "extra",
            json!({"type": ["object", "null"]}),
            "Whatever your own templates need",
        ),
    ]
}

/// The schema. A key that it does not know is allowed: it reaches the templates.
pub fn schema() -> Value {
    let properties: Map<String, Value> = keys()
        .into_iter()
        .map(|(key, mut schema, what)| {
            schema["description"] = what.into();
            (key.to_owned(), schema)
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter",
        "description": "What stands above the Markdown of a content file.",
        "type": ["object", "null"],
        "properties": properties,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_that_are_read() {
        let known: Vec<&str> = keys().into_iter().map(|(key, ..)| key).collect();
        assert_eq!(known, super::super::keys::KNOWN);
    }
}
