//! A browser comes back and asks for what it missed: all of it, none twice, nothing of others.

use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::{PACKAGE, Visitor, chat_in};
use crate::harness::web::{ANNA, visitor_page};
use crate::harness::web::{BEN, pages};

/// Messages on their way at once while many are written.
const WINDOW: usize = 30;

struct Talk {
    hub: Hub,
    anna: Desk,
    token: String,
    epoch: String,
    chat: String,
    known: u64,
}

/// Vera opens a chat, anna answers, vera's browser goes; anna goes on writing.
async fn missed(messages: usize) -> Talk {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.claim(&chat).await;
    let known = vera.event(&chat).await["seq"].as_u64().unwrap();
    let (token, epoch) = (vera.token.clone(), vera.epoch.clone());
    drop(vera);

    write_many(&mut anna, &chat, messages).await;
    Talk { hub, anna, token, epoch, chat, known }
}

async fn write_many(anna: &mut Desk, chat: &str, messages: usize) {
    let mut written = 0;
    while written < messages {
        let batch = WINDOW.min(messages - written);
        let frames: Vec<Value> = (written..written + batch)
            .map(|number| json!({ "t": "say", "chat": chat, "cid": format!("m{number}"), "body": format!("line {number}") }))
            .collect();
        anna.socket.send(json!(frames)).await;
        for _ in 0..batch {
            let answer =
                anna.socket.frame_where("an answer", |frame| !frame["cid"].is_null() && frame["t"] != "ev").await;
            assert_eq!(answer["t"], "ack", "{answer}");
        }
        written += batch;
    }
}

fn bodies(events: &[Value]) -> Vec<String> {
    let said = events.iter().filter(|event| event["k"] == "said");
    said.map(|event| event["body"].as_str().unwrap().to_owned()).collect()
}

fn lines(messages: usize) -> Vec<String> {
    (0..messages).map(|number| format!("line {number}")).collect()
}

async fn resumes_without_reset(messages: usize) {
    let talk = missed(messages).await;

    let vera = Visitor::resume(&talk.hub.door, &talk.token, &talk.epoch, json!({ &talk.chat: talk.known })).await;

    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    let events = view["events"].as_array().unwrap();
    assert_eq!(view["reset"], false);
    assert_eq!(bodies(events), lines(messages));
    assert_eq!(events[0]["seq"], talk.known + 1);
    assert_eq!(view["seq"], talk.known + u64::try_from(messages).unwrap());
}

#[tokio::test]
async fn one_missed_message_comes_with_the_welcome() {
    resumes_without_reset(1).await;
}

#[tokio::test]
async fn sixty_four_missed_messages_come_with_the_welcome() {
    resumes_without_reset(64).await;
}

#[tokio::test]
async fn three_hundred_missed_messages_come_with_the_welcome() {
    resumes_without_reset(300).await;
}

#[tokio::test]
async fn two_thousand_missed_messages_come_page_by_page_after_a_reset() {
    const MANY: usize = 2_000;
    let talk = missed(MANY).await;

    let vera = Visitor::resume(&talk.hub.door, &talk.token, &talk.epoch, json!({ &talk.chat: talk.known })).await;

    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    let newest = view["events"].as_array().unwrap();
    assert_eq!(view["reset"], true);
    assert_eq!(newest.last().unwrap()["seq"], view["seq"], "a reset brings the newest events");
    let page = |before| visitor_page(&talk.hub.door, &talk.token, PACKAGE, &talk.chat, before);
    let all = pages(page).await.unwrap();
    let places: Vec<u64> = all.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(places, (1..=talk.known + 2_000).collect::<Vec<u64>>());
    assert_eq!(bodies(&all)[1..], lines(MANY));
    assert_eq!(all[all.len() - newest.len()..], newest[..], "pages and welcome tell the same");
    assert_eq!(talk.anna.browser.events(&talk.chat).await, all, "the consultant reads the same");
}

#[tokio::test]
async fn a_desk_resumes_the_chats_it_answers() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("one").await;
    let known = anna.claim(&chat).await["seq"].clone();
    let (browser, epoch) = (anna.browser.clone(), anna.welcome["epoch"].clone());
    drop(anna);
    vera.say(&chat, "two").await;
    vera.say(&chat, "three").await;

    let again = Desk::greet(&browser, json!({ "epoch": epoch, "chats": { &chat: known } })).await;

    let view = &again.welcome["chats"][0];
    assert_eq!(view["reset"], false);
    assert_eq!(bodies(view["events"].as_array().unwrap()), ["two", "three"]);
}

