//! `raw_html` of site.yaml → the HTML elements that the bodies of content files may hold; none where it says nothing. Refuses elements that run,
//! load, submit or reach out of the text, whatever the site says: a body is never trusted so far.

use std::{collections::BTreeSet, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The elements that a site may allow. They hold words, and nothing else.
pub const ALLOWABLE: [&str; 36] = [
    "abbr",
    "b",
    "bdi",
    "bdo",
    "br",
    "cite",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "sub",
    "summary",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
];

/// The HTML elements that a body may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawHtml {
    /// The names of elements.
    allow: BTreeSet<Element>,
}

impl RawHtml {
    /// Whether any element is allowed.
    pub fn is_on(&self) -> bool {
        !self.allow.is_empty()
    }

    /// The elements that are allowed, in lower case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.allow.iter().map(|element| element.0.as_str())
    }

    /// Whether an element is allowed, by its name in lower case.
    pub fn allows(&self, name: &[u8]) -> bool {
        self.names().any(|allowed| allowed.as_bytes() == name)
    }
}

/// One of `ALLOWABLE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("enum" = ALLOWABLE.as_slice()))]
struct Element(String);

impl FromStr for Element {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let known = ALLOWABLE.contains(&s).then(|| Self(s.to_owned()));
        known.ok_or_else(|| {
            let names = ALLOWABLE.join(", ");
            format!("`{s}` is no element that a text may hold: choose among {names}")
        })
    }
}

impl From<Element> for String {
    fn from(element: Element) -> Self {
        element.0
    }
}

impl TryFrom<String> for Element {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}
