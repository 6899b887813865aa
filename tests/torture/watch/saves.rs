//! Line 34, and a watch of line 38: the ways to save.

use std::{
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

use super::{SEED, SETTINGS, write};
use crate::support::{
    Site,
    watching::{Watching, until},
};

/// One way to save `content/a.md`, and what the site says then.
type Pattern = (&'static str, fn(&Path), Option<&'static str>);

const PATTERNS: [Pattern; 8] = [
    (
        "truncate and write",
        |content| write(&content.join("a.md"), "truncated"),
        Some("truncated"),
    ),
    (
        "vim: backup by renaming, write anew, delete the backup",
        |content| {
            let (file, backup) = (content.join("a.md"), content.join("a.md~"));
            fs::write(content.join("4913"), "").expect("written");
            fs::remove_file(content.join("4913")).expect("removed");
            fs::rename(&file, &backup).expect("renamed");
            write(&file, "vim");
            fs::remove_file(&backup).expect("removed");
        },
        Some("vim"),
    ),
    (
        "atomic: a temporary file is moved over it",
        |content| {
            write(&content.join(".a.md.swp"), "atomic");
            fs::rename(content.join(".a.md.swp"), content.join("a.md")).expect("renamed");
        },
        Some("atomic"),
    ),
    (
        "safe write: a visible temporary file, the old one away, the new one in",
        |content| {
            write(&content.join("a.md___jb_tmp___"), "safe");
            fs::rename(content.join("a.md"), content.join("a.md___jb_old___")).expect("renamed");
            fs::rename(content.join("a.md___jb_tmp___"), content.join("a.md")).expect("renamed");
            fs::remove_file(content.join("a.md___jb_old___")).expect("removed");
        },
        Some("safe"),
    ),
    (
        "touch",
        |content| {
            let file = fs::File::options()
                .append(true)
                .open(content.join("a.md"))
                .expect("open");
            file.set_modified(SystemTime::now()).expect("touched");
        },
        Some("safe"),
    ),
    (
        "the folder is renamed and back",
        |content| {
            let away = content.with_file_name("away");
            fs::rename(content, &away).expect("renamed");
            write(&away.join("a.md"), "folder");
            fs::rename(&away, content).expect("renamed");
        },
        Some("folder"),
    ),
    (
        "a folder within is renamed",
        |content| {
            fs::create_dir(content.join("sub")).expect("made");
            fs::rename(content.join("a.md"), content.join("sub/a.md")).expect("moved");
            fs::rename(content.join("sub"), content.join("other")).expect("renamed");
            write(&content.join("other/a.md"), "within");
        },
        Some("within"),
    ),
    (
        "delete",
        |content| fs::remove_dir_all(content.join("other")).expect("removed"),
        None,
    ),
];

#[test]
fn line_34_each_way_to_save_is_one_rebuild_with_the_right_site() {
    let site = Site::new(&[SETTINGS, ("content/b.md", "---\ntitle: B\n---\n\nx\n")]);
    write(&site.path("content/a.md"), "first");
    let watching = Watching::of(site.root());
    let page =
        || fs::read_to_string(site.path("public/2026/01/27/a/index.html")).unwrap_or_default();
    until("the first build", || watching.rebuilds() == 1);
    for (name, save, word) in PATTERNS {
        let before = watching.rebuilds();
        let begun = Instant::now();
        save(&site.path("content"));
        let took = begun.elapsed();
        match word {
            Some(word) => until(name, || {
                page().contains(&format!("<p>{word}</p>")) || page().contains(&format!(">{word}"))
            }),
            None => until(name, || page().is_empty()),
        }
        sleep(Duration::from_millis(300));
        let rebuilds = watching.rebuilds() - before;
        let wanted = usize::from(name != "touch");
        // A machine that stops for longer than a burst lasts makes two of one.
        if took < Duration::from_millis(3) {
            assert!(
                rebuilds == wanted,
                "{name}: {rebuilds} rebuilds\n{}",
                watching.said()
            );
        } else {
            eprintln!("{name}: the burst took {took:?}; {rebuilds} rebuilds were not judged");
        }
        assert!(site.published("public") == site.clean(), "{name}");
    }
}

#[test]
fn line_38_an_edit_of_the_same_size_and_time_is_seen() {
    let files = [
        "content/a.md",
        "content/a.txt",
        "themes/default/templates/404.html",
        "seeds/2026-01-28_a.txt",
        "site.yaml",
    ];
    let old = SystemTime::now() - Duration::from_hours(1);
    let age = |site: &Site, path: &str| {
        let file = fs::File::options()
            .append(true)
            .open(site.path(path))
            .expect("open");
        file.set_modified(old).expect("set");
    };
    let made = || {
        let site = Site::new(&[
            SETTINGS,
            ("themes/default/templates/404.html", "one"),
            ("content/a.txt", "one"),
            ("seeds/2026-01-28_a.txt", SEED),
        ]);
        write(&site.path("content/a.md"), "one");
        for path in files {
            age(&site, path);
        }
        site.run(&["build"]).well();
        site
    };
    let sites: Vec<(Site, &str)> = files.iter().map(|path| (made(), *path)).collect();
    sleep(Duration::from_millis(2100));
    for (site, path) in sites {
        // From here on the memory of a build rests on times.
        site.run(&["build"]).well();
        let built = site.published("public");
        let before = site.read(path);
        let after = before
            .replace("one", "two")
            .replace("title: T", "title: U")
            .replace("Iceland", "Ireland");
        assert!(before != after && before.len() == after.len(), "{path}");
        site.write(path, after);
        age(&site, path);
        site.run(&["build"]).well();
        let now = site.published("public");
        assert!(now != built && now == site.clean(), "after {path}");
    }
}

#[test]
fn line_38_a_watch_sees_it_too() {
    let site = Site::new(&[SETTINGS]);
    write(&site.path("content/a.md"), "one");
    let watching = Watching::of(site.root());
    until("the first build", || watching.rebuilds() == 1);
    let path = site.path("content/a.md");
    let old = path
        .metadata()
        .and_then(|file| file.modified())
        .expect("a time");
    write(&path, "two");
    let file = fs::File::options().append(true).open(&path).expect("open");
    file.set_modified(old).expect("set");
    let right = site.clean();
    until("the same site", || site.published("public") == right);
    assert!(site.read("public/2026/01/27/a/index.html").contains("two"));
}
