//! What is logged when something panics: where, never with what.
//!
//! A panic's text may quote a message or a password, so it is not written. A
//! storm of panics must not become a storm of lines, nor of backtraces.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tracing::error;

/// Lines about panics per second.
const LINES: u64 = 5;
const SECOND: Duration = Duration::from_secs(1);

/// Counts lines in the current second.
struct Gate {
    started: Instant,
    second: AtomicU64,
    lines: AtomicU64,
    held_back: AtomicU64,
}

impl Gate {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            second: AtomicU64::new(0),
            lines: AtomicU64::new(0),
            held_back: AtomicU64::new(0),
        }
    }

    /// May a line be written at `now`? Then how many were held back before it.
    fn pass(&self, now: Instant) -> Option<u64> {
        let second = now.duration_since(self.started).as_secs() / SECOND.as_secs();
        if self.second.swap(second, Ordering::Relaxed) != second {
            self.lines.store(0, Ordering::Relaxed);
        }
        if self.lines.fetch_add(1, Ordering::Relaxed) < LINES {
            return Some(self.held_back.swap(0, Ordering::Relaxed));
        }
        self.held_back.fetch_add(1, Ordering::Relaxed);
        None
    }
}

/// Replaces the standard message of a panic, which would print its text.
pub(super) fn take_over() {
    let gate = Gate::new();
    std::panic::set_hook(Box::new(move |panic| {
        metrics::counter!("panics_total").increment(1);
        let Some(held_back) = gate.pass(Instant::now()) else { return };
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        let (file, line) = panic.location().map_or(("unknown", 0), |place| (place.file(), place.line()));
        error!(file, line, thread, held_back, "a part of the hub fell");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storm_of_panics_is_a_few_lines_per_second() {
        let gate = Gate::new();
        let now = gate.started;

        let passed = (0..1_000).filter(|_| gate.pass(now).is_some()).count();

        assert_eq!(passed, 5);
        assert_eq!(gate.pass(now + SECOND), Some(995));
    }
}
