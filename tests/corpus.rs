//! The labelled corpus and the real seed through the library → a table of scores, each at or above its floor.
//!
//! Language and date: the share that is right. Title: the share of the documents with a headline whose title equals it but for case, spaces
//! and punctuation. The rest: F1 over sets, all documents together. People are compared by last name; names and organisations
//! match in inflected forms too. `cargo test --test corpus -- --nocapture` prints the table and every miss.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test reads the corpus")]

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use depeche::distill::{Confidence, Document, Field, Options, distill};
use rayon::prelude::*;
use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

const LANG: f64 = 0.97;
const DATE: f64 = 0.95;
const TITLE: f64 = 0.95;
const COUNTRIES: f64 = 0.95;
const MENTIONS: f64 = 0.95;
const TOPICS: f64 = 0.75;
const PEOPLE: f64 = 0.90;
const ORGANISATIONS: f64 = 0.80;
const EVENTS: f64 = 0.92;

/// At most this share of the values of which the derivation is sure may be wrong, …
const WRONG_DATES: f64 = 0.03;
const WRONG_COUNTRIES: f64 = 0.05;
/// … and of at least this share of the right ones it must be sure.
const USEFUL: f64 = 0.6;

/// The day a document was received where its label does not say.
const REFERENCE: &str = "2026-06-30";

#[derive(Deserialize)]
struct Gold {
    file: String,
    lang: String,
    #[serde(default)]
    lang_alternatives: Vec<String>,
    reference_date: Option<String>,
    date: Option<String>,
    #[serde(default)]
    date_alternatives: Vec<Option<String>>,
    title: Option<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    countries_mentioned: Vec<String>,
    #[serde(default)]
    topic_ids: Vec<String>,
    #[serde(default)]
    people: Vec<Named>,
    #[serde(default)]
    organisations: Vec<String>,
    event_dates: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// A share of documents.
#[derive(Default)]
struct Share {
    right: usize,
    of: usize,
}

/// Micro precision and recall over sets.
#[derive(Default)]
struct Sets {
    found: usize,
    wrong: usize,
    missed: usize,
}

/// How often the derivation is sure of what is right, and of what is wrong.
#[derive(Default)]
struct Sure {
    right: Share,
    wrong: usize,
}

#[derive(Default)]
struct Score {
    sure_dates: Sure,
    sure_countries: Sure,
    lang: Share,
    date: Share,
    title: Share,
    countries: Sets,
    mentions: Sets,
    topics: Sets,
    people: Sets,
    organisations: Sets,
    events: Sets,
    misses: String,
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

impl Share {
    fn add(&mut self, right: bool) -> bool {
        self.of += 1;
        self.right += usize::from(right);
        right
    }

    fn value(&self) -> f64 {
        ratio(self.right, self.of)
    }
}

impl Sure {
    fn add(&mut self, found: &Document, field: Field, value: &str, right: bool) {
        let sure = found
            .confidence
            .get(&field)
            .and_then(|of| of.get(value))
            .is_some_and(|c: &Confidence| c.is_enough());
        if right {
            self.right.add(sure);
        } else {
            self.wrong += usize::from(sure);
        }
    }

    /// The share of the sure values that are wrong.
    fn wrong(&self) -> f64 {
        ratio(self.wrong, self.wrong + self.right.right)
    }
}

impl Sets {
    fn add(&mut self, want: &BTreeSet<String>, have: &BTreeSet<String>) -> bool {
        self.found += want.intersection(have).count();
        self.wrong += have.difference(want).count();
        self.missed += want.difference(have).count();
        want == have
    }

    fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    fn recall(&self) -> f64 {
        ratio(self.found, self.found + self.missed)
    }

