//! Second factors: added by a first code, asked for at each sign-in, each code worth one.

use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::team::{ask, id_of};
use crate::harness::web::{ANNA, BEN, Browser, OLGA};

const FACTOR: &str = "/v1/me/second-factor";
const STEP_SECONDS: u64 = 30;

/// An authenticator with the secret as it is typed.
struct Phone {
    secret: Vec<u8>,
}

impl Phone {
    fn new(base32: &str) -> Self {
        let bits = base32.bytes().flat_map(|letter| {
            let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
            (0..5).rev().map(move |place| u8::try_from(value >> place & 1).unwrap())
        });
        let bits: Vec<u8> = bits.collect();
        Self { secret: bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect() }
    }

    /// What it shows, this many steps ahead.
    fn code(&self, ahead: u64) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + ahead * STEP_SECONDS;
        let secret = Secret::new_stack(self.secret.clone().try_into().unwrap());
        Builder::new().with_secret(secret).build().unwrap().generate(now).to_string()
    }
}

/// Adds a second factor; the phone and the recovery codes.
async fn enroll(browser: &Browser) -> (Phone, Vec<String>) {
    let (status, draft) = ask(browser, Method::POST, FACTOR, &json!({ "password": PASSWORD })).await;
    assert_eq!(status, 200, "{draft}");
    let phone = Phone::new(draft["secret"].as_str().unwrap());
    let first = json!({ "draft": draft["draft"], "code": phone.code(0) });
    let (status, added) = ask(browser, Method::PUT, FACTOR, &first).await;
    assert_eq!(status, 200, "{added}");
    let codes = added["recovery_codes"].as_array().unwrap();
    (phone, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

async fn sign_in(hub: &Hub, email: &str, code: Option<&str>) -> (u16, Value) {
    let mut body = json!({ "email": email, "password": PASSWORD });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    ask(&Browser::new(&hub.door), Method::POST, "/v1/sign-in", &body).await
}

#[tokio::test]
async fn with_a_second_factor_each_code_opens_once() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (phone, recovery) = enroll(&anna).await;
    assert_eq!(anna.read("/v1/me").await["has_second_factor"], true);
    assert_eq!(recovery.len(), 10);

    let (status, problem) = sign_in(&hub, ANNA, None).await;
    assert_eq!((status, &problem["code"]), (401, &json!("second_factor")));
    let ahead = phone.code(1);
    assert_eq!(sign_in(&hub, ANNA, Some(&ahead)).await.0, 200);
    let (status, problem) = sign_in(&hub, ANNA, Some(&ahead)).await;
    assert_eq!((status, &problem["code"]), (401, &json!("wrong_code")), "the same code again");
    assert_eq!(sign_in(&hub, ANNA, Some(&recovery[0].to_lowercase())).await.0, 200);
    assert_eq!(sign_in(&hub, ANNA, Some(&recovery[0])).await.1["code"], "wrong_code", "the same code again");
    assert_eq!(sign_in(&hub, BEN, None).await.0, 200, "others need none");
}

#[tokio::test]
async fn a_right_code_with_a_wrong_password_is_worth_nothing() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (_, recovery) = enroll(&anna).await;
    let body = json!({ "email": ANNA, "password": "canary-wrong-password", "code": recovery[0] });
    let (status, problem) = ask(&Browser::new(&hub.door), Method::POST, "/v1/sign-in", &body).await;

    assert_eq!((status, &problem["code"]), (401, &json!("wrong_sign_in")));
    assert_eq!(sign_in(&hub, ANNA, Some(&recovery[0])).await.0, 200, "and it is not used up");
}

#[tokio::test]
async fn six_wrong_codes_are_followed_by_a_quarter_of_an_hour_of_rest() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (_, recovery) = enroll(&anna).await;
    for number in 0..6 {
        let (status, problem) = sign_in(&hub, ANNA, Some(&format!("nonsense {number}"))).await;
        assert_eq!((status, &problem["code"]), (401, &json!("wrong_code")));
    }

    let (status, problem) = sign_in(&hub, ANNA, Some(&recovery[0])).await;

    assert_eq!((status, &problem["code"]), (429, &json!("rate")), "not even a right one");
    let wait = problem["retry_after_ms"].as_u64().unwrap();
    assert!((890_000..=900_000).contains(&wait), "{wait}");
    assert_eq!(sign_in(&hub, ANNA, None).await.1["code"], "second_factor", "and nobody gets in without");
    assert_eq!(anna.read("/v1/me").await["email"], ANNA, "who is signed in stays so");
}

