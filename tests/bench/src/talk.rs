//! What the generator says and understands. All servers speak the frames of
//! `c2c.v1`; socket.io puts its own envelope around them.

use crate::frame;

/// Begins every cid of the generator; the intended send time in nanoseconds follows.
const CID: &[u8] = b"\"cid\":\"b";

/// The envelope around a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Envelope {
    None,
    /// Engine.IO 4 with Socket.IO 5 events: `42["f",{...}]`.
    SocketIo,
}

/// What a frame means to the generator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sense<'a> {
    /// The envelope wants this text as an answer.
    Reply(&'static str),
    /// The envelope is open: say hello.
    SayHello,
    Welcome {
        token: Option<&'a str>,
    },
    /// The message sent at this time is kept, in this chat.
    Ack {
        sent: u64,
        chat: &'a str,
    },
    /// The message sent at this time arrived at a consultant.
    Event {
        sent: u64,
    },
    /// A consultant answers this chat.
    Claimed,
    Presence,
    Ping,
    Refused {
        code: &'a str,
    },
    Other,
}

impl Envelope {
    /// Path of the socket and further headers.
    pub(crate) fn door(self, path: &'static str) -> (&'static str, &'static str) {
        match self {
            Self::None => (path, "Sec-WebSocket-Protocol: c2c.v1\r\n"),
            Self::SocketIo => ("/socket.io/?EIO=4&transport=websocket", ""),
        }
    }

    /// Is a hello due as soon as the upgrade is accepted?
    pub(crate) fn greets_at_once(self) -> bool {
        self == Self::None
    }

    /// The whole WebSocket frame around one JSON object.
    pub(crate) fn wrap(self, json: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(json.len() + 24);
        match self {
            Self::None => frame::append(&mut out, frame::TEXT, json.as_bytes()),
            Self::SocketIo => frame::append(&mut out, frame::TEXT, format!("42[\"f\",{json}]").as_bytes()),
        }
        out
    }

    /// Understands a text frame, which may hold several objects.
    pub(crate) fn understand<'a>(self, text: &'a [u8], hear: &mut dyn FnMut(Sense<'a>)) {
        if self == Self::SocketIo && !text.starts_with(b"42") {
            hear(match text {
                b"2" => Sense::Reply("3"),
                [b'0', ..] => Sense::Reply("40"),
                [b'4', b'0', ..] => Sense::SayHello,
                _ => Sense::Other,
            });
            return;
        }
        let mut rest = text;
        while let Some(at) = find(rest, b"\"t\":\"") {
            rest = rest.get(at + 5..).unwrap_or_default();
            let end = find(rest, b"\"t\":\"").unwrap_or(rest.len());
            let (object, after) = rest.split_at(end);
            hear(sense(object));
            rest = after;
        }
    }
}

/// Understands one object from its tag on.
fn sense(object: &[u8]) -> Sense<'_> {
    let tag_end = object.iter().position(|byte| *byte == b'"').unwrap_or_default();
    match object.get(..tag_end).unwrap_or_default() {
        b"ack" => match (sent_at(object), string(object, b"\"chat\":\"")) {
            (Some(sent), Some(chat)) => Sense::Ack { sent, chat },
            _ => Sense::Other,
        },
        b"ev" => sent_at(object).map_or(Sense::Other, |sent| Sense::Event { sent }),
        b"chat" => Sense::Claimed,
        b"presence" => Sense::Presence,
        b"ping" => Sense::Ping,
        b"welcome" => Sense::Welcome { token: string(object, b"\"tok\":\"") },
        b"err" => Sense::Refused { code: string(object, b"\"code\":\"").unwrap_or("unknown") },
        _ => Sense::Other,
    }
}

fn sent_at(object: &[u8]) -> Option<u64> {
    let digits = object.get(find(object, CID)? + CID.len()..)?;
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

fn string<'a>(object: &'a [u8], key: &[u8]) -> Option<&'a str> {
    let value = object.get(find(object, key)? + key.len()..)?;
    let end = value.iter().position(|byte| *byte == b'"')?;
    std::str::from_utf8(value.get(..end)?).ok()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The name of a message: when it should leave, and who sends it.
pub(crate) fn cid(intended: u64, sender: usize) -> String {
    format!("b{intended}-{sender}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(envelope: Envelope, text: &str) -> Vec<String> {
        let mut heard = Vec::new();
        envelope.understand(text.as_bytes(), &mut |sense| heard.push(format!("{sense:?}")));
        heard
    }

    #[test]
    fn several_objects_of_one_frame_are_all_heard() {
        let text = r#"[{"t":"ack","cid":"b12-3","chat":"C","seq":1,"at":5},{"t":"ev","chat":"C","k":"said","cid":"b7-0"},{"t":"ping"}]"#;

        assert_eq!(all(Envelope::None, text), [r#"Ack { sent: 12, chat: "C" }"#, "Event { sent: 7 }", "Ping"]);
    }

    #[test]
    fn the_envelope_of_socket_io_is_opened() {
        assert_eq!(all(Envelope::SocketIo, r#"0{"sid":"x"}"#), [r#"Reply("40")"#]);
        assert_eq!(all(Envelope::SocketIo, r#"40{"sid":"x"}"#), ["SayHello"]);
        assert_eq!(all(Envelope::SocketIo, "2"), [r#"Reply("3")"#]);
        assert_eq!(all(Envelope::SocketIo, r#"42["f",{"t":"presence"}]"#), ["Presence"]);
    }
}
