//! Panics on demand, for the chaos tests. Without the feature `chaos` nothing of it is built.

/// Where an actor is struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Victim {
    Business,
    Call,
    Chat,
    Consultant,
    Visitor,
}

#[cfg(not(feature = "chaos"))]
mod off {
    use super::Victim;

    /// Does nothing in this build.
    #[derive(Clone, Debug)]
    pub struct ChaosPlan(());

    #[inline]
    pub(crate) fn strike(_victim: Victim) {}

    #[inline]
    pub(crate) fn strike_poison(_body: &str) {}
}

#[cfg(feature = "chaos")]
mod on {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::Victim;

    static PLAN: OnceLock<ChaosPlan> = OnceLock::new();
    static DICE: AtomicU64 = AtomicU64::new(0x9E37_79B9_7F4A_7C15);

    /// How often which actor panics.
    #[derive(Clone, Debug, Default)]
    pub struct ChaosPlan {
        business: f64,
        call: f64,
        chat: f64,
        consultant: f64,
        visitor: f64,
        poison: Option<String>,
    }

    impl ChaosPlan {
        /// Reads `chat=0.05,business=0.02,seed=7,chat_poison=TEXT`; `None` for anything else.
        pub fn parse(text: &str) -> Option<Self> {
            let mut plan = Self::default();
            for part in text.split(',').filter(|part| !part.is_empty()) {
                let (name, value) = part.split_once('=')?;
                match name.trim() {
                    "business" => plan.business = value.parse().ok()?,
                    "call" => plan.call = value.parse().ok()?,
                    "chat" => plan.chat = value.parse().ok()?,
                    "consultant" => plan.consultant = value.parse().ok()?,
                    "visitor" => plan.visitor = value.parse().ok()?,
                    "chat_poison" => plan.poison = Some(value.to_owned()),
                    "seed" => DICE.store(value.parse::<u64>().ok()? | 1, Ordering::Relaxed),
                    _ => return None,
                }
            }
            Some(plan)
        }

        /// Starts the chaos; the first plan of a process stands.
        pub fn begin(self) {
            let _first_stands = PLAN.set(self);
        }

        fn chance(&self, victim: Victim) -> f64 {
            match victim {
                Victim::Business => self.business,
                Victim::Call => self.call,
                Victim::Chat => self.chat,
                Victim::Consultant => self.consultant,
                Victim::Visitor => self.visitor,
            }
        }
    }

    /// Panics with the planned probability.
    pub(crate) fn strike(victim: Victim) {
        let Some(plan) = PLAN.get() else { return };
        assert!(throw() >= plan.chance(victim), "chaos strikes a {victim:?}");
    }

    /// Panics when the planned text is said.
    pub(crate) fn strike_poison(body: &str) {
        let poison = PLAN.get().and_then(|plan| plan.poison.as_deref());
        assert!(!poison.is_some_and(|poison| body.contains(poison)), "chaos strikes a poisoned chat");
    }

    /// A number of 0 to 1 (xorshift64*; races between threads only shuffle the dice).
    fn throw() -> f64 {
        let mut x = DICE.load(Ordering::Relaxed);
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        DICE.store(x, Ordering::Relaxed);
        let bits = u32::try_from(x.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32).unwrap_or_default();
        f64::from(bits) / f64::from(u32::MAX)
    }
}

#[cfg(not(feature = "chaos"))]
pub use off::ChaosPlan;
#[cfg(not(feature = "chaos"))]
pub(crate) use off::{strike, strike_poison};
#[cfg(feature = "chaos")]
pub use on::ChaosPlan;
#[cfg(feature = "chaos")]
pub(crate) use on::{strike, strike_poison};
