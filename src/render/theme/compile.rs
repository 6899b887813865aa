//! The templates of a chain of themes → what renders them. A template that does not compile is left out and reported.

use std::collections::{BTreeMap, BTreeSet};

use tera::Tera;

use super::{
    ThemeFiles,
    faults::{faults, file_of, meant},
    within,
};
use crate::{
    diagnostic::Diagnostic,
    render::{bounds, filters, functions},
};

/// The one template that no page has unless it names it: a theme whose own templates do not fit it goes without.
const SHOWCASE: &str = "default/components-page.html";

/// What renders the templates, and their sources by `<theme>/<template>`.
pub(super) fn compile(
    chain: &[String],
    files: &ThemeFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Tera, BTreeMap<String, String>) {
    let mut templates: BTreeMap<String, String> = BTreeMap::new();
    for theme in chain {
        let prefix = format!("{theme}/templates/");
        for (path, bytes) in within(files, &prefix) {
            let name = format!("{theme}/{}", path.strip_prefix(&prefix).unwrap_or(path));
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    templates.insert(name, text.to_owned());
                }
                Err(_) => diagnostics.push(
                    Diagnostic::error(format!("themes/{path}"), "the template is not UTF-8")
                        .help("save it as UTF-8"),
                ),
            }
        }
    }
    loop {
        let mut tera = Tera::new();
        let prefixes: Vec<String> = chain.iter().map(|theme| format!("{theme}/")).collect();
        // Both can only fail on a Tera that has templates already.
        let _ = tera.set_fallback_prefixes(prefixes);
        filters::register(&mut tera);
        bounds::register(&mut tera);
        functions::placeholders(&mut tera);
        let Err(error) =
            tera.add_raw_templates(templates.iter().map(|(n, t)| (n.as_str(), t.as_str())))
        else {
            return (tera, templates);
        };
        // An error that names no template of ours would never go away.
        if !leave_out(&error, chain, &mut templates, diagnostics) {
            return (Tera::new(), BTreeMap::new());
        }
    }
}

/// Leaves out the templates that are the cause of an error, and says why. `false` where there is none.
fn leave_out(
    error: &tera::Error,
    chain: &[String],
    templates: &mut BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    const HELP: &str =
        "the template was left out; mend it, or delete it to use the default theme's";
    let place = |file: &str| {
        let (theme, name) = file.strip_prefix("themes/")?.split_once("/templates/")?;
        let depth = chain.iter().position(|t| t == theme)?;
        Some((depth, name.to_owned()))
    };
    let found = faults(error);
    // What is wrong in the nearest theme may be the cause of what is wrong in those that it extends.
    let nearest = found.iter().filter_map(|f| place(&f.file)).min();
    let Some((nearest, _)) = nearest else {
        diagnostics.extend(found);
        return false;
    };
    let nearer = |name: &str| {
        chain
            .iter()
            .take(nearest)
            .map(|theme| format!("{theme}/{name}"))
            .find(|full| templates.contains_key(full))
    };
    let mut out: BTreeSet<String> = BTreeSet::new();
    let mut lacking: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for said in found {
        let Some((_, name)) = place(&said.file).filter(|(depth, _)| *depth == nearest) else {
            continue;
        };
        let full = format!("{}/{name}", chain.get(nearest).map_or("", String::as_str));
        let block = said
            .message
            .strip_prefix("Block `")
            .and_then(|rest| rest.split('`').next());
        let base = templates
            .get(&full)
            .and_then(|source| extended(source))
            .and_then(nearer);
        let spare = full == SHOWCASE;
        if spare || nearer(&name).is_some() {
            // A template that a nearer theme replaces is missed by nobody; nor is the page of components where a theme has a page of another make.
            out.insert(full);
        } else if let (Some(block), Some(base)) = (block, base) {
            lacking
                .entry(base)
                .or_default()
                .insert(format!("`{block}`"));
        } else {
            out.insert(full);
            let help = match meant(&said.message, templates) {
                Some(meant) => format!("did you mean `{meant}`? Until then, {HELP}"),
                None => HELP.to_owned(),
            };
            diagnostics.push(said.help(help));
        }
    }
    for (base, blocks) in lacking {
        let blocks: Vec<String> = blocks.into_iter().collect();
        let message = format!(
            "it lacks blocks that other templates of the site fill: {}",
            blocks.join(", ")
        );
        diagnostics.push(Diagnostic::error(file_of(&base), message).help(
            "the template was left out; give it these blocks, or write the other templates in this theme, too",
        ));
        out.insert(base);
    }
    let before = templates.len();
    templates.retain(|name, _| !out.contains(name));
    templates.len() < before
}

/// The name in a template's `{% extends "…" %}`.
fn extended(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("extends")?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
    rest.get(1..)?.split(quote).next()
}
