//! Accounts as owners keep them: invitations, links, roles, the last owner, the order, and the audit of it all.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::team::{ask, id_of, invite, link_token, member};
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN, Browser, OLGA};

const CORA: &str = "cora@bakery.example";
const OTHER: &str = "canary-Stale9-crust-Basket-17";

/// How soon a desk must be closed whose sign-in is over.
const AT_ONCE: Duration = Duration::from_secs(1);

async fn closes_at_once(desk: &mut Desk, begun: Instant) {
    let code = desk.socket.closed().await;
    assert!(begun.elapsed() < AT_ONCE, "closed with {code} after {:?}", begun.elapsed());
}

async fn is_signed_out(browser: &Browser) -> bool {
    ask(browser, Method::GET, "/v1/me", &Value::Null).await.0 == 401
}

#[tokio::test]
async fn somebody_invited_chooses_a_password_and_takes_a_chat() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let (status, made) = ask(&olga, Method::POST, "/v1/accounts", &member(CORA)).await;
    assert_eq!((status, &made["account"]["has_joined"]), (201, &json!(false)), "{made}");
    assert_eq!(made["link"]["purpose"], "invitation");
    let token = link_token(&made["link"]);
    let mut cora = Browser::new(&hub.door);
    assert_eq!(cora.sign_in(CORA, PASSWORD).await.status(), 401, "nobody signs in without a password");

    let (status, seen) = ask(&cora, Method::POST, "/v1/links/look", &json!({ "token": token })).await;
    let expected = json!({ "purpose": "invitation", "email": CORA, "given_name": "Cora", "business": "Bakery" });
    assert_eq!((status, seen), (200, expected));
    let weak = json!({ "token": token, "password": "cora@bakery.example" });
    let (status, problem) = ask(&cora, Method::POST, "/v1/links/use", &weak).await;
    assert_eq!((status, &problem["pointer"]), (400, &json!("/password")));
    let answer = cora.post("/v1/links/use", &json!({ "token": token, "password": PASSWORD })).await;
    assert_eq!((answer.status().as_u16(), answer.headers().get("set-cookie")), (204, None), "a link signs nobody in");

    let mut desk = Desk::available(&hub.door, CORA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    desk.sees_waiting(&chat).await;
    desk.claim(&chat).await;
    let list = olga.read("/v1/accounts").await;
    let listed = list["accounts"].as_array().unwrap().iter().find(|account| account["email"] == CORA).unwrap();
    assert_eq!(listed["has_joined"], true);
}

#[tokio::test]
async fn a_reset_link_changes_the_password_and_ends_every_sign_in() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let mut anna = Desk::open(&hub.door, ANNA).await;
    let path = format!("/v1/accounts/{}/link", id_of(&olga, ANNA).await);
    let (status, link) = ask(&olga, Method::POST, &path, &json!({})).await;
    assert_eq!((status, &link["purpose"]), (200, &json!("reset")), "{link}");
    assert!(!is_signed_out(&anna.browser).await, "a link that nobody used changes nothing");

    let begun = Instant::now();
    let used = json!({ "token": link_token(&link), "password": OTHER });
    assert_eq!(anna.browser.post("/v1/links/use", &used).await.status(), 204);

    closes_at_once(&mut anna, begun).await;
    assert!(is_signed_out(&anna.browser).await);
    let mut browser = Browser::new(&hub.door);
    assert_eq!(browser.sign_in(ANNA, PASSWORD).await.status(), 401);
    assert_eq!(browser.sign_in(ANNA, OTHER).await.status(), 200);
}

