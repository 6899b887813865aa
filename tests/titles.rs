//! Whole documents of derivation/titles/, one file a language: the title, and how the summary begins.
//!
//! A document begins with `%%% title: …`, the headline as it is printed, or `%%% composed: … | …`, where it has none, with every title
//! that is fit to print. `%%% lead: … | …` is how its summary may begin. The file's name is the language.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test reads its documents")]

use std::{fmt::Write, fs, path::Path};

use depeche::distill::{Document, Options, distill};

struct Case {
    titles: Vec<String>,
    composed: bool,
    leads: Vec<String>,
    text: String,
}

fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let list = |s: &str| s.split(" | ").map(str::to_owned).collect::<Vec<_>>();
    for line in file.lines() {
        let Some(head) = line.strip_prefix("%%% ") else {
            if let Some(case) = cases.last_mut() {
                case.text.push_str(line);
                case.text.push('\n');
            }
            continue;
        };
        let (key, value) = head.split_once(": ").expect("key: value");
        match (key, cases.last_mut()) {
            ("lead", Some(case)) => case.leads = list(value),
            ("title" | "composed", _) => cases.push(Case {
                titles: if key == "title" {
                    vec![value.to_owned()]
                } else {
                    list(value)
                },
                composed: key == "composed",
                leads: Vec::new(),
                text: String::new(),
            }),
            _ => panic!("{line}"),
        }
    }
    cases
}

/// What is wrong with what was found.
fn faults(case: &Case, lang: &str, found: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    if !case.titles.contains(&found.title) {
        faults.push(format!(
            "title {:?}\n     found {:?}",
            case.titles, found.title
        ));
    }
    if !case
        .leads
        .iter()
        .any(|lead| found.summary.starts_with(lead))
    {
        faults.push(format!(
            "lead {:?}\n     found {:?}",
            case.leads, found.summary
        ));
    }
    if found.lang.to_string() != lang {
        faults.push(format!("language {}", found.lang));
    }
    faults
}

#[test]
fn titles_and_summaries_are_fit_to_print() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/derivation/titles");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let (mut report, mut wrong, mut all, mut composed) = (String::new(), 0, 0, 0);
    for file in files {
        let lang = file
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default();
        let (mut right, mut of) = (0, 0);
        for case in cases(&fs::read_to_string(&file).expect("text")) {
            let found = distill(case.text.as_bytes(), Options::default()).expect("text");
            let faults = faults(&case, lang, &found);
            of += 1;
            composed += usize::from(case.composed);
            right += usize::from(faults.is_empty());
            for fault in faults {
                let _ = writeln!(report, "{lang} {of}: {fault}");
            }
        }
        let _ = writeln!(report, "{lang}: {right} of {of}");
        all += of;
        wrong += of - right;
    }
    println!("{report}{} of {all} right", all - wrong);
    assert!(all >= 350 && composed >= 80, "the documents are there");
    assert_eq!(wrong, 0, "\n{report}");
}

#[test]
fn short_texts_have_their_language() {
    let rows = include_str!("derivation/languages.tsv").lines();
    let wrong: Vec<String> = rows
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| {
            let (lang, text) = row.split_once('\t').expect("language and text");
            let found = distill(text.as_bytes(), Options::default()).expect("text");
            (found.lang.to_string() != lang).then(|| format!("{lang}, not {}: {text}", found.lang))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
