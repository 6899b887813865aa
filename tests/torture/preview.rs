//! Lines 30 to 33: the preview server under requests that no browser sends, against the real binary over raw sockets.

#![expect(clippy::disallowed_methods, reason = "tests wait, and look at the clock")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::support::Site;

const PATIENCE: Duration = Duration::from_secs(20);
const SECRET: &str = "root:secret words:0";

/// A preview that ends with the test.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a preview of a site, with more arguments.
fn serve(site: &Site, more: &[&str]) -> Preview {
    let arguments = [&["serve", "--port", "0"], more].concat();
    let mut child = site.command(&arguments).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let greeting = lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("Serving ")).expect("a greeting");
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    let port = greeting.rsplit("127.0.0.1:").next().and_then(|rest| rest.split('/').next()).expect("a port");
    Preview { child, port: port.parse().expect("a number") }
}

impl Preview {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        stream
    }

    /// Sends bytes, then reads to the end. A connection that is cut is an end too.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        let mut reply = Vec::new();
        let mut part = [0; 65536];
        while let Ok(count) = stream.read(&mut part) {
            if count == 0 {
                break;
            }
            reply.extend_from_slice(&part[..count]);
        }
        String::from_utf8_lossy(&reply).into_owned()
    }

    fn get(&self, target: &str) -> String {
        self.raw(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// How long a good request takes.
    fn good(&self) -> Duration {
        let begun = Instant::now();
        let reply = self.get("/page/");
        let time = begun.elapsed();
        assert_eq!(status(&reply), "200", "{reply}");
        assert!(reply.contains("Well."), "{reply}");
        time
    }

    /// The most memory that it has had, in KiB.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("of the process");
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or_default()
}

fn site() -> Site {
    let site = Site::new(&[
        ("site.yaml", "title: Test\ntheme: plain\n"),
        ("content/page.md", "---\ntitle: Page\n---\n\nWell.\n"),
        ("content/.hidden.txt", SECRET),
        ("content/.well/known.txt", SECRET),
        ("secret.txt", SECRET),
        ("themes/plain/secret.html", SECRET),
    ]);
    for name in ["index", "section", "taxonomy_list", "taxonomy_single", "archive", "404"] {
        site.write(&format!("themes/plain/templates/{name}.html"), format!("<html><body>{name}</body></html>"));
    }
    site.write("themes/plain/templates/page.html", "<html><body><h1>{{ page.title }}</h1>{{ page.content }}</body></html>");
    site.write("content/big.bin", vec![b'x'; 8 << 20]);
    site
}

#[test]
fn line_30_no_path_leads_out() {
    let site = site();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        std::fs::create_dir_all(site.path("public")).expect("made");
        for (from, to) in [("secret.txt", "content/link.txt"), ("secret.txt", "public/link.txt"), ("/etc", "content/etc"), ("/etc", "public/etc")] {
            let from = if from.starts_with('/') { from.into() } else { site.path(from) };
            symlink(from, site.path(to)).expect("a link");
        }
    }
    let preview = serve(&site, &[]);
    let root = site.root().display().to_string();
    let mut targets: Vec<String> = Vec::new();
    for up in ["../", "..\\", "%2e%2e/", "%2E%2E%2F", "..%2f", "%2e./", ".%2e/", "%252e%252e/", "%252e%252e%252f", "%25252e%25252e/", "..%5c", "%2e%2e%5c", "..%c0%af", "%c0%ae%c0%ae/", "..;/", "....//", "..%00/", "%u002e%u002e/", "．．/", "..%ef%bc%8f", "/../", "//", "\\", "./", "/./"] {
        for depth in [1, 2, 8] {
            for (base, file) in [("/", "secret.txt"), ("/page/", "secret.txt"), ("/assets/", "site.yaml"), ("/_depeche/", "secret.txt"), ("/", "etc/passwd")] {
                targets.push(format!("{base}{}{file}", up.repeat(depth)));
            }
        }
    }
    for ending in ["secret.txt", "secret.txt?raw", "secret.txt?raw??", "secret.txt?import&raw", "secret.txt?url", "secret.txt%00", "secret.txt%00.html", "%00", "secret.txt\\", "secret.txt#x", "secret.txt;.html", "secret.txt/", "secret.txt/.", "site.yaml", "themes/plain/secret.html", "seeds/", "content/page.md", ".git/config", ".env", ".hidden.txt", ".well/known.txt", "%2ehidden.txt", "link.txt", "etc/passwd", "etc/hostname", "public/link.txt", "C:/secret.txt", "C:%5csecret.txt", "~/secret.txt", "proc/self/environ", "_depeche", "_depeche/", "_depeche/../secret.txt", "_depeche/live.js/../../secret.txt", "@fs/etc/passwd", "@fs%2fetc%2fpasswd?raw"] {
        targets.push(format!("/{ending}"));
        targets.push(format!("//{ending}"));
        targets.push(format!("/.//{ending}"));
        targets.push(format!("\\{ending}"));
    }
    targets.push(format!("/@fs{root}/secret.txt"));
    targets.push(format!("/{root}/secret.txt"));
    targets.push(format!("file://{root}/secret.txt"));
    targets.push("http://localhost/../secret.txt".to_owned());
    targets.push("http://localhost//secret.txt".to_owned());
    targets.push("http://evil.example/".to_owned());
    targets.push("*".to_owned());
    targets.push("secret.txt".to_owned());
    for target in &targets {
        for head in [format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), format!("GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n")] {
            let reply = preview.raw(head.as_bytes());
            // What is no request at all may end without a reply.
            let fine = matches!(status(&reply), "404" | "400" | "403" | "414" | "");
            assert!(fine, "{target}: {reply}");
            for word in ["secret words", "root:x:", "theme: plain"] {
                assert!(!reply.contains(word), "{target}: {reply}");
            }
        }
    }
    for path in ["/%00", "/page%00/", "/.git/config", "/..%2fsecret.txt", "/link.txt", "/secret.txt?raw"] {
        assert_eq!(status(&preview.get(path)), "404", "{path}");
    }
    // Bytes that are no text.
    for bytes in [&b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n"[..], b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", b"\0\0\0\0"] {
        let reply = preview.raw(bytes);
        assert!(matches!(status(&reply), "400" | "404" | ""), "{reply}");
    }
    println!("{} targets, twice", targets.len());
    preview.good();
}

