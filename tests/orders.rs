//! Callback orders: when a call can be ordered and how often, and the list at the desk.

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::hub::Hub;
use crate::harness::packages::{save, with_key};
use crate::harness::setup::Setup;
use crate::harness::team::{ask, id_of};
use crate::harness::web::{ANNA, Browser, OLGA};

/// The package of the demo whose zone changes its clock.
const POLISH: &str = "demo-pl";
const WARSAW: &str = "Europe/Warsaw";

async fn start() -> (Hub, Browser, Browser) {
    let hub = Hub::start(Setup::roomy());
    let olga = Browser::signed_in(&hub.door, OLGA).await;
    let vera = Browser::new(&hub.door);
    (hub, olga, vera)
}

fn today() -> Date {
    Timestamp::now().in_tz(WARSAW).unwrap().date()
}

fn in_days(days: i32) -> String {
    today().checked_add(days.days()).unwrap().to_string()
}

fn order_for(date: &str, time: &str) -> Value {
    json!({ "package": POLISH, "phone": "601 234 567", "email": "Vera@Home.example", "date": date, "time": time })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

async fn order(vera: &Browser, body: &Value) -> (u16, Value) {
    ask(vera, Method::POST, "/v1/visitor/orders", body).await
}

async fn refused(vera: &Browser, body: &Value) -> String {
    let (status, problem) = order(vera, body).await;
    assert_eq!((status, &problem["code"]), (400, &json!("invalid")), "{body} gave {problem}");
    problem["pointer"].as_str().unwrap_or_default().to_owned()
}

/// Changes a setting of the Polish package.
async fn set(olga: &Browser, pointer: &str, value: Value) {
    let (status, answer) = save(olga, &with_key(olga, POLISH).await, pointer, value).await;
    assert_eq!(status, 200, "{answer}");
}

/// The next date on which the clock skips half past two.
fn day_with_a_gap() -> Date {
    let zone = TimeZone::get(WARSAW).unwrap();
    let gap = |date: &Date| {
        let offset = zone.to_ambiguous_timestamp(date.at(2, 30, 0, 0)).offset();
        matches!(offset, AmbiguousOffset::Gap { .. })
    };
    today().tomorrow().unwrap().series(1.day()).take(364).find(gap).expect("summer begins once a year")
}

#[tokio::test]
async fn an_ordered_call_is_listed_taken_and_done() {
    let (hub, olga, vera) = start().await;
    let anna_id = id_of(&olga, ANNA).await;
    let extras = json!({ "name": " Vera\u{202E} ", "note": "about\nbread", "consultant": anna_id });
    let mut body = order_for(&in_days(2), "09:30");
    body.as_object_mut().unwrap().extend(extras.as_object().unwrap().clone());

    let (status, ordered) = order(&vera, &body).await;

    assert_eq!(status, 201, "{ordered}");
    assert_eq!(
        (&ordered["date"], &ordered["time"], &ordered["zone"]),
        (&json!(in_days(2)), &json!("09:30"), &json!(WARSAW))
    );
    let anna = Browser::signed_in(&hub.door, ANNA).await;
    let list = anna.read("/v1/orders?state=new").await;
    assert_eq!((&list["new"], &list["more"]), (&json!(1), &json!(false)));
    let listed = &list["orders"][0];
    for (field, expected) in [
        ("phone", json!("+48601234567")),
        ("email", json!("vera@home.example")),
        ("name", json!("Vera")),
        ("note", json!("about\nbread")),
        ("at", ordered["at"].clone()),
        ("zone", json!(WARSAW)),
        ("consultant_name", json!("Anna Baker")),
        ("package_name", json!("Piekarnia")),
        ("state", json!("new")),
    ] {
        assert_eq!(listed[field], expected, "{field}");
    }

    let path = format!("/v1/orders/{}", ordered["id"].as_str().unwrap());
    let change = async |who: &Browser, from: &str, to: &str| {
        ask(who, Method::PATCH, &path, &json!({ "from": from, "to": to })).await
    };
    let (status, taken) = change(&anna, "new", "taken").await;
    assert_eq!((status, &taken["state"], &taken["changed_by_name"]), (200, &json!("taken"), &json!("Anna Baker")));
    let (status, problem) = change(&olga, "new", "taken").await;
    assert_eq!((status, &problem["code"]), (409, &json!("stale")), "anna was faster");
    assert_eq!(change(&olga, "taken", "done").await.0, 200);
    assert_eq!(olga.read("/v1/orders").await["new"], 0);
    assert_eq!(olga.read("/v1/orders?state=new").await["orders"], json!([]));
    assert_eq!(olga.read("/v1/orders?state=done").await["orders"][0]["id"], ordered["id"]);
    let (status, problem) =
        ask(&olga, Method::PATCH, "/v1/orders/7ZZZZZZZZZZZZ", &json!({ "from": "new", "to": "done" })).await;
    assert_eq!((status, &problem["code"]), (404, &json!("unknown_order")));
}

#[tokio::test]
async fn a_call_is_ordered_for_a_time_ahead_and_within_a_year() {
    let (_hub, _olga, vera) = start().await;

    assert_eq!(refused(&vera, &order_for(&in_days(-1), "12:00")).await, "/date");
    assert_eq!(refused(&vera, &order_for("2020-02-29", "12:00")).await, "/date");
    assert_eq!(refused(&vera, &order_for(&in_days(367), "12:00")).await, "/date");
    assert_eq!(refused(&vera, &order_for("2027-02-29", "12:00")).await, "/date");
    assert_eq!(refused(&vera, &order_for("tomorrow", "12:00")).await, "/date");
    for time in ["12:15", "24:00", "24:30", "9:00", "noon", ""] {
        assert_eq!(refused(&vera, &order_for(&in_days(1), time)).await, "/time", "{time}");
    }
    assert_eq!(order(&vera, &order_for(&in_days(364), "23:30")).await.0, 201);
}

#[tokio::test]
async fn a_time_of_today_that_is_over_is_refused() {
    let (_hub, _olga, vera) = start().await;
    let before = today();

    let pointer = refused(&vera, &order_for(&before.to_string(), "00:00")).await;

    // Midnight of today is over at any time of day; if the day ended meanwhile it is the date.
    assert_eq!(pointer, if today() == before { "/time" } else { "/date" });
}

#[tokio::test]
async fn a_call_is_ordered_within_the_working_hours() {
    let (_hub, olga, vera) = start().await;
    let day = json!({ "open": "hours", "intervals": [{ "from": "09:00", "to": "12:00" }, { "from": "13:00", "to": "17:30" }] });
    let closed = json!({ "date": in_days(3), "day": { "open": "closed" } });
    let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|name| (name.to_owned(), day.clone()));
    let week: serde_json::Map<String, Value> = week.into_iter().collect();
    set(&olga, "/hours", json!({ "week": week, "exceptions": [closed] })).await;

    for time in ["08:30", "12:00", "12:30", "17:30", "23:00"] {
        assert_eq!(refused(&vera, &order_for(&in_days(2), time)).await, "/time", "{time}");
    }
    assert_eq!(refused(&vera, &order_for(&in_days(3), "09:00")).await, "/time", "a holiday");
    let query = format!("/v1/visitor/half-hours?package={POLISH}&from={}&days=2", in_days(2));
    let offered = vera.read(&query).await;
    let expected = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:00", "13:30", "14:00", "14:30", "15:00"];
    assert_eq!(offered["zone"], WARSAW);
    let half_hours = offered["days"][0]["half_hours"].as_array().unwrap();
    assert_eq!(half_hours[..11], expected.map(|time| json!(time)));
    assert_eq!((half_hours.len(), &half_hours[14]), (15, &json!("17:00")));
    assert_eq!(offered["days"][1], json!({ "date": in_days(3), "half_hours": [] }));
    for time in ["09:00", "17:00"] {
        assert_eq!(order(&vera, &order_for(&in_days(2), time)).await.0, 201, "{time}");
    }
}

