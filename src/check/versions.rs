//! A site → what lacks a version in one of its languages: strings of the theme, ordinary pages; and versions of what is not there.

use crate::{
    diagnostic::{Diagnostic, Rule},
    model::Lang,
    render::Renderer,
    site::{Item, Site, life},
};

pub(super) fn missing_strings(renderer: &Renderer) -> Vec<Diagnostic> {
    let site = renderer.site();
    let fault = |lang: &Lang| {
        let missing = renderer.missing_strings(lang);
        let first: Vec<&str> = missing.iter().take(5).map(String::as_str).collect();
        let more = if missing.len() > 5 { ", …" } else { "" };
        let file = format!("themes/{}/strings/{lang}.yaml", site.config.theme);
        let message = format!(
            "{} of the interface's strings have no version in this language: {}{more}",
            missing.len(),
            first.join(", ")
        );
        (!missing.is_empty()).then(|| {
            Diagnostic::warning(file, message)
                .rule(Rule::StringMissing)
                .help("English is shown in their place; write them in that file")
        })
    };
    site.config.languages.iter().filter_map(fault).collect()
}

/// Ordinary pages that lack a version in one of the site's languages.
pub(super) fn missing(site: &Site) -> Vec<Diagnostic> {
    let sections = site.sections.iter().filter_map(|s| s.index.as_ref());
    let mut notes = Vec::new();
    for item in site.pages.iter().chain(sections) {
        let versions = site
            .translations
            .get(&item.card.source)
            .map_or(&[][..], Vec::as_slice);
        if item.card.lang != site.config.default_language {
            continue;
        }
        let missing: Vec<&str> = site
            .config
            .languages
            .iter()
            .filter(|lang| **lang != item.card.lang && !versions.iter().any(|v| v.lang == **lang))
            .map(Lang::as_str)
            .collect();
        if let Some(first) = missing.first() {
            let name = item.card.source.trim_end_matches(".md");
            notes.push(
                Diagnostic::note(
                    format!("content/{}", item.card.source),
                    format!("there is no version in {}", missing.join(", ")),
                )
                .rule(Rule::TranslationMissing)
                .help(format!("write content/{name}.{first}.md")),
            );
        }
    }
    notes
}

/// `translation_of` that names a path where no file is. A word without a slash may be a key that the versions share.
pub(super) fn of_nothing<'a>(
    site: &Site,
    items: impl Iterator<Item = &'a Item>,
    exists: impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let fault = |item: &Item| {
        let named = item.entry.front.translation_of.as_ref()?;
        let is_path =
            named.starts_with("@/") || named.contains('/') || named.to_lowercase().ends_with(".md");
        let source = life::source(named);
        let there = site.item(&source).is_some() || exists(&source);
        (is_path && !there).then(|| {
            Diagnostic::warning(
                format!("content/{}", item.card.source),
                format!("`translation_of`: there is no content file `{named}`"),
            )
            .rule(Rule::TranslationBroken)
            .at(item.entry.front.line(&["translation_of"]))
            .help("give the path of the original from content/, such as briefings/original.md")
        })
    };
    items.filter_map(fault).collect()
}
