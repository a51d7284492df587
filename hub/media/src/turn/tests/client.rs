//! A TURN client that does what it is told, in our own frames, and the relay it talks to.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use actors::ids::CallId;
use actors::protocol::CallSide;
use md5::{Digest, Md5};
use ring::hmac;

use crate::turn::Meters;
use crate::turn::allocation::Client;
use crate::turn::credentials::{Credentials, REALM, SECRET_BYTES};
use crate::turn::server::{Effect, Server};
use crate::turn::stun::{Message, Transaction, Writer, attribute, kind};

pub(super) const MEDIA: &str = "203.0.113.5:3478";
pub(super) const UDP: [u8; 4] = [17, 0, 0, 0];

pub(super) fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// One browser's credentials and what it remembers.
#[derive(Clone)]
pub(super) struct Browser {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) nonce: String,
    pub(super) transaction: Transaction,
}

impl Browser {
    pub(super) fn new((username, password): (String, String)) -> Self {
        Self { username, password, nonce: String::new(), transaction: [7; 12] }
    }

    /// A request with the credentials, signed.
    pub(super) fn request(&mut self, kind: u16, attributes: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let number = u32::from_be_bytes(*self.transaction.first_chunk().unwrap()) + 1;
        self.transaction[..4].copy_from_slice(&number.to_be_bytes());
        self.again(kind, attributes)
    }

    /// The same with the transaction of the request before.
    pub(super) fn again(&self, kind: u16, attributes: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let mut request = Writer::new(kind, self.transaction);
        for (kind, value) in attributes {
            request = request.with(*kind, value);
        }
        let who = [
            (attribute::USERNAME, self.username.as_str()),
            (attribute::REALM, REALM),
            (attribute::NONCE, self.nonce.as_str()),
        ];
        for (kind, text) in who {
            request = request.with(kind, text.as_bytes());
        }
        request.signed(&self.key())
    }

