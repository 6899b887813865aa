//! Lines 34, 35, 37 and 38: what editors and systems do to files, and the surroundings of a process.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

use crate::support::{Site, Tree, ran};

/// A `watch` that runs, and what it says.
pub(crate) struct Watching {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Watching {
    pub(crate) fn of(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(["watch"]).current_dir(root);
        Self::running(command)
    }

    fn running(mut command: Command) -> Self {
        let mut child = command
            .env_remove("SOURCE_DATE_EPOCH")
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let said = Arc::<Mutex<String>>::default();
        let heard = Arc::clone(&said);
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().expect("no panic").push_str(&(line + "\n"));
            }
        });
        Self { child, said }
    }

    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("no panic").clone()
    }

    /// How often the site was built, told by the line about each.
    pub(crate) fn rebuilds(&self) -> usize {
        let said = self.said();
        let told = |line: &&str| line.contains(" written, ") && line.ends_with(" ms");
        said.lines().filter(told).count()
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status();
        assert!(done.is_ok_and(|status| status.success()));
    }
}

#[track_caller]
pub(crate) fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "not in time: {what}"
        );
        sleep(Duration::from_millis(10));
    }
}

fn published(site: &Site, folder: &str) -> Tree {
    let mut files = site.tree(folder);
    files.retain(|path, _| !path.starts_with(".depeche"));
    files
}

/// What a build without memory writes.
fn clean(site: &Site) -> Tree {
    let _ = fs::remove_dir_all(site.path("clean"));
    site.run(&["build", "--no-cache", "--output", "clean"]);
    published(site, "clean")
}

const SETTINGS: (&str, &str) = ("site.yaml", "title: T\nbase_url: https://example.org/\n");

const SEED: &str = "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n";

fn text(word: &str) -> String {
    format!("---\ntitle: A\ndate: 2026-01-27\n---\n\n{word}\n")
}

/// One way to save `content/a.md`, and what the site says then.
type Pattern = (&'static str, fn(&Path), Option<&'static str>);

fn write(path: &Path, word: &str) {
    let _ = fs::create_dir(path.parent().expect("a folder"));
    fs::write(path, text(word)).expect("written");
}

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
        assert!(published(&site, "public") == clean(&site), "{name}");
    }
}

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
    let right = clean(&site);
    until("the same site", || published(&site, "public") == right);
    // And the new folder is watched.
    site.write("content/new/folder/b.md", text("again"));
    let right = clean(&site);
    until("the same site again", || {
        published(&site, "public") == right
    });
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
        let right = clean(&site);
        until("the same site", || published(&site, "public") == right);
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
    let right = clean(&site);
    until("the same site", || published(&site, "public") == right);
    for n in 0..12 {
        site.write(&format!("content/{n}/page.md"), text(&format!("again {n}")));
    }
    let right = clean(&site);
    until("the same site again", || {
        published(&site, "public") == right
    });
    assert_eq!(watching.said().matches("once a second").count(), 1);
}

/// A site's files, made in an order, with times, in surroundings; its output and content/.
struct Way {
    surroundings: &'static [(&'static str, &'static str)],
    umask: &'static str,
    from_root: bool,
    backwards: bool,
    written: u64,
}

const FILES: [(&str, &str); 8] = [
    (
        "site.yaml",
        "title: Two processes\nlanguages: [en, fr, ar]\npaginate_by: 1\n",
    ),
    (
        "seeds/2026-01-28_ports.txt",
        "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n",
    ),
    (
        "seeds/2026-01-30_peche.txt",
        "Rabat et Madrid relancent la pêche\n\nRABAT, 28 janvier 2026 – Le Maroc et l’Espagne ont relancé mercredi la pêche, a dit M. Karim Alaoui, ministre.\n",
    ),
    (
        "content/late.md",
        "---\ntitle: Late in the evening\ndate: 2026-01-27T23:30:00-05:00\n---\n\nText.\n",
    ),
    ("content/docs/_index.md", "---\ntitle: Docs\n---\n"),
    (
        "content/docs/use.md",
        "---\ntitle: Use\n---\n\nTo [late](@/late.md).\n",
    ),
    ("content/a.csv", "a,b\n1,2\n"),
    (
        "themes/default/templates/404.html",
        "{{ now() }} {{ format_date(date=\"2026-01-27\", lang=lang) }}",
    ),
];

