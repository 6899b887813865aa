//! Re-import: what a person wrote stays byte for byte, what nobody touched is refreshed.
#![cfg(test)]

use depeche::{
    content::{self, Merged, Proposal, SeedRef},
    distill::{Confidence, ConfidenceMap, Document, Doubt, EvidenceMap, Field, Person},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2026, 1, 28);

fn document() -> Document {
    Document {
        dateline: String::new(),
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
    content::write(&Proposal::of(document()), &seed("aa"), DAY).text
}

fn merged(current: &str, document: &Document, sha256: &str) -> Merged {
    content::merge(
        "content/a.md",
        current,
        &Proposal::of(document.clone()),
        &seed(sha256),
        DAY,
    )
    .expect("merges")
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
    assert_eq!(*entry.body, format!("\n{}\n", d.body));
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
    let merged = content::merge(
        "content/a.md",
        &written(),
        &Proposal::of(document()),
        &newer,
        DAY,
    );
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
    let (fresh, _) = content::read(
        "a.md",
        content::write(&Proposal::of(d.clone()), &seed("bb"), DAY)
            .text
            .as_bytes(),
    )
    .expect("reads");
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
        let error = content::merge(
            "content/a.md",
            &broken,
            &Proposal::of(d.clone()),
            &seed("bb"),
            DAY,
        );
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

/// One thing that a person does to a file.
fn edit(text: &str, at: usize, kind: usize, mark: &str) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let at = 1 + at % (lines.len() - 1);
    let line = lines[at].clone();
    let bare = line.trim_end();
    lines[at] = match kind {
        0 => format!("# {mark}\n{line}"),
        1 => format!("{mark}: x\n{line}"),
        2 => format!("{bare} # {mark}\n"),
        3 => format!("{bare}{mark}\n"),
        4 => format!("    # {mark}\n{line}"),
        5 => format!("{line}{mark}: y\n"),
        6 => line.replacen('"', &format!("\"{mark}"), 1),
        7 => format!("  - {mark}\n{line}"),
        8 => format!("\n{line}"),
        9 => line.replace('"', "'"),
        10 => String::new(),
        11 => format!("{bare}  \n"),
        12 => match line.split_once(": ") {
            Some((key, _)) => format!("{key}: {mark}\n"),
            None => line,
        },
        13 => match line.split_once(": ") {
            Some((key, _)) => format!("{key}: >-\n      {mark}\n      and more\n"),
            None => line,
        },
        14 => match line.split_once(": ") {
            Some((key, value)) => format!("\"{key}\": {value}"),
            None => line,
        },
        15 => {
            // The order of two lines.
            let other = lines.len() - 1 - at / 2;
            std::mem::replace(&mut lines[other], line)
        }
        16 => {
            lines.push(format!("\n{mark} below.\n"));
            line
        }
        _ => return rearranged(text, at, kind, mark),
    };
    lines.concat()
}

/// The number of things that a person may do.
const KINDS: usize = 28;

/// What a person does to a whole key, the body or the file.
fn rearranged(text: &str, at: usize, kind: usize, mark: &str) -> String {
    let mut parts = segments(text);
    let body = parts.pop().map(|(_, body)| body).unwrap_or_default();
    let keys: Vec<usize> = (0..parts.len())
        .filter(|i| !parts[*i].0.is_empty() && parts[*i].0 != "derived")
        .collect();
    if keys.is_empty() {
        return text.to_owned();
    }
    let own = keys[at % keys.len()];
    let (key, segment) = parts[own].clone();
    let value = segment
        .split_once(':')
        .map_or("", |(_, value)| value)
        .to_owned();
    let items: Vec<&str> = value
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .collect();
    match kind {
        17 if !text.starts_with('\u{FEFF}') => return format!("\u{FEFF}{text}"),
        // The order of keys.
        18 => {
            let moved = parts.remove(own);
            parts.push(moved);
        }
        19 => {
            let moved = parts.remove(own);
            parts.insert(0, moved);
        }
        // Another style for the same list.
        20 if !items.is_empty() => parts[own].1 = format!("{key}: [{}]\n", items.join(", ")),
        21 if !items.is_empty() => {
            let items: String = items.iter().map(|item| format!("- {item}\n")).collect();
            parts[own].1 = format!("{key}: # {mark}\n{items}");
        }
        // An anchor, and a key of their own that refers to it.
        22 => parts[own].1 = format!("{key}: &{mark}{value}own{mark}: *{mark}\n"),
        23 => parts[own].1 = format!("{key}: |\n  {mark}\n\n  # no comment\n"),
        // Keys and comments that go.
        24 => drop(parts.remove(own)),
        25 => parts.insert(
            own,
            (
                "mine".to_owned(),
                format!("mine{mark}:\n  - {{a: 1}}\n  # why\n  - b\n"),
            ),
        ),
        // The body: a word within, and no line end.
        26 => {
            let middle = body
                .char_indices()
                .map(|(i, _)| i)
                .nth(body.chars().count() / 2)
                .unwrap_or(0);
            let (before, after) = body.split_at(middle);
            return joined(text, &parts, &format!("{before}{mark}{after}"));
        }
        27 => return joined(text, &parts, body.trim_end()),
        _ => return text.to_owned(),
    }
    joined(text, &parts, &body)
}

fn joined(before: &str, parts: &[(String, String)], body: &str) -> String {
    let mark = if before.starts_with('\u{FEFF}') {
        "\u{FEFF}"
    } else {
        ""
    };
    let front: String = parts.iter().map(|(_, text)| text.as_str()).collect();
    format!("{mark}---\n{front}---\n{body}")
}

/// A file is left alone as a whole only where its layout leaves no choice; one key of a person's never keeps the others from being refreshed.
#[test]
fn what_a_person_does_to_one_value_keeps_no_other_from_being_refreshed() {
    for (kind, at) in (0..KINDS).flat_map(|kind| (0..40).map(move |at| (kind, at))) {
        let text = edit(&written(), at, kind, "HUMANx");
        let Ok(result) = content::merge(
            "content/a.md",
            &text,
            &Proposal::of(other(u16::MAX)),
            &seed("bb"),
            DAY,
        ) else {
            continue;
        };
        let gave_up = result
            .diagnostics
            .iter()
            .any(|d| d.message.contains("safely"));
        // A digest of many lines is none that an import wrote.
        assert!(!gave_up || kind == 13, "{kind} at {at}:\n{text}");
    }
}

/// Key and text of what stands in front matter, each with its lines; and the body under "body".
fn segments(text: &str) -> Vec<(String, String)> {
    let text = text.replace("\r\n", "\n");
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    let mut lines = text.split_inclusive('\n').skip(1);
    for line in lines.by_ref() {
        if line.trim_end() == "---" {
            break;
        }
        let key = line
            .split_once(':')
            .map(|(key, _)| key.trim_matches(['"', '\'']));
        match key.filter(|key| !key.is_empty() && !line.starts_with([' ', '#', '-'])) {
            Some(key) => found.push((key.to_owned(), vec![line])),
            None => match found.last_mut() {
                Some((_, own)) => own.push(line),
                None => found.push((String::new(), vec![line])),
            },
        }
    }
    let body: String = lines.collect();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (key, mut own) in found {
        let between = own
            .iter()
            .rev()
            .take_while(|l| own.len() > 1 && (l.trim().is_empty() || l.starts_with('#')))
            .count();
        let after = own.split_off(own.len() - between.min(own.len() - 1));
        parts.push((key, own.concat()));
        if !after.is_empty() {
            parts.push((String::new(), after.concat()));
        }
    }
    parts.push(("body".to_owned(), body));
    parts
}

fn short_digest(text: &str) -> String {
    depeche::distill::digest(text.as_bytes())[..12].to_owned()
}

/// The file without what is the machine's: values that have their digest, and the digests.
fn theirs(text: &str) -> String {
    let (entry, _) = content::read("a.md", text.as_bytes()).expect("reads");
    let derived = entry.front.derived;
    segments(text)
        .into_iter()
        .filter(|(key, text)| {
            derived
                .get(key.as_str())
                .is_none_or(|known| *known != short_digest(text))
        })
        .map(|(key, text)| {
            if key != "derived" {
                return text;
            }
            text.split_inclusive('\n')
                .map(|line| {
                    let parts: Vec<&str> = line.split(['"', '\'']).collect();
                    match parts.as_slice() {
                        _ if line.trim_start().starts_with('#') => format!("{}\n", line.trim()),
                        [_, digest, rest] if digest.len() == 12 && rest.trim().is_empty() => {
                            String::new()
                        }
                        [_, digest, rest] if digest.len() == 12 => {
                            format!("{}\n", rest.trim())
                        }
                        _ => line.to_owned(),
                    }
                })
                .collect()
        })
        .collect()
}

fn doubt(field: Option<Field>, message: &str) -> Doubt {
    Doubt {
        field,
        ..Doubt::new(message)
    }
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
    if pick(11) {
        d.event_dates = vec![
            "2026-01-26".parse().expect("day"),
            "2026-03".parse().expect("month"),
        ];
    }
    if pick(12) {
        d.embargo_until = "2026-02-01T10:00:00+01:00".parse().ok();
    }
    if pick(13) {
        d.doubts = vec![
            doubt(Some(Field::Date), "“3/4” may be: the other way\nround"),
            doubt(None, "read as latin"),
        ];
    }
    if pick(14) {
        let unsure = [("MA".to_owned(), Confidence::new(0.5))];
        d.confidence.insert(Field::Countries, unsure.into());
        d.doubts.push(doubt(Some(Field::Title), "two headlines"));
    }
    d
}

/// What a person did, in up to six steps; with the marks that the steps left.
fn edited(text: String, edits: Vec<(usize, usize)>) -> (String, Vec<String>) {
    let (mut text, mut marks) = (text, Vec::new());
    for (i, (at, kind)) in edits.into_iter().enumerate() {
        let mark = format!("HUMAN{i}x");
        text = edit(&text, at, kind, &mark);
        if text.contains(&mark) {
            marks.push(mark);
        }
    }
    // A later step may undo an earlier one.
    marks.retain(|mark| text.contains(mark.as_str()));
    (text, marks)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(600), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_human_byte_is_lost(
        at_first in any::<u16>(),
        edits in prop::collection::vec((any::<usize>(), 0usize..KINDS), 0..6),
        crlf in any::<bool>(),
        states in prop::collection::vec((any::<u16>(), 0usize..3, 0usize..3), 1..3),
    ) {
        let new = content::write(&Proposal::of(other(at_first)), &seed("aa"), DAY).text;
        let (mut text, marks) = edited(new, edits);
        if crlf { text = text.replace('\n', "\r\n"); }
        let readable = content::read("a.md", text.as_bytes()).is_ok();
        for (choice, sha, version) in states {
            let document = other(choice);
            let source = SeedRef { derivation: Some(format!("v{version}")), ..seed(["aa", "bb", "cc"][sha]) };
            let Ok(result) = content::merge("content/a.md", &text, &Proposal::of(document.clone()), &source, DAY) else {
                prop_assert!(!readable, "{text}");
                return Ok(());
            };
            let gave_up = result.diagnostics.iter().any(|d| d.message.contains("safely"));
            let (entry, _) = content::read("a.md", text.as_bytes()).expect("reads");
            let recorded = entry.front.derived;
            let wanted = segments(&content::write(&Proposal::of(document.clone()), &source, DAY).text);
            let wanted = |key: &str| wanted.iter().find(|(k, _)| k == key).map(|(_, text)| text.clone());
            let after = result.text.clone().unwrap_or_else(|| text.clone());
            prop_assert!(content::read("a.md", after.as_bytes()).is_ok(), "{after}");
            prop_assert_eq!(theirs(&text), theirs(&after), "\n{}\n=>\n{}", text, after);
            prop_assert!(marks.iter().all(|mark| after.contains(mark.as_str())));
            prop_assert_eq!(after.starts_with('\u{FEFF}'), text.starts_with('\u{FEFF}'));
            if result.text.is_some() {
                prop_assert_eq!(after.contains("\r\n"), crlf);
                let now = segments(&after);
                for (key, old) in segments(&text) {
                    let new = now.iter().find(|(k, _)| *k == key).map(|(_, text)| text.clone());
                    match recorded.get(key.as_str()) {
                        Some(_) if key == "review" => {}
                        // Nobody touched it: it is as if written now.
                        Some(digest) if *digest == short_digest(&old) => prop_assert_eq!(new, wanted(&key), "{}", key),
                        // A person did, and the derivation has something new, too: they are told.
                        Some(digest) if !matches!(key.as_str(), "seed" | "imported") => {
                            let moved = wanted(&key).is_some_and(|w| ![digest.to_string(), short_digest(&old)].contains(&short_digest(&w)));
                            let told = result.diagnostics.iter().any(|d| d.message.contains(&format!("`{key}` was edited")));
                            prop_assert_eq!(moved, told, "{} in\n{}", key, text);
                        }
                        _ => {}
                    }
                }
            } else if gave_up {
                prop_assert!(result.refreshed.is_empty());
            }
            let again = content::merge("content/a.md", &after, &Proposal::of(document.clone()), &source, DAY).expect("merges");
            prop_assert_eq!(again.text, None, "not idempotent\n{}", after);
            text = after;
        }
    }

    #[test]
    fn a_decision_changes_its_value_and_nothing_else(
        at_first in any::<u16>(),
        edits in prop::collection::vec((any::<usize>(), 0usize..KINDS), 0..4),
        crlf in any::<bool>(),
        key in 0usize..6,
        then in any::<u16>(),
    ) {
        let new = content::write(&Proposal::of(other(at_first | 1 << 13)), &seed("aa"), DAY).text;
        let (mut text, marks) = edited(new, edits);
        if crlf { text = text.replace('\n', "\r\n"); }
        let (key, values) = [
            ("title", vec!["Set: \"so\""]), ("date", vec!["2026-05-06"]), ("countries", vec!["DK", "MA"]),
            ("people", vec!["A, B: c, d"]), ("topics", vec![""]), ("summary", vec!["short"]),
        ][key].clone();
        let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
        let Ok(before) = content::read("a.md", text.as_bytes()) else { return Ok(()) };
        for set in [false, true] {
            let done = if set {
                content::edit::set("content/a.md", &text, key, &values)
            } else {
                content::edit::accept("content/a.md", &text, &[key])
            };
            // Refused with a line to edit by hand; nothing is changed then.
            let Ok(done) = done else { continue };
            let after = done.unwrap_or_else(|| text.clone());
            let (entry, _) = content::read("a.md", after.as_bytes()).expect("reads");
            prop_assert!(!entry.front.review.contains_key(key) && !entry.front.settled.contains(&key.to_owned()), "{after}");
            let shown: Vec<String> = if set { values.iter().filter(|v| !v.is_empty()).map(|v| v.split(": c").next().expect("name").to_owned()).collect() } else { before.0.front.values(key) };
            prop_assert_eq!(entry.front.values(key), shown, "{}", after);
            for mark in &marks {
                let gone = [before.0.front.review.get(key).map(String::as_str), before.0.front.derived.get(key).map(compact_str::CompactString::as_str)];
                if gone.into_iter().flatten().any(|text| text.contains(mark.as_str())) {
                    continue;
                }
                // The sentence of an entry that is settled goes, whatever was written into it.
                let settled = before.0.front.settled.iter().any(|k| k == key);
                let entries = text.split_once("review:").map_or("", |(_, below)| below);
                let entries = entries.split_once("\nderived:").map_or(entries, |(above, _)| above);
                if settled && entries.contains(mark.as_str()) && !entries.contains(&format!("# {mark}")) {
                    continue;
                }
                let in_value = before.0.front.values(key).concat().contains(mark.as_str()) || key == "people";
                prop_assert!((set && in_value) || after.contains(mark.as_str()), "{} is lost\n{}\n=>\n{}", mark, text, after);
            }
            prop_assert_eq!(after.contains("\r\n"), crlf);
            // And no import takes it back.
            let merged = content::merge("content/a.md", &after, &Proposal::of(other(then)), &seed("bb"), DAY).expect("merges");
            if let Some(text) = merged.text {
                let (kept, _) = content::read("a.md", text.as_bytes()).expect("reads");
                prop_assert_eq!(kept.front.values(key), entry.front.values(key), "{}\n=>\n{}", after, text);
                prop_assert!(!kept.front.review.contains_key(key), "{}", text);
            }
        }
    }
}
