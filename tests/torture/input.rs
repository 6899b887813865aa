//! Lines 7 to 17: files that can't be read, lie about what they are, or have names that lead elsewhere.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, Permissions},
    io::Write as _,
    os::unix::{
        ffi::OsStrExt,
        fs::{PermissionsExt, symlink},
    },
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use zip::write::SimpleFileOptions;

use crate::{
    publication::as_nobody,
    support::{Ran, Site, ran, tree},
};

const GOOD: (&str, &str) = (
    "content/good.md",
    "---\ntitle: Good\ndate: 2026-01-27\ncountries: [FR]\n---\n\nWell.\n",
);
const GOOD_SEED: (&str, &str) = (
    "seeds/2026-01-28_good.txt",
    "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports to shipping on Tuesday, the port authority said.\n",
);

fn site() -> Site {
    Site::new(&[GOOD, GOOD_SEED])
}

fn build(site: &Site) -> Ran {
    site.run(&["--quiet", "build", "--no-cache"])
}

/// The good page and the good seed are in the site.
#[track_caller]
fn the_rest_is_there(site: &Site) {
    assert!(site.read("public/index.html").contains("Ports reopen"));
    assert!(
        site.read("public/2026/01/27/good/index.html")
            .contains("Well.")
    );
}

/// Whether any file of the output holds a text.
fn published(site: &Site, text: &str) -> Option<String> {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    site.tree("public")
        .into_iter()
        .find(|(_, bytes)| holds(bytes))
        .map(|(path, _)| path)
}

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

/// Names that lead elsewhere, or would on some system.
const LEADING: [&str; 14] = [
    "../x",
    "../../../x",
    "%2e%2e%2f",
    "%252e%252e%252fx",
    "/abs",
    "C:\\x",
    "..\\x",
    "a/../../b",
    ".",
    "..",
    "x\\0y",
    "//host/x",
    "file:///x",
    "~/x",
];

/// Nothing but content/, the output and the memory of a build has changed.
#[track_caller]
fn only_the_output(outer: &Site, before: &crate::support::Tree, what: &str) {
    let mut now = outer.tree("");
    now.retain(|path, _| {
        ![
            "a/site/public/",
            "a/site/.depeche-cache/",
            "a/site/content/briefings/",
        ]
        .iter()
        .any(|own| path.starts_with(own))
    });
    let before: Vec<&String> = before.keys().collect();
    assert_eq!(now.keys().collect::<Vec<_>>(), before, "{what}");
}

#[test]
fn line_09_no_slug_alias_or_other_value_leaves_the_output() {
    for key in [
        "slug: $",
        "aliases: [$]",
        "aliases: [\"/a/$\"]",
        "aliases: [\"$/\"]",
        "number: $",
        "topics: [$]",
        "series: $",
        "translation_of: $",
        "template: $",
        "image: $",
        "superseded_by: $",
    ] {
        let outer = Site::new(&[("a/site/content/good.md", GOOD.1)]);
        for (n, name) in LEADING.iter().enumerate() {
            let escaped = name.replace('\\', "\\\\").replace("x\\\\0y", "x\\0y");
            let front = if key.contains('"') {
                key.replace('$', &escaped)
            } else {
                key.replace('$', &format!("\"{escaped}\""))
            };
            outer.write(
                &format!("a/site/content/bad{n}.md"),
                format!("---\ntitle: Bad {n}\ndate: 2026-01-27\n{front}\n---\n\nx\n"),
            );
        }
        let before = outer.tree("");
        let ran = outer.run(&["--quiet", "--root", "a/site", "build", "--no-cache"]);
        assert!(ran.status == 0 || ran.status == 1, "{key}: {ran:?}");
        for line in ran.err.lines().filter(|line| line.starts_with("error: ")) {
            assert!(line.starts_with("error: content/bad"), "{key}: {line}");
        }
        only_the_output(&outer, &before, key);
        assert!(
            outer.has("a/site/public/2026/01/27/good/index.html"),
            "{key}"
        );
        for path in outer.tree("a/site/public").keys() {
            let odd = path.contains(['\\', '\0', ':']) || path.to_lowercase().contains("%2");
            assert!(
                !odd && !path.split('/').any(|part| part == ".." || part == "."),
                "{key}: {path}"
            );
        }
    }
}

