//! What the fuzzers feed, see `tests/fuzz`: each takes any input at all and checks what must hold for it.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use actors::protocol::SDP_BYTES;
use bytes::BytesMut;

use crate::framing::{LONGEST_FRAME, frame, take_frame};
use crate::mux::Bounds;
use crate::rewriter::{Rewriter, Source, Stamp};
pub use crate::turn::fuzz::turn;
use crate::{MediaConfig, VoiceRelay, sdp, stun};

const PASSWORD: &str = "only the hub and one browser know it";
const OWN_CANDIDATE: &str = "a=candidate:0 1 udp 1 203.0.113.5 3478 typ host";

/// A relay that takes from a leg whatever it sends: what else would be dropped at the door reaches the inside.
pub fn relay(config: MediaConfig) -> io::Result<VoiceRelay> {
    VoiceRelay::start_within(config, Bounds::none())
}

/// A connectivity check is refused or answered rightly, and nobody enters with a wrong password.
pub fn stun(datagram: &[u8]) {
    let Some(message) = stun::parse(datagram) else { return };
    assert!(message.names().is_none_or(|(receiver, _sender)| !receiver.contains(':')));
    assert!(!message.is_signed_with(PASSWORD));
    let [port0, port1, ip @ ..] = *message.transaction;
    let [i0, i1, i2, i3, ..] = ip;
    let from = SocketAddr::from(([i0, i1, i2, i3], u16::from_be_bytes([port0, port1])));
    let answer = stun::answer(message.transaction, from, PASSWORD);
    let is_right = |read: stun::Message<'_>| {
        read.kind == stun::Kind::Success
            && read.transaction == message.transaction
            && read.is_signed_with(PASSWORD)
            && !read.is_signed_with("another")
    };
    assert!(stun::parse(&answer).is_some_and(is_right));
}

/// An answer that is taken has no address left in it, and is the same when it is read again.
pub fn answer_sdp(text: &str) {
    if let Ok(answer) = sdp::read_answer(text) {
        assert!(text.len() <= SDP_BYTES);
        assert!(answer.sdp.split(['\r', '\n']).all(|line| !line.starts_with("a=candidate:")));
        if answer.sdp.len() <= SDP_BYTES {
            assert_eq!(sdp::read_answer(&answer.sdp).as_ref(), Ok(&answer));
        }
    }
    let offer = sdp::write_offer(text, &[OWN_CANDIDATE.to_owned()]);
    let candidates: Vec<&str> = offer.lines().filter(|line| line.starts_with("a=candidate:")).collect();
    assert_eq!(candidates, [OWN_CANDIDATE]);
}

/// What is cut out of a stream is what it was made of, and never too long.
pub fn framing(stream: &[u8]) {
    let mut read = BytesMut::from(stream);
    let mut again = Vec::new();
    while let Ok(Some(datagram)) = take_frame(&mut read) {
        assert!(datagram.len() <= LONGEST_FRAME);
        let framed = frame(&datagram);
        assert!(framed.is_some());
        again.extend(framed.into_iter().flatten());
    }
    again.extend_from_slice(&read);
    assert_eq!(again, stream);
}

/// Every new stretch of voice goes on right behind the one before, and inside a stretch nothing is moved.
pub fn rewriter(packets: &[u8]) {
    let mut rewriter = Rewriter::default();
    let mut now = Duration::ZERO;
    let mut stretch: Option<(Source, Stamp, Stamp)> = None;
    let mut newest: Option<Stamp> = None;
    for packet in packets.chunks_exact(8) {
        let &[what, passed, s0, s1, t0, t1, t2, t3] = packet else { return };
        now += Duration::from_millis(passed.into());
        if what >= 0xF0 {
            rewriter.interrupt();
            stretch = None;
        }
        let source = Source { leg: u64::from(what & 1), ssrc: u32::from(what & 2) };
        let stamp = Stamp {
            sequence: u16::from_be_bytes([s0, s1]),
            timestamp: u32::from_be_bytes([t0, t1, t2, t3]),
            marker: what & 4 != 0,
        };
        let sent = rewriter.rewrite(source, stamp, now);
        if let Some((_, first, rewritten)) = stretch.filter(|(of, ..)| *of == source) {
            let moved = |stamp: Stamp, by: Stamp| {
                (stamp.sequence.wrapping_sub(by.sequence), stamp.timestamp.wrapping_sub(by.timestamp))
            };
            assert!(sent.is_none_or(|sent| moved(sent, rewritten) == moved(stamp, first)));
        } else {
            assert!(sent.is_some_and(|sent| sent.marker), "the first packet of a stretch begins it");
            if let Some((sent, newest)) = sent.zip(newest) {
                assert_eq!(sent.sequence, newest.sequence.wrapping_add(1));
                assert!((960..u32::MAX / 2).contains(&sent.timestamp.wrapping_sub(newest.timestamp)));
            }
            stretch = sent.map(|sent| (source, stamp, sent));
        }
        if let Some(sent) = sent {
            let is_newer = |newest: Stamp| newest.sequence.wrapping_sub(sent.sequence) > u16::MAX / 2;
            if newest.is_none_or(is_newer) {
                newest = Some(sent);
            }
        }
    }
}
