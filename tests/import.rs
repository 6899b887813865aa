//! Imports into a real folder: what is written, what is left alone, what is refused.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test makes and reads files")]

use std::{fs, path::Path};

use depeche::{
    content::{self, Known},
    edge::import::{ImportOptions, ImportReport, import},
};

fn run(root: &Path) -> ImportReport {
    import(root, &ImportOptions::default()).expect("imports")
}

fn site(seeds: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("folder");
    fs::create_dir_all(root.path().join("seeds")).expect("seeds/");
    for (name, bytes) in seeds {
        fs::write(root.path().join("seeds").join(name), bytes).expect("seed");
    }
    root
}

const TEXT: &[u8] = b"Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n";

#[test]
fn a_seed_is_imported_once_and_follows_its_file() {
    let site = site(&[("2026-01-28_a.txt", TEXT)]);
    let root = site.path();
    let first = run(root);
    assert!(first.diagnostics.iter().all(|d| !d.is_error()), "{first:?}");
    assert!(first.written[0].new);
    let page = root.join(&first.written[0].file);
    let text = fs::read_to_string(&page).expect("page");
    assert!(text.contains("\nimported: 2026-01-28\n"), "{text}");

    let second = run(root);
    assert_eq!(
        (second.written.len(), second.unchanged),
        (0, 1),
        "{second:?}"
    );
    assert_eq!(fs::read_to_string(&page).expect("page"), text);

    // A renamed seed stays with its page, and so does a page that a person moved and edited.
    fs::rename(
        root.join("seeds/2026-01-28_a.txt"),
        root.join("seeds/2026-01-28_b.txt"),
    )
    .expect("renamed");
    let moved = root.join("content/moved.md");
    fs::rename(&page, &moved).expect("moved");
    fs::write(&moved, text.replace("\nsummary:", "\n# mine\nsummary:")).expect("edited");
    let third = run(root);
    assert_eq!(
        (third.written.len(), third.written[0].file.as_str()),
        (1, "content/moved.md"),
        "{third:?}"
    );
    assert_eq!(third.written[0].refreshed, ["seed"]);
    let after = fs::read_to_string(&moved).expect("page");
    assert!(
        after.contains("seeds/2026-01-28_b.txt") && after.contains("# mine"),
        "{after}"
    );

    // Broken front matter: nothing is written, neither there nor beside it.
    fs::write(&moved, after.replace("---\ntitle", "---\n\ttitle: [")).expect("broken");
    let broken = fs::read(&moved).expect("page");
    let fourth = run(root);
    assert!(
        fourth.written.is_empty() && fourth.diagnostics[0].message.contains("content/moved.md"),
        "{fourth:?}"
    );
    assert_eq!(fs::read(&moved).expect("page"), broken);
}

#[test]
fn what_a_build_knows_of_new_files_is_what_reading_them_gives() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/corpus", "fuzz/corpus/seed", "fuzz/regressions/seed"];
    let site = site(&[]);
    for (at, folder) in folders.iter().enumerate() {
        for file in fs::read_dir(here.join(folder)).expect(folder) {
            let file = file.expect("a file").path();
            let name = file.file_name().and_then(|n| n.to_str()).expect("a name");
            let seed = format!("seeds/{at}-{name}.txt");
            fs::copy(&file, site.path().join(seed)).expect("copied");
        }
    }
    let options = ImportOptions {
        keep: true,
        ..ImportOptions::default()
    };
    let report = import(site.path(), &options).expect("imports");
    assert!(report.known.len() > 60, "{}", report.known.len());
    assert_eq!(report.known.len(), report.written.len());
    for Known { bytes, entry, said } in report.known {
        let path = &entry.path;
        let on_disk = fs::read(site.path().join("content").join(path)).expect(path);
        assert_eq!(on_disk, bytes, "{path}");
        let (read, read_said) = content::read(path, &on_disk).expect(path);
        assert_eq!(entry.front, read.front, "{path}");
        assert_eq!(
            (&entry.body, entry.body_line, said),
            (&read.body, read.body_line, read_said),
            "{path}"
        );
    }
}

