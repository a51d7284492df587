//! Who is there, who writes, who has read — and several tabs that stay in step.

use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::{Visitor, chat_in};
use crate::harness::web::{ANNA, BEN};

struct Talk {
    hub: Hub,
    anna: Desk,
    vera: Visitor,
    chat: String,
}

async fn talk() -> Talk {
    let hub = Hub::start(Setup::roomy().env("HUB_CHAT__VISITOR_GRACE_SECONDS", "1"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.claim(&chat).await;
    vera.event(&chat).await;
    Talk { hub, anna, vera, chat }
}

#[tokio::test]
async fn typing_is_shown_on_both_sides() {
    let Talk { hub: _hub, mut anna, mut vera, chat } = talk().await;

    vera.socket.send(json!({ "t": "typing", "chat": chat, "draft": "I would li\u{202E}ke" })).await;
    assert_eq!(anna.socket.frame("typing").await["draft"], "I would like");
    vera.socket.send(json!({ "t": "typing", "chat": chat })).await;
    assert!(anna.socket.frame("typing").await["draft"].is_null());
    anna.socket.send(json!({ "t": "typing", "chat": chat, "writing": true })).await;
    assert_eq!(vera.socket.frame("typing").await["writing"], true);
    anna.socket.send(json!({ "t": "typing", "chat": chat, "writing": false })).await;
    assert_eq!(vera.socket.frame("typing").await["writing"], false);
}

#[tokio::test]
async fn read_marks_are_shown_on_both_sides_and_kept() {
    let Talk { mut hub, mut anna, mut vera, chat } = talk().await;
    let said = vera.say(&chat, "Have you read this?").await;
    anna.message(&chat).await;
    anna.socket.send(json!({ "t": "seen", "chat": chat, "seq": said })).await;
    assert_eq!(vera.socket.frame("seen").await["seq"], said);
    let answered = anna.say(&chat, "Yes. And you?").await;
    vera.message(&chat).await;
    vera.socket.send(json!({ "t": "seen", "chat": chat, "seq": answered })).await;
    assert_eq!(anna.socket.frame("seen").await["seq"], answered);
    vera.socket.send(json!({ "t": "seen", "chat": chat, "seq": 1 })).await;
    vera.socket.send(json!({ "t": "seen", "chat": chat, "seq": 4_000_000 })).await;
    vera.say(&chat, "A mark never goes back").await;

    let marks = |view: &Value| (view["seen"]["visitor"].clone(), view["seen"]["consultant"].clone());
    let tab = Visitor::again(&hub.door, &vera.token).await;
    let (visitor, consultant) = marks(chat_in(&tab.welcome, &chat).unwrap());
    assert_eq!(consultant, said);
    assert!(visitor.as_u64().unwrap() >= answered && visitor.as_u64().unwrap() <= answered + 1, "{visitor}");
    assert!(hub.stop().success());
    hub.run();
    let tab = Visitor::again(&hub.door, &vera.token).await;
    let (visitor, consultant) = marks(chat_in(&tab.welcome, &chat).unwrap());
    assert_eq!(consultant, said, "kept over a restart");
    assert!(visitor.as_u64().unwrap() >= answered, "{visitor}");
}

#[tokio::test]
async fn a_status_reaches_every_visitor_and_every_desk() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::open(&hub.door, BEN).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    assert_eq!(vera.welcome["open"], true);

    anna.set_status("away").await;

    let me = anna.account().to_owned();
    let is_away = |colleague: &Value| colleague["id"] == *me && colleague["status"] == "away";
    let told = |frame: &Value| frame["t"] == "delta" && is_away(&frame["change"]["colleague"]);
    ben.socket.frame_where("anna going away", told).await;
    let told = |frame: &Value| {
        frame["t"] == "presence" && frame["open"] == false && frame["team"].as_array().unwrap().iter().any(is_away)
    };
    vera.socket.frame_where("nobody being there", told).await;
    anna.set_status("busy").await;
    anna.set_status("available").await;
    vera.socket.frame_where("somebody being there", |frame| frame["t"] == "presence" && frame["open"] == true).await;
}

#[tokio::test]
async fn a_consultant_without_a_browser_is_away_after_the_grace() {
    let hub = Hub::start(Setup::roomy().env("HUB_CHAT__CONSULTANT_GRACE_SECONDS", "1"));
    let anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    assert_eq!(vera.welcome["open"], true);
    let browser = anna.browser.clone();

    drop(anna);

    vera.socket.frame_where("nobody being there", |frame| frame["t"] == "presence" && frame["open"] == false).await;
    let again = Desk::beside(&browser).await;
    assert_eq!(again.welcome["me"]["status"], "available", "the chosen status is kept");
    vera.socket.frame_where("anna being back", |frame| frame["t"] == "presence" && frame["open"] == true).await;
}

#[tokio::test]
async fn tabs_of_one_visitor_stay_in_step() {
    let Talk { hub, mut anna, mut vera, chat } = talk().await;
    let mut tab = Visitor::again(&hub.door, &vera.token).await;
    assert_eq!(chat_in(&tab.welcome, &chat).unwrap()["events"].as_array().unwrap().len(), 2);

    vera.say(&chat, "from the first tab").await;
    assert_eq!(tab.message(&chat).await, "from the first tab");
    tab.say(&chat, "from the second tab").await;
    assert_eq!(vera.message(&chat).await, "from the second tab");
    anna.say(&chat, "to both").await;
    assert_eq!(vera.message(&chat).await, "to both");
    assert_eq!(tab.message(&chat).await, "to both");
    assert_eq!(anna.message(&chat).await, "from the first tab");
    assert_eq!(anna.message(&chat).await, "from the second tab");
    let other = tab.open_chat("a chat of the second tab").await;
    assert_eq!(vera.message(&other).await, "a chat of the second tab");
    tab.socket.send(json!({ "t": "close", "chat": chat })).await;
    assert_eq!(vera.event(&chat).await["k"], "closed");
    assert_eq!(tab.event(&chat).await["k"], "closed");
}

#[tokio::test]
async fn tabs_of_one_consultant_stay_in_step() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut tab = Desk::beside(&anna.browser).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;

    anna.claim(&chat).await;
    let view = tab.socket.frame("chat").await;
    assert_eq!(view["id"], chat.as_str());
    anna.say(&chat, "from the first tab").await;
    assert_eq!(tab.message(&chat).await, "from the first tab");
    tab.say(&chat, "from the second tab").await;
    assert_eq!(anna.message(&chat).await, "from the second tab");
    vera.say(&chat, "to both").await;
    assert_eq!(anna.message(&chat).await, "to both");
    assert_eq!(tab.message(&chat).await, "to both");
    tab.set_status("busy").await;
    let me = anna.account().to_owned();
    let told = |frame: &Value| {
        let colleague = &frame["change"]["colleague"];
        colleague["id"] == *me && colleague["status"] == "busy"
    };
    anna.socket.frame_where("the status set in the other tab", told).await;
    tab.socket.send(json!({ "t": "close", "chat": chat })).await;
    assert_eq!(anna.event(&chat, "closed").await["from"]["by"], "consultant");
    assert_eq!(vera.socket.frame_where("the end", |frame| frame["k"] == "closed").await["t"], "ev");
}

