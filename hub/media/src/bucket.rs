//! Lets so much through in a second, and a burst at once.

use std::time::{Duration, Instant};

/// How much a bucket lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) per_second: u32,
    /// What it holds when it was left alone.
    pub(crate) burst: u32,
}

/// A token bucket. It is full at first.
#[derive(Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    /// Thousandths, so that a slow rate fills it in small steps.
    left: u64,
    filled: Instant,
}

impl Bucket {
    pub(crate) fn new(rate: Rate, now: Instant) -> Self {
        Self { rate, left: full(rate), filled: now }
    }

    /// Takes so much out, if it is there.
    pub(crate) fn take(&mut self, amount: usize, now: Instant) -> bool {
        let passed = u64::try_from(now.saturating_duration_since(self.filled).as_millis()).unwrap_or(u64::MAX);
        if passed > 0 {
            let fresh = passed.saturating_mul(self.rate.per_second.into());
            self.left = self.left.saturating_add(fresh).min(full(self.rate));
            self.filled += Duration::from_millis(passed);
        }
        let wanted = u64::try_from(amount).unwrap_or(u64::MAX).saturating_mul(THOUSAND);
        let rest = self.left.checked_sub(wanted);
        self.left = rest.unwrap_or(self.left);
        rest.is_some()
    }
}

const THOUSAND: u64 = 1000;

fn full(rate: Rate) -> u64 {
    u64::from(rate.burst) * THOUSAND
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_second: 50, burst: 10 };

    #[test]
    fn a_burst_passes_at_once_and_then_the_rate() {
        let start = Instant::now();
        let mut bucket = Bucket::new(RATE, start);
        assert_eq!((0..100).filter(|_| bucket.take(1, start)).count(), 10);
        let passed = (1..=1000).filter(|ms| bucket.take(1, start + Duration::from_millis(*ms))).count();
        assert_eq!(passed, 50);
    }

    #[test]
    fn an_hour_of_silence_saves_no_more_than_a_burst() {
        let start = Instant::now();
        let mut bucket = Bucket::new(RATE, start);
        let later = start + Duration::from_hours(1);
        assert!(bucket.take(1, later));
        assert_eq!((0..100).filter(|_| bucket.take(1, later)).count(), 9);
    }

    #[test]
    fn what_does_not_fit_leaves_the_rest_where_it_is() {
        let start = Instant::now();
        let mut bucket = Bucket::new(RATE, start + Duration::from_secs(1));
        assert!(!bucket.take(11, start));
        assert!(!bucket.take(usize::MAX, start));
        assert!(bucket.take(10, start));
    }
}
