//! The languages of a site are those of its settings, and what stands below each of them there is carried over or said.

use super::{PAGE, made, outcomes, page, public, says};

#[test]
fn a_part_of_a_name_is_a_language_only_where_the_site_has_it() {
    let toml = "+++\ntitle = \"T\"\n+++\n\n[a](@/docs/node.js.md)\n";
    for (tool, settings, root, page, address) in [
        (
            "zola",
            (
                "config.toml",
                "base_url = \"https://e.org\"\n[languages.fr]\n[slugify]\npaths = \"off\"\n",
            ),
            "content/",
            toml,
            "/docs/node.js/",
        ),
        (
            "hugo",
            ("hugo.toml", "title = 'A'\n[languages.en]\n[languages.fr]\n"),
            "content/",
            "---\ntitle: T\n---\n\n[a](/docs/node.js/)\n",
            "/docs/node.js/",
        ),
        (
            "jekyll",
            ("_config.yml", "title: A\n"),
            "",
            "---\ntitle: T\n---\n\n[a](/docs/node.js.html)\n",
            "/docs/node.js.html",
        ),
        (
            "mkdocs",
            ("mkdocs.yml", "site_name: A\n"),
            "docs/",
            "# T\n\n[a](node.js.md)\n",
            "/docs/node.js/",
        ),
    ] {
        let at = |path: &str| format!("{root}docs/{path}");
        let (node, french) = (at("node.js.md"), at("about.fr.md"));
        let (site, report) = made(tool, &[settings, (&node, page), (&french, page)]);
        public(&site);
        let text = site.read("new/content/docs/node-js.md");
        assert!(text.contains("[a](@/docs/node-js.md)"), "{tool}: {text}");
        let file = address.trim_start_matches('/');
        let file = if file.ends_with('/') {
            format!("{file}index.html")
        } else {
            file.to_owned()
        };
        assert!(site.has(&format!("new/public/{file}")), "{tool}: {file}");
        let named = outcomes(&report, "(the name of the file)");
        let js = "{\"changed\":\"another, since `.js` would be a language here\"}";
        assert!(named.contains(js), "{tool}: {named:?}");
        // Jekyll and MkDocs have no languages in names.
        let translated = matches!(tool, "zola" | "hugo");
        let french = site.has("new/content/docs/about.fr.md");
        assert_eq!(french, translated, "{tool}");
        assert_eq!(named.len(), if translated { 1 } else { 2 }, "{tool}");
    }
}

#[test]
fn files_keep_their_cascade_and_their_neighbours_when_they_get_another_name() {
    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/docs/next.js'\n",
            ),
            ("content/docs/next.js.md", PAGE),
            ("content/docs/node.js.md", PAGE),
            ("content/docs/node-js.md", PAGE),
        ],
    );
    public(&site);
    for page in ["node.js", "node-js"] {
        let file = format!("new/public/docs/{page}/index.html");
        assert!(site.has(&file), "{page}");
    }
    assert!(site.has("new/content/docs/node-js-2.md"));
    assert!(
        site.read("new/content/docs/next-js.md")
            .contains("draft: true\n")
    );
}

#[test]
fn the_languages_of_mkdocs_are_those_of_its_plugin() {
    let (site, _) = made(
        "mkdocs",
        &[
            (
                "mkdocs.yml",
                "site_name: A\nplugins:\n- search\n- i18n:\n    docs_structure: suffix\n    languages:\n    - {locale: en, default: true, name: English}\n    - {locale: fr, name: Français}\n    - {locale: de, name: Deutsch, build: false}\n",
            ),
            ("docs/index.md", "# Home\n"),
            ("docs/index.fr.md", "# Accueil\n"),
            ("docs/guide/a.md", "# A\n"),
            ("docs/guide/a.fr.md", "# A\n"),
            ("docs/guide/a.de.md", "# A\n"),
            ("docs/guide/map.de.png", "secret"),
            ("docs/guide/map.fr.png", "carte"),
            ("docs/guide/node.js.md", "# Node\n"),
        ],
    );
    public(&site);
    for page in ["", "fr/", "guide/a/", "fr/guide/a/", "guide/node.js/"] {
        assert!(site.has(&format!("new/public/{page}index.html")), "{page}");
    }
    assert_eq!(super::copies(&site), ["guide/map.fr.png"]);
    let german = site.read("new/content/guide/a.de.md");
    assert!(german.contains("draft: true\n"), "{german}");
    let settings = site.read("new/site.yaml");
    assert!(
        settings.contains("languages:\n  - en\n  - fr\n"),
        "{settings}"
    );
}

