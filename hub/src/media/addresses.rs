//! The addresses browsers are told to reach the voice at.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use crate::config::MediaConfig;

/// Addresses of documentation (RFC 5737, RFC 3849): a route leads there, and nothing is ever sent.
const SOMEWHERE_4: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const SOMEWHERE_6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
const ANY_PORT: u16 = 9;

/// What the configuration says, else the address of `bind`, else those this machine has towards the internet.
///
/// Its own address comes last: only a browser beside the hub can use it.
pub(crate) fn told(config: &MediaConfig) -> Vec<IpAddr> {
    if !config.addresses.is_empty() {
        return config.addresses.clone();
    }
    match config.bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => towards(&[SOMEWHERE_4]),
        // A socket for all of IPv6 takes IPv4 too.
        IpAddr::V6(ip) if ip.is_unspecified() => towards(&[SOMEWHERE_4, SOMEWHERE_6]),
        ip => vec![ip],
    }
}

/// The own addresses on the way to these, as far as there is a way, and that of the machine itself.
fn towards(places: &[IpAddr]) -> Vec<IpAddr> {
    let own = places.iter().filter_map(|place| own_towards(*place));
    own.chain([Ipv4Addr::LOCALHOST.into()]).collect()
}

/// Connecting a UDP socket asks the routing table and sends nothing.
fn own_towards(place: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = if place.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(place, ANY_PORT)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(bind: &str, addresses: &[&str]) -> MediaConfig {
        let addresses = addresses.iter().map(|ip| ip.parse().unwrap()).collect();
        MediaConfig { bind: bind.parse().unwrap(), addresses, ..MediaConfig::default() }
    }

    #[test]
    fn what_is_configured_is_told() {
        let both = ["203.0.113.7", "2001:db8::7"];

        assert_eq!(told(&config("0.0.0.0:8089", &both)), both.map(|ip| ip.parse::<IpAddr>().unwrap()));
    }

    #[test]
    fn without_configuration_the_bound_address_is_told() {
        assert_eq!(told(&config("127.0.0.1:8089", &[])), [IpAddr::from(Ipv4Addr::LOCALHOST)]);
    }

    #[test]
    fn no_browser_is_told_to_go_anywhere() {
        for bind in ["0.0.0.0:8089", "[::]:8089"] {
            let told = told(&config(bind, &[]));

            assert!(told.iter().all(|ip| !ip.is_unspecified()), "{bind}: {told:?}");
            assert_eq!(told.last(), Some(&IpAddr::from(Ipv4Addr::LOCALHOST)), "{bind}");
        }
    }
}
