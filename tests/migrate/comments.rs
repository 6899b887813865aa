//! What nobody was shown of a text is not in the new site.

use super::{PAGE, findings, made, outcomes, public, says};

/// A content file with this body.
fn with(body: &str) -> String {
    format!("---\ntitle: T\n---\n\n{body}\n")
}

#[test]
fn comments_of_liquid_go_with_what_they_hold() {
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            (
                "a.md",
                &with("hi {% comment %}SECRET{% endcomment %} end {% # SECRET %}."),
            ),
            (
                "b.md",
                &with(
                    "{%- comment -%}\n# SECRET\n```\n{%- endcomment -%}\n\n# Head\n\n```\n{% comment %}SECRET{% endcomment %}\n```\n\n{{ x }}",
                ),
            ),
            ("c.md", &with("hi {% comment %}SECRET")),
            (
                "d.md",
                &with("{% raw %}{% comment %}open{% endcomment %}{% endraw %}"),
            ),
        ],
    );
    assert_eq!(public(&site), ["a.md", "b.md", "d.md"]);
    for page in ["a", "b"] {
        let page = site.read(&format!("new/content/{page}.md"));
        assert!(!page.contains("SECRET"), "{page}");
    }
    let open = site.read("new/content/d.md");
    assert!(
        open.ends_with("\n\n{% comment %}open{% endcomment %}\n"),
        "{open}"
    );
    let dropped = r#"{"dropped":"nobody was shown it"}"#.to_owned();
    assert!(outcomes(&report, "comment").contains(&dropped));
    assert_eq!(
        findings(&report),
        [
            "b.md:16: `{{ x }}` is shown as text",
            "c.md:5: `{% comment %}` is shown as text",
            "c.md:5: the comment that begins here has no end; the page is a draft",
        ]
    );
}

#[test]
fn comments_of_hugo_go_with_what_they_hold() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/a.md",
                &with(
                    "hi {{% comment %}}SECRET{{% /comment %}} {{< comment >}}\nSECRET\n{{< /comment >}} {{/* SECRET */}} end",
                ),
            ),
            ("content/b/index.md", &with("{{% comment %}}SECRET")),
            ("content/b/b.csv", "SECRET"),
            (
                "content/c.md",
                &with("`{{/* open */}}` {{</* comment */>}}"),
            ),
            ("content/d.md", PAGE),
        ],
    );
    assert_eq!(public(&site), ["a.md", "c.md", "d.md"]);
    let page = site.read("new/content/a.md");
    assert!(!page.contains("SECRET") && page.contains("hi "), "{page}");
    let open = site.read("new/content/c.md");
    assert!(
        open.ends_with("\n\n`{{/* open */}}` {{< comment >}}\n"),
        "{open}"
    );
    assert!(!site.has("new/content/b/b.csv"));
    says(
        &report,
        "content/b/index.md:5: the comment that begins here has no end; the page is a draft",
    );
}
