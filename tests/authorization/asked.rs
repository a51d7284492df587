//! What is asked: a body each route would take, and rows of the Bakery that are made for one question each.

use serde_json::{Value, json};

use super::NOBODYS_ID;
use super::table::Row;
use crate::harness::hub::Hub;
use crate::harness::plugins::{decision_about, live_table};
use crate::harness::setup::PASSWORD;
use crate::harness::visitor::{PACKAGE, Visitor};
use crate::harness::web::Browser;

/// The smallest picture there is: one transparent pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x60, 0, 2, 0, 0, 5,
    0, 1, 0xe9, 0xfa, 0xdc, 0xd8, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// What is sent along.
pub(crate) enum Body {
    Nothing,
    Json(Value),
    File(&'static str, Vec<u8>),
}

/// A body this route takes; `at` makes it another one for each who asks.
pub(crate) fn body(row: &Row, at: usize) -> Body {
    let wrong_token = json!("c2cl_0000000000000000000000000000000000000000000000000000000000000000");
    let email = format!("{}{at}@example.com", row.path.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
    let visitor = json!({ "package": PACKAGE, "email": email });
    Body::Json(match (row.method, row.path) {
        ("GET", _) => return Body::Nothing,
        ("POST", "/v1/images") => return Body::File("image/png", PIXEL.to_vec()),
        // What it says decides nothing here: whoever may not upload is refused before it is looked at.
        ("POST", "/v1/plugins") => return Body::File("application/wasm", b"garbage".to_vec()),
        ("PUT", "/v1/plugins/order") => json!({ "order": [] }),
        ("PUT", "/v1/plugins/{plugin}") => json!({ "name": "Changed" }),
        ("PUT", "/v1/plugins/{plugin}/life") => json!({ "live": 1, "shadow": null }),
        ("PUT", "/v1/plugins/{plugin}/table") => json!({ "rows": [] }),
        ("POST", "/v1/plugins/{plugin}/replay") => json!({ "version": 1, "last": 1 }),
        ("POST", "/v1/plugins/{plugin}/play") => json!({ "version": 1, "question": { "hook": "describe" } }),
        ("POST", "/v1/images/from-url") => json!({ "url": "http://10.0.0.1/logo.png" }),
        ("POST", "/v1/sign-in") => json!({ "email": email, "password": "wrong" }),
        ("POST", "/v1/setup") => with(&person(&email), &json!({ "token": wrong_token, "business": "Bakery" })),
        ("POST", "/v1/links/look") => json!({ "token": wrong_token }),
        ("POST", "/v1/links/use") => json!({ "token": wrong_token, "password": PASSWORD }),
        ("PATCH", "/v1/me") => json!({ "language": "en" }),
        ("PUT", "/v1/me/password") => json!({ "current": "wrong", "password": format!("{PASSWORD}x") }),
        ("PUT", "/v1/me/second-factor") => json!({ "draft": "none", "code": "000000" }),
        ("DELETE", "/v1/me/second-factor") => json!({ "password": "wrong", "code": "000000" }),
        ("POST", "/v1/me/second-factor" | "/v1/me/recovery-codes") => json!({ "password": "wrong" }),
        ("POST", "/v1/packages" | "/v1/plugins/tables") => json!({ "name": "Another" }),
        ("PUT", "/v1/packages/{package}") => json!({ "name": "Changed", "version": 1, "settings": {} }),
        ("POST", "/v1/packages/{package}/versions/{version}/restore") => json!({ "version": 1 }),
        ("POST", "/v1/packages/{package}/preview") => json!({ "settings": {}, "is_open": true }),
        ("POST", "/v1/accounts") => account(&email),
        ("PATCH", "/v1/accounts/{account}") => json!({ "given_name": "Dora" }),
        ("PUT", "/v1/accounts/order") => json!({ "accounts": [] }),
        ("PATCH", "/v1/orders/{order}" | "/v1/messages/{message}") => json!({ "from": "new", "to": "taken" }),
        ("POST", "/v1/visitor/orders") => order(&visitor),
        ("POST", "/v1/visitor/messages") => with(&visitor, &json!({ "body": "Please write to me." })),
        _ => json!({}),
    })
}

/// The address with ids nobody has.
pub(crate) fn unknown(row: &Row) -> String {
    fill(row, &|_| NOBODYS_ID.to_owned())
}

fn fill(row: &Row, id: &dyn Fn(&str) -> String) -> String {
    let parts = row.path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some("version") => "1".to_owned(),
        Some(name) => id(name),
        None => part.to_owned(),
    });
    let query = match row.path {
        "/v1/visitor/half-hours" => format!("?package={PACKAGE}&from={}&days=3", tomorrow()),
        "/v1/packages/{package}/hours" => format!("?from={}&days=3", tomorrow()),
        "/v1/plugins/{plugin}/calendar" => format!("?version=1&package={NOBODYS_ID}&from={}&days=3", tomorrow()),
        "/v1/images" | "/v1/images/from-url" => "?fit=logo".to_owned(),
        _ => String::new(),
    };
    parts.collect::<Vec<_>>().join("/") + &query
}

