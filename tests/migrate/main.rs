//! Sites of other generators, made to their documented formats, become sites of Dépêche: their addresses lead on, and the report is complete.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod comments;
mod kept_back;
mod languages;
mod left_out;
mod made;
mod moments;
mod not_lost;
mod said;
mod settings;
mod theme;
mod values;

use std::collections::BTreeSet;

use made::{
    PAGE, again, copies, findings, leads, made, migrated, outcomes, page, public, says, site,
};
use support::Site;

#[test]
fn zola() {
    let (site, report, found) = migrated("zola", 1);
    // The one link that was broken before.
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("blog/nothing.md"), "{found:#?}");
    assert_eq!(
        findings(&report),
        [
            ": the lists of terms below /categories/ are now below /topics/",
            ": the lists of terms below /tags/ are now below /topics/",
            "content/blog/2026-01-27_Harbour-Talks.md:24: `{{ youtube(id=\"abc\") }}` is shown as text",
            "content/blog/2026-01-27_Harbour-Talks.md:26: `{% quote(author=\"Ann\") %}` is shown as text",
            "content/blog/report/index.md:10: raw HTML here is shown as text",
            "content/blog/report/index.md:10: the link `@/blog/nothing.md` leads to nothing that was carried over",
            "content/broken.md:2: this is not TOML: invalid basic string, expected `\"`",
            "templates/about.html: a template is not carried over",
        ]
    );
    // Addresses are as they were.
    let talks = site.read("new/public/blog/harbour-talks/index.html");
    assert!(
        talks.contains("/press/blog/report/") && talks.contains("{{ youtube("),
        "{talks}"
    );
    for path in [
        "about/index.html",
        "fr/about/index.html",
        "blog/report/map.svg",
        "plan.pdf",
    ] {
        assert!(site.has(&format!("new/public/{path}")), "{path}");
    }
    leads(&site, "who-we-are/index.html", "/about/");
    leads(&site, "old/about.html", "/about/");
    assert!(!site.has("new/public/blog/not-yet/index.html"), "a draft");
    let page = site.read("new/content/blog/2026-01-27_Harbour-Talks.md");
    for line in [
        "date: 2026-01-27\n",
        "updated: 2026-01-29T10:00:00Z\n",
        "  - \"NO\"\n",
        "  - sea-trade\n",
        "  - Ann Berg\n",
        "summary: Two ministers met.\n",
        "  projects: [\"North quay\"]\n",
    ] {
        assert!(page.contains(line), "{line}{page}");
    }
    assert!(
        site.read("new/topics.yaml")
            .contains("labels: { en: \"Sea Trade\" }")
    );
    assert!(
        site.read("new/site.yaml")
            .contains("  fr: {\"title\":\"Autorité portuaire\"}\n")
    );
    for (field, became) in [
        ("title", "kept"),
        ("description", r#"{"changed":"summary"}"#),
        ("authors", r#"{"changed":"people"}"#),
        ("mood", r#"{"changed":"extra.mood"}"#),
        ("taxonomies.tags", r#"{"changed":"topics"}"#),
        (
            "template",
            r#"{"dropped":"templates are not carried over"}"#,
        ),
        ("(settings) base_url", "kept"),
    ] {
        assert_eq!(
            outcomes(&report, field),
            BTreeSet::from([became.to_owned()]),
            "{field}"
        );
    }
}

#[test]
fn hugo() {
    let (site, report, found) = migrated("hugo", 0);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(
        findings(&report),
        [
            ": the lists of terms below /categories/ are now below /topics/",
            ": the lists of terms below /tags/ are now below /topics/",
            "content/en/news/dam.md:16: `{{< figure src=\"dam.svg\" alt=\"The dam\" >}}` is shown as text",
            "content/en/news/river/index.md:11: `{{< ref \"gone.md\" >}}` names no content file that was carried over",
            "data/dams.yaml: a data file is not carried over",
            "layouts/shortcodes/figure.html: a template is not carried over",
        ]
    );
    for path in [
        "2026/01/the-dam/index.html",
        "2026/02/the-river/index.html",
        "fr/about/index.html",
        "images/dam.svg",
    ] {
        assert!(site.has(&format!("new/public/{path}")), "{path}");
    }
    leads(&site, "wells/first/index.html", "/2026/02/first/");
    leads(&site, "us/index.html", "/about/");
    let about = site.read("new/public/fr/about/index.html");
    assert!(about.contains("href=\"/2026/01/the-dam/\""), "{about}");
    let well = site.read("new/content/news/2026-02-03-well.md");
    assert!(
        well.contains("[the dam](@/news/dam.md)") && well.contains("{{< not_a_tag >}}"),
        "{well}"
    );
    let config = site.read("new/site.yaml");
    assert!(
        config.contains("paginate_by: 12\n") && config.contains("\"url\":\"@/about.md\""),
        "{config}"
    );
    for (field, became) in [
        ("lastmod", r#"{"changed":"updated"}"#),
        ("publishDate", r#"{"changed":"embargo_until"}"#),
        ("expiryDate", r#"{"changed":"expires"}"#),
        (
            "cascade",
            r#"{"dropped":"a value holds for one page; write it into each"}"#,
        ),
    ] {
        assert_eq!(
            outcomes(&report, field),
            BTreeSet::from([became.to_owned()]),
            "{field}"
        );
    }
}

#[test]
fn jekyll() {
    let (site, report, found) = migrated("jekyll", 0);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(
        findings(&report),
        [
            ": the lists of terms below /categories/ are now below /topics/",
            ": the lists of terms below /tags/ are now below /topics/",
            "_data/x.yml: a data file is not carried over",
            "_includes/map.html: a template is not carried over",
            "_posts/2026-01-27-first-day.md:14: `{{ x }}` in code is shown as it is written",
            "about.md:7: `{% include map.html %}` is shown as text",
        ]
    );
    leads(
        &site,
        "relief/2026/01/27/first-day.html",
        "/2026/01/27/first-day/",
    );
    leads(&site, "2026/02/03/second.html", "/2026/02/03/second/");
    leads(&site, "about.html", "/about/");
    let home = site.read("new/content/_index.md");
    assert!(
        home.contains("[about us](@/about.md) or [the first day](@/posts/2026-01-27-first-day.md)"),
        "{home}"
    );
    assert!(
        site.read("new/content/about.md")
            .contains("[Ann](@/staff/ann.md)")
    );
    assert!(
        site.read("new/content/posts/2026-01-27-first-day.md")
            .contains("\n```sh\nls {{ x }}\n```\n")
    );
    assert!(
        site.read("new/content/drafts/later.md")
            .contains("draft: true\n")
    );
}

#[test]
fn mkdocs() {
    let (site, report, found) = migrated("mkdocs", 0);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(
        findings(&report),
        [
            "docs/guide/second.md:5: `{{ macro }}` is shown as text",
            "mkdocs.yml:16: the link `https://example.org/` of the navigation is not carried over",
        ]
    );
    let start = site.read("new/content/guide/start.md");
    assert!(
        start.contains("> **Mind**\n>\n> Read this first.\n"),
        "{start}"
    );
    assert!(
        start.contains("(@/guide/second.md#more)") && start.contains("title: The start\n"),
        "{start}"
    );
    assert!(
        site.read("new/content/guide/_index.md")
            .contains("title: Guide\n")
    );
    for path in [
        "guide/start/index.html",
        "guide/second/index.html",
        "img/map.svg",
    ] {
        assert!(site.has(&format!("new/public/{path}")), "{path}");
    }
}

#[test]
fn a_migration_can_be_tried_first_and_never_overwrites() {
    let site = site("mkdocs");
    let dry = site.run(&["migrate", "mkdocs", "old", "--dry-run"]).well();
    assert!(
        dry.out.contains("tags") && dry.out.contains("→ topics"),
        "{}",
        dry.out
    );
    assert!(dry.err.contains("docs/guide/second.md:5"), "{}", dry.err);
    assert!(!site.has("old-depeche"));
    for (to, why) in [
        ("old", "in each other"),
        ("old/new", "in each other"),
        (".", "in each other"),
    ] {
        let ran = site.run(&["migrate", "mkdocs", "old", "--to", to]);
        assert_eq!(ran.status, 2, "{to}");
        assert!(ran.err.contains(why), "{to}: {}", ran.err);
    }
    site.write("full/a.txt", "mine");
    let ran = site.run(&["migrate", "mkdocs", "old", "--to", "full"]);
    assert!(
        ran.status == 2 && ran.err.contains("not empty"),
        "{}",
        ran.err
    );
    let ran = site.run(&["migrate", "hugo", "old"]);
    assert!(
        ran.status == 2 && ran.err.contains("no site of Hugo"),
        "{}",
        ran.err
    );
    site.run(&["migrate", "mkdocs", "old"]).well();
    assert!(site.has("old-depeche/site.yaml"));
    // Twice the same.
    site.run(&["migrate", "mkdocs", "old", "--to", "again"])
        .well();
    assert_eq!(site.tree("old-depeche"), site.tree("again"));
}

#[test]
fn front_matter_in_toml_is_built_and_left_alone_by_commands() {
    let site = Site::new(&[
        ("site.yaml", "title: A\n"),
        (
            "content/a.md",
            "+++\ntitle = \"Talks\"\ndate = 2026-01-27\n[taxonomies]\ntopics = [\"fisheries\"]\n+++\n\nText.\n",
        ),
    ]);
    site.run(&["build"]).well();
    assert!(
        site.has("public/2026/01/27/a/index.html")
            && site.has("public/topics/fisheries/index.html")
    );
    let before = site.read("content/a.md");
    let ran = site.run(&[
        "retag",
        "topic",
        "--rename",
        "fisheries",
        "trade",
        "--yes",
        "--force",
    ]);
    assert!(ran.status != 0 && ran.err.contains("TOML"), "{}", ran.err);
    assert_eq!(site.read("content/a.md"), before);
}
