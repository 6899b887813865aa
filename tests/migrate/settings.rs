//! Where the settings of the other site can't be read, nobody knows what they leave out: nothing is written.

use super::Site;

#[test]
fn a_site_whose_settings_cant_be_read_is_refused() {
    let page = "---\ntitle: T\n---\n\nx\n";
    for (tool, folder, settings, says) in [
        (
            "jekyll",
            "",
            ("_config.yml", "a: &a [secret]\nexclude: *a\n"),
            "_config.yml:1: an anchor (`&name`) is not read here",
        ),
        (
            "mkdocs",
            "docs/",
            (
                "mkdocs.yml",
                "site_name: A\nexclude_docs: |\n  secret.md\nnav: [\n",
            ),
            "mkdocs.yml:",
        ),
        (
            "mkdocs",
            "docs/",
            ("mkdocs.yml", "site_name: A\nINHERIT: base.yml\n"),
            "mkdocs.yml:2: the settings that `INHERIT` names are not read",
        ),
        (
            "zola",
            "content/",
            (
                "config.toml",
                "base_url = \"https://e.org\nignored_content = [\"secret.md\"]\n",
            ),
            "config.toml:1: this is not TOML",
        ),
        (
            "hugo",
            "content/",
            ("hugo.toml", "ignoreFiles = ['secret'\ntitle = 'A'\n"),
            "hugo.toml:",
        ),
        (
            "hugo",
            "content/",
            (
                "config/_default/hugo.yaml",
                "title: A\nx: &x 1\nignoreFiles: [secret]\n",
            ),
            "config/_default/hugo.yaml:2: an anchor",
        ),
        (
            "hugo",
            "content/",
            ("other.toml", ""),
            "there is no hugo.toml",
        ),
    ] {
        let site = Site::new(&[]);
        site.write(&format!("old/{}", settings.0), settings.1);
        site.write(&format!("old/{folder}secret.md"), page);
        for args in [["--to", "new"], ["--dry-run", "--format=json"]] {
            let ran = site.run(&[&["migrate", tool, "old"], &args[..]].concat());
            assert_eq!(ran.status, 2, "{tool}: {}", ran.err);
            assert!(ran.err.contains(says), "{tool}: {}", ran.err);
            assert!(ran.out.is_empty(), "{tool}: {}", ran.out);
        }
        assert!(!site.has("new"), "{tool}");
        if says.contains("anchor") {
            let site = site.run(&["migrate", tool, "old"]);
            assert!(
                site.err.contains("write the value out")
                    && site.err.contains("nothing was carried"),
                "{}",
                site.err
            );
        }
    }
    let site = Site::new(&[]);
    site.write("old/_config.yml", b"title: \xff\n".as_slice());
    site.write("old/secret.md", page);
    let ran = site.run(&["migrate", "jekyll", "old"]);
    assert!(
        ran.status == 2 && ran.err.contains("not UTF-8"),
        "{}",
        ran.err
    );
}
