//! What rules choose consultants by: languages, skills and a limit, which owners set.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::packages::start;
use crate::harness::plugins::{live_table, put, table};
use crate::harness::team::{ask, id_of};
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN};

fn to_skill(skill: &str) -> Value {
    let step = json!({ "to": { "skill": skill }, "ring": "all_at_once", "patience_seconds": 30 });
    json!([{ "name": "By skill", "then": { "do": "offer", "steps": [step] } }])
}

#[tokio::test]
async fn owners_set_them_and_wrong_ones_are_named() {
    let (_hub, olga) = start().await;
    let path = format!("/v1/accounts/{}", id_of(&olga, BEN).await);
    let change = async |body: Value| ask(&olga, Method::PATCH, &path, &body).await;

    let talents = json!({ "most_chats": 3, "languages": ["pl", "en-GB"], "skills": [" cakes "] });
    let (status, ben) = change(talents).await;
    assert_eq!((status, &ben["most_chats"]), (200, &json!(3)), "{ben}");
    assert_eq!((&ben["languages"], &ben["skills"]), (&json!(["pl", "en-GB"]), &json!(["cakes"])));
    let (_, ben) = change(json!({ "most_chats": null })).await;
    assert_eq!((&ben["most_chats"], &ben["skills"]), (&Value::Null, &json!(["cakes"])), "what is left out stays");

    for (body, pointer) in [
        (json!({ "most_chats": 0 }), "/most_chats"),
        (json!({ "most_chats": 51 }), "/most_chats"),
        (json!({ "languages": ["pl", "polish language"] }), "/languages/1"),
        (json!({ "skills": ["cakes", "Cakes"] }), "/skills/1"),
        (json!({ "skills": ["x".repeat(31)] }), "/skills/0"),
        (json!({ "skills": vec!["x"; 21] }), "/skills"),
    ] {
        let (status, problem) = change(body.clone()).await;
        assert_eq!((status, &problem["pointer"]), (400, &json!(pointer)), "{body}");
    }
}

#[tokio::test]
async fn a_rule_may_name_a_skill_that_somebody_has() {
    let (hub, olga) = start().await;
    let draft = table(&olga, "Draft").await;
    let (status, problem) = put(&olga, &draft, "/table", json!({ "rows": to_skill("cakes") })).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/rows/0/then/steps/0/to/skill")));
    let path = format!("/v1/accounts/{}", id_of(&olga, BEN).await);
    assert_eq!(ask(&olga, Method::PATCH, &path, &json!({ "skills": ["cakes"] })).await.0, 200);

    live_table(&olga, "Skills", &to_skill("cakes")).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("A cake for ten, please").await;

    let offered = |frame: &Value| {
        let visitor = &frame["change"]["visitor"];
        visitor["chat"] == *chat && !visitor["offered"].is_null()
    };
    ben.socket.frame_where("the offer at the desk of who has the skill", offered).await;
    anna.sees_waiting(&chat).await;
    assert_eq!(anna.try_claim(&chat).await["code"], "chat_offered");
}
