//! The editors' commands: what they list, what they write, what they leave alone.

use std::{collections::BTreeSet, process::Command};

use serde_json::{Value, json};

use crate::support::{Ran, Site};

const PORTS: &str = "---\ntitle: Ports reopen\ndate: 2026-01-27\ncountries: [IS]\ntopics: [fisheries]\n---\n\nThe fleet left port.\n";

fn site() -> Site {
    Site::new(&[
        (
            "site.yaml",
            "languages: [en, fr]\nfooter:\n  - { title: About, url: \"@/about.md\" }\n",
        ),
        ("content/about.md", "---\ntitle: About\n---\n\nUs.\n"),
        ("content/briefings/ports.md", PORTS),
        (
            "content/briefings/draft.md",
            "---\ntitle: Un accord\ndate: 2026-02-03\nlang: fr\ndraft: true\ncountries: [MA, ES]\n---\n\nVoir [les ports](ports.md).\n",
        ),
        (
            "content/briefings/held.md",
            "---\ntitle: =A sale\ndate: 2026-02-01\nembargo_until: 2999-01-01\n---\n\nSee [ports](@/briefings/ports.md#x).\n",
        ),
        (
            "content/briefings/old.md",
            "---\ntitle: Old\ndate: 2020-02-01\nexpires: 2020-03-01\n---\n",
        ),
        (
            "content/briefings/gone.md",
            "---\ntitle: Gone\ndate: 2026-01-01\nwithdrawn: true\n---\n",
        ),
        (
            "content/briefings/due.md",
            "---\ntitle: Due\ndate: 2026-01-02\nreview:\n  countries: none found\nderived:\n  title: \"000000000000\"\n---\n",
        ),
    ])
}

fn titles(ran: Ran) -> Vec<String> {
    let lines = ran.well().out;
    lines
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect(line)["title"]
                .as_str()
                .expect("a title")
                .to_owned()
        })
        .collect()
}

pub(crate) fn git(site: &Site, arguments: &[&str]) -> String {
    let out = Command::new("git")
        .current_dir(site.root())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .output()
        .expect("git");
    assert!(out.status.success(), "{out:?}");
    String::from_utf8(out.stdout).expect("UTF-8")
}

pub(crate) fn committed(site: &Site) {
    git(site, &["init", "-q"]);
    git(site, &["add", "."]);
    git(site, &["commit", "-q", "-m", "all"]);
}

#[test]
fn a_list_holds_what_was_asked_for() {
    let site = site();
    let list = |more: &[&str]| {
        let arguments = [&["list", "--format", "json"], more].concat();
        titles(site.run(&arguments))
    };
    assert_eq!(
        list(&[]),
        ["Un accord", "=A sale", "Ports reopen", "Due", "Gone", "Old"]
    );
    assert_eq!(
        list(&["--state", "draft", "--state", "embargoed"]),
        ["Un accord", "=A sale"]
    );
    assert_eq!(list(&["--state", "review"]), ["Due"]);
    assert_eq!(list(&["--state", "expired"]), ["Old"]);
    assert_eq!(list(&["--state", "withdrawn"]), ["Gone"]);
    assert_eq!(list(&["--state", "published"]), ["Ports reopen", "Due"]);
    assert_eq!(list(&["--country", "MA", "--country", "ES"]), ["Un accord"]);
    assert_eq!(list(&["--topic", "fisheries"]), ["Ports reopen"]);
    assert_eq!(list(&["--lang", "fr"]), ["Un accord"]);
    assert_eq!(
        list(&["--since", "2026-01-02", "--until", "2026-01-31"]),
        ["Ports reopen", "Due"]
    );
    assert_eq!(list(&["--text", "FLEET left"]), ["Ports reopen"]);
    assert_eq!(
        list(&["--pages", "--sort", "title"])[..2],
        ["=A sale", "About"]
    );
    assert_eq!(list(&["--sort", "state"])[0], "Un accord");
    assert_eq!(list(&["--reverse"])[0], "Old");
    assert_eq!(site.run(&["list", "--country", "ZZ"]).status, 2);
}

#[test]
fn a_list_reads_well_and_programs_read_it() {
    let site = site();
    let json = site
        .run(&["list", "--format", "json", "--state", "embargoed"])
        .well()
        .out;
    let row: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        row,
        json!({
            "file": "content/briefings/held.md", "title": "=A sale", "kind": "briefing", "date": "2026-02-01", "lang": "en", "countries": [], "topics": [],
            "states": ["embargoed"], "embargo_until": "2999-01-01", "expires": null, "review": [], "path": "/2026/02/01/held/"
        })
    );
    let csv = site.run(&["list", "--format", "csv"]).well().out;
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    let head: Vec<String> = table
        .headers()
        .expect("a head")
        .iter()
        .map(str::to_owned)
        .collect();
    let keys: Vec<String> = row
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    assert_eq!(head, keys);
    let records: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(records.len(), 6);
    assert!(
        records.iter().any(|row| &row[1] == "'=A sale"),
        "no formula"
    );
    assert!(records.iter().any(|row| &row[5] == "MA;ES"));
    let table = site.run(&["list"]).well();
    assert!(
        table.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        table.out
    );
    assert!(
        table
            .out
            .contains("2026-02-01  en  embargoed until 2999-01-01"),
        "{}",
        table.out
    );
    assert!(table.err.contains("6 files"), "{}", table.err);
}

