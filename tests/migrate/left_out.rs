//! What the other tool showed at no address, for where it lay or what its name was, is public nowhere in the new site.

use super::{PAGE, copies, findings, made, public};

#[test]
fn a_draft_section_of_zola_keeps_its_folder_back() {
    let page = "+++\ntitle = \"T\"\n+++\n\nx\n";
    let section = "+++\ntitle = \"T\"\ndraft = true\n+++\n";
    let (site, report) = made(
        "zola",
        &[
            (
                "config.toml",
                "base_url = \"https://e.org\"\nignored_static = [\"*.bak\", \"keys\"]\n",
            ),
            ("content/_index.md", "+++\ntitle = \"T\"\n+++\n"),
            ("content/dossier/_index.md", section),
            ("content/dossier/a.md", page),
            ("content/dossier/leak.pdf", "secret"),
            ("content/dossier/deep/_index.md", page),
            ("content/dossier/deep/b.md", page),
            ("content/dossier/deep/leak.pdf", "secret"),
            ("content/dossier/c/index.md", page),
            ("content/dossier/c/leak.pdf", "secret"),
            // Also where only one language says so.
            ("content/notes/_index.md", page),
            ("content/notes/_index.fr.md", section),
            ("content/notes/d.md", page),
            ("content/dossiers/open.md", page),
            ("content/dossiers/open.pdf", "open"),
            ("static/a.bak", "secret"),
            ("static/keys/b.txt", "secret"),
            ("static/open.txt", "open"),
        ],
    );
    assert_eq!(public(&site), ["dossiers/open.md"]);
    assert_eq!(copies(&site), ["dossiers/open.pdf", "open.txt"]);
    let said = findings(&report);
    for line in [
        "content/dossier/_index.md:3: `draft` keeps pages back: each of those that it is for is a draft (5)",
        "content/dossier/leak.pdf: not copied: it belongs to content/dossier/, whose page is kept back",
    ] {
        assert!(said.iter().any(|said| said == line), "{said:#?}");
    }
}

#[test]
fn files_and_languages_that_hugo_ignores_are_kept_back() {
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\nignoreFiles = ['\\.draft\\.md$', '/wip/', '\\.bak$', 'content/old$']\ndisableLanguages = ['de']\n[languages.en]\n[languages.de]\n[languages.fr]\ndisabled = true\ncontentDir = 'content/fr'\n",
            ),
            ("content/news/open.md", PAGE),
            ("content/news/a.draft.md", PAGE),
            ("content/wip/b.md", PAGE),
            ("content/old/c.md", PAGE),
            ("content/news/d.de.md", PAGE),
            ("content/fr/news/e.md", PAGE),
            ("content/fr/news/leak.pdf", "secret"),
            ("content/news/plan.de.pdf", "secret"),
            ("content/news/open.pdf", "open"),
            ("static/a.bak", "secret"),
            ("static/open.txt", "open"),
        ],
    );
    assert_eq!(public(&site), ["news/open.md"]);
    assert_eq!(copies(&site), ["news/open.pdf", "open.txt"]);
    assert!(
        site.read("new/content/news/d.de.md")
            .contains("draft: true\n")
    );
    let said = findings(&report);
    let line = "content/fr/news/leak.pdf: not copied: its language is switched off";
    assert!(said.iter().any(|said| said == line), "{said:#?}");

    site.write("old/hugo.toml", "title = 'A'\n[[module.mounts]]\nsource = 'content'\ntarget = 'content'\nexcludeFiles = 'wip/*'\n");
    site.write("old/config/production/hugo.toml", "ignoreFiles = ['x']\n");
    let said = findings(&super::again(&site, "hugo"));
    for start in [
        "config/production/hugo.toml: these settings are not read",
        "hugo.toml:2: `module.mounts` is not read",
    ] {
        assert!(said.iter().any(|said| said.starts_with(start)), "{said:#?}");
    }
    site.write("old/hugo.toml", "title = 'A'\nignoreFiles = ['(']\n");
    let ran = site.run(&["migrate", "hugo", "old", "--to", "unread"]);
    assert!(
        ran.status == 1 && ran.err.contains("`(` can't be read"),
        "{}",
        ran.err
    );
}