#[tokio::test]
async fn whoever_changes_the_second_factor_proves_to_be_the_account() {
    let hub = Hub::start(Setup::roomy());
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let ben = Browser::signed_in(&hub.door, BEN).await;
    let wrong = json!({ "password": "canary-wrong-password" });
    let refused = |answer: (u16, Value)| (answer.0, answer.1["code"].clone(), answer.1["pointer"].clone());
    let wrong_password = (400, json!("wrong_password"), json!("/password"));
    assert_eq!(refused(ask(&anna, Method::POST, FACTOR, &wrong).await), wrong_password);
    let draft = ask(&anna, Method::POST, FACTOR, &json!({ "password": PASSWORD })).await.1;
    let phone = Phone::new(draft["secret"].as_str().unwrap());
    assert!(draft["uri"].as_str().unwrap().starts_with("otpauth://totp/Click2CallMe:anna@bakery.example?secret="));
    assert!(draft["qr"]["path"].as_str().unwrap().starts_with("M0 0h7"), "{draft}");

    let guess = json!({ "draft": draft["draft"], "code": "not a code" });
    assert_eq!(refused(ask(&anna, Method::PUT, FACTOR, &guess).await), (400, json!("wrong_code"), json!("/code")));
    let first = json!({ "draft": draft["draft"], "code": phone.code(0) });
    assert_eq!(refused(ask(&ben, Method::PUT, FACTOR, &first).await), (400, json!("invalid"), json!("/draft")));
    let (status, added) = ask(&anna, Method::PUT, FACTOR, &first).await;
    assert_eq!(status, 200, "{added}");
    let again = ask(&anna, Method::PUT, FACTOR, &first).await;
    assert_eq!((again.0, &again.1["code"]), (409, &json!("has_second_factor")));

    assert_eq!(refused(ask(&anna, Method::POST, "/v1/me/recovery-codes", &wrong).await), wrong_password);
    let fresh = ask(&anna, Method::POST, "/v1/me/recovery-codes", &json!({ "password": PASSWORD })).await.1;
    let (former, fresh) = (&added["recovery_codes"][0], &fresh["recovery_codes"][0]);
    let with = |code: &Value| json!({ "password": PASSWORD, "code": code });
    assert_eq!(refused(ask(&anna, Method::DELETE, FACTOR, &with(former)).await).1, "wrong_code");
    assert_eq!(ask(&anna, Method::DELETE, FACTOR, &with(fresh)).await.0, 204);
    assert_eq!(sign_in(&hub, ANNA, None).await.0, 200);
    for (method, path) in [(Method::DELETE, FACTOR), (Method::POST, "/v1/me/recovery-codes")] {
        let body = if method == Method::DELETE { with(fresh) } else { json!({ "password": PASSWORD }) };
        assert_eq!(ask(&anna, method, path, &body).await.1["code"], "no_second_factor");
    }
}

#[tokio::test]
async fn an_owner_helps_whoever_lost_phone_and_codes() {
    let mut hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (_, _lost) = enroll(&anna).await;
    let path = format!("/v1/accounts/{}/second-factor", id_of(&olga, ANNA).await);
    assert_eq!(ask(&anna, Method::DELETE, &path, &Value::Null).await.1["code"], "owners_only");
    assert_eq!(ask(&olga, Method::DELETE, &path, &Value::Null).await.0, 204);
    assert_eq!(sign_in(&hub, ANNA, None).await.0, 200);

    let (_, _lost) = enroll(&olga).await;
    let own = format!("/v1/accounts/{}/second-factor", id_of(&olga, OLGA).await);
    assert_eq!(ask(&olga, Method::DELETE, &own, &Value::Null).await.1["code"], "yourself", "that needs a code");
    hub.stop();
    let (status, said) = hub.tool(&["account", "reset-second-factor", "OLGA@bakery.example"], "");
    assert!(status.success(), "{said}");
    let (status, said) = hub.tool(&["account", "reset-second-factor", "nobody@bakery.example"], "");
    assert!(!status.success() && said.contains("no account"), "{said}");
    hub.run();
    assert_eq!(sign_in(&hub, OLGA, None).await.0, 200);
}

#[tokio::test]
async fn nothing_of_a_second_factor_stands_in_the_data_or_the_log() {
    let mut hub = Hub::start(Setup::roomy().env("HUB_LOG__LEVEL", "trace"));
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let (phone, recovery) = enroll(&anna).await;
    assert_eq!(sign_in(&hub, ANNA, Some(&recovery[1])).await.0, 200);
    hub.stop();

    let plain = recovery[0].replace('-', "");
    let secrets = [phone.secret.as_slice(), recovery[0].as_bytes(), recovery[1].as_bytes(), plain.as_bytes()];
    for entry in std::fs::read_dir(hub.data()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "a secret stands in {}", path.display());
        }
    }
    assert!(!recovery.iter().any(|code| hub.log().contains(code)), "a recovery code is in the log");
}
