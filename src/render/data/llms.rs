//! `Site` → `llms.txt`: what the site is and where its texts are, for programs that read for people (<https://llmstxt.org>), in the site's default
//! language but for the heading `Optional`, which that format gives a meaning.

use std::fmt::Write;

use crate::{
    config::Output,
    model::Lang,
    site::{
        Data, Item, Scope, Site,
        data::{Format, positions, scopes},
        route,
    },
};

use super::{Words, name, publisher};

/// The latest briefings that are named.
const LATEST: usize = 50;

pub(super) fn llms(site: &Site, words: Words<'_>) -> Vec<u8> {
    let config = &site.config;
    let base = &config.base_url;
    let say = |key: &str| words(key, None);
    let mut text = format!("# {}\n", line(&config.title));
    // Writing to a string cannot fail.
    if !config.description.is_empty() {
        let _ = write!(text, "\n> {}\n", line(&config.description));
    }
    let languages: Vec<&str> = site.facets.languages.keys().map(Lang::as_str).collect();
    let _ = write!(
        text,
        "\n{} – {}. {}. {} – {}.",
        say("publisher"),
        line(publisher(site)),
        words("n_briefings", Some(site.briefings.len() as u64)),
        say("languages"),
        languages.join(", ")
    );
    if !config.license.is_empty() {
        let _ = write!(text, " {} – {}.", say("license"), line(&config.license));
    }
    if !config.disclaimer.is_empty() {
        let _ = write!(text, " {}", line(&config.disclaimer));
    }
    text.push('\n');
    let latest: Vec<&Item> = positions(site, &Scope::Site)
        .into_iter()
        .take(LATEST)
        .filter_map(|at| site.briefings.get(at))
        .collect();
    section(&mut text, &say("latest_briefings"), &latest, site);
    let roots = config.languages.len();
    let sections = site.sections.iter().skip(roots);
    let pages = sections.filter_map(|s| s.index.as_ref()).chain(&site.pages);
    let pages = pages.filter(|item| item.card.lang == config.default_language);
    section(&mut text, &say("pages"), &pages.collect::<Vec<_>>(), site);
    let _ = write!(text, "\n## {}\n\n", say("data"));
    let (all, latest) = (say("all_briefings"), say("latest_briefings"));
    for (words, data) in [
        (
            format!("{all} – JSON"),
            Data::List(Scope::Site, Format::Json),
        ),
        (format!("{all} – CSV"), Data::List(Scope::Site, Format::Csv)),
        (
            format!("{latest} – Atom"),
            Data::List(Scope::Site, Format::Atom),
        ),
        (
            format!("{latest} – JSON Feed"),
            Data::List(Scope::Site, Format::JsonFeed),
        ),
        (
            format!("{latest} – ninjs"),
            Data::List(Scope::Site, Format::Ninjs),
        ),
        (say("all_feeds"), Data::Opml),
        (say("sitemap"), Data::Sitemap),
    ] {
        let path = route::address(site, &data);
        if data.is_made(site) {
            let _ = writeln!(text, "- [{words}]({})", base.absolute(&path));
        }
    }
    let _ = write!(text, "\n## Optional\n\n");
    for scope in scopes(site) {
        if let (Scope::Term(..), Some(name)) = (&scope, name(site, &scope, 0)) {
            let address = super::super::links::encode(&base.absolute(&route::folder(site, &scope)));
            let _ = writeln!(text, "- [{}]({address})", line(&name));
        }
    }
    text.into_bytes()
}

fn section(text: &mut String, heading: &str, items: &[&Item], site: &Site) {
    if items.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {heading}\n\n");
    for item in items {
        let path = if site.config.outputs.has(Output::Markdown) {
            route::markdown(&item.card.path)
        } else {
            item.card.path.clone()
        };
        let address = super::super::links::encode(&site.config.base_url.absolute(&path));
        let _ = write!(text, "- [{}]({address})", line(&item.card.title));
        let facts: Vec<String> = item
            .card
            .date
            .iter()
            .map(ToString::to_string)
            .chain(
                (item.card.lang != site.config.default_language)
                    .then(|| item.card.lang.to_string()),
            )
            .chain((!item.card.summary.is_empty()).then(|| line(&item.card.summary)))
            .collect();
        if !facts.is_empty() {
            let _ = write!(text, ": {}", facts.join("; "));
        }
        text.push('\n');
    }
}

/// Text on one line that is no markup.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('[', "\\[").replace(']', "\\]")
}