#[test]
fn what_begins_with_an_underscore_stays_behind_at_any_depth() {
    let (site, _) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ncollections: {staff: {output: true}}\n",
            ),
            ("docs/_wip/plan.md", PAGE),
            ("docs/_notes.md", PAGE),
            ("docs/_staff/bob.md", PAGE),
            ("docs/#a.md", PAGE),
            ("docs/a.txt~", "secret"),
            ("docs/.keys/a.txt", "secret"),
            ("docs/open.md", PAGE),
            ("docs/_posts/2025-01-01-post.md", PAGE),
            ("_posts/undated.md", PAGE),
            ("_posts/_wip/2025-01-01-b.md", PAGE),
            ("_staff/ann.md", PAGE),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(
        there,
        [
            "docs/open.md",
            "docs/posts/2025-01-01-post.md",
            "posts/undated.md",
            "staff/ann.md"
        ]
    );
    assert_eq!(public(&site), ["docs/open.md", "staff/ann.md"]);
    let post = site.read("new/content/docs/posts/2025-01-01-post.md");
    assert!(!post.contains("draft"), "{post}");

    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\nurl: https://e.org\ninclude: [_pages]\ncollections_dir: col\ncollections: {notes: {}, staff: {output: true}}\n",
            ),
            ("col/_notes/secret.md", PAGE),
            ("col/_staff/ann.md", PAGE),
            ("col/_posts/2025-01-01-post.md", PAGE),
            ("col/_drafts/later.md", PAGE),
            ("col/open.md", PAGE),
            ("_notes/other.md", PAGE),
            ("_pages/contact.md", PAGE),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(
        there,
        [
            "col/open.md",
            "drafts/later.md",
            "notes/secret.md",
            "posts/2025-01-01-post.md",
            "staff/ann.md"
        ]
    );
    for path in ["drafts/later.md", "notes/secret.md"] {
        let page = site.read(&format!("new/content/{path}"));
        assert!(page.contains("draft: true\n"), "{page}");
    }
    assert!(
        site.read("new/content/staff/ann.md")
            .contains("/staff/ann.html")
    );
    let said = super::outcomes(&report, "(settings) include");
    assert!(said.iter().all(|said| said.contains("dropped")), "{said:?}");
}

#[test]
fn names_of_jekyll_stand_for_all_that_begins_so() {
    let (site, _) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\nexclude: [secret, \"*.key\", \"x[y\"]\ndefaults:\n- {scope: {path: wip}, values: {published: false}}\n- {scope: {path: \"a/*/private\"}, values: {published: false}}\n",
            ),
            ("secret-plan.md", PAGE),
            ("secrets/a.txt", "secret"),
            ("x[y.txt", "secret"),
            ("wipe.md", PAGE),
            ("a/b/private/c.md", PAGE),
            ("a/b/open.md", PAGE),
            ("my-secret.md", PAGE),
            ("a.keynote", "open"),
        ],
    );
    assert_eq!(public(&site), ["a/b/open.md", "my-secret.md"]);
    assert_eq!(copies(&site), ["a.keynote"]);
}

#[test]
fn a_cascade_of_hugo_is_for_paths_as_hugo_writes_them() {
    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/Team/ann-berg'\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/wip/**'\n",
            ),
            ("content/Team/Ann Berg.md", PAGE),
            ("content/Team/Ann Berg.fr.md", PAGE),
            ("content/Team/Bob.md", PAGE),
            ("content/WIP/Deep/x.md", PAGE),
        ],
    );
    for (path, draft) in [
        ("Team/Ann Berg.md", true),
        // The site has no French; whether its name is “Ann Berg” is in doubt.
        ("Team/Ann Berg-fr.md", true),
        ("Team/Bob.md", false),
        ("WIP/Deep/x.md", true),
    ] {
        let page = site.read(&format!("new/content/{path}"));
        assert_eq!(page.contains("draft: true\n"), draft, "{path}: {page}");
    }
}

