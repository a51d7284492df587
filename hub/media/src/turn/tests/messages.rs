//! STUN messages against the published examples (RFC 5769), and whatever else may arrive.

use md5::{Digest, Md5};
use proptest::prelude::*;
use ring::hmac;

use super::client::{Desk, MEDIA, address, channel_data};
use crate::turn::fuzz;
use crate::turn::server::Effect;
use crate::turn::stream::{Foreign, MESSAGE_BYTES, first_message};
use crate::turn::stun::{Message, Writer, attribute, kind};

/// RFC 5769, 2.4: a request with long-term credentials.
const SIGNED_REQUEST: [u8; 116] = *b"\x00\x01\x00\x60\x21\x12\xa4\x42\x78\xad\x34\x33\xc6\xad\x72\xc0\x29\xda\x41\x2e\
    \x00\x06\x00\x12\xe3\x83\x9e\xe3\x83\x88\xe3\x83\xaa\xe3\x83\x83\xe3\x82\xaf\xe3\x82\xb9\x00\x00\
    \x00\x15\x00\x1cf//499k954d6OL34oL9FSTvy64sA\x00\x14\x00\x0bexample.org\x00\
    \x00\x08\x00\x14\xf6\x70\x24\x65\x6d\xd6\x4a\x3e\x02\xb8\xe0\x71\x2e\x85\xc9\xa2\x8c\xa8\x96\x66";

/// The transaction of the answers in RFC 5769, 2.2 and 2.3.
const TRANSACTION: [u8; 12] = *b"\xb7\xe7\xa7\x01\xbc\x34\xd6\x86\xfa\x87\xdf\xae";

fn key_of(plain: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &Md5::digest(plain))
}

#[test]
fn the_published_request_is_read_and_its_signature_is_right() {
    let message = Message::read(&SIGNED_REQUEST).unwrap();

    assert_eq!(message.text(attribute::USERNAME), Some("マトリックス"));
    assert_eq!(message.text(attribute::REALM), Some("example.org"));
    assert!(message.is_signed_with(&key_of("マトリックス:example.org:TheMatrIX")));
    assert!(!message.is_signed_with(&key_of("マトリックス:example.org:thematrix")));
}

#[test]
fn the_published_request_is_written_the_same() {
    let written = Writer::new(0x0001, *SIGNED_REQUEST[8..].first_chunk().unwrap())
        .with(attribute::USERNAME, "マトリックス".as_bytes())
        .with(attribute::NONCE, b"f//499k954d6OL34oL9FSTvy64sA")
        .with(attribute::REALM, b"example.org")
        .signed(&key_of("マトリックス:example.org:TheMatrIX"));

    assert_eq!(written, SIGNED_REQUEST);
}

#[test]
fn addresses_are_hidden_as_published() {
    let examples: [(&str, &[u8]); 2] = [
        ("192.0.2.1:32853", b"\x00\x01\xa1\x47\xe1\x12\xa6\x43"),
        (
            "[2001:db8:1234:5678:11:2233:4455:6677]:32853",
            b"\x00\x02\xa1\x47\x01\x13\xa9\xfa\xa5\xd3\xf1\x79\xbc\x25\xf4\xb5\xbe\xd2\xb9\xd9",
        ),
    ];

    for (text, hidden) in examples {
        let bytes =
            Writer::new(0x0101, TRANSACTION).with_address(attribute::XOR_MAPPED_ADDRESS, address(text)).unsigned();
        let message = Message::read(&bytes).unwrap();

        assert_eq!(message.get(attribute::XOR_MAPPED_ADDRESS), Some(hidden));
        assert_eq!(message.address(hidden), Some(address(text)));
    }
}

#[test]
fn a_changed_byte_breaks_the_signature() {
    let key = key_of("マトリックス:example.org:TheMatrIX");

    for place in (0..SIGNED_REQUEST.len()).filter(|place| ![2, 3].contains(place)) {
        let mut changed = SIGNED_REQUEST;
        changed[place] ^= 1;

        let is_taken = Message::read(&changed).is_some_and(|message| message.is_signed_with(&key));
        // Padding is covered as well.
        assert!(!is_taken, "byte {place} is not covered");
    }
}

#[test]
fn what_stands_behind_the_signature_is_not_seen() {
    let signed = Writer::new(kind::REFRESH, [1; 12]).with(attribute::LIFETIME, &[0, 0, 2, 88]).signed(&key_of("a:b:c"));
    let mut longer = signed.clone();
    longer.extend_from_slice(b"\x00\x06\x00\x04olga");
    longer[3] += 8;

    let message = Message::read(&longer).unwrap();

    assert!(message.is_signed_with(&key_of("a:b:c")));
    assert_eq!(message.text(attribute::USERNAME), None);
}

#[test]
fn a_stream_is_cut_into_messages() {
    let refresh = Writer::new(kind::REFRESH, [1; 12]).with(attribute::LIFETIME, &[0; 4]).unsigned();

    assert_eq!(first_message(&refresh[..3]), Ok(None));
    assert_eq!(first_message(&refresh[..4]), Ok(Some(refresh.len())));
    assert_eq!(first_message(&channel_data(0x4000, b"12345")), Ok(Some(12)));
    assert_eq!(first_message(b"GET / HTTP/1.1"), Err(Foreign));
    assert_eq!(first_message(&[0x80, 0, 0, 0]), Err(Foreign));
    assert_eq!(first_message(&[0, 1, 0xFF, 0xFF]), Err(Foreign));
    assert_eq!(first_message(&[0x40, 0, 0xFF, 0xFF]), Err(Foreign));
}

proptest! {
    #[test]
    fn whatever_arrives_reaches_nothing_but_the_media(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        place in any::<prop::sample::Index>(),
        value in any::<u8>(),
    ) {
        let mut desk = Desk::allocated();
        desk.permit(MEDIA).unwrap();
        let send = Writer::new(kind::SEND, [9; 12])
            .with_address(attribute::XOR_PEER_ADDRESS, address(MEDIA))
            .with(attribute::DATA, &noise)
            .unsigned();
        let mut changed = send;
        let place = place.index(changed.len());
        changed[place] = value;

        for bytes in [&noise, &changed] {
            if let Effect::Deliver { way, datagram } = desk.server.receive(desk.from, bytes, desk.now) {
                prop_assert_eq!(way.peer, address(MEDIA));
                prop_assert!(!datagram.is_empty());
            }
        }
    }

    #[test]
    fn whatever_happens_in_whatever_order_the_relay_keeps_its_promises(
        happenings in prop::collection::vec((any::<u8>(), prop::collection::vec(any::<u8>(), 0..40)), 0..40),
    ) {
        let bytes: Vec<u8> = happenings
            .iter()
            .flat_map(|(what, bytes)| [&[*what, u8::try_from(bytes.len()).unwrap()], bytes.as_slice()].concat())
            .collect();

        fuzz::turn(&bytes);
    }

    #[test]
    fn a_stream_is_never_cut_too_long(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(Some(length)) = first_message(&bytes) {
            prop_assert!((4..=MESSAGE_BYTES).contains(&length));
        }
    }
}
