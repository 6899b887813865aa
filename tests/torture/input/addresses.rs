//! Lines 14 to 16: long titles, one address for two, names of devices.

use super::{build, site, the_rest_is_there};
use crate::support::Site;

#[test]
fn line_14_long_titles_and_names_give_short_addresses() {
    for title in [
        "é".repeat(150),
        "мир".repeat(50),
        "ñandú ".repeat(43),
        "Ελλάδα".repeat(25),
        "港".repeat(100),
        "ß".repeat(149) + "é",
    ] {
        assert!(title.len() >= 297, "{}", title.len());
        let body = "REYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n";
        let site = Site::new(&[]);
        site.write("seeds/2026-01-28_a.txt", format!("{title}\n\n{body}"));
        site.write(
            "seeds/2026-01-28_b.txt",
            format!("{title}\n\n{body}And more.\n"),
        );
        // And the same as a person's own slug.
        site.write(
            "content/own.md",
            format!(
                "---\ntitle: Own\nslug: {}\n---\n\nx\n",
                title.replace(' ', "-")
            ),
        );
        site.write(
            &format!(
                "content/{}.md",
                title.chars().take(80).collect::<String>().trim()
            ),
            "---\ntitle: Name\n---\n\nx\n",
        );
        let ran = build(&site);
        assert!(
            ran.status <= 1 && !ran.err.contains("os error"),
            "{title}: {}",
            ran.err
        );
        let names: Vec<String> = site.tree("content/briefings").into_keys().collect();
        assert_eq!(names.len(), 2, "{names:?}");
        for name in &names {
            assert!(name.is_ascii() && name.len() <= 83 + 9, "{name}");
        }
        for path in site.tree("public").keys() {
            assert!(path.split('/').all(|part| part.len() <= 255), "{path}");
        }
    }
}

#[test]
fn line_15_one_address_for_two_is_an_error_that_names_both() {
    let page = |extra: &str| format!("---\ntitle: A\n{extra}---\n\nx\n");
    let cases: [(&str, [(&str, String); 2]); 8] = [
        (
            "equal slugs",
            [
                ("content/a.md", page("slug: same\n")),
                ("content/b.md", page("slug: same\n")),
            ],
        ),
        (
            "a slug that differs in case alone",
            [
                ("content/a.md", page("slug: same\n")),
                ("content/b.md", page("slug: SAME\n")),
            ],
        ),
        (
            "names that differ in case alone",
            [("content/Page.md", page("")), ("content/page.md", page(""))],
        ),
        (
            "assets that differ in case alone",
            [
                ("content/a/Map.png", "1".to_owned()),
                ("content/a/map.png", "2".to_owned()),
            ],
        ),
        (
            "composed and decomposed names",
            [
                ("content/caf\u{E9}.txt", "1".to_owned()),
                ("content/cafe\u{301}.txt", "2".to_owned()),
            ],
        ),
        (
            "composed and decomposed pages",
            [
                ("content/caf\u{E9}.md", page("")),
                ("content/cafe\u{301}.md", page("")),
            ],
        ),
        (
            "one number twice",
            [
                ("content/a.md", page("date: 2026-01-27\nnumber: PR/1\n")),
                ("content/b.md", page("date: 2026-01-26\nnumber: PR/1\n")),
            ],
        ),
        (
            "an alias that is a page",
            [
                ("content/a.md", page("slug: one\n")),
                ("content/b.md", page("slug: two\naliases: [/one/]\n")),
            ],
        ),
    ];
    for (name, files) in cases {
        let site = site();
        for (path, text) in &files {
            site.write(path, text);
        }
        if site.tree("content").len() < 3 {
            eprintln!("SKIPPED: this file system takes the two names for one ({name})");
            continue;
        }
        let ran = build(&site);
        assert_eq!(ran.status, 1, "{name}: {}", ran.err);
        for (path, _) in &files {
            assert!(ran.err.contains(path), "{name}: {path}: {}", ran.err);
        }
        let folded: Vec<String> = site
            .tree("public")
            .keys()
            .map(|path| path.to_lowercase())
            .collect();
        let mut once = folded.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), folded.len(), "{name}");
        the_rest_is_there(&site);
    }
}

#[test]
fn line_16_names_of_devices_and_odd_ends_give_portable_addresses() {
    let site = site();
    let names = [
        "CON", "con", "aux", "NUL.x", "lpt1", "COM9.tar", "a.", "b ", "c:d", "e?", "f*", "g|h",
        "\"i\"", "<j>", " k", "PRN.",
    ];
    for (n, name) in names.iter().enumerate() {
        site.write(
            &format!("content/p{n}/{name}.md"),
            format!("---\ntitle: Page {n}\n---\n\nx\n"),
        );
        site.write(
            &format!("content/q{n}.md"),
            format!(
                "---\ntitle: Other {n}\nslug: \"{}\"\n---\n\nx\n",
                name.replace('"', "\\\"")
            ),
        );
        site.write(
            &format!("seeds/2026-01-28_{n}.txt"),
            format!(
                "{name}\n\nREYKJAVIK, 27 January 2026 - Iceland reopened port {n} on Tuesday.\n"
            ),
        );
    }
    let ran = build(&site);
    assert!(ran.status <= 1, "{ran:?}");
    let device = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        ["con", "prn", "aux", "nul"].contains(&stem.as_str())
            || stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|c: char| c.is_ascii_digit())
    };
    for path in site
        .tree("public")
        .keys()
        .chain(site.tree("content/briefings").keys())
    {
        for part in path.split('/') {
            assert!(!device(part), "{path}");
            assert!(
                !part.ends_with(['.', ' ']) && !part.starts_with(' '),
                "{path}"
            );
            assert!(
                !part.contains([':', '?', '*', '|', '"', '<', '>', '\\']),
                "{path}"
            );
        }
    }
    the_rest_is_there(&site);
}