#[test]
fn line_31_only_under_this_machines_name() {
    let site = site();
    let preview = serve(&site, &[]);
    let with = |headers: &str| preview.raw(format!("GET /page/ HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes());
    for headers in ["Host: evil.example\r\n", "Host: evil.example:80\r\n", "Host: 10.0.0.1\r\n", "Host: 192.168.1.1:4000\r\n", "Host: localhost.evil.example\r\n", "Host: evil.localhost.example\r\n", "Host: 127.0.0.1.nip.io\r\n", "Host: localhost@evil.example\r\n", "Host: evil.example#localhost\r\n", "Host: localhost:80:80\r\n", "Host: [::ffff:10.0.0.1]\r\n", "Host: 0.0.0.0\r\n", "Host: 2130706433\r\n", "Host: \r\n", "", "Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: localhost\r\n", "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n"] {
        let reply = with(headers);
        assert!(matches!(status(&reply), "403" | "400"), "{headers}: {reply}");
        assert!(!reply.contains("Well."), "{headers}");
    }
    for headers in ["Host: localhost\r\n", "Host: 127.0.0.1\r\n", "Host: [::1]\r\n", "Host: LOCALHOST:1\r\n", "Host: localhost\r\nOrigin: http://evil.example\r\n", "Host: localhost\r\nOrigin: null\r\n"] {
        let reply = with(headers).to_lowercase();
        assert_eq!(status(&reply), "200", "{headers}");
        assert!(!reply.contains("access-control-"), "{reply}");
        assert!(reply.contains("nosniff") && reply.contains("content-security-policy: default-src 'self'"), "{reply}");
    }
    let preflight = preview.raw(b"OPTIONS /page/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&preflight), "405");
    assert!(!preflight.to_lowercase().contains("access-control-"));
    // Loopback by default: nobody else reaches the port.
    #[cfg(target_os = "linux")]
    {
        let sockets = std::fs::read_to_string("/proc/net/tcp").expect("the sockets");
        let port = format!(":{:04X}", preview.port);
        let listening: Vec<&str> = sockets.lines().filter_map(|line| line.split_whitespace().nth(1)).filter(|local| local.ends_with(&port)).collect();
        assert!(listening.iter().all(|local| local.starts_with("0100007F")) && !listening.is_empty(), "{listening:?}");
    }
}

#[test]
fn line_32_the_channel_is_for_its_own_pages_and_says_no_path() {
    let site = site();
    let preview = serve(&site, &[]);
    let port = preview.port;
    let ask = |headers: &str| preview.raw(format!("GET /_depeche/events HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n").as_bytes());
    for headers in [
        "".to_owned(),
        "Origin: null\r\n".to_owned(),
        "Origin: http://evil.example\r\n".to_owned(),
        format!("Origin: http://127.0.0.1:{port}\r\n"),
        format!("Origin: http://10.0.0.1:{port}\r\n"),
        "Origin: http://localhost\r\n".to_owned(),
        format!("Origin: https://localhost:{port}\r\n"),
        format!("Origin: http://localhost:{port}.evil.example\r\n"),
        format!("Origin: http://localhost:{port}\r\nSec-Fetch-Site: cross-site\r\n"),
        format!("Origin: http://localhost:{port}\r\nSec-Fetch-Site: same-site\r\n"),
        "Sec-Fetch-Site: none\r\n".to_owned(),
        "Referer: http://localhost/\r\n".to_owned(),
        "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n".to_owned(),
    ] {
        assert_eq!(status(&ask(&headers)), "403", "{headers}");
    }
    let mut stream = preview.connect();
    write!(stream, "GET /_depeche/events HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\r\n").expect("sent");
    site.write("content/page.md", "---\ntitle: Page\n---\n\nWell, again.\n");
    let mut messages = Vec::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok).skip_while(|line| !line.is_empty()) {
        messages.push(line);
        if messages.iter().filter(|line| line.starts_with("data: ")).count() == 2 {
            break;
        }
    }
    let said = messages.join("\n");
    assert!(!said.contains("page") && !said.contains('/') && !said.contains("Well"), "{said}");
    for line in messages.iter().filter_map(|line| line.strip_prefix("data: ")) {
        assert!(line.bytes().all(|b| b.is_ascii_digit()), "{line}");
    }
}

#[test]
fn line_33_odd_requests_end_within_their_limits() {
    let site = site();
    let preview = serve(&site, &[]);
    let host = "Host: localhost\r\nConnection: close\r\n";
    for (what, request, replies) in [
        ("a long address", format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(9000)), "414"),
        ("a long query", format!("GET /page/?{} HTTP/1.1\r\n{host}\r\n", "a".repeat(9000)), "414"),
        ("a longer address", format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(1 << 20)), "414 431 400"),
        ("a huge header", format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(1 << 20)), "431 400"),
        ("many headers", format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: a\r\n".repeat(10_000)), "431 400"),
        ("a header without end", format!("GET / HTTP/1.1\r\n{host}{}", "X".repeat(1 << 22)), "431 400"),
        ("a folded header", format!("GET /page/ HTTP/1.1\r\n{host}X: a\r\n b\r\n\r\n"), "400"),
        ("a bare line feed", format!("GET /page/ HTTP/1.1\r\n{host}X: a\nHost: evil.example\r\n\r\n"), "400 403"),
        ("a body", format!("GET /page/ HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello"), "200"),
        ("a huge body", format!("GET /page/ HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\nhello"), "200 400 413"),
        ("a body of two lengths", format!("POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400 405"),
        ("two lengths", format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"), "400"),
        ("a broken chunk", format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nZZZ\r\n"), "400 405"),
        ("HTTP/1.0", "GET /page/ HTTP/1.0\r\nHost: localhost\r\n\r\n".to_owned(), "200"),
        ("HTTP/1.0 without a host", "GET /page/ HTTP/1.0\r\n\r\n".to_owned(), "403"),
        ("HTTP/0.9", "GET /page/\r\n".to_owned(), "400"),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), "400 405 505"),
        ("HTTP/9.9", format!("GET / HTTP/9.9\r\n{host}\r\n"), "400 505"),
        ("CONNECT", format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n"), "405 403 400"),
        ("TRACE", format!("TRACE / HTTP/1.1\r\n{host}\r\n"), "405"),
        ("PUT", format!("PUT /page/ HTTP/1.1\r\n{host}Content-Length: 1\r\n\r\nx"), "405"),
        ("a made-up method", format!("GETTT /page/ HTTP/1.1\r\n{host}\r\n"), "405 400"),
        ("an upgrade", format!("GET /page/ HTTP/1.1\r\n{host}Upgrade: h2c\r\n\r\n"), "200"),
    ] {
        let begun = Instant::now();
        let reply = preview.raw(request.as_bytes());
        let found = status(&reply);
        assert!(found.is_empty() || replies.contains(found), "{what}: {}", reply.chars().take(300).collect::<String>());
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}: {:?}", begun.elapsed());
        assert!(!reply.contains("hello"), "{what}");
    }
    // A row of requests in one piece: each has its reply, in order.
    let row = "GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200) + "GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let replies = preview.raw(row.as_bytes());
    assert_eq!(replies.matches("HTTP/1.1 200").count(), 200);
    assert!(replies.rfind("HTTP/1.1 404") > replies.rfind("HTTP/1.1 200"));
    preview.good();
}

/// As many connections as wanted, or as the system gives.
fn crowd(preview: &Preview, wanted: usize, bytes: &[u8]) -> Vec<TcpStream> {
    let mut crowd = Vec::new();
    while crowd.len() < wanted {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", preview.port)) else {
            break;
        };
        let _ = stream.write_all(bytes);
        crowd.push(stream);
    }
    crowd
}

