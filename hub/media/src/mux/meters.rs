//! What the port counts.

use metrics::{Counter, counter, gauge};

/// The counters of one port, looked up once.
pub(crate) struct Meters {
    pub(crate) received: Counter,
    pub(crate) sent: Counter,
    /// Broken datagrams.
    pub(crate) malformed: Counter,
    /// Datagrams of somebody who did not enter.
    pub(crate) unknown: Counter,
    /// Datagrams a driver was too slow for.
    pub(crate) full: Counter,
    /// Datagrams that could not leave.
    pub(crate) unsent: Counter,
    pub(crate) migrations: Counter,
}

impl Meters {
    pub(crate) fn new() -> Self {
        Self {
            received: counter!("media_packets_in"),
            sent: counter!("media_packets_out"),
            malformed: counter!("media_packets_dropped", "why" => "malformed"),
            unknown: counter!("media_unknown_total"),
            full: counter!("media_packets_dropped", "why" => "full"),
            unsent: counter!("media_packets_dropped", "why" => "unsent"),
            migrations: counter!("media_migrations_total"),
        }
    }

    #[expect(clippy::unused_self, clippy::cast_precision_loss, reason = "a gauge is a float, and there are few legs")]
    pub(crate) fn legs(&self, count: usize) {
        gauge!("media_legs").set(count as f64);
    }
}
