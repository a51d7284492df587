//! The one question the doctor asks (RFC 8489, RFC 8656): for a relayed address, without saying who asks.
//!
//! A relay refuses that in words of its own, and so shows that it was reached. Nothing is opened.

const HEADER_BYTES: usize = 20;
const COOKIE: u32 = 0x2112_A442;
const ALLOCATE: u16 = 0x0003;
const ALLOCATED: u16 = 0x0103;
const REFUSED: u16 = 0x0113;
const REQUESTED_TRANSPORT: u16 = 0x0019;
/// UDP as the attribute writes it.
const UDP: [u8; 4] = [17, 0, 0, 0];

/// Names a question; its answer has the same.
pub(super) type Transaction = [u8; 12];

/// The question.
pub(super) fn question(transaction: Transaction) -> Vec<u8> {
    let mut attribute = [REQUESTED_TRANSPORT.to_be_bytes(), 4_u16.to_be_bytes()].concat();
    attribute.extend(UDP);
    let mut message = [ALLOCATE.to_be_bytes(), 8_u16.to_be_bytes()].concat();
    message.extend(COOKIE.to_be_bytes());
    message.extend(transaction);
    message.extend(attribute);
    message
}

/// How long the message is whose header this is; nothing when it is no answer to the question.
pub(super) fn answer_bytes(header: [u8; HEADER_BYTES], transaction: Transaction) -> Option<usize> {
    let [kind_1, kind_2, length_1, length_2, rest @ ..] = header;
    let kind = u16::from_be_bytes([kind_1, kind_2]);
    let is_answer =
        matches!(kind, ALLOCATED | REFUSED) && rest.starts_with(&COOKIE.to_be_bytes()) && rest.ends_with(&transaction);
    is_answer.then(|| HEADER_BYTES + usize::from(u16::from_be_bytes([length_1, length_2])))
}

/// Is this datagram the answer?
pub(super) fn is_answer(datagram: &[u8], transaction: Transaction) -> bool {
    let header = datagram.first_chunk();
    header.and_then(|header| answer_bytes(*header, transaction)) == Some(datagram.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSACTION: Transaction = *b"twelve bytes";

    /// 401, with nothing else that a relay would add.
    fn refusal() -> Vec<u8> {
        let code = [0, 9, 0, 4, 0, 0, 4, 1];
        [&[0x01, 0x13, 0, 8, 0x21, 0x12, 0xa4, 0x42], &TRANSACTION[..], &code[..]].concat()
    }

    #[test]
    fn the_question_is_written_as_the_rfc_says() {
        let written = [&[0, 3, 0, 8, 0x21, 0x12, 0xa4, 0x42], &TRANSACTION[..], &[0, 0x19, 0, 4, 17, 0, 0, 0]].concat();

        assert_eq!(question(TRANSACTION), written);
    }

    #[test]
    fn a_refusal_is_an_answer() {
        assert!(is_answer(&refusal(), TRANSACTION));
    }

    #[test]
    fn what_is_no_answer_is_not_taken_for_one() {
        assert!(!is_answer(&refusal(), *b"another name"), "of another question");
        assert!(!is_answer(&question(TRANSACTION), TRANSACTION), "the question itself");
        for length in 0..refusal().len() {
            assert!(!is_answer(&refusal()[..length], TRANSACTION), "cut after {length} bytes");
        }
        for at in 0..20 {
            let mut other = refusal();
            other[at] ^= 0x40;
            assert!(!is_answer(&other, TRANSACTION), "byte {at} is another one");
        }
    }
}
