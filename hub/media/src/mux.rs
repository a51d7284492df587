//! One port for many legs: datagrams of UDP, of TCP and of our own relay go to the leg they belong to.
//!
//! It lives on one media thread with the drivers of its legs; it never waits for anybody.

mod budget;
mod inbox;
mod meters;
mod route;
mod ruling;
mod streams;
mod table;

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tracing::error;

pub(crate) use self::budget::Bounds;
pub(crate) use self::inbox::Inbox;
use self::meters::Meters;
use self::ruling::{Place, Refusal};
pub(crate) use self::table::LegKey;
use self::table::Table;
use crate::sdp::Credentials;

/// Longest datagram that is read; voice and keys fit into an Ethernet frame.
const DATAGRAM: usize = 1500;
/// So many datagrams are read before the drivers get a turn.
const BURST: usize = 64;
/// Most peers behind our relay.
const TAPS: usize = 10_000;
const SWEEP: Duration = Duration::from_secs(10);
/// A broken socket is tried again, but not in a hot loop.
const AFTER_ERROR: Duration = Duration::from_millis(20);

/// Where datagrams for a peer behind our relay leave. It is called on the media thread and must not wait.
pub(crate) trait Outlet: Send + Sync {
    /// Takes a copy; `false` if it had to be dropped.
    fn send(&self, datagram: &[u8]) -> bool;
}

/// One port and everybody behind it.
pub(crate) struct Mux {
    udp: UdpSocket,
    local: SocketAddr,
    table: Mutex<Table>,
    streams: Mutex<HashMap<u64, mpsc::Sender<Vec<u8>>>>,
    taps: Mutex<HashMap<u64, Arc<dyn Outlet>>>,
    next: AtomicU64,
    meters: Meters,
}

impl Mux {
    /// Takes a bound socket over; each leg may send what the bounds allow. It must be called inside the runtime of the media thread.
    pub(crate) fn new(socket: std::net::UdpSocket, bounds: Bounds) -> io::Result<Self> {
        let udp = UdpSocket::from_std(socket)?;
        let local = udp.local_addr()?;
        Ok(Self {
            udp,
            local,
            table: Mutex::new(Table::new(bounds)),
            streams: Mutex::default(),
            taps: Mutex::default(),
            next: AtomicU64::new(1),
            meters: Meters::new(),
        })
    }

    /// Starts to read the port, on the runtime it is called in.
    pub(crate) fn run(self: &Arc<Self>, listener: Option<tokio::net::TcpListener>) {
        tokio::spawn(guarded(Arc::clone(self), |mux| async move { mux.read_port().await }));
        tokio::spawn(guarded(Arc::clone(self), |mux| async move { mux.sweep().await }));
        if let Some(listener) = listener {
            let listener = Arc::new(listener);
            tokio::spawn(guarded(Arc::clone(self), move |mux| streams::accept(mux, Arc::clone(&listener))));
        }
    }

    pub(crate) fn local_addr(&self) -> SocketAddr {
        self.local
    }

    /// A number nothing else of this port has.
    pub(crate) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Lets a leg be reached under the name of its first offer.
    pub(crate) fn add(&self, leg: LegKey, inbox: Arc<Inbox>, own: Credentials) {
        self.table().add(leg, inbox, own, Instant::now());
        self.meters.legs.increment(1.0);
    }

    pub(crate) fn renew(&self, leg: LegKey, own: Credentials) {
        self.table().renew(leg, own);
    }

    pub(crate) fn answered(&self, leg: LegKey, remote: &Credentials) {
        self.table().answered(leg, remote);
    }

    pub(crate) fn remove(&self, leg: LegKey) {
        if self.table().remove(leg) {
            self.meters.legs.decrement(1.0);
        }
    }

    /// Sends a datagram to where a leg is now.
    pub(crate) fn send_to_leg(&self, leg: LegKey, datagram: &[u8]) {
        let destination = self.table().destination(leg);
        if !destination.is_some_and(|place| self.send(place, datagram)) {
            self.meters.unsent.increment(1);
        }
    }

    /// A peer reaches the port through our relay, as if it came from `relayed`.
    pub(crate) fn attach(self: &Arc<Self>, relayed: SocketAddr, outlet: Arc<dyn Outlet>) -> Option<Tap> {
        let mut taps = self.taps.lock().unwrap_or_else(PoisonError::into_inner);
        if taps.len() >= TAPS {
            return None;
        }
        let number = self.number();
        taps.insert(number, outlet);
        drop(taps);
        Some(Tap { mux: Arc::clone(self), number, relayed })
    }

