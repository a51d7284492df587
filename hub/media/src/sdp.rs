//! Descriptions of a connection: ours gets our own addresses, a browser's is checked and loses its addresses.
//!
//! A hub is reachable, so a browser's addresses are never asked for: that would
//! only let a description point our checks at somebody else.

use std::net::{IpAddr, SocketAddr};

use actors::protocol::{SDP_BYTES, SDP_CANDIDATES};
use thiserror::Error;

/// How Opus is to be sent: packets down to 10 ms, correction of lost ones, one channel.
pub(crate) const OPUS_FORMAT: &str = "minptime=10;useinbandfec=1;stereo=0";

/// Longest fragment or password of a peer (RFC 8839).
const LONGEST_CREDENTIAL: usize = 256;
/// Most sections a usable answer has; our offer has one.
const SECTIONS: usize = 4;

/// The answer cannot be used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum BadAnswer {
    #[error("it is too long")]
    TooLong,
    #[error("it has too many candidates")]
    TooManyCandidates,
    #[error("it has characters that do not belong there")]
    NotText,
    #[error("it has no usable voice")]
    NoVoice,
    #[error("it has no credentials")]
    NoCredentials,
    #[error("it has no fingerprint")]
    NoFingerprint,
}

/// The secret a side signs its checks with, and the name it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) ufrag: String,
    pub(crate) password: String,
}

/// A browser's answer, without its candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) sdp: String,
    pub(crate) credentials: Credentials,
}

/// Checks a browser's answer.
pub(crate) fn read_answer(sdp: &str) -> Result<Answer, BadAnswer> {
    if sdp.len() > SDP_BYTES {
        return Err(BadAnswer::TooLong);
    }
    // A carriage return inside a line would be another line to other readers.
    if sdp.lines().any(|line| line.contains(char::is_control)) {
        return Err(BadAnswer::NotText);
    }
    if sdp.lines().filter(|line| line.starts_with("a=candidate:")).count() > SDP_CANDIDATES {
        return Err(BadAnswer::TooManyCandidates);
    }
    let sections: Vec<&str> = sdp.lines().filter_map(|line| line.strip_prefix("m=")).collect();
    let has_voice = sections.first().is_some_and(|first| is_voice(first));
    if !sdp.starts_with("v=0") || !has_voice || sections.len() > SECTIONS {
        return Err(BadAnswer::NoVoice);
    }
    if !sdp.lines().any(is_strong_fingerprint) {
        return Err(BadAnswer::NoFingerprint);
    }
    let credentials = credentials(sdp).ok_or(BadAnswer::NoCredentials)?;
    let is_ours = |line: &&str| !is_candidate(line);
    let sdp = sdp.lines().filter(is_ours).flat_map(|line| [line.trim_end(), "\r\n"]).collect();
    Ok(Answer { sdp, credentials })
}

/// Puts our own candidates in the place of those of the library.
pub(crate) fn write_offer(sdp: &str, candidates: &[String]) -> String {
    let kept = sdp.lines().filter(|line| !is_candidate(line) && !line.is_empty());
    let own = candidates.iter().map(String::as_str).chain(["a=end-of-candidates"]);
    kept.chain(own).flat_map(|line| [line.trim_end(), "\r\n"]).collect()
}

/// Our candidate lines: every address over UDP first, then over TCP.
pub(crate) fn candidate_lines(addresses: &[IpAddr], port: u16, has_tcp: bool) -> Vec<String> {
    let order = || addresses.iter().zip((0..=u32::from(u16::MAX)).rev());
    let udp = order().enumerate().map(|(at, (ip, preference))| {
        let priority = priority(126, preference);
        format!("a=candidate:{at} 1 udp {priority} {ip} {port} typ host")
    });
    let foundation = addresses.len();
    // The kind of a TCP candidate is passive: the browser connects (RFC 6544).
    let tcp = order().enumerate().filter(|_| has_tcp).map(|(at, (ip, preference))| {
        let priority = priority(90, preference);
        format!("a=candidate:{} 1 tcp {priority} {ip} {port} typ host tcptype passive", foundation + at)
    });
    udp.chain(tcp).collect()
}

/// The credentials a description names first.
pub(crate) fn credentials(sdp: &str) -> Option<Credentials> {
    let value = |name: &str, least: usize| {
        let value = sdp.lines().find_map(|line| line.strip_prefix(name))?.trim();
        let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
        (is_plain && (least..=LONGEST_CREDENTIAL).contains(&value.len())).then(|| value.to_owned())
    };
    Some(Credentials { ufrag: value("a=ice-ufrag:", 4)?, password: value("a=ice-pwd:", 22)? })
}

/// The addresses browsers are told when none are configured.
pub(crate) fn own_addresses(bound: SocketAddr) -> Vec<IpAddr> {
    if !bound.ip().is_unspecified() {
        return vec![bound.ip()];
    }
    let found = rtc::shared::ifaces::ffi::ifaces().unwrap_or_default();
    let usable = |ip: &IpAddr| match ip {
        IpAddr::V4(ip) => !ip.is_link_local(),
        // A link-local address means nothing without its zone, which a candidate cannot say.
        IpAddr::V6(ip) => bound.is_ipv6() && !ip.is_unicast_link_local(),
    };
    let mut addresses: Vec<IpAddr> =
        found.into_iter().filter_map(|interface| Some(interface.addr?.ip())).filter(usable).collect();
    // The machine itself comes last: only a browser beside the hub can use it.
    addresses.sort_by_key(|ip| (ip.is_loopback(), ip.is_ipv6()));
    addresses.dedup();
    addresses
}

fn is_candidate(line: &str) -> bool {
    line.starts_with("a=candidate:") || line.starts_with("a=end-of-candidates")
}

fn is_voice(section: &str) -> bool {
    let mut words = section.split(' ');
    let is_audio = words.next() == Some("audio");
    // A port of zero refuses the section.
    is_audio && words.next().is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port != 0))
}

fn is_strong_fingerprint(line: &str) -> bool {
    let Some(value) = line.strip_prefix("a=fingerprint:") else {
        return false;
    };
    let (hash, digits) = value.trim().split_once(' ').unwrap_or_default();
    let pairs = digits.split(':').filter(|pair| pair.len() == 2 && pair.chars().all(|c| c.is_ascii_hexdigit())).count();
    match hash.to_ascii_lowercase().as_str() {
        "sha-256" => pairs == 32,
        "sha-384" => pairs == 48,
        "sha-512" => pairs == 64,
        _weak => false,
    }
}

/// RFC 8445, 5.1.2.1, for the only component.
fn priority(kind: u32, preference: u32) -> u32 {
    (kind << 24) | (preference << 8) | 255
}

#[cfg(test)]
mod tests;
