//! `rename`: what it refuses, and what stays whole.

use crate::support::Site;

#[test]
fn front_matter_in_toml_stays_as_it_is() {
    let toml =
        "+++\ntitle = \"Held\"\ndate = 2026-01-27\ndraft = true\nembargo_until = 2999-01-01\n+++\n\nSecret.\n";
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
