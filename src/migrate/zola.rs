//! A site of Zola: config.toml (or zola.toml), content/ with TOML or YAML above each text, static/. Addresses follow `path`, `slug` and the names
//! of files, made plain as `slugify.paths` says; other languages are `name.fr.md`.

use super::{
    Plan, Source, Tool, Tree,
    fields::{self, Rule},
    front::{self, get, map, texts, word},
    kept_back::Patterns,
    languages::Languages,
    markdown::{as_md, is_markdown},
    page::Page,
    report::Outcome,
    settings::Setting,
    tags::Dialect,
    text,
    topics::words,
};
use crate::{site::card, yaml};

/// What becomes of a field of a page or a section.
pub(super) fn rule(key: &str) -> Rule {
    match key {
        "title" => Rule::Text("title"),
        "slug" => Rule::Text("slug"),
        "description" => Rule::Text("summary"),
        "date" => Rule::Moment("date"),
        "updated" => Rule::Moment("updated"),
        "draft" => Rule::Draft(true),
        "weight" => Rule::Number("weight"),
        "aliases" => Rule::Aliases(false),
        "authors" => Rule::People,
        "taxonomies" => Rule::Taxonomies,
        "path" => Rule::Address,
        "extra" => Rule::Below,
        "template" | "page_template" => Rule::Drop("templates are not carried over"),
        "in_search_index" => Rule::Listed("the search"),
        "sort_by" => Rule::Drop("briefings stand newest first, pages by weight"),
        "paginate_by" | "paginate_path" | "paginate_reversed" => {
            Rule::Drop("lists are paginated for the whole site")
        }
        "insert_anchor_links" => Rule::Drop("headings have anchors"),
        "generate_feeds" | "generate_feed" => Rule::Drop("each section and topic has feeds"),
        "render" => Rule::Hidden(false),
        "redirect_to" | "transparent" => Rule::Drop("a section has a page of its own"),
        _ => Rule::Extra,
    }
}

fn setting(key: &str) -> Setting {
    match key {
        "base_url" => Setting::Address,
        "title" => Setting::Text("title"),
        "description" => Setting::Text("description"),
        "default_language" => Setting::Lang,
        "author" => Setting::Text("publisher"),
        "feed_limit" => Setting::Number("feed_limit"),
        "extra" => Setting::Below,
        "taxonomies" => Setting::Used("topics"),
        "languages" => Setting::Used("languages"),
        "ignored_content" | "ignored_static" => Setting::Used("what is carried over"),
        "slugify" => Setting::Used("the slugs"),
        "theme" => Setting::Drop(
            "templates are not carried over; see “Templates of a Zola theme” in the documentation",
        ),
        "generate_feeds" | "generate_feed" | "feed_filenames" => {
            Setting::Drop("feeds are always made")
        }
        "build_search_index" | "search" => Setting::Drop("the search is always made"),
        "compile_sass" => Setting::Drop("there is no Sass; compile it before"),
        "markdown" => {
            Setting::Drop("the dialect is CommonMark with tables, footnotes and task lists")
        }
        "minify_html" | "hard_link_static" | "output_dir" | "link_checker" | "translations"
        | "mode" => Setting::Drop("it has no counterpart"),
        _ => Setting::Drop("Dépêche does not know it"),
    }
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let mut plan = Plan {
        dialect: Dialect::Zola,
        ..Plan::default()
    };
    let site = config(tree, &mut plan);
    for (path, source) in tree {
        if let Some(to) = path.strip_prefix("content/") {
            if site.content.has_any(path, to) {
                continue;
            }
            let markdown = is_markdown(Tool::Zola, path);
            match source {
                Source::Text(text) if markdown => page(path, to, text, &site, &mut plan),
                Source::Other if markdown => {
                    plan.no_text(path);
                    plan.unread(path, to);
                }
                _ => plan.copy(path, to),
            }
        }
    }
    plan.copy_below(tree, "static/", |path, to| site.statics.has_any(path, to));
    plan.leave(
        tree,
        &[
            ("templates/", "a template"),
            ("sass/", "a style sheet in Sass"),
            ("themes/", "a theme"),
            ("data/", "a data file"),
        ],
    );
    plan
}

#[derive(Default)]
struct Site {
    /// Whether addresses keep what is not plain.
    odd: bool,
    /// Whether addresses keep the day that a name begins with.
    dated: bool,
    /// What was left out of content/.
    content: Patterns,
    /// What was left out of static/.
    statics: Patterns,
}

impl Site {
    /// A name as addresses have it: without the day that it begins with, unless the settings keep that.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        if self.dated {
            name
        } else {
            card::undated(name)
        }
    }
}