#[test]
fn a_seed_whose_values_no_build_would_read_is_refused() {
    let names = (0..2000).map(|n| {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
        let name: String = [n / 676, n / 26, n].map(letter).iter().collect();
        format!("Minister A{name}on K{name}ez said so. ")
    });
    let names: String = names.collect();
    let text = format!("Ports reopen\n\nREYKJAVIK, 27 January 2026 - All met.\n\n{names}\n");
    let site = site(&[("a.txt", text.as_bytes()), ("b.txt", TEXT)]);
    let report = run(site.path());
    assert_eq!(report.written.len(), 1, "{:?}", report.written);
    let said = report.diagnostics.iter().find(|d| d.is_error());
    let said = said.expect("refused");
    assert!(
        said.file == "seeds/a.txt" && said.message.contains("KiB of front matter"),
        "{said}"
    );
    let pages = fs::read_dir(site.path().join("content/briefings")).expect("a folder");
    assert_eq!(pages.count(), 1);
}

#[test]
fn bad_seeds_are_named_and_the_others_go_on() {
    let large = vec![b'a'; 8 * 1024 * 1024 + 1];
    let site = site(&[
        ("bin.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0"),
        ("empty.txt", b" \n"),
        ("good.txt", TEXT),
        ("large.txt", &large),
        ("twin.txt", TEXT),
        (".hidden", TEXT),
    ]);
    let report = run(site.path());
    assert_eq!(report.written.len(), 1, "{report:?}");
    let mut errors: Vec<&str> = report
        .diagnostics
        .iter()
        .filter(|d| d.is_error() && d.help.is_some())
        .map(|d| d.file.as_str())
        .collect();
    errors.sort_unstable();
    assert_eq!(
        errors,
        ["seeds/bin.txt", "seeds/empty.txt", "seeds/large.txt"]
    );
    assert!(
        report
            .diagnostics
            .iter()
            .any(|d| d.file == "seeds/twin.txt" && d.message.contains("seeds/good.txt"))
    );
}

#[test]
fn an_existing_file_is_never_overwritten_and_a_dry_run_writes_nothing() {
    let site = site(&[("a.txt", TEXT)]);
    let root = site.path();
    let options = ImportOptions {
        dry_run: true,
        ..ImportOptions::default()
    };
    let planned = import(root, &options)
        .expect("plans")
        .written
        .remove(0)
        .file;
    assert!(!root.join("content").exists());
    fs::create_dir_all(root.join("content/briefings")).expect("folder");
    fs::write(root.join(&planned), "mine").expect("page");
    let written = run(root).written.remove(0);
    assert!(written.new && written.file != planned);
    assert_eq!(fs::read(root.join(&planned)).expect("page"), b"mine");
    let again = run(root);
    assert_eq!((again.written.len(), again.unchanged), (0, 1), "{again:?}");
}

#[test]
fn broken_topics_leave_alone_what_was_derived_with_them() {
    let own = "topics:\n  - slug: ports-of-call\n    labels: {en: Ports}\n    terms: {en: [{term: ports, weight: 20}]}\n";
    let site = site(&[("2026-01-28_a.txt", TEXT)]);
    let root = site.path();
    fs::write(root.join("topics.yaml"), own).expect("topics");
    let first = run(root);
    assert!(first.diagnostics.is_empty(), "{first:?}");
    let page = root.join(&first.written[0].file);
    let text = fs::read_to_string(&page).expect("page");
    assert!(text.contains("ports-of-call"), "{text}");

    fs::write(root.join("topics.yaml"), "topics: [\n").expect("topics");
    fs::write(root.join("seeds/b.txt"), "Oslo opens\n\nOslo opened.\n").expect("seed");
    let broken = run(root);
    assert!(broken.diagnostics[0].is_error(), "{broken:?}");
    assert_eq!((broken.written.len(), broken.unchanged), (1, 1));
    assert_eq!(fs::read_to_string(&page).expect("page"), text);

    // Mended, what was imported meanwhile is derived with the site's topics.
    fs::write(root.join("topics.yaml"), own).expect("topics");
    let mended = run(root);
    assert!(
        mended.written.iter().all(|w| w.seed == "seeds/b.txt"),
        "{mended:?}"
    );
}

fn text(name: &str) -> Vec<u8> {
    format!("{name} reopens its ports\n\nOSLO, 27 January 2026 - {name} reopened its ports on Tuesday, the ministry said.\n").into_bytes()
}

