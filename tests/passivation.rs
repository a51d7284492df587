//! Actors nobody needs leave the memory, and nothing shows it.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::{Visitor, chat_in};
use crate::harness::web::{ANNA, get};

/// One minute is the shortest idle time that can be set; actors look once in a while.
const SURELY_IDLE: Duration = Duration::from_secs(100);

async fn everybody_left(hub: &Hub) -> bool {
    let text = get(&format!("{}/metrics", hub.door.ops())).await.text().await.unwrap();
    ["visitor", "chat"].iter().all(|kind| text.contains(&format!("actors{{kind=\"{kind}\"}} 0\n")))
}

#[tokio::test]
async fn after_a_pause_everything_goes_on_as_before() {
    let graces =
        Setup::roomy().env("HUB_CHAT__VISITOR_GRACE_SECONDS", "1").env("HUB_CHAT__CONSULTANT_GRACE_SECONDS", "1");
    let hub = Hub::start(graces.env("HUB_CHAT__IDLE_MINUTES", "1"));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let talked = vera.open_chat("Good morning").await;
    anna.claim(&talked).await;
    let said = vera.say(&talked, "See you later").await;
    let waiting = vera.open_chat("Another question").await;
    let (token, epoch, browser) = (vera.token.clone(), vera.epoch.clone(), anna.browser.clone());
    drop(vera);
    drop(anna);

    assert!(hub.metric("actors").await >= 4.0, "the business, vera and two chats live");
    let begun = Instant::now();
    while !everybody_left(&hub).await {
        assert!(begun.elapsed() < SURELY_IDLE, "somebody nobody needs is still in memory");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }

    let mut vera = Visitor::resume(&hub.door, &token, &epoch, json!({ &talked: said, &waiting: 1 })).await;
    let mut anna = Desk::beside(&browser).await;
    let first = chat_in(&vera.welcome, &talked).unwrap();
    let events = first["events"].as_array().unwrap();
    assert_eq!(first["reset"], false);
    assert!(events.iter().all(|event| event["k"] == "returned"), "nothing but the return: {events:?}");
    assert_eq!(chat_in(&vera.welcome, &waiting).unwrap()["state"], "waiting");
    anna.claim(&talked).await;
    anna.claim(&waiting).await;
    let seq = vera.say(&talked, "Here I am").await;
    assert!(seq > said);
    assert_eq!(anna.message(&talked).await, "Here I am");
    vera.say(&waiting, "And here").await;
    assert_eq!(anna.message(&waiting).await, "And here");
}
