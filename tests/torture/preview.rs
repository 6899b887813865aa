//! Lines 30 to 33: the preview server under requests that no browser sends, against the real binary over raw sockets.

#![expect(
    clippy::disallowed_methods,
    reason = "tests wait, and look at the clock"
)]

mod crowds;
mod limits;
mod paths;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::support::{Running, Site, serving};

const PATIENCE: Duration = Duration::from_secs(20);
const SECRET: &str = "root:secret words:0";

/// A preview that ends with the test.
struct Preview {
    program: Running,
    port: u16,
}

/// Starts a preview of a site, with more arguments.
fn serve(site: &Site, more: &[&str]) -> Preview {
    let arguments = [&["serve", "--port", "0"], more].concat();
    let (program, port) = serving(&mut site.command(&arguments));
    Preview { program, port }
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
        let mut part = [0; 8192];
        while let Ok(count) = stream.read(&mut part) {
            if count == 0 {
                break;
            }
            reply.extend_from_slice(&part[..count]);
        }
        String::from_utf8_lossy(&reply).into_owned()
    }

    fn get(&self, target: &str) -> String {
        self.raw(
            format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .as_bytes(),
        )
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
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.program.0.id()))
            .expect("of the process");
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .expect("VmHWM");
        line.trim()
            .trim_end_matches(" kB")
            .parse()
            .expect("a number")
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
    for name in [
        "index",
        "section",
        "taxonomy_list",
        "taxonomy_single",
        "archive",
        "404",
    ] {
        site.write(
            &format!("themes/plain/templates/{name}.html"),
            format!("<html><body>{name}</body></html>"),
        );
    }
    site.write(
        "themes/plain/templates/page.html",
        "<html><body><h1>{{ page.title }}</h1>{{ page.content }}</body></html>",
    );
    site.write("content/big.bin", vec![b'x'; 8 << 20]);
    site
}

#[test]
fn line_31_only_under_this_machines_name() {
    let site = site();
    let preview = serve(&site, &[]);
    let with = |headers: &str| {
        preview.raw(format!("GET /page/ HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    };
    for headers in [
        "Host: evil.example\r\n",
        "Host: evil.example:80\r\n",
        "Host: 10.0.0.1\r\n",
        "Host: 192.168.1.1:4000\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: evil.localhost.example\r\n",
        "Host: 127.0.0.1.nip.io\r\n",
        "Host: localhost@evil.example\r\n",
        "Host: evil.example#localhost\r\n",
        "Host: localhost:80:80\r\n",
        "Host: [::ffff:10.0.0.1]\r\n",
        "Host: 0.0.0.0\r\n",
        "Host: 2130706433\r\n",
        "Host: \r\n",
        "",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: evil.example\r\nHost: localhost\r\n",
        "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n",
    ] {
        let reply = with(headers);
        assert!(
            matches!(status(&reply), "403" | "400"),
            "{headers}: {reply}"
        );
        assert!(!reply.contains("Well."), "{headers}");
    }
    for headers in [
        "Host: localhost\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: [::1]\r\n",
        "Host: LOCALHOST:1\r\n",
        "Host: localhost\r\nOrigin: http://evil.example\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
    ] {
        let reply = with(headers).to_lowercase();
        assert_eq!(status(&reply), "200", "{headers}");
        assert!(!reply.contains("access-control-"), "{reply}");
        assert!(
            reply.contains("nosniff")
                && reply.contains("content-security-policy: default-src 'self'"),
            "{reply}"
        );
    }
    let preflight = preview.raw(b"OPTIONS /page/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&preflight), "405");
    assert!(!preflight.to_lowercase().contains("access-control-"));
    // Loopback by default: nobody else reaches the port.
    #[cfg(target_os = "linux")]
    {
        let sockets = std::fs::read_to_string("/proc/net/tcp").expect("the sockets");
        let port = format!(":{:04X}", preview.port);
        let listening: Vec<&str> = sockets
            .lines()
            .filter_map(|line| line.split_whitespace().nth(1))
            .filter(|local| local.ends_with(&port))
            .collect();
        assert!(
            listening.iter().all(|local| local.starts_with("0100007F")) && !listening.is_empty(),
            "{listening:?}"
        );
    }
}

#[test]
fn line_32_the_channel_is_for_its_own_pages_and_says_no_path() {
    let site = site();
    let preview = serve(&site, &[]);
    let port = preview.port;
    let ask = |headers: &str| {
        preview.raw(format!("GET /_depeche/events HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n").as_bytes())
    };
    for headers in [
        String::new(),
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
    for line in BufReader::new(stream)
        .lines()
        .map_while(Result::ok)
        .skip_while(|line| !line.is_empty())
    {
        messages.push(line);
        if messages
            .iter()
            .filter(|line| line.starts_with("data: "))
            .count()
            == 2
        {
            break;
        }
    }
    let said = messages.join("\n");
    assert!(
        !said.contains("page") && !said.contains('/') && !said.contains("Well"),
        "{said}"
    );
    for line in messages
        .iter()
        .filter_map(|line| line.strip_prefix("data: "))
    {
        assert!(line.bytes().all(|b| b.is_ascii_digit()), "{line}");
    }
}
