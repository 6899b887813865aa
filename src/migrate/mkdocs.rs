//! A site of MkDocs: mkdocs.yml, docs/. The navigation gives titles and order; `index.md` and `README.md` are the page of their folder.

mod plugins;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Plan, Source, Tool, Tree,
    fields::Rule,
    folder,
    front::{get, map, word},
    kept_back::Patterns,
    markdown::{is_markdown, stem},
    page::Page,
    report::Outcome,
    settings::Setting,
    tags::Dialect,
    text,
};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node, Value},
};
use plugins::{Plugins, plugins};

fn rule(key: &str) -> Rule {
    match key {
        "title" => Rule::Text("title"),
        "slug" => Rule::Text("slug"),
        "lang" => Rule::Lang,
        "description" | "summary" => Rule::Text("summary"),
        "date" => Rule::Moment("date"),
        "updated" | "revision_date" => Rule::Moment("updated"),
        "draft" => Rule::Draft(true),
        "tags" | "categories" => Rule::Topics(false),
        "author" | "authors" => Rule::People,
        "template" => Rule::Drop("templates are not carried over"),
        "search" => Rule::Listed("the search"),
        "hide" | "status" | "icon" => Rule::Drop("it belongs to a theme of MkDocs"),
        _ => Rule::Extra,
    }
}

fn setting(key: &str) -> Setting {
    match key {
        "site_name" => Setting::Text("title"),
        "site_description" => Setting::Text("description"),
        "site_url" => Setting::Address,
        "site_author" => Setting::Text("publisher"),
        "nav" => Setting::Used("titles and weights"),
        "docs_dir" | "use_directory_urls" => Setting::Used("the addresses"),
        "exclude_docs" | "draft_docs" => Setting::Used("what is carried over and published"),
        "copyright" | "extra" | "repo_url" => Setting::Below,
        "theme" => Setting::Drop("templates are not carried over"),
        "plugins" | "hooks" => Setting::Drop("there are no plugins"),
        "markdown_extensions" => Setting::Drop(
            "the dialect is CommonMark with tables, footnotes and task lists; `!!! note` becomes a quotation",
        ),
        "extra_css" | "extra_javascript" => Setting::Drop("it belongs to a theme of MkDocs"),
        _ => Setting::Drop("it has no counterpart"),
    }
}

#[derive(Default)]
struct Nav {
    /// A file's title, where it has one, and its place.
    files: BTreeMap<String, (Option<String>, usize)>,
    /// A folder's title and place.
    folders: BTreeMap<String, (String, usize)>,
}

/// What MkDocs leaves out by itself, as lines of `exclude_docs`.
const HIDDEN: &str = ".*\n/templates/\n";

#[derive(Default)]
struct Site {
    /// The folder of the texts.
    docs: String,
    /// Whether addresses are those of folders.
    pretty: bool,
    nav: Nav,
    excluded: Patterns,
    drafts: Patterns,
    plugins: Plugins,
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan {
        dialect: Dialect::Mkdocs,
        ..Plan::default()
    };
    let site = config(tree, &mut plan);
    let mut folders = BTreeSet::new();
    for (path, source) in tree {
        let Some(name) = path.strip_prefix(&format!("{}/", site.docs)) else {
            continue;
        };
        if site.excluded.has(name) || site.plugins.leave_out(name) {
            continue;
        }
        let markdown = is_markdown(Tool::Mkdocs, name);
        match source {
            Source::Text(text) if markdown => {
                if let Some((folder, _)) = name.rsplit_once('/')
                    && !site.drafts.has(name)
                {
                    folders.insert(folder.to_owned());
                }
                page(path, name, text, &site, &mut plan);
            }
            Source::Other if markdown => plan.no_text(path),
            _ if site.drafts.has(name) => plan.report.find(
                path,
                None,
                "not copied: `draft_docs` keeps it back",
                "copy it when it should be published",
            ),
            _ if is_off(name, &site) => plan.report.find(
                path,
                None,
                "not copied: the settings of `i18n` switch its language off",
                "copy it when it should be published",
            ),
            _ => plan.copy(path, name),
        }
    }
    for folder in folders {
        let to = format!("{folder}/_index.md");
        let mut page = Page {
            from: "mkdocs.yml".to_owned(),
            source: to.clone(),
            to,
            ..Page::default()
        };
        let name = folder.rsplit('/').next().unwrap_or(&folder);
        let (title, weight) = site
            .nav
            .folders
            .get(&folder)
            .cloned()
            .unwrap_or_else(|| (name.replace(['-', '_'], " "), 0));
        page.front.set("title", title);
        if weight > 0 {
            page.front.set("weight", weight);
        }
        plan.lists.push(page);
    }
    plan
}

