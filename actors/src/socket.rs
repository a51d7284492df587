//! What actors know of a socket: where to send, and how to say good-bye.

use std::sync::atomic::{AtomicU64, Ordering};

use actix::{Message, Recipient};
use bytestring::ByteString;

use crate::protocol::{Ack, CloseCode};

/// To one browser. The edge queues it, at most 256 KiB, and closes a socket that falls behind.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub enum ToSocket {
    /// An encoded frame that must arrive, or the browser resumes.
    Frame(ByteString),
    /// An encoded frame of which only the latest counts; dropped when the socket is behind.
    Passing(ByteString),
    Close(CloseCode),
}

/// A message that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acked {
    pub ack: Ack,
    /// The author's socket was sent the acknowledgement, in order with everything else of the chat.
    pub is_told: bool,
}

/// Names a socket of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(u64);

impl SocketId {
    /// The next free name.
    pub fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// As logged and as told in `welcome`.
    pub fn number(self) -> u64 {
        self.0
    }
}

/// One open socket.
#[derive(Clone)]
pub struct Socket {
    pub id: SocketId,
    to: Recipient<ToSocket>,
}

impl Socket {
    /// Wraps the address of the edge's actor.
    pub fn new(id: SocketId, to: Recipient<ToSocket>) -> Self {
        Self { id, to }
    }

    /// Sends a frame; false when the socket is gone or too far behind.
    ///
    /// Too far behind means cut: the browser reconnects and resumes.
    pub fn send(&self, frame: ByteString) -> bool {
        match self.to.try_send(ToSocket::Frame(frame)) {
            Ok(()) => true,
            Err(actix::prelude::SendError::Closed(_)) => false,
            Err(actix::prelude::SendError::Full(_)) => {
                self.close(CloseCode::Slow);
                false
            }
        }
    }

    /// Sends a frame that may be lost.
    pub fn send_passing(&self, frame: ByteString) {
        let _lost_when_behind = self.to.try_send(ToSocket::Passing(frame));
    }

    /// Asks the edge to close the socket.
    pub fn close(&self, code: CloseCode) {
        // A fresh clone has a slot of its own in the mailbox, so this arrives even when the mailbox is full.
        let _gone_already = self.to.clone().try_send(ToSocket::Close(code));
    }
}
