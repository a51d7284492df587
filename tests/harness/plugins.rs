//! Plugins and rule tables over HTTP: uploading, going live, what was decided.

use reqwest::Method;
use serde_json::{Value, json};

use super::team::ask;
use super::until;
use super::web::Browser;

/// Uploads a plugin; the status and the answer.
pub async fn upload(owner: &Browser, file: Vec<u8>) -> (u16, Value) {
    upload_as(owner, "application/wasm", file).await
}

/// The same with another content type.
pub async fn upload_as(owner: &Browser, kind: &str, file: Vec<u8>) -> (u16, Value) {
    let request = owner.request(Method::POST, "/v1/plugins").header("content-type", kind);
    let answer = request.body(file).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).expect(&text))
}

/// Uploads a plugin that is accepted.
pub async fn uploaded(owner: &Browser, file: Vec<u8>) -> Value {
    let (status, plugin) = upload(owner, file).await;
    assert_eq!(status, 201, "{plugin}");
    plugin
}

/// The address of a plugin, or of what hangs on it.
pub fn path(plugin: &Value, rest: &str) -> String {
    format!("/v1/plugins/{}{rest}", plugin["id"].as_str().unwrap())
}

/// Asks about a plugin; the status and the answer.
pub async fn put(owner: &Browser, plugin: &Value, rest: &str, body: Value) -> (u16, Value) {
    ask(owner, Method::PUT, &path(plugin, rest), &body).await
}

/// Lets these versions be asked.
pub async fn live(owner: &Browser, plugin: &Value, live: Value, shadow: Value) -> Value {
    let (status, plugin) = put(owner, plugin, "/life", json!({ "live": live, "shadow": shadow })).await;
    assert_eq!(status, 200, "{plugin}");
    plugin
}

/// Makes a rule table without rows.
pub async fn table(owner: &Browser, name: &str) -> Value {
    let (status, table) = ask(owner, Method::POST, "/v1/plugins/tables", &json!({ "name": name })).await;
    assert_eq!(status, 201, "{table}");
    table
}

/// Makes a rule table with these rows and lets it decide.
pub async fn live_table(owner: &Browser, name: &str, rows: &Value) -> Value {
    let table = table(owner, name).await;
    let (status, saved) = put(owner, &table, "/table", json!({ "rows": rows })).await;
    assert_eq!(status, 200, "{saved}");
    let newest = saved["newest"].clone();
    live(owner, &table, newest, Value::Null).await
}

/// A row that offers everybody who is free, and always decides when somebody is.
pub fn everybody(name: &str) -> Value {
    let step = json!({ "to": "everybody", "ring": "all_at_once", "patience_seconds": 30 });
    json!({ "name": name, "then": { "do": "offer", "steps": [step] } })
}

/// The newest decision about a chat, as soon as it is on record.
pub async fn decision_about(owner: &Browser, chat: &str) -> Value {
    until("a decision on record", async || {
        let list = owner.read(&format!("/v1/decisions?subject={chat}")).await;
        list["decisions"].as_array().unwrap().first().cloned()
    })
    .await
}
