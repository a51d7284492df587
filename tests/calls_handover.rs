//! From the chat to the call page: invited, not now, and the code that makes another page the same visitor.

use serde_json::{Value, json};

use crate::harness::calls::{VOICE, caller, refused, setup};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::visitor::{PACKAGE, Visitor};
use crate::harness::web::ANNA;

/// Codes of one visitor that may wait to be used.
const OF_ONE_VISITOR: usize = 5;

async fn code(vera: &mut Visitor, to: Value) -> String {
    vera.socket.send(json!({ "t": "handover", "tok": vera.token, "to": to })).await;
    let code = vera.socket.answer_where("a code", |frame| frame["t"] == "handover").await;
    code["code"].as_str().unwrap().to_owned()
}

async fn greet_with(hub: &Hub, code: &str, package: &str) -> Visitor {
    Visitor::greet(&hub.door, json!({ "t": "hello", "v": 1, "pkg": package, "code": code })).await
}

#[tokio::test]
async fn a_code_makes_another_page_the_same_visitor_once_and_only_once() {
    let hub = Hub::start(setup());
    let anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("May I call you?").await;

    let first = code(&mut vera, anna.account().into()).await;
    assert!(first.len() == 32 && first.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    let there = greet_with(&hub, &first, PACKAGE).await;
    assert_eq!((&there.token, &there.welcome["chats"][0]["id"]), (&vera.token, &json!(chat)), "{}", there.welcome);
    assert_eq!(there.welcome["call_to"], anna.account(), "{}", there.welcome);

    let again = greet_with(&hub, &first, PACKAGE).await;
    assert!(again.token != vera.token && again.welcome["chats"] == json!([]), "{}", again.welcome);
    assert_eq!(again.welcome.get("call_to"), None, "{}", again.welcome);

    let second = code(&mut vera, Value::Null).await;
    assert_ne!(second, first);
    let elsewhere = greet_with(&hub, &second, VOICE).await;
    assert_ne!(elsewhere.token, vera.token, "a code is for its package");
    assert_ne!(greet_with(&hub, &second, PACKAGE).await.token, vera.token, "a wrong try uses it up");

    let third = code(&mut vera, Value::Null).await;
    let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "code": third });
    let pages = tokio::join!(
        Visitor::greet(&hub.door, hello.clone()),
        Visitor::greet(&hub.door, hello.clone()),
        Visitor::greet(&hub.door, hello.clone()),
    );
    let same = [&pages.0, &pages.1, &pages.2].into_iter().filter(|page| page.token == vera.token).count();
    assert_eq!(same, 1, "of three pages at once one is the visitor");
}

#[tokio::test]
async fn a_code_that_does_not_work_leaves_the_token_to_decide() {
    let hub = Hub::start(setup());
    let mut vera = Visitor::arrive(&hub.door).await;

    for code in ["", "0000000000000000000000000000000z", "9f2c4be07d51a83640e1b7c95d2f8a63"] {
        let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "code": code, "tok": vera.token });
        assert_eq!(Visitor::greet(&hub.door, hello).await.token, vera.token, "{code}");
        assert_ne!(greet_with(&hub, code, PACKAGE).await.token, vera.token, "{code}");
    }
    let foreign = caller(&hub).await.token;
    for token in [foreign.as_str(), "", "c2cv_guessed"] {
        let refused = refused(&mut vera.socket, json!({ "t": "handover", "tok": token })).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("invalid"), &json!("tok")), "{refused}");
    }
}

#[tokio::test]
async fn one_code_too_many_takes_the_place_of_the_oldest() {
    let hub = Hub::start(setup());
    let mut vera = Visitor::arrive(&hub.door).await;
    let mut codes = Vec::new();
    for _ in 0..=OF_ONE_VISITOR {
        codes.push(code(&mut vera, Value::Null).await);
    }

    let stranger = greet_with(&hub, &codes[0], PACKAGE).await;
    let same = greet_with(&hub, &codes[1], PACKAGE).await;

    assert_ne!(stranger.token, vera.token);
    assert_eq!(same.token, vera.token);
}

#[tokio::test]
async fn an_invitation_is_answered_with_not_now() {
    let hub = Hub::start(setup());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Is it complicated?").await;
    anna.claim(&chat).await;
    let kind = |kind: &'static str| move |frame: &Value| frame["t"] == "ev" && frame["k"] == kind;

    let nobody_asked = refused(&mut vera.socket, json!({ "t": "not_now", "chat": NOBODYS_CHAT })).await;
    assert_eq!(nobody_asked["code"], "unknown_chat", "{nobody_asked}");
    anna.socket.send(json!({ "t": "ask_call", "chat": chat })).await;
    let invited = vera.socket.frame_where("an invitation", kind("invited")).await;
    assert_eq!(invited["consultant"]["id"], anna.account(), "{invited}");
    vera.socket.send(json!({ "t": "not_now", "chat": chat })).await;
    let declined = anna.socket.frame_where("the answer", kind("invite_declined")).await;
    assert_eq!(declined["from"], json!({ "by": "visitor" }), "{declined}");

    let kinds: Vec<_> = anna.browser.events(&chat).await.iter().map(|event| event["k"].clone()).collect();
    assert_eq!(kinds, ["said", "joined", "invited", "invite_declined"]);
}

const NOBODYS_CHAT: &str = "0000000000001";
