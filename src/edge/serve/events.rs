//! Rebuilds → server-sent events. A message says that something changed and carries the version, never a path or a text.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use hyper::body::{Body, Bytes, Frame};
use tokio::sync::{mpsc, watch};

/// A comment is sent this often, so that a dead connection is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The body of the event stream; it ends with the browser's connection.
#[derive(Debug)]
pub(super) struct Events(mpsc::Receiver<Bytes>);

impl Events {
    /// Tells the version at once, and again whenever it changes.
    pub(super) fn of(mut versions: watch::Receiver<u64>) -> Self {
        let (sender, receiver) = mpsc::channel(4);
        tokio::spawn(async move {
            loop {
                let version = *versions.borrow_and_update();
                let message = format!("event: version\ndata: {version}\n\n");
                if sender.send(message.into()).await.is_err() {
                    return;
                }
                loop {
                    tokio::select! {
                        changed = versions.changed() => {
                            if changed.is_err() {
                                return;
                            }
                            break;
                        }
                        () = tokio::time::sleep(HEARTBEAT) => {
                            if sender.send(Bytes::from_static(b":\n\n")).await.is_err() {
                                return;
                            }
                        }
                    }
                }
            }
        });
        Self(receiver)
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0
            .poll_recv(context)
            .map(|bytes| bytes.map(|b| Ok(Frame::data(b))))
    }
}
