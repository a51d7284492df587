//! What the relay counts.

use std::collections::HashMap;

use metrics::{Counter, Gauge, counter, gauge};

use super::refusal::Refusal;

/// The counters of the relay, looked up once.
pub(crate) struct Meters {
    pub(super) allocations: Gauge,
    pub(super) from_browsers: Passed,
    pub(super) to_browsers: Passed,
    /// Datagrams beyond what an allocation may carry.
    pub(super) budget: Counter,
    /// Messages to browsers that could not leave.
    pub(super) unsent: Counter,
    /// Connections there was no room for.
    pub(super) connections: Counter,
    refused: HashMap<&'static str, Counter>,
}

/// What went through in one direction.
pub(super) struct Passed {
    packets: Counter,
    bytes: Counter,
}

impl Passed {
    pub(super) fn count(&self, datagram: &[u8]) {
        self.packets.increment(1);
        self.bytes.increment(u64::try_from(datagram.len()).unwrap_or_default());
    }
}

impl Meters {
    pub(crate) fn new() -> Self {
        let refused = |why| counter!("turn_refused_total", "why" => why);
        Self {
            allocations: gauge!("turn_allocations"),
            from_browsers: Passed { packets: counter!("turn_packets_in"), bytes: counter!("turn_bytes_in") },
            to_browsers: Passed { packets: counter!("turn_packets_out"), bytes: counter!("turn_bytes_out") },
            budget: counter!("turn_packets_dropped", "why" => "budget"),
            unsent: counter!("turn_packets_dropped", "why" => "unsent"),
            connections: refused("connections"),
            refused: Refusal::ALL.iter().map(|refusal| (refusal.name(), refused(refusal.name()))).collect(),
        }
    }

    pub(super) fn refused(&self, refusal: &Refusal) {
        if let Some(counter) = self.refused.get(refusal.name()) {
            counter.increment(1);
        }
    }
}