#[test]
fn line_09_no_name_of_a_file_or_setting_leaves_the_output() {
    let names = [
        "%2e%2e%2fx",
        "%252e",
        "C:\\x",
        "..\\x",
        "...",
        "..x",
        "a\\..\\..\\b",
        "~",
        "%00",
        "-rf",
        "file:",
    ];
    let outer = Site::new(&[("a/site/content/good.md", GOOD.1)]);
    for (n, name) in names.iter().enumerate() {
        outer.write(
            &format!("a/site/content/{name}.md"),
            format!("---\ntitle: Name {n}\n---\n\nx\n"),
        );
        outer.write(&format!("a/site/content/f/{name}.txt"), "x");
        outer.write(
            &format!("a/site/content/{name}{n}/b.md"),
            format!("---\ntitle: Below {n}\n---\n\nx\n"),
        );
        outer.write(&format!("a/site/seeds/{name}.txt"), format!("../../{name} {n}\n\nREYKJAVIK, 27 January 2026 - Iceland reopened port {n} on Tuesday.\n"));
    }
    let before = outer.tree("");
    let ran = outer.run(&["--quiet", "--root", "a/site", "build", "--no-cache"]);
    assert!(ran.status == 0 || ran.status == 1, "{ran:?}");
    only_the_output(&outer, &before, "names");
    for path in outer
        .tree("a/site/public")
        .keys()
        .filter(|path| !path.starts_with("f/"))
    {
        assert!(!path.split('/').any(|part| part == ".."), "{path}");
    }
    for permalink in [
        "../{slug}/",
        "/../../{slug}/",
        "{slug}",
        "/%2e%2e/{slug}/",
        "C:\\{slug}",
        "/a/../../{slug}/",
    ] {
        outer.write("a/site/site.yaml", format!("permalink: '{permalink}'\n"));
        let ran = outer.run(&[
            "--quiet",
            "--root",
            "a/site",
            "build",
            "--no-cache",
            "--output",
            "out",
        ]);
        let mut now = outer.tree("");
        now.retain(|path, _| !path.starts_with("a/site/"));
        assert!(now.is_empty(), "{permalink}: {:?}", now.keys());
        assert!(
            ran.status < 3
                && (ran.status == 0
                    || ran.err.contains("site.yaml")
                    || ran.err.contains("content/")),
            "{permalink}: {ran:?}"
        );
    }
}

#[test]
fn line_10_a_name_that_is_not_utf8_is_an_error_with_the_name_escaped() {
    let site = site();
    for folder in ["content", "seeds", "themes"] {
        fs::create_dir_all(site.path(folder)).expect("made");
        let name = OsStr::from_bytes(b"caf\xE9\x1b.md");
        let made = fs::write(site.path(folder).join(name), "---\ntitle: A\n---\n");
        if made.is_err() {
            eprintln!("SKIPPED: this file system takes no such names");
            return;
        }
        let below = site.path(folder).join(OsStr::from_bytes(b"d\xFF"));
        fs::create_dir(&below).expect("made");
        fs::write(below.join("b.md"), "---\ntitle: B\n---\n").expect("written");
    }
    let ran = build(&site);
    assert_eq!(ran.status, 1, "{ran:?}");
    for folder in ["content", "seeds", "themes"] {
        for name in ["caf\\xE9\\u{1b}.md", "d\\xFF"] {
            let said = format!("error: {folder}/{name}");
            assert!(ran.err.contains(&said), "{said}: {}", ran.err);
        }
    }
    assert!(
        ran.err
            .contains("the file's name is not UTF-8\n  = rename it; it was left out"),
        "{}",
        ran.err
    );
    the_rest_is_there(&site);
}

