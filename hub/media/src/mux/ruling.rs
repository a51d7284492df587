//! What the table says of a datagram: where it came from, who gets it, what is sent back.

use std::net::SocketAddr;
use std::sync::Arc;

use super::inbox::Inbox;

/// Where a datagram comes from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Udp(SocketAddr),
    Tcp(u64, SocketAddr),
    /// A peer behind a relay of our own.
    Tap(u64, SocketAddr),
}

impl Place {
    pub(crate) fn address(self) -> SocketAddr {
        match self {
            Self::Udp(address) | Self::Tcp(_, address) | Self::Tap(_, address) => address,
        }
    }
}

/// Why a datagram goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no STUN, DTLS, RTP or RTCP, or a broken one.
    Malformed,
    /// It comes from a place that never showed that it belongs to a leg.
    Unknown,
    /// Its leg sends more than any voice.
    Budget,
}

/// What is to be done with a datagram.
#[derive(Debug, Default)]
pub(crate) struct Ruling {
    /// Send this back to where it came from.
    pub(crate) reply: Option<Vec<u8>>,
    /// Hand it to this leg.
    pub(crate) deliver: Option<Arc<Inbox>>,
    pub(crate) refusal: Option<Refusal>,
    /// The leg is somewhere else from now on.
    pub(crate) has_moved: bool,
}

impl Ruling {
    pub(crate) fn refuse(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}
