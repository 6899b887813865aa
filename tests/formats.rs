//! Seeds that are no plain text: what is read of them, what survives of their structure, and that no file of a stranger takes the others down.
#![cfg(test)]

mod support;

use std::{fmt::Write, io::Write as _};

use serde_json::Value;
use support::Site;

const SETTINGS: (&str, &str) = ("site.yaml", "title: T\nbase_url: https://example.org/\n");

/// What `explain` says of a seed.
#[track_caller]
fn explained(file: &str, bytes: impl AsRef<[u8]>) -> Value {
    let site = Site::new(&[SETTINGS]);
    site.write(file, bytes);
    let ran = site.run(&["explain", "--json", file]).well();
    serde_json::from_str(ran.out.lines().next().unwrap_or_default()).expect("JSON")
}

/// The content files that an import of one seed makes, and what it says.
fn imported(file: &str, bytes: impl AsRef<[u8]>) -> (Vec<String>, String) {
    let site = Site::new(&[SETTINGS]);
    site.write(file, bytes);
    let ran = site.run(&["import"]);
    let pages = site
        .tree("content")
        .into_values()
        .map(|text| String::from_utf8(text).expect("UTF-8"))
        .collect();
    (pages, ran.err)
}

#[track_caller]
fn body(file: &str, bytes: impl AsRef<[u8]>) -> String {
    let (pages, err) = imported(file, bytes);
    let page = pages.first().unwrap_or_else(|| panic!("no page: {err}"));
    page.splitn(3, "---\n")
        .nth(2)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn rule<'a>(found: &'a Value, field: &str) -> &'a str {
    found["evidence"][field][0]["rule"]
        .as_str()
        .unwrap_or_default()
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Accord sur la pêche | Ministère</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Accord sur la pêche entre le Maroc et le Danemark","datePublished":"2026-01-27T23:30:00+01:00"}</script>
</head><body><nav><a href="/">Accueil</a> <a href="/x">Presse</a></nav><article><h1>Accord sur la pêche entre le Maroc et le Danemark</h1>
<p>Le Maroc et le Danemark ont conclu mardi un accord de coopération sur la pêche, a annoncé le gouvernement dans un communiqué publié à l’issue des pourparlers.</p>
<h2>Les mesures</h2><ul><li>un fonds commun, ouvert aux deux pays</li><li>des <a href="https://example.org/b">bourses</a></li></ul>
<blockquote><p>Une étape nouvelle, a dit la ministre, pour les deux pays et leurs pêcheurs.</p></blockquote>
<table><thead><tr><th>Année</th><th>Montant</th></tr></thead><tbody><tr><td>2026</td><td>5 M€</td></tr></tbody></table>
<p>Le texte prévoit aussi <a href="javascript:alert(1)">un suivi</a> annuel, des campagnes communes et la publication des résultats. <img src="https://evil.example/p.png" onerror="alert(1)"></p>
<script>alert(1)</script><iframe src="file:///etc/passwd"></iframe><p>On lira &lt;script&gt;alert(2)&lt;/script&gt; comme du texte.</p></article><footer>Mentions légales</footer></body></html>"#;

