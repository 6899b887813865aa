//! Lines 34, 35, 37 and 38: what editors and systems do to files, and the surroundings of a process.

mod lost;
mod saves;
mod storm;
mod surroundings;

use std::{fs, path::Path};

const SETTINGS: (&str, &str) = ("site.yaml", "title: T\nbase_url: https://example.org/\n");

const SEED: &str = "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n";

fn text(word: &str) -> String {
    format!("---\ntitle: A\ndate: 2026-01-27\n---\n\n{word}\n")
}

fn write(path: &Path, word: &str) {
    let _ = fs::create_dir(path.parent().expect("a folder"));
    fs::write(path, text(word)).expect("written");
}