    /// How many legs, names, places, streams and relayed peers there are: all back to none when all calls ended.
    pub(crate) fn census(&self) -> [usize; 5] {
        let streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner).len();
        let taps = self.taps.lock().unwrap_or_else(PoisonError::into_inner).len();
        let table = self.table();
        [table.legs(), table.names(), table.places(), streams, taps]
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A datagram arrived; `true` if it was let in.
    fn incoming(&self, place: Place, datagram: &[u8]) -> bool {
        self.meters.received.increment(1);
        let ruling = self.table().incoming(place, datagram, Instant::now());
        match ruling.refusal {
            Some(Refusal::Malformed) => self.meters.malformed.increment(1),
            Some(Refusal::Unknown) => self.meters.unknown.increment(1),
            Some(Refusal::Budget) => self.meters.budget.increment(1),
            None => {}
        }
        if ruling.has_moved {
            self.meters.migrations.increment(1);
        }
        if let Some(reply) = ruling.reply
            && !self.send(place, &reply)
        {
            self.meters.unsent.increment(1);
        }
        if let Some(inbox) = ruling.deliver
            && !inbox.push(datagram)
        {
            self.meters.full.increment(1);
        }
        ruling.refusal.is_none()
    }

    fn send(&self, place: Place, datagram: &[u8]) -> bool {
        let is_sent = match place {
            Place::Udp(address) => self.udp.try_send_to(datagram, self.reachable(address)).is_ok(),
            Place::Tcp(number, _address) => {
                let streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
                let stream = streams.get(&number);
                stream
                    .zip(crate::framing::frame(datagram))
                    .is_some_and(|(stream, frame)| stream.try_send(frame).is_ok())
            }
            Place::Tap(number, _address) => {
                let outlet = self.taps.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
                outlet.is_some_and(|outlet| outlet.send(datagram))
            }
        };
        if is_sent {
            self.meters.sent.increment(1);
        }
        is_sent
    }

    /// A socket of IPv6 reaches IPv4 under mapped addresses.
    fn reachable(&self, address: SocketAddr) -> SocketAddr {
        match (self.local.ip(), address.ip()) {
            (IpAddr::V6(_), IpAddr::V4(ip)) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
            _same => address,
        }
    }

    async fn read_port(&self) {
        let mut datagram = [0_u8; DATAGRAM];
        loop {
            if self.udp.readable().await.is_err() {
                tokio::time::sleep(AFTER_ERROR).await;
            }
            for _turn in 0..BURST {
                match self.udp.try_recv_from(&mut datagram) {
                    Ok((length, from)) => {
                        let from = canonical(from);
                        self.incoming(Place::Udp(from), datagram.get(..length).unwrap_or_default());
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    // One peer's unreachable port is told to the socket of all.
                    Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
                    Err(_broken) => {
                        tokio::time::sleep(AFTER_ERROR).await;
                        break;
                    }
                }
            }
            tokio::task::yield_now().await;
        }
    }

    async fn sweep(&self) {
        loop {
            tokio::time::sleep(SWEEP).await;
            self.table().sweep(Instant::now());
        }
    }
}

impl Drop for Mux {
    /// The legs that were left are gone with the port.
    fn drop(&mut self) {
        let left = u32::try_from(self.table().legs()).unwrap_or(u32::MAX);
        self.meters.legs.decrement(left);
    }
}

/// An IPv4 peer of an IPv6 socket is an IPv4 peer.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Runs a loop of the port; should it ever panic, it is started again.
async fn guarded<F: Future<Output = ()>>(mux: Arc<Mux>, work: impl Fn(Arc<Mux>) -> F) {
    while AssertUnwindSafe(work(Arc::clone(&mux))).catch_unwind().await.is_err() {
        error!(port = mux.local.port(), "a loop of the media port panicked and is started again");
    }
}

/// A peer behind our relay; dropping it detaches the peer.
pub(crate) struct Tap {
    mux: Arc<Mux>,
    number: u64,
    relayed: SocketAddr,
}

impl Tap {
    /// A datagram arrives from the peer. It is ruled on like one of the socket.
    pub(crate) fn inject(&self, datagram: &[u8]) {
        if datagram.len() <= DATAGRAM {
            self.mux.incoming(Place::Tap(self.number, self.relayed), datagram);
        }
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.mux.taps.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
        self.mux.table().leave(Place::Tap(self.number, self.relayed));
    }
}
