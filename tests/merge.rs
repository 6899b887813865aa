//! Re-import: what a person wrote stays byte for byte, what nobody touched is refreshed.
#![cfg(test)]

use depeche::{
    content::{self, Merged, SeedRef},
    distill::{ConfidenceMap, Document, EvidenceMap, Person},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2026, 1, 28);

fn document() -> Document {
    Document {
        lang: "fr".parse().expect("lang"),
        title: "Le Maroc et le Danemark: sécurité".to_owned(),
        date: "2026-01-27".parse().ok(),
        countries: ["MA", "NO"].map(|c| c.parse().expect("code")).into(),
        mentions: Vec::new(),
        topics: ["security-cooperation", "terrorism"]
            .map(|t| t.parse().expect("topic"))
            .into(),
        people: vec![Person {
            name: "Mikael Wern".to_owned(),
            role: "directeur".to_owned(),
        }],
        organisations: vec!["no".to_owned(), "DGSN".to_owned()],
        summary: "Un \"accord\".".to_owned(),
        slug: "012".to_owned(),
        body: "Premier alinéa.\n\n---\n\nSecond.".to_owned(),
        evidence: EvidenceMap::new(),
        event_dates: Vec::new(),
        embargo_until: None,
        confidence: ConfidenceMap::new(),
        doubts: Vec::new(),
    }
}

fn seed(sha256: &str) -> SeedRef {
    SeedRef {
        file: "seeds/a.txt".to_owned(),
        sha256: sha256.to_owned(),
        derivation: Some("v1".to_owned()),
    }
}

fn written() -> String {
    content::write(&document(), &seed("aa"), DAY)
}

fn merged(current: &str, document: &Document, sha256: &str) -> Merged {
    content::merge("content/a.md", current, document, &seed(sha256), DAY).expect("merges")
}

#[test]
fn what_is_written_is_read_back() {
    let (entry, warnings) = content::read("a.md", written().as_bytes()).expect("reads");
    let (f, d) = (entry.front, document());
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(
        (f.title, f.date, f.lang),
        (Some(d.title), d.date, Some(d.lang))
    );
    assert_eq!(
        (f.countries, f.topics, f.people),
        (d.countries, d.topics, d.people)
    );
    assert_eq!(
        (f.organisations, f.summary),
        (d.organisations, Some(d.summary))
    );
    assert_eq!((f.slug, f.imported), (Some(d.slug), Some(DAY)));
    assert_eq!((f.seed, f.derived.len()), (Some(seed("aa")), 12));
    assert_eq!(entry.body, format!("\n{}\n", d.body));
}

#[test]
fn equal_input_changes_nothing() {
    assert_eq!(merged(&written(), &document(), "aa"), Merged::default());
    let crlf = written().replace('\n', "\r\n");
    assert_eq!(merged(&crlf, &document(), "aa"), Merged::default());
}

#[test]
fn a_new_version_with_the_same_values_touches_no_file() {
    let newer = SeedRef {
        derivation: Some("v2".to_owned()),
        ..seed("aa")
    };
    let merged = content::merge("content/a.md", &written(), &document(), &newer, DAY);
    assert_eq!(merged.expect("merges"), Merged::default());
}

#[test]
fn untouched_values_are_refreshed_as_if_written_now() {
    let mut d = document();
    d.title = "Un autre titre".to_owned();
    d.mentions = vec!["FR".parse().expect("FR")];
    d.people.clear();
    d.body = "Autre.".to_owned();
    let result = merged(&written(), &d, "bb");
    assert_eq!(
        result.refreshed,
        ["title", "mentions", "people", "seed", "body"]
    );
    let text = result.text.expect("changes");
    let (fresh, _) =
        content::read("a.md", content::write(&d, &seed("bb"), DAY).as_bytes()).expect("reads");
    let (entry, _) = content::read("a.md", text.as_bytes()).expect("reads");
    assert_eq!(entry.front.derived, fresh.front.derived);
    assert_eq!(
        (entry.front.title, entry.body),
        (fresh.front.title, fresh.body)
    );
    assert_eq!(merged(&text, &d, "bb"), Merged::default());
    let crlf = merged(&written().replace('\n', "\r\n"), &d, "bb")
        .text
        .expect("changes");
    assert_eq!(crlf, text.replace('\n', "\r\n"));
}

