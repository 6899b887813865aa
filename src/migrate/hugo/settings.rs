//! The settings of a site of Hugo, in whichever file they are → ours, and what its addresses follow.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{
    super::{
        Plan, Tree, ends,
        fields::{self, Rule},
        folder,
        front::{Entries, get, map, texts, word},
        settings::{self, Setting},
        text,
    },
    ignored::{Ignored, ignored},
    permalinks::{Permalinks, permalinks},
};
use crate::{
    diagnostic::Diagnostic,
    model::Lang,
    yaml::{self, Node, Value},
};

fn setting(key: &str) -> Setting {
    match key.to_ascii_lowercase().as_str() {
        "baseurl" => Setting::Address,
        "title" => Setting::Text("title"),
        "languagecode" | "locale" | "defaultcontentlanguage" => Setting::Lang,
        "paginate" => Setting::Number("paginate_by"),
        "pagination" => Setting::Used("paginate_by"),
        "params" | "copyright" => Setting::Below,
        "author" => Setting::Used("publisher"),
        "menu" | "menus" => Setting::Used("navigation"),
        "permalinks" => Setting::Used("permalink, or aliases"),
        "taxonomies" => Setting::Used("topics"),
        "languages" => Setting::Used("languages"),
        "buildfuture" | "disablelanguages" => Setting::Used("what is published"),
        "ignorefiles" => Setting::Used("what is carried over"),
        "defaultcontentlanguageinsubdir"
        | "uglyurls"
        | "contentdir"
        | "staticdir"
        | "disablepathtolower"
        | "removepathaccents"
        | "frontmatter" => Setting::Used("the addresses"),
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
        | "builddrafts"
        | "buildexpired"
        | "summarylength"
        | "related"
        | "disablekinds"
        | "enableemoji"
        | "timeout"
        | "cascade"
        | "mediatypes"
        | "deployment"
        | "server"
        | "timezone"
        | "pluralizelisttitles"
        | "hascjklanguage" => Setting::Drop("it has no counterpart"),
        _ => Setting::Drop("Dépêche does not know it"),
    }
}

/// What of the settings the addresses follow.
#[derive(Default)]
pub(super) struct Site {
    pub(super) content: String,
    /// A language's own folder below the content folder.
    pub(super) folders: BTreeMap<String, String>,
    pub(super) permalinks: Permalinks,
    pub(super) ugly: Ugly,
    pub(super) in_folder: bool,
    /// Whether addresses have no accents.
    pub(super) bare: bool,
    /// Whether addresses keep their capital letters.
    pub(super) cased: bool,
    /// Where the day of a page is looked for: fields of front matter, `:filename`.
    pub(super) dates: Vec<String>,
    /// The pages of folders by language and folder: slug or title, where they have one.
    pub(super) lists: BTreeMap<(String, String), Option<String>>,
    /// What is kept back.
    pub(super) ignored: Ignored,
}

/// Which pages have addresses that end in `.html`.
#[derive(Default)]
pub(super) struct Ugly {
    pub(super) all: bool,
    /// Those of these folders at the top.
    pub(super) sections: BTreeSet<String>,
}

impl Ugly {
    pub(super) fn has(&self, section: &str) -> bool {
        self.all || self.sections.contains(&section.to_lowercase())
    }
}