fn pages(root: &Path) -> std::collections::BTreeMap<String, String> {
    let folder = fs::read_dir(root.join("content/briefings")).expect("folder");
    folder
        .map(|entry| entry.expect("entry").path())
        .map(|path| {
            let name = path
                .file_stem()
                .expect("name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(path).expect("page"))
        })
        .collect()
}

/// Seeds that are numbered anew each stay with their page, whoever has their old name now.
#[test]
fn seeds_that_change_names_among_themselves_keep_their_pages() {
    let (iceland, norway, peru) = (text("Iceland"), text("Norway"), text("Peru"));
    let site = site(&[("1.txt", &iceland), ("2.txt", &norway)]);
    let root = site.path();
    run(root);
    let before = pages(root);
    for (one, two, three) in [
        (&norway, &iceland, None),
        (&peru, &iceland, Some(&norway)),
        (&iceland, &norway, Some(&peru)),
    ] {
        fs::write(root.join("seeds/1.txt"), one).expect("seed");
        fs::write(root.join("seeds/2.txt"), two).expect("seed");
        if let Some(three) = three {
            fs::write(root.join("seeds/3.txt"), three).expect("seed");
        }
        let report = run(root);
        assert!(
            report.diagnostics.iter().all(|d| !d.is_error()),
            "{report:?}"
        );
        let after = pages(root);
        for (name, page) in &before {
            let now = after.get(name).expect("the page stays");
            let body = |page: &str| page.rsplit("---\n").next().map(str::to_owned);
            assert_eq!(body(now), body(page), "{name}");
        }
        assert_eq!(after.len(), 2 + usize::from(three.is_some()));
        assert_eq!(run(root).written.len(), 0);
    }
}

#[test]
fn nothing_is_lost_when_a_seed_goes_or_comes_twice() {
    let site = site(&[
        ("a.txt", TEXT),
        ("b.txt", TEXT),
        ("c.txt", &text("Iceland")),
    ]);
    let root = site.path();
    let first = run(root);
    assert_eq!(first.written.len(), 2, "{first:?}");
    let before = pages(root);
    // The one of two that has the page goes: the page is the other's.
    fs::remove_file(root.join("seeds/a.txt")).expect("removed");
    fs::remove_file(root.join("seeds/c.txt")).expect("removed");
    let second = run(root);
    assert_eq!(second.written.len(), 1, "{second:?}");
    assert_eq!(second.written[0].seed, "seeds/b.txt");
    let after = pages(root);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    // And the other's page stays when there is no seed any more.
    assert_eq!(
        after["iceland-reopens-its-ports"],
        before["iceland-reopens-its-ports"]
    );
}

#[test]
fn two_seeds_with_one_headline_have_two_pages() {
    let longer = [
        &text("Peru")[..],
        b"\nThe minister will meet the fishermen next week.\n",
    ]
    .concat();
    let site = site(&[("1.txt", &text("Peru")), ("2.txt", &longer)]);
    let root = site.path();
    assert_eq!(run(root).written.len(), 2);
    let before = pages(root);
    assert_eq!(before.len(), 2);
    fs::write(
        root.join("seeds/0.txt"),
        [&longer[..], b"And more.\n"].concat(),
    )
    .expect("seed");
    assert_eq!(run(root).written.len(), 1);
    let after = pages(root);
    assert!(
        before
            .iter()
            .all(|(name, page)| after.get(name) == Some(page))
    );
}

#[test]
fn where_nothing_can_be_written_every_seed_says_so() {
    let site = site(&[("1.txt", &text("Peru")), ("2.txt", &text("Chile"))]);
    let root = site.path();
    fs::create_dir(root.join("content")).expect("folder");
    // A folder that can't be made, whoever runs the test.
    fs::write(root.join("content/briefings"), "mine").expect("file");
    let report = run(root);
    assert_eq!(report.written.len(), 0);
    let errors = report
        .diagnostics
        .iter()
        .filter(|d| d.is_error() && d.help.is_some());
    assert_eq!(errors.count(), 2, "{report:?}");
    assert_eq!(
        fs::read(root.join("content/briefings")).expect("file"),
        b"mine"
    );
}
