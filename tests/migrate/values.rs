//! What a value says in the new site, and what is said of one that can't be carried over.

use std::collections::BTreeSet;

use super::{PAGE, findings, made, outcomes, page, public, says};

#[test]
fn a_locale_is_a_language_and_no_page_is_lost_for_one() {
    let body =
        "---\ntitle: T\n---\n\n[a]({% post_url 2025-01-01-a %}) [b]({% post_url 2025-01-01-b %})\n";
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("_posts/2025-01-01-a.md", &page("lang: en_US")),
            ("_posts/2025-01-01-b.md", &page("lang: english")),
            ("_posts/2025-01-01-c.md", &page("lang: fr")),
            ("_posts/2025-01-01-d.md", &page("lang: pt_BR.UTF-8")),
            ("_posts/2025-01-01-e.md", &page("lang: [fr]")),
            ("links.md", body),
        ],
    );
    public(&site);
    let lang = |name: &str| {
        let page = site.read(&format!("new/content/posts/2025-01-01-{name}.md"));
        let lang = page.lines().find_map(|line| line.strip_prefix("lang: "));
        lang.map(str::to_owned)
    };
    for (name, tag) in [
        ("a", Some("en-US")),
        ("b", None),
        ("c", Some("fr")),
        ("d", Some("pt-BR")),
        ("e", None),
    ] {
        assert_eq!(lang(name).as_deref(), tag, "{name}");
    }
    let links = site.read("new/content/links.md");
    assert!(
        links.ends_with("[a](@/posts/2025-01-01-a.md) [b](@/posts/2025-01-01-b.md)\n"),
        "{links}"
    );
    assert_eq!(
        outcomes(&report, "lang"),
        BTreeSet::from(
            [
                r#"{"changed":"lang, as a tag"}"#,
                r#"{"dropped":"it is no language tag"}"#,
                "kept"
            ]
            .map(str::to_owned)
        )
    );
    says(
        &report,
        "_posts/2025-01-01-b.md:3: `lang: english` is no language tag; the page has the language of the site",
    );

    let (site, _) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            ("docs/a.md", &page("lang: de_CH")),
        ],
    );
    let page = site.read("new/content/a.md");
    assert!(page.contains("lang: de-CH\n"), "{page}");
}

#[test]
fn a_value_is_said_to_be_where_it_is() {
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\nauthor: {email: a@b.c}\n"),
            ("a.md", &page("author: {email: a@b.c}")),
            ("b.md", &page("author: {name: Ann, email: a@b.c}")),
            ("c.md", &page("author: [Ann, Bo]")),
            ("d.md", &page("tags: {first: x}\nredirect_from: {}")),
            ("e.md", PAGE),
        ],
    );
    public(&site);
    assert_eq!(
        outcomes(&report, "author"),
        BTreeSet::from(
            [
                r#"{"changed":"extra.author"}"#,
                r#"{"changed":"people"}"#,
                r#"{"changed":"people, by their names alone"}"#
            ]
            .map(str::to_owned)
        )
    );
    for (path, line) in [
        ("content/a.md", "extra:\n  author: {\"email\":\"a@b.c\"}\n"),
        ("content/b.md", "people:\n  - Ann\n"),
        ("content/c.md", "people:\n  - Ann\n  - Bo\n"),
        ("content/d.md", "extra:\n  tags: {\"first\":\"x\"}\n"),
        ("site.yaml", "extra:\n  author: {\"email\":\"a@b.c\"}\n"),
    ] {
        let text = site.read(&format!("new/{path}"));
        assert!(text.contains(line), "{line}{text}");
    }
    for (field, outcome) in [
        ("tags", r#"{"changed":"extra.tags"}"#),
        ("redirect_from", r#"{"dropped":"it was empty"}"#),
        ("(settings) author", r#"{"changed":"extra.author"}"#),
    ] {
        assert_eq!(
            outcomes(&report, field),
            BTreeSet::from([outcome.to_owned()])
        );
    }

    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/a.md", &page("params: 5")),
            ("content/b.md", &page("params: {x: 5}")),
        ],
    );
    assert!(site.read("new/content/a.md").contains("  params: "));
    assert!(site.read("new/content/b.md").contains("  x: "));
    assert_eq!(
        outcomes(&report, "params"),
        BTreeSet::from(
            [r#"{"changed":"extra"}"#, r#"{"changed":"extra.params"}"#].map(str::to_owned)
        )
    );
}

#[test]
fn the_address_of_a_site_of_jekyll_is_taken_from_links_alone() {
    let body = "---\ntitle: T\n---\n\nOur host is {{ site.url }}, below {{ site.baseurl }}.\n\n[b]({{ site.url }}{{ site.baseurl }}/b.html) [b]( {{site.baseurl}}/b.html ) [r] <{{ site.url }}{{ site.baseurl }}/b.html> ({{ site.url }}/b)\n\n[r]: {{ site.baseurl }}/b.html\n\n{{ site.url | escape }}\n";
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\nurl: https://e.org\nbaseurl: /x\n"),
            ("a.md", body),
            ("b.md", PAGE),
        ],
    );
    let page = site.read("new/content/a.md");
    assert!(
        page.ends_with("\n\nOur host is https://e.org, below /x.\n\n[b](@/b.md) [b]( @/b.md ) [r] [https://e.org/x/b.html](@/b.md) (https://e.org/b)\n\n[r]: @/b.md\n\n{{ site.url | escape }}\n"),
        "{page}"
    );
    assert_eq!(
        findings(&report),
        ["a.md:11: `{{ site.url | escape }}` is shown as text"]
    );

    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            (
                "a.md",
                "---\ntitle: T\n---\n\n{{ site.url }} [b]({{ site.url }}/b.html) [home]({{ site.url }}) [top]({{ site.baseurl }}#x)\n",
            ),
            ("b.md", PAGE),
        ],
    );
    let page = site.read("new/content/a.md");
    assert!(
        page.ends_with("\n\n{{ site.url }} [b](@/b.md) [home](/) [top](/#x)\n"),
        "{page}"
    );
    says(&report, "a.md:5: `{{ site.url }}` is shown as text");
}

#[test]
fn a_second_day_of_publication_keeps_a_page_back() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/a.md",
                &page("pubdate: 2020-01-01\npublishDate: 2099-01-01"),
            ),
        ],
    );
    assert!(site.read("new/content/a.md").contains("draft: true\n"));
    says(
        &report,
        "content/a.md:4: `publishDate` is not carried over: `pubdate` gave the page its `embargo_until`; the page is a draft",
    );
}
