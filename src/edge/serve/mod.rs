//! The preview server: any route of the site, rendered when a browser asks, the same bytes as a build but for one script tag. Nothing is read
//! from disk by the path of a request.
//!
//! `http` turns requests into replies; `preview` holds the site that is shown; `slots` the places for connections, `line` tells
//! them when a reply is sent; this file accepts connections.

mod events;
mod evidence;
mod http;
mod line;
mod preview;
mod slots;

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, lookup_host};

use line::Line;
pub use preview::Preview;
use slots::Slots;

/// Connections at a time; the next one takes the place of the longest silent one.
const CONNECTIONS: usize = 256;
/// Connections that may wait to be accepted, where the system allows so many (Linux: `net.core.somaxconn`). Where a crowd fills the 128 of
/// the standard library, the system drops whoever comes next, who asks again a second later (RFC 6298, 2.1).
const WAITING: u32 = 4096;
/// A client that has not sent its request's head by then is cut off.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// The largest request head.
const HEAD_SIZE: usize = 32 * 1024;

/// A bound server.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    preview: Arc<Preview>,
    hosts: http::Hosts,
}

impl Server {
    /// Binds `host:port`; port 0 takes a free one. Must run inside a tokio runtime.
    pub async fn bind(host: &str, port: u16, preview: Arc<Preview>) -> io::Result<Self> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let listener = listen(host, port).await?;
        Ok(Self {
            listener,
            preview,
            hosts: http::Hosts::of(host),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the future is dropped.
    pub async fn run(self) {
        let slots = Arc::new(Slots::default());
        let hosts = Arc::new(self.hosts);
        for number in 0.. {
            let stream = loop {
                match self.listener.accept().await {
                    Ok((stream, _)) => break stream,
                    // Out of file descriptors, most likely: give connections time to end.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                }
            };
            let slot = slots.take(number, CONNECTIONS).await;
            let (preview, hosts) = (Arc::clone(&self.preview), Arc::clone(&hosts));
            let slots = Arc::clone(&slots);
            tokio::spawn(async move {
                let own = Arc::clone(&slot);
                let line = Line::of(TokioIo::new(stream), Arc::clone(&slot));
                let answer = service_fn(move |request| {
                    let (preview, hosts) = (Arc::clone(&preview), Arc::clone(&hosts));
                    let slot = Arc::clone(&own);
                    async move {
                        slot.begin();
                        let reply = http::answer(request, preview, &hosts).await;
                        slot.end();
                        Ok::<_, Infallible>(reply)
                    }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIMEOUT)
                    .max_buf_size(HEAD_SIZE)
                    .serve_connection(line, answer);
                // A client that goes away in the middle is no event worth telling.
                tokio::select! {
                    _ = connection => {}
                    () = slot.gone() => {}
                }
                slots.free(&slot);
            });
        }
    }
}

/// Listens at the first address of `host` that it can have.
async fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let mut error = None;
    for address in lookup_host((host, port)).await? {
        match listen_at(address) {
            Ok(listener) => return Ok(listener),
            Err(it) => error = Some(it),
        }
    }
    Err(error.unwrap_or_else(|| io::Error::other("the host has no address")))
}

fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A server that starts again gets its port again at once; on Windows it would mean to take one that is in use.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the test asks the system")]
mod tests {
    use std::net::TcpStream;

    use super::*;

    /// Nobody accepts, so that all must find a place to wait; who finds none waits a second before asking again.
    #[tokio::test]
    async fn a_crowd_finds_places_to_wait() {
        const CROWD: usize = 400;
        let most = std::fs::read_to_string("/proc/sys/net/core/somaxconn");
        let most = most.ok().and_then(|most| most.trim().parse().ok());
        let most: usize = most.unwrap_or_default();
        if most < CROWD {
            println!("left out: the system lets {most} connections wait, not {CROWD}");
            return;
        }
        let listener = listen("127.0.0.1", 0).await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let mut crowd = Vec::new();
        for number in 0..CROWD {
            let found = TcpStream::connect_timeout(&address, Duration::from_millis(900));
            crowd.push(found.unwrap_or_else(|error| panic!("{number}: {error}")));
        }
    }
}
