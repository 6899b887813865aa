//! The corpus of xss/: a payload a line, `\n` for a line break, `{s}` for each line of schemes.txt. Each is a page of its own, as body and as title.

use super::{dom, front};
use crate::support::Site;

const SCHEMES: &str = include_str!("../xss/schemes.txt");
const CORPUS: [(&str, &str); 8] = [
    ("links", include_str!("../xss/links.txt")),
    ("images", include_str!("../xss/images.txt")),
    ("autolinks", include_str!("../xss/autolinks.txt")),
    ("references", include_str!("../xss/references.txt")),
    ("structure", include_str!("../xss/structure.txt")),
    ("html", include_str!("../xss/html.txt")),
    ("mutation", include_str!("../xss/mutation.txt")),
    ("schemes", SCHEMES),
];

/// Every payload with its name.
fn payloads() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (class, lines) in CORPUS {
        for (line, number) in lines.lines().zip(1..) {
            let payload = line.replace("\\n", "\n").replace("\\x00", "\0");
            if payload.contains("{s}") {
                let each = SCHEMES.lines().zip(1..);
                all.extend(
                    each.map(|(s, n)| (format!("{class}-{number}-{n}"), payload.replace("{s}", s))),
                );
            } else {
                all.push((format!("{class}-{number}"), payload));
            }
        }
    }
    all
}

/// Builds a page for each payload; the pages that hold something forbidden.
fn built(settings: &str) -> usize {
    let settings = format!("{settings}permalink: /{{slug}}/\n");
    let site = Site::new(&[("site.yaml", &settings)]);
    let all = payloads();
    for (name, payload) in &all {
        let title: String = payload.chars().filter(|c| *c != '\0').take(120).collect();
        // A page whose front matter can't be read would prove nothing.
        site.write(
            &format!("content/{name}.md"),
            // A briefing: no page lists it in its navigation, so that a thousand of them are no million links.
            format!(
                "{}\n{payload}\n",
                front(&title).replacen("---\n", "---\ndate: 2026-01-27\n", 1)
            ),
        );
    }
    let ran = site.run(&["--quiet", "build"]);
    // Links that lead nowhere are errors; each names the file.
    assert_eq!(ran.status, 1);
    assert!(
        ran.err
            .contains("content/links-1-1.md:7: links with `javascript:` are not allowed"),
        "{}",
        ran.err
            .lines()
            .filter(|l| l.starts_with("error"))
            .take(5)
            .collect::<String>()
    );
    assert!(!ran.err.contains("panicked"));
    let mut wrong = Vec::new();
    for (name, payload) in &all {
        let html = site.read(&format!("public/{name}/index.html"));
        let faults = dom::faults(&html);
        if !faults.is_empty() {
            wrong.push(format!("{name}: {payload:?}: {faults:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    all.len()
}

#[test]
fn line_18_no_payload_runs() {
    let tried = built("title: T\n");
    assert!(tried > 900, "{tried} payloads");
    println!("{tried} payloads, raw HTML off");
}

#[test]
fn line_19_raw_html_is_sanitised_where_a_site_allows_it() {
    let allow = depeche::config::raw_html::ALLOWABLE.join(", ");
    let tried = built(&format!("title: T\nraw_html: {{allow: [{allow}]}}\n"));
    println!("{tried} payloads, with {allow}");
}

#[test]
fn line_19_single_elements_are_allowed_by_name() {
    let body = "<details open onclick=x>\n<summary>More</summary>\n\n**Well** <kbd title=\"k\" id=x>K</kbd> <u>u</u>\n\n</details>\n\n<div>a</div>\n";
    let site = Site::new(&[("content/a.md", &format!("{}{body}", front("A")))]);
    site.run(&["--quiet", "build"]).well();
    let off = site.read("public/a/index.html");
    assert!(
        off.contains("&lt;details open onclick=x&gt;") && off.contains("&lt;div&gt;"),
        "text by default"
    );
    site.write("site.yaml", "raw_html: {allow: [details, summary, kbd]}\n");
    site.run(&["--quiet", "build"]).well();
    let on = site.read("public/a/index.html");
    for part in [
        "<details open=\"\">",
        "<summary>More</summary>",
        "<strong>Well</strong> <kbd title=\"k\">K</kbd> &lt;u&gt;u&lt;/u&gt;",
        "</details>",
        "&lt;div&gt;",
    ] {
        assert!(on.contains(part), "{part}: {on}");
    }
    assert_eq!(dom::faults(&on), [""; 0]);
    // The twin for machines has none of it.
    assert!(site.read("public/a/index.md").contains("\\<details"));
}

#[test]
fn line_19_what_could_run_is_never_allowed() {
    for name in [
        "script", "iframe", "svg", "math", "base", "meta", "style", "form", "input", "a", "img",
        "object", "template", "DETAILS",
    ] {
        let site = Site::new(&[(
            "site.yaml",
            &format!("title: T\nraw_html:\n  allow: [details, {name}]\n"),
        )]);
        let ran = site.run(&["--quiet", "build"]);
        assert_eq!(ran.status, 2);
        assert!(
            ran.err.contains(&format!(
                "site.yaml:3: raw_html.allow: `{name}` is no element that a text may hold"
            )),
            "{}",
            ran.err
        );
        assert!(!site.has("public/index.html"));
    }
    let site = Site::new(&[("site.yaml", "title: T\nraw_html:\n  alow: [details]\n")]);
    let ran = site.run(&["--quiet", "build"]);
    assert!(
        ran.status == 2
            && ran.err.contains("site.yaml:3:")
            && ran.err.contains("did you mean `allow`?"),
        "{}",
        ran.err
    );
}

#[test]
fn line_19_endless_nesting_is_shown_as_text() {
    let body = "<details>".repeat(20_000);
    let site = Site::new(&[
        ("site.yaml", "raw_html: {allow: [details]}\n"),
        ("content/a.md", &format!("{}{body}\n", front("A"))),
    ]);
    let ran = site.run(&["--quiet", "build"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.err
            .contains("content/a.md: its HTML elements are nested too deep"),
        "{}",
        ran.err
    );
    let page = site.read("public/a/index.html");
    let (_, text) = page.split_once("&lt;details&gt;").expect("as text");
    assert!(!text.contains("<details"), "none but the theme's");
}
