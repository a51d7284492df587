//! How much one leg may send: more than any voice, less than harms the legs beside it.

use std::time::Instant;

use crate::bucket::{Bucket, Rate};

/// Browsers send 50 packets of voice a second, 100 with the shortest we offer (`minptime=10`), and a few reports.
///
/// At once comes what a network held back: five seconds of voice, which is what a leg's queue holds, too.
const PACKETS: Rate = Rate { per_second: 200, burst: 256 };
/// The most that Opus takes is 510 kbit/s (RFC 6716, 2.1.1), with headers 66 kB/s; browsers take 4 to 8 for voice.
/// Two seconds of it may come at once.
const BYTES: Rate = Rate { per_second: 72_000, burst: 144_000 };
/// An ICE implementation sends a check each 50 ms at the most (RFC 8445, 14.2); several networks and repetitions besides.
const CHECKS: Rate = Rate { per_second: 100, burst: 200 };

/// The bounds of every leg of a port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    packets: Rate,
    bytes: Rate,
    checks: Rate,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { packets: PACKETS, bytes: BYTES, checks: CHECKS }
    }
}

impl Bounds {
    /// Takes whatever comes, so that broken packets by the thousand reach what they are to break.
    pub(crate) fn none() -> Self {
        let all = Rate { per_second: u32::MAX, burst: u32::MAX };
        Self { packets: all, bytes: all, checks: all }
    }
}

/// What a leg may still send.
#[derive(Debug)]
pub(super) struct Budget {
    packets: Bucket,
    bytes: Bucket,
    checks: Bucket,
}

impl Budget {
    pub(super) fn new(bounds: Bounds, now: Instant) -> Self {
        let [packets, bytes, checks] = [bounds.packets, bounds.bytes, bounds.checks].map(|rate| Bucket::new(rate, now));
        Self { packets, bytes, checks }
    }

    /// Whether a packet of keys, voice or reports is taken.
    pub(super) fn packet(&mut self, bytes: usize, now: Instant) -> bool {
        self.packets.take(1, now) && self.bytes.take(bytes, now)
    }

    /// Whether a signed check, or the signed answer to one, is taken. A flood of voice does not use these up,
    /// so that the path of the leg stays.
    pub(super) fn check(&mut self, now: Instant) -> bool {
        self.checks.take(1, now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// How many of these packets, spread over so many seconds, are taken.
    fn taken(seconds: u64, per_second: u64, bytes: usize) -> u64 {
        let start = Instant::now();
        let mut budget = Budget::new(Bounds::default(), start);
        let times = (0..seconds * per_second).map(|at| start + Duration::from_micros(at * 1_000_000 / per_second));
        times.map(|now| u64::from(budget.packet(bytes, now))).sum()
    }

    #[test]
    fn voice_of_every_kind_passes_for_an_hour() {
        // The usual kind, the shortest packets with reports, and music at the highest rate there is.
        for (per_second, bytes) in [(50, 120), (102, 90), (51, 1_311)] {
            assert_eq!(taken(3_600, per_second, bytes), 3_600 * per_second);
        }
    }

    #[test]
    fn a_flood_leaves_what_the_budget_is() {
        let (short, long) = (taken(10, 5_000, 100), taken(10, 500, 1_200));

        assert!((2_240..=2_260).contains(&short), "{short}");
        // 144,000 bytes at once, and then 72,000 a second.
        assert!((710..=721).contains(&long), "{long}");
    }

    #[test]
    fn five_seconds_of_voice_may_come_at_once() {
        let now = Instant::now();
        let mut budget = Budget::new(Bounds::default(), now);

        assert_eq!((0..1_000).filter(|_| budget.packet(120, now)).count(), 256);
        assert_eq!((0..1_000).filter(|_| budget.check(now)).count(), 200, "checks have a budget of their own");
    }
}
