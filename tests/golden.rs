//! Each folder of tests/golden that holds a site.yaml: the site goes in; public/, what an import wrote into content/, and what was said, come out
//! exactly as `expected/` has them. A file too many is as wrong as one too few.
//!
//! The sites have the small theme of tests/golden/theme, so that the default theme may change. `arguments` in a case's folder holds more of the
//! command line. After a change that is meant: `DEPECHE_BLESS=1 cargo test --test golden`, then read the diff.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test makes and reads files")]

mod support;

use std::{fmt::Write, fs, path::Path};

use rayon::prelude::*;
use support::{Site, Tree, tree};

#[test]
fn sites_are_built_as_expected() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let theme = tree(&golden.join("theme"));
    let mut cases: Vec<_> = golden
        .read_dir()
        .expect("tests/golden")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("site.yaml").exists())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "{cases:?}");
    let wrong: Vec<String> = cases
        .par_iter()
        .map(|case| differences(case, &theme))
        .filter(|said| !said.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not as expected; nothing where all is, or where the present state was blessed.
fn differences(case: &Path, theme: &Tree) -> String {
    let got = build(case, theme);
    let expected = case.join("expected");
    if std::env::var_os("DEPECHE_BLESS").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (path, bytes) in &got {
            let path = expected.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        return String::new();
    }
    let want = tree(&expected);
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    let mut said = String::new();
    for path in want
        .keys()
        .chain(got.keys().filter(|p| !want.contains_key(*p)))
    {
        let _ = match (want.get(path), got.get(path)) {
            (Some(want), Some(got)) if want == got => Ok(()),
            (Some(want), Some(got)) => writeln!(said, "{name}: {path}{}", first_line(want, got)),
            (Some(_), None) => writeln!(said, "{name}: {path} is missing"),
            (None, _) => writeln!(said, "{name}: {path} should not be there"),
        };
    }
    said
}

fn first_line(want: &[u8], got: &[u8]) -> String {
    let (want, got) = (String::from_utf8_lossy(want), String::from_utf8_lossy(got));
    let (mut want, mut got) = (want.lines(), got.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (want, got) = (want.next(), got.next());
        if want != got || want.is_none() {
            let shown = |l: Option<&str>| l.unwrap_or("(the end)").to_owned();
            return format!(
                ":{line}\n  expected {}\n  got      {}",
                shown(want),
                shown(got)
            );
        }
    }
}

/// Builds a copy of the case. public/…, the files of content/ that an import made or changed, and `said`.
fn build(case: &Path, theme: &Tree) -> Tree {
    let site = Site::new(&[]);
    for folder in ["seeds", "content", "themes"] {
        for (path, bytes) in tree(&case.join(folder)) {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    for (path, bytes) in theme {
        site.write(&format!("themes/golden/{path}"), bytes);
    }
    site.write(
        "site.yaml",
        fs::read(case.join("site.yaml")).expect("site.yaml"),
    );
    let before = site.tree("content");
    let more = fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let arguments: Vec<&str> = ["--quiet", "build", "--as-of", "2026-02-03"]
        .into_iter()
        .chain(more.split_whitespace())
        .collect();
    let ran = site.run(&arguments);

    let mut got = Tree::new();
    for (path, bytes) in site.tree("public") {
        // The default theme's files lie beside our own.
        let ours = !path.starts_with("assets/") || path.starts_with("assets/golden.");
        if ours && path != ".depeche-manifest" {
            got.insert(format!("public/{path}"), bytes);
        }
    }
    for (path, bytes) in site.tree("content") {
        if before.get(&path) != Some(&bytes) {
            got.insert(format!("content/{path}"), without_rules(&bytes));
        }
    }
    for path in before.keys() {
        assert!(site.has(&format!("content/{path}")), "{path} was deleted");
    }
    let said = format!("exit status {}\n{}", ran.status, ran.err);
    got.insert("said".to_owned(), said.into_bytes());
    got
}

/// Without the digest of the derivation's rules, and the digest that covers it: every better rule changes them.
fn without_rules(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    text.split_inclusive('\n')
        .map(|line| match line.split_once(": ") {
            Some((key @ ("  derivation" | "  seed"), _)) => format!("{key}: (of the rules)\n"),
            _ => line.to_owned(),
        })
        .collect::<String>()
        .into_bytes()
}
