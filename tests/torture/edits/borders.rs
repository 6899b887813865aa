//! Line 25: where front matter ends.

use depeche::content;

use crate::support::Site;

#[test]
fn line_25_front_matter_ends_in_the_right_place() {
    let cases = [
        (
            "---\ntitle: T\n---\nBODY\n---\nmore\n",
            "T",
            "BODY\n---\nmore\n",
        ),
        (
            "---\r\ntitle: T\r\n---\r\nBODY\r\n---\r\nmore\r\n",
            "T",
            "BODY\r\n---\r\nmore\r\n",
        ),
        ("\u{FEFF}---\ntitle: T\n---\nBODY\n", "T", "BODY\n"),
        (
            "\u{FEFF}---\r\ntitle: T\r\n---\r\nBODY\r\n",
            "T",
            "BODY\r\n",
        ),
        ("---\ntitle: |\n  ---\n  T\n---\nBODY\n", "---\nT", "BODY\n"),
        ("--- \t\ntitle: T\n---  \nBODY\n", "T", "BODY\n"),
        ("---\ntitle: T\n---", "T", ""),
        ("---\n---\nBODY\n", "", "BODY\n"),
        (
            "BODY\n\n---\n\ntitle: T\n\n---\n",
            "",
            "BODY\n\n---\n\ntitle: T\n\n---\n",
        ),
        ("\n---\ntitle: T\n---\n", "", "\n---\ntitle: T\n---\n"),
        ("----\ntitle: T\n----\n", "", "----\ntitle: T\n----\n"),
        (" ---\ntitle: T\n---\n", "", " ---\ntitle: T\n---\n"),
    ];
    for (text, title, body) in cases {
        let (entry, _) = content::read("a.md", text.as_bytes()).expect(text);
        let found = entry.front.title.unwrap_or_default();
        assert_eq!((found.trim_end(), &*entry.body), (title, body), "{text:?}");
    }
    for open in [
        "---\ntitle: T\n",
        "---",
        "\u{FEFF}---\r\ntitle: T\r\n ---\r\n",
    ] {
        let error = content::read("a.md", open.as_bytes()).expect_err(open);
        assert!(
            error.file == "content/a.md" && error.line == Some(1),
            "{error}"
        );
    }
}

#[test]
fn line_25_the_page_shows_the_body_and_no_front_matter() {
    let site = Site::new(&[
        (
            "content/a.md",
            "\u{FEFF}---\r\ntitle: First\r\nsecretkey: qzv\r\n---\r\n\r\nAbove\r\n\r\n---\r\n\r\nsecretkey: below\r\n",
        ),
        ("content/b.md", "Above\n\n---\n\ntitle: Second\n"),
        (
            "seeds/2026-01-28_c.md",
            "\u{FEFF}---\r\ntitle: Third\r\ndate: 2026-01-27\r\n---\r\n\r\nREYKJAVIK. Iceland reopened its ports.\r\n\r\n---\r\n\r\nEnd of text.\r\n",
        ),
    ]);
    site.run(&["build"]).well();
    let page = site.read("public/a/index.html");
    assert!(
        page.contains("<hr") && page.contains("secretkey: below") && !page.contains("qzv"),
        "{page}"
    );
    assert!(site.read("public/b/index.html").contains("title: Second"));
    let third = site.read("public/2026/01/27/third/index.html");
    assert!(
        third.contains("<hr") && third.contains("End of text.") && !third.contains("title: Third"),
        "{third}"
    );
}
