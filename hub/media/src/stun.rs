//! The little STUN the mux speaks itself: it checks who may enter and answers connectivity checks.
//!
//! Every length is checked before anything is believed, and only messages that
//! passed here are handed on to the library.

use std::net::{IpAddr, SocketAddr};

use ring::hmac;

const HEADER: usize = 20;
const COOKIE: u32 = 0x2112_A442;
const MAC_LEN: usize = 20;
/// A message longer than this is no connectivity check.
const LONGEST: usize = 1280;

const BINDING_REQUEST: u16 = 0x0001;
const BINDING_SUCCESS: u16 = 0x0101;
const BINDING_ERROR: u16 = 0x0111;

const USERNAME: u16 = 0x0006;
const MESSAGE_INTEGRITY: u16 = 0x0008;
const XOR_MAPPED_ADDRESS: u16 = 0x0020;
const USE_CANDIDATE: u16 = 0x0025;
const FINGERPRINT: u16 = 0x8028;
const FINGERPRINT_XOR: u32 = 0x5354_554E;

/// What kind of binding message it is; all other methods are refused by `parse`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    Success,
    Error,
}

/// A well-formed binding message with a MESSAGE-INTEGRITY of the right length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a> {
    pub(crate) kind: Kind,
    pub(crate) transaction: &'a [u8; 12],
    pub(crate) username: Option<&'a str>,
    pub(crate) nominates: bool,
    /// The bytes before MESSAGE-INTEGRITY, and its value.
    signed: &'a [u8],
    mac: &'a [u8],
}

/// Reads a binding message; `None` for anything malformed, unsigned, or of another method.
pub(crate) fn parse(datagram: &[u8]) -> Option<Message<'_>> {
    if datagram.len() > LONGEST {
        return None;
    }
    let (header, body) = datagram.split_first_chunk::<HEADER>()?;
    let kind = match u16_at(header, 0)? {
        BINDING_REQUEST => Kind::Request,
        BINDING_SUCCESS => Kind::Success,
        BINDING_ERROR => Kind::Error,
        _other => return None,
    };
    if usize::from(u16_at(header, 2)?) != body.len() || body.len() % 4 != 0 || u32_at(header, 4)? != COOKIE {
        return None;
    }
    let transaction = header.last_chunk::<12>()?;
    let mut username = None;
    let mut nominates = false;
    let mut rest = body;
    loop {
        let at = datagram.len() - rest.len();
        let (name, value, after) = attribute(rest)?;
        match name {
            USERNAME => username = Some(str::from_utf8(value).ok()?),
            USE_CANDIDATE => nominates = true,
            MESSAGE_INTEGRITY => {
                let signed = datagram.get(..at)?;
                let is_whole = value.len() == MAC_LEN && ends_well(datagram, after);
                return is_whole.then_some(Message { kind, transaction, username, nominates, signed, mac: value });
            }
            // Before the integrity it would not be signed, and two of them would confuse the library.
            FINGERPRINT => return None,
            _other => {}
        }
        rest = after;
    }
}

/// After MESSAGE-INTEGRITY there is nothing, or a right FINGERPRINT.
fn ends_well(datagram: &[u8], after: &[u8]) -> bool {
    if after.is_empty() {
        return true;
    }
    let Some((FINGERPRINT, value, [])) = attribute(after) else {
        return false;
    };
    let covered = datagram.get(..datagram.len() - after.len()).unwrap_or_default();
    value == fingerprint(covered).to_be_bytes()
}

impl Message<'_> {
    /// The names of the receiver and of the sender: what stands before and after the colon.
    pub(crate) fn names(&self) -> Option<(&str, &str)> {
        self.username?.split_once(':')
    }

    /// Whether it was signed with `password`; compared in constant time.
    pub(crate) fn is_signed_with(&self, password: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
        let Some(with_length) = relabeled(self.signed, MAC_LEN + 4) else {
            return false;
        };
        hmac::verify(&key, &with_length, self.mac).is_ok()
    }
}

