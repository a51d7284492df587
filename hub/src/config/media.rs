//! Section `[media]`: how the voice of calls reaches the hub, and how much of it there may be.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ConfigError, at_least, at_most};

const PORT: u16 = 8089;
const MINUTE_SECONDS: u64 = 60;
/// Each has a port and a thread of its own; more than any machine has cores is a slip of the finger.
const MOST_THREADS: u16 = 64;
/// Somebody who lets it ring longer has left.
const LONGEST_RING_SECONDS: u64 = 300;
/// A day: longer is a call somebody forgot.
const LONGEST_CALL_MINUTES: u64 = 24 * 60;

/// Where voice goes in and out, and its bounds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MediaConfig {
    /// Visitors may call; without it every package is one without voice.
    pub enabled: bool,
    /// Address and port of the voice, UDP and TCP; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Addresses that browsers are told; empty means those of this machine.
    pub addresses: Vec<IpAddr>,
    /// Threads that pass voice on; each takes one port, counted up from that of `bind`.
    pub threads: u16,
    /// Takes voice over TCP on the same ports, for networks that block UDP.
    pub tcp: bool,
    /// Relays voice (TURN) on the port after those, for networks that let nothing else through.
    pub turn: bool,
    /// Calls at once.
    pub calls: usize,
    /// Calls at once at one package.
    pub calls_per_package: usize,
    /// How long a consultant is rung before the next one is, in seconds.
    pub ring_seconds: u64,
    /// How long a call may last, in minutes.
    pub longest_call_minutes: u64,
}

impl Default for MediaConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            bind: default_bind(),
            addresses: Vec::new(),
            threads: 1,
            tcp: true,
            turn: true,
            calls: 200,
            calls_per_package: 50,
            ring_seconds: 25,
            longest_call_minutes: 240,
        }
    }
}

fn default_bind() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT))
}

impl MediaConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        at_least("media.threads", self.threads, 1)?;
        at_most("media.threads", self.threads, MOST_THREADS)?;
        at_least("media.calls", self.calls, 1)?;
        at_least("media.calls_per_package", self.calls_per_package, 1)?;
        at_least("media.ring_seconds", self.ring_seconds, 1)?;
        at_most("media.ring_seconds", self.ring_seconds, LONGEST_RING_SECONDS)?;
        at_least("media.longest_call_minutes", self.longest_call_minutes, 1)?;
        at_most("media.longest_call_minutes", self.longest_call_minutes, LONGEST_CALL_MINUTES)?;
        let last = self.bind.port().checked_add(self.threads - 1 + u16::from(self.turn));
        if self.bind.port() != 0 && last.is_none() {
            let problem = "leaves too few ports after it for media.threads and media.turn".to_owned();
            return Err(ConfigError::Invalid { key: "media.bind", problem });
        }
        if let Some(nowhere) = self.addresses.iter().find(|ip| ip.is_unspecified() || ip.is_multicast()) {
            let problem = format!("has {nowhere}, which no browser can reach");
            return Err(ConfigError::Invalid { key: "media.addresses", problem });
        }
        Ok(())
    }

    /// Takes a free port where the pages are on a free one too: a hub that is only tried out must not stand in the way
    /// of the one that runs.
    pub(super) fn follow(&mut self, pages: SocketAddr) {
        if pages.port() == 0 && self.bind == default_bind() {
            self.bind = SocketAddr::new(pages.ip(), 0);
        }
    }

    /// How long a consultant is rung.
    pub(super) fn ring(&self) -> Duration {
        Duration::from_secs(self.ring_seconds)
    }

    /// How long a call may last.
    pub(super) fn longest_call(&self) -> Duration {
        Duration::from_secs(self.longest_call_minutes * MINUTE_SECONDS)
    }
}
