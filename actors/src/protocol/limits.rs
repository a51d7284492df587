//! What a browser may send; told in `welcome` and kept at the socket.

use serde::{Deserialize, Serialize};

/// Limits of one socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Limits {
    /// Longest message body, in characters.
    pub body_chars: u32,
    /// Messages per second, on average.
    pub messages_per_second: u32,
    /// Messages at once.
    pub burst: u32,
    /// Requests that may wait for their acknowledgement.
    pub unacked: u32,
}

impl Limits {
    /// The limits of every socket.
    pub const STANDARD: Self = Self { body_chars: 4_000, messages_per_second: 10, burst: 20, unacked: 32 };
}
