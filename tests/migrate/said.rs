//! What can't be as it was is said with its line, and breaks no build.

use super::{PAGE, copies, findings, made, page, public, says};

#[test]
fn a_page_that_was_in_no_list_is_said() {
    let (_, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[cascade]\nbuild = {list = 'never'}\n",
            ),
            ("content/a.md", &page("build: {list: never}")),
            (
                "content/b.md",
                &page("_build: {list: local, render: always}"),
            ),
            ("content/c.md", &page("sitemap: {disable: true}")),
            (
                "content/d.md",
                &page("build: {list: always}\nsitemap: {priority: 1}"),
            ),
        ],
    );
    for line in [
        "content/a.md:3: `build.list` kept the page out of lists; nothing does that here",
        "content/b.md:3: `_build.list` kept the page out of lists; nothing does that here",
        "content/c.md:3: `sitemap` kept the page out of the sitemap; nothing does that here",
        "hugo.toml:2: `cascade` kept pages out of lists; nothing does that here",
    ] {
        says(&report, line);
    }
    assert_eq!(findings(&report).len(), 4);
    let (_, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ndefaults:\n- {scope: {path: x}, values: {sitemap: false}}\n",
            ),
            ("a.md", &page("sitemap: false")),
            ("b.md", &page("sitemap: true")),
        ],
    );
    for line in [
        "_config.yml:3: `sitemap` in `defaults` kept pages out of the sitemap; nothing does that here",
        "a.md:3: `sitemap` kept the page out of the sitemap; nothing does that here",
    ] {
        says(&report, line);
    }
    assert_eq!(findings(&report).len(), 2);
    let (_, report) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            ("docs/a.md", &page("search: {exclude: true}")),
        ],
    );
    says(
        &report,
        "docs/a.md:3: `search` kept the page out of the search; nothing does that here",
    );
}

#[test]
fn files_that_a_build_would_not_take_are_left_out() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/guide/_index.md", PAGE),
            ("content/guide/a.md", PAGE),
            ("content/search.md", PAGE),
            ("content/topics/_index.md", PAGE),
            (
                "content/old.md",
                &page("aliases: [/sitemap.html, /robots.txt/, /map/, /open.txt/]"),
            ),
            ("static/.well-known/security.txt", "x"),
            ("static/.htaccess", "x"),
            ("static/notes.txt~", "x"),
            ("static/robots.txt", "x"),
            ("static/404.html", "x"),
            ("static/sitemap.xml", "x"),
            ("static/index.html", "x"),
            ("static/Guide/index.html", "x"),
            ("static/feed.json", "x"),
            ("static/open.txt", "x"),
            ("static/guide/a", "x"),
        ],
    );
    public(&site);
    for page in ["search.md", "topics/_index.md"] {
        let page = site.read(&format!("new/content/{page}"));
        assert!(page.contains("draft: true\n"), "{page}");
    }
    assert_eq!(copies(&site), ["open.txt"]);
    for line in [
        "static/.htaccess: not copied: a build skips hidden files, and what editors leave behind",
        "static/.well-known/security.txt: not copied: a build skips hidden files, and what editors leave behind",
        "static/robots.txt: not copied: /robots.txt is the address of a file that Dépêche makes",
        "static/404.html: not copied: /404.html is the address of a file that Dépêche makes",
        "static/Guide/index.html: not copied: /Guide/index.html is the address of a page",
        "content/search.md: the address /search/ is taken twice: by content/search.md and by an index of the site; the page is a draft",
        "content/old.md: no redirect: something else has the address /map/",
        "content/old.md: no redirect: something else has the address /robots.txt/",
        "content/old.md: no redirect: something else has the address /open.txt/",
        "static/guide/a: not copied: /guide/a is the address of a page",
    ] {
        says(&report, line);
    }
    assert!(site.has("new/public/sitemap.html"));

    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\nurl: https://e.org\n"),
            ("404.md", &page("permalink: /404.html")),
            ("robots.txt", "x"),
            ("a.md", PAGE),
        ],
    );
    assert_eq!(public(&site), ["a.md"]);
    assert!(copies(&site).is_empty());
    says(
        &report,
        "404.md: Dépêche makes /404.html itself; the page is a draft",
    );
    let (site, _) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            ("docs/index.md", "# A\n"),
            ("docs/404.html", "x"),
            ("docs/robots.txt", "x"),
        ],
    );
    public(&site);
    assert!(copies(&site).is_empty());
}

