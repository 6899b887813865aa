//! Lines 9 and 10: names that lead elsewhere, or are not UTF-8.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};

use super::{GOOD, build, site, the_rest_is_there};
use crate::support::Site;

/// Names that lead elsewhere, or would on some system.
const LEADING: [&str; 14] = [
    "../x",
    "../../../x",
    "%2e%2e%2f",
    "%252e%252e%252fx",
    "/abs",
    "C:\\x",
    "..\\x",
    "a/../../b",
    ".",
    "..",
    "x\\0y",
    "//host/x",
    "file:///x",
    "~/x",
];

/// Nothing but content/, the output and the memory of a build has changed.
#[track_caller]
fn only_the_output(outer: &Site, before: &crate::support::Tree, what: &str) {
    let mut now = outer.tree("");
    now.retain(|path, _| {
        ![
            "a/site/public/",
            "a/site/.depeche-cache/",
            "a/site/content/briefings/",
        ]
        .iter()
        .any(|own| path.starts_with(own))
    });
    let before: Vec<&String> = before.keys().collect();
    assert_eq!(now.keys().collect::<Vec<_>>(), before, "{what}");
}

#[test]
fn line_09_no_slug_alias_or_other_value_leaves_the_output() {
    for key in [
        "slug: $",
        "aliases: [$]",
        "aliases: [\"/a/$\"]",
        "aliases: [\"$/\"]",
        "number: $",
        "topics: [$]",
        "series: $",
        "translation_of: $",
        "template: $",
        "image: $",
        "superseded_by: $",
    ] {
        let outer = Site::new(&[("a/site/content/good.md", GOOD.1)]);
        for (n, name) in LEADING.iter().enumerate() {
            let escaped = name.replace('\\', "\\\\").replace("x\\\\0y", "x\\0y");
            let front = if key.contains('"') {
                key.replace('$', &escaped)
            } else {
                key.replace('$', &format!("\"{escaped}\""))
            };
            outer.write(
                &format!("a/site/content/bad{n}.md"),
                format!("---\ntitle: Bad {n}\ndate: 2026-01-27\n{front}\n---\n\nx\n"),
            );
        }
        let before = outer.tree("");
        let ran = outer.run(&["--quiet", "--root", "a/site", "build", "--no-cache"]);
        assert!(ran.status == 0 || ran.status == 1, "{key}: {ran:?}");
        for line in ran.err.lines().filter(|line| line.starts_with("error: ")) {
            assert!(line.starts_with("error: content/bad"), "{key}: {line}");
        }
        only_the_output(&outer, &before, key);
        assert!(
            outer.has("a/site/public/2026/01/27/good/index.html"),
            "{key}"
        );
        for path in outer.tree("a/site/public").keys() {
            let odd = path.contains(['\\', '\0', ':']) || path.to_lowercase().contains("%2");
            assert!(
                !odd && !path.split('/').any(|part| part == ".." || part == "."),
                "{key}: {path}"
            );
        }
    }
}

#[test]
fn line_09_no_name_of_a_file_or_setting_leaves_the_output() {
    let names = [
        "%2e%2e%2fx",
        "%252e",
        "C:\\x",
        "..\\x",
        "...",
        "..x",
        "a\\..\\..\\b",
        "~",
        "%00",
        "-rf",
        "file:",
    ];
    let outer = Site::new(&[("a/site/content/good.md", GOOD.1)]);
    for (n, name) in names.iter().enumerate() {
        outer.write(
            &format!("a/site/content/{name}.md"),
            format!("---\ntitle: Name {n}\n---\n\nx\n"),
        );
        outer.write(&format!("a/site/content/f/{name}.txt"), "x");
        outer.write(
            &format!("a/site/content/{name}{n}/b.md"),
            format!("---\ntitle: Below {n}\n---\n\nx\n"),
        );
        outer.write(&format!("a/site/seeds/{name}.txt"), format!("../../{name} {n}\n\nREYKJAVIK, 27 January 2026 - Iceland reopened port {n} on Tuesday.\n"));
    }
    let before = outer.tree("");
    let ran = outer.run(&["--quiet", "--root", "a/site", "build", "--no-cache"]);
    assert!(ran.status == 0 || ran.status == 1, "{ran:?}");
    only_the_output(&outer, &before, "names");
    for path in outer
        .tree("a/site/public")
        .keys()
        .filter(|path| !path.starts_with("f/"))
    {
        assert!(!path.split('/').any(|part| part == ".."), "{path}");
    }
    for permalink in [
        "../{slug}/",
        "/../../{slug}/",
        "{slug}",
        "/%2e%2e/{slug}/",
        "C:\\{slug}",
        "/a/../../{slug}/",
    ] {
        outer.write("a/site/site.yaml", format!("permalink: '{permalink}'\n"));
        let ran = outer.run(&[
            "--quiet",
            "--root",
            "a/site",
            "build",
            "--no-cache",
            "--output",
            "out",
        ]);
        let mut now = outer.tree("");
        now.retain(|path, _| !path.starts_with("a/site/"));
        assert!(now.is_empty(), "{permalink}: {:?}", now.keys());
        assert!(
            ran.status < 3
                && (ran.status == 0
                    || ran.err.contains("site.yaml")
                    || ran.err.contains("content/")),
            "{permalink}: {ran:?}"
        );
    }
}

#[test]
fn line_10_a_name_that_is_not_utf8_is_an_error_with_the_name_escaped() {
    let site = site();
    for folder in ["content", "seeds", "themes"] {
        fs::create_dir_all(site.path(folder)).expect("made");
        let name = OsStr::from_bytes(b"caf\xE9\x1b.md");
        let made = fs::write(site.path(folder).join(name), "---\ntitle: A\n---\n");
        if made.is_err() {
            eprintln!("SKIPPED: this file system takes no such names");
            return;
        }
        let below = site.path(folder).join(OsStr::from_bytes(b"d\xFF"));
        fs::create_dir(&below).expect("made");
        fs::write(below.join("b.md"), "---\ntitle: B\n---\n").expect("written");
    }
    let ran = build(&site);
    assert_eq!(ran.status, 1, "{ran:?}");
    for folder in ["content", "seeds", "themes"] {
        for name in ["caf\\xE9\\u{1b}.md", "d\\xFF"] {
            let said = format!("error: {folder}/{name}");
            assert!(ran.err.contains(&said), "{said}: {}", ran.err);
        }
    }
    assert!(
        ran.err
            .contains("the file's name is not UTF-8\n  = rename it; it was left out"),
        "{}",
        ran.err
    );
    the_rest_is_there(&site);
}
