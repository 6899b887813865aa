//! What themes are made of → the reference of it, in Markdown: values from the contexts that the templates of an invented site get, functions and filters
//! from the tables that they are registered from, components from the compiled templates. Nothing is written by hand but what names mean.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::{Prober, outline::Shape, theme};
use crate::diagnostic::Diagnostic;

mod functions;
mod words;

pub(in crate::render) use functions::{
    Callable, FILTERS, FUNCTIONS, TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS,
};
use words::{WORDS, words};

/// The fields by which a briefing or page in a list is known.
const CARD: [&str; 2] = ["date_precision", "slug"];

/// The invented site that the values are read from, by path from its folder.
pub const SAMPLE: [(&str, &str); 8] = [
    ("site.yaml", include_str!("reference/sample/site.yaml")),
    (
        "content/_index.md",
        include_str!("reference/sample/home.md"),
    ),
    (
        "content/docs/_index.md",
        include_str!("reference/sample/section.md"),
    ),
    (
        "content/docs/inner/_index.md",
        include_str!("reference/sample/inner.md"),
    ),
    (
        "content/docs/page.md",
        include_str!("reference/sample/page.md"),
    ),
    (
        "content/briefings/ports.md",
        include_str!("reference/sample/ports.md"),
    ),
    (
        "content/briefings/talks.md",
        include_str!("reference/sample/talks.md"),
    ),
    (
        "content/briefings/havn.md",
        include_str!("reference/sample/havn.md"),
    ),
];

/// The values that only `page` has, by name.
pub(in crate::render) fn of_pages<'a>() -> impl Iterator<Item = &'a str> {
    WORDS
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("page."))
}

/// What the contexts of all pages have in common.
#[derive(Debug, Default)]
struct Values {
    /// By name, with the templates that get it.
    by_name: BTreeMap<String, (Shape, BTreeSet<String>)>,
    templates: BTreeSet<String>,
}

