//! Lines 1 to 6: the output folder and content/ under kills, full disks, strangers' files and other builds.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    support::{Ran, Site, Tree, ran, tree},
    watch::{Watching, until},
};

const SETTINGS: &str = "title: T\nbase_url: https://example.org/\ntheme: mine\n";

fn page(n: usize, round: usize) -> String {
    format!(
        "---\ntitle: Page {n} of round {round}\ndate: 2026-01-{:02}\ncountries: [MA]\ntopics: [trade]\n---\n\n![a](/{round}.png) Text {n}, word{n}r{round}.\n",
        1 + n % 28
    )
}

/// The site of a round: other texts, another style, another picture, another page that has gone.
fn change(site: &Site, round: usize) {
    // In this order a watch that reads in the midst finds each picture that a page draws in.
    site.write(&format!("content/{round}.png"), format!("picture {round}"));
    for n in 0..4 {
        site.write(&format!("content/briefings/{n}.md"), page(n, round));
    }
    site.write("content/gone.md", "---\ntitle: Gone\n---\n\nx\n");
    if round.is_multiple_of(2) {
        fs::remove_file(site.path("content/gone.md")).expect("removed");
    }
    site.write(
        "themes/mine/static/style.css",
        format!("p {{ order: {round} }}"),
    );
    site.write(
        "themes/mine/templates/page.html",
        "{% extends \"default/page.html\" %}{% block head %}{{ super() }}<link rel=\"stylesheet\" href=\"{{ asset(path='style.css') }}\">{% endblock head %}",
    );
    if round > 0 {
        let _ = fs::remove_file(site.path(&format!("content/{}.png", round - 1)));
    }
}

/// What was published, without the list of it and without what a killed build left.
fn published(folder: &Path) -> Tree {
    let mut files = tree(folder);
    files.retain(|path, _| !path.starts_with(".depeche"));
    files
}

/// The addresses of this site that a page draws in.
fn drawn_in(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in page
        .split(['"', '\'', ' ', ','])
        .filter(|part| part.starts_with('/') && !part.starts_with("//"))
    {
        let end = part.rsplit('.').next().unwrap_or_default();
        if ["css", "js", "png", "svg", "woff2", "jpg", "webp"].contains(&end) {
            found.insert(part.trim_start_matches('/').to_owned());
        }
    }
    found
}

/// After a kill: each file is one of those before or after, whole, and no page lacks what it draws in.
fn assert_sound(now: &Tree, before: &Tree, after: &Tree, at: &str) {
    for (path, bytes) in now {
        assert!(
            before.get(path) == Some(bytes) || after.get(path) == Some(bytes),
            "{path} is neither old nor new, killed {at}"
        );
        if path.ends_with(".html") {
            for asset in drawn_in(std::str::from_utf8(bytes).expect("UTF-8")) {
                assert!(
                    now.contains_key(&asset),
                    "{path} lacks {asset}, killed {at}"
                );
            }
        }
    }
}

/// What a build without memory writes into a folder of its own.
fn clean(site: &Site) -> Tree {
    let _ = fs::remove_dir_all(site.path("clean"));
    site.run(&["build", "--no-cache", "--output", "clean"])
        .well();
    published(&site.path("clean"))
}

/// Kills at more than thirty points of a build's life; a changed site each time.
#[test]
fn line_01_a_build_killed_at_any_point_leaves_whole_files_and_is_repaired() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    site.run(&["build"]).well();
    let begun = Instant::now();
    change(&site, 1);
    site.run(&["build"]).well();
    let life = begun.elapsed();
    let mut kinds = BTreeMap::new();
    for round in 2..33_usize {
        let before = published(&site.path("public"));
        change(&site, round);
        let after = clean(&site);
        let manifest = || {
            fs::metadata(site.path("public/.depeche-manifest"))
                .expect("a list")
                .ino()
        };
        let listed = manifest();
        let mut child = site
            .command(&["--quiet", "build"])
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        // Files move within a moment, after the list of them: half of the points lie there.
        let moment = if round % 2 == 0 {
            let moment = life.mul_f64(f64::from(u32::try_from(round).expect("few")) / 35.0);
            sleep(moment);
            format!("after {moment:?}")
        } else {
            let begun = Instant::now();
            while manifest() == listed && begun.elapsed() < Duration::from_secs(5) {}
            let moment = Duration::from_micros(round as u64 * 50);
            let begun = Instant::now();
            while begun.elapsed() < moment {}
            format!("{moment:?} after the list")
        };
        child.kill().expect("killed");
        child.wait().expect("ended");
        let now = published(&site.path("public"));
        let kind = match (now == before, now == after) {
            (true, _) => "before",
            (_, true) => "after",
            _ => "between",
        };
        *kinds.entry(kind).or_insert(0) += 1;
        assert_sound(&now, &before, &after, &moment);
        site.run(&["build"]).well();
        assert!(
            published(&site.path("public")) == after,
            "not repaired, killed {moment}"
        );
        let left = tree(&site.path("public"));
        assert!(
            left.keys().all(|path| !path.contains("scratch")),
            "{left:?}"
        );
    }
    eprintln!("31 builds of {life:?} were killed; found: {kinds:?}");
}

