//! What becomes of a briefing after it was published: embargo, expiry, corrections, withdrawal, a newer version, series, what is related.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test makes and reads files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().expect("folder");
        let config = "title: Test\nbase_url: https://example.org/\n";
        fs::write(root.path().join("site.yaml"), config).expect("site.yaml");
        fs::create_dir_all(root.path().join("content/briefings")).expect("content/");
        for (name, text) in files {
            fs::write(root.path().join("content/briefings").join(name), text).expect("content");
        }
        Self(root)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Builds; what was printed, and the exit status.
    fn build(&self, args: &[&str]) -> (String, i32) {
        let out = Command::new(env!("CARGO_BIN_EXE_depeche"))
            .current_dir(self.path())
            .arg("build")
            .args(args)
            .output()
            .expect("it runs");
        let all = [out.stdout, out.stderr].concat();
        (
            String::from_utf8_lossy(&all).into_owned(),
            out.status.code().unwrap_or(-1),
        )
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join("public").join(path)).expect(path)
    }

    /// The files of the site that hold a text.
    fn holding(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![PathBuf::from("public")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(self.path().join(&folder)).expect("a folder") {
                let entry = entry.expect("an entry");
                let path = folder.join(entry.file_name());
                if entry.path().is_dir() {
                    folders.push(path);
                } else if fs::read(entry.path())
                    .is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
                {
                    found.push(path.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.sort();
        found
    }
}

const NEW: &str = "---\ntitle: Port fully open\ndate: 2026-01-09\ncountries: [MA]\ntopics: [shipping]\nseries: Harbours\n---\nAll open.\n";
const OLD: &str = "---\ntitle: Port half open\ndate: 2026-01-05\ncountries: [MA]\ntopics: [shipping]\nseries: Harbours\nnumber: PR/2026/014\nsuperseded_by: briefings/new\ncorrections:\n  - {date: 2026-01-06, text: A first slip.}\n  - {date: 2026-01-07, text: It was ten ships.}\n---\nHalf open.\n";

#[test]
fn corrections_the_newer_version_and_the_series_are_shown() {
    let site = Site::new(&[("new.md", NEW), ("old.md", OLD)]);
    assert_eq!(site.build(&["--strict"]).1, 0, "{}", site.build(&[]).0);
    let old = site.read("2026/01/05/old/index.html");
    assert!(old.contains("Replaced by:") && old.contains("href=\"/2026/01/09/new/\""));
    let (late, early) = (old.find("It was ten ships."), old.find("A first slip."));
    assert!(
        late.is_some() && late < early,
        "the latest correction first"
    );
    assert!(old.contains("datetime=\"2026-01-07\"") && old.contains("PR/2026/014"));
    assert!(old.contains("part 1 of 2"), "{old}");
    let new = site.read("2026/01/09/new/index.html");
    assert!(new.contains("This replaces") && new.contains("part 2 of 2"));
    let by_number = site.read("id/PR-2026-014/index.html");
    assert!(by_number.contains("/2026/01/05/old/"), "{by_number}");
    assert!(
        site.read("atom.xml").contains("<updated>2026-01-07T"),
        "a correction is an update"
    );
}

#[test]
fn a_withdrawn_briefing_is_a_notice_and_nothing_else() {
    let gone = "---\ntitle: A wrong report\ndate: 2026-01-08\nlang: en\ncountries: [DK]\nsummary: Secret summary.\nwithdrawn: {date: 2026-01-10, reason: The letter was forged.}\n---\nSecret body.\n";
    let site = Site::new(&[("new.md", NEW), ("gone.md", gone)]);
    assert_eq!(site.build(&["--strict"]).1, 0);
    assert!(
        site.holding("Secret").is_empty(),
        "{:?}",
        site.holding("Secret")
    );
    assert_eq!(
        site.holding("A wrong report"),
        ["public/2026/01/08/gone/index.html"]
    );
    let page = site.read("2026/01/08/gone/index.html");
    assert!(page.contains("The letter was forged.") && page.contains("noindex"));
    assert!(!site.path().join("public/countries/dk").exists());
    assert!(!site.read("sitemap-1.xml").contains("gone"));
}

#[test]
fn a_section_is_not_withdrawn() {
    let section = "---\ntitle: All\nwithdrawn: Wrong.\n---\n";
    let site = Site::new(&[("_index.md", section), ("new.md", NEW)]);
    let (said, status) = site.build(&[]);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("content/briefings/_index.md:3") && said.contains("cannot be withdrawn"),
        "{said}"
    );
}

#[test]
fn what_is_past_its_last_day_is_out_and_the_next_change_is_written() {
    let past = "---\ntitle: Past\ndate: 2020-01-01\nexpires: 2020-02-01\n---\nx\n";
    let later = "---\ntitle: Later\ndate: 2026-01-01\nexpires: 2999-03-01T10:00:00+01:00\n---\nx\n";
    let held = "---\ntitle: Held\ndate: 2026-01-01\nembargo_until: 2998-01-01T00:00:00Z\n---\nx\n";
    let site = Site::new(&[("past.md", past), ("later.md", later), ("held.md", held)]);
    let (said, status) = site.build(&["--next-build", "next.txt"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("1 briefing past `expires` left out"),
        "{said}"
    );
    assert!(site.holding(">Past<").is_empty() && !site.holding(">Later<").is_empty());
    let next = fs::read_to_string(site.path().join("next.txt")).expect("next.txt");
    assert_eq!(next, "2998-01-01T00:00:00Z\n");
    let site = Site::new(&[("new.md", NEW)]);
    site.build(&["--next-build", "next.txt"]);
    let next = fs::read_to_string(site.path().join("next.txt")).expect("next.txt");
    assert_eq!(next, "", "nothing will change by itself");
}

#[test]
fn a_reference_to_nothing_and_a_wrong_value_are_said_with_their_line() {
    let lost = "---\ntitle: Lost\ndate: 2026-01-01\nsuperseded_by: briefings/none\n---\nx\n";
    let wrong =
        "---\ntitle: Wrong\ndate: 2026-01-01\ncorrections: [{date: soon, text: x}]\n---\nx\n";
    let site = Site::new(&[("lost.md", lost), ("wrong.md", wrong)]);
    let (said, status) = site.build(&[]);
    assert_eq!(status, 1);
    assert!(
        said.contains("content/briefings/lost.md:4:") && said.contains("briefings/none"),
        "{said}"
    );
    assert!(said.contains("content/briefings/wrong.md:4:"), "{said}");
}

#[test]
fn what_shares_country_topic_or_person_is_related_and_nothing_else() {
    let about = |title: &str, day: u8, rest: &str| {
        format!("---\ntitle: {title}\ndate: 2026-01-{day:02}\n{rest}---\nx\n")
    };
    let a = about(
        "Alpha",
        1,
        "countries: [MA]\ntopics: [shipping]\npeople: [Amina Berrada]\n",
    );
    let b = about("Beta", 3, "countries: [MA]\ntopics: [shipping]\n");
    let c = about("Gamma", 5, "countries: [FR]\ntopics: [health]\n");
    let d = about("Delta", 9, "people: [Amina Berrada]\n");
    let site = Site::new(&[("a.md", &a), ("b.md", &b), ("c.md", &c), ("d.md", &d)]);
    site.build(&[]);
    let page = site.read("2026/01/01/a/index.html");
    let related = page.split("id=\"related\"").nth(1).expect("related");
    let related = related.split("</section>").next().unwrap_or_default();
    assert!(
        related.contains("Beta") && related.contains("Delta"),
        "{related}"
    );
    assert!(
        !related.contains("Gamma") && !related.contains("Alpha"),
        "{related}"
    );
    assert!(
        !site
            .read("2026/01/05/c/index.html")
            .contains("id=\"related\"")
    );
}
