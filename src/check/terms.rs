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
    let all: Vec<Name<'_>> = used
        .iter()
        .map(|((_, text), this)| Name {
            text,
            folded: fold(text),
            this,
        })
        .collect();
    let mut seen: BTreeMap<(&str, &str), &Name<'_>> = BTreeMap::new();
    let mut before = Before::default();
    let mut found = Vec::new();
    for name in &all {
        let key = name.this.key;
        let mut other = seen.get(&(key, name.folded.as_str())).copied();
        if matches!(key, "topics" | "series") {
            other = other.or_else(|| before.near(name));
            before.add(name);
        }
        seen.entry((key, name.folded.as_str())).or_insert(name);
        found.extend(other.and_then(|other| fault(site, name, other)));
    }
    found
}

/// The names so far, in their order: by key, figures and the number of letters. Names of other figures mean other things.
#[derive(Default)]
struct Before<'a> {
    names: BTreeMap<(&'a str, String, usize), Vec<&'a Name<'a>>>,
}

impl<'a> Before<'a> {
    fn add(&mut self, name: &'a Name<'a>) {
        let place = (name.this.key, figures(name), name.folded.chars().count());
        self.names.entry(place).or_default().push(name);
    }

    /// The first that differs in one letter.
    fn near(&self, name: &Name<'_>) -> Option<&'a Name<'a>> {
        let letters = name.folded.chars().count();
        let mut place = (name.this.key, figures(name), letters.saturating_sub(1));
        let mut first: Option<&Name<'_>> = None;
        for letters in place.2..=letters + 1 {
            place.2 = letters;
            let like = self.names.get(&place).into_iter().flatten();
            let near = like.copied().find(|other| one_letter(other, name));
            first = match (first, near) {
                (Some(a), Some(b)) => Some(if b.text < a.text { b } else { a }),
                (a, b) => a.or(b),
            };
        }
        first
    }
}

fn figures(name: &Name<'_>) -> String {
    name.folded.chars().filter(char::is_ascii_digit).collect()
}

/// A name, and the same without what is easily written in two ways.
struct Name<'a> {
    text: &'a str,
    folded: String,
    this: &'a Use<'a>,
}

fn fault(site: &Site, one: &Name<'_>, other: &Name<'_>) -> Option<Diagnostic> {
    let key = one.this.key;
    let known = |name: &Name<'_>| key == "topics" && is_known(site, name.text);
    if known(one) && known(other) {
        return None;
    }
    // The one that the vocabulary lacks is the one to mend, else the rarer.
    let first_is_wrong = known(other) || (!known(one) && one.this.times <= other.this.times);
    let (wrong, right) = if first_is_wrong {
        (one, other)
    } else {
        (other, one)
    };
    let item = wrong.this.item;
    let (wrong, right) = (wrong.text, right.text);
    let found = Diagnostic::warning(
        format!("content/{}", item.card.source),
        format!("`{wrong}` in `{key}` looks like `{right}`"),
    );
    let help = if key == "topics" {
        format!("make them one, where they are: depeche retag topic --rename {wrong} {right}")
    } else {
        "write the name in one way, where both mean the same".to_owned()
    };
    let line = item.entry.front.line(&[key, "taxonomies"]);
    Some(found.rule(Rule::TermSimilar).at(line).help(help))
}

fn is_known(site: &Site, slug: &str) -> bool {
    slug.parse()
        .is_ok_and(|s: TopicSlug| site.vocabulary.knows(&s))
}

/// A name without what is easily written in two ways: accents, case and marks. Other scripts than Latin stay: a name in two scripts is a name in
/// two languages.
fn fold(name: &str) -> String {
    let latin =
        |c: char| !c.is_alphabetic() || matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    if !name.chars().all(latin) {
        return name.to_owned();
    }
    let plain = deunicode(name).to_lowercase();
    plain.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether two names of the same figures differ in one letter; short names tell things apart.
fn one_letter(a: &Name<'_>, b: &Name<'_>) -> bool {
    let (a, b) = (&a.folded, &b.folded);
    if a.len().min(b.len()) < 6 {
        return false;
    }
    // Most pairs go here: beside one letter, or two that changed places, all is the same from both ends.
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let both = a.chars().rev().zip(b.chars().rev());
    let same_end = both.take_while(|(a, b)| a == b).count();
    same + same_end + 2 >= a.chars().count() && strsim::osa_distance(a, b) == 1
}
