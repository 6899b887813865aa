//! Front matter: what a person may write above a Markdown body. Unknown keys are kept in `extra`.

use std::collections::BTreeMap;

use compact_str::CompactString;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Correction, Withdrawal};
use crate::{
    distill::Person,
    model::{CountryCode, Lang, PubDate, TopicSlug},
};

/// The typed front matter of one content file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The title; a file without one takes its first heading or its name.
    pub title: Option<String>,
    /// The day, month or instant the briefing is from.
    pub date: Option<PubDate>,
    /// The dated events that it states.
    pub event_dates: Vec<PubDate>,
    /// Until when it must not be published; a day or a month holds to its very end.
    pub embargo_until: Option<PubDate>,
    /// The place from which it was sent.
    pub dateline: Option<String>,
    /// Who issued it, where that is not the publisher of the site.
    pub issuer: Option<String>,
    /// When it last changed in substance.
    pub updated: Option<PubDate>,
    /// The last moment at which it is published; a day or a month holds to its very end.
    pub expires: Option<PubDate>,
    /// What was corrected since it was published.
    pub corrections: Vec<Correction>,
    /// That it no longer stands.
    pub withdrawn: Option<Withdrawal>,
    /// The path from content/ of the briefing that replaces it.
    pub superseded_by: Option<String>,
    /// The series that it is a part of.
    pub series: Option<String>,
    /// The number under which its publisher files it, such as `PR/2026/014`.
    pub number: Option<String>,
    /// Its language.
    pub lang: Option<Lang>,
    /// What it is about.
    pub countries: Vec<CountryCode>,
    /// Other countries that it refers to.
    pub mentions: Vec<CountryCode>,
    /// Slugs of topics.
    pub topics: Vec<TopicSlug>,
    /// The people it names.
    pub people: Vec<Person>,
    /// The organisations it names.
    pub organisations: Vec<String>,
    /// For lists, feeds and search engines. `description` is read as the same key.
    pub summary: Option<String>,
    /// The last part of the permalink.
    pub slug: Option<String>,
    /// Kept out of builds without `--drafts`.
    pub draft: bool,
    /// `briefing` or `page`, where the rule of ARCHITECTURE.md must be overruled.
    pub kind: Option<Kind>,
    /// The path of the page that this one translates, or a key that the translations share.
    pub translation_of: Option<String>,
    /// Older addresses that redirect here, as paths from the site's root.
    pub aliases: Vec<String>,
    /// The order among the pages of a section, lowest first.
    pub weight: Option<i64>,
    /// Another template than the default one.
    pub template: Option<String>,
    /// The day of the first import: the reference date of relative dates, never looked up again.
    pub imported: Option<Date>,
    /// The seed this was derived from.
    pub seed: Option<SeedRef>,
    /// For each machine-written key, and for `body`, a digest of the exact text that was written.
    pub derived: BTreeMap<CompactString, CompactString>,
    /// What a person should still look at: a key (or `seed`) and why. A key whose value is the person's own by now is not among them.
    pub review: BTreeMap<String, String>,
    /// Keys that `review:` names although a person has edited their value since.
    pub settled: Vec<String>,
    /// Keys that Dépêche does not know, and the content of `extra:`.
    pub extra: Map<String, Value>,
    /// The 1-based line of each key in the content file.
    pub lines: BTreeMap<CompactString, usize>,
}

impl FrontMatter {
    /// Whether it differs in nothing but the words of title and summary, and where its keys stand.
    pub fn differs_in_words_alone(&self, other: &Self) -> bool {
        let same = Self {
            title: other.title.clone(),
            summary: other.summary.clone(),
            derived: other.derived.clone(),
            lines: other.lines.clone(),
            ..self.clone()
        };
        same == *other
    }

    /// The values of a derived key, as evidence writes them.
    pub fn values(&self, key: &str) -> Vec<String> {
        fn texts<T: ToString>(values: &[T]) -> Vec<String> {
            values.iter().map(ToString::to_string).collect()
        }
        match key {
            "title" => self.title.iter().cloned().collect(),
            "date" => self.date.iter().map(ToString::to_string).collect(),
            "event_dates" => texts(&self.event_dates),
            "embargo_until" => self.embargo_until.iter().map(ToString::to_string).collect(),
            "dateline" => self.dateline.iter().cloned().collect(),
            "lang" => self.lang.iter().map(ToString::to_string).collect(),
            "countries" => texts(&self.countries),
            "mentions" => texts(&self.mentions),
            "topics" => texts(&self.topics),
            "people" => self.people.iter().map(|p| p.name.clone()).collect(),
            "organisations" => self.organisations.clone(),
            "summary" => self.summary.iter().cloned().collect(),
            "slug" => self.slug.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// The line to name when these keys are at fault: that of the first one that is there, else the file's first.
    pub fn line(&self, keys: &[&str]) -> usize {
        keys.iter()
            .find_map(|key| self.lines.get(*key))
            .copied()
            .unwrap_or(1)
    }
}

/// What a content file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A dated item in the indexes.
    Briefing,
    /// An ordinary page in the navigation.
    Page,
}

/// Where a briefing came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedRef {
    /// Path from the site's root.
    pub file: String,
    /// Hexadecimal SHA-256 of its bytes; empty where a person left it out.
    pub sha256: String,
    /// The state of the derivation's rules and vocabulary that this was derived with.
    pub derivation: Option<String>,
}