#[test]
fn two_pages_of_one_address_get_two() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/blog/welcome.md", &page("date: 2025-01-01")),
            ("content/news/welcome.md", &page("date: 2025-01-01")),
        ],
    );
    assert_eq!(public(&site).len(), 2);
    for path in ["blog/welcome", "news/welcome"] {
        assert!(site.has(&format!("new/public/{path}/index.html")), "{path}");
    }
    let said = findings(&report);
    assert!(
        said[0].ends_with("its slug is news-welcome now"),
        "{said:#?}"
    );
}

#[test]
fn each_page_of_one_address_gets_a_slug_of_its_own_and_one_finding() {
    let files: Vec<String> = (1..=6).map(|n| format!("content/a{n}/news/x.md")).collect();
    let front = page("date: 2025-01-01\nslug: same");
    let mut all = vec![("hugo.toml", "title = 'A'\n")];
    all.extend(files.iter().map(|file| (file.as_str(), front.as_str())));
    let (site, report) = made("hugo", &all);
    public(&site);
    let mut slugs = Vec::new();
    for file in &files {
        let page = site.read(&format!("new/{file}"));
        assert!(!page.contains("draft"), "{page}");
        let slug = page.lines().find_map(|line| line.strip_prefix("slug: "));
        slugs.push(slug.unwrap_or_default().to_owned());
    }
    slugs.sort();
    assert_eq!(
        slugs,
        [
            "news-same",
            "news-same-2",
            "news-same-3",
            "news-same-4",
            "news-same-5",
            "same"
        ]
    );
    let said = findings(&report);
    let taken = said.iter().filter(|said| said.contains("is taken twice"));
    assert_eq!(taken.count(), 5, "{said:#?}");
}

#[test]
fn the_page_of_a_folder_gets_no_slug() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/docs.md", PAGE),
            ("content/docs/_index.md", PAGE),
            ("content/docs/a.md", PAGE),
        ],
    );
    assert_eq!(public(&site), ["docs.md", "docs/a.md"]);
    assert!(!site.read("new/content/docs/_index.md").contains("slug"));
    let said = findings(&report);
    let taken = said.iter().filter(|said| said.contains("is taken twice"));
    assert_eq!(taken.count(), 1, "{said:#?}");
}

#[test]
fn only_the_page_of_what_is_missing_is_a_draft() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/e.md",
                &page("aliases: [/404.html, /zz/, /topics/]"),
            ),
        ],
    );
    assert_eq!(public(&site), ["e.md"]);
    assert!(site.has("new/public/zz/index.html"));
    assert_eq!(
        findings(&report),
        [
            "content/e.md: no redirect: something else has the address /404.html",
            "content/e.md: no redirect: something else has the address /topics/",
        ]
    );
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/e.md", PAGE),
            (
                "content/lost.md",
                &page("url: /404.html\naliases: [/topics/]"),
            ),
        ],
    );
    assert_eq!(public(&site), ["e.md"]);
    for line in [
        "content/lost.md: Dépêche makes /404.html itself; the page is a draft",
        "content/lost.md: no redirect: something else has the address /topics/",
    ] {
        says(&report, line);
    }
}

