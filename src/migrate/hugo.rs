//! A site of Hugo: hugo.toml, .yaml or .json (also config.* and config/_default/), content/ with TOML, YAML or JSON above each text, static/.
//! Addresses follow `url`, `slug`, `permalinks` and the names of files; other languages are `name.fr.md` or have a folder of their own.

mod address;
mod ignored;
mod languages;
mod other;
mod permalinks;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Plan, Source, Tool, Tree, ends,
    fields::{self, Rule},
    front::{Entries, parts, word},
    inherited::folder_of,
    markdown::{as_md, is_markdown, stem},
    page::Page,
    report::Outcome,
    tags::Dialect,
};
use address::address;
use other::{OTHER_TEXTS, other};
use settings::{Site, config};

fn rule(key: &str) -> Rule {
    match key.to_ascii_lowercase().as_str() {
        "title" => Rule::Text("title"),
        "slug" => Rule::Text("slug"),
        "description" | "summary" => Rule::Text("summary"),
        "date" => Rule::Moment("date"),
        "lastmod" | "modified" => Rule::Moment("updated"),
        "publishdate" | "pubdate" => Rule::Moment("embargo_until"),
        "published" => Rule::Published("embargo_until"),
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
        "outputs" => Rule::Drop("outputs are chosen in site.yaml for the whole site"),
        "sitemap" => Rule::Listed("the sitemap"),
        "cascade" => Rule::Drop("a value holds for one page; write it into each"),
        "headless" => Rule::Hidden(true),
        "build" | "_build" => Rule::Build,
        "markup" => Rule::Drop("content files are Markdown"),
        "resources" => Rule::Drop("files beside a page are copied under their names"),
        "toc" => Rule::Drop("a page with three headings has a table of contents"),
        "iscjklanguage" => Rule::Drop("the language of the page decides"),
        key => fields::taxonomy(key),
    }
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan {
        dialect: Dialect::Hugo,
        ..Plan::default()
    };
    let mut site = config(tree, &mut plan);
    let default = plan.settings.lang().to_owned();
    let root = format!("{}/", site.content);
    let bundles = bundles(tree, &root);
    site.lists = lists(tree, &root, &site, &default);
    let mut sections = BTreeSet::new();
    for (path, source) in tree {
        let Some(below) = path.strip_prefix(&root) else {
            continue;
        };
        if site.ignored.has(path) {
            continue;
        }
        let markdown = is_markdown(Tool::Hugo, path);
        let (to, folder) = our_path(below, markdown, &site, &default);
        let off = site.ignored.is_off(path, folder, &default, &site.languages);
        match source {
            Source::Text(text) if markdown => {
                if let Some((section, _)) = to.split_once('/') {
                    sections.insert(section.to_owned());
                }
                let why = if is_resource(path, &bundles) {
                    Some(RESOURCE)
                } else {
                    off.then_some("(a language that is switched off)")
                };
                let names = (path.as_str(), below, to.as_str());
                page(names, text, why, &site, &mut plan);
            }
            Source::Other if markdown => {
                plan.no_text(path);
                plan.unread(path, &to);
            }
            _ if ends(path, &OTHER_TEXTS) => {
                let text = match source {
                    Source::Text(text) => Some(text.as_str()),
                    Source::Other => None,
                };
                let owner = !is_resource(path, &bundles);
                other(path, &to, text, owner, off, &mut plan);
            }
            _ if off => plan.report.find(
                path,
                None,
                "not copied: its language is switched off",
                "copy it when it should be published",
            ),
            _ => plan.copy(path, &to),
        }
    }
    // Hugo gives each folder at the top a list.
    plan.lists = sections.iter().map(|name| list(name, &root)).collect();
    plan.copy_below(tree, "static/", |path, _| site.ignored.has(path));
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

/// The pages of folders, by language and folder, with the slug or title that addresses may have.
fn lists(
    tree: &Tree,
    root: &str,
    site: &Site,
    default: &str,
) -> BTreeMap<(String, String), Option<String>> {
    let mut lists = BTreeMap::new();
    for (path, source) in tree {
        let Some(below) = path.strip_prefix(root) else {
            continue;
        };
        let content = is_markdown(Tool::Hugo, path) || ends(path, &OTHER_TEXTS);
        let name = below.rsplit('/').next().unwrap_or(below);
        if !content || !name.starts_with("_index.") {
            continue;
        }
        let (to, _) = our_path(below, true, site, default);
        let (folder, _, lang) = site.languages.split(&to);
        let text = match source {
            Source::Text(text) => text.as_str(),
            Source::Other => "",
        };
        let entries = parts(path, text).map(|parts| parts.entries);
        let entries = entries.unwrap_or_default();
        let said = word(&entries, "slug").filter(|slug| !slug.trim().is_empty());
        let said = said.or_else(|| word(&entries, "title"));
        let lang = lang.map_or_else(|| default.to_owned(), |lang| lang.to_string());
        lists.insert((lang, folder.to_owned()), said.map(str::to_owned));
    }
    lists
}

/// Why a content file beside the page of its folder is a draft.
const RESOURCE: &str = "(a file of a page)";

/// The folders whose page is an `index.md`.
fn bundles<'t>(tree: &'t Tree, root: &str) -> BTreeSet<&'t str> {
    let paths = tree.keys().filter(|path| path.starts_with(root));
    let content = paths.filter(|path| is_markdown(Tool::Hugo, path) || ends(path, &OTHER_TEXTS));
    let parted = content.filter_map(|path| path.rsplit_once('/'));
    let pages = parted.filter(|(_, name)| name.starts_with("index."));
    pages.map(|(folder, _)| folder).collect()
}

