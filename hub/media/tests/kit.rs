//! A relay, its calls and their browsers, driven step by step by one test.

pub(crate) mod client;
pub(crate) mod link;
pub(crate) mod voice;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actors::ids::CallId;
use actors::ports::{Heard, Leg, Media as _, MediaError, MediaFact, Offer};
use actors::protocol::CallSide;
use hub_media::{MediaConfig, VoiceRelay};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::runtime::{Builder, Runtime};

use self::client::Client;
use self::link::Link;

/// Nothing that should happen takes so long, on whatever machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct World {
    pub(crate) relay: VoiceRelay,
    pub(crate) facts: Arc<Mutex<Vec<MediaFact>>>,
    runtime: Runtime,
    numbers: PrometheusHandle,
}

/// A call of two clients.
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) visitor: Client,
    pub(crate) consultant: Client,
}

impl Call {
    pub(crate) fn step(&mut self) {
        self.visitor.step();
        self.consultant.step();
    }

    /// Both say a packet each 20 ms from now on.
    pub(crate) fn talk(&mut self) {
        self.visitor.talks = true;
        self.consultant.talks = true;
    }

    /// How many packets the visitor heard, and the consultant.
    pub(crate) fn heard(&self) -> [usize; 2] {
        [self.visitor.heard.len(), self.consultant.heard.len()]
    }

    /// Whether both heard so many packets more than they had then.
    pub(crate) fn has_heard(&self, then: [usize; 2], more: usize) -> bool {
        self.heard().iter().zip(then).all(|(now, then)| *now >= then + more)
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::start(config())
    }

    pub(crate) fn start(config: MediaConfig) -> Self {
        Self::over(|| VoiceRelay::start(config))
    }

    /// A world whose legs may send without bounds.
    pub(crate) fn unbounded() -> Self {
        Self::over(|| hub_media::fuzz::relay(config()))
    }

    fn over(start: impl FnOnce() -> io::Result<VoiceRelay>) -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        Self {
            relay: metrics::with_local_recorder(&recorder, start).unwrap(),
            facts: Arc::default(),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            numbers: recorder.handle(),
        }
    }

    /// A number as the metrics page of the hub has it; 0 if it has none of this name.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        let page = self.numbers.render();
        let value = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.map(|value| value.parse().unwrap()).unwrap_or_default()
    }

    pub(crate) fn port(&self) -> SocketAddr {
        self.relay.ports()[0]
    }

    pub(crate) fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    pub(crate) fn offer(&self, leg: Leg) -> Offer {
        let facts = Arc::clone(&self.facts);
        let listener = Arc::new(move |fact| facts.lock().unwrap().push(fact));
        self.wait(self.relay.connect(leg, listener)).unwrap()
    }

    pub(crate) fn answer(&self, leg: Leg, sdp: String) -> Result<(), MediaError> {
        self.wait(self.relay.answer(leg, sdp))
    }

    /// A client whose answer the relay has; it is not connected yet.
    pub(crate) fn join(&self, leg: Leg, link: Link) -> Client {
        let offer = self.offer(leg);
        let mut client = Client::new(link);
        let answer = client.accept(&offer.sdp);
        self.answer(leg, answer).unwrap();
        client
    }

    /// A call whose sides both have the voice.
    pub(crate) fn call(&self) -> Call {
        self.call_over(Link::udp)
    }

    pub(crate) fn call_over(&self, link: impl Fn() -> Link) -> Call {
        let id = call_id();
        let visitor = self.join(leg(id, CallSide::Visitor, 0), link());
        let consultant = self.join(leg(id, CallSide::Consultant, 0), link());
        let mut call = Call { id, visitor, consultant };
        self.until("both legs are connected", || {
            call.step();
            self.heard(leg(id, CallSide::Visitor, 0), Heard::Connected)
                && self.heard(leg(id, CallSide::Consultant, 0), Heard::Connected)
        });
        call
    }

    /// A call in which both talk, and heard each other.
    pub(crate) fn talk(&self) -> Call {
        let mut call = self.call();
        self.both_hear(&mut call, 20);
        call
    }

    /// Both talk until each heard so many packets more.
    pub(crate) fn both_hear(&self, call: &mut Call, more: usize) {
        call.talk();
        let then = call.heard();
        self.until("both hear", || {
            call.step();
            call.has_heard(then, more)
        });
    }

    pub(crate) fn heard(&self, leg: Leg, what: Heard) -> bool {
        self.facts.lock().unwrap().contains(&MediaFact { leg, what })
    }

    pub(crate) fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so() {
            assert!(Instant::now() < deadline, "it never came that {what}; facts: {:?}", self.facts.lock().unwrap());
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Everything there is, on one thread and any ports of this machine.
pub(crate) fn config() -> MediaConfig {
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    MediaConfig { bind, addresses: Vec::new(), tcp: true, turn: true, threads: 1 }
}

pub(crate) fn call_id() -> CallId {
    static NEXT: AtomicI64 = AtomicI64::new(1);
    CallId::from(NEXT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn leg(call: CallId, side: CallSide, generation: u32) -> Leg {
    Leg { call, side, generation }
}