#[tokio::test]
async fn links_that_are_used_replaced_or_made_up_answer_alike() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let anna = id_of(&olga, ANNA).await;
    let path = format!("/v1/accounts/{anna}/link");
    let mut tokens = vec!["x".to_owned(), format!("c2cl_{}", "A".repeat(43)), format!("c2cs_{}", "A".repeat(43))];
    for _replaced_then_used in 0..2 {
        tokens.push(link_token(&ask(&olga, Method::POST, &path, &json!({})).await.1));
    }
    let nobody = Browser::new(&hub.door);
    let used = json!({ "token": tokens.last().unwrap(), "password": OTHER });
    assert_eq!(nobody.post("/v1/links/use", &used).await.status(), 204);

    let mut answers = Vec::new();
    for token in &tokens {
        answers.push(ask(&nobody, Method::POST, "/v1/links/look", &json!({ "token": token })).await);
        let body = json!({ "token": token, "password": "short" });
        answers.push(ask(&nobody, Method::POST, "/v1/links/use", &body).await);
    }

    assert_eq!((answers[0].0, &answers[0].1["code"]), (404, &json!("unknown_link")));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_business_keeps_an_owner_and_nobody_deletes_the_own_account() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let own = format!("/v1/accounts/{}", id_of(&olga, OLGA).await);
    let demote = json!({ "role": "consultant" });
    for (method, body, code) in
        [(Method::DELETE, Value::Null, "yourself"), (Method::PATCH, demote.clone(), "last_owner")]
    {
        let (status, problem) = ask(&olga, method, &own, &body).await;
        assert_eq!((status, &problem["code"]), (409, &json!(code)));
    }
    let mut second = member(CORA);
    second["role"] = json!("owner");
    let token = invite(&olga, &second).await;
    assert_eq!(ask(&olga, Method::PATCH, &own, &demote).await.1["code"], "last_owner", "an invitation is no owner");
    olga.post("/v1/links/use", &json!({ "token": token, "password": PASSWORD })).await;

    assert_eq!(ask(&olga, Method::PATCH, &own, &demote).await.0, 200);

    assert!(is_signed_out(&olga).await, "another role begins with another sign-in");
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let (status, problem) = ask(&olga, Method::GET, "/v1/accounts", &Value::Null).await;
    assert_eq!((status, &problem["code"]), (403, &json!("owners_only")));
}

#[tokio::test]
async fn an_e_mail_belongs_to_one_account_however_it_is_written() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let ben = format!("/v1/accounts/{}", id_of(&olga, BEN).await);
    let taken = " ANNA@Bakery.EXAMPLE ";

    let made = ask(&olga, Method::POST, "/v1/accounts", &member(taken)).await;
    let changed = ask(&olga, Method::PATCH, &ben, &json!({ "email": taken })).await;

    for (status, problem) in [made, changed] {
        assert_eq!((status, &problem["code"], &problem["pointer"]), (409, &json!("email_taken"), &json!("/email")));
    }
    let (status, same) = ask(&olga, Method::PATCH, &ben, &json!({ "email": "BEN@bakery.example" })).await;
    assert_eq!((status, &same["email"]), (200, &json!(BEN)), "one's own e-mail is not taken");
}

#[tokio::test]
async fn every_field_ends_at_its_limit() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let email = |length: usize| json!(format!("{}@bakery.example", "o".repeat(length - "@bakery.example".len())));
    let name = |length: usize| json!("ż".repeat(length));
    let squares = (0..100).map(|number: u32| number.pow(2).to_string()).collect::<Vec<_>>().join(" loaf ");
    let password = |length: usize| json!(squares[..length]);
    let cases = [
        ("email", email(64), true),
        ("email", email(65), false),
        ("given_name", name(40), true),
        ("given_name", name(41), false),
        ("given_name", json!(" \u{202E} "), false),
        ("family_name", name(40), true),
        ("family_name", name(41), false),
        ("password", password(12), true),
        ("password", password(11), false),
        ("password", password(256), true),
        ("password", password(257), false),
        ("password", json!("Bakery-Cora-26"), false),
        ("photo", json!("/i/../../v1/me"), false),
        ("photo", json!(format!("/i/{}.png", "0".repeat(64))), false),
        ("photo", json!("https://evil.example/a.png"), false),
        ("role", json!("admin"), false),
        ("takes_calls", json!("yes"), false),
        ("language", json!("de"), false),
        ("id", json!("0000000000000"), false),
        ("has_joined", json!(true), false),
    ];
    for (number, (field, value, is_taken)) in cases.into_iter().enumerate() {
        let mut body = member(&format!("cora{number}@bakery.example"));
        body[field] = value;
        let (status, answer) = ask(&olga, Method::POST, "/v1/accounts", &body).await;
        if is_taken {
            assert_eq!(status, 201, "{field} {number}: {answer}");
        } else {
            assert_eq!((status, &answer["pointer"]), (400, &json!(format!("/{field}"))), "{field} {number}: {answer}");
        }
    }
}

#[tokio::test]
async fn nobody_gives_oneself_a_role() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    for field in ["role", "email", "takes_calls", "has_second_factor", "password", "business"] {
        let (status, problem) = ask(&anna, Method::PATCH, "/v1/me", &json!({ field: "owner" })).await;
        assert_eq!((status, &problem["pointer"]), (400, &json!(format!("/{field}"))));
    }
    let named = json!({ "given_name": " Ania\u{202E}\n", "language": "pl", "photo": null });
    let (status, me) = ask(&anna, Method::PATCH, "/v1/me", &named).await;

    assert_eq!((status, &me["given_name"], &me["photo"]), (200, &json!("Ania"), &Value::Null), "{me}");
    assert_eq!(me["role"], "consultant");
}

