//! Content files → rows for editors: what each is about and how it stands; those that an editor asked for, in the order asked for.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    config::Config,
    content::{Entry, Kind},
    distill::Vocabulary,
    model::{CountryCode, Lang, PubDate, TopicSlug},
    site::{
        card,
        life::{Stage, stage},
    },
};

/// How a content file stands. A file may stand in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Kept out of builds
    Draft,
    /// Under embargo
    Embargoed,
    /// With values that a person should look at
    Review,
    /// Past its last day
    Expired,
    /// Withdrawn
    Withdrawn,
    /// In the site
    Published,
}

/// One content file.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Path from the site's root.
    pub file: String,
    /// The title.
    pub title: String,
    /// `briefing` or `page`.
    pub kind: &'static str,
    /// As the site shows it.
    pub date: Option<String>,
    /// The language.
    pub lang: String,
    /// Codes.
    pub countries: Vec<CountryCode>,
    /// Slugs.
    pub topics: Vec<TopicSlug>,
    /// How it stands.
    pub states: Vec<State>,
    /// Until when it is held.
    pub embargo_until: Option<String>,
    /// Its last day.
    pub expires: Option<String>,
    /// The keys that wait for a person.
    pub review: Vec<String>,
    /// The address, from the site's root.
    pub path: String,
}

/// What is asked for; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any of these.
    pub states: Vec<State>,
    /// All of these.
    pub countries: Vec<CountryCode>,
    /// All of these, or topics below them.
    pub topics: Vec<TopicSlug>,
    /// This language, or a form of it.
    pub lang: Option<Lang>,
    /// Not before this day.
    pub since: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
    /// Words in title, summary or text.
    pub text: Option<String>,
    /// Ordinary pages, too.
    pub pages: bool,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// Newest first
    #[default]
    Date,
    /// By title
    Title,
    /// By file
    File,
    /// What is to be done first
    State,
}

/// The rows.
pub fn rows(
    entries: &[Entry],
    config: &Config,
    vocabulary: &Vocabulary,
    now: Timestamp,
    wanted: &Wanted,
    order: Order,
) -> Vec<Row> {
    let mut found: Vec<(Option<PubDate>, Row)> = entries
        .iter()
        .filter_map(|entry| {
            let (card, _) = card::card(entry, config);
            let row = row(entry, &card, now);
            let fits = fits(entry, &card, &row, vocabulary, wanted);
            fits.then_some((card.date, row))
        })
        .collect();
    found.sort_by(|(a_date, a), (b_date, b)| {
        let by = match order {
            Order::Date => b_date.cmp(a_date),
            Order::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
            Order::File => std::cmp::Ordering::Equal,
            Order::State => a.states.cmp(&b.states).then_with(|| b_date.cmp(a_date)),
        };
        by.then_with(|| a.file.cmp(&b.file))
    });
    found.into_iter().map(|(_, row)| row).collect()
}

fn row(entry: &Entry, card: &card::Card, now: Timestamp) -> Row {
    let front = &entry.front;
    let text = |date: &Option<PubDate>| date.as_ref().map(ToString::to_string);
    Row {
        file: format!("content/{}", entry.path),
        title: card.title.clone(),
        kind: if card.kind == Kind::Briefing {
            "briefing"
        } else {
            "page"
        },
        date: text(&card.date),
        lang: card.lang.to_string(),
        countries: card.countries.clone(),
        topics: card.topics.clone(),
        states: states(entry, now),
        embargo_until: text(&front.embargo_until),
        expires: text(&front.expires),
        review: front.review.keys().cloned().collect(),
        path: card.path.clone(),
    }
}

fn states(entry: &Entry, now: Timestamp) -> Vec<State> {
    let front = &entry.front;
    let stage = stage(entry, now);
    let mut states: Vec<State> = [
        (State::Draft, front.draft),
        (State::Embargoed, matches!(stage, Stage::Held(_))),
        (State::Review, !front.review.is_empty()),
        (State::Expired, stage == Stage::Expired),
        (State::Withdrawn, front.withdrawn.is_some()),
    ]
    .into_iter()
    .filter_map(|(state, holds)| holds.then_some(state))
    .collect();
    if states.iter().all(|state| *state == State::Review) {
        states.push(State::Published);
    }
    states
}

fn fits(
    entry: &Entry,
    card: &card::Card,
    row: &Row,
    vocabulary: &Vocabulary,
    wanted: &Wanted,
) -> bool {
    let day = card.date.as_ref().map(PubDate::civil);
    let below = |topic: &TopicSlug| {
        let is = |own: &TopicSlug| own == topic || vocabulary.above(own).contains(&topic);
        card.topics.iter().any(is)
    };
    let lang = |lang: &Lang| card.lang == *lang || card.lang.primary() == lang.as_str();
    let words = |words: &String| {
        let words = words.to_lowercase();
        [card.title.as_str(), &card.summary, &entry.body]
            .iter()
            .any(|text| text.to_lowercase().contains(&words))
    };
    (wanted.pages || card.kind == Kind::Briefing)
        && (wanted.states.is_empty() || row.states.iter().any(|s| wanted.states.contains(s)))
        && wanted.countries.iter().all(|c| card.countries.contains(c))
        && wanted.topics.iter().all(below)
        && wanted.lang.as_ref().is_none_or(lang)
        && wanted
            .since
            .is_none_or(|since| day.is_some_and(|day| day >= since))
        && wanted
            .until
            .is_none_or(|until| day.is_some_and(|day| day <= until))
        && wanted.text.as_ref().is_none_or(words)
}