#[test]
fn line_33_slow_clients_hold_up_nobody() {
    let site = site();
    let preview = serve(&site, &[]);
    preview.good();
    let own = format!("Host: localhost:{p}\r\nOrigin: http://localhost:{p}\r\n", p = preview.port);
    let listening = format!("GET /_depeche/events HTTP/1.1\r\n{own}\r\n");
    for (what, bytes) in [
        ("silent", &b""[..]),
        ("slow heads", b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nX: "),
        ("slow bodies", b"POST /page/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nx"),
        ("slow bodies of GET", b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nx"),
        ("readers of nothing", b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\nGET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("idle", b"GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("listeners", listening.as_bytes()),
    ] {
        let mut crowd = crowd(&preview, 600, bytes);
        assert_eq!(crowd.len(), 600, "{what}");
        let mut slowest = Duration::ZERO;
        for round in 0..5 {
            // They go on, a byte at a time.
            for stream in crowd.iter_mut().skip(round).step_by(7) {
                let _ = stream.write_all(b"a");
            }
            slowest = slowest.max(preview.good());
        }
        assert!(slowest < Duration::from_secs(1), "{what}: {slowest:?}");
        println!("600 {what}: a good request takes {slowest:?} at most, memory {} KiB", memory(&preview));
    }
    assert!(memory(&preview) < 400 * 1024, "{} KiB", memory(&preview));
}

#[cfg(target_os = "linux")]
fn memory(preview: &Preview) -> u64 {
    preview.memory()
}

#[cfg(not(target_os = "linux"))]
fn memory(_: &Preview) -> u64 {
    0
}

#[test]
fn line_33_ten_thousand_connections() {
    let site = site();
    let preview = serve(&site, &[]);
    let before = preview.good();
    let crowd = crowd(&preview, 10_000, b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nX: ");
    if crowd.len() < 10_000 {
        println!("only {} connections: the system gives no more (ulimit -n)", crowd.len());
    }
    assert!(crowd.len() > 500, "{}", crowd.len());
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        slowest = slowest.max(preview.good());
    }
    println!("{} connections: a good request takes {slowest:?} at most, {before:?} before; memory {} KiB", crowd.len(), memory(&preview));
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    assert!(memory(&preview) < 300 * 1024, "{} KiB", memory(&preview));
    #[cfg(target_os = "linux")]
    {
        let open = std::fs::read_dir(format!("/proc/{}/fd", preview.child.id())).expect("of the process").count();
        assert!(open < 400, "{open} descriptors");
    }
    drop(crowd);
    preview.good();
}

#[test]
fn line_33_a_silent_client_is_cut_off_in_time() {
    let site = site();
    let preview = serve(&site, &[]);
    for bytes in [&b""[..], b"GET / HTTP/1.1\r\nHost: loc", b"GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n"] {
        let mut stream = preview.connect();
        stream.write_all(bytes).expect("sent");
        let begun = Instant::now();
        let mut rest = Vec::new();
        let end = stream.read_to_end(&mut rest);
        assert!(end.is_ok() && begun.elapsed() < PATIENCE, "{bytes:?}: {end:?} after {:?}", begun.elapsed());
    }
}

#[cfg(unix)]
#[test]
fn line_33_faults_are_told_escaped_over_the_old_page() {
    let hostile = "<img src=x onerror=alert(1)>";
    let site = site();
    let preview = serve(&site, &[]);
    preview.good();
    site.write("content/page.md", "---\ntitle: Page\ndate: \"</script><svg onload=alert(1)>\"\n---\n\nBroken.\n");
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
    assert!(errors.contains("content-type: application/json") && errors.contains("nosniff"), "{errors}");
    let said: serde_json::Value = serde_json::from_str(errors.split_once("\r\n\r\n").expect("a body").1).expect("JSON");
    assert!(said["errors"].as_array().expect("a list").iter().any(|e| e["file"] == format!("content/{hostile}.md")));
    let page = preview.get("/page/");
    assert!(page.contains("Well.") && !page.contains("onload") && !page.contains("onerror"), "the old page, and nothing of the message: {page}");
    // What shows the list makes texts of it.
    let script = preview.get("/_depeche/live.js");
    for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
        assert!(!script.contains(way), "{way}");
    }
    assert!(script.contains("textContent"));
    drop(preview);
    // Where there never was a good page, the list is a page of its own.
    site.write("site.yaml", "title: Test\n\"<img src=x onerror=alert(1)>\": 1\n");
    let preview = serve(&site, &[]);
    let page = preview.get("/page/");
    assert_eq!(status(&page), "500");
    assert!(page.contains("&lt;img src=x") && !page.contains("<img"), "{page}");
}