#[test]
fn files_of_a_page_of_hugo_have_no_address_and_drafts_no_list() {
    let (site, _) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            ("content/river/index.md", PAGE),
            ("content/river/notes.md", PAGE),
            ("content/river/deep/more.md", PAGE),
            ("content/river/map.svg", "<svg/>"),
            ("content/river/deep/map.svg", "<svg/>"),
            ("content/operation-x/leak.pdf", "secret"),
            ("content/operation-y/plans/leak.pdf", "secret"),
            ("content/news/open.pdf", "open"),
            ("content/news/a/index.fr.md", PAGE),
            ("content/news/a/aside.md", PAGE),
            ("content/news/open.md", PAGE),
            (
                "content/operation-x/_index.fr.md",
                "---\ntitle: T\ndraft: true\n---\n",
            ),
            (
                "content/operation-x/first.md",
                "---\ntitle: T\ndraft: true\n---\n",
            ),
            (
                "content/operation-y/second.md",
                "---\ntitle: T\ndate: 2031-01-01\n---\n",
            ),
        ],
    );
    assert_eq!(public(&site), ["news/open.md"]);
    assert!(site.has("new/public/river/index.html") && site.has("new/public/river/map.svg"));
    assert_eq!(
        copies(&site),
        ["news/open.pdf", "river/deep/map.svg", "river/map.svg"]
    );
    let lists = site.tree("new/content").into_keys();
    let lists: Vec<String> = lists.filter(|path| path.ends_with("_index.md")).collect();
    assert_eq!(lists, ["news/_index.md"]);

    let (site, _) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", "site_name: A\n"),
            ("docs/index.md", "# Home\n"),
            ("docs/operation-x/a.md", "---\ndraft: true\n---\n\n# A\n"),
            ("docs/open/a.md", "# A\n"),
        ],
    );
    assert!(!site.has("new/content/operation-x/_index.md"));
    assert!(site.has("new/content/open/_index.md"));
}

#[test]
fn files_stay_with_pages_that_have_expired_or_whose_day_has_not_ended() {
    let (site, _) = made(
        "hugo",
        &[
            ("hugo.toml", "title = 'A'\n"),
            (
                "content/past/index.md",
                "---\ntitle: T\nexpiryDate: 2020-01-01\n---\n",
            ),
            ("content/past/report.pdf", "secret"),
            // It is 2026-01-01 00:00 UTC.
            (
                "content/today/index.md",
                "---\ntitle: T\ndate: 2025-01-01\npublishDate: 2026-01-01\n---\n",
            ),
            ("content/today/report.pdf", "secret"),
            (
                "content/later/index.md",
                "---\ntitle: T\nexpiryDate: 2027-01-01\n---\n",
            ),
            ("content/later/report.pdf", "open"),
            (
                "content/team/_index.md",
                "---\ntitle: T\ndraft: true\n---\n",
            ),
            ("content/team/plan.pdf", "secret"),
        ],
    );
    assert_eq!(copies(&site), ["later/report.pdf"]);
    assert!(!site.has("new/public/today/index.html"));
}

#[test]
fn markdown_is_known_by_every_end_that_the_tool_knows() {
    let draft = "---\ntitle: T\ndraft: true\n---\n\nx\n";
    for (tool, settings, folder, names) in [
        ("zola", "config.toml", "content/", ["a.MD", "b.md"]),
        ("hugo", "hugo.toml", "content/", ["a.MD", "b.mdown"]),
        ("jekyll", "_config.yml", "", ["a.MKD", "b.mkdn"]),
        ("mkdocs", "mkdocs.yml", "docs/", ["a.mkd", "b.Markdown"]),
    ] {
        let site = format!(
            "{}\n",
            match tool {
                "zola" => "base_url = \"https://e.org\"",
                "hugo" => "title = 'A'",
                "jekyll" => "title: A",
                _ => "site_name: A",
            }
        );
        let paths = names.map(|name| format!("{folder}{name}"));
        let other = format!("{folder}c.md");
        let link = format!("---\ntitle: T\n---\n\n[a]({})\n", names[0]);
        let (site, _) = made(
            tool,
            &[
                (settings, site.as_str()),
                (paths[0].as_str(), PAGE),
                (paths[1].as_str(), draft),
                (other.as_str(), link.as_str()),
            ],
        );
        assert_eq!(public(&site), ["a.md", "c.md"], "{tool}");
        assert_eq!(copies(&site), Vec::<String>::new(), "{tool}");
        let page = site.read("new/content/c.md");
        assert!(page.contains("[a](@/a.md)"), "{tool}: {page}");
    }
    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[languages.en]\n[languages.fr]\ncontentDir = 'content/fr'\n",
            ),
            ("content/fr/a.markdown", PAGE),
            ("content/fr/b.MD", PAGE),
        ],
    );
    assert!(site.has("new/content/a.fr.md") && site.has("new/content/b.fr.md"));
    // Whatever the end, a file with front matter is no plain copy of Jekyll's.
    let (site, _) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("a.txt", "---\npublished: false\n---\nsecret\n"),
            ("card.vcf", "---\npublished: false\n---\nsecret\n"),
            ("b.HTML", "---\npublished: false\n---\nsecret\n"),
            ("c.txt", "open"),
            ("d.md", PAGE),
        ],
    );
    assert_eq!(copies(&site), ["c.txt"]);
}
