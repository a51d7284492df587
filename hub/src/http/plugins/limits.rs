//! What owners may ask of plugins at once and in an hour.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use actors::ids::AccountId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::error::ApiError;

/// Plugins and rule tables of one business: all of them are asked about each visitor.
pub(super) const PLUGINS: usize = 50;
/// In an hour by one account: an author who uploads after each change, each of which may be compiled for seconds.
const UPLOADS: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Replays at once on this hub: each asks up to 200 questions, and visitors come first.
const REPLAYS: usize = 2;
/// Full buckets are thrown away after this many uploads, which bounds memory.
const SWEEP_EVERY: u32 = 1_024;

/// The buckets.
pub(crate) struct PluginLimits {
    uploads: DefaultKeyedRateLimiter<AccountId>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
    replays: Arc<Semaphore>,
}

impl Default for PluginLimits {
    fn default() -> Self {
        Self {
            uploads: RateLimiter::keyed(Quota::per_hour(UPLOADS)),
            clock: DefaultClock::default(),
            since_sweep: AtomicU32::new(0),
            replays: Arc::new(Semaphore::new(REPLAYS)),
        }
    }
}

impl PluginLimits {
    /// Counts an upload; the error says when the next one makes sense.
    pub(super) fn count(&self, account: AccountId) -> Result<(), ApiError> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.uploads.retain_recent();
        }
        self.uploads.check_key(&account).map_err(|not_until| {
            metrics::counter!("limit_hit_total", "limit" => "plugins_per_hour").increment(1);
            ApiError::Rate(not_until.wait_time_from(self.clock.now()))
        })
    }

    /// A place for a replay, as long as it is held.
    pub(super) fn replay(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        Arc::clone(&self.replays).try_acquire_owned().map_err(|_full| ApiError::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_uploads_too_much_is_told_when_to_come_back() {
        let limits = PluginLimits::default();
        let [olga, fiona] = [1, 2].map(AccountId::from);

        assert!((0..UPLOADS.get()).all(|_| limits.count(olga).is_ok()));

        assert!(matches!(limits.count(olga), Err(ApiError::Rate(wait)) if wait.as_secs() > 10));
        assert!(limits.count(fiona).is_ok());
    }

    #[test]
    fn replays_have_a_few_places() {
        let limits = PluginLimits::default();
        let held: Vec<_> = (0..REPLAYS).map(|_| limits.replay().unwrap()).collect();

        assert!(matches!(limits.replay(), Err(ApiError::Busy)));
        drop(held);
        assert!(limits.replay().is_ok());
    }
}
