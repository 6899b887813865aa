//! Each row of derivation/sentences.tsv through the whole derivation: the countries, the mentions, the date and its doubt.

use depeche::distill::{Field, Options, distill};

fn codes<T: ToString>(values: &[T]) -> String {
    let mut codes: Vec<String> = values.iter().map(ToString::to_string).collect();
    if codes.is_empty() {
        codes.push("-".to_owned());
    }
    codes.join(" ")
}

fn sorted(codes: &str) -> Vec<&str> {
    let mut codes: Vec<&str> = codes.split(' ').collect();
    codes.sort_unstable();
    codes
}

#[test]
fn sentences_that_trip_others_have_their_countries_and_date() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in include_str!("derivation/sentences.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let [reference, about, mentions, date, text] = row.split('\t').collect::<Vec<_>>()[..]
            .try_into()
            .expect("five cells");
        let options = Options {
            reference: Some(reference.parse().expect("a reference date")),
            ..Options::default()
        };
        let found = distill(text.as_bytes(), options).expect("a text");
        let day = found
            .date
            .as_ref()
            .map_or("-".to_owned(), ToString::to_string);
        let doubted = found.doubts.iter().any(|d| d.field == Some(Field::Date));
        if sorted(&codes(&found.countries)) != sorted(about)
            || (mentions != "-" && codes(&found.mentions) != mentions)
            || day != date.trim_end_matches('!')
            || (date.ends_with('!') && !doubted)
        {
            wrong.push(format!(
                "{text}\n   want {about} ({mentions}), {date}; got {} ({}), {day}, {:?}",
                codes(&found.countries),
                codes(&found.mentions),
                found.doubts
            ));
        }
        rows += 1;
    }
    assert!(rows >= 25, "the table has its rows");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
