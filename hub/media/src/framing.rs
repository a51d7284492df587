//! Datagrams over a stream (RFC 4571): two bytes of length before each.

use bytes::{Buf as _, BufMut as _, BytesMut};

/// Longest datagram that is taken from a stream or written to one.
pub(crate) const LONGEST_FRAME: usize = 1500;

/// The stream announced a datagram nobody sends on purpose; the connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Takes the next whole datagram out of what was read so far.
pub(crate) fn take_frame(read: &mut BytesMut) -> Result<Option<BytesMut>, TooLong> {
    let Some(length) = read.first_chunk::<2>() else {
        return Ok(None);
    };
    let length = usize::from(u16::from_be_bytes(*length));
    if length > LONGEST_FRAME {
        return Err(TooLong);
    }
    if read.len() < 2 + length {
        return Ok(None);
    }
    read.advance(2);
    Ok(Some(read.split_to(length)))
}

/// Writes a datagram as a frame; `None` if it is too long for one.
pub(crate) fn frame(datagram: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(datagram.len()).ok().filter(|length| usize::from(*length) <= LONGEST_FRAME)?;
    let mut framed = Vec::with_capacity(2 + datagram.len());
    framed.put_u16(length);
    framed.put_slice(datagram);
    Some(framed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_frame_that_is_too_long_ends_the_stream_before_it_is_read() {
        let mut read = BytesMut::from(&[0x05, 0xDD][..]);
        assert_eq!(take_frame(&mut read), Err(TooLong));
        assert_eq!(frame(&[0; LONGEST_FRAME + 1]), None);
    }

    proptest! {
        #[test]
        fn frames_come_out_as_they_went_in_however_they_are_cut(
            datagrams in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..8),
            cut in 1_usize..50,
        ) {
            let stream: Vec<u8> = datagrams.iter().flat_map(|datagram| frame(datagram).unwrap()).collect();
            let mut read = BytesMut::new();
            let mut came = Vec::new();
            for piece in stream.chunks(cut) {
                read.extend_from_slice(piece);
                while let Some(datagram) = take_frame(&mut read).unwrap() {
                    came.push(datagram.to_vec());
                }
            }
            prop_assert_eq!(came, datagrams);
            prop_assert!(read.is_empty());
        }

        #[test]
        fn any_bytes_are_cut_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            let mut read = BytesMut::from(bytes.as_slice());
            while let Ok(Some(datagram)) = take_frame(&mut read) {
                prop_assert!(datagram.len() <= LONGEST_FRAME);
            }
        }
    }
}
