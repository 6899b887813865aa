//! Lines 20 to 23: words that end elements, fetch, turn text around or count, wherever a site says them.

use std::{net::TcpListener, time::Duration};

use super::{dom, front};
use crate::support::Site;

/// Ends a script, an attribute, a text, a CDATA section and a comment; holds what XML and JSON can't.
const HOSTILE: &str =
    "</script><img src=x onerror=alert(1)>\"'`&lt;&amp;]]>--><!-- \u{1}\u{b}\u{2028}{{ 7*7 }}";

/// A site that says `HOSTILE` in all places where it says anything.
fn site() -> Site {
    let h = serde_json::Value::from(HOSTILE).to_string();
    let site = Site::new(&[
        (
            "site.yaml",
            &format!(
                "title: {h}\ndescription: {h}\nbase_url: https://example.org/\npublisher: {h}\nlicense: {h}\ndisclaimer: {h}\nmap_note: {h}\nlanguages: [en, fr]\noutputs: [atom, json_feed, opml, csv, json, json_ld, cards, llms, markdown, ninjs, sitemap]\nfacet_minimum: 1\nnavigation: [{{title: {h}, url: /}}]\nfooter: [{{title: {h}, url: /}}]\ncountry_names: {{en: {{MA: {h}}}}}\ntranslations: {{fr: {{title: {h}}}}}\n"
            ),
        ),
        (
            "topics.yaml",
            &format!("topics:\n  - slug: hostile\n    labels: {{en: {h}, fr: {h}}}\n"),
        ),
    ]);
    for n in 1..4 {
        let number = serde_json::Value::from(format!("{HOSTILE}{n}"));
        site.write(
            &format!("content/briefings/{n}.md"),
            format!("---\ntitle: {h}\ndate: 2026-01-0{n}\nlang: en\ncountries: [MA, DK]\ntopics: [hostile, trade]\nsummary: {h}\ndateline: {h}\nissuer: {h}\nnumber: {number}\nseries: {h}\npeople: [{{name: {h}, role: {h}}}]\norganisations: [{h}]\ncorrections: [{{date: 2026-02-01, text: {h}}}]\n---\n\n{HOSTILE}\n\n## {HOSTILE}\n\n[{HOSTILE}](https://example.org/)\n"),
        );
    }
    site.write("content/about.md", format!("{}{HOSTILE}\n", front(HOSTILE)));
    site.write(
        "content/section/_index.md",
        format!("{}{HOSTILE}\n", front(HOSTILE)),
    );
    #[cfg(unix)]
    {
        site.write(
            "content/\"><img src=x onerror=alert(1)>.md",
            format!("{}x\n", front("Named")),
        );
        site.write("content/'><svg onload=alert(1)> &amp;.txt", "x");
        site.write(
            "content/docs/<script>alert(1)</script>/a.md",
            format!("{}x\n", front("Below")),
        );
    }
    site
}

/// Whether XML is well-formed and holds only what XML may.
fn xml(text: &str) -> Result<(), String> {
    use quick_xml::{Reader, events::Event};
    if let Some(c) = text
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
    {
        return Err(format!("{c:?}"));
    }
    let mut reader = Reader::from_str(text);
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => {
                depth += 1;
                for attribute in tag.attributes() {
                    attribute.map_err(|e| e.to_string())?;
                }
                if matches!(tag.name().as_ref(), "img" | "script") {
                    return Err("markup of the text".to_owned());
                }
            }
            Event::End(_) => depth -= 1,
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err("not closed".to_owned()),
            _ => {}
        }
    }
}