#[test]
fn a_saved_page_gives_its_article_and_the_day_of_its_json_ld() {
    let found = explained("seeds/a.html", PAGE);
    assert_eq!(
        found["title"],
        "Accord sur la pêche entre le Maroc et le Danemark"
    );
    assert_eq!(found["date"], "2026-01-27");
    assert_eq!(rule(&found, "date"), "JSON-LD datePublished");
    assert_eq!(found["lang"], "fr");
    let body = body("seeds/a.html", PAGE);
    for part in [
        "## Les mesures",
        "- un fonds commun, ouvert aux deux pays",
        "[bourses](https://example.org/b)",
        "> Une étape nouvelle",
        "| 2026",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    for part in [
        "javascript:",
        "evil.example",
        "passwd",
        "Accueil",
        "<script",
    ] {
        assert!(
            !body.replace("\\<script", "").contains(part),
            "{part}: {body}"
        );
    }
}

#[test]
fn an_arabic_page_in_its_old_encoding() {
    let page = "<html lang=ar><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\"><meta name=\"date\" content=\"2026-01-27\"></head>\
        <body><h1>المغرب والدنمارك يوقعان اتفاقا</h1><p>وقع المغرب والدنمارك اتفاقا للتعاون في مجال الطاقة، وفق ما أعلنته وزارة الشؤون الخارجية في بيان صحفي نشر على موقعها الرسمي.</p></body></html>";
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(page);
    let found = explained("seeds/a.html", &bytes);
    assert_eq!(found["lang"], "ar");
    assert_eq!(found["date"], "2026-01-27");
    assert_eq!(found["countries"], serde_json::json!(["MA", "DK"]));
}

#[test]
fn the_heading_of_an_article_wins_over_a_title_that_all_pages_share() {
    let page = "<html lang=es><head><title>Nota | Ministerio</title></head><body><nav>Inicio Noticias</nav><article>\
        <h1>Bolivia reabre el puente de Yacuiba</h1><p>El gobierno de Bolivia reabrió el jueves el puente de Yacuiba, en la frontera con Argentina, dijo la \
        ministra de Obras Públicas. Las obras costaron tres millones de dólares y duraron siete meses.</p></article></body></html>";
    let found = explained("seeds/a.html", page);
    assert_eq!(found["title"], "Bolivia reabre el puente de Yacuiba");
    assert!(!body("seeds/a.html", page).contains("Bolivia reabre el puente"));
}

/// The headline and the day of the article, wherever the page states them; and what is no part of it.
#[test]
fn a_page_states_its_headline_and_day_in_many_ways() {
    let text = "<p>LA PAZ. El gobierno de Bolivia reabrió el puente de Yacuiba, en la frontera con Argentina, dijo la ministra de Obras Públicas. Las obras costaron tres millones de dólares y duraron siete meses.</p>";
    let graph = r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"M"},{"@type":"NewsArticle","headline":"Bolivia reabre el puente","datePublished":"2026-01-27T23:30:00-04:00"}]}</script>"#;
    for (head, body) in [
        (format!("<title>Nota</title>{graph}"), text.to_owned()),
        (
            "<title>Bolivia reabre el puente | Ministerio</title><meta name=date content=2026-01-27>".to_owned(),
            format!("<h1>Bolivia reabre el puente</h1>{text}"),
        ),
        (
            "<title>Ministerio</title><meta name=date content=2026-01-27>".to_owned(),
            format!("<noscript>Active JavaScript</noscript><h1>Bolivia reabre el puente</h1>{text}"),
        ),
    ] {
        let page = format!("<html lang=es><head>{head}</head><body><article>{body}</article></body></html>");
        let found = explained("seeds/a.html", &page);
        assert_eq!(found["title"], "Bolivia reabre el puente", "{page}");
        assert_eq!(found["date"], "2026-01-27", "{page}");
        assert!(!found.to_string().contains("JavaScript"), "{page}");
    }
}

#[test]
fn a_mail_gives_its_subject_its_day_and_no_quoted_reply() {
    let mail = "From: Presse <presse@example.org>\r\nTo: all@example.org\r\nSubject: =?windows-1252?Q?TR:_Communiqu=E9_sur_la_p=EAche?=\r\n\
        Date: Tue, 27 Jan 2026 23:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Le Maroc a sign=E9 hier un accord de p=EAche avec les autres =C9tats de la r=E9gion.\r\n\r\n> Le Japon demande une copie.\r\n\r\n-- \r\nService de presse, Lima, P=E9rou\r\n\
        --x\r\nContent-Type: application/pdf; name=accord.pdf\r\nContent-Disposition: attachment; filename=accord.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--x--\r\n";
    let found = explained("seeds/a.eml", mail);
    assert_eq!(found["title"], "Communiqué sur la pêche");
    assert_eq!(found["date"], "2026-01-27");
    assert_eq!(rule(&found, "date"), "mail header Date");
    assert_eq!(found["countries"], serde_json::json!(["MA"]));
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("accord.pdf"), "{warnings}");
    let body = body("seeds/a.eml", mail);
    assert!(
        body.contains("a signé hier") && body.contains("> Le Japon demande"),
        "{body}"
    );
}

const RELEASE: &str = "REYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry of fisheries said.";

