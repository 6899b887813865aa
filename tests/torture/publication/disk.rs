//! Lines 2 and 3: a full disk, and an output that may not be written.

use std::{fs, process::Command};

use super::{SETTINGS, change, refused, seed};
use crate::support::{
    Site, ran,
    system::{Small, as_nobody},
    tree,
};

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
    let left: Vec<String> = site.published("public").into_keys().collect();
    assert!(
        left.is_empty() && fs::read_dir(&public).expect("a folder").next().is_none(),
        "{left:?}"
    );
    drop(small);
    fs::remove_file(site.path("content/large.bin")).expect("removed");
    site.run(&["build"]).well();
    assert!(site.published("public") == site.clean());
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
    assert!(site.published("public") == site.clean());
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
