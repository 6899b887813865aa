//! Line 27: YAML that costs more than it is worth.

use std::{fs, time::Duration};

use depeche::{
    content, distill,
    yaml::{FRONT_MATTER_LIMIT, nodes},
};

use crate::support::Site;

/// The time that this thread had a processor: a busy machine is no fault of the reader's.
fn worked() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The shortest of three times.
fn refused_fast<T: std::fmt::Debug>(
    what: &str,
    words: &str,
    read: impl Fn() -> Result<T, depeche::diagnostic::Diagnostic>,
) {
    let once = || {
        let begun = worked();
        let error = read().expect_err(what);
        (worked().saturating_sub(begun), error)
    };
    let (mut taken, error) = once();
    for _ in 0..2 {
        taken = taken.min(once().0);
    }
    assert!(error.message.contains(words), "{what}: {words}: {error}");
    assert!(
        error.line.is_some() && error.help.is_some(),
        "{what}: {error}"
    );
    assert!(taken < Duration::from_millis(100), "{what}: {taken:?}");
}

#[test]
fn line_27_bombs_are_refused_in_100_ms() {
    let doubling: String = (1..30)
        .map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1))
        .collect();
    let wide: String = (0..6000).map(|i| format!("k{i}: v\n")).collect();
    let quadratic = format!("a: &a x\nb: [{}]\n", "*a, ".repeat(12_000));
    for (what, text, words) in [
        ("doubling", format!("a0: &a0 x\n{doubling}"), "anchor"),
        ("quadratic", quadratic, "anchor"),
        ("alias", "a: *b\n".to_owned(), "alias"),
        ("tag", "a: !!python/object:os.system x\n".to_owned(), "tag"),
        ("merge", "b: 1\n<<: {a: 1}\n".to_owned(), "merge key"),
        (
            "twice",
            "a: 1\nb: 2\na: 3\n".to_owned(),
            "`a` is given twice",
        ),
        (
            "twice below",
            "a: {b: 1, b: 2}\n".to_owned(),
            "`b` is given twice",
        ),
        ("lists", "[".repeat(60_000), "nested"),
        ("maps", "{a: ".repeat(15_000), "nested"),
        ("dashes", "- ".repeat(30_000), "nested"),
        ("question marks", "? ".repeat(30_000), "nested"),
        ("long", "x".repeat(FRONT_MATTER_LIMIT + 1), "KiB"),
        ("wide and twice", format!("{wide}k0: w\n"), "given twice"),
        (
            "documents",
            "a: 1\n...\n---\nb: 2\n".to_owned(),
            "second YAML document",
        ),
    ] {
        refused_fast(what, words, || nodes("a.md", &text, 2, FRONT_MATTER_LIMIT));
        if what != "documents" {
            let page = format!("---\n{text}\n---\nx\n");
            refused_fast(what, words, || content::read("a.md", page.as_bytes()));
        }
        if what != "long" {
            refused_fast(what, words, || {
                depeche::config::Config::parse("site.yaml", &text)
            });
            refused_fast(what, words, || {
                distill::Vocabulary::parse("topics.yaml", &text)
            });
        }
    }
}

#[test]
fn line_27_a_bomb_costs_its_file_and_no_other() {
    let bomb = "a: &a x\nb: [*a, *a]\n";
    let site = Site::new(&[
        ("content/good.md", "---\ntitle: Good\n---\n\nx\n"),
        ("content/bomb.md", &format!("---\n{bomb}---\n")),
        ("content/twice.md", "---\ntitle: A\ntitle: B\n---\n"),
        ("content/odd.md", "---\ntitel: A\n---\n\nx\n"),
        (
            "seeds/2026-01-28_a.md",
            &format!("---\n{bomb}---\n\nText.\n"),
        ),
        ("topics.yaml", bomb),
    ]);
    let ran = site.run(&["--quiet", "build"]);
    assert_eq!(ran.status, 1);
    for said in [
        "error: content/bomb.md:2: ",
        "error: content/twice.md:3: `title` is given twice",
        "error: seeds/2026-01-28_a.md: ",
        "error: topics.yaml:1: ",
        "warning: content/odd.md:2: unknown key `titel`: did you mean `title`?",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(site.has("public/good/index.html"));
    site.write("site.yaml", bomb);
    let ran = site.run(&["--quiet", "build"]);
    assert!(
        ran.status == 2 && ran.err.contains("error: site.yaml:1: "),
        "{ran:?}"
    );
}
