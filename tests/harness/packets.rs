//! Packets of voice: what each carries, and what must be true of those that arrived.

/// A packet of voice as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    pub number: u32,
    pub payload: Vec<u8>,
    pub ssrc: u32,
    pub sequence: u16,
    pub timestamp: u32,
}

/// What the packet of this number carries: no two are the same, and lengths differ.
pub fn payload(number: u32) -> Vec<u8> {
    let mut payload = number.to_be_bytes().to_vec();
    payload.extend((0..30 + number % 50).map(|at| (number.wrapping_add(at * 11) & 0xFF) as u8));
    payload
}

/// Every byte is the one that was said, and everything is in the order in which it was said.
pub fn assert_unchanged(heard: &[Packet]) {
    for packet in heard {
        assert_eq!(packet.payload, payload(packet.number));
    }
    assert!(heard.is_sorted_by(|one, next| one.number < next.number), "the order is another one");
}

/// One stream without a hole: each packet is the next one, at a later time.
pub fn assert_continuous(heard: &[Packet]) {
    for pair in heard.windows(2) {
        assert_eq!(pair[1].ssrc, pair[0].ssrc);
        assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1), "{pair:?}");
        let step = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
        assert!((1..u32::MAX / 2).contains(&step), "the clock went back: {pair:?}");
    }
}
