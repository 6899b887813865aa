//! The sources of a theme's templates → what each page that is made with one rests on: a digest of the template and all that it draws in, and which
//! names stand in them. Says too much rather than too little: a name in a comment counts.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use foldhash::HashSet;

use crate::distill::digest;

/// What a template and all that it draws in are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Of their names and sources.
    pub digest: String,
    names: HashSet<String>,
    /// Whether all of a value may be written, by no name.
    whole: bool,
}

impl Reach {
    /// Whether one of them has the name, or writes a whole value with all that it has.
    pub fn has(&self, name: &str) -> bool {
        self.whole || self.names.contains(name)
    }
}

/// Filters that write all of a value, or read it by a name that is worked out.
const WHOLE: [&str; 5] = ["get", "keys", "pairs", "str", "values"];

/// Whether a template may read values whose names do not stand in it: it writes whole ones, goes through all that one has, or works out a name.
fn whole(source: &str, names: &BTreeSet<&str>) -> bool {
    let by_pairs = |tag: &str| {
        let tag = tag.trim_start_matches('-').trim_start();
        let head = tag
            .strip_prefix("for ")
            .and_then(|rest| rest.split(" in ").next());
        head.is_some_and(|names| names.contains(','))
    };
    let filtered = |rest: &str| words(rest).next().is_some_and(|name| WHOLE.contains(&name));
    let written = |rest: &str| {
        let tag = rest.trim_start_matches('-').trim_start();
        let after = tag.strip_prefix("page").map(str::trim_start);
        after.is_some_and(|after| after.starts_with(['}', '|', '-', '~']))
    };
    // Under another name it may be written whole.
    let renamed = |tag: &str| {
        let tag = tag.trim_start_matches('-').trim_start();
        let value = tag.strip_prefix("set").and_then(|rest| {
            let (_, value) = rest.split_once('=')?;
            value.split_once("%}")
        });
        value.is_some_and(|(value, _)| value.trim_end_matches('-').trim() == "page")
    };
    names.contains("__tera_context")
        || source.split('|').skip(1).any(filtered)
        || source.split("{{").skip(1).any(written)
        || source
            .split("{%")
            .skip(1)
            .any(|tag| by_pairs(tag) || renamed(tag))
        || source
            .match_indices('[')
            .any(|(at, _)| is_worked_out(source, at))
}

/// Whether the bracket at a place follows a value and holds neither a number, a range nor one whole name in quotation marks.
fn is_worked_out(source: &str, at: usize) -> bool {
    let (before, rest) = source.split_at(at);
    let value = |c: char| c.is_alphanumeric() || "_])?".contains(c);
    if !before.ends_with(value) {
        return false;
    }
    let inside = rest.get(1..).unwrap_or_default().trim_start();
    if inside.starts_with(|c: char| c.is_ascii_digit() || c == ':' || c == '-') {
        return false;
    }
    let quote = inside.chars().next().filter(|c| "\"'`".contains(*c));
    let named = quote.and_then(|quote| inside.get(1..)?.split_once(quote));
    !named.is_some_and(|(_, after)| after.trim_start().starts_with(']'))
}

/// The reach of each template, by its full name (`theme/page.html`) and by the one that a page asks for it (`page.html`). `chain` are the themes, the
/// nearest first.
pub(super) fn reaches(
    chain: &[String],
    templates: &BTreeMap<String, String>,
) -> BTreeMap<String, Reach> {
    let defined = components(chain, templates);
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
            whole: parts.clone().any(|(_, part)| part.whole),
            names: parts.flat_map(|(_, part)| &part.names).cloned().collect(),
            digest: digest(digests.as_bytes()),
        }
    };
    let names = templates.keys();
    let mut all: BTreeMap<_, _> = names.map(|name| (name.clone(), reach(name))).collect();
    for theme in chain {
        let prefix = format!("{theme}/");
        let short = |name: &String| Some(name.strip_prefix(&prefix)?.to_owned());
        let asked = templates
            .keys()
            .filter_map(|full| Some((short(full)?, full)));
        for (short, full) in asked.filter(|(short, _)| !templates.contains_key(short)) {
            if let Some(reach) = all.get(full).filter(|_| !all.contains_key(&short)) {
                all.insert(short, reach.clone());
            }
        }
    }
    all
}

