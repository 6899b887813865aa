//! Line 11: encodings.

use super::{build, published, site, the_rest_is_there};

const ACCENTS: &str = "Málaga reabre el muelle número dos\n\nMÁLAGA, 27 de enero de 2026. España reabrió el muelle «sur» el martes – según la autoridad portuaria, que añadió más información.\n";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xFEFF)
        .into_iter()
        .chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn line_11_each_encoding_is_decoded_or_refused() {
    let windows = encoding_rs::WINDOWS_1252.encode(ACCENTS).0.into_owned();
    let utf8 = ACCENTS.as_bytes();
    let torn = [&utf8[..60], b"\xC3\x28\xFF", &utf8[60..]].concat();
    let cut = &utf8[..1];
    let nul = [&utf8[..20], b"\0", &utf8[20..]].concat();
    // Whether it must be decoded; else it may be refused.
    let cases: [(&str, Vec<u8>, bool); 10] = [
        ("UTF-8", utf8.to_vec(), true),
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", utf8].concat(), true),
        ("UTF-16LE with a mark", utf16(ACCENTS, true, true), true),
        ("UTF-16BE with a mark", utf16(ACCENTS, false, true), true),
        ("UTF-16LE", utf16(ACCENTS, true, false), false),
        ("UTF-16BE", utf16(ACCENTS, false, false), false),
        ("Windows-1252", windows, true),
        ("invalid bytes", torn, false),
        ("a cut letter", [utf8, cut, b"\xE2\x82"].concat(), false),
        ("NUL", nul, false),
    ];
    for end in ["txt", "md"] {
        let site = site();
        let file = |n: usize| format!("seeds/2026-01-28_{n}.{end}");
        for (n, (_, bytes, _)) in cases.iter().enumerate() {
            site.write(&file(n), bytes);
        }
        let ran = build(&site);
        let pages = site.tree("content/briefings").into_values();
        let pages: Vec<String> = pages
            .map(|page| String::from_utf8(page).expect("UTF-8"))
            .collect();
        let review = site.run(&["review"]).out;
        for (n, (name, _, decoded)) in cases.iter().enumerate() {
            let file = file(n);
            let page = pages
                .iter()
                .find(|page| page.contains(&format!("file: {file}\n")));
            let page = page.map(String::as_str).unwrap_or_default();
            let whole = page.contains("MÁLAGA")
                && page.contains("«sur»")
                && page.contains("añadió más información");
            let said = |word: &str| ran.err.contains(&format!("{word}: {file}: "));
            // A doubt is said once for many that are alike; `review` lists them all.
            let doubted = page.contains("\nreview:") && page.contains("was read as");
            let refused = page.is_empty() && said("error");
            let right = if *decoded {
                whole
            } else {
                refused || doubted || whole || said("warning")
            };
            assert!(right, "{name} ({end}): {}\n{review}\n{page}", ran.err);
        }
        assert!(
            pages.iter().all(|page| !page.contains(['\u{FFFD}', '\0'])),
            "{end}"
        );
        assert_eq!(published(&site, "\u{FFFD}"), None, "{end}");
        the_rest_is_there(&site);
    }
}

#[test]
fn line_11_files_of_the_site_are_utf8_or_an_error_with_their_line() {
    let files: [(&str, &[u8]); 8] = [
        ("content/bad.md", b"---\ntitle: A\n---\n\ncaf\xE9\n"),
        ("site.yaml", b"title: T\ndescription: caf\xE9\n"),
        (
            "topics.yaml",
            b"topics:\n  - slug: trade\n    labels: {en: caf\xE9}\n",
        ),
        ("people.yaml", b"people:\n  - name: caf\xE9\n"),
        ("organisations.yaml", b"organisations:\n  - name: caf\xE9\n"),
        ("themes/mine/theme.yaml", b"name: caf\xE9\n"),
        ("themes/mine/strings/en.yaml", b"home: caf\xE9\n"),
        ("themes/mine/templates/page.html", b"caf\xE9"),
    ];
    for kind in ["Windows-1252", "UTF-16"] {
        let site = site();
        site.write("themes/default/.keep", "");
        for (path, bytes) in files {
            let wide = || utf16(&String::from_utf8_lossy(bytes), true, true);
            let bytes = if kind == "UTF-16" {
                wide()
            } else {
                bytes.to_vec()
            };
            site.write(path, bytes);
        }
        let ran = build(&site);
        assert!(
            ran.status == 2
                && ran.err.contains("error: site.yaml")
                && ran.err.contains("not UTF-8"),
            "{ran:?}"
        );
        site.write("site.yaml", "theme: mine\n");
        let ran = build(&site);
        assert_eq!(ran.status, 1, "{}", ran.err);
        for (path, _) in files.iter().filter(|(path, _)| *path != "site.yaml") {
            let said = ran.err.lines().any(|line| {
                line.starts_with(&format!("error: {path}")) && line.contains("not UTF-8")
            });
            assert!(said, "{path} ({kind}): {}", ran.err);
        }
        assert_eq!(published(&site, "\u{FFFD}"), None, "{kind}");
    }
    // A mark of byte order is no part of a text.
    let site = site();
    site.write("site.yaml", "\u{FEFF}title: Marked\n");
    site.write(
        "topics.yaml",
        "\u{FEFF}topics:\n  - slug: trade\n    labels: {en: Commerce}\n",
    );
    site.write(
        "content/marked.md",
        "\u{FEFF}---\ntitle: With a mark\ndate: 2026-01-26\ntopics: [trade]\n---\n\nx\n",
    );
    build(&site).well();
    assert!(
        site.read("public/index.html").contains("Marked")
            && site
                .read("public/topics/trade/index.html")
                .contains("Commerce")
    );
}
