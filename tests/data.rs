//! What a site gives to machines, read back by programs that others wrote: feeds, tables, descriptions, sitemaps. Addresses are full ones under a
//! path, nothing that is held back is in any file, and two builds are the same.
#![cfg(test)]

use std::collections::BTreeMap;

use depeche::{
    pipeline::{BuildOptions, Memo, Sources, build},
    site::route,
};
use serde_json::Value;

const BASE: &str = "https://example.org/press/";

const CONFIG: &str = "title: Press Office\nbase_url: https://example.org/press/\nlanguages: [en, fr]\npublisher: Ministry\ndescription: What we say.\n";

/// Cards have to be asked for.
const EVERYTHING: &str =
    "outputs: [atom, json_feed, opml, csv, json, json_ld, cards, llms, markdown, ninjs, sitemap]\n";

const FILES: [(&str, &str); 11] = [
    (
        "briefings/accord.md",
        "---\ntitle: Accord signed\ndate: 2026-01-27\nnumber: PR/2026/014\ncountries: [MA, DK]\ntopics: [trade, no-such]\npeople:\n  - name: Karim Alaoui\n    role: minister\norganisations: [United Nations]\nsummary: Two states sign.\ndateline: RABAT\nissuer: Ministry of Trade\ncorrections:\n  - date: 2026-02-05\n    text: The sum was wrong.\n---\n\nSee [about](@/about.md), [above](#x), [elsewhere](https://example.com/) and [the root](/countries/).\n\n## X\n\n</script><script>alert(1)</script>\n",
    ),
    (
        "briefings/accord.fr.md",
        "---\ntitle: Accord signé\ndate: 2026-01-28\ncountries: [MA]\n---\n\nTexte.\n",
    ),
    (
        "briefings/formula.md",
        "---\ntitle: \"=HYPERLINK(\\\"x\\\"), \\\"quoted\\\"\"\ndate: 2025-12-31\nlang: ar\ncountries: [MA]\n---\n\nنص\n",
    ),
    (
        "briefings/late.md",
        "---\ntitle: Late </script> one\ndate: 2026-01-27T23:30:00-05:00\n---\n\nText.\n",
    ),
    (
        "briefings/withdrawn.md",
        "---\ntitle: SECRETS withdrawn\ndate: 2026-01-20\ncountries: [SE]\nwithdrawn: Wrong.\n---\n\nSECRETS\n",
    ),
    (
        "briefings/held.md",
        "---\ntitle: SECRETS held\ndate: 2026-01-20\ncountries: [NO]\nembargo_until: 2999-01-01T00:00:00Z\n---\n\nSECRETS\n",
    ),
    (
        "briefings/over.md",
        "---\ntitle: SECRETS expired\ndate: 2020-01-20\nexpires: 2020-02-01\n---\n\nSECRETS\n",
    ),
    (
        "briefings/draft.md",
        "---\ntitle: SECRETS draft\ndate: 2026-01-20\ndraft: true\n---\n\nSECRETS\n",
    ),
    (
        "old.md",
        "---\ntitle: SECRETS page\nwithdrawn: Wrong.\n---\n\nSECRETS\n",
    ),
    ("about.md", "---\ntitle: About us\n---\n\nWe.\n\n## X\n"),
    ("_index.md", "---\ntitle: Welcome\n---\n\nHello.\n"),
];

fn site_of(config: &str) -> BTreeMap<String, Vec<u8>> {
    site_with(config, &[])
}

fn site_with(config: &str, more: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let bytes = |text: &str| bytes::Bytes::copy_from_slice(text.as_bytes());
    let files = FILES.iter().chain(more);
    let files = files.map(|(p, t)| ((*p).to_owned(), bytes(t)));
    let sources = Sources {
        config: Some(("site.yaml".to_owned(), bytes(config))),
        content: files.collect(),
        ..Sources::default()
    };
    let options = BuildOptions {
        moment: "2026-03-01T00:00:00Z".parse().ok(),
        ..BuildOptions::default()
    };
    let (renderer, said) = build(&sources, &options, &mut Memo::default());
    assert!(
        !said.iter().any(depeche::diagnostic::Diagnostic::is_error),
        "{said:?}"
    );
    let renderer = renderer.expect("a site");
    let routes = &renderer.site().routes;
    routes
        .iter()
        .map(|(path, r)| {
            let page = renderer.render(r).expect("renders");
            (route::output_file(path), page.bytes)
        })
        .collect()
}

