//! Makes one continuous stream of voice out of many: what a listener hears after a reload,
//! a hand-over or an unmute goes on where it stopped.
//!
//! A receiver keeps the replay window, the roll-over count and the jitter buffer
//! per stream; a jump in them is heard, or refused.

use std::time::Duration;

/// The only payload type that is offered: Opus.
pub(crate) const OPUS: u8 = 111;
/// Ticks of the Opus clock in a millisecond.
const TICKS_PER_MS: u128 = 48;
/// Ticks of the usual packet of 20 milliseconds.
const PACKET_TICKS: u32 = 960;

/// The part of an RTP header that is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) marker: bool,
}

/// Whose packets they are: the leg, and the stream in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) leg: u64,
    pub(crate) ssrc: u32,
}

/// The newest packet that left, and when.
#[derive(Clone, Copy, Debug)]
struct Sent {
    sequence: u16,
    timestamp: u32,
    at: Duration,
}

/// How the stamps of the present source become ours.
#[derive(Clone, Copy, Debug)]
struct Offset {
    source: Source,
    first: u16,
    sequence: u16,
    timestamp: u32,
}

/// Rewrites the packets one listener gets.
#[derive(Debug, Default)]
pub(crate) struct Rewriter {
    newest: Option<Sent>,
    offset: Option<Offset>,
}

impl Rewriter {
    /// The next packet starts a new stretch of voice: the side was muted, or is another leg.
    pub(crate) fn interrupt(&mut self) {
        self.offset = None;
    }

    /// Gives a packet its place in the listener's stream.
    ///
    /// `now` is the time since any fixed moment. `None`: the packet is older than
    /// the stretch it belongs to, and its number is taken.
    pub(crate) fn rewrite(&mut self, source: Source, stamp: Stamp, now: Duration) -> Option<Stamp> {
        let known = self.offset.filter(|offset| offset.source == source);
        let offset = known.unwrap_or_else(|| self.start(source, stamp, now));
        self.offset = Some(offset);
        if is_before(stamp.sequence, offset.first) {
            return None;
        }
        let sequence = stamp.sequence.wrapping_add(offset.sequence);
        let timestamp = stamp.timestamp.wrapping_add(offset.timestamp);
        if self.newest.is_none_or(|newest| is_before(newest.sequence, sequence)) {
            self.newest = Some(Sent { sequence, timestamp, at: now });
            // The first number of a stretch wraps around after ten minutes: it walks behind the newest packet.
            let first = stamp.sequence.wrapping_sub(u16::MAX / 4);
            if is_before(offset.first, first) {
                self.offset = Some(Offset { first, ..offset });
            }
        }
        Some(Stamp { sequence, timestamp, marker: stamp.marker || known.is_none() })
    }

    fn start(&self, source: Source, stamp: Stamp, now: Duration) -> Offset {
        let (sequence, timestamp) = match self.newest {
            Some(newest) => {
                let silent = now.saturating_sub(newest.at).as_millis() * TICKS_PER_MS;
                // More than a day of silence is as good as a day: the clock wraps anyway.
                let ticks = u32::try_from(silent).unwrap_or(u32::MAX / 2).max(PACKET_TICKS);
                (newest.sequence.wrapping_add(1), newest.timestamp.wrapping_add(ticks))
            }
            None => (stamp.sequence, stamp.timestamp),
        };
        Offset {
            source,
            first: stamp.sequence,
            sequence: sequence.wrapping_sub(stamp.sequence),
            timestamp: timestamp.wrapping_sub(stamp.timestamp),
        }
    }
}

/// Whether `a` comes before `b` on a counter that wraps around.
fn is_before(a: u16, b: u16) -> bool {
    a.wrapping_sub(b) > u16::MAX / 2
}

#[cfg(test)]
mod tests;
