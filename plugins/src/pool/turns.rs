//! Whose turn it is.

use std::collections::{HashMap, VecDeque};

use actors::ids::BusinessId;

use crate::limits;

/// Businesses in turn, each with its own queue and a share of the threads.
pub(super) struct Turns<J> {
    /// Only businesses with something waiting or running.
    lines: HashMap<BusinessId, Line<J>>,
    /// Those with something waiting, the next one first.
    ring: VecDeque<BusinessId>,
    /// Runs at once of one business.
    cap: usize,
    waiting: usize,
}

struct Line<J> {
    waiting: VecDeque<J>,
    running: usize,
}

impl<J> Turns<J> {
    pub(super) fn new(cap: usize) -> Self {
        Self { lines: HashMap::new(), ring: VecDeque::new(), cap, waiting: 0 }
    }

    /// `false` when too many wait already.
    pub(super) fn push(&mut self, business: BusinessId, job: J) -> bool {
        if self.waiting >= limits::QUEUES {
            return false;
        }
        let line = self.lines.entry(business).or_insert_with(|| Line { waiting: VecDeque::new(), running: 0 });
        if line.waiting.len() >= limits::QUEUE {
            return false;
        }
        if line.waiting.is_empty() {
            self.ring.push_back(business);
        }
        line.waiting.push_back(job);
        self.waiting += 1;
        true
    }

    /// The oldest job of the next business that may run another one.
    pub(super) fn pop(&mut self) -> Option<(BusinessId, J)> {
        let may_run = |business: &BusinessId| self.lines.get(business).is_some_and(|line| line.running < self.cap);
        let at = self.ring.iter().position(may_run)?;
        let business = self.ring.remove(at)?;
        let line = self.lines.get_mut(&business)?;
        let job = line.waiting.pop_front()?;
        line.running += 1;
        self.waiting -= 1;
        if !line.waiting.is_empty() {
            self.ring.push_back(business);
        }
        Some((business, job))
    }

    /// A job of this business has ended.
    pub(super) fn done(&mut self, business: BusinessId) {
        if let Some(line) = self.lines.get_mut(&business) {
            line.running = line.running.saturating_sub(1);
            if line.running == 0 && line.waiting.is_empty() {
                self.lines.remove(&business);
            }
        }
    }

    /// Drops whatever waits.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.ring.clear();
        self.waiting = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business(id: i64) -> BusinessId {
        BusinessId::from(id)
    }

    fn popped(turns: &mut Turns<u32>) -> Option<(i64, u32)> {
        turns.pop().map(|(business, job)| (i64::from(business), job))
    }

    #[test]
    fn businesses_take_turns() {
        let mut turns = Turns::new(9);
        for (owner, job) in [(1, 10), (1, 11), (1, 12), (2, 20), (3, 30), (2, 21)] {
            assert!(turns.push(business(owner), job));
        }
        let order: Vec<u32> = std::iter::from_fn(|| popped(&mut turns)).map(|(_, job)| job).collect();
        assert_eq!(order, [10, 20, 30, 11, 21, 12]);
    }

    #[test]
    fn nobody_holds_more_than_its_share() {
        let mut turns = Turns::new(1);
        for (owner, job) in [(1, 10), (1, 11), (2, 20)] {
            assert!(turns.push(business(owner), job));
        }
        assert_eq!(popped(&mut turns), Some((1, 10)));
        assert_eq!(popped(&mut turns), Some((2, 20)));
        assert_eq!(popped(&mut turns), None);
        turns.done(business(1));
        assert_eq!(popped(&mut turns), Some((1, 11)));
    }

    #[test]
    fn a_full_queue_refuses_one_business_only() {
        let mut turns = Turns::new(1);
        for job in 0..limits::QUEUE {
            assert!(turns.push(business(1), job));
        }
        assert!(!turns.push(business(1), 0));
        assert!(turns.push(business(2), 0));
    }

    #[test]
    fn all_queues_together_are_bounded() {
        let mut turns = Turns::new(1);
        let businesses = i64::try_from(limits::QUEUES).unwrap();
        assert!((0..businesses).all(|owner| turns.push(business(owner), ())));
        assert!(!turns.push(business(-1), ()));
        turns.pop().unwrap();
        assert!(turns.push(business(-1), ()));
    }

    #[test]
    fn who_has_nothing_left_is_forgotten() {
        let mut turns = Turns::new(1);
        assert!(turns.push(business(1), 10));
        turns.pop().unwrap();
        turns.done(business(1));
        assert!(turns.lines.is_empty() && turns.ring.is_empty() && turns.waiting == 0);
    }
}
