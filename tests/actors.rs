//! Tables of newsroom sentences → people and organisations. Each line is a trap of its language; none is of a labelled document.

use depeche::distill::{Gazetteers, actors, layout, text::Text};

fn list(cell: Option<&&str>) -> Vec<String> {
    cell.iter()
        .flat_map(|cell| cell.split('|'))
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A language is data: none is named in the rules.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads the rules")]
fn no_rule_names_a_language() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/distill");
    let languages: Vec<String> = std::fs::read_dir(root.join("lexicon/actors"))
        .expect("the lexicons")
        .filter_map(|file| Some(file.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|stem| stem.len() == 2)
        .collect();
    assert!(languages.len() > 30, "{languages:?}");
    let mut named = Vec::new();
    for file in walkdir::WalkDir::new(root.join("actors")) {
        let file = file.expect("an entry");
        if !file.file_type().is_file() {
            continue;
        }
        let source = std::fs::read_to_string(file.path()).expect("a rule");
        named.extend(
            languages
                .iter()
                .filter(|lang| source.contains(&format!("\"{lang}\"")))
                .map(|lang| format!("{} names {lang}", file.path().display())),
        );
    }
    assert!(named.is_empty(), "{named:?}");
}

/// Columns: language, text, all people, all organisations. A `~` before the organisations: these and perhaps others.
#[test]
fn people_and_organisations_of_sentences() {
    let mut failures = Vec::new();
    let mut rows = 0;
    for line in include_str!("derivation/actors.tsv").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        rows += 1;
        let row: Vec<&str> = line.split('\t').collect();
        let text = Text::new(row[1].replace("\\n", "\n"));
        let lang = row[0].parse().expect("a language");
        let found = actors::actors(
            &text,
            &layout::Layout::default(),
            &lang,
            &Gazetteers::default(),
        );
        let people: Vec<String> = found.people.value.into_iter().map(|p| p.name).collect();
        let organisations = found.organisations.value;
        let wanted = row.get(3).copied().unwrap_or_default();
        let others = wanted.strip_prefix('~');
        let wanted = list(Some(&others.unwrap_or(wanted)));
        let right = wanted.iter().all(|w| organisations.contains(w))
            && (others.is_some() || organisations.len() == wanted.len());
        if people != list(row.get(2)) || !right {
            failures.push(format!(
                "{}: {}\n   found {people:?} {organisations:?}",
                row[0], row[1]
            ));
        }
    }
    assert!(rows > 150, "the table has its rows");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
