//! YAML in both directions: any string survives every reader, and no file is costly or ambiguous to read.
#![cfg(test)]

use std::{
    io::Write,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use depeche::yaml::{FRONT_MATTER_LIMIT, nodes, quoted, scalar};
use proptest::prelude::*;

/// Strings that some reader takes for something else.
const TRAPS: [&str; 44] = [
    "",
    " ",
    "NO",
    "no",
    "on",
    "Off",
    "y",
    "~",
    "null",
    "Null",
    "true",
    "012",
    "0o17",
    "1e3",
    "1_000",
    "12:30",
    "1:2:3",
    "2024-01-01",
    "2024-01-01T10:00:00Z",
    "<<",
    "*a",
    "&a",
    "!a",
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
    ".inf",
    "a\u{85}b\u{2028}c\u{FEFF}\r\n\t\0\u{7}d\u{202E}e\u{10FFFF}\u{FFFE}",
];

/// A bomb that goes off takes minutes; a busy machine without optimisation does not take this long for a text that is refused at once.
const LIMIT: Duration = Duration::from_secs(5);

#[expect(clippy::disallowed_methods, reason = "the test measures time")]
fn refused_fast(text: &str, words: &str) {
    let before = Instant::now();
    let error = nodes("a.md", text, 2, FRONT_MATTER_LIMIT).expect_err(words);
    let taken = before.elapsed();
    assert!(error.message.contains(words), "{words}: {error}");
    assert!(error.line.is_some() && error.help.is_some(), "{error}");
    assert!(taken < LIMIT, "{words}: {taken:?}");
}

#[test]
fn bombs_are_refused_fast() {
    let doubling: String = (1..30)
        .map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1))
        .collect();
    refused_fast(&format!("a0: &a0 x\n{doubling}"), "anchor");
    refused_fast("a: *b\n", "alias");
    refused_fast("a: !!python/object:os.system x\n", "tag");
    refused_fast("b: 1\n<<: {a: 1}\n", "merge key");
    refused_fast("a: 1\nb: 2\na: 3\n", "`a` is given twice");
    refused_fast(&"[".repeat(60_000), "nested");
    refused_fast(&"{a: ".repeat(15_000), "nested");
    refused_fast(&"- ".repeat(30_000), "nested");
    refused_fast(&"? ".repeat(30_000), "nested");
    refused_fast(&"x".repeat(FRONT_MATTER_LIMIT + 1), "KiB");
    let wide: String = (0..6000).map(|i| format!("k{i}: v\n")).collect();
    refused_fast(&format!("{wide}k0: w\n"), "given twice");
    refused_fast("a: 1\n...\n---\nb: 2\n", "second YAML document");
}

#[test]
fn large_but_honest_front_matter_is_read_fast() {
    for text in [
        (0..6000).map(|i| format!("k{i}: v\n")).collect::<String>(),
        format!("a: [{}]\n", "x, ".repeat(20_000)),
        format!("a: \"{}\"\n", "x ".repeat(30_000)),
        format!("{}a: 1\n", "#\n".repeat(30_000)),
    ] {
        #[expect(clippy::disallowed_methods, reason = "the test measures time")]
        let before = Instant::now();
        nodes("a.md", &text, 2, FRONT_MATTER_LIMIT).expect("well");
        let taken = before.elapsed();
        assert!(taken < LIMIT, "{taken:?} without optimisation");
    }
}

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
fn traps_are_strings_to_every_reader() {
    for trap in TRAPS {
        for yaml in [scalar(trap), quoted(trap)] {
            let expected = Some(trap.to_owned());
            assert_eq!(read_back(&yaml), (expected.clone(), expected), "{yaml}");
        }
    }
    assert_eq!(scalar("Le Maroc et l’Union"), "Le Maroc et l’Union");
    assert_eq!(scalar("المغرب"), "المغرب");
}

proptest! {
    #[test]
    fn any_string_survives(text in any::<String>(), word in "[-:#&*!|>'\"%@`{}\\[\\],?~=<. a-zéñ0-9_+\t\n]{0,12}") {
        for s in [text, word] {
            for yaml in [scalar(&s), quoted(&s)] {
                prop_assert_eq!(read_back(&yaml), (Some(s.clone()), Some(s.clone())), "{}", yaml);
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-:#&*!|>'\"%@`{}\\[\\],?~=<. ab0\t\n\u{FEFF}\u{85}é]{0,40}", any in any::<String>()) {
        let _ = nodes("a.md", &text, 1, FRONT_MATTER_LIMIT);
        let _ = nodes("a.md", &any, 1, FRONT_MATTER_LIMIT);
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
    child.stdin.take()?.write_all(yaml.as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    serde_json::from_slice(&out.stdout).ok()
}

#[test]
fn pyyaml_and_ruby_read_the_same_strings() {
    let generated = (0u32..3000).filter_map(|i| {
        let c = char::from_u32(i * 37 % 0x3100)?;
        Some(format!(
            "{c}{}{c}",
            ["a", "1", ":", " ", "e3"][i as usize % 5]
        ))
    });
    let expected: Vec<String> = TRAPS
        .iter()
        .map(ToString::to_string)
        .chain(generated)
        .collect();
    let yaml: String = expected
        .iter()
        .map(|s| format!("- {}\n", scalar(s)))
        .collect();
    for (name, program, script) in [
        (
            "PyYAML",
            "python3",
            &[
                "-c",
                "import sys,json,yaml; json.dump(yaml.safe_load(sys.stdin.buffer.read().decode()), sys.stdout)",
            ][..],
        ),
        (
            "Ruby",
            "ruby",
            &[
                "-ryaml",
                "-rjson",
                "-e",
                "print YAML.safe_load(STDIN.read.force_encoding('UTF-8')).to_json",
            ][..],
        ),
    ] {
        match other_reader(program, script, &yaml) {
            Some(read) => assert_eq!(read, expected, "{name}"),
            None => println!("SKIPPED: {name} is not here to read the strings"),
        }
    }
}
