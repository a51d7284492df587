//! The edge: every WebSocket of the hub, from its handshake to its last byte.
//!
//! It turns frames into requests to the actors and back, and keeps the limits of
//! sockets; no rule of a chat lives here. Only this folder names actix-web-actors.

mod answers;
mod backlog;
mod calls;
mod connection;
mod consultant;
mod driver;
mod farewell;
mod frames;
mod hearing;
mod inbound;
mod limits;
mod meters;
mod party;
mod registry;
mod requests;
mod seats;
mod settings;
mod upgrade;
mod visitor;
mod wire;

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use actors::hub::{Hub, SignedIn};
use actors::ports::Later;
use actors::protocol::{CloseCode, Limits, ToVisitor};

pub(crate) use settings::EdgeSettings;
pub(crate) use upgrade::upgrade;

use limits::StartGate;
use meters::Meters;
use registry::Registry;
use seats::Seats;

/// How often a drain looks whether sockets are left, and how finely it spreads their ends.
const DRAIN_STEP: Duration = Duration::from_millis(50);

/// Names a sign-in, so that its sockets can be closed: the SHA-256 of its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SignInKey(pub [u8; 32]);

/// What the edge asks of the sign-ins before a desk may talk.
pub(crate) trait DeskDoor: Send + Sync {
    /// Who the `Cookie` headers of an upgrade request belong to.
    fn signed_in(&self, cookies: String) -> Later<Option<(SignedIn, SignInKey)>>;

    /// Uses up a ticket; nothing when it is unknown, old, used or of a sign-in that was revoked.
    fn take_ticket(&self, ticket: &str) -> Option<(SignedIn, SignInKey)>;
}

/// All sockets of this process and what they share.
pub(crate) struct Edge {
    hub: Hub,
    desk: Arc<dyn DeskDoor>,
    settings: EdgeSettings,
    registry: Registry,
    seats: Arc<Seats>,
    /// Keyed with this process's randomness: nobody can make two names meet.
    hasher: RandomState,
    chats: StartGate,
    calls: StartGate,
    meters: Meters,
    is_draining: AtomicBool,
    /// Sockets whose last byte is not written yet.
    open: Arc<AtomicUsize>,
}

impl Edge {
    /// Prepares the edge; the recorder of metrics must be installed before.
    pub(crate) fn new(hub: Hub, desk: Arc<dyn DeskDoor>, settings: EdgeSettings) -> Arc<Self> {
        Arc::new(Self {
            hub,
            desk,
            registry: Registry::default(),
            seats: Arc::default(),
            hasher: RandomState::new(),
            chats: StartGate::new(settings.chats_per_minute_per_prefix, settings.chats_per_minute_per_package),
            calls: StartGate::new(settings.calls_per_minute_per_prefix, settings.calls_per_minute_per_package),
            meters: Meters::new(),
            settings,
            is_draining: AtomicBool::new(false),
            open: Arc::default(),
        })
    }

    /// Closes the sockets of a revoked sign-in.
    pub(crate) fn close_sign_in(&self, key: SignInKey) {
        for socket in self.registry.of_sign_in(key) {
            socket.close(CloseCode::SignedOut);
        }
    }

    /// The sockets of a sign-in belong to another one from now on: the browser got a new cookie.
    pub(crate) fn move_sign_in(&self, old: SignInKey, new: SignInKey) {
        self.registry.move_sign_in(old, new);
    }

    /// Takes no more sockets and starts no more calls.
    pub(crate) fn begin_drain(&self) {
        self.is_draining.store(true, Ordering::Release);
    }

    /// Takes no more sockets, asks all to reconnect elsewhere, and closes them spread over a time.
    ///
    /// Returns when none is left or the deadline passed.
    pub(crate) async fn drain(&self, spread: Duration, deadline: Duration) {
        self.begin_drain();
        let _sockets_left_when_late = tokio::time::timeout(deadline, self.empty(spread)).await;
    }

    /// Sockets whose last byte is not written yet.
    pub(crate) fn open_sockets(&self) -> usize {
        self.open.load(Ordering::Acquire)
    }

    fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Acquire)
    }

    async fn empty(&self, spread: Duration) {
        let spread_ms = u32::try_from(spread.as_millis()).unwrap_or(u32::MAX);
        let goaway = frames::encode(&ToVisitor::Goaway { spread_ms });
        let sockets = self.registry.all();
        for socket in &sockets {
            socket.send(goaway.clone());
        }

        let steps = usize::try_from(spread.as_millis() / DRAIN_STEP.as_millis()).unwrap_or(1).max(1);
        for together in sockets.chunks(sockets.len().div_ceil(steps).max(1)) {
            if self.open_sockets() == 0 {
                return;
            }
            for socket in together {
                socket.close(CloseCode::Restart);
            }
            tokio::time::sleep(DRAIN_STEP).await;
        }

        while self.open_sockets() > 0 {
            // A handshake that was under way when the drain began ends up here.
            for socket in self.registry.all() {
                socket.close(CloseCode::Restart);
            }
            tokio::time::sleep(DRAIN_STEP).await;
        }
    }

    /// A short name for a text that is only compared.
    fn hash(&self, text: &str) -> u64 {
        self.hasher.hash_one(text)
    }

    /// The limits as told to browsers.
    fn limits(&self) -> Limits {
        Limits {
            messages_per_second: self.settings.messages_per_second,
            burst: self.settings.burst,
            unacked: self.settings.unacked,
            ..Limits::STANDARD
        }
    }
}
