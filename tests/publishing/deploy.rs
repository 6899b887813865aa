//! `deploy` to a store that speaks S3 (moto, on this machine), a folder and rsync.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    hosts::{FOR_GOOD, built},
    http::{Answer, SIGNED, free_port, get, program, put, started},
    support::{Ran, Running, Site, ran, tree},
};

const KEY: &str = "AKIAEXAMPLEKEYNOBODY";
const SECRET: &str = "wJalrXUtnFEMI-a-secret-that-nobody-may-see";

/// moto's server: where DEPECHE_MOTO says, or where tests/run put it.
fn moto() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/moto/bin/moto_server");
    let named = std::env::var_os("DEPECHE_MOTO").map(PathBuf::from);
    let found = named.into_iter().chain([own]).find(|p| p.exists());
    if found.is_none() {
        println!(
            "SKIPPED: there is no moto_server; tests/run installs it, or DEPECHE_MOTO names it"
        );
    }
    found
}

/// A store with one bucket.
pub(crate) struct S3 {
    pub(crate) port: u16,
    _server: Running,
}

impl S3 {
    pub(crate) fn start() -> Option<Self> {
        let port = free_port();
        let mut command = Command::new(moto()?);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        // Buckets are told from paths, whatever the host's name.
        command.env("S3_IGNORE_SUBDOMAIN_BUCKETNAME", "true");
        command.stderr(std::process::Stdio::null());
        let server = started(&mut command, port);
        let s3 = Self {
            port,
            _server: server,
        };
        assert_eq!(put(port, "/press", "").status, 200);
        Some(s3)
    }

    pub(crate) fn get(&self, file: &str) -> Answer {
        get(self.port, &format!("/press/{file}"), SIGNED)
    }

    /// The keys of the bucket.
    fn keys(&self) -> Vec<String> {
        let listed = get(self.port, "/press?list-type=2&max-keys=1000", "");
        let xml = String::from_utf8_lossy(&listed.body).into_owned();
        let keys = xml
            .split("<Key>")
            .skip(1)
            .filter_map(|k| k.split("</Key>").next());
        keys.map(str::to_owned).collect()
    }

    fn command(&self, site: &Site, more: &[&str]) -> Command {
        let mut command = site.command(&["deploy"]);
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        command
            .args([
                "--to",
                "s3://press/site",
                "--region",
                "us-east-1",
                "--endpoint",
                &endpoint,
            ])
            .args(more)
            .env("AWS_ACCESS_KEY_ID", KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET);
        command
    }

    fn deploy(&self, site: &Site, more: &[&str]) -> Ran {
        let ran = ran(self.command(site, more).output().expect("it runs"));
        for secret in [KEY, SECRET] {
            assert!(
                !ran.out.contains(secret) && !ran.err.contains(secret),
                "{ran:?}"
            );
        }
        ran
    }

    pub(crate) fn plan(&self, site: &Site, more: &[&str]) -> Value {
        let ran = self
            .deploy(site, &[&["--format", "json"], more].concat())
            .well();
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
    }
}

fn paths(plan: &Value, what: &str) -> Vec<String> {
    let steps = plan[what].as_array().expect("steps").iter();
    steps
        .map(|s| s["path"].as_str().expect("a path").to_owned())
        .collect()
}

/// No file below a folder holds the secret.
fn keeps_secrets(site: &Site) {
    for (file, bytes) in tree(site.root()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains(SECRET) && !text.contains(KEY),
            "{file} holds credentials"
        );
    }
}

