//! A site's people.yaml and organisations.yaml in an import: what they know is found, a change is derived again, a fault names its line.

#![cfg(test)]

mod support;

use support::Site;

const SEED: &str = "Harbour news\n\nREYKJAVIK, 27 January 2026 – The quay was opened on Tuesday. mbeki quarles gave thanks to NLT; Quarles, M. left early. The Northern Lights Trust paid.\n\nMs Mbeki QUARLES, chair of the harbour board, was applauded in the port of Reykjavik.\n";
const PEOPLE: &str = "- name: Mbeki Quarles-Odum\n  aliases: [Mbeki Quarles]\n  role: patron\n";
const BODIES: &str = "- name: Northern Lights Trust for Harbours\n  acronym: NLT\n  aliases: [Northern Lights Trust]\n";

fn site(extra: &[(&str, &str)]) -> Site {
    let mut files = vec![
        ("site.yaml", "title: T\nbase_url: https://example.org/\n"),
        ("seeds/2026-01-28_a.txt", SEED),
    ];
    files.extend_from_slice(extra);
    Site::new(&files)
}

fn briefing(site: &Site) -> String {
    let tree = site.tree("content/briefings");
    assert_eq!(tree.len(), 1);
    let bytes = tree.into_values().next().expect("one briefing");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn known_names_are_found_and_a_change_is_derived_again() {
    let site = site(&[("people.yaml", PEOPLE), ("organisations.yaml", BODIES)]);
    site.run(&["import"]).well();
    let first = briefing(&site);
    assert!(first.contains("Mbeki Quarles-Odum"), "{first}");
    assert!(first.contains("chair of the harbour board"), "{first}");
    assert!(
        first.contains("Northern Lights Trust for Harbours"),
        "{first}"
    );
    assert!(!first.contains("- NLT"), "{first}");

    let ran = site
        .run(&["explain", "seeds/2026-01-28_a.txt", "--json"])
        .well();
    assert!(ran.out.contains("site gazetteer"), "{}", ran.out);

    site.write(
        "organisations.yaml",
        BODIES.replace("for Harbours", "for Seaports"),
    );
    site.run(&["import"]).well();
    let second = briefing(&site);
    assert!(
        second.contains("Northern Lights Trust for Seaports"),
        "{second}"
    );
    assert!(!second.contains("Trust for Harbours"), "{second}");
}

#[test]
fn a_fault_names_its_line_and_what_was_meant() {
    let site = site(&[("people.yaml", "- name: Ada Lind\n  alias: [A. Lind]\n")]);
    let ran = site.run(&["import"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("people.yaml:2"), "{}", ran.err);
    assert!(ran.err.contains("did you mean `aliases`?"), "{}", ran.err);
}
