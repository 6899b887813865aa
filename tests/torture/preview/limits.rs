//! Line 33: odd requests, and faults of the site while it is served.

use std::{
    io::{Read, Write},
    time::{Duration, Instant},
};

use super::{PATIENCE, serve, site, status};

#[test]
fn line_33_odd_requests_end_within_their_limits() {
    let site = site();
    let preview = serve(&site, &[]);
    let host = "Host: localhost\r\nConnection: close\r\n";
    for (what, request, replies) in [
        (
            "a long address",
            format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(9000)),
            "414",
        ),
        (
            "a long query",
            format!("GET /page/?{} HTTP/1.1\r\n{host}\r\n", "a".repeat(9000)),
            "414",
        ),
        (
            "a longer address",
            format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(1 << 20)),
            "414 431 400",
        ),
        (
            "a huge header",
            format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(1 << 20)),
            "431 400",
        ),
        (
            "many headers",
            format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: a\r\n".repeat(10_000)),
            "431 400",
        ),
        (
            "a header without end",
            format!("GET / HTTP/1.1\r\n{host}{}", "X".repeat(1 << 22)),
            "431 400",
        ),
        (
            "a folded header",
            format!("GET /page/ HTTP/1.1\r\n{host}X: a\r\n b\r\n\r\n"),
            "400",
        ),
        (
            "a bare line feed",
            format!("GET /page/ HTTP/1.1\r\n{host}X: a\nHost: evil.example\r\n\r\n"),
            "400 403",
        ),
        (
            "a body",
            format!("GET /page/ HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello"),
            "200",
        ),
        (
            "a huge body",
            format!("GET /page/ HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\nhello"),
            "200 400 413",
        ),
        (
            "a body of two lengths",
            format!(
                "POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
            "400 405",
        ),
        (
            "two lengths",
            format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
            "400",
        ),
        (
            "a broken chunk",
            format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nZZZ\r\n"),
            "400 405",
        ),
        (
            "HTTP/1.0",
            "GET /page/ HTTP/1.0\r\nHost: localhost\r\n\r\n".to_owned(),
            "200",
        ),
        (
            "HTTP/1.0 without a host",
            "GET /page/ HTTP/1.0\r\n\r\n".to_owned(),
            "403",
        ),
        ("HTTP/0.9", "GET /page/\r\n".to_owned(), "400"),
        (
            "HTTP/2",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
            "400 405 505",
        ),
        (
            "HTTP/9.9",
            format!("GET / HTTP/9.9\r\n{host}\r\n"),
            "400 505",
        ),
        (
            "CONNECT",
            format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n"),
            "405 403 400",
        ),
        ("TRACE", format!("TRACE / HTTP/1.1\r\n{host}\r\n"), "405"),
        (
            "PUT",
            format!("PUT /page/ HTTP/1.1\r\n{host}Content-Length: 1\r\n\r\nx"),
            "405",
        ),
        (
            "a made-up method",
            format!("GETTT /page/ HTTP/1.1\r\n{host}\r\n"),
            "405 400",
        ),
        (
            "an upgrade",
            format!("GET /page/ HTTP/1.1\r\n{host}Upgrade: h2c\r\n\r\n"),
            "200",
        ),
    ] {
        let begun = Instant::now();
        let reply = preview.raw(request.as_bytes());
        let found = status(&reply);
        assert!(
            found.is_empty() || replies.contains(found),
            "{what}: {}",
            reply.chars().take(300).collect::<String>()
        );
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{what}: {:?}",
            begun.elapsed()
        );
        assert!(!reply.contains("hello"), "{what}");
    }
    // A row of requests in one piece: each has its reply, in order.
    let row = "GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200)
        + "GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let replies = preview.raw(row.as_bytes());
    assert_eq!(replies.matches("HTTP/1.1 200").count(), 200);
    assert!(replies.rfind("HTTP/1.1 404") > replies.rfind("HTTP/1.1 200"));
    preview.good();
}

#[test]
fn line_33_a_silent_client_is_cut_off_in_time() {
    let site = site();
    let preview = serve(&site, &[]);
    for bytes in [
        &b""[..],
        b"GET / HTTP/1.1\r\nHost: loc",
        b"GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let mut stream = preview.connect();
        stream.write_all(bytes).expect("sent");
        let begun = Instant::now();
        let mut rest = Vec::new();
        let end = stream.read_to_end(&mut rest);
        assert!(
            end.is_ok() && begun.elapsed() < PATIENCE,
            "{bytes:?}: {end:?} after {:?}",
            begun.elapsed()
        );
    }
}

#[cfg(unix)]
#[test]
fn line_33_faults_are_told_escaped_over_the_old_page() {
    let hostile = "<img src=x onerror=alert(1)>";
    let site = site();
    let preview = serve(&site, &[]);
    preview.good();
    site.write(
        "content/page.md",
        "---\ntitle: Page\ndate: \"</script><svg onload=alert(1)>\"\n---\n\nBroken.\n",
    );
    site.write(&format!("content/{hostile}.md"), "---\ndate: soon\n---\n");
    let begun = Instant::now();
    let errors = loop {
        let reply = preview.get("/_depeche/errors?path=/page/");
        if reply.contains("svg onload") && reply.contains("img src") {
            break reply;
        }
        assert!(begun.elapsed() < PATIENCE, "{reply}");
        std::thread::sleep(Duration::from_millis(50));
    };
    // Data, and told as data: nothing that a browser would show as a page.
    assert!(
        errors.contains("content-type: application/json") && errors.contains("nosniff"),
        "{errors}"
    );
    let said: serde_json::Value =
        serde_json::from_str(errors.split_once("\r\n\r\n").expect("a body").1).expect("JSON");
    assert!(
        said["errors"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|e| e["file"] == format!("content/{hostile}.md"))
    );
    let page = preview.get("/page/");
    assert!(
        page.contains("Well.") && !page.contains("onload") && !page.contains("onerror"),
        "the old page, and nothing of the message: {page}"
    );
    // What shows the list makes texts of it.
    let script = preview.get("/_depeche/live.js");
    for way in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ] {
        assert!(!script.contains(way), "{way}");
    }
    assert!(script.contains("textContent"));
    drop(preview);
    // Where there never was a good page, the list is a page of its own.
    site.write(
        "site.yaml",
        "title: Test\n\"<img src=x onerror=alert(1)>\": 1\n",
    );
    let preview = serve(&site, &[]);
    let page = preview.get("/page/");
    assert_eq!(status(&page), "500");
    assert!(
        page.contains("&lt;img src=x") && !page.contains("<img"),
        "{page}"
    );
}
