//! Calls through the actors: rings, winners, Busy, hand-overs and ends, with a media that needs no network.

mod asking;

use std::time::Duration;

use serde_json::Value;
use tokio::time::sleep;

use super::office::{DeskTab, KEY, Office, Tab, hello, shop};
use crate::ids::{AccountId, CallId, ChatId};
use crate::ports::{Heard, Media as _, PackageRecord, RingOutcome};
use crate::protocol::{CallReason, CallRequest, CallSide, CallStats, Cid, Code, VisitorHello};

impl Tab {
    async fn call(&self, cid: &str, to: Option<i64>) -> Result<CallId, Code> {
        let started = self.line.start_call(Cid::new(cid).unwrap(), to.map(AccountId::from)).await;
        settle().await;
        started.map(|started| started.call).map_err(|refused| refused.code)
    }

    async fn asks(&self, call: CallId, request: CallRequest) -> Result<(), Code> {
        let done = self.line.call(call, request).await.map_err(|refused| refused.code);
        settle().await;
        done
    }
}

impl DeskTab {
    async fn accepts(&self, call: CallId) -> Result<(), Code> {
        let done = self.line.accept_call(call).await.map_err(|refused| refused.code);
        settle().await;
        done
    }

    async fn asks(&self, call: CallId, request: CallRequest) -> Result<(), Code> {
        let done = self.line.call(call, request).await.map_err(|refused| refused.code);
        settle().await;
        done
    }

    /// How the newest frame of a call shows it: state and reason.
    fn shows(&self) -> String {
        shown(self.frames.of("call").last())
    }
}

fn shown(frame: Option<&Value>) -> String {
    let word = |name: &str| frame.and_then(|frame| frame[name].as_str()).unwrap_or_default().to_owned();
    format!("{} {}", word("state"), word("reason")).trim().to_owned()
}

impl Tab {
    fn shows(&self) -> String {
        shown(self.frames.of("call").last())
    }
}

/// Lets everything that was said arrive.
async fn settle() {
    sleep(Duration::from_millis(120)).await;
}

/// Vera calls, and Consultant 1 answers; both hear each other.
async fn talking(office: &Office) -> (Tab, DeskTab, CallId) {
    let one = office.desk(1).await;
    let vera = office.vera().await;
    let call = vera.call("c1", None).await.unwrap();
    vera.asks(call, CallRequest::Ready).await.unwrap();
    one.accepts(call).await.unwrap();
    one.asks(call, CallRequest::Ready).await.unwrap();
    for side in [CallSide::Visitor, CallSide::Consultant] {
        office.media.happens(call, side, Heard::Connected);
    }
    settle().await;
    assert_eq!((vera.shows(), one.shows()), ("active".to_owned(), "active".to_owned()));
    (vera, one, call)
}

#[actix_rt::test]
async fn a_call_rings_is_answered_talks_and_is_kept() {
    let office = Office::open(2);
    let (vera, one, call) = talking(&office).await;

    vera.asks(call, CallRequest::Stats(CallStats { rtt_ms: 20, jitter_ms: 2, lost_permille: 0 })).await.unwrap();
    office.clock.turn(Duration::from_secs(65));
    one.asks(call, CallRequest::Hangup).await.unwrap();

    assert_eq!((vera.shows(), one.shows()), ("ended consultant_hangup".into(), "ended consultant_hangup".into()));
    let kept = office.store.ended_call(call).unwrap();
    assert_eq!((kept.reason, kept.consultant), (CallReason::ConsultantHangup, Some(AccountId::from(1))));
    assert_eq!(kept.rings.iter().map(|ring| ring.outcome).collect::<Vec<_>>(), [RingOutcome::Answered]);
    assert_eq!(kept.ended_at.since(kept.talking_since.unwrap()).as_secs(), 65);
    assert_eq!((kept.visitor_mos10, kept.consultant_mos10), (Some(44), None));
    assert_eq!(office.media.calls(), 0);
    assert_eq!(vera.frames.of("call.offer").len(), 1);
    assert_eq!(vera.frames.of("call.quality").len(), 1);
    assert_eq!(one.frames.of("delta").iter().filter(|delta| delta["change"]["what"] == "calls").count(), 1);
}