/// What a template itself has.
fn own(source: &str) -> Reach {
    let names = names(source);
    Reach {
        whole: whole(source, &names),
        names: names.into_iter().map(str::to_owned).collect(),
        digest: digest(source.as_bytes()),
    }
}

/// The full name of a template that another one names, through the chain of themes.
fn resolve<'t, T>(
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
    defined: &BTreeMap<&'t str, &'t str>,
) -> BTreeSet<&'t str> {
    let quoted = source.split(['"', '\'', '`']);
    let named = quoted.filter(|part| part.len() < 200);
    let named = named.filter_map(|part| Some(resolve(part, chain, templates)?.0));
    if computed(source) {
        return templates.keys().map(String::as_str).collect();
    }
    let tags = source.split('<').skip(1);
    let used = tags.filter_map(|tag| component(tag.trim_start_matches('/')));
    let used = used.filter_map(|name| defined.get(name)).copied();
    named.chain(used).collect()
}

/// Whether the name of a template is worked out: it may be any.
fn computed(source: &str) -> bool {
    source.split("template").skip(1).any(|rest| {
        let Some(rest) = rest.trim_start().strip_prefix('=') else {
            return false;
        };
        let rest = rest.trim_start();
        let quoted = rest.strip_prefix(['"', '\'', '`']);
        let after = quoted.and_then(|rest| rest.split_once(['"', '\'', '`']));
        !after.is_some_and(|(_, after)| after.trim_start().starts_with([',', ')']))
    })
}

/// Each component with the template that defines it: one of the nearest theme, as Tera has it.
fn components<'t>(
    chain: &[String],
    templates: &'t BTreeMap<String, String>,
) -> BTreeMap<&'t str, &'t str> {
    let depth = |name: &str| {
        let theme = name.split('/').next();
        chain.iter().position(|own| Some(own.as_str()) == theme)
    };
    let mut farthest_first: Vec<_> = templates.iter().collect();
    farthest_first.sort_by_key(|(name, _)| Reverse(depth(name)));
    let mut defined = BTreeMap::new();
    for (name, source) in farthest_first {
        for tag in source.split("{%").skip(1) {
            let tag = tag.trim_start_matches('-').trim_start();
            let named = tag.strip_prefix("component").map(str::trim_start);
            if let Some(component) = named.and_then(component) {
                defined.insert(component, name.as_str());
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

/// The component's name that a text begins with; it may have dots.
fn component(text: &str) -> Option<&str> {
    let name = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    name.into_iter().next().filter(|name| !name.is_empty())
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
    fn a_template_that_reads_by_no_name_reads_all() {
        let reads_all = |source: &str| own(source).has("related");
        for source in [
            "{{ page | json_encode }}",
            "{%- for name, value in page %}{% endfor %}",
            "{{ page[name] }}",
            "{{ page[ name ] }}",
            "{{ page?[name] }}",
            "{{ page[\"re\" ~ \"lated\"] }}",
            "{{ page | get(key=name) }}",
            "{% for value in page | values %}{% endfor %}",
            "{{ page }}",
        ] {
            assert!(reads_all(source), "{source}");
        }
        let plain = "{% for card in pages %}{{ card.date[:10] }}{{ pages[0].title }}{{ page.content }}{{ page[\"title\"] }}{% endfor %}, in all [sic]";
        assert!(!reads_all(plain));
    }

    #[test]
    fn components_with_dots_are_told_apart() {
        let chain = ["own".to_owned()];
        let mut all = templates(&[
            ("own/page.html", "{{ <ui.card of={page} /> }}"),
            (
                "own/a.html",
                "{% component ui.card(of) %}{{ of.related }}{% endcomponent ui.card %}",
            ),
            (
                "own/b.html",
                "{% component ui.button() %}x{% endcomponent ui.button %}",
            ),
        ]);
        let before = reaches(&chain, &all);
        assert!(before["page.html"].has("related"));
        all.insert("own/a.html".to_owned(), String::new());
        assert_ne!(reaches(&chain, &all)["page.html"], before["page.html"]);
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
        assert_eq!(before["page.html"], *page);
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
