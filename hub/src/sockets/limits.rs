//! Rules: how fast one socket may talk, and how many chats and calls may begin.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_address::Prefix;

/// Frames over the limit, one after the other, until the socket is closed: whoever waits when told to never gets there.
const REFUSED_IN_A_ROW: u8 = 20;
/// Unreadable frames, one after the other, until the socket is closed: a newer browser may send one we do not know.
const UNREADABLE_IN_A_ROW: u8 = 5;
/// Light frames that cost as much as one message.
const LIGHT_FRAMES: u32 = 5;
/// "Writes…" is shown for some seconds, so more often tells nobody more.
const TYPING_PAUSE: Duration = Duration::from_secs(1);
/// How long a browser stays away after it was closed for its pace.
pub(super) const RATE_RETRY: Duration = Duration::from_secs(10);
/// Starts between two looks at limits nobody needs any more.
const STARTS_PER_SWEEP: u32 = 256;

/// What a frame costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toll {
    /// It makes somebody work: a message, a claim, a close.
    Message,
    /// It is cheap: typing, a read mark, an answer to a ping.
    Light,
}

/// Why a frame does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooFast {
    /// Ask again after this time.
    Wait(Duration),
    /// Told so often enough: close.
    Enough,
}

/// The pace of one socket: a bucket (GCRA) and what it was warned of.
#[derive(Debug)]
pub(super) struct Pace {
    /// When the bucket is full again.
    full_at: Instant,
    typed_at: Option<Instant>,
    refused: u8,
    unreadable: u8,
    is_typing: bool,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { full_at: now, typed_at: None, refused: 0, unreadable: 0, is_typing: false }
    }

    /// Takes the toll of a frame from the bucket.
    pub(super) fn pass(&mut self, toll: Toll, rate: Rate, now: Instant) -> Result<(), TooFast> {
        let cost = match toll {
            Toll::Message => rate.message,
            Toll::Light => rate.message / LIGHT_FRAMES,
        };
        let full_at = self.full_at.max(now) + cost;
        let wait = full_at.duration_since(now).saturating_sub(rate.burst);
        if wait.is_zero() {
            self.full_at = full_at;
            self.refused = 0;
            return Ok(());
        }
        self.refused = self.refused.saturating_add(1);
        Err(if self.refused > REFUSED_IN_A_ROW { TooFast::Enough } else { TooFast::Wait(wait) })
    }

    /// Notes an unreadable frame; true when there were too many.
    pub(super) fn is_unreadable_again(&mut self) -> bool {
        self.unreadable = self.unreadable.saturating_add(1);
        self.unreadable >= UNREADABLE_IN_A_ROW
    }

    /// Notes a frame that could be read.
    pub(super) fn was_readable(&mut self) {
        self.unreadable = 0;
    }

    /// May this be passed on? The end of typing always may, or "writes…" would stay.
    pub(super) fn may_type(&mut self, writes: bool, now: Instant) -> bool {
        if !writes {
            return std::mem::take(&mut self.is_typing);
        }
        if self.typed_at.is_some_and(|at| now.duration_since(at) < TYPING_PAUSE) {
            return false;
        }
        self.typed_at = Some(now);
        self.is_typing = true;
        true
    }
}

/// How fast a socket may talk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    /// The time one message takes out of the bucket.
    message: Duration,
    /// What the bucket holds.
    burst: Duration,
}

impl Rate {
    pub(super) fn new(messages_per_second: u32, burst: u32) -> Self {
        let message = Duration::from_secs(1) / messages_per_second.max(1);
        Self { message, burst: message * burst.max(1) }
    }
}

/// How many chats, or calls, may begin: of one address prefix at one package, and at one package.
pub(super) struct StartGate {
    by_prefix: DefaultKeyedRateLimiter<(Prefix, u64)>,
    by_package: DefaultKeyedRateLimiter<u64>,
    started: AtomicU32,
}

impl StartGate {
    pub(super) fn new(per_prefix: u32, per_package: u32) -> Self {
        Self {
            by_prefix: RateLimiter::keyed(per_minute(per_prefix)),
            by_package: RateLimiter::keyed(per_minute(per_package)),
            started: AtomicU32::new(0),
        }
    }

