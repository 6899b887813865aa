//! Sites of other generators, made to their documented formats, become sites of Dépêche: their addresses lead on, and the report is complete.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests copy sites and read what the commands wrote"
)]

#[path = "../support/mod.rs"]
mod support;

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use support::{Ran, Site, tree};

/// A folder with the site of a tool in it; nothing else.
fn site(tool: &str) -> Site {
    let site = Site::new(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrate").join(tool);
    for (path, bytes) in tree(&folder) {
        site.write(&format!("old/{path}"), bytes);
    }
    site
}

/// Migrates, builds and checks; gives the folder, the report, and what the check found.
fn migrated(tool: &str, status: i32) -> (Site, Value, Vec<String>) {
    let site = site(tool);
    let before = site.tree("old");
    let ran = site.run(&["migrate", tool, "old", "--to", "new", "--format", "json"]);
    assert_eq!(ran.status, status, "{}", ran.err);
    assert_eq!(site.tree("old"), before, "the other site is as it was");
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        report,
        serde_json::from_str::<Value>(&site.read("new/migration.json")).expect("JSON")
    );
    let built = site.run(&["--root", "new", "build"]);
    let checked = site.run(&["--root", "new", "check", "--format", "json"]);
    let found: Vec<String> = checked.out.lines().map(str::to_owned).collect();
    if std::env::var_os("SHOW").is_some() {
        eprintln!("{}\n{}\n{report:#}", built.err, checked.out);
        for (path, bytes) in site.tree("new").iter().filter(|(p, _)| !p.starts_with("public") && !p.ends_with(".json")) {
            eprintln!("=== {path}\n{}", String::from_utf8_lossy(bytes));
        }
    }
    (site, report, found)
}

/// Field → what became of it, over all files.
fn outcomes<'r>(report: &'r Value, field: &str) -> BTreeSet<String> {
    let notes = report["fields"].as_array().expect("fields").iter();
    notes
        .filter(|note| note["field"] == field)
        .map(|note| match &note["outcome"] {
            Value::String(kept) => kept.clone(),
            other => other.to_string(),
        })
        .collect()
}

#[test]
fn zola() {
    let (_site, _report, found) = migrated("zola", 1);
    panic!("{found:#?}");
}
#[test]
fn hugo() {
    let (_site, _report, found) = migrated("hugo", 0);
    panic!("{found:#?}");
}
#[test]
fn jekyll() {
    let (_site, _report, found) = migrated("jekyll", 0);
    panic!("{found:#?}");
}
#[test]
fn mkdocs() {
    let (_site, _report, found) = migrated("mkdocs", 0);
    panic!("{found:#?}");
}