#[tokio::test]
async fn a_time_the_clock_skips_cannot_be_ordered() {
    let (_hub, _olga, vera) = start().await;
    let date = day_with_a_gap().to_string();

    for time in ["02:00", "02:30"] {
        let (status, problem) = order(&vera, &order_for(&date, time)).await;
        assert_eq!((status, &problem["pointer"]), (400, &json!("/time")), "{time}");
        assert!(problem["title"].as_str().unwrap().contains("skipped"), "{problem}");
    }
    let offered = vera.read(&format!("/v1/visitor/half-hours?package={POLISH}&from={date}&days=1")).await;
    let half_hours = offered["days"][0]["half_hours"].as_array().unwrap();
    assert_eq!(half_hours.len(), 46, "the day has 23 hours");
    assert!(!half_hours.contains(&json!("02:30")));
    assert_eq!(order(&vera, &order_for(&date, "01:30")).await.0, 201);
    assert_eq!(order(&vera, &order_for(&date, "03:00")).await.0, 201);
}

#[tokio::test]
async fn a_field_that_cannot_be_used_is_named() {
    let (_hub, olga, vera) = start().await;
    let good = order_for(&in_days(2), "12:00");
    let owner = id_of(&olga, OLGA).await;

    for (field, value) in [
        ("phone", json!("call me")),
        ("phone", json!("112")),
        ("phone", json!("+1".repeat(40))),
        ("email", json!("vera")),
        ("email", json!(format!("{}@home.example", "v".repeat(60)))),
        ("name", json!("x".repeat(82))),
        ("note", json!("x".repeat(501))),
        ("consultant", json!("7ZZZZZZZZZZZZ")),
        ("consultant", json!(owner)),
        ("consultant", json!("x")),
        ("capacity", json!(2)),
    ] {
        assert_eq!(refused(&vera, &with(good.clone(), field, value.clone())).await, format!("/{field}"), "{value}");
    }
    for field in ["phone", "email", "date", "time"] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(field);
        assert_eq!(refused(&vera, &body).await, format!("/{field}"));
    }
    for key in ["nobody", "", "../../etc/passwd"] {
        let (status, problem) = order(&vera, &with(good.clone(), "package", json!(key))).await;
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_package")), "{key}");
    }
    assert_eq!(olga.read("/v1/orders").await["orders"], json!([]), "nothing was kept");
}

