//! `rename`: what it refuses, and what stays whole.

use std::{fs, process::Command};

use depeche::{
    edge::edits::{Kept, kept, write},
    editing::Planned,
};

use crate::{
    desk::{committed, git},
    support::Site,
};

#[test]
fn front_matter_in_toml_stays_as_it_is() {
    let toml = "+++\ntitle = \"Held\"\ndate = 2026-01-27\ndraft = true\nembargo_until = 2999-01-01\n+++\n\nSecret.\n";
    let site = Site::new(&[("content/briefings/held.md", toml)]);
    let before = site.tree("content");
    let ran = site.run(&["rename", "content/briefings/held.md", "sale"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(
        ran.err.contains("TOML, which no command changes"),
        "{}",
        ran.err
    );
    assert_eq!(site.tree("content"), before);
}

#[test]
fn front_matter_is_given_to_files_that_have_none() {
    for text in [
        "\u{FEFF}# Us\n\nText.\n",
        "---x\n\nText.\n",
        "----\n\nText.\n",
    ] {
        let site = Site::new(&[("content/us.md", text)]);
        site.run(&["rename", "content/us.md", "who"]).well();
        let new = site.read("content/who.md");
        assert!(new.starts_with("---\ntitle: "), "{new}");
        assert!(new.contains("aliases:\n  - \"/us/\"\n---\n\n"), "{new}");
        let text = text.trim_start_matches('\u{FEFF}');
        assert!(new.ends_with(&format!("---\n\n{text}")), "{new}");
        site.run(&["build"]).well();
    }
    // What begins with a mark of the byte order and has front matter keeps both.
    let site = Site::new(&[("content/us.md", "\u{FEFF}---\ntitle: Us\n---\n\nText.\n")]);
    site.run(&["rename", "content/us.md", "who"]).well();
    assert_eq!(
        site.read("content/who.md"),
        "\u{FEFF}---\ntitle: Us\naliases:\n  - \"/us/\"\n---\n\nText.\n"
    );
}

#[test]
fn sources_and_names_that_are_none_are_refused() {
    let site = Site::new(&[
        ("content/about.md", "---\ntitle: About\n---\n"),
        ("content/foo.md", "---\ntitle: Foo\n---\n"),
        ("content/foo.png", "1"),
        ("content/bar.png", "2"),
    ]);
    let before = site.tree("content");
    for (source, name) in [
        ("content/foo.png", "baz"),
        ("content/bar.png", "baz"),
        ("content/about.md", "x//y"),
        ("content/about.md", "//x/y"),
        ("content/about.md", "x/"),
        ("content/about.md", ""),
        ("content/about.md", "content/"),
    ] {
        let ran = site.run(&["rename", source, name]);
        assert_eq!(ran.status, 2, "{source} {name}: {}", ran.err);
        assert_eq!(site.tree("content"), before, "{source} {name}");
    }
    site.run(&["rename", "content/about.md", "/x/y"]).well();
    assert!(site.has("content/x/y.md"));
}

#[test]
fn what_takes_changes_back_touches_no_other_work() {
    let site = Site::new(&[]);
    let text = |n: u32| format!("---\ntitle: Text {n}\ndate: 2026-01-27\ntopics: [trade]\n---\n");
    for n in 1..10 {
        site.write(&format!("content/briefings/{n}.md"), text(n));
        site.write(&format!("content/more/sub/{n}.md"), text(n));
    }
    site.write("content/briefings/mine.md", "---\ntitle: Mine\n---\n");
    committed(&site);
    let before = site.tree("content/briefings");
    let mine = "---\ntitle: Mine\n---\n\nA whole day's work.\n";
    site.write("content/briefings/mine.md", mine);
    let done = site
        .run(&["retag", "topic", "--rename", "trade", "shipping", "--yes"])
        .well();
    let undo = done
        .err
        .lines()
        .find_map(|line| line.strip_prefix("To take it back: "))
        .expect("a command");
    assert!(undo.contains(" content/more/"), "{undo}");
    let took = Command::new("sh")
        .current_dir(site.root())
        .args(["-c", undo])
        .status()
        .expect("a shell");
    assert!(took.success());
    assert_eq!(site.read("content/briefings/mine.md"), mine);
    site.write("content/briefings/mine.md", "---\ntitle: Mine\n---\n");
    assert_eq!(site.tree("content/briefings"), before);
    assert_eq!(git(&site, &["status", "--porcelain"]), "");
    // Where all that is done is another name, there is nothing for git to bring back, and nothing is said of it.
    let renamed = site.run(&["rename", "content/briefings/mine.md", "ours"]);
    assert!(!renamed.well().err.contains("git restore"));
}

#[test]
fn git_is_asked_of_any_number_of_files() {
    let site = Site::new(&[("content/a.md", "A\n")]);
    committed(&site);
    let long = "a-long-name-".repeat(18);
    let mut files = vec!["content/a.md".to_owned()];
    assert_eq!(kept(site.root(), &files), Kept::Safe([].into()));
    files.extend((0..20_000).map(|n| format!("content/{long}{n}.md")));
    let Kept::Changed(changed) = kept(site.root(), &files) else {
        panic!("git has an answer");
    };
    assert_eq!(changed.len(), 20_000);
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |site: &Site, path: &str| {
        fs::metadata(site.path(path))
            .expect(path)
            .permissions()
            .mode()
            & 0o777
    };
    let site = Site::new(&[
        ("content/us.md", "---\ntitle: Us\n---\n"),
        ("content/b/link.md", "---\ntitle: A\n---\n\n[us](@/us.md)\n"),
    ]);
    for path in ["content/us.md", "content/b/link.md"] {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(0o660)).expect("set");
    }
    site.run(&["rename", "content/us.md", "who"]).well();
    assert_eq!(mode(&site, "content/who.md"), 0o660);
    assert_eq!(mode(&site, "content/b/link.md"), 0o660);
    assert!(site.read("content/b/link.md").contains("@/who.md"));
}

#[test]
fn what_fails_midway_is_taken_back() {
    let site = Site::new(&[
        ("content/a.md", "A\n"),
        ("content/b.md", "B\n"),
        ("content/c.md", "C\n"),
        ("content/taken.md", "Another's\n"),
    ]);
    let before = site.tree("content");
    let plan = |file: &str, text: &str, to: Option<&str>| Planned {
        file: file.to_owned(),
        to: to.map(str::to_owned),
        before: text.to_owned(),
        after: format!("{text}More.\n"),
    };
    let moved = plan("content/a.md", "A\n", Some("content/new/a.md"));
    let taken = plan("content/b.md", "B\n", Some("content/taken.md"));
    let error = write(site.root(), &[moved.clone(), taken]).expect_err("it is taken");
    assert!(error.message.contains("as they were"), "{error}");
    assert_eq!(site.tree("content"), before);
    let stays = plan("content/c.md", "C\n", None);
    let gone = plan("content/none.md", "", None);
    let error = write(site.root(), &[moved.clone(), stays.clone(), gone]).expect_err("gone");
    assert!(error.message.contains("can't be read"), "{error}");
    assert_eq!(site.tree("content"), before);
    let stale = plan("content/b.md", "Old\n", None);
    let error = write(site.root(), &[stale]).expect_err("stale");
    assert!(error.message.contains("changed meanwhile"), "{error}");
    write(site.root(), &[moved, stays]).expect("well");
    assert_eq!(site.read("content/new/a.md"), "A\nMore.\n");
    assert!(!site.has("content/a.md"));
}

#[test]
fn front_matter_that_names_it_follows() {
    let site = Site::new(&[
        (
            "content/b/new.md",
            "---\ntitle: New\ndate: 2026-01-28\n---\n",
        ),
        (
            "content/b/old.md",
            "---\ntitle: Old\ndate: 2026-01-27\nsuperseded_by: b/new\n---\n",
        ),
        (
            "content/tr.md",
            "---\ntitle: Nouveau\nlang: fr\ntranslation_of: b/new.md\n---\n",
        ),
    ]);
    let ran = site.run(&["rename", "content/b/new.md", "newer"]).well();
    assert!(ran.err.contains("3 files written"), "{}", ran.err);
    assert!(
        site.read("content/b/old.md")
            .contains("superseded_by: b/newer\n")
    );
    assert!(
        site.read("content/tr.md")
            .contains("translation_of: b/newer.md\n")
    );
    let checked = site.run(&["check"]);
    assert!(!checked.err.contains("is no "), "{}", checked.err);
    assert!(!checked.out.contains("b/new"), "{}", checked.out);
}

#[test]
fn links_to_names_with_spaces_hold() {
    let folder = "content/My Folder";
    let site = Site::new(&[
        (
            &format!("{folder}/q.md"),
            "---\ntitle: Q\n---\n\n[notes](my%20notes.md)\n",
        ),
        (&format!("{folder}/my notes.md"), "---\ntitle: N\n---\n"),
    ]);
    site.run(&["rename", &format!("{folder}/q.md"), "b/q"])
        .well();
    let new = site.read("content/b/q.md");
    assert!(new.contains("(@/My%20Folder/my%20notes.md)"), "{new}");
    let built = site.run(&["build"]).well();
    assert!(!built.err.contains("my%20notes"), "{}", built.err);
    site.run(&["rename", &format!("{folder}/my notes.md"), "/notes"])
        .well();
    let new = site.read("content/b/q.md");
    assert!(new.contains("(@/notes.md)"), "{new}");
}

#[test]
fn settings_of_another_place_are_told_and_left() {
    let settings = "title: A\nfooter:\n  - { title: Us, url: \"@/us.md\" }\n";
    let site = Site::new(&[
        ("content/us.md", "---\ntitle: Us\n---\n"),
        ("other.yaml", settings),
    ]);
    let arguments = ["rename", "content/us.md", "who", "--config", "other.yaml"];
    let ran = site.run(&arguments).well();
    assert!(ran.err.contains("other.yaml:3"), "{}", ran.err);
    assert!(ran.err.contains("@/who.md"), "{}", ran.err);
    assert_eq!(site.read("other.yaml"), settings);
}

#[test]
fn links_follow_however_they_are_written() {
    let links = "---\ntitle: Links\n---\n\n[esc](old\\_doc.md) [ent](old_doc.md?a=1&amp;b=2) [q] [r2]\n\n[part](/b/old_doc/#part) <https://port.example/b/old_doc/?a=1&amp;b=2#part> [up](HTTPS://Port.example/b/old_doc/)\n\n[q]: old_doc.md?x=1&amp;y=2\n\n> [r2]:\n> old_doc.md\n";
    let site = Site::new(&[
        (
            "site.yaml",
            "base_url: https://port.example\nfooter:\n  - { title: Part, url: \"/b/old_doc/#part\" }\n",
        ),
        (
            "content/b/old_doc.md",
            "---\ntitle: Old\n---\n\n## Part\n\nText.\n",
        ),
        ("content/b/links.md", links),
    ]);
    site.run(&["rename", "content/b/old_doc.md", "content/c/new-name.md"])
        .well();
    let after = site.read("content/b/links.md");
    assert!(!after.contains("old"), "{after}");
    assert!(
        after.contains("[esc](@/c/new-name.md) [ent](@/c/new-name.md?a=1&amp;b=2)"),
        "{after}"
    );
    assert!(after.contains("/c/new-name/#part"), "{after}");
    let auto = "<https://port.example/c/new-name/?a=1&amp;b=2#part>";
    assert!(after.contains(auto), "{after}");
    site.run(&["check"]).well();
}

#[test]
fn a_link_that_cant_be_rewritten_is_told_with_its_line() {
    let odd = "---\ntitle: Odd\n---\n\n[x](old.md&quest;a&#32;b)\n";
    let site = Site::new(&[
        ("content/b/old.md", "---\ntitle: Old\n---\n"),
        ("content/b/odd.md", odd),
    ]);
    let ran = site
        .run(&["rename", "content/b/old.md", "content/c/new.md"])
        .well();
    assert!(ran.err.contains("content/b/odd.md:5"), "{}", ran.err);
    assert!(ran.err.contains("@/c/new.md?a b"), "{}", ran.err);
    assert_eq!(site.read("content/b/odd.md"), odd);
}

#[test]
fn an_address_that_another_file_has_is_refused() {
    let site = Site::new(&[
        ("content/a.md", "---\ntitle: A\n---\n"),
        ("content/b.md", "---\ntitle: B\nslug: taken\n---\n"),
        ("content/c.md", "---\ntitle: C\naliases: [/former/]\n---\n"),
        ("content/d/index.html", "D"),
    ]);
    let before = site.tree("content");
    for (name, other) in [
        ("taken", "content/b.md"),
        ("former", "content/c.md"),
        ("d", "content/d/index.html"),
        ("topics", "an index of the site"),
    ] {
        let ran = site.run(&["rename", "content/a.md", name]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.err);
        assert!(ran.err.contains(other), "{name}: {}", ran.err);
        assert_eq!(site.tree("content"), before, "{name}");
    }
}

#[test]
fn what_is_renamed_back_has_no_alias_of_its_own_address() {
    let site = Site::new(&[("content/a.md", "---\ntitle: A\n---\n")]);
    site.run(&["rename", "content/a.md", "b"]).well();
    site.run(&["rename", "content/b.md", "a"]).well();
    assert_eq!(
        site.read("content/a.md"),
        "---\ntitle: A\naliases:\n  - \"/b/\"\n---\n"
    );
    site.run(&["build"]).well();
    // Another file that wants the alias is told whose it is.
    site.write("content/x.md", "---\ntitle: X\n---\n");
    let ran = site.run(&["rename", "content/x.md", "b"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains("content/a.md"), "{}", ran.err);
}

#[test]
fn one_of_two_with_one_address_may_get_another() {
    let site = Site::new(&[
        ("content/a.md", "---\ntitle: A\n---\n"),
        ("content/b.md", "---\ntitle: B\nslug: a\n---\n"),
    ]);
    assert_eq!(site.run(&["build"]).status, 1);
    site.run(&["rename", "content/a.md", "c"]).well();
    assert_eq!(site.read("content/c.md"), "---\ntitle: A\n---\n");
    site.run(&["build"]).well();
}

#[test]
fn lists_in_any_quotation_marks_are_edited() {
    for (list, renamed) in [
        ("  - /x/\n", "  - /x/\n  - \"/a/\"\n"),
        ("  - '/x/' # old\n", "  - '/x/' # old\n  - \"/a/\"\n"),
    ] {
        let site = Site::new(&[(
            "content/a.md",
            &format!("---\ntitle: A\naliases:\n{list}---\n"),
        )]);
        site.run(&["rename", "content/a.md", "b"]).well();
        assert_eq!(
            site.read("content/b.md"),
            format!("---\ntitle: A\naliases:\n{renamed}---\n")
        );
    }
    for (fish, kept) in [("\"fish\"", "\"fish\""), ("'fish'", "'fish'")] {
        let site = Site::new(&[(
            "content/a.md",
            &format!("---\ntitle: A\ntopics:\n  - trade\n  - {fish}\n---\n"),
        )]);
        site.run(&[
            "retag", "topic", "--rename", "trade", "commerce", "--yes", "--force",
        ])
        .well();
        assert_eq!(
            site.read("content/a.md"),
            format!("---\ntitle: A\ntopics:\n  - commerce\n  - {kept}\n---\n")
        );
    }
}

#[test]
fn help_names_review_where_it_has_the_key() {
    let help = |more: &str| {
        let text = format!("---\ntitle: A\ntopics:\n  [trade,\n  fish]\n{more}---\n");
        let site = Site::new(&[("content/a.md", &text)]);
        let retag = ["retag", "topic", "--rename", "trade", "commerce"];
        let ran = site.run(&[&retag[..], &["--yes", "--force"]].concat());
        assert_ne!(ran.status, 0);
        assert!(ran.err.contains("edit it by hand"), "{}", ran.err);
        ran.err
    };
    assert!(!help("").contains("review"));
    assert!(help("review:\n  topics: none found\n").contains("take `topics` out of `review:`"));
}
