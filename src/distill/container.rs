//! What a document's container says – a mail's header, a page's JSON-LD, a feed's entry, a person's front matter → values beside those of the
//! text. It sets the title; it sets the date unless the text itself states the day of its publication; its language is a hint. Refuses values
//! that cannot be read.

use compact_str::format_compact;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    dates::Dates,
    evidence::{Confidence, Evidence, Finding, Span},
};
use crate::model::{CountryCode, Lang, PubDate, TopicSlug};

/// One value that a container states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The value as front matter writes it: `2026-01-27`, `fr`.
    pub value: String,
    /// Where it stands: `mail header Date`, `JSON-LD datePublished`.
    pub rule: String,
}

impl Said {
    /// What stands where `rule` says; `None` where nothing does.
    pub fn new(value: impl Into<String>, rule: &str) -> Option<Self> {
        let value: String = value.into();
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then(|| Self {
            value,
            rule: rule.to_owned(),
        })
    }

    fn evidence(&self, text: &str, value: String) -> Evidence {
        // It is no part of the text, unless the converter has put it there: the title as one of the first lines.
        let head = text
            .get(..text.floor_char_boundary(HEAD))
            .unwrap_or_default();
        let span = head
            .match_indices(&self.value)
            .map(|(at, _)| at)
            .find(|&at| is_whole(head, at, at + self.value.len()))
            .map_or(Span::new(0, 0), |at| Span::new(at, at + self.value.len()));
        Evidence {
            span,
            text: self.value.as_str().into(),
            rule: self.rule.as_str().into(),
            weight: WEIGHT,
            value: value.into(),
            accepted: true,
        }
    }
}

/// Whether what stands there begins its line and ends its word: `en` is no part of `Prevention`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let begins = text
        .get(..start)
        .is_some_and(|before| before.is_empty() || before.ends_with('\n'));
    let ends = text
        .get(end..)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    begins && ends
}

/// No file that is read was made before this year; the clocks of some machines begin earlier.
const FIRST: i16 = 1993;

/// Bytes of the text in which its headline is looked for.
const HEAD: usize = 2048;

/// A text that states a day of its publication so long after its file was made is not of that day: the properties are those of a template.
const STALE: i32 = 60;

/// More than any rule on the text gives.
const WEIGHT: f32 = 100.0;

/// What the container of a document states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Container {
    /// The headline.
    pub title: Option<Said>,
    /// The day (or month) of publication.
    pub published: Option<Said>,
    /// The day on which the file was made or last saved: a document of an office says no more of its day of publication.
    pub made: Option<Said>,
    /// Until when it must not be published; only where a person wrote it.
    pub embargo: Option<Said>,
    /// A person wrote the values for this very seed: they win over the text, too.
    pub by_hand: bool,
    /// The language.
    pub lang: Option<Said>,
    /// What it is about; only where a person wrote it.
    pub countries: Vec<Said>,
    /// Its topics; only where a person wrote them.
    pub topics: Vec<Said>,
    /// Its summary; only where a person wrote it.
    pub summary: Option<Said>,
}

impl Container {
    /// The day against which relative dates resolve: that of publication, else the earlier of those on which the file was made and received.
    pub fn reference(&self, received: Option<Date>) -> Option<Date> {
        let published = self.date().map(|date| date.civil());
        published.or_else(|| match (self.made_before(received), received) {
            (Some((_, made)), _) => Some(made),
            (None, received) => received,
        })
    }

    /// The day on which the file was made, where it can be true.
    fn made_before(&self, received: Option<Date>) -> Option<(&Said, Date)> {
        let said = self.made.as_ref()?;
        let made: Date = said.value.parse().ok()?;
        (made.year() >= FIRST && received.is_none_or(|day| made < day)).then_some((said, made))
    }

    /// Whether the text states that it is from long after the day on which its file was made.
    pub(super) fn is_outdated(&self, found: &Finding<Dates>) -> bool {
        let made = self.made.as_ref().filter(|_| self.published.is_none());
        let made: Option<Date> = made.and_then(|said| said.value.parse().ok());
        let stated = found.value.date.as_ref().filter(|_| is_stated(found));
        made.zip(stated)
            .and_then(|(made, stated)| made.until(stated.civil()).ok())
            .is_some_and(|apart| apart.get_days() > STALE)
    }

    fn date(&self) -> Option<PubDate> {
        self.published.as_ref()?.value.parse().ok()
    }

