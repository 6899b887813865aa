//! What can't be carried over is said, and what it kept back stays so; nothing goes without a word.

use serde_json::Value;

use super::{PAGE, Site, copies, findings, made, public, says, support};

/// The files of the new site's content.
fn there(site: &Site) -> Vec<String> {
    site.tree("new/content").into_keys().collect()
}

/// Migrates a site of which something can't be read: the status is 1.
fn broken(tool: &str, files: &[(&str, &str)]) -> (Site, Value) {
    let site = Site::new(&[]);
    for (path, text) in files {
        site.write(&format!("old/{path}"), text);
    }
    let mut command = site.command(&["migrate", tool, "old", "--to", "new", "--format", "json"]);
    let ran = support::ran(command.output().expect("it runs"));
    assert_eq!(ran.status, 1, "{}", ran.err);
    let report = serde_json::from_str(&ran.out).expect("JSON");
    (site, report)
}

#[test]
fn pages_of_hugo_that_are_no_markdown_keep_back_what_is_theirs() {
    let draft = "---\ntitle: T\ndraft: true\n---\n<p>x</p>\n";
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/secret/_index.html",
                "---\ntitle: T\ncascade: {draft: true}\n---\n<p>x</p>\n",
            ),
            ("content/secret/a.md", PAGE),
            ("content/secret/a.pdf", "secret"),
            ("content/bundle/index.html", draft),
            ("content/bundle/leak.pdf", "secret"),
            (
                "content/ahead/index.adoc",
                "---\ndate: 2031-01-01\n---\nx\n",
            ),
            ("content/ahead/leak.pdf", "secret"),
            ("content/org/index.org", "#+title: T\n#+draft: true\n"),
            ("content/org/leak.pdf", "secret"),
            ("content/lone/page.html", draft),
            ("content/lone/leak.pdf", "secret"),
            ("content/open/index.html", "---\ntitle: T\n---\n<p>x</p>\n"),
            ("content/open/open.pdf", "open"),
            ("content/news/plain.html", "<p>x</p>\n"),
            ("content/news/open.md", PAGE),
            ("content/news/open.pdf", "open"),
        ],
    );
    assert_eq!(public(&site), ["news/open.md"]);
    assert_eq!(
        there(&site),
        [
            "news/_index.md",
            "news/open.md",
            "news/open.pdf",
            "open/open.pdf",
            "secret/a.md"
        ]
    );
    for line in [
        "content/secret/_index.html:3: `cascade` keeps pages back: each of those that it is for is a draft (1)",
        "content/bundle/leak.pdf: not copied: it belongs to content/bundle/, whose page is kept back",
    ] {
        says(&report, line);
    }
}

#[test]
fn all_below_a_page_that_cant_be_read_is_kept_back() {
    for tool in ["hugo", "zola"] {
        let (site, report) = broken(
            tool,
            &[
                ("config.toml", "title = 'A'\nbase_url = 'https://e.org'\n"),
                ("content/a/_index.md", "---\ntitle: [\n---\n"),
                ("content/a/b.md", PAGE),
                ("content/a/b.pdf", "secret"),
                ("content/a/deep/c.md", PAGE),
                ("content/d/index.md", "+++\ntitle = \n+++\n"),
                ("content/d/d.pdf", "secret"),
                ("content/open/_index.md", PAGE),
                ("content/open/e.md", PAGE),
                ("content/open/e.pdf", "open"),
            ],
        );
        assert_eq!(public(&site), ["open/e.md"], "{tool}");
        let files = there(&site);
        assert!(
            files.contains(&"open/e.pdf".to_owned()),
            "{tool}: {files:?}"
        );
        for lost in ["a/b.pdf", "d/d.pdf"] {
            assert!(!files.contains(&lost.to_owned()), "{tool}: {files:?}");
        }
        says(
            &report,
            "content/a/_index.md:1: a page that can’t be read keeps pages back: each of those that it is for is a draft (2)",
        );
    }
}

#[test]
fn links_to_names_with_spaces_lead_there_and_odd_ones_are_said() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/a b.md", PAGE),
            ("content/foo_bar.md", PAGE),
            (
                "content/c.md",
                "---\ntitle: T\n---\n\n[s](a%20b.md) [t]({{< ref \"a b.md\" >}})\n[q](foo\\_bar.md)\n[p](foo_bar.md?x&amp;copy;)\n",
            ),
        ],
    );
    let page = site.read("new/content/c.md");
    assert!(
        page.contains(
            "[s](<@/a b.md>) [t](<@/a b.md>)\n[q](@/foo_bar.md)\n[p](foo_bar.md?x&amp;copy;)"
        ),
        "{page}"
    );
    says(
        &report,
        "content/c.md:7: the link `foo_bar.md?x&copy;` is written with signs that stand for others, and stays as it is",
    );
    public(&site);
    let html = site.read("new/public/c/index.html");
    assert!(
        html.contains("<a href=\"/a-b/\">s</a> <a href=\"/a-b/\">t</a>"),
        "{html}"
    );
}