const ACCENTS: &str = "Málaga reabre el muelle número dos\n\nMÁLAGA, 27 de enero de 2026. España reabrió el muelle «sur» el martes – según la autoridad portuaria, que añadió más información.\n";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xFEFF)
        .into_iter()
        .chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn line_11_each_encoding_is_decoded_or_refused() {
    let windows = encoding_rs::WINDOWS_1252.encode(ACCENTS).0.into_owned();
    let utf8 = ACCENTS.as_bytes();
    let torn = [&utf8[..60], b"\xC3\x28\xFF", &utf8[60..]].concat();
    let cut = &utf8[..1];
    let nul = [&utf8[..20], b"\0", &utf8[20..]].concat();
    // Whether it must be decoded; else it may be refused.
    let cases: [(&str, Vec<u8>, bool); 10] = [
        ("UTF-8", utf8.to_vec(), true),
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", utf8].concat(), true),
        ("UTF-16LE with a mark", utf16(ACCENTS, true, true), true),
        ("UTF-16BE with a mark", utf16(ACCENTS, false, true), true),
        ("UTF-16LE", utf16(ACCENTS, true, false), false),
        ("UTF-16BE", utf16(ACCENTS, false, false), false),
        ("Windows-1252", windows, true),
        ("invalid bytes", torn, false),
        ("a cut letter", [utf8, cut, b"\xE2\x82"].concat(), false),
        ("NUL", nul, false),
    ];
    for end in ["txt", "md"] {
        let site = site();
        let file = |n: usize| format!("seeds/2026-01-28_{n}.{end}");
        for (n, (_, bytes, _)) in cases.iter().enumerate() {
            site.write(&file(n), bytes);
        }
        let ran = build(&site);
        let pages = site.tree("content/briefings").into_values();
        let pages: Vec<String> = pages
            .map(|page| String::from_utf8(page).expect("UTF-8"))
            .collect();
        let review = site.run(&["review"]).out;
        for (n, (name, _, decoded)) in cases.iter().enumerate() {
            let file = file(n);
            let page = pages
                .iter()
                .find(|page| page.contains(&format!("file: {file}\n")));
            let page = page.map(String::as_str).unwrap_or_default();
            let whole = page.contains("MÁLAGA")
                && page.contains("«sur»")
                && page.contains("añadió más información");
            let said = |word: &str| ran.err.contains(&format!("{word}: {file}: "));
            // A doubt is said once for many that are alike; `review` lists them all.
            let doubted = page.contains("\nreview:") && page.contains("was read as");
            let refused = page.is_empty() && said("error");
            let right = if *decoded {
                whole
            } else {
                refused || doubted || whole || said("warning")
            };
            assert!(right, "{name} ({end}): {}\n{review}\n{page}", ran.err);
        }
        assert!(
            pages.iter().all(|page| !page.contains(['\u{FFFD}', '\0'])),
            "{end}"
        );
        assert_eq!(published(&site, "\u{FFFD}"), None, "{end}");
        the_rest_is_there(&site);
    }
}

#[test]
fn line_11_files_of_the_site_are_utf8_or_an_error_with_their_line() {
    let files: [(&str, &[u8]); 8] = [
        ("content/bad.md", b"---\ntitle: A\n---\n\ncaf\xE9\n"),
        ("site.yaml", b"title: T\ndescription: caf\xE9\n"),
        (
            "topics.yaml",
            b"topics:\n  - slug: trade\n    labels: {en: caf\xE9}\n",
        ),
        ("people.yaml", b"people:\n  - name: caf\xE9\n"),
        ("organisations.yaml", b"organisations:\n  - name: caf\xE9\n"),
        ("themes/mine/theme.yaml", b"name: caf\xE9\n"),
        ("themes/mine/strings/en.yaml", b"home: caf\xE9\n"),
        ("themes/mine/templates/page.html", b"caf\xE9"),
    ];
    for kind in ["Windows-1252", "UTF-16"] {
        let site = site();
        site.write("themes/default/.keep", "");
        for (path, bytes) in files {
            let wide = || utf16(&String::from_utf8_lossy(bytes), true, true);
            let bytes = if kind == "UTF-16" {
                wide()
            } else {
                bytes.to_vec()
            };
            site.write(path, bytes);
        }
        let ran = build(&site);
        assert!(
            ran.status == 2
                && ran.err.contains("error: site.yaml")
                && ran.err.contains("not UTF-8"),
            "{ran:?}"
        );
        site.write("site.yaml", "theme: mine\n");
        let ran = build(&site);
        assert_eq!(ran.status, 1, "{}", ran.err);
        for (path, _) in files.iter().filter(|(path, _)| *path != "site.yaml") {
            let said = ran.err.lines().any(|line| {
                line.starts_with(&format!("error: {path}")) && line.contains("not UTF-8")
            });
            assert!(said, "{path} ({kind}): {}", ran.err);
        }
        assert_eq!(published(&site, "\u{FFFD}"), None, "{kind}");
    }
    // A mark of byte order is no part of a text.
    let site = site();
    site.write("site.yaml", "\u{FEFF}title: Marked\n");
    site.write(
        "topics.yaml",
        "\u{FEFF}topics:\n  - slug: trade\n    labels: {en: Commerce}\n",
    );
    site.write(
        "content/marked.md",
        "\u{FEFF}---\ntitle: With a mark\ndate: 2026-01-26\ntopics: [trade]\n---\n\nx\n",
    );
    build(&site).well();
    assert!(
        site.read("public/index.html").contains("Marked")
            && site
                .read("public/topics/trade/index.html")
                .contains("Commerce")
    );
}

