//! Section `[egress]`: where the hub itself may connect to.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// Requests of the hub to addresses that people type, such as that of a logo.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EgressConfig {
    /// Addresses with ports that may be asked although they are not public or not a port of the web.
    pub allow_private: Vec<SocketAddr>,
}
