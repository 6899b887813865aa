//! `watch` beside a person who edits: what is moved away stays away, a bad seed is told of, Ctrl-C is a good end.
#![cfg(test)]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the test edits files")]

mod support;

use std::{fs, path::Path};

use support::watching::{Watching, until};

fn briefings(root: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(root.join("content/briefings")).map_or_else(
        |_| Vec::new(),
        |files| files.map(|f| f.unwrap().path()).collect(),
    )
}

#[test]
fn edits_that_take_a_file_away_are_left_alone_and_bad_seeds_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir(root.join("seeds")).unwrap();
    fs::write(
        root.join("seeds/2026-01-28_a.txt"),
        "Norway and Portugal sign a fisheries agreement\n\nOSLO, 27 January 2026 – Norway and Portugal signed an agreement on fisheries on Tuesday, the ministry said.\n",
    )
    .unwrap();
    let mut watching = Watching::of(root);
    let sitemap = || fs::read_to_string(root.join("public/sitemap-1.xml")).unwrap_or_default();
    until("the first build", || sitemap().contains("/2026/01/27/"));
    let page = briefings(root).pop().expect("a briefing");

    let away = root.join("away.md");
    fs::rename(&page, &away).unwrap();
    until("the page is gone", || !sitemap().contains("/2026/01/27/"));
    assert_eq!(briefings(root).len(), 0, "an import made the file anew");
    fs::rename(&away, &page).unwrap();
    until("the page is back", || sitemap().contains("/2026/01/27/"));
    assert_eq!(briefings(root), [page]);

    fs::write(
        root.join("seeds/bad.txt"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    )
    .unwrap();
    until("the bad seed is told", || {
        watching.said().contains("seeds/bad.txt")
    });

    assert_eq!(watching.interrupted(), Some(0));
}

#[test]
fn a_briefing_whose_embargo_ends_is_published_with_no_edit() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir_all(root.join("content/briefings")).unwrap();
    let now = jiff::Timestamp::now().as_second();
    let until_then = jiff::Timestamp::from_second(now + 4).unwrap();
    fs::write(
        root.join("content/briefings/quay.md"),
        format!(
            "---\ntitle: A new quay\ndate: 2026-01-27\nembargo_until: {until_then}\n---\n\nText.\n"
        ),
    )
    .unwrap();
    let watching = Watching::of(root);
    until("the embargo is told", || {
        watching.said().contains("held by embargo")
    });
    let page = root.join("public/2026/01/27/quay/index.html");
    assert!(!page.exists() || jiff::Timestamp::now() >= until_then);
    until("the embargo has ended", || page.exists());
    assert!(jiff::Timestamp::now() >= until_then);
}
