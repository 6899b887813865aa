//! The sources of a theme's templates → what each page that is made with one rests on: a digest of the template and all that it draws in, and which
//! of the costly or far-reaching names stand in them. Says too much rather than too little: a name in a comment counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::distill::digest;

/// What a template and all that it draws in are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Of their names and sources.
    pub digest: String,
    names: BTreeSet<&'static str>,
}

impl Reach {
    /// Whether one of them has the name, one of `NAMES`.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

/// The functions of templates that see more of the site than the page, and the values that are dear to work out.
const NAMES: [&str; 19] = [
    "calendar",
    "country_matrix",
    "coverage_map",
    "get_briefings",
    "get_page",
    "get_section",
    "get_taxonomy",
    "get_taxonomy_term",
    "get_url",
    "in_topic",
    "json_ld",
    "latest",
    "load_data",
    "now",
    "reading_time",
    "related",
    "share",
    "sparkline",
    "word_count",
];

/// The reach of each template, by its full name (`theme/page.html`). `chain` are the themes, the nearest first.
pub(super) fn reaches(
    chain: &[String],
    templates: &BTreeMap<String, String>,
) -> BTreeMap<String, Reach> {
    let defined = components(templates);
    let drawn: BTreeMap<&str, BTreeSet<&str>> = templates
        .iter()
        .map(|(name, source)| (name.as_str(), drawn_in(source, chain, templates, &defined)))
        .collect();
    let own: BTreeMap<&str, Reach> = templates
        .iter()
        .map(|(name, source)| (name.as_str(), own(source)))
        .collect();
    let reach = |name: &str| {
        let mut all = BTreeSet::from([name]);
        let mut next = vec![name];
        while let Some(here) = next.pop() {
            let new = drawn.get(here).into_iter().flatten();
            next.extend(new.filter(|other| all.insert(other)));
        }
        let parts = all.iter().filter_map(|name| own.get_key_value(*name));
        let digests = parts.clone().fold(String::new(), |text, (name, part)| {
            text + name + "\0" + &part.digest + "\0"
        });
        Reach {
            names: parts.flat_map(|(_, part)| &part.names).copied().collect(),
            digest: digest(digests.as_bytes()),
        }
    };
    let names = templates.keys();
    names.map(|name| (name.clone(), reach(name))).collect()
}

/// What a template itself has.
fn own(source: &str) -> Reach {
    let known = names(source);
    Reach {
        names: NAMES
            .into_iter()
            .filter(|name| known.contains(name))
            .collect(),
        digest: digest(source.as_bytes()),
    }
}

/// The full name of a template that another one names, through the chain of themes.
pub(super) fn resolve<'t, T>(
    name: &str,
    chain: &[String],
    templates: &'t BTreeMap<String, T>,
) -> Option<(&'t str, &'t T)> {
    let through = chain.iter().map(|theme| format!("{theme}/{name}"));
    let found = std::iter::once(name.to_owned())
        .chain(through)
        .find_map(|full| templates.get_key_value(&full));
    found.map(|(full, value)| (full.as_str(), value))
}

/// The templates whose names stand in quotation marks, and those that define a component that is used.
fn drawn_in<'t>(
    source: &str,
    chain: &[String],
    templates: &'t BTreeMap<String, String>,
    defined: &BTreeMap<&'t str, Vec<&'t str>>,
) -> BTreeSet<&'t str> {
    let quoted = source.split(['"', '\'', '`']);
    let named = quoted.filter(|part| part.len() < 200);
    let named = named.filter_map(|part| Some(resolve(part, chain, templates)?.0));
    if computed(source) {
        return templates.keys().map(String::as_str).collect();
    }
    let tags = source.split('<').skip(1);
    let used = tags.filter_map(|tag| words(tag.trim_start_matches('/')).next());
    let used = used.filter_map(|name| defined.get(name)).flatten().copied();
    named.chain(used).collect()
}

/// Whether the name of a template is worked out: it may be any.
fn computed(source: &str) -> bool {
    source.split("template=").skip(1).any(|rest| {
        let quoted = rest.strip_prefix(['"', '\'', '`']);
        let after = quoted.and_then(|rest| rest.split_once(['"', '\'', '`']));
        !after.is_some_and(|(_, after)| after.trim_start().starts_with([',', ')']))
    })
}

/// Each component with the templates that define it.
fn components(templates: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<&str>> {
    let mut defined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, source) in templates {
        for tag in source.split("{%").skip(1) {
            let mut parts = words(tag.trim_start_matches('-').trim_start());
            if parts.next() == Some("component")
                && let Some(component) = parts.next()
            {
                defined.entry(component).or_default().push(name);
            }
        }
    }
    defined
}

/// The names of a template, but for those that stand where no value is meant: in attributes that name classes and ids, and in the keys of the
/// interface's strings.
fn names(text: &str) -> BTreeSet<&str> {
    const WORDS: [&str; 4] = ["class=\"", "id=\"", "aria-labelledby=\"", "trans(key=\""];
    let mut found = BTreeSet::new();
    let mut rest = text;
    loop {
        let next = WORDS
            .iter()
            .filter_map(|mark| Some(rest.find(mark)? + mark.len()));
        let Some(start) = next.min() else {
            found.extend(words(rest));
            return found;
        };
        let (before, quoted) = rest.split_at(start);
        found.extend(words(before));
        // What has a tag in it is looked at like the rest.
        let end = quoted.find(['"', '{']).unwrap_or(quoted.len());
        rest = quoted.get(end..).unwrap_or_default();
    }
}

/// The names of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        let own = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        all.iter().map(own).collect()
    }

    #[test]
    fn a_template_reaches_what_it_extends_includes_and_uses_and_nothing_else() {
        let chain = ["own".to_owned(), "default".to_owned()];
        let mut all = templates(&[
            (
                "own/page.html",
                "{% extends \"base.html\" %}{{ <card of={page} /> }}",
            ),
            ("default/base.html", "{% include 'foot.html' %}"),
            (
                "default/foot.html",
                "<p class=\"share\">{{ trans(key=\"in_topic\") }}{{ get_page(path=\"a.md\") }}",
            ),
            (
                "default/parts.html",
                "{% component card(of) %}{{ of.related }}{% endcomponent card %}",
            ),
            ("default/other.html", "{{ load_data(path=\"x.json\") }}"),
        ]);
        let before = reaches(&chain, &all);
        let page = &before["own/page.html"];
        assert!(!page.has("share") && !page.has("in_topic"));
        assert!(page.has("get_page") && page.has("related") && !page.has("load_data"));
        all.insert("default/other.html".to_owned(), String::new());
        assert_eq!(reaches(&chain, &all)["own/page.html"], *page);
        all.insert("default/foot.html".to_owned(), String::new());
        let after = reaches(&chain, &all);
        assert_ne!(after["own/page.html"].digest, page.digest);
        assert!(!after["own/page.html"].has("get_page"));
    }
}
