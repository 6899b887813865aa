//! What gives an embargo away: found in any spelling and any place, and nowhere else.

use serde_json::Value;

use crate::support::Site;

const SECRET: &str =
    "The port of Rotterdam will be sold to the city of Utrecht for one euro in the spring.";

/// Rule, file and line of each finding about embargoes.
fn leaks(files: &[(&str, &str)]) -> Vec<(String, String, u64)> {
    let site = Site::new(files);
    let ran = site.run(&["check", "--format", "json"]);
    let all = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect(line));
    let text = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    all.filter(|one| text(one, "rule").starts_with("embargo-"))
        .map(|one| {
            let line = one["line"].as_u64().unwrap_or_default();
            (text(&one, "rule"), text(&one, "file"), line)
        })
        .collect()
}

fn held(body: &str) -> String {
    format!("---\ntitle: Talks\ndate: 2026-01-27\nembargo_until: 2999-01-01\n---\n\n{body}\n")
}

#[test]
fn links_to_it_are_found_in_any_spelling_and_no_others() {
    let held = held("Held.");
    let found = |file: &str, text: &str| {
        leaks(&[
            ("site.yaml", "base_url: https://port.example/\n"),
            ("content/briefings/talks.md", &held),
            ("content/briefings/talks-2.md", "---\ntitle: Two\n---\n"),
            ("content/other/talks.md", "---\ntitle: Other\n---\n"),
            (file, text),
        ])
    };
    let file = "content/pages/a.md";
    for (body, line) in [
        ("See [it](../briefings/talks.md).", 5),
        ("See [it](@/briefings/talks).", 5),
        ("See [it][t].\n\n[t]: ../briefings/t%61lks.md\n", 7),
        ("Text.\n\nSee [it](/2026/01/27/talks/).", 7),
        ("<https://port.example/2026/01/27/talks/>", 5),
    ] {
        let text = format!("---\ntitle: A\n---\n\n{body}\n");
        let wanted = ("embargo-link".to_owned(), file.to_owned(), line);
        assert_eq!(found(file, &text), [wanted], "{body}");
    }
    let beside = found("content/briefings/a.md", "[it](./talks.md)\n");
    assert_eq!(beside.len(), 1, "{beside:?}");
    let body = "[two](@/briefings/talks-2.md) [other](../other/talks.md) [far](https://example.org/2026/01/27/talks/)";
    assert_eq!(found(file, body), []);
    assert_eq!(found("content/other/a.md", "[other](talks.md)\n"), []);
    let settings = "footer:\n  - { title: Talks, url: \"@/briefings/talks.md\" }\n";
    let found = leaks(&[
        ("site.yaml", settings),
        ("content/briefings/talks.md", &held),
    ]);
    let wanted = ("embargo-link".to_owned(), "site.yaml".to_owned(), 2);
    assert!(found.contains(&wanted), "{found:?}");
}

#[test]
fn each_address_of_it_is_known() {
    let front =
        "embargo_until: 2999-01-01\naliases: [/coming/, /old/talks.html]\nnumber: \"2026/7\"";
    let held = held("Held.").replace("embargo_until: 2999-01-01", front);
    let section = "---\ntitle: Deals\nembargo_until: 2999-01-01\n---\n";
    for address in [
        "/coming/",
        "/coming",
        "/old/talks.html",
        "/id/2026-7/",
        "https://port.example/2026/01/27/talks/index.md",
        "/2026/01/27/talks/ninjs.json",
        "/deals/",
    ] {
        let found = leaks(&[
            (
                "site.yaml",
                "base_url: https://port.example/\noutputs: [markdown, ninjs]\n",
            ),
            ("content/briefings/talks.md", &held),
            ("content/deals/_index.md", section),
            (
                "content/a.md",
                &format!("---\ntitle: A\n---\n\n[x]({address})\n"),
            ),
        ]);
        let wanted = ("embargo-link".to_owned(), "content/a.md".to_owned(), 5);
        assert_eq!(found, [wanted], "{address}");
    }
}

#[test]
fn its_words_are_found_above_a_body_and_in_the_settings() {
    let held = held(SECRET);
    let front = format!("---\ntitle: A\nextra:\n  note: {SECRET}\n---\n\nText.\n");
    let corrections = format!(
        "---\ntitle: B\ndate: 2026-01-01\ncorrections:\n  - {{date: 2026-01-02, text: \"{SECRET}\"}}\n---\n\nText.\n"
    );
    let found = leaks(&[
        (
            "site.yaml",
            &format!("title: Port\ndescription: {SECRET}\n"),
        ),
        ("content/briefings/talks.md", &held),
        ("content/a.md", &front),
        ("content/b.md", &corrections),
        (
            "content/c.md",
            "---\ntitle: C\n---\n\nThe port of Rotterdam.\n",
        ),
    ]);
    let wanted = |file: &str, line| ("embargo-text".to_owned(), file.to_owned(), line);
    let all = [
        wanted("content/a.md", 4),
        wanted("content/b.md", 5),
        wanted("site.yaml", 2),
    ];
    assert_eq!(found, all);
}

