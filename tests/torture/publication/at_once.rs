//! Line 6: two builds at once.

use std::{fs, process::Stdio, thread::sleep, time::Duration};

use super::{SETTINGS, change, refused, seed};
use crate::support::{
    Site, ran,
    watching::{Watching, until},
};

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
        assert!(site.published("public") == site.clean(), "round {round}");
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
        let right = site.clean();
        until("the same site", || site.published("public") == right);
    }
    assert!(!watching.said().contains("error"), "{}", watching.said());
}