    fn f1(&self) -> f64 {
        ratio(2 * self.found, 2 * self.found + self.wrong + self.missed)
    }
}

/// Without case, marks and punctuation, words apart by one space.
fn norm(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| canonical_combining_class(*c) == 0)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn last_name(name: &str) -> String {
    norm(name)
        .split(' ')
        .next_back()
        .unwrap_or_default()
        .to_owned()
}

/// Equal word by word but for endings of up to three letters: `Сагынбаевым` is `Сагынбаев`.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let alike = |a: &str, b: &str| {
        let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let longer = a.chars().count().max(b.chars().count());
        a == b || common >= longer.saturating_sub(3).max(4)
    };
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| alike(a, b))
}

/// The names of the label, each in the form that was found where only its ending differs.
fn align(want: impl Iterator<Item = String>, have: &BTreeSet<String>) -> BTreeSet<String> {
    want.map(|name| {
        let form = have.iter().find(|h| same_name(&name, h)).cloned();
        form.unwrap_or(name)
    })
    .collect()
}

fn same_date(want: Option<&str>, have: Option<&str>) -> bool {
    match (want, have) {
        (None, have) => have.is_none(),
        (Some(want), Some(have)) => have == want || (want.len() == 7 && have.starts_with(want)),
        (Some(_), None) => false,
    }
}

fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

fn strings<T: ToString>(values: &[T]) -> BTreeSet<String> {
    values.iter().map(ToString::to_string).collect()
}

fn compare(score: &mut Score, gold: &Gold, found: &Document) {
    let mut miss = |field: &str, right: bool, want: String, have: String| {
        if !right {
            let _ = writeln!(
                score.misses,
                "{}  {field}: want {want}, got {have}",
                gold.file
            );
        }
    };
    let lang = found.lang.to_string();
    let right = score.lang.add(
        std::iter::once(&gold.lang)
            .chain(&gold.lang_alternatives)
            .any(|l| primary(l) == primary(&lang)),
    );
    miss("lang", right, gold.lang.clone(), lang);

    let date = found.date.as_ref().map(ToString::to_string);
    let right = score.date.add(
        std::iter::once(&gold.date)
            .chain(&gold.date_alternatives)
            .any(|d| same_date(d.as_deref(), date.as_deref())),
    );
    if let Some(day) = &date {
        score.sure_dates.add(found, Field::Date, day, right);
    }
    for country in &found.countries {
        let code = country.to_string();
        let right = gold.countries.contains(&code);
        score
            .sure_countries
            .add(found, Field::Countries, &code, right);
    }
    let shown = |d: &Option<String>| d.clone().unwrap_or_default();
    miss("date", right, shown(&gold.date), shown(&date));

    if let Some(title) = gold.title.as_ref().filter(|t| !t.is_empty()) {
        let right = score.title.add(norm(title) == norm(&found.title));
        miss("title", right, title.clone(), found.title.clone());
    }

    let about = strings(&found.countries);
    let named: BTreeSet<String> = about.union(&strings(&found.mentions)).cloned().collect();
    let all_named = match gold.countries_mentioned.as_slice() {
        [] => &gold.countries,
        named => named,
    };
    let people: BTreeSet<String> = found.people.iter().map(|p| last_name(&p.name)).collect();
    let bodies: BTreeSet<String> = found.organisations.iter().map(|o| norm(o)).collect();
    let rows = [
        (
            "countries",
            &mut score.countries,
            strings(&gold.countries),
            about,
        ),
        ("mentions", &mut score.mentions, strings(all_named), named),
        (
            "topics",
            &mut score.topics,
            strings(&gold.topic_ids),
            strings(&found.topics),
        ),
        (
            "people",
            &mut score.people,
            align(gold.people.iter().map(|p| last_name(&p.name)), &people),
            people,
        ),
        (
            "organisations",
            &mut score.organisations,
            align(gold.organisations.iter().map(|o| norm(o)), &bodies),
            bodies,
        ),
    ];
    let events = gold.event_dates.as_deref().map(|want| {
        let have = strings(&found.event_dates);
        ("events", &mut score.events, strings(want), have)
    });
    for (field, sets, want, have) in rows.into_iter().chain(events) {
        let right = sets.add(&want, &have);
        miss(field, right, format!("{want:?}"), format!("{have:?}"));
    }
}

