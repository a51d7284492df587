//! The generator's clock: nanoseconds since it started, and waking up on time.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

pub(crate) const MILLISECOND: u64 = 1_000_000;
pub(crate) const SECOND: u64 = 1_000_000_000;

/// Nanoseconds since the first call.
pub(crate) fn now() -> u64 {
    u64::try_from(START.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// The same moment for those who measure in [`Instant`].
pub(crate) fn instant(at: u64) -> Instant {
    *START + Duration::from_nanos(at)
}

/// Sleeps until `at`; returns at once when that is over.
pub(crate) fn sleep_until(at: u64) {
    let left = at.saturating_sub(now());
    if left > 0 {
        std::thread::sleep(Duration::from_nanos(left));
    }
}

/// Asks the kernel to wake this thread without the usual 50 µs of slack.
pub(crate) fn be_punctual() {
    // Where the kernel refuses, sends are a little late and the latency tells so: it counts from the intended time.
    let _coarser = rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(1));
}
