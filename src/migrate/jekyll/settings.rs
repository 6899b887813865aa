//! The settings of Jekyll → those of the new site, and what they say of files and addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Plan, Tree, folder,
        front::{get, map, texts, word},
        inherited::{Whom, each, scope},
        kept_back::Patterns,
        page::Page,
        settings::Setting,
        text,
    },
    address::is_pattern,
};
use crate::yaml::{self, Node};

fn setting(key: &str) -> Setting {
    match key {
        "title" | "name" => Setting::Text("title"),
        "description" => Setting::Text("description"),
        "url" | "baseurl" => Setting::Used("base_url"),
        "lang" | "locale" => Setting::Lang,
        "author" => Setting::Name("publisher"),
        "permalink" => Setting::Used("permalink, or aliases"),
        "paginate" => Setting::Number("paginate_by"),
        "collections" | "collections_dir" | "exclude" | "future" => {
            Setting::Used("what is carried over")
        }
        "include" => Setting::Drop(
            "what begins with `_` or `.` stays behind; copy by hand what should be published",
        ),
        "defaults" => Setting::Drop(
            "a value holds for one page; write it into each (what keeps pages back, and `permalink`, was read)",
        ),
        "theme" | "remote_theme" => Setting::Drop("templates are not carried over"),
        "plugins" | "gems" | "whitelist" => Setting::Drop("there are no plugins"),
        "markdown" | "kramdown" | "highlighter" => {
            Setting::Drop("the dialect is CommonMark with tables, footnotes and task lists")
        }
        "sass" | "liquid" | "paginate_path" | "show_drafts" | "encoding" | "source"
        | "destination" => Setting::Drop("it has no counterpart"),
        "timezone" => Setting::Zone,
        _ => Setting::Below,
    }
}

/// What Jekyll leaves out by itself.
const EXCLUDED: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// What of the settings pages and their addresses follow.
#[derive(Default)]
pub(super) struct Site {
    pub(super) permalink: String,
    pub(super) collections: BTreeSet<String>,
    /// The folder of posts, drafts and collections, with a slash at its end; empty where that is the site's.
    pub(super) folder: String,
    /// Those of the collections whose files have no pages.
    pub(super) hidden: BTreeSet<String>,
    pub(super) exclude: Patterns,
    /// The `permalink` of collections.
    pub(super) permalinks: BTreeMap<String, String>,
    /// The `permalink` of `defaults`, the one that counts most at the end.
    pub(super) defaults: Vec<(Whom, String)>,
}

impl Site {
    /// What `defaults` say of the address of a page.
    pub(super) fn permalink_of(&self, page: &Page) -> Option<&str> {
        let mut defaults = self.defaults.iter().rev();
        let found = defaults.find(|(whom, _)| whom.has(page));
        found.map(|(_, permalink)| permalink.as_str())
    }

    /// The path of a file and whether it is a post's, a draft's or a collection's; then it counts from the folder where those are. Nothing where Jekyll
    /// leaves the file out: a part of its path begins with `_` or the like, and is none of those folders.
    pub(super) fn place<'p>(&self, path: &'p str) -> Option<(&'p str, bool)> {
        let collection = |part: &str| {
            let name = part.strip_prefix('_');
            name.is_some_and(|name| self.collections.contains(name))
        };
        let known = |at: usize, part: &str| is_posts(part) || (at == 0 && collection(part));
        let below = path.strip_prefix(&self.folder);
        let mut parts = below.unwrap_or_default().split('/').enumerate();
        let content = parts.any(|(at, part)| known(at, part));
        let path = below.filter(|_| content).unwrap_or(path);
        let special = |part: &str| part.starts_with(['_', '.', '#', '~']) || part.ends_with('~');
        let mut parts = path.split('/').enumerate();
        let out = parts.any(|(at, part)| special(part) && !(content && known(at, part)));
        (!out).then_some((path, content))
    }

    /// Where a file lies that has no front matter and belongs to a collection whose files have addresses.
    pub(super) fn shown<'p>(&self, path: &'p str) -> Option<&'p str> {
        let to = path.strip_prefix('_')?;
        let (name, _) = to.split_once('/')?;
        let shown = self.collections.contains(name) && !self.hidden.contains(name);
        let posts = path.split('/').any(is_posts);
        (shown && !posts).then_some(to)
    }
}

