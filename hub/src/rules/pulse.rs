//! How a plugin does: whether it may be asked, and what its owner is shown of it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use actors::moment::Moment;
use plugins::ask::Failure;
use plugins::breaker::{Breaker, Change, Permit};

/// Runs whose times are remembered.
const REMEMBERED: usize = 512;

/// The counts of one version since the hub started or the version changed.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    pub(super) breaker: Breaker,
    version: i32,
    asked: u64,
    failed: u64,
    last: Option<(String, Moment)>,
    took: VecDeque<Duration>,
}

/// What an owner sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Health {
    pub asked: u64,
    pub failed: u64,
    pub last_failure: Option<String>,
    pub last_failed_at: Option<Moment>,
    /// It failed too often and is not asked for so long.
    pub off_for: Option<Duration>,
    pub p50: Duration,
    pub p99: Duration,
}

impl Pulse {
    /// Another version begins anew.
    pub(super) fn follow(&mut self, version: i32) {
        if self.version != version {
            *self = Self { version, ..Self::default() };
        }
    }

    /// It could not be loaded.
    pub(super) fn unready(&mut self, why: &str, now: Moment) {
        self.last = Some((why.to_owned(), now));
    }

    /// A run ended.
    pub(super) fn note(
        &mut self,
        (failure, took): (Option<&Failure>, Duration),
        permit: Permit,
        (now, instant): (Moment, Instant),
    ) -> Option<Change> {
        self.asked = self.asked.saturating_add(1);
        if let Some(failure) = failure {
            self.failed = self.failed.saturating_add(1);
            self.last = Some((failure.to_string(), now));
        }
        if self.took.len() == REMEMBERED {
            self.took.pop_front();
        }
        self.took.push_back(took);
        self.breaker.note(failure.is_some_and(Failure::is_fault), permit, instant)
    }

    pub(super) fn health(&self, now: Instant) -> Health {
        let mut took: Vec<Duration> = self.took.iter().copied().collect();
        took.sort_unstable();
        let at = |percent: usize| {
            let last = took.len().saturating_sub(1);
            took.get((took.len() * percent / 100).min(last)).copied().unwrap_or_default()
        };
        let (last_failure, last_failed_at) = self.last.clone().unzip();
        Health {
            asked: self.asked,
            failed: self.failed,
            last_failure,
            last_failed_at,
            off_for: self.breaker.off_until(now).map(|until| until.saturating_duration_since(now)),
            p50: at(50),
            p99: at(99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(pulse: &mut Pulse, failure: Option<&Failure>, millis: u64) -> Option<Change> {
        let now = Instant::now();
        let permit = pulse.breaker.permit(now);
        pulse.note((failure, Duration::from_millis(millis)), permit, (Moment::from_millis(7), now))
    }

    #[test]
    fn health_tells_what_happened_to_this_version() {
        let mut pulse = Pulse::default();
        pulse.follow(1);
        for millis in 1..=100 {
            noted(&mut pulse, None, millis);
        }
        noted(&mut pulse, Some(&Failure::Stack), 1);

        let health = pulse.health(Instant::now());
        assert_eq!((health.asked, health.failed), (101, 1));
        assert_eq!(health.last_failure, Some(Failure::Stack.to_string()));
        assert_eq!(health.last_failed_at, Some(Moment::from_millis(7)));
        assert_eq!((health.p50, health.p99), (Duration::from_millis(50), Duration::from_millis(99)));

        pulse.follow(1);
        assert_eq!(pulse.health(Instant::now()).asked, 101, "the same version goes on");
        pulse.follow(2);
        assert_eq!(pulse.health(Instant::now()), Health::default());
    }

    #[test]
    fn a_plugin_that_keeps_failing_is_off_for_a_while() {
        let mut pulse = Pulse::default();
        let change = (0..5).map(|_| noted(&mut pulse, Some(&Failure::Stack), 1)).last().flatten();
        assert!(matches!(change, Some(Change::SwitchedOff { again: false, .. })), "{change:?}");
        assert!(pulse.health(Instant::now()).off_for.is_some());
    }
}