#[test]
fn a_new_briefing_writes_over_nothing() {
    let site = site();
    let arguments = [
        "new-briefing",
        "Talks: Iceland & Portugal",
        "--date",
        "2026-03-01",
        "--country",
        "is",
        "--country",
        "PT",
        "--topic",
        "fisheries",
    ];
    let ran = site.run(&arguments).well();
    assert!(
        ran.err
            .contains("content/briefings/talks-iceland-portugal.md"),
        "{}",
        ran.err
    );
    let text = site.read("content/briefings/talks-iceland-portugal.md");
    assert_eq!(
        text,
        "---\ntitle: \"Talks: Iceland & Portugal\"\ndate: 2026-03-01\nlang: en\ncountries: [IS, PT]\ntopics: [fisheries]\nsummary: \"\"\n# Take this out when the text may be published.\ndraft: true\n---\n\n"
    );
    let again = site.run(&arguments);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("there already"), "{}", again.err);
    assert_eq!(
        site.run(&["new-briefing", "X", "--country", "ZZ"]).status,
        2
    );
    let drafts = site.run(&["list", "--state", "draft", "--format", "json"]);
    assert!(titles(drafts).contains(&"Talks: Iceland & Portugal".to_owned()));
}

#[test]
fn a_file_is_renamed_with_all_that_links_to_it() {
    let site = site();
    let before = site.tree("content");
    let dry = site
        .run(&[
            "rename",
            "content/briefings/ports.md",
            "harbours",
            "--dry-run",
        ])
        .well();
    assert_eq!(site.tree("content"), before);
    assert!(
        dry.out.contains("+  - \"/2026/01/27/ports/\""),
        "{}",
        dry.out
    );
    site.run(&["rename", "content/briefings/ports.md", "harbours"])
        .well();
    assert!(!site.has("content/briefings/ports.md"));
    let text = site.read("content/briefings/harbours.md");
    assert_eq!(
        text,
        PORTS.replace(
            "topics: [fisheries]\n",
            "topics: [fisheries]\naliases:\n  - \"/2026/01/27/ports/\"\n"
        )
    );
    assert!(
        site.read("content/briefings/held.md")
            .contains("(@/briefings/harbours.md#x)")
    );
    assert!(
        site.read("content/briefings/draft.md")
            .contains("(@/briefings/harbours.md)")
    );
    site.run(&["rename", "content/about.md", "us/who"]).well();
    assert!(site.read("site.yaml").contains("\"@/us/who.md\""));
    assert!(site.read("content/us/who.md").contains("/about/"));
    site.run(&["build"]).well();
    assert!(
        site.read("public/2026/01/27/ports/index.html")
            .contains("/2026/01/27/harbours/")
    );
    assert_eq!(
        site.run(&["rename", "content/us/who.md", "briefings/due"])
            .status,
        2
    );
    // In a repository, what is in no commit is not written over.
    committed(&site);
    site.write(
        "content/briefings/held.md",
        "---\ntitle: Mine\n---\n\n[ports](@/briefings/harbours.md)\n",
    );
    let refused = site.run(&["rename", "content/briefings/harbours.md", "ports"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("in no commit"), "{}", refused.err);
    assert!(site.has("content/briefings/harbours.md"));
}

#[test]
fn a_topic_is_renamed_in_many_files_and_git_takes_it_back() {
    let site = site();
    let arguments = ["retag", "topic", "--rename", "fisheries", "shipping"];
    let refused = site.run(&[&arguments[..], &["--yes"]].concat());
    assert!(
        refused.status == 2 && refused.err.contains("no git repository"),
        "{}",
        refused.err
    );
    committed(&site);
    let unasked = site.run(&arguments);
    assert!(
        unasked.status == 2 && unasked.err.contains("--yes"),
        "{}",
        unasked.err
    );
    assert!(
        unasked
            .out
            .contains("-topics: [fisheries]\n+topics: [shipping]"),
        "{}",
        unasked.out
    );
    assert_eq!(git(&site, &["status", "--porcelain"]), "");
    let done = site.run(&[&arguments[..], &["--yes"]].concat()).well();
    assert!(
        site.read("content/briefings/ports.md")
            .contains("topics: [shipping]")
    );
    let undo = done
        .err
        .lines()
        .find_map(|line| line.strip_prefix("To take it back: "))
        .expect("a command");
    let refused = site.run(&[
        "retag",
        "country",
        "--add",
        "NO",
        "content/briefings/ports.md",
        "--yes",
    ]);
    assert!(
        refused.status == 2 && refused.err.contains("in no commit"),
        "{}",
        refused.err
    );
    let took = Command::new("sh")
        .current_dir(site.root())
        .args(["-c", undo])
        .status()
        .expect("a shell");
    assert!(took.success());
    assert_eq!(site.read("content/briefings/ports.md"), PORTS);
    site.run(&[
        "retag",
        "country",
        "--add",
        "no",
        "content/briefings/ports.md",
        "--yes",
    ])
    .well();
    assert!(
        site.read("content/briefings/ports.md")
            .contains("countries: [IS, \"NO\"]")
    );
    site.run(&["retag", "country", "--remove", "NO", "--yes", "--force"])
        .well();
    assert_eq!(site.read("content/briefings/ports.md"), PORTS);
    assert!(
        site.run(&["retag", "topic", "--rename", "none", "shipping", "--yes"])
            .well()
            .err
            .contains("no file")
    );
    assert_eq!(
        site.run(&["retag", "topic", "--add", "x", "--yes"]).status,
        2
    );
    assert_eq!(
        site.run(&["retag", "country", "--rename", "IS", "Island", "--yes"])
            .status,
        2
    );
}

#[test]
fn links_to_a_list_in_which_nothing_is_left_are_told() {
    let site = Site::new(&[
        (
            "site.yaml",
            "base_url: https://port.example/\nnavigation:\n  - { title: Fish, url: /topics/fisheries/ }\n",
        ),
        ("content/briefings/ports.md", PORTS),
        (
            "content/a.md",
            "---\ntitle: A\n---\n\n[a](https://port.example/fr/topics/fisheries/#x) [b](https://e.org/topics/fisheries/)\n[c](/topics/fisheries-2/)\n[d](/topics/fisheries)\n",
        ),
    ]);
    let rename = ["retag", "topic", "--rename", "fisheries", "shipping"];
    let shown = site.run(&[&rename[..], &["--dry-run"]].concat()).err;
    let told: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("nothing is left"))
        .collect();
    assert_eq!(told.len(), 3, "{shown}");
    for (line, place) in told
        .iter()
        .zip(["content/a.md:5", "content/a.md:7", "site.yaml:3"])
    {
        assert!(line.contains(place), "{shown}");
    }
    assert!(
        shown.contains("let it lead to /topics/shipping/"),
        "{shown}"
    );
    let two = PORTS.replace("title: ", "title: More ");
    site.write("content/briefings/more.md", &two);
    let one = [&rename[..], &["content/briefings/ports.md", "--dry-run"]].concat();
    let shown = site.run(&one).err;
    assert!(!shown.contains("nothing is left"), "{shown}");
}