/// Whether a file beside pages is of a language of which no page was made: `map.fr.png`.
fn is_off(name: &str, site: &Site) -> bool {
    let stem = name.rsplit_once('.').map(|(stem, _)| stem);
    let lang = stem.and_then(|stem| stem.rsplit_once('.'));
    lang.is_some_and(|(_, lang)| site.plugins.off.has(lang))
}

/// The YAML without the tags of Python that MkDocs allows: `!!python/name:x`, `!ENV [x]`.
fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line
            .find(['!'])
            .filter(|at| line[..*at].trim_end().ends_with([':', '-']))
        {
            Some(at) => {
                let rest = &line[at..];
                let end = rest.find([' ', '\n']).unwrap_or(rest.len());
                out.push_str(&line[..at]);
                out.push_str(rest[end..].trim_start_matches(' '));
            }
            None => out.push_str(line),
        }
    }
    out
}

fn config(tree: &Tree, plan: &mut Plan) -> Site {
    let mut site = Site {
        docs: "docs".to_owned(),
        pretty: true,
        excluded: Patterns::git(HIDDEN).0,
        ..Site::default()
    };
    let Some((file, yaml_text)) = ["mkdocs.yml", "mkdocs.yaml"]
        .into_iter()
        .find_map(|file| Some((file, text(tree, file)?)))
    else {
        plan.no_site(tree, "mkdocs.yml", "MkDocs");
        return site;
    };
    let root = match yaml::nodes(file, &untagged(yaml_text), 1, yaml_text.len()) {
        Ok(root) => root,
        Err(error) => {
            plan.unread_settings(error);
            return site;
        }
    };
    let entries = map(&root);
    if let Some((key, line, _)) = entries.iter().find(|(key, ..)| key == "INHERIT") {
        let message = format!("the settings that `{key}` names are not read");
        plan.unread_settings(Diagnostic::error(file, message).at(*line));
    }
    plan.take(file, entries, setting);
    if let Some(lang) = get(entries, "theme")
        .and_then(|theme| word(map(theme), "language"))
        .filter(|lang| lang.parse::<crate::model::Lang>().is_ok())
    {
        plan.settings.set("default_language", lang);
    }
    if let Some(node) = get(entries, "nav") {
        let mut place = 0;
        list(node, None, &mut place, &mut site.nav, plan, file);
    }
    if let Some(docs) = word(entries, "docs_dir") {
        site.docs = folder(docs);
    }
    if let Some(node) = get(entries, "plugins") {
        site.plugins = plugins(file, node, plan);
    }
    site.pretty = word(entries, "use_directory_urls") != Some("false");
    let lines = |key: &str| word(entries, key).unwrap_or_default();
    let excluded = format!("{HIDDEN}{}", lines("exclude_docs"));
    site.excluded = plan.patterns(file, Patterns::git(&excluded));
    site.drafts = plan.patterns(file, Patterns::git(lines("draft_docs")));
    site
}

