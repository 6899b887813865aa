//! The topics, series, people and organisations of a site → pairs that may be one, misspelt in one place.

use std::collections::BTreeMap;

use deunicode::deunicode;

use crate::{
    diagnostic::{Diagnostic, Rule},
    model::TopicSlug,
    site::{Item, Site},
};

/// The first file that uses a term, with the line of its key; and how many do.
struct Use<'a> {
    item: &'a Item,
    key: &'static str,
    times: usize,
}

/// Warnings of names that differ in nothing but accents, case, marks or, in topics and series, one letter.
pub(super) fn similar<'a>(site: &Site, items: impl Iterator<Item = &'a Item>) -> Vec<Diagnostic> {
    let mut used: BTreeMap<(&'static str, String), Use<'a>> = BTreeMap::new();
    let mut sorted: Vec<&Item> = items.collect();
    sorted.sort_by(|a, b| a.card.source.cmp(&b.card.source));
    for item in sorted {
        let front = &item.entry.front;
        let topics = front.topics.iter().map(|t| ("topics", t.to_string()));
        let series = front.series.iter().map(|s| ("series", s.clone()));
        let people = front.people.iter().map(|p| ("people", p.name.clone()));
        let organisations = front
            .organisations
            .iter()
            .map(|o| ("organisations", o.clone()));
        for (key, name) in topics.chain(series).chain(people).chain(organisations) {
            let known = used.entry((key, name)).or_insert(Use {
                item,
                key,
                times: 0,
            });
            known.times += 1;
        }
    }
    let mut found = Vec::new();
    let all: Vec<(&(&'static str, String), &Use<'_>)> = used.iter().collect();
    let mut folded: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for (at, ((key, name), this)) in all.iter().enumerate() {
        let other = match folded.get(&(key, fold(name))) {
            Some(other) => Some(*other),
            None if matches!(*key, "topics" | "series") => {
                let near = |(other, ((k, n), _)): (usize, &(&(&str, String), &Use<'_>))| {
                    (k == key && one_letter(n, name)).then_some(other)
                };
                all.iter().enumerate().take(at).find_map(near)
            }
            None => None,
        };
        folded.entry((key, fold(name))).or_insert(at);
        let Some(((_, first), that)) = other.and_then(|other| all.get(other)) else {
            continue;
        };
        if *key == "topics" && is_known(site, name) && is_known(site, first) {
            continue;
        }
        // The rarer of the two is the one to mend.
        let (wrong, right, at) = if this.times <= that.times {
            (name, first, this)
        } else {
            (first, name, that)
        };
        found.push(
            Diagnostic::warning(
                format!("content/{}", at.item.card.source),
                format!("`{wrong}` in `{}` looks like `{right}`", at.key),
            )
            .rule(Rule::TermSimilar)
            .at(at.item.entry.front.line(&[at.key, "taxonomies"]))
            .help(if *key == "topics" {
                format!(
                    "make them one, where they are: depeche retag topic --rename {wrong} {right}"
                )
            } else {
                "write the name in one way, where both mean the same".to_owned()
            }),
        );
    }
    found
}

fn is_known(site: &Site, slug: &str) -> bool {
    let vocabulary = &site.vocabulary;
    slug.parse()
        .is_ok_and(|s: TopicSlug| vocabulary.get(&s).or(vocabulary.group(&s)).is_some())
}

/// A name without what is easily written in two ways. Names in scripts without case stay as they are.
fn fold(name: &str) -> String {
    if !name.chars().any(char::is_lowercase) && !name.is_ascii() {
        return name.to_owned();
    }
    let plain = deunicode(name).to_lowercase();
    plain.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether two names differ in one letter; figures and short names tell things apart.
fn one_letter(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let figures = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    a.len().min(b.len()) >= 6 && figures(&a) == figures(&b) && strsim::osa_distance(&a, &b) == 1
}
