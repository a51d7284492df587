//! Actors that fall: one fall costs nobody a message, too many close one chat and no other.
//!
//! The hub panics on purpose when it is built with the feature `chaos` and told so by `HUB_CHAOS`.

use std::time::Duration;

use serde_json::json;

use crate::harness::consultant::Desk;
use crate::harness::setup::Setup;
use crate::harness::steady::{Crowd, Size};
use crate::harness::until;
use crate::harness::visitor::Visitor;
use crate::harness::web::ANNA;

/// Slow enough that no chat uses up its three falls in ten seconds, many enough that something always falls.
const CROWD: Size = Size { visitors: 40, consultants: 4, pause: Duration::from_millis(800) };
const KEPT: usize = 800;
/// Word at which a chat falls each time.
const POISON: &str = "arsenic";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn falling_actors_lose_nothing_and_double_nothing() {
    let chaos = "chat=0.006,business=0.005,visitor=0.01,consultant=0.01,seed=7";
    let hub = Crowd::hub(Setup::roomy().env("HUB_CHAOS", chaos), CROWD);
    let crowd = Crowd::gather("chaos", &hub, CROWD).await;

    crowd.wait_for_kept(KEPT).await;
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= KEPT, "{summary:?}");
    let falls = hub.metric("actor_restarts_total").await;
    assert!(falls >= 5.0, "only {falls} falls: is the hub built with `--features chaos`?");
}

#[tokio::test]
async fn a_chat_that_falls_each_time_is_closed_off_and_others_go_on() {
    let hub = Crowd::hub(Setup::roomy().env("HUB_CHAOS", &format!("chat_poison={POISON}")), LONE);
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let mut wanda = Visitor::arrive(&hub.door).await;
    let ill = vera.open_chat("Good morning").await;
    let well = wanda.open_chat("Good day").await;
    anna.claim(&ill).await;
    anna.claim(&well).await;

    let body = format!("a pinch of {POISON}");
    let code = until("the chat to be closed off", async || {
        let answer = vera.try_say(&ill, &body).await;
        assert_eq!(answer["t"], "err", "poison was kept: {answer}");
        (answer["code"] == "chat_unavailable").then(|| answer["code"].clone())
    })
    .await;
    assert_eq!(code, "chat_unavailable");

    let answer = vera.try_say(&ill, "is anybody there?").await;
    assert_eq!(answer["code"], "chat_unavailable", "{answer}");
    let answer = anna.try_say(&ill, "yes").await;
    assert_eq!(answer["code"], "chat_unavailable", "{answer}");
    for line in 0..10 {
        wanda.say(&well, &format!("line {line}")).await;
        assert_eq!(anna.message(&well).await, format!("line {line}"));
    }
    let events = anna.browser.events(&ill).await;
    assert_eq!(events[0]["body"], json!("Good morning"), "what was kept can be read");
}

const LONE: Size = Size { visitors: 2, consultants: 1, pause: Duration::from_secs(1) };