#[actix_rt::test]
async fn who_talks_is_busy_and_available_again_afterwards() {
    let office = Office::open(1);
    let (vera, _one, call) = talking(&office).await;
    let status = |tab: &Tab| tab.frames.of("presence").last().map(|frame| frame["team"][0]["status"].clone());
    settle().await;
    assert_eq!(status(&vera).unwrap(), "busy");
    let other = office.vera().await;
    let second = other.call("c2", None).await.unwrap();
    assert_eq!(other.shows(), "ended busy");
    assert_eq!(office.store.ended_call(second).unwrap().rings, []);

    vera.asks(call, CallRequest::Hangup).await.unwrap();
    settle().await;

    assert_eq!(status(&vera).unwrap(), "available");
    other.call("c3", None).await.unwrap();
    assert_eq!(other.shows(), "ringing");
}

#[actix_rt::test]
async fn all_desks_ring_and_stop_together_and_one_wins() {
    let office = Office::open(2);
    let (first, second, two) = (office.desk(1).await, office.desk(1).await, office.desk(2).await);
    let vera = office.vera().await;

    let call = vera.call("c1", None).await.unwrap();
    assert_eq!((first.shows(), second.shows(), two.shows()), ("ringing".into(), "ringing".into(), String::new()));
    assert_eq!(two.accepts(call).await, Err(Code::UnknownCall));
    assert_eq!(first.accepts(call).await, Ok(()));
    assert_eq!(second.accepts(call).await, Err(Code::UnknownCall));

    assert_eq!((first.shows(), second.shows()), ("connecting".to_owned(), "connecting".to_owned()));
    let again = office.desk(1).await;
    assert_eq!(again.welcome.calls.len(), 1);
}

#[actix_rt::test]
async fn nobody_answers_and_the_next_is_rung() {
    let office = Office::open(2);
    let (one, two) = (office.desk(1).await, office.desk(2).await);
    let vera = office.vera().await;

    let call = vera.call("c1", None).await.unwrap();
    assert_eq!((one.shows(), two.shows()), ("ringing".to_owned(), String::new()));
    sleep(Duration::from_secs(26)).await;
    assert_eq!((one.shows(), two.shows()), ("ended".to_owned(), "ringing".to_owned()));
    sleep(Duration::from_secs(26)).await;

    assert_eq!((vera.shows(), two.shows()), ("ended no_answer".to_owned(), "ended no_answer".to_owned()));
    let kept = office.store.ended_call(call).unwrap();
    assert_eq!(kept.rings.iter().map(|ring| ring.outcome).collect::<Vec<_>>(), [RingOutcome::Missed; 2]);
}

#[actix_rt::test]
async fn a_visitor_has_one_call_and_a_repeated_request_is_the_same() {
    let office = Office::open(1);
    let _one = office.desk(1).await;
    let vera = office.vera().await;
    let call = vera.call("c1", None).await.unwrap();

    assert_eq!(vera.call("c1", None).await, Ok(call));
    assert_eq!(vera.call("c2", None).await, Err(Code::AnotherCall));
    assert_eq!(vera.asks(CallId::from(7), CallRequest::Hangup).await, Err(Code::UnknownCall));
    let stranger = office.vera().await;
    assert_eq!(stranger.asks(call, CallRequest::Hangup).await, Err(Code::UnknownCall));
    assert_eq!(vera.asks(call, CallRequest::Hangup).await, Ok(()));
    assert_eq!(vera.shows(), "ended cancelled");
    assert_eq!(vera.asks(call, CallRequest::Hangup).await, Err(Code::UnknownCall));
}

#[actix_rt::test]
async fn as_many_calls_as_there_may_be() {
    let office = Office::open(6);
    let _desks = futures_util::future::join_all((1..=6).map(|account| office.desk(account))).await;
    let mut tabs = Vec::new();
    for cid in ["c1", "c2", "c3", "c4"] {
        let tab = office.vera().await;
        assert!(tab.call(cid, None).await.is_ok(), "{cid}");
        tabs.push(tab);
    }

    assert_eq!(office.vera().await.call("c5", None).await, Err(Code::CallsFull));
}

#[actix_rt::test]
async fn without_voice_there_are_no_calls() {
    let office = Office::open(1);
    office.change(|bakery| bakery.packages = vec![PackageRecord { has_voice: false, ..shop() }]).await;

    assert_eq!(office.vera().await.call("c1", None).await, Err(Code::NoVoice));
}

