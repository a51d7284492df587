//! Calls through a real port, with clients of another implementation of WebRTC.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod kit;

mod attack;
mod cleanup;
mod flood;
mod ipv6;
mod mending;
mod numbers;
mod threads;
mod turn;
mod voice;
