//! Strangers at the port of the voice, while two people talk.

use std::net::UdpSocket;
use std::time::Duration;

use crate::harness::calls::{Talk, act, answer, offer, setup};
use crate::harness::hub::Hub;
use crate::harness::packets::{assert_continuous, assert_unchanged};

/// Long enough for an answer of a process on the same machine.
const NO_ANSWER: Duration = Duration::from_millis(500);
/// So many times each forgery arrives.
const TIMES: u32 = 50;

/// A connectivity check (RFC 8445 §7.2.2) with this name, signed with a key that nobody has.
fn forged_check(name: &str) -> Vec<u8> {
    let mut attributes = vec![0, 6, 0, u8::try_from(name.len()).unwrap()];
    attributes.extend(name.as_bytes());
    attributes.resize(attributes.len().next_multiple_of(4), 0);
    // USE-CANDIDATE, PRIORITY, MESSAGE-INTEGRITY (RFC 8489 §14.5).
    attributes.extend([0, 0x25, 0, 0, 0, 0x24, 0, 4, 0x6E, 0, 1, 0xFF, 0, 8, 0, 20]);
    attributes.extend([0x5A; 20]);
    let length = u16::try_from(attributes.len()).unwrap().to_be_bytes();
    let mut check = vec![0, 1, length[0], length[1], 0x21, 0x12, 0xA4, 0x42];
    check.extend(*b"transaction!");
    check.extend(attributes);
    check
}

#[tokio::test]
async fn nobody_gets_into_a_call_who_was_not_given_its_key() {
    let hub = Hub::start(setup());
    let talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;
    let stranger = UdpSocket::bind("127.0.0.1:0").unwrap();
    stranger.set_read_timeout(Some(NO_ANSWER)).unwrap();
    let (migrations, unknown) = (hub.metric("media_migrations_total").await, hub.metric("media_unknown_total").await);

    let (voice, relay) = talk.visitor.left();
    let greeting = [&[22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40][..], &[7; 40]].concat();
    for name in [talk.visitor.name(), talk.consultant.name(), format!("{}x", talk.visitor.name())] {
        for _ in 0..TIMES {
            for forgery in [&forged_check(&name), &voice, &greeting] {
                stranger.send_to(forgery, relay).unwrap();
            }
        }
    }
    assert!(stranger.recv(&mut [0; 2_000]).is_err(), "a stranger got an answer");
    talk.both_hear(100).await;
    assert!(stranger.recv(&mut [0; 2_000]).is_err(), "a stranger hears the voice");

    for phone in [&talk.visitor, &talk.consultant] {
        assert_continuous(&phone.heard());
        assert_unchanged(&phone.heard());
    }
    assert_eq!(hub.metric("media_migrations_total").await.to_bits(), migrations.to_bits(), "the voice goes elsewhere");
    // All were looked at: two checks signed wrongly, one of nobody, and what comes from a place that did not enter.
    let looked_at = hub.metric("media_unknown_total").await - unknown;
    assert!(looked_at >= f64::from(TIMES * 9), "{looked_at}");
}

#[tokio::test]
async fn a_description_that_cannot_be_used_is_refused_and_the_call_goes_on() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;

    // Another tab state would hide it: the offer is a real one, for the voice that is there.
    talk.visitor.move_away();
    let offer = offer(&mut talk.vera.socket, &talk.id, false).await;
    for (sdp, code) in [
        ("v=0\r\n".to_owned(), "invalid"),
        ("\u{0}\u{1F600}".repeat(100), "invalid"),
        ("x".repeat(12 * 1_024 + 1), "too_long"),
    ] {
        answer(&mut talk.vera.socket, &talk.id, &offer["g"], &sdp).await;
        let refused = talk.vera.socket.answer_where("a refusal", |frame| frame["t"] == "err").await;
        assert_eq!((&refused["code"], &refused["field"]), (&code.into(), &"sdp".into()), "{refused}");
        assert_eq!(refused["call"], *talk.id, "{refused}");
    }
    let sdp = talk.visitor.answer(offer["sdp"].as_str().unwrap());
    answer(&mut talk.vera.socket, &talk.id, &offer["g"], &sdp).await;
    talk.both_hear(50).await;
    act(&mut talk.anna.socket, &talk.id, "hangup").await;
    talk.both_see_the_end("consultant_hangup").await;
}
