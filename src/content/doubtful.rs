//! [`Document`] → what a person should look at: each key whose values are doubtful, with one sentence that says why.
//!
//! A key is doubtful where a stage raised a [`Doubt`] about it, or where one of its values is less sure than [`Confidence::ENOUGH`]; of what
//! does little harm when it is wrong – a second topic, a country that is only mentioned – less sure than even odds: who is asked about everything
//! looks at nothing. The sentence goes into `review:` of the content file, so it has no figures: rules that are tuned a little must not touch every file.

use crate::{
    distill::{Confidence, Document, Doubt, Evidence, Field, Span},
    model::{CountryCode, PubDate, TopicSlug},
};

/// The key under which `review:` keeps what is doubtful about the seed as a whole.
pub const SEED: &str = "seed";

/// Values of one key that are named in its sentence; the others are counted.
const NAMED: usize = 3;

/// Characters of the seed's text in a sentence.
const QUOTED: usize = 60;

/// A key that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubtful {
    /// The key of front matter, or [`SEED`].
    pub key: &'static str,
    /// Why, in one sentence.
    pub reason: String,
    /// How sure its least sure value is, where that is known.
    pub confidence: Option<Confidence>,
    /// The text that it hangs on.
    pub span: Option<Span>,
}

/// The keys whose values are derived, and the field whose stage derives them.
pub const FIELDS: [(&str, Field); 12] = [
    ("title", Field::Title),
    ("date", Field::Date),
    ("event_dates", Field::Date),
    ("embargo_until", Field::Date),
    ("dateline", Field::Dateline),
    ("lang", Field::Lang),
    ("countries", Field::Countries),
    ("mentions", Field::Countries),
    ("topics", Field::Topics),
    ("people", Field::People),
    ("organisations", Field::Organisations),
    ("summary", Field::Summary),
];

/// How much harm a wrong value of a key does: a text that is published too early the most, a country too many among those mentioned the least.
pub fn importance(key: &str) -> f32 {
    match key {
        "embargo_until" => 10.0,
        "date" => 8.0,
        "title" | "countries" => 6.0,
        "lang" => 5.0,
        "people" | "topics" | SEED => 4.0,
        "organisations" | "summary" => 3.0,
        _ => 2.0,
    }
}

/// Below this a value is more likely wrong than right.
const EVEN: f32 = 0.5;

/// Whether the value at this place of its list is one that does little harm.
fn is_minor(key: &str, at: usize) -> bool {
    match key {
        "topics" => at > 0,
        "mentions" | "event_dates" | "organisations" => true,
        _ => false,
    }
}

/// The doubtful keys, in the order in which they stand in a file; the seed as a whole comes last.
pub fn doubtful(document: &Document) -> Vec<Doubtful> {
    let mut all: Vec<Doubtful> = FIELDS
        .into_iter()
        .filter_map(|(key, field)| of_key(document, key, field))
        .collect();
    let whole: Vec<&Doubt> = document
        .doubts
        .iter()
        .filter(|doubt| doubt.field.is_none())
        .collect();
    if !whole.is_empty() {
        all.push(Doubtful {
            key: SEED,
            reason: sentences(&whole),
            confidence: None,
            span: whole.iter().find_map(|doubt| doubt.span),
        });
    }
    all
}

/// The values of a key as evidence and confidence write them.
pub fn values<'d>(d: &'d Document, key: &str) -> Vec<&'d str> {
    match key {
        "title" => some(&d.title),
        "date" => d.date.iter().map(PubDate::as_str).collect(),
        "event_dates" => d
            .event_dates
            .iter()
            .filter(|day| Some(*day) != d.date.as_ref())
            .map(PubDate::as_str)
            .collect(),
        "embargo_until" => d.embargo_until.iter().map(PubDate::as_str).collect(),
        "dateline" => some(&d.dateline),
        "lang" => some(d.lang.as_str()),
        "countries" => d.countries.iter().map(CountryCode::as_str).collect(),
        "mentions" => d.mentions.iter().map(CountryCode::as_str).collect(),
        "topics" => d.topics.iter().map(TopicSlug::as_str).collect(),
        "people" => d.people.iter().map(|p| p.name.as_str()).collect(),
        "organisations" => d.organisations.iter().map(String::as_str).collect(),
        "summary" => some(&d.summary),
        "slug" => some(&d.slug),
        _ => Vec::new(),
    }
}

fn some(text: &str) -> Vec<&str> {
    match text {
        "" => Vec::new(),
        text => vec![text],
    }
}

/// How sure one value is, where its stage says so.
pub fn confidence(d: &Document, field: Field, value: &str) -> Option<Confidence> {
    let known = d.confidence.get(&field)?;
    let by_weight = || {
        // The stage judges the date of the document; of the other days it says how much speaks for each, up to a hundred.
        let evidence = d.evidence.get(&field)?.iter().filter(|e| e.value == value);
        let most = evidence.map(|e| e.weight).fold(0.0, f32::max);
        Some(Confidence::new((most / 100.0).clamp(EVEN, 0.95)))
    };
    if field == Field::Date && !known.contains_key(value) {
        return by_weight();
    }
    known.get(value).copied().or_else(|| {
        // What has one value may word it otherwise than its evidence: a title that was set in capitals.
        let single = matches!(field, Field::Title | Field::Summary | Field::Lang);
        known.values().next().copied().filter(|_| single)
    })
}

