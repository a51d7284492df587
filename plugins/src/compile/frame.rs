//! What the hub and its compiling child say to each other through pipes.
//!
//! Request: the limits as a line of JSON, then the upload. Answer: a mark, what
//! it is, its length, and the artifact or the refusal as JSON. Whatever a
//! program prints before the mark is skipped.

use std::io::{self, Write};

use crate::limits::Limits;
use crate::refusal::Refusal;

const MARK: &[u8; 8] = b"\0c2c-v1\n";
const ARTIFACT: u8 = b'A';
const REFUSAL: u8 = b'R';

/// Bytes of a length.
const LENGTH: usize = size_of::<u64>();

/// Of what may come beside an artifact, in bytes.
pub(super) const MOST_BESIDE: u64 = 64 << 10;

pub(super) fn request(upload: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut request = serde_json::to_vec(limits).map_err(|error| Refusal::hub(&error.to_string()))?;
    request.push(b'\n');
    request.extend_from_slice(upload);
    Ok(request)
}

pub(super) fn asked(request: &[u8]) -> Option<(Limits, &[u8])> {
    let end = request.iter().position(|byte| *byte == b'\n')?;
    let (line, upload) = request.split_at_checked(end)?;
    Some((serde_json::from_slice(line).ok()?, upload.get(1..)?))
}

pub(super) fn write(to: &mut impl Write, answer: &Result<Vec<u8>, Refusal>) -> io::Result<()> {
    let (kind, bytes) = match answer {
        Ok(artifact) => (ARTIFACT, artifact.clone()),
        Err(refusal) => (REFUSAL, serde_json::to_vec(refusal)?),
    };
    to.write_all(MARK)?;
    to.write_all(&[kind])?;
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(&bytes)
}

/// `None` when there is no whole answer.
pub(super) fn answer(output: &[u8]) -> Option<Result<Vec<u8>, Refusal>> {
    let at = output.windows(MARK.len()).position(|window| window == MARK)?;
    let rest = output.get(at + MARK.len()..)?;
    let (kind, rest) = rest.split_first()?;
    let (length, rest) = rest.split_at_checked(LENGTH)?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    let bytes = rest.get(..length)?;
    match *kind {
        ARTIFACT => Some(Ok(bytes.to_vec())),
        REFUSAL => serde_json::from_slice(bytes).ok().map(Err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(content: Result<Vec<u8>, Refusal>) -> Vec<u8> {
        let mut output = b"running 1 test\n".to_vec();
        write(&mut output, &content).unwrap();
        output.extend_from_slice(b"test result: ok");
        output
    }

    #[test]
    fn answers_are_found_among_chatter() {
        for content in [Ok(vec![1, 2, 3]), Ok(Vec::new()), Err(Refusal::Unwrapped)] {
            assert_eq!(answer(&framed(content.clone())), Some(content));
        }
    }

    #[test]
    fn half_an_answer_is_none() {
        let mut output = Vec::new();
        write(&mut output, &Ok(vec![7; 20])).unwrap();
        for length in 0..output.len() {
            assert_eq!(answer(&output[..length]), None);
        }
        output[MARK.len()] = b'?';
        assert_eq!(answer(&output), None);
    }

    #[test]
    fn a_request_survives_the_pipe() {
        let limits = Limits { upload: 7, ..Limits::default() };
        let bytes = request(b"\0asm\n\n", &limits).unwrap();
        assert_eq!(asked(&bytes), Some((limits, &b"\0asm\n\n"[..])));
        assert_eq!(asked(b""), None);
    }
}
