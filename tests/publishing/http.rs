//! One request to a server on this machine, as bytes; and a server that ends with the test.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use crate::support::Running;

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The values of a header, as one.
    pub(crate) fn header(&self, name: &str) -> String {
        let values = self.headers.iter();
        let values = values.filter(|(n, _)| n.eq_ignore_ascii_case(name));
        values
            .map(|(_, v)| v.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Asks for a path.
pub(crate) fn get(port: u16, path: &str, headers: &str) -> Answer {
    ask(port, &format!("GET {path}"), headers, "")
}

/// What moto wants to hear of who asks; it believes whatever it is told.
pub(crate) const SIGNED: &str = "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n";

/// Sends a file to a path of a store.
pub(crate) fn put(port: u16, path: &str, body: &str) -> Answer {
    let headers = format!("{SIGNED}Content-Length: {}\r\n", body.len());
    ask(port, &format!("PUT {path}"), &headers, body)
}

fn ask(port: u16, what: &str, headers: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    let wait = Some(Duration::from_secs(20));
    stream.set_read_timeout(wait).expect("a limit");
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n{body}"
    )
    .expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
    let end = end.expect("headers");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1));
    let headers = lines.filter_map(|l| l.split_once(':'));
    let headers: Vec<(String, String)> = headers
        .map(|(n, v)| (n.to_owned(), v.trim().to_owned()))
        .collect();
    Answer {
        status: status.and_then(|s| s.parse().ok()).expect("a status"),
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}

/// A port that nobody listens at, another one each time. It is below those that systems give to whoever calls out, so that no connection of a
/// test that runs beside takes it before its server does.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_000 + (std::process::id() % 1_000) as u16 * 20;
    let ports = std::iter::repeat_with(|| first + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000);
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.take(2_000).find(free).expect("a free port")
}

/// Starts a server that listens at a port.
pub(crate) fn started(command: &mut Command, port: u16) -> Running {
    let child = command.stdout(Stdio::null()).spawn().expect("it starts");
    let mut running = Running(child);
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return running;
        }
        let ended = running.0.try_wait().expect("asked");
        assert!(ended.is_none(), "the server ended: {ended:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens at {port}");
}

/// A program of this machine, also where a user's path does not lead to it.
pub(crate) fn program(name: &str) -> Option<std::path::PathBuf> {
    let found = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"]
        .iter()
        .map(|folder| std::path::Path::new(folder).join(name))
        .find(|path| path.exists());
    if found.is_none() {
        println!("SKIPPED: {name} is not installed; tests/run installs it");
    }
    found
}

/// Runs a script of this folder with Node; nothing but a word on it where Node is not installed.
pub(crate) fn node(script: &str, arguments: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/publishing/");
    let output = Command::new("node")
        .arg(format!("{folder}{script}"))
        .args(arguments)
        .output();
    let Ok(output) = output else {
        return println!("SKIPPED: node is not installed; tests/run installs it");
    };
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
}
