//! What pages show of a package: a saved change, the preview, nothing after it is deleted.

use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::packages::{demo, path, save, start};
use crate::harness::team::ask;
use crate::harness::visitor::{PACKAGE, Visitor};
use crate::harness::web::{ANNA, get};

#[tokio::test]
async fn a_saved_change_is_on_the_page_at_the_next_load() {
    let (hub, olga) = start().await;
    let package = demo(&olga).await;
    let url = |rest: &str| format!("{}/w/{PACKAGE}{rest}", hub.door.http());
    let tag = async |rest: &str| {
        let answer = get(&url(rest)).await;
        assert_eq!(answer.status(), 200, "{rest}");
        (answer.headers()[header::ETAG].clone(), answer.text().await.unwrap())
    };
    let (loader, json, chat) = (tag(".js").await, tag(".json").await, tag("/chat").await);

    let (status, saved) = save(&olga, &package, "/button", json!({ "label": "Ask a baker", "brand": "#FFD400" })).await;

    assert_eq!((status, &saved["version"]), (200, &json!(2)), "{saved}");
    assert_eq!(saved["settings"]["button"]["brand"], "#ffd400");
    let after = tag(".js").await;
    assert!(after.0 != loader.0 && after.1.contains("Ask a baker") && !after.1.contains("#ffd400"), "{}", after.1);
    let settings: Value = serde_json::from_str(&tag(".json").await.1).unwrap();
    assert_eq!(settings["label"], "Ask a baker");
    assert_ne!(tag(".json").await.0, json.0);
    assert_ne!(tag("/chat").await.0, chat.0);
    assert_eq!(tag(".js").await.0, after.0, "nothing changed since");
}

#[tokio::test]
async fn the_preview_shows_what_the_page_would_after_saving() {
    let (hub, olga) = start().await;
    let package = demo(&olga).await;
    let mut settings = package["settings"].clone();
    settings["button"]["label"] = json!("Ring");
    settings["button"]["brand"] = json!("#e6007e");
    settings["button"]["outside_hours"] = json!("hide");
    let preview = async |is_open: bool| {
        let body = json!({ "settings": settings, "is_open": is_open });
        let (status, answer) = ask(&olga, Method::POST, &path(&package, "/preview"), &body).await;
        assert_eq!(status, 200, "{answer}");
        answer["button"].clone()
    };

    let (open, closed) = (preview(true).await, preview(false).await);

    assert_eq!(olga.read(&path(&package, "")).await["version"], 1, "nothing is saved");
    assert_ne!(open, closed);
    save(&olga, &package, "/button", settings["button"].clone()).await;
    let page: Value = get(&format!("{}/w/{PACKAGE}.json", hub.door.http())).await.json().await.unwrap();
    assert_eq!(page, open);
    let document = get(&format!("{}/w/{PACKAGE}/preview", hub.door.http())).await;
    let policy = document.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
}

#[tokio::test]
async fn a_deleted_package_is_gone_for_visitors_and_its_chats_stay() {
    let (hub, olga) = start().await;
    let package = demo(&olga).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    anna.claim(&chat).await;

    assert_eq!(ask(&olga, Method::DELETE, &path(&package, ""), &Value::Null).await.0, 204);

    let status = async |path: &str| get(&format!("{}{path}", hub.door.http())).await.status().as_u16();
    for page in [".js", ".json", "/chat", "/preview"] {
        assert_eq!(status(&format!("/w/{PACKAGE}{page}")).await, 404, "{page}");
    }
    assert_eq!(status(&format!("/p/{PACKAGE}")).await, 404);
    let script = get(&format!("{}/w/{PACKAGE}.js", hub.door.http())).await;
    assert!(script.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/javascript"));
    assert_eq!(olga.events(&chat).await[0]["body"], "Good morning");
    let again = ask(&olga, Method::DELETE, &path(&package, ""), &Value::Null).await;
    assert_eq!((again.0, &again.1["code"]), (404, &json!("unknown_package")));
}

#[tokio::test]
async fn the_call_page_can_be_printed_and_shared() {
    let (hub, olga) = start().await;
    let package = demo(&olga).await;
    let page = json!({ "heading": "Fresh \"bread\" <b>", "subheading": "Call us & ask", "has_chat": true });
    save(&olga, &package, "/page", page).await;

    let code = olga.read(&path(&package, "/qr")).await;
    // The smallest code has 21 modules; a finder of 7 modules stands in its first corner.
    assert!(code["size"].as_u64().unwrap() >= 21, "{code}");
    assert!(code["path"].as_str().unwrap().starts_with("M0 0h7v1h-7z"), "{code}");
    let answer = get(&format!("{}/p/{PACKAGE}", hub.door.http())).await;
    assert_eq!(answer.status(), 200);
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
    let html = answer.text().await.unwrap();
    for expected in [
        "property=\"og:title\" content=\"Fresh &quot;bread&quot; &lt;b&gt; – Bakery\"",
        "property=\"og:description\" content=\"Call us &amp; ask\"",
        &format!("property=\"og:url\" content=\"{}/p/{PACKAGE}\"", hub.door.http()),
    ] {
        assert!(html.contains(expected), "{expected} is not in the page");
    }
}
