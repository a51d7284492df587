//! Calls that fall: both sides are told, each has one record that ends, and nobody stays busy for them.
//!
//! The hub panics on purpose when it is built with the feature `chaos` and told so by `HUB_CHAOS`.

use serde_json::{Value, json};

use crate::harness::calls::{act, answer, caller, is_shown, listed, mute, nothing_is_left, setup, try_call};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::phone::Phone;
use crate::harness::socket::{Heard, Socket};
use crate::harness::until;
use crate::harness::web::ANNA;

const CALLS: usize = 40;
/// Of so many calls, with ten chances to fall each.
const FALLS: f64 = 10.0;

/// One side of a call, doing what its page does.
struct Side<'a> {
    page: &'a mut Socket,
    is_desk: bool,
    call: &'a str,
    phone: Option<Phone>,
    step: Step,
}

/// How far one side has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Rings,
    Ready,
    Talks,
    Over,
}

impl<'a> Side<'a> {
    fn new(page: &'a mut Socket, is_desk: bool, call: &'a str) -> Self {
        Self { page, is_desk, call, phone: None, step: Step::Rings }
    }

    async fn react(&mut self, heard: Heard) {
        let Heard::Frame(frame) = heard else { panic!("closed: {heard:?}") };
        match frame["t"].as_str().unwrap() {
            "call" if frame["id"] == *self.call => self.sees(frame["state"].as_str().unwrap()).await,
            "call.offer" if frame["fresh"] == true => {
                let phone = self.phone.insert(Phone::new());
                let sdp = phone.answer(frame["sdp"].as_str().unwrap());
                answer(self.page, self.call, &frame["g"], &sdp).await;
            }
            "err" => {
                let code = frame["code"].as_str().unwrap();
                assert!(matches!(code, "unavailable" | "unknown_call"), "{frame}");
            }
            _ => {}
        }
    }

    async fn sees(&mut self, state: &str) {
        match state {
            "ringing" if self.is_desk => {
                self.page.send(json!({ "t": "call.accept", "call": self.call })).await;
            }
            "connecting" if self.step < Step::Ready => {
                self.step = Step::Ready;
                act(self.page, self.call, "ready").await;
            }
            "active" if self.step < Step::Talks => {
                self.step = Step::Talks;
                mute(self.page, self.call, true).await;
                mute(self.page, self.call, false).await;
                if !self.is_desk {
                    // Pressed twice: a call may fall while its end is being kept.
                    act(self.page, self.call, "hangup").await;
                    act(self.page, self.call, "hangup").await;
                }
            }
            "ended" => self.step = Step::Over,
            _ => {}
        }
    }
}

#[tokio::test]
async fn falling_calls_end_for_everybody_and_keep_one_record_each() {
    let hub = Hub::start(setup().env("HUB_CHAOS", "call=0.12,seed=11"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;
    let mut calls: Vec<String> = Vec::new();

    for _ in 0..CALLS {
        let call = try_call(&mut vera).await.unwrap();
        let mut visitor = Side::new(&mut vera.socket, false, &call);
        let mut desk = Side::new(&mut anna.socket, true, &call);
        while visitor.step.min(desk.step) < Step::Over {
            tokio::select! {
                heard = visitor.page.hear() => visitor.react(heard).await,
                heard = desk.page.hear() => desk.react(heard).await,
            }
        }
        calls.push(call);
    }

    let me = anna.account().to_owned();
    is_shown(&mut anna, &me, "available").await;
    nothing_is_left(&hub).await;
    let records = until("the end of every call", async || {
        let records = listed(&anna.browser, "").await;
        records.iter().all(|record| record["ended_at"].is_i64()).then_some(records)
    })
    .await;
    let ids: Vec<Value> = records.iter().rev().map(|record| record["id"].clone()).collect();
    assert_eq!(ids, calls, "one record of each call");
    for record in &records {
        assert!(record["reason"] == "visitor_hangup" || record["reason"] == "error", "{record}");
        assert!(record["reason"] == "error" || record["talking_since"].is_i64(), "{record}");
    }
    let falls = hub.metric("actor_restarts_total{actor=\"call\"}").await;
    assert!(falls >= FALLS, "only {falls} falls: is the hub built with `--features chaos`?");
    let broken = records.iter().filter(|record| record["reason"] == "error").count();
    assert!((5..CALLS).contains(&broken), "{broken} of {CALLS} calls broke");
}
