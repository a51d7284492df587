//! One connection to one browser, whoever implements it.
//!
//! Everything the library of today is trusted with stands behind these two
//! traits, so that another can take its place in one module.

mod webrtc;

use actors::ports::Later;
use bytes::Bytes;
use thiserror::Error;

pub(crate) use self::webrtc::{Identity, WebrtcLeg};
use crate::rewriter::Stamp;

/// Why a leg did not do what it was asked.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum LegError {
    /// There is no offer that waits for an answer.
    #[error("nothing waits for an answer")]
    NotAsked,
    /// The answer cannot be used.
    #[error("the answer is not usable")]
    BadAnswer,
    /// The connection does not work any more.
    #[error("the connection is broken")]
    Broken,
}

/// A packet of voice, decrypted.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub(crate) ssrc: u32,
    pub(crate) stamp: Stamp,
    pub(crate) payload: Bytes,
}

/// One connection. Every call returns at once or later, none blocks.
pub(crate) trait VoiceLeg: Send + Sync {
    /// The offer for the browser. With `restarts`, one that finds a new path.
    ///
    /// While an offer waits for its answer, it is the same offer again: two at a time would cross each other.
    fn offer(&self, restarts: bool) -> Later<Result<String, LegError>>;

    /// Takes the answer to the offer that waits.
    fn answer(&self, sdp: String) -> Later<Result<(), LegError>>;

    /// Sends a packet under the stream of this leg; `false` if it had to be dropped.
    fn send(&self, voice: Voice) -> bool;

    /// Ends the connection and leaves nothing behind.
    fn close(&self) -> Later<()>;
}

/// What is told of a leg, on the media thread; it must return at once.
pub(crate) trait LegEvents: Send + Sync + 'static {
    /// Keys are agreed.
    fn connected(&self);
    /// It broke for good.
    fn failed(&self);
    /// A packet arrived.
    fn heard(&self, voice: Voice);
}
