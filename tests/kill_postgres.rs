//! The same promises on PostgreSQL: the hub is killed, and the database goes away while people write.

use std::time::Duration;

use serde_json::json;

use crate::harness::consultant::Desk;
use crate::harness::gate::Gate;
use crate::harness::hub::Hub;
use crate::harness::postgres::{Database, psql};
use crate::harness::setup::Setup;
use crate::harness::steady::{Crowd, Size};
use crate::harness::until;
use crate::harness::visitor::{Visitor, chat_in};
use crate::harness::web::ANNA;

const ROUNDS: usize = 6;
const KEPT_PER_ROUND: usize = 60;
const CROWD: Size = Size { visitors: 12, consultants: 4, pause: Duration::from_millis(60) };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_on_postgres_lose_nothing_and_double_nothing() {
    let database = Database::fresh();
    let mut hub = Crowd::hub(Setup::roomy().postgres(&database.url), CROWD);
    let mut crowd = Crowd::gather("kill-postgres", &hub, CROWD).await;

    for _ in 0..ROUNDS {
        let before = crowd.stage.history.kept();
        crowd.wait_for_kept(before + KEPT_PER_ROUND).await;
        tokio::time::sleep(Duration::from_millis(crowd.dice.between(0, 200))).await;
        hub.kill();
        hub.run();
    }
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= ROUNDS * KEPT_PER_ROUND, "{summary:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_away_loses_nothing_and_doubles_nothing() {
    let database = Database::fresh();
    let gate = Gate::before(&database.url).await;
    let hub = Crowd::hub(Setup::roomy().postgres(&gate.url), CROWD);
    let mut crowd = Crowd::gather("gate", &hub, CROWD).await;

    for _ in 0..4 {
        let before = crowd.stage.history.kept();
        crowd.wait_for_kept(before + KEPT_PER_ROUND).await;
        gate.close();
        tokio::time::sleep(Duration::from_millis(crowd.dice.between(100, 1_500))).await;
        gate.open();
    }
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= 4 * KEPT_PER_ROUND, "{summary:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_database_the_hub_refuses_and_stays() {
    let database = Database::fresh();
    let gate = Gate::before(&database.url).await;
    let hub = Hub::start(Setup::roomy().postgres(&gate.url));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.claim(&chat).await;
    vera.event(&chat).await;

    gate.close();
    let answer = vera.try_say(&chat, "is anybody there?").await;
    assert_eq!((&answer["t"], &answer["code"]), (&json!("err"), &json!("unavailable")), "{answer}");
    let refused = answer["cid"].as_str().unwrap().to_owned();
    gate.open();

    let again = json!({ "t": "say", "chat": chat, "cid": refused, "body": "is anybody there?" });
    let seq = until("the message to be kept", async || {
        vera.socket.send(again.clone()).await;
        vera.answer(&refused).await["seq"].as_u64()
    })
    .await;
    assert_eq!(seq, 3);
    assert_eq!(anna.message(&chat).await, "is anybody there?");
    let tab = Visitor::again(&hub.door, &vera.token).await;
    let said = chat_in(&tab.welcome, &chat).unwrap()["events"].to_string().matches("is anybody there?").count();
    assert_eq!(said, 1, "once, however often it was repeated");
}

#[tokio::test]
async fn everything_is_there_after_a_restart_on_postgres() {
    let database = Database::fresh();
    let mut hub = Hub::start(Setup::roomy().postgres(&database.url));
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    anna.claim(&chat).await;
    for line in 0..20 {
        vera.say(&chat, &format!("line {line}")).await;
        assert_eq!(anna.message(&chat).await, format!("line {line}"));
    }
    assert!(hub.stop().success());
    hub.run();

    let again = Visitor::resume(&hub.door, &vera.token, &vera.epoch, json!({ &chat: 2 })).await;
    let view = chat_in(&again.welcome, &chat).unwrap();
    assert_eq!(view["reset"], false);
    assert_eq!(view["events"].as_array().unwrap().len(), 20, "{view}");
    assert_eq!(anna.browser.events(&chat).await.len(), 22);
}

#[tokio::test]
async fn a_newer_schema_is_refused_on_postgres() {
    let database = Database::fresh();
    let mut hub = Hub::start(Setup::roomy().postgres(&database.url));
    hub.stop();
    psql(&database.url, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");

    let (end, said) = hub.run_in_vain();

    assert!(!end.success(), "{said}");
    assert!(said.contains("newer"), "{said}");
}
