//! A person whose browser never gives up: reconnects, resumes and repeats until every message is kept.
//!
//! Everything sent and told goes into the history, where the checker judges it.

mod crowd;
mod view;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

pub use crowd::{Crowd, Size};
use view::Views;

use super::dice::Dice;
use super::history::{History, Step};
use super::hub::Door;
use super::socket::{Heard, Socket};
use super::visitor;
use super::web::Browser;

/// Messages on their way at once; the limit of the protocol is 32.
const WINDOW: usize = 4;
/// Longest silence of the hub before the browser repeats what was not answered.
const REPEAT_AFTER: Duration = Duration::from_secs(3);

/// Which door a person comes through.
#[derive(Clone, Debug)]
pub enum Side {
    Visitor {
        token: Option<String>,
    },
    /// Claims every chat whose number falls to `place` of `of`.
    Consultant {
        browser: Browser,
        place: usize,
        of: usize,
    },
}

/// What the test and the people of one run share.
#[derive(Clone, Debug)]
pub struct Stage {
    pub door: Door,
    pub history: History,
    /// People invent new messages only while this is set.
    pub speaking: Arc<AtomicBool>,
    /// The run is over.
    pub over: Arc<AtomicBool>,
    /// Messages nobody has acknowledged yet, of all people together.
    pub unanswered: Arc<AtomicUsize>,
    /// Mean pause of a person between two messages.
    pub pause: Duration,
}

#[derive(Clone, Debug)]
struct Request {
    cid: String,
    chat: Option<String>,
    body: String,
    due: Instant,
}

/// One such person.
pub struct Steady {
    pub name: String,
    side: Side,
    stage: Stage,
    dice: Dice,
    views: Views,
    outbox: VecDeque<Request>,
    written: u64,
    next_words: Instant,
}

impl Steady {
    /// A person of this name who has not said anything yet.
    pub fn new(name: String, side: Side, stage: Stage, dice: Dice) -> Self {
        let views = Views::new(name.clone(), stage.history.clone());
        let next_words = Instant::now();
        Self { name, side, stage, dice, views, outbox: VecDeque::new(), written: 0, next_words }
    }

    /// Lives until the run is over.
    pub async fn live(mut self) -> Self {
        while !self.is_over() {
            if let Some(mut socket) = self.connect().await {
                self.talk(&mut socket).await;
            }
            let pause = Duration::from_millis(self.dice.between(5, 60));
            tokio::time::sleep(pause).await;
        }
        self
    }

    fn is_over(&self) -> bool {
        self.stage.over.load(Ordering::Relaxed)
    }

    async fn connect(&mut self) -> Option<Socket> {
        let mut hello = match &self.side {
            Side::Visitor { token } => {
                let mut hello = json!({ "t": "hello", "v": 1, "pkg": visitor::PACKAGE });
                if let Some(token) = token {
                    hello["tok"] = json!(token);
                }
                hello
            }
            Side::Consultant { browser, .. } => {
                let ticket = browser.ticket().await.ok()?;
                json!({ "t": "hello", "v": 1, "ticket": ticket })
            }
        };
        if let Some(resume) = self.views.resume() {
            hello["resume"] = resume;
        }
        let mut socket = match &self.side {
            Side::Visitor { .. } => Socket::open(&self.stage.door, visitor::PATH).await.ok()?,
            Side::Consultant { browser, .. } => Socket::open_desk(browser).await.ok()?,
        };
        socket.send(hello).await;
        match socket.hear_within(REPEAT_AFTER).await? {
            Heard::Frame(welcome) if welcome["t"] == "welcome" => {
                self.welcomed(&welcome, &mut socket).await?;
                Some(socket)
            }
            _ => None,
        }
    }

    async fn welcomed(&mut self, welcome: &Value, socket: &mut Socket) -> Option<()> {
        if let Side::Visitor { token } = &mut self.side {
            *token = welcome["tok"].as_str().map(str::to_owned);
        }
        self.views.epoch = welcome["epoch"].as_str().map(str::to_owned);
        for chat in welcome["chats"].as_array().unwrap() {
            self.views.take_chat(chat, &self.side, &self.stage.door).await?;
        }
        for waiting in welcome["lists"]["waiting"].as_array().into_iter().flatten() {
            self.claim(waiting, socket).await;
        }
        for request in &mut self.outbox {
            request.due = Instant::now();
        }
        Some(())
    }

    async fn talk(&mut self, socket: &mut Socket) {
        loop {
            if self.is_over() {
                return;
            }
            self.send_due(socket).await;
            let wake = self.wakes_at().saturating_duration_since(Instant::now());
            match socket.hear_within(wake.max(Duration::from_millis(1))).await {
                None => self.invent(),
                Some(Heard::Closed(_)) => return,
                Some(Heard::Frame(frame)) => {
                    if self.react(&frame, socket).await.is_none() {
                        return;
                    }
                }
            }
        }
    }

