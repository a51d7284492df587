//! Reads and writes STUN messages (RFC 8489), as far as TURN needs them.
//!
//! What stands behind the signature of a message is not covered by it, so it is never shown to anybody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ring::hmac;

pub(crate) const HEADER: usize = 20;
const COOKIE: [u8; 4] = [0x21, 0x12, 0xA4, 0x42];
/// The signature as an attribute: its head and an HMAC-SHA1.
const SIGNATURE: usize = 4 + 20;
/// More attributes than any message has.
const MOST_ATTRIBUTES: usize = 32;

/// Types of requests and indications; an answer is made of its request with `SUCCESS` or `ERROR`.
pub(crate) mod kind {
    pub(crate) const ALLOCATE: u16 = 0x0003;
    pub(crate) const REFRESH: u16 = 0x0004;
    pub(crate) const CREATE_PERMISSION: u16 = 0x0008;
    pub(crate) const CHANNEL_BIND: u16 = 0x0009;
    pub(crate) const SEND: u16 = 0x0016;
    pub(crate) const DATA: u16 = 0x0017;
    pub(crate) const SUCCESS: u16 = 0x0100;
    pub(crate) const ERROR: u16 = 0x0110;
}

/// Types of attributes. Those below 0x8000 must be understood by whoever is asked.
pub(crate) mod attribute {
    pub(crate) const USERNAME: u16 = 0x0006;
    pub(crate) const MESSAGE_INTEGRITY: u16 = 0x0008;
    pub(crate) const ERROR_CODE: u16 = 0x0009;
    pub(crate) const UNKNOWN_ATTRIBUTES: u16 = 0x000A;
    pub(crate) const CHANNEL_NUMBER: u16 = 0x000C;
    pub(crate) const LIFETIME: u16 = 0x000D;
    pub(crate) const XOR_PEER_ADDRESS: u16 = 0x0012;
    pub(crate) const DATA: u16 = 0x0013;
    pub(crate) const REALM: u16 = 0x0014;
    pub(crate) const NONCE: u16 = 0x0015;
    pub(crate) const XOR_RELAYED_ADDRESS: u16 = 0x0016;
    pub(crate) const REQUESTED_ADDRESS_FAMILY: u16 = 0x0017;
    pub(crate) const EVEN_PORT: u16 = 0x0018;
    pub(crate) const REQUESTED_TRANSPORT: u16 = 0x0019;
    pub(crate) const DONT_FRAGMENT: u16 = 0x001A;
    pub(crate) const XOR_MAPPED_ADDRESS: u16 = 0x0020;
    pub(crate) const RESERVATION_TOKEN: u16 = 0x0022;
    pub(crate) const OPTIONAL: u16 = 0x8000;
}

/// Ties an answer to its request.
pub(crate) type Transaction = [u8; 12];

/// A message somebody sent.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) kind: u16,
    pub(crate) transaction: Transaction,
    /// Those in front of the signature.
    attributes: Vec<(u16, &'a [u8])>,
    signature: Option<Signature<'a>>,
}

