//! Days and instants as the other tools read them: what lies ahead stays unpublished until then, and what can't be read is a draft.

use std::collections::BTreeSet;

use super::{PAGE, again, made, outcomes, page, public, says};

/// Asserts that a text has these lines.
#[track_caller]
fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line}{text}");
    }
}

#[test]
fn a_name_of_jekyll_begins_with_a_day_however_it_is_written() {
    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ncollections: {talks: {output: true}}\n",
            ),
            ("_posts/2027-1-5-unpadded.md", PAGE),
            ("_posts/27-01-07-short.md", PAGE),
            ("_posts/2025-1-6-old.md", PAGE),
            ("_posts/97-1-6-older.md", PAGE),
            ("_posts/2027-02-30-never.md", PAGE),
            ("_posts/2027-1-5-moved.md", &page("date: 2025-01-06")),
            ("_talks/2027-1-5-talk.md", PAGE),
            ("2027-1-5-page.md", PAGE),
        ],
    );
    let ahead = "embargo_until: 2027-01-05T00:00:00Z\n";
    for (path, lines) in [
        ("posts/2027-1-5-unpadded", ["date: 2027-01-05\n", ahead]),
        (
            "posts/27-01-07-short",
            [
                "date: 2027-01-07\n",
                "embargo_until: 2027-01-07T00:00:00Z\n",
            ],
        ),
        ("posts/2025-1-6-old", ["date: 2025-01-06\n", "slug: old\n"]),
        (
            "posts/97-1-6-older",
            ["date: 1997-01-06\n", "slug: older\n"],
        ),
        ("posts/2027-02-30-never", ["draft: true\n", "title: T\n"]),
        (
            "posts/2027-1-5-moved",
            ["date: 2025-01-06\n", "slug: moved\n"],
        ),
        ("talks/2027-1-5-talk", ["date: 2027-01-05\n", ahead]),
    ] {
        has(&site.read(&format!("new/content/{path}.md")), &lines);
    }
    assert!(!site.read("new/content/2027-1-5-page.md").contains("date"));
    assert_eq!(
        outcomes(&report, "(the day of the name)"),
        BTreeSet::from([r#"{"changed":"date"}"#.to_owned()])
    );
    public(&site);
    let built: Vec<String> = site.tree("new/public").into_keys().collect();
    for (name, there) in [
        ("unpadded", false),
        ("short", false),
        ("never", false),
        ("talk", false),
        ("old", true),
        ("older", true),
        ("moved", true),
    ] {
        let page = format!("/{name}/index.html");
        let shown = built.iter().any(|path| path.ends_with(&page));
        assert_eq!(shown, there, "{name}: {built:#?}");
    }
}

#[test]
fn a_date_that_cannot_be_read_makes_a_draft() {
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("_posts/2025-01-01-a.md", &page("date: 2027-1-5")),
            (
                "_posts/2025-01-01-b.md",
                &page("date: 2027-01-05 10:00:00 EST"),
            ),
            ("_posts/2025-01-01-c.md", &page("date: next year")),
            ("_posts/2025-01-01-d.md", &page("date: [2025-01-01]")),
            ("_posts/2025-01-01-e.md", PAGE),
        ],
    );
    public(&site);
    let built: Vec<String> = site.tree("new/public").into_keys().collect();
    let shown = |name: &str| {
        let page = format!("/{name}/index.html");
        built.iter().any(|path| path.ends_with(&page))
    };
    let all = ["a", "b", "c", "d", "e"];
    assert_eq!(all.map(shown), [false, false, false, false, true]);
    let read = |name: &str| site.read(&format!("new/content/posts/2025-01-01-{name}.md"));
    has(
        &read("a"),
        &[
            "date: 2027-01-05\n",
            "embargo_until: 2027-01-05T00:00:00Z\n",
        ],
    );
    has(&read("b"), &["embargo_until: 2027-01-05T10:00:00-05:00\n"]);
    has(&read("c"), &["draft: true\n"]);
    says(
        &report,
        "_posts/2025-01-01-c.md:3: `date: next year` is no day and no instant; the page is a draft",
    );

    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/a.md", &page("date: Jan 5, 2027")),
            ("content/b.md", &page("date: 2027-01-05 10:00:00 -0500 EST")),
            ("content/c.md", &page("date: 01/02/2027")),
            ("content/d.md", &page("date: Jan 5, 2025")),
        ],
    );
    assert_eq!(public(&site), ["d.md"]);
    has(
        &site.read("new/content/b.md"),
        &["embargo_until: 2027-01-05T10:00:00-05:00\n"],
    );
    says(
        &report,
        "content/c.md:3: `date: 01/02/2027` is no day and no instant; the page is a draft",
    );
    site.write("old/hugo.toml", "title = 'A'\nbuildFuture = true\n");
    let report = again(&site, "hugo");
    says(
        &report,
        "content/c.md:3: `date: 01/02/2027` is no day and no instant",
    );
    assert!(!site.read("new/content/c.md").contains("draft"));
}

#[test]
fn published_of_hugo_is_a_switch_or_a_day() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/a.md", &page("published: true")),
            ("content/b.md", &page("published: false")),
            ("content/c.md", &page("published: 2027-01-05")),
            ("content/d.md", &page("published: soon")),
            ("content/e.md", &page("draft: true\npublished: true")),
            ("content/f/_index.md", &page("cascade: {published: true}")),
            ("content/f/g.md", PAGE),
            ("content/h/_index.md", &page("cascade: {published: false}")),
            ("content/h/i.md", PAGE),
        ],
    );
    assert_eq!(public(&site), ["a.md", "f/g.md"]);
    has(&site.read("new/content/b.md"), &["draft: true\n"]);
    has(
        &site.read("new/content/c.md"),
        &["embargo_until: 2027-01-05\n"],
    );
    says(
        &report,
        "content/d.md:3: `published: soon` is no day and no instant; the page is a draft",
    );
}