/// What speaks for a value of a key, strongest first. What is no subject of the text may still be mentioned, and what is not its date an event.
pub fn evidence<'d>(d: &'d Document, key: &str, value: &str) -> impl Iterator<Item = &'d Evidence> {
    let field = FIELDS
        .iter()
        .find(|(k, _)| *k == key)
        .map_or(Field::Slug, |(_, f)| *f);
    let single = matches!(
        field,
        Field::Title | Field::Summary | Field::Lang | Field::Slug
    );
    let second = matches!(key, "event_dates" | "mentions");
    let all = d.evidence.get(&field).into_iter().flatten();
    all.filter(move |e| (e.accepted || second) && (single || e.value == value))
}

fn of_key(d: &Document, key: &'static str, field: Field) -> Option<Doubtful> {
    let values = values(d, key);
    let unsure: Vec<(&str, Confidence)> = values
        .iter()
        .copied()
        .enumerate()
        .filter_map(|(at, value)| {
            let sure = confidence(d, field, value)?;
            let enough = if is_minor(key, at) {
                sure.get() >= EVEN
            } else {
                sure.is_enough()
            };
            (!enough).then_some((value, sure))
        })
        .collect();
    let doubts: Vec<&Doubt> = d
        .doubts
        .iter()
        .filter(|doubt| doubt.field == Some(field) && is_about(d, doubt, key, field))
        .collect();
    let least = unsure
        .iter()
        .min_by(|a, b| a.1.get().total_cmp(&b.1.get()))
        .copied();
    let reason = match (doubts.is_empty(), unsure.is_empty()) {
        (true, true) => return None,
        (true, false) => unsure_of(d, key, &unsure, values.len()),
        (false, _) => sentences(&doubts),
    };
    let sure = values.iter().filter_map(|v| confidence(d, field, v));
    Some(Doubtful {
        key,
        reason,
        confidence: least
            .map(|(_, confidence)| confidence)
            .or_else(|| sure.min_by(|a, b| a.get().total_cmp(&b.get()))),
        span: doubts.iter().find_map(|doubt| doubt.span).or_else(|| {
            let value = least.map_or(*values.first()?, |(value, _)| value);
            evidence(d, key, value).next().map(|e| e.span)
        }),
    })
}

/// Whether a doubt of a field is about this one of the keys that the field fills: the first, or an embargo where it is raised by the words
/// that state one.
fn is_about(d: &Document, doubt: &Doubt, key: &str, field: Field) -> bool {
    let embargo = d.embargo_until.as_ref().map(ToString::to_string);
    let states = |e: &Evidence| e.rule == "embargo until" && Some(e.span) == doubt.span;
    let of_embargo = embargo.is_some_and(|until| evidence(d, "embargo_until", &until).any(states));
    match key {
        "embargo_until" => of_embargo,
        "date" => !(of_embargo && doubt.message.contains("embargo")),
        key => FIELDS
            .iter()
            .find(|(_, f)| *f == field)
            .is_some_and(|(first, _)| *first == key),
    }
}

fn sentences(doubts: &[&Doubt]) -> String {
    let mut said: Vec<&str> = Vec::new();
    for doubt in doubts {
        if !said.contains(&doubt.message.as_str()) {
            said.push(&doubt.message);
        }
    }
    said.join("; ")
}

fn unsure_of(d: &Document, key: &str, unsure: &[(&str, Confidence)], all: usize) -> String {
    let mut named: Vec<String> = unsure
        .iter()
        .take(NAMED)
        .map(|(value, _)| {
            let from = evidence(d, key, value)
                .find(|e| !e.text.is_empty() && !e.is_account())
                .map(|e| format!("from “{}” ({})", clipped(&e.text), e.rule));
            match (all, from) {
                (1, Some(from)) => from,
                (1, None) => "the text says too little".to_owned(),
                (_, Some(from)) => format!("{value} {from}"),
                (_, None) => (*value).to_owned(),
            }
        })
        .collect();
    if unsure.len() > NAMED {
        named.push(format!("{} more", unsure.len() - NAMED));
    }
    format!("unsure: {}", named.join("; "))
}

fn clipped(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= QUOTED {
        return one_line;
    }
    let mut short: String = one_line.chars().take(QUOTED - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distill::{Options, distill};

    fn keys(text: &str) -> Vec<(&'static str, String)> {
        let options = Options {
            reference: Some(jiff::civil::date(2026, 2, 3)),
            ..Options::default()
        };
        let document = distill(text.as_bytes(), options).expect("a text");
        doubtful(&document)
            .into_iter()
            .map(|found| (found.key, found.reason))
            .collect()
    }

    #[test]
    fn a_doubt_stands_at_the_key_that_it_is_about() {
        let embargo = keys(
            "MINISTRY OF PORTS\nPRESS RELEASE\nEMBARGOED UNTIL 10:00 on 4 February 2026\n\nPorts reopen\n\nREYKJAVIK, 3 February 2026 - Iceland reopened its ports on Tuesday, the ministry of ports said.\n",
        );
        assert!(
            embargo
                .iter()
                .any(|(key, why)| *key == "embargo_until" && why.contains("embargo")),
            "{embargo:?}"
        );
        assert!(embargo.iter().all(|(key, _)| *key != "date"), "{embargo:?}");
        let weekday = keys(
            "Ports reopen\n\nIceland reopened its ports on Wednesday, 27 January 2026, the ministry of fisheries said.\n",
        );
        assert!(weekday.iter().any(|(key, _)| *key == "date"), "{weekday:?}");
    }
}
