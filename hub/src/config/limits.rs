//! Section `[limits]`: what one browser, address or package may do.

use serde::{Deserialize, Serialize};

use super::{ConfigError, at_least};

/// Limits against floods; people never reach them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LimitsConfig {
    /// Messages per second of one socket, on average.
    pub messages_per_second: u32,
    /// Messages of one socket at once.
    pub burst: u32,
    /// Requests of one socket that may wait for their acknowledgement.
    pub unacked: u32,
    /// Sockets of one visitor (tabs).
    pub sockets_per_visitor: u32,
    /// Sockets of one consultant (tabs and devices).
    pub sockets_per_consultant: u32,
    /// Sockets from one address prefix (IPv4 /24, IPv6 /64).
    pub sockets_per_prefix: u32,
    /// New chats per minute from one address prefix at one package.
    pub chats_per_minute_per_prefix: u32,
    /// New chats per minute at one package.
    pub chats_per_minute_per_package: u32,
    /// New calls per minute from one address prefix at one package.
    pub calls_per_minute_per_prefix: u32,
    /// New calls per minute at one package.
    pub calls_per_minute_per_package: u32,
    /// Attempts to sign in per 15 minutes for one e-mail.
    pub sign_ins_per_account: u32,
    /// Attempts to sign in per 15 minutes from one address prefix.
    pub sign_ins_per_prefix: u32,
    /// Pictures one account may bring in an hour.
    pub images_per_hour: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            messages_per_second: 10,
            burst: 20,
            unacked: 32,
            sockets_per_visitor: 5,
            sockets_per_consultant: 20,
            sockets_per_prefix: 200,
            chats_per_minute_per_prefix: 10,
            chats_per_minute_per_package: 120,
            calls_per_minute_per_prefix: 20,
            calls_per_minute_per_package: 120,
            sign_ins_per_account: 10,
            sign_ins_per_prefix: 50,
            images_per_hour: 60,
        }
    }
}

impl LimitsConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        at_least("limits.messages_per_second", self.messages_per_second, 1)?;
        at_least("limits.burst", self.burst, 1)?;
        at_least("limits.unacked", self.unacked, 1)?;
        at_least("limits.sockets_per_visitor", self.sockets_per_visitor, 1)?;
        at_least("limits.sockets_per_consultant", self.sockets_per_consultant, 1)?;
        at_least("limits.sockets_per_prefix", self.sockets_per_prefix, 1)?;
        at_least("limits.chats_per_minute_per_prefix", self.chats_per_minute_per_prefix, 1)?;
        at_least("limits.chats_per_minute_per_package", self.chats_per_minute_per_package, 1)?;
        at_least("limits.calls_per_minute_per_prefix", self.calls_per_minute_per_prefix, 1)?;
        at_least("limits.calls_per_minute_per_package", self.calls_per_minute_per_package, 1)?;
        at_least("limits.sign_ins_per_account", self.sign_ins_per_account, 1)?;
        at_least("limits.sign_ins_per_prefix", self.sign_ins_per_prefix, 1)?;
        at_least("limits.images_per_hour", self.images_per_hour, 1)
    }
}