/// The most memory that a command had, in MiB; and how it ended.
fn memory_of(mut command: Command) -> (u64, Ran) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    // The system keeps the highest mark; what comes in the last millisecond is not seen.
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(kib.unwrap_or(0));
        sleep(Duration::from_millis(1));
    }
    (most / 1024, ran(child.wait_with_output().expect("ended")))
}

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
                assert!(line.ends_with("the seed is empty"), "{line}");
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

#[test]
fn line_14_long_titles_and_names_give_short_addresses() {
    for title in [
        "é".repeat(150),
        "мир".repeat(50),
        "ñandú ".repeat(43),
        "Ελλάδα".repeat(25),
        "港".repeat(100),
        "ß".repeat(149) + "é",
    ] {
        assert!(title.len() >= 297, "{}", title.len());
        let body = "REYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry said.\n";
        let site = Site::new(&[]);
        site.write("seeds/2026-01-28_a.txt", format!("{title}\n\n{body}"));
        site.write(
            "seeds/2026-01-28_b.txt",
            format!("{title}\n\n{body}And more.\n"),
        );
        // And the same as a person's own slug.
        site.write(
            "content/own.md",
            format!(
                "---\ntitle: Own\nslug: {}\n---\n\nx\n",
                title.replace(' ', "-")
            ),
        );
        site.write(
            &format!(
                "content/{}.md",
                title.chars().take(80).collect::<String>().trim()
            ),
            "---\ntitle: Name\n---\n\nx\n",
        );
        let ran = build(&site);
        assert!(
            ran.status <= 1 && !ran.err.contains("os error"),
            "{title}: {}",
            ran.err
        );
        let names: Vec<String> = site.tree("content/briefings").into_keys().collect();
        assert_eq!(names.len(), 2, "{names:?}");
        for name in &names {
            assert!(name.is_ascii() && name.len() <= 83 + 9, "{name}");
        }
        for path in site.tree("public").keys() {
            assert!(path.split('/').all(|part| part.len() <= 255), "{path}");
        }
    }
}