fn config(tree: &Tree, plan: &mut Plan) -> Site {
    let Some((file, toml)) = ["config.toml", "zola.toml"]
        .into_iter()
        .find_map(|file| Some((file, text(tree, file)?)))
    else {
        plan.no_site(tree, "config.toml", "Zola");
        return Site::default();
    };
    let root = match yaml::toml_nodes(file, toml, 1, toml.len()) {
        Ok(root) => root,
        Err(error) => {
            plan.unread_settings(error);
            return Site::default();
        }
    };
    let entries = map(&root);
    plan.take(file, entries, setting);
    let others = get(entries, "languages").map(map).unwrap_or_default();
    let others = others.iter().map(|(lang, ..)| lang.as_str());
    plan.languages = Languages::new(others.chain([plan.settings.lang()]));
    if let Some(languages) = get(entries, "languages") {
        let mut all = vec![plan.settings.lang().to_owned()];
        all.extend(
            map(languages)
                .iter()
                .map(|(lang, ..)| lang.clone())
                .filter(|lang| lang.parse::<crate::model::Lang>().is_ok()),
        );
        plan.settings.set("languages", all);
        let words = map(languages).iter().map(|(lang, _, node)| {
            let of = |key| word(map(node), key);
            (lang.as_str(), of("title"), of("description"))
        });
        plan.settings.translate(words);
    }
    if let Some(yaml::Value::List(items)) = get(entries, "taxonomies").map(|node| &node.value) {
        for name in items.iter().filter_map(|item| word(map(item), "name")) {
            if matches!(fields::taxonomy(name), Rule::Topics(_)) {
                plan.term_lists.push(format!("/{name}/"));
            }
        }
    }
    let mut patterns = |key: &str| {
        let written = get(entries, key).map(texts).unwrap_or_default();
        plan.patterns(file, Patterns::loose(&written))
    };
    let slugify = get(entries, "slugify").map(map).unwrap_or_default();
    Site {
        odd: word(slugify, "paths").is_some_and(|paths| paths != "on"),
        dated: word(slugify, "paths_keep_dates") == Some("true"),
        content: patterns("ignored_content"),
        statics: patterns("ignored_static"),
    }
}

fn page(path: &str, source: &str, text: &str, site: &Site, plan: &mut Plan) {
    let whole = as_md(source);
    let to = plan.unmistaken(path, whole.clone());
    let Some(parts) = plan.open(path, &to, text) else {
        if front::parts(path, text).is_err() {
            plan.unread(path, &to);
        }
        return;
    };
    let (folder, name, _) = card::split(&to);
    let mut drafts = parts.entries.iter().filter(|(key, ..)| key == "draft");
    if let Some((_, line, node)) = drafts.next()
        && name == "_index"
        && node.text() != Some("false")
    {
        plan.draft_section(path, folder, *line);
    }
    let mut page = Page {
        from: path.to_owned(),
        source: source.to_owned(),
        address: address(&whole, &parts.entries, site, plan),
        to,
        body: parts.body.to_owned(),
        body_line: parts.body_line,
        ..Page::default()
    };
    plan.fill(&mut page, &parts.entries, rule);
    let (folder, name, _) = card::split(&page.to);
    // Zola copies the files of a section before it asks `render`.
    let said = |key: &str| word(&parts.entries, key).unwrap_or("false");
    let unshown = get(&parts.entries, "render").is_some() && said("render") == "false";
    page.files_shown = name == "_index" && unshown && said("draft") == "false";
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let day = last.get(..10).filter(|_| card::undated(last) != last);
    if let Some(day) = day.filter(|_| name == "index" && !page.front.has("date")) {
        let day = day.to_owned();
        page.front.set("date", day);
        let outcome = Outcome::Changed("date".to_owned());
        plan.report
            .note(path, 1, "(the day of the folder)", outcome);
    }
    plan.add(page);
}

fn address(whole: &str, entries: &front::Entries, site: &Site, plan: &Plan) -> String {
    let (folder, stem, lang) = plan.languages.split(whole);
    let prefix = lang
        .filter(|lang| lang.as_str() != plan.settings.lang())
        .map(|lang| format!("{lang}/"))
        .unwrap_or_default();
    // It is whole: Zola puts no language before it.
    if let Some(path) = word(entries, "path") {
        return format!("/{}/", path.trim_matches(['/', ' ']));
    }
    let slug = |text: &str| {
        if site.odd {
            text.to_owned()
        } else {
            words(&deunicode::deunicode(text), true)
        }
    };
    let mut parts: Vec<String> = folder
        .split('/')
        .filter(|p| !p.is_empty())
        .map(slug)
        .collect();
    let given = word(entries, "slug").map(slug);
    match stem {
        "_index" => {}
        "index" => {
            if let (Some(given), Some(last)) = (given, parts.last_mut()) {
                *last = given;
            } else if let Some(last) = parts.last_mut() {
                *last = site.name(last).to_owned();
            }
        }
        _ => parts.push(given.unwrap_or_else(|| slug(site.name(stem)))),
    }
    let path = parts.iter().map(|part| format!("{part}/"));
    format!("/{prefix}{}", path.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::front::parts;

    #[test]
    fn addresses_are_those_of_zola() {
        let plan = Plan {
            languages: Languages::new(["en", "fr"]),
            ..Plan::default()
        };
        for (path, front, address_) in [
            ("_index.md", "", "/"),
            ("blog/_index.fr.md", "", "/fr/blog/"),
            ("blog/2026-01-27-My Talk.md", "", "/blog/my-talk/"),
            ("blog/a/index.md", "", "/blog/a/"),
            ("a.md", "+++\nslug = \"B\"\n+++\n", "/b/"),
            ("a.md", "+++\npath = \"x/y\"\n+++\n", "/x/y/"),
            ("next.js.md", "", "/next-js/"),
            ("a.fr.md", "+++\npath = \"/x/y\"\n+++\n", "/x/y/"),
        ] {
            let entries = parts(path, front).expect(front).entries;
            assert_eq!(
                address(path, &entries, &Site::default(), &plan),
                address_,
                "{path}"
            );
        }
        let site = Site {
            dated: true,
            ..Site::default()
        };
        for (path, expected) in [
            ("blog/2026-01-27-My Talk.md", "/blog/2026-01-27-my-talk/"),
            ("blog/2026-01-27-a/index.md", "/blog/2026-01-27-a/"),
        ] {
            assert_eq!(address(path, &Vec::new(), &site, &plan), expected);
        }
    }
}