fn is_posts(part: &str) -> bool {
    matches!(part, "_posts" | "_drafts")
}

/// Reads `_config.yml`.
pub(super) fn config(tree: &Tree, plan: &mut Plan) -> Site {
    let mut site = Site {
        permalink: "date".to_owned(),
        exclude: Patterns::jekyll(&EXCLUDED.map(str::to_owned)),
        ..Site::default()
    };
    let file = "_config.yml";
    let Some(yaml_text) = text(tree, file) else {
        plan.no_site(tree, file, "Jekyll");
        return site;
    };
    let root = match yaml::nodes(file, yaml_text, 1, yaml_text.len()) {
        Ok(root) => root,
        Err(error) => {
            plan.unread_settings(error);
            return site;
        }
    };
    let entries = map(&root);
    plan.take(file, entries, setting);
    let address = format!(
        "{}{}",
        word(entries, "url").unwrap_or_default(),
        word(entries, "baseurl").unwrap_or_default()
    );
    if !address.is_empty() && address.parse::<crate::config::BaseUrl>().is_ok() {
        plan.settings.set("base_url", address);
    }
    if let Some((_, line, node)) = entries.iter().find(|(key, ..)| key == "permalink")
        && let Some(pattern) = node.text()
    {
        if !is_pattern(pattern) {
            plan.report.find(
                file,
                Some(*line),
                &format!("`permalink: {pattern}` is no style of Jekyll, and no pattern"),
                "the styles are date, pretty, ordinal, weekdate and none",
            );
        }
        pattern.clone_into(&mut site.permalink);
    }
    if let Some(collections) = get(entries, "collections") {
        site.collections = map(collections)
            .iter()
            .map(|(name, ..)| name.clone())
            .chain(texts(collections))
            .collect();
        let shown = |name: &&String| {
            let settings = get(map(collections), name).map(map).unwrap_or_default();
            name.as_str() == "posts" || word(settings, "output") == Some("true")
        };
        site.hidden = site
            .collections
            .iter()
            .filter(|name| !shown(name))
            .cloned()
            .collect();
        let permalink = |(name, _, node): &(String, usize, Node)| {
            Some((name.clone(), word(map(node), "permalink")?.to_owned()))
        };
        site.permalinks = map(collections).iter().filter_map(permalink).collect();
    }
    if let Some(exclude) = get(entries, "exclude") {
        site.exclude.join(Patterns::jekyll(&texts(exclude)));
    }
    if let Some(folder) = word(entries, "collections_dir").map(folder) {
        let end = if folder.is_empty() { "" } else { "/" };
        site.folder = format!("{folder}{end}");
    }
    plan.keeps_future = word(entries, "future") != Some("true");
    if let Some(defaults) = get(entries, "defaults") {
        plan.defaults(file, defaults);
        site.defaults = permalinks(file, defaults, plan);
    }
    site
}

/// The `permalink` of `defaults`: what has the longer path counts more, then what names a type, then what comes later.
fn permalinks(file: &str, defaults: &Node, plan: &mut Plan) -> Vec<(Whom, String)> {
    let mut all = Vec::new();
    for item in each(defaults) {
        let of = |key: &str| get(map(item), key).map(map).unwrap_or_default();
        if let Some(permalink) = word(of("values"), "permalink") {
            let whom = scope(of("scope"));
            if !whom.is_told() {
                plan.report.find(
                    file,
                    Some(item.line),
                    "`permalink` in these `defaults` is not read: former addresses that follow it get no redirect",
                    "redirect them on your server, or write `aliases` into the new files",
                );
                continue;
            }
            let path = word(of("scope"), "path").unwrap_or_default();
            let rank = (
                path.trim_matches('/').len(),
                get(of("scope"), "type").is_some(),
            );
            all.push((rank, (whom, permalink.to_owned())));
        }
    }
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter().map(|(_, default)| default).collect()
}