#[test]
fn line_15_one_address_for_two_is_an_error_that_names_both() {
    let page = |extra: &str| format!("---\ntitle: A\n{extra}---\n\nx\n");
    let cases: [(&str, [(&str, String); 2]); 8] = [
        (
            "equal slugs",
            [
                ("content/a.md", page("slug: same\n")),
                ("content/b.md", page("slug: same\n")),
            ],
        ),
        (
            "a slug that differs in case alone",
            [
                ("content/a.md", page("slug: same\n")),
                ("content/b.md", page("slug: SAME\n")),
            ],
        ),
        (
            "names that differ in case alone",
            [("content/Page.md", page("")), ("content/page.md", page(""))],
        ),
        (
            "assets that differ in case alone",
            [
                ("content/a/Map.png", "1".to_owned()),
                ("content/a/map.png", "2".to_owned()),
            ],
        ),
        (
            "composed and decomposed names",
            [
                ("content/caf\u{E9}.txt", "1".to_owned()),
                ("content/cafe\u{301}.txt", "2".to_owned()),
            ],
        ),
        (
            "composed and decomposed pages",
            [
                ("content/caf\u{E9}.md", page("")),
                ("content/cafe\u{301}.md", page("")),
            ],
        ),
        (
            "one number twice",
            [
                ("content/a.md", page("date: 2026-01-27\nnumber: PR/1\n")),
                ("content/b.md", page("date: 2026-01-26\nnumber: PR/1\n")),
            ],
        ),
        (
            "an alias that is a page",
            [
                ("content/a.md", page("slug: one\n")),
                ("content/b.md", page("slug: two\naliases: [/one/]\n")),
            ],
        ),
    ];
    for (name, files) in cases {
        let site = site();
        for (path, text) in &files {
            site.write(path, text);
        }
        if site.tree("content").len() < 3 {
            eprintln!("SKIPPED: this file system takes the two names for one ({name})");
            continue;
        }
        let ran = build(&site);
        assert_eq!(ran.status, 1, "{name}: {}", ran.err);
        for (path, _) in &files {
            assert!(ran.err.contains(path), "{name}: {path}: {}", ran.err);
        }
        let folded: Vec<String> = site
            .tree("public")
            .keys()
            .map(|path| path.to_lowercase())
            .collect();
        let mut once = folded.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), folded.len(), "{name}");
        the_rest_is_there(&site);
    }
}

#[test]
fn line_16_names_of_devices_and_odd_ends_give_portable_addresses() {
    let site = site();
    let names = [
        "CON", "con", "aux", "NUL.x", "lpt1", "COM9.tar", "a.", "b ", "c:d", "e?", "f*", "g|h",
        "\"i\"", "<j>", " k", "PRN.",
    ];
    for (n, name) in names.iter().enumerate() {
        site.write(
            &format!("content/p{n}/{name}.md"),
            format!("---\ntitle: Page {n}\n---\n\nx\n"),
        );
        site.write(
            &format!("content/q{n}.md"),
            format!(
                "---\ntitle: Other {n}\nslug: \"{}\"\n---\n\nx\n",
                name.replace('"', "\\\"")
            ),
        );
        site.write(
            &format!("seeds/2026-01-28_{n}.txt"),
            format!(
                "{name}\n\nREYKJAVIK, 27 January 2026 - Iceland reopened port {n} on Tuesday.\n"
            ),
        );
    }
    let ran = build(&site);
    assert!(ran.status <= 1, "{ran:?}");
    let device = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        ["con", "prn", "aux", "nul"].contains(&stem.as_str())
            || stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|c: char| c.is_ascii_digit())
    };
    for path in site
        .tree("public")
        .keys()
        .chain(site.tree("content/briefings").keys())
    {
        for part in path.split('/') {
            assert!(!device(part), "{path}");
            assert!(
                !part.ends_with(['.', ' ']) && !part.starts_with(' '),
                "{path}"
            );
            assert!(
                !part.contains([':', '?', '*', '|', '"', '<', '>', '\\']),
                "{path}"
            );
        }
    }
    the_rest_is_there(&site);
}

fn archive(entries: impl FnOnce(&mut zip::ZipWriter<std::io::Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    entries(&mut zip);
    zip.finish().expect("an archive").into_inner()
}

fn document(xml: &str) -> Vec<u8> {
    archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(xml.as_bytes()).expect("written");
    })
}

