//! Settings of plugins: what their forms take, what the plugin itself says, and secrets that are never shown.

use plugins::fakes;
use serde_json::{Value, json};

use crate::harness::packages::start;
use crate::harness::plugins::{live, path, put, uploaded};
use crate::harness::team::id_of;
use crate::harness::web::{ANNA, Browser};

const SECRET: &str = "canary-oven-key-93";

async fn set(owner: &Browser, plugin: &Value, settings: Value) -> (u16, Value) {
    put(owner, plugin, "", json!({ "settings": settings })).await
}

#[tokio::test]
async fn settings_must_fit_the_form_of_the_plugin() {
    let (_hub, olga) = start().await;
    let anna = id_of(&olga, ANNA).await;
    let plugin = uploaded(&olga, fakes::offers_one("example.one", "One", "1.0.0")).await;
    assert_eq!(plugin["fields"][0]["key"], fakes::CONSULTANT);

    for (settings, pointer, code) in [
        (json!({}), "/settings/consultant", "missing"),
        (json!({ "consultant": "7ZZZZZZZZZZZZ" }), "/settings/consultant", "unknown"),
        (json!({ "consultant": 7 }), "/settings/consultant", "not_a"),
        (json!({ "consultant": anna, "a/b": 1 }), "/settings/a~1b", "unknown"),
        (json!([anna]), "/settings", "not_a"),
    ] {
        let (status, problem) = set(&olga, &plugin, settings.clone()).await;
        assert_eq!((status, &problem["code"]), (422, &json!("invalid_settings")), "{settings}");
        let error = &problem["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{settings}: {problem}");
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
    let (status, kept) = set(&olga, &plugin, json!({ "consultant": anna })).await;
    assert_eq!((status, &kept["settings"]), (200, &json!({ "consultant": anna })));
    let next = uploaded(&olga, fakes::offers_one("example.one", "One", "1.1.0")).await;
    assert_eq!(next["settings"], kept["settings"], "a new version keeps them");
}

#[tokio::test]
async fn a_plugin_has_the_last_word_about_its_settings() {
    let (_hub, olga) = start().await;
    let plugin = uploaded(&olga, fakes::never_content("example.never", "Never", "1.0.0")).await;

    let (status, problem) = set(&olga, &plugin, json!({ "token": SECRET })).await;

    let expected = json!([{ "pointer": "/settings/token", "code": "plugin", "message": fakes::COMPLAINT }]);
    assert_eq!((status, &problem["errors"]), (422, &expected), "{problem}");
    assert_eq!(olga.read(&path(&plugin, "")).await["settings"], json!({}), "nothing is kept");
}

#[tokio::test]
async fn a_secret_is_kept_and_never_shown() {
    let (hub, olga) = start().await;
    let plugin = uploaded(&olga, fakes::keeps_secret("example.secret", "Secret", "1.0.0")).await;
    let placeholder = json!({ "token": "{{secret:token}}" });

    let (status, kept) = set(&olga, &plugin, json!({ "token": SECRET })).await;
    assert_eq!((status, &kept["settings"]), (200, &placeholder), "{kept}");
    for settings in [placeholder.clone(), json!({}), json!({ "token": "" })] {
        let (status, kept) = set(&olga, &plugin, settings.clone()).await;
        assert_eq!((status, &kept["settings"]), (200, &placeholder), "{settings} leaves it");
    }
    let (status, problem) = set(&olga, &plugin, json!({ "token": "two\nlines" })).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/settings/token")));
    live(&olga, &plugin, json!(1), Value::Null).await;

    let question = json!({ "version": 1, "question": crate::plugins::trials::question() });
    let answer = olga.post(&path(&plugin, "/play"), &question).await;
    assert_eq!(answer.status().as_u16(), 200);
    let pages = [
        answer.text().await.unwrap(),
        olga.read("/v1/plugins").await.to_string(),
        olga.read(&path(&plugin, "")).await.to_string(),
        olga.read("/v1/audit").await.to_string(),
    ];
    assert!(pages.iter().all(|page| !page.contains(SECRET)), "{pages:?}");
    assert!(!hub.log().contains(SECRET), "not even in the log");
}
