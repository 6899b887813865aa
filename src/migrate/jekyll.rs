//! A site of Jekyll: _config.yml, _posts/ and _drafts/, collections, pages with front matter anywhere, all else as it is. Addresses follow
//! `permalink` of the settings and of each file.

mod address;
mod readme;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Plan, Source, Tool, Tree,
    fields::{Rule, clean},
    folder,
    front::{get, map, texts, word},
    inherited::{Whom, each, scope},
    kept_back::Patterns,
    markdown::{as_md, is_markdown, stem},
    page::Page,
    report::Outcome,
    settings::Setting,
    tags::Dialect,
    text,
};
use crate::yaml::{self, Node};
use address::{address, dated, is_bare, is_pattern};
use readme::{is_readme, readme};

fn rule(key: &str) -> Rule {
    match key {
        "title" => Rule::Text("title"),
        "slug" => Rule::Text("slug"),
        "lang" => Rule::Lang,
        "description" | "excerpt" => Rule::Text("summary"),
        "date" => Rule::Moment("date"),
        "last_modified_at" | "updated" | "modified" => Rule::Moment("updated"),
        "published" => Rule::Draft(false),
        "draft" => Rule::Draft(true),
        "tags" | "categories" => Rule::Topics(true),
        "tag" | "category" => Rule::Topics(false),
        "author" | "authors" => Rule::People,
        "redirect_from" => Rule::Aliases(false),
        "permalink" => Rule::Address,
        "layout" => Rule::Drop("templates are not carried over"),
        "excerpt_separator" => Rule::Drop("a summary is what `summary` says"),
        "toc" => Rule::Drop("a page with three headings has a table of contents"),
        "comments" => Rule::Drop("there are no comments"),
        "sitemap" => Rule::Listed("the sitemap"),
        _ => Rule::Extra,
    }
}

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
        "sass" | "liquid" | "paginate_path" | "timezone" | "show_drafts" | "encoding"
        | "source" | "destination" => Setting::Drop("it has no counterpart"),
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

#[derive(Default)]
struct Site {
    permalink: String,
    collections: BTreeSet<String>,
    /// The folder of posts, drafts and collections, with a slash at its end; empty where that is the site's.
    folder: String,
    /// Those of the collections whose files have no pages.
    hidden: BTreeSet<String>,
    exclude: Patterns,
    /// The `permalink` of collections.
    permalinks: BTreeMap<String, String>,
    /// The `permalink` of `defaults`, the one that counts most at the end.
    defaults: Vec<(Whom, String)>,
}

impl Site {
    /// What `defaults` say of the address of a page.
    fn permalink_of(&self, page: &Page) -> Option<&str> {
        let mut defaults = self.defaults.iter().rev();
        let found = defaults.find(|(whom, _)| whom.has(page));
        found.map(|(_, permalink)| permalink.as_str())
    }

    /// The path of a file and whether it is a post's, a draft's or a collection's; then it counts from the folder where those are. Nothing where Jekyll
    /// leaves the file out: a part of its path begins with `_` or the like, and is none of those folders.
    fn place<'p>(&self, path: &'p str) -> Option<(&'p str, bool)> {
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
    fn shown<'p>(&self, path: &'p str) -> Option<&'p str> {
        let to = path.strip_prefix('_')?;
        let (name, _) = to.split_once('/')?;
        let shown = self.collections.contains(name) && !self.hidden.contains(name);
        let posts = path.split('/').any(is_posts);
        (shown && !posts).then_some(to)
    }
}

/// Whether Jekyll reads front matter above a text; it does so whatever the end of the name.
fn has_front(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    text.lines()
        .next()
        .is_some_and(|line| line.trim_end() == "---")
}