    /// The language of the container where the text gives none or leaves doubt.
    pub(super) fn settle_lang(&self, text: &str, found: &mut Finding<Option<Lang>>) {
        let sure = found
            .value
            .as_ref()
            .and_then(|lang| found.confidence.get(lang.as_str()))
            .is_some_and(|c| c.is_enough());
        if let Some(said) = &self.lang
            && (!sure || self.by_hand)
            && let Ok(lang) = said.value.parse::<Lang>()
        {
            accept(found, said.evidence(text, lang.to_string()));
            found.value = Some(lang);
        }
    }

    /// The day of publication, unless the text states it itself. The day on which the file was made is never the date.
    pub(super) fn settle_date(
        &self,
        text: &str,
        received: Option<Date>,
        found: &mut Finding<Dates>,
    ) {
        if let Some(said) = &self.embargo
            && let Ok(until) = said.value.parse::<PubDate>()
        {
            found.evidence.push(said.evidence(text, until.to_string()));
            found
                .confidence
                .insert(until.to_string(), Confidence::new(1.0));
            found.value.embargo_until = Some(until);
        }
        let (Some(said), Some(date)) = (&self.published, self.date()) else {
            let made = self.made_before(received);
            if let Some((said, made)) = made.filter(|_| !self.is_outdated(found)) {
                found.evidence.push(Evidence {
                    rule: format_compact!("{}: relative dates resolve against it", said.rule),
                    weight: 0.0,
                    accepted: false,
                    ..said.evidence(text, made.to_string())
                });
            }
            return;
        };
        let stated = is_stated(found);
        let mut evidence = said.evidence(text, date.to_string());
        if stated && !self.by_hand {
            evidence.accepted = found.value.date.as_ref() == Some(&date);
            found.evidence.push(evidence);
            return;
        }
        accept(found, evidence);
        found.value.date = Some(date);
    }

    /// The headline.
    pub(super) fn settle_title(&self, text: &str, found: &mut Finding<String>) {
        if let Some(said) = &self.title {
            accept(found, said.evidence(text, said.value.clone()));
            found.value.clone_from(&said.value);
        }
    }

    /// The summary.
    pub(super) fn settle_summary(&self, text: &str, found: &mut Finding<String>) {
        if let Some(said) = &self.summary {
            accept(found, said.evidence(text, said.value.clone()));
            found.value.clone_from(&said.value);
        }
    }

    /// The countries that a person named.
    pub(super) fn settle_countries(
        &self,
        text: &str,
        found: &mut Finding<super::countries::Countries>,
    ) {
        let named: Vec<(&Said, CountryCode)> = readable(&self.countries);
        if named.is_empty() {
            return;
        }
        for (said, code) in &named {
            accept(found, said.evidence(text, code.to_string()));
        }
        let about: Vec<CountryCode> = named.into_iter().map(|(_, code)| code).collect();
        found.value.mentions.retain(|code| !about.contains(code));
        found.value.about = about;
    }

    /// The topics that a person named.
    pub(super) fn settle_topics(&self, text: &str, found: &mut Finding<Vec<TopicSlug>>) {
        let named: Vec<(&Said, TopicSlug)> = readable(&self.topics);
        if named.is_empty() {
            return;
        }
        for (said, slug) in &named {
            accept(found, said.evidence(text, slug.to_string()));
        }
        found.value = named.into_iter().map(|(_, slug)| slug).collect();
    }
}

/// Whether the text itself states the day of its publication.
fn is_stated(found: &Finding<Dates>) -> bool {
    let places = ["header", "dateline", "footer"];
    found.value.date.is_some()
        && found.evidence.iter().any(|e| {
            e.accepted
                && (places.iter().any(|place| e.rule.starts_with(place))
                    || e.rule.contains("day of publication"))
        })
}

fn readable<T: std::str::FromStr>(all: &[Said]) -> Vec<(&Said, T)> {
    all.iter()
        .filter_map(|said| Some((said, said.value.parse().ok()?)))
        .collect()
}

/// Files the evidence of a value that wins; what spoke for another value no longer does, and its doubts are settled.
fn accept<T>(found: &mut Finding<T>, evidence: Evidence) {
    let settled = |e: &Evidence| e.weight >= WEIGHT || e.value == evidence.value;
    for other in &mut found.evidence {
        other.accepted &= settled(other);
    }
    found.doubts.clear();
    found
        .confidence
        .insert(evidence.value.to_string(), Confidence::new(1.0));
    found.evidence.insert(0, evidence);
}
