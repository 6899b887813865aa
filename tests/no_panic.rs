//! Whatever the bytes, derivation answers or refuses; it never panics, and spans are on character boundaries.

#![expect(clippy::expect_used, reason = "a test that can't read its data fails")]

use depeche::{
    content::{addresses::addresses, moved::relinked, read},
    distill::{Options, decode, distill, layout, sentences, text::Text},
    migrate::{Out, Source, Tool, Tree, migrate},
};
use proptest::prelude::*;

fn check(bytes: &[u8], reference: Option<jiff::civil::Date>) {
    let options = Options {
        reference,
        ..Options::default()
    };
    let Ok(found) = distill(bytes, options) else {
        return;
    };
    let (decoded, _) = decode::decode(bytes).expect("distill read it");
    let text = Text::new(decoded);
    for evidence in found.evidence.values().flatten() {
        assert_eq!(
            text.slice(evidence.span),
            evidence.text,
            "{}",
            evidence.rule
        );
    }
    for block in layout::layout(&text).blocks {
        assert!(text.decoded.get(block.span.start..block.span.end).is_some());
        for sentence in sentences::sentences(&text, block.span) {
            assert!(block.span.contains(sentence) && !text.slice(sentence).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes, None);
    }

    #[test]
    fn any_string(s in "\\PC{0,120}") {
        check(s.as_bytes(), Some(jiff::civil::date(2026, 2, 3)));
    }

    #[test]
    fn pieces_of_dates_and_headers(pieces in prop::collection::vec(prop::sample::select(vec![
        "27", " ", "\n", "\n\n", ".", "-", "/", "2026", "99999999999", "janvier", "lundi", "May", "last ", "(", ")", "le ", "1月", "27日", "令和",
        "年", "三十一", "31", "12", "13", "0", "Paris", "COMMUNIQUÉ", ":", "– ", "هـ", " شعبان 1447", "8 بهمن 1404", "II", "'", "26", "to ", "au ",
        "Friday", "next ", "hier", "#", "---", "Contact", "@", "é\u{301}", "\u{200f}", "İ", "วันที่", "2569", "februar 30", "-9999", "T14:05:00", "9999-12-31",
    ]), 0..25), year in 1900_i16..9999) {
        check(pieces.concat().as_bytes(), jiff::civil::Date::new(year, 12, 31).ok());
    }
}

/// What is written in the Markdown of some tool, whole and in pieces.
const MARKS: [&str; 44] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{{<",
    ">}}",
    "{",
    "}",
    "{% raw %}",
    "{%- endraw -%}",
    "{% highlight é %}",
    "{% endhighlight %}",
    "{{< ref \"b.md\" >}}",
    "{% post_url 2026-01-27-é %}",
    "@/b.md",
    "`",
    "```",
    "~~~",
    "\n",
    "\r\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "# ",
    "\n===\n",
    "!!! note",
    "{: .é}",
    "{ .b }",
    "$$",
    ":smile:",
    "*[É]:",
    "--8<--",
    "[é](b.md)",
    "[É]: <b é.md>",
    "](",
    "<",
    "&amp;",
    "\\",
    "é",
    "\u{3000}",
    "x",
    "<https://e.org/b/>",
    "old\\_é.md#\u{e9}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn migrations_of_any_markdown(
        body in prop::collection::vec(prop::sample::select(MARKS.to_vec()), 0..40),
        keys in prop::collection::vec(prop::sample::select(vec![
            "title: 'É & l’eau'", "date: 2026-01-27", "date: 27 é", "slug: ñ +", "url: /é", "tags: [C++, é, C]", "permalink: /:title/:é:year", "draft: true",
            "aliases: [/é, /404.html]", "build: {list: never}", "weight: é", "categories: É à", "lang: fr", "sitemap: false", "description: é",
        ]), 0..5),
        pattern in prop::collection::vec(prop::sample::select(vec![
            "/", ":year", ":monthname", ":sections", "[1:]", "[", ":slug", ":title", ":é", ":", "é", ":categories", ":path", "\\:", ":filename",
        ]), 0..6),
        name in prop::sample::select(vec!["a", "2026-01-27-é", "é à", "_index", "index", "404", "2026-01-27"]),
        below in prop::sample::select(vec!["", "b/", "É/"]),
    ) {
        let keys: std::collections::BTreeMap<&str, &str> =
            keys.into_iter().filter_map(|line| line.split_once(": ")).collect();
        let front: String = keys.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        let page = format!("---\n{front}---\n{}", body.concat());
        let pattern = pattern.concat().replace('\\', "\\\\");
        for (tool, settings, text, folder) in [
            (Tool::Zola, "config.toml", "base_url = \"https://e.org\"\n".to_owned(), "content/"),
            (Tool::Hugo, "hugo.yaml", format!("title: É\npermalinks: {{b: \"{pattern}\", /: \"{pattern}\"}}\n"), "content/"),
            (Tool::Jekyll, "_config.yml", format!("title: É\npermalink: \"{pattern}\"\ncollections: {{docs: {{output: true}}}}\n"), "_posts/"),
            (Tool::Mkdocs, "mkdocs.yml", "site_name: É\n".to_owned(), "docs/"),
        ] {
            let files = [
                (settings.to_owned(), text),
                (format!("{folder}{below}{name}.md"), page.clone()),
                (format!("{folder}b.md"), page.clone()),
            ];
            let tree: Tree = files.into_iter().map(|(path, text)| (path, Source::Text(text))).collect();
            let made = migrate(tool, &tree, Vec::new(), jiff::Timestamp::UNIX_EPOCH);
            for (path, file) in made.files {
                if let (Some(path), Out::Text(text)) = (path.strip_prefix("content/"), file) {
                    prop_assert!(read(path, text.as_bytes()).is_ok(), "{tool:?} {path}: {text}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn links_of_any_markdown_are_found_and_followed(
        body in prop::collection::vec(prop::sample::select(MARKS.to_vec()), 0..40),
    ) {
        let text = body.concat();
        for address in addresses(&text) {
            prop_assert!(text.get(address.whole.clone()).is_some() && text.get(address.behind..).is_some());
            prop_assert!(address.at.is_none_or(|at| text.get(at).is_some()));
        }
        let moves = [("b.md", "c/é.md"), ("old_é.md", "ü v.md")];
        let moves = moves.map(|(old, new)| (old.to_owned(), new.to_owned())).into();
        let pages = |address: &str| address.contains("/b/").then(|| "/c/é/".to_owned());
        let once = relinked("a.md", &text, &moves, &pages);
        if let Some(followed) = once.text {
            let left = relinked("a.md", &followed, &moves, &pages);
            prop_assert_eq!(left.text, None, "{}", followed);
        }
    }
}

#[test]
fn an_endless_line_is_read_in_part_and_kept_whole() {
    let line = "le mardi 27 janvier, M. Jean Dupont, ".repeat(6000);
    let options = Options {
        ..Options::default()
    };
    let document = distill(line.as_bytes(), options).expect("text");
    assert!(document.doubts.iter().any(|d| d.message.contains("64 KiB")));
    assert_eq!(document.body.matches("Dupont").count(), 6000);
}

/// What is long and monotonous takes no longer than its length: a run of marks, a table, letters apart. A minute is a hang on any machine.
#[test]
fn long_and_monotonous_texts_end() {
    let texts = [
        "_".repeat(1 << 20),
        "*".repeat(1 << 20),
        "&#".repeat(1 << 19),
        "x ".repeat(8 * 1024),
        "A. B. C. ".repeat(2 * 1024),
        "12,34,56\n".repeat(6 * 1024),
        "Ein Wort\n".repeat(6 * 1024),
        "1 محرم 1447هـ\n".repeat(200),
        "ประเทศไทย".repeat(2400),
        "日本".repeat(10 * 1024),
    ];
    let all = texts.len();
    let (done, all_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for text in texts {
            let _ = distill(text.as_bytes(), Options::default());
            let _ = done.send(text.get(..4).map(str::to_owned));
        }
    });
    for _ in 0..all {
        let ended = all_done.recv_timeout(std::time::Duration::from_mins(1));
        assert!(ended.is_ok(), "no end in a minute");
    }
}