fn derive(bytes: &[u8], reference: &str) -> Document {
    let options = Options {
        reference: Some(reference.parse().expect("a reference date")),
        ..Options::default()
    };
    distill(bytes, options).expect("the document is a text")
}

#[test]
fn the_corpus_scores_at_or_above_its_floors() {
    check(
        "corpus",
        50,
        [
            LANG,
            DATE,
            TITLE,
            COUNTRIES,
            MENTIONS,
            TOPICS,
            PEOPLE,
            ORGANISATIONS,
            EVENTS,
        ],
    );
}

/// Documents on which no rule was tuned when they were written; their floors keep what the rules reach since.
#[test]
fn the_eastern_documents_score_at_or_above_their_floors() {
    check(
        "unseen_east",
        40,
        [0.97, 0.95, 0.92, 0.90, 0.95, 0.78, 0.92, 0.62, EVENTS],
    );
}

/// The same of the west, invented and labelled before any rule was tried on them.
#[test]
fn the_western_documents_score_at_or_above_their_floors() {
    check(
        "unseen_west",
        23,
        [0.97, 0.97, 0.97, 0.89, 0.97, 0.80, 0.92, 0.68, EVENTS],
    );
}

/// Twenty more in fifteen languages, scored once when the rules were nearly done; the floors are a little below that. Only the confidence of countries was set with them in view.
#[test]
fn the_documents_held_out_score_at_or_above_their_floors() {
    check(
        "held_out",
        20,
        [0.97, 0.97, 0.97, 0.88, 0.97, 0.80, 0.92, 0.63, EVENTS],
    );
}

/// Forty by others, who knew nothing of the rules, scored when the rules of the day were done. Since then the misses of dates and countries were read,
/// four classes of dates mended, lists of where not to distribute, and the confidence of countries.
#[test]
fn the_independent_documents_score_at_or_above_their_floors() {
    check(
        "independent",
        40,
        [0.97, 0.95, 0.88, 0.84, 0.95, 0.69, 0.77, 0.59, 0.87],
    );
}

/// Forty by the same authors, of which the misses were read.
#[test]
fn the_documents_of_the_world_score_at_or_above_their_floors() {
    check(
        "unseen_world",
        40,
        [0.97, 0.97, 0.86, 0.96, 0.97, 0.71, 0.93, 0.86, 0.85],
    );
}

/// Scores the labelled documents of a folder of `tests/` against the floors of the nine fields.
fn check(folder: &str, at_least: usize, floors: [f64; 9]) {
    let [
        lang,
        date,
        title,
        countries,
        mentions,
        topics,
        people,
        organisations,
        events,
    ] = floors;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let labels = fs::read_to_string(folder.join("gold.jsonl")).expect("gold.jsonl");
    let gold: Vec<Gold> = labels
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect("a label"))
        .collect();
    assert!(gold.len() >= at_least, "all labelled documents are there");
    let found: Vec<Document> = gold
        .par_iter()
        .map(|g| {
            let bytes = fs::read(folder.join(&g.file)).expect("a labelled document");
            derive(&bytes, g.reference_date.as_deref().unwrap_or(REFERENCE))
        })
        .collect();
    let mut score = Score::default();
    for (gold, found) in gold.iter().zip(&found) {
        compare(&mut score, gold, found);
    }

    let shares = [
        ("lang", &score.lang, lang),
        ("date", &score.date, date),
        ("title", &score.title, title),
    ];
    let sets = [
        ("countries", &score.countries, countries),
        ("mentions", &score.mentions, mentions),
        ("topics", &score.topics, topics),
        ("people", &score.people, people),
        ("organisations", &score.organisations, organisations),
        ("events", &score.events, events),
    ];
    let mut table = format!("{:14}{:>7}{:>7}\n", "", "score", "floor");
    let mut below = Vec::new();
    for (name, share, floor) in shares {
        let _ = writeln!(table, "{name:14}{:7.3}{floor:7.2}", share.value());
        below.extend((share.value() < floor).then_some(name));
    }
    for (name, set, floor) in sets {
        if set.found + set.missed == 0 {
            continue;
        }
        let (p, r, f1) = (set.precision(), set.recall(), set.f1());
        let _ = writeln!(table, "{name:14}{f1:7.3}{floor:7.2}  P {p:.3}  R {r:.3}");
        below.extend((f1 < floor).then_some(name));
    }
    for (name, sure, ceiling) in [
        ("sure of date", &score.sure_dates, WRONG_DATES),
        ("sure of countries", &score.sure_countries, WRONG_COUNTRIES),
    ] {
        let (wrong, useful) = (sure.wrong(), sure.right.value());
        let _ = writeln!(
            table,
            "{name:18} wrong {:4.1} % (ceiling {:.0} %), of the right ones sure {:3.0} %",
            100.0 * wrong,
            100.0 * ceiling,
            100.0 * useful
        );
        below.extend((wrong > ceiling || useful < USEFUL).then_some(name));
    }
    println!("{}\n{table}", score.misses);
    assert!(
        below.is_empty(),
        "below the floor: {}\n{table}\n{}",
        below.join(", "),
        score.misses
    );
}

