//! Datagrams through the relay: there and back, by channel and without, and how many.

use super::client::{Desk, MEDIA, address, channel_data};
use crate::turn::allocation::{BYTES, Client};
use crate::turn::stun::{Message, attribute, kind};

#[test]
fn a_datagram_goes_to_the_media_and_one_comes_back() {
    let mut desk = Desk::allocated();
    assert_eq!(desk.send(MEDIA, b"early"), None, "there is no permission yet");
    desk.permit(MEDIA).unwrap();

    let (label, datagram) = desk.send(MEDIA, b"hello").unwrap();
    let (client, back) = desk.server.toward_client(label, b"welcome", desk.now).unwrap();

    assert_eq!(datagram, b"hello");
    assert_eq!(client, desk.from);
    let back = Message::read(&back).unwrap();
    assert_eq!(back.kind, kind::DATA);
    assert_eq!(back.get(attribute::DATA), Some(&b"welcome"[..]));
    let peer = back.get(attribute::XOR_PEER_ADDRESS).and_then(|value| back.address(value));
    assert_eq!(peer, Some(address(MEDIA)));
}

#[test]
fn a_channel_carries_both_ways() {
    let mut desk = Desk::allocated();
    desk.bind(0x4001, MEDIA).unwrap();

    let (label, datagram) = desk.send_by_channel(0x4001, b"hello").unwrap();
    let (_, back) = desk.server.toward_client(label, b"back", desk.now).unwrap();

    assert_eq!(datagram, b"hello");
    assert_eq!(back, channel_data(0x4001, b"back"));
    assert_eq!(desk.send_by_channel(0x4002, b"x"), None, "nobody asked for this channel");
}

#[test]
fn by_tcp_channel_data_is_padded() {
    let mut desk = Desk::new();
    desk.from = Client::Tcp(1, address("198.51.100.7:50000"));
    desk.allocate().unwrap();
    desk.bind(0x4001, MEDIA).unwrap();
    let (label, _) = desk.send_by_channel(0x4001, b"hello").unwrap();

    let (_, back) = desk.server.toward_client(label, b"12345", desk.now).unwrap();

    assert_eq!(back, b"\x40\x01\x00\x0512345\0\0\0");
}

#[test]
fn a_channel_has_one_peer_and_a_peer_one_channel() {
    let mut desk = Desk::with_media(&[MEDIA, "203.0.113.5:3479"]);
    desk.allocate().unwrap();
    desk.bind(0x4000, MEDIA).unwrap();

    assert_eq!(desk.bind(0x4001, MEDIA), Err(400));
    assert_eq!(desk.bind(0x4000, "203.0.113.5:3479"), Err(400));
    assert!(desk.bind(0x4000, MEDIA).is_ok(), "it is refreshed this way");
    for number in [0, 0x3FFF, 0x8000, 0xFFFF] {
        assert_eq!(desk.bind(number, "203.0.113.5:3479"), Err(400), "{number:x}");
    }
}

#[test]
fn a_permission_ends_after_five_minutes_and_a_channel_after_ten() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();
    desk.later(299);
    assert!(desk.send(MEDIA, b"x").is_some());
    desk.later(1);
    assert_eq!(desk.send(MEDIA, b"x"), None);

    desk.bind(0x4000, MEDIA).unwrap();
    desk.refresh(600).unwrap();
    desk.later(599);
    assert!(desk.send_by_channel(0x4000, b"x").is_some());
    desk.refresh(600).unwrap();
    desk.later(1);
    assert_eq!(desk.send_by_channel(0x4000, b"x"), None);
}

#[test]
fn an_allocation_carries_half_a_megabit_in_a_second() {
    let mut desk = Desk::allocated();
    desk.bind(0x4000, MEDIA).unwrap();
    let datagram = [0; 1000];
    let (label, _) = desk.send_by_channel(0x4000, &datagram).unwrap();
    while desk.send_by_channel(0x4000, &datagram).is_some() {}
    assert_eq!(desk.server.toward_client(label, &datagram, desk.now), None, "both directions together");

    let mut bytes = 0;
    for _tenth in 0..100 {
        desk.now += std::time::Duration::from_millis(100);
        while desk.send_by_channel(0x4000, &datagram).is_some() {
            bytes += datagram.len();
        }
    }

    assert!((63_000 * 10..=64_000 * 10).contains(&bytes), "{bytes} bytes in ten seconds");
}

#[test]
fn what_was_not_used_is_not_saved_up() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();
    desk.later(200);

    let mut bytes = 0;
    while desk.send(MEDIA, &[0; 500]).is_some() {
        bytes += 500;
    }

    assert_eq!(bytes, usize::try_from(BYTES.burst).unwrap());
}

#[test]
fn too_long_and_empty_datagrams_are_dropped() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();

    let (label, _) = desk.send(MEDIA, &[0; 1500]).unwrap();
    assert_eq!(desk.send(MEDIA, &[0; 1501]), None);
    assert_eq!(desk.send(MEDIA, b""), None);
    assert_eq!(desk.server.toward_client(label, &[0; 1501], desk.now), None);
}

#[test]
fn nobody_else_speaks_for_an_allocation() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();

    desk.from = Client::Udp(address("198.51.100.66:50000"));

    assert_eq!(desk.send(MEDIA, b"x"), None);
}
