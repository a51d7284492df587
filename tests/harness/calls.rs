//! Calls as pages make them: asked for, answered, and with a voice on each side.

use reqwest::Method;
use serde_json::{Value, json};

use super::consultant::Desk;
use super::hub::Hub;
use super::phone::Phone;
use super::setup::Setup;
use super::socket::{Heard, Socket};
use super::until;
use super::visitor::Visitor;
use super::web::{ANNA, Browser};

/// The package of the demo whose button calls.
pub const VOICE: &str = "demo-voice";
/// The id of no call.
pub const NOBODYS_CALL: &str = "0000000000001";

/// A roomy hub that takes any number of calls a minute.
pub fn setup() -> Setup {
    Setup::roomy()
        .env("HUB_LIMITS__CALLS_PER_MINUTE_PER_PREFIX", "10000")
        .env("HUB_LIMITS__CALLS_PER_MINUTE_PER_PACKAGE", "10000")
}

/// A visitor on the call page.
pub async fn caller(hub: &Hub) -> Visitor {
    Visitor::greet(&hub.door, json!({ "t": "hello", "v": 1, "pkg": VOICE })).await
}

/// The same visitor on the call page, loaded again.
pub async fn caller_again(hub: &Hub, token: &str) -> Visitor {
    Visitor::greet(&hub.door, json!({ "t": "hello", "v": 1, "pkg": VOICE, "tok": token })).await
}

/// Asks for a call; gives its id, or the refusal.
pub async fn try_call(vera: &mut Visitor) -> Result<String, Value> {
    try_call_to(vera, Value::Null).await
}

/// Asks for a call of this consultant; gives its id, or the refusal.
pub async fn try_call_to(vera: &mut Visitor, to: Value) -> Result<String, Value> {
    let cid = vera.cid();
    vera.socket.send(json!({ "t": "call.start", "cid": cid, "to": to })).await;
    let answer = vera.socket.answer_where("the answer to a call", |frame| frame["cid"] == *cid).await;
    if answer["t"] == "call.started" { Ok(answer["call"].as_str().unwrap().to_owned()) } else { Err(answer) }
}

/// Waits until this page sees the call in this state.
pub async fn sees(page: &mut Socket, call: &str, state: &str) -> Value {
    sees_where(page, call, state, |frame| frame["state"] == state).await
}

/// Waits until this page sees the call as it should be.
pub async fn sees_where(page: &mut Socket, call: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    page.frame_where(what, |frame| frame["t"] == "call" && frame["id"] == call && fits(frame)).await
}

/// Does something in a call.
pub async fn act(page: &mut Socket, call: &str, what: &str) {
    page.send(json!({ "t": "call", "call": call, "do": what })).await;
}

/// The microphone is off, or on again.
pub async fn mute(page: &mut Socket, call: &str, on: bool) {
    page.send(json!({ "t": "call", "call": call, "do": "mute", "on": on })).await;
}

/// Answers an offer.
pub async fn answer(page: &mut Socket, call: &str, g: &Value, sdp: &str) {
    page.send(json!({ "t": "call", "call": call, "do": "answer", "g": g, "sdp": sdp })).await;
}

/// The next offer of a call; other frames are still to be heard afterwards.
pub async fn offer(page: &mut Socket, call: &str, fresh: bool) -> Value {
    let fits = |frame: &Value| frame["t"] == "call.offer" && frame["call"] == call && frame["fresh"] == fresh;
    page.answer_where("an offer", fits).await
}

/// Says that the microphone is open and answers the offer; the phone is connected soon.
pub async fn connect(page: &mut Socket, call: &str) -> Phone {
    act(page, call, "ready").await;
    let (phone, offer) = (Phone::new(), offer(page, call, true).await);
    let sdp = phone.answer(offer["sdp"].as_str().unwrap());
    answer(page, call, &offer["g"], &sdp).await;
    phone
}

/// Answers the next offer that mends, with the phone that is there.
pub async fn mend(page: &mut Socket, call: &str, phone: &Phone) {
    let offer = offer(page, call, false).await;
    let sdp = phone.answer(offer["sdp"].as_str().unwrap());
    answer(page, call, &offer["g"], &sdp).await;
}

