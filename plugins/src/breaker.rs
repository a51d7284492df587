//! Switches a plugin off that keeps failing, and tries it again later.
//!
//! Pure: time comes in. One for each plugin of a business.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::limits;

/// `Closed` lets all questions through, `Open` none, `Trying` one.
#[derive(Clone, Debug, Default)]
pub struct Breaker {
    faults: VecDeque<Instant>,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Closed,
    Open {
        until: Instant,
        pause: Duration,
    },
    /// Started at `since`; after another fault it pauses twice as long.
    Trying {
        since: Instant,
        pause: Duration,
    },
}

/// May the plugin be asked?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    Yes,
    /// The one question that decides whether it is switched on again.
    Try,
    /// Not before this moment.
    No {
        until: Instant,
    },
}

/// What the owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// After too many faults, or again after a try that failed.
    SwitchedOff {
        until: Instant,
        again: bool,
    },
    SwitchedOn,
}

impl Breaker {
    /// Asks for one question; what came of it must be told to `note`.
    pub fn permit(&mut self, now: Instant) -> Permit {
        match self.state {
            State::Closed => Permit::Yes,
            State::Open { until, .. } if now < until => Permit::No { until },
            State::Trying { since, .. } if now < since + limits::BREAKER_TRY => {
                Permit::No { until: since + limits::BREAKER_TRY }
            }
            State::Open { pause, .. } | State::Trying { pause, .. } => {
                self.state = State::Trying { since: now, pause };
                Permit::Try
            }
        }
    }

    /// A run ended; `is_fault` as `Failure::is_fault` says.
    ///
    /// Runs that began before the plugin was switched off change nothing.
    pub fn note(&mut self, is_fault: bool, permit: Permit, now: Instant) -> Option<Change> {
        match (self.state, permit) {
            (State::Closed, Permit::Yes) if is_fault => self.count(now),
            (State::Trying { pause, .. }, Permit::Try) if is_fault => {
                Some(self.open((pause * 2).min(limits::BREAKER_LONGEST_PAUSE), true, now))
            }
            (State::Trying { .. }, Permit::Try) => {
                *self = Self::default();
                Some(Change::SwitchedOn)
            }
            _ => None,
        }
    }

    /// The owner presses *try now*: the next question is a try.
    pub fn try_now(&mut self, now: Instant) {
        if let State::Open { pause, .. } = self.state {
            self.state = State::Open { until: now, pause };
        }
    }

    /// Until when it is switched off; `None` when it is on or may be tried.
    pub fn off_until(&self, now: Instant) -> Option<Instant> {
        match self.state {
            State::Open { until, .. } if now < until => Some(until),
            _ => None,
        }
    }

    fn count(&mut self, now: Instant) -> Option<Change> {
        self.faults.retain(|fault| now.saturating_duration_since(*fault) < limits::BREAKER_WINDOW);
        self.faults.push_back(now);
        (self.faults.len() >= limits::BREAKER_FAULTS).then(|| self.open(limits::BREAKER_PAUSE, false, now))
    }

    fn open(&mut self, pause: Duration, again: bool, now: Instant) -> Change {
        self.faults.clear();
        let until = now + pause;
        self.state = State::Open { until, pause };
        Change::SwitchedOff { until, again }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks and fails at each of these seconds; what the last one changed.
    fn failing_at(breaker: &mut Breaker, start: Instant, seconds: &[u64]) -> Option<Change> {
        let mut change = None;
        for second in seconds {
            let now = start + Duration::from_secs(*second);
            let permit = breaker.permit(now);
            change = breaker.note(true, permit, now);
        }
        change
    }

    #[test]
    fn five_faults_in_a_minute_switch_it_off() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        assert_eq!(failing_at(&mut breaker, start, &[0, 10, 20, 30]), None);
        let until = start + Duration::from_secs(40) + limits::BREAKER_PAUSE;
        let off = Change::SwitchedOff { until, again: false };
        assert_eq!(failing_at(&mut breaker, start, &[40]), Some(off));
        assert_eq!(breaker.permit(start + Duration::from_secs(41)), Permit::No { until });
        assert_eq!(breaker.off_until(start + Duration::from_secs(41)), Some(until));
    }

    #[test]
    fn old_faults_are_forgotten() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        assert_eq!(failing_at(&mut breaker, start, &[0, 10, 20, 30, 60, 70, 80, 90, 120]), None);
        assert_eq!(breaker.permit(start + Duration::from_secs(121)), Permit::Yes);
    }

    #[test]
    fn one_try_decides() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        failing_at(&mut breaker, start, &[0; 5]);
        let later = start + limits::BREAKER_PAUSE;
        assert_eq!(breaker.permit(later), Permit::Try);
        assert!(matches!(breaker.permit(later), Permit::No { .. }), "only one");
        assert_eq!(breaker.note(false, Permit::Yes, later), None, "a run from before decides nothing");
        assert_eq!(breaker.note(false, Permit::Try, later), Some(Change::SwitchedOn));
        assert_eq!(breaker.permit(later), Permit::Yes);
    }

    #[test]
    fn each_failed_try_doubles_the_pause_up_to_the_longest() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        failing_at(&mut breaker, start, &[0; 5]);
        let mut now = start + limits::BREAKER_PAUSE;
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let permit = breaker.permit(now);
            let Some(Change::SwitchedOff { until, again: true }) = breaker.note(true, permit, now) else { panic!() };
            pauses.push((until - now).as_secs());
            now = until;
        }
        assert_eq!(pauses, [60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn a_try_that_never_ends_is_given_up() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        failing_at(&mut breaker, start, &[0; 5]);
        let later = start + limits::BREAKER_PAUSE;
        assert_eq!(breaker.permit(later), Permit::Try);
        assert_eq!(breaker.permit(later + limits::BREAKER_TRY), Permit::Try);
    }

    #[test]
    fn the_owner_may_try_at_once() {
        let (mut breaker, start) = (Breaker::default(), Instant::now());
        failing_at(&mut breaker, start, &[0; 5]);
        breaker.try_now(start);
        assert_eq!(breaker.off_until(start), None);
        assert_eq!(breaker.permit(start), Permit::Try);
        breaker.try_now(start);
        assert!(matches!(breaker.permit(start), Permit::No { .. }), "a try is running");
    }
}
