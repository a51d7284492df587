//! Section `[chat]`: how long things last while people talk.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ConfigError, at_least, at_most};

const MINUTE_SECONDS: u64 = 60;
/// A day: longer is a slip of the finger.
const LONGEST_MINUTES: u64 = 24 * 60;

/// Times and bounds of chats.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChatConfig {
    /// How long a visitor without a connection still counts as there, in seconds.
    pub visitor_grace_seconds: u64,
    /// How long a consultant without a connection keeps the chats, in seconds.
    pub consultant_grace_seconds: u64,
    /// How long a chat may be silent before it closes by itself, in minutes.
    pub silence_minutes: u64,
    /// How long something nobody uses stays in memory, in minutes.
    pub idle_minutes: u64,
    /// Visitors that may wait at one package; the next one is refused.
    pub waiting_per_package: usize,
    /// Chats one visitor may have open at once.
    pub chats_per_visitor: usize,
}

impl Default for ChatConfig {
    fn default() -> Self {
        Self {
            visitor_grace_seconds: 60,
            consultant_grace_seconds: 60,
            silence_minutes: 30,
            idle_minutes: 10,
            waiting_per_package: 500,
            chats_per_visitor: 3,
        }
    }
}

impl ChatConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        at_least("chat.visitor_grace_seconds", self.visitor_grace_seconds, 1)?;
        at_most("chat.visitor_grace_seconds", self.visitor_grace_seconds, LONGEST_MINUTES * MINUTE_SECONDS)?;
        at_least("chat.consultant_grace_seconds", self.consultant_grace_seconds, 1)?;
        at_most("chat.consultant_grace_seconds", self.consultant_grace_seconds, LONGEST_MINUTES * MINUTE_SECONDS)?;
        at_least("chat.silence_minutes", self.silence_minutes, 1)?;
        at_most("chat.silence_minutes", self.silence_minutes, LONGEST_MINUTES)?;
        at_least("chat.idle_minutes", self.idle_minutes, 1)?;
        at_most("chat.idle_minutes", self.idle_minutes, LONGEST_MINUTES)?;
        at_least("chat.waiting_per_package", self.waiting_per_package, 1)?;
        at_least("chat.chats_per_visitor", self.chats_per_visitor, 1)
    }

    pub(super) fn visitor_grace(&self) -> Duration {
        Duration::from_secs(self.visitor_grace_seconds)
    }

    pub(super) fn consultant_grace(&self) -> Duration {
        Duration::from_secs(self.consultant_grace_seconds)
    }

    pub(super) fn silence(&self) -> Duration {
        Duration::from_secs(self.silence_minutes * MINUTE_SECONDS)
    }

    pub(super) fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_minutes * MINUTE_SECONDS)
    }
}
