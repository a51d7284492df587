//! The only clock of the hub: the wall clock of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

use actors::moment::Moment;
use actors::ports::Clock;

/// Tells the time of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Moment {
        // A clock before 1970 counts as 1970: the machine has no time yet.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
