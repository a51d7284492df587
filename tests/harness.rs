//! What the tests stand on: a hub as its own process, and people who talk to it.
//!
//! Nothing here knows the inside of the hub: HTTP, WebSocket, signals and the log only.

pub mod accounts;
pub mod calls;
pub mod consultant;
pub mod dice;
pub mod gate;
pub mod history;
pub mod hub;
pub mod packages;
pub mod packets;
pub mod phone;
pub mod plugins;
pub mod postgres;
pub mod raw;
pub mod setup;
pub mod socket;
pub mod steady;
pub mod team;
pub mod visitor;
pub mod web;

use std::time::{Duration, Instant};

/// Longest wait for anything; two busy cores and a debug build need seconds, not minutes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How often a state is looked at that nobody tells about.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Waits until `probe` gives something, and says what was missing otherwise.
pub async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain: {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