#[test]
fn line_01_a_watch_killed_while_it_publishes_is_repaired() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    for round in 1..7_usize {
        let before = published(&site.path("public"));
        let mut watching = Watching::of(site.root());
        until("the first build", || {
            site.has("public/404.html") && watching.rebuilds() > 0
        });
        change(&site, round);
        sleep(Duration::from_millis(15 * round as u64));
        watching.kill();
        let after = clean(&site);
        let now = published(&site.path("public"));
        // The watch may have seen half of the edits: its files are whole, and pages have what they draw in.
        for (path, bytes) in now.iter().filter(|(path, _)| path.ends_with(".html")) {
            let page = std::str::from_utf8(bytes).expect("UTF-8");
            assert!(
                page.trim_end().ends_with("</html>") || before.get(path) == Some(bytes),
                "{path}"
            );
            for asset in drawn_in(page) {
                assert!(now.contains_key(&asset), "{path} lacks {asset}");
            }
        }
        site.run(&["build"]).well();
        assert!(published(&site.path("public")) == after, "round {round}");
    }
}

fn seed(n: usize, round: usize) -> String {
    format!(
        "Ports of region {n} reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its {n} ports on Tuesday, said notice {round}.\n"
    )
}

#[test]
fn line_01_an_import_killed_at_any_point_leaves_whole_content_files() {
    let site = Site::new(&[]);
    let files = 24;
    let change = |round: usize| {
        for n in 0..files {
            site.write(&format!("seeds/2026-01-28_{n}.txt"), seed(n, round));
        }
    };
    change(0);
    let begun = Instant::now();
    site.run(&["import"]).well();
    let life = begun.elapsed();
    for round in 1..13_usize {
        let before = site.tree("content");
        change(round);
        let mut child = site
            .command(&["--quiet", "import"])
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        sleep(life.mul_f64(round as f64 / 11.0));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let killed = site.tree("content");
        site.run(&["import"]).well();
        let after = site.tree("content");
        for (path, bytes) in killed.iter().filter(|(path, _)| path.ends_with(".md")) {
            assert!(
                before.get(path) == Some(bytes) || after.get(path) == Some(bytes),
                "{path} is torn"
            );
        }
        assert_eq!(
            after.keys().filter(|path| path.ends_with(".md")).count(),
            files,
            "round {round}"
        );
        let other = Site::new(&[]);
        for n in 0..files {
            other.write(&format!("seeds/2026-01-28_{n}.txt"), seed(n, round));
        }
        other.run(&["import"]).well();
        let pages = |tree: Tree| {
            tree.into_iter()
                .filter(|(path, _)| path.ends_with(".md"))
                .collect::<Tree>()
        };
        assert_eq!(pages(after), pages(other.tree("content")), "round {round}");
    }
}

