//! Lines 4 and 5: an output folder that holds strangers' files, or is a source; what goes from it and what stays.

use std::fs;

use super::refused;
use crate::support::Site;

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
    let mut now = site.published("public");
    now.retain(|path, _| !foreign.contains(&path.as_str()));
    assert!(now == site.clean());
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
fn line_05_a_foreign_file_in_a_stale_folder_of_ours_costs_the_page_that_wants_its_place() {
    let site = Site::new(&[
        ("content/tree/ours.txt", "x"),
        ("content/deep/a/ours.txt", "x"),
    ]);
    site.run(&["build"]).well();
    site.write("public/tree/mine.txt", "mine");
    fs::create_dir(site.path("public/deep/empty")).expect("made");
    for folder in ["tree", "deep"] {
        fs::remove_dir_all(site.path(&format!("content/{folder}"))).expect("removed");
        site.write(&format!("content/{folder}"), "a file now");
    }
    site.write("content/c.md", "---\ntitle: C\n---\n\nx\n");
    for _ in 0..2 {
        let ran = site.run(&["--quiet", "build"]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        for file in ["public/tree", "public/deep"] {
            let said = format!("error: {file}: a file that Dépêche did not write is where");
            assert!(ran.err.contains(&said), "{}", ran.err);
        }
        assert_eq!(site.read("public/tree/mine.txt"), "mine");
        assert!(site.path("public/deep/empty").is_dir());
        assert!(!site.has("public/tree/ours.txt") && !site.has("public/deep/a"));
        assert!(site.has("public/c/index.html"));
    }
    fs::remove_file(site.path("public/tree/mine.txt")).expect("removed");
    fs::remove_dir(site.path("public/deep/empty")).expect("removed");
    fs::remove_dir(site.path("public/tree")).expect("removed");
    fs::remove_dir(site.path("public/deep")).expect("removed");
    site.run(&["build"]).well();
    assert!(site.published("public") == site.clean());
}
