//! Who may do what: every route of the API, asked by everybody, with ids of one's own, of others and of nobody.
//!
//! The routes come from the hub's own description. One without a row in the table fails the test.

mod asked;
mod table;

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::web::{ANNA, Browser, OLGA};
use asked::Bakery;
use table::{Row, rows};

const FIONA: &str = "fiona@florist.example";
/// An id of the right form that no row ever gets.
pub(crate) const NOBODYS_ID: &str = "7ZZZZZZZZZZZZ";

/// A hub with two businesses; the Florist has an owner only.
fn two_businesses() -> Hub {
    let mut hub = Hub::start(Setup::roomy());
    hub.stop();
    let names = ["--given-name", "Fiona", "--family-name", "Flower", "--role", "owner"];
    let account = ["account", "add", "--business", "Florist", "--email", FIONA];
    let (status, said) = hub.tool(&[&account[..], &names[..]].concat(), &format!("{PASSWORD}\n"));
    assert!(status.success(), "{said}");
    hub.run();
    hub
}

/// `METHOD /path` of everything the hub describes.
fn described(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let routes = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    routes.collect()
}

async fn signed_in(hub: &Hub) -> (Browser, Browser) {
    (Browser::signed_in(&hub.door, ANNA).await, Browser::signed_in(&hub.door, OLGA).await)
}

async fn ask(browser: &Browser, row: &Row, path: &str, at: usize) -> (StatusCode, String) {
    let method = Method::from_bytes(row.method.as_bytes()).unwrap();
    let request = browser.request(method, path);
    let request = match asked::body(row, at) {
        asked::Body::Nothing => request,
        asked::Body::Json(body) => request.json(&body),
        asked::Body::File(kind, bytes) => request.header("content-type", kind).body(bytes),
    };
    let answer = request.send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_table_says() {
    let hub = two_businesses();
    let nobody = Browser::new(&hub.door);
    let (mut consultant, mut owner) = signed_in(&hub).await;
    let fiona = Browser::signed_in(&hub.door, FIONA).await;
    let bakery = Bakery::new(&hub, Browser::signed_in(&hub.door, OLGA).await).await;
    let described = described(&nobody.read("/v1/openapi.json").await);
    let listed: BTreeSet<String> = rows().iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    assert_eq!(described, listed, "left: what the hub describes; right: the table");

    let mut wrong = Vec::new();
    for row in rows() {
        let actors = [
            ("nobody", &nobody, row.nobody),
            ("consultant", &consultant, row.consultant),
            ("owner", &owner, row.owner),
        ];
        for (at, (who, browser, expected)) in actors.into_iter().enumerate() {
            let (status, said) = ask(browser, &row, &bakery.own(&row, browser, at).await, at).await;
            if status.as_u16() != expected {
                wrong.push(format!("{} {} by {who}: {status}, expected {expected}: {said}", row.method, row.path));
            }
        }
        if row.path == "/v1/sign-out" {
            // Whoever asked that is gone for the rows after it.
            (consultant, owner) = signed_in(&hub).await;
        }
        let Some(expected) = row.foreign else { continue };
        let (foreign, said) = ask(&fiona, &row, &bakery.own(&row, &owner, 3).await, 3).await;
        let (unknown, known_as) = ask(&fiona, &row, &asked::unknown(&row), 3).await;
        if foreign.as_u16() != expected || unknown != foreign || said != known_as {
            let route = format!("{} {}", row.method, row.path);
            wrong.push(format!(
                "{route} by a stranger: {foreign}, expected {expected}: {said}; unknown id: {unknown}: {known_as}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn nobody_writes_from_another_origin() {
    let hub = two_businesses();
    let owner = Browser::signed_in(&hub.door, OLGA).await;
    let cookie = owner.cookie.clone().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for row in rows().iter().filter(|row| row.method != "GET") {
        let url = format!("{}{}", hub.door.http(), asked::unknown(row));
        let method = Method::from_bytes(row.method.as_bytes()).unwrap();
        let request = client.request(method, url).header("cookie", &cookie).header("origin", "https://evil.example");

        let answer = request.json(&serde_json::json!({})).send().await.unwrap();

        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{} {}", row.method, row.path);
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "origin", "{} {}", row.method, row.path);
    }
}
