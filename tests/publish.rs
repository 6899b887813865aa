//! The output folder: what a killed build leaves, and two builds at once.
#![cfg(test)]
#![cfg(unix)]

mod support;

use support::Site;

const PAGE: (&str, &str) = ("content/a.md", "---\ntitle: A\n---\n\nx\n");

#[test]
fn what_a_killed_build_left_goes() {
    let site = Site::new(&[PAGE]);
    // Killed before its list of files was written, and after.
    for _ in 0..2 {
        site.write("public/.depeche-scratch-a/half", "<html");
        site.run(&["build"]).well();
        assert!(site.has("public/a/index.html"));
        let left = site.tree("public");
        assert!(left.keys().all(|f| !f.contains("scratch")), "{left:?}");
    }
}
