//! A site of Hugo: hugo.toml, .yaml or .json (also config.* and config/_default/), content/ with TOML, YAML or JSON above each text, static/.
//! Addresses follow `url`, `slug`, `permalinks` and the names of files; other languages are `name.fr.md` or have a folder of their own.

mod address;
mod settings;

use std::collections::BTreeSet;

use super::{
    Plan, Source, Tree,
    fields::{self, Rule},
    page::Page,
    tags::Dialect,
};
use address::address;
use settings::{Site, config};

fn rule(key: &str) -> Rule {
    match key.to_ascii_lowercase().as_str() {
        "title" => Rule::Text("title"),
        "slug" => Rule::Text("slug"),
        "description" | "summary" => Rule::Text("summary"),
        "date" => Rule::Moment("date"),
        "lastmod" | "modified" => Rule::Moment("updated"),
        "publishdate" | "pubdate" | "published" => Rule::Moment("embargo_until"),
        "expirydate" | "unpublishdate" => Rule::Moment("expires"),
        "draft" => Rule::Draft(true),
        "weight" => Rule::Number("weight"),
        "aliases" => Rule::Aliases(true),
        "url" => Rule::Address,
        "translationkey" => Rule::Text("translation_of"),
        "params" => Rule::Below,
        "layout" | "type" => Rule::Drop("templates are not carried over"),
        "linktitle" => Rule::Drop("a page has one title"),
        "menu" | "menus" => {
            Rule::Drop("the navigation is made of sections and pages, or stands in site.yaml")
        }
        "outputs" | "sitemap" => Rule::Drop("outputs are chosen in site.yaml for the whole site"),
        "cascade" => Rule::Drop("a value holds for one page; write it into each"),
        "headless" => Rule::Hidden(true),
        "build" | "_build" => Rule::Build,
        "markup" => Rule::Drop("content files are Markdown"),
        "resources" => Rule::Drop("files beside a page are copied under their names"),
        "toc" => Rule::Drop("a page with three headings has a table of contents"),
        "iscjklanguage" => Rule::Drop("the language of the page decides"),
        key => match fields::taxonomy(key) {
            Rule::Extra => Rule::Extra,
            taken => taken,
        },
    }
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan {
        dialect: Dialect::Hugo,
        ..Plan::default()
    };
    let site = config(tree, &mut plan);
    let mut sections = BTreeSet::new();
    for (path, source) in tree {
        let Some(source_path) = path.strip_prefix(&format!("{}/", site.content)) else {
            continue;
        };
        let to = our_path(source_path, &site, plan.settings.lang());
        let end = std::path::Path::new(path)
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        match (end, source) {
            ("md" | "markdown", Source::Text(text)) => {
                let to = to
                    .strip_suffix(".markdown")
                    .map_or(to.clone(), |stem| format!("{stem}.md"));
                if let Some((section, _)) = to.split_once('/') {
                    sections.insert(section.to_owned());
                }
                page(path, source_path, &to, text, &site, &mut plan);
            }
            ("md" | "markdown", Source::Other) => plan.no_text(path),
            ("html" | "htm" | "adoc" | "org" | "rst" | "pandoc", _) => plan.report.find(
                path,
                None,
                "content files are Markdown; this one is not carried over",
                "write it in Markdown",
            ),
            _ => plan.copy(path, &to),
        }
    }
    // Hugo gives each folder at the top a list.
    for section in sections {
        let to = format!("{section}/_index.md");
        if plan.has(&to) || plan.has(&format!("{section}/index.md")) {
            continue;
        }
        let title: String = section.replace(['-', '_'], " ");
        let mut letters = title.chars();
        let title: String = letters
            .next()
            .map(|c| c.to_uppercase().chain(letters).collect())
            .unwrap_or_default();
        let mut page = Page {
            from: format!("{}/{section}/", site.content),
            source: to.clone(),
            address: format!("/{section}/"),
            to,
            ..Page::default()
        };
        page.front.set("title", title);
        plan.add(page);
    }
    plan.copy_below(tree, "static/");
    plan.leave(
        tree,
        &[
            ("layouts/", "a template"),
            ("assets/", "a file of Hugo’s asset pipeline"),
            ("themes/", "a theme"),
            ("data/", "a data file"),
            ("i18n/", "a file of strings"),
        ],
    );
    plan
}

/// `content/fr/a.md` of a language with a folder of its own is `a.fr.md`.
fn our_path(path: &str, site: &Site, default: &str) -> String {
    for (folder, lang) in &site.folders {
        let Some(rest) = path.strip_prefix(&format!("{folder}/")) else {
            continue;
        };
        return match rest.strip_suffix(".md") {
            Some(stem) if lang != default => format!("{stem}.{lang}.md"),
            _ => rest.to_owned(),
        };
    }
    path.to_owned()
}

fn page(path: &str, source: &str, to: &str, text: &str, site: &Site, plan: &mut Plan) {
    let Some(parts) = plan.open(path, to, text) else {
        return;
    };
    let mut page = Page {
        from: path.to_owned(),
        source: source.to_owned(),
        to: to.to_owned(),
        address: address(to, &parts.entries, site, plan.settings.lang()),
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    plan.fill(&mut page, &parts.entries, rule);
    let mut cascades = parts.entries.iter();
    if let Some((_, line, node)) = cascades.find(|(key, ..)| key.eq_ignore_ascii_case("cascade")) {
        let folder = to.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        plan.cascade(path, &folder, *line, node);
    }
    if let (false, Some(day)) = (
        page.front.has("date"),
        page.front.get("embargo_until").map(str::to_owned),
    ) {
        page.front.set("date", day);
    }
    plan.add(page);
}
