//! Adding a language is adding data: no source of the derivation names one, but for English, the language of last resort.

#![expect(
    clippy::disallowed_methods,
    reason = "a test that can't read its data fails"
)]

use std::{collections::BTreeSet, fs, path::Path};

use walkdir::WalkDir;

/// The languages that are told apart, by the codes of their rows.
fn codes() -> BTreeSet<&'static str> {
    include_str!("../src/distill/lexicon/stop-words.tsv")
        .lines()
        .chain(include_str!("../src/distill/lexicon/date-words.tsv").lines())
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split('\t').next())
        .chain(["zh", "ja", "ko", "th", "el"])
        // English; no language; codes that are words, too.
        .filter(|code| !["en", "und", "is", "vi"].contains(code))
        .collect()
}

#[test]
fn no_rule_names_a_language() {
    let codes = codes();
    assert!(codes.len() > 35, "the languages are there");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/distill");
    let mut named = Vec::new();
    let mut sources = 0;
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("an entry");
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "rs") || path.ends_with("tests.rs") {
            continue;
        }
        sources += 1;
        let source = fs::read_to_string(path).expect("a source");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in (1..).zip(code.lines()) {
            let line = line.split("//").next().unwrap_or_default();
            // What stands between two quotes.
            let literals = line.split('"').skip(1).step_by(2);
            named.extend(
                literals
                    .filter(|literal| codes.contains(literal))
                    .map(|literal| format!("{}:{at}: {literal}", path.display())),
            );
        }
    }
    assert!(sources > 50, "the sources are there");
    assert!(named.is_empty(), "\n{}", named.join("\n"));
}
