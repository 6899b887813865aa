//! A site of Jekyll: _config.yml, _posts/ and _drafts/, collections, pages with front matter anywhere, all else as it is. Addresses follow
//! `permalink` of the settings and of each file.

mod address;
mod readme;
mod settings;

use super::{
    Plan, Source, Tool, Tree,
    fields::{Rule, clean},
    markdown::{as_md, is_markdown, stem},
    page::Page,
    report::Outcome,
    tags::Dialect,
};
use address::{address, dated, is_bare};
use readme::{is_readme, readme};
use settings::{Site, config};

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

/// Whether Jekyll reads front matter above a text; it does so whatever the end of the name.
fn has_front(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    text.lines()
        .next()
        .is_some_and(|line| line.trim_end() == "---")
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
