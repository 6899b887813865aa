//! Lines 7 and 8: what may not be read, and links that loop or leave.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
};

use super::{GOOD, GOOD_SEED, build, published, site, the_rest_is_there};
use crate::support::{Site, system::as_nobody};

#[test]
fn line_07_what_may_not_be_read_is_told_and_the_others_build() {
    let site = site();
    site.write("seeds/a.txt", "Secret\n");
    site.write("content/b.md", "---\ntitle: Secret\n---\n");
    site.write("content/closed/c.md", "---\ntitle: Secret\n---\n");
    let open = |path: &str, mode| {
        fs::set_permissions(site.path(path), Permissions::from_mode(mode)).expect("permissions");
    };
    for path in ["", "content", "seeds"] {
        open(path, 0o777);
    }
    for path in ["seeds/a.txt", "content/b.md", "content/closed"] {
        open(path, 0o000);
    }
    for arguments in [&["--quiet", "build"][..], &["--quiet", "build", "--strict"]] {
        let Some(ran) = as_nobody(&site, arguments) else {
            return;
        };
        assert_eq!(
            ran.err,
            "error: content/b.md: the file can't be read: Permission denied (os error 13)\n  \
             = check its permissions; it was left out\n\
             error: content/closed: the file can't be read: Permission denied (os error 13)\n  \
             = check its permissions; it was left out\n\
             error: seeds/a.txt: the seed can't be read: Permission denied (os error 13)\n  \
             = check its path and permissions; the other seeds were done\n"
        );
        assert_eq!(ran.status, 1);
        the_rest_is_there(&site);
        fs::set_permissions(site.root(), Permissions::from_mode(0o777)).expect("permissions");
    }
}

#[test]
fn line_08_loops_of_links_end_and_are_named() {
    let site = site();
    fs::create_dir_all(site.path("content/folder")).expect("made");
    fs::create_dir_all(site.path("themes/mine/templates")).expect("made");
    for (to, at) in [
        (".", "content/loop"),
        ("b.md", "content/a.md"),
        ("a.md", "content/b.md"),
        ("..", "content/folder/up"),
        (".", "seeds/loop"),
        ("../seeds", "seeds/again"),
        ("../..", "themes/mine/templates/up"),
    ] {
        symlink(to, site.path(at)).expect("a link");
    }
    let ran = build(&site).well();
    for file in [
        "content/a.md",
        "content/b.md",
        "content/folder/up",
        "content/loop",
        "seeds/again",
        "seeds/loop",
        "themes/mine/templates/up",
    ] {
        assert!(
            ran.err.contains(&format!(
                "warning: {file}: symbolic links are not followed\n  = put the file itself here\n"
            )),
            "{file}: {}",
            ran.err
        );
    }
    the_rest_is_there(&site);
}

#[test]
fn line_08_no_link_brings_what_is_outside_into_the_output() {
    let outside = Site::new(&[
        ("secret.md", "---\ntitle: Secret\n---\n\nTOP-SECRET\n"),
        ("folder/secret.txt", "TOP-SECRET"),
        ("folder/a.md", "---\ntitle: TOP-SECRET\n---\n"),
        ("folder/page.html", "TOP-SECRET"),
    ]);
    let site = site();
    site.write("site.yaml", "theme: mine\n");
    site.write(
        "content/use.md",
        "---\ntitle: Use\ntemplate: own.html\n---\n\n![x](/../secret.md) ![y](secret.txt)\n",
    );
    site.write(
        "themes/mine/templates/own.html",
        "{% include \"../../../secret.md\" %}",
    );
    site.write(
        "content/load.md",
        "---\ntitle: Load\ntemplate: load.html\n---\n",
    );
    let absolute = outside.path("secret.md").display().to_string();
    site.write(
        "themes/mine/templates/load.html",
        format!("{{{{ load_data(path=\"{absolute}\") }}}}"),
    );
    for (to, at) in [
        ("secret.md", "content/linked.md"),
        ("folder/secret.txt", "content/secret.txt"),
        ("folder", "content/folder"),
        ("secret.md", "seeds/linked.md"),
        ("folder", "seeds/folder"),
        ("folder/page.html", "themes/mine/templates/page.html"),
        ("folder", "themes/mine/static"),
    ] {
        let at = site.path(at);
        fs::create_dir_all(at.parent().expect("above")).expect("made");
        symlink(outside.path(to), at).expect("a link");
    }
    let ran = build(&site);
    assert_eq!(ran.status, 1, "{}", ran.err);
    for file in [
        "content/linked.md",
        "content/secret.txt",
        "content/folder",
        "seeds/linked.md",
        "seeds/folder",
        "themes/mine/templates/page.html",
        "themes/mine/static",
    ] {
        assert!(
            ran.err
                .contains(&format!("warning: {file}: symbolic links are not followed")),
            "{file}: {}",
            ran.err
        );
    }
    for file in [
        "themes/mine/templates/own.html",
        "themes/mine/templates/load.html",
    ] {
        assert!(
            ran.err.contains(&format!("error: {file}:1: ")),
            "{file}: {}",
            ran.err
        );
    }
    assert_eq!(published(&site, "TOP-SECRET"), None);
    the_rest_is_there(&site);
}

#[test]
fn line_08_a_folder_of_sources_that_is_a_link_out_of_the_site_is_refused() {
    let outside = Site::new(&[
        ("content/good.md", "---\ntitle: TOP-SECRET\n---\n"),
        (
            "seeds/2026-01-28_a.txt",
            "TOP-SECRET\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday.\n",
        ),
        ("themes/mine/templates/page.html", "TOP-SECRET"),
    ]);
    for name in ["content", "seeds", "themes"] {
        for to in [outside.path(name), "nowhere".into()] {
            let site = site();
            site.write("site.yaml", "title: T\n");
            let _ = fs::remove_dir_all(site.path(name));
            symlink(&to, site.path(name)).expect("a link");
            let before = outside.tree("");
            let ran = build(&site);
            let said = format!(
                "error: {name}/: this symbolic link leads out of the site's folder; nothing was read there\n  = put the folder itself here\n"
            );
            assert!(
                ran.status == 1 && ran.err.contains(&said),
                "{name}: {ran:?}"
            );
            assert_eq!(published(&site, "TOP-SECRET"), None);
            assert_eq!(outside.tree(""), before, "an import wrote outside");
        }
    }
    // Within the site's folder it may lead anywhere.
    let site = Site::new(&[
        ("texts/good.md", GOOD.1),
        ("texts/seeds.d/2026-01-28_good.txt", GOOD_SEED.1),
    ]);
    symlink("texts", site.path("content")).expect("a link");
    symlink("texts/seeds.d", site.path("seeds")).expect("a link");
    let ran = build(&site).well();
    assert_eq!(ran.err, "");
    the_rest_is_there(&site);
}

#[test]
fn line_08_an_import_writes_nothing_through_a_link() {
    let outside = Site::new(&[]);
    let site = site();
    symlink(outside.root(), site.path("content/briefings")).expect("a link");
    let ran = build(&site);
    assert!(ran.status == 0 || ran.status == 1, "{ran:?}");
    assert!(ran.err.contains("content/briefings"), "{}", ran.err);
    assert!(outside.tree("").is_empty());
}
