//! Lines 12 and 13: size and number, and files that go while they are read.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use super::{build, site, the_rest_is_there};
use crate::support::{ran, system::memory_of, tree};

#[test]
fn line_12_what_is_too_large_is_not_read() {
    let site = site();
    let (plain, _) = memory_of(site.command(&["--quiet", "build", "--no-cache"]));
    for path in [
        "seeds/a.txt",
        "seeds/b.pdf",
        "content/c.md",
        "content/d.bin",
        "themes/mine/e.png",
    ] {
        site.write(path, "x");
        let file = fs::File::options()
            .write(true)
            .open(site.path(path))
            .expect("open");
        file.set_len(1024 * 1024 * 1024).expect("a sparse file");
    }
    let begun = Instant::now();
    let (most, ran) = memory_of(site.command(&["--quiet", "build", "--no-cache"]));
    assert_eq!(ran.status, 1);
    for (path, mib) in [
        ("seeds/a.txt", 8),
        ("seeds/b.pdf", 8),
        ("content/c.md", 8),
        ("content/d.bin", 256),
        ("themes/mine/e.png", 256),
    ] {
        let said = format!("error: {path}: 1024 MiB, where at most {mib} MiB are read\n");
        assert!(ran.err.contains(&said), "{path}: {}", ran.err);
    }
    assert!(
        plain > 0 && most < plain + 40,
        "{most} MiB, where a site without the files takes {plain} MiB"
    );
    assert!(begun.elapsed() < Duration::from_secs(20));
    the_rest_is_there(&site);
}

#[test]
fn line_12_a_seed_whose_content_file_would_be_too_large_is_imported_neither_once_nor_twice() {
    let site = site();
    site.run(&["--quiet", "import"]);
    let line = "Iceland reopened its ports on Tuesday, said notice *7*.\n";
    let text = line.repeat(8 * 1024 * 1024 / line.len());
    site.write("seeds/2026-01-28_a.txt", &text);
    let before = site.tree("content");
    for _ in 0..2 {
        let ran = site.run(&["--quiet", "import"]);
        let said = "seeds/2026-01-28_a.txt: its content file would have";
        assert!(ran.status == 1 && ran.err.contains(said), "{}", ran.err);
        assert!(site.tree("content") == before);
    }
    // One that has grown too large still belongs to its seed.
    site.write("seeds/2026-01-28_a.txt", line);
    site.run(&["--quiet", "import"]);
    let new = site.tree("content");
    let own = new.keys().find(|file| !before.contains_key(*file));
    let own = format!("content/{}", own.expect("a content file"));
    let grown = site.read(&own) + &text + &text;
    site.write(&own, grown);
    let files = site.tree("content").len();
    let ran = site.run(&["--quiet", "import"]);
    assert!(ran.err.contains("not imported"), "{}", ran.err);
    assert_eq!(site.tree("content").len(), files);
}

/// How long a build of so many files takes, with few descriptors. In memory, where there is such a file system: a disk has its own ways to be slow.
fn build_of(files: usize, briefings: usize, seeds: usize) -> Duration {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    let folder = tempfile::tempdir_in(folder).expect("a folder");
    let write = |path: String, text: String| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("above")).expect("made");
        fs::write(path, text).expect("written");
    };
    write(
        "site.yaml".to_owned(),
        "search: false\noutputs: [atom]\n".to_owned(),
    );
    for n in 0..files {
        write(format!("content/files/{}/{n}.txt", n % 50), n.to_string());
    }
    for n in 0..briefings {
        write(
            format!("content/briefings/{n}.md"),
            format!(
                "---\ntitle: Briefing {n}\ndate: 2026-{:02}-{:02}\n---\n\nx\n",
                1 + n / 28 % 12,
                1 + n % 28
            ),
        );
    }
    for n in 0..seeds {
        write(
            format!("seeds/2026-01-28_{n}.txt"),
            format!(
                "Port {n} reopens\n\nREYKJAVIK, 27 January 2026 - Iceland reopened port {n} on Tuesday.\n"
            ),
        );
    }
    let begun = Instant::now();
    let done = Command::new("sh")
        .args([
            "-c",
            "ulimit -n 64; exec \"$0\" --quiet build --no-cache",
            env!("CARGO_BIN_EXE_depeche"),
        ])
        .current_dir(folder.path())
        .output()
        .expect("sh");
    let took = begun.elapsed();
    assert_eq!(ran(done).well().err.matches("error").count(), 0);
    assert!(tree(&folder.path().join("public")).len() >= files + briefings + seeds);
    took
}

#[test]
fn line_12_many_files_take_a_time_that_grows_with_their_number() {
    let few = build_of(4_500, 400, 100);
    let many = build_of(18_000, 1_600, 400);
    eprintln!("5,000 files: {few:?}, 20,000 files: {many:?}");
    assert!(
        many < few * 8,
        "four times as many files take {many:?}, where the fourth part takes {few:?}"
    );
}

#[test]
fn line_13_files_that_come_and_go_while_they_are_read_leave_a_consistent_site() {
    let site = site();
    for n in 0..120 {
        site.write(
            &format!("content/n/{n}.md"),
            format!("---\ntitle: Page {n}\n---\n\nx\n"),
        );
        site.write(&format!("seeds/n/{n}.txt"), "");
    }
    let (going, stop) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let (site, going) = (&site, going);
        scope.spawn(move || {
            let mut turn = 0;
            // Until the other side is gone, be it by a panic.
            while stop.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
                let n = turn % 120;
                for (folder, end) in [("content", "md"), ("seeds", "txt")] {
                    let (here, there) = (
                        site.path(&format!("{folder}/n/{n}.{end}")),
                        site.path(&format!("{folder}/n/moved-{n}.{end}")),
                    );
                    let _ = if turn % 2 == 0 {
                        fs::rename(&here, &there)
                    } else {
                        fs::rename(&there, &here)
                    };
                }
                if turn % 7 == 0 {
                    let _ = fs::remove_file(site.path("content/n/119.md"));
                } else if turn % 7 == 3 {
                    site.write("content/n/119.md", "---\ntitle: Page 119\n---\n\nx\n");
                }
                turn += 1;
            }
        });
        for _ in 0..4 {
            // Empty seeds are errors; what goes is none.
            let ran = build(site);
            assert!(ran.status <= 1, "{ran:?}");
            for line in ran.err.lines().filter(|line| line.starts_with("error: ")) {
                assert!(line.ends_with("the seed has no words"), "{line}");
            }
            for line in ran.err.lines().filter(|line| line.starts_with("warning: ")) {
                let known = [
                    "the file went while it was being read",
                    "not imported twice",
                ];
                assert!(known.iter().any(|end| line.ends_with(end)), "{line}");
            }
            // What the sitemap lists is there, and nothing else of these pages.
            let map = site.read("public/sitemap-1.xml");
            let listed = map.matches("/n/").count();
            let there = site
                .tree("public/n")
                .keys()
                .filter(|path| path.ends_with("index.html"))
                .count();
            assert_eq!(listed, there);
        }
        drop(going);
    });
}