#[actix_rt::test]
async fn a_reloaded_page_gets_its_voice_back() {
    let office = Office::open(1);
    let (vera, _one, call) = talking(&office).await;
    let token = vera.welcome.tok.clone();

    drop(vera);
    settle().await;
    let again = office.visitor(Some(&token), &[]).await.unwrap();
    assert_eq!(again.welcome.call.as_ref().map(|call| call.id), Some(call));
    again.asks(call, CallRequest::Ready).await.unwrap();

    assert_eq!(again.frames.of("call.offer").last().unwrap()["g"], 2);
    office.media.happens(call, CallSide::Visitor, Heard::Connected);
    settle().await;
    assert_eq!(again.shows(), "active");
    let bad = CallRequest::Answer { g: 2, sdp: "bad".to_owned() };
    assert_eq!(again.asks(call, bad).await, Err(Code::Invalid));
}

#[actix_rt::test]
async fn a_page_that_is_gone_ends_the_call_in_time() {
    let office = Office::open(1);
    let (vera, one, call) = talking(&office).await;

    drop(vera);
    office.media.happens(call, CallSide::Visitor, Heard::Silent);
    sleep(Duration::from_secs(12)).await;
    assert_eq!(one.shows(), "reconnecting");
    sleep(Duration::from_secs(2)).await;

    assert_eq!(one.shows(), "ended peer_lost");
}

#[actix_rt::test]
async fn a_call_is_handed_over() {
    let office = Office::open(2);
    let (vera, one, call) = talking(&office).await;
    let two = office.desk(2).await;

    one.line.transfer_call(call, Some(AccountId::from(2))).await.unwrap();
    settle().await;
    assert_eq!((one.shows(), two.shows()), ("active".to_owned(), "ringing".to_owned()));
    two.accepts(call).await.unwrap();

    assert_eq!((one.shows(), two.shows()), ("ended transferred".to_owned(), "connecting".to_owned()));
    two.asks(call, CallRequest::Ready).await.unwrap();
    office.media.happens(call, CallSide::Consultant, Heard::Connected);
    settle().await;
    assert_eq!((vera.shows(), two.shows()), ("active".to_owned(), "active".to_owned()));
    assert_eq!(one.asks(call, CallRequest::Hangup).await, Err(Code::UnknownCall));
}

#[actix_rt::test]
async fn when_the_hub_stops_both_are_told() {
    let office = Office::open(1);
    let (vera, one, _call) = talking(&office).await;

    office.hub.end_calls();
    settle().await;

    assert_eq!((vera.shows(), one.shows()), ("ended server_shutdown".into(), "ended server_shutdown".into()));
}

#[actix_rt::test]
async fn a_chat_asks_for_a_call_and_remembers_it() {
    let office = Office::open(1);
    let one = office.desk(1).await;
    let vera = office.vera().await;
    let chat: ChatId = vera.open("o1").await.unwrap().chat;
    one.line.claim(chat).await.unwrap();
    settle().await;

    one.line.ask_call(chat).await.unwrap();
    one.line.ask_call(chat).await.unwrap();
    vera.line.not_now(chat).await.unwrap();
    vera.line.not_now(chat).await.unwrap();
    let call = vera.call("c1", Some(1)).await.unwrap();
    vera.asks(call, CallRequest::Hangup).await.unwrap();

    let facts: Vec<_> = vera.frames.of("ev").iter().map(|event| event["k"].as_str().unwrap().to_owned()).collect();
    assert_eq!(facts, ["joined", "invited", "invite_declined", "called"]);
}

#[actix_rt::test]
async fn another_page_becomes_the_same_visitor_by_a_code() {
    let office = Office::open(1);
    let vera = office.vera().await;
    let chat = vera.open("o1").await.unwrap().chat;

    assert!(vera.line.handover("c2cv_wrong".to_owned(), None).is_err());
    let code = vera.line.handover(vera.welcome.tok.clone(), Some(AccountId::from(1))).unwrap();
    let page = office.greet(VisitorHello { code: Some(code.clone()), ..hello(KEY) }).await.unwrap();

    assert_eq!(page.welcome.tok, vera.welcome.tok);
    assert_eq!(page.welcome.call_to, Some(AccountId::from(1)));
    assert_eq!(page.welcome.chats.iter().map(|chat| chat.id).collect::<Vec<_>>(), [chat]);
    let late = office.greet(VisitorHello { code: Some(code), ..hello(KEY) }).await.unwrap();
    assert_ne!(late.welcome.tok, vera.welcome.tok);
    assert_eq!(late.welcome.call_to, None);
}