#[test]
fn a_mail_is_read_in_whatever_form_it_came() {
    let head = "From: a@example.org\r\nSubject: Fwd: Iceland reopens its ports\r\nDate: Thu, 29 Jan 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n";
    let plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    let forwarded = format!(
        "{head}{plain}Please publish.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Press <press@example.org>\r\nDate: Tue, Jan 27, 2026 at 6:02 PM\r\nTo: <list@example.org>\r\n\r\n\r\n{RELEASE}\r\n"
    );
    let attached = format!(
        "{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n{plain}Please publish.\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n\
        From: press@example.org\r\nSubject: Iceland reopens its ports\r\nDate: Tue, 27 Jan 2026 18:02:00 +0000\r\n\r\n{RELEASE}\r\n--x--\r\n"
    );
    for mail in [forwarded, attached] {
        let held = mail.replace(
            "Please publish.",
            "EMBARGOED UNTIL 3 February 2026, 10:00 GMT",
        );
        assert_eq!(
            explained("seeds/a.eml", held)["embargo_until"],
            "2026-02-03T10:00:00Z"
        );
        let found = explained("seeds/a.eml", &mail);
        assert_eq!(found["title"], "Iceland reopens its ports", "{mail}");
        assert_eq!(found["date"], "2026-01-27", "{mail}");
        assert!(
            found["warnings"].to_string().contains("Please publish"),
            "{found}"
        );
        assert_eq!(body("seeds/a.eml", &mail), RELEASE);
    }
    // Of two forms the one that says more, or has a structure.
    let both = |text: &str, page: &str| {
        format!(
            "{head}Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n{plain}{text}\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--x--\r\n"
        )
    };
    let stub = both(
        "View this mail in a browser.",
        &format!("<p>{RELEASE}</p><p>All harbours have been inspected.</p>"),
    );
    assert!(body("seeds/a.eml", stub).starts_with(RELEASE));
    let list = both(
        &format!("{RELEASE}\r\n\r\n* nets\r\n* engines"),
        &format!("<p>{RELEASE}</p><ul><li>nets<li>engines</ul>"),
    );
    assert!(body("seeds/a.eml", list).ends_with("- nets\n- engines"));
}

#[test]
fn a_mail_is_read_in_any_encoding() {
    let text = "【東京、2026年1月27日】日本とケニアは27日、漁業協力に関する覚書に署名した。";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
    let head = "From: a@example.org\r\nSubject: =?iso-2022-jp?B?GyRCRnxLXCRIJTElSyUiGyhC?=\r\nDate: Tue, 27 Jan 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n";
    for charset in ["shift_jis", "utf-8"] {
        let mut mail =
            format!("{head}Content-Type: text/plain; charset={charset}\r\n\r\n").into_bytes();
        mail.extend_from_slice(&bytes);
        let found = explained("seeds/a.eml", &mail);
        assert_eq!(found["title"], "日本とケニア", "{charset}");
        assert_eq!(
            found["countries"],
            serde_json::json!(["JP", "KE"]),
            "{charset}"
        );
    }
}

#[test]
fn entries_of_a_feed_are_told_apart_whatever_their_ids() {
    let item = |i: u8, head: &str| {
        format!(
            "<item>{head}<description>Iceland reopened port {i} on Tuesday.</description></item>"
        )
    };
    for head in [
        "",
        "<guid>same</guid>",
        "<title>Notice</title>",
        "<link>https://example.org/</link>",
    ] {
        let feed = |items: &[u8]| {
            let items: String = items.iter().map(|i| item(*i, head)).collect();
            format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>")
        };
        let site = Site::new(&[SETTINGS]);
        site.write("seeds/a.xml", feed(&[1, 2, 2]));
        site.run(&["import"]).well();
        assert_eq!(site.tree("content").len(), 2, "{head}");
        // A new entry above takes no other's place.
        let before = site.tree("content");
        site.write("seeds/a.xml", feed(&[3, 1, 2]));
        site.run(&["import"]).well();
        let after = site.tree("content");
        assert_eq!(after.len(), 3, "{head}");
        assert!(
            before
                .iter()
                .all(|(name, text)| after.get(name) == Some(text)),
            "{head}"
        );
    }
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": 7, "content_text": "Kenya opened a port."}, {"content_text": "Peru closed one."}]}"#;
    let (pages, err) = imported("seeds/a.json", json);
    assert_eq!(pages.len(), 2, "{err}");
    assert!(
        pages.iter().any(|page| page.contains("a.json#7")),
        "{pages:?}"
    );
}

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Press</title><link>https://example.org/</link><language>en</language>
<item><title>Iceland reopens its ports</title><guid isPermaLink="false">a-1</guid><pubDate>Wed, 28 Jan 2026 00:30:00 +0300</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Iceland reopened its ports on Tuesday, the ministry said.</p><ul><li>one</li></ul>]]></content:encoded></item>
<item><title>Peru signs a trade agreement</title><link>https://example.org/2</link><pubDate>Thu, 29 Jan 2026 10:00:00 GMT</pubDate><description>Peru signed a trade agreement &lt;b&gt;today&lt;/b&gt;.</description></item>
</channel></rss>"#;

