//! The front matter of another tool → ours, by the rules of the tool: one rule a field. Each field leaves a note in the report.

mod listed;
mod moment;
mod terms;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    front::{Entries, map, texts},
    page::Page,
    report::{Outcome, Report},
    topics::Named,
};
use crate::{model::Lang, yaml::Node};
use listed::is_out;

pub(super) use listed::{listed, shown};
pub(super) use moment::moment;

/// What becomes of a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// A text, under this name.
    Text(&'static str),
    /// The language of the page: a tag, or a locale such as `en_US.UTF-8`.
    Lang,
    /// A day or an instant, under this name.
    Moment(&'static str),
    /// Whether it is published, else the same as a moment (Hugo).
    Published(&'static str),
    /// Whether it is a draft: where the field is this. Jekyll's `published` says it with `false`.
    Draft(bool),
    /// The page has no address of its own where the field is this, and is a draft then.
    Hidden(bool),
    /// The same of Hugo's mapping with `render`.
    Build,
    /// A switch, or a mapping with one, that could keep the page out of what it names; nothing does that here.
    Listed(&'static str),
    /// A whole number, under this name.
    Number(&'static str),
    /// Terms that become topics. A text alone is parted at spaces where `true` (Jekyll).
    Topics(bool),
    /// Codes or names of countries.
    Countries,
    /// Names of people.
    People,
    /// Older addresses; one without a slash at its beginning counts from the folder of the page where `true` (Hugo).
    Aliases(bool),
    /// A mapping of taxonomies.
    Taxonomies,
    /// The address itself; the tool has read it.
    Address,
    /// A mapping whose entries go below `extra:`.
    Below,
    /// Kept below `extra:` under its own name.
    Extra,
    /// Left out, and why.
    Drop(&'static str),
}

/// Takes the fields over. `keeps_future` says whether the tool kept a page back until its day.
pub(super) fn apply(
    page: &mut Page,
    entries: &Entries,
    rule: impl Fn(&str) -> Rule,
    keeps_future: bool,
    named: &mut Named,
    report: &mut Report,
) {
    let mut taker = Taker {
        page,
        keeps_future,
        named,
        report,
        by: BTreeMap::new(),
    };
    // What a list shows goes before what stands in the head of a page.
    let said = |node: &Node| node.text().is_some_and(|text| !text.trim().is_empty());
    let summary = |(key, _, node): &(String, usize, Node)| {
        matches!(rule(key), Rule::Text("summary")) && said(node) && !is_description(key)
    };
    let summed = entries.iter().any(summary);
    for (key, line, node) in entries {
        let rule = match rule(key) {
            Rule::Text("summary") if summed && is_description(key) => Rule::Extra,
            rule => rule,
        };
        taker.take(key, key, *line, node, rule);
    }
}

fn is_description(key: &str) -> bool {
    key.eq_ignore_ascii_case("description")
}

struct Taker<'a> {
    page: &'a mut Page,
    keeps_future: bool,
    named: &'a mut Named,
    report: &'a mut Report,
    /// Our keys, with the field that gave each its value.
    by: BTreeMap<&'static str, String>,
}

impl Taker<'_> {
    fn note(&mut self, field: &str, line: usize, outcome: Outcome) {
        self.report.note(&self.page.from, line, field, outcome);
    }

    fn find(&mut self, line: usize, message: &str, help: &str) {
        self.report.find(&self.page.from, Some(line), message, help);
    }

    /// `field` is the name in the report, `key` the last part of it.
    fn take(&mut self, field: &str, key: &str, line: usize, node: &Node, rule: Rule) {
        let changed = |into: &str| Outcome::Changed(into.to_owned());
        let empty = node.is_null() || node.text().is_some_and(|text| text.trim().is_empty());
        let rule = match rule {
            Rule::Published(_) if node.text().and_then(truth).is_some() => Rule::Draft(false),
            Rule::Published(to) => Rule::Moment(to),
            rule => rule,
        };
        let outcome = match rule {
            Rule::Drop(why) => Outcome::Dropped(why.to_owned()),
            _ if empty => Outcome::Dropped("it was empty".to_owned()),
            Rule::Text(to) | Rule::Moment(to) | Rule::Number(to)
                if self.by.get(to).is_some_and(|by| by != key) =>
            {
                self.second(key, to, line)
            }
            Rule::Text(to) => match node.text() {
                Some(text) => {
                    self.page.front.set(to, text.trim());
                    self.by.insert(to, key.to_owned());
                    renamed(key, to)
                }
                None => self.below_extra(key, node),
            },
            Rule::Moment(to) | Rule::Published(to) => self.moment(key, to, line, node),
            Rule::Draft(when) => {
                let truth = self.truth(key, line, node);
                let draft = truth.is_none_or(|truth| truth == when);
                // Something else may have made it a draft.
                if draft || !self.page.front.has("draft") {
                    self.page.front.set("draft", draft);
                }
                renamed(
                    key,
                    if truth.is_some() {
                        "draft"
                    } else {
                        "draft: true"
                    },
                )
            }
            Rule::Hidden(when) => {
                let hidden = self
                    .truth(key, line, node)
                    .is_none_or(|truth| truth == when);
                self.hidden(hidden)
            }
            Rule::Build => {
                let hidden = !shown(node);
                if !hidden && !listed(node) {
                    self.unlisted(&format!("{key}.list"), "lists", line);
                }
                self.hidden(hidden)
            }
            Rule::Listed(what) => {
                if is_out(node) {
                    self.unlisted(key, what, line);
                }
                Outcome::Dropped(format!("all pages are in {what}"))
            }
            Rule::Lang => self.lang(key, line, node),
            Rule::Number(to) => match node.text().and_then(|text| text.parse::<i64>().ok()) {
                Some(number) => {
                    self.page.front.set(to, number);
                    renamed(key, to)
                }
                None => self.below_extra(key, node),
            },
            // What has none of the texts that are looked for stays as it is.
            Rule::Topics(_) | Rule::Countries | Rule::Aliases(_) if texts(node).is_empty() => {
                self.below_extra(key, node)
            }
            Rule::Topics(spaces) => self.topics(line, node, spaces, key),
            Rule::Countries => self.countries(line, node),
            Rule::People => self.people(key, node),
            Rule::Aliases(beside) => {
                for alias in texts(node) {
                    self.alias(line, &alias, beside);
                }
                Outcome::Kept
            }
            Rule::Taxonomies | Rule::Below if map(node).is_empty() => self.below_extra(key, node),
            Rule::Taxonomies => {
                for (key, line, node) in map(node) {
                    let rule = taxonomy(key);
                    self.take(&format!("{field}.{key}"), key, *line, node, rule);
                }
                return;
            }
            Rule::Address => changed("the permalink, slug or an alias"),
            Rule::Below => {
                for (key, _, node) in map(node) {
                    self.page.front.extra.insert(key.clone(), node.to_json());
                }
                if key == "extra" {
                    Outcome::Kept
                } else {
                    changed("extra")
                }
            }
            Rule::Extra => self.below_extra(key, node),
        };
        self.note(field, line, outcome);
    }

    fn below_extra(&mut self, key: &str, node: &Node) -> Outcome {
        let value = match node.to_json() {
            // A taxonomy of its own.
            Json::Array(items) if items.is_empty() => {
                return Outcome::Dropped("it was empty".to_owned());
            }
            Json::Object(entries) if entries.is_empty() => {
                return Outcome::Dropped("it was empty".to_owned());
            }
            value => value,
        };
        self.page.front.extra.insert(key.to_owned(), value);
        Outcome::Changed(format!("extra.{key}"))
    }

    /// A value for which there is one already.
    fn second(&mut self, key: &str, to: &str, line: usize) -> Outcome {
        let first = self.by.get(to).cloned().unwrap_or_default();
        // Which of them kept the page back is in doubt.
        let held = matches!(to, "embargo_until" | "expires");
        if held {
            self.page.front.set("draft", true);
        }
        let draft = if held { "; the page is a draft" } else { "" };
        self.find(
            line,
            &format!("`{key}` is not carried over: `{first}` gave the page its `{to}`{draft}"),
            "write the one that holds into the new file",
        );
        Outcome::Dropped(format!("`{first}` says it"))
    }

    fn moment(&mut self, key: &str, to: &'static str, line: usize, node: &Node) -> Outcome {
        let written = node.text().unwrap_or_default().trim();
        let Some(text) = moment(written) else {
            let message = format!("`{key}: {written}` is no day and no instant");
            let help = "write it into the new file, as 2026-01-27";
            // The tool would have kept the page back, or published nothing at all.
            if matches!(to, "embargo_until" | "expires") || (to == "date" && self.keeps_future) {
                self.find(line, &format!("{message}; the page is a draft"), help);
                self.page.front.set("draft", true);
                return Outcome::Changed("draft".to_owned());
            }
            self.find(line, &message, help);
            return Outcome::Dropped("it is no day and no instant".to_owned());
        };
        let same = text == written && key == to;
        self.page.front.set(to, text);
        self.by.insert(to, key.to_owned());
        if same {
            Outcome::Kept
        } else if key == to {
            Outcome::Changed(format!("{to}, as RFC 3339"))
        } else {
            Outcome::Changed(to.to_owned())
        }
    }

    fn lang(&mut self, key: &str, line: usize, node: &Node) -> Outcome {
        let written = node.text().unwrap_or_default().trim();
        let locale = written.split(['.', '@']).next().unwrap_or_default();
        let Ok(lang) = locale.replace('_', "-").parse::<Lang>() else {
            self.find(
                line,
                &format!(
                    "`{key}: {written}` is no language tag; the page has the language of the site"
                ),
                "write its tag into `lang` of the new file, such as fr or pt-BR",
            );
            return Outcome::Dropped("it is no language tag".to_owned());
        };
        self.page.front.set("lang", lang.as_str());
        if lang.as_str() == written {
            Outcome::Kept
        } else {
            Outcome::Changed("lang, as a tag".to_owned())
        }
    }

    /// What a field says; nothing, and that is said, where it is neither true nor false.
    fn truth(&mut self, key: &str, line: usize, node: &Node) -> Option<bool> {
        let text = node.text().unwrap_or_default();
        let truth = truth(text);
        if truth.is_none() {
            let text = text.to_ascii_lowercase();
            self.find(
                line,
                &format!("`{key}: {text}` is neither true nor false; the page is a draft"),
                "write `draft: false` into the new file to publish it",
            );
        }
        truth
    }

    /// A page that the other tool showed at no address.
    fn hidden(&mut self, hidden: bool) -> Outcome {
        if hidden {
            self.page.front.set("draft", true);
            Outcome::Changed("draft".to_owned())
        } else {
            Outcome::Dropped("each content file has a page".to_owned())
        }
    }

    /// Says that a page which was found by its address alone can be found otherwise now.
    fn unlisted(&mut self, field: &str, what: &str, line: usize) {
        self.find(
            line,
            &format!("`{field}` kept the page out of {what}; nothing does that here"),
            "write `draft: true` into the new file where the page should not be found",
        );
    }

    fn alias(&mut self, line: usize, alias: &str, beside: bool) {
        let alias = alias.trim();
        let address = self.page.address.trim_end_matches('/');
        let folder = match address.rfind('/') {
            Some(at) if beside && !alias.starts_with('/') => &address[..at],
            _ => "",
        };
        let whole = format!("{folder}/{alias}");
        match clean(&whole) {
            Some(path) => self.page.front.add("aliases", &path),
            None => self.find(
                line,
                &format!("the alias `{alias}` is no path that Dépêche can redirect"),
                "use letters, digits, hyphens and full stops, or redirect it on your server",
            ),
        }
    }
}

/// A text that is true or false.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// What became of a field whose value is as it was.
fn renamed(key: &str, to: &str) -> Outcome {
    if to == key {
        Outcome::Kept
    } else {
        Outcome::Changed(to.to_owned())
    }
}

/// An address as an alias: a file's as it is, any other with a slash at its end; nothing where it can't be one.
pub(super) fn clean(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    if parts.is_empty()
        || parts
            .iter()
            .any(|part| crate::site::card::portable(part) != *part)
    {
        return None;
    }
    let path = format!("/{}", parts.join("/"));
    let html = std::path::Path::new(&path)
        .extension()
        .is_some_and(|e| e == "html");
    Some(if html { path } else { format!("{path}/") })
}

/// What becomes of a taxonomy, whatever the tool.
pub(super) fn taxonomy(key: &str) -> Rule {
    match key.to_ascii_lowercase().as_str() {
        "tags" | "tag" | "categories" | "category" | "topics" | "topic" | "keywords"
        | "subjects" | "themes" => Rule::Topics(false),
        "countries" | "country" => Rule::Countries,
        "authors" | "author" | "people" => Rule::People,
        _ => Rule::Extra,
    }
}
