//! Calls of browsers that reach nothing but the relay, by UDP or by TCP.
//!
//! A browser is left as it is: what stands between it and the relay is a bridge
//! at whose address it believes the hub to be.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};

use actors::ports::{Heard, Media as _};
use actors::protocol::{CallSide, IceServer};
use hub_media::MediaConfig;
use md5::{Digest as _, Md5};
use ring::hmac;

use crate::kit::client::{Client, place};
use crate::kit::link::Link;
use crate::kit::{World, call_id, config, leg};

const COOKIE: [u8; 4] = [0x21, 0x12, 0xA4, 0x42];
const TRANSACTION: [u8; 12] = [5; 12];
/// Numbers of calls are spread over the threads; so many do not miss one of two.
const CALLS: usize = 20;

pub(crate) enum Line {
    Udp(UdpSocket),
    Tcp(TcpStream),
}

impl Line {
    fn send(&mut self, bytes: &[u8]) {
        match self {
            Self::Udp(socket) => {
                socket.send(bytes).unwrap();
            }
            // A relay that hung up takes nothing more.
            Self::Tcp(stream) => drop(stream.write_all(bytes)),
        }
    }

    /// Appends what arrived, if anything did.
    fn receive(&mut self, pending: &mut Vec<u8>) {
        let mut buffer = [0; 4_000];
        let read = match self {
            Self::Udp(socket) => socket.recv(&mut buffer),
            Self::Tcp(stream) => stream.read(&mut buffer),
        };
        match read {
            Ok(length) => pending.extend(&buffer[..length]),
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
    }
}

/// Carries a browser's datagrams to the relay in channel data, and back.
struct Bridge {
    line: Line,
    pending: Vec<u8>,
    near: UdpSocket,
    browser: Option<SocketAddr>,
    carried: usize,
}

impl Bridge {
    /// Allocates and binds a channel to the media, if the relay lets it.
    fn open(line: Line, server: &IceServer, media: SocketAddr) -> Option<Self> {
        let near = UdpSocket::bind((media.ip(), 0)).unwrap();
        near.set_nonblocking(true).unwrap();
        let mut bridge = Self { line, pending: Vec::new(), near, browser: None, carried: 0 };
        let udp = attribute(0x0019, &[17, 0, 0, 0]);
        let challenge = bridge.ask(&message(0x0003, &udp));
        let nonce = value(&challenge, 0x0015).unwrap();
        let realm = value(&challenge, 0x0014).unwrap();
        let plain = [server.username.as_bytes(), b":", &realm, b":", server.credential.as_bytes()].concat();
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &Md5::digest(plain));
        let who = [attribute(0x0006, server.username.as_bytes()), attribute(0x0014, &realm), attribute(0x0015, &nonce)];
        let signed = |kind, attributes: &[u8]| sign(message(kind, &[attributes, &who.concat()].concat()), &key);
        let channel = [attribute(0x000C, &[0x40, 0, 0, 0]), attribute(0x0012, &hidden(media))].concat();
        let is_allocated = bridge.ask(&signed(0x0003, &udp)).starts_with(&[0x01, 0x03]);
        (is_allocated && bridge.ask(&signed(0x0009, &channel)).starts_with(&[0x01, 0x09])).then_some(bridge)
    }

    fn ask(&mut self, request: &[u8]) -> Vec<u8> {
        self.line.send(request);
        loop {
            if let Some(answer) = self.next() {
                return answer;
            }
            std::thread::yield_now();
        }
    }

    /// The next message of the relay.
    fn next(&mut self) -> Option<Vec<u8>> {
        self.line.receive(&mut self.pending);
        let [first, _, l0, l1] = *self.pending.first_chunk::<4>()?;
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        let total = match (first < 0x40, &self.line) {
            (true, _) => 20 + length,
            (false, Line::Tcp(_)) => (4 + length).next_multiple_of(4),
            (false, Line::Udp(_)) => 4 + length,
        };
        (self.pending.len() >= total).then(|| self.pending.drain(..total).collect())
    }

    fn step(&mut self) {
        let mut buffer = [0; 2_000];
        while let Ok((length, from)) = self.near.recv_from(&mut buffer) {
            self.browser = Some(from);
            let mut bytes = vec![0x40, 0];
            bytes.extend(u16::try_from(length).unwrap().to_be_bytes());
            bytes.extend(&buffer[..length]);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            self.line.send(&bytes);
        }
        while let Some(bytes) = self.next() {
            let length = usize::from(u16::from_be_bytes([bytes[2], bytes[3]]));
            if let Some(browser) = self.browser {
                self.near.send_to(&bytes[4..4 + length], browser).unwrap();
                self.carried += 1;
            }
        }
    }

    /// The offer as a browser would see it if the hub were here.
    fn moved(&self, offer: &str, media: SocketAddr) -> String {
        let here = format!(" {} typ host", self.near.local_addr().unwrap().port());
        offer.replace(&format!(" {} typ host", media.port()), &here)
    }
}

