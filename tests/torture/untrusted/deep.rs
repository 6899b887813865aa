//! Line 28: 100,000 marks within each other, in bodies, front matter and seeds of web pages. Four times as many take about four times as long, and
//! the program ends by itself: a stack that overflows would be a signal.

use std::time::{Duration, Instant};

use super::front;
use crate::support::{Ran, Site};

/// Marks of the larger file.
const MANY: usize = 100_000;

/// Marks of one body, most dangerous when repeated.
const MARKS: [(&str, &str); 20] = [
    ("quotes", ">"),
    ("spaced quotes", "> "),
    ("brackets", "["),
    ("images", "!["),
    ("links", "[a]("),
    ("closed links", "[a](b)"),
    ("stars", "*"),
    ("open stars", "*a "),
    ("star pairs", "**a *b "),
    ("underscores", "_a "),
    ("tildes", "~~a "),
    ("elements", "<div>"),
    ("ends", "</div>"),
    ("open tags", "<a "),
    ("lists", "- "),
    ("numbers", "1. "),
    ("backticks", "`a``b```c"),
    ("cells", "|a"),
    ("footnotes", "[^1]"),
    ("entities", "&#"),
];

/// Builds, with the time that it took.
fn timed(site: &Site) -> (Ran, Duration) {
    let begun = Instant::now();
    let ran = site.run(&["--quiet", "build", "--no-cache"]);
    (ran, begun.elapsed())
}

/// Fails where four times as much takes far more than four times as long. A second is for the noise of the machine.
#[track_caller]
fn about_linear(what: &str, make: impl Fn(usize) -> Site) {
    let of = |count| {
        let (ran, time) = timed(&make(count));
        assert!(
            matches!(ran.status, 0 | 1),
            "{what}: {}: {}",
            ran.status,
            ran.err.chars().take(500).collect::<String>()
        );
        assert!(
            !ran.err.contains("panicked") && !ran.err.contains("converter failed"),
            "{what}: {}",
            ran.err.chars().take(500).collect::<String>()
        );
        time
    };
    let (few, many) = (of(MANY / 4), of(MANY));
    println!("{what}: {few:?}, {many:?}");
    assert!(
        many < few * 6 + Duration::from_secs(1),
        "{what}: {few:?} for a quarter, {many:?} for all"
    );
}

#[test]
fn line_28_marks_in_bodies() {
    for (what, mark) in MARKS {
        about_linear(what, |count| {
            let text = mark.repeat(count);
            Site::new(&[("content/a.md", &format!("{}{text}\n", front("A")))])
        });
    }
}

#[test]
fn line_28_one_mark_a_line() {
    for (what, mark) in [
        ("quotes", "> a\n"),
        ("nested quotes", ">>>>>>>> a\n"),
        ("lists", "- a\n"),
        ("definitions", "[a]: b\n"),
        ("footnotes", "[^a]: b\n\n"),
        ("headings", "## a\n"),
        ("fences", "```\n"),
        ("tables", "|a|\n|-|\n"),
    ] {
        about_linear(what, |count| {
            Site::new(&[(
                "content/a.md",
                &format!("{}{}\n", front("A"), mark.repeat(count / 2)),
            )])
        });
    }
}

#[test]
fn line_28_marks_where_a_site_allows_html() {
    for mark in [
        "<b>",
        "<details>",
        "<b title=x>a\n\n",
        "<sub></sup>",
        "<u>a</u>",
        "</u>",
    ] {
        about_linear(mark, |count| {
            let body = mark.repeat(count / 2);
            Site::new(&[
                (
                    "site.yaml",
                    "raw_html: {allow: [b, u, details, sub, sup]}\n",
                ),
                ("content/a.md", &format!("{}{body}\n", front("A"))),
            ])
        });
    }
}

#[test]
fn line_28_marks_in_front_matter() {
    for mark in ["[", "{", "<div>", "> ", "*a", "&a ", "- ", "!!x "] {
        // 64 KiB are the most; above, the size is the fault.
        about_linear(mark, |count| {
            let value = mark.repeat(count / 10);
            Site::new(&[
                ("content/a.md", &format!("{}x\n", front(&value))),
                ("content/b.md", &format!("---\ntitle: {value}\n---\nx\n")),
                (
                    "content/c.md",
                    &format!("---\nextra:\n  a: {value}\n---\nx\n"),
                ),
            ])
        });
    }
}

#[test]
fn line_28_seeds_nested_without_end() {
    for mark in [
        "<div>",
        "<p>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<div/>",
        "<div></span>",
        "<blockquote></x>",
        "<svg>",
        "<font a=b><p>",
    ] {
        about_linear(mark, |count| {
            let site = Site::new(&[(
                "seeds/2026-01-28_good.txt",
                "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday.\n",
            )]);
            site.write(
                "seeds/2026-01-28_deep.html",
                format!(
                    "<html><body>{}Iceland reopened its ports</body></html>",
                    mark.repeat(count)
                ),
            );
            site
        });
    }
    for (what, mark) in [
        ("text", "> "),
        ("text", "["),
        ("text", "*a "),
        ("text", "<div>"),
    ] {
        about_linear(what, |count| {
            let site = Site::new(&[]);
            for ending in ["txt", "md"] {
                site.write(&format!("seeds/2026-01-28_{ending}.{ending}"), format!("Ports reopen in Iceland\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports.\n\n{}\n", mark.repeat(count)));
            }
            site
        });
    }
}
