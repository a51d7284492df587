//! Whose request is it? The address of a client, also behind proxies.
//!
//! What a header says counts only when a configured proxy says it, and only the
//! right-most address that is not such a proxy: everything left of it is the client's own word.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Deserializer};
use thiserror::Error;

/// Not part of actix's own list of names.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Most addresses read of one request; a longer chain is nobody's honest one.
const CHAIN: usize = 32;

/// The text is not a network like `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a network such as 10.0.0.0/8 or fd00::/8")]
pub(crate) struct NotANetwork;

/// One network; IPv4 is kept as IPv4-mapped IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    start: u128,
    mask: u128,
}

impl Network {
    fn contains(self, ip: IpAddr) -> bool {
        bits(ip) & self.mask == self.start
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (ip, length) = match text.split_once('/') {
            Some((ip, length)) => (ip, Some(length)),
            None => (text, None),
        };
        let ip: IpAddr = ip.trim().parse().map_err(|_no_ip| NotANetwork)?;
        let width: u32 = if ip.is_ipv4() { 32 } else { 128 };
        let length = match length {
            Some(length) => length.trim().parse().map_err(|_no_number| NotANetwork)?,
            None => width,
        };
        let free = width.checked_sub(length).ok_or(NotANetwork)?;
        let mask = u128::MAX.checked_shl(free).unwrap_or(0);
        Ok(Self { start: bits(ip) & mask, mask })
    }
}

/// The proxies whose word about addresses counts; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// Reads networks like `10.0.0.0/8`; a bare address is a network of one.
    pub(crate) fn parse<T: AsRef<str>>(networks: &[T]) -> Result<Self, NotANetwork> {
        networks.iter().map(|network| network.as_ref().parse()).collect::<Result<_, _>>().map(Self)
    }

    fn contains(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(ip))
    }
}

impl<'de> Deserialize<'de> for TrustedProxies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let networks = Vec::<String>::deserialize(deserializer)?;
        Self::parse(&networks).map_err(serde::de::Error::custom)
    }
}

/// The address of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClientIp(IpAddr);

impl ClientIp {
    /// Finds the client of a request that arrived from `peer`.
    pub(crate) fn of(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &TrustedProxies) -> Self {
        let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        if !trusted.contains(peer) {
            return Self(peer);
        }
        let told = chain(headers.get_all(X_FORWARDED_FOR), address);
        let forwarded = chain(headers.get_all(FORWARDED), forwarded_for);
        match (told.is_empty(), forwarded.is_empty()) {
            (true, _) => Self(rightmost(peer, &forwarded, trusted)),
            (false, true) => Self(rightmost(peer, &told, trusted)),
            (false, false) => {
                // A proxy writes one of the two and may pass the other on as the client sent it:
                // where they differ, neither can be believed.
                let one = rightmost(peer, &told, trusted);
                Self(if one == rightmost(peer, &forwarded, trusted) { one } else { peer })
            }
        }
    }

    /// The address itself.
    pub(crate) fn ip(self) -> IpAddr {
        self.0
    }

    /// The network a client can be expected to have for itself: /64 of IPv6, /24 of IPv4.
    pub(crate) fn prefix(self) -> Prefix {
        Prefix(match self.0 {
            IpAddr::V4(ip) => u64::from(ip.to_bits() >> 8),
            IpAddr::V6(ip) => u64::try_from(ip.to_bits() >> 64).unwrap_or_default(),
        })
    }
}

/// An address prefix that shares its limits.
///
/// Those of IPv4 lie in `::/8`, where no client of IPv6 can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Prefix(u64);

fn bits(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_ipv6_mapped().to_bits(),
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

/// The addresses of a header from right to left; `None` where the text is no address.
fn chain<'h>(
    values: impl DoubleEndedIterator<Item = &'h HeaderValue>,
    read: fn(&str) -> Option<IpAddr>,
) -> Vec<Option<IpAddr>> {
    let lines = values.rev().map(|value| value.to_str().unwrap_or_default());
    lines.flat_map(|line| line.rsplit(',')).take(CHAIN).map(read).collect()
}

