//! How often visitors may order and leave messages: per address prefix, and per e-mail and package.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actors::ids::PackageId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_address::Prefix;
use crate::http::error::ApiError;

const HOUR: Duration = Duration::from_hours(1);
/// In an hour from one prefix: an office whose people all order.
const PER_PREFIX: NonZeroU32 = NonZeroU32::new(30).unwrap();
const DAY: Duration = Duration::from_hours(24);
/// In a day for one e-mail: a consultant has to read each of them.
const PER_EMAIL: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// Full buckets are thrown away after this many requests, which bounds memory.
const SWEEP_EVERY: u32 = 1_024;
/// Buckets in use before new ones are refused: about 100 bytes each, so about 10 MB.
const MOST_BUCKETS: usize = 100_000;

/// The buckets.
pub(crate) struct VisitorLimits {
    by_prefix: DefaultKeyedRateLimiter<Prefix>,
    by_email: DefaultKeyedRateLimiter<(PackageId, String)>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

impl Default for VisitorLimits {
    fn default() -> Self {
        Self {
            by_prefix: RateLimiter::keyed(quota(HOUR, PER_PREFIX)),
            by_email: RateLimiter::keyed(quota(DAY, PER_EMAIL)),
            clock: DefaultClock::default(),
            since_sweep: AtomicU32::new(0),
        }
    }
}

impl VisitorLimits {
    /// Counts an order or a message.
    pub(super) fn count(&self, prefix: Prefix, package: PackageId, email: &str) -> Result<(), ApiError> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.by_prefix.retain_recent();
            self.by_email.retain_recent();
        }
        self.take(&self.by_prefix, &prefix, HOUR, "visitor_orders_per_prefix")?;
        self.take(&self.by_email, &(package, email.to_owned()), DAY, "visitor_orders_per_email")
    }

    fn take<K: Clone + Eq + Hash>(
        &self,
        buckets: &DefaultKeyedRateLimiter<K>,
        key: &K,
        window: Duration,
        limit: &'static str,
    ) -> Result<(), ApiError> {
        let refused = if buckets.len() > MOST_BUCKETS {
            Some(window)
        } else {
            buckets.check_key(key).err().map(|not_until| not_until.wait_time_from(self.clock.now()))
        };
        let Some(wait) = refused else { return Ok(()) };
        metrics::counter!("limit_hit_total", "limit" => limit).increment(1);
        Err(ApiError::Rate(wait))
    }
}

fn quota(window: Duration, times: NonZeroU32) -> Quota {
    Quota::with_period(window / times.get()).unwrap_or_else(|| Quota::per_hour(NonZeroU32::MIN)).allow_burst(times)
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use super::*;
    use crate::client_address::{ClientIp, TrustedProxies};

    fn prefix(ip: [u8; 4]) -> Prefix {
        let peer = SocketAddr::new(IpAddr::from(ip), 1);
        ClientIp::of(Some(peer), &actix_web::http::header::HeaderMap::new(), &TrustedProxies::default()).prefix()
    }

    #[test]
    fn an_email_orders_five_times_a_day_at_each_package() {
        let limits = VisitorLimits::default();
        let (shop, other) = (PackageId::from(1), PackageId::from(2));
        let count = |package, from: u8| limits.count(prefix([192, 0, from, 1]), package, "vera@home.example");

        assert!((0..5).all(|from| count(shop, from).is_ok()));
        assert!(matches!(count(shop, 9), Err(ApiError::Rate(wait)) if wait > Duration::from_hours(4)));
        assert!(count(other, 9).is_ok());
    }

    #[test]
    fn thirty_orders_an_hour_come_from_one_network() {
        let limits = VisitorLimits::default();
        let count = |number: u32| {
            limits.count(prefix([192, 0, 2, 7]), PackageId::from(1), &format!("vera{number}@home.example"))
        };

        assert!((0..30).all(|number| count(number).is_ok()));
        assert!(matches!(count(30), Err(ApiError::Rate(wait)) if wait <= HOUR));
    }
}
