//! One visitor, many consultants: exactly one of them answers.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::accounts;
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN};

const CONSULTANTS: usize = 50;
const CHATS: usize = 1_000;
/// Chats that wait at the same time; the rest follows when these are claimed.
const AT_ONCE: usize = 100;

async fn desks(hub: &Hub) -> Vec<Desk> {
    let mut desks = Vec::new();
    for number in 0..CONSULTANTS {
        desks.push(Desk::open(&hub.door, &accounts::email(number)).await);
    }
    desks
}

/// Claims all chats from one desk; returns those it won.
async fn claim_all(desk: &mut Desk, chats: &[String]) -> Vec<String> {
    let claims: Vec<Value> = chats.iter().map(|chat| json!({ "t": "claim", "chat": chat })).collect();
    for part in claims.chunks(50) {
        desk.socket.send(json!(part)).await;
    }
    let mut open: std::collections::BTreeSet<&String> = chats.iter().collect();
    let mut won = Vec::new();
    while !open.is_empty() {
        let fits = |frame: &Value| frame["t"] == "chat" || frame["t"] == "err";
        let answer = desk.socket.frame_where("an answer to each claim", fits).await;
        let is_won = answer["t"] == "chat";
        let chat = if is_won { &answer["id"] } else { &answer["chat"] }.as_str().unwrap().to_owned();
        if is_won {
            won.push(chat.clone());
        } else {
            assert_eq!(answer["code"], "chat_taken", "{answer}");
        }
        assert!(open.remove(&chat), "answered twice: {answer}");
    }
    won
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_claim_at_once_exactly_one_wins_a_thousand_times() {
    let setup = Setup::roomy().env("HUB_CHAT__CHATS_PER_VISITOR", "10000").env("HUB_LIMITS__UNACKED", "10000");
    let mut hub = Hub::start(setup);
    hub.stop();
    accounts::add_accounts(&hub, CONSULTANTS);
    hub.run();
    let mut desks = desks(&hub).await;
    let mut vera = Visitor::arrive(&hub.door).await;

    let mut winners = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..CHATS / AT_ONCE {
        let mut chats = Vec::new();
        for number in 0..AT_ONCE {
            chats.push(vera.open_chat(&format!("question {number}")).await);
        }
        let mut claiming = tokio::task::JoinSet::new();
        for mut desk in desks.drain(..) {
            let chats = chats.clone();
            claiming.spawn(async move {
                let won = claim_all(&mut desk, &chats).await;
                (desk, won)
            });
        }
        while let Some(done) = claiming.join_next().await {
            let (desk, won) = done.unwrap();
            for chat in won {
                *winners.entry(chat).or_default() += 1;
            }
            desks.push(desk);
        }
    }

    assert_eq!(winners.len(), CHATS, "chats nobody won");
    assert!(winners.values().all(|count| *count == 1), "chats with several winners");
    let fresh = Desk::open(&hub.door, ANNA).await;
    assert_eq!(fresh.welcome["lists"]["waiting"], json!([]));
}

#[tokio::test]
async fn a_visitor_whose_consultant_vanished_is_next_again() {
    let mut hub = Hub::prepare(Setup::roomy().env("HUB_CHAT__CONSULTANT_GRACE_SECONDS", "1"));
    hub.run();
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let mut wanda = Visitor::arrive(&hub.door).await;
    let first = vera.open_chat("I was first").await;
    let second = wanda.open_chat("I was second").await;
    ben.sees_waiting(&second).await;

    let claimed_at = Instant::now();
    anna.claim(&first).await;
    drop(anna);

    let is_back = |frame: &Value| {
        let change = &frame["change"];
        frame["t"] == "delta" && change["what"] == "waits" && change["visitor"]["chat"] == *first
    };
    let back = ben.socket.frame_where("vera in the waiting room again", |frame| {
        is_back(frame) && claimed_at.elapsed() > Duration::from_millis(900)
    });
    assert_eq!(back.await["change"]["at"], 0, "at the front");
    vera.place(&first, 1).await;
    wanda.place(&second, 2).await;
    let fresh = Desk::open(&hub.door, BEN).await;
    let waiting: Vec<&Value> =
        fresh.welcome["lists"]["waiting"].as_array().unwrap().iter().map(|entry| &entry["chat"]).collect();
    assert_eq!(waiting, [&json!(first), &json!(second)]);
    let view = ben.claim(&first).await;
    let kinds: Vec<&Value> = view["events"].as_array().unwrap().iter().map(|event| &event["k"]).collect();
    assert_eq!(kinds, ["said", "joined", "returned", "joined"]);
}

#[tokio::test]
async fn a_consultant_who_comes_back_in_time_keeps_the_chat() {
    let hub = Hub::start(Setup::roomy());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Do not go away").await;
    anna.claim(&chat).await;

    let browser = anna.browser.clone();
    drop(anna);
    let mut again = Desk::beside(&browser).await;

    let mine: Vec<&Value> = again.welcome["chats"].as_array().unwrap().iter().map(|view| &view["id"]).collect();
    assert_eq!(mine, [&json!(chat)]);
    again.say(&chat, "I am back").await;
    assert_eq!(vera.message(&chat).await, "I am back");
}
