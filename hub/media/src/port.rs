//! One media thread: its port, its calls, and the runtime their connections live on.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use actors::ids::CallId;
use actors::ports::{Later, Leg, MediaError, MediaListener, Offer};
use actors::protocol::{CallSide, IceServer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::runtime::{Builder, Handle};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;
use tracing::warn;

use crate::bridge::{Bridge, Ear};
use crate::leg::{Identity, LegError, VoiceLeg, WebrtcLeg};
use crate::mux::{Bounds, Mux};
use crate::{MediaConfig, sdp};

/// Two seconds of a thousand voices: bursts of the network wait here, not in the trash.
const SOCKET_BUFFER: usize = 4 * 1024 * 1024;
/// Most requests a thread works on at a time; making a leg takes some 10 ms of it.
const AT_WORK: usize = 256;
/// A request that takes longer has failed.
const DEADLINE: Duration = Duration::from_secs(5);
/// How often silence is looked for.
const WATCH: Duration = Duration::from_millis(100);
/// With port 0, UDP gets any port; another program may have that number over TCP.
const ATTEMPTS: usize = 16;

/// One media thread. Dropping it ends the thread and all its calls.
pub(crate) struct MediaPort {
    works: Arc<Works>,
    _until_dropped: oneshot::Sender<()>,
}

/// What the requests of a thread work with.
struct Works {
    runtime: Handle,
    mux: Arc<Mux>,
    identity: Identity,
    /// The candidate lines of every offer.
    candidates: Vec<String>,
    calls: Mutex<HashMap<CallId, Arc<Bridge>>>,
    at_work: Arc<Semaphore>,
}

impl MediaPort {
    /// Binds the port and starts its thread.
    pub(crate) fn start(
        bind: SocketAddr,
        config: &MediaConfig,
        bounds: Bounds,
        identity: Identity,
    ) -> io::Result<Self> {
        let (udp, tcp) = open(bind, config.tcp)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let entered = runtime.enter();
        let mux = Arc::new(Mux::new(udp, bounds)?);
        mux.run(tcp.map(tokio::net::TcpListener::from_std).transpose()?);
        drop(entered);
        let bound = mux.local_addr();
        let works = Arc::new(Works {
            runtime: runtime.handle().clone(),
            candidates: sdp::candidate_lines(&config.addresses, bound.port(), config.tcp),
            mux,
            identity,
            calls: Mutex::default(),
            at_work: Arc::new(Semaphore::new(AT_WORK)),
        });
        let (until_dropped, dropped) = oneshot::channel();
        runtime.spawn(watch(Arc::clone(&works)));
        thread::Builder::new().name(format!("media-{}", bound.port())).spawn(move || {
            // An error means the sender is gone, which is what is waited for.
            drop(runtime.block_on(dropped));
        })?;
        Ok(Self { works, _until_dropped: until_dropped })
    }

    pub(crate) fn bound(&self) -> SocketAddr {
        self.works.mux.local_addr()
    }

    pub(crate) fn census(&self) -> [usize; 5] {
        self.works.mux.census()
    }

    pub(crate) fn calls(&self) -> usize {
        self.works.calls().len()
    }

    pub(crate) fn mux(&self) -> Arc<Mux> {
        Arc::clone(&self.works.mux)
    }

    pub(crate) fn runtime(&self) -> &Handle {
        &self.works.runtime
    }

    pub(crate) fn connect(
        &self,
        leg: Leg,
        listener: MediaListener,
        ice_servers: Vec<IceServer>,
    ) -> Later<Result<Offer, MediaError>> {
        let bridge = self.works.bridge(leg.call);
        self.ask(move |works| async move {
            let sdp = works.connect(bridge, leg, listener).await?;
            Ok(Offer { sdp, ice_servers })
        })
    }

    pub(crate) fn mend(&self, leg: Leg, ice_servers: Vec<IceServer>) -> Later<Result<Offer, MediaError>> {
        self.ask(move |works| async move {
            let sdp = works.peer(leg)?.offer(true).await?;
            Ok(Offer { sdp: works.with_candidates(&sdp), ice_servers })
        })
    }

    pub(crate) fn answer(&self, leg: Leg, sdp: String) -> Later<Result<(), MediaError>> {
        self.ask(move |works| async move { Ok(works.peer(leg)?.answer(sdp).await?) })
    }

    pub(crate) fn mute(&self, call: CallId, side: CallSide, is_muted: bool) {
        if let Some(bridge) = self.works.calls().get(&call) {
            bridge.mute(side, is_muted);
        }
    }

    pub(crate) fn drop_leg(&self, leg: Leg) {
        if let Some(bridge) = self.works.calls().get(&leg.call) {
            bridge.drop_leg(leg);
        }
    }

    pub(crate) fn close(&self, call: CallId) {
        let bridge = self.works.calls().remove(&call);
        if let Some(bridge) = bridge {
            bridge.end();
        }
    }

    /// Has the media thread do something and waits for it. A thread with too much to do refuses.
    fn ask<T, F>(&self, work: impl FnOnce(Arc<Works>) -> F) -> Later<Result<T, MediaError>>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, MediaError>> + Send + 'static,
    {
        let Ok(permit) = Arc::clone(&self.works.at_work).try_acquire_owned() else {
            warn!(port = self.bound().port(), "the media thread has too much to do");
            return Box::pin(async { Err(MediaError::Unavailable) });
        };
        let work = work(Arc::clone(&self.works));
        let task = self.works.runtime.spawn(async move {
            let done = timeout(DEADLINE, work).await;
            drop(permit);
            done.unwrap_or(Err(MediaError::Unavailable))
        });
        // A panic, or a thread that ended meanwhile.
        Box::pin(async move { task.await.unwrap_or(Err(MediaError::Unavailable)) })
    }
}

impl Works {
    async fn connect(&self, bridge: Arc<Bridge>, leg: Leg, listener: MediaListener) -> Result<String, MediaError> {
        let key = self.mux.number();
        let ear = Ear { bridge: Arc::downgrade(&bridge), key };
        let made = WebrtcLeg::make(&self.mux, &self.identity, key, Arc::new(ear)).await;
        let peer = made.map_err(|error| {
            warn!(call = %leg.call, %error, "a leg could not be made");
            MediaError::Unavailable
        })?;
        let peer: Arc<dyn VoiceLeg> = Arc::new(peer);
        bridge.add(key, leg, Arc::clone(&peer), listener).map_err(|_ended| MediaError::Unknown)?;
        let offered = peer.offer(false).await;
        if offered.is_err() {
            bridge.discard(key);
        }
        Ok(self.with_candidates(&offered?))
    }

    fn with_candidates(&self, offer: &str) -> String {
        sdp::write_offer(offer, &self.candidates)
    }

    fn peer(&self, leg: Leg) -> Result<Arc<dyn VoiceLeg>, MediaError> {
        let bridge = self.calls().get(&leg.call).cloned();
        bridge.and_then(|bridge| bridge.peer(leg)).ok_or(MediaError::Unknown)
    }

    /// The call, which begins with its first leg.
    fn bridge(&self, call: CallId) -> Arc<Bridge> {
        let mut calls = self.calls();
        let bridge = calls.entry(call).or_insert_with(|| Arc::new(Bridge::new(self.runtime.clone())));
        Arc::clone(bridge)
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<CallId, Arc<Bridge>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<LegError> for MediaError {
    fn from(error: LegError) -> Self {
        match error {
            LegError::NotAsked => Self::Unknown,
            LegError::BadAnswer => Self::BadDescription,
            LegError::Broken => Self::Unavailable,
        }
    }
}

/// Looks for silence in all calls.
async fn watch(works: Arc<Works>) {
    let mut ticks = tokio::time::interval(WATCH);
    loop {
        ticks.tick().await;
        let bridges: Vec<_> = works.calls().values().cloned().collect();
        let now = Instant::now();
        for bridge in bridges {
            bridge.watch(now);
        }
    }
}

/// Opens the port over UDP, and over TCP under the same number. One for all of IPv6 takes IPv4, too.
pub(crate) fn open(
    bind: SocketAddr,
    has_tcp: bool,
) -> io::Result<(std::net::UdpSocket, Option<std::net::TcpListener>)> {
    let mut attempts = if bind.port() == 0 { ATTEMPTS } else { 1 };
    loop {
        attempts -= 1;
        let udp = open_udp(bind)?;
        if !has_tcp {
            return Ok((udp, None));
        }
        match open_tcp(udp.local_addr()?) {
            Ok(tcp) => return Ok((udp, Some(tcp))),
            Err(error) if attempts == 0 => return Err(error),
            Err(_taken) => {}
        }
    }
}

fn open_udp(bind: SocketAddr) -> io::Result<std::net::UdpSocket> {
    let socket = Socket::new(Domain::for_address(bind), Type::DGRAM, Some(Protocol::UDP))?;
    if bind.is_ipv6() && bind.ip().is_unspecified() {
        socket.set_only_v6(false)?;
    }
    // The kernel gives what its limit allows (net.core.rmem_max); less works, too.
    socket.set_recv_buffer_size(SOCKET_BUFFER)?;
    socket.set_send_buffer_size(SOCKET_BUFFER)?;
    socket.set_nonblocking(true)?;
    socket.bind(&bind.into())?;
    Ok(socket.into())
}

fn open_tcp(bind: SocketAddr) -> io::Result<std::net::TcpListener> {
    let socket = Socket::new(Domain::for_address(bind), Type::STREAM, Some(Protocol::TCP))?;
    if bind.is_ipv6() && bind.ip().is_unspecified() {
        socket.set_only_v6(false)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&bind.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}
