//! Accounts over HTTP: asking, inviting, finding one by its e-mail.

use reqwest::Method;
use serde_json::{Value, json};

use super::web::Browser;

/// Asks, with a body unless it is null; the status and the JSON of the answer.
pub async fn ask(browser: &Browser, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let mut request = browser.request(method.clone(), path);
    if method != Method::GET {
        request = request.header("content-type", "application/json");
    }
    if !body.is_null() {
        request = request.body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect(&text) })
}

/// A consultant to be invited.
pub fn member(email: &str) -> Value {
    json!({
        "email": email, "given_name": "Cora", "family_name": "Crumb", "role": "consultant", "takes_calls": true,
        "sends_transcripts": false, "language": "en",
    })
}

/// Invites somebody; the secret of the link.
pub async fn invite(owner: &Browser, body: &Value) -> String {
    let (status, made) = ask(owner, Method::POST, "/v1/accounts", body).await;
    assert_eq!(status, 201, "{made}");
    link_token(&made["link"])
}

/// The secret of a link, which stands behind `#`.
pub fn link_token(link: &Value) -> String {
    let url = link["url"].as_str().unwrap_or_else(|| panic!("no address in {link}"));
    let (page, token) = url.split_once("/admin/#link=").unwrap_or_else(|| panic!("{url} is no link"));
    assert!(page.starts_with("http://") && token.len() == 48, "{url}");
    token.to_owned()
}

/// The id of the account with this e-mail.
pub async fn id_of(owner: &Browser, email: &str) -> String {
    let list = owner.read("/v1/accounts").await;
    let accounts = list["accounts"].as_array().unwrap();
    let found = accounts.iter().find(|account| account["email"] == email).unwrap_or_else(|| panic!("no {email}"));
    found["id"].as_str().unwrap().to_owned()
}
