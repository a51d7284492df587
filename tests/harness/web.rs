//! HTTP as a browser speaks it: one origin, a cookie kept by hand.

use std::future::Future;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use super::hub::Door;
use super::setup::PASSWORD;

/// The business's owner and consultants of the demo.
pub const OLGA: &str = "olga@bakery.example";
pub const ANNA: &str = "anna@bakery.example";
pub const BEN: &str = "ben@bakery.example";

/// Asks once, without a cookie.
pub async fn get(url: &str) -> Response {
    Client::builder().no_proxy().build().unwrap().get(url).send().await.unwrap()
}

/// Sum over all labels of a metric in the text format of Prometheus, or the one of a name with its labels.
pub fn metric(text: &str, name: &str) -> f64 {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let named = lines.filter_map(|line| {
        let (key, value) = line.rsplit_once(' ')?;
        let bare = key.split('{').next()?;
        (bare == name || key == name).then(|| value.parse::<f64>().unwrap())
    });
    named.sum()
}

/// A browser at the admin: keeps the cookie, sends the hub's own origin.
#[derive(Clone, Debug)]
pub struct Browser {
    pub door: Door,
    pub cookie: Option<String>,
    client: Client,
}

impl Browser {
    /// A browser that never was here.
    pub fn new(door: &Door) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        Self { door: door.clone(), cookie: None, client }
    }

    /// A browser in which this account is signed in.
    pub async fn signed_in(door: &Door, email: &str) -> Self {
        let mut browser = Self::new(door);
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::OK, "{email} cannot sign in");
        browser
    }

    /// Sends the sign-in form and keeps the cookie.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Response {
        let answer = self.post("/v1/sign-in", &json!({ "email": email, "password": password })).await;
        self.keep_cookie(&answer);
        answer
    }

    /// Keeps the cookie of an answer, as a browser does.
    pub fn keep_cookie(&mut self, answer: &Response) {
        let fresh = answer.headers().get("set-cookie").map(|value| value.to_str().unwrap());
        if let Some(pair) = fresh.and_then(|value| value.split(';').next()) {
            self.cookie = Some(pair.to_owned());
        }
    }

    /// A request with the cookie and, when it writes, the origin of the hub.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.door.http()));
        if method != Method::GET {
            request = request.header("origin", self.door.http());
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        request
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path).json(body).send().await.unwrap()
    }

    /// Reads JSON; fails unless the answer is 200.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "GET {path}");
        answer.json().await.unwrap()
    }

    /// A one-use ticket for the desk socket.
    pub async fn ticket(&self) -> Result<String, StatusCode> {
        let answer = self.request(Method::POST, "/v1/ticket").json(&json!({})).send().await;
        let Ok(answer) = answer else { return Err(StatusCode::SERVICE_UNAVAILABLE) };
        if answer.status() != StatusCode::OK {
            return Err(answer.status());
        }
        let body: Value = answer.json().await.map_err(|_cut| StatusCode::SERVICE_UNAVAILABLE)?;
        Ok(body["ticket"].as_str().unwrap().to_owned())
    }

    /// One page of a chat before this place; nothing while the hub is down.
    pub async fn page(&self, chat: &str, before: Option<u64>) -> Option<Value> {
        let answer = self.request(Method::GET, &page_path("/v1/chats", chat, before)).send().await.ok()?;
        page_of(answer, chat).await
    }

    /// All events of a chat, oldest first.
    pub async fn events(&self, chat: &str) -> Vec<Value> {
        pages(|before| self.page(chat, before)).await.unwrap()
    }
}

/// One page of a chat as its visitor reads it; nothing while the hub is down.
pub async fn visitor_page(door: &Door, token: &str, package: &str, chat: &str, before: Option<u64>) -> Option<Value> {
    let client = Client::builder().no_proxy().build().unwrap();
    let url = format!("{}{}", door.http(), page_path("/v1/visitor/chats", chat, before));
    let request = client.get(url).bearer_auth(token).header("x-package", package);
    let answer = request.send().await.ok()?;
    page_of(answer, chat).await
}

async fn page_of(answer: Response, chat: &str) -> Option<Value> {
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        return None;
    }
    assert_eq!(answer.status(), StatusCode::OK, "events of {chat}");
    answer.json().await.ok()
}

/// Reads page after page towards the start of a chat; returns the events oldest first.
pub async fn pages<F, P>(mut page: P) -> Option<Vec<Value>>
where
    P: FnMut(Option<u64>) -> F,
    F: Future<Output = Option<Value>>,
{
    let mut events: Vec<Value> = Vec::new();
    loop {
        let before = events.first().and_then(|event| event["seq"].as_u64());
        let mut answer = page(before).await?;
        let mut older: Vec<Value> = answer["events"].as_array_mut().unwrap().drain(..).collect();
        older.append(&mut events);
        events = older;
        if answer["more"] == false {
            return Some(events);
        }
    }
}

fn page_path(root: &str, chat: &str, before: Option<u64>) -> String {
    let before = before.map_or(String::new(), |seq| format!("before={seq}&"));
    format!("{root}/{chat}/events?{before}limit=200")
}
