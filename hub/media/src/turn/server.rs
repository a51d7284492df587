//! The rules of the relay: what arrives from clients and from the media, and what becomes of it.
//!
//! It owns no socket and opens none. Nothing leaves it but answers to clients and
//! datagrams for the hub's own media, whatever a client asks for.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Instant;

use actors::ids::CallId;
use actors::protocol::CallSide;

use super::allocation::{ALLOCATION_LIFE, Allocation, BYTES, Client, Peer};
use super::credentials::Credentials;
use super::meters::Meters;
use super::requests::Asker;
use super::stun::{Message, Writer, attribute, fresh_transaction, kind};
use crate::bucket::Bucket;

/// Allocations of all clients together.
pub(crate) const MOST_ALLOCATIONS: u8 = 200;
/// Own addresses a client may choose from.
const MOST_PEERS: u16 = 64;
/// Port numbers below this look like those of a service.
const FIRST_PORT: u16 = 1024;
/// How many allocations in a row have different ports.
const TURNS: u16 = 1000;
/// Nothing the media sends or takes is longer.
const DATAGRAM_BYTES: usize = 1500;
/// Channel number and length.
const CHANNEL_HEAD: usize = 4;

/// What becomes of something that arrived.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Effect<'a> {
    /// It is dropped without a word.
    Nothing,
    /// The client is told this.
    Answer(Vec<u8>),
    /// The media gets a datagram at one of its addresses.
    Deliver { way: Way, datagram: &'a [u8] },
}

/// A way through the relay: from where a client seems to be to one of the hub's own addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) label: SocketAddr,
    pub(crate) peer: SocketAddr,
}

/// An allocation is over: its ways are closed, a connection it came by as well.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) client: Client,
    pub(crate) labels: Vec<SocketAddr>,
}

/// What the relay knows.
pub(crate) struct Server {
    pub(super) credentials: Credentials,
    /// The only addresses anybody may speak to.
    pub(super) media: Vec<SocketAddr>,
    /// Calls that may relay.
    pub(super) calls: HashSet<CallId>,
    pub(super) allocations: HashMap<Client, Allocation>,
    pub(super) meters: Meters,
    /// Whose label it is.
    labels: HashMap<SocketAddr, Client>,
    ended: Vec<Ended>,
    free: Vec<u8>,
    /// Counts allocations, so that a port is not used again soon.
    turn: u16,
}

impl Server {
    pub(crate) fn new(credentials: Credentials, media: Vec<SocketAddr>, meters: Meters) -> Self {
        Self {
            credentials,
            media: media.into_iter().take(usize::from(MOST_PEERS)).collect(),
            calls: HashSet::new(),
            allocations: HashMap::new(),
            meters,
            labels: HashMap::new(),
            ended: Vec::new(),
            free: (1..=MOST_ALLOCATIONS).collect(),
            turn: 0,
        }
    }

    /// Lets a side of a call in: a username and its password.
    pub(crate) fn admit(&mut self, call: CallId, side: CallSide, now: Instant) -> (String, String) {
        self.calls.insert(call);
        self.credentials.mint(call, side, now)
    }

    /// Fresh credentials for a side of a call that is in already.
    pub(crate) fn renew(&self, call: CallId, side: CallSide, now: Instant) -> Option<(String, String)> {
        self.calls.contains(&call).then(|| self.credentials.mint(call, side, now))
    }

    /// Ends everything of a call. Its credentials are worth nothing from now on.
    pub(crate) fn revoke(&mut self, call: CallId) {
        self.calls.remove(&call);
        self.end_where(|allocation| allocation.claim.call == call);
    }