#[derive(Debug)]
struct Signature<'a> {
    covered: &'a [u8],
    tag: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads one whole message; anything that is not exactly one is refused.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (head, body) = bytes.split_first_chunk::<HEADER>()?;
        let [k0, k1, l0, l1, c0, c1, c2, c3, transaction @ ..] = *head;
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        if k0 >= 0x40 || [c0, c1, c2, c3] != COOKIE || length != body.len() || length % 4 != 0 {
            return None;
        }
        let kind = u16::from_be_bytes([k0, k1]);
        let mut message = Self { kind, transaction, attributes: Vec::new(), signature: None };
        let mut rest = body;
        while let Some((head, behind)) = rest.split_first_chunk::<4>() {
            let [t0, t1, v0, v1] = *head;
            let length = usize::from(u16::from_be_bytes([v0, v1]));
            let value = behind.get(..length)?;
            if u16::from_be_bytes([t0, t1]) == attribute::MESSAGE_INTEGRITY {
                let covered = bytes.get(..bytes.len() - rest.len())?;
                message.signature = Some(Signature { covered, tag: value });
                return Some(message);
            }
            if message.attributes.len() == MOST_ATTRIBUTES {
                return None;
            }
            message.attributes.push((u16::from_be_bytes([t0, t1]), value));
            rest = behind.get(length.next_multiple_of(4)..)?;
        }
        Some(message)
    }

    /// The first attribute of a type.
    pub(crate) fn get(&self, kind: u16) -> Option<&'a [u8]> {
        self.all(kind).next()
    }

    pub(crate) fn all(&self, kind: u16) -> impl Iterator<Item = &'a [u8]> {
        self.attributes.iter().filter(move |(found, _)| *found == kind).map(|(_, value)| *value)
    }

    pub(crate) fn text(&self, kind: u16) -> Option<&'a str> {
        str::from_utf8(self.get(kind)?).ok()
    }

    /// Types of all attributes, in their order.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = u16> {
        self.attributes.iter().map(|(kind, _)| *kind)
    }

    pub(crate) fn is_signed(&self) -> bool {
        self.signature.is_some()
    }

    pub(crate) fn is_signed_with(&self, key: &hmac::Key) -> bool {
        self.signature.as_ref().is_some_and(|signature| {
            let signed = with_length(signature.covered, signature.covered.len() + SIGNATURE);
            hmac::verify(key, &signed, signature.tag).is_ok()
        })
    }

    /// The address inside an attribute of this message.
    pub(crate) fn address(&self, value: &[u8]) -> Option<SocketAddr> {
        let (head, ip) = value.split_first_chunk::<4>()?;
        let [_, family, p0, p1] = *head;
        let ip = match family {
            1 => IpAddr::V4(Ipv4Addr::from(xored(<[u8; 4]>::try_from(ip).ok()?, &self.transaction))),
            2 => IpAddr::V6(Ipv6Addr::from(xored(<[u8; 16]>::try_from(ip).ok()?, &self.transaction))),
            _ => return None,
        };
        Some(SocketAddr::new(ip, u16::from_be_bytes(xored([p0, p1], &self.transaction))))
    }
}

/// A message being written.
#[derive(Debug)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    transaction: Transaction,
}

impl Writer {
    pub(crate) fn new(kind: u16, transaction: Transaction) -> Self {
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(&kind.to_be_bytes());
        bytes.extend_from_slice(&[0, 0]);
        bytes.extend_from_slice(&COOKIE);
        bytes.extend_from_slice(&transaction);
        Self { bytes, transaction }
    }

    /// Adds an attribute; a value longer than an attribute can be is cut.
    pub(crate) fn with(mut self, kind: u16, value: &[u8]) -> Self {
        let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
        self.bytes.extend_from_slice(&kind.to_be_bytes());
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend(value.iter().take(usize::from(length)));
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self
    }

    pub(crate) fn with_address(self, kind: u16, address: SocketAddr) -> Self {
        let family = if address.is_ipv4() { 1 } else { 2 };
        let mut value = vec![0, family];
        value.extend_from_slice(&xored(address.port().to_be_bytes(), &self.transaction));
        match address.ip() {
            IpAddr::V4(ip) => value.extend_from_slice(&xored(ip.octets(), &self.transaction)),
            IpAddr::V6(ip) => value.extend_from_slice(&xored(ip.octets(), &self.transaction)),
        }
        self.with(kind, &value)
    }

    pub(crate) fn unsigned(self) -> Vec<u8> {
        with_length(&self.bytes, self.bytes.len())
    }

    pub(crate) fn signed(self, key: &hmac::Key) -> Vec<u8> {
        let covered = with_length(&self.bytes, self.bytes.len() + SIGNATURE);
        let tag = hmac::sign(key, &covered);
        Self { bytes: covered, ..self }.with(attribute::MESSAGE_INTEGRITY, tag.as_ref()).unsigned()
    }
}

/// A transaction of our own, if the system has randomness.
pub(crate) fn fresh_transaction() -> Option<Transaction> {
    let mut transaction = [0; 12];
    getrandom::fill(&mut transaction).ok()?;
    Some(transaction)
}

/// The bytes of a message whose head says that it is `total` bytes long.
fn with_length(message: &[u8], total: usize) -> Vec<u8> {
    let length = u16::try_from(total.saturating_sub(HEADER)).unwrap_or(u16::MAX);
    let mut bytes = message.to_vec();
    if let Some(field) = bytes.get_mut(2..4) {
        field.copy_from_slice(&length.to_be_bytes());
    }
    bytes
}

/// Hides an address from middle boxes that rewrite every address they see; done twice it is undone.
fn xored<const N: usize>(mut bytes: [u8; N], transaction: &Transaction) -> [u8; N] {
    for (byte, mask) in bytes.iter_mut().zip(COOKIE.iter().chain(transaction)) {
        *byte ^= mask;
    }
    bytes
}
