//! How many pictures an account may bring in an hour.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actors::ids::AccountId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Full buckets are thrown away after this many pictures, which bounds memory.
const SWEEP_EVERY: u32 = 1_024;

/// A bucket for each account.
pub(crate) struct Uploads {
    buckets: DefaultKeyedRateLimiter<AccountId>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

impl Uploads {
    /// Full buckets of so many pictures an hour.
    pub(crate) fn new(per_hour: u32) -> Self {
        let quota = Quota::per_hour(NonZeroU32::new(per_hour).unwrap_or(NonZeroU32::MIN));
        Self { buckets: RateLimiter::keyed(quota), clock: DefaultClock::default(), since_sweep: AtomicU32::new(0) }
    }

    /// Counts a picture; the error says when the next one makes sense.
    pub(crate) fn count(&self, account: AccountId) -> Result<(), Duration> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.buckets.retain_recent();
        }
        self.buckets.check_key(&account).map_err(|not_until| {
            metrics::counter!("limit_hit_total", "limit" => "images_per_hour").increment(1);
            not_until.wait_time_from(self.clock.now())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_brings_too_many_is_told_when_to_come_back() {
        let [anna, ben] = [1, 2].map(AccountId::from);
        let uploads = Uploads::new(60);

        assert!((0..60).all(|_| uploads.count(anna).is_ok()));

        let wait = uploads.count(anna).unwrap_err();
        assert!(wait > Duration::from_secs(50) && wait <= Duration::from_mins(1), "{wait:?}");
        assert_eq!(uploads.count(ben), Ok(()));
    }
}
