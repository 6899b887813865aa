//! Each row of derivation/dates.tsv: a reference date and a sentence give the date, and a warning where one is due.

#![expect(clippy::expect_used, reason = "a test that can't read its data fails")]

use depeche::distill::{Options, distill};

fn derive(text: &str, reference: Option<&str>) -> (String, Vec<String>) {
    let options = Options {
        reference: reference.map(|r| r.parse().expect("a reference date")),
        ..Options::default()
    };
    let found = distill(text.as_bytes(), options).expect("text");
    let date = found.date.map_or("-".to_owned(), |d| d.to_string());
    (date, found.doubts.into_iter().map(|d| d.message).collect())
}

#[test]
fn tricky_sentences_have_their_date() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in include_str!("derivation/dates.tsv").lines() {
        if row.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = row.split('\t').collect();
        let [reference, want, text] = cells[..] else {
            panic!("three cells: {row}");
        };
        rows += 1;
        let text = text.replace("\\n", "\n");
        let (date, warnings) = derive(&text, (reference != "-").then_some(reference));
        let warned = !want.ends_with('!') || !warnings.is_empty();
        if date != want.trim_end_matches('!') || !warned {
            wrong.push(format!("want {want}, got {date} {warnings:?}: {text}"));
        }
    }
    assert!(rows > 150, "{rows}");
    assert!(
        wrong.is_empty(),
        "{} of {rows}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_weekday_fixes_the_year_whenever_the_text_is_read() {
    let seed = include_str!("../seeds/000_4b5e72416c4ad0b1.txt");
    for reference in [
        "2026-01-28",
        "2026-02-03",
        "2026-06-30",
        "2026-12-31",
        "2027-01-26",
        "2027-01-27",
        "2027-01-28",
        "2028-02-29",
        "2029-07-14",
        "2030-01-27",
        "2031-01-01",
        "2031-11-11",
        "2031-12-30",
        "2031-12-31",
    ] {
        let (date, warnings) = derive(seed, Some(reference));
        assert_eq!(date, "2026-01-27", "as of {reference}");
        assert!(
            !warnings
                .iter()
                .any(|w| w.contains("weekday") || w.contains("other way")),
            "{warnings:?}"
        );
    }
}

#[test]
fn headers_that_forbid_publication_say_until_when() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in include_str!("derivation/embargoes.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
    {
        let (want, text) = row.split_once('\t').expect("two cells");
        let options = Options {
            reference: Some("2026-01-20".parse().expect("a reference date")),
            ..Options::default()
        };
        let text = text.replace("\\n", "\n");
        let found = distill(text.as_bytes(), options).expect("text");
        let until = found
            .embargo_until
            .map_or("-".to_owned(), |until| until.to_string());
        let told = found.doubts.iter().any(|d| d.message.contains("embargo"));
        if until != want.trim_end_matches('!') || told != want.ends_with('!') {
            wrong.push(format!("want {want}, got {until}: {text}"));
        }
        rows += 1;
    }
    assert!(rows >= 15, "the table has its rows");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