#[tokio::test]
async fn accounts_stand_in_the_order_that_was_set() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let ids = async || -> Vec<Value> {
        let list = olga.read("/v1/accounts").await;
        list["accounts"].as_array().unwrap().iter().map(|account| account["id"].clone()).collect()
    };
    let mut order = ids().await;
    order.reverse();
    let (status, list) = ask(&olga, Method::PUT, "/v1/accounts/order", &json!({ "accounts": order })).await;
    assert_eq!((status, &list["accounts"][0]["id"]), (200, &order[0]));
    assert_eq!(ids().await, order);

    let mut twice = order.clone();
    twice[0] = twice[1].clone();
    let foreign = [&order[..], &[json!("0000000000000")]].concat();
    for wrong in [order[1..].to_vec(), twice, foreign, Vec::new()] {
        let (status, problem) = ask(&olga, Method::PUT, "/v1/accounts/order", &json!({ "accounts": wrong })).await;
        assert_eq!((status, &problem["code"]), (409, &json!("stale")));
    }
    assert_eq!(ids().await, order);
}

#[tokio::test]
async fn whoever_loses_access_loses_the_desk_at_once() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let anna = format!("/v1/accounts/{}", id_of(&olga, ANNA).await);
    let sign_out = format!("{anna}/sign-out");
    let cases = [
        (Method::PATCH, anna.as_str(), json!({ "role": "owner" }), 200, PASSWORD),
        (Method::PATCH, &anna, json!({ "role": "consultant" }), 200, PASSWORD),
        (Method::PATCH, &anna, json!({ "password": OTHER }), 200, OTHER),
        (Method::POST, &sign_out, json!({}), 204, OTHER),
    ];
    let mut password = PASSWORD;
    for (method, path, body, expected, next) in cases {
        let mut browser = Browser::new(&hub.door);
        assert_eq!(browser.sign_in(ANNA, password).await.status(), 200);
        let mut desk = Desk::beside(&browser).await;

        let begun = Instant::now();
        assert_eq!(ask(&olga, method, path, &body).await.0, expected, "{body}");

        closes_at_once(&mut desk, begun).await;
        assert!(is_signed_out(&browser).await, "{body}");
        password = next;
    }
    let mut browser = Browser::new(&hub.door);
    browser.sign_in(ANNA, password).await;
    let mut desk = Desk::beside(&browser).await;
    let begun = Instant::now();
    assert_eq!(ask(&olga, Method::DELETE, &anna, &Value::Null).await.0, 204);
    closes_at_once(&mut desk, begun).await;
    assert_eq!(Browser::new(&hub.door).sign_in(ANNA, password).await.status(), 401);
    assert_eq!(ask(&olga, Method::DELETE, &anna, &Value::Null).await.0, 404, "it is gone");
    assert_eq!(ask(&olga, Method::POST, "/v1/accounts", &member(ANNA)).await.0, 201, "the e-mail is free again");
}

#[tokio::test]
async fn what_changes_no_access_leaves_the_desk_open() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let path = format!("/v1/accounts/{}", id_of(&olga, ANNA).await);
    let change = json!({ "given_name": "Ania", "role": "consultant", "sends_transcripts": true, "language": "pl" });
    let (status, changed) = ask(&olga, Method::PATCH, &path, &change).await;
    assert_eq!((status, &changed["sends_transcripts"]), (200, &json!(true)));

    anna.set_status("busy").await;
    assert!(!is_signed_out(&anna.browser).await);
}

#[tokio::test]
async fn the_chats_of_a_deleted_account_wait_again_and_keep_its_name() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let (chat, last) = (vera.open_chat("Good morning").await, "How can I help?");
    anna.claim(&chat).await;
    anna.say(&chat, last).await;
    let path = format!("/v1/accounts/{}", id_of(&olga, ANNA).await);

    assert_eq!(ask(&olga, Method::DELETE, &path, &Value::Null).await.0, 204);

    let waits = |frame: &Value| frame["change"]["what"] == "waits" && frame["change"]["visitor"]["preview"] == last;
    ben.socket.frame_where("the chat waiting again", waits).await;
    ben.claim(&chat).await;
    let page = ben.browser.read(&format!("/v1/chats/{chat}/events")).await;
    assert!(page["faces"].as_array().unwrap().iter().any(|face| face["name"] == "Anna"), "{page}");
}
