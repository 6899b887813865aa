//! The countries of realistic sentences: each row of tests/derivation/countries.tsv, and every language file read without loss.

#![expect(clippy::expect_used, reason = "a test that can't read its data fails")]

use depeche::distill::{
    Gazetteers,
    actors::actors,
    countries::{Countries, countries},
    layout::layout,
    text::Text,
};

fn found(text: &Text, lang: &str) -> Countries {
    let (layout, lang) = (layout(text), lang.parse().expect(lang));
    let names = actors(text, &layout, &lang, &Gazetteers::default()).names;
    countries(text, &layout, &lang, &names).value
}

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
        let found = found(&text, lang);
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

/// Each name of CLDR, alone in a sentence of its language, is read as its country: no blocker, check or other entry hides it.
#[test]
fn every_name_of_cldr_is_found() {
    /// Territories that newsrooms don't write of, and names that are also words or names of people: they need something beside them.
    const APART: [&str; 12] = [
        "AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "HM", "IC", "TA", "UM", "XK",
    ];
    let table = include_str!("../src/distill/lexicon/country-names.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [lang, code, "main", name] = cells[..] else {
            continue;
        };
        if APART.contains(&code) || name.contains(['(', '（', ',']) {
            continue;
        }
        let text = Text::new(format!("{name}."));
        let found = found(&text, lang);
        let all = found.about.iter().chain(&found.mentions);
        if !all.map(ToString::to_string).any(|c| c == code) {
            wrong.push(format!("{lang} {code} {name}"));
        }
    }
    println!("{}", wrong.join("\n"));
    assert!(wrong.len() < 60, "{} names are lost", wrong.len());
}