#[test]
fn inflected_names_match_and_others_do_not() {
    assert!(same_name(&norm("Сагынбаевым"), &norm("САГЫНБАЕВ")));
    assert!(same_name("benali", "benali") && !same_name("ali", "alia"));
    assert!(!same_name("benali", "benoit"));
    assert_eq!(norm(" L’Été,  à Paris! "), "l ete a paris");
    assert!(same_date(Some("2026-01"), Some("2026-01-27")) && !same_date(Some("2026-01"), None));
}

#[test]
fn the_real_seed_gives_the_same_whenever_it_is_read() {
    let seed = include_bytes!("../seeds/000_4b5e72416c4ad0b1.txt");
    for reference in [
        "2026-01-28",
        "2026-02-03",
        "2027-03-01",
        "2029-06-30",
        "2031-12-31",
    ] {
        let found = derive(seed, reference);
        assert_eq!(found.lang.to_string(), "fr", "as of {reference}");
        assert_eq!(
            found.date.as_ref().map(ToString::to_string).as_deref(),
            Some("2026-01-27"),
            "as of {reference}"
        );
        let countries: Vec<String> = found.countries.iter().map(ToString::to_string).collect();
        assert_eq!(countries, ["MA", "DK"], "as of {reference}");
        let topics: Vec<String> = found.topics.iter().map(ToString::to_string).collect();
        assert_eq!(
            topics.get(..2),
            Some(
                &[
                    "security-cooperation".to_owned(),
                    "organised-crime".to_owned()
                ][..]
            ),
            "as of {reference}: {topics:?}"
        );
        for topic in ["terrorism", "extradition", "professional-training"] {
            assert!(topics.iter().any(|t| t == topic), "{topic} in {topics:?}");
        }
        let people: Vec<&str> = found.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(people, ["Abdellatif Hammouchi", "Mikael Wern"]);
        assert!(
            found.people.iter().all(|p| !p.role.is_empty()),
            "{:?}",
            found.people
        );
        let bodies: Vec<String> = found.organisations.iter().map(|o| norm(o)).collect();
        for service in [
            "direction generale de la securite nationale",
            "direction generale de la surveillance du territoire",
        ] {
            assert!(
                bodies.iter().any(|b| b == service),
                "{service} in {bodies:?}"
            );
        }
        let words = found.title.split_whitespace().count();
        assert!((4..=16).contains(&words), "{}", found.title);
        assert!(
            found.title.contains("Maroc") || found.title.contains("Rabat"),
            "{}",
            found.title
        );
        assert!(!found.summary.is_empty() && !found.body.is_empty());
    }
}
