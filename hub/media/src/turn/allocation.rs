//! One client's way through the relay: which of the hub's own addresses it may speak to, and how fast.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::credentials::Claim;
use super::stun::Transaction;
use crate::bucket::{Bucket, Rate};

/// How long an allocation, a permission and a channel live until they are asked for again (RFC 8656).
pub(crate) const ALLOCATION_LIFE: Duration = Duration::from_mins(10);
const PERMISSION_LIFE: Duration = Duration::from_mins(5);
const CHANNEL_LIFE: Duration = Duration::from_mins(10);

/// What an allocation may carry, both directions together: 512 kbit/s, several times what voice takes.
/// Half a second of it may come at once.
pub(crate) const BYTES: Rate = Rate { per_second: 512_000 / 8, burst: 512_000 / 16 };

/// Channel numbers a client may choose; the first byte tells channel data from STUN.
pub(crate) const CHANNELS: std::ops::RangeInclusive<u16> = 0x4000..=0x7FFF;

/// How a client reaches the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Client {
    Udp(SocketAddr),
    /// A connection, by its number: an address may have another one later.
    Tcp(u64, SocketAddr),
}

impl Client {
    pub(crate) fn address(self) -> SocketAddr {
        match self {
            Self::Udp(address) | Self::Tcp(_, address) => address,
        }
    }
}

/// One allocation.
#[derive(Debug)]
pub(crate) struct Allocation {
    pub(crate) username: String,
    pub(crate) claim: Claim,
    /// Of the request that made it: the same request again gets the same answer.
    pub(crate) transaction: Transaction,
    /// What the client is told its address is.
    pub(crate) relayed: SocketAddr,
    pub(crate) made: Instant,
    pub(crate) expires: Instant,
    /// One for each of the hub's own addresses, in their order.
    pub(crate) peers: Vec<Peer>,
    pub(crate) bucket: Bucket,
    /// Its place among all allocations.
    pub(crate) slot: u8,
}

/// One of the hub's own addresses, as this allocation may use it.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    /// Where the client seems to be, seen from this address.
    pub(crate) label: SocketAddr,
    permitted_until: Option<Instant>,
    channel: Option<Channel>,
}

#[derive(Clone, Copy, Debug)]
struct Channel {
    number: u16,
    expires: Instant,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr, label: SocketAddr) -> Self {
        Self { address, label, permitted_until: None, channel: None }
    }

    pub(crate) fn permit(&mut self, now: Instant) {
        self.permitted_until = Some(now + PERMISSION_LIFE);
    }

    pub(crate) fn bind(&mut self, number: u16, now: Instant) {
        self.channel = Some(Channel { number, expires: now + CHANNEL_LIFE });
        self.permit(now);
    }

    pub(crate) fn channel(&self, now: Instant) -> Option<u16> {
        self.channel.filter(|channel| now < channel.expires).map(|channel| channel.number)
    }

    pub(crate) fn is_permitted(&self, now: Instant) -> bool {
        self.permitted_until.is_some_and(|until| now < until) || self.channel(now).is_some()
    }
}