    fn key(&self) -> hmac::Key {
        let plain = format!("{}:{REALM}:{}", self.username, self.password);
        hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &Md5::digest(plain))
    }

    /// What the relay said, checked as a browser does: only a refusal may be unsigned.
    pub(super) fn read(&mut self, answer: &[u8]) -> Result<Answered, u16> {
        let message = Message::read(answer).expect("an answer is a message");
        assert_eq!(message.transaction, self.transaction);
        if let Some(nonce) = message.text(attribute::NONCE) {
            self.nonce = nonce.to_owned();
        }
        if let Some(code) = message.get(attribute::ERROR_CODE) {
            assert_eq!(message.kind & kind::ERROR, kind::ERROR);
            return Err(u16::from(code[2]) * 100 + u16::from(code[3]));
        }
        assert_eq!(message.kind & kind::ERROR, kind::SUCCESS);
        assert!(message.is_signed_with(&self.key()), "a success is signed");
        let address = |kind| message.get(kind).and_then(|value| message.address(value));
        Ok(Answered {
            relayed: address(attribute::XOR_RELAYED_ADDRESS),
            mapped: address(attribute::XOR_MAPPED_ADDRESS),
            lifetime: message.get(attribute::LIFETIME).map(|value| u32::from_be_bytes(value.try_into().unwrap())),
        })
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answered {
    pub(super) relayed: Option<SocketAddr>,
    pub(super) mapped: Option<SocketAddr>,
    pub(super) lifetime: Option<u32>,
}

/// An attribute with an address, for a transaction that is not known yet: the value is made by `Desk`.
pub(super) fn peer_value(transaction: Transaction, peer: SocketAddr) -> Vec<u8> {
    let bytes = Writer::new(0, transaction).with_address(attribute::XOR_PEER_ADDRESS, peer).unsigned();
    bytes[24..].to_vec()
}

/// A relay without sockets and one browser that uses it.
pub(super) struct Desk {
    pub(super) server: Server,
    pub(super) browser: Browser,
    pub(super) from: Client,
    pub(super) call: CallId,
    pub(super) now: Instant,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::with_media(&[MEDIA])
    }

    pub(super) fn with_media(media: &[&str]) -> Self {
        let now = Instant::now();
        let media = media.iter().map(|text| address(text)).collect();
        let mut server = Server::new(Credentials::new(&[3; SECRET_BYTES], now), media, Meters::new());
        let call = CallId::from(77);
        let browser = Browser::new(server.admit(call, CallSide::Visitor, now));
        Self { server, browser, from: Client::Udp(address("198.51.100.7:50000")), call, now }
    }

    /// A desk whose browser has an allocation.
    pub(super) fn allocated() -> Self {
        let mut desk = Self::new();
        desk.allocate().unwrap();
        desk
    }

    /// Another page of the same side of the call.
    pub(super) fn load_again(&mut self, from: &str) {
        self.now += Duration::from_secs(1);
        self.browser = Browser::new(self.server.admit(self.call, CallSide::Visitor, self.now));
        self.from = Client::Udp(address(from));
    }

    pub(super) fn later(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    /// Asks once, and once more if the nonce was wrong, as clients do.
    pub(super) fn ask(&mut self, kind: u16, attributes: &[(u16, Vec<u8>)]) -> Result<Answered, u16> {
        if self.browser.nonce.is_empty() {
            assert_eq!(self.ask_once(kind, attributes), Err(438));
        }
        self.ask_once(kind, attributes)
    }

    pub(super) fn ask_once(&mut self, kind: u16, attributes: &[(u16, Vec<u8>)]) -> Result<Answered, u16> {
        let request = self.browser.request(kind, attributes);
        let answer = self.give(&request);
        self.browser.read(&answer)
    }

    /// What the relay answers to these bytes.
    pub(super) fn give(&mut self, request: &[u8]) -> Vec<u8> {
        match self.server.receive(self.from, request, self.now) {
            Effect::Answer(answer) => answer,
            other => panic!("no answer but {other:?}"),
        }
    }

    pub(super) fn allocate(&mut self) -> Result<Answered, u16> {
        self.ask(kind::ALLOCATE, &[(attribute::REQUESTED_TRANSPORT, UDP.to_vec())])
    }

    pub(super) fn refresh(&mut self, seconds: u32) -> Result<Answered, u16> {
        self.ask(kind::REFRESH, &[(attribute::LIFETIME, seconds.to_be_bytes().to_vec())])
    }

    pub(super) fn permit(&mut self, peer: &str) -> Result<Answered, u16> {
        self.with_peer(kind::CREATE_PERMISSION, peer, Vec::new())
    }

    pub(super) fn bind(&mut self, number: u16, peer: &str) -> Result<Answered, u16> {
        let [n0, n1] = number.to_be_bytes();
        self.with_peer(kind::CHANNEL_BIND, peer, vec![(attribute::CHANNEL_NUMBER, vec![n0, n1, 0, 0])])
    }

    fn with_peer(&mut self, kind: u16, peer: &str, mut more: Vec<(u16, Vec<u8>)>) -> Result<Answered, u16> {
        // The address is hidden with the transaction, so the request is made with one that is known.
        let mut next = self.browser.clone();
        next.request(kind, &[]);
        more.push((attribute::XOR_PEER_ADDRESS, peer_value(next.transaction, address(peer))));
        self.ask_once(kind, &more)
    }

    /// The datagram the media gets when the browser sends it to this address.
    pub(super) fn send(&mut self, peer: &str, datagram: &[u8]) -> Option<(SocketAddr, Vec<u8>)> {
        let bytes = Writer::new(kind::SEND, [9; 12])
            .with_address(attribute::XOR_PEER_ADDRESS, address(peer))
            .with(attribute::DATA, datagram)
            .unsigned();
        self.deliver(&bytes)
    }

    pub(super) fn send_by_channel(&mut self, number: u16, datagram: &[u8]) -> Option<(SocketAddr, Vec<u8>)> {
        let bytes = channel_data(number, datagram);
        self.deliver(&bytes)
    }

    fn deliver(&mut self, bytes: &[u8]) -> Option<(SocketAddr, Vec<u8>)> {
        match self.server.receive(self.from, bytes, self.now) {
            Effect::Nothing => None,
            Effect::Deliver { way, datagram } => {
                assert!(self.server.media.contains(&way.peer), "{way:?} is not ours");
                Some((way.label, datagram.to_vec()))
            }
            Effect::Answer(answer) => panic!("data is not answered: {answer:?}"),
        }
    }
}

pub(super) fn channel_data(number: u16, datagram: &[u8]) -> Vec<u8> {
    let length = u16::try_from(datagram.len()).unwrap();
    [&number.to_be_bytes(), &length.to_be_bytes(), datagram].concat()
}