fn person(email: &str) -> Value {
    json!({ "email": email, "given_name": "Dora", "family_name": "Dough", "language": "en", "password": PASSWORD })
}

fn account(email: &str) -> Value {
    let mut account = person(email);
    account.as_object_mut().unwrap().remove("password");
    with(&account, &json!({ "role": "consultant", "takes_calls": true, "sends_transcripts": false }))
}

fn order(visitor: &Value) -> Value {
    with(visitor, &json!({ "phone": "+48 601 234 567", "date": tomorrow(), "time": "12:00" }))
}

fn with(one: &Value, more: &Value) -> Value {
    let mut all = one.as_object().unwrap().clone();
    all.extend(more.as_object().unwrap().clone());
    Value::Object(all)
}

/// A day that lies ahead in every zone.
pub(crate) fn tomorrow() -> String {
    jiff::Zoned::now().date().checked_add(jiff::Span::new().days(2)).unwrap().to_string()
}

/// A business in which everything there is to ask for is made anew for each question.
pub(crate) struct Bakery {
    owner: Browser,
    chat: String,
    decision: String,
    package: String,
}

impl Bakery {
    /// The demo's business with one chat, about which a rule table was asked.
    pub(crate) async fn new(hub: &Hub, owner: Browser) -> Self {
        live_table(&owner, "Rules", &json!([])).await;
        let mut vera = Visitor::arrive(&hub.door).await;
        let chat = vera.open_chat("Hello").await;
        let decision = decision_about(&owner, &chat).await["id"].as_str().unwrap().to_owned();
        let packages = owner.read("/v1/packages").await;
        let package = packages["packages"][0]["id"].as_str().unwrap().to_owned();
        Self { owner, chat, decision, package }
    }

    /// The address of this route with ids of the Bakery.
    pub(crate) async fn own(&self, row: &Row, browser: &Browser, at: usize) -> String {
        let name = row.path.split('{').nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
        let email = format!("{name}{at}{}@example.com", row.method.to_lowercase());
        let visitor = json!({ "package": PACKAGE, "email": email });
        let id = match name {
            "" => String::new(),
            "chat" => self.chat.clone(),
            "decision" => self.decision.clone(),
            "plugin" => self.made("/v1/plugins/tables", &json!({ "name": "Made for this" }), "/id").await,
            "package" => self.made("/v1/packages", &json!({ "name": "Made for this" }), "/id").await,
            "account" => {
                let unique = format!("{}{at}{email}", row.path.rsplit('/').next().unwrap().trim_matches(['{', '}']));
                self.made("/v1/accounts", &account(&unique), "/account/id").await
            }
            "order" => self.made("/v1/visitor/orders", &order(&visitor), "/id").await,
            "message" => {
                let left = with(&visitor, &json!({ "body": "Hello" }));
                self.made("/v1/visitor/messages", &left, "/id").await
            }
            // Another browser's sign-in: one nobody has.
            "id" => NOBODYS_ID.to_owned(),
            other => panic!("no way to make a {other} for {} ({browser:?})", row.path),
        };
        let nobodys = format!("package={NOBODYS_ID}");
        fill(row, &|_| id.clone()).replace(&nobodys, &format!("package={}", self.package))
    }

    async fn made(&self, path: &str, body: &Value, pointer: &str) -> String {
        let answer = self.owner.post(path, body).await;
        let (status, said) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status.as_u16(), 201, "POST {path}: {said}");
        let made: Value = serde_json::from_str(&said).unwrap();
        made.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()
    }
}
