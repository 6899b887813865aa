//! The slug of a topic.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lower-case ASCII letters and digits in groups joined by single hyphens, at most 64 bytes: `drug-trafficking`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength" = 64))]
pub struct TopicSlug(String);

impl TopicSlug {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TopicSlug {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let fits = s.len() <= 64
            && s.split('-').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if fits {
            Ok(Self(s.to_owned()))
        } else {
            Err(format!(
                "`{s}` is not a topic slug: lower-case letters, digits and single hyphens, such as drug-trafficking"
            ))
        }
    }
}

impl TryFrom<String> for TopicSlug {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<TopicSlug> for String {
    fn from(slug: TopicSlug) -> Self {
        slug.0
    }
}

impl fmt::Display for TopicSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