/// A twin as a reader of Markdown sees it.
fn markdown(text: &str) -> Result<(), String> {
    use pulldown_cmark::{Event, Parser};
    let (yaml, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .ok_or("no front matter")?;
    serde_yaml::from_str::<serde_json::Value>(yaml).map_err(|e| e.to_string())?;
    let raw = Parser::new_ext(body, depeche::content::addresses::dialect())
        .find(|e| matches!(e, Event::Html(_) | Event::InlineHtml(_)));
    raw.map_or(Ok(()), |raw| Err(format!("{raw:?}")))
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn judged(path: &str, bytes: &[u8]) -> Result<(), String> {
    let text = || std::str::from_utf8(bytes).map_err(|e| e.to_string());
    match ending(path) {
        "html" => match dom::faults(text()?)[..] {
            [] => Ok(()),
            ref all => Err(format!("{all:?}")),
        },
        "json" => serde_json::from_slice::<serde_json::Value>(bytes)
            .map(drop)
            .map_err(|e| e.to_string()),
        "xml" | "opml" | "svg" => xml(text()?),
        "csv" => csv::Reader::from_reader(bytes)
            .records()
            .try_for_each(|row| row.map(drop).map_err(|e| e.to_string())),
        "md" => markdown(text()?),
        _ => Ok(()),
    }
}

#[test]
fn line_20_each_file_is_escaped_for_its_reader() {
    let site = site();
    let ran = site.run(&["--quiet", "build"]);
    let errors: Vec<&str> = ran
        .err
        .lines()
        .filter(|line| line.starts_with("error") || line.contains("panicked"))
        .collect();
    assert_eq!((ran.status, errors.as_slice()), (0, &[""; 0][..]));
    let tree = site.tree("public");
    let wrong: Vec<String> = tree
        .iter()
        .filter_map(|(path, bytes)| Some(format!("{path}: {}", judged(path, bytes).err()?)))
        .collect();
    assert_eq!(wrong, [""; 0]);
    for ending in ["html", "json", "xml", "opml", "csv", "md", "svg"] {
        let count = tree.keys().filter(|path| path.ends_with(ending)).count();
        println!("{count} files .{ending}");
        assert!(count > 0 || ending == "svg", "{ending}");
    }
    // It is there, word for word.
    let feed = feed_rs::parser::parse(&tree["atom.xml"][..]).expect("a feed");
    let title = feed.entries[0]
        .title
        .as_ref()
        .expect("a title")
        .content
        .clone();
    assert!(
        title.starts_with("</script><img src=x onerror=alert(1)>\"'`&lt;&amp;]]>"),
        "{title}"
    );
    let content = feed.entries[0]
        .content
        .as_ref()
        .and_then(|c| c.body.clone())
        .expect("a text");
    assert_eq!(dom::faults(&content), [""; 0]);
    let json: serde_json::Value = serde_json::from_slice(&tree["feed.json"]).expect("JSON");
    assert_eq!(json["items"][0]["title"], HOSTILE);
    assert_eq!(
        dom::faults(json["items"][0]["content_html"].as_str().expect("a text")),
        [""; 0]
    );
    let page = String::from_utf8_lossy(&tree["about/index.html"]).into_owned();
    assert!(
        dom::text(&page).contains("</script><img src=x onerror=alert(1)>"),
        "shown as text"
    );
}

#[test]
fn line_21_nothing_is_fetched_and_nothing_read() {
    let canary = TcpListener::bind("127.0.0.1:0").expect("a port");
    canary.set_nonblocking(true).expect("set");
    let at = format!("http://{}", canary.local_addr().expect("bound"));
    let site = Site::new(&[
        ("site.yaml", "title: T\n"),
        ("secret.txt", "root:secret words:0\n"),
    ]);
    let secret = site.path("secret.txt");
    let secret = secret.display();
    let words = "REYKJAVIK, 27 January 2026 - Iceland reopened its ports to shipping on Tuesday, the port authority said in a long statement.";
    let xxe = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file://{secret}\"><!ENTITY y SYSTEM \"{at}/y\"><!ENTITY % p SYSTEM \"{at}/p\">%p;]>"
    );
    let html = format!(
        "<html><head><title>Ports reopen in Iceland</title><link rel=stylesheet href={at}/c><base href={at}/></head><body><article><h1>Ports reopen in Iceland</h1><p>{words} <img src={at}/i><img src=file://{secret}></p><iframe src={at}/f></iframe><object data=file://{secret}></object><script src={at}/s></script><p>{words}</p></article></body></html>"
    );
    let feed = format!(
        "{xxe}<rss version=\"2.0\"><channel><title>F</title><item><guid>1</guid><title>Ports reopen &x; &y;</title><link>{at}/l</link><enclosure url=\"{at}/e\" type=\"audio/mpeg\" length=\"1\"/><description>{words} &x;</description></item></channel></rss>"
    );
    let mail = format!(
        "From: a@example.org\r\nSubject: Ports reopen\r\nDate: Tue, 27 Jan 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: message/external-body; access-type=URL; URL=\"{at}/m\"\r\n\r\n{words}\r\n"
    );
    let text = format!(
        "Ports reopen in Iceland\n\n{words}\n\n![i]({at}/i) ![s](file://{secret}) {{% include \"{secret}\" %}} {{{{ load_data(path=\"../secret.txt\") }}}}\n"
    );
    site.write("seeds/2026-01-28_a.html", &html);
    site.write("seeds/2026-01-28_b.xml", &feed);
    site.write("seeds/2026-01-28_c.eml", &mail);
    site.write("seeds/2026-01-28_d.txt", &text);
    site.write("seeds/2026-01-28_e.md", &text);
    site.write("seeds/2026-01-28_f.docx", docx(&format!("{xxe}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Ports reopen &x; &y; {words}</w:t></w:r></w:p></w:body></w:document>"), &at));
    site.write(
        "content/page.md",
        format!(
            "{}![i]({at}/i) ![f](file://{secret}) [s](../../secret.txt) <img src={at}/h>\n",
            front("Page")
        ),
    );
    let ran = site.run(&["--quiet", "build"]);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert_eq!(ran.status, 1, "the faulty files are named: {}", ran.err);
    assert!(ran.err.contains("content/page.md:5:"), "{}", ran.err);
    std::thread::sleep(Duration::from_millis(200));
    assert!(canary.accept().is_err(), "something was fetched");
    for folder in ["public", "content"] {
        for (path, bytes) in site.tree(folder) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("secret words"), "{folder}/{path}");
            if ending(&path) == "html" {
                assert!(
                    !text.contains("<iframe") && !text.contains("file://")
                        || !dom::faults(&text).iter().any(|f| f.contains("file:")),
                    "{path}"
                );
            }
        }
    }
}

