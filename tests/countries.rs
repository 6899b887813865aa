//! The countries of realistic sentences: each row of tests/derivation/countries.tsv, and every language file read without loss.

use depeche::distill::{countries::countries, layout::layout, text::Text};

/// Rows: language, what it is about (`-` for nothing, codes in any order), other countries referred to (`-`, or `*` for any), text with `\n`.
#[test]
fn rows_of_the_table_hold() {
    let table = include_str!("derivation/countries.tsv");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [lang, about, mentions, text] = cells[..] else {
            panic!("row {}: four cells wanted, got {}", number + 1, cells.len());
        };
        rows += 1;
        let text = Text::new(text.replace("\\n", "\n"));
        let found = countries(&text, &layout(&text), &lang.parse().expect(lang)).value;
        let codes = |list: &[depeche::model::CountryCode]| {
            let mut all: Vec<String> = list.iter().map(ToString::to_string).collect();
            all.sort();
            if all.is_empty() {
                "-".to_owned()
            } else {
                all.join(" ")
            }
        };
        let sorted = |cell: &str| {
            let mut all: Vec<&str> = cell.split_whitespace().collect();
            all.sort_unstable();
            all.join(" ")
        };
        let (got_about, got_mentions) = (codes(&found.about), codes(&found.mentions));
        if got_about != sorted(about) || mentions != "*" && got_mentions != sorted(mentions) {
            wrong.push(format!(
                "row {} ({lang}): want {about} + {mentions}, got {got_about} + {got_mentions}: {}",
                number + 1,
                text.decoded
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {rows} rows fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
