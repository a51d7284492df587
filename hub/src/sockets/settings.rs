//! What an operator may set at the edge.

use std::time::Duration;

use crate::client_address::TrustedProxies;

/// Bounds and addresses of the edge; the defaults are those of the product.
#[derive(Clone, Debug)]
pub(crate) struct EdgeSettings {
    /// Origins of the hub itself, exactly as browsers write them: `https://chat.example`.
    ///
    /// The chat document and the desk are both served by the hub, so no other page may open a socket.
    pub origins: Vec<String>,
    /// Whose word about a client's address counts.
    pub trusted_proxies: TrustedProxies,
    /// Messages per second of one socket, on average.
    pub messages_per_second: u32,
    /// Messages of one socket at once.
    pub burst: u32,
    /// Requests of one socket that may wait for their acknowledgement.
    pub unacked: u32,
    pub sockets_per_visitor: u32,
    pub sockets_per_consultant: u32,
    /// Sockets of one address prefix: an office or a school behind one address needs many.
    pub sockets_per_prefix: u32,
    /// New chats of one address prefix at one package.
    pub chats_per_minute_per_prefix: u32,
    /// New chats of one package.
    pub chats_per_minute_per_package: u32,
    /// New calls of one address prefix at one package.
    pub calls_per_minute_per_prefix: u32,
    /// New calls of one package.
    pub calls_per_minute_per_package: u32,
    /// How long a socket may stay without its `hello`.
    pub hello_timeout: Duration,
    /// Silence after which the hub asks for a sign of life, give or take a fifth.
    pub ping_after: Duration,
}

impl Default for EdgeSettings {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            trusted_proxies: TrustedProxies::default(),
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
            hello_timeout: Duration::from_secs(5),
            ping_after: Duration::from_secs(25),
        }
    }
}