/// A Word document with this text and a picture from elsewhere.
fn docx(document: &str, at: &str) -> Vec<u8> {
    use std::io::Write;
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"{at}/t\" TargetMode=\"External\"/></Relationships>"
    );
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", &relations),
    ] {
        file.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("begun");
        file.write_all(text.as_bytes()).expect("written");
    }
    file.finish().expect("whole").into_inner()
}

#[test]
fn line_22_titles_that_deceive_are_named_and_set_apart() {
    let titles = [
        ("override", "Pay\u{202E}diap\u{202C} now"),
        ("isolate", "Pay \u{2067}now"),
        ("unseen", "pay\u{200B}ment"),
        ("mixed", "Mоscow signs"),
    ];
    let site = Site::new(&[]);
    for (name, title) in titles {
        let front = front(title).replace(
            "---\ntitle",
            "---\ndate: 2026-01-27\ncountries: [MA]\ntitle",
        );
        site.write(
            &format!("content/briefings/{name}.md"),
            format!("{front}Well.\n"),
        );
    }
    site.write(
        "content/body.md",
        format!("{}a\n\nb \u{202D}c\n", front("Body")),
    );
    site.write("content/fine.md", front("می‌خواهم – اتفاق (2026)"));
    let ran = site.run(&["--quiet", "build"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for (said, why) in [
        ("briefings/override.md:4: the title has", "U+202E"),
        ("briefings/isolate.md:4", "U+2067"),
        ("briefings/unseen.md:4", "U+200B"),
        ("briefings/mixed.md:4", "Cyrillic and Latin"),
        ("body.md:7: the text has", "U+202D"),
    ] {
        assert!(
            ran.err
                .lines()
                .any(|line| line.starts_with("warning: content/")
                    && line.contains(said)
                    && line.contains(why)),
            "{said}: {}",
            ran.err
        );
    }
    assert!(!ran.err.contains("fine.md"), "{}", ran.err);
    let strict = site.run(&["--quiet", "build", "--strict"]);
    assert_eq!(strict.status, 1);
    // Wherever such a title stands within a line of other words, it stands in an element that sets it apart.
    let apart = ["title", "h1", "bdi", "script", "head"];
    for (path, bytes) in site.tree("public") {
        if ending(&path) != "html" {
            continue;
        }
        let page = dom_query::Document::from(String::from_utf8_lossy(&bytes).as_ref());
        for node in page.select("*").nodes() {
            let own: String = node
                .children()
                .iter()
                .filter(|n| n.is_text())
                .map(|n| n.text().to_string())
                .collect();
            if own.contains(['\u{202E}', '\u{2067}']) {
                let above = node.ancestors(None);
                let named = |n: &dom_query::NodeRef<'_>| {
                    n.node_name()
                        .is_some_and(|name| apart.contains(&name.as_ref()) || n.has_attr("dir"))
                };
                let within = above.iter().take(2).any(|n| {
                    n.node_name()
                        .is_some_and(|name| apart[..3].contains(&name.as_ref()))
                });
                // A block whose only words these are ends what they turn around.
                let block = above.iter().find(|n| {
                    n.node_name().is_some_and(|name| {
                        ["h2", "h3", "h4", "li", "p", "td"].contains(&name.as_ref())
                    })
                });
                let alone = block.is_some_and(|n| n.text().trim() == own.trim());
                assert!(
                    named(node) || within || alone,
                    "{path}: <{}> {own:?}",
                    node.node_name().unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn line_23_no_cell_of_a_table_is_a_formula() {
    let site = Site::new(&[("site.yaml", "title: T\n")]);
    let cells = [
        "=1+1",
        "+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        " =1+1",
        "\u{a0}=1",
        "＝1",
        "=HYPERLINK(\"https://evil.example\")",
        "\u{200b}=1",
        "\"=1",
        "\n=1",
    ];
    for (cell, n) in cells.iter().zip(1..) {
        let h = serde_json::Value::from(*cell).to_string();
        let number = serde_json::Value::from(format!("{cell} {n}"));
        site.write(&format!("content/briefings/{n}.md"), format!("---\ntitle: {h}\ndate: 2026-01-{n:02}\ncountries: [MA]\nnumber: {number}\npeople: [{{name: {h}}}]\norganisations: [{h}]\n---\nx\n"));
    }
    let ran = site.run(&["--quiet", "build"]);
    let errors: Vec<&str> = ran
        .err
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!((ran.status, errors.as_slice()), (0, &[""; 0][..]));
    let tables: Vec<_> = site
        .tree("public")
        .into_iter()
        .filter(|(path, _)| ending(path) == "csv")
        .collect();
    assert!(tables.len() > 1);
    let mut seen = 0;
    for (path, bytes) in tables {
        for row in csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[..])
            .records()
        {
            for cell in &row.expect("a row") {
                let first = cell
                    .trim_start_matches(|c: char| {
                        c.is_whitespace() || c.is_control() || c == '\u{FEFF}' || c == '\u{200b}'
                    })
                    .chars()
                    .next();
                assert!(
                    !first.is_some_and(|c| "=+-@＝＋－＠".contains(c)),
                    "{path}: {cell:?}"
                );
                seen += usize::from(cell.starts_with('\''));
            }
        }
    }
    assert!(seen > 20, "{seen}");
}
