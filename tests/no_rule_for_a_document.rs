//! No rule knows a labelled document: neither the names that it invents nor a run of its words stand in the rules and word lists.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that can't read its data fails"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use depeche::distill::decode::decode;
use serde_json::Value;
use walkdir::WalkDir;

/// Words that follow each other in a document and in a rule by chance at most where they are a body's official name.
const RUN: usize = 7;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Every run of [`RUN`] words.
fn runs(text: &str) -> impl Iterator<Item = String> {
    words(text)
        .windows(RUN)
        .map(|run| run.join(" "))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The folders of `tests/` that hold labelled documents.
fn labelled() -> Vec<PathBuf> {
    files("tests".as_ref())
        .iter()
        .filter(|path| path.ends_with("gold.jsonl"))
        .filter_map(|path| path.parent().map(Path::to_owned))
        .collect()
}

/// A source file without its comments and its unit tests.
fn rule(source: &str) -> String {
    source
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn no_rule_names_a_labelled_document() {
    let mut names = BTreeSet::new();
    let mut sentences = BTreeSet::new();
    let mut documents = 0;
    for folder in labelled() {
        for path in files(&folder) {
            let bytes = fs::read(&path).expect("a file");
            if path.extension().is_some_and(|e| e == "jsonl") {
                for line in String::from_utf8(bytes).expect("UTF-8").lines() {
                    let label: Value = serde_json::from_str(line).expect("a label");
                    let people = label["people"].as_array().into_iter().flatten();
                    names.extend(
                        people
                            .filter_map(|p| p["name"].as_str())
                            .map(|name| words(name).join(" "))
                            .filter(|name| name.contains(' ') || name.chars().count() > 3),
                    );
                    names.extend(label["file"].as_str().map(|file| words(file).join(" ")));
                }
            } else if path.extension().is_some_and(|e| e == "txt")
                && let Ok((text, _)) = decode(&bytes)
            {
                documents += 1;
                sentences.extend(runs(&text));
            }
        }
    }
    assert!(documents >= 90, "the labelled documents are there");
    assert!(names.len() > 200, "their names are there");

    let mut told = Vec::new();
    let mut rules = 0;
    for path in files("src/distill".as_ref()) {
        let Ok(text) = String::from_utf8(fs::read(&path).expect("a rule")) else {
            continue;
        };
        if path.ends_with("tests.rs") {
            continue;
        }
        rules += 1;
        let name = path.display();
        let text = if path.extension().is_some_and(|e| e == "rs") {
            rule(&text)
        } else {
            text
        };
        let all = format!(" {} ", words(&text).join(" "));
        told.extend(
            names
                .iter()
                .filter(|known| all.contains(&format!(" {known} ")))
                .map(|known| format!("{name} names “{known}”")),
        );
        // The names of bodies that everyone knows are official: a document that has one of seven words says nothing of the rule.
        let ours: String = text
            .lines()
            .filter(|line| !line.starts_with("known:"))
            .flat_map(|line| [line, "\n"])
            .collect();
        told.extend(
            runs(&ours)
                .filter(|run| sentences.contains(run))
                .map(|run| format!("{name} repeats “{run}”")),
        );
    }
    assert!(rules > 100, "the rules are there");
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}