fn is_posts(part: &str) -> bool {
    matches!(part, "_posts" | "_drafts")
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan {
        dialect: Dialect::Jekyll,
        term_lists: vec!["/tags/".to_owned(), "/categories/".to_owned()],
        keeps_future: true,
        ..Plan::default()
    };
    let site = config(tree, &mut plan);
    for (path, source) in tree {
        if site.exclude.has(path) {
            continue;
        }
        let Some((below, content)) = site.place(path) else {
            continue;
        };
        let markdown = is_markdown(Tool::Jekyll, path);
        match source {
            Source::Text(text) if markdown && !content && is_readme(path) && !has_front(text) => {
                readme(path, text, tree, &site, &mut plan);
            }
            Source::Text(text) if markdown => {
                page((path, below, our_path(below)), text, &site, &mut plan);
            }
            Source::Other if markdown => plan.no_text(path),
            Source::Text(text) if has_front(text) => {
                plan.report.find(
                    path,
                    None,
                    "a file with Liquid in it is not carried over",
                    "write a page in Markdown, or a template",
                );
            }
            _ if content => match site.shown(below) {
                Some(to) => plan.copy(path, to),
                None => plan.report.find(
                    path,
                    None,
                    "not copied: Jekyll gave it no address",
                    "copy it when it should be published",
                ),
            },
            _ => plan.copy(path, path),
        }
    }
    plan.leave(
        tree,
        &[
            ("_layouts/", "a template"),
            ("_includes/", "a template"),
            ("_sass/", "a style sheet in Sass"),
            ("_data/", "a data file"),
            ("_plugins/", "a plugin"),
        ],
    );
    plan
}

fn config(tree: &Tree, plan: &mut Plan) -> Site {
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

/// The names are its path, the path by which links name it, and ours.
fn page((path, source, to): (&str, &str, String), text: &str, site: &Site, plan: &mut Plan) {
    let post = source.split('/').any(|part| part == "_posts");
    let draft = source.split('/').any(|part| part == "_drafts");
    // Jekyll reads no language in a name.
    let to = plan.unmistaken(path, to);
    let Some(parts) = plan.open(path, &to, text) else {
        return;
    };
    let mut page = Page {
        from: path.to_owned(),
        source: source.to_owned(),
        to,
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    if draft {
        page.front.set("draft", true);
    } else {
        let own = readme::address(&page).map(Ok);
        let address = own.unwrap_or_else(|| address(&page, &parts.entries, site));
        plan.told(&mut page, address);
        if is_bare(&page.address) && !page.untold {
            // Servers answer with the file in both cases.
            let file = format!("{}.html", page.address);
            if let Some(file) = clean(&file) {
                page.front.add("aliases", &file);
            }
            page.address.push('/');
        }
    }
    if post || draft {
        page.front.set("kind", "briefing");
    }
    let collection = source
        .split('/')
        .next()
        .and_then(|first| first.strip_prefix('_'));
    let name = stem(source.rsplit('/').next().unwrap_or(source));
    let day = dated(name).map(|(day, _)| day.to_string());
    if collection.is_some_and(|name| site.hidden.contains(name)) {
        page.front.set("draft", true);
    }
    // Jekyll reads no post without a day in its name.
    if post && day.is_none() {
        page.front.set("draft", true);
        let outcome = Outcome::Changed("draft".to_owned());
        plan.report
            .note(path, 1, "(a post without a day in its name)", outcome);
    }
    plan.fill(&mut page, &parts.entries, rule);
    // A build reads only a day in ten signs from the name itself.
    let content = post || draft || collection.is_some();
    if let Some(day) = day.filter(|day| content && !name.starts_with(day.as_str()))
        && !page.front.has("date")
    {
        page.front.set("date", day);
        let outcome = Outcome::Changed("date".to_owned());
        plan.report.note(path, 1, "(the day of the name)", outcome);
    }
    plan.add(page);
}

/// `_posts/a.md` is posts/a.md, `index.md` the page of its folder.
fn our_path(path: &str) -> String {
    let path = as_md(path);
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| part.strip_prefix('_').unwrap_or(part))
        .collect();
    let path = parts.join("/");
    match path.strip_suffix("index.md") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("{folder}_index.md"),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_indexes_lie_where_ours_do() {
        assert_eq!(our_path("_posts/a.markdown"), "posts/a.md");
        assert_eq!(our_path("b/index.MD"), "b/_index.md");
    }
}
