//! The sockets of the relay and the tasks that serve them.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio::time::{interval, sleep};
use tracing::{trace, warn};

use super::allocation::Client;
use super::entrance::{Entrance, Inlet};
use super::server::{Effect, Server, Way};
use super::stream;
use crate::mux::Outlet;

/// TCP connections at the same time: one for each allocation and some that are still asking.
const MOST_CONNECTIONS: usize = 256;
/// Those from one address, behind which a whole office may be.
const MOST_OF_AN_ADDRESS: usize = 32;
/// Datagrams of the media on their way to clients; more are lost, as on any network.
pub(super) const OUTGOING: usize = 1024;
/// The same for one connection: what 512 kbit/s bring in a second or two.
const OUTGOING_OF_A_CONNECTION: usize = 128;
/// Longer datagrams are cut and so refused.
const DATAGRAM_BYTES: usize = 2048;
const SWEEP: Duration = Duration::from_secs(1);
/// After the system refused a socket operation, so that a lasting failure does not spin.
const BREATH: Duration = Duration::from_millis(50);
/// What the tasks share.
pub(super) struct Shared {
    state: Mutex<State>,
    socket: UdpSocket,
    entrances: Vec<Box<dyn Entrance>>,
    outgoing: mpsc::Sender<Outgoing>,
}

pub(super) struct State {
    pub(super) server: Server,
    inlets: HashMap<SocketAddr, Arc<dyn Inlet>>,
    connections: HashMap<Client, mpsc::Sender<Vec<u8>>>,
}

/// What the media sent to a label.
pub(super) struct Outgoing {
    label: SocketAddr,
    datagram: Vec<u8>,
}

struct LabelOutlet {
    label: SocketAddr,
    outgoing: mpsc::Sender<Outgoing>,
}

impl Outlet for LabelOutlet {
    fn send(&self, datagram: &[u8]) -> bool {
        self.outgoing.try_send(Outgoing { label: self.label, datagram: datagram.to_vec() }).is_ok()
    }
}

impl Shared {
    pub(super) fn new(
        server: Server,
        socket: UdpSocket,
        entrances: Vec<Box<dyn Entrance>>,
        outgoing: mpsc::Sender<Outgoing>,
    ) -> Self {
        let state = Mutex::new(State { server, inlets: HashMap::new(), connections: HashMap::new() });
        Self { state, socket, entrances, outgoing }
    }

    /// The state is whole between any two of its statements, so a panic elsewhere does not spoil it.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all ways and connections.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.inlets.clear();
        state.connections.clear();
    }

    fn receive(&self, from: Client, bytes: &[u8]) {
        let mut state = self.state();
        match state.server.receive(from, bytes, Instant::now()) {
            Effect::Nothing => {}
            Effect::Answer(answer) => {
                self.post(&state, from, answer);
                state.clean();
            }
            Effect::Deliver { way, datagram } => {
                let inlet = self.inlet(&mut state, way);
                // The media may answer at once, so it is not called while anything is locked.
                drop(state);
                if let Some(inlet) = inlet {
                    inlet.inject(datagram);
                }
            }
        }
    }

    /// The inlet of a way; made when it is used for the first time.
    fn inlet(&self, state: &mut State, way: Way) -> Option<Arc<dyn Inlet>> {
        if let Some(inlet) = state.inlets.get(&way.label) {
            return Some(Arc::clone(inlet));
        }
        let entrance = self.entrances.iter().find(|entrance| entrance.port() == way.peer.port())?;
        let outlet = LabelOutlet { label: way.label, outgoing: self.outgoing.clone() };
        let inlet = entrance.attach(way.label, Arc::new(outlet))?;
        state.inlets.insert(way.label, Arc::clone(&inlet));
        Some(inlet)
    }

    /// Sends to a client. What does not fit into its queue is lost.
    fn post(&self, state: &State, client: Client, bytes: Vec<u8>) {
        let is_sent = match client {
            Client::Udp(address) => self.socket.try_send_to(&bytes, address).is_ok(),
            Client::Tcp(..) => state.connections.get(&client).is_some_and(|queue| queue.try_send(bytes).is_ok()),
        };
        if !is_sent {
            state.server.meters.unsent.increment(1);
            trace!(?client, "a datagram to a relayed browser is lost");
        }
    }

    /// Makes room for a connection, unless there are too many.
    fn open(&self, client: Client) -> Option<mpsc::Receiver<Vec<u8>>> {
        let mut state = self.state();
        let ip = client.address().ip();
        let of_address = state.connections.keys().filter(|other| other.address().ip() == ip).count();
        if state.connections.len() >= MOST_CONNECTIONS || of_address >= MOST_OF_AN_ADDRESS {
            state.server.meters.connections.increment(1);
            return None;
        }
        let (sender, queue) = mpsc::channel(OUTGOING_OF_A_CONNECTION);
        state.connections.insert(client, sender);
        Some(queue)
    }
}

impl State {
    /// Closes the ways of allocations that ended.
    pub(super) fn clean(&mut self) {
        for ended in self.server.take_ended() {
            for label in ended.labels {
                self.inlets.remove(&label);
            }
            self.connections.remove(&ended.client);
        }
    }
}

pub(super) async fn read_datagrams(shared: Arc<Shared>) {
    let mut datagram = vec![0; DATAGRAM_BYTES];
    loop {
        match shared.socket.recv_from(&mut datagram).await {
            Ok((length, address)) => {
                if let Some(bytes) = datagram.get(..length) {
                    shared.receive(Client::Udp(address), bytes);
                }
            }
            Err(_broken) => sleep(BREATH).await,
        }
    }
}

/// Carries what the media sends to clients, and ends what nobody refreshed.
pub(super) async fn pass_on(shared: Arc<Shared>, mut queue: mpsc::Receiver<Outgoing>) {
    let mut sweeps = interval(SWEEP);
    loop {
        tokio::select! {
            outgoing = queue.recv() => {
                let Some(Outgoing { label, datagram }) = outgoing else { return };
                let mut state = shared.state();
                if let Some((client, bytes)) = state.server.toward_client(label, &datagram, Instant::now()) {
                    shared.post(&state, client, bytes);
                }
            }
            _ = sweeps.tick() => {
                let mut state = shared.state();
                state.server.sweep(Instant::now());
                state.clean();
            }
        }
    }
}

pub(super) async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    let mut number = 0;
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                number += 1;
                let client = Client::Tcp(number, address);
                if let Some(queue) = shared.open(client) {
                    tokio::spawn(serve(Arc::clone(&shared), stream, client, queue));
                }
            }
            Err(error) => {
                warn!(%error, "cannot accept a connection to the relay");
                sleep(BREATH).await;
            }
        }
    }
}

async fn serve(shared: Arc<Shared>, stream: TcpStream, client: Client, queue: mpsc::Receiver<Vec<u8>>) {
    // Voice does not wait for fuller segments; a connection that cannot do that still works.
    let _best_effort = stream.set_nodelay(true);
    let take = |message: &[u8]| shared.receive(client, message);
    let is_wanted = || shared.state().server.has_allocation(client);
    stream::serve(stream, queue, take, is_wanted).await;
    let mut state = shared.state();
    state.connections.remove(&client);
    state.server.left(client);
    state.clean();
}
