//! The default theme as a theme author has it: what its documentation says of blocks and components is so, and one block is overridden in five lines.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads the theme's files"
)]

mod support;

use std::{collections::BTreeSet, fs};

use support::Site;

const TEMPLATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates");

/// The example of docs/themes.md and of README.md.
const FIVE_LINES: &str = r#"{% extends "default/page.html" %}
{% block page_footer %}
<p class="source">Questions? <a href="mailto:press@example.org">press@example.org</a></p>
{{ super() }}
{% endblock page_footer %}
"#;

fn template(name: &str) -> String {
    fs::read_to_string(format!("{TEMPLATES}/{name}")).expect(name)
}

fn docs(name: &str) -> String {
    let path = format!("{}/content/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect(name)
}

/// What stands between `before` and `after`, each time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|rest| rest.split(after).next()).collect()
}

#[test]
fn one_block_is_overridden_in_five_lines() {
    assert_eq!(FIVE_LINES.lines().count(), 5);
    assert!(docs("themes.md").contains(FIVE_LINES), "docs/themes.md");
    let site = Site::new(&[
        ("site.yaml", "theme: ministry\n"),
        ("themes/ministry/templates/page.html", FIVE_LINES),
        (
            "content/a.md",
            "---\ntitle: A\ndate: 2026-01-27\n---\n\nThe text.\n",
        ),
    ]);
    site.run(&["build"]).well();
    let page = site.read("public/2026/01/27/a/index.html");
    for part in [
        "<h1>A</h1>",
        ">The text.<a class=\"here\"",
        "mailto:press@example.org",
        "<footer class=\"foot\">",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let home = site.read("public/index.html");
    assert!(!home.contains("mailto:press"), "{home}");
}

#[test]
fn a_piece_is_of_the_language_of_the_interface_whatever_is_asked_first() {
    let page = r#"{% extends "default/page.html" %}{% block page_content %}<i>{{ once(template="piece.html", key="a", lang=page.lang, n=1) }}</i>{% endblock page_content %}"#;
    let briefing =
        |lang: &str| format!("---\ntitle: A\ndate: 2026-01-27\nlang: {lang}\n---\n\nx\n");
    let (german, english) = (briefing("de"), briefing("en"));
    let site = Site::new(&[
        ("site.yaml", "theme: ministry\n"),
        ("themes/ministry/templates/page.html", page),
        ("themes/ministry/templates/piece.html", "{{ lang }} {{ n }}"),
        ("content/a.md", &german),
        ("content/b.md", &english),
    ]);
    assert_eq!(site.run(&["build", "--strict"]).status, 0);
    for name in ["a", "b"] {
        let page = site.read(&format!("public/2026/01/27/{name}/index.html"));
        assert!(page.contains("<i>en 1</i>"), "{page}");
    }
}

#[test]
fn a_piece_of_each_card_is_that_of_the_card_and_of_the_other_arguments() {
    let list = r#"{% for size in [1, "1", [2]] %}{{ once_each(template="line.html", cards=paginator.pages, size=size) }}
{% endfor %}"#;
    let briefing =
        |title: &str, day| format!("---\ntitle: {title}\ndate: 2026-01-{day}\n---\n\nText.\n");
    let (older, newer) = (briefing("<A>", 26), briefing("B", 27));
    let site = Site::new(&[
        ("site.yaml", "theme: own\n"),
        ("themes/own/templates/index.html", list),
        (
            "themes/own/templates/line.html",
            "{{ card.title }}{{ size is string }}{{ size is array }};",
        ),
        ("content/briefings/a.md", &older),
        ("content/briefings/b.md", &newer),
    ]);
    site.run(&["build"]).well();
    assert_eq!(
        site.read("public/index.html").trim(),
        "Bfalsefalse;&lt;A&gt;falsefalse;\nBtruefalse;&lt;A&gt;truefalse;\nBfalsetrue;&lt;A&gt;falsetrue;"
    );
    for (cards, why) in [("1", "`cards` is no list"), ("[1]", "needs a `path`")] {
        let list = format!("{{{{ once_each(template=\"line.html\", cards={cards}) }}}}");
        site.write("themes/own/templates/index.html", list);
        let ran = site.run(&["build"]);
        assert!(ran.status == 1 && ran.err.contains(why), "{}", ran.err);
    }
}

#[test]
fn each_documented_block_is_in_the_templates_that_are_named() {
    let docs = docs("themes.md");
    let table = docs
        .split("## Blocks of the default theme")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("the table");
    let mut documented = BTreeSet::new();
    for row in table.lines().filter(|l| l.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let files = match cells[2] {
            "all" => vec!["base.html"],
            named => between(named, "`", "`").into_iter().step_by(2).collect(),
        };
        for block in between(cells[1], "`", "`").into_iter().step_by(2) {
            documented.insert(block.to_owned());
            for file in &files {
                let found = template(file).contains(&format!("{{% block {block} %}}"));
                assert!(found, "{file} has no block {block}");
            }
        }
    }
    for entry in fs::read_dir(TEMPLATES).expect("the templates") {
        let name = entry.expect("one").file_name();
        let name = name.to_string_lossy();
        for block in between(&template(&name), "{% block ", " %}") {
            assert!(
                documented.contains(block),
                "{block} of {name} is not documented"
            );
        }
    }
}

#[test]
fn each_component_is_shown_live_beside_the_line_that_makes_it() {
    let page = template("components-page.html");
    let stages = between(&page, "<div class=\"stage\">\n", "\n</div>\n<pre");
    let lines = between(&page, "<code>{{ '", "' }}</code>");
    assert!(lines.len() > 20, "{lines:?}");
    assert_eq!(stages, lines, "what is shown is what is called");

    let docs = docs("components.md");
    let components = template("components.html");
    for name in between(&components, "{% component ", "(") {
        let called = page.contains(&format!("<{name} "));
        let within = ["pager", "picture_keys", "outlets", "facet_list"].contains(&name);
        let frame = docs.contains(&format!("`{name}`"));
        assert!(called || within || frame, "{name} is nowhere to be seen");
    }
}

#[test]
fn any_site_can_have_the_page_of_components() {
    let page = (
        "content/parts.md",
        "---\ntitle: Parts\ntemplate: components-page.html\n---\n\nx\n",
    );
    let site = Site::new(&[page]);
    site.run(&["build"]).well();
    assert!(
        !site
            .read("public/parts/index.html")
            .contains("class=\"stage\"")
    );
    site.write(
        "content/a.md",
        "---\ntitle: A\ndate: 2026-01-27\ncountries: [MA, DK]\ntopics: [water]\n---\n\nx\n",
    );
    site.run(&["build"]).well();
    let html = site.read("public/parts/index.html");
    assert!(
        html.contains("class=\"map\"") && html.contains("class=\"stage\""),
        "{html}"
    );
}

#[test]
fn the_tree_shows_the_first_pages_of_a_full_section_and_leads_to_all() {
    let site = Site::new(&[
        ("site.yaml", "title: Many\n"),
        ("content/guide/_index.md", "---\ntitle: Guide\n---\n"),
    ]);
    for n in 1..=101 {
        site.write(
            &format!("content/guide/{n:03}.md"),
            format!("---\ntitle: Page {n:03}\n---\n\nText.\n"),
        );
    }
    let tree = |page: &str| {
        let page = site.read(page);
        let tree = between(&page, "<nav class=\"side tree\"", "</nav>");
        tree.first().expect("a tree").to_string()
    };
    site.run(&["build"]).well();
    let full = tree("public/guide/101/index.html");
    assert!(full.contains("Page 100<") && !full.contains("Page 101<"));
    assert!(
        full.contains("<a href=\"/guide/\">Show all 101</a>"),
        "{full}"
    );
    assert!(site.read("public/guide/index.html").contains("Page 101<"));
    let beside = |page: &str| {
        let page = site.read(page);
        let links = between(&page, "<nav class=\"neighbours\"", "</nav>").concat();
        let paths = between(&links, " href=\"", "\"");
        paths.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        beside("public/guide/100/index.html"),
        ["/guide/099/", "/guide/101/"]
    );
    assert_eq!(beside("public/guide/101/index.html"), ["/guide/100/"]);
    fs::remove_file(site.path("content/guide/001.md")).expect("gone");
    site.run(&["build"]).well();
    let tree = tree("public/guide/101/index.html");
    assert!(tree.contains("Page 101<") && !tree.contains("Show all"));
}
