//! Messages visitors leave when nobody is there.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::packages::{save, start, with_key};
use crate::harness::team::ask;
use crate::harness::web::Browser;

const POLISH: &str = "demo-pl";

/// Changes a setting of the Polish package.
async fn set(olga: &Browser, pointer: &str, value: Value) {
    let (status, answer) = save(olga, &with_key(olga, POLISH).await, pointer, value).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn a_left_message_is_listed_with_the_answers() {
    let (hub, olga) = start().await;
    let vera = Browser::new(&hub.door);
    let field = |id: &str, is_required: bool| json!({ "id": id, "kind": "text", "label": id.to_uppercase(), "is_required": is_required });
    set(&olga, "/form/fields", json!([field("order", true), field("city", false)])).await;
    let mut good = json!({
        "package": POLISH, "email": "vera@home.example", "name": "Vera", "phone": "", "body": "Is there\nrye bread?",
        "answers": { "city": "Gdynia", "order": "7", "other": "x" }, "page_url": "https://shop.example/bread",
    });
    let leave = async |body: &Value| ask(&vera, Method::POST, "/v1/visitor/messages", body).await;

    for (field, value, pointer) in [
        ("answers", json!({ "city": "x".repeat(501) }), "/answers/city"),
        ("cid", json!("two words"), "/cid"),
        ("body", json!(" "), "/body"),
        ("body", json!("x".repeat(4_001)), "/body"),
        ("email", json!("vera@"), "/email"),
        ("phone", json!("x"), "/phone"),
    ] {
        let (status, problem) = {
            let mut body = good.clone();
            body[field] = value;
            leave(&body).await
        };
        assert_eq!((status, &problem["pointer"]), (400, &json!(pointer)));
    }
    good["cid"] = json!("c1");
    let (status, left) = leave(&good).await;
    assert_eq!(status, 201, "{left}");
    assert_eq!(leave(&good).await, (status, left.clone()), "the answer was lost, and the browser asks again");

    let list = olga.read("/v1/messages?state=new").await;
    let listed = &list["messages"][0];
    assert_eq!(
        (&list["new"], &listed["id"], &listed["body"]),
        (&json!(1), &left["id"], &json!("Is there\nrye bread?"))
    );
    let answers = json!([{ "label": "ORDER", "value": "7" }, { "label": "CITY", "value": "Gdynia" }]);
    assert_eq!((&listed["answers"], &listed["page_url"]), (&answers, &json!("https://shop.example/bread")));
    assert_eq!(listed.get("phone"), None);
    let path = format!("/v1/messages/{}", left["id"].as_str().unwrap());
    let (status, done) = ask(&olga, Method::PATCH, &path, &json!({ "from": "new", "to": "done" })).await;
    assert_eq!((status, &done["state"]), (200, &json!("done")));
    let (status, problem) = ask(&olga, Method::PATCH, &path, &json!({ "from": "new", "to": "taken" })).await;
    assert_eq!((status, &problem["code"]), (409, &json!("stale")));

    set(&olga, "/message/is_offered", json!(false)).await;
    let (status, problem) = leave(&good).await;
    assert_eq!((status, &problem["code"]), (409, &json!("not_offered")));
}
