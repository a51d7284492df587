//! The vectors of RFC 5769, and bytes nobody should send.

use proptest::prelude::*;

use super::*;

const PASSWORD: &str = "VOkJxbRl1RmTxUk/WvJxBt";

/// RFC 5769, 2.1: a request. Its padding is made of spaces on purpose.
const REQUEST: &str = "000100582112a442b7e7a701bc34d686fa87dfae\
    802200105354554e207465737420636c69656e74\
    002400046e0001ff80290008932ff9b151263b36\
    000600096576746a3a683676592020200008001\
    49aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

/// RFC 5769, 2.2: the answer to it over IPv4.
const ANSWER: &str = "0101003c2112a442b7e7a701bc34d686fa87dfae\
    8022000b7465737420766563746f7220\
    002000080001a147e112a643\
    000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect()
}

#[test]
fn the_request_of_the_rfc_is_read_and_its_signature_holds() {
    let request = bytes(REQUEST);
    let message = parse(&request).unwrap();
    assert_eq!(message.kind, Kind::Request);
    assert_eq!(message.username, Some("evtj:h6vY"));
    assert_eq!(message.names(), Some(("evtj", "h6vY")));
    assert!(!message.nominates);
    assert!(message.is_signed_with(PASSWORD));
    assert!(!message.is_signed_with("VOkJxbRl1RmTxUk/WvJxBT"));
}

#[test]
fn the_answer_of_the_rfc_is_read_and_its_signature_holds() {
    let answer = bytes(ANSWER);
    let message = parse(&answer).unwrap();
    assert_eq!(message.kind, Kind::Success);
    assert!(message.is_signed_with(PASSWORD));
}

#[test]
fn our_answer_says_the_address_of_the_rfc() {
    let request = bytes(REQUEST);
    let transaction = parse(&request).unwrap().transaction;
    let written = answer(transaction, "192.0.2.1:32853".parse().unwrap(), PASSWORD);
    let message = parse(&written).unwrap();
    assert_eq!(message.kind, Kind::Success);
    assert_eq!(message.transaction, transaction);
    assert!(message.is_signed_with(PASSWORD));
    assert_eq!(&written[20..32], bytes("002000080001a147e112a643").as_slice());
}

#[test]
fn our_answer_over_ipv6_says_the_address_of_the_rfc() {
    let transaction = b"\xb7\xe7\xa7\x01\xbc\x34\xd6\x86\xfa\x87\xdf\xae";
    let written = answer(transaction, "[2001:db8:1234:5678:11:2233:4455:6677]:32853".parse().unwrap(), PASSWORD);
    assert_eq!(&written[20..44], bytes("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9").as_slice());
    assert!(parse(&written).unwrap().is_signed_with(PASSWORD));
}

#[test]
fn a_short_signature_is_refused_before_anybody_compares_it() {
    let mut request = bytes(REQUEST);
    let at = request.len() - 8 - 24;
    request.truncate(at);
    for len in 0..20_u8 {
        let mut short = request.clone();
        short.extend([0, 8, 0, len]);
        short.extend(vec![7; usize::from(len).next_multiple_of(4)]);
        let body = u16::try_from(short.len() - 20).unwrap();
        short[2..4].copy_from_slice(&body.to_be_bytes());
        assert!(parse(&short).is_none(), "{len} bytes");
    }
}

#[test]
fn a_wrong_fingerprint_and_anything_after_it_is_refused() {
    let mut request = bytes(REQUEST);
    *request.last_mut().unwrap() ^= 1;
    assert!(parse(&request).is_none());
    let mut longer = bytes(REQUEST);
    longer.extend([0x80, 0x22, 0, 0]);
    let body = u16::try_from(longer.len() - 20).unwrap();
    longer[2..4].copy_from_slice(&body.to_be_bytes());
    assert!(parse(&longer).is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(datagram in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Some(message) = parse(&datagram) {
            prop_assert!(!message.is_signed_with(PASSWORD));
        }
    }

    #[test]
    fn a_changed_byte_never_keeps_both_form_and_signature(at in 0_usize..80, flip in 1_u8..=255) {
        let mut request = bytes(REQUEST);
        request[at] ^= flip;
        prop_assert!(!parse(&request).is_some_and(|message| message.is_signed_with(PASSWORD)));
    }

    #[test]
    fn every_answer_is_well_formed(transaction in any::<[u8; 12]>(), ip in any::<IpAddr>(), port in any::<u16>(), password in "[a-zA-Z0-9]{0,40}") {
        let written = answer(&transaction, SocketAddr::new(ip, port), &password);
        prop_assert!(parse(&written).is_some_and(|message| message.is_signed_with(&password)));
    }
}
