//! Canaries in every secret and every private text: none may reach a log, a metric or another answer.

use reqwest::Method;
use serde_json::json;

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::visitor::{PACKAGE, Visitor};
use crate::harness::web::{ANNA, Browser, get, visitor_page};

const TEXT: &str = "canary-text-7f3a";
const DRAFT: &str = "canary-draft-91bc";
const PAGE: &str = "https://bakery.example/?secret=canary-page-22d0";
const GUESS: &str = "canary-guess-5e11";

#[tokio::test]
async fn no_secret_and_no_private_text_is_logged() {
    let mut hub = Hub::start(Setup::roomy().env("HUB_LOG__LEVEL", "trace"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "page": { "url": PAGE, "title": TEXT } });
    let mut vera = Visitor::greet(&hub.door, hello).await;
    let chat = vera.open_chat(TEXT).await;
    anna.claim(&chat).await;
    vera.socket.send(json!({ "t": "typing", "chat": chat, "draft": DRAFT })).await;
    anna.socket.frame("typing").await;
    vera.say(&chat, TEXT).await;
    anna.say(&chat, TEXT).await;
    vera.try_say(&chat, &TEXT.repeat(500)).await;
    vera.socket.send_text(&format!("{{ {TEXT}")).await;
    vera.socket.frame("err").await;
    let ticket = anna.browser.ticket().await.unwrap();
    Browser::new(&hub.door).sign_in(ANNA, GUESS).await;
    Browser::new(&hub.door).post("/v1/sign-in", &json!({ "email": ANNA, "password": { "x": GUESS } })).await;
    visitor_page(&hub.door, &vera.token, PACKAGE, &chat, None).await.unwrap();
    get(&format!("{}/healthz?token={GUESS}", hub.door.http())).await;
    let cookie = anna.browser.cookie.clone().unwrap();
    let metrics = get(&format!("{}/metrics", hub.door.ops())).await.text().await.unwrap();
    hub.stop();

    let log = hub.log();
    assert!(log.lines().count() > 10, "nothing was logged, so this shows nothing: {log}");
    let secret_of_cookie = cookie.split_once('=').unwrap().1.to_owned();
    for (what, canary) in [
        ("a password", PASSWORD),
        ("a guessed password", GUESS),
        ("a message", TEXT),
        ("a draft", DRAFT),
        ("the page of a visitor", PAGE),
        ("a visitor's token", &vera.token),
        ("a ticket", &ticket),
        ("a cookie", &secret_of_cookie),
    ] {
        let line = log.lines().find(|line| line.contains(canary));
        assert_eq!(line, None, "{what} is in the log");
        assert!(!metrics.contains(canary), "{what} is in the metrics");
    }
}

#[tokio::test]
async fn consultants_never_see_a_visitors_token() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;

    let waiting = anna.sees_waiting(&chat).await.to_string();
    let view = anna.claim(&chat).await.to_string();
    let fresh = Desk::beside(&anna.browser).await.welcome.to_string();
    let page = anna.browser.read(&format!("/v1/chats/{chat}/events")).await.to_string();
    let previous = anna.browser.read(&format!("/v1/chats/{chat}/previous")).await.to_string();

    for told in [waiting, view, fresh, page, previous] {
        assert!(!told.contains(&vera.token), "{told}");
    }
}

#[tokio::test]
async fn the_data_holds_no_token_and_no_password_in_the_clear() {
    let mut hub = Hub::start(Setup::roomy());
    let anna = Desk::open(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    vera.open_chat("Good morning").await;
    let cookie = anna.browser.cookie.clone().unwrap();
    let sign_in = cookie.split_once('=').unwrap().1.to_owned();
    hub.stop();

    for entry in std::fs::read_dir(hub.data()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in [PASSWORD, &vera.token, &sign_in] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret stands in {}", path.display());
        }
    }
}

#[tokio::test]
async fn a_visitor_cannot_read_as_a_consultant_nor_the_other_way_round() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let desk_page = format!("{}/v1/chats/{chat}/events", hub.door.http());
    let visitor_url = format!("{}/v1/visitor/chats/{chat}/events", hub.door.http());

    assert_eq!(client.get(&desk_page).bearer_auth(&vera.token).send().await.unwrap().status(), 401);
    assert_eq!(client.get(&desk_page).send().await.unwrap().status(), 401);
    let with_cookie = client.get(&visitor_url).header("cookie", anna.cookie.as_ref().unwrap());
    let status = with_cookie.header("x-package", PACKAGE).send().await.unwrap().status();
    assert!(status == 401 || status == 404, "{status}");
    let other_package = client.get(&visitor_url).bearer_auth(&vera.token).header("x-package", "nobody");
    assert_eq!(other_package.send().await.unwrap().status(), 404);
    for path in ["/v1/chats/0000000000000/events", "/v1/chats/nonsense/events", "/v1/chats/0000000000000/previous"] {
        assert_eq!(anna.request(Method::GET, path).send().await.unwrap().status(), 404, "{path}");
    }
    for query in ["limit=0", "limit=201", "limit=x", "before=x", "before=-1"] {
        let answer = anna.request(Method::GET, &format!("/v1/chats/{chat}/events?{query}")).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{query}");
    }
}
