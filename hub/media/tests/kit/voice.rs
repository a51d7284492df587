//! Packets of voice: what they carry, and what must be true of those that arrived.

/// A packet of voice as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) number: u32,
    pub(crate) payload: Vec<u8>,
    pub(crate) ssrc: u32,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) payload_type: u8,
}

/// What the packet of this number carries: no two are the same, and lengths differ.
pub(crate) fn payload(number: u32) -> Vec<u8> {
    let mut payload = number.to_be_bytes().to_vec();
    payload.extend((0..40 + number % 60).map(|at| u8::try_from((at * 7 + number) % 256).unwrap()));
    payload
}

/// Every packet is the one after the last: same stream, next number, later time, in the order it was said.
pub(crate) fn assert_continuous(heard: &[Packet]) {
    for pair in heard.windows(2) {
        assert_eq!(pair[1].ssrc, pair[0].ssrc);
        assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1));
        let step = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
        assert!((1..48_000 * 60).contains(&step), "{step}");
    }
}

pub(crate) fn assert_unchanged(heard: &[Packet]) {
    for packet in heard {
        assert_eq!(packet.payload, payload(packet.number));
        assert_eq!(packet.payload_type, 111);
    }
    assert!(heard.is_sorted_by_key(|packet| packet.number));
}

/// Nothing is missing, changed or out of order from the first packet that arrived.
pub(crate) fn assert_whole(heard: &[Packet]) {
    assert_unchanged(heard);
    assert_continuous(heard);
    assert!(heard.windows(2).all(|pair| pair[1].number == pair[0].number + 1), "a packet was lost");
}
