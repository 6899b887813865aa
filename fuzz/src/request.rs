//! The path and query of a request, put to a real preview over a socket. Whatever is asked, the reply is a whole one of a few kinds; a page is
//! one of the site's; a redirect stays on the host; nothing of a file that is no part of the site is told.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::{Arc, OnceLock},
    thread,
    time::{Duration, Instant},
};

use depeche::{
    edge::{
        serve::{Preview, Server},
        workshop::Turn,
    },
    pipeline::{self, BuildOptions, Memo, Sources},
};
use percent_encoding::percent_decode;

/// Where the site lies on its host.
const BASE: &str = "/briefings";

/// What the files beside the site have, and no page.
const SECRETS: [&[u8]; 2] = [b"[package]", b"root:x:0"];

/// Longer than a busy machine stands still.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running preview, and the addresses of its site from its root.
#[derive(Clone, Debug)]
struct Running {
    at: SocketAddr,
    routes: Arc<BTreeSet<String>>,
}

thread_local! {
    /// The connection that the last reply left open.
    static OPEN: RefCell<Option<TcpStream>> = const { RefCell::new(None) };
}

/// Asks for a path. Bytes with which a request would end are left to the tests of `tests/torture/preview.rs`.
pub fn request(bytes: &[u8]) {
    if bytes.is_empty() || bytes.len() > 4096 || bytes.iter().any(|b| *b <= b' ') {
        return;
    }
    let running = running();
    let (head, body) = answered(running, bytes);
    let status = head.get(9..12).unwrap_or_default();
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    assert!(
        matches!(status, "200" | "301" | "400" | "403" | "404" | "414"),
        "{head}"
    );
    for secret in SECRETS {
        assert!(
            !body.windows(secret.len()).any(|w| w == secret),
            "a file that is no part of the site: {head}"
        );
    }
    if !matches!(status, "400" | "414") {
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{head}");
        assert!(
            header("content-security-policy").is_some_and(|p| p.starts_with("default-src 'self'")),
            "{head}"
        );
    }
    if status == "301" {
        let to = header("location").unwrap_or_default();
        assert!(
            to.starts_with(&format!("{BASE}/"))
                && to.is_ascii()
                && !to.contains(['\\', ' '])
                && !to.contains("//"),
            "{head}"
        );
    }
    // An address may be asked for in full: what it says of the host was judged then.
    if status == "200" && bytes.starts_with(b"/") && !bytes.starts_with(b"/_depeche/") {
        let path = bytes
            .split(|b| matches!(b, b'?' | b'#'))
            .next()
            .unwrap_or_default();
        let path = percent_decode(path).decode_utf8_lossy().into_owned();
        let inside = path.strip_prefix(BASE).unwrap_or_default();
        assert!(
            running.routes.contains(inside),
            "{path:?} is no address of the site"
        );
    }
}

/// Head and body of the reply.
fn answered(running: &Running, target: &[u8]) -> (String, Vec<u8>) {
    let request = [b"GET ", target, b" HTTP/1.1\r\nHost: localhost\r\n\r\n"].concat();
    let kept = OPEN.take();
    if let Some(reply) = kept.and_then(|stream| exchange(stream, &request)) {
        return reply;
    }
    let reply = connected(running.at).and_then(|stream| exchange(stream, &request));
    assert!(reply.is_some(), "no whole reply");
    reply.unwrap_or_default()
}

/// A new connection. Each that is closed keeps its port for a minute, and a machine has some 28,000: where none is free, one soon is.
fn connected(at: SocketAddr) -> Option<TcpStream> {
    let begun = Instant::now();
    loop {
        match TcpStream::connect(at) {
            Err(error)
                if error.kind() == ErrorKind::AddrNotAvailable
                    && begun.elapsed() < 2 * PATIENCE =>
            {
                thread::sleep(Duration::from_secs(1));
            }
            result => return result.ok(),
        }
    }
}

fn exchange(mut stream: TcpStream, request: &[u8]) -> Option<(String, Vec<u8>)> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_nodelay(true).ok()?;
    stream.write_all(request).ok()?;
    let mut got = Vec::new();
    let mut part = [0; 16 * 1024];
    let end = loop {
        if let Some(at) = got.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        got.extend_from_slice(some(&mut stream, &mut part)?);
    };
    let mut body = got.split_off(end + 4);
    let head = String::from_utf8(got).ok()?;
    let small = head.to_ascii_lowercase();
    let length = small
        .split("content-length: ")
        .nth(1)?
        .lines()
        .next()?
        .parse()
        .ok()?;
    while body.len() < length {
        body.extend_from_slice(some(&mut stream, &mut part)?);
    }
    if !small.contains("connection: close") && !small.starts_with("http/1.1 4") {
        OPEN.set(Some(stream));
    }
    Some((head, body))
}

/// What has come, at least a byte of it. The fuzzer's clock interrupts a read that has a limit of time.
fn some<'p>(stream: &mut TcpStream, part: &'p mut [u8]) -> Option<&'p [u8]> {
    loop {
        match stream.read(part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            got => return part.get(..got.ok()?).filter(|got| !got.is_empty()),
        }
    }
}

/// The preview, started at the first call. Its folder is that of this very package, so that a path that led to a file would find some.
fn running() -> &'static Running {
    static RUNNING: OnceLock<Running> = OnceLock::new();
    RUNNING.get_or_init(|| {
        let (renderer, said) =
            pipeline::build(&sources(), &BuildOptions::default(), &mut Memo::default());
        let site = renderer.as_ref().map(depeche::render::Renderer::site);
        let routes = site.map(|site| {
            let found = site.search_routes();
            site.routes
                .keys()
                .chain(found.keys())
                .cloned()
                .collect::<BTreeSet<String>>()
        });
        assert!(renderer.is_some(), "{said:?}");
        let preview = Arc::new(Preview::new(Path::new(env!("CARGO_MANIFEST_DIR"))));
        preview.show(&mut Turn {
            renderer,
            diagnostics: Vec::new(),
            imported: Vec::new(),
            changed: Vec::new(),
        });
        let (told, address) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let runtime = runtime.expect("a runtime");
            runtime.block_on(async {
                let server = Server::bind("127.0.0.1", 0, preview).await.expect("a port");
                told.send(server.address().expect("an address"))
                    .expect("somebody waits");
                server.run().await;
            });
        });
        Running {
            at: address.recv().expect("a server"),
            routes: Arc::new(routes.unwrap_or_default()),
        }
    })
}

/// A small site in two languages, with a theme of its own.
fn sources() -> Sources {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec().into());
    let templates = [
        "index",
        "section",
        "taxonomy_list",
        "taxonomy_single",
        "archive",
        "404",
        "page",
    ];
    Sources {
        config: Some((
            "site.yaml".to_owned(),
            (&b"title: T\ntheme: plain\nbase_url: https://example.org/briefings/\nlanguages: [en, fr]\n"[..]).into(),
        )),
        content: [
            file("briefings/talks.md", "---\ntitle: Talks\ndate: 2026-01-27\ncountries: [MA]\ntopics: [water]\n---\n\nFirst words.\n"),
            file("briefings/ete.md", "---\ntitle: Été\nslug: été\nlang: fr\ndate: 2026-01-28\n---\n\nMots.\n"),
            file("about/_index.md", "---\ntitle: About\n---\n"),
            file("about/a note.txt", "words\n"),
        ]
        .into(),
        themes: templates
            .map(|name| file(&format!("plain/templates/{name}.html"), "<html><body>{{ current_path }}</body></html>"))
            .into(),
        ..Sources::default()
    }
}