#[test]
fn each_entry_of_a_feed_is_a_seed_that_is_found_again() {
    let site = Site::new(&[SETTINGS, ("seeds/feeds/x.xml", RSS)]);
    site.run(&["import"]).well();
    let pages = site.tree("content");
    assert_eq!(pages.len(), 2, "{:?}", pages.keys());
    let first = site.read("content/briefings/iceland-reopens-its-ports.md");
    assert!(
        first.contains("x.xml#a-1") && first.contains("2026-01-28") && first.contains("- one"),
        "{first}"
    );
    // An entry that changed is merged into its file; one that is gone from the feed stays.
    let changed = RSS.replace("reopened its ports on", "reopened all its ports on");
    let (before, rest) = changed.split_once("<item><title>Peru").expect("an entry");
    let (_, after) = rest.split_once("</item>").expect("its end");
    site.write("seeds/feeds/x.xml", format!("{before}{after}"));
    site.run(&["import"]).well();
    assert_eq!(site.tree("content").len(), 2);
    assert!(
        site.read("content/briefings/iceland-reopens-its-ports.md")
            .contains("reopened all its ports")
    );
    let explained = site
        .run(&["explain", "--json", "seeds/feeds/x.xml#a-1"])
        .well();
    assert_eq!(explained.out.lines().count(), 1);
}

#[test]
fn atom_and_json_feeds_are_read_too() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>urn:a</id><updated>2026-01-27T10:00:00Z</updated>
        <entry><title>Kenya opens a port</title><id>urn:1</id><updated>2026-01-27T10:00:00Z</updated><content type="html">&lt;p&gt;Kenya opened a port.&lt;/p&gt;</content></entry></feed>"#;
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": "1", "title": "Kenya opens a port", "date_published": "2026-01-27T10:00:00Z", "content_html": "<p>Kenya opened a port.</p>"}]}"#;
    for (file, bytes) in [("seeds/a.atom", atom), ("seeds/a.json", json)] {
        let found = explained(file, bytes);
        assert_eq!(
            (&found["title"], &found["date"]),
            (&"Kenya opens a port".into(), &"2026-01-27".into()),
            "{file}"
        );
        assert_eq!(found["countries"], serde_json::json!(["KE"]));
    }
}

#[test]
fn what_a_person_wrote_above_a_markdown_seed_wins() {
    let seed = "---\ntitle: My title\ndate: 2026-02-01\ncountries: [PE]\n---\n# Iceland and May\n\nREYKJAVIK, 27 January 2026 - Iceland **reopened** its [ports](https://example.org/norway).\n";
    let found = explained("seeds/a.md", seed);
    assert_eq!(
        (&found["title"], &found["date"]),
        (&"My title".into(), &"2026-02-01".into())
    );
    assert_eq!(found["countries"], serde_json::json!(["PE"]));
    let found = explained(
        "seeds/b.md",
        "# Iceland reopens its ports\n\nREYKJAVIK, 27 January 2026 - Iceland **reopened** its [ports](https://example.org/norway).\n",
    );
    assert_eq!(
        (&found["title"], &found["date"]),
        (&"Iceland reopens its ports".into(), &"2026-01-27".into())
    );
    assert_eq!(found["countries"], serde_json::json!(["IS"]));
    assert_eq!(found["mentions"], serde_json::json!([]));
    assert!(body("seeds/b.md", seed).contains("[ports](https://example.org/norway)"));
}

