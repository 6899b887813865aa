//! A site of Hugo: hugo.toml, .yaml or .json (also config.* and config/_default/), content/ with TOML, YAML or JSON above each text, static/.
//! Addresses follow `url`, `slug`, `permalinks` and the names of files; other languages are `name.fr.md` or have a folder of their own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{
    Plan, Source, Tree,
    fields::{self, Rule, moment},
    front::{Entries, get, map, parts, word},
    page::Page,
    settings::{self, Setting},
    tags::Dialect,
    text, zola,
};
use crate::{
    diagnostic::Diagnostic,
    model::Lang,
    site::card,
    yaml::{self, Node, Value},
};

fn rule(key: &str) -> Rule {
    match key.to_ascii_lowercase().as_str() {
        "title" | "slug" => Rule::Text,
        "description" | "summary" => Rule::Name("summary"),
        "date" => Rule::Moment("date"),
        "lastmod" | "modified" => Rule::Moment("updated"),
        "publishdate" | "pubdate" | "published" => Rule::Moment("embargo_until"),
        "expirydate" | "unpublishdate" => Rule::Moment("expires"),
        "draft" => Rule::Truth,
        "weight" => Rule::Number,
        "aliases" => Rule::Aliases(true),
        "url" => Rule::Address,
        "translationkey" => Rule::Name("translation_of"),
        "params" => Rule::Below,
        "layout" | "type" => Rule::Drop("templates are not carried over"),
        "linktitle" => Rule::Drop("a page has one title"),
        "menu" | "menus" => {
            Rule::Drop("the navigation is made of sections and pages, or stands in site.yaml")
        }
        "outputs" | "sitemap" => Rule::Drop("outputs are chosen in site.yaml for the whole site"),
        "cascade" => Rule::Drop("a value holds for one page; write it into each"),
        "headless" | "build" | "_build" => Rule::Drop("each content file has a page"),
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

fn setting(key: &str) -> Setting {
    match key.to_ascii_lowercase().as_str() {
        "baseurl" => Setting::Address,
        "title" => Setting::Text("title"),
        "languagecode" | "locale" => Setting::Lang,
        "defaultcontentlanguage" => Setting::Lang,
        "paginate" => Setting::Number("paginate_by"),
        "pagination" => Setting::Used("paginate_by"),
        "params" => Setting::Below,
        "copyright" => Setting::Below,
        "author" => Setting::Used("publisher"),
        "menu" | "menus" => Setting::Used("navigation"),
        "permalinks" => Setting::Used("permalink, or aliases"),
        "taxonomies" => Setting::Used("topics"),
        "languages" => Setting::Used("languages"),
        "defaultcontentlanguageinsubdir" | "uglyurls" | "contentdir" | "staticdir" => {
            Setting::Used("the addresses")
        }
        "theme" | "module" => Setting::Drop("templates are not carried over"),
        "outputs" | "outputformats" => {
            Setting::Drop("outputs are chosen with `outputs` in site.yaml")
        }
        "markup" => {
            Setting::Drop("the dialect is CommonMark with tables, footnotes and task lists")
        }
        "enablerobotstxt"
        | "sitemap"
        | "rsslimit"
        | "services"
        | "enablegitinfo"
        | "minify"
        | "security"
        | "privacy"
        | "caches"
        | "imaging"
        | "build"
        | "buildfuture"
        | "builddrafts"
        | "buildexpired"
        | "summarylength"
        | "related"
        | "disablekinds"
        | "enableemoji"
        | "timeout"
        | "cascade"
        | "frontmatter"
        | "mediatypes"
        | "deployment"
        | "server"
        | "timezone"
        | "pluralizelisttitles"
        | "hascjklanguage" => Setting::Drop("it has no counterpart"),
        _ => Setting::Drop("Dépêche does not know it"),
    }
}

#[derive(Default)]
struct Site {
    content: String,
    /// A language's own folder below the content folder.
    folders: BTreeMap<String, String>,
    permalinks: BTreeMap<String, String>,
    ugly: bool,
    in_folder: bool,
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
            ("md" | "markdown", Source::Other) => plan.report.findings.push(
                Diagnostic::error(
                    path,
                    "the file is not UTF-8, or larger than a content file may be",
                )
                .help("save it as UTF-8; it was left out"),
            ),
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
        if plan
            .pages
            .iter()
            .any(|page| page.to == to || page.to == format!("{section}/index.md"))
        {
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
        plan.pages.push(page);
    }
    plan.copy_below(tree, "static/");
    zola::left(
        tree,
        &mut plan,
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
    let parts = match parts(path, text) {
        Ok(parts) => parts,
        Err(error) => {
            plan.report.findings.push(error);
            return;
        }
    };
    if plan.pages.iter().any(|page| page.to == to) {
        plan.report.find(
            path,
            None,
            &format!("not carried over: another file is content/{to} already"),
            "give it another name",
        );
        return;
    }
    let mut page = Page {
        from: path.to_owned(),
        source: source.to_owned(),
        to: to.to_owned(),
        address: address(to, &parts.entries, site, plan.settings.lang()),
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    fields::apply(
        &mut page,
        &parts.entries,
        rule,
        &mut plan.named,
        &mut plan.report,
    );
    if let (false, Some(day)) = (
        page.front.has("date"),
        page.front.get("embargo_until").map(str::to_owned),
    ) {
        page.front.set("date", day);
    }
    plan.pages.push(page);
}

/// The settings of the file at the top, or of the files in config/_default/, as one list of entries with their files.
fn entries(tree: &Tree, plan: &mut Plan) -> Vec<(String, (String, usize, Node))> {
    let mut all = Vec::new();
    let names = ["hugo", "config"]
        .into_iter()
        .flat_map(|name| ["toml", "yaml", "yml", "json"].map(|end| format!("{name}.{end}")));
    let top = names.clone().find(|file| text(tree, file).is_some());
    let folder: Vec<String> = tree
        .keys()
        .filter(|path| path.starts_with("config/_default/"))
        .cloned()
        .collect();
    for file in top.into_iter().chain(folder) {
        let Some(text) = text(tree, &file) else {
            continue;
        };
        let read = if file.ends_with(".toml") {
            yaml::toml_nodes
        } else {
            yaml::nodes
        };
        let node = match read(&file, text, 1, text.len()) {
            Ok(node) => node,
            Err(error) => {
                plan.report.findings.push(error);
                continue;
            }
        };
        let stem = file
            .rsplit('/')
            .next()
            .and_then(|name| name.split('.').next())
            .unwrap_or_default();
        if matches!(stem, "hugo" | "config") {
            all.extend(map(&node).iter().map(|entry| (file.clone(), entry.clone())));
        } else {
            all.push((file.clone(), (stem.to_owned(), 1, node)));
        }
    }
    if all.is_empty() && !plan.report.has_errors() {
        plan.report.findings.push(
            Diagnostic::error("hugo.toml", "there is no hugo.toml, hugo.yaml or config.toml with settings: this is no site of Hugo").help("give the folder of the site"),
        );
    }
    all
}

fn config(tree: &Tree, plan: &mut Plan) -> Site {
    let read = entries(tree, plan);
    for (file, (key, line, node)) in &read {
        // `defaultContentLanguage` decides, wherever it stands.
        if key.eq_ignore_ascii_case("languageCode")
            && read
                .iter()
                .any(|(_, (k, ..))| k.eq_ignore_ascii_case("defaultContentLanguage"))
        {
            settings::take(
                &mut plan.settings,
                &mut plan.report,
                (file, *line, key),
                node,
                Setting::Drop("`defaultContentLanguage` says it"),
            );
            continue;
        }
        settings::take(
            &mut plan.settings,
            &mut plan.report,
            (file, *line, key),
            node,
            setting(key),
        );
    }
    let entries: Entries = read.into_iter().map(|(_, entry)| entry).collect();
    for (from, to) in [("description", "description"), ("author", "publisher")] {
        let found = get(&entries, "params")
            .and_then(|params| get(map(params), from))
            .or_else(|| get(&entries, from));
        if let Some(text) = found.and_then(|node| node.text().or_else(|| word(map(node), "name"))) {
            plan.settings.set(to, text);
        }
    }
    if let Some(size) = get(&entries, "pagination")
        .and_then(|node| word(map(node), "pagerSize")?.parse::<u32>().ok())
        .filter(|n| *n > 0)
    {
        plan.settings.set("paginate_by", size);
    }
    let mut site = Site {
        content: word(&entries, "contentDir")
            .unwrap_or("content")
            .trim_matches('/')
            .to_owned(),
        ugly: word(&entries, "uglyURLs") == Some("true"),
        in_folder: word(&entries, "defaultContentLanguageInSubdir") == Some("true"),
        ..Site::default()
    };
    languages(&entries, plan, &mut site);
    if let Some(permalinks) = get(&entries, "permalinks") {
        let pages = get(map(permalinks), "page").unwrap_or(permalinks);
        for (section, _, node) in map(pages) {
            if let Some(pattern) = node.text() {
                site.permalinks.insert(section.clone(), pattern.to_owned());
            }
        }
    }
    let plurals: Vec<String> = get(&entries, "taxonomies").map_or_else(
        || vec!["tags".to_owned(), "categories".to_owned()],
        |node| {
            map(node)
                .iter()
                .filter_map(|(.., plural)| plural.text().map(str::to_owned))
                .collect()
        },
    );
    plan.term_lists = plurals
        .iter()
        .filter(|name| matches!(fields::taxonomy(name), Rule::Topics(_)))
        .map(|name| format!("/{name}/"))
        .collect();
    menu(&entries, plan);
    site
}

fn languages(entries: &Entries, plan: &mut Plan, site: &mut Site) {
    let Some(languages) = get(entries, "languages") else {
        return;
    };
    let mut all = vec![plan.settings.lang().to_owned()];
    for (lang, _, node) in map(languages) {
        if let Some(folder) = word(map(node), "contentDir") {
            let folder = folder.trim_matches('/');
            match folder.strip_prefix(&format!("{}/", site.content)) {
                Some(below) => {
                    site.folders.insert(below.to_owned(), lang.to_lowercase());
                }
                None => plan.report.find(
                    &format!("{folder}/"),
                    None,
                    &format!(
                        "the content of `{lang}` lies outside of {}/ and is not carried over",
                        site.content
                    ),
                    "move it below that folder first",
                ),
            }
        }
        if lang.parse::<Lang>().is_ok() && !all.contains(lang) {
            all.push(lang.clone());
        }
    }
    plan.settings.set("languages", all);
    plan.settings.translate(map(languages));
}

fn menu(entries: &Entries, plan: &mut Plan) {
    let menus = get(entries, "menus").or_else(|| get(entries, "menu"));
    let Some(Value::List(items)) = menus
        .and_then(|node| get(map(node), "main"))
        .map(|node| &node.value)
    else {
        return;
    };
    let mut links: Vec<(i64, serde_json::Value)> = items
        .iter()
        .filter_map(|item| {
            let item = map(item);
            let url = word(item, "url").or_else(|| word(item, "pageRef"))?;
            let title = word(item, "name").unwrap_or(url);
            let url = if url.contains("://") {
                url.to_owned()
            } else {
                format!("/{}", url.trim_start_matches('/'))
            };
            let weight = word(item, "weight")
                .and_then(|w| w.parse().ok())
                .unwrap_or(0);
            Some((weight, json!({"title": title, "url": url})))
        })
        .collect();
    links.sort_by_key(|(weight, _)| *weight);
    let links: Vec<_> = links.into_iter().map(|(_, link)| link).collect();
    plan.settings.set("navigation", links);
}

fn address(to: &str, entries: &Entries, site: &Site, default: &str) -> String {
    let (folder, stem, lang) = card::split(to);
    let lang = lang.map_or_else(|| default.to_owned(), |lang| lang.to_string());
    let prefix = if lang != default || site.in_folder {
        format!("{lang}/")
    } else {
        String::new()
    };
    let url = word(entries, "url").map(|url| url.trim_start_matches('/').to_owned());
    if let Some(url) = url {
        let end = if url.contains('.') || url.ends_with('/') || url.is_empty() {
            ""
        } else {
            "/"
        };
        return format!("/{prefix}{url}{end}");
    }
    let plain = |text: &str| text.trim().to_lowercase().replace(' ', "-");
    let folder = plain(folder);
    // A page in a folder of its own has the folder's name.
    let (folder, name) = match stem {
        "index" => folder
            .rsplit_once('/')
            .map_or(("", folder.as_str()), |(above, name)| (above, name)),
        stem => (folder.as_str(), stem),
    };
    if stem == "_index" {
        let end = if folder.is_empty() { "" } else { "/" };
        return format!("/{prefix}{folder}{end}");
    }
    let section = folder.split('/').next().unwrap_or_default();
    let slug = word(entries, "slug").map(plain);
    let name = plain(name);
    let pattern = site
        .permalinks
        .get(section)
        .map_or("/:sections/:slugorcontentbasename/", String::as_str);
    let day = word(entries, "date").and_then(moment);
    let day = |range: std::ops::Range<usize>| {
        day.as_deref()
            .and_then(|day| day.get(range))
            .unwrap_or_default()
            .to_owned()
    };
    let title = || card::portable(&plain(word(entries, "title").unwrap_or(&name)));
    let mut path = String::new();
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut filled = part.to_owned();
        let tokens = [
            (
                ":slugorcontentbasename",
                slug.clone().unwrap_or_else(|| name.clone()),
            ),
            (
                ":slugorfilename",
                slug.clone().unwrap_or_else(|| name.clone()),
            ),
            (":contentbasename", name.clone()),
            (":filename", name.clone()),
            (":sections", folder.to_owned()),
            (":section", section.to_owned()),
            (":slug", slug.clone().unwrap_or_else(title)),
            (":title", title()),
            (":year", day(0..4)),
            (":month", day(5..7)),
            (":day", day(8..10)),
        ];
        for (token, value) in tokens {
            filled = filled.replace(token, &value);
        }
        if !filled.is_empty() {
            path.push_str(&filled);
            path.push('/');
        }
    }
    if site.ugly {
        return format!("/{prefix}{}.html", path.trim_end_matches('/'));
    }
    format!("/{prefix}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_hugo() {
        let mut site = Site::default();
        site.permalinks
            .insert("news".into(), "/:year/:month/:slug/".into());
        for (path, front, expected) in [
            ("_index.md", "", "/"),
            ("Posts/My Post.md", "", "/posts/my-post/"),
            ("posts/a/index.md", "", "/posts/a/"),
            ("posts/a.fr.md", "---\nslug: b\n---\n", "/fr/posts/b/"),
            ("a.md", "---\nurl: /x/y\n---\n", "/x/y/"),
            (
                "news/a.md",
                "---\ntitle: The Talks\ndate: 2026-01-27\n---\n",
                "/2026/01/the-talks/",
            ),
        ] {
            let entries = parts(path, front).expect(front).entries;
            assert_eq!(address(path, &entries, &site, "en"), expected, "{path}");
        }
    }
}
