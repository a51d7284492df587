//! Plugins and rule tables as owners keep them: uploads and their refusals, versions, settings, who may see them.

mod decisions;
mod settings;
mod tables;
mod talents;
mod trials;

use plugins::fakes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::packages::{start, two_businesses};
use crate::harness::plugins::{live, path, put, table, upload, upload_as, uploaded};
use crate::harness::team::ask;
use crate::harness::web::{ANNA, Browser};

const KEY: &str = "example.everybody";

fn everybody(version: &str) -> Vec<u8> {
    fakes::offers_everybody(KEY, "Everybody", version)
}

fn names(list: &Value) -> Vec<String> {
    let plugins = list["plugins"].as_array().unwrap();
    plugins.iter().map(|plugin| plugin["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_upload_is_a_draft_that_says_what_it_is() {
    let (_hub, olga) = start().await;

    let plugin = uploaded(&olga, everybody("1.0.0")).await;

    for (field, expected) in [
        ("kind", json!("wasm")),
        ("key", json!(KEY)),
        ("name", json!("Everybody")),
        ("summary", json!("Made for a test.")),
        ("author", json!("Bakery")),
        ("live", Value::Null),
        ("shadow", Value::Null),
        ("newest", json!(1)),
        ("packages", Value::Null),
        ("hooks", json!(["routing"])),
        ("off_reason", Value::Null),
        ("settings", json!({})),
        ("fields", json!([])),
        ("rows", Value::Null),
    ] {
        assert_eq!(plugin[field], expected, "{field} of {plugin}");
    }
    let version = &plugin["versions"][0];
    assert_eq!((&version["version"], &version["label"]), (&json!(1), &json!("1.0.0")));
    assert_eq!((&version["uploaded_by"], &version["went_live_at"]), (&json!("Olga Nowak"), &Value::Null));
    assert_eq!(version["digest"].as_str().unwrap().len(), 64, "{version}");
    assert_eq!(plugin["health"]["asked"], 0);
    assert_eq!(olga.read(&path(&plugin, "")).await, plugin);
    assert_eq!(names(&olga.read("/v1/plugins").await), ["Everybody"]);
}

#[tokio::test]
async fn what_is_no_plugin_is_refused_with_a_sentence() {
    let (_hub, olga) = start().await;
    let large = [b"\0asm\x0d\0\x01\0".to_vec(), vec![0; 4 << 20]].concat();
    for (file, status, words) in [
        (b"".to_vec(), 422, "is empty"),
        (b"PK\x03\x04 garbage".to_vec(), 422, "this is not WebAssembly"),
        (b"(component)".to_vec(), 422, "WebAssembly as text"),
        (b"\x7fELF\x02\x01 compiled".to_vec(), 422, ".cwasm"),
        (b"\0asm\x01\0\0\0".to_vec(), 422, "does not say which interface"),
        (large, 413, "4 MiB are allowed"),
        (fakes::Text { memory: "1024".to_owned(), ..fakes::Text::default() }.upload(), 422, "64 MiB"),
        (fakes::dummy("routing-plugin"), 422, "could not say what it is"),
        (fakes::Text::default().upload(), 422, "/id must be lowercase"),
        (fakes::offers_everybody("Has Space", "Everybody", "latest"), 422, "/version must be like 1.2.3"),
    ] {
        let (said, problem) = upload(&olga, file).await;

        assert_eq!((said, &problem["code"]), (status, &json!("plugin_refused")), "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(words), "{detail}");
    }
    for kind in ["application/octet-stream", "application/json", "text/plain"] {
        let (status, problem) = upload_as(&olga, kind, everybody("1.0.0")).await;
        assert_eq!((status, &problem["code"]), (415, &json!("not_wasm")), "{kind}: {problem}");
    }
    assert_eq!(olga.read("/v1/plugins").await["plugins"], json!([]), "nothing of it is kept");
}

#[tokio::test]
async fn the_same_upload_twice_is_one_version_and_another_one_is_the_next() {
    let (_hub, olga) = start().await;
    let first = uploaded(&olga, everybody("1.0.0")).await;
    live(&olga, &first, json!(1), Value::Null).await;

    let again = uploaded(&olga, everybody("1.0.0")).await;
    assert_eq!((&again["id"], &again["newest"]), (&first["id"], &json!(1)));
    let second = uploaded(&olga, everybody("1.1.0")).await;

    assert_eq!((&second["id"], &second["newest"], &second["live"]), (&first["id"], &json!(2), &json!(1)));
    let labels: Vec<_> = second["versions"].as_array().unwrap().iter().map(|one| one["label"].clone()).collect();
    assert_eq!(labels, [json!("1.1.0"), json!("1.0.0")]);
}

#[tokio::test]
async fn a_name_the_owner_gave_outlives_an_upload() {
    let (_hub, olga) = start().await;
    let plugin = uploaded(&olga, everybody("1.0.0")).await;
    let (status, problem) = put(&olga, &plugin, "", json!({ "name": "x".repeat(61) })).await;
    assert_eq!((status, &problem["pointer"]), (400, &json!("/name")));

    let (status, renamed) = put(&olga, &plugin, "", json!({ "name": " Night shift " })).await;

    assert_eq!((status, &renamed["name"]), (200, &json!("Night shift")), "{renamed}");
    assert_eq!(uploaded(&olga, everybody("1.1.0")).await["name"], "Night shift");
}

#[tokio::test]
async fn versions_go_live_and_back() {
    let (_hub, olga) = start().await;
    let plugin = uploaded(&olga, everybody("1.0.0")).await;
    uploaded(&olga, everybody("1.1.0")).await;

    let new = live(&olga, &plugin, json!(2), json!(1)).await;
    assert_eq!((&new["live"], &new["shadow"]), (&json!(2), &json!(1)));
    assert!(new["versions"][0]["went_live_at"].is_i64() && new["versions"][1]["went_live_at"].is_null(), "{new}");
    let old = live(&olga, &plugin, json!(1), Value::Null).await;
    assert_eq!((&old["live"], &old["shadow"]), (&json!(1), &Value::Null));

    for unknown in [0, 3, -1] {
        let (status, problem) = put(&olga, &plugin, "/life", json!({ "live": unknown, "shadow": null })).await;
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_version")), "{unknown}");
    }
    let (status, problem) = put(&olga, &plugin, "/life", json!({ "live": 1 })).await;
    assert_eq!((status, &problem["pointer"]), (400, &json!("/shadow")), "both, always");
    assert_eq!(olga.read(&path(&plugin, "")).await["live"], 1);
}

#[tokio::test]
async fn plugins_have_an_order_and_go() {
    let (_hub, olga) = start().await;
    let (one, two, three) = (table(&olga, "One").await, table(&olga, "Two").await, table(&olga, "Three").await);
    let order = json!({ "order": [three["id"], one["id"]] });

    let (status, nothing) = ask(&olga, Method::PUT, "/v1/plugins/order", &order).await;

    assert_eq!((status, nothing), (204, Value::Null));
    assert_eq!(names(&olga.read("/v1/plugins").await), ["Three", "One", "Two"]);
    assert_eq!(ask(&olga, Method::PUT, "/v1/plugins/order", &json!({ "order": ["Three"] })).await.0, 400);
    live(&olga, &two, json!(1), Value::Null).await;
    assert_eq!(ask(&olga, Method::DELETE, &path(&two, ""), &Value::Null).await.0, 204);
    assert_eq!(names(&olga.read("/v1/plugins").await), ["Three", "One"]);
    let (status, problem) = ask(&olga, Method::GET, &path(&two, ""), &Value::Null).await;
    assert_eq!((status, &problem["code"]), (404, &json!("unknown_plugin")));
}

#[tokio::test]
async fn a_plugin_belongs_to_the_owners_of_one_business() {
    let (hub, olga, fiona) = two_businesses().await;
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let plugin = uploaded(&olga, everybody("1.0.0")).await;

    let (status, problem) = upload(&anna, everybody("1.0.0")).await;
    assert_eq!((status, &problem["code"]), (403, &json!("owners_only")));
    for (browser, status) in [(&anna, 403), (&fiona, 404)] {
        assert_eq!(ask(browser, Method::GET, &path(&plugin, ""), &Value::Null).await.0, status);
        assert_eq!(put(browser, &plugin, "", json!({ "name": "Mine" })).await.0, status);
        assert_eq!(ask(browser, Method::DELETE, &path(&plugin, ""), &Value::Null).await.0, status);
    }
    let hers = uploaded(&fiona, everybody("1.0.0")).await;

    assert_ne!(hers["id"], plugin["id"], "the same file, and another plugin");
    assert_eq!(ask(&fiona, Method::DELETE, &path(&hers, ""), &Value::Null).await.0, 204);
    let kept = live(&olga, &plugin, json!(1), Value::Null).await;
    assert_eq!(kept["live"], 1, "the file is still there");
}

#[tokio::test]
async fn a_plugin_decides_for_packages_of_its_business_only() {
    let (_hub, olga, fiona) = two_businesses().await;
    let plugin = uploaded(&olga, everybody("1.0.0")).await;
    let packages = olga.read("/v1/packages").await;
    let own = packages["packages"][0]["id"].clone();
    let (status, strange) = ask(&fiona, Method::POST, "/v1/packages", &json!({ "name": "Roses" })).await;
    assert_eq!(status, 201);

    let (status, bound) = put(&olga, &plugin, "", json!({ "packages": [own] })).await;
    assert_eq!((status, &bound["packages"]), (200, &json!([own])));
    let (status, problem) = put(&olga, &plugin, "", json!({ "packages": [own, strange["id"]] })).await;
    assert_eq!((status, &problem["pointer"]), (400, &json!("/packages/1")));
    let (_, kept) = put(&olga, &plugin, "", json!({ "name": "Everybody" })).await;
    assert_eq!(kept["packages"], json!([own]), "what is left out stays");
    let (status, free) = put(&olga, &plugin, "", json!({ "packages": null })).await;
    assert_eq!((status, &free["packages"]), (200, &Value::Null));
}
