//! The waiting room: who is next, how long it takes, and what consultants see of it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::{PACKAGE, Visitor, chat_in};
use crate::harness::web::{ANNA, BEN};

#[tokio::test]
async fn the_place_in_line_moves_when_somebody_in_front_is_answered() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut line = Vec::new();
    for number in 1..=3 {
        let mut visitor = Visitor::arrive(&hub.door).await;
        let chat = visitor.open_chat(&format!("I am number {number}")).await;
        visitor.place(&chat, number).await;
        line.push((visitor, chat));
    }

    anna.claim(&line[0].1).await;

    let (second, chat) = &mut line[1];
    let told = |frame: &Value| frame["chat"] == **chat && frame["place"] == 1 && frame["estimate_seconds"].is_u64();
    second.socket.frame_where("the first place, with an estimate as somebody was answered", told).await;
    let (third, chat) = &mut line[2];
    third.place(chat, 2).await;
    let (first, chat) = &mut line[0];
    let joined = first.event(chat).await;
    assert_eq!((&joined["k"], &joined["consultant"]["name"]), (&json!("joined"), &json!("Anna")));
}

#[tokio::test]
async fn nobody_is_promised_a_time_before_anybody_was_answered() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;

    let told = vera.place(&chat, 1).await;

    assert!(told["estimate_seconds"].is_null(), "{told}");
}

#[tokio::test]
async fn desks_see_who_waits_longest_first() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let page = json!({ "url": "https://bakery.example/bread", "title": "Bread" });
    let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "page": page });
    let mut vera = Visitor::greet(&hub.door, hello).await;
    let first = vera.open_chat("Do you have rye?").await;
    let mut wanda = Visitor::arrive(&hub.door).await;
    let second = wanda.open_chat("And wheat?").await;

    let seen = anna.sees_waiting(&first).await;
    assert_eq!(seen["at"], 0);
    assert_eq!(seen["visitor"]["preview"], "Do you have rye?");
    assert_eq!(seen["visitor"]["page"], "https://bakery.example/bread");
    assert_eq!(seen["visitor"]["here"], true);
    assert_eq!(anna.sees_waiting(&second).await["at"], 1);
    let ben = Desk::open(&hub.door, BEN).await;
    let waiting = ben.welcome["lists"]["waiting"].as_array().unwrap();
    let chats: Vec<&Value> = waiting.iter().map(|entry| &entry["chat"]).collect();
    assert_eq!(chats, [&json!(first), &json!(second)]);
    assert!(waiting[0]["since"].as_i64().unwrap() <= waiting[1]["since"].as_i64().unwrap());
}

#[tokio::test]
async fn a_claimed_visitor_leaves_every_desks_list() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    ben.sees_waiting(&chat).await;

    anna.claim(&chat).await;

    let gone = |frame: &Value| frame["change"]["what"] == "waits_no_more" && frame["change"]["chat"] == *chat;
    ben.socket.frame_where("vera leaving the list", gone).await;
    let late = ben.try_claim(&chat).await;
    assert_eq!(late["code"], "chat_taken");
}

#[tokio::test]
async fn a_visitor_who_closes_the_chat_waits_no_more() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    let mut wanda = Visitor::arrive(&hub.door).await;
    let behind = wanda.open_chat("Good morning too").await;
    wanda.place(&behind, 2).await;

    vera.socket.send(json!({ "t": "close", "chat": chat })).await;

    wanda.place(&behind, 1).await;
    let gone = |frame: &Value| frame["change"]["what"] == "waits_no_more" && frame["change"]["chat"] == *chat;
    anna.socket.frame_where("vera leaving the list", gone).await;
    let answer = anna.try_claim(&chat).await;
    assert!(["chat_closed", "unknown_chat", "chat_taken"].contains(&answer["code"].as_str().unwrap()), "{answer}");
}

#[tokio::test]
async fn a_reload_keeps_the_place_in_line() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    let mut wanda = Visitor::arrive(&hub.door).await;
    let behind = wanda.open_chat("Good morning too").await;
    wanda.place(&behind, 2).await;
    let token = vera.token.clone();
    drop(vera);

    let again = Visitor::again(&hub.door, &token).await;

    let view = chat_in(&again.welcome, &chat).unwrap();
    assert_eq!((&view["state"], &view["place"]), (&json!("waiting"), &json!(1)));
    assert_eq!(again.token, token);
}

#[tokio::test]
async fn the_line_outlives_a_restart() {
    let mut hub = Hub::start(Setup::roomy());
    let mut waiting = Vec::new();
    for number in 0..5 {
        let mut visitor = Visitor::arrive(&hub.door).await;
        waiting.push(visitor.open_chat(&format!("question {number}")).await);
    }
    hub.kill();
    hub.run();

    let anna = Desk::open(&hub.door, ANNA).await;

    let list = anna.welcome["lists"]["waiting"].as_array().unwrap();
    let chats: Vec<&str> = list.iter().map(|entry| entry["chat"].as_str().unwrap()).collect();
    assert_eq!(chats, waiting);
}

#[tokio::test]
async fn a_visitor_who_went_away_is_marked_and_stays_until_the_grace_is_over() {
    let hub = Hub::start(Setup::roomy().env("HUB_CHAT__VISITOR_GRACE_SECONDS", "2"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.sees_waiting(&chat).await;

    let left_at = std::time::Instant::now();
    drop(vera);

    let away = |frame: &Value| {
        let change = &frame["change"];
        let is_marked = change["what"] == "waits" && change["visitor"]["here"] == false;
        is_marked || change["what"] == "waits_no_more"
    };
    anna.socket.frame_where("vera going away", away).await;
    assert!(left_at.elapsed() < Duration::from_secs(20));
    let view = anna.try_claim(&chat).await;
    assert!(view["t"] == "chat" || view["code"] == "chat_closed", "{view}");
}