/// The settings of the file at the top, or of the files in config/_default/, as one list of entries with their files.
fn entries(tree: &Tree, plan: &mut Plan) -> Vec<(String, (String, usize, Node))> {
    let mut all = Vec::new();
    let names = ["hugo", "config"]
        .into_iter()
        .flat_map(|name| ["toml", "yaml", "yml", "json"].map(|end| format!("{name}.{end}")));
    let top = names.clone().find(|file| tree.contains_key(file));
    let folder: Vec<String> = tree
        .keys()
        .filter(|path| path.starts_with("config/_default/"))
        .cloned()
        .collect();
    let other = tree.keys().filter(|path| path.starts_with("config/"));
    for file in other.filter(|path| !folder.contains(path)) {
        plan.report.find(
            file,
            None,
            "these settings are not read: what they keep back is carried over",
            "put them into config/_default/, or delete what should not be published from the new site",
        );
    }
    for file in top.into_iter().chain(folder) {
        let read = if ends(&file, &["toml"]) {
            yaml::toml_nodes
        } else if ends(&file, &["yaml", "yml", "json"]) {
            yaml::nodes
        } else {
            continue;
        };
        let Some(text) = text(tree, &file) else {
            plan.no_site(tree, &file, "Hugo");
            continue;
        };
        let node = match read(&file, text, 1, text.len()) {
            Ok(node) => node,
            Err(error) => {
                plan.unread_settings(error);
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
    if all.is_empty() && !plan.refused {
        plan.refuse(
            Diagnostic::error("hugo.toml", "there is no hugo.toml, hugo.yaml or config.toml with settings: this is no site of Hugo").help("give the folder of the site"),
        );
    }
    all
}

pub(super) fn config(tree: &Tree, plan: &mut Plan) -> Site {
    let read = entries(tree, plan);
    for (file, (key, line, node)) in &read {
        if key.eq_ignore_ascii_case("cascade") {
            plan.cascade(file, "", *line, node);
        }
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
    let ignored = ignored(&read, plan);
    let written = read
        .iter()
        .find(|(_, (key, ..))| key.eq_ignore_ascii_case("permalinks"));
    let written = written.map(|(file, (.., node))| (file.clone(), node.clone()));
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
    plan.keeps_future = word(&entries, "buildFuture") != Some("true");
    let mut site = Site {
        content: folder(word(&entries, "contentDir").unwrap_or("content")),
        ugly: ugly(&entries),
        in_folder: is_on(&entries, "defaultContentLanguageInSubdir"),
        bare: is_on(&entries, "removePathAccents"),
        cased: is_on(&entries, "disablePathToLower"),
        dates: dates(&entries),
        ignored,
        ..Site::default()
    };
    languages(&entries, plan, &mut site);
    if let Some((file, node)) = written {
        site.permalinks = permalinks(&file, &node, plan);
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

fn is_on(entries: &Entries, key: &str) -> bool {
    word(entries, key) == Some("true")
}

/// `uglyURLs`: for all pages, or by section.
fn ugly(entries: &Entries) -> Ugly {
    let Some(node) = get(entries, "uglyURLs") else {
        return Ugly::default();
    };
    let on = map(node)
        .iter()
        .filter(|(.., on)| on.text() == Some("true"));
    Ugly {
        all: node.text() == Some("true"),
        sections: on.map(|(section, ..)| section.to_lowercase()).collect(),
    }
}

/// Where Hugo looks for the day of a page, in small letters.
fn dates(entries: &Entries) -> Vec<String> {
    let set = get(entries, "frontmatter").and_then(|node| get(map(node), "date"));
    let set = set.map_or_else(|| vec![":default".to_owned()], texts);
    let mut all = Vec::new();
    for key in set {
        let key = key.to_lowercase();
        let more: &[&str] = match key.as_str() {
            ":default" => &[
                "date",
                "publishdate",
                "pubdate",
                "published",
                "lastmod",
                "modified",
            ],
            "publishdate" => &["publishdate", "pubdate", "published"],
            "lastmod" => &["lastmod", "modified"],
            key => &[key],
        };
        all.extend(more.iter().map(|key| (*key).to_owned()));
    }
    all
}

fn languages(entries: &Entries, plan: &mut Plan, site: &mut Site) {
    let Some(languages) = get(entries, "languages") else {
        return;
    };
    let mut all = vec![plan.settings.lang().to_owned()];
    for (lang, _, node) in map(languages) {
        if let Some(folder) = word(map(node), "contentDir") {
            let folder = super::super::folder(folder);
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
        if lang.parse::<Lang>().is_ok() && !all.contains(lang) && !site.ignored.has_lang(lang) {
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
