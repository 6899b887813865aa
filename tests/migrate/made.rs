//! What the tests of migrations share: sites of other generators, and what became of them.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use super::support::{self, Site, tree};

/// A content file with front matter and no more.
pub(super) const PAGE: &str = "---\ntitle: T\n---\n\nx\n";

/// The same with more front matter.
pub(super) fn page(front: &str) -> String {
    format!("---\ntitle: T\n{front}\n---\n\nx\n")
}

/// Asserts that a report has a finding.
#[track_caller]
pub(super) fn says(report: &Value, line: &str) {
    let said = findings(report);
    assert!(said.iter().any(|said| said == line), "{line}: {said:#?}");
}

/// The files of the new site that are no content files of ours.
pub(super) fn copies(site: &Site) -> Vec<String> {
    let files = site.tree("new/content").into_keys();
    files
        .filter(|file| file.rsplit('.').next() != Some("md"))
        .collect()
}

/// A folder with the site of a tool in it; nothing else.
pub(super) fn site(tool: &str) -> Site {
    let site = Site::new(&[]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/migrate")
        .join(tool);
    for (path, bytes) in tree(&folder) {
        site.write(&format!("old/{path}"), bytes);
    }
    site
}

/// Migrates, builds and checks; gives the folder, the report, and what the check found.
pub(super) fn migrated(tool: &str, status: i32) -> (Site, Value, Vec<String>) {
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
    site.run(&["--root", "new", "build"]);
    let checked = site.run(&["--root", "new", "check", "--format", "json"]);
    // That the other site lacked a translation is not the migration's.
    let found = checked
        .out
        .lines()
        .filter(|line| !line.contains("\"translation-missing\""))
        .map(str::to_owned)
        .collect();
    (site, report, found)
}

/// Field → what became of it, over all files.
pub(super) fn outcomes(report: &Value, field: &str) -> BTreeSet<String> {
    let notes = report["fields"].as_array().expect("fields").iter();
    notes
        .filter(|note| note["field"] == field)
        .map(|note| match &note["outcome"] {
            Value::String(kept) => kept.clone(),
            other => other.to_string(),
        })
        .collect()
}

/// What could not be carried over: `file:line: message`.
pub(super) fn findings(report: &Value) -> Vec<String> {
    let all = report["findings"].as_array().expect("findings").iter();
    all.map(|found| {
        let line = found["line"]
            .as_u64()
            .map_or(String::new(), |line| format!("{line}:"));
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{line} {}", text("file"), text("message"))
    })
    .collect()
}

/// Where a redirect page leads.
#[track_caller]
pub(super) fn leads(site: &Site, from: &str, to: &str) {
    let page = site.read(&format!("new/public/{from}"));
    assert!(page.contains(to), "{from}: {page}");
}

/// Migrates a site of these files; gives its folder and the report.
pub(super) fn made(tool: &str, files: &[(&str, &str)]) -> (Site, Value) {
    let site = Site::new(&[]);
    for (path, text) in files {
        site.write(&format!("old/{path}"), text);
    }
    let report = again(&site, tool);
    (site, report)
}

pub(super) fn again(site: &Site, tool: &str) -> Value {
    let _ = std::fs::remove_dir_all(site.path("new"));
    let mut command = site.command(&["migrate", tool, "old", "--to", "new", "--format", "json"]);
    let ran = support::ran(
        command
            .env("SOURCE_DATE_EPOCH", "1767225600") // 2026-01-01
            .output()
            .expect("it runs"),
    );
    let ran = ran.well();
    serde_json::from_str(&ran.out).expect("JSON")
}

/// Which of the content files are public.
pub(super) fn public(site: &Site) -> Vec<String> {
    let mut command = site.command(&["--root", "new", "build", "--no-cache"]);
    let built = command.env("SOURCE_DATE_EPOCH", "1767225600").output();
    support::ran(built.expect("it runs")).well();
    let files = site.tree("new/content").into_keys();
    let shown = |file: &String| {
        let stem = file
            .rsplit('/')
            .next()
            .unwrap_or(file)
            .trim_end_matches(".md");
        site.tree("new/public")
            .keys()
            .any(|page| page.ends_with(&format!("{stem}/index.html")))
    };
    files
        .filter(|file| !file.contains("index.md") && shown(file))
        .collect()
}