#[test]
fn a_store_gets_what_differs_in_turns_and_loses_what_is_stale() {
    let Some(s3) = S3::start() else { return };
    let site = built("hosts: [s3, netlify]\n", "/site/");
    // Somebody else's file, which no deploy may touch.
    assert_eq!(put(s3.port, "/press/site/theirs.txt", "theirs").status, 200);
    let dry = s3.plan(&site, &["--dry-run"]);
    assert_eq!(s3.keys(), ["site/theirs.txt"]);
    let first = s3.plan(&site, &["--trace", "trace.json"]);
    assert_eq!(paths(&dry, "put"), paths(&first, "put"));
    let order = paths(&first, "put");
    let at = |file: &str| {
        order
            .iter()
            .position(|f| f == file)
            .unwrap_or_else(|| panic!("{file}"))
    };
    let style = order.iter().find(|f| f.ends_with(".css")).expect("a style");
    assert!(at(style) < at("index.html") && at("index.html") < at("sitemap.xml"));
    // What only other hosts read stays away.
    assert!(
        !order
            .iter()
            .any(|f| f.starts_with("_hosts/") || f == "_headers")
    );
    for (file, kind, cache) in [
        (
            "index.html",
            "text/html; charset=utf-8",
            "public, max-age=300",
        ),
        (
            "atom.xml",
            "application/atom+xml; charset=utf-8",
            "public, max-age=300",
        ),
        (style.as_str(), "text/css; charset=utf-8", FOR_GOOD),
    ] {
        let there = s3.get(&format!("site/{file}"));
        assert_eq!(there.status, 200, "{file}");
        assert_eq!(
            (
                there.header("content-type").as_str(),
                there.header("cache-control").as_str()
            ),
            (kind, cache)
        );
        assert_eq!(
            there.body,
            site.read(&format!("public/{file}")).into_bytes()
        );
    }
    let again = s3.plan(&site, &[]);
    assert_eq!(
        (paths(&again, "put").len(), paths(&again, "delete").len()),
        (0, 0)
    );

    // One text, one deletion.
    site.write(
        "content/about.md",
        "---\ntitle: About\n---\n\nWho we are now.\n",
    );
    let edited = s3.plan(&site, &[]);
    assert!(paths(&edited, "put").contains(&"about/index.html".to_owned()));
    assert!(paths(&edited, "put").len() < 8, "{edited}");
    fs::remove_file(site.path("content/about.md")).expect("gone");
    let refused = s3.deploy(&site, &["--max-deletes", "1"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.err.contains("at most 1 may be"), "{refused:?}");
    assert!(s3.keys().contains(&"site/about/index.html".to_owned()));
    let removed = s3.plan(&site, &["--max-deletes", "10"]);
    assert!(paths(&removed, "delete").contains(&"about/index.html".to_owned()));
    assert_eq!(s3.get("site/about/index.html").status, 404);
    assert_eq!(s3.get("site/theirs.txt").body, b"theirs");
    // A file of ours that somebody lost or replaced is put again.
    assert_eq!(put(s3.port, "/press/site/robots.txt", "other").status, 200);
    assert_eq!(paths(&s3.plan(&site, &[]), "put"), ["robots.txt"]);
    keeps_secrets(&site);
}

#[test]
fn a_deploy_that_was_cut_short_goes_on_where_it_stopped() {
    let Some(s3) = S3::start() else { return };
    let site = built("", "/site/");
    for n in 0..200 {
        site.write(&format!("content/data/{n}.txt"), format!("file {n}"));
    }
    let mut child = s3.command(&site, &["--quiet"]).spawn().expect("it starts");
    let begun = Instant::now();
    while s3.keys().len() < 40 && begun.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    let there = s3.keys();
    assert!(there.len() >= 40, "{}", there.len());
    let rest = s3.plan(&site, &[]);
    let (put, all) = (paths(&rest, "put").len(), s3.keys().len() - 1);
    // What was there already is known by its digest.
    let before = there
        .iter()
        .filter(|k| !k.ends_with(".depeche-deployed.json"))
        .count();
    assert!(
        put + before <= all + 16,
        "{put} put, {before} there of {all}"
    );
    assert_eq!(paths(&s3.plan(&site, &[]), "put").len(), 0);
}

#[test]
fn a_folder_keeps_what_is_not_ours() {
    let site = built("hosts: [nginx]\ndeploy: { www: { to: www } }\n", "/");
    site.write("www/index.html", "somebody's page");
    let refused = site.run(&["deploy"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("--adopt"), "{refused:?}");
    assert_eq!(site.read("www/index.html"), "somebody's page");
    site.write("www/theirs.txt", "theirs");
    site.run(&["deploy", "www", "--adopt"]).well();
    assert_eq!(site.read("www/index.html"), site.read("public/index.html"));
    assert!(site.has("www/_hosts/nginx.conf"));
    fs::remove_file(site.path("content/about.md")).expect("gone");
    site.run(&["deploy"]).well();
    assert!(!site.has("www/about") && site.has("www/theirs.txt"));
    let dry = site.run(&["deploy", "--dry-run"]).well();
    assert_eq!(dry.out, "");
    assert!(dry.err.contains("0 files to put"), "{dry:?}");
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let site = built("", "/");
    let mut places = vec!["www".to_owned()];
    if program("rsync").is_some() {
        places.push(format!("rsync:{}", site.path("there").display()));
    }
    let deploy = || {
        for place in &places {
            site.run(&["deploy", "--to", place]).well();
        }
        let folders = ["www", "there"].map(|f| site.path(f)).into_iter();
        folders.filter(|f| f.exists()).collect::<Vec<_>>()
    };
    site.write("content/data/map", "a file");
    site.write("content/data/plan/a.txt", "in a folder");
    assert_eq!(deploy().len(), places.len());
    fs::remove_file(site.path("content/data/map")).expect("gone");
    fs::remove_dir_all(site.path("content/data/plan")).expect("gone");
    site.write("content/data/map/a.txt", "in a folder");
    site.write("content/data/plan", "a file");
    for place in deploy() {
        assert!(place.join("data/map/a.txt").is_file(), "{place:?}");
        assert!(place.join("data/plan").is_file(), "{place:?}");
    }
}

#[test]
fn rsync_gets_what_differs_and_keeps_what_is_not_ours() {
    if program("rsync").is_none() {
        return;
    }
    let site = built("", "/");
    let to = format!("rsync:{}", site.path("www").display());
    // Characters that are wildcards elsewhere.
    site.write("content/data/[a] *.txt", "one");
    site.write("content/data/[a] b.txt", "two");
    let deploy =
        |more: &[&str]| site.run(&[&["deploy", "--to", &to, "--format", "json"], more].concat());
    deploy(&[]).well();
    assert_eq!(site.read("www/atom.xml"), site.read("public/atom.xml"));
    site.write("www/theirs.txt", "theirs");
    site.write("www/about/theirs.txt", "theirs");
    fs::remove_file(site.path("content/about.md")).expect("gone");
    fs::remove_file(site.path("content/briefings/wheat.md")).expect("gone");
    fs::remove_file(site.path("content/data/[a] *.txt")).expect("gone");
    let plan: Value = serde_json::from_str(&deploy(&[]).well().out).expect("JSON");
    assert!(paths(&plan, "delete").contains(&"about/index.html".to_owned()));
    assert!(!site.has("www/about/index.html") && !site.has("www/briefings/2026/wheat"));
    assert!(!site.has("www/data/[a] *.txt") && site.has("www/data/[a] b.txt"));
    assert!(site.has("www/theirs.txt") && site.has("www/about/theirs.txt"));
    let again: Value = serde_json::from_str(&deploy(&[]).well().out).expect("JSON");
    assert_eq!(paths(&again, "put").len(), 0, "{again}");
}

#[test]
fn a_place_that_rsync_cant_list_is_no_empty_place() {
    let site = built("", "/");
    // What SSH says of a key that is not there, and then of a machine that does not answer.
    site.write(
        "bin/rsync",
        "#!/bin/sh\ncase \"$*\" in *--list-only*) echo 'Warning: Identity file /k not accessible: No such file or directory.' >&2\n\
         echo 'ssh: connect to host h port 22: Connection timed out' >&2; exit 255;; esac\necho \"$@\" >> sent\n",
    );
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(site.path("bin/rsync"), open).expect("set");
    let mut command = site.command(&["deploy", "--to", "rsync:u@h:/www"]);
    let refused = ran(command
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", site.path("bin").display()),
        )
        .output()
        .expect("it runs"));
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.err.contains("rsync failed"), "{refused:?}");
    assert!(!site.has("sent"), "{}", site.read("sent"));
}

