//! Rules: bytes of the network → whole WebSocket frames → frames of the protocol.
//!
//! The codec behind it would buffer a frame of any claimed size before refusing
//! it, so heads are read here first.

use actors::protocol::Cid;
use bytestring::ByteString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracing::error;

/// Longest WebSocket frame, in bytes: a message of 4,000 characters and its JSON fit twice.
pub(super) const FRAME_BYTES: usize = 16 * 1024;
/// Longest fragmented message, in bytes.
pub(super) const MESSAGE_BYTES: usize = 64 * 1024;

/// A payload length that does not fit into the second byte.
const LENGTH_IN_2_BYTES: u8 = 126;
const LENGTH_IN_8_BYTES: u8 = 127;
const MASK_BYTES: usize = 4;

/// What stands at the start of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// Less than a frame.
    Part,
    /// A frame of this many bytes, head included.
    Whole(usize),
    /// A frame that is longer than allowed.
    TooBig,
}

/// Looks at the start of what a browser sent (RFC 6455 §5.2).
///
/// A head without a mask is given on as it is: the codec refuses it.
pub(super) fn front(buffer: &[u8]) -> Front {
    let [_, second, rest @ ..] = buffer else { return Front::Part };
    if second & 0x80 == 0 {
        return Front::Whole(buffer.len());
    }
    let (length, extended) = match second & 0x7F {
        LENGTH_IN_2_BYTES => (rest.first_chunk().map(|bytes| u64::from(u16::from_be_bytes(*bytes))), 2),
        LENGTH_IN_8_BYTES => (rest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes)), 8),
        short => (Some(u64::from(short)), 0),
    };
    match length.map(usize::try_from) {
        None => Front::Part,
        Some(Ok(length)) if length <= FRAME_BYTES => {
            let whole = 2 + extended + MASK_BYTES + length;
            if buffer.len() < whole { Front::Part } else { Front::Whole(whole) }
        }
        Some(_) => Front::TooBig,
    }
}

/// A text that is no frame of the protocol, and what could be read of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub cid: Option<Cid>,
    /// The version of a `hello` we do not understand.
    pub version: Option<u16>,
}

#[derive(Deserialize)]
struct Hints {
    t: Option<Value>,
    cid: Option<Value>,
    v: Option<Value>,
}

impl From<Hints> for Unreadable {
    fn from(hints: Hints) -> Self {
        let is_hello = hints.t.as_ref().and_then(Value::as_str) == Some("hello");
        let version = hints.v.as_ref().and_then(Value::as_u64).filter(|_| is_hello);
        Self {
            cid: hints.cid.as_ref().and_then(Value::as_str).and_then(Cid::new),
            version: version.map(|v| u16::try_from(v).unwrap_or(u16::MAX)),
        }
    }
}

/// Reads one frame.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    serde_json::from_str(text)
        .map_err(|_unknown| serde_json::from_str::<Hints>(text).map(Unreadable::from).unwrap_or_default())
}

/// Reads one frame of an array.
pub(super) fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    T::deserialize(&value).map_err(|_unknown| Hints::deserialize(value).map(Unreadable::from).unwrap_or_default())
}

/// Splits an array of frames; nothing when the text is none.
pub(super) fn split(text: &str) -> Option<Vec<Value>> {
    text.trim_start().starts_with('[').then(|| serde_json::from_str(text).unwrap_or_default())
}

/// Writes one frame.
pub(super) fn encode<T: Serialize>(frame: &T) -> ByteString {
    match serde_json::to_string(frame) {
        Ok(text) => text.into(),
        Err(error) => {
            error!(%error, "cannot write a frame");
            ByteString::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use actors::protocol::FromVisitor;

    use super::*;

    fn head(length: u8, extended: &[u8]) -> Vec<u8> {
        [&[0x81, 0x80 | length], extended, &[1, 2, 3, 4]].concat()
    }

    #[test]
    fn a_frame_is_given_on_when_it_is_whole() {
        let mut frame = head(3, &[]);
        for cut in 0..frame.len() {
            assert_eq!(front(&frame[..cut]), Front::Part, "{cut}");
        }
        assert_eq!(front(&frame), Front::Part);

        frame.extend_from_slice(b"abcnext");
        assert_eq!(front(&frame), Front::Whole(9));
    }

    #[test]
    fn longer_lengths_are_read() {
        let mut frame = head(126, &300_u16.to_be_bytes());
        assert_eq!(front(&frame[..3]), Front::Part);
        frame.resize(8 + 300, 0);
        assert_eq!(front(&frame), Front::Whole(308));

        let mut frame = head(127, &16_384_u64.to_be_bytes());
        assert_eq!(front(&frame), Front::Part);
        frame.resize(14 + 16_384, 0);
        assert_eq!(front(&frame), Front::Whole(14 + 16_384));
    }

    #[test]
    fn a_long_frame_is_refused_by_its_head() {
        assert_eq!(front(&head(126, &16_385_u16.to_be_bytes())), Front::TooBig);
        assert_eq!(front(&head(127, &u64::MAX.to_be_bytes())), Front::TooBig);
    }

    #[test]
    fn a_head_without_a_mask_goes_to_the_codec() {
        assert_eq!(front(&[0x81, 5, b'h']), Front::Whole(3));
    }

    #[test]
    fn unknown_fields_are_ignored_and_unknown_frames_are_not_read() {
        assert_eq!(read::<FromVisitor>(r#"{"t":"pong","new":[1]}"#), Ok(FromVisitor::Pong));
        assert_eq!(read::<FromVisitor>(r#"{"t":"dance"}"#), Err(Unreadable::default()));
        assert_eq!(read::<FromVisitor>("{"), Err(Unreadable::default()));
    }

    #[test]
    fn an_unreadable_request_is_answered_by_its_cid() {
        let unreadable = Unreadable { cid: Cid::new("c1"), version: None };

        assert_eq!(read::<FromVisitor>(r#"{"t":"say","cid":"c1","body":7}"#), Err(unreadable.clone()));
        assert_eq!(read_value::<FromVisitor>(serde_json::json!({"t": "say", "cid": "c1"})), Err(unreadable));
        assert_eq!(read::<FromVisitor>(r#"{"t":"say","cid":7}"#), Err(Unreadable::default()));
    }

    #[test]
    fn a_hello_of_another_version_tells_it() {
        let version = |text: &str| read::<FromVisitor>(text).unwrap_err().version;

        assert_eq!(version(r#"{"t":"hello","v":9}"#), Some(9));
        assert_eq!(version(r#"{"t":"hello","v":99999}"#), Some(u16::MAX));
        assert_eq!(version(r#"{"t":"say","v":9}"#), None);
    }

    #[test]
    fn only_an_array_is_split() {
        assert_eq!(split(r#"{"t":"pong"}"#), None);
        assert_eq!(split(r#" [{"t":"pong"},7]"#).unwrap().len(), 2);
        assert_eq!(split("[").unwrap().len(), 0);
    }
}
