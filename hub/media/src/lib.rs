//! The voice of calls: relays it between two browsers through one port per media thread.
//!
//! It implements the `Media` port of the actors and knows nothing of them beyond it.

mod bridge;
mod bucket;
mod framing;
#[doc(hidden)]
pub mod fuzz;
mod knock;
mod leg;
mod mux;
mod port;
mod rewriter;
mod runtime;
mod sdp;
mod stun;
mod turn;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use actors::ids::CallId;
use actors::ports::{Later, Leg, Media, MediaError, MediaListener, Offer};
use actors::protocol::{CallSide, IceServer};

use crate::leg::Identity;
use crate::mux::Bounds;
use crate::port::MediaPort;
use crate::turn::{Meters, Turn, TurnConfig};

/// Most media threads; each carries some two hundred calls.
const THREADS: u16 = 64;

/// Where the voice passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaConfig {
    /// The first port, of UDP and TCP; thread `i` has the `i`-th after it. Port 0 takes any.
    pub bind: SocketAddr,
    /// What browsers are told; empty: the addresses of this machine.
    pub addresses: Vec<IpAddr>,
    /// Whether the same port numbers are open over TCP.
    pub tcp: bool,
    /// Whether the hub is a relay for networks that let neither through.
    pub turn: bool,
    /// How many threads carry voice.
    pub threads: usize,
}

/// Carries the voice of calls. Clones are the same relay; the last one that goes ends it.
#[derive(Clone)]
pub struct VoiceRelay {
    ports: Arc<[MediaPort]>,
    turn: Option<Arc<Turn>>,
}

impl VoiceRelay {
    /// Binds the ports and starts their threads.
    pub fn start(config: MediaConfig) -> io::Result<Self> {
        Self::start_within(config, Bounds::default())
    }

    pub(crate) fn start_within(mut config: MediaConfig, bounds: Bounds) -> io::Result<Self> {
        if config.addresses.is_empty() {
            config.addresses = sdp::own_addresses(config.bind);
        }
        let identity = Identity::new().map_err(io::Error::other)?;
        let threads = u16::try_from(config.threads).unwrap_or(THREADS).clamp(1, THREADS);
        let start = |thread| MediaPort::start(nth(config.bind, thread)?, &config, bounds, identity.clone());
        let ports = (0..threads).map(start);
        let ports: Arc<[MediaPort]> = ports.collect::<io::Result<_>>()?;
        let turn = config.turn.then(|| start_turn(&config, nth(config.bind, threads)?, &ports)).transpose()?;
        Ok(Self { ports, turn: turn.map(Arc::new) })
    }

    /// The bound addresses, one of each thread.
    pub fn ports(&self) -> Vec<SocketAddr> {
        self.ports.iter().map(MediaPort::bound).collect()
    }

    /// The port of the relay for networks that let nothing else through, if there is one.
    pub fn turn_port(&self) -> Option<u16> {
        self.turn.as_ref().map(|turn| turn.port())
    }

    /// How many legs, names, places, streams and relayed peers the ports know: all none when no call is left.
    #[doc(hidden)]
    pub fn census(&self) -> [usize; 5] {
        self.ports.iter().map(MediaPort::census).fold([0; 5], |mut sum, next| {
            sum.iter_mut().zip(next).for_each(|(sum, next)| *sum += next);
            sum
        })
    }

    /// The thread of a call: always the same, and of both legs, so that no packet changes threads.
    fn port(&self, call: CallId) -> Option<&MediaPort> {
        let random = usize::try_from(i64::from(call) & i64::from(u16::MAX)).unwrap_or_default();
        self.ports.get(random % self.ports.len().max(1))
    }

    /// What helps a browser of this leg through a network without UDP.
    fn ice_servers(&self, leg: Leg) -> Vec<IceServer> {
        self.turn.as_ref().map(|turn| turn.ice_servers(leg.call, leg.side)).unwrap_or_default()
    }

    /// The same for a leg that may be gone meanwhile: then nobody is let in again.
    fn renewed_ice_servers(&self, leg: Leg) -> Vec<IceServer> {
        self.turn.as_ref().map(|turn| turn.renewed(leg.call, leg.side)).unwrap_or_default()
    }
}

impl Media for VoiceRelay {
    fn connect(&self, leg: Leg, listener: MediaListener) -> Later<Result<Offer, MediaError>> {
        match self.port(leg.call) {
            Some(port) => port.connect(leg, listener, self.ice_servers(leg)),
            None => Box::pin(async { Err(MediaError::Unavailable) }),
        }
    }

    fn mend(&self, leg: Leg) -> Later<Result<Offer, MediaError>> {
        match self.port(leg.call) {
            Some(port) => port.mend(leg, self.renewed_ice_servers(leg)),
            None => Box::pin(async { Err(MediaError::Unavailable) }),
        }
    }

    fn answer(&self, leg: Leg, sdp: String) -> Later<Result<(), MediaError>> {
        match self.port(leg.call) {
            Some(port) => port.answer(leg, sdp),
            None => Box::pin(async { Err(MediaError::Unavailable) }),
        }
    }

    fn mute(&self, call: CallId, side: CallSide, is_muted: bool) {
        if let Some(port) = self.port(call) {
            port.mute(call, side, is_muted);
        }
    }

    fn drop_leg(&self, leg: Leg) {
        if let Some(port) = self.port(leg.call) {
            port.drop_leg(leg);
        }
    }

    fn close(&self, call: CallId) {
        if let Some(port) = self.port(call) {
            port.close(call);
        }
        if let Some(turn) = &self.turn {
            turn.revoke(call);
        }
    }

    fn calls(&self) -> usize {
        self.ports.iter().map(MediaPort::calls).sum()
    }
}

/// The `n`-th port after the first; with port 0 the system chooses each.
fn nth(mut bind: SocketAddr, n: u16) -> io::Result<SocketAddr> {
    if bind.port() != 0 {
        bind.set_port(bind.port().checked_add(n).ok_or(io::ErrorKind::AddrNotAvailable)?);
    }
    Ok(bind)
}

/// Starts the relay beside the first media port, on its thread.
fn start_turn(config: &MediaConfig, bind: SocketAddr, ports: &[MediaPort]) -> io::Result<Turn> {
    let first = ports.first().ok_or(io::ErrorKind::NotFound)?;
    let host = config.addresses.first().copied().unwrap_or(bind.ip()).to_string();
    let config = TurnConfig { bind, host, addresses: config.addresses.clone(), meters: Meters::new() };
    let muxes = ports.iter().map(MediaPort::mux).collect();
    let _entered = first.runtime().enter();
    Turn::start(config, muxes)
}