/// Whether a content file belongs to the page of a folder above it: Hugo gives it no address.
fn is_resource(path: &str, bundles: &BTreeSet<&str>) -> bool {
    let mut above = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
    let own = above.next();
    let page = path
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .starts_with("index.");
    above.any(|folder| bundles.contains(folder))
        || (!page && own.is_some_and(|folder| bundles.contains(folder)))
}

/// The page of a folder that has none.
fn list(section: &str, root: &str) -> Page {
    let title: String = section.replace(['-', '_'], " ");
    let mut letters = title.chars();
    let title: String = letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    let to = format!("{section}/_index.md");
    let mut page = Page {
        from: format!("{root}{section}/"),
        source: to.clone(),
        address: format!("/{section}/"),
        to,
        ..Page::default()
    };
    page.front.set("title", title);
    page
}

/// `content/fr/a.md` of a language with a folder of its own is `a.fr.md`. The second value is the language of that folder.
fn our_path<'s>(
    path: &str,
    markdown: bool,
    site: &'s Site,
    default: &str,
) -> (String, Option<&'s str>) {
    let whole = if markdown {
        as_md(path)
    } else {
        path.to_owned()
    };
    for (folder, lang) in &site.folders {
        let Some(rest) = whole.strip_prefix(&format!("{folder}/")) else {
            continue;
        };
        let to = if markdown && lang != default {
            format!("{}.{lang}.md", stem(rest))
        } else {
            rest.to_owned()
        };
        return (to, Some(lang));
    }
    (whole, None)
}

/// The names are its path, that from the content folder, and ours, but that a full stop in it may still be taken for the beginning of a language; `why` it is a draft, where its front matter doesn't say so.
fn page(
    (path, source, whole): (&str, &str, &str),
    text: &str,
    why: Option<&str>,
    site: &Site,
    plan: &mut Plan,
) {
    let to = &plan.unmistaken(path, whole.to_owned());
    let Some(parts) = plan.open(path, to, text) else {
        if why != Some(RESOURCE) && parts(path, text).is_err() {
            plan.unread(path, to);
        }
        return;
    };
    let address = address(whole, &parts.entries, site, plan.settings.lang());
    let mut page = Page {
        from: path.to_owned(),
        source: source.to_owned(),
        to: to.to_owned(),
        dotted: (to != whole).then(|| site.languages.split(whole).1.to_owned()),
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    plan.told(&mut page, address);
    if let Some(why) = why {
        page.front.set("draft", true);
        if why == RESOURCE {
            page.address = String::new();
        }
        let outcome = Outcome::Changed("draft".to_owned());
        plan.report.note(path, 1, why, outcome);
    }
    plan.fill(&mut page, &parts.entries, rule);
    if let Some((day, _)) = site.named(whole, &parts.entries) {
        page.front.set("date", day);
    }
    cascades(path, to, &parts.entries, plan);
    if let (false, Some(day)) = (
        page.front.has("date"),
        page.front.get("embargo_until").map(str::to_owned),
    ) {
        page.front.set("date", day);
    }
    plan.add(page);
}

/// Takes note of what a page hands down to those below its folder.
fn cascades(path: &str, to: &str, entries: &Entries, plan: &mut Plan) {
    let mut cascades = entries.iter();
    if let Some((_, line, node)) = cascades.find(|(key, ..)| key.eq_ignore_ascii_case("cascade")) {
        plan.cascade(path, folder_of(to), *line, node);
    }
}