#[tokio::test]
async fn the_consultant_sees_the_visitor_leave_and_come_back() {
    let Talk { hub, mut anna, vera, chat } = talk().await;
    let token = vera.token.clone();
    drop(vera);
    let left = anna.socket.frame_where("vera leaving", |frame| frame["t"] == "here" && frame["here"] == false).await;
    assert_eq!(left["chat"], chat.as_str());

    let mut vera = Visitor::again(&hub.door, &token).await;

    anna.socket.frame_where("vera coming back", |frame| frame["t"] == "here" && frame["here"] == true).await;
    vera.say(&chat, "Sorry, a reload").await;
    assert_eq!(anna.message(&chat).await, "Sorry, a reload");
}

#[tokio::test]
async fn lists_asked_for_again_are_the_same() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut chats = Vec::new();
    for number in 0..5 {
        chats.push(Visitor::arrive(&hub.door).await.open_chat(&format!("question {number}")).await);
    }

    let mut versions = Vec::new();
    for chat in &chats {
        let fits = |frame: &Value| frame["t"] == "delta" && frame["change"]["visitor"]["chat"] == **chat;
        let delta = anna.socket.frame_where("somebody waiting", fits).await;
        versions.push(delta["ver"].as_u64().unwrap());
    }
    anna.socket.send(json!({ "t": "lists" })).await;
    let lists = anna.socket.frame("lists").await;

    assert!(versions.windows(2).all(|pair| pair[0] < pair[1]), "{versions:?}");
    assert!(lists["ver"].as_u64().unwrap() >= *versions.last().unwrap());
    let listed: Vec<&str> =
        lists["waiting"].as_array().unwrap().iter().map(|entry| entry["chat"].as_str().unwrap()).collect();
    assert_eq!(listed, chats);
    assert_eq!(lists["team"].as_array().unwrap().len(), anna.welcome["lists"]["team"].as_array().unwrap().len());
}

#[tokio::test]
async fn finished_chats_are_listed_for_the_next_one() {
    let Talk { hub, mut anna, mut vera, chat } = talk().await;
    vera.say(&chat, "Thank you").await;
    anna.socket.send(json!({ "t": "close", "chat": chat })).await;
    anna.event(&chat, "closed").await;

    let mut again = Visitor::again(&hub.door, &vera.token).await;
    let next = again.open_chat("One more question").await;
    let view = anna.claim(&next).await;

    assert_eq!(view["visitor"]["previous_chats"], 1);
    let previous = anna.browser.read(&format!("/v1/chats/{next}/previous")).await;
    let listed = previous["chats"].as_array().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0]["id"], &listed[0]["messages"]), (&json!(chat), &json!(2)));
    assert_eq!(listed[0]["consultants"][0]["name"], "Anna");
    let events = anna.browser.events(&chat).await;
    let kinds: Vec<&str> = events.iter().map(|event| event["k"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["said", "joined", "said", "closed"]);
}