/// A check as the browser of a leg sends it; `username` is the name of the leg, a colon, and its own.
pub(crate) fn request(transaction: &[u8; 12], username: &str, password: &str, nominates: bool) -> Vec<u8> {
    let mut message = begin(BINDING_REQUEST, transaction);
    message.extend(USERNAME.to_be_bytes());
    message.extend(length(username.len()).to_be_bytes());
    message.extend(username.as_bytes());
    message.resize(message.len().next_multiple_of(4), 0);
    if nominates {
        message.extend(USE_CANDIDATE.to_be_bytes());
        message.extend([0, 0]);
    }
    sign(&message, password)
}

/// The answer to a check that came from `from`.
pub(crate) fn answer(transaction: &[u8; 12], from: SocketAddr, password: &str) -> Vec<u8> {
    let mut message = begin(BINDING_SUCCESS, transaction);
    let mapped = xor_mapped(transaction, from);
    message.extend(XOR_MAPPED_ADDRESS.to_be_bytes());
    message.extend(length(mapped.len()).to_be_bytes());
    message.extend(mapped);
    sign(&message, password)
}

/// The header, without a length yet.
fn begin(kind: u16, transaction: &[u8; 12]) -> Vec<u8> {
    let mut message = Vec::with_capacity(96);
    message.extend(kind.to_be_bytes());
    message.extend([0, 0]);
    message.extend(COOKIE.to_be_bytes());
    message.extend(transaction);
    message
}

/// Ends a message with its integrity and its fingerprint.
fn sign(message: &[u8], password: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    let mut message = relabeled(message, MAC_LEN + 4).unwrap_or_default();
    let mac = hmac::sign(&key, &message);
    message.extend(MESSAGE_INTEGRITY.to_be_bytes());
    message.extend(length(MAC_LEN).to_be_bytes());
    message.extend(mac.as_ref());
    let mut message = relabeled(&message, 8).unwrap_or_default();
    let crc = fingerprint(&message);
    message.extend(FINGERPRINT.to_be_bytes());
    message.extend(4_u16.to_be_bytes());
    message.extend(crc.to_be_bytes());
    message
}

/// The message with a length as if `more` bytes followed, as the integrity and the fingerprint want it.
fn relabeled(message: &[u8], more: usize) -> Option<Vec<u8>> {
    let mut copy = message.to_vec();
    let body = copy.len().checked_sub(HEADER)? + more;
    copy.get_mut(2..4)?.copy_from_slice(&length(body).to_be_bytes());
    Some(copy)
}

fn xor_mapped(transaction: &[u8; 12], from: SocketAddr) -> Vec<u8> {
    let mut mask = COOKIE.to_be_bytes().to_vec();
    mask.extend(transaction);
    let (family, octets) = match from.ip() {
        IpAddr::V4(ip) => (1, ip.octets().to_vec()),
        IpAddr::V6(ip) => (2, ip.octets().to_vec()),
    };
    let port = from.port() ^ 0x2112;
    let mut value = vec![0, family];
    value.extend(port.to_be_bytes());
    value.extend(octets.iter().zip(mask).map(|(octet, mask)| octet ^ mask));
    value
}

/// CRC-32 of the message so far, as STUN disguises it. Checks are short and rare: no table is worth it.
fn fingerprint(message: &[u8]) -> u32 {
    let crc = message.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _bit| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    !crc ^ FINGERPRINT_XOR
}

/// The first attribute: its name, its value, and what follows its padding.
fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let name = u16_at(bytes, 0)?;
    let len = usize::from(u16_at(bytes, 2)?);
    let value = bytes.get(4..4 + len)?;
    let after = bytes.get(4 + len.next_multiple_of(4)..)?;
    Some((name, value, after))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|raw| u16::from_be_bytes(*raw))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|raw| u32::from_be_bytes(*raw))
}

/// Messages are made here and short; a length that does not fit cannot happen.
fn length(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

/// Makes requests as a browser does, for tests.
#[cfg(test)]
pub(crate) mod forge {
    pub(crate) fn request(username: &str, password: &str, nominates: bool) -> Vec<u8> {
        super::request(&[7; 12], username, password, nominates)
    }
}

#[cfg(test)]
mod tests;
