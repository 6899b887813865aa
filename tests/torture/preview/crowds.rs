//! Line 33: slow clients, and many of them.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::{Preview, serve, site};

/// Below what a slow client is given (15 seconds), and far above what a machine that is busy with other tests needs.
const SOON: Duration = Duration::from_secs(10);

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
    let own = format!(
        "Host: localhost:{p}\r\nOrigin: http://localhost:{p}\r\n",
        p = preview.port
    );
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
        assert!(slowest < SOON, "{what}: {slowest:?}");
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
    let crowd = crowd(
        &preview,
        10_000,
        b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nX: ",
    );
    if crowd.len() < 10_000 {
        println!(
            "only {} connections: the system gives no more (ulimit -n)",
            crowd.len()
        );
    }
    assert!(crowd.len() > 500, "{}", crowd.len());
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        slowest = slowest.max(preview.good());
    }
    println!(
        "{} connections: a good request takes {slowest:?} at most, {before:?} before; memory {} KiB",
        crowd.len(),
        memory(&preview)
    );
    assert!(slowest < SOON, "{slowest:?}");
    assert!(memory(&preview) < 300 * 1024, "{} KiB", memory(&preview));
    #[cfg(target_os = "linux")]
    {
        let open = std::fs::read_dir(format!("/proc/{}/fd", preview.program.0.id()))
            .expect("of the process")
            .count();
        assert!(open < 400, "{open} descriptors");
    }
    drop(crowd);
    preview.good();
}

/// It would be cut where a place were free as soon as a reply is made: most of it waits for the reader.
#[test]
fn line_33_a_reply_on_its_way_is_sent_whole_while_others_come() {
    let site = site();
    site.write("content/large.bin", vec![b'y'; 40 << 20]);
    let preview = serve(&site, &[]);
    let mut reader = preview.connect();
    reader
        .write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .expect("asked");
    let mut reply = vec![0; 4096];
    reader.read_exact(&mut reply).expect("it has begun");
    // Each has had its answer, and none of them goes by itself.
    let mut others = crowd(
        &preview,
        600,
        b"GET /page/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    assert_eq!(others.len(), 600);
    for other in &mut others {
        let _ = other.set_read_timeout(Some(super::PATIENCE));
        let _ = other.read(&mut [0; 64]);
    }
    preview.good();
    let rest = reader.read_to_end(&mut reply);
    assert!(rest.is_ok(), "{rest:?} after {} bytes", reply.len());
    assert!(reply.len() > 40 << 20, "only {} bytes came", reply.len());
}