    /// Lets one begin, or says when to ask again.
    pub(super) fn pass(&self, prefix: Prefix, package: u64) -> Result<(), Duration> {
        if self.started.fetch_add(1, Ordering::Relaxed) % STARTS_PER_SWEEP == STARTS_PER_SWEEP - 1 {
            self.sweep();
        }
        check(&self.by_prefix, &(prefix, package))?;
        check(&self.by_package, &package)
    }

    /// Forgets who has not started anything for a minute.
    fn sweep(&self) {
        self.by_prefix.retain_recent();
        self.by_prefix.shrink_to_fit();
        self.by_package.retain_recent();
        self.by_package.shrink_to_fit();
    }
}

fn per_minute(starts: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(starts).unwrap_or(NonZeroU32::MIN))
}

fn check<K: Clone + Eq + Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Duration> {
    limiter.check_key(key).map_err(|refused| refused.wait_time_from(DefaultClock::default().now()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_address::{ClientIp, TrustedProxies};

    const RATE: fn() -> Rate = || Rate::new(10, 20);

    fn passed(pace: &mut Pace, toll: Toll, frames: u32, now: Instant) -> usize {
        (0..frames).filter(|_| pace.pass(toll, RATE(), now).is_ok()).count()
    }

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(start);

        assert_eq!(passed(&mut pace, Toll::Message, 30, start), 20);
        assert_eq!(passed(&mut pace, Toll::Message, 30, start + Duration::from_secs(1)), 10);
        assert_eq!(passed(&mut pace, Toll::Message, 30, start + Duration::from_mins(1)), 20);
    }

    #[test]
    fn light_frames_cost_a_fifth() {
        let start = Instant::now();

        assert_eq!(passed(&mut Pace::new(start), Toll::Light, 200, start), 100);
    }

    #[test]
    fn a_refusal_says_when_to_ask_again() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        passed(&mut pace, Toll::Message, 20, start);

        assert_eq!(pace.pass(Toll::Message, RATE(), start), Err(TooFast::Wait(Duration::from_millis(100))));
        assert_eq!(pace.pass(Toll::Message, RATE(), start + Duration::from_millis(100)), Ok(()));
    }

    #[test]
    fn whoever_does_not_wait_is_closed() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        passed(&mut pace, Toll::Message, 20 + u32::from(REFUSED_IN_A_ROW), start);

        assert_eq!(pace.pass(Toll::Message, RATE(), start), Err(TooFast::Enough));
    }

    #[test]
    fn a_passed_frame_forgives_refusals() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        passed(&mut pace, Toll::Message, 39, start);
        passed(&mut pace, Toll::Message, 1, start + Duration::from_millis(100));

        assert!(matches!(pace.pass(Toll::Message, RATE(), start + Duration::from_millis(100)), Err(TooFast::Wait(_))));
    }

    #[test]
    fn typing_passes_once_a_second_and_its_end_always() {
        let start = Instant::now();
        let mut pace = Pace::new(start);

        assert!(pace.may_type(true, start));
        assert!(!pace.may_type(true, start + Duration::from_millis(999)));
        assert!(pace.may_type(false, start + Duration::from_millis(999)));
        assert!(!pace.may_type(false, start + Duration::from_millis(999)));
        assert!(pace.may_type(true, start + Duration::from_secs(1)));
    }

    #[test]
    fn unreadable_frames_in_a_row_end_a_socket() {
        let mut pace = Pace::new(Instant::now());

        assert_eq!((0..UNREADABLE_IN_A_ROW - 1).filter(|_| pace.is_unreadable_again()).count(), 0);
        pace.was_readable();
        assert_eq!((0..UNREADABLE_IN_A_ROW - 1).filter(|_| pace.is_unreadable_again()).count(), 0);
        assert!(pace.is_unreadable_again());
    }

    #[test]
    fn starts_are_counted_by_prefix_and_by_package() {
        let gate = StartGate::new(2, 3);
        let prefix = |ip: &str| {
            let peer = format!("{ip}:1").parse().unwrap();
            ClientIp::of(Some(peer), &actix_web::http::header::HeaderMap::new(), &TrustedProxies::default()).prefix()
        };
        let (office, home) = (prefix("203.0.113.1"), prefix("198.51.100.1"));

        assert!(gate.pass(office, 1).is_ok());
        assert!(gate.pass(office, 1).is_ok());
        assert!(gate.pass(office, 1).unwrap_err() > Duration::from_secs(1));
        assert!(gate.pass(office, 2).is_ok());

        assert!(gate.pass(home, 1).is_ok());
        assert!(gate.pass(home, 1).is_err());
    }
}