#[tokio::test]
async fn whoever_must_agree_is_asked_to() {
    let (_hub, olga, vera) = start().await;
    set(&olga, "/form/consent", json!("We keep your number for a month.")).await;
    let body = order_for(&in_days(2), "12:00");

    assert_eq!(refused(&vera, &body).await, "/consented");
    assert_eq!(refused(&vera, &with(body.clone(), "consented", json!(false))).await, "/consented");
    assert_eq!(order(&vera, &with(body, "consented", json!(true))).await.0, 201);
}

#[tokio::test]
async fn one_email_orders_five_times_a_day() {
    let (_hub, _olga, vera) = start().await;
    let body = order_for(&in_days(2), "12:00");
    // A refused order does not count.
    refused(&vera, &with(body.clone(), "phone", json!("x"))).await;

    for time in 0..5 {
        assert_eq!(order(&vera, &body).await.0, 201, "{time}");
    }
    let (status, problem) = order(&vera, &with(body.clone(), "email", json!("VERA@home.example "))).await;

    assert_eq!((status, &problem["code"]), (429, &json!("rate")));
    assert!(problem["retry_after_ms"].as_u64().unwrap() > 3_600_000, "{problem}");
    let other = with(body, "email", json!("victor@home.example"));
    assert_eq!(order(&vera, &other).await.0, 201);
}

#[tokio::test]
async fn the_list_comes_page_by_page() {
    let (_hub, olga, vera) = start().await;
    for number in 0..5 {
        let body = with(order_for(&in_days(2), "12:00"), "email", json!(format!("vera{number}@home.example")));
        assert_eq!(order(&vera, &body).await.0, 201);
    }

    let first = olga.read("/v1/orders?limit=3").await;
    let last = first["orders"][2]["id"].as_str().unwrap();
    let rest = olga.read(&format!("/v1/orders?limit=3&before={last}")).await;

    assert_eq!((first["orders"].as_array().unwrap().len(), &first["more"]), (3, &json!(true)));
    assert_eq!((rest["orders"].as_array().unwrap().len(), &rest["more"]), (2, &json!(false)));
    assert_eq!(rest["orders"][1]["email"], "vera0@home.example");
    for query in ["limit=0", "limit=101", "limit=x", "state=old", "before=x", "page=2"] {
        let (status, _) = ask(&olga, Method::GET, &format!("/v1/orders?{query}"), &Value::Null).await;
        assert_eq!(status, 400, "{query}");
    }
}
