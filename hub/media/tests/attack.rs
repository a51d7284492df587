//! Strangers at the port, and a browser gone mad.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use actors::ports::Heard;
use actors::protocol::CallSide;
use ring::hmac;

use crate::kit::client::Client;
use crate::kit::link::Link;
use crate::kit::{Call, World, call_id, leg};

const MUTATIONS: usize = 100_000;

fn stranger() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    socket
}

fn value<'a>(sdp: &'a str, name: &str) -> &'a str {
    sdp.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim()
}

/// A binding request with USE-CANDIDATE, signed with this password.
fn check(username: &str, password: &str) -> Vec<u8> {
    let mut message = vec![0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42];
    message.extend([9; 12]);
    message.extend([0, 6, 0, u8::try_from(username.len()).unwrap()]);
    message.extend(username.as_bytes());
    message.resize(message.len().next_multiple_of(4), 0);
    message.extend([0, 0x25, 0, 0]);
    let body = u16::try_from(message.len() - 20 + 24).unwrap();
    message[2..4].copy_from_slice(&body.to_be_bytes());
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    let mac = hmac::sign(&key, &message);
    message.extend([0, 8, 0, 20]);
    message.extend(mac.as_ref());
    message
}

#[test]
fn a_forged_check_changes_nothing() {
    let world = World::new();
    let id = call_id();
    let offer = world.offer(leg(id, CallSide::Visitor, 0));
    let (ufrag, password) = (value(&offer.sdp, "a=ice-ufrag:"), value(&offer.sdp, "a=ice-pwd:"));
    let mut visitor = Client::new(Link::udp());
    let answer = visitor.accept(&offer.sdp);
    let sender = value(&answer, "a=ice-ufrag:").to_owned();
    world.answer(leg(id, CallSide::Visitor, 0), answer).unwrap();
    let consultant = world.join(leg(id, CallSide::Consultant, 0), Link::udp());
    let mut call = Call { id, visitor, consultant };
    world.both_hear(&mut call, 10);
    let census = world.relay.census();

    let stranger = stranger();
    let username = format!("{ufrag}:{sender}");
    let mut short = check(&username, password);
    short.truncate(short.len() - 8);
    let forged = [
        check(&format!("nobody:{sender}"), password),
        check(&format!("{ufrag}:somebody"), password),
        check(&username, "not the password of this leg"),
        short,
        b"\x80\x6f\x00\x01aaaabbbbvoice of a stranger".to_vec(),
    ];
    for datagram in &forged {
        stranger.send_to(datagram, world.port()).unwrap();
    }
    assert!(stranger.recv(&mut [0; 2_000]).is_err(), "strangers get no answer");
    world.both_hear(&mut call, 30);
    assert_eq!(world.relay.census(), census);
    assert!(stranger.recv(&mut [0; 2_000]).is_err(), "and no voice");

    // Who knows the password is let in: the test itself would notice a relay that answers nobody.
    stranger.send_to(&check(&username, password), world.port()).unwrap();
    assert!(stranger.recv(&mut [0; 2_000]).is_ok());
}

#[test]
fn keys_from_another_place_are_not_taken() {
    let world = World::new();
    let mut first = world.call();
    let hello = first.visitor.left.iter().find(|datagram| datagram[0] == 22).unwrap().clone();
    world.both_hear(&mut first, 5);

    let id = call_id();
    let visitor = leg(id, CallSide::Visitor, 0);
    let client = world.join(visitor, Link::udp());
    let stranger = stranger();
    for _time in 0..20 {
        stranger.send_to(&hello, world.port()).unwrap();
    }
    assert!(stranger.recv(&mut [0; 2_000]).is_err(), "its greeting is not answered");
    let consultant = world.join(leg(id, CallSide::Consultant, 0), Link::udp());
    let mut second = Call { id, visitor: client, consultant };
    world.both_hear(&mut second, 20);
    assert!(world.heard(visitor, Heard::Connected) && !world.heard(visitor, Heard::Failed));
    world.both_hear(&mut first, 5);
}

/// Small, fast and the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// Turns bits, cuts, stretches, or joins what really was sent: STUN, DTLS, RTP and RTCP.
fn mutate(dice: &mut Dice, samples: &[Vec<u8>]) -> Vec<u8> {
    let mut datagram = samples[dice.roll(samples.len())].clone();
    for _change in 0..=dice.roll(4) {
        let byte = u8::try_from(dice.roll(256)).unwrap();
        let at = dice.roll(datagram.len().max(1));
        match dice.roll(6) {
            0 => datagram.truncate(at),
            1 => datagram.extend(std::iter::repeat_n(byte, at)),
            2 => datagram.extend_from_slice(&samples[dice.roll(samples.len())]),
            // Lengths and kinds stand in front.
            3 if !datagram.is_empty() => {
                let front = at % 24 % datagram.len();
                datagram[front] = byte;
            }
            _ if !datagram.is_empty() => datagram[at] ^= byte | 1,
            _ => datagram.push(byte),
        }
    }
    datagram.truncate(1_400);
    datagram
}

#[test]
fn a_hundred_thousand_broken_packets_do_not_end_a_call() {
    let world = World::unbounded();
    let mut call = world.call();
    let greetings: Vec<Vec<u8>> = call.visitor.left.iter().cloned().collect();
    let mut witness = world.call();
    world.both_hear(&mut call, 30);
    world.both_hear(&mut witness, 30);
    let mut samples: Vec<Vec<u8>> = greetings;
    samples.extend(call.visitor.left.iter().rev().take(60).cloned());
    // Reports are rare: one more kind of packet to begin with.
    samples.push(vec![0x80, 200, 0, 6, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    samples.push(vec![
        0x81, 201, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);

    let (mut dice, relay, stranger) = (Dice(0x5EED_CA11), world.port(), stranger());
    let (start, heard) = (Instant::now(), (call.consultant.heard.len(), witness.consultant.heard.len()));
    for number in 0..MUTATIONS {
        let datagram = mutate(&mut dice, &samples);
        // From the place of the live call, where the library gets to see it, and from a stranger's.
        if number % 4 == 0 {
            stranger.send_to(&datagram, relay).unwrap();
        } else {
            call.visitor.inject(&datagram, relay);
        }
        if number % 20 == 0 {
            call.step();
            witness.step();
            // The port's queue is to be used, not only filled.
            std::thread::sleep(Duration::from_micros(500));
        }
    }
    println!("{MUTATIONS} broken packets in {:?}", start.elapsed());
    // Twenty milliseconds of voice at a time, for two and a half seconds at least.
    assert!(call.consultant.heard.len() > heard.0 + 20, "its voice stopped");
    assert!(witness.consultant.heard.len() > heard.1 + 20, "the voice of another call stopped");
    world.both_hear(&mut witness, 30);
    world.both_hear(&mut call, 30);
    for side in [CallSide::Visitor, CallSide::Consultant] {
        assert!(!world.heard(leg(call.id, side, 0), Heard::Failed));
    }
    assert_eq!(world.relay.census()[0], 4);
}