/// Follows the chain while each speaker is trusted.
fn rightmost(peer: IpAddr, chain: &[Option<IpAddr>], trusted: &TrustedProxies) -> IpAddr {
    let mut speaker = peer;
    for told in chain {
        match told {
            Some(ip) if trusted.contains(speaker) => speaker = *ip,
            _ => break,
        }
    }
    speaker
}

/// Reads `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1` or `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let ip = text
        .parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()))
        .or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse());
    ip.ok().map(|ip| ip.to_canonical())
}

/// Reads one element of `Forwarded` (RFC 7239): `for="[2001:db8::1]";proto=https`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn client(peer: &str, headers: &[(&str, &str)]) -> String {
        let trusted = TrustedProxies::parse(&["10.0.0.0/8", "fd00::/8"]).unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.parse().unwrap(), value.parse().unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
        ClientIp::of(Some(peer), &map, &trusted).ip().to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(client("203.0.113.7", &[("x-forwarded-for", "1.2.3.4")]), "203.0.113.7");
        assert_eq!(client("203.0.113.7", &[("forwarded", "for=1.2.3.4")]), "203.0.113.7");
        assert_eq!(client("::ffff:203.0.113.7", &[]), "203.0.113.7");
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_counts() {
        assert_eq!(client(PROXY, &[("x-forwarded-for", "1.2.3.4, 203.0.113.7")]), "203.0.113.7");
        assert_eq!(client(PROXY, &[("x-forwarded-for", "1.2.3.4, 203.0.113.7, 10.9.9.9")]), "203.0.113.7");
        assert_eq!(client(PROXY, &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "203.0.113.7")]), "203.0.113.7");
        assert_eq!(client("fd00::1", &[("x-forwarded-for", "[2001:db8::1]:4711")]), "2001:db8::1");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it() {
        assert_eq!(client(PROXY, &[("forwarded", "for=1.2.3.4, For=\"[2001:db8::1]:8\";proto=https")]), "2001:db8::1");
        assert_eq!(client(PROXY, &[("forwarded", "by=10.0.0.1;for=203.0.113.7")]), "203.0.113.7");
    }

    #[test]
    fn two_headers_that_differ_are_both_ignored() {
        assert_eq!(client(PROXY, &[("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=1.2.3.4")]), PROXY);
        assert_eq!(
            client(PROXY, &[("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=203.0.113.7")]),
            "203.0.113.7"
        );
    }

    #[test]
    fn nonsense_ends_the_chain() {
        assert_eq!(client(PROXY, &[("x-forwarded-for", "1.2.3.4, <script>, 10.0.0.9")]), "10.0.0.9");
        assert_eq!(client(PROXY, &[("forwarded", "for=unknown")]), PROXY);
        assert_eq!(client(PROXY, &[("x-forwarded-for", "")]), PROXY);
    }

    #[test]
    fn networks_are_checked() {
        for text in ["", "10.0.0.0/33", "fd00::/129", "10.0.0.0/-1", "10.0.0/8", "example.com"] {
            assert_eq!(TrustedProxies::parse(&[text]), Err(NotANetwork), "{text}");
        }
        assert!(TrustedProxies::parse(&["0.0.0.0/0"]).unwrap().contains("1.2.3.4".parse().unwrap()));
        assert!(!TrustedProxies::parse(&["0.0.0.0/0"]).unwrap().contains("2001:db8::1".parse().unwrap()));
        assert!(TrustedProxies::parse(&["::1"]).unwrap().contains("::1".parse().unwrap()));
    }

    #[test]
    fn neighbors_share_a_prefix() {
        let prefix = |ip: &str| ClientIp(ip.parse().unwrap()).prefix();

        assert_eq!(prefix("203.0.113.7"), prefix("203.0.113.200"));
        assert_ne!(prefix("203.0.113.7"), prefix("203.0.114.7"));
        assert_eq!(prefix("2001:db8::1"), prefix("2001:db8::ffff:1"));
        assert_ne!(prefix("2001:db8::1"), prefix("2001:db8:0:1::1"));
        assert_ne!(prefix("203.0.113.7"), prefix("::1"));
    }
}
