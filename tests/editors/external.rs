//! `check --external`: what is asked of other sites, and what is remembered.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{check::found, support::Site};

/// What was asked, and when.
type Log = Arc<Mutex<Vec<(String, Instant)>>>;

/// A server on this machine: what was asked of it, and the address.
fn server() -> (Log, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Log::default();
    let log = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            let Some(Ok(first)) = lines.next() else {
                continue;
            };
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let request = first.rsplit_once(' ').expect("a request").0.to_owned();
            let before = {
                let mut log = log.lock().expect("the log");
                log.push((request.clone(), Instant::now()));
                log.iter().filter(|(one, _)| *one == request).count()
            };
            if request.ends_with(" /cut") {
                continue;
            }
            let status = match request.as_str() {
                "HEAD /no-head" => "405 Method Not Allowed",
                "GET /gone" | "HEAD /gone" => "404 Not Found",
                "HEAD /busy" if before == 1 => "429 Too Many Requests\r\nRetry-After: 0",
                "HEAD /moved" => "301 Moved Permanently\r\nLocation: /well",
                "HEAD /around" => "302 Found\r\nLocation: around",
                "HEAD /ill" | "GET /ill" => "500 Internal Server Error",
                _ => "200 OK",
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
    });
    (asked, address)
}

#[test]
fn other_sites_are_asked_once_and_politely() {
    let (asked, address) = server();
    // A port that begins as the server's does is another host's.
    let own = &address[..address.len() - 1];
    let site = Site::new(&[
        (
            "site.yaml",
            &format!("base_url: {own}/\nsearch: false\nmap: false\noutputs: []\n"),
        ),
        (
            "content/a.md",
            &format!(
                "---\ntitle: A\n---\n\n[a]({address}/well) [b]({address}/gone)\n[c]({address}/no-head) [d]({address}/busy)\n[e]({address}/ill) [again]({address}/gone#x)\n[f]({address}/moved) [g]({address}/cut) [h]({address}/around)\n[own]({own}/a/)\n"
            ),
        ),
    ]);
    let refused = site.run(&["check", "--external", "--format", "json"]);
    assert_eq!(refused.status, 0, "{}", refused.err);
    assert!(
        found(&refused)
            .iter()
            .all(|one| one["rule"] == "external-unsure"),
        "{}",
        refused.out
    );
    assert_eq!(found(&refused).len(), 8);
    assert!(asked.lock().expect("the log").is_empty());
    let arguments = ["check", "--external", "--allow-private", "--format", "json"];
    let ran = site.run(&arguments);
    let all = found(&ran);
    assert_eq!(ran.status, 1, "{}", ran.out);
    let of = |rule: &str| {
        all.iter()
            .filter(|one| one["rule"] == rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(of("external-broken").len(), 1, "{all:#?}");
    assert_eq!(of("external-broken")[0]["line"], 5);
    assert_eq!(of("external-unsure").len(), 3, "{all:#?}");
    for message in [
        "/ill answers 500",
        "/cut does not answer: ",
        "/around does not answer: more than 8 redirects",
    ] {
        let said = |one: &&Value| one["message"].as_str().is_some_and(|m| m.contains(message));
        assert!(of("external-unsure").iter().any(said), "{all:#?}");
    }
    let requests = asked.lock().expect("the log").clone();
    let count = |request: &str| requests.iter().filter(|(one, _)| one == request).count();
    assert_eq!(count("GET /cut"), 0);
    for pair in requests.windows(2) {
        let [(before, then), (after, now)] = pair else {
            continue;
        };
        let pause = now.duration_since(*then).as_millis();
        // A redirect is one request.
        let redirected = before.ends_with(" /moved") || after.ends_with(" /around");
        assert!(pause >= 240 || redirected, "{before} {after}: {pause} ms");
    }
    // Once more where /moved leads.
    assert_eq!(count("HEAD /well"), 2);
    assert_eq!(count("GET /well"), 0);
    assert_eq!(count("GET /no-head"), 1);
    assert_eq!(count("HEAD /busy"), 2);
    // What is remembered is not asked again.
    let again = site.run(&arguments);
    assert_eq!(again.out, ran.out);
    assert_eq!(asked.lock().expect("the log").len(), requests.len());
    // What was allowed then is not known to a run that does not allow it, and nothing is asked.
    let refused_again = site.run(&["check", "--external", "--format", "json"]);
    assert_eq!(refused_again.out, refused.out);
    assert_eq!(asked.lock().expect("the log").len(), requests.len());
}

#[test]
fn a_host_that_does_not_answer_is_asked_once() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", closed.local_addr().expect("an address"));
    drop(closed);
    let links: Vec<String> = (0..30).map(|n| format!("[{n}]({address}/{n})")).collect();
    let text = format!("---\ntitle: A\n---\n\n{}\n", links.join("\n"));
    let site = Site::new(&[("content/a.md", &text)]);
    let begun = Instant::now();
    let arguments = ["check", "--external", "--allow-private", "--format", "json"];
    let all = found(&site.run(&arguments));
    let unsure = all.iter().filter(|one| one["rule"] == "external-unsure");
    assert_eq!(unsure.count(), 30, "{all:#?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}