fn site() -> BTreeMap<String, Vec<u8>> {
    site_of(&format!("{CONFIG}{EVERYTHING}"))
}

#[track_caller]
fn text(site: &BTreeMap<String, Vec<u8>>, file: &str) -> String {
    let bytes = site
        .get(file)
        .unwrap_or_else(|| panic!("no {file}: {:?}", site.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

#[track_caller]
fn json(site: &BTreeMap<String, Vec<u8>>, file: &str) -> Value {
    serde_json::from_str(&text(site, file)).expect(file)
}

fn is_page(file: &str) -> bool {
    std::path::Path::new(file)
        .extension()
        .is_some_and(|e| e == "html")
}

const ACCORD: &str = "2026/01/27/accord/";

#[test]
fn feeds_are_read_by_a_reader_of_feeds() {
    let site = site();
    for file in [
        "atom.xml",
        "feed.json",
        "countries/ma/atom.xml",
        "countries/ma/feed.json",
        "topics/trade/feed.json",
        "languages/en/atom.xml",
        "languages/ar/feed.json",
    ] {
        let feed = feed_rs::parser::parse(text(&site, file).as_bytes()).expect(file);
        assert!(!feed.entries.is_empty(), "{file}");
        for entry in &feed.entries {
            let body = entry.content.as_ref().and_then(|c| c.body.as_ref());
            assert!(
                body.is_some_and(|b| b.contains("<p>")),
                "{file}: the text in full"
            );
            for link in &entry.links {
                assert!(link.href.starts_with(BASE), "{file}: {}", link.href);
            }
        }
    }
    let feed = feed_rs::parser::parse(text(&site, "atom.xml").as_bytes()).expect("a feed");
    assert_eq!(feed.entries.len(), 4);
    let accord = feed
        .entries
        .iter()
        .find(|e| e.id.ends_with("/id/PR-2026-014/"));
    let accord = accord.expect("its number is its id");
    let day = |d: Option<chrono::DateTime<chrono::Utc>>| d.map(|d| d.date_naive().to_string());
    assert_eq!(day(accord.published).as_deref(), Some("2026-01-27"));
    assert_eq!(
        day(accord.updated).as_deref(),
        Some("2026-02-05"),
        "a correction is an update"
    );
    let atom = text(&site, "atom.xml");
    assert!(atom.contains("<entry xml:lang=\"ar\">") && atom.contains("<entry xml:lang=\"fr\">"));
    assert_eq!(json(&site, "feed.json")["items"][0]["language"], "fr");
    let body = accord
        .content
        .as_ref()
        .and_then(|c| c.body.clone())
        .expect("a body");
    for link in [
        "https://example.org/press/about/",
        "https://example.org/press/2026/01/27/accord/#x",
        "https://example.com/",
        "https://example.org/press/countries/",
    ] {
        assert!(
            body.contains(&format!("href=\"{link}\"")),
            "{link} in {body}"
        );
    }
    let late = feed
        .entries
        .iter()
        .find(|e| e.id.contains("late"))
        .expect("late");
    assert_eq!(late.id, "tag:example.org,2026:/press/briefings/late");
}

#[test]
fn opml_names_every_feed_once() {
    let site = site();
    let xml = text(&site, "feeds.opml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut feeds = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Empty(e) | quick_xml::events::Event::Start(e) => {
                let url = e.try_get_attribute("xmlUrl").expect("attributes");
                feeds.extend(url.map(|u| u.value.into_owned()));
            }
            _ => {}
        }
    }
    let there = site.keys().filter(|f| f.ends_with("atom.xml"));
    let mut there: Vec<String> = there.map(|f| format!("{BASE}{f}")).collect();
    there.sort();
    feeds.sort();
    assert_eq!(feeds, there);
}

#[test]
fn tables_hold_all_of_an_index() {
    let site = site();
    let csv = text(&site, "briefings.csv");
    assert!(
        csv.starts_with('\u{FEFF}') && csv.ends_with("\r\n"),
        "{csv}"
    );
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(rows.headers().expect("a head").get(0), Some("date"));
    let rows: Vec<csv::StringRecord> = rows.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    let accord = rows.iter().find(|r| &r[1] == "Accord signed").expect("it");
    assert_eq!(&accord[3], "MA; DK");
    assert_eq!(&accord[5], "Karim Alaoui");
    assert_eq!((&accord[7], &accord[9]), ("PR/2026/014", "2026-02-05"));
    assert!(
        rows.iter().any(|r| r[1].starts_with("'=HYPERLINK")),
        "no formula"
    );
    for (file, count) in [
        ("briefings.json", 4),
        ("countries/ma/briefings.json", 3),
        ("topics/trade/briefings.json", 1),
        ("2026/briefings.json", 3),
        ("2025/briefings.json", 1),
        ("languages/fr/briefings.json", 1),
    ] {
        let table = json(&site, file);
        assert_eq!(table["count"], count, "{file}");
        assert_eq!(table["briefings"].as_array().map(Vec::len), Some(count));
        assert_eq!(table["url"], format!("{BASE}{file}"));
    }
}

fn described(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .expect("a description");
    let (inside, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(inside).expect("JSON")
}

fn part(graph: &Value, kind: &str) -> Option<Value> {
    let parts = graph["@graph"].as_array().expect("a graph");
    parts.iter().find(|p| p["@type"] == kind).cloned()
}

#[test]
fn pages_describe_themselves() {
    let site = site();
    let page = text(&site, &format!("{ACCORD}index.html"));
    let graph = described(&page);
    let article = part(&graph, "NewsArticle").expect("an article");
    assert_eq!(article["datePublished"], "2026-01-27");
    assert_eq!(article["dateModified"], "2026-02-05");
    assert_eq!(article["publisher"]["name"], "Ministry");
    assert_eq!(article["dateline"], "RABAT");
    assert_eq!(article["author"]["name"], "Ministry of Trade");
    assert_eq!(article["contentLocation"][0]["identifier"], "MA");
    assert_eq!(article["workTranslation"][0]["inLanguage"], "fr");
    assert_eq!(article["correction"][0]["@type"], "CorrectionComment");
    let crumbs = part(&graph, "BreadcrumbList").expect("crumbs");
    let crumbs = crumbs["itemListElement"]
        .as_array()
        .cloned()
        .expect("a list");
    assert_eq!(crumbs[0]["item"], BASE);
    assert_eq!(
        crumbs.last().expect("the page")["item"],
        format!("{BASE}{ACCORD}")
    );
    for tag in [
        "<meta property=\"article:published_time\" content=\"2026-01-27T00:00:00Z\">",
        "<meta property=\"article:modified_time\" content=\"2026-02-05T00:00:00Z\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
        "<meta property=\"og:image\" content=\"https://example.org/press/2026/01/27/accord/card.png\">",
        "type=\"text/markdown\"",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
    let french = described(&text(&site, "2026/01/28/accord/index.html"));
    let french = part(&french, "NewsArticle").expect("an article");
    assert_eq!(french["translationOfWork"]["inLanguage"], "en");
    let late = described(&text(&site, "2026/01/27/late/index.html"));
    let late = part(&late, "NewsArticle").expect("an article");
    assert_eq!(late["headline"], "Late </script> one");
    let home = described(&text(&site, "index.html"));
    assert_eq!(part(&home, "WebSite").expect("the site")["url"], BASE);
    let gone = described(&text(&site, "2026/01/20/withdrawn/index.html"));
    assert!(part(&gone, "NewsArticle").is_none());
    for (file, bytes) in &site {
        if is_page(file) {
            let page = String::from_utf8_lossy(bytes);
            if page.contains("ld+json") {
                described(&page);
            }
        }
    }
}

#[test]
fn ninjs_has_what_iptc_asks_for() {
    let site = site();
    let news = json(&site, &format!("{ACCORD}ninjs.json"));
    assert_eq!(news["standard"]["version"], "2.1");
    assert_eq!(news["uri"], "https://example.org/press/id/PR-2026-014/");
    assert_eq!(news["type"], "text");
    assert_eq!(news["versioncreated"], "2026-02-05T00:00:00Z");
    assert_eq!(news["version"], "2");
    assert_eq!(news["headlines"][0]["value"], "Accord signed");
    let subject = news["subjects"][0]["uri"].as_str().expect("a subject");
    assert!(
        subject.starts_with("http://cv.iptc.org/newscodes/mediatopic/"),
        "{subject}"
    );
    assert_eq!(news["places"][0]["literal"], "MA");
    assert_eq!(news["located"], "RABAT");
    assert_eq!(json(&site, "ninjs.json").as_array().map(Vec::len), Some(4));
}

#[test]
fn twins_are_markdown_with_full_addresses() {
    let site = site();
    let twin = text(&site, &format!("{ACCORD}index.md"));
    assert!(twin.starts_with("---\ntitle: Accord signed\n"), "{twin}");
    for piece in [
        "[about](https://example.org/press/about/)",
        "[above](https://example.org/press/2026/01/27/accord/#x)",
        "countries: [MA, DK]",
        "> 2026-02-05: The sum was wrong.",
        "\\<script>",
    ] {
        assert!(twin.contains(piece), "{piece} in {twin}");
    }
    assert!(text(&site, "about/index.md").contains("# About us"));
    let llms = text(&site, "llms.txt");
    assert!(
        llms.starts_with("# Press Office\n\n> What we say.\n"),
        "{llms}"
    );
    assert!(llms.contains("(https://example.org/press/2026/01/27/accord/index.md)"));
}

#[test]
fn lists_for_machines_are_in_the_language_of_the_site() {
    let french = CONFIG.replace(
        "languages: [en, fr]",
        "languages: [fr, en]\ndefault_language: fr",
    );
    let site = site_of(&format!("{french}{EVERYTHING}"));
    let (opml, llms) = (text(&site, "feeds.opml"), text(&site, "llms.txt"));
    for words in ["Langues", "Pays", "Thèmes"] {
        assert!(
            opml.contains(&format!("<outline text=\"{words}\">")),
            "{opml}"
        );
    }
    for words in [
        "Éditeur – Ministry. 4 dépêches. Langues – ",
        "## Dernières dépêches",
        "## Données",
        "## Optional",
        "– JSON Feed]",
    ] {
        assert!(llms.contains(words), "{words} in {llms}");
    }
    let english = text(&site_of(&format!("{CONFIG}{EVERYTHING}")), "feeds.opml");
    assert!(
        english.contains("<outline text=\"Countries\">"),
        "{english}"
    );
}

#[test]
fn the_sitemap_is_an_index_of_parts_with_versions() {
    let site = site();
    let index = text(&site, "sitemap.xml");
    assert!(
        index.contains(
            "<loc>https://example.org/press/sitemap-1.xml</loc><lastmod>2026-02-05</lastmod>"
        ),
        "{index}"
    );
    let part = text(&site, "sitemap-1.xml");
    let mut reader = quick_xml::Reader::from_str(&part);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
    assert!(part.contains("<loc>https://example.org/press/2026/01/27/accord/</loc><lastmod>2026-02-05</lastmod><xhtml:link rel=\"alternate\" hreflang=\"en\""), "{part}");
    assert!(
        part.contains("hreflang=\"x-default\" href=\"https://example.org/press/countries/ma/\"")
    );
    assert!(!part.contains("withdrawn") && !part.contains(".png") && !part.contains(".json"));
    assert!(text(&site, "robots.txt").contains("Sitemap: https://example.org/press/sitemap.xml"));
}

#[test]
fn what_is_held_back_is_in_no_file() {
    for (file, bytes) in site() {
        let own = file.starts_with("2026/01/20/withdrawn/") || file.starts_with("old/");
        let said = String::from_utf8_lossy(&bytes).contains("SECRETS");
        assert!(!said || own && file.ends_with("index.html"), "{file}");
        assert!(!own || file.ends_with("index.html"), "{file}");
    }
}

#[test]
fn two_builds_are_the_same() {
    assert!(site() == site());
}

#[test]
fn a_site_has_the_outputs_that_it_asks_for() {
    let files = site_of(&format!("{CONFIG}search: false\noutputs: [atom]\n"));
    let made: Vec<&String> = files
        .keys()
        .filter(|f| !is_page(f) && !f.starts_with("assets/") && !f.ends_with("atom.xml"))
        .collect();
    assert_eq!(made, ["robots.txt"]);
    let page = text(&files, &format!("{ACCORD}index.html"));
    assert!(!page.contains("og:image") && !page.contains("ld+json") && !page.contains("feed.json"));
    let config = format!("{CONFIG}share_image: /logo.png\n");
    let own = site_with(&config, &[("logo.png", "a picture")]);
    assert!(!own.keys().any(|f| f.ends_with("card.png")));
    let page = text(&own, "index.html");
    assert!(page.contains("content=\"https://example.org/press/logo.png\""));
}