#[test]
fn no_value_goes_without_a_word() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/a.md",
                &page(
                    "summary: In lists.\ndescription: For machines.\nlastmod: 2025-01-02\nmodified: 2025-01-03",
                ),
            ),
            (
                "content/b.md",
                &page("tags: [C, C++, 'C#', .NET, NET, net]"),
            ),
            ("content/c.md", &page("description: Alone.")),
        ],
    );
    let a = site.read("new/content/a.md");
    for line in [
        "summary: In lists.\n",
        "  description: For machines.\n",
        "updated: 2025-01-02\n",
    ] {
        assert!(a.contains(line), "{line}{a}");
    }
    assert!(site.read("new/content/c.md").contains("summary: Alone.\n"));
    let b = site.read("new/content/b.md");
    assert!(
        b.contains("  - c\n  - c-plus-plus\n  - c-sharp\n  - net\n"),
        "{b}"
    );
    let topics = site.read("new/topics.yaml");
    assert!(
        topics.contains("\"C++\"") && topics.contains("\"C#\""),
        "{topics}"
    );
    for line in [
        "content/a.md:6: `modified` is not carried over: `lastmod` gave the page its `updated`",
        "content/b.md:3: the terms `.NET` and `NET` are one topic now, net",
    ] {
        says(&report, line);
    }

    let (site, _) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            (
                "a.md",
                &page(
                    "category: Two Words\ntags: one two\ndescription: For machines.\nexcerpt: In lists.",
                ),
            ),
        ],
    );
    let a = site.read("new/content/a.md");
    for line in [
        "  - two-words\n",
        "  - one\n  - two\n",
        "summary: In lists.\n",
        "  description: For machines.\n",
    ] {
        assert!(a.contains(line), "{line}{a}");
    }

    let zola = "+++\ntitle = \"T\"\n+++\n";
    let (site, _) = made(
        "zola",
        &[
            (
                "config.toml",
                "base_url = \"https://e.org\"\n[slugify]\npaths_keep_dates = true\n",
            ),
            ("content/blog/2025-01-27-talk/index.md", zola),
            ("content/blog/2025-02-03-sea.md", zola),
        ],
    );
    public(&site);
    let talk = site.read("new/content/blog/2025-01-27-talk/index.md");
    assert!(talk.contains("date: 2025-01-27\n"), "{talk}");
    for path in ["2025-01-27-talk", "2025-02-03-sea"] {
        assert!(
            site.has(&format!("new/public/blog/{path}/index.html")),
            "{path}"
        );
    }
}

#[test]
fn a_heading_that_becomes_the_title_is_what_readers_see() {
    let (site, _) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            ("docs/a.md", "# Multi *emph* [link](b.md) `x`\n\ntext\n"),
            ("docs/b.md", "The sea\n=======\n\ntext\n"),
        ],
    );
    for (path, title) in [("a", "Multi emph link x"), ("b", "The sea")] {
        let page = site.read(&format!("new/content/{path}.md"));
        assert!(
            page.contains(&format!("title: {title}\n---\n\ntext\n")),
            "{page}"
        );
    }
}

#[test]
fn marks_that_readers_would_see_are_said() {
    let (_, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            (
                "a.md",
                "---\ntitle: T\n---\n\nx\n{: .lead}\n\n* toc\n{:toc}\n\n![a](/){:width=\"3\"}\n\n$$x$$\n\n`{: .code}`\n",
            ),
        ],
    );
    for line in [
        "a.md:6: `{: .lead}` (attributes) here and on another line is shown as text",
        "a.md:9: `{:toc}` (a table of contents) here is shown as text",
        "a.md:13: `$$` (mathematics) here is shown as text",
    ] {
        says(&report, line);
    }
    let (_, report) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            (
                "docs/a.md",
                "# T\n\n[TOC]\n\n!!! tip\n    x\n\n[a](/){ .md-button } :material-check:\n\n--8<-- \"inc.md\"\n\n- a\n\n    !!! note\n        b\n\n*[HTML]: Hyper\n\n```\n[TOC]\n```\n",
            ),
        ],
    );
    for line in [
        "docs/a.md:3: `[TOC]` (a table of contents) here is shown as text",
        "docs/a.md:8: `{ .md-button }` (attributes) here is shown as text",
        "docs/a.md:8: `:material-check:` (an icon) here is shown as text",
        "docs/a.md:10: `--8<-- \"inc.md\"` (a piece of another file) here is shown as text",
        "docs/a.md:14: `!!! note` (an admonition or tab within something else) here is shown as text",
        "docs/a.md:17: `*[HTML]:` (an abbreviation) here is shown as text",
    ] {
        says(&report, line);
    }
}
