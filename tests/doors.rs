//! Who may open a socket: origins, tickets, tokens, the first frame.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::handshake::client::Request;

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::socket::{Heard, Socket, desk_handshake, handshake};
use crate::harness::visitor::{self, PACKAGE, Visitor};
use crate::harness::web::{ANNA, BEN, Browser};

/// Opens a visitor's socket from this origin and says this hello; returns how the hub turns it away.
async fn turned_away(hub: &Hub, origin: &str, hello: &Value) -> Option<u16> {
    outcome(handshake(&hub.door, visitor::PATH, Some(origin)), hello).await
}

/// The same at the desk, from a browser in which somebody signed in.
async fn desk_turned_away(browser: &Browser, origin: &str, hello: &Value) -> Option<u16> {
    outcome(desk_handshake(browser, Some(origin)), hello).await
}

async fn outcome(handshake: Request, hello: &Value) -> Option<u16> {
    match Socket::shake(handshake).await {
        Err(Error::Http(answer)) => Some(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
        Ok(mut socket) => {
            socket.send(hello.clone()).await;
            match socket.hear().await {
                Heard::Closed(code) => Some(code),
                Heard::Frame(_) => None,
            }
        }
    }
}

#[tokio::test]
async fn the_desk_opens_for_pages_of_the_hub_only() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let own = hub.door.http();
    let with_path = format!("{own}/");
    let prefix_trick = format!("{own}.evil.example");
    let longer_port = format!("{own}0");
    let other_scheme = own.replace("http:", "https:");
    let foreign = [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        &with_path,
        &prefix_trick,
        &longer_port,
        &other_scheme,
        "",
    ];

    for origin in foreign {
        let hello = json!({ "t": "hello", "v": 1, "ticket": browser.ticket().await.unwrap() });
        let code = desk_turned_away(&browser, origin, &hello).await;
        assert_eq!(code, Some(403), "{origin:?}");
    }
    let hello = json!({ "t": "hello", "v": 1, "ticket": browser.ticket().await.unwrap() });
    assert_eq!(outcome(desk_handshake(&browser, None), &hello).await, Some(403), "no origin at all");
    assert_eq!(desk_turned_away(&browser, &own, &hello).await, None);
}

#[tokio::test]
async fn the_chat_opens_for_the_hubs_own_chat_document_only() {
    let hub = Hub::start(Setup::roomy());
    let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE });
    let own = hub.door.http();
    let prefix_trick = format!("{own}.evil.example");

    for origin in ["https://evil.example", "null", &prefix_trick] {
        assert_eq!(turned_away(&hub, origin, &hello).await, Some(403), "{origin:?}");
    }
    assert_eq!(outcome(handshake(&hub.door, visitor::PATH, None), &hello).await, Some(403), "no origin at all");
    assert_eq!(turned_away(&hub, &own, &hello).await, None);
}

#[tokio::test]
async fn a_ticket_opens_one_desk() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let ticket = browser.ticket().await.unwrap();
    let hello = json!({ "t": "hello", "v": 1, "ticket": ticket });
    let own = hub.door.http();

    assert_eq!(desk_turned_away(&browser, &own, &hello).await, None);
    assert_eq!(desk_turned_away(&browser, &own, &hello).await, Some(4101), "used up");
}

#[tokio::test]
async fn a_made_up_ticket_opens_nothing() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let own = hub.door.http();

    for ticket in ["", "x", &"A".repeat(43), &"A".repeat(10_000), "../../etc/passwd", "\u{0}"] {
        let hello = json!({ "t": "hello", "v": 1, "ticket": ticket });
        assert_eq!(desk_turned_away(&browser, &own, &hello).await, Some(4101), "{ticket:?}");
    }
    let foreign = Browser::signed_in(&hub.door, BEN).await.ticket().await.unwrap();
    let hello = json!({ "t": "hello", "v": 1, "ticket": foreign });
    assert_eq!(desk_turned_away(&browser, &own, &hello).await, Some(4101), "the ticket of somebody else");
    let hello = json!({ "t": "hello", "v": 1 });
    assert_eq!(desk_turned_away(&browser, &own, &hello).await, Some(4502), "no ticket at all");
}

