//! What the edge counts.

use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};

/// Handles that are looked up once, not once a frame.
pub(super) struct Meters {
    pub frames_in: Counter,
    pub frames_out: Counter,
    /// From the arrival of a message to its acknowledgement, in seconds.
    pub ack: Histogram,
    pub visitors: Gauge,
    pub desks: Gauge,
}

impl Meters {
    pub(super) fn new() -> Self {
        Self {
            frames_in: counter!("socket_frames_in_total"),
            frames_out: counter!("socket_frames_out_total"),
            ack: histogram!("message_ack_seconds"),
            visitors: gauge!("sockets_open", "kind" => "visitor"),
            desks: gauge!("sockets_open", "kind" => "desk"),
        }
    }
}

/// Counts that a limit held somebody back.
pub(super) fn limit_hit(limit: &'static str) {
    counter!("limit_hit_total", "limit" => limit).increment(1);
}
