//! Line 35: events that are lost.

use std::{
    fs,
    process::{Command, Stdio},
};

use super::{SETTINGS, text, write};
use crate::support::{
    Site,
    watching::{Watching, until},
};

#[test]
fn line_35_a_queue_that_overflows_converges() {
    let site = Site::new(&[SETTINGS]);
    write(&site.path("content/a.md"), "first");
    site.write("content/files/0.txt", "0");
    let watching = Watching::of(site.root());
    until("the first build", || watching.rebuilds() == 1);
    let most = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").ok();
    let most: usize = most.and_then(|n| n.trim().parse().ok()).unwrap_or(16384);
    if most > 65_536 {
        eprintln!("SKIPPED: this system queues {most} events");
        return;
    }
    watching.signal("-STOP");
    // Each file is created, written and closed; the names alternate, since equal events in a row are one.
    for n in 0..most / 3 + 200 {
        fs::write(
            site.path("content/files").join(format!("{}.txt", n % 40)),
            n.to_string(),
        )
        .expect("written");
    }
    // After the queue is full: nobody is told of this.
    write(&site.path("content/late.md"), "late");
    site.write("content/new/folder/b.md", text("new"));
    site.write("seeds/2026-01-28_a.txt", "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n");
    watching.signal("-CONT");
    until("the import", || {
        site.has("content/briefings/ports-reopen.md")
    });
    let right = site.clean();
    until("the same site", || site.published("public") == right);
    // And the new folder is watched.
    site.write("content/new/folder/b.md", text("again"));
    let right = site.clean();
    until("the same site again", || site.published("public") == right);
}

/// A watch in a user namespace of its own, with a limit on what it may watch; `None`, aloud, where there are none.
fn limited(site: &Site, limit: &str, most: usize) -> Option<Watching> {
    let set = format!("echo {most} > /proc/sys/user/{limit}");
    let unshared = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--user", "--map-root-user", "sh", "-c", script])
            .arg(env!("CARGO_BIN_EXE_depeche"))
            .current_dir(site.root());
        command
    };
    let able = unshared(&set).stderr(Stdio::null()).status();
    if !able.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: this user may not limit what is watched");
        return None;
    }
    Some(Watching::running(unshared(&format!(
        "{set}; exec \"$0\" watch"
    ))))
}

#[test]
fn line_35_without_events_folders_are_read_and_it_is_said() {
    for (limit, most) in [("max_inotify_instances", 0), ("max_inotify_watches", 2)] {
        let site = Site::new(&[SETTINGS, ("content/sub/b.md", "---\ntitle: B\n---\n\nx\n")]);
        write(&site.path("content/a.md"), "first");
        let Some(watching) = limited(&site, limit, most) else {
            return;
        };
        until("the first build", || watching.rebuilds() == 1);
        assert!(
            watching.said().starts_with(
                "the folders are read once a second, because the system gives no events: "
            ),
            "{}",
            watching.said()
        );
        write(&site.path("content/a.md"), "second");
        site.write("content/sub/c.md", text("third"));
        site.write(
            "topics.yaml",
            "topics:\n  - slug: trade\n    labels: {en: Commerce}\n",
        );
        let right = site.clean();
        until("the same site", || site.published("public") == right);
    }
}

#[test]
fn line_35_a_limit_that_is_reached_later_is_said_and_converges() {
    let site = Site::new(&[SETTINGS]);
    write(&site.path("content/a.md"), "first");
    let Some(watching) = limited(&site, "max_inotify_watches", 6) else {
        return;
    };
    until("the first build", || watching.rebuilds() == 1);
    // Pages of one name on one day: an error, in both builds.
    let clean = || {
        let ran = site.run(&["build", "--no-cache", "--output", "clean"]);
        assert!(ran.status <= 1, "{}", ran.err);
        site.published("clean")
    };
    assert!(
        !watching.said().contains("once a second"),
        "{}",
        watching.said()
    );
    for n in 0..12 {
        site.write(&format!("content/{n}/page.md"), text(&n.to_string()));
    }
    until("it is said", || {
        watching
            .said()
            .contains("the folders are read once a second")
    });
    let right = clean();
    until("the same site", || site.published("public") == right);
    for n in 0..12 {
        site.write(&format!("content/{n}/page.md"), text(&format!("again {n}")));
    }
    let right = clean();
    until("the same site again", || site.published("public") == right);
    assert_eq!(watching.said().matches("once a second").count(), 1);
}