#[tokio::test]
async fn a_ticket_lives_for_thirty_seconds_and_dies_with_the_sign_in() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let own = hub.door.http();
    let old = json!({ "t": "hello", "v": 1, "ticket": browser.ticket().await.unwrap() });
    let leaving = Browser::signed_in(&hub.door, ANNA).await;
    let orphan = json!({ "t": "hello", "v": 1, "ticket": leaving.ticket().await.unwrap() });
    let answer = leaving.post("/v1/sign-out", &json!({})).await;
    assert_eq!(answer.status(), 204);

    assert_eq!(desk_turned_away(&leaving, &own, &orphan).await, Some(401), "signed out");
    assert_eq!(desk_turned_away(&browser, &own, &orphan).await, Some(4101), "signed out");
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(desk_turned_away(&browser, &own, &old).await, Some(4101), "too old");
}

#[tokio::test]
async fn without_a_hello_the_socket_is_closed_after_five_seconds() {
    let hub = Hub::start(Setup::roomy());
    let begun = Instant::now();
    let mut silent = Socket::open(&hub.door, visitor::PATH).await.unwrap();
    let mut wrong = Socket::open(&hub.door, visitor::PATH).await.unwrap();
    wrong.send(json!({ "t": "pong" })).await;

    assert_eq!(silent.closed().await, 4008);
    assert!(begun.elapsed() > Duration::from_secs(4), "too early: {:?}", begun.elapsed());
    assert_eq!(wrong.closed().await, 4502, "another frame is no hello");
}

#[tokio::test]
async fn a_version_the_hub_does_not_speak_is_told_to_stop() {
    let hub = Hub::start(Setup::roomy());
    let own = hub.door.http();
    for version in [2, 99, 65_535] {
        let hello = json!({ "t": "hello", "v": version, "pkg": PACKAGE });
        assert_eq!(turned_away(&hub, &own, &hello).await, Some(4510), "{version}");
    }
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let hello = json!({ "t": "hello", "v": 99, "ticket": browser.ticket().await.unwrap() });
    assert_eq!(desk_turned_away(&browser, &own, &hello).await, Some(4510));
}

#[tokio::test]
async fn an_unknown_package_is_told_to_stop() {
    let hub = Hub::start(Setup::roomy());
    let own = hub.door.http();
    for key in ["nobody", "", "demo-en'--", "DEMO-EN", &"k".repeat(5_000)] {
        let hello = json!({ "t": "hello", "v": 1, "pkg": key });
        assert_eq!(turned_away(&hub, &own, &hello).await, Some(4504), "{key:?}");
    }
}

#[tokio::test]
async fn a_made_up_visitor_token_makes_a_new_visitor() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    vera.open_chat("Good morning").await;

    for token in ["", "x", &"A".repeat(43), &"A".repeat(3_000)] {
        let stranger = Visitor::again(&hub.door, token).await;
        assert_ne!(stranger.token, token);
        assert_ne!(stranger.token, vera.token);
        assert_eq!(stranger.welcome["chats"], json!([]));
    }
}

#[tokio::test]
async fn a_second_hello_does_not_change_who_one_is() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    let mut stranger = Visitor::arrive(&hub.door).await;

    stranger.socket.send(json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "tok": vera.token })).await;
    stranger.socket.send(json!({ "t": "say", "chat": chat, "cid": "x", "body": "I am vera" })).await;

    match stranger.socket.hear().await {
        Heard::Closed(code) => assert_eq!(code, 4502),
        Heard::Frame(frame) => {
            assert_eq!(frame["t"], "err", "{frame}");
            assert_eq!(stranger.answer("x").await["code"], "unknown_chat");
        }
    }
}

#[tokio::test]
async fn signing_out_closes_the_desks_within_a_second() {
    let hub = Hub::start(Setup::roomy());
    let mut desk = Desk::open(&hub.door, ANNA).await;
    let mut tab = Desk::beside(&desk.browser).await;

    let begun = Instant::now();
    let answer = desk.browser.post("/v1/sign-out", &json!({})).await;

    assert_eq!(answer.status(), 204);
    assert_eq!(desk.socket.closed().await, 4101);
    assert_eq!(tab.socket.closed().await, 4101);
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(desk.browser.ticket().await.unwrap_err(), 401);
}
