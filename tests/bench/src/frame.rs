//! The client's half of RFC 6455, as little of it as a load generator needs.

/// Client frames must be masked; a fixed mask costs the server the same work.
const MASK: [u8; 4] = [0x5A, 0xA5, 0x3C, 0xC3];

const MASKED: u8 = 0x80;
/// In place of a length: two bytes of length follow.
const TWO_BYTES: u8 = 0x7E;
/// In place of a length: eight bytes of length follow.
const EIGHT_BYTES: u8 = 0x7F;

pub(crate) const TEXT: u8 = 1;
pub(crate) const CLOSE: u8 = 8;
pub(crate) const PING: u8 = 9;
pub(crate) const PONG: u8 = 10;

/// A GET request that asks for a WebSocket.
pub(crate) fn upgrade(path: &str, host: &str, headers: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    )
    .into_bytes()
}

/// Appends one whole, masked frame.
pub(crate) fn append(out: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    out.push(0x80 | opcode);
    match u16::try_from(payload.len()) {
        Ok(short @ 0..126) => out.push(MASKED | short.to_be_bytes()[1]),
        Ok(length) => {
            out.push(MASKED | TWO_BYTES);
            out.extend(length.to_be_bytes());
        }
        Err(_) => {
            out.push(MASKED | EIGHT_BYTES);
            out.extend((payload.len() as u64).to_be_bytes());
        }
    }
    out.extend(MASK);
    out.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}

/// Cuts the first whole server frame off: opcode, payload, and what comes after.
pub(crate) fn first(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[head, length], rest) = bytes.split_first_chunk()?;
    let (length, rest) = match length & !MASKED {
        TWO_BYTES => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        EIGHT_BYTES => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::try_from(u64::from_be_bytes(*length)).ok()?, rest)
        }
        short => (usize::from(short), rest),
    };
    let (payload, rest) = rest.split_at_checked(length)?;
    Some((head & 0x0F, payload, rest))
}

/// Cuts the answer to the upgrade off: was it 101, and what comes after.
pub(crate) fn answer(bytes: &[u8]) -> Option<(bool, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let (head, rest) = bytes.split_at_checked(end)?;
    Some((head.starts_with(b"HTTP/1.1 101"), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a server would send: the same frame without its mask.
    fn unmasked(payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        append(&mut out, TEXT, payload);
        let header = out.len() - payload.len() - MASK.len();
        let mut frame: Vec<u8> = out[..header].to_vec();
        frame[1] &= 0x7F;
        frame.extend(payload);
        frame
    }

    #[test]
    fn frames_of_every_length_are_cut_whole() {
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            let payload = vec![b'x'; length];
            let mut bytes = unmasked(&payload);
            bytes.push(0x89);

            assert_eq!(first(&bytes), Some((TEXT, &payload[..], &[0x89][..])));
            assert_eq!(first(&bytes[..bytes.len() - 2]), None);
        }
    }

    #[test]
    fn a_masked_payload_reads_back() {
        let mut out = Vec::new();
        append(&mut out, TEXT, b"hello");

        let plain: Vec<u8> = out[6..].iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
        assert_eq!(plain, b"hello");
    }

    #[test]
    fn a_refusal_is_not_an_upgrade() {
        assert_eq!(answer(b"HTTP/1.1 101 Switching Protocols\r\n\r\nx"), Some((true, &b"x"[..])));
        assert_eq!(answer(b"HTTP/1.1 403 Forbidden\r\n\r\n"), Some((false, &b""[..])));
        assert_eq!(answer(b"HTTP/1.1 101 Switching"), None);
    }
}
