//! Rules that a test makes up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwap;

use crate::ports::{Later, Plan, RouteQuestion, Rules, without_rules};

type Decide = Box<dyn Fn(&RouteQuestion) -> Plan + Send + Sync>;

/// Rules a test sets; without them a business has none.
pub struct FakeRules {
    decide: ArcSwap<Decide>,
    asked: ArcSwap<Vec<RouteQuestion>>,
    is_silent: AtomicBool,
}

impl FakeRules {
    /// From now on these rules decide.
    pub fn set(&self, decide: impl Fn(&RouteQuestion) -> Plan + Send + Sync + 'static) {
        self.decide.store(Arc::new(Box::new(decide)));
    }

    /// From now on they never answer.
    pub fn say_nothing(&self) {
        self.is_silent.store(true, Ordering::Relaxed);
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<RouteQuestion> {
        self.asked.load().to_vec()
    }
}

impl Default for FakeRules {
    fn default() -> Self {
        Self {
            decide: ArcSwap::from_pointee(Box::new(without_rules)),
            asked: ArcSwap::default(),
            is_silent: AtomicBool::new(false),
        }
    }
}

impl std::fmt::Debug for FakeRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FakeRules").field("asked", &self.asked.load().len()).finish_non_exhaustive()
    }
}

impl Rules for FakeRules {
    fn route(&self, question: RouteQuestion) -> Later<Plan> {
        self.asked.rcu(|asked| asked.iter().chain([&question]).cloned().collect::<Vec<_>>());
        if self.is_silent.load(Ordering::Relaxed) {
            return Box::pin(std::future::pending());
        }
        Box::pin(std::future::ready((self.decide.load())(&question)))
    }
}