/// Front matter of other programs is read as far as it can be; what must not be published is not.
#[test]
fn the_front_matter_of_a_markdown_seed_is_read_with_care() {
    let text = "Iceland reopened its ports on Tuesday, the ministry of fisheries said.\n";
    let seed = |front: &str| format!("---\n{front}---\n{text}");
    let found = explained(
        "seeds/a.md",
        seed(
            "title: My title\nauthor: X\nlang: English\nslug: a\ndate: 2026-01-27 10:00:00 +0100\n",
        ),
    );
    assert_eq!(
        (&found["title"], &found["date"]),
        (&"My title".into(), &"2026-01-27".into())
    );
    let warnings = found["warnings"].to_string();
    assert!(
        warnings.contains("`lang: English`")
            && warnings.contains("`slug`")
            && !warnings.contains("author"),
        "{warnings}"
    );
    let toml = format!(
        "+++\ntitle = \"My title\"\ncountries = [\"PE\", \"CL\"]\n[extra]\ntitle = 3\n+++\n{text}"
    );
    let found = explained("seeds/a.md", toml);
    assert_eq!(
        (&found["title"], &found["countries"]),
        (&"My title".into(), &serde_json::json!(["PE", "CL"]))
    );
    let found = explained("seeds/a.md", seed("embargo_until: 2027-01-01T10:00:00Z\n"));
    assert_eq!(found["embargo_until"], "2027-01-01T10:00:00Z");
    for (front, said) in [
        ("embargo_until: soon\n", "embargo can't be read"),
        ("embargo: 2027-01-01\n", "`embargo` of its front matter"),
        ("draft: true\n", "it is a draft"),
        ("draft: True\r\n", "it is a draft"),
        ("extra:\n  embargo_until: soon\n", "embargo can't be read"),
        ("title: a: b\n", "line 2"),
    ] {
        let (pages, err) = imported("seeds/a.md", seed(front));
        assert!(pages.is_empty() && err.contains(said), "{front}: {err}");
    }
    let underlined = body(
        "seeds/a.md",
        format!("Iceland reopens\n===============\n\n{text}"),
    );
    assert_eq!(underlined, text.trim());
}

/// A PDF of pages, each of lines of size, place from the left and from the bottom, and text.
fn pdf(pages: &[&[(u32, u32, u32, &str)]]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut kids = String::new();
    for lines in pages {
        let mut drawn = String::new();
        for (size, x, y, text) in *lines {
            let _ = writeln!(drawn, "BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET");
        }
        let page = objects.len() + 1;
        let _ = write!(kids, "{page} 0 R ");
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>", page + 1));
        objects.push(format!(
            "<</Length {}>>stream\n{drawn}endstream",
            drawn.len()
        ));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        writeln!(out, "{} 0 obj\n{object}\nendobj", i + 1).expect("written");
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1, objects.len() + 1).expect("written");
    out
}

const LETTER: &[&[(u32, u32, u32, &str)]] = &[
    &[
        (9, 60, 810, "Ministry of Fisheries"),
        (20, 60, 760, "Iceland reopens its ports"),
        (
            11,
            60,
            720,
            "REYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday after the storm that",
        ),
        (
            11,
            60,
            706,
            "had closed them for three days, the ministry said, and the co-opera-",
        ),
        (11, 60, 692, "tion of the harbours goes on."),
        (11, 60, 660, "\\225 first"),
        (11, 60, 646, "\\225 second"),
        (9, 280, 30, "Page 1 of 2"),
    ],
    &[
        (9, 60, 810, "Ministry of Fisheries"),
        (
            11,
            60,
            760,
            "A second page closes the release with words of its own, and nothing more than that.",
        ),
        (9, 280, 30, "Page 2 of 2"),
    ],
];

#[test]
fn a_pdf_gives_paragraphs_headings_and_lists() {
    let found = explained("seeds/a.pdf", pdf(LETTER));
    assert_eq!(found["title"], "Iceland reopens its ports");
    assert_eq!(found["date"], "2026-01-27");
    assert_eq!(found["countries"], serde_json::json!(["IS"]));
    let body = body("seeds/a.pdf", pdf(LETTER));
    assert!(
        body.contains("after the storm that had closed them"),
        "{body}"
    );
    assert!(body.contains("co-operation of the harbours"), "{body}");
    assert!(body.contains("- first\n- second"), "{body}");
    assert!(
        !body.contains("Page 1") && body.matches("Ministry of Fisheries").count() == 1,
        "{body}"
    );
}

