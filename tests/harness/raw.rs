//! A WebSocket client that may break every rule: bytes on a TCP connection.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::PATIENCE;
use super::hub::Door;
use super::visitor::PACKAGE;

/// The sample key of RFC 6455 §1.3 and what a server must answer to it.
pub const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
pub const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// Any mask will do; this one makes unmasked text unreadable.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame as the hub sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub first: u8,
    pub body: Vec<u8>,
}

/// A frame as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Out {
    /// FIN, reserved bits and opcode.
    pub first: u8,
    pub body: Vec<u8>,
    pub is_masked: bool,
}

impl Out {
    /// The bytes of the frame.
    pub fn bytes(&self) -> Vec<u8> {
        let mask_bit = if self.is_masked { 0x80 } else { 0 };
        let mut bytes = vec![self.first];
        match self.body.len() {
            short @ 0..=125 => bytes.push(mask_bit | u8::try_from(short).unwrap()),
            middle @ 126..=0xFFFF => {
                bytes.push(mask_bit | 0x7E);
                bytes.extend(u16::try_from(middle).unwrap().to_be_bytes());
            }
            long => {
                bytes.push(mask_bit | 0x7F);
                bytes.extend(u64::try_from(long).unwrap().to_be_bytes());
            }
        }
        if !self.is_masked {
            bytes.extend(&self.body);
            return bytes;
        }
        bytes.extend(MASK);
        bytes.extend(self.body.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }
}

/// An upgraded connection.
pub struct Raw {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Raw {
    /// Connects and sends a handshake; returns the head of the answer too.
    pub async fn shake(door: &Door, head: impl AsRef<[u8]>) -> (Self, String) {
        let mut raw = Self { stream: TcpStream::connect(door.host()).await.unwrap(), unread: Vec::new() };
        raw.write(head.as_ref()).await;
        let answer = raw.head().await;
        (raw, answer)
    }

    /// A well-formed handshake at this path.
    pub fn handshake(door: &Door, path: &str) -> String {
        let (host, origin) = (door.host(), door.http());
        format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Protocol: c2c.v1\r\nOrigin: {origin}\r\n\r\n"
        )
    }

    /// A visitor's socket after `welcome`.
    pub async fn visitor(door: &Door) -> Self {
        let (mut raw, answer) = Self::shake(door, &Self::handshake(door, "/v1/ws/visitor")).await;
        assert!(answer.starts_with("HTTP/1.1 101"), "{answer}");
        let hello = format!(r#"{{"t":"hello","v":1,"pkg":"{PACKAGE}"}}"#);
        raw.write(&Out { first: 0x81, body: hello.into_bytes(), is_masked: true }.bytes()).await;
        loop {
            let frame = raw.frame().await.expect("closed before the welcome");
            if String::from_utf8_lossy(&frame.body).contains(r#""t":"welcome""#) {
                return raw;
            }
        }
    }

    /// Writes bytes; a hub that has closed already shows when reading.
    pub async fn write(&mut self, bytes: &[u8]) {
        let _seen_when_reading = self.stream.write_all(bytes).await;
    }

    /// Writes bytes in pieces of this size, each in its own segment as far as the kernel allows.
    pub async fn write_chopped(&mut self, bytes: &[u8], size: usize) {
        self.stream.set_nodelay(true).unwrap();
        for piece in bytes.chunks(size) {
            self.write(piece).await;
            tokio::task::yield_now().await;
        }
    }

    /// Reads up to the empty line that ends a head; what was read by then if the hub closes before.
    pub async fn head(&mut self) -> String {
        loop {
            if let Some(end) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = self.unread.drain(..end + 4).collect();
                return String::from_utf8(head).unwrap();
            }
            if !self.fill().await {
                return String::from_utf8_lossy(&self.unread).into_owned();
            }
        }
    }

    /// The next frame, or nothing when the connection ended.
    pub async fn frame(&mut self) -> Option<Frame> {
        loop {
            if let Some((frame, length)) = parse(&self.unread) {
                self.unread.drain(..length);
                return Some(frame);
            }
            if !self.fill().await {
                return None;
            }
        }
    }

    /// Waits for the end of the connection; false when it is still open after `patience`.
    pub async fn ends_within(&mut self, patience: Duration) -> bool {
        let end = async { while self.fill().await {} };
        tokio::time::timeout(patience, end).await.is_ok()
    }

    async fn fill(&mut self) -> bool {
        let mut piece = [0; 4096];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut piece)).await.expect("the hub stays silent");
        match read {
            Ok(0) | Err(_) => false,
            Ok(length) => {
                self.unread.extend(&piece[..length]);
                true
            }
        }
    }
}

/// Reads one unmasked frame, if it is there as a whole.
fn parse(bytes: &[u8]) -> Option<(Frame, usize)> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    assert!(second & 0x80 == 0, "a server never masks");
    let (length, start) = match second {
        126 => (usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().unwrap())), 4),
        127 => (usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().unwrap())).unwrap(), 10),
        short => (usize::from(short), 2),
    };
    let body = bytes.get(start..start + length)?.to_vec();
    Some((Frame { first, body }, start + length))
}

impl Frame {
    /// The opcode.
    pub fn opcode(&self) -> u8 {
        self.first & 0x0F
    }

    /// The close code, when this is a close frame that has one.
    pub fn close_code(&self) -> Option<u16> {
        let code = self.body.get(..2).filter(|_| self.opcode() == 8)?;
        Some(u16::from_be_bytes(code.try_into().unwrap()))
    }

    /// The protocol frames in it, when this is a text frame.
    pub fn values(&self) -> Vec<Value> {
        if self.opcode() != 1 {
            return Vec::new();
        }
        match serde_json::from_slice(&self.body).unwrap() {
            Value::Array(values) => values,
            value => vec![value],
        }
    }
}