fn built(way: &Way) -> (Tree, Tree) {
    let site = Site::new(&[]);
    let mut files = FILES.to_vec();
    if way.backwards {
        files.reverse();
    }
    for (path, text) in files {
        site.write(path, text);
        let file = fs::File::options()
            .append(true)
            .open(site.path(path))
            .expect("open");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(way.written))
            .expect("set");
    }
    let root = site.root().to_str().expect("UTF-8").to_owned();
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("umask {}; exec \"$0\" \"$@\"", way.umask)])
        .arg(env!("CARGO_BIN_EXE_depeche"));
    if way.from_root {
        command.current_dir("/").args(["--root", &root]);
    } else {
        command.current_dir(site.root());
    }
    command
        .args(["build", "--base-url", "https://example.org/a/"])
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(way.surroundings.iter().copied());
    ran(command.output().expect("sh")).well();
    (site.tree("public"), site.tree("content"))
}

const PLAIN: Way = Way {
    surroundings: &[],
    umask: "022",
    from_root: false,
    backwards: false,
    written: 1_000_000_000,
};

#[test]
fn line_37_no_surroundings_reach_the_site() {
    let one = built(&Way {
        surroundings: &[
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "ar_MA.UTF-8"),
            ("LC_ALL", "ar_MA.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
        ],
        ..PLAIN
    });
    assert!(one.0.len() > 40, "{}", one.0.len());
    let others = [
        Way {
            surroundings: &[
                ("TZ", "Pacific/Pago_Pago"),
                ("LANG", "C"),
                ("LC_ALL", "C"),
                ("HOME", "/nowhere"),
                ("TERM", "dumb"),
                ("RAYON_NUM_THREADS", "7"),
            ],
            umask: "077",
            from_root: true,
            backwards: true,
            written: 2_000_000_000,
        },
        Way {
            surroundings: &[
                ("TZ", ""),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("USER", "x"),
                ("COLUMNS", "40"),
                ("NO_COLOR", "1"),
            ],
            backwards: true,
            written: 1,
            ..PLAIN
        },
    ];
    for other in others {
        let other = built(&other);
        for (path, bytes) in &one.0 {
            assert!(other.0.get(path) == Some(bytes), "public/{path}");
        }
        assert_eq!(one.0.len(), other.0.len());
        assert_eq!(one.1, other.1);
    }
}

#[test]
fn line_37_source_date_epoch_is_the_only_clock() {
    let dated = |epoch| {
        built(&Way {
            surroundings: epoch,
            ..PLAIN
        })
        .0
    };
    let (early, late, none) = (
        dated(&[("SOURCE_DATE_EPOCH", "1800000000")]),
        dated(&[("SOURCE_DATE_EPOCH", "1900000000")]),
        dated(&[]),
    );
    let differ = |a: &Tree, b: &Tree| -> Vec<String> {
        assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
        a.iter()
            .filter(|(path, bytes)| b.get(*path) != Some(bytes))
            .map(|(path, _)| path.clone())
            .collect()
    };
    // The one template that asks for `now()`.
    assert_eq!(differ(&early, &late), ["404.html"]);
    assert_eq!(differ(&early, &none), ["404.html"]);
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
        let built = published(&site, "public");
        let before = site.read(path);
        let after = before
            .replace("one", "two")
            .replace("title: T", "title: U")
            .replace("Iceland", "Ireland");
        assert!(before != after && before.len() == after.len(), "{path}");
        site.write(path, after);
        age(&site, path);
        site.run(&["build"]).well();
        let now = published(&site, "public");
        assert!(now != built && now == clean(&site), "after {path}");
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
    let right = clean(&site);
    until("the same site", || published(&site, "public") == right);
    assert!(site.read("public/2026/01/27/a/index.html").contains("two"));
}