    /// Takes whatever a client sent: one datagram, or one message of a connection.
    pub(crate) fn receive<'a>(&mut self, from: Client, bytes: &'a [u8], now: Instant) -> Effect<'a> {
        match bytes.first() {
            Some(0x40..=0x7F) => self.channel_data(from, bytes, now).unwrap_or(Effect::Nothing),
            Some(0x00..=0x3F) => match Message::read(bytes) {
                Some(message) if message.kind == kind::SEND => {
                    self.send(from, &message, now).unwrap_or(Effect::Nothing)
                }
                Some(message) => self.request(from, &message, now),
                None => Effect::Nothing,
            },
            _ => Effect::Nothing,
        }
    }

    /// Wraps a datagram the media sent to a label for the client behind it.
    pub(crate) fn toward_client(
        &mut self,
        label: SocketAddr,
        datagram: &[u8],
        now: Instant,
    ) -> Option<(Client, Vec<u8>)> {
        let client = *self.labels.get(&label)?;
        let allocation = self.allocations.get_mut(&client).filter(|allocation| now < allocation.expires)?;
        let peer = allocation.peers.iter().find(|peer| peer.label == label && peer.is_permitted(now))?;
        if datagram.len() > DATAGRAM_BYTES {
            return None;
        }
        if !allocation.bucket.take(datagram.len(), now) {
            self.meters.budget.increment(1);
            return None;
        }
        self.meters.to_browsers.count(datagram);
        let Some(number) = peer.channel(now) else {
            let transaction = fresh_transaction()?;
            let data = Writer::new(kind::DATA, transaction)
                .with_address(attribute::XOR_PEER_ADDRESS, peer.address)
                .with(attribute::DATA, datagram);
            return Some((client, data.unsigned()));
        };
        let length = u16::try_from(datagram.len()).ok()?;
        let mut bytes = Vec::with_capacity(CHANNEL_HEAD + datagram.len() + 3);
        bytes.extend_from_slice(&number.to_be_bytes());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(datagram);
        if matches!(client, Client::Tcp(..)) {
            bytes.resize(bytes.len().next_multiple_of(4), 0);
        }
        Some((client, bytes))
    }

    /// The connection of a client is gone, and its allocation with it.
    pub(crate) fn left(&mut self, client: Client) {
        self.end(client);
    }

    /// Ends what nobody refreshed.
    pub(crate) fn sweep(&mut self, now: Instant) {
        self.end_where(|allocation| allocation.expires <= now);
    }

    /// What ended since this was asked last.
    pub(crate) fn take_ended(&mut self) -> Vec<Ended> {
        std::mem::take(&mut self.ended)
    }

    pub(crate) fn has_allocation(&self, client: Client) -> bool {
        self.allocations.contains_key(&client)
    }

    fn send<'a>(&mut self, from: Client, message: &Message<'a>, now: Instant) -> Option<Effect<'a>> {
        let address = message.address(message.get(attribute::XOR_PEER_ADDRESS)?)?;
        let datagram = message.get(attribute::DATA)?;
        self.deliver(from, |peer| peer.address == address, datagram, now)
    }

    fn channel_data<'a>(&mut self, from: Client, bytes: &'a [u8], now: Instant) -> Option<Effect<'a>> {
        let ([n0, n1, l0, l1], rest) = bytes.split_first_chunk::<CHANNEL_HEAD>()?;
        let number = u16::from_be_bytes([*n0, *n1]);
        let datagram = rest.get(..usize::from(u16::from_be_bytes([*l0, *l1])))?;
        self.deliver(from, |peer| peer.channel(now) == Some(number), datagram, now)
    }

    fn deliver<'a>(
        &mut self,
        from: Client,
        is_meant: impl Fn(&Peer) -> bool,
        datagram: &'a [u8],
        now: Instant,
    ) -> Option<Effect<'a>> {
        let allocation = self.allocations.get_mut(&from).filter(|allocation| now < allocation.expires)?;
        let peer = allocation.peers.iter().find(|peer| is_meant(peer) && peer.is_permitted(now))?;
        let way = Way { label: peer.label, peer: peer.address };
        if datagram.is_empty() || datagram.len() > DATAGRAM_BYTES {
            return None;
        }
        if !allocation.bucket.take(datagram.len(), now) {
            self.meters.budget.increment(1);
            return None;
        }
        self.meters.from_browsers.count(datagram);
        Some(Effect::Deliver { way, datagram })
    }

    /// Makes an allocation, unless there are too many.
    pub(super) fn open(&mut self, from: Client, asker: Asker, is_ipv6: bool, now: Instant) -> bool {
        let Some(slot) = self.free.pop() else { return false };
        self.turn = (self.turn + 1) % TURNS;
        let first_port = FIRST_PORT + self.turn * MOST_PEERS;
        // Addresses for documentation: nobody has them, so no packet of the world can seem to come from there.
        let place = Ipv4Addr::new(192, 0, 2, slot);
        let told = if is_ipv6 {
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xDB8, 0, 0, 0, 0, 0, u16::from(slot)))
        } else {
            IpAddr::V4(place)
        };
        let labels = (first_port..).map(|port| SocketAddr::new(IpAddr::V4(place), port));
        let peers: Vec<Peer> =
            self.media.iter().zip(labels).map(|(address, label)| Peer::new(*address, label)).collect();
        self.labels.extend(peers.iter().map(|peer| (peer.label, from)));
        let allocation = Allocation {
            username: asker.username,
            claim: asker.claim,
            transaction: asker.transaction,
            relayed: SocketAddr::new(told, first_port),
            made: now,
            expires: now + ALLOCATION_LIFE,
            peers,
            bucket: Bucket::new(BYTES, now),
            slot,
        };
        self.allocations.insert(from, allocation);
        self.meters.allocations.increment(1.0);
        true
    }

    pub(super) fn end(&mut self, client: Client) {
        let Some(allocation) = self.allocations.remove(&client) else { return };
        self.meters.allocations.decrement(1.0);
        let labels: Vec<SocketAddr> = allocation.peers.iter().map(|peer| peer.label).collect();
        for label in &labels {
            self.labels.remove(label);
        }
        self.free.push(allocation.slot);
        self.ended.push(Ended { client, labels });
    }

    fn end_where(&mut self, is_over: impl Fn(&Allocation) -> bool) {
        let over: Vec<Client> =
            self.allocations.iter().filter(|(_, allocation)| is_over(allocation)).map(|(client, _)| *client).collect();
        for client in over {
            self.end(client);
        }
    }
}
