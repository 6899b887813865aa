//! The command line as programs and people rely on it: JSON, exit status, what is written and what is not.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads files and their times"
)]

mod support;

use std::{fs, path::Path, time::SystemTime};

use depeche::distill::decode::decode;
use serde_json::Value;
use support::{Site, ran, tree};

const SEED: (&str, &str) = (
    "seeds/2026-01-28_ports.txt",
    "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry of fisheries said, and the fishing fleet left port.\n",
);

fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .collect()
}

fn texts(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|all| all.iter().all(Value::is_string))
}

#[test]
fn explain_prints_one_object_a_line_with_spans_of_the_decoded_text() {
    let mut seeds: Vec<String> = corpus()
        .read_dir()
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| path.display().to_string())
        .collect();
    seeds.sort();
    let site = Site::new(&[]);
    let mut arguments = vec!["explain", "--json", "--as-of", "2026-06-30"];
    arguments.extend(seeds.iter().map(String::as_str));
    let ran = site.run(&arguments).well();
    assert_eq!(ran.err, "");
    assert_eq!(ran.out.lines().count(), seeds.len());
    for (line, seed) in ran.out.lines().zip(&seeds) {
        let found: Value = serde_json::from_str(line).expect("JSON");
        let wanted = [
            "file",
            "lang",
            "title",
            "date",
            "countries",
            "mentions",
            "topics",
            "people",
            "organisations",
            "summary",
            "slug",
            "evidence",
            "warnings",
            "event_dates",
            "embargo_until",
            "dateline",
            "confidence",
            "doubts",
        ];
        assert_eq!(keys(&found), wanted, "{seed}");
        assert_eq!(found["file"], Value::from(seed.as_str()));
        for key in ["lang", "title", "summary", "slug"] {
            assert!(found[key].is_string(), "{key} of {seed}");
        }
        assert!(
            found["date"].is_string() || found["date"].is_null(),
            "{seed}"
        );
        for key in [
            "countries",
            "mentions",
            "topics",
            "organisations",
            "warnings",
        ] {
            assert!(texts(&found[key]), "{key} of {seed}");
        }
        for person in found["people"].as_array().expect("people") {
            assert_eq!(keys(person), ["name", "role"], "{seed}");
        }
        let bytes = fs::read(seed).expect("a seed");
        let (decoded, _) = decode(&bytes).expect("a text");
        let mut spans = 0;
        for (field, evidence) in found["evidence"].as_object().expect("evidence") {
            assert!(wanted.contains(&field.as_str()), "{field} of {seed}");
            for e in evidence.as_array().expect("a list") {
                assert_eq!(
                    keys(e),
                    [
                        "start", "end", "text", "rule", "weight", "value", "accepted"
                    ]
                );
                let at = |key: &str| {
                    let offset = e[key].as_u64().expect("a byte offset");
                    usize::try_from(offset).expect("a byte offset")
                };
                let text = decoded.get(at("start")..at("end"));
                assert_eq!(text, e["text"].as_str(), "{field} of {seed}");
                assert!(
                    e["weight"].is_number() && e["rule"].is_string() && e["accepted"].is_boolean()
                );
                spans += 1;
            }
        }
        assert!(spans > 3, "{seed}");
    }
    assert!(site.tree("").is_empty(), "explain writes nothing");
}

#[test]
fn explain_goes_on_after_a_bad_seed() {
    let site = Site::new(&[SEED, ("seeds/empty.txt", "")]);
    let ran = site.run(&["explain", "--json", "seeds/empty.txt", "none.txt", SEED.0]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out.lines().count(), 1);
    assert!(
        ran.err
            .contains("error: seeds/empty.txt: the seed has no words\n")
    );
    assert!(
        ran.err
            .contains("error: none.txt: the seed can't be read: ")
    );
}

