//! Section `[drain]`: how the hub goes down.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ConfigError, at_least, at_most};

/// Supervisors kill after 30 s by default; the hub must be gone before.
const LONGEST_DEADLINE_SECONDS: u64 = 300;

/// What happens after SIGTERM.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DrainConfig {
    /// Browsers come back after a random time up to this many milliseconds.
    pub spread_ms: u32,
    /// The hub is gone after at most this many seconds.
    pub deadline_seconds: u64,
}

impl Default for DrainConfig {
    fn default() -> Self {
        Self { spread_ms: 5_000, deadline_seconds: 25 }
    }
}

impl DrainConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        at_least("drain.deadline_seconds", self.deadline_seconds, 1)?;
        at_most("drain.deadline_seconds", self.deadline_seconds, LONGEST_DEADLINE_SECONDS)
    }

    /// The same as a duration.
    pub(crate) fn deadline(&self) -> Duration {
        Duration::from_secs(self.deadline_seconds)
    }
}