#[tokio::test]
async fn who_knows_everything_is_told_nothing() {
    let talk = missed(0).await;

    let vera = Visitor::resume(&talk.hub.door, &talk.token, &talk.epoch, json!({ &talk.chat: talk.known })).await;

    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    assert_eq!((&view["events"], &view["reset"]), (&json!([]), &json!(false)));
}

#[tokio::test]
async fn a_place_the_chat_never_reached_is_a_reset() {
    let talk = missed(3).await;

    let vera = Visitor::resume(&talk.hub.door, &talk.token, &talk.epoch, json!({ &talk.chat: 4_000_000 })).await;

    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    assert_eq!(view["reset"], true);
    assert_eq!(bodies(view["events"].as_array().unwrap()), ["Good morning", "line 0", "line 1", "line 2"]);
}

#[tokio::test]
async fn another_epoch_is_a_reset() {
    let talk = missed(3).await;

    let vera = Visitor::resume(&talk.hub.door, &talk.token, "another", json!({ &talk.chat: talk.known })).await;

    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    assert_eq!(view["reset"], true);
    assert_eq!(bodies(view["events"].as_array().unwrap()), ["Good morning", "line 0", "line 1", "line 2"]);
}

#[tokio::test]
async fn after_a_restored_backup_browsers_forget_what_the_backup_does_not_know() {
    let mut talk = missed(2).await;
    let backup = talk.hub.data().join("backup");
    let (status, said) = talk.hub.tool(&["backup", backup.to_str().unwrap()], "");
    assert!(status.success(), "{said}");
    write_more(&mut talk.anna, &talk.chat).await;
    assert!(talk.hub.stop().success());
    let (status, said) = talk.hub.tool(&["restore", backup.to_str().unwrap()], "");
    assert!(status.success(), "{said}");
    talk.hub.run();

    let vera = Visitor::resume(&talk.hub.door, &talk.token, &talk.epoch, json!({ &talk.chat: talk.known + 3 })).await;

    assert_ne!(vera.epoch, talk.epoch, "another history has another name");
    let view = chat_in(&vera.welcome, &talk.chat).unwrap();
    assert_eq!(view["reset"], true);
    assert_eq!(bodies(view["events"].as_array().unwrap()), ["Good morning", "line 0", "line 1"]);
}

async fn write_more(anna: &mut Desk, chat: &str) {
    let seq = anna.say(chat, "after the backup").await;
    assert!(seq > 0);
}

#[tokio::test]
async fn foreign_chats_are_unknown_in_every_frame() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let secret = vera.open_chat("my secret").await;
    anna.claim(&secret).await;
    let stranger = Visitor::arrive(&hub.door).await;

    let resume = json!({ &secret: 0, "0000000000000": 0 });
    let mut stranger = Visitor::resume(&hub.door, &stranger.token, &stranger.epoch, resume).await;
    assert_eq!(stranger.welcome["chats"], json!([]), "nothing of a foreign chat");
    for frame in [
        json!({ "t": "say", "chat": secret, "cid": "x", "body": "let me in" }),
        json!({ "t": "close", "chat": secret }),
    ] {
        stranger.socket.send(frame.clone()).await;
        let answer = stranger.socket.frame("err").await;
        assert_eq!(answer["code"], "unknown_chat", "{frame}");
        assert!(!answer.to_string().contains("secret"), "{answer}");
    }
    stranger.socket.send(json!({ "t": "seen", "chat": secret, "seq": 1 })).await;
    stranger.socket.send(json!({ "t": "typing", "chat": secret, "draft": "let me in" })).await;
    let not_yours = ben.try_say(&secret, "let me in").await;
    assert!(["not_yours", "unknown_chat"].contains(&not_yours["code"].as_str().unwrap()), "{not_yours}");
    let answer = ben.try_claim("0000000000000").await;
    assert_eq!(answer["code"], "unknown_chat", "{answer}");

    vera.say(&secret, "still only ours").await;
    let next = anna.socket.frame_where("the next frame of the chat", |frame| frame["chat"] == *secret).await;
    assert_eq!(next["body"], "still only ours", "neither typing nor seen nor say of a stranger arrived");
    let foreign = visitor_status(&hub, &stranger.token, &secret).await;
    let unknown = visitor_status(&hub, &stranger.token, "0000000000000").await;
    assert_eq!((foreign, unknown), (404, 404));
}

async fn visitor_status(hub: &Hub, token: &str, chat: &str) -> u16 {
    let url = format!("{}/v1/visitor/chats/{chat}/events", hub.door.http());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(url).bearer_auth(token).header("x-package", PACKAGE).send().await.unwrap();
    answer.status().as_u16()
}
