//! How good the voice is: the E-model, simplified for Opus over one relay.

use crate::protocol::CallStats;

/// What packet handling in both browsers adds to the delay, in milliseconds.
const PROCESSING_MS: f64 = 10.0;
/// The rating of a perfect line (ITU-T G.107, default of R).
const BEST_RATING: f64 = 93.2;
/// What one percent of lost packets costs in rating points.
const LOSS_WEIGHT: f64 = 2.5;
/// Delay above which people begin to interrupt each other, in milliseconds.
const TALKED_OVER_MS: f64 = 160.0;

/// Ten times the mean opinion score: 10 is bad, 45 is as good as a telephone gets.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 10 and 45")]
pub(crate) fn mos10(stats: CallStats) -> u8 {
    let delay = f64::from(stats.rtt_ms) / 2.0 + 2.0 * f64::from(stats.jitter_ms) + PROCESSING_MS;
    let for_delay = if delay < TALKED_OVER_MS { delay / 40.0 } else { (delay - 120.0) / 10.0 };
    let for_loss = LOSS_WEIGHT * f64::from(stats.lost_permille) / 10.0;
    let rating = (BEST_RATING - for_delay - for_loss).clamp(0.0, 100.0);
    // ITU-T G.107, annex B.
    let mos = 1.0 + 0.035 * rating + 7e-6 * rating * (rating - 60.0) * (100.0 - rating);
    (mos.clamp(1.0, 4.5) * 10.0).round() as u8
}

/// The mean of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mean {
    sum: u32,
    count: u32,
    latest: Option<u8>,
}

impl Mean {
    pub(crate) fn add(&mut self, mos10: u8) {
        self.sum = self.sum.saturating_add(u32::from(mos10));
        self.count = self.count.saturating_add(1);
        self.latest = Some(mos10);
    }

    pub(crate) fn latest(&self) -> Option<u8> {
        self.latest
    }

    pub(crate) fn mean(&self) -> Option<u8> {
        let mean = self.sum.checked_div(self.count)?;
        u8::try_from(mean).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mos(rtt_ms: u32, jitter_ms: u32, lost_permille: u32) -> u8 {
        mos10(CallStats { rtt_ms, jitter_ms, lost_permille })
    }

    #[test]
    fn a_good_line_is_excellent_and_a_bad_one_is_not() {
        assert_eq!(mos(20, 2, 0), 44);
        assert_eq!(mos(100, 10, 10), 43);
        assert!((28..40).contains(&mos(300, 30, 50)), "{}", mos(300, 30, 50));
        assert_eq!(mos(5_000, 500, 300), 10);
        assert_eq!(mos(u32::MAX, u32::MAX, u32::MAX), 10);
    }

    #[test]
    fn more_of_anything_is_never_better() {
        for at in 0..40 {
            assert!(mos(at * 25 + 25, 5, 5) <= mos(at * 25, 5, 5));
            assert!(mos(50, at * 5 + 5, 5) <= mos(50, at * 5, 5));
            assert!(mos(50, 5, at * 25 + 25) <= mos(50, 5, at * 25));
        }
    }

    #[test]
    fn a_call_is_as_good_as_its_mean() {
        let mut mean = Mean::default();
        assert_eq!((mean.mean(), mean.latest()), (None, None));
        mean.add(40);
        mean.add(31);

        assert_eq!((mean.mean(), mean.latest()), (Some(35), Some(31)));
    }
}