#[test]
fn rsync_knows_names_whatever_the_locale() {
    if program("rsync").is_none() {
        return;
    }
    let site = built("", "/");
    site.write("content/data/café.txt", "ours");
    site.write("www/data/café.txt", "theirs");
    let to = format!("rsync:{}", site.path("www").display());
    let deploy = |more: &[&str]| {
        let mut command = site.command(&[&["deploy", "--to", &to], more].concat());
        ran(command.env("LC_ALL", "C").output().expect("it runs"))
    };
    let refused = deploy(&[]);
    assert!(
        refused.status == 2 && refused.err.contains("data/café.txt"),
        "{refused:?}"
    );
    assert_eq!(site.read("www/data/café.txt"), "theirs");
    deploy(&["--adopt"]).well();
    let again = deploy(&[]).well();
    assert!(again.err.contains("0 files put"), "{again:?}");
}

#[test]
fn nothing_is_put_through_a_link_nor_in_its_stead() {
    let site = built("", "/");
    let folder = site.path("www").display().to_string();
    let places = [
        Some(folder.clone()),
        program("rsync").map(|_| format!("rsync:{folder}")),
    ];
    for to in places.into_iter().flatten() {
        let _ = fs::remove_dir_all(site.path("www"));
        site.write("theirs/a.txt", "theirs");
        site.write("www/b.txt", "theirs");
        let link = site.path("www/search");
        std::os::unix::fs::symlink("../theirs", &link).expect("linked");
        for more in [&[][..], &["--adopt"], &["--dry-run"]] {
            let refused = site.run(&[&["deploy", "--to", &to], more].concat());
            assert!(
                refused.status == 2 && refused.err.contains("such as search"),
                "{to}: {refused:?}"
            );
        }
        assert!(link.is_symlink(), "{to}");
        assert_eq!(site.tree("theirs").len(), 1, "{to}");
        fs::remove_file(&link).expect("gone");
        // One that leads nowhere is somebody's too.
        std::os::unix::fs::symlink("nowhere", site.path("www/robots.txt")).expect("linked");
        let refused = site.run(&["deploy", "--to", &to]);
        assert!(
            refused.status == 2 && refused.err.contains("such as robots.txt"),
            "{to}: {refused:?}"
        );
        fs::remove_file(site.path("www/robots.txt")).expect("gone");
        site.run(&["deploy", "--to", &to]).well();
        assert!(site.has("www/search/index.html") && site.has("www/b.txt"));
    }
}

