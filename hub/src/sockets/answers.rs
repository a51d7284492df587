//! What the edge answers to an upgrade request: welcome, or why not.
//!
//! Upgrade requests never reach the routes of the HTTP part, so these are written by hand.

use actix_http::ws::{HandshakeError, hash_key};
use actors::protocol::SUBPROTOCOL;
use bytes::Bytes;

/// Why a browser gets no socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    NotFound,
    Method,
    /// Not a WebSocket, or a version of it we do not speak.
    Upgrade,
    Handshake,
    Subprotocol,
    Origin,
    SignedOut,
    Unavailable,
}

impl From<HandshakeError> for Denied {
    fn from(error: HandshakeError) -> Self {
        match error {
            HandshakeError::GetMethodRequired => Self::Method,
            HandshakeError::NoWebsocketUpgrade | HandshakeError::UnsupportedVersion => Self::Upgrade,
            HandshakeError::NoConnectionUpgrade | HandshakeError::NoVersionHeader | HandshakeError::BadWebsocketKey => {
                Self::Handshake
            }
        }
    }
}

impl Denied {
    /// Status line, stable code, title, and a header that says what would be right.
    fn parts(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::NotFound => ("404 Not Found", "not_found", "no such socket", ""),
            Self::Method => ("405 Method Not Allowed", "method", "sockets are opened with GET", "allow: GET\r\n"),
            Self::Upgrade => (
                "426 Upgrade Required",
                "upgrade",
                "only WebSocket version 13 is spoken here",
                "upgrade: websocket\r\nsec-websocket-version: 13\r\n",
            ),
            Self::Handshake => ("400 Bad Request", "handshake", "the handshake is incomplete", ""),
            Self::Subprotocol => ("400 Bad Request", "subprotocol", "ask for the subprotocol c2c.v1", ""),
            Self::Origin => ("403 Forbidden", "origin", "this page may not open a socket", ""),
            Self::SignedOut => ("401 Unauthorized", "signed_out", "sign in first", ""),
            Self::Unavailable => ("503 Service Unavailable", "unavailable", "ask again soon", "retry-after: 5\r\n"),
        }
    }

    /// The whole answer.
    pub(super) fn answer(self) -> Bytes {
        let (status, code, title, header) = self.parts();
        let number = status.split(' ').next().unwrap_or_default();
        let body = format!(r#"{{"type":"about:blank","title":"{title}","status":{number},"code":"{code}"}}"#);
        let length = body.len();
        Bytes::from(format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\n\
             cache-control: no-store\r\nconnection: close\r\n{header}\r\n{body}"
        ))
    }
}

/// Accepts the handshake with this key (RFC 6455 §4.2.2).
pub(super) fn accepted(key: &[u8]) -> Bytes {
    let hash = hash_key(key);
    let accept = String::from_utf8_lossy(&hash);
    Bytes::from(format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-accept: {accept}\r\nsec-websocket-protocol: {SUBPROTOCOL}\r\n\r\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_the_rfc_is_accepted_as_the_rfc_says() {
        let answer = accepted(b"dGhlIHNhbXBsZSBub25jZQ==");

        let text = String::from_utf8(answer.to_vec()).unwrap();
        assert!(text.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), "{text}");
        assert!(text.ends_with("sec-websocket-protocol: c2c.v1\r\n\r\n"), "{text}");
    }

    #[test]
    fn a_denial_is_a_whole_problem() {
        for denied in [Denied::NotFound, Denied::Upgrade, Denied::Origin, Denied::Unavailable] {
            let text = String::from_utf8(denied.answer().to_vec()).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let problem: serde_json::Value = serde_json::from_str(body).unwrap();

            assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
            assert!(head.starts_with(&format!("HTTP/1.1 {} ", problem["status"])), "{head}");
        }
    }
}