#[test]
fn what_hugo_says_of_the_default_language_is_said_of_the_site() {
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "defaultContentLanguage = 'en'\n[languages.en]\ntitle = 'My Site'\nlanguageName = 'English'\n[languages.en.params]\ndescription = 'All of it.'\ncolour = 'red'\n[[languages.en.menus.main]]\nname = 'News'\nurl = '/news/'\n[languages.de]\ntitle = 'Seite'\n[languages.de.params]\ndescription = 'Alles.'\n[[languages.de.menus.main]]\nurl = '/de/news/'\n[languages.fr]\ntitle = 'Page'\ndisabled = true\n",
            ),
            ("content/news/a.md", &page("date: 2025-01-05")),
            ("content/news/_index.md", PAGE),
        ],
    );
    public(&site);
    let settings = site.read("new/site.yaml");
    for line in [
        "title: My Site\n",
        "description: All of it.\n",
        "@/news/_index.md",
        "  colour: red\n",
        "languages:\n  - en\n  - de\n",
        "Seite",
        "Alles.",
    ] {
        assert!(settings.contains(line), "{line}: {settings}");
    }
    assert!(!settings.contains("Page"), "{settings}");
    for (key, outcome) in [
        ("en.title", "{\"changed\":\"title\"}"),
        ("en.params", "{\"changed\":\"extra\"}"),
        ("en.menus", "{\"changed\":\"navigation\"}"),
        (
            "en.languageName",
            "{\"dropped\":\"it follows from the language\"}",
        ),
        ("de.title", "{\"changed\":\"translations\"}"),
        (
            "de.menus",
            "{\"dropped\":\"write them as `navigation` into `translations`\"}",
        ),
        (
            "fr.title",
            "{\"dropped\":\"the site has no such language\"}",
        ),
    ] {
        let found = outcomes(&report, &format!("(settings) languages.{key}"));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [outcome], "{key}");
    }
}

#[test]
fn what_the_plugin_of_mkdocs_leaves_out_stays_out() {
    let files = |patterns: &str| {
        format!("site_name: A\nplugins:\n  - search\n  - exclude:\n{patterns}  - file-filter\n")
    };
    let settings = files(
        "      glob:\n        - private/*\n        - \"*.tmp\"\n      regex: '.*\\.draft\\.md$'\n",
    );
    let (site, report) = made(
        "mkdocs",
        &[
            ("mkdocs.yml", &settings),
            ("docs/index.md", "# Home\n"),
            ("docs/open.md", "# Open\n"),
            ("docs/private/p.md", "# P\n"),
            ("docs/private/deep/p.pdf", "secret"),
            ("docs/a.tmp", "secret"),
            ("docs/a.draft.md", "# A\n"),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(there, ["_index.md", "open.md"]);
    says(
        &report,
        "mkdocs.yml:9: the plugin `file-filter` is not read: what it leaves out is carried over",
    );
    site.write("old/mkdocs.yml", files("      regex: '(?=x'\n"));
    let ran = site.run(&["migrate", "mkdocs", "old", "--to", "unread"]);
    assert!(
        ran.status == 2 && ran.err.contains("`(?=x` can't be read"),
        "{}",
        ran.err
    );
}

#[test]
fn settings_of_hugo_in_a_file_of_a_language_are_of_that_language() {
    let (site, report) = made(
        "hugo",
        &[
            (
                "config/_default/hugo.toml",
                "languageCode = 'en-us'\ntimeZone = 'America/New_York'\n",
            ),
            (
                "config/_default/languages.en.toml",
                "title = 'English title'\nweight = 1\n",
            ),
            (
                "config/_default/languages.de.toml",
                "title = 'Seite'\ndisabled = true\n",
            ),
            ("config/_default/languages.fr.toml", "title = 'Le site'\n"),
            (
                "config/_default/menus.en.toml",
                "[[main]]\nname = 'About'\nurl = '/about/'\n",
            ),
            ("config/_default/params.fr.toml", "description = 'Tout.'\n"),
            ("content/about.md", PAGE),
            ("content/about.fr.md", PAGE),
            ("content/about.de.md", PAGE),
        ],
    );
    public(&site);
    let settings = site.read("new/site.yaml");
    for line in [
        "title: English title\n",
        "default_language: en\n",
        "languages:\n  - en\n  - fr\n",
        "Le site",
        "Tout.",
        "@/about.md",
    ] {
        assert!(settings.contains(line), "{line}: {settings}");
    }
    assert!(!settings.contains("Seite"), "{settings}");
    let there = |page: &str| site.has(&format!("new/public/{page}/index.html"));
    assert!(there("about") && there("fr/about"));
    assert!(!there("de/about") && !there("about-de"));
    says(
        &report,
        "config/_default/hugo.toml:2: times without an offset are read as those of UTC, not of America/New_York",
    );
}

#[test]
fn languages_in_folders_are_said_and_those_that_are_off_stay_out() {
    let (site, report) = made(
        "mkdocs",
        &[
            (
                "mkdocs.yml",
                "site_name: A\nplugins:\n  - i18n:\n      docs_structure: folder\n      languages:\n        - {locale: en, default: true}\n        - {locale: fr, build: false}\n  - encryptcontent\n",
            ),
            ("docs/en/index.md", "# Home\n"),
            ("docs/fr/secret.md", "# Secret\n"),
        ],
    );
    let there: Vec<String> = site.tree("new/content").into_keys().collect();
    assert_eq!(there, ["en/_index.md"]);
    says(
        &report,
        "mkdocs.yml:3: the languages of `i18n` are not read in folders: each is a section, and its former addresses get no redirect",
    );
    says(
        &report,
        "mkdocs.yml:8: the plugin `encryptcontent` is not read: what it leaves out is carried over",
    );
}
