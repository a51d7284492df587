//! Which addresses a client may speak to: the hub's own media, and nothing else on earth.

use super::client::{Desk, MEDIA, peer_value};
use crate::turn::stun::{attribute, kind};

/// The hub is tried out on one machine: then its media is at the loopback address.
const LOOPBACK_MEDIA: &str = "127.0.0.1:3478";

const FORBIDDEN: [&str; 20] = [
    "127.0.0.1:25",
    "127.0.0.1:3479",
    "127.0.0.53:3478",
    "0.0.0.0:3478",
    "0.0.0.0:0",
    "10.0.0.1:3478",
    "10.255.255.255:80",
    "169.254.169.254:80",
    "172.16.0.1:3478",
    "192.168.1.1:3478",
    "192.0.2.1:1024",
    "224.0.0.1:3478",
    "255.255.255.255:3478",
    "8.8.8.8:53",
    "[::1]:3478",
    "[::]:3478",
    "[::ffff:127.0.0.1]:3478",
    "[::ffff:0.0.0.0]:3478",
    "[64:ff9b::7f00:1]:3478",
    "[fe80::1]:3478",
];

#[test]
fn every_foreign_address_is_forbidden_and_nothing_is_sent_there() {
    for own in [MEDIA, LOOPBACK_MEDIA] {
        let mut desk = Desk::with_media(&[own]);
        desk.allocate().unwrap();

        for peer in FORBIDDEN {
            assert_eq!(desk.permit(peer), Err(403), "{peer}");
            assert_eq!(desk.bind(0x4000, peer), Err(403), "{peer}");
            assert_eq!(desk.send(peer, b"x"), None, "{peer}");
            assert_eq!(desk.send_by_channel(0x4000, b"x"), None, "{peer}");
        }
    }
}

#[test]
fn the_hubs_other_ports_are_forbidden() {
    let mut desk = Desk::with_media(&["203.0.113.5:3478"]);
    desk.allocate().unwrap();
    desk.permit("203.0.113.5:3478").unwrap();

    for port in [1, 22, 25, 80, 443, 3477, 3479, 8080, 65_535] {
        let peer = format!("203.0.113.5:{port}");

        assert_eq!(desk.permit(&peer), Err(403), "{peer}");
        assert_eq!(desk.send(&peer, b"x"), None, "{peer}");
    }
}

#[test]
fn one_forbidden_address_forbids_the_whole_request() {
    let mut desk = Desk::allocated();
    let mut next = desk.browser.clone();
    next.request(kind::CREATE_PERMISSION, &[]);
    let value = |peer: &str| (attribute::XOR_PEER_ADDRESS, peer_value(next.transaction, peer.parse().unwrap()));

    let outcome = desk.ask(kind::CREATE_PERMISSION, &[value(MEDIA), value("127.0.0.1:25")]);

    assert_eq!(outcome, Err(403));
    assert_eq!(desk.send(MEDIA, b"x"), None);
}

#[test]
fn a_permission_may_leave_the_port_out() {
    let mut desk = Desk::allocated();

    assert!(desk.permit("203.0.113.5:0").is_ok());

    assert!(desk.send(MEDIA, b"x").is_some());
}

#[test]
fn a_permission_needs_an_address_and_an_allocation() {
    let mut desk = Desk::new();
    assert_eq!(desk.ask(kind::CREATE_PERMISSION, &[]), Err(400));
    assert_eq!(desk.permit(MEDIA), Err(437));
    assert_eq!(desk.bind(0x4000, MEDIA), Err(437));

    desk.allocate().unwrap();

    assert_eq!(desk.ask(kind::CREATE_PERMISSION, &[]), Err(400));
    assert_eq!(desk.ask(kind::CREATE_PERMISSION, &[(attribute::XOR_PEER_ADDRESS, vec![0; 7])]), Err(400));
}

#[test]
fn every_media_port_has_a_way_of_its_own() {
    let mut desk = Desk::with_media(&["203.0.113.5:3478", "203.0.113.5:3479"]);
    desk.allocate().unwrap();
    desk.permit("203.0.113.5:3479").unwrap();

    let (first, _) = desk.send("203.0.113.5:3478", b"x").unwrap();
    let (second, _) = desk.send("203.0.113.5:3479", b"x").unwrap();

    assert_ne!(first, second);
}

#[test]
fn an_ipv6_relay_leads_to_the_media_by_ipv6_only() {
    let mut desk = Desk::with_media(&[MEDIA, "[2001:db8:1::5]:3478"]);
    let family = (attribute::REQUESTED_ADDRESS_FAMILY, vec![2, 0, 0, 0]);
    let udp = (attribute::REQUESTED_TRANSPORT, vec![17, 0, 0, 0]);

    let answered = desk.ask(kind::ALLOCATE, &[udp, family]).unwrap();

    assert!(answered.relayed.unwrap().is_ipv6());
    for peer in FORBIDDEN {
        assert_eq!(desk.permit(peer), Err(403), "{peer}");
    }
    assert_eq!(desk.permit(MEDIA), Err(443));
    assert!(desk.permit("[2001:db8:1::5]:3478").is_ok());
    assert!(desk.send("[2001:db8:1::5]:3478", b"x").is_some());
}
