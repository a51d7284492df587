//! What is counted of voice: packets, how long they took, and who heard the first one when.

use crate::histogram::Histogram;

/// When a call was answered and when each of its phones heard the other.
#[derive(Clone, Copy, Default)]
struct SetUp {
    answered: Option<u64>,
    heard: [Option<u64>; 2],
}

/// Counts for all phones; only packets sent while `counts` are measured.
pub(crate) struct Tally {
    pub counts: bool,
    /// Of the counted ones.
    pub sent: u64,
    /// Leaving one phone → arrival at the other, of the counted ones.
    pub latencies: Histogram,
    calls: Vec<SetUp>,
}

impl Tally {
    pub(crate) fn new(calls: usize) -> Self {
        Self { counts: false, sent: 0, latencies: Histogram::new(), calls: vec![SetUp::default(); calls] }
    }

    /// The phone that is called answers; its voice is being connected from here on.
    pub(crate) fn answer(&mut self, call: usize, now: u64) {
        if let Some(call) = self.calls.get_mut(call) {
            call.answered = Some(now);
        }
    }

    pub(crate) fn hear(&mut self, phone: usize, now: u64, sent: u64, is_counted: bool) {
        if is_counted {
            self.latencies.add(now.saturating_sub(sent));
        }
        let heard = self.calls.get_mut(phone / 2).and_then(|call| call.heard.get_mut(phone % 2));
        if let Some(heard @ None) = heard {
            *heard = Some(now);
        }
    }

    /// From the answer until both heard the other, of all calls; none while one does not.
    pub(crate) fn set_ups(&self) -> Option<Histogram> {
        let mut times = Histogram::new();
        for call in &self.calls {
            let both = call.heard[0]?.max(call.heard[1]?);
            times.add(both.saturating_sub(call.answered?));
        }
        Some(times)
    }

    pub(crate) fn lost(&self) -> u64 {
        self.sent.saturating_sub(self.latencies.total())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_set_up_when_the_second_phone_hears_the_first_packet() {
        let mut tally = Tally::new(1);
        tally.answer(0, 100);
        tally.hear(1, 130, 120, false);
        tally.hear(1, 150, 140, false);
        assert!(tally.set_ups().is_none(), "one does not hear");
        tally.hear(0, 160, 140, false);
        tally.hear(0, 180, 160, false);

        assert_eq!(tally.set_ups().map(|times| (times.total(), times.quantile(1.0))), Some((1, 60)));
    }

    #[test]
    fn only_counted_packets_are_measured_and_missed() {
        let mut tally = Tally::new(1);
        tally.sent = 2;
        tally.hear(0, 50, 20, false);
        tally.hear(0, 90, 60, true);

        assert_eq!((tally.latencies.total(), tally.latencies.quantile(0.5), tally.lost()), (1, 30, 1));
    }
}