/// A PDF with this in the place of its page's resources, and this content.
fn pdf(resources: &str, content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources {resources} >>"
        ),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut bytes = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        let _ = write!(bytes, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let at = bytes.len();
    let _ = write!(
        bytes,
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    );
    for place in places {
        let _ = writeln!(bytes, "{place:010} 00000 n ");
    }
    let _ = write!(
        bytes,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.into_bytes()
}

#[test]
fn line_17_bombs_are_bounded_errors_and_the_others_are_done() {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let ratio = archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        for _ in 0..80 {
            zip.write_all(&vec![b' '; 1024 * 1024]).expect("written");
        }
    });
    let entries = archive(|zip| {
        for n in 0..10_001 {
            zip.start_file(
                format!("{n}"),
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
            )
            .expect("an entry");
        }
    });
    let nested = document(&format!(
        "<w:document {W}><w:body>{}",
        "<w:p>".repeat(50_000)
    ));
    let within = archive(|zip| {
        zip.start_file("word/document.xml", SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(&ratio).expect("written");
    });
    let entities = "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let word = document(&format!(
        "<?xml version=\"1.0\"?>{entities}<w:document {W}><w:body><w:p><w:r><w:t>&d;&d;&d;</w:t></w:r></w:p></w:body></w:document>"
    ));
    let feed = format!(
        "<?xml version=\"1.0\"?>{entities}<rss version=\"2.0\"><channel><title>&d;</title><item><title>&d;&d;</title></item></channel></rss>"
    );
    let font = "<< /Font << /F 5 0 R >> >>";
    let operands = pdf(font, &format!("BT /F 12 Tf {} Tj ET", "[".repeat(200_000)));
    let states = pdf(
        font,
        &format!("{} BT /F 12 Tf (x) Tj ET", "q ".repeat(500_000)),
    );
    let dictionary = pdf(
        &format!("{}{}", "<< /A ".repeat(100_000), ">>".repeat(100_000)),
        "BT ET",
    );
    let itself = pdf("<< /XObject << /X 4 0 R >> >>", "/X Do");
    let deep_mail = format!(
        "{}Subject: x\r\n\r\nx",
        "Content-Type: message/rfc822\r\n\r\n".repeat(20_000)
    );
    let parts = format!(
        "From: a@b.c\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}",
        "--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n".repeat(20_000)
    );
    let cases: Vec<(&str, Vec<u8>, Option<&str>)> = vec![
        (
            "seeds/ratio.docx",
            ratio,
            Some("unpacks to more than 64 MiB"),
        ),
        (
            "seeds/entries.docx",
            entries,
            Some("10001 files, and 10000 are the most"),
        ),
        ("seeds/nested.docx", nested, Some("nested")),
        ("seeds/within.docx", within, Some("")),
        ("seeds/entities.docx", word, None),
        ("seeds/entities.xml", feed.into_bytes(), None),
        ("seeds/operands.pdf", operands, None),
        ("seeds/states.pdf", states, None),
        ("seeds/dictionary.pdf", dictionary, None),
        ("seeds/itself.pdf", itself, None),
        (
            "seeds/deep.html",
            format!("<html><body>{}x", "<div>".repeat(100_000)).into_bytes(),
            Some("more than 512 elements"),
        ),
        (
            "seeds/quotes.html",
            format!("<html><body>{}x", "<blockquote>".repeat(100_000)).into_bytes(),
            Some("more than 512 elements"),
        ),
        (
            "seeds/mail.eml",
            deep_mail.into_bytes(),
            Some("20000 mails attached, and 256 are the most"),
        ),
        ("seeds/parts.eml", parts.into_bytes(), None),
    ];
    // All at once: none takes another down.
    let site = site();
    for (path, bytes, _) in &cases {
        site.write(path, bytes);
    }
    let begun = Instant::now();
    let (most, ran) = memory_of(site.command(&["--quiet", "build", "--no-cache"]));
    let took = begun.elapsed();
    assert_eq!(ran.status, 1, "{}", ran.err);
    for (path, _, said) in &cases {
        let lines: Vec<&str> = ran.err.lines().filter(|line| line.contains(path)).collect();
        if let Some(said) = said {
            assert!(
                lines
                    .iter()
                    .any(|line| line.starts_with("error: ") && line.contains(said)),
                "{path}: {lines:?}\n{}",
                ran.err
            );
        }
    }
    assert!(
        !ran.err.contains("panicked") && !ran.err.contains("overflow"),
        "{}",
        ran.err
    );
    assert!(most < 400, "{most} MiB");
    assert!(took < Duration::from_secs(40), "{took:?}");
    // No entity was unfolded.
    assert_eq!(published(&site, &"a".repeat(2000)), None);
    the_rest_is_there(&site);
}
