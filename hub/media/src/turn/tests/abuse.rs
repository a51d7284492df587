//! Bytes that are no honest client's.

use super::client::{Desk, MEDIA};
use crate::turn::server::Effect;
use crate::turn::stun::{Writer, attribute, kind};

#[test]
fn what_is_no_request_gets_no_answer() {
    let mut desk = Desk::allocated();
    let binding = Writer::new(0x0001, [1; 12]).unsigned();
    let answer = Writer::new(kind::ALLOCATE | kind::SUCCESS, [1; 12]).unsigned();
    let connect = Writer::new(0x000A, [1; 12]).unsigned();
    let dtls = b"\x16\xfe\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x30".to_vec();

    for bytes in [binding, answer, connect, dtls, b"\x80\x6f".to_vec(), vec![0x40], vec![0], Vec::new()] {
        assert_eq!(desk.server.receive(desk.from, &bytes, desk.now), Effect::Nothing, "{bytes:?}");
    }
}

#[test]
fn a_message_that_lies_about_its_length_is_dropped() {
    let mut desk = Desk::new();
    let honest = desk.browser.request(kind::REFRESH, &[]);
    for length in [0, 3, 4, 8, honest.len() - 21, honest.len() - 19, 0xFFFF] {
        let mut lie = honest.clone();
        lie[2..4].copy_from_slice(&u16::try_from(length).unwrap().to_be_bytes());

        assert_eq!(desk.server.receive(desk.from, &lie, desk.now), Effect::Nothing, "{length}");
    }
}

#[test]
fn an_attribute_that_lies_about_its_length_is_dropped() {
    let mut desk = Desk::new();
    let mut lie = Writer::new(kind::ALLOCATE, [1; 12]).with(attribute::LIFETIME, &[0; 4]).unsigned();
    lie[23] = 9;

    assert_eq!(desk.server.receive(desk.from, &lie, desk.now), Effect::Nothing);
}

#[test]
fn a_request_of_a_thousand_attributes_is_dropped() {
    let mut desk = Desk::new();
    let many: Vec<(u16, Vec<u8>)> = (0..1000).map(|_| (0x8022, Vec::new())).collect();
    let request = desk.browser.request(kind::ALLOCATE, &many);

    assert_eq!(desk.server.receive(desk.from, &request, desk.now), Effect::Nothing);
}

#[test]
fn half_of_the_credentials_is_not_enough() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();
    let halves = [
        Writer::new(kind::REFRESH, desk.browser.transaction).with(attribute::LIFETIME, &[0; 4]).unsigned(),
        Writer::new(kind::REFRESH, desk.browser.transaction)
            .with(attribute::USERNAME, desk.browser.username.as_bytes())
            .with(attribute::NONCE, desk.browser.nonce.as_bytes())
            .unsigned(),
    ];
    for half in halves {
        let answer = desk.give(&half);

        assert_eq!(desk.browser.read(&answer), Err(401));
    }
    let no_name = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, b"");
    let answer = desk.give(&Writer::new(kind::REFRESH, desk.browser.transaction).signed(&no_name));

    assert_eq!(desk.browser.read(&answer), Err(400));
    assert!(desk.server.has_allocation(desk.from));
}
