//! `serve` and `watch` on a real folder: requests over a socket, edits on disk.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test edits files")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

mod support;

use support::{Running, serving};

const PATIENCE: Duration = Duration::from_secs(30);

/// A site with a theme of its own, so that the default theme may change without this test.
fn site(base_url: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "site.yaml",
        &format!("title: Test\ntheme: plain\nbase_url: {base_url}\n"),
    );
    write(
        "content/briefings/talks.md",
        "---\ntitle: Talks\ndate: 2026-01-27\ncountries: [MA]\n---\n\nFirst words.\n",
    );
    for name in [
        "index",
        "section",
        "taxonomy_list",
        "taxonomy_single",
        "archive",
        "404",
    ] {
        write(
            &format!("themes/plain/templates/{name}.html"),
            &format!("<html><body>{name}</body></html>"),
        );
    }
    write(
        "themes/plain/templates/page.html",
        "<html><body><h1>{{ page.title }}</h1>{{ page.content }}</body></html>",
    );
    dir
}

fn depeche(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.arg("--root").arg(root).stderr(Stdio::piped());
    command
}

/// Starts a preview; its port.
fn serve(root: &Path) -> (Running, u16) {
    serving(depeche(root).args(["serve", "--port", "0"]))
}

fn request(port: u16, head: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    String::from_utf8_lossy(&reply).into_owned()
}

fn get(port: u16, path: &str) -> String {
    request(
        port,
        &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    )
}

fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or_default()
}

/// Polls until a page holds (or no longer holds) some words.
fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < PATIENCE,
            "not within {PATIENCE:?}: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

const PAGE: &str = "/2026/01/27/talks/";

#[test]
fn a_preview_has_the_bytes_of_a_build_and_one_script() {
    let dir = site("https://example.org/");
    let (_running, port) = serve(dir.path());
    assert!(depeche(dir.path()).arg("build").status().unwrap().success());
    let built = fs::read_to_string(dir.path().join("public/2026/01/27/talks/index.html")).unwrap();
    let reply = get(port, PAGE);
    let body = reply.split_once("\r\n\r\n").unwrap().1;
    let (before, rest) = body
        .split_once("<script src=\"/_depeche/live.js\"")
        .expect("the script");
    let after = rest.split_once("</script>").unwrap().1;
    assert_eq!(format!("{before}{after}"), built);
    let feed = get(port, "/atom.xml");
    assert!(
        feed.ends_with(&fs::read_to_string(dir.path().join("public/atom.xml")).unwrap()),
        "{feed}"
    );
    // As hosts say it.
    for (path, kind) in [
        ("/atom.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/feeds.opml", "text/x-opml"),
        ("/2026/01/27/talks/index.md", "text/markdown"),
    ] {
        let reply = get(port, path).to_lowercase();
        let kind = format!("content-type: {kind}; charset=utf-8\r\n");
        assert!(reply.contains(&kind), "{path}: {reply}");
    }
}

