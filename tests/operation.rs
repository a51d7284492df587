//! What people who run a hub rely on: health, metrics, drain, locks, configuration, schema.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::socket::{Heard, Socket};
use crate::harness::until;
use crate::harness::visitor::{PATH, Visitor};
use crate::harness::web::{ANNA, get};

async fn status(url: &str) -> u16 {
    get(url).await.status().as_u16()
}

#[tokio::test]
async fn a_healthy_hub_says_so_on_both_listeners() {
    let hub = Hub::start(Setup::roomy());
    let (http, ops) = (hub.door.http(), hub.door.ops());

    assert_eq!(status(&format!("{http}/healthz")).await, 200);
    assert_eq!(status(&format!("{ops}/livez")).await, 200);
    assert_eq!(status(&format!("{ops}/readyz")).await, 200);
    for path in ["/livez", "/readyz", "/metrics"] {
        assert_eq!(status(&format!("{http}{path}")).await, 404, "{path} is for operators only");
    }
    assert_eq!(status(&format!("{ops}/admin/")).await, 404, "nothing else on the listener of operators");
}

#[tokio::test]
async fn metrics_are_in_the_format_of_prometheus_and_count() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    vera.open_chat("Good morning").await;

    let answer = get(&format!("{}/metrics", hub.door.ops())).await;

    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    let text = answer.text().await.unwrap();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("# ") {
            assert!(comment.starts_with("TYPE ") || comment.starts_with("HELP "), "{line}");
            continue;
        }
        let (key, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        assert!(value.parse::<f64>().is_ok(), "{line}");
        let name = key.split('{').next().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':'), "{line}");
    }
    assert!(text.lines().filter(|line| line.starts_with("# TYPE")).count() >= 5, "{text}");
    until("no repairs in a healthy run", async || (hub.metric("reconcile_fixed_total").await == 0.0).then_some(()))
        .await;
}