/// A file system of so many KiB of its own in a folder; `None`, aloud, where this user may not mount one.
pub(crate) struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    pub(crate) fn mounted(folder: &'a Path, options: &str) -> Option<Self> {
        fs::create_dir_all(folder).expect("made");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            Some(Self(folder))
        } else {
            eprintln!("SKIPPED: this user may not mount a file system");
            None
        }
    }

    fn again(&self, options: &str) {
        let done = Command::new("mount")
            .args(["-o", options])
            .arg(self.0)
            .status();
        assert!(done.is_ok_and(|status| status.success()), "mounted again");
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[track_caller]
fn refused(ran: &Ran, status: i32, said: &[&str]) {
    assert_eq!(ran.status, status, "{}", ran.err);
    for said in said {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn line_02_a_full_disk_leaves_the_old_site_and_nothing_else() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    let public = site.path("public");
    let Some(small) = Small::mounted(&public, "size=1m") else {
        return;
    };
    site.run(&["build"]).well();
    let before = tree(&public);
    // All pages are new, and one file is larger than the disk.
    change(&site, 1);
    site.write("content/large.bin", vec![7; 1024 * 1024]);
    refused(
        &site.run(&["--quiet", "build"]),
        2,
        &[
            "error: public",
            "No space left on device",
            "what was published before is still there",
        ],
    );
    assert!(tree(&public) == before, "the old site has changed");
    // And where there was nothing, nothing is left.
    drop(small);
    let Some(small) = Small::mounted(&public, "size=64k") else {
        return;
    };
    refused(
        &site.run(&["--quiet", "build"]),
        2,
        &["No space left on device"],
    );
    let left: Vec<String> = published(&public).into_keys().collect();
    assert!(
        left.is_empty() && fs::read_dir(&public).expect("a folder").next().is_none(),
        "{left:?}"
    );
    drop(small);
    fs::remove_file(site.path("content/large.bin")).expect("removed");
    site.run(&["build"]).well();
    assert!(published(&public) == clean(&site));
}

#[test]
fn line_02_a_limit_of_file_size_leaves_the_old_site() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    site.run(&["build"]).well();
    let before = site.tree("public");
    change(&site, 1);
    // 1024-byte blocks: pages are larger, and what is larger can't be written.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"";
    let limited = Command::new("bash")
        .args([
            "-c",
            script,
            env!("CARGO_BIN_EXE_depeche"),
            "--quiet",
            "build",
        ])
        .current_dir(site.root())
        .output()
        .expect("bash");
    refused(&ran(limited), 2, &["error: ", "File too large"]);
    assert!(site.tree("public") == before, "the old site has changed");
    site.run(&["build"]).well();
    assert!(published(&site.path("public")) == clean(&site));
}

#[test]
fn line_02_a_full_disk_leaves_content_whole_and_names_what_was_not_written() {
    let site = Site::new(&[]);
    for n in 0..20 {
        site.write(
            &format!("seeds/2026-01-28_{n}.txt"),
            format!("{}{}\n", seed(n, 0), "More of it. ".repeat(2000)),
        );
    }
    let content = site.path("content");
    let Some(small) = Small::mounted(&content, "size=256k") else {
        return;
    };
    let ran = site.run(&["--quiet", "import"]);
    refused(
        &ran,
        1,
        &[
            "error: content/briefings/ports-of-region-",
            "No space left on device",
            "what was there before still is",
        ],
    );
    let full = site.tree("content");
    assert!(
        !full.is_empty() && full.keys().all(|path| path.ends_with(".md")),
        "{:?}",
        full.keys()
    );
    for (path, bytes) in &full {
        assert!(bytes.ends_with(b"More of it.\n"), "{path} is torn");
    }
    small.again("remount,size=8m");
    site.run(&["import"]).well();
    let after = site.tree("content");
    assert_eq!(after.len(), 20);
    assert!(
        full.iter()
            .all(|(path, bytes)| after.get(path) == Some(bytes))
    );
}

/// The binary as nobody, in a site that nobody may read; `None`, aloud, where this user may not become another.
pub(crate) fn as_nobody(site: &Site, arguments: &[&str]) -> Option<Ran> {
    let mode = fs::metadata(site.root()).expect("a folder").mode() | 0o055;
    fs::set_permissions(site.root(), Permissions::from_mode(mode)).expect("permissions");
    // The binary may lie where nobody gets.
    let binary = site.path(".depeche");
    fs::copy(env!("CARGO_BIN_EXE_depeche"), &binary).expect("copied");
    let done = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&binary)
        .args(arguments)
        .current_dir(site.root())
        .output();
    fs::remove_file(&binary).expect("removed");
    match done {
        Ok(done)
            if done.status.code() != Some(127)
                && !String::from_utf8_lossy(&done.stderr).starts_with("setpriv:") =>
        {
            Some(ran(done))
        }
        _ => {
            eprintln!("SKIPPED: this user may not become another");
            None
        }
    }
}

#[test]
fn line_03_an_output_that_may_not_be_written_is_an_error_and_stays() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    site.run(&["build"]).well();
    let before = site.tree("public");
    change(&site, 1);
    let Some(ran) = as_nobody(&site, &["--quiet", "build", "--no-cache"]) else {
        return;
    };
    refused(&ran, 2, &["error: public: ", "Permission denied", "  = "]);
    assert!(site.tree("public") == before, "something has changed");
}

#[test]
fn line_03_a_read_only_file_system_is_an_error_and_stays() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    let public = site.path("public");
    let Some(small) = Small::mounted(&public, "size=4m") else {
        return;
    };
    site.run(&["build"]).well();
    let before = tree(&public);
    small.again("remount,ro");
    change(&site, 1);
    refused(
        &site.run(&["--quiet", "build"]),
        2,
        &["error: public: ", "Read-only file system", "  = "],
    );
    assert!(tree(&public) == before);
}

