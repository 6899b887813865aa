//! Line 36: rows of edits, each followed by a build.

use std::{collections::BTreeMap, fs};

use crate::support::{Site, tree};

const THEMED: [&str; 3] = [
    "{% extends \"default/page.html\" %}",
    "<!doctype html><title>{{ page.title }}</title>{{ page.content | safe }}{% if page.lower %}{{ page.lower.title }}{% endif %}",
    "<!doctype html><title>{{ page.title }}</title>{{ get_briefings(limit=3) | length }}",
];

const SETTINGS: [&str; 4] = [
    "title: T\ntheme: mine\nbase_url: https://example.org/\n",
    "title: T\ntheme: mine\nlanguages: [en, fr]\npaginate_by: 2\nbase_url: https://example.org/press/\n",
    "title: U\nfacet_minimum: 1\npermalink: /{year}/{slug}/\nbase_url: https://example.org/\n",
    "title: T\ntheme: mine\noutputs: [atom, csv]\nbase_url: https://example.org/\n",
];

/// One edit of a site's files, chosen by chance.
fn edit(
    site: &Site,
    random: &mut fastrand::Rng,
    history: &mut Vec<BTreeMap<String, Vec<u8>>>,
) -> String {
    const NAMES: [&str; 9] = [
        "about.md",
        "docs/_index.md",
        "docs/use.md",
        "briefings/a.md",
        "briefings/b.md",
        "briefings/c.md",
        "a.fr.md",
        "x/data.csv",
        "picture.svg",
    ];
    const FRONTS: [&str; 7] = [
        "title: Plain",
        "title: Dated\ndate: 2026-01-27\ncountries: [MA, DK]\ntopics: [trade]",
        "title: French\ndate: 2026-01-27\nlang: fr\ncountries: [MA]",
        "title: Draft\ndate: 2026-01-26\ndraft: true",
        "title: Alias\ndate: 2025-12-31\naliases: [/old/]\ntopics: [water]",
        "title: Series\ndate: 2026-01-25\nseries: Talks",
        "title: Zone",
    ];
    let sources = || -> BTreeMap<String, Vec<u8>> {
        tree(site.root())
            .into_iter()
            .filter(|(path, _)| {
                !path.starts_with("public/")
                    && !path.starts_with("clean/")
                    && !path.starts_with('.')
            })
            .collect()
    };
    let before = sources();
    let there: Vec<String> = before
        .keys()
        .filter(|path| path.starts_with("content/"))
        .cloned()
        .collect();
    let one = |random: &mut fastrand::Rng| there.get(random.usize(..there.len().max(1))).cloned();
    let kind = random.usize(..9);
    match kind {
        0..=2 => {
            let name = NAMES[random.usize(..NAMES.len())];
            site.write(
                &format!("content/{name}"),
                format!(
                    "---\n{}\n---\n\nText {} [a](@/about.md).\n",
                    FRONTS[random.usize(..FRONTS.len())],
                    random.u8(..)
                ),
            );
        }
        3 => {
            if let Some(path) = one(random) {
                let text = site.read(&path);
                site.write(&path, format!("{text}\nMore {}.\n", random.u8(..)));
            }
        }
        4 => {
            if let Some(path) = one(random) {
                fs::remove_file(site.path(&path)).expect("removed");
            }
        }
        5 => {
            if let Some(path) = one(random) {
                let to = site.path(&format!("content/{}", NAMES[random.usize(..NAMES.len())]));
                fs::create_dir_all(to.parent().expect("above")).expect("made");
                fs::rename(site.path(&path), to).expect("renamed");
            }
        }
        6 => site.write(
            "themes/mine/templates/page.html",
            THEMED[random.usize(..THEMED.len())],
        ),
        7 => site.write("site.yaml", SETTINGS[random.usize(..SETTINGS.len())]),
        _ => {
            if let Some(earlier) = history.get(random.usize(..history.len().max(1))) {
                for path in before.keys() {
                    fs::remove_file(site.path(path)).expect("removed");
                }
                for (path, bytes) in earlier {
                    site.write(path, bytes);
                }
            }
        }
    }
    history.push(before);
    format!("edit {kind}")
}

/// `tests/incremental.rs` follows longer rows within one process; here each build is a process of its own that rests on what the last one left.
#[test]
fn line_36_after_each_edit_a_build_equals_a_clean_one() {
    for seed in [36, 63] {
        let mut random = fastrand::Rng::with_seed(seed);
        let site = Site::new(&[
            ("site.yaml", SETTINGS[0]),
            ("themes/mine/templates/page.html", THEMED[0]),
            ("content/about.md", "---\ntitle: About\n---\n\nx\n"),
        ]);
        let mut history = Vec::new();
        for step in 0..12 {
            let what = edit(&site, &mut random, &mut history);
            let kept = site.run(&["--quiet", "build"]);
            let clean = site.run(&["--quiet", "build", "--no-cache", "--output", "clean"]);
            assert_eq!(
                (kept.status, kept.err),
                (clean.status, clean.err),
                "{seed}, step {step}: {what}"
            );
            let (now, right) = (site.published("public"), site.published("clean"));
            let odd = now
                .iter()
                .find(|(path, bytes)| right.get(*path) != Some(bytes))
                .map(|(path, _)| path);
            assert_eq!(odd, None, "{seed}, step {step}: {what}");
            assert_eq!(now.len(), right.len(), "{seed}, step {step}: {what}");
        }
    }
}