#[test]
fn no_message_shows_what_may_be_a_secret() {
    let site = built("", "/");
    let refused = |more: &[&str]| {
        let mut command = site.command(&[&["deploy"], more].concat());
        command.env("AWS_ACCESS_KEY_ID", KEY);
        let ran = ran(command
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .output()
            .expect("it runs"));
        assert_eq!(ran.status, 2, "{more:?}: {ran:?}");
        assert!(
            !ran.err.contains("AKIA") && !ran.err.contains("panicked"),
            "{ran:?}"
        );
    };
    for endpoint in [
        "AKIA:sec@s3.e.org",
        "https://AKIA:se/c@host",
        "http://localhost:99999",
    ] {
        refused(&["--to", "s3://press", "--endpoint", endpoint]);
        site.write(
            "site.yaml",
            format!("title: A\nbase_url: https://e.org/\ndeploy: {{ a: {{ to: \"s3://press\", endpoint: \"{endpoint}\" }} }}\n"),
        );
        refused(&[]);
    }
    site.write(
        "site.yaml",
        "title: A\nbase_url: https://e.org/\ndeploy: { a: { to: \"s3://AKIA:sec@bucket/x\" } }\n",
    );
    refused(&[]);
    site.write("site.yaml", "title: A\nbase_url: https://e.org/\n");
    refused(&["--to", "s3://AKIA:sec@bucket/x"]);
    refused(&["--to", "AKIA:sec@bucket/x"]);
    refused(&["--to", "AKIA:se/c@bucket/x"]);
    refused(&["--to", "rsync:rsync://AKIA:se/c@host/x"]);
    refused(&["s3://AKIA:sec@bucket/x"]);
}

