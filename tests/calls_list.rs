//! The list of calls at the desk, and what the edge refuses before anybody is rung.

use serde_json::{Value, json};

use crate::harness::PATIENCE;
use crate::harness::calls::{NOBODYS_CALL, caller, sees, try_call};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, Browser, OLGA, get};

/// The only call of the list.
async fn listed(browser: &Browser, query: &str) -> Value {
    let page = browser.read(&format!("/v1/calls{query}")).await;
    assert_eq!((page["calls"].as_array().unwrap().len(), page.get("next")), (1, None), "{page}");
    page["calls"][0].clone()
}

#[tokio::test]
async fn without_calls_the_list_is_empty_and_has_one_page() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;

    for path in ["/v1/calls", "/v1/calls?missed=true", "/v1/calls?missed=false&before=0000000000001"] {
        assert_eq!(anna.read(path).await, json!({ "calls": [] }), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_question_is_answered_with_a_problem() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;

    for query in
        ["missed=maybe", "missed=", "before=1", "before=IIIIIIIIIIIII", "before=", "limit=5", "missed=true&x=1"]
    {
        let answer = anna.request(reqwest::Method::GET, &format!("/v1/calls?{query}")).send().await.unwrap();

        assert_eq!(answer.status(), 400, "{query}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{query}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "invalid", "{query}");
    }
}

#[tokio::test]
async fn pages_where_people_talk_may_open_the_microphone_and_no_others() {
    let hub = Hub::start(Setup::roomy());
    let permissions = async |path: &str| {
        let answer = get(&format!("{}{path}", hub.door.http())).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.headers()["permissions-policy"].to_str().unwrap().to_owned()
    };

    for path in ["/p/demo-voice", "/admin/", "/admin/calls"] {
        assert!(permissions(path).await.contains("microphone=(self)"), "{path}");
    }
    for path in ["/w/demo-en/chat", "/demo/", "/healthz"] {
        assert!(permissions(path).await.contains("microphone=()"), "{path}");
    }
}

#[tokio::test]
async fn a_call_nobody_answers_is_listed_as_missed() {
    let hub = Hub::start(Setup::roomy().env("HUB_MEDIA__RING_SECONDS", "1"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;

    let call = try_call(&mut vera).await.unwrap();
    let over = sees(&mut vera.socket, &call, "ended").await;

    assert_eq!(over["reason"], "no_answer", "{over}");
    let is_kept = |frame: &Value| frame["t"] == "delta" && frame["change"]["what"] == "calls";
    anna.socket.frame_where("the list of calls is another one", is_kept).await;
    let kept = listed(&anna.browser, "?missed=true").await;
    assert_eq!((&kept["id"], &kept["package"]), (&json!(call), &json!("Bakery by phone")), "{kept}");
    assert_eq!((&kept["reason"], &kept["is_missed"]), (&json!("no_answer"), &json!(true)), "{kept}");
    assert_eq!((&kept["seconds"], kept.get("consultant"), kept.get("answered_at")), (&json!(0), None, None), "{kept}");
    let ring = &kept["rings"][0];
    assert_eq!((&ring["account"], &ring["name"]), (&json!(anna.account()), &json!("Anna")), "{kept}");
    assert_eq!(ring["outcome"], "missed", "{kept}");
    assert_eq!(anna.browser.read(&format!("/v1/calls?before={call}")).await, json!({ "calls": [] }));
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    assert_eq!(listed(&olga, "").await, kept, "owners see the same");
}

#[tokio::test]
async fn a_killed_hub_leaves_no_call_that_goes_on() {
    let mut hub = Hub::start(Setup::roomy());
    let _anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;
    let call = try_call(&mut vera).await.unwrap();
    sees(&mut vera.socket, &call, "ringing").await;

    hub.kill();
    hub.run();

    let kept = listed(&Browser::signed_in(&hub.door, ANNA).await, "").await;
    assert_eq!((&kept["id"], &kept["reason"]), (&json!(call), &json!("error")), "{kept}");
    assert!(kept["ended_at"].is_i64(), "{kept}");
}

#[tokio::test]
async fn asked_to_stop_the_hub_ends_calls_and_says_why() {
    let mut hub = Hub::start(Setup::roomy().env("HUB_DRAIN__SPREAD_MS", "1000"));
    let _anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;
    let call = try_call(&mut vera).await.unwrap();
    sees(&mut vera.socket, &call, "ringing").await;

    hub.terminate();
    let over = sees(&mut vera.socket, &call, "ended").await;

    assert_eq!(over["reason"], "server_shutdown", "{over}");
    assert!(hub.wait(PATIENCE).success());
    hub.run();
    let kept = listed(&Browser::signed_in(&hub.door, ANNA).await, "").await;
    assert_eq!(kept["reason"], "server_shutdown", "{kept}");
}

#[tokio::test]
async fn what_nobody_can_mean_is_refused_by_its_field() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = caller(&hub).await;
    let candidate = "a=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n";
    let answer = |sdp: String| json!({ "t": "call", "call": NOBODYS_CALL, "do": "answer", "g": 1, "sdp": sdp });
    let rate = |stars: u8| json!({ "t": "call.rate", "call": NOBODYS_CALL, "stars": stars });

    for (frame, code, field) in [
        (answer("x".repeat(12 * 1024 + 1)), "too_long", "sdp"),
        (answer(candidate.repeat(51)), "invalid", "sdp"),
        (rate(0), "invalid", "stars"),
        (rate(6), "invalid", "stars"),
        (answer(candidate.repeat(50)), "unknown_call", ""),
        (rate(5), "unknown_call", ""),
    ] {
        vera.socket.send(frame).await;
        let refused = vera.socket.frame("err").await;
        let told = (&refused["code"], refused["field"].as_str().unwrap_or_default(), &refused["call"]);
        assert_eq!(told, (&json!(code), field, &json!(NOBODYS_CALL)), "{refused}");
    }
    vera.socket.send(json!({ "t": "call.start", "cid": "two words" })).await;
    let refused = vera.socket.frame("err").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("invalid"), &json!("cid")), "{refused}");
}

#[tokio::test]
async fn calls_begin_as_often_as_the_limit_allows() {
    let hub = Hub::start(Setup::roomy().env("HUB_LIMITS__CALLS_PER_MINUTE_PER_PREFIX", "2"));
    let mut vera = Visitor::arrive(&hub.door).await;

    for code in ["no_voice", "no_voice", "rate"] {
        let refused = try_call(&mut vera).await.unwrap_err();
        assert_eq!((&refused["code"], refused["retry_ms"].is_u64()), (&json!(code), code == "rate"), "{refused}");
    }
    let refused = try_call(&mut Visitor::arrive(&hub.door).await).await.unwrap_err();
    assert_eq!(refused["code"], "rate", "the network is counted, not the visitor");
    assert!(hub.metric("limit_hit_total").await >= 2.0);
}

#[tokio::test]
async fn without_voice_no_package_has_any() {
    let hub = Hub::start(Setup::roomy().env("HUB_MEDIA__ENABLED", "false"));
    assert!(!hub.log().contains("media on"), "{}", hub.log());

    let refused = try_call(&mut caller(&hub).await).await.unwrap_err();

    assert_eq!(refused["code"], "no_voice");
}