fn list(
    node: &Node,
    title: Option<&str>,
    place: &mut usize,
    nav: &mut Nav,
    plan: &mut Plan,
    file: &str,
) {
    match &node.value {
        Value::List(items) => {
            let start = *place + 1;
            let before: BTreeSet<String> = nav.files.keys().cloned().collect();
            for item in items {
                list(item, None, place, nav, plan, file);
            }
            // A group whose files lie in one folder names that folder.
            let Some(title) = title else { return };
            let mut folders = nav
                .files
                .keys()
                .filter(|path| !before.contains(*path))
                .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder));
            let first = folders.next().unwrap_or_default().to_owned();
            if !first.is_empty() && folders.all(|folder| folder == first) {
                nav.folders.insert(first, (title.to_owned(), start));
            } else {
                plan.report.find(
                    file,
                    Some(node.line),
                    &format!("the group `{title}` of the navigation is no folder"),
                    "move its files into one folder with an _index.md",
                );
            }
        }
        Value::Map(entries) => {
            for (title, _, node) in entries {
                list(node, Some(title), place, nav, plan, file);
            }
        }
        Value::Scalar { text, .. } if text.contains("://") => plan.report.find(
            file,
            Some(node.line),
            &format!("the link `{text}` of the navigation is not carried over"),
            "add it to `navigation` or `footer` in site.yaml",
        ),
        Value::Scalar { text, .. } => {
            *place += 1;
            nav.files
                .entry(text.clone())
                .or_insert((title.map(str::to_owned), *place));
        }
    }
}

fn page(path: &str, name: &str, text: &str, site: &Site, plan: &mut Plan) {
    let nav = &site.nav;
    let folder = name
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let stem = stem(&name[folder.len()..]);
    let whole = format!("{folder}{stem}.md");
    let (_, stem, lang) = plan.languages.split(&whole);
    let off = lang
        .as_ref()
        .is_some_and(|lang| site.plugins.off.has(lang.as_str()));
    let part = lang
        .as_ref()
        .map_or(String::new(), |lang| format!(".{lang}"));
    let above = match lang.filter(|lang| lang.as_str() != plan.settings.lang()) {
        Some(lang) => format!("/{lang}/{folder}"),
        None => format!("/{folder}"),
    };
    let index = matches!(stem, "index" | "README");
    let name_here = if index { "_index" } else { stem };
    let to = plan.unmistaken(path, format!("{folder}{name_here}{part}.md"));
    let Some(parts) = plan.open(path, &to, text) else {
        return;
    };
    let mut page = Page {
        from: path.to_owned(),
        source: name.to_owned(),
        to,
        address: match (index, site.pretty) {
            (true, _) => above,
            (false, true) => format!("{above}{stem}/"),
            (false, false) => format!("{above}{stem}.html"),
        },
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    if off || site.drafts.has(name) {
        page.front.set("draft", true);
    }
    plan.fill(&mut page, &parts.entries, rule);
    if let Some((title, place)) = nav.files.get(name) {
        // The group names the folder, and the folder's own page stands for the group.
        let place = nav
            .folders
            .get(folder.trim_end_matches('/'))
            .filter(|_| index)
            .map_or(*place, |(_, place)| *place);
        if index && folder.is_empty() {
        } else {
            page.front.set("weight", place);
        }
        let heading = super::headings::leading(&page.body).map(|(heading, _)| heading);
        match (title, page.front.has("title"), heading) {
            (Some(title), false, None) => page.front.set("title", title.as_str()),
            (Some(title), _, Some(heading)) if *title != heading => {
                plan.report.note(
                    path,
                    1,
                    "nav title",
                    Outcome::Dropped("the heading of the page is its title".to_owned()),
                );
            }
            _ => {}
        }
    }
    plan.add(page);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_python_are_left_out() {
        let text = "a: !!python/name:x.y\nb: !ENV [C, d]\nc: well!\n- !x y\n";
        assert_eq!(untagged(text), "a: \nb: [C, d]\nc: well!\n- y\n");
    }
}
