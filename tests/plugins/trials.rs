//! Trying versions: on one question, and on decisions that were made. Nothing of it is recorded or carried out.

use plugins::fakes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::packages::start;
use crate::harness::plugins::{decision_about, everybody, live, live_table, path, put, uploaded};
use crate::harness::team::ask;
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN, Browser};

/// The question that authors begin with, as a decision has it.
pub(crate) fn question() -> Value {
    let mut question: Value = serde_json::from_str(include_str!("../../plugins/templates/route.json")).unwrap();
    question["hook"] = json!("route");
    question["ctx"]["settings"] = json!([]);
    question
}

async fn play(owner: &Browser, plugin: &Value, version: i32, question: Value) -> (u16, Value) {
    let body = json!({ "version": version, "question": question });
    ask(owner, Method::POST, &path(plugin, "/play"), &body).await
}

async fn replay(owner: &Browser, plugin: &Value, version: i32) -> Value {
    let body = json!({ "version": version, "last": 200 });
    let (status, seen) = ask(owner, Method::POST, &path(plugin, "/replay"), &body).await;
    assert_eq!(status, 200, "{seen}");
    seen
}

#[tokio::test]
async fn a_version_answers_a_question_without_being_live() {
    let (_hub, olga) = start().await;
    let plugin = uploaded(&olga, fakes::offers_everybody("example.everybody", "Everybody", "1.0.0")).await;
    uploaded(&olga, fakes::logs("example.everybody", "Everybody", "1.1.0", "played")).await;

    let (status, first) = play(&olga, &plugin, 1, question()).await;
    assert_eq!(status, 200, "{first}");
    assert!(first["sentence"].as_str().unwrap().starts_with("offers "), "{first}");
    assert_eq!((&first["who"], &first["mode"]), (&json!("Everybody"), &json!("active")));
    let (_, second) = play(&olga, &plugin, 2, question()).await;
    assert_eq!(second["sentence"], "leaves it to the next rule");
    assert_eq!(second["logs"][0]["text"], "played");

    assert_eq!(play(&olga, &plugin, 3, question()).await.0, 404);
    for wrong in [json!({}), json!({ "hook": "route" }), json!({ "hook": "dance" }), json!("route")] {
        let (status, problem) = play(&olga, &plugin, 1, wrong.clone()).await;
        assert_eq!((status, &problem["code"]), (422, &json!("invalid_question")), "{wrong}");
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
    assert_eq!(olga.read("/v1/decisions").await["decisions"], json!([]), "nothing is recorded");
    assert_eq!(olga.read(&path(&plugin, "")).await["health"]["asked"], 0, "and nothing is counted");
}

#[tokio::test]
async fn a_question_of_a_decision_can_be_changed_and_played() {
    let (hub, olga) = start().await;
    let ben = Desk::available(&hub.door, BEN).await;
    let table = live_table(&olga, "All", &json!([everybody("All")])).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Hello").await;
    let decision = decision_about(&olga, &chat).await;
    let view = olga.read(&format!("/v1/decisions/{}", decision["id"].as_str().unwrap())).await;
    let newest = i32::try_from(table["newest"].as_i64().unwrap()).unwrap();

    let (status, same) = play(&olga, &table, newest, view["question"].clone()).await;
    assert_eq!((status, &same["sentence"]), (200, &view["sentence"]), "{same}");

    let mut nobody = view["question"].clone();
    nobody["request"]["consultants"] = json!([]);
    let (status, other) = play(&olga, &table, newest, nobody).await;
    assert_eq!((status, &other["rows"][0]["verdict"]), (200, &json!("nobody_free")), "{other}");
    drop(ben);
}

#[tokio::test]
async fn decisions_are_asked_again_of_another_version() {
    let (hub, olga) = start().await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let anna = Desk::available(&hub.door, ANNA).await;
    let key = "example.changing";
    let plugin = uploaded(&olga, fakes::offers_everybody(key, "Changing", "1.0.0")).await;
    live(&olga, &plugin, json!(1), Value::Null).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Hello").await;
    ben.claim(&chat).await;
    let decision = decision_about(&olga, &chat).await;
    uploaded(&olga, fakes::offers_one(key, "Changing", "2.0.0")).await;
    uploaded(&olga, fakes::traps(key, "Changing", "3.0.0")).await;
    live(&olga, &plugin, json!(2), Value::Null).await;
    let (status, set) = put(&olga, &plugin, "", json!({ "settings": { "consultant": anna.account() } })).await;
    assert_eq!(status, 200, "{set}");

    let same = replay(&olga, &plugin, 1).await;
    let asked = same["asked"].as_u64().unwrap();
    assert!(asked >= 1 && same["same"] == asked, "{same}");
    assert_eq!((&same["different"], &same["failed"]), (&json!([]), &json!([])));
    let other = replay(&olga, &plugin, 2).await;
    let different = other["different"].as_array().unwrap().iter().find(|one| one["decision"] == decision["id"]);
    let difference = &different.unwrap_or_else(|| panic!("{other}"))["differences"][0];
    assert!(difference["before"].as_str().unwrap().contains("Ben"), "{difference}");
    assert!(!difference["after"].as_str().unwrap().contains("Ben"), "{difference}");
    let broken = replay(&olga, &plugin, 3).await;
    assert_eq!(broken["failed"].as_array().unwrap().len() as u64, asked, "{broken}");
    assert!(broken["failed"][0]["why"].as_str().unwrap().contains("it stopped with an error"), "{broken}");

    for last in [0, 201] {
        let body = json!({ "version": 1, "last": last });
        let (status, problem) = ask(&olga, Method::POST, &path(&plugin, "/replay"), &body).await;
        assert_eq!((status, &problem["pointer"]), (400, &json!("/last")), "{last}");
    }
    let body = json!({ "version": 9, "last": 1 });
    assert_eq!(ask(&olga, Method::POST, &path(&plugin, "/replay"), &body).await.0, 404);
}
