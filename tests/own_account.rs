//! What an account does with itself: its password, and the browsers it is signed in with.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::team::{ask, link_token};
use crate::harness::web::{ANNA, BEN, Browser, OLGA};

const OTHER: &str = "canary-Stale9-crust-Basket-17";
/// How soon a desk must be closed whose sign-in is over.
const AT_ONCE: Duration = Duration::from_secs(1);

async fn status_of_me(browser: &Browser) -> u16 {
    ask(browser, Method::GET, "/v1/me", &Value::Null).await.0
}

async fn devices(browser: &Browser) -> Vec<Value> {
    browser.read("/v1/me/sign-ins").await["sign_ins"].as_array().unwrap().clone()
}

#[tokio::test]
async fn another_password_keeps_this_browser_and_signs_out_all_others() {
    let hub = Hub::start(Setup::roomy());
    let mut here = Desk::open(&hub.door, ANNA).await;
    let mut there = Desk::open(&hub.door, ANNA).await;
    let before = here.browser.clone();

    let begun = Instant::now();
    let body = json!({ "current": PASSWORD, "password": OTHER });
    let answer = here.browser.request(Method::PUT, "/v1/me/password").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 204);
    here.browser.keep_cookie(&answer);

    there.socket.closed().await;
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
    assert_eq!((status_of_me(&there.browser).await, status_of_me(&before).await), (401, 401));
    assert_eq!(status_of_me(&here.browser).await, 200, "with its new cookie");
    here.set_status("busy").await;
    assert_eq!(Browser::new(&hub.door).sign_in(ANNA, PASSWORD).await.status(), 401);
    assert_eq!(Browser::new(&hub.door).sign_in(ANNA, OTHER).await.status(), 200);

    let begun = Instant::now();
    assert_eq!(here.browser.post("/v1/sign-out", &json!({})).await.status(), 204);
    here.socket.closed().await;
    assert!(begun.elapsed() < AT_ONCE, "the desk that stayed open belongs to the new sign-in");
}

#[tokio::test]
async fn another_password_needs_the_current_one_and_is_a_good_one() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let cases = [
        (json!({ "current": "wrong", "password": OTHER }), "wrong_password", "/current"),
        (json!({ "current": PASSWORD, "password": "too short" }), "invalid", "/password"),
        (json!({ "current": PASSWORD, "password": "anna@bakery.example" }), "invalid", "/password"),
        (json!({ "current": PASSWORD }), "invalid", "/password"),
        (json!({ "current": PASSWORD, "password": OTHER, "role": "owner" }), "invalid", "/role"),
    ];
    for (body, code, pointer) in cases {
        let (status, problem) = ask(&anna, Method::PUT, "/v1/me/password", &body).await;
        assert_eq!((status, &problem["code"], &problem["pointer"]), (400, &json!(code), &json!(pointer)), "{body}");
    }
    assert_eq!(status_of_me(&anna).await, 200, "a refusal signs nobody out");
}

#[tokio::test]
async fn a_stolen_cookie_is_no_faster_way_to_guess() {
    let hub = Hub::start(Setup::strict());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let mut looked_at = 0;
    for number in 0..20 {
        let guess = json!({ "current": format!("guess-number-{number}"), "password": OTHER });
        let status = ask(&anna, Method::PUT, "/v1/me/password", &guess).await.0;
        assert!(status == 400 || status == 429, "{status}");
        looked_at += usize::from(status == 400);
    }

    assert!((1..=9).contains(&looked_at), "{looked_at} guesses were looked at");
}

#[tokio::test]
async fn an_account_sees_its_browsers_and_signs_one_out() {
    let hub = Hub::start(Setup::roomy());
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    let mut there = Browser::new(&hub.door);
    let credentials = json!({ "email": ANNA, "password": PASSWORD });
    let request = there.request(Method::POST, "/v1/sign-in").header("user-agent", firefox).json(&credentials);
    let answer = request.send().await.unwrap();
    there.keep_cookie(&answer);
    let mut desk = Desk::beside(&there).await;
    let here = Browser::signed_in(&hub.door, ANNA).await;
    let ben = Browser::signed_in(&hub.door, BEN).await;

    let listed = devices(&here).await;
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert_eq!((&listed[0]["is_current"], &listed[1]["is_current"]), (&json!(true), &json!(false)), "newest first");
    assert_eq!((&listed[1]["browser"], &listed[1]["system"]), (&json!("Firefox 128"), &json!("Linux")));
    assert_eq!(listed[1]["ip"], "127.0.0.1");
    let cookie = there.cookie.clone().unwrap();
    assert!(!format!("{listed:?}").contains(cookie.split_once('=').unwrap().1), "a cookie is told");

    let path = format!("/v1/me/sign-ins/{}", listed[1]["id"].as_str().unwrap());
    for (browser, path) in
        [(&ben, path.as_str()), (&here, "/v1/me/sign-ins/0000000000000000"), (&here, "/v1/me/sign-ins/x")]
    {
        let (status, problem) = ask(browser, Method::DELETE, path, &Value::Null).await;
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_sign_in")), "{path}");
    }
    let begun = Instant::now();
    assert_eq!(ask(&here, Method::DELETE, &path, &Value::Null).await.0, 204);
    desk.socket.closed().await;
    assert!(begun.elapsed() < AT_ONCE, "{:?}", begun.elapsed());
    assert_eq!((status_of_me(&there).await, status_of_me(&here).await), (401, 200));
    assert_eq!(devices(&here).await.len(), 1);

    let own = format!("/v1/me/sign-ins/{}", listed[0]["id"].as_str().unwrap());
    assert_eq!(ask(&here, Method::DELETE, &own, &Value::Null).await.0, 204);
    assert_eq!(status_of_me(&here).await, 401);
}

#[tokio::test]
async fn an_owner_nobody_can_help_gets_a_link_from_the_command_line() {
    let mut hub = Hub::start(Setup::roomy());
    hub.stop();
    let (status, said) = hub.tool(&["account", "reset-password", OLGA], "");
    assert!(status.success(), "{said}");
    let url = said.split_whitespace().find(|word| word.starts_with("http://")).expect(&said);
    let token = link_token(&json!({ "url": url }));
    hub.run();

    let mut olga = Browser::new(&hub.door);
    assert_eq!(olga.post("/v1/links/use", &json!({ "token": token, "password": OTHER })).await.status(), 204);

    assert_eq!(olga.sign_in(OLGA, OTHER).await.status(), 200);
    let entry = &olga.read("/v1/audit").await["entries"][1];
    assert_eq!((&entry["action"], entry.get("account")), (&json!("account.link_created"), None), "by the hub itself");
}