#[test]
fn explain_shows_a_person_the_evidence_without_colour_in_a_pipe() {
    let site = Site::new(&[SEED]);
    let ran = site.run(&["explain", SEED.0]).well();
    for part in [
        "Ports reopen",
        "2026-01-27",
        "IS  Iceland",
        "[date: ",
        "[country: Iceland]",
        "27 January 2026",
    ] {
        assert!(ran.out.contains(part), "{part}:\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn a_date_in_the_seeds_name_or_as_of_is_the_day_of_reference() {
    let text = "Les ministres se sont réunis mardi à Rabat pour parler de la pêche, a annoncé le ministère marocain.\n";
    let site = Site::new(&[("seeds/2026-01-28_a.txt", text), ("seeds/b.txt", text)]);
    let date = |arguments: &[&str]| {
        let out = site.run(arguments).well().out;
        let found: Value = serde_json::from_str(&out).expect("JSON");
        found["date"].clone()
    };
    assert_eq!(
        date(&["explain", "--json", "seeds/2026-01-28_a.txt"]),
        "2026-01-27"
    );
    assert_eq!(
        date(&["explain", "--json", "--as-of", "2026-02-04", "seeds/b.txt"]),
        "2026-02-03"
    );
}

#[test]
fn a_new_site_builds_alone_in_an_empty_folder() {
    let place = Site::new(&[]);
    place.run(&["new", "my-site"]).well();
    let site = place.path("my-site");
    for file in [
        "site.yaml",
        "content/_index.md",
        "content/about.md",
        ".gitignore",
    ] {
        assert!(site.join(file).is_file(), "{file}");
    }
    let build = |more: &[&str]| {
        let mut command = place.command(&["build"]);
        command.args(more).current_dir(&site);
        ran(command.output().expect("runs")).well()
    };
    let said = build(&["--strict"]).err;
    assert!(
        said.contains("1 content file imported from seeds/\n"),
        "{said}"
    );
    assert!(said.contains("1 briefing in "), "{said}");
    let public = tree(&site.join("public"));
    for file in [
        "index.html",
        "404.html",
        "atom.xml",
        "sitemap.xml",
        "robots.txt",
        "about/index.html",
        "fr/index.html",
        "countries/is/index.html",
        "countries/pt/index.html",
        "topics/fisheries/index.html",
        "2026/01/27/index.html",
    ] {
        assert!(public.contains_key(file), "{file} of {:?}", public.keys());
    }
    build(&["--frozen", "--strict"]);
    let mut check = place.command(&["check"]);
    ran(check.current_dir(&site).output().expect("runs")).well();
}

/// Every file with the time it was last written.
fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    tree(folder)
        .into_keys()
        .map(|path| {
            let time = fs::metadata(folder.join(&path)).and_then(|m| m.modified());
            (path, time.expect("a time"))
        })
        .collect()
}

#[test]
fn a_second_build_changes_no_file() {
    let site = Site::new(&[
        SEED,
        ("content/about.md", "---\ntitle: About\n---\n\nText.\n"),
    ]);
    site.run(&["build"]).well();
    let before = times(site.root());
    let second = site.run(&["build"]).well();
    assert_eq!(times(site.root()), before);
    assert!(
        second.err.contains("(0 written, 0 removed)"),
        "{}",
        second.err
    );

    // And an edit changes its page, the page's Markdown twin, and the four files of the search that hold its words and their pair.
    site.write(
        "content/about.md",
        "---\ntitle: About\n---\n\nOther text.\n",
    );
    let third = site.run(&["build"]).well();
    assert!(
        third.err.contains("(6 written, 3 removed)"),
        "{}",
        third.err
    );
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_it_would() {
    let site = Site::new(&[SEED, ("content/a.md", "---\ntitle: A\n---\n")]);
    let before = times(site.root());
    let dry = site.run(&["import", "--dry-run"]).well();
    assert_eq!(
        dry.err,
        "content/briefings/ports-reopen.md (new) from seeds/2026-01-28_ports.txt\n\
         1 content file would be written (1 new), 0 unchanged\n"
    );
    assert_eq!(times(site.root()), before);
    let real = site.run(&["import"]).well();
    let said = "1 content file written (1 new), 0 unchanged\n";
    assert!(real.err.starts_with(said), "{}", real.err);
    assert!(site.has("content/briefings/ports-reopen.md"));
}

#[test]
fn a_check_writes_nothing_and_finds_what_a_build_does_not_look_for() {
    let site = Site::new(&[(
        "content/a.md",
        "---\ntitle: A\n---\n\n## Here\n\n[x](#there) [y](#here) [z](/none/)\n",
    )]);
    let before = times(site.root());
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, 1);
    for said in [
        "error: content/a.md:7: the link #there names a fragment that /a/ does not have [fragment-missing]\n",
        "error: content/a.md:7: the link /none/ leads nowhere [link-broken]\n",
    ] {
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    assert!(!ran.err.contains("#here"), "{}", ran.err);
    assert_eq!(times(site.root()), before);
}

#[test]
fn the_site_may_be_elsewhere() {
    let site = Site::new(&[SEED, ("other.yaml", "title: Other settings\n")]);
    let place = Site::new(&[]);
    let root = site.root().to_str().expect("UTF-8");
    let config = format!("{root}/other.yaml");
    place
        .run(&[
            "--root", root, "--config", &config, "build", "--output", "out",
        ])
        .well();
    assert!(site.read("out/index.html").contains("Other settings"));
    assert!(place.tree("").is_empty());
}

#[test]
fn quiet_says_nothing_where_all_is_well() {
    let site = Site::new(&[SEED]);
    for arguments in [
        &["--quiet", "build"][..],
        &["import", "-q"],
        &["-q", "check"],
    ] {
        let ran = site.run(arguments).well();
        assert_eq!(
            (ran.out.as_str(), ran.err.as_str()),
            ("", ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn help_teaches_each_command_and_its_options() {
    let site = Site::new(&[]);
    let general = site.run(&["--help"]).well().out;
    for (command, options) in [
        ("new", &["<DIR>"][..]),
        ("import", &["--as-of <DATE>", "--dry-run", "[SEED]..."]),
        (
            "build",
            &[
                "--output <DIR>",
                "--base-url <URL>",
                "--as-of <DATE>",
                "--drafts",
                "--frozen",
                "--strict",
            ],
        ),
        (
            "review",
            &[
                "--accept <FILE> [FIELD]...",
                "--set <FILE> <FIELD> <VALUE>...",
                "--json",
                "--all",
                "--strict",
                "[FILE]...",
            ],
        ),
        ("explain", &["--json", "--as-of <DATE>", "<SEED>..."]),
        (
            "serve",
            &[
                "--host <HOST>",
                "--port <PORT>",
                "--open",
                "--drafts",
                "127.0.0.1",
                "4000",
            ],
        ),
        ("watch", &["--output <DIR>", "--drafts"]),
        ("check", &["--drafts"]),
    ] {
        let row = format!("\n  {command} ");
        assert!(general.contains(&row), "{command} in\n{general}");
        let help = site.run(&[command, "--help"]).well().out;
        for option in options {
            assert!(help.contains(option), "{option} in\n{help}");
        }
        assert!(
            help.contains("--root <DIR>") && help.contains("--config <FILE>"),
            "{help}"
        );
    }
    for part in [
        "Exit status: 0 well",
        "depeche new my-site",
        "depeche serve",
    ] {
        assert!(general.contains(part), "{part} in\n{general}");
    }
    let version = site.run(&["--version"]).well().out;
    assert_eq!(version, format!("depeche {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(site.run(&[]).status, 2);
}

#[test]
fn a_folder_without_a_site_is_left_as_it_is() {
    let site = Site::new(&[]);
    for command in ["build", "check", "watch", "serve"] {
        let ran = site.run(&[command]);
        let said = "error: no site is here: neither site.yaml nor content/ nor seeds/\n";
        assert!(
            ran.status == 2 && ran.err.starts_with(said),
            "{command}: {ran:?}"
        );
    }
    assert!(site.tree(".").is_empty());
}

#[test]
fn a_misspelt_setting_gets_the_nearest_one() {
    let site = Site::new(&[("site.yaml", "paginated_by: 3\n")]);
    let ran = site.run(&["build"]);
    assert!(
        ran.err.ends_with("  = did you mean `paginate_by`?\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_verbose_build_names_what_it_imports() {
    let site = Site::new(&[(
        "seeds/2026-01-28_a.txt",
        "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday.\n",
    )]);
    let ran = site.run(&["--verbose", "build"]);
    let said = "content/briefings/ports-reopen.md (new) from seeds/2026-01-28_a.txt\n";
    assert!(ran.err.starts_with(said), "{}", ran.err);
    assert!(ran.err.contains(": public\n"), "{}", ran.err);
}
