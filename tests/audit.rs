//! The audit of accounts: every change is in it with before and after, and never a secret.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::team::{ask, id_of, invite, link_token, member};
use crate::harness::web::{ANNA, Browser, OLGA};

const CORA: &str = "cora@bakery.example";
const OTHER: &str = "canary-Stale9-crust-Basket-17";

async fn entries(owner: &Browser) -> Vec<Value> {
    owner.read("/v1/audit?limit=100").await["entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_change_of_an_account_is_kept_and_no_secret_with_it() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let before = entries(&olga).await.len();
    let invitation = invite(&olga, &member(CORA)).await;
    let cora = format!("/v1/accounts/{}", id_of(&olga, CORA).await);
    let link = ask(&olga, Method::POST, &format!("{cora}/link"), &json!({})).await.1;
    let token = link_token(&link);
    ask(&anna, Method::POST, "/v1/links/use", &json!({ "token": token, "password": OTHER })).await;
    let change = json!({ "given_name": "Corinna", "role": "owner", "password": PASSWORD });
    assert_eq!(ask(&olga, Method::PATCH, &cora, &change).await.0, 200);
    assert_eq!(ask(&anna, Method::PATCH, "/v1/me", &json!({ "family_name": "Bun" })).await.0, 200);
    let order = olga.read("/v1/accounts").await["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|account| account["id"].clone())
        .collect::<Vec<_>>();
    ask(&olga, Method::PUT, "/v1/accounts/order", &json!({ "accounts": order })).await;
    let draft = ask(&anna, Method::POST, "/v1/me/second-factor", &json!({ "password": PASSWORD })).await.1;
    assert_eq!(ask(&olga, Method::DELETE, &cora, &Value::Null).await.0, 204);

    let told = entries(&olga).await;
    let fresh = &told[..told.len() - before];
    let actions: Vec<&str> = fresh.iter().rev().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions,
        [
            "account.created",
            "account.link_created",
            "account.link_created",
            "account.link_used",
            "account.changed",
            "account.changed",
            "accounts.ordered",
            "account.deleted"
        ]
    );
    let changed = &fresh[3];
    assert_eq!((&changed["account_name"], &changed["subject_name"]), (&json!("Olga Nowak"), &json!("Corinna Crumb")));
    assert_eq!(changed["before"], json!({ "given_name": "Cora", "role": "consultant" }));
    assert_eq!(changed["after"]["role"], "owner");
    let whole = Value::from(told).to_string();
    for secret in [PASSWORD, OTHER, &invitation, &token, draft["secret"].as_str().unwrap(), "$argon2id$"] {
        assert!(!whole.contains(secret), "{secret} stands in {whole}");
    }
}

#[tokio::test]
async fn the_audit_is_read_page_by_page_and_by_owners_only() {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    for number in 0..5 {
        let named = json!({ "given_name": format!("Olga{number}") });
        assert_eq!(ask(&olga, Method::PATCH, "/v1/me", &named).await.0, 200);
    }
    let all = entries(&olga).await;
    let mut read: Vec<Value> = Vec::new();
    loop {
        let before = read.last().map_or(String::new(), |last| format!("&before={}", last["id"].as_str().unwrap()));
        let mut page = olga.read(&format!("/v1/audit?limit=2{before}")).await;
        read.append(page["entries"].as_array_mut().unwrap());
        if page["more"] == false {
            break;
        }
    }

    assert_eq!(read, all);
    assert!(read.len() >= 5, "{}", read.len());
    for query in ["limit=0", "limit=101", "limit=x", "before=x", "after=1"] {
        assert_eq!(ask(&olga, Method::GET, &format!("/v1/audit?{query}"), &Value::Null).await.0, 400, "{query}");
    }
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    assert_eq!(ask(&anna, Method::GET, "/v1/audit", &Value::Null).await.1["code"], "owners_only");
}

#[tokio::test]
async fn accounts_of_another_business_are_unknown() {
    let mut hub = Hub::start(Setup::roomy());
    let anna = id_of(&Browser::signed_in(&hub.door, OLGA).await, ANNA).await;
    hub.stop();
    let florist = ["account", "add", "--business", "Florist", "--email", "fiona@florist.example", "--role", "owner"];
    let names = ["--given-name", "Fiona", "--family-name", "Fern"];
    let (status, said) = hub.tool(&[&florist[..], &names].concat(), &format!("{PASSWORD}\n"));
    assert!(status.success(), "{said}");
    hub.run();
    let fiona = Browser::signed_in(&hub.door, "fiona@florist.example").await;

    for id in [anna.as_str(), "0000000000000", "nonsense"] {
        let path = format!("/v1/accounts/{id}");
        let asked = [
            (Method::PATCH, path.clone(), json!({ "given_name": "Flora" })),
            (Method::DELETE, path.clone(), Value::Null),
            (Method::POST, format!("{path}/link"), json!({})),
            (Method::POST, format!("{path}/sign-out"), json!({})),
            (Method::DELETE, format!("{path}/second-factor"), Value::Null),
        ];
        for (method, path, body) in asked {
            let (status, problem) = ask(&fiona, method, &path, &body).await;
            assert_eq!((status, &problem["code"]), (404, &json!("unknown_account")), "{path}");
        }
    }
    assert_eq!(fiona.read("/v1/accounts").await["accounts"].as_array().unwrap().len(), 1);
    let own: Vec<Value> = entries(&fiona).await;
    assert!(own.iter().all(|entry| entry["subject_name"] == "Fiona Fern"), "{own:?}");
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    assert_eq!(anna.read("/v1/me").await["given_name"], "Anna");
}
