//! The keys of front matter, and the one that was meant by a key that is not among them. Refuses nothing.

use crate::diagnostic::near;

/// The key that nobody may misspell: the text would be published too early.
pub(super) const EMBARGO: &str = "embargo_until";

/// The keys that are read.
pub(super) const KNOWN: [&str; 34] = [
    "title",
    "date",
    "event_dates",
    "embargo_until",
    "dateline",
    "issuer",
    "updated",
    "expires",
    "corrections",
    "withdrawn",
    "superseded_by",
    "series",
    "number",
    "lang",
    "countries",
    "mentions",
    "topics",
    "people",
    "organisations",
    "summary",
    "description",
    "slug",
    "draft",
    "kind",
    "translation_of",
    "aliases",
    "weight",
    "template",
    "imported",
    "seed",
    "taxonomies",
    "derived",
    "review",
    "extra",
];

/// Other words for a known key.
const OTHER_NAMES: [(&str, &str); 17] = [
    ("embargo", EMBARGO),
    ("embargoed", EMBARGO),
    ("embargo_date", EMBARGO),
    ("embargoed_until", EMBARGO),
    ("expiry", "expires"),
    ("expirydate", "expires"),
    ("correction", "corrections"),
    ("language", "lang"),
    ("locale", "lang"),
    ("country", "countries"),
    ("topic", "topics"),
    ("tags", "topics"),
    ("person", "people"),
    ("organization", "organisations"),
    ("organizations", "organisations"),
    ("organisation", "organisations"),
    ("publishdate", "date"),
];

/// The known key that an unknown one was probably meant to be.
pub(super) fn misspelt(key: &str) -> Option<&'static str> {
    let lower = key.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower);
    other.map_or_else(|| near(&lower, KNOWN), |(_, known)| Some(*known))
}
