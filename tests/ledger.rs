//! A build in a fresh process: what is unchanged is not written again, and nothing that a person or another program did to sources or output goes unseen.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests do to files what others may do"
)]

mod support;

use std::{collections::BTreeMap, fs, path::Path, thread::sleep, time::Duration, time::SystemTime};

use support::Site;

const FILES: [(&str, &str); 3] = [
    (
        "site.yaml",
        "title: T\nbase_url: https://example.org/\nlanguages: [en, fr]\n",
    ),
    (
        "content/a.md",
        "---\ntitle: A\ndate: 2026-01-27\ncountries: [MA]\n---\n\nText [b](@/b.md) [no](@/none.md)\n",
    ),
    ("content/b.md", "---\ntitle: B\n---\n\nText.\n"),
];

/// Each file of the output with the moment it was written.
fn moments(folder: &Path) -> BTreeMap<String, SystemTime> {
    let mut all = BTreeMap::new();
    let mut next = vec![folder.to_owned()];
    while let Some(here) = next.pop() {
        for entry in fs::read_dir(here).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                next.push(path);
            } else {
                let file = path.metadata().expect("a file");
                all.insert(path.display().to_string(), file.modified().expect("a time"));
            }
        }
    }
    all
}

/// What a build without memory writes.
fn clean(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.run(&["build", "--no-cache", "--output", "clean"]);
    site.tree("clean")
}

#[test]
fn an_unchanged_site_is_not_touched_and_says_the_same() {
    let site = Site::new(&FILES);
    let first = site.run(&["build"]);
    // File systems keep times coarsely: what has just changed is looked at as a whole.
    sleep(Duration::from_millis(2100));
    let before = moments(&site.path("public"));
    for _ in 0..3 {
        let again = site.run(&["build"]);
        assert_eq!(again.status, first.status);
        assert_eq!(again.err.lines().next(), first.err.lines().next());
        assert_eq!(moments(&site.path("public")), before);
    }
}

#[test]
fn no_change_goes_unseen() {
    let site = Site::new(&FILES);
    site.write(
        "content/a.md",
        "---\ntitle: A\ndate: 2026-01-27\n---\n\nText.\n",
    );
    site.run(&["build"]).well();
    sleep(Duration::from_millis(2100));
    site.run(&["build"]).well();
    let edits: [(&str, &str); 7] = [
        ("content/b.md", "---\ntitle: B\n---\n\nNext.\n"),
        (
            "content/a.md",
            "---\ntitle: C\ndate: 2026-01-27\n---\n\nText.\n",
        ),
        (
            "content/new.md",
            "---\ntitle: New\ndate: 2026-01-28\ncountries: [FR]\n---\n",
        ),
        ("content/data.csv", "1"),
        (
            "site.yaml",
            "title: Other\nbase_url: https://example.org/\nlanguages: [en, ar]\n",
        ),
        ("themes/default/templates/404.html", "{{ now() }}"),
        (
            "topics.yaml",
            "topics:\n  - slug: trade\n    labels: {en: Commerce}\n",
        ),
    ];
    for (file, text) in edits {
        site.write(file, text);
        site.run(&["build"]).well();
        assert!(site.tree("public") == clean(&site), "after {file}");
    }
    // What somebody did to the output is mended, too.
    let page = site.path("public/b/index.html");
    let whole = fs::read(&page).expect("a page");
    fs::write(&page, vec![b'x'; whole.len()]).expect("written");
    fs::remove_file(site.path("public/robots.txt")).expect("removed");
    sleep(Duration::from_millis(2100));
    site.run(&["build"]).well();
    assert!(site.tree("public") == clean(&site));
    fs::remove_file(site.path("content/new.md")).expect("removed");
    site.run(&["build"]).well();
    assert!(site.tree("public") == clean(&site));
}

#[test]
fn a_torn_memory_is_none_and_no_file_of_a_person_is_overwritten() {
    let site = Site::new(&FILES);
    site.write("memory/.gitignore", "mine\n");
    site.run(&["build", "--cache", "memory"]);
    assert_eq!(site.read("memory/.gitignore"), "mine\n");
    let ledger = fs::read_dir(site.path("memory"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|e| e == "ledger"))
        .expect("a ledger");
    let text = fs::read_to_string(&ledger).expect("text");
    for torn in [
        &text[..text.len() / 2],
        "",
        "depeche ledger 1\n[]",
        &text.replace("index", "endex"),
    ] {
        fs::write(&ledger, torn).expect("written");
        site.run(&["build", "--cache", "memory"]);
        assert!(site.tree("public") == clean(&site));
    }
}
