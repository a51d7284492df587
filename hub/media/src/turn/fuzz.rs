//! What clients and the media may do to the relay in any order, for the fuzzer.

use std::time::{Duration, Instant};

use actors::ids::CallId;
use actors::protocol::CallSide;

use super::allocation::Client;
use super::credentials::{Credentials, REALM, SECRET_BYTES};
use super::meters::Meters;
use super::server::{Effect, MOST_ALLOCATIONS, Server};
use super::stream::{MESSAGE_BYTES, first_message};
use super::stun::{Message, Writer, attribute, kind};

const CALL: i64 = 77;
const KINDS: [u16; 5] = [kind::ALLOCATE, kind::REFRESH, kind::CREATE_PERMISSION, kind::CHANNEL_BIND, kind::SEND];

/// A relay, one call, and the clients that use its credentials.
struct Scene {
    server: Server,
    now: Instant,
    from: Client,
    credentials: Option<(String, String)>,
}

/// Reads the input as a list of things that happen, each a byte for what, a byte for how much, and its bytes.
pub fn turn(mut happenings: &[u8]) {
    let now = Instant::now();
    let media = [([203, 0, 113, 5], 3478), ([203, 0, 113, 5], 3479)].map(Into::into).to_vec();
    let server = Server::new(Credentials::new(&[3; SECRET_BYTES], now), media, Meters::new());
    let mut scene = Scene { server, now, from: client(0), credentials: None };
    scene.credentials = Some(scene.server.admit(CallId::from(CALL), CallSide::Visitor, now));
    while let Some(([what, length], rest)) = happenings.split_first_chunk::<2>() {
        let (bytes, behind) = rest.split_at_checked(usize::from(*length)).unwrap_or((rest, &[]));
        scene.happen(*what, bytes);
        assert!(scene.server.allocations.len() <= usize::from(MOST_ALLOCATIONS));
        happenings = behind;
    }
}

fn client(number: u8) -> Client {
    let address = ([198, 51, 100, number], 50_000).into();
    if number.is_multiple_of(2) { Client::Udp(address) } else { Client::Tcp(number.into(), address) }
}

impl Scene {
    fn happen(&mut self, what: u8, bytes: &[u8]) {
        match what {
            0..=0x3F => self.signed(what, bytes),
            0x40..=0x7F => self.receive(bytes),
            0x80..=0x9F => self.from = client(what & 7),
            0xA0..=0xBF => self.now += Duration::from_secs(10 * u64::try_from(bytes.len()).unwrap_or_default()),
            0xC0..=0xDF => self.media_sends(bytes),
            0xE0..=0xE7 => self.server.sweep(self.now),
            0xE8..=0xEF => self.server.left(self.from),
            0xF0..=0xF7 => self.hang_up(),
            _ => {
                let credentials = self.server.admit(CallId::from(CALL), CallSide::Visitor, self.now);
                self.credentials = Some(credentials);
            }
        }
        drop(self.server.take_ended());
    }

    /// A request with right credentials and any attributes.
    fn signed(&mut self, what: u8, mut bytes: &[u8]) {
        let Some((username, _)) = self.credentials.clone() else { return };
        let kind = KINDS.get(usize::from(what) % KINDS.len()).copied().unwrap_or(kind::SEND);
        let mut request = Writer::new(kind, [7; 12]);
        while let Some(([k0, k1, length], rest)) = bytes.split_first_chunk::<3>() {
            let (value, behind) = rest.split_at_checked(usize::from(*length)).unwrap_or((rest, &[]));
            request = request.with(u16::from_be_bytes([*k0, *k1]), value);
            bytes = behind;
        }
        let nonce = self.server.credentials.nonce(self.from.address(), self.now);
        let request = request
            .with(attribute::USERNAME, username.as_bytes())
            .with(attribute::REALM, REALM.as_bytes())
            .with(attribute::NONCE, nonce.as_bytes())
            .signed(&self.server.credentials.key(&username));
        self.receive(&request);
    }

    fn receive(&mut self, bytes: &[u8]) {
        if let Ok(Some(length)) = first_message(bytes) {
            assert!((4..=MESSAGE_BYTES).contains(&length));
        }
        match self.server.receive(self.from, bytes, self.now) {
            Effect::Nothing => {}
            Effect::Answer(answer) => assert!(Message::read(&answer).is_some()),
            Effect::Deliver { way, datagram } => {
                assert!(self.server.media.contains(&way.peer), "{way:?} is not ours");
                assert!(self.credentials.is_some(), "there is no call");
                assert!(!datagram.is_empty() && datagram.len() <= 1500);
            }
        }
    }

    fn media_sends(&mut self, datagram: &[u8]) {
        let labels: Vec<_> =
            self.server.allocations.values().flat_map(|allocation| &allocation.peers).map(|peer| peer.label).collect();
        for label in labels {
            if let Some((to, bytes)) = self.server.toward_client(label, datagram, self.now) {
                assert!(self.server.has_allocation(to) && bytes.len() >= datagram.len());
            }
        }
    }

    fn hang_up(&mut self) {
        self.server.revoke(CallId::from(CALL));
        self.credentials = None;
        assert!(self.server.allocations.is_empty(), "the call is over");
    }
}
