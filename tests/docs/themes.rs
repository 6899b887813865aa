//! What theme authors have: a new theme, the context of a page, and a preview that follows each file of a theme.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::support::{Site, serving};

const BRIEFING: (&str, &str) = (
    "content/a.md",
    "---\ntitle: A\ndate: 2026-01-27\ncountries: [MA]\n---\n\nThe text.\n",
);

#[test]
fn a_new_theme_holds_what_it_changes_and_writes_over_nothing() {
    let site = Site::new(&[BRIEFING, ("site.yaml", "title: T\n")]);
    let said = site.run(&["theme", "new", "ministry"]).well().err;
    assert!(said.ends_with("  theme: ministry\n"), "{said}");
    assert_eq!(site.read("site.yaml"), "title: T\n");
    site.write(
        "site.yaml",
        "title: T\ntheme: ministry\nbase_url: https://example.org/\n",
    );
    site.run(&["build", "--strict"]).well();
    let page = site.read("public/2026/01/27/a/index.html");
    for part in ["<p class=\"ministry-note\">T</p>", "/assets/ministry."] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let before = site.tree("themes");
    for name in ["ministry", "default", "../x", "A", ""] {
        assert_eq!(site.run(&["theme", "new", name]).status, 2, "{name}");
    }
    assert_eq!(site.tree("themes"), before);
}

#[test]
fn a_context_has_what_the_template_does_not_name_even_where_it_fails() {
    let site = Site::new(&[
        BRIEFING,
        ("site.yaml", "theme: own\n"),
        ("themes/own/templates/page.html", "{{ pgae }}"),
    ]);
    let text = site.run(&["context", "/2026/01/27/a/"]).well().out;
    let all: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(all["file"], "themes/own/templates/page.html");
    assert_eq!(
        (&all["template"], &all["built_in"]),
        (&"page.html".into(), &false.into())
    );
    let context = &all["context"];
    assert_eq!(context["page"]["countries"][0]["name"], "Morocco");
    assert!(
        context["page"]["related"].is_array() && context["share"].is_object(),
        "{text}"
    );

    let keys = site.run(&["context", "countries/ma", "--keys"]).well().out;
    let head = "taxonomy_single.html (themes/default/templates/taxonomy_single.html, part of the program)\n";
    assert!(keys.starts_with(head), "{keys}");
    assert!(
        keys.contains("\npaginator: map\n") && keys.contains("\n  pages: list of map\n"),
        "{keys}"
    );
    assert_eq!(
        keys,
        site.run(&["context", "/countries/ma/", "--keys"])
            .well()
            .out
    );

    let none = site.run(&["context", "/contries/ma/"]);
    assert_eq!(none.status, 2);
    assert!(
        none.err.contains("did you mean `/countries/ma/`?"),
        "{}",
        none.err
    );
    assert_eq!(site.run(&["context", "/sitemap.xml"]).status, 2);
}

#[test]
fn a_preview_follows_strings_and_styles() {
    let site = Site::new(&[BRIEFING, ("site.yaml", "title: T\n")]);
    site.run(&["theme", "new", "own"]).well();
    site.write("site.yaml", "title: T\ntheme: own\n");
    let (_running, port) = serving(&mut site.command(&["serve", "--port", "0"]));
    let home = || {
        let mut to = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        to.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("asked");
        let mut reply = String::new();
        to.read_to_string(&mut reply).expect("answered");
        reply
    };
    let style = |page: &str| {
        let (_, rest) = page.split_once("/assets/own.").expect("the style sheet");
        rest.split('"').next().map(str::to_owned)
    };
    let until = |done: &dyn Fn(&str) -> bool| {
        let begun = Instant::now();
        while !done(&home()) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{}", home());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let before = style(&home());
    site.write("themes/own/static/own.css", "p { margin: 0 }\n");
    until(&|page| style(page) != before);
    site.write("themes/own/strings/en.yaml", "skip_to_content: Over here\n");
    until(&|page| page.contains("Over here"));
}
