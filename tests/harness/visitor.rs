//! A visitor in one tab: says hello, opens chats, writes, reads.

use serde_json::{Value, json};

use super::hub::Door;
use super::socket::Socket;

/// Key of the English package of the demo.
pub const PACKAGE: &str = "demo-en";
/// Address of the visitor's socket.
pub const PATH: &str = "/v1/ws/visitor";

/// One tab of a visitor.
#[derive(Debug)]
pub struct Visitor {
    pub socket: Socket,
    pub token: String,
    pub epoch: String,
    pub welcome: Value,
    named: u64,
}

impl Visitor {
    /// A visitor nobody has seen before.
    pub async fn arrive(door: &Door) -> Self {
        Self::greet(door, json!({ "t": "hello", "v": 1, "pkg": PACKAGE })).await
    }

    /// The same visitor in another tab, or after a reload.
    pub async fn again(door: &Door, token: &str) -> Self {
        Self::greet(door, json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "tok": token })).await
    }

    /// The same visitor, telling what it has already.
    pub async fn resume(door: &Door, token: &str, epoch: &str, chats: Value) -> Self {
        let resume = json!({ "epoch": epoch, "chats": chats });
        Self::greet(door, json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "tok": token, "resume": resume })).await
    }

    /// Opens a socket and says this hello.
    pub async fn greet(door: &Door, hello: Value) -> Self {
        let mut socket = Socket::open(door, PATH).await.unwrap();
        socket.send(hello).await;
        let welcome = socket.frame("welcome").await;
        let token = welcome["tok"].as_str().unwrap().to_owned();
        let epoch = welcome["epoch"].as_str().unwrap().to_owned();
        Self { socket, token, epoch, welcome, named: 0 }
    }

    /// A fresh name for a request.
    pub fn cid(&mut self) -> String {
        self.named += 1;
        format!("v{}-{}", self.welcome["sid"].as_str().unwrap(), self.named)
    }

    /// Opens a chat and returns its id.
    pub async fn open_chat(&mut self, body: &str) -> String {
        let cid = self.cid();
        self.socket.send(json!({ "t": "open", "cid": cid, "body": body })).await;
        let ack = self.answer(&cid).await;
        assert_eq!(ack["t"], "ack", "{ack}");
        ack["chat"].as_str().unwrap().to_owned()
    }

    /// Writes a message and returns its place once it is kept.
    pub async fn say(&mut self, chat: &str, body: &str) -> u64 {
        let ack = self.try_say(chat, body).await;
        ack["seq"].as_u64().unwrap_or_else(|| panic!("not kept: {ack}"))
    }

    /// Writes a message and returns the answer, `ack` or `err`.
    pub async fn try_say(&mut self, chat: &str, body: &str) -> Value {
        let cid = self.cid();
        self.socket.send(json!({ "t": "say", "chat": chat, "cid": cid, "body": body })).await;
        self.answer(&cid).await
    }

    /// The answer to a request.
    pub async fn answer(&mut self, cid: &str) -> Value {
        let fits = |frame: &Value| frame["cid"] == cid && (frame["t"] == "ack" || frame["t"] == "err");
        self.socket.answer_where("the answer to a request", fits).await
    }

    /// The next event of a chat.
    pub async fn event(&mut self, chat: &str) -> Value {
        self.socket.frame_where("an event", |frame| frame["t"] == "ev" && frame["chat"] == chat).await
    }

    /// The next message somebody else wrote in a chat.
    pub async fn message(&mut self, chat: &str) -> String {
        let fits = |frame: &Value| frame["t"] == "ev" && frame["chat"] == chat && frame["k"] == "said";
        let event = self.socket.frame_where("a message", fits).await;
        event["body"].as_str().unwrap().to_owned()
    }

    /// The place in line that was told last, or the next one that fits.
    pub async fn place(&mut self, chat: &str, place: u64) -> Value {
        let fits = |frame: &Value| frame["t"] == "waiting" && frame["chat"] == chat && frame["place"] == place;
        self.socket.frame_where(&format!("place {place} in line"), fits).await
    }
}

/// The chat of a welcome.
pub fn chat_in<'a>(welcome: &'a Value, chat: &str) -> Option<&'a Value> {
    welcome["chats"].as_array().unwrap().iter().find(|entry| entry["id"] == chat)
}