#[test]
fn shells_and_man_know_each_command() {
    let site = site();
    let commands: BTreeSet<&str> = [
        "new",
        "import",
        "build",
        "check",
        "list",
        "rename",
        "retag",
        "new-briefing",
        "config",
        "schema",
    ]
    .into();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = site.run(&["completions", shell]).well().out;
        for command in &commands {
            assert!(said.contains(command), "{shell} lacks {command}");
        }
    }
    site.run(&["man", "pages"]).well();
    assert!(site.read("pages/depeche.1").contains("depeche"));
    for command in &commands {
        let page = site.read(&format!("pages/depeche-{command}.1"));
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    assert!(!site.has("pages/depeche-convert.1"));
}

#[test]
fn each_command_is_documented() {
    let page =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/docs/command-line.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let site = site();
    let help = site.run(&["--help"]).well().out;
    let commands = help
        .split("Commands:")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("commands");
    let names = commands.lines().filter_map(|line| {
        line.strip_prefix("  ")?
            .split_whitespace()
            .next()
            .filter(|_| !line.starts_with("   "))
    });
    let names: Vec<&str> = names.filter(|name| *name != "help").collect();
    assert!(names.len() > 12, "{names:?}");
    for name in names {
        assert!(
            page.contains(&format!("\n## {name}\n")),
            "`{name}` has no chapter in docs/command-line.md"
        );
        let help = site.run(&[name, "--help"]).well().out;
        let chapter = page
            .split(&format!("\n## {name}\n"))
            .nth(1)
            .and_then(|rest| rest.split("\n## ").next())
            .expect("a chapter");
        let options = help.lines().filter_map(|line| {
            let option = line
                .trim_start()
                .split("--")
                .nth(1)
                .filter(|_| line.trim_start().starts_with('-'))?;
            option
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .next()
        });
        let common = [
            "root", "config", "quiet", "verbose", "timings", "trace", "help", "version",
        ];
        for option in options.filter(|option| !common.contains(option)) {
            let elsewhere = name == "check" && option != "format";
            assert!(
                elsewhere
                    || chapter.contains(&format!("`--{option}"))
                    || chapter.contains(&format!("--{option} ")),
                "{name} --{option} is not documented"
            );
        }
    }
}
