//! Line 1: `kill -9` at any point of a build, a watch and an import.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::MetadataExt,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use super::{SETTINGS, change, seed};
use crate::support::{
    Site, Tree, tree,
    watching::{Watching, until},
};

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
        let before = site.published("public");
        change(&site, round);
        let after = site.clean();
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
        let now = site.published("public");
        let kind = match (now == before, now == after) {
            (true, _) => "before",
            (_, true) => "after",
            _ => "between",
        };
        *kinds.entry(kind).or_insert(0) += 1;
        assert_sound(&now, &before, &after, &moment);
        site.run(&["build"]).well();
        assert!(
            site.published("public") == after,
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
        let before = site.published("public");
        let mut watching = Watching::of(site.root());
        until("the first build", || {
            site.has("public/404.html") && watching.rebuilds() > 0
        });
        change(&site, round);
        sleep(Duration::from_millis(15 * round as u64));
        watching.kill();
        let after = site.clean();
        let now = site.published("public");
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
        assert!(site.published("public") == after, "round {round}");
    }
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
