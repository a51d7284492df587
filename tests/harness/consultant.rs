//! A consultant at a desk: signed in, with a ticket, claiming and answering chats.

use serde_json::{Value, json};

use super::hub::Door;
use super::socket::Socket;
use super::web::Browser;

/// Address of the desk's socket.
pub const PATH: &str = "/v1/ws/desk";

/// One tab of a signed-in consultant.
#[derive(Debug)]
pub struct Desk {
    pub socket: Socket,
    pub browser: Browser,
    pub welcome: Value,
    named: u64,
}

impl Desk {
    /// Signs in and opens the desk.
    pub async fn open(door: &Door, email: &str) -> Self {
        let browser = Browser::signed_in(door, email).await;
        Self::beside(&browser).await
    }

    /// Signs in, opens the desk and takes visitors.
    pub async fn available(door: &Door, email: &str) -> Self {
        let mut desk = Self::open(door, email).await;
        desk.set_status("available").await;
        desk
    }

    /// One more tab of a browser that is signed in.
    pub async fn beside(browser: &Browser) -> Self {
        Self::greet(browser, Value::Null).await
    }

    /// A desk that tells what it has already.
    pub async fn greet(browser: &Browser, resume: Value) -> Self {
        let ticket = browser.ticket().await.unwrap();
        let mut socket = Socket::open_desk(browser).await.unwrap();
        let mut hello = json!({ "t": "hello", "v": 1, "ticket": ticket });
        if !resume.is_null() {
            hello["resume"] = resume;
        }
        socket.send(hello).await;
        let welcome = socket.frame("welcome").await;
        Self { socket, browser: browser.clone(), welcome, named: 0 }
    }

    /// Id of the account.
    pub fn account(&self) -> &str {
        self.welcome["me"]["id"].as_str().unwrap()
    }

    /// Sets the status and waits until every desk is told.
    pub async fn set_status(&mut self, status: &str) {
        if self.welcome["me"]["status"] == status {
            return;
        }
        let me = self.account().to_owned();
        self.socket.send(json!({ "t": "status", "status": status })).await;
        let fits = |frame: &Value| {
            let colleague = &frame["change"]["colleague"];
            frame["t"] == "delta" && colleague["id"] == *me && colleague["status"] == status
        };
        self.socket.frame_where("the own status", fits).await;
        self.welcome["me"]["status"] = json!(status);
    }

    /// Waits until the chat is in the waiting room; returns its place and entry.
    pub async fn sees_waiting(&mut self, chat: &str) -> Value {
        let fits = |frame: &Value| {
            let change = &frame["change"];
            frame["t"] == "delta" && change["what"] == "waits" && change["visitor"]["chat"] == chat
        };
        let known = self.welcome["lists"]["waiting"].as_array().unwrap();
        if let Some(at) = known.iter().position(|entry| entry["chat"] == chat) {
            return json!({ "at": at, "visitor": known[at] });
        }
        self.socket.frame_where("somebody waiting", fits).await["change"].clone()
    }

    /// Claims a chat and waits for it.
    pub async fn claim(&mut self, chat: &str) -> Value {
        let answer = self.try_claim(chat).await;
        assert_eq!(answer["t"], "chat", "{answer}");
        answer
    }

    /// Claims a chat; the answer is `chat` for the winner and `err` for everybody else.
    pub async fn try_claim(&mut self, chat: &str) -> Value {
        self.socket.send(json!({ "t": "claim", "chat": chat })).await;
        let won = |frame: &Value| frame["t"] == "chat" && frame["id"] == chat;
        let lost = |frame: &Value| frame["t"] == "err" && frame["chat"] == chat;
        self.socket.answer_where("the answer to a claim", |frame| won(frame) || lost(frame)).await
    }

    /// A fresh name for a request.
    pub fn cid(&mut self) -> String {
        self.named += 1;
        format!("c{}-{}", self.welcome["sid"].as_str().unwrap(), self.named)
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
        let fits = |frame: &Value| frame["cid"] == *cid && (frame["t"] == "ack" || frame["t"] == "err");
        self.socket.answer_where("the answer to a message", fits).await
    }

    /// The next message somebody else wrote in a chat.
    pub async fn message(&mut self, chat: &str) -> String {
        let fits = |frame: &Value| frame["t"] == "ev" && frame["chat"] == chat && frame["k"] == "said";
        let event = self.socket.frame_where("a message", fits).await;
        event["body"].as_str().unwrap().to_owned()
    }

    /// The next event of a kind in a chat.
    pub async fn event(&mut self, chat: &str, kind: &str) -> Value {
        let fits = |frame: &Value| frame["t"] == "ev" && frame["chat"] == chat && frame["k"] == kind;
        self.socket.frame_where(kind, fits).await
    }
}
