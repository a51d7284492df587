//! Decisions about real chats: who was offered whom, why, and what the owner reads of it.

use plugins::fakes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::packages::{start, two_businesses};
use crate::harness::plugins::{decision_about, everybody, live, live_table, path, put, uploaded};
use crate::harness::team::{ask, id_of};
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN};

#[tokio::test]
async fn a_live_plugin_gives_a_chat_to_the_one_it_names_and_says_why() {
    let (hub, olga) = start().await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let plugin = uploaded(&olga, fakes::offers_one("example.one", "Only Ben", "1.0.0")).await;
    let (status, _) = put(&olga, &plugin, "", json!({ "settings": { "consultant": ben.account() } })).await;
    assert_eq!(status, 200);
    live(&olga, &plugin, json!(1), Value::Null).await;
    let mut vera = Visitor::arrive(&hub.door).await;

    let chat = vera.open_chat("Do you have rye?").await;

    let offered = |frame: &Value| {
        let visitor = &frame["change"]["visitor"];
        visitor["chat"] == *chat && !visitor["offered"].is_null()
    };
    ben.socket.frame_where("the offer at Ben's desk", offered).await;
    anna.sees_waiting(&chat).await;
    let refused = anna.try_claim(&chat).await;
    assert_eq!(refused["code"], "chat_offered", "{refused}");
    let decision = decision_about(&olga, &chat).await;
    assert_eq!((&decision["subject"], &decision["medium"]), (&json!(chat), &json!("chat")));
    assert_eq!((&decision["decided_by"], &decision["has_failed"]), (&json!("Only Ben"), &json!(false)));
    let said = decision["sentence"].as_str().unwrap();
    assert!(said.starts_with("offers Ben") && !said.contains(ben.account()), "by name: {said}");

    let view = olga.read(&format!("/v1/decisions/{}", decision["id"].as_str().unwrap())).await;
    assert_eq!((&view["id"], &view["sentence"], &view["stage"]), (&decision["id"], &json!(said), &json!("arrived")));
    assert_eq!(view["question"]["hook"], "route");
    let step = &view["steps"][0];
    assert_eq!((&step["who"], &step["plugin"]), (&json!("Only Ben"), &plugin["id"]));
    assert_eq!((&step["version"], &step["mode"]), (&json!("1"), &json!("active")));
    assert_eq!(step["reason"], "the one who is named in the settings");
    assert!(step["cost"]["fuel"].as_u64().unwrap() > 0 && step["failure"].is_null(), "{step}");
    assert_eq!(olga.read(&path(&plugin, "")).await["health"]["asked"], 1);
    ben.claim(&chat).await;
}

#[tokio::test]
async fn a_shadow_is_compared_and_a_table_explains_its_rows() {
    let (hub, olga) = start().await;
    let ben = Desk::available(&hub.door, BEN).await;
    let off = json!({ "name": "Closed", "is_on": false, "then": { "do": "built_in" } });
    live_table(&olga, "Evenings", &json!([off, everybody("All")])).await;
    let shadow = uploaded(&olga, fakes::logs("example.logs", "Looks on", "1.0.0", "somebody came")).await;
    live(&olga, &shadow, Value::Null, json!(1)).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Hello").await;

    let decision = decision_about(&olga, &chat).await;
    assert_eq!(decision["decided_by"], "Evenings");
    let view = olga.read(&format!("/v1/decisions/{}", decision["id"].as_str().unwrap())).await;

    let rows = view["steps"][0]["rows"].as_array().unwrap();
    let verdicts: Vec<_> = rows.iter().map(|row| (row["name"].clone(), row["verdict"].clone())).collect();
    assert_eq!(verdicts, [(json!("Closed"), json!("off")), (json!("All"), json!("decided"))]);
    assert_eq!(rows[0]["text"], "is switched off");
    let looked = &view["steps"][1];
    assert_eq!((&looked["who"], &looked["mode"]), (&json!("Looks on"), &json!("shadow")));
    assert_eq!(looked["logs"], json!([{ "level": "info", "text": "somebody came" }]));
    let difference = &looked["differs"][0];
    assert!(difference["before"].as_str().unwrap().starts_with("offers Ben"), "{difference}");
    assert_eq!(difference["after"], "leaves it to the next rule");
    drop(ben);
}

#[tokio::test]
async fn a_plugin_that_fails_is_on_record_and_the_visitor_is_served() {
    let (hub, olga) = start().await;
    let plugin = uploaded(&olga, fakes::traps("example.traps", "Falls", "1.0.0")).await;
    live(&olga, &plugin, json!(1), Value::Null).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let first = vera.open_chat("Hello").await;

    anna.sees_waiting(&first).await;
    let decision = decision_about(&olga, &first).await;
    assert_eq!((&decision["has_failed"], &decision["decided_by"]), (&json!(true), &json!("")));
    let view = olga.read(&format!("/v1/decisions/{}", decision["id"].as_str().unwrap())).await;
    assert!(view["steps"][0]["failure"].as_str().unwrap().contains("it stopped with an error"), "{view}");
    let health = &olga.read(&path(&plugin, "")).await["health"];
    assert!(health["failed"].as_u64().unwrap() >= 1 && health["last_failed_at"].is_i64(), "{health}");
    assert_eq!(ask(&olga, Method::POST, &path(&plugin, "/try"), &json!({})).await.0, 204);

    live(&olga, &plugin, Value::Null, Value::Null).await;
    live_table(&olga, "Calm", &json!([])).await;
    let second = vera.open_chat("Another question").await;
    decision_about(&olga, &second).await;
    let failed = olga.read("/v1/decisions?failed=true").await["decisions"].clone();
    assert!(failed.as_array().unwrap().iter().all(|one| one["subject"] == *first), "{failed}");
    let all = olga.read("/v1/decisions").await;
    assert!(all["decisions"].as_array().unwrap().len() >= 2 && all["next"].is_null(), "{all}");
    assert_eq!(all["decisions"][0]["subject"], json!(second), "newest first");
    let newest = all["decisions"][0]["id"].as_str().unwrap();
    let older = olga.read(&format!("/v1/decisions?before={newest}")).await["decisions"].clone();
    assert!(older.as_array().unwrap().iter().all(|one| one["id"] != *newest), "{older}");
}

#[tokio::test]
async fn decisions_belong_to_the_owners_of_one_business() {
    let (hub, olga, fiona) = two_businesses().await;
    let ben = id_of(&olga, BEN).await;
    live_table(&olga, "Rules", &json!([])).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Hello").await;
    let decision = decision_about(&olga, &chat).await;

    assert_eq!(fiona.read(&format!("/v1/decisions?subject={chat}")).await["decisions"], json!([]));
    let one = format!("/v1/decisions/{}", decision["id"].as_str().unwrap());
    assert_eq!(ask(&fiona, Method::GET, &one, &Value::Null).await.0, 404);
    for unknown in ["7ZZZZZZZZZZZZ", "x", ben.as_str()] {
        let (status, problem) = ask(&olga, Method::GET, &format!("/v1/decisions/{unknown}"), &Value::Null).await;
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_decision")), "{unknown}");
    }
    assert_eq!(ask(&olga, Method::GET, "/v1/decisions?subject=x", &Value::Null).await.0, 400);
}
