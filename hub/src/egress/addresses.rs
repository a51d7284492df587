//! Is an address public? Whatever a registry keeps for something else is not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

const fn v4(a: u8, b: u8, c: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), length)
}

const fn v6(a: u16, b: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), length)
}

/// IANA's registry of special addresses of IPv4, with multicast and what is reserved.
const SPECIAL_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 31, 196, 24),
    v4(192, 52, 193, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    // Multicast, what is reserved, and broadcast.
    v4(224, 0, 0, 3),
];

/// The only part of IPv6 that is given out to the public.
const GIVEN_OUT: Ipv6Net = v6(0x2000, 0, 3);

/// What is kept back inside of it.
const SPECIAL_V6: [Ipv6Net; 3] = [v6(0x2001, 0, 23), v6(0x2001, 0x0db8, 32), v6(0x3fff, 0, 20)];

const COMPATIBLE: Ipv6Net = v6(0, 0, 96);
const NAT64: Ipv6Net = v6(0x0064, 0xff9b, 96);
const TEREDO: Ipv6Net = v6(0x2001, 0, 32);
const SIX_TO_FOUR: Ipv6Net = v6(0x2002, 0, 16);

/// Can everybody on the internet have this address, and nobody inside a private network?
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match inner(ip) {
            Some(inner) => inner.into_iter().all(is_public_v4),
            None => GIVEN_OUT.contains(&ip) && !SPECIAL_V6.iter().any(|special| special.contains(&ip)),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    !SPECIAL_V4.iter().any(|special| special.contains(&ip))
}

/// The addresses of IPv4 that one of IPv6 leads to, where it is only a wrapping.
fn inner(ip: Ipv6Addr) -> Option<Vec<Ipv4Addr>> {
    let [_, second, third, fourth, .., before_last, last] = ip.segments();
    if COMPATIBLE.contains(&ip) || NAT64.contains(&ip) {
        Some(vec![joined(before_last, last)])
    } else if SIX_TO_FOUR.contains(&ip) {
        Some(vec![joined(second, third)])
    } else if TEREDO.contains(&ip) {
        // The server, and the client with its bits turned around.
        Some(vec![joined(third, fourth), joined(!before_last, !last)])
    } else {
        None
    }
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Ipv4Addr::new(a, b, c, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_open(ip: &str) -> bool {
        is_public(ip.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for ip in ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "223.255.255.255"]
        {
            assert!(is_open(ip), "{ip}");
        }
        for ip in ["2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"] {
            assert!(is_open(ip), "{ip}");
        }
    }

    #[test]
    fn every_special_network_is_closed_at_both_its_ends() {
        for net in SPECIAL_V4 {
            assert!(!is_public(IpAddr::V4(net.network())) && !is_public(IpAddr::V4(net.broadcast())), "{net}");
        }
        for ip in ["0.0.0.0", "127.0.0.1", "127.255.255.254", "169.254.169.254", "100.100.100.200", "255.255.255.255"] {
            assert!(!is_open(ip), "{ip}");
        }
        for ip in ["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001:2::1", "100::1"]
        {
            assert!(!is_open(ip), "{ip}");
        }
        for ip in ["3fff::1", "5f00::1", "64:ff9b:1::8.8.8.8", "::ffff:0:8.8.8.8", "fec0::1"] {
            assert!(!is_open(ip), "{ip}");
        }
    }

    #[test]
    fn a_wrapped_address_counts_as_what_it_wraps() {
        for ip in [
            "::ffff:127.0.0.1",
            "::ffff:a9fe:a9fe",
            "::127.0.0.1",
            "::10.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::1",
            "2002:a9fe:a9fe::",
            "2002:c0a8:101::1",
            // The server is public, the client 127.0.0.1; then the other way round.
            "2001:0:808:808:0:0:80ff:fffe",
            "2001:0:7f00:1:0:0:f7f7:f7f7",
        ] {
            assert!(!is_open(ip), "{ip}");
        }
        assert!(is_open("2002:808:808::1") && is_open("2001:0:808:808:0:0:f7f7:f7f7"));
    }
}