    fn wakes_at(&self) -> Instant {
        let due = self.outbox.iter().map(|request| request.due).min();
        let look = Instant::now() + Duration::from_millis(100);
        due.unwrap_or(look).min(self.next_words.max(Instant::now())).min(look)
    }

    fn invent(&mut self) {
        let may_speak = self.stage.speaking.load(Ordering::Relaxed);
        if !may_speak || Instant::now() < self.next_words || self.outbox.len() >= WINDOW {
            return;
        }
        let pause = u64::try_from(self.stage.pause.as_millis()).unwrap();
        self.next_words = Instant::now() + Duration::from_millis(self.dice.between(1, pause * 2));
        let opens = matches!(self.side, Side::Visitor { .. }) && self.written == 0;
        let chat = self.views.some_open_chat(&mut self.dice);
        if chat.is_none() && !opens {
            return;
        }
        self.written += 1;
        let cid = format!("{}-{}", self.name, self.written);
        let body = format!("{} line {} żółw 🐢", self.name, self.written);
        self.stage.history.add(Step::Invoked { who: self.name.clone(), cid: cid.clone(), body: body.clone() });
        self.stage.unanswered.fetch_add(1, Ordering::Relaxed);
        self.outbox.push_back(Request { cid, chat, body, due: Instant::now() });
    }

    async fn send_due(&mut self, socket: &mut Socket) {
        let now = Instant::now();
        for request in self.outbox.iter_mut().filter(|request| request.due <= now) {
            request.due = now + REPEAT_AFTER;
            let frame = match &request.chat {
                Some(chat) => json!({ "t": "say", "chat": chat, "cid": request.cid, "body": request.body }),
                None => json!({ "t": "open", "cid": request.cid, "body": request.body }),
            };
            socket.send(frame).await;
        }
    }

    async fn react(&mut self, frame: &Value, socket: &mut Socket) -> Option<()> {
        match frame["t"].as_str().unwrap() {
            "ack" => self.kept(frame),
            "err" => self.refused(frame),
            "ev" => self.views.take_event(frame, true),
            "chat" => self.views.take_chat(frame, &self.side, &self.stage.door).await?,
            "delta" if frame["change"]["what"] == "waits" => self.claim(&frame["change"]["visitor"], socket).await,
            "goaway" => return None,
            _ => {}
        }
        self.invent();
        Some(())
    }

    fn kept(&mut self, ack: &Value) {
        let text = |field: &str| ack[field].as_str().unwrap().to_owned();
        let (cid, chat, seq) = (text("cid"), text("chat"), ack["seq"].as_u64().unwrap());
        // A repeated request may be acknowledged more than once, each time with the same place.
        self.stage.history.add(Step::Kept { who: self.name.clone(), cid: cid.clone(), chat: chat.clone(), seq });
        self.views.own(&chat, seq);
        self.answered(&cid);
    }

    fn answered(&mut self, cid: &str) -> bool {
        let before = self.outbox.len();
        self.outbox.retain(|request| request.cid != cid);
        let was_waiting = self.outbox.len() < before;
        if was_waiting {
            self.stage.unanswered.fetch_sub(1, Ordering::Relaxed);
        }
        was_waiting
    }

    fn refused(&mut self, refusal: &Value) {
        let code = refusal["code"].as_str().unwrap().to_owned();
        let Some(cid) = refusal["cid"].as_str().map(str::to_owned) else { return };
        let again = matches!(code.as_str(), "rate" | "unacked" | "unavailable");
        if again {
            let wait = Duration::from_millis(refusal["retry_ms"].as_u64().unwrap_or(50).min(1_000));
            for request in self.outbox.iter_mut().filter(|request| request.cid == cid) {
                request.due = Instant::now() + wait;
            }
        } else if self.answered(&cid) {
            if let Some(chat) = refusal["chat"].as_str() {
                self.views.gave_up(chat);
            }
            // A fallen chat may have kept the message before it fell: that stays unknown.
            if code != "chat_unavailable" {
                self.stage.history.add(Step::Refused { who: self.name.clone(), cid, code });
            }
        }
    }

    async fn claim(&mut self, waiting: &Value, socket: &mut Socket) {
        let Side::Consultant { place, of, .. } = &self.side else { return };
        let chat = waiting["chat"].as_str().unwrap();
        let number: usize = chat.bytes().map(usize::from).sum();
        if number % of == *place {
            socket.send(json!({ "t": "claim", "chat": chat })).await;
        }
    }
}