fn attribute(kind: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = [kind.to_be_bytes(), u16::try_from(value.len()).unwrap().to_be_bytes()].concat();
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn message(kind: u16, attributes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(attributes.len()).unwrap();
    [&kind.to_be_bytes()[..], &length.to_be_bytes(), &COOKIE, &TRANSACTION, attributes].concat()
}

fn sign(mut message: Vec<u8>, key: &hmac::Key) -> Vec<u8> {
    let length = u16::try_from(message.len() - 20 + 24).unwrap();
    message[2..4].copy_from_slice(&length.to_be_bytes());
    let tag = hmac::sign(key, &message);
    message.extend(attribute(0x0008, tag.as_ref()));
    message
}

fn value(message: &[u8], kind: u16) -> Option<Vec<u8>> {
    let mut rest = &message[20..];
    while let Some([t0, t1, l0, l1]) = rest.first_chunk::<4>() {
        let length = usize::from(u16::from_be_bytes([*l0, *l1]));
        if u16::from_be_bytes([*t0, *t1]) == kind {
            return Some(rest[4..4 + length].to_vec());
        }
        rest = &rest[4 + length.next_multiple_of(4)..];
    }
    None
}

/// An address as STUN writes it.
fn hidden(address: SocketAddr) -> Vec<u8> {
    let (family, ip) = match address.ip() {
        IpAddr::V4(ip) => (1, ip.octets().to_vec()),
        IpAddr::V6(ip) => (2, ip.octets().to_vec()),
    };
    let plain = [&address.port().to_be_bytes()[..], &ip].concat();
    let mask = [&COOKIE[..2], &COOKIE, &TRANSACTION].concat();
    [0, family].into_iter().chain(plain.iter().zip(mask).map(|(byte, mask)| byte ^ mask)).collect()
}

pub(crate) fn udp(relay: SocketAddr) -> Line {
    let socket = UdpSocket::bind((relay.ip(), 0)).unwrap();
    socket.connect(relay).unwrap();
    socket.set_nonblocking(true).unwrap();
    Line::Udp(socket)
}

pub(crate) fn tcp(relay: SocketAddr) -> Line {
    let stream = TcpStream::connect(relay).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_nonblocking(true).unwrap();
    Line::Tcp(stream)
}

/// A visitor behind the relay and a consultant who needs none talk; then they hang up.
///
/// The answer is where the media of the call was.
pub(crate) fn talk_through(world: &World, line: impl Fn(SocketAddr) -> Line) -> SocketAddr {
    let id = call_id();
    let far = leg(id, CallSide::Visitor, 0);
    let offer = world.offer(far);
    let media = place(&offer.sdp).unwrap();
    let relay = SocketAddr::new(media.ip(), world.relay.turn_port().unwrap());
    let mut bridge = Bridge::open(line(relay), &offer.ice_servers[0], media).unwrap();
    let mut visitor = Client::new(Link::udp_at(media.ip()));
    let answer = visitor.accept(&bridge.moved(&offer.sdp, media));
    world.answer(far, answer).unwrap();
    let mut consultant = world.join(leg(id, CallSide::Consultant, 0), Link::udp_at(media.ip()));
    world.until("the relayed leg is connected", || {
        visitor.step();
        bridge.step();
        consultant.step();
        world.heard(far, Heard::Connected) && consultant.is_connected && visitor.is_connected
    });
    visitor.talks = true;
    consultant.talks = true;

    world.until("50 packets arrived each way", || {
        visitor.step();
        bridge.step();
        consultant.step();
        visitor.heard.len() >= 50 && consultant.heard.len() >= 50
    });

    assert!(bridge.carried >= 50, "the voice came through the relay");
    for number in ["turn_packets_in", "turn_packets_out"] {
        assert!(world.metric(number) >= 50, "{number}");
    }
    assert_eq!(world.metric("turn_allocations"), 1);
    world.relay.close(id);
    world.until("nothing is left of the call", || world.relay.census() == [0; 5]);
    assert_eq!(world.metric("turn_allocations"), 0);
    media
}

#[test]
fn a_browser_behind_the_relay_talks_by_udp() {
    talk_through(&World::new(), udp);
}

#[test]
fn a_browser_behind_the_relay_talks_by_tcp() {
    talk_through(&World::new(), tcp);
}

#[test]
fn the_relay_leads_to_every_media_thread() {
    let world = World::start(MediaConfig { threads: 2, ..config() });
    let mut unreached = world.relay.ports();
    for _call in 0..CALLS {
        let reached = talk_through(&world, udp);
        unreached.retain(|port| *port != reached);
        if unreached.is_empty() {
            return;
        }
    }
    panic!("{CALLS} calls, and none at {unreached:?}");
}

#[test]
fn a_late_mending_lets_nobody_in_again() {
    let world = World::new();
    let media = world.port();
    let relay = SocketAddr::new(media.ip(), world.relay.turn_port().unwrap());
    let gone = leg(call_id(), CallSide::Visitor, 0);
    let server = world.offer(gone).ice_servers.remove(0);
    assert!(Bridge::open(udp(relay), &server, media).is_some());
    world.relay.close(gone.call);

    assert!(world.wait(world.relay.mend(gone)).is_err());

    assert!(Bridge::open(udp(relay), &server, media).is_none());
}
