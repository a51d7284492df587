//! The status of a consultant.

use serde::{Deserialize, Serialize};

/// Available, Busy or Away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum Status {
    Available,
    Busy,
    /// Chosen by hand, or by itself while no browser is connected.
    #[default]
    Away,
}

impl Status {
    /// What others see: nobody is reachable without a browser.
    #[must_use]
    pub fn seen_by_others(self, is_connected: bool) -> Self {
        if is_connected { self } else { Self::Away }
    }
}