#[test]
fn a_preview_tells_the_evidence_and_a_build_has_no_trace_of_it() {
    let dir = site("https://example.org/");
    fs::create_dir_all(dir.path().join("seeds")).unwrap();
    fs::write(dir.path().join("seeds/2026-01-28_a.txt"), "Ports reopen\n\nIceland reopened its ports on Wednesday, 27 January 2026, the ministry of fisheries said.\n").unwrap();
    let held = "---\ntitle: Held\ndate: 2026-01-26\nembargo_until: 2999-01-01\n---\n\nLater.\n";
    fs::write(dir.path().join("content/briefings/held.md"), held).unwrap();
    let (_running, port) = serve(dir.path());
    let ask = |path: &str| -> serde_json::Value {
        let reply = get(port, &format!("/_depeche/evidence?path={path}"));
        serde_json::from_str(reply.split_once("\r\n\r\n").unwrap().1).unwrap()
    };
    let found = ask("/2026/01/27/ports-reopen/");
    let page = &found["page"];
    assert_eq!(page["file"], "content/briefings/ports-reopen.md");
    let of = |key: &str| {
        page["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["key"] == key)
            .unwrap()["values"][0]
            .clone()
    };
    assert_eq!(
        (
            of("countries")["value"].clone(),
            of("countries")["label"].clone()
        ),
        ("IS".into(), "Iceland".into())
    );
    assert_eq!(of("countries")["places"][0]["text"], "Iceland");
    assert!(of("date")["rule"].is_string());
    assert_eq!(page["waiting"][0]["key"], "date", "{page}");
    let accept = page["waiting"][0]["accept"].as_str().unwrap();
    assert!(
        accept.ends_with(" review --accept content/briefings/ports-reopen.md date"),
        "{accept}"
    );
    // A page without a seed, and what is under embargo in a preview without drafts.
    assert!(ask(PAGE)["page"].is_null() && ask("/")["held"].as_object().unwrap().is_empty());
    assert_eq!(status(&get(port, "/2026/01/26/held/")), "404");

    assert!(depeche(dir.path()).arg("build").status().unwrap().success());
    for entry in walkdir::WalkDir::new(dir.path().join("public"))
        .into_iter()
        .map_while(Result::ok)
        .filter(|e| e.file_type().is_file())
    {
        let bytes = fs::read(entry.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for trace in [
            "_depeche",
            "depeche-evidence",
            "depeche-why",
            "the weekday",
            "review --accept",
        ] {
            assert!(
                !text.contains(trace),
                "{trace} in {}",
                entry.path().display()
            );
        }
    }
}

#[test]
fn a_site_under_a_path_is_served_there() {
    let dir = site("https://example.org/briefings/");
    let (_running, port) = serve(dir.path());
    let root = get(port, "/");
    assert_eq!(status(&root), "301");
    assert!(
        root.to_lowercase().contains("location: /briefings/"),
        "{root}"
    );
    assert_eq!(status(&get(port, &format!("/briefings{PAGE}"))), "200");
    assert_eq!(status(&get(port, PAGE)), "404");
}

#[test]
fn an_edit_is_told_and_shown_and_a_fault_leaves_the_last_good_page() {
    let dir = site("https://example.org/");
    let file = dir.path().join("content/briefings/talks.md");
    let good = fs::read_to_string(&file).unwrap();
    let (_running, port) = serve(dir.path());
    assert!(get(port, PAGE).contains("First words."));

    let mut events = TcpStream::connect(("127.0.0.1", port)).unwrap();
    events.set_read_timeout(Some(PATIENCE)).unwrap();
    events.write_all(b"GET /_depeche/events HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\r\n").unwrap();
    let mut versions = BufReader::new(events)
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("data: ").map(str::to_owned));
    let first = versions.next().expect("the version on connecting");

    fs::write(&file, good.replace("First", "Second")).unwrap();
    until("the edit", || get(port, PAGE).contains("Second words."));
    assert_ne!(versions.next().expect("a message after the edit"), first);

    fs::write(&file, good.replace("date: 2026-01-27", "date: soon")).unwrap();
    let errors = || get(port, &format!("/_depeche/errors?path={PAGE}"));
    until("the error", || errors().contains("talks.md"));
    assert!(errors().contains("\"line\":3"), "{}", errors());
    assert!(
        get(port, PAGE).contains("Second words."),
        "the last good page stays"
    );

    let template = dir.path().join("themes/plain/templates/page.html");
    let page = fs::read_to_string(&template).unwrap();
    fs::write(&file, &good).unwrap();
    until("the mended file", || errors().contains("\"errors\":[]"));
    fs::write(&template, page.replace("page.title", "page.titel")).unwrap();
    until("the template's error", || {
        errors().contains("themes/plain/templates/page.html")
    });
    assert!(
        get(port, PAGE).contains("First words."),
        "the last good page stays"
    );
    fs::write(&template, "{% if %}").unwrap();
    until("the syntax error", || errors().contains("\"line\":1"));
    assert!(
        get(port, PAGE).contains("<h1>Talks"),
        "the last good page stays, and no other theme's takes its place"
    );
    fs::write(&template, page.replace("<h1>", "<h1 class=\"new\">")).unwrap();
    until("the mended template", || {
        get(port, PAGE).contains("<h1 class=\"new\">Talks")
    });
    assert!(errors().contains("\"errors\":[]"));
}

#[test]
fn a_taken_port_is_a_clear_error() {
    let dir = site("https://example.org/");
    let (_running, port) = serve(dir.path());
    let output = depeche(dir.path())
        .args(["serve", "--port", &port.to_string()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--port"), "{said}");
}

#[test]
fn watch_writes_edits_new_seeds_and_deletions_and_comes_to_rest() {
    let dir = site("https://example.org/");
    let mut child = depeche(dir.path()).arg("watch").spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let _running = Running(child);
    let (sender, said) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        lines
            .map_while(Result::ok)
            .for_each(|line| drop(sender.send(line)));
    });

    let public = dir.path().join("public");
    let page = public.join("2026/01/27/talks/index.html");
    let holds = |words: &str| fs::read_to_string(&page).is_ok_and(|html| html.contains(words));
    until("the first build", || holds("First words."));
    let file = dir.path().join("content/briefings/talks.md");
    let good = fs::read_to_string(&file).unwrap();

    // As editors save: a new file takes the old one's place.
    let beside = dir.path().join("content/briefings/.talks.md.swp");
    fs::write(&beside, good.replace("First", "Second")).unwrap();
    fs::rename(&beside, &file).unwrap();
    until("the edit", || holds("Second words."));

    fs::create_dir_all(dir.path().join("seeds")).unwrap();
    fs::write(dir.path().join("seeds/2026-02-03-note.txt"), "RABAT, 2 February 2026 - Morocco and Denmark agreed on Monday to share radar data at sea.\n").unwrap();
    let imported = || {
        fs::read_dir(dir.path().join("content/briefings"))
            .unwrap()
            .count()
            == 2
    };
    until("the import of a seed in a folder that is new", imported);
    until("its page", || public.join("2026/02/02").is_dir());

    fs::remove_file(&file).unwrap();
    until("the page's end", || !page.exists());

    // The import wrote into content/, which is watched: that must not go on for ever.
    std::thread::sleep(Duration::from_millis(600));
    while said.try_recv().is_ok() {}
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(said.try_iter().count(), 0, "a watch without edits is quiet");
}
