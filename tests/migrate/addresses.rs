//! The former address of a page is the one that the other tool gave it, and what nobody knows is said.

use super::{PAGE, Site, made, page, public, says};

/// The addresses that lead to each page: its own and its aliases.
#[track_caller]
fn lead(site: &Site, addresses: &[&str]) {
    for address in addresses {
        let file = address.trim_start_matches('/');
        let file = if file.is_empty() || file.ends_with('/') {
            format!("{file}index.html")
        } else {
            file.to_owned()
        };
        let all: Vec<String> = site.tree("new/public").into_keys().collect();
        assert!(site.has(&format!("new/public/{file}")), "{file}: {all:#?}");
    }
}

#[test]
fn aliases_of_a_sections_own_page_redirect() {
    let site = Site::new(&[
        ("site.yaml", "title: A\n"),
        (
            "content/docs/_index.md",
            "---\ntitle: Docs\naliases: [/manual/]\n---\n",
        ),
    ]);
    site.run(&["build"]).well();
    let page = site.read("public/manual/index.html");
    assert!(page.contains("/docs/"), "{page}");
}

#[test]
fn tokens_of_hugos_permalinks_are_read_whole() {
    let dated = page("date: 2026-01-05");
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\nbuildFuture = true\n[permalinks]\na = '/:year/:monthname/:yearday/:slugorfilename/'\nb = '/:sectionslug/:weekdayname/:filename'\nc = '/:sections[last]/:2006/:filename/'\nd = '/:months/:filename/'\ne = '/:sectionslugs/:filename/'\n[permalinks.page]\nf = '/x/:slug/'\n[permalinks.section]\nf = '/y/:slug/'\n",
            ),
            ("content/a/x.md", &dated),
            ("content/b/_index.md", "---\ntitle: Big Sea\n---\n"),
            ("content/b/x2.md", &dated),
            ("content/c/deep/_index.md", PAGE),
            ("content/c/deep/x3.md", &dated),
            ("content/d/x4.md", &dated),
            ("content/d/x5.md", &dated),
            ("content/e/x6.md", &dated),
            ("content/f/_index.md", "---\nslug: z\n---\n"),
            ("content/f/x.md", "---\ntitle: The Sea\n---\n"),
        ],
    );
    public(&site);
    lead(
        &site,
        &[
            "/2026/january/5/x/",
            "/big-sea/monday/x2/",
            "/deep/2026/x3/",
            "/x/the-sea/",
            "/y/z/",
        ],
    );
    says(
        &report,
        ": `:months` in the pattern of an address is not known: former addresses that nobody knows get no redirect (2)",
    );
    says(
        &report,
        ": `:sectionslugs` stands for the titles of sections, and not each has one: former addresses that nobody knows get no redirect (1)",
    );
    let lost = site.read("new/content/d/x4.md");
    assert!(!lost.contains("aliases"), "{lost}");

    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.yaml",
                "title: A\npermalinks:\n- pattern: /old/:slug/\n  target: {path: '/news/**', kind: page}\n- pattern: /new/:slug/\n  target: {lang: fr}\n",
            ),
            ("content/news/a.md", "---\ntitle: The Sea\n---\n"),
        ],
    );
    public(&site);
    lead(&site, &["/old/the-sea/"]);
    says(
        &report,
        "hugo.yaml:5: these permalinks are not read: former addresses that follow them get no redirect",
    );
}