#[test]
fn line_04_foreign_files_without_a_list_of_ours_are_refused() {
    let site = Site::new(&[
        ("content/a.md", "---\ntitle: A\n---\n\nx\n"),
        ("public/mine.txt", "mine"),
        ("other/.hidden", "mine"),
    ]);
    let before = site.tree("");
    for output in ["public", "other"] {
        let said = format!(
            "error: {output}: the output folder has files that Dépêche did not write\n  = empty it, or choose another with --output\n"
        );
        let ran = site.run(&["--quiet", "build", "--no-cache", "--output", output]);
        assert_eq!((ran.status, ran.err.as_str()), (2, said.as_str()));
    }
    assert_eq!(site.tree(""), before);
}

#[test]
fn line_04_sources_and_what_holds_them_are_refused() {
    let outer = Site::new(&[
        ("site/content/a.md", "---\ntitle: A\n---\n\nx\n"),
        ("site/seeds/.keep", ""),
        ("site/themes/.keep", ""),
    ]);
    std::os::unix::fs::symlink("site", outer.path("linked")).expect("a link");
    std::os::unix::fs::symlink("site/content", outer.path("side")).expect("a link");
    let before = outer.tree("");
    let absolute = outer.path("site").display().to_string();
    for root in ["site", "linked"] {
        for output in [
            "/",
            ".",
            "..",
            "../..",
            "content",
            "content/new",
            "content/new/er",
            "seeds",
            "seeds/x",
            "themes/x",
            "public/../content/x",
            "../side/x",
            "../linked/content/x",
            "./content/",
            &absolute,
            ".git/x",
        ] {
            let ran = outer.run(&[
                "--quiet",
                "--root",
                root,
                "build",
                "--no-cache",
                "--output",
                output,
            ]);
            refused(
                &ran,
                2,
                &[
                    "the output folder is a source folder of the site, or holds one",
                    "choose another with --output",
                ],
            );
        }
    }
    assert_eq!(outer.tree(""), before);
}

#[test]
fn line_05_what_is_deleted_renamed_or_drafted_goes_and_foreign_files_stay() {
    let site = Site::new(&[
        ("content/gone.md", "---\ntitle: Gone\n---\n\nx\n"),
        ("content/moved.md", "---\ntitle: Moved\n---\n\nx\n"),
        ("content/draft.md", "---\ntitle: Draft\n---\n\nx\n"),
        ("content/stays.md", "---\ntitle: Stays\n---\n\nx\n"),
        ("content/thing", "a file without an end"),
        ("content/tree/index.txt", "x"),
    ]);
    site.run(&["build"]).well();
    for path in [
        "public/mine.txt",
        "public/gone/mine.txt",
        "public/empty/of/ours.txt",
    ] {
        site.write(path, "mine");
    }
    fs::remove_file(site.path("content/gone.md")).expect("removed");
    fs::rename(
        site.path("content/moved.md"),
        site.path("content/elsewhere.md"),
    )
    .expect("renamed");
    site.write(
        "content/draft.md",
        "---\ntitle: Draft\ndraft: true\n---\n\nx\n",
    );
    // A file becomes a folder, and a folder a file.
    fs::remove_file(site.path("content/thing")).expect("removed");
    site.write("content/thing/a.txt", "x");
    fs::remove_dir_all(site.path("content/tree")).expect("removed");
    site.write("content/tree", "x");
    site.run(&["build"]).well();
    for path in ["gone/index.html", "moved", "draft"] {
        assert!(!site.has(&format!("public/{path}")), "{path}");
    }
    for path in [
        "mine.txt",
        "gone/mine.txt",
        "empty/of/ours.txt",
        "elsewhere/index.html",
        "stays/index.html",
        "thing/a.txt",
        "tree",
    ] {
        assert!(site.has(&format!("public/{path}")), "{path}");
    }
    let foreign = ["mine.txt", "gone/mine.txt", "empty/of/ours.txt"];
    let mut now = published(&site.path("public"));
    now.retain(|path, _| !foreign.contains(&path.as_str()));
    assert!(now == clean(&site));
    // A list that names files outside the folder is not obeyed.
    site.write("outside.txt", "mine");
    let list = site.read("public/.depeche-manifest");
    site.write(
        "public/.depeche-manifest",
        format!("{list}../outside.txt\n/etc/hostname\nmine.txt/../../outside.txt\n"),
    );
    site.run(&["build"]).well();
    assert_eq!(site.read("outside.txt"), "mine");
}

