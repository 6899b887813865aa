//! Tables of newsroom sentences → people and organisations. Each line is a trap of its language; none is of a labelled document.

use depeche::distill::{Gazetteers, actors, layout, text::Text};

fn list(cell: Option<&&str>) -> Vec<String> {
    cell.iter()
        .flat_map(|cell| cell.split('|'))
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
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