#[test]
fn no_file_goes_without_a_word() {
    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ncollections: {staff: {output: true}, notes: {output: false}}\n",
            ),
            ("_staff/ann.md", PAGE),
            ("_staff/img/ann.svg", "<svg/>"),
            ("_notes/leak.pdf", "secret"),
            ("_posts/leak.pdf", "secret"),
        ],
    );
    assert_eq!(there(&site), ["staff/ann.md", "staff/img/ann.svg"]);
    for path in ["_notes", "_posts"] {
        says(
            &report,
            &format!("{path}/leak.pdf: not copied: Jekyll gave it no address"),
        );
    }

    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\ncontentDir = './content/'\n"),
            ("content/pub.md", PAGE),
            ("static/pub.md", "raw"),
            ("static/raw.md", "raw"),
            ("static/a.txt", "open"),
        ],
    );
    assert_eq!(there(&site), ["a.txt", "pub.md"]);
    assert_eq!(report["copies"], 1);
    says(
        &report,
        "static/pub.md: not copied: as content/pub.md it would be a page",
    );
    says(
        &report,
        "static/raw.md: not copied: as content/raw.md it would be a page",
    );

    let (site, _) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\ndocs_dir: ./docs\n"),
            ("docs/a.md", "# A\n"),
        ],
    );
    assert_eq!(there(&site), ["a.md"]);

    let site = Site::new(&[
        ("old/mkdocs.yml", "site_name: A\ndocs_dir: texts\n"),
        ("old/docs/a.md", "# A\n"),
    ]);
    let ran = site.run(&["migrate", "mkdocs", "old", "--to", "new"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains("there is no content file"), "{}", ran.err);
}

#[test]
fn what_liquid_left_alone_stays_and_its_blocks_of_code_are_whole() {
    let body = "{% raw %}{{ site.baseurl }} and {% post_url 2026-01-28-b %}{% endraw %}\n\n```\n{% raw %}{{ x }}{% endraw %}\n```\n\n{% highlight js %}\n{% raw %}{{ y }}{% endraw %} {{ site.url }}\n```\n{% endhighlight %}\n\n{% highlight sh %}ls{% endhighlight %} ends.\n";
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("_posts/2026-01-28-b.md", PAGE),
            ("a.md", &format!("---\ntitle: T\n---\n\n{body}")),
        ],
    );
    let page = site.read("new/content/a.md");
    let wanted = "{{ site.baseurl }} and {% post_url 2026-01-28-b %}\n\n```\n{{ x }}\n```\n\n````js\n{{ y }} {{ site.url }}\n```\n````\n\n```sh\nls\n```\n ends.\n";
    assert!(page.ends_with(wanted), "{page}");
    let said: Vec<String> = findings(&report)
        .into_iter()
        .filter(|said| said.starts_with("a.md"))
        .collect();
    assert_eq!(
        said,
        ["a.md:12: `{{ site.url }}` in code is shown as it is written"]
    );
}

#[test]
fn files_of_a_section_of_zola_without_a_page_are_copied() {
    let page = "+++\ntitle = \"T\"\n+++\n\n![a](pic.png)\n";
    let section = "+++\ntitle = \"T\"\nrender = false\n+++\n";
    let draft = "+++\ntitle = \"T\"\nrender = false\ndraft = true\n+++\n";
    let (site, _) = made(
        "zola",
        &[
            ("config.toml", "base_url = \"https://e.org\"\n"),
            ("content/blog/_index.md", section),
            ("content/blog/p.md", page),
            ("content/blog/pic.png", "open"),
            ("content/blog/deep/pic.png", "secret"),
            ("content/next/_index.md", draft),
            ("content/next/p.md", page),
            ("content/next/pic.png", "secret"),
            // Within a section that is a draft.
            ("content/next/more/_index.md", section),
            ("content/next/more/pic.png", "secret"),
        ],
    );
    assert_eq!(copies(&site), ["blog/pic.png"]);
    assert!(
        site.read("new/content/blog/_index.md")
            .contains("draft: true\n")
    );
}

#[test]
fn what_jekyll_leaves_out_by_itself_is_its_own_list() {
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("index.html", "x"),
            ("README.md", "# How to build this site\n"),
            ("LICENSE", "x"),
            ("Gemfile.lock", "x"),
            ("node_modules/a/b.js", "x"),
            ("vendor/bundle/gem/README.md", "x"),
            ("vendor/open.js", "x"),
            ("vendor/open.md", PAGE),
            ("guide/README.md", "# Guide\n\n[a](../vendor/open.md)\n"),
            ("team/readme.md", PAGE),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(
        there,
        [
            "LICENSE",
            "guide/_index.md",
            "team/readme.md",
            "vendor/open.js",
            "vendor/open.md"
        ]
    );
    says(
        &report,
        "README.md: not carried over: it has no front matter, so Jekyll made no page of it",
    );
    says(
        &report,
        "guide/README.md: it is the page of its folder now, as on GitHub Pages",
    );
    public(&site);
    let guide = site.read("new/public/guide/index.html");
    assert!(guide.contains("<title>Guide"), "{guide}");
}
