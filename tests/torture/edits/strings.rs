//! Line 26: strings that some reader takes for something else.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use depeche::yaml::{FRONT_MATTER_LIMIT, nodes, quoted, scalar};
use proptest::prelude::*;

use crate::support::Site;

/// Strings that some reader takes for something else.
const TRAPS: [&str; 52] = [
    "",
    " ",
    "NO",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "~",
    "null",
    "Null",
    "true",
    "012",
    "0o17",
    "0x1F",
    "0b1",
    "1e3",
    "1_000",
    "1.",
    ".5",
    "12:30",
    "1:2:3",
    "2024-01-01",
    "2024-01-01T10:00:00Z",
    "<<",
    "=",
    "*a",
    "&a",
    "!a",
    "!!binary a",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "#a",
    "a:",
    " a",
    "a ",
    "'a'",
    "\"a\"",
    "{a}",
    "[a]",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "---",
    "...",
    ".inf",
    "a\u{85}b\u{2028}c\u{FEFF}\r\n\t\0\u{7}d\u{202E}e\u{10FFFF}\u{FFFE}",
];

/// What both readers of this crate make of `key: TEXT`.
fn read_back(yaml: &str) -> (Option<String>, Option<String>) {
    let text = format!("k: {yaml}\n");
    let own = nodes("a.md", &text, 1, FRONT_MATTER_LIMIT)
        .ok()
        .and_then(|node| Some(node.to_json().get("k")?.as_str()?.to_owned()));
    let serde = serde_yaml::from_str::<serde_json::Value>(&text)
        .ok()
        .and_then(|v| Some(v.get("k")?.as_str()?.to_owned()));
    (own, serde)
}

#[test]
fn line_26_traps_are_strings_to_every_reader() {
    for trap in TRAPS {
        for yaml in [scalar(trap), quoted(trap)] {
            let expected = Some(trap.to_owned());
            assert_eq!(read_back(&yaml), (expected.clone(), expected), "{yaml}");
        }
    }
    assert_eq!(scalar("Le Maroc et l’Union"), "Le Maroc et l’Union");
    assert_eq!(scalar("المغرب"), "المغرب");
}

#[test]
fn line_26_norway_is_not_false() {
    let site = Site::new(&[(
        "seeds/2026-01-28_a.txt",
        "Norway reopens its ports\n\nOSLO, 27 January 2026 - Norway reopened its ports on Tuesday, the Norwegian ministry said.\n",
    )]);
    site.run(&["build"]).well();
    let page = site.read("content/briefings/norway-reopens-its-ports.md");
    assert!(page.contains("\ncountries:\n  - \"NO\"\n"), "{page}");
    assert!(site.has("public/countries/no/index.html"));
}

proptest! {
    #[test]
    fn line_26_any_string_survives(text in any::<String>(), word in "[-:#&*!|>'\"%@`{}\\[\\],?~=<. a-zéñ0-9_+\t\n]{0,12}") {
        for s in [text, word] {
            for yaml in [scalar(&s), quoted(&s)] {
                prop_assert_eq!(read_back(&yaml), (Some(s.clone()), Some(s.clone())), "{}", yaml);
            }
        }
    }
}

/// Asks another reader through a child process: YAML in, JSON out. `None` where it is not installed.
fn other_reader(program: &str, script: &[&str], yaml: &str) -> Option<Vec<String>> {
    let mut child = Command::new(program)
        .args(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let yaml = yaml.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(yaml.as_bytes()));
    let out = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    serde_json::from_slice(&out.stdout).ok()
}

/// Strings of the kind that people and machines write, and of the kind that they do not.
fn odd_strings(number: usize) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(26);
    let signs: Vec<char> = "-:#&*!|>'\"%@`{}[],?~=<. 0123456789eEnNoOyYtTfFxX_+\t\n\u{A0}\u{85}éñم字\u{2028}\u{FEFF}\u{1F4A9}".chars().collect();
    let mut some =
        |n: usize| -> String { (0..n).map(|_| signs[random.usize(..signs.len())]).collect() };
    (0..number).map(|n| some(1 + n % 9)).collect()
}

#[test]
fn line_26_pyyaml_and_psych_read_the_same_strings() {
    let mut expected: Vec<String> = TRAPS.iter().map(ToString::to_string).collect();
    expected.extend((0_u32..3000).filter_map(|i| {
        let c = char::from_u32(i * 37 % 0x3100)?;
        Some(format!(
            "{c}{}{c}",
            ["a", "1", ":", " ", "e3"][i as usize % 5]
        ))
    }));
    expected.extend(odd_strings(6000));
    let yaml: String = expected
        .iter()
        .map(|s| format!("- {}\n", scalar(s)))
        .collect();
    let readers = [
        (
            "PyYAML",
            "python3",
            &[
                "-c",
                "import sys,json,yaml; json.dump(yaml.safe_load(sys.stdin.buffer.read().decode()), sys.stdout)",
            ][..],
        ),
        (
            "Psych",
            "ruby",
            &[
                "-ryaml",
                "-rjson",
                "-e",
                "print YAML.safe_load(STDIN.read.force_encoding('UTF-8')).to_json",
            ],
        ),
    ];
    for (name, program, script) in readers {
        match other_reader(program, script, &yaml) {
            Some(read) => {
                let other = read
                    .iter()
                    .zip(&expected)
                    .find(|(read, expected)| read != expected);
                assert_eq!(other, None, "{name}");
                assert_eq!(read.len(), expected.len(), "{name}");
            }
            None => eprintln!(
                "SKIPPED: {name} is not here to read {} strings",
                expected.len()
            ),
        }
    }
}