#[test]
fn line_05_a_foreign_file_is_never_replaced() {
    let site = Site::new(&[("content/a.md", "---\ntitle: A\n---\n\nx\n")]);
    site.run(&["build"]).well();
    site.write("public/CNAME", "mine");
    site.write("content/CNAME", "theirs");
    site.write("content/b.md", "---\ntitle: B\n---\n\nx\n");
    for _ in 0..2 {
        let ran = site.run(&["--quiet", "build"]);
        assert_eq!(
            ran.err,
            "error: public/CNAME: a file that Dépêche did not write is where a file of the site should be\n  = move it away; nothing of it was changed\n"
        );
        assert_eq!(ran.status, 1);
        assert_eq!(site.read("public/CNAME"), "mine");
        assert!(site.has("public/b/index.html"));
    }
    fs::remove_file(site.path("content/CNAME")).expect("removed");
    site.run(&["build"]).well();
    assert_eq!(site.read("public/CNAME"), "mine");
}

#[test]
fn line_05_a_foreign_file_above_a_page_and_a_foreign_folder_in_its_place_cost_that_page() {
    let site = Site::new(&[("content/a.md", "---\ntitle: A\n---\n\nx\n")]);
    site.run(&["build"]).well();
    site.write("public/docs", "mine");
    site.write("public/picture.png/note", "mine");
    site.write("content/docs/b.md", "---\ntitle: B\n---\n\nx\n");
    site.write("content/picture.png", "theirs");
    site.write("content/c.md", "---\ntitle: C\n---\n\nx\n");
    for _ in 0..2 {
        let ran = site.run(&["--quiet", "build"]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        for file in ["public/docs/b/index.html", "public/picture.png"] {
            let said = format!("error: {file}: a file that Dépêche did not write is where");
            assert!(ran.err.contains(&said), "{}", ran.err);
        }
        assert_eq!(site.read("public/docs"), "mine");
        assert_eq!(site.read("public/picture.png/note"), "mine");
        assert!(site.has("public/c/index.html"));
    }
}

#[test]
fn line_06_two_builds_at_once_give_one_site() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    for n in 0..6 {
        site.write(&format!("seeds/2026-01-28_{n}.txt"), seed(n, 0));
    }
    for round in 0..4 {
        change(&site, round);
        let start = || {
            site.command(&["build"])
                .stderr(Stdio::piped())
                .spawn()
                .expect("runs")
        };
        let children: Vec<_> = (0..3).map(|_| start()).collect();
        for child in children {
            ran(child.wait_with_output().expect("ended")).well();
        }
        assert_eq!(
            site.tree("content/briefings")
                .keys()
                .filter(|path| path.starts_with("ports"))
                .count(),
            6
        );
        assert!(
            published(&site.path("public")) == clean(&site),
            "round {round}"
        );
    }
}

#[test]
fn line_06_a_build_waits_aloud_and_another_site_is_refused() {
    let site = Site::new(&[("content/a.md", "---\ntitle: A\n---\n\nx\n")]);
    let held = fs::File::open(site.root()).expect("the folder");
    held.try_lock().expect("locked");
    let child = site
        .command(&["build"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    sleep(Duration::from_millis(400));
    assert!(!site.has("public"), "it did not wait");
    drop(held);
    let waited = ran(child.wait_with_output().expect("ended")).well();
    assert!(
        waited
            .err
            .starts_with("waiting for another command that works on this site\n"),
        "{}",
        waited.err
    );
    let before = site.tree("public");
    site.write("content/a.md", "---\ntitle: B\n---\n\nx\n");
    let other = fs::File::open(site.path("public")).expect("the folder");
    other.try_lock().expect("locked");
    refused(
        &site.run(&["build"]),
        2,
        &["error: public: another build is writing into this folder\n  = "],
    );
    assert_eq!(site.tree("public"), before);
    drop(other);
    site.run(&["build"]).well();
}

#[test]
fn line_06_a_build_beside_a_running_watch_ends_in_the_same_site() {
    let site = Site::new(&[("site.yaml", SETTINGS)]);
    change(&site, 0);
    let watching = Watching::of(site.root());
    until("the first build", || watching.rebuilds() > 0);
    for round in 1..5 {
        change(&site, round);
        site.write(&format!("seeds/2026-01-28_{round}.txt"), seed(round, round));
        site.run(&["build"]).well();
        let right = clean(&site);
        until("the same site", || published(&site.path("public")) == right);
    }
    assert!(!watching.said().contains("error"), "{}", watching.said());
}