#[test]
fn a_person_keeps_what_is_theirs() {
    let edited = written()
        .replace(
            "title: \"Le Maroc et le Danemark: sécurité\"",
            "title: À moi",
        )
        .replace("  - terrorism\n", "  - terrorism # why?\n")
        .replace("lang: fr\n", "# the language\nlang: fr\n\nmine: {a: 1}\n")
        .replace("summary: \"Un \\\"accord\\\".\"\n", "")
        .replace("Second.", "Second, corrigé.");
    let mut d = document();
    d.title = "Nouveau".to_owned();
    d.topics.pop();
    d.summary = "Autre".to_owned();
    d.lang = "en".parse().expect("en");
    d.body = "Neuf.".to_owned();
    let result = merged(&edited, &d, "bb");
    let text = result.text.expect("changes");
    assert_eq!(result.refreshed, ["lang", "seed"]);
    for kept in [
        "title: À moi\n",
        "  - terrorism # why?\n",
        "# the language\nlang: en\n\nmine: {a: 1}\n",
        "Second, corrigé.\n",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    assert!(
        !text.contains("\nsummary:") && !text.contains("Autre"),
        "{text}"
    );
    let said: Vec<(&str, Option<usize>)> = result
        .diagnostics
        .iter()
        .map(|d| (d.message.split('`').nth(1).expect("key"), d.line))
        .collect();
    assert_eq!(said[0], ("title", Some(2)));
    assert_eq!(
        said.iter().map(|s| s.0).collect::<Vec<_>>(),
        ["title", "topics", "body"]
    );
}

#[test]
fn what_cannot_be_edited_safely_is_left_alone() {
    let mut d = document();
    d.title = "Nouveau".to_owned();
    for (from, to) in [
        ("---\ntitle", "---\n  title"),
        ("title: \"Le", "title: [\"Le"),
        ("derived:\n", "derived:\n  title: x\n"),
    ] {
        let broken = written().replacen(from, to, 1);
        let error = content::merge("content/a.md", &broken, &d, &seed("bb"), DAY);
        assert!(error.is_err(), "{from}");
    }
    let flow = written().replace("derived:\n  title:", "derived:\n  ? title\n  :");
    let result = merged(&flow, &d, "bb");
    assert_eq!(result.text, None);
    assert!(
        result
            .diagnostics
            .iter()
            .any(|d| d.message.contains("safely")),
        "{result:?}"
    );
    let own = "---\ntitle: a\nseed: seeds/a.txt\n---\nx\n";
    assert_eq!(merged(own, &d, "bb"), Merged::default());
}

/// One thing that a person does to a file. Each leaves a mark that must survive.
fn edit(text: &str, at: usize, kind: usize, mark: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = 1 + at % (lines.len() - 1);
    let changed = match kind {
        0 => format!("# {mark}\n{}", lines[at]),
        1 => format!("{mark}: x\n{}", lines[at]),
        2 => format!("{} # {mark}\n", lines[at].trim_end()),
        3 => format!("{}{mark}\n", lines[at].trim_end()),
        4 => format!("    # {mark}\n{}", lines[at]),
        5 => format!("{}{mark}: y\n", lines[at]),
        6 => lines[at].replacen('"', &format!("\"{mark}"), 1),
        _ => format!("  - {mark}\n{}", lines[at]),
    };
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    lines[at] = changed;
    lines.concat()
}

fn other(choice: u16) -> Document {
    let mut d = document();
    let pick = |bit: u16| choice & (1 << bit) != 0;
    if pick(0) {
        d.title = "Neuf: 1".to_owned();
    }
    if pick(1) {
        d.date = None;
    }
    if pick(2) {
        d.lang = "no".parse().expect("no");
    }
    if pick(3) {
        d.countries = vec!["FR".parse().expect("FR")];
    }
    if pick(4) {
        d.mentions = vec!["DK".parse().expect("DK")];
    }
    if pick(5) {
        d.topics.clear();
    }
    if pick(6) {
        d.people.push(Person {
            name: "B".to_owned(),
            role: String::new(),
        });
    }
    if pick(7) {
        d.organisations.remove(0);
    }
    if pick(8) {
        d.summary = String::new();
    }
    if pick(9) {
        d.slug = "neuf".to_owned();
    }
    if pick(10) {
        d.body = "Neuf\n\n---\n".to_owned();
    }
    d
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_human_byte_is_lost(
        edits in prop::collection::vec((any::<usize>(), 0usize..8), 0..5),
        deleted in prop::option::of(1usize..8),
        crlf in any::<bool>(),
        first in any::<u16>(),
        second in any::<u16>(),
    ) {
        let mut text = written();
        if let Some(line) = deleted {
            text = text.split_inclusive('\n').enumerate().filter(|(i, _)| *i != line).map(|(_, l)| l).collect();
        }
        let mut marks = Vec::new();
        for (i, (at, kind)) in edits.into_iter().enumerate() {
            let mark = format!("HUMAN{i}x");
            let edited = edit(&text, at, kind, &mark);
            if edited != text { marks.push(mark); }
            text = edited;
        }
        if crlf { text = text.replace('\n', "\r\n"); }
        let parses = content::read("a.md", text.as_bytes()).is_ok();
        for (choice, sha) in [(first, "bb"), (second, "cc")] {
            let document = other(choice);
            let Ok(result) = content::merge("content/a.md", &text, &document, &seed(sha), DAY) else {
                prop_assert!(!parses, "{text}");
                return Ok(());
            };
            let Some(after) = result.text else { continue };
            prop_assert!(content::read("a.md", after.as_bytes()).is_ok(), "{after}");
            for mark in &marks {
                prop_assert!(after.contains(mark.as_str()), "{mark} is lost\n{text}\n=>\n{after}");
            }
            // Every line with a mark is whole, and in the same order; a digest on it is the machine's.
            let marked = |t: &str| -> Vec<String> {
                let is_digest = |p: &&str| p.len() == 12 && p.bytes().all(|b| b.is_ascii_hexdigit());
                t.lines()
                    .filter(|l| l.contains("HUMAN"))
                    .map(|l| l.split('"').filter(|p| !is_digest(p)).collect())
                    .collect()
            };
            prop_assert_eq!(marked(&text), marked(&after));
            prop_assert_eq!(after.contains('\r'), crlf);
            let again = content::merge("content/a.md", &after, &document, &seed(sha), DAY).expect("merges");
            prop_assert_eq!(again.text, None, "not idempotent\n{}", after);
            text = after;
        }
    }
}
