//! Plugins under way: they come, go and fail while people talk, and one business's plugin is nobody else's trouble.

use std::time::Duration;

use plugins::fakes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::packages::two_businesses;
use crate::harness::plugins::{decision_about, everybody, live, live_table, path, put, uploaded};
use crate::harness::setup::Setup;
use crate::harness::steady::{Crowd, Size};
use crate::harness::team::ask;
use crate::harness::until;
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, Browser, OLGA};

/// Visitors come one by one over some seconds, so that each meets other plugins.
const CROWD: Size = Size { visitors: 40, consultants: 4, pause: Duration::from_millis(1_500) };
/// Changes of what decides, at least.
const SWAPS: usize = 24;
/// Messages kept in all by the end, at least.
const KEPT: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plugins_that_come_and_go_lose_no_chat_and_no_message() {
    let hub = Crowd::hub(Setup::roomy(), CROWD);
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let all = uploaded(&olga, fakes::offers_everybody("example.all", "All", "1.0.0")).await;
    uploaded(&olga, fakes::traps("example.all", "All", "2.0.0")).await;
    let looping = fakes::loops("example.loops", "Loops", "1.0.0");
    let crowd = Crowd::gather("swaps", &hub, CROWD).await;

    let mut swaps = 0;
    while swaps < SWAPS || crowd.stage.history.kept() < KEPT {
        swaps += 1;
        live(&olga, &all, json!(1), Value::Null).await;
        let loops = uploaded(&olga, looping.clone()).await;
        live(&olga, &loops, json!(1), Value::Null).await;
        live(&olga, &all, json!(2), json!(1)).await;
        let (status, _) = ask(&olga, Method::DELETE, &path(&loops, ""), &Value::Null).await;
        assert_eq!(status, 204);
        live(&olga, &all, Value::Null, json!(1)).await;
    }
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= KEPT, "{summary:?}");
}

#[tokio::test]
async fn a_plugin_that_only_fails_is_switched_off_and_troubles_no_other_business() {
    let (hub, olga, fiona) = two_businesses().await;
    let loops = uploaded(&olga, fakes::loops("example.loops", "Loops", "1.0.0")).await;
    live(&olga, &loops, json!(1), Value::Null).await;
    let fionas = uploaded(&fiona, fakes::offers_everybody("example.all", "All", "1.0.0")).await;
    live(&fiona, &fionas, json!(1), Value::Null).await;
    let anna = Desk::available(&hub.door, ANNA).await;

    // Everybody is served by the rule of the hub, as if there were no plugin.
    let mut visitors = Vec::new();
    for number in 0..6 {
        let mut visitor = Visitor::arrive(&hub.door).await;
        let chat = visitor.open_chat(&format!("Number {number}")).await;
        let decision = decision_about(&olga, &chat).await;
        assert_eq!((&decision["decided_by"], &decision["has_failed"]), (&json!(""), &json!(true)));
        visitors.push((visitor, chat));
    }
    let mut anna = anna;
    for (_, chat) in &visitors {
        anna.claim(chat).await;
    }

    let off = until("the notice that it is off", async || {
        let seen = olga.read(&path(&loops, "")).await;
        (!seen["off_reason"].is_null()).then_some(seen)
    })
    .await;
    assert!(off["health"]["failed"].as_u64().unwrap() >= 5, "{off}");
    assert!(!off["health"]["off_for_seconds"].is_null(), "{off}");
    let audit = olga.read("/v1/audit").await;
    let noted = audit["entries"]
        .as_array()
        .unwrap()
        .iter()
        .any(|entry| entry["action"] == "plugin.changed" && entry.to_string().contains("off_reason"));
    assert!(noted, "{audit}");
    assert_eq!(fiona.read(&path(&fionas, "")).await["health"]["failed"], 0);
    // The owner may let it try at once, and making a version live forgives.
    let (status, _) = ask(&olga, Method::POST, &path(&loops, "/try"), &json!({})).await;
    assert_eq!(status, 204);
    let again = live(&olga, &loops, json!(1), Value::Null).await;
    assert_eq!(again["off_reason"], Value::Null);
}

#[tokio::test]
async fn a_plugin_that_plans_the_hours_opens_and_closes_the_package() {
    let (hub, olga, _fiona) = two_businesses().await;
    let closed = uploaded(&olga, fakes::closes_every_day("example.closed", "Closed", "1.0.0")).await;
    let packages = olga.read("/v1/packages").await;
    let package = packages["packages"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(packages["packages"][0]["is_open"], true);

    let calendar = path(&closed, &format!("/calendar?version=1&package={package}&days=40"));
    let days = olga.read(&calendar).await["days"].as_array().unwrap().clone();
    assert_eq!(days.len(), 40);
    assert!(days.iter().all(|day| day["planned"] == json!([]) && day["base"] != json!([])), "{days:?}");
    assert_eq!(olga.read("/v1/packages").await["packages"][0]["is_open"], true, "a preview changes nothing");

    live(&olga, &closed, json!(1), Value::Null).await;
    let is_open = async || olga.read("/v1/packages").await["packages"][0]["is_open"].clone();
    assert_eq!(is_open().await, false);
    let visitor = Visitor::arrive(&hub.door).await;
    assert_eq!(visitor.welcome["hours"]["is_open"], false, "{}", visitor.welcome);
    let days = olga.read(&format!("/v1/packages/{package}/hours?days=3")).await;
    assert!(days["days"].as_array().unwrap().iter().all(|day| day["windows"] == json!([])), "{days}");

    let (status, _) = put(&olga, &closed, "/life", json!({ "live": null, "shadow": null })).await;
    assert_eq!(status, 200);
    assert_eq!(is_open().await, true);
    live_table(&olga, "Routes only", &json!([everybody("All")])).await;
    assert_eq!(is_open().await, true);
}