#[test]
fn a_pattern_that_cant_be_read_is_for_no_page() {
    let dated = page("date: 2025-01-27");
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.yaml",
                "title: A\npermalinks: {\"no[tes\": \"/n/:filename/\", news: \"/:year/:filename/\"}\n",
            ),
            ("content/news/a.md", &dated),
            ("content/no[tes/b.md", &dated),
            ("content/newsroom/c.md", &dated),
        ],
    );
    public(&site);
    lead(&site, &["/2025/a/", "/n/b/", "/newsroom/c/"]);
    assert!(!report.to_string().contains("are not read"), "{report}");

    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.yaml",
                "title: A\npermalinks:\n- pattern: /n/:filename/\n  target: {path: '/no[tes/**'}\n- pattern: /:year/:filename/\n  target: {path: '/news/**'}\n",
            ),
            ("content/news/a.md", &dated),
        ],
    );
    public(&site);
    lead(&site, &["/2025/a/"]);
    says(
        &report,
        "hugo.yaml:3: these permalinks are not read: former addresses that follow them get no redirect",
    );

    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ndefaults:\n- {scope: {path: \"n[*\"}, values: {permalink: \"/n/:basename/\", published: false}}\n- {scope: {path: \"x[y\"}, values: {permalink: \"/x/:basename/\"}}\n",
            ),
            ("a.md", PAGE),
            ("x[y/b.md", PAGE),
            ("xy/c.md", PAGE),
        ],
    );
    // What it keeps back may be any page.
    assert!(public(&site).is_empty());
    for (path, address) in [("a", "/a.html"), ("x[y/b", "/x/b/"), ("xy/c", "/xy/c.html")] {
        let page = site.read(&format!("new/content/{path}.md"));
        assert!(page.contains(address), "{page}");
    }
    says(
        &report,
        "_config.yml:3: `permalink` in these `defaults` is not read: former addresses that follow it get no redirect",
    );
}

#[test]
fn former_addresses_of_hugo_are_plain_as_hugo_makes_them() {
    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[permalinks]\nposts = '/p/:title/'\n",
            ),
            (
                "content/posts/a.md",
                "---\ntitle: \"What's new & C++ 2.0\"\n---\n",
            ),
            ("content/docs/l'eau  de Sète.md", PAGE),
        ],
    );
    public(&site);
    lead(&site, &["/p/whats-new-c-2.0/", "/docs/leau-de-sète/"]);

    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\nremovePathAccents = true\ndisablePathToLower = true\n",
            ),
            ("content/docs/L'Été.md", PAGE),
        ],
    );
    public(&site);
    lead(&site, &["/docs/LEte/"]);
}

#[test]
fn addresses_of_hugo_follow_url_ugly_urls_and_the_names_of_files() {
    let (site, _) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\ndefaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n[uglyURLs]\ndocs = true\n[frontmatter]\ndate = [':filename', ':default']\n",
            ),
            ("content/about.fr.md", &page("url: /fr/a-propos/")),
            ("content/who.fr.md", &page("url: qui/")),
            ("content/docs/a.md", PAGE),
            ("content/news/a.md", PAGE),
            ("content/news/2025-01-27-talks/index.md", PAGE),
            (
                "content/news/2025-01-28_more.md",
                &page("date: 2024-01-01\nslug: own"),
            ),
        ],
    );
    public(&site);
    lead(
        &site,
        &[
            "/fr/a-propos/",
            "/fr/qui/",
            "/docs/a.html",
            "/news/a/",
            "/news/talks/",
            "/news/own/",
        ],
    );
    assert!(!site.has("new/public/fr/fr") && !site.has("new/public/news/a.html"));
    let talks = site.read("new/content/news/2025-01-27-talks/index.md");
    assert!(talks.contains("date: 2025-01-27\n"), "{talks}");
    let more = site.read("new/content/news/2025-01-28_more.md");
    assert!(more.contains("date: 2025-01-28\n"), "{more}");
}

