//! What the port counts.

use metrics::{Counter, Gauge, counter, gauge};

/// The counters of one port, looked up once.
pub(crate) struct Meters {
    pub(crate) received: Counter,
    pub(crate) sent: Counter,
    /// Broken datagrams.
    pub(crate) malformed: Counter,
    /// Datagrams of somebody who did not enter.
    pub(crate) unknown: Counter,
    /// Datagrams beyond what a leg may send.
    pub(crate) budget: Counter,
    /// Datagrams a driver was too slow for.
    pub(crate) full: Counter,
    /// Datagrams that could not leave.
    pub(crate) unsent: Counter,
    pub(crate) migrations: Counter,
    /// Legs of all ports together: each port counts its own up and down.
    pub(crate) legs: Gauge,
}

impl Meters {
    pub(crate) fn new() -> Self {
        Self {
            received: counter!("media_packets_in"),
            sent: counter!("media_packets_out"),
            malformed: counter!("media_packets_dropped", "why" => "malformed"),
            unknown: counter!("media_unknown_total"),
            budget: counter!("media_packets_dropped", "why" => "budget"),
            full: counter!("media_packets_dropped", "why" => "full"),
            unsent: counter!("media_packets_dropped", "why" => "unsent"),
            migrations: counter!("media_migrations_total"),
            legs: gauge!("media_legs"),
        }
    }
}
