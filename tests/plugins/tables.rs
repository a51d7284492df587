//! Rule tables: versions, flaws by their place, and keys that no plugin may take.

use plugins::fakes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::packages::start;
use crate::harness::plugins::{everybody, put, table, upload, uploaded};
use crate::harness::team::{ask, id_of};
use crate::harness::web::BEN;

#[tokio::test]
async fn a_table_begins_empty_and_each_change_is_a_version() {
    let (_hub, olga) = start().await;
    let empty = table(&olga, " Evenings ").await;
    assert_eq!((&empty["kind"], &empty["name"]), (&json!("table"), &json!("Evenings")));
    assert_eq!((&empty["newest"], &empty["live"], &empty["rows"]), (&json!(1), &Value::Null, &json!([])));
    assert_eq!(empty["hooks"], json!(["routing"]));
    let ben = id_of(&olga, BEN).await;
    let step = json!({ "to": { "consultants": [ben] }, "ring": "one_by_one", "patience_seconds": 20 });
    let rows = json!([
        { "name": "Polish to Ben", "when": [{ "fact": "language", "test": "one_of", "values": ["pl"] }],
          "then": { "do": "offer", "steps": [step] }, "tags": ["ben"] },
        everybody("The others"),
    ]);

    let (status, saved) = put(&olga, &empty, "/table", json!({ "rows": rows })).await;

    assert_eq!((status, &saved["newest"], &saved["live"]), (200, &json!(2), &Value::Null), "{saved}");
    assert_eq!((&saved["rows"][0]["tags"], &saved["rows"][1]["name"]), (&json!(["ben"]), &json!("The others")));
    let (_, again) = put(&olga, &empty, "/table", json!({ "rows": saved["rows"] })).await;
    assert_eq!((&again["newest"], &again["rows"]), (&json!(2), &saved["rows"]), "the same rows are no version");
}

#[tokio::test]
async fn every_flaw_of_a_table_is_told_with_its_place() {
    let (_hub, olga) = start().await;
    let table = table(&olga, "Rules").await;
    let stranger = json!({ "to": { "consultants": ["7ZZZZZZZZZZZZ"] }, "ring": "all_at_once", "patience_seconds": 20 });
    let rows = json!([
        { "name": "", "then": { "do": "built_in" } },
        { "name": "Stranger", "then": { "do": "offer", "steps": [stranger] } },
        { "name": "Never", "when": [{ "fact": "visits", "at_least": 3, "at_most": 2 }], "then": { "do": "built_in" } },
        { "name": "What", "then": { "do": "dance" } },
    ]);

    let (status, problem) = put(&olga, &table, "/table", json!({ "rows": rows })).await;

    assert_eq!((status, &problem["code"]), (422, &json!("invalid_table")), "{problem}");
    let errors = problem["errors"].as_array().unwrap();
    let places: Vec<&str> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    let expected = ["/rows/0/name", "/rows/1/then/steps/0/to/consultants/0", "/rows/2/when/0", "/rows/3/then"];
    assert_eq!(places, expected);
    assert!(errors.iter().all(|error| !error["message"].as_str().unwrap().is_empty() && error["code"].is_string()));
    let (status, problem) = put(&olga, &table, "/table", json!({ "rows": "none" })).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/rows")));
    let kept = olga.read(&format!("/v1/plugins/{}", table["id"].as_str().unwrap())).await;
    assert_eq!(kept["newest"], 1, "nothing is kept");
}

#[tokio::test]
async fn a_table_is_no_plugin_and_a_plugin_no_table() {
    let (_hub, olga) = start().await;
    let table = table(&olga, "Rules").await;
    let key = table["key"].as_str().unwrap();

    let (status, problem) = upload(&olga, fakes::offers_everybody(key, "Mine now", "1.0.0")).await;
    assert_eq!((status, &problem["code"]), (409, &json!("plugin_is_a_table")));

    let plugin = uploaded(&olga, fakes::offers_everybody("example.everybody", "Everybody", "1.0.0")).await;
    let (status, problem) = put(&olga, &plugin, "/table", json!({ "rows": [] })).await;
    assert_eq!((status, &problem["code"]), (409, &json!("plugin_is_not_a_table")));
    let (status, problem) = put(&olga, &table, "", json!({ "settings": { "token": "1" } })).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/settings/token")), "a table has no settings");
    for name in ["", " ", &"x".repeat(61)] {
        let (status, problem) = ask(&olga, Method::POST, "/v1/plugins/tables", &json!({ "name": name })).await;
        assert_eq!((status, &problem["pointer"]), (400, &json!("/name")), "{name:?}");
    }
}
