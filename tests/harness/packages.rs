//! Packages over HTTP: making one, changing one setting, a second business.

use reqwest::Method;
use serde_json::{Value, json};

use super::hub::Hub;
use super::setup::{PASSWORD, Setup};
use super::team::ask;
use super::visitor::PACKAGE;
use super::web::{Browser, OLGA};

/// The owner of the second business.
pub const FIONA: &str = "fiona@florist.example";

/// A hub with the demo, and its owner.
pub async fn start() -> (Hub, Browser) {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    (hub, olga)
}

/// A hub with a second business, its owner and the Bakery's.
pub async fn two_businesses() -> (Hub, Browser, Browser) {
    let mut hub = Hub::start(Setup::roomy());
    hub.stop();
    let names = ["--given-name", "Fiona", "--family-name", "Flower", "--role", "owner"];
    let account = ["account", "add", "--business", "Florist", "--email", FIONA];
    let (status, said) = hub.tool(&[&account[..], &names[..]].concat(), &format!("{PASSWORD}\n"));
    assert!(status.success(), "{said}");
    hub.run();
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let fiona = Browser::signed_in(&hub.door, FIONA).await;
    (hub, olga, fiona)
}

/// Makes a package in Polish.
pub async fn make(owner: &Browser, name: &str) -> Value {
    let body = json!({ "name": name, "language": "pl", "zone": "Europe/Warsaw" });
    let (status, package) = ask(owner, Method::POST, "/v1/packages", &body).await;
    assert_eq!(status, 201, "{package}");
    package
}

/// The address of a package, or of what hangs on it.
pub fn path(package: &Value, rest: &str) -> String {
    format!("/v1/packages/{}{rest}", package["id"].as_str().unwrap())
}

/// Saves the package with this setting.
pub async fn save(owner: &Browser, package: &Value, pointer: &str, value: Value) -> (u16, Value) {
    let mut settings = package["settings"].clone();
    *settings.pointer_mut(pointer).unwrap_or_else(|| panic!("no setting {pointer}")) = value;
    let body = json!({ "name": package["name"], "version": package["version"], "settings": settings });
    ask(owner, Method::PUT, &path(package, ""), &body).await
}

/// The package of the demo in English.
pub async fn demo(owner: &Browser) -> Value {
    with_key(owner, PACKAGE).await
}

/// The package with this key.
pub async fn with_key(owner: &Browser, key: &str) -> Value {
    let list = owner.read("/v1/packages").await;
    let found = list["packages"].as_array().unwrap().iter().find(|package| package["key"] == key).unwrap().clone();
    owner.read(&path(&found, "")).await
}
