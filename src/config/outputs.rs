//! `outputs` of site.yaml → which formats for machines a site has; all but cards where it says nothing. Refuses names that it does not know.

use std::{collections::BTreeSet, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One format for machines.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case", try_from = "String")]
#[schemars(!try_from)]
pub enum Output {
    /// Atom feeds.
    Atom,
    /// JSON Feeds.
    JsonFeed,
    /// `feeds.opml`, the list of all feeds.
    Opml,
    /// A CSV table of each index.
    Csv,
    /// The same as JSON.
    Json,
    /// schema.org descriptions within the pages.
    JsonLd,
    /// A picture of each briefing for links that are shared.
    Cards,
    /// `llms.txt`.
    Llms,
    /// A Markdown twin of each page.
    Markdown,
    /// ninjs, IPTC's JSON for news, of each briefing.
    Ninjs,
    /// `sitemap.xml` and its parts.
    Sitemap,
}

impl Output {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 11] = [
        ("atom", Self::Atom),
        ("json_feed", Self::JsonFeed),
        ("opml", Self::Opml),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("json_ld", Self::JsonLd),
        ("cards", Self::Cards),
        ("llms", Self::Llms),
        ("markdown", Self::Markdown),
        ("ninjs", Self::Ninjs),
        ("sitemap", Self::Sitemap),
    ];
}

impl FromStr for Output {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(name, _)| *name == s);
        known.map(|(_, output)| *output).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            format!("`{s}` is no output: choose among {names}")
        })
    }
}

impl TryFrom<String> for Output {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

/// The formats of a site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Outputs(BTreeSet<Output>);

impl Default for Outputs {
    fn default() -> Self {
        // A card for each briefing costs more than all else of its page: a site asks for them.
        let all = Output::ALL.into_iter().map(|(_, output)| output);
        Self(all.filter(|output| *output != Output::Cards).collect())
    }
}

impl Outputs {
    /// Whether the site has this one.
    pub fn has(&self, output: Output) -> bool {
        self.0.contains(&output)
    }
}
