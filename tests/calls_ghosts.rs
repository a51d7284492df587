//! No ghost calls: whatever breaks, the call ends, both sides know, and nobody stays busy for it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::PATIENCE;
use crate::harness::calls::{
    Talk, act, caller, caller_again, delete, is_shown, nothing_is_left, sees, setup, the_only_one, try_call,
};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::web::{ANNA, Browser, OLGA};

/// Nobody is rung for a call that was taken back.
const RINGS_NO_MORE: Duration = Duration::from_secs(2);
/// A call is over so long after the last sign of life of one side.
const ENDS: Duration = Duration::from_secs(15);

#[tokio::test]
async fn a_call_taken_back_rings_nowhere() {
    let hub = Hub::start(setup());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut beside = Desk::beside(&anna.browser).await;
    let mut vera = caller(&hub).await;

    for _ in 0..5 {
        let call = try_call(&mut vera).await.unwrap();
        sees(&mut anna.socket, &call, "ringing").await;
        let taken_back = Instant::now();
        act(&mut vera.socket, &call, "hangup").await;
        for desk in [&mut anna, &mut beside] {
            let over = sees(&mut desk.socket, &call, "ended").await;
            assert_eq!(over["reason"], "cancelled", "{over}");
        }
        assert!(taken_back.elapsed() < RINGS_NO_MORE, "{:?}", taken_back.elapsed());
        assert_eq!(Desk::beside(&anna.browser).await.welcome["calls"], json!([]));
    }
}

#[tokio::test]
async fn a_visitor_who_vanishes_leaves_a_free_consultant() {
    let hub = Hub::start(setup());
    let Talk { id, vera, mut anna, visitor, consultant: _heard } = Talk::begin(&hub).await;
    let me = anna.account().to_owned();
    is_shown(&mut anna, &me, "busy").await;

    // No good-bye: the connections are gone, and so is the voice.
    let gone = Instant::now();
    visitor.cut();
    drop(vera);
    let over = sees(&mut anna.socket, &id, "ended").await;
    is_shown(&mut anna, &me, "available").await;
    let after = gone.elapsed();

    assert_eq!(over["reason"], "peer_lost", "{over}");
    assert!(after < ENDS, "{after:?}");
    nothing_is_left(&hub).await;
    assert_eq!(the_only_one(&anna.browser).await["reason"], "peer_lost");
}

#[tokio::test]
async fn a_consultant_who_vanishes_does_not_keep_the_visitor() {
    let hub = Hub::start(setup());
    let Talk { id, mut vera, anna, visitor: _heard, consultant } = Talk::begin(&hub).await;
    let browser = anna.browser.clone();

    let gone = Instant::now();
    consultant.cut();
    drop(anna);
    let waiting = sees(&mut vera.socket, &id, "reconnecting").await;
    assert_eq!(waiting["lost"], "consultant", "{waiting}");
    let over = sees(&mut vera.socket, &id, "ended").await;
    let after = gone.elapsed();

    assert_eq!(over["reason"], "peer_lost", "{over}");
    assert!(after < ENDS, "{after:?}");
    nothing_is_left(&hub).await;
    let again = Desk::beside(&browser).await;
    assert_eq!((&again.welcome["calls"], &again.welcome["me"]["status"]), (&json!([]), &json!("available")));
    Talk::of(vera, again).await;
}

#[tokio::test]
async fn who_calls_and_vanishes_rings_no_more() {
    let hub = Hub::start(setup());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;
    let call = try_call(&mut vera).await.unwrap();
    sees(&mut anna.socket, &call, "ringing").await;

    let gone = Instant::now();
    drop(vera);
    let over = sees(&mut anna.socket, &call, "ended").await;

    assert_eq!(over["reason"], "cancelled", "{over}");
    assert!(gone.elapsed() < ENDS, "{:?}", gone.elapsed());
    nothing_is_left(&hub).await;
}

#[tokio::test]
async fn a_consultant_whose_account_is_deleted_talks_no_more() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    let olga = Browser::signed_in(&hub.door, OLGA).await;

    delete(&olga, talk.anna.account()).await;
    let over = sees(&mut talk.vera.socket, &talk.id, "ended").await;

    assert_eq!(over["reason"], "consultant_hangup", "{over}");
    assert_eq!(talk.anna.socket.closed().await, 4101);
    nothing_is_left(&hub).await;
    let heard = talk.consultant.count();
    talk.visitor.says_more(20).await;
    assert_eq!(talk.consultant.count(), heard, "the voice goes on");
    assert_eq!(the_only_one(&olga).await["consultant"]["name"], "Anna", "the record keeps who it was");
    // Nobody is there who could be rung.
    let call = try_call(&mut talk.vera).await.unwrap();
    assert_eq!(sees(&mut talk.vera.socket, &call, "ended").await["reason"], "busy");
}

#[tokio::test]
async fn a_hub_that_is_asked_to_stop_tells_both_sides() {
    let mut hub = Hub::start(setup().env("HUB_DRAIN__SPREAD_MS", "1000"));
    let mut talk = Talk::begin(&hub).await;

    hub.terminate();
    talk.both_see_the_end("server_shutdown").await;

    assert!(hub.wait(PATIENCE).success());
    hub.run();
    let record = the_only_one(&talk.anna.browser).await;
    assert_eq!((&record["reason"], record["talking_since"].is_i64()), (&json!("server_shutdown"), true), "{record}");
}

#[tokio::test]
async fn a_hub_that_is_killed_comes_back_without_the_call() {
    let mut hub = Hub::start(setup());
    let talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;

    hub.kill();
    hub.run();

    let vera = caller_again(&hub, &talk.vera.token).await;
    assert_eq!(vera.welcome.get("call"), None, "{}", vera.welcome);
    let mut anna = Desk::beside(&talk.anna.browser).await;
    assert_eq!(anna.welcome["calls"], Value::Array(Vec::new()), "{}", anna.welcome);
    let me = anna.account().to_owned();
    is_shown(&mut anna, &me, "available").await;
    let record = the_only_one(&anna.browser).await;
    assert_eq!((&record["id"], &record["reason"]), (&json!(talk.id), &json!("error")), "{record}");
    nothing_is_left(&hub).await;
    Talk::of(vera, anna).await.both_hear(20).await;
}
