//! Signing in and out: who may, how often, and what a cookie is worth.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::accounts;
use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::web::{ANNA, BEN, Browser, OLGA};

async fn problem(answer: reqwest::Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("application/problem+json"), "{kind}");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status);
    (status, body)
}

#[tokio::test]
async fn owner_and_consultants_sign_in_at_the_same_address() {
    let hub = Hub::start(Setup::roomy());
    for (email, role) in [(OLGA, "owner"), (ANNA, "consultant"), (BEN, "consultant")] {
        let browser = Browser::signed_in(&hub.door, email).await;

        let me = browser.read("/v1/me").await;

        assert_eq!((&me["email"], &me["role"]), (&json!(email), &json!(role)));
        assert_eq!(me["business"]["name"], "Bakery");
        assert!(!me.to_string().contains("password") && !me.to_string().contains("argon2"), "{me}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let hub = Hub::start(Setup::roomy());
    let mut browser = Browser::new(&hub.door);
    let wrong = browser.sign_in(ANNA, "canary-wrong-password").await;
    let wrong_headers: Vec<String> = wrong.headers().keys().map(ToString::to_string).collect();
    let unknown = browser.sign_in("nobody@bakery.example", "canary-wrong-password").await;
    let unknown_headers: Vec<String> = unknown.headers().keys().map(ToString::to_string).collect();

    assert_eq!(wrong_headers, unknown_headers);
    assert_eq!(problem(wrong).await, problem(unknown).await);
    let (status, body) = problem(browser.sign_in("", "").await).await;
    assert!(status == 401 || status == 400, "{status} {body}");
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn the_cookie_is_for_the_hub_alone() {
    let hub = Hub::start(Setup::roomy());
    let answer = Browser::new(&hub.door).sign_in(ANNA, PASSWORD).await;

    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("c2c=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_cookie_from_before_signing_in_is_worth_nothing_after_it() {
    let hub = Hub::start(Setup::roomy());
    let mut browser = Browser::new(&hub.door);
    let planted = format!("c2c={}", "A".repeat(43));
    browser.cookie = Some(planted.clone());

    let answer = browser.sign_in(ANNA, PASSWORD).await;

    assert_eq!(answer.status(), StatusCode::OK);
    assert_ne!(browser.cookie.as_ref(), Some(&planted));
    let mut thief = Browser::new(&hub.door);
    thief.cookie = Some(planted);
    assert_eq!(problem(thief.request(Method::GET, "/v1/me").send().await.unwrap()).await.1["code"], "signed_out");
}

#[tokio::test]
async fn signing_in_again_makes_the_older_cookie_worthless() {
    let hub = Hub::start(Setup::roomy());
    let mut browser = Browser::signed_in(&hub.door, ANNA).await;
    let old = browser.clone();
    browser.sign_in(ANNA, PASSWORD).await;

    assert_ne!(browser.cookie, old.cookie);
    assert_eq!(old.request(Method::GET, "/v1/me").send().await.unwrap().status(), 401);
    assert_eq!(browser.request(Method::GET, "/v1/me").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn after_signing_out_the_cookie_is_worthless() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;

    assert_eq!(browser.post("/v1/sign-out", &json!({})).await.status(), 204);

    assert_eq!(browser.request(Method::GET, "/v1/me").send().await.unwrap().status(), 401);
    assert_eq!(browser.ticket().await, Err(StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn a_sign_in_outlives_a_restart() {
    let mut hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    hub.kill();
    hub.run();

    assert_eq!(browser.read("/v1/me").await["email"], ANNA);
}

#[tokio::test]
async fn of_a_thousand_guesses_ten_are_looked_at() {
    let hub = Hub::start(Setup::strict().env("HUB_LIMITS__SIGN_INS_PER_PREFIX", "5000"));
    let mut looked_at = 0;
    let mut told_to_wait = 0;
    for number in 0..1_000 {
        // Another spelling of the same address is the same account.
        let email = if number % 2 == 0 { ANNA } else { "ANNA@bakery.example" };
        let answer = Browser::new(&hub.door).sign_in(email, &format!("guess-number-{number}")).await;
        match answer.status().as_u16() {
            401 => looked_at += 1,
            429 => {
                assert!(answer.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
                told_to_wait += 1;
            }
            other => panic!("answered {other}"),
        }
    }

    assert!(looked_at <= 10, "{looked_at} guesses were looked at");
    assert_eq!(looked_at + told_to_wait, 1_000);
    let (status, body) = problem(Browser::new(&hub.door).sign_in(ANNA, PASSWORD).await).await;
    assert_eq!((status, &body["code"]), (429, &json!("rate")), "not even the right one");
    assert_eq!(Browser::new(&hub.door).sign_in(BEN, PASSWORD).await.status(), 200, "others sign in");
}

#[tokio::test]
async fn one_address_guesses_fifty_times_whatever_the_account() {
    let hub = Hub::start(Setup::strict());
    let mut looked_at = 0;
    for number in 0..80 {
        let answer = Browser::new(&hub.door).sign_in(&format!("nobody{number}@bakery.example"), "guess").await;
        looked_at += usize::from(answer.status() == 401);
    }

    assert!((1..=50).contains(&looked_at), "{looked_at} guesses were looked at");
}

#[tokio::test]
async fn only_json_from_the_hubs_own_pages_writes() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let cookie = browser.cookie.clone().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let own = hub.door.http();
    let url = format!("{own}/v1/sign-out");
    let post = || client.post(&url).header("cookie", &cookie);

    let form = post().header("origin", &own).header("content-type", "application/x-www-form-urlencoded").body("a=b");
    assert_eq!(problem(form.send().await.unwrap()).await.0, 415);
    let text = post().header("origin", &own).header("content-type", "text/plain").body("{}");
    assert_eq!(problem(text.send().await.unwrap()).await.0, 415);
    for origin in ["https://evil.example", "null", &format!("{own}.evil.example")] {
        let foreign = post().header("origin", origin).json(&json!({}));
        let (status, body) = problem(foreign.send().await.unwrap()).await;
        assert_eq!((status, &body["code"]), (403, &json!("origin")), "{origin}");
    }
    assert_eq!(problem(post().json(&json!({})).send().await.unwrap()).await.0, 403, "no origin at all");
    let cross = post().header("origin", &own).header("sec-fetch-site", "cross-site").json(&json!({}));
    assert_eq!(problem(cross.send().await.unwrap()).await.0, 403);

    assert_eq!(browser.read("/v1/me").await["email"], ANNA, "still signed in");
    let read = client.get(format!("{own}/v1/sign-out")).header("cookie", &cookie).send().await.unwrap();
    assert!(read.status() == 404 || read.status() == 405, "{}", read.status());
}

#[tokio::test]
async fn a_field_nobody_asked_for_is_named_and_refused() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let extra = json!({ "email": ANNA, "password": PASSWORD, "role": "owner" });

    let (status, body) = problem(browser.post("/v1/sign-in", &extra).await).await;
    assert_eq!((status, &body["pointer"]), (400, &json!("/role")));
    let patch = browser.request(Method::PATCH, "/v1/me").json(&json!({ "language": "pl", "role": "owner" }));
    let (status, body) = problem(patch.send().await.unwrap()).await;
    assert_eq!((status, &body["pointer"]), (400, &json!("/role")));
    let patch = browser.request(Method::PATCH, "/v1/me").json(&json!({ "language": "xx" }));
    assert_eq!(problem(patch.send().await.unwrap()).await.1["pointer"], "/language");
    let me = browser.read("/v1/me").await;
    assert_eq!(me["role"], "consultant");
}

#[tokio::test]
async fn the_language_of_the_admin_is_kept() {
    let hub = Hub::start(Setup::roomy());
    let browser = Browser::signed_in(&hub.door, ANNA).await;
    let patch = browser.request(Method::PATCH, "/v1/me").json(&json!({ "language": "pl" }));
    assert_eq!(patch.send().await.unwrap().status(), 200);

    assert_eq!(Browser::signed_in(&hub.door, ANNA).await.read("/v1/me").await["language"], "pl");
}

#[tokio::test]
async fn the_set_up_link_makes_one_owner_once() {
    let mut hub = Hub::start(Setup::empty());
    let log = hub.log();
    let token = log.split("/admin/#setup=").nth(1).expect("no set-up link printed").split_whitespace().next().unwrap();
    let olga = |token: &str| {
        json!({
            "token": token, "business": "Bakery", "given_name": "Olga", "family_name": "Oven",
            "email": OLGA, "password": PASSWORD, "language": "en",
        })
    };
    let mut browser = Browser::new(&hub.door);
    assert_eq!(browser.post("/v1/setup", &olga("wrong")).await.status(), 404);
    let mut weak = olga(token);
    weak["password"] = json!("short");
    assert_eq!(problem(browser.post("/v1/setup", &weak).await).await.1["pointer"], "/password");

    let answer = browser.post("/v1/setup", &olga(token)).await;
    assert_eq!(answer.status(), 201);
    browser.keep_cookie(&answer);

    assert_eq!(browser.read("/v1/me").await["role"], "owner");
    let (status, body) = problem(browser.post("/v1/setup", &olga(token)).await).await;
    assert_eq!((status, &body["code"]), (404, &json!("not_found")));
    hub.stop();
    hub.run();
    assert_eq!(hub.log().matches("#setup=").count(), 1, "no link once there is an account");
    assert_eq!(browser.post("/v1/setup", &olga(token)).await.status(), 404);
}

#[tokio::test]
async fn an_added_account_signs_in_and_the_same_e_mail_is_refused() {
    let mut hub = Hub::start(Setup::roomy());
    hub.stop();
    let (status, said) = accounts::add(&hub, "cora@bakery.example", "consultant");
    assert!(status.success(), "{said}");
    assert!(!said.contains(PASSWORD), "{said}");
    let (status, said) = accounts::add(&hub, "CORA@bakery.example", "consultant");
    assert!(!status.success(), "{said}");
    let (status, said) = accounts::add(&hub, "not an address", "consultant");
    assert!(!status.success(), "{said}");
    hub.run();

    let me = Browser::signed_in(&hub.door, "cora@bakery.example").await.read("/v1/me").await;
    assert_eq!((&me["given_name"], &me["role"]), (&json!("Cora"), &json!("consultant")));
}
