//! What front matter and settings of the other tool keep back becomes a draft, gets an embargo or is left out.

use std::collections::BTreeSet;

use super::{Site, again, findings, made, outcomes, public};

#[test]
fn keys_of_hugo_count_whatever_the_case_of_their_letters() {
    let (site, report) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/a.md",
                "---\nTitle: Secret\nDraft: true\nSlug: hidden\nWeight: 4\n---\n\nx\n",
            ),
            ("content/b.md", "---\nTITLE: Open\nDraft: maybe\n---\n\nx\n"),
        ],
    );
    let page = site.read("new/content/a.md");
    for line in [
        "title: Secret\n",
        "draft: true\n",
        "slug: hidden\n",
        "weight: 4\n",
    ] {
        assert!(page.contains(line), "{page}");
    }
    assert!(site.read("new/content/b.md").contains("draft: true\n"));
    assert_eq!(
        outcomes(&report, "Slug"),
        BTreeSet::from([r#"{"changed":"slug"}"#.to_owned()])
    );
    assert!(public(&site).is_empty());
}

#[test]
fn what_hugo_kept_back_stays_so() {
    let page = |front: &str| format!("---\ntitle: T\n{front}\n---\n\nx\n");
    let held = [
        ("publish", "publishDate: soon"),
        ("expires", "expiryDate: 31 December"),
        ("ahead", "date: 2031-01-01"),
        ("never", "build: {render: never}"),
        ("old", "_build: {render: false}"),
        ("headless", "headless: true"),
        ("unsure", "headless: perhaps"),
    ];
    let shown = [
        ("before", "date: 2025-12-01"),
        ("early", "date: 2031-01-01\npublishDate: 2025-12-01"),
        ("always", "build: {render: always, list: never}"),
        ("headed", "headless: false"),
    ];
    let pages: Vec<(String, String)> = held
        .iter()
        .chain(&shown)
        .map(|(name, front)| (format!("content/{name}.md"), page(front)))
        .collect();
    let mut files = vec![("hugo.toml", "title = 'A'\n")];
    files.extend(
        pages
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    let (site, _) = made("hugo", &files);
    assert_eq!(
        public(&site),
        ["always.md", "before.md", "early.md", "headed.md"]
    );
    let ahead = site.read("new/content/ahead.md");
    assert!(
        ahead.contains("embargo_until: 2031-01-01T00:00:00Z\n"),
        "{ahead}"
    );
    site.write("old/hugo.toml", "title = 'A'\nbuildFuture = true\n");
    again(&site, "hugo");
    assert!(public(&site).contains(&"ahead.md".to_owned()));
}

#[test]
fn what_the_other_tools_kept_back_stays_so() {
    let (site, _) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\nexclude: [\"private/*\", \"*.key\", notes/]\ncollections: {staff: {output: false}}\n",
            ),
            ("_posts/2031-01-01-ahead.md", "---\ntitle: B\n---\n\nx\n"),
            ("_posts/2025-01-01-past.md", "---\ntitle: B\n---\n\nx\n"),
            ("_staff/ann.md", "---\ntitle: Ann\n---\n\nx\n"),
            ("private/a.md", "---\ntitle: B\n---\n\nx\n"),
            ("private/b/a.md", "---\ntitle: B\n---\n\nx\n"),
            ("notes/n.md", "---\ntitle: B\n---\n\nx\n"),
            ("a/b.key", "secret"),
            ("public/open.txt", "open"),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(
        there,
        [
            "posts/2025-01-01-past.md",
            "posts/2031-01-01-ahead.md",
            "public/open.txt",
            "staff/ann.md"
        ]
    );
    let ahead = site.read("new/content/posts/2031-01-01-ahead.md");
    assert!(
        ahead.contains("embargo_until: 2031-01-01T00:00:00Z\n"),
        "{ahead}"
    );
    assert!(
        site.read("new/content/staff/ann.md")
            .contains("draft: true\n")
    );

    let (site, _) = made(
        "zola",
        &[
            (
                "config.toml",
                "base_url = \"https://e.org\"\nignored_content = [\"*.{graphml,xlsx}\", \"temp.*\", \"**/wip\"]\n",
            ),
            ("content/a.md", "+++\ntitle = \"A\"\nrender = false\n+++\n"),
            ("content/b.md", "+++\ntitle = \"B\"\nrender = true\n+++\n"),
            ("content/x/temp.md", "+++\ntitle = \"T\"\n+++\n"),
            ("content/x/wip/c.md", "+++\ntitle = \"C\"\n+++\n"),
            ("content/x/d.xlsx", "secret"),
            ("resources/readme.txt", ""),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(there, ["a.md", "b.md"]);
    assert_eq!(public(&site), ["b.md"]);

    let (site, _) = made(
        "mkdocs",
        &[
            (
                "mkdocs.yml",
                "site_name: A\nexclude_docs: |\n  internal/\n  *.tmp.md\n  !keep.tmp.md\ndraft_docs: |\n  next/\n",
            ),
            ("docs/index.md", "# Home\n"),
            ("docs/open.md", "# Open\n"),
            ("docs/x.tmp.md", "# X\n"),
            ("docs/keep.tmp.md", "# Keep\n"),
            ("docs/internal/a.md", "# A\n"),
            ("docs/next/b.md", "# B\n"),
            ("docs/.hidden/c.md", "# C\n"),
            ("docs/next/b.csv", "secret"),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(there, ["_index.md", "keep-tmp.md", "next/b.md", "open.md"]);
    assert!(site.read("new/content/next/b.md").contains("draft: true\n"));
    assert!(!site.has("new/public/next/b/index.html"));
}

#[test]
fn what_pages_inherit_keeps_them_back_and_files_stay_with_their_page() {
    let page = "---\ntitle: T\n---\n\nx\n";
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[[cascade]]\nbuild = {render = 'never'}\n[cascade.target]\npath = '{/parts,/parts/**}'\n[[cascade]]\ncolour = 'red'\n",
            ),
            ("content/open.md", page),
            ("content/parts/a.md", page),
            (
                "content/team/_index.md",
                "---\ntitle: Team\ncascade: {draft: true}\n---\n\nx\n",
            ),
            ("content/team/ann.md", page),
            ("content/teams.md", page),
            (
                "content/draft/index.md",
                "---\ntitle: T\ndraft: true\n---\n",
            ),
            ("content/draft/figures/a.csv", "secret"),
            (
                "content/ahead/index.md",
                "---\ntitle: T\ndate: 2031-01-01\n---\n",
            ),
            ("content/ahead/a.csv", "secret"),
            ("content/both/index.md", "---\ntitle: T\ndraft: true\n---\n"),
            ("content/both/index.fr.md", page),
            ("content/both/a.csv", "open"),
            ("static/draft/b.csv", "open"),
        ],
    );
    assert_eq!(public(&site), ["open.md", "teams.md"]);
    let csv = |site: &Site| -> Vec<String> {
        let files = site.tree("new/content").into_keys();
        files
            .filter(|file| file.split('.').next_back() == Some("csv"))
            .collect()
    };
    assert_eq!(csv(&site), ["both/a.csv", "draft/b.csv"]);
    let said = findings(&report);
    for start in [
        "hugo.toml:2: `cascade` keeps pages back",
        "content/team/_index.md:3: `cascade` keeps pages back",
        "content/draft/figures/a.csv: not copied",
        "content/ahead/a.csv: not copied",
    ] {
        assert!(said.iter().any(|line| line.starts_with(start)), "{said:?}");
    }

    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ndefaults:\n- {scope: {path: wip}, values: {published: false}}\n- {scope: {path: \"\", type: staff}, values: {published: false}}\n- {scope: {path: \"\"}, values: {layout: x}}\ncollections: {staff: {output: true}}\n",
            ),
            ("_posts/2025-01-01-a.md", page),
            ("_staff/ann.md", page),
            ("wip/b.md", page),
            ("wipe.md", page),
            ("wap.md", page),
        ],
    );
    assert_eq!(public(&site), ["wap.md"]);
    let post = site.read("new/content/posts/2025-01-01-a.md");
    assert!(!post.contains("draft"), "{post}");
    assert!(findings(&report)[0].starts_with("_config.yml:3: `defaults` keeps pages back"));

    let (site, _) = made(
        "zola",
        &[
            ("config.toml", "base_url = \"https://e.org\"\n"),
            (
                "content/a/index.md",
                "+++\ntitle = \"A\"\ndraft = true\n+++\n",
            ),
            ("content/a/a.csv", "secret"),
            ("content/b/index.md", "+++\ntitle = \"B\"\n+++\n"),
            ("content/b/b.csv", "open"),
        ],
    );
    assert_eq!(csv(&site), ["b/b.csv"]);
}

#[cfg(unix)]
#[test]
fn what_is_skipped_is_said_and_only_what_the_tool_made_is_not_read() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new(&[
        ("old/_config.yml", "title: A\n"),
        ("old/public/a.txt", "a person's"),
        ("old/resources/b.md", "---\ntitle: B\n---\n\nx\n"),
        ("old/_site/c.txt", "made"),
    ]);
    std::os::unix::fs::symlink("../elsewhere.md", site.path("old/link.md")).expect("linked");
    let odd = site
        .path("old")
        .join(std::ffi::OsStr::from_bytes(b"caf\xe9.md"));
    std::fs::copy(site.path("old/resources/b.md"), odd).expect("written");
    let report = again(&site, "jekyll");
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(there, ["public/a.txt", "resources/b.md"]);
    assert_eq!(
        findings(&report),
        [
            "caf\u{fffd}.md: its name is not UTF-8; it is not carried over",
            "link.md: a link, or no file, is not carried over",
        ]
    );
}
