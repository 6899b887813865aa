//! Tables of newsroom sentences → topics and titles. Each line is a trap of its language; none is of the corpus.

use depeche::distill::{Field, Options, Vocabulary, distill, layout, text::Text, title, topics};

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn cell<'a>(row: &[&'a str], n: usize) -> &'a str {
    row.get(n).copied().unwrap_or_default()
}

fn list(cell: &str, mark: char) -> Vec<String> {
    cell.split(mark)
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect()
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn topics_of_sentences() {
    let mut failures = Vec::new();
    for row in rows(include_str!("derivation/topics.tsv")) {
        let (lang, source) = (cell(&row, 0), cell(&row, 1));
        let text = Text::new(source.to_owned());
        let lang = lang.parse().expect("a language");
        let found = topics::topics(&text, &layout::layout(&text), &lang, Vocabulary::embedded());
        let found: Vec<String> = found.value.iter().map(ToString::to_string).collect();
        let (wanted, unwanted) = (list(cell(&row, 2), ','), list(cell(&row, 3), ','));
        if wanted.iter().any(|w| !found.contains(w)) || unwanted.iter().any(|w| found.contains(w)) {
            failures.push(format!("{lang} {source}\n   found {found:?}"));
        }
    }
    report(&failures);
}

#[test]
fn titles_of_leads() {
    let mut failures = Vec::new();
    for row in rows(include_str!("derivation/titles.tsv")) {
        let text = Text::new(cell(&row, 1).replace("\\n", "\n"));
        let lang = cell(&row, 0).parse().expect("a language");
        let found = title::title(&text, &layout::layout(&text), &lang).value;
        if found != cell(&row, 2) {
            failures.push(format!("{}\n   found {found}", cell(&row, 1)));
        }
    }
    report(&failures);
}

#[test]
fn places_of_datelines() {
    let mut failures = Vec::new();
    for row in rows(include_str!("derivation/datelines.tsv")) {
        let found = distill(cell(&row, 0).as_bytes(), Options::default()).expect("a text");
        if found.dateline != cell(&row, 1) {
            failures.push(format!("{}\n   found {}", cell(&row, 0), found.dateline));
        }
        let told = &found.evidence[&Field::Dateline];
        assert_eq!(told.is_empty(), found.dateline.is_empty());
        for e in told {
            assert_eq!(cell(&row, 0)[e.span.start..e.span.end], e.text);
        }
    }
    report(&failures);
}

#[test]
fn the_media_topics_of_the_vocabulary_are_on_the_list_of_the_iptc() {
    let known: Vec<&str> = include_str!("derivation/iptc-media-topics.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let vocabulary = Vocabulary::embedded();
    let named: Vec<&str> = vocabulary
        .topics
        .iter()
        .filter_map(|topic| topic.iptc.as_deref())
        .collect();
    assert!(named.len() > 60, "most topics have a Media Topic");
    for id in named {
        let code = id.strip_prefix("medtop:").unwrap_or_default();
        assert!(known.binary_search(&code).is_ok(), "{id} is no Media Topic");
    }
}

#[test]
fn the_arithmetic_of_topics_is_as_the_documentation_says() {
    let page = include_str!("../content/docs/derivation.md");
    let example = page
        .split_once("```text\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map_or("", |(text, _)| text);
    let text = Text::new(example.to_owned());
    let lang = "en".parse().expect("a language");
    let found = topics::topics(&text, &layout::layout(&text), &lang, Vocabulary::embedded());
    assert_eq!(
        found
            .value
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["water"]
    );
    let mut sums = std::collections::BTreeMap::<&str, f32>::new();
    for evidence in &found.evidence {
        let (topic, term) = (evidence.value.as_str(), evidence.rule.as_str());
        if matches!(topic, "water" | "housing") {
            let row = page.lines().find(|line| {
                line.starts_with(&format!("| {topic} | {term} |"))
                    && line.ends_with(&format!("| {:.1} |", evidence.weight))
            });
            assert!(row.is_some(), "{topic}, {term}: {:.1}", evidence.weight);
            *sums.entry(topic).or_default() += evidence.weight;
        }
    }
    assert!(
        page.contains(&format!("**{:.1}**", sums["water"])),
        "{sums:?}"
    );
    assert!(
        page.contains(&format!("| {:.1}, and left out", sums["housing"])),
        "{sums:?}"
    );
}