/// Answers a call that rings at this desk.
pub async fn accept(desk: &mut Desk, call: &str) {
    sees(&mut desk.socket, call, "ringing").await;
    desk.socket.send(json!({ "t": "call.accept", "call": call })).await;
    sees(&mut desk.socket, call, "connecting").await;
}

/// Two people who talk.
pub struct Talk {
    pub id: String,
    pub vera: Visitor,
    pub anna: Desk,
    pub visitor: Phone,
    pub consultant: Phone,
}

impl Talk {
    /// Vera calls, Anna answers, both are heard.
    pub async fn begin(hub: &Hub) -> Self {
        let anna = Desk::available(&hub.door, ANNA).await;
        Self::of(caller(hub).await, anna).await
    }

    /// These two talk.
    pub async fn of(mut vera: Visitor, mut anna: Desk) -> Self {
        let id = try_call(&mut vera).await.unwrap();
        accept(&mut anna, &id).await;
        let visitor = connect(&mut vera.socket, &id).await;
        let consultant = connect(&mut anna.socket, &id).await;
        sees(&mut vera.socket, &id, "active").await;
        sees(&mut anna.socket, &id, "active").await;
        Self { id, vera, anna, visitor, consultant }
    }

    /// Waits until both hear so many more packets.
    pub async fn both_hear(&self, more: usize) {
        tokio::join!(self.visitor.hears(more), self.consultant.hears(more));
    }

    /// Both are told that it is over, and why.
    pub async fn both_see_the_end(&mut self, reason: &str) {
        for page in [&mut self.vera.socket, &mut self.anna.socket] {
            let over = sees(page, &self.id, "ended").await;
            assert_eq!(over["reason"], reason, "{over}");
        }
    }
}

/// Waits until the team sees this account so.
pub async fn is_shown(desk: &mut Desk, account: &str, status: &str) {
    until(&format!("{account} is {status}"), async || {
        desk.socket.send(json!({ "t": "lists" })).await;
        let lists = desk.socket.answer_where("the lists", |frame| frame["t"] == "lists").await;
        let shown = lists["team"].as_array().unwrap().iter().find(|one| one["id"] == account);
        (shown.unwrap_or_else(|| panic!("no {account} in {lists}"))["status"] == status).then_some(())
    })
    .await;
}

/// The list of calls.
pub async fn listed(browser: &Browser, query: &str) -> Vec<Value> {
    let page = browser.read(&format!("/v1/calls{query}")).await;
    assert_eq!(page.get("next"), None, "{page}");
    page["calls"].as_array().unwrap().clone()
}

/// The only call of the list, once its end is kept.
pub async fn the_only_one(browser: &Browser) -> Value {
    until("the end of the only call", async || {
        let calls = listed(browser, "").await;
        assert!(calls.len() < 2, "{calls:?}");
        calls.first().filter(|call| call["ended_at"].is_i64()).cloned()
    })
    .await
}

/// Waits until nothing of any call is left in the hub.
pub async fn nothing_is_left(hub: &Hub) {
    for name in ["media_legs", "calls", "actors{kind=\"call\"}"] {
        until(&format!("{name} to be 0"), async || (hub.metric(name).await < 0.5).then_some(())).await;
    }
}

/// What a page hears until the call is over; the last frame is the end.
pub async fn until_the_end(page: &mut Socket, call: &str) -> Vec<Value> {
    let mut heard = Vec::new();
    loop {
        match page.hear().await {
            Heard::Frame(frame) => heard.push(frame),
            Heard::Closed(code) => panic!("closed with {code} after {heard:?}"),
        }
        let last = &heard[heard.len() - 1];
        if last["t"] == "call" && last["id"] == call && last["state"] == "ended" {
            return heard;
        }
    }
}

/// Asks for something that is refused, and tells how.
pub async fn refused(page: &mut Socket, request: Value) -> Value {
    page.send(request).await;
    page.answer_where("a refusal", |frame| frame["t"] == "err").await
}

/// Takes an account away.
pub async fn delete(owner: &Browser, account: &str) {
    let (status, said) =
        super::team::ask(owner, Method::DELETE, &format!("/v1/accounts/{account}"), &Value::Null).await;
    assert_eq!(status, 204, "{said}");
}
