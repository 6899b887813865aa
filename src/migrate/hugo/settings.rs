//! The settings of a site of Hugo, in whichever file they are → ours, and what its addresses follow.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Plan, Tree, ends,
        fields::{self, Rule},
        folder,
        front::{Entries, get, map, texts, word},
        languages::Languages,
        settings::{self, Setting},
        text,
    },
    ignored::{Ignored, ignored},
    languages::{languages, menu, words},
    permalinks::{Permalinks, permalinks},
};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node, Value},
};

pub(super) fn setting(key: &str) -> Setting {
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
        | "pluralizelisttitles"
        | "hascjklanguage" => Setting::Drop("it has no counterpart"),
        "timezone" => Setting::Zone,
        _ => Setting::Drop("Dépêche does not know it"),
    }
}

/// What of the settings the addresses follow.
#[derive(Default)]
pub(super) struct Site {
    pub(super) content: String,
    /// A language's own folder below the content folder.
    pub(super) folders: BTreeMap<String, String>,
    pub(super) languages: Languages,
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

/// A setting, with its file.
type Read = (String, (String, usize, Node));

/// The settings of the file at the top, or of the files in config/_default/, as one list of entries with their files.
fn entries(tree: &Tree, plan: &mut Plan) -> Vec<Read> {
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
        let name = file.rsplit('/').next().unwrap_or_default();
        let mut parts = name.split('.');
        let stem = parts.next().unwrap_or_default();
        // `params.fr.toml` is `languages.fr.params`.
        if let Some(lang) = parts.next().filter(|_| parts.next().is_some()) {
            let node = match stem {
                "menu" | "menus" | "params" => below(stem, node),
                _ => node,
            };
            all.push((file.clone(), ("languages".to_owned(), 1, below(lang, node))));
        } else if matches!(stem, "hugo" | "config") {
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
    one_of_languages(all)
}

fn below(key: &str, node: Node) -> Node {
    Node {
        line: 1,
        value: Value::Map(vec![(key.to_owned(), 1, node)]),
    }
}

/// The settings with what all files say of languages in one entry, that of the first file.
fn one_of_languages(all: Vec<Read>) -> Vec<Read> {
    let (said, mut all): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, (key, ..))| key.eq_ignore_ascii_case("languages"));
    let mut merged: Entries = Vec::new();
    for (_, (.., node)) in &said {
        for (lang, line, node) in map(node) {
            let known = merged
                .iter_mut()
                .find(|(known, ..)| known.eq_ignore_ascii_case(lang));
            match known {
                Some((
                    _,
                    _,
                    Node {
                        value: Value::Map(entries),
                        ..
                    },
                )) => {
                    entries.extend(map(node).iter().cloned());
                }
                Some((_, _, known)) => *known = node.clone(),
                None => merged.push((lang.clone(), *line, node.clone())),
            }
        }
    }
    if let Some((file, (key, line, _))) = said.into_iter().next() {
        let value = Value::Map(merged);
        all.push((file, (key, line, Node { line, value })));
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
    let said = read
        .iter()
        .find(|(_, (key, ..))| key.eq_ignore_ascii_case("languages"));
    let said = said.map(|(file, (.., node))| (file.clone(), node.clone()));
    // Also in doubt, what is switched off is a language.
    let names = said.iter().flat_map(|(_, node)| map(node));
    let names = names.map(|(lang, ..)| lang.as_str()).chain(ignored.langs());
    plan.languages = Languages::new(names.chain([plan.settings.lang()]));
    let entries: Entries = read.into_iter().map(|(_, entry)| entry).collect();
    words(&entries, plan);
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
        languages: plan.languages.clone(),
        ..Site::default()
    };
    menu(&entries, plan);
    if let Some((file, node)) = said {
        let own = word(&entries, "defaultContentLanguage").map(str::to_owned);
        languages(&file, &node, own, plan, &mut site);
    }
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