#[test]
fn addresses_of_jekyll_follow_defaults_and_collections() {
    let (site, report) = made(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: A\ncollections:\n  docs: {output: true}\n  team: {output: true, permalink: \"/people/:name\"}\n  odd: {output: true, permalink: fancy}\ndefaults:\n- {scope: {path: \"\", type: posts}, values: {permalink: \"/blog/:short_year/:i_month/:slug/\"}}\n- {scope: {path: _posts/long}, values: {permalink: \"/essays/:year/:y_day/:title\"}}\n- {scope: {path: \"\"}, values: {layout: x}}\n",
            ),
            ("_posts/2025-01-05-What Next.md", PAGE),
            ("_posts/long/2025-01-05-b.md", PAGE),
            ("_docs/guide/intro.md", PAGE),
            ("_team/Ann Berg.md", PAGE),
            ("_odd/a.md", PAGE),
            ("about.md", PAGE),
        ],
    );
    public(&site);
    lead(
        &site,
        &[
            "/blog/25/1/what-next/",
            "/essays/2025/005/b/",
            "/essays/2025/005/b.html",
            "/docs/guide/intro.html",
            "/people/ann-berg/",
            "/about.html",
        ],
    );
    assert!(!site.has("new/public/2025/01/05/b.html"));
    says(
        &report,
        ": `permalink: fancy` is no style of Jekyll, and no pattern: former addresses that nobody knows get no redirect (1)",
    );

    for (style, address) in [
        ("ordinal", "/2025/005/a.html"),
        ("weekdate", "/2025/W01/Sun/a.html"),
        ("none", "/a.html"),
        ("/:long_month/:w_day/:title/", "/January/7/a/"),
    ] {
        let settings = format!("title: A\npermalink: {style}\n");
        let (site, _) = made(
            "jekyll",
            &[("_config.yml", &settings), ("_posts/2025-01-05-a.md", PAGE)],
        );
        public(&site);
        lead(&site, &[address]);
    }
    let (site, report) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\npermalink: ordnial\n"),
            ("_posts/2025-01-05-a.md", PAGE),
        ],
    );
    says(
        &report,
        "_config.yml:2: `permalink: ordnial` is no style of Jekyll, and no pattern",
    );
    let post = site.read("new/content/posts/2025-01-05-a.md");
    assert!(!post.contains("aliases"), "{post}");
}

#[test]
fn the_path_of_a_translated_page_of_zola_is_whole() {
    let (site, _) = made(
        "zola",
        &[
            (
                "config.toml",
                "base_url = \"https://e.org\"\n[languages.fr]\n",
            ),
            (
                "content/about.fr.md",
                "+++\ntitle = \"T\"\npath = \"a-propos\"\n+++\n\n[x](/a-propos/)\n",
            ),
        ],
    );
    public(&site);
    lead(&site, &["/a-propos/"]);
    let about = site.read("new/content/about.fr.md");
    assert!(about.contains("[x](@/about.fr.md)"), "{about}");
}

#[test]
fn links_to_a_page_whose_address_is_our_own_lead_to_that_address() {
    let links = "---\ntitle: A\n---\n\n[s](/search/#x) [t](search.md) [u]({{< ref \"search\" >}}) [v](/find/)\n";
    let (site, report) = made(
        "hugo",
        &[
            (
                "hugo.toml",
                "title = 'A'\n[[menus.main]]\nname = 'Find'\nurl = '/search/'\n[[menus.main]]\nurl = '/next/'\n[[menus.main]]\nurl = '/open/'\n",
            ),
            ("content/_index.md", links),
            (
                "content/search.md",
                &page("layout: search\naliases: [/find/]"),
            ),
            ("content/next.md", &page("draft: true")),
            ("content/open.md", PAGE),
        ],
    );
    public(&site);
    let home = site.read("new/content/_index.md");
    let line = "[s](/search/#x) [t](/search/) [u](/search/) [v](/search/)\n";
    assert!(home.contains(line), "{home}");
    let settings = site.read("new/site.yaml");
    assert!(
        settings.contains("\"/search/\"") && settings.contains("@/open.md"),
        "{settings}"
    );
    assert!(!settings.contains("next.md"), "{settings}");
    says(
        &report,
        ": the link /next/ of the navigation leads to a page that is kept back",
    );
    let open = site.read("new/public/open/index.html");
    assert!(!open.contains("@/"), "{open}");
}

#[test]
fn links_to_a_page_that_gives_way_lead_to_what_has_its_new_address() {
    let (site, _) = made(
        "jekyll",
        &[
            ("_config.yml", "title: A\n"),
            ("search.md", PAGE),
            ("a.md", "---\ntitle: T\n---\n\n[s](/search.html)\n"),
        ],
    );
    let page = site.read("new/content/a.md");
    assert!(page.ends_with("[s](/search/)\n"), "{page}");
    public(&site);
}