#[test]
fn its_files_are_told_from_others_of_the_same_name() {
    let held = held("![The map of it](map.png)");
    let found = leaks(&[
        ("content/briefings/talks.md", &held),
        ("content/briefings/map.png", "1"),
        ("content/pages/map.png", "2"),
        (
            "content/pages/a.md",
            "---\ntitle: A\n---\n\n![A map](map.png)\n",
        ),
    ]);
    let file = "content/briefings/map.png".to_owned();
    assert_eq!(found, [("embargo-asset".to_owned(), file.clone(), 0)]);
    let shown = "---\ntitle: A\n---\n\n![A map](../briefings/map.png)\n";
    let found = leaks(&[
        ("content/briefings/talks.md", &held),
        ("content/briefings/map.png", "1"),
        ("content/pages/a.md", shown),
    ]);
    assert_eq!(found, []);
}

#[test]
fn an_embargoed_section_is_looked_at() {
    let found = leaks(&[
        (
            "content/talks/_index.md",
            "---\ntitle: Talks\nembargo_until: 2999-01-01\n---\n\nHeld.\n",
        ),
        (
            "content/a.md",
            "---\ntitle: A\n---\n\n[it](@/talks/_index.md)\n",
        ),
    ]);
    let wanted = ("embargo-link".to_owned(), "content/a.md".to_owned(), 5);
    assert_eq!(found, [wanted]);
}

#[test]
fn its_words_are_found_whatever_marks_stand_among_them() {
    let marked = SECRET.replace("Rotterdam", "**Rotter**dam").replace(
        "the city",
        "[the\n  city](https://utrecht.example/ \"Utrecht\")",
    );
    for original in [SECRET, &marked] {
        let held = held(&format!("## The plan\n\n{original} More later."));
        let html = format!("<p>So:\n{}</p>", SECRET.replace("port", "<em>port</em>"));
        let tags = "<b\nclass=\"x\">sold</b> <!-- a\nsecret\n-->";
        let block = format!("<div>\nSo:\n{}\n</div>", SECRET.replace("sold", tags));
        let found = leaks(&[
            ("content/briefings/talks.md", &held),
            (
                "content/a.md",
                &format!("---\ntitle: A\n---\n\nSo:\n\n> {SECRET}\n"),
            ),
            (
                "content/b.md",
                &format!("---\ntitle: B\n---\n\n- Item\n- {marked}\n"),
            ),
            ("content/c.html", &html),
            (
                "content/d.md",
                "---\ntitle: D\n---\n\nThe **port** of Rotterdam.\n",
            ),
            ("content/e.md", &format!("---\ntitle: E\n---\n\n{block}\n")),
        ]);
        let wanted = |file: &str, line| ("embargo-text".to_owned(), file.to_owned(), line);
        let all = [
            wanted("content/a.md", 7),
            wanted("content/b.md", 6),
            wanted("content/c.html", 2),
            wanted("content/e.md", 7),
        ];
        assert_eq!(found, all, "{original}");
    }
}

#[test]
fn what_many_briefings_share_gives_nothing_away() {
    let formula =
        "*Notes to editors:* the press office answers questions on working days from nine to five.";
    let text = held(&format!("{SECRET}\n\n{formula}"));
    let public: Vec<(String, String)> = (1..=4)
        .map(|n| {
            let secret = if n == 4 { SECRET } else { "Nothing else." };
            let text = format!(
                "---\ntitle: Bulletin {n}\ndate: 2026-01-0{n}\n---\n\n{formula}\n\n{secret}\n"
            );
            (format!("content/briefings/{n}.md"), text)
        })
        .collect();
    let mut files = vec![("content/briefings/talks.md", text.as_str())];
    files.extend(public.iter().map(|(file, text)| (&**file, &**text)));
    let wanted = |file: &str, line| ("embargo-text".to_owned(), file.to_owned(), line);
    assert_eq!(leaks(&files), [wanted("content/briefings/4.md", 8)]);
    // Two may have copied it.
    files.truncate(3);
    let both = ["content/briefings/1.md", "content/briefings/2.md"];
    assert_eq!(leaks(&files), both.map(|file| wanted(file, 6)));
}

#[test]
fn versions_of_one_briefing_are_one_and_what_shows_nothing_excuses_nothing() {
    let hidden = "<!-- This is not to be read before the minister has spoken to the press. -->";
    let formula =
        "<!-- The template of the press office: keep this line at the end of the text. -->";
    let text = held(&format!("{SECRET}\n\n{hidden}\n\n{formula}"));
    let files: Vec<(String, String)> = ["a.md", "a.fr.md", "a.ar.md", "b.md", "c.md"]
        .iter()
        .map(|name| {
            let words = if name.starts_with('a') { SECRET } else { "Other." };
            let seen = if *name == "c.md" { hidden } else { "" };
            let text = format!(
                "---\ntitle: Bulletin {name}\ndate: 2026-01-01\n---\n\n{words}\n\n{seen}\n\n{formula}\n"
            );
            (format!("content/briefings/{name}"), text)
        })
        .collect();
    let mut all = vec![("content/briefings/talks.md", text.as_str())];
    all.extend(files.iter().map(|(file, text)| (&**file, &**text)));
    let mut found: Vec<(String, u64)> = leaks(&all)
        .into_iter()
        .map(|(_, file, line)| (file, line))
        .collect();
    found.sort();
    let wanted = [("a.ar.md", 6), ("a.fr.md", 6), ("a.md", 6), ("c.md", 8)];
    assert_eq!(
        found,
        wanted.map(|(file, line)| (format!("content/briefings/{file}"), line))
    );
}