#[test]
fn a_dry_run_makes_nothing() {
    let site = built("", "/");
    let dry = site.run(&["deploy", "--to", "new/www", "--dry-run"]).well();
    assert!(dry.out.contains("+ index.html"), "{dry:?}");
    assert!(!site.has("new"));
}

#[test]
fn a_place_is_listed_once_and_its_list_is_not_sent_after_each_batch() {
    if program("rsync").is_none() {
        return;
    }
    let site = built("", "/");
    for n in 0..2600 {
        site.write(&format!("content/data/{n}.txt"), format!("file {n}"));
    }
    // Calls the program and counts what it is called for.
    site.write(
        "bin/rsync",
        "#!/bin/sh\ncase \"$*\" in *--list-only*) echo listed;; *desk*|*/list/*) echo saved;; *) echo other;; esac >> \"$CALLS\"\nexec /usr/bin/rsync \"$@\"\n",
    );
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(site.path("bin/rsync"), open).expect("set");
    let deploy = || {
        let _ = fs::remove_file(site.path("calls"));
        let to = format!("rsync:{}", site.path("www").display());
        let mut command = site.command(&["deploy", "--to", &to]);
        let path = format!("{}:/usr/bin:/bin", site.path("bin").display());
        ran(command
            .env("PATH", path)
            .env("CALLS", site.path("calls"))
            .output()
            .expect("it runs"))
        .well();
        let calls = site.read("calls");
        let count = |what: &str| calls.lines().filter(|call| *call == what).count();
        (count("listed"), count("saved"))
    };
    // Before and after. The list: what is on its way, then after 500, 1000, 2000 and all.
    let (listed, saved) = deploy();
    assert_eq!(listed, 2);
    assert!(saved <= 6, "{saved}");
    // Nothing to do: before.
    assert_eq!(deploy(), (1, 0));
}

#[test]
fn what_readers_must_not_get_is_not_deployed() {
    let site = built("deploy: { www: { to: www } }\n", "/");
    for url in ["http://127.0.0.1:4000/", "http://localhost/", "/"] {
        let refused = site.run(&["deploy", "--base-url", url]);
        assert_eq!(refused.status, 2, "{url}");
        assert!(refused.err.contains("base_url"), "{refused:?}");
    }
    // A preview with drafts in the output folder does not get out.
    site.write(
        "content/draft.md",
        "---\ntitle: Draft\ndraft: true\n---\n\nNot yet.\n",
    );
    site.run(&["build", "--drafts"]).well();
    assert!(site.has("public/draft/index.html"));
    site.run(&["deploy"]).well();
    assert!(!site.has("www/draft") && site.has("www/index.html"));
    site.write("content/broken.md", "---\ntitle: [\n---\n\nBroken.\n");
    site.write("content/about.md", "---\ntitle: About\n---\n\nChanged.\n");
    let refused = site.run(&["deploy"]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(!site.read("www/about/index.html").contains("Changed."));
    fs::remove_file(site.path("content/broken.md")).expect("gone");
    for inside in ["content", "public", "content/new", "."] {
        let refused = site.run(&["deploy", "--to", inside]);
        assert!(
            refused.status == 2 && refused.err.contains("sources lie here"),
            "{inside}: {refused:?}"
        );
    }
    let unknown = site.run(&["deploy", "nowhere"]);
    assert!(
        unknown.status == 2 && unknown.err.contains("give one of these: www"),
        "{unknown:?}"
    );
    let bare = site
        .command(&["deploy", "--to", "s3://press"])
        .env_clear()
        .output()
        .expect("it runs");
    let bare = ran(bare);
    assert!(
        bare.status == 2 && bare.err.contains("AWS_ACCESS_KEY_ID"),
        "{bare:?}"
    );
}