/// Signs of items from a font and drawn as shapes, before the text and after all of it; numbers of scripts without capitals; a narrow table.
#[test]
fn the_lists_and_tables_of_a_pdf_keep_their_shape() {
    let lines = [
        (
            11,
            60,
            760,
            "Iceland reopens its ports and pays for the nets that the storm tore, the ministry said on Tuesday.",
        ),
        (11, 80, 700, "The fund pays for"),
        (11, 100, 686, "nets"),
        (11, 100, 672, "engines"),
        (11, 80, 658, "The loans are free"),
        (11, 60, 620, "1. \"Nets\" come first"),
        (11, 60, 606, "2. \"Engines\" follow"),
        (11, 60, 560, "Fish"),
        (11, 110, 560, "2025"),
        (11, 140, 560, "Quota"),
        (11, 60, 546, "Cod"),
        (11, 124, 546, "9"),
        (11, 140, 546, "large"),
        (11, 60, 532, "Herring"),
        (11, 118, 532, "12"),
        (11, 140, 532, "small"),
        (
            11,
            60,
            480,
            "End.) Tj ET 70 702 4 4 re f 90 688 4 4 re f 90 674 4 4 re f 70 660 4 4 re f 300 200 4 4 re f BT (",
        ),
    ];
    let body = body("seeds/a.pdf", pdf(&[&lines]));
    for part in [
        "- The fund pays for\n    - nets\n    - engines\n- The loans are free",
        "1. \"Nets\" come first\n2. \"Engines\" follow",
        "| Fish | 2025 | Quota |\n| --- | --- | --- |\n| Cod | 9 | large |\n| Herring | 12 | small |",
        "\n\nEnd.",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
}

#[test]
fn the_links_of_a_pdf_lead_where_they_did() {
    let lines = [
        (
            11,
            60,
            720,
            "The ministry has published the whole report on the ports, with the",
        ),
        (
            11,
            60,
            706,
            "tables of all harbours, and a map of the damage that the storm did.",
        ),
    ];
    // Over `report on the ports` of the first line, and over most of the second.
    let notes = "<</Type/Page/Annots[<</Type/Annot/Subtype/Link/Rect[208 716 310 732]/A<</S/URI/URI(https://example.org/report)>>>>\
        <</Type/Annot/Subtype/Link/Rect[60 702 150 716]/A<</S/URI/URI(javascript:alert)>>>>]";
    let whole = String::from_utf8(pdf(&[&lines])).expect("text");
    let body = body(
        "seeds/a.pdf",
        whole
            .replace("<</Type/Page/P", &format!("{notes}/P"))
            .into_bytes(),
    );
    assert!(body.contains("](https://example.org/report)"), "{body}");
    assert!(
        body.contains("report") && body.contains("tables of all harbours"),
        "{body}"
    );
    assert!(!body.contains("javascript"), "{body}");
}

/// It was made on a Thursday: what happened on Tuesday did so two days before, but that Thursday is no date of the document.
#[test]
fn the_day_on_which_a_pdf_was_made_fixes_what_is_said_of_other_days() {
    let lines = [(
        11,
        60,
        700,
        "The two ministers met in Reykjavik last Tuesday and signed the agreement on the ports of the island.",
    )];
    let whole = String::from_utf8(pdf(&[&lines])).expect("text");
    let dated = whole
        .replace(
            "trailer<<",
            "trailer<</Info<</CreationDate(D:20240215101500Z)>>",
        )
        .into_bytes();
    let found = explained("seeds/a.pdf", dated);
    assert_eq!(found["date"], "2024-02-13");
    assert!(found.to_string().contains("CreationDate"), "{found}");
    let plain = [(
        11,
        60,
        700,
        "The two ministers met in Reykjavik and signed the agreement on the ports of the island.",
    )];
    let whole = String::from_utf8(pdf(&[&plain])).expect("text");
    let dated = whole.replace(
        "trailer<<",
        "trailer<</Info<</CreationDate(D:20240215101500Z)>>",
    );
    assert!(explained("seeds/a.pdf", dated.into_bytes())["date"].is_null());
}

/// Two columns, drawn line by line across the page and column by column.
#[test]
fn the_columns_of_a_pdf_are_read_one_after_the_other() {
    const LEFT: [&str; 6] = [
        "REYKJAVIK, 27 January 2026 - The",
        "ministry reopened the ports of the",
        "island on Tuesday after a storm that",
        "had closed them for three days. All",
        "harbours have been inspected, and the",
        "damage is smaller than was feared.",
    ];
    const RIGHT: [&str; 6] = [
        "Fishermen had lost four days of the",
        "season. Their union asks for a fund",
        "that pays for nets and engines, and",
        "for loans without interest until the",
        "autumn. The minister will meet them",
        "next week in the town of Akureyri.",
    ];
    let place = |column: &[&'static str], x: u32| {
        let lines = column.iter().zip((0..).step_by(14));
        lines
            .map(|(text, down)| (11, x, 700 - down, *text))
            .collect::<Vec<_>>()
    };
    let title = (20, 60, 760, "Iceland reopens its ports");
    let (left, right) = (place(&LEFT, 60), place(&RIGHT, 310));
    let mut by_column = vec![title];
    by_column.extend(left.iter().chain(&right));
    let mut by_line = vec![title];
    by_line.extend(left.iter().zip(&right).flat_map(|(a, b)| [*a, *b]));
    for page in [by_column, by_line] {
        let body = body("seeds/a.pdf", pdf(&[&page]));
        assert!(
            body.contains("The ministry reopened the ports of the island"),
            "{body}"
        );
        assert!(
            body.contains("All harbours have been inspected, and the damage"),
            "{body}"
        );
        assert!(
            body.contains("Their union asks for a fund that pays"),
            "{body}"
        );
        assert!(!body.contains('|'), "{body}");
    }
}

/// Each is one finding that names the file and says what to do; the seed beside it is built.
#[test]
fn no_file_of_a_stranger_takes_the_build_down() {
    let whole = pdf(LETTER);
    let cut = whole.get(..200).unwrap_or_default().to_vec();
    let picture = pdf(&[&[]]);
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><rss version=\"2.0\"><channel><title>&b;</title></channel></rss>";
    for (file, bytes, said) in [
        ("seeds/a.pdf", cut, "a.pdf: the PDF"),
        ("seeds/b.pdf", picture, "b.pdf: the PDF has no text"),
        ("seeds/e.xml", bomb.as_bytes().to_vec(), "e.xml: the feed"),
        (
            "seeds/g.odt",
            b"PK\x03\x04".to_vec(),
            "g.odt: an OpenDocument text is not read",
        ),
        (
            "seeds/h.csv",
            b"a,b".to_vec(),
            "h.csv: a .csv file of this kind is not read",
        ),
        (
            "seeds/i.eml",
            b"no header".to_vec(),
            "i.eml: this is no mail",
        ),
        (
            "seeds/j.html",
            b"<html><body><script>x</script>".to_vec(),
            "j.html: the page has no text",
        ),
    ] {
        let site = Site::new(&[
            SETTINGS,
            (
                "seeds/z.txt",
                "Well\n\nREYKJAVIK, 27 January 2026 - All is well in Iceland.\n",
            ),
        ]);
        site.write(file, bytes);
        let ran = site.run(&["build"]);
        assert_eq!(ran.status, 1, "{file}: {}", ran.err);
        assert!(
            ran.err.contains(said) && ran.err.contains("  = "),
            "{file}: {}",
            ran.err
        );
        assert_eq!(site.tree("content").len(), 1, "{file}: {}", ran.err);
    }
}

#[test]
fn a_feed_of_many_entries() {
    let mut feed = String::from("<rss version=\"2.0\"><channel><title>T</title>");
    for i in 0..10_000 {
        let _ = write!(
            feed,
            "<item><title>Notice {i}</title><guid>{i}</guid><description>Notice {i} of the harbour office.</description></item>"
        );
    }
    feed.push_str("</channel></rss>");
    let site = Site::new(&[SETTINGS]);
    site.write("seeds/x.rss", feed);
    let ran = site.run(&["import", "--dry-run"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}
