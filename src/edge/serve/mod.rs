//! The preview server: any route of the site, rendered when a browser asks, the same bytes as a build but for one script tag. Nothing is read
//! from disk by the path of a request.
//!
//! `http` turns requests into replies; `preview` holds the site that is shown; this file accepts connections.

mod events;
mod evidence;
mod http;
mod preview;

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::Semaphore};

pub use preview::Preview;

/// Connections at a time; more wait until one ends.
const CONNECTIONS: usize = 256;
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
        let listener = TcpListener::bind((host, port)).await?;
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
        let slots = Arc::new(Semaphore::new(CONNECTIONS));
        let hosts = Arc::new(self.hosts);
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                return;
            };
            let Ok((stream, _)) = self.listener.accept().await else {
                // Out of file descriptors, most likely: give connections time to end.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let (preview, hosts) = (Arc::clone(&self.preview), Arc::clone(&hosts));
            tokio::spawn(async move {
                let answer = service_fn(move |request| {
                    let (preview, hosts) = (Arc::clone(&preview), Arc::clone(&hosts));
                    async move { Ok::<_, Infallible>(http::answer(request, preview, &hosts).await) }
                });
                // A client that goes away in the middle is no event worth telling.
                let _ = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIMEOUT)
                    .max_buf_size(HEAD_SIZE)
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
                drop(slot);
            });
        }
    }
}
