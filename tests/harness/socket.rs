//! One WebSocket to the hub: frames in, frames out, and how it was closed.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::hub::Door;
use super::web::Browser;
use super::{PATIENCE, consultant};

/// The name of the protocol in the handshake.
pub const SUBPROTOCOL: &str = "c2c.v1";

/// What a browser hears.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Frame(Value),
    /// Closed with this code; 1006 when the connection was cut without a close frame.
    Closed(u16),
}

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    wire: WebSocketStream<MaybeTlsStream<TcpStream>>,
    ready: VecDeque<Value>,
    closed: Option<u16>,
}

/// A handshake as a browser sends it from this origin.
pub fn handshake(door: &Door, path: &str, origin: Option<&str>) -> Request {
    let url = format!("ws://{}{path}", door.host());
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    request
}

/// A handshake of a browser in which somebody signed in.
pub fn desk_handshake(browser: &Browser, origin: Option<&str>) -> Request {
    let mut request = handshake(&browser.door, consultant::PATH, origin);
    if let Some(cookie) = &browser.cookie {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    request
}

impl Socket {
    /// Opens a socket from the hub's own origin.
    pub async fn open(door: &Door, path: &str) -> Result<Self, Error> {
        Self::shake(handshake(door, path, Some(&door.http()))).await
    }

    /// Opens a desk's socket: like the visitor's, with the cookie of a sign-in.
    pub async fn open_desk(browser: &Browser) -> Result<Self, Error> {
        let origin = browser.door.http();
        Self::shake(desk_handshake(browser, Some(&origin))).await
    }

    /// Opens a socket with this handshake.
    pub async fn shake(request: Request) -> Result<Self, Error> {
        let (wire, _answer) = connect_async(request).await?;
        Ok(Self { wire, ready: VecDeque::new(), closed: None })
    }

    /// Sends a frame; a closed socket shows when listening.
    pub async fn send(&mut self, frame: Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends text that need not be a frame.
    pub async fn send_text(&mut self, text: &str) {
        let _seen_when_listening = self.wire.send(Message::text(text)).await;
    }

    /// Writes frames without flushing each, as a flooder does.
    pub async fn feed_text(&mut self, text: &str) -> bool {
        self.wire.feed(Message::text(text)).await.is_ok()
    }

    /// The next frame or the end; answers `ping` like every browser.
    pub async fn hear(&mut self) -> Heard {
        tokio::time::timeout(PATIENCE, self.hear_anything()).await.expect("the hub stays silent")
    }

    /// The next frame within `patience`, or nothing.
    pub async fn hear_within(&mut self, patience: Duration) -> Option<Heard> {
        tokio::time::timeout(patience, self.hear_anything()).await.ok()
    }

    async fn hear_anything(&mut self) -> Heard {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                if frame["t"] == "ping" {
                    self.send(serde_json::json!({ "t": "pong" })).await;
                    continue;
                }
                return Heard::Frame(frame);
            }
            if let Some(code) = self.closed {
                return Heard::Closed(code);
            }
            self.read().await;
        }
    }

    async fn read(&mut self) {
        match self.wire.next().await {
            Some(Ok(Message::Text(text))) => match serde_json::from_str(&text).unwrap() {
                Value::Array(frames) => self.ready.extend(frames),
                frame => self.ready.push_back(frame),
            },
            Some(Ok(Message::Close(frame))) => {
                self.closed = Some(frame.map_or(1005, |frame| frame.code.into()));
            }
            Some(Ok(Message::Binary(_))) => panic!("the hub never sends binary frames"),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => self.closed = Some(1006),
        }
    }

    /// The next frame with this tag; frames before it are passed over.
    pub async fn frame(&mut self, tag: &str) -> Value {
        self.frame_where(tag, |frame| frame["t"] == tag).await
    }

    /// The next frame that fits; frames before it are passed over, and shown when it never comes.
    pub async fn frame_where(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.search(what, fits).await.0
    }

    /// The answer to a request; frames before it are still to be heard afterwards.
    pub async fn answer_where(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let (answer, passed) = self.search(what, fits).await;
        for frame in passed.into_iter().rev() {
            self.ready.push_front(frame);
        }
        answer
    }

    async fn search(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> (Value, Vec<Value>) {
        let until = Instant::now() + PATIENCE;
        let mut passed = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.hear_within(left).await {
                Some(Heard::Frame(frame)) if fits(&frame) => return (frame, passed),
                Some(Heard::Frame(frame)) => passed.push(frame),
                Some(Heard::Closed(code)) => {
                    panic!("waited for {what}, but closed with {code} after {}", brief(&passed))
                }
                None => panic!("waited for {what}, but heard only {}", brief(&passed)),
            }
        }
    }

    /// Waits for the end and returns its code; frames before it are passed over.
    pub async fn closed(&mut self) -> u16 {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.hear_within(left).await {
                Some(Heard::Closed(code)) => return code,
                Some(Heard::Frame(_)) => {}
                None => panic!("the socket is still open after {PATIENCE:?}"),
            }
        }
    }
}

/// Frames as far as a person wants to read them in a failure.
fn brief(frames: &[Value]) -> String {
    const SHOWN_CHARS: usize = 300;
    let lines = frames.iter().map(|frame| frame.to_string().chars().take(SHOWN_CHARS).collect::<String>());
    format!("[{}]", lines.collect::<Vec<_>>().join("\n"))
}