/// The reference, of the site that a prober has. An error where a page has no template.
pub fn reference(prober: &Prober) -> Result<String, Diagnostic> {
    let mut text = String::new();
    values(&mut text, &seen(prober)?);
    text.push_str("\n## Functions\n\nArguments have names: `trans(key=\"countries\")`. Those with `?` may be left out; `lang` is the page's then.\n\n");
    calls(
        &mut text,
        "Function",
        FUNCTIONS.iter().chain(&TERA_FUNCTIONS),
    );
    text.push_str(
        "\n## Filters\n\n`page.date | date(format=\"%d.%m.%Y\")`. These are Dépêche's own:\n\n",
    );
    calls(&mut text, "Filter", FILTERS.iter());
    let listed = |names: &[&str]| {
        names
            .iter()
            .map(|n| format!("`{n}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    put(
        &mut text,
        format_args!(
            "\nThese are [Tera's](https://keats.github.io/tera/): {}.\n",
            listed(&TERA_FILTERS)
        ),
    );
    put(
        &mut text,
        format_args!(
            "\n## Tests\n\n`page.date is defined`, `n is not odd`: {}.\n",
            listed(&TERA_TESTS)
        ),
    );
    components(&mut text, prober);
    Ok(text)
}

fn seen(prober: &Prober) -> Result<Values, Diagnostic> {
    let mut all = Values::default();
    for (_, route) in prober.renderer().site().every_route() {
        let Some(given) = prober.given(route)? else {
            continue;
        };
        for (name, value) in given.values.as_object().into_iter().flatten() {
            let (shape, templates) = all.by_name.entry(name.clone()).or_default();
            shape.add(value);
            templates.insert(given.template.clone());
        }
        all.templates.insert(given.template);
    }
    Ok(all)
}

fn values(text: &mut String, all: &Values) {
    text.push_str("## Values\n\nA `path` begins at the host's root and is ready for an `href`; a `permalink` is a full address. `[]` stands for each item of a list.\n");
    let everywhere = |of: &BTreeSet<String>| of.len() == all.templates.len();
    text.push_str("\n### On every page\n");
    for (name, (shape, of)) in &all.by_name {
        if everywhere(of) {
            table(text, name, shape);
        }
    }
    text.push_str("\n### On some pages\n");
    for (name, (shape, of)) in &all.by_name {
        if !everywhere(of) {
            table(text, name, shape);
            let of: Vec<String> = of.iter().map(|t| format!("`{t}`")).collect();
            put(text, format_args!("\nIn {}.\n", of.join(", ")));
        }
    }
    text.push_str("\n### A card\n\nA briefing or page in a list. `page` has all of these, too.\n\n| Value | Type | What it holds |\n| --- | --- | --- |\n");
    let pages = all
        .by_name
        .get("paginator")
        .and_then(|(p, _)| p.inner().get("pages"));
    for (name, field) in pages.into_iter().flat_map(Shape::inner) {
        rows(text, &format!("card.{name}"), field);
    }
}

fn table(text: &mut String, name: &str, shape: &Shape) {
    put(
        text,
        format_args!("\n#### {name}\n\n| Value | Type | What it holds |\n| --- | --- | --- |\n"),
    );
    rows(text, name, shape);
}

fn is_card(path: &str, shape: &Shape) -> bool {
    path != "page" && CARD.iter().all(|field| shape.inner().contains_key(*field))
}

/// A row for a value, and one for each within it.
fn rows(text: &mut String, path: &str, shape: &Shape) {
    let known = is_card(path, shape);
    let kind = if known {
        shape.kind().replace("map", "card")
    } else {
        shape.kind()
    };
    let words = words(path).unwrap_or_default();
    put(text, format_args!("| `{path}` | {kind} | {words} |\n"));
    // A tree holds what it is made of.
    let again = path.ends_with("children[].children") || path.starts_with("config.extra");
    if known || again {
        return;
    }
    let listed = if shape.fields.is_empty() && shape.items.is_some() {
        "[]"
    } else {
        ""
    };
    for (name, field) in shape.inner() {
        rows(text, &format!("{path}{listed}.{name}"), field);
    }
}

fn calls<'a>(text: &mut String, what: &str, all: impl Iterator<Item = &'a Callable>) {
    put(
        text,
        format_args!("| {what} | Arguments | What it gives |\n| --- | --- | --- |\n"),
    );
    for call in all {
        let arguments: Vec<String> = call.arguments.iter().map(|a| format!("`{a}`")).collect();
        put(
            text,
            format_args!(
                "| `{}` | {} | {} |\n",
                call.name,
                arguments.join(", "),
                call.gives
            ),
        );
    }
}

/// The components of all templates, with the comment that stands before each.
fn components(text: &mut String, prober: &Prober) {
    let theme = &prober.renderer().theme;
    let notes = theme::notes();
    let mut names: Vec<&str> = theme.tera.get_component_names().collect();
    names.sort_unstable();
    text.push_str("\n## Components\n\n`{{ <moment date={page.date} style=\"long\" /> }}`. An argument with `@` comes from the page; one with `=` may be left out. [The page of components](@/docs/components.md) shows them live.\n\n| Component | Arguments | What it shows |\n| --- | --- | --- |\n");
    for name in names {
        let Some(component) = theme.tera.get_component_definition(name) else {
            continue;
        };
        let arguments: Vec<String> = component
            .args()
            .iter()
            .map(|argument| {
                let kind = argument
                    .arg_type()
                    .map(|kind| format!(": {kind}"))
                    .unwrap_or_default();
                let default = match argument.default() {
                    Some(value) if value.is_string() => format!(" = \"{value}\""),
                    Some(value) => format!(" = {value}"),
                    None => String::new(),
                };
                let from = if argument.is_implicit() { "@" } else { "" };
                format!("`{from}{}{kind}{default}`", argument.name())
            })
            .collect();
        let said = notes
            .get(name)
            .map_or("", String::as_str)
            .replace('|', "\\|");
        put(
            text,
            format_args!("| `{name}` | {} | {said} |\n", arguments.join(", ")),
        );
    }
}

/// Writing into a string can't fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What functions read of their arguments, from their source.
    #[test]
    fn each_argument_that_is_read_is_in_the_table() {
        let sources = [
            include_str!("functions.rs"),
            include_str!("functions/pictures.rs"),
            include_str!("filters.rs"),
            include_str!("bounds.rs"),
        ]
        .concat();
        let all: BTreeSet<&str> = FUNCTIONS
            .iter()
            .chain(&TERA_FUNCTIONS)
            .chain(&FILTERS)
            .flat_map(|call| call.arguments)
            .map(|a| a.trim_end_matches('?'))
            .collect();
        let mut read = 0;
        for rest in sources.split("kwargs.").skip(1) {
            let get = rest
                .strip_prefix("get")
                .or_else(|| rest.strip_prefix("must_get"));
            if let Some((_, rest)) = get
                .and_then(|rest| rest.split_once("(\""))
                .filter(|(head, _)| head.len() < 16)
                && let Some(name) = rest.split('"').next()
            {
                assert!(all.contains(name), "`{name}` is read and in no table");
                read += 1;
            }
        }
        assert!(read > 20, "{read}");
    }

    #[test]
    fn each_name_of_tera_is_one() {
        let mut tera = tera::Tera::new();
        for filter in TERA_FILTERS {
            let template = format!("{{{{ x | {filter} }}}}");
            tera.add_raw_template("x", &template)
                .unwrap_or_else(|e| panic!("{filter}: {e}"));
        }
        for test in TERA_TESTS {
            let template = format!("{{% if x is {test} %}}{{% endif %}}");
            tera.add_raw_template("x", &template)
                .unwrap_or_else(|e| panic!("{test}: {e}"));
        }
    }
}
