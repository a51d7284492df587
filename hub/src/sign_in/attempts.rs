//! How often one may try to sign in: per e-mail and per address prefix.
//!
//! The bucket of the address comes first, so that one address cannot use up the
//! attempts of many people; both come before any hashing.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_address::Prefix;
use crate::config::LimitsConfig;

/// The time a full bucket takes to fill again.
const WINDOW: Duration = Duration::from_mins(15);
/// Full buckets are thrown away after this many attempts, which bounds memory.
const SWEEP_EVERY: u32 = 1_024;
/// Buckets in use before new ones are refused: 64 bytes each, so about 6 MiB.
const MOST_BUCKETS: usize = 100_000;

/// The buckets.
pub(crate) struct Attempts {
    by_prefix: DefaultKeyedRateLimiter<Prefix>,
    by_email: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

/// Too many attempts; the next one makes sense after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany(pub Duration);

impl Attempts {
    /// Empty books under these limits.
    pub(crate) fn new(limits: &LimitsConfig) -> Self {
        Self {
            by_prefix: RateLimiter::keyed(quota(limits.sign_ins_per_prefix)),
            by_email: RateLimiter::keyed(quota(limits.sign_ins_per_account)),
            clock: DefaultClock::default(),
            since_sweep: AtomicU32::new(0),
        }
    }

    /// Counts an attempt from an address prefix.
    pub(crate) fn count_prefix(&self, prefix: Prefix) -> Result<(), TooMany> {
        self.sweep();
        self.take(&self.by_prefix, &prefix, "sign_ins_per_prefix")
    }

    /// Counts an attempt for an e-mail, whether an account has it or not.
    pub(crate) fn count_email(&self, email: &str) -> Result<(), TooMany> {
        self.take(&self.by_email, &email.to_owned(), "sign_ins_per_account")
    }

    fn take<K: Clone + Eq + Hash>(
        &self,
        buckets: &DefaultKeyedRateLimiter<K>,
        key: &K,
        limit: &'static str,
    ) -> Result<(), TooMany> {
        let refused = if buckets.len() > MOST_BUCKETS {
            Some(WINDOW)
        } else {
            buckets.check_key(key).err().map(|not_until| not_until.wait_time_from(self.clock.now()))
        };
        let Some(wait) = refused else { return Ok(()) };
        metrics::counter!("limit_hit_total", "limit" => limit).increment(1);
        Err(TooMany(wait))
    }

    fn sweep(&self) {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.by_prefix.retain_recent();
            self.by_email.retain_recent();
        }
    }
}

fn quota(attempts: u32) -> Quota {
    let attempts = NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(WINDOW / attempts.get())
        .unwrap_or_else(|| Quota::per_hour(NonZeroU32::MIN))
        .allow_burst(attempts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_address::{ClientIp, TrustedProxies};

    fn prefix(ip: &str) -> Prefix {
        let peer = std::net::SocketAddr::new(ip.parse().unwrap(), 1);
        ClientIp::of(Some(peer), &actix_web::http::header::HeaderMap::new(), &TrustedProxies::default()).prefix()
    }

    #[test]
    fn the_eleventh_attempt_for_an_email_is_told_when_to_come_back() {
        let attempts = Attempts::new(&LimitsConfig::default());

        for attempt in 1..=10 {
            assert_eq!(attempts.count_email("anna@bakery.example"), Ok(()), "{attempt}");
        }
        let TooMany(wait) = attempts.count_email("anna@bakery.example").unwrap_err();

        assert!(wait > Duration::from_secs(80) && wait <= Duration::from_secs(90), "{wait:?}");
        assert_eq!(attempts.count_email("ben@bakery.example"), Ok(()));
    }

    #[test]
    fn fifty_people_behind_one_address_get_in() {
        let attempts = Attempts::new(&LimitsConfig::default());

        let office = prefix("192.0.2.7");

        assert!((0..50).all(|_| attempts.count_prefix(office).is_ok()));
        assert!(attempts.count_prefix(office).is_err());
        assert!(attempts.count_prefix(prefix("198.51.100.7")).is_ok());
    }
}
