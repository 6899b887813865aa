//! `content/docs/torture.md` against the tests: what a line names is there, and each line is there once.

use std::{collections::BTreeSet, fs, path::Path};

fn functions(folder: &str, found: &mut BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for entry in walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
    {
        if entry.path().extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(entry.path()).expect("a source");
            let names = text
                .lines()
                .filter_map(|line| line.trim_start().split_once("fn ")?.1.split_once('('));
            found.extend(names.map(|(name, _)| name.to_owned()));
        }
    }
}

#[test]
fn the_table_names_tests_that_exist_and_each_test_is_in_it() {
    let page = include_str!("../../content/docs/torture.md");
    let mut all = BTreeSet::new();
    functions("src", &mut all);
    functions("tests", &mut all);
    let mut lines = Vec::new();
    for row in page.lines().filter(|row| row.starts_with("| ")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let Some(line) = cells
            .first()
            .and_then(|first| first.trim_start_matches("| ").parse::<usize>().ok())
        else {
            continue;
        };
        lines.push(line);
        let tests: Vec<&str> = cells[2]
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| !name.contains('/'))
            .collect();
        assert!(!tests.is_empty(), "line {line} has no test");
        for test in tests {
            assert!(all.contains(test), "line {line}: there is no {test}");
        }
    }
    let once: BTreeSet<usize> = lines.iter().copied().collect();
    assert_eq!(once.len(), lines.len(), "a line is given twice");
    let missing: Vec<usize> = (1..=39).filter(|line| !once.contains(line)).collect();
    assert!(
        missing.is_empty() && once.iter().all(|line| (1..=39).contains(line)),
        "{missing:?}"
    );
    for test in all.iter().filter(|name| name.starts_with("line_")) {
        let line: Option<usize> = test.get(5..7).and_then(|n| n.parse().ok());
        if line.is_some_and(|line| once.contains(&line)) {
            assert!(
                page.contains(&format!("`{test}`")),
                "{test} is not in the table"
            );
        }
    }
}

/// Those that a site can set are held by `tests/editors/settings.rs`.
#[test]
fn the_page_of_limits_has_the_figures_of_the_sources() {
    let page = include_str!("../../content/docs/limits.md");
    let source = |file: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file))
            .expect(file)
    };
    for (file, constant, shown) in [
        (
            "yaml/mod.rs",
            "FRONT_MATTER_LIMIT: usize = 64 * 1024;",
            "| Front matter | 64 KiB |",
        ),
        (
            "yaml/mod.rs",
            "FILE_LIMIT: usize = 4 * 1024 * 1024;",
            "| 4 MiB |",
        ),
        ("yaml/node.rs", "DEPTH: usize = 32;", "in YAML | 32 |"),
        (
            "distill/mod.rs",
            "READ_AT_MOST: usize = 64 * 1024;",
            "the first 64 KiB",
        ),
        (
            "distill/slug.rs",
            "MAX: usize = 80;",
            "| A slug | 80 bytes;",
        ),
        (
            "edge/import/mod.rs",
            "TOGETHER: usize = 1024;",
            "together | 1,024 |",
        ),
        (
            "edge/serve/mod.rs",
            "WAITING: u32 = 4096;",
            "so many | 4,096 |",
        ),
        (
            "edge/convert.rs",
            "OUTPUT: u64 = 256 * 1024 * 1024;",
            "one file | 256 MiB |",
        ),
        (
            "edge/watch.rs",
            "LONGEST: Duration = Duration::from_millis(200);",
            "| 200 ms |",
        ),
        (
            "edge/watch.rs",
            "POLL: Duration = Duration::from_secs(1);",
            "every | 1 s |",
        ),
        (
            "formats/docx/package.rs",
            "UNPACKED: u64 = 64 * 1024 * 1024;",
            "unpacks to | 64 MiB |",
        ),
        (
            "formats/docx/package.rs",
            "ENTRIES: usize = 10_000;",
            "| 10000 | `formats/docx/package.rs`",
        ),
        (
            "formats/docx/xml.rs",
            "NESTING: usize = 256;",
            "| 256 | `formats/docx/xml.rs`",
        ),
        (
            "formats/docx/styles.rs",
            "CHAIN: usize = 16;",
            "| 16 | `formats/docx/styles.rs`",
        ),
        (
            "formats/html.rs",
            "NESTING: usize = 512;",
            "| 512 | `formats/html.rs`",
        ),
        (
            "formats/html.rs",
            "ELEMENTS: usize = 200_000;",
            "| 200000 |",
        ),
        (
            "formats/html/json_ld.rs",
            "DEPTH: usize = 12;",
            "| 12 | `formats/html/json_ld.rs`",
        ),
        (
            "formats/html/tables.rs",
            "ACROSS: usize = 64;",
            "64 cells across",
        ),
        ("formats/html/tables.rs", "DOWN: usize = 1000;", "1000 rows"),
        (
            "formats/html/tables.rs",
            "CELL: usize = 600;",
            "600 characters",
        ),
        (
            "formats/pdf.rs",
            "PAGES: usize = 400;",
            "| Pages of a PDF | 400 |",
        ),
        (
            "formats/pdf.rs",
            "GLYPHS: usize = 2_000_000;",
            "| 2000000 |",
        ),
        (
            "formats/pdf/links.rs",
            "LINKS: usize = 200;",
            "of a PDF | 200 |",
        ),
        (
            "formats/mail.rs",
            "WITHIN: usize = 3;",
            "| Mails within each other that are looked into | 3 |",
        ),
        (
            "formats/mail/attached.rs",
            "ATTACHED: usize = 256;",
            "| 256 | `formats/mail/attached.rs`",
        ),
        ("formats/feed.rs", "ENTRIES: usize = 20_000;", "| 20000 |"),
        ("formats/feed.rs", "ID: usize = 200;", "| 200 bytes |"),
        (
            "site/data.rs",
            "PART_ADDRESSES: usize = 10_000;",
            "sitemap | 10000 |",
        ),
        (
            "site/data.rs",
            "PART_BYTES: usize = 10_000_000;",
            "sitemap | 10000000 |",
        ),
        (
            "render/data/llms.rs",
            "LATEST: usize = 50;",
            "the latest 50",
        ),
        (
            "site/search/mod.rs",
            "PAGES: u32 = 1 << 24;",
            "| 16777216 |",
        ),
        (
            "site/search/words.rs",
            "LONGEST: usize = 32;",
            "| 32 characters |",
        ),
        (
            "render/hosts/named.rs",
            "HEADER_RULES: usize = 100;",
            "Cloudflare Pages | 100 |",
        ),
        (
            "render/hosts/named.rs",
            "REDIRECTS: usize = 2000;",
            "Redirects on Cloudflare Pages | 2000 |",
        ),
        (
            "render/hosts/apache.rs",
            "REDIRECTS: usize = 1000;",
            "`.htaccess` | 1000 |",
        ),
        (
            "render/hosts/s3.rs",
            "RULES: usize = 50;",
            "a bucket | 50 |",
        ),
        (
            "edge/deploy/mod.rs",
            "MAX_DELETES: usize = 100;",
            "otherwise | 100 |",
        ),
    ] {
        assert!(
            source(file).contains(constant),
            "src/{file} has another `{constant}`"
        );
        assert!(
            page.contains(shown),
            "content/docs/limits.md lacks `{shown}`"
        );
    }
}