#[tokio::test]
async fn asked_to_stop_the_hub_tells_everybody_and_keeps_everything() {
    let mut hub = Hub::start(Setup::roomy().env("HUB_DRAIN__SPREAD_MS", "1000"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.claim(&chat).await;
    let mut kept = 1;
    for line in 0..20 {
        kept += u64::from(vera.say(&chat, &format!("line {line}")).await > 0);
    }

    let begun = Instant::now();
    hub.terminate();
    let goaway = vera.socket.frame("goaway").await;
    anna.socket.frame("goaway").await;
    let ready = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = ready.get(format!("{}/readyz", hub.door.ops())).send().await;
    assert!(answer.is_err() || answer.unwrap().status() == 503, "still ready while it stops");
    let late = Socket::open(&hub.door, PATH).await;
    assert!(late.is_err(), "takes new sockets while it stops");

    assert_eq!(goaway["spread_ms"], 1_000);
    assert_eq!(vera.socket.closed().await, 1012);
    assert_eq!(anna.socket.closed().await, 1012);
    let end = hub.wait(Duration::from_secs(25));
    assert!(end.success(), "{end}");
    assert!(begun.elapsed() <= Duration::from_secs(25));
    hub.run();
    let again = Visitor::again(&hub.door, &vera.token).await;
    assert_eq!(again.welcome["chats"][0]["seq"], kept + 1, "every line, and anna who joined");
}

#[tokio::test]
async fn messages_on_their_way_at_the_end_are_answered_truly() {
    let mut hub = Hub::start(Setup::roomy().env("HUB_DRAIN__SPREAD_MS", "200"));
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    for number in 0..30 {
        vera.socket.send(json!({ "t": "say", "chat": chat, "cid": format!("w{number}"), "body": "x" })).await;
    }
    hub.terminate();

    let mut acknowledged = Vec::new();
    loop {
        match vera.socket.hear().await {
            Heard::Frame(frame) if frame["t"] == "ack" => acknowledged.push(frame["seq"].as_u64().unwrap()),
            Heard::Frame(_) => {}
            Heard::Closed(code) => {
                assert_eq!(code, 1012);
                break;
            }
        }
    }
    assert!(hub.wait(Duration::from_secs(25)).success());
    hub.run();
    let again = Visitor::again(&hub.door, &vera.token).await;
    let last = again.welcome["chats"][0]["seq"].as_u64().unwrap();
    assert!(acknowledged.iter().all(|seq| *seq <= last), "{acknowledged:?} but only {last} kept");
}

#[tokio::test]
async fn a_second_hub_on_the_same_data_refuses_to_start() {
    let hub = Hub::start(Setup::roomy());

    let (end, said) = hub.run_in_vain();

    assert!(!end.success(), "{said}");
    assert!(said.contains("another") || said.contains("lock") || said.contains("in use"), "{said}");
    Visitor::arrive(&hub.door).await.open_chat("The first one goes on").await;
}

#[tokio::test]
async fn a_misspelt_setting_is_named() {
    let hub = Hub::prepare(Setup::roomy());
    std::fs::write(hub.data().join("hub.toml"), "[chat]\nsilence_minuets = 30\n").unwrap();
    let (end, said) = hub.tool(&["check-config"], "");
    assert!(!end.success(), "{said}");
    assert!(said.contains("silence_minuets"), "{said}");
    let (end, said) = hub.run_in_vain();
    assert!(!end.success() && said.contains("silence_minuets"), "{said}");

    std::fs::write(hub.data().join("hub.toml"), "[chat]\nsilence_minutes = 30\n").unwrap();
    let hub = Hub::prepare(Setup::roomy().env("HUB_CHAT__SILENCE_MINUETS", "30"));
    let (end, said) = hub.tool(&["check-config"], "");
    assert!(!end.success() && said.to_lowercase().contains("silence_minuets"), "{said}");
}

#[tokio::test]
async fn a_good_configuration_is_printed_without_secrets() {
    let hub = Hub::prepare(Setup::roomy());
    let (end, said) = hub.tool(&["check-config"], "");

    assert!(end.success(), "{said}");
    assert!(said.contains("silence_minutes"), "{said}");
    let hub = Hub::prepare(Setup::roomy().postgres("postgres://anna:canary-database@127.0.0.1:1/hub"));
    let (end, said) = hub.tool(&["check-config"], "");
    assert!(!end.success(), "no database answers there: {said}");
    assert!(!said.contains("canary-database"), "{said}");
}

#[tokio::test]
async fn a_number_out_of_range_is_named() {
    let hub = Hub::prepare(Setup::roomy().env("HUB_CHAT__SILENCE_MINUTES", "0"));
    let (end, said) = hub.tool(&["check-config"], "");
    assert!(!end.success() && said.contains("silence_minutes"), "{said}");

    let hub = Hub::prepare(Setup::roomy().env("HUB_CHAT__SILENCE_MINUTES", "soon"));
    let (end, said) = hub.tool(&["check-config"], "");
    assert!(!end.success() && said.to_lowercase().contains("silence_minutes"), "{said}");
}

#[tokio::test]
async fn a_copy_taken_while_the_hub_runs_is_whole() {
    let mut hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    vera.say(&chat, "before the copy").await;
    let copy = hub.data().join("copy");
    let (end, said) = hub.tool(&["backup", copy.to_str().unwrap()], "");
    assert!(end.success(), "{said}");
    vera.say(&chat, "after the copy").await;
    hub.stop();
    let (end, said) = hub.tool(&["restore", copy.to_str().unwrap()], "");
    assert!(end.success(), "{said}");

    hub.run();

    let again = Visitor::again(&hub.door, &vera.token).await;
    assert_eq!(again.welcome["chats"][0]["seq"], 2);
}

#[tokio::test]
async fn a_running_hub_is_not_restored_into() {
    let hub = Hub::start(Setup::roomy());
    let copy = hub.data().join("copy");
    let (end, said) = hub.tool(&["backup", copy.to_str().unwrap()], "");
    assert!(end.success(), "{said}");

    let (end, said) = hub.tool(&["restore", copy.to_str().unwrap()], "");

    assert!(!end.success(), "{said}");
    Visitor::arrive(&hub.door).await.open_chat("It goes on").await;
}
