//! What the frames of a call promise: who wins, who is told, what is refused.

use serde_json::{Value, json};

use crate::harness::calls::{
    NOBODYS_CALL, Talk, accept, act, caller, connect, is_shown, mute, refused, sees, sees_where, setup, the_only_one,
    try_call, try_call_to, until_the_end,
};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::packets::{assert_continuous, assert_unchanged};
use crate::harness::visitor::Visitor;
use crate::harness::web::{ANNA, BEN};

#[tokio::test]
async fn of_two_tabs_of_one_consultant_exactly_one_answers() {
    let hub = Hub::start(setup());
    let mut one = Desk::available(&hub.door, ANNA).await;
    let mut other = Desk::beside(&one.browser).await;
    let mut vera = caller(&hub).await;

    for _ in 0..10 {
        let call = try_call(&mut vera).await.unwrap();
        for desk in [&mut one, &mut other] {
            sees(&mut desk.socket, &call, "ringing").await;
        }
        let accept = json!({ "t": "call.accept", "call": call });
        tokio::join!(one.socket.send(accept.clone()), other.socket.send(accept.clone()));
        sees(&mut vera.socket, &call, "connecting").await;
        act(&mut vera.socket, &call, "hangup").await;
        let mut told = Vec::new();
        for desk in [&mut one, &mut other] {
            let heard = until_the_end(&mut desk.socket, &call).await;
            assert!(heard.iter().any(|frame| frame["state"] == "connecting"), "both tabs see the answer: {heard:?}");
            told.extend(heard.into_iter().filter(|frame| frame["t"] == "err"));
        }
        if told.is_empty() {
            told.push(tokio::select! {
                late = one.socket.frame("err") => late,
                late = other.socket.frame("err") => late,
            });
        }
        assert_eq!(told, [json!({ "t": "err", "call": call, "code": "unknown_call" })]);
    }
}

#[tokio::test]
async fn who_declines_passes_the_call_on_and_the_last_one_ends_it() {
    let hub = Hub::start(setup());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let mut vera = caller(&hub).await;
    let decline = |call: &str| json!({ "t": "call.decline", "call": call });

    let call = try_call_to(&mut vera, ben.account().into()).await.unwrap();
    sees(&mut ben.socket, &call, "ringing").await;
    let is_rung = |call: &Value| call["consultant"]["name"] == "Ben";
    sees_where(&mut vera.socket, &call, "Ben is rung", is_rung).await;
    ben.socket.send(decline(&call)).await;
    let passed = sees(&mut ben.socket, &call, "ended").await;
    assert_eq!(passed.get("reason"), None, "{passed}");
    sees(&mut anna.socket, &call, "ringing").await;
    let late = refused(&mut ben.socket, json!({ "t": "call.accept", "call": call })).await;
    assert_eq!(late, json!({ "t": "err", "call": call, "code": "unknown_call" }));
    anna.socket.send(decline(&call)).await;

    let over = sees(&mut vera.socket, &call, "ended").await;
    assert_eq!(over["reason"], "declined", "{over}");
    let record = the_only_one(&anna.browser).await;
    let outcomes: Vec<_> = record["rings"].as_array().unwrap().iter().map(|ring| &ring["outcome"]).collect();
    assert_eq!(outcomes, ["declined", "declined"], "{record}");
    assert_eq!(record["is_missed"], true, "{record}");
}

#[tokio::test]
async fn a_call_handed_over_goes_on_in_the_same_stream_of_the_visitor() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    let mut ben = Desk::available(&hub.door, BEN).await;
    let (call, to) = (talk.id.clone(), ben.account().to_owned());
    talk.both_hear(20).await;

    talk.anna.socket.send(json!({ "t": "call.transfer", "call": call, "to": to })).await;
    let rung = sees(&mut ben.socket, &call, "ringing").await;
    assert_eq!(rung["transfer_from"]["name"], "Anna", "{rung}");
    sees_where(&mut talk.anna.socket, &call, "Ben is rung", |call| call["transfer_to"]["id"] == *to).await;
    talk.anna.socket.send(json!({ "t": "call.transfer", "call": call })).await;
    sees(&mut ben.socket, &call, "ended").await;
    sees_where(&mut talk.anna.socket, &call, "taken back", |call| call.get("transfer_to").is_none()).await;
    talk.both_hear(20).await;

    talk.anna.socket.send(json!({ "t": "call.transfer", "call": call, "to": to })).await;
    accept(&mut ben, &call).await;
    let over = sees(&mut talk.anna.socket, &call, "ended").await;
    assert_eq!(over["reason"], "transferred", "{over}");
    let ours = connect(&mut ben.socket, &call).await;
    let with_ben = |call: &Value| call["state"] == "active" && call["consultant"]["name"] == "Ben";
    sees_where(&mut talk.vera.socket, &call, "Ben talks", with_ben).await;
    ours.hears(20).await;
    talk.visitor.hears(50).await;

    let heard = talk.visitor.heard();
    assert_continuous(&heard);
    assert_unchanged(&heard);
    assert!(ours.says(heard[heard.len() - 1].number), "the visitor hears Ben");
    is_shown(&mut ben, talk.anna.account(), "available").await;
    is_shown(&mut talk.anna, &to, "busy").await;
    let gone = refused(&mut talk.anna.socket, json!({ "t": "call", "call": call, "do": "hangup" })).await;
    assert_eq!(gone["code"], "unknown_call", "who gave it away has no say: {gone}");
    act(&mut ben.socket, &call, "hangup").await;
    assert_eq!(sees(&mut talk.vera.socket, &call, "ended").await["reason"], "consultant_hangup");
    is_shown(&mut ben, &to, "available").await;
    let record = the_only_one(&ben.browser).await;
    let rings: Vec<_> =
        record["rings"].as_array().unwrap().iter().map(|ring| (&ring["name"], &ring["outcome"])).collect();
    let (answered, stopped) = (json!("answered"), json!("stopped"));
    let (anna, ben) = (json!("Anna"), json!("Ben"));
    assert_eq!(rings, [(&anna, &answered), (&ben, &stopped), (&ben, &answered)], "{record}");
    assert_eq!(record["consultant"]["name"], "Ben", "{record}");
}

#[tokio::test]
async fn an_answered_call_is_kept_as_it_was() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    talk.both_hear(60).await;
    for page in [&mut talk.vera.socket, &mut talk.anna.socket] {
        let stats = json!({ "rtt_ms": 20, "jitter_ms": 2, "lost_permille": 0 });
        let mut frame = json!({ "t": "call", "call": talk.id, "do": "stats" });
        frame.as_object_mut().unwrap().extend(stats.as_object().unwrap().clone());
        page.send(frame).await;
    }
    let quality = talk.vera.socket.frame("call.quality").await;
    assert_eq!(quality["call"], *talk.id);
    act(&mut talk.vera.socket, &talk.id, "hangup").await;
    let over = sees(&mut talk.vera.socket, &talk.id, "ended").await;
    the_only_one(&talk.anna.browser).await;
    talk.vera.socket.send(json!({ "t": "call.rate", "call": talk.id, "stars": 2 })).await;
    talk.vera.socket.send(json!({ "t": "call.rate", "call": talk.id, "stars": 5 })).await;
    let foreign =
        refused(&mut caller(&hub).await.socket, json!({ "t": "call.rate", "call": talk.id, "stars": 1 })).await;
    assert_eq!(foreign["code"], "unknown_call", "{foreign}");

    let record = crate::harness::until("the last word of the visitor", async || {
        let record = the_only_one(&talk.anna.browser).await;
        (record["rating"] == 5).then_some(record)
    })
    .await;
    let at = |name: &str| record[name].as_i64().unwrap_or_else(|| panic!("no {name} in {record}"));
    let (asked, answered, talking, ended) = (at("asked_at"), at("answered_at"), at("talking_since"), at("ended_at"));
    assert!(asked <= answered && answered <= talking && talking < ended, "{record}");
    assert_eq!(over["talking_since"], talking);
    let (visitor, desk) = (at("visitor_mos10"), at("consultant_mos10"));
    assert!((40..=45).contains(&visitor) && (40..=45).contains(&desk), "{record}");
    assert_eq!(quality["mos10"], visitor);
    let expected = json!({
        "id": talk.id, "package": "Bakery by phone", "visitor": record["visitor"],
        "consultant": { "id": talk.anna.account(), "name": "Anna", "photo": "/demo/faces/anna.svg" },
        "asked_at": asked, "answered_at": answered, "talking_since": talking, "ended_at": ended,
        "reason": "visitor_hangup", "is_missed": false, "seconds": (ended - talking) / 1_000,
        "rings": [{
            "account": talk.anna.account(), "name": "Anna", "at": record["rings"][0]["at"], "outcome": "answered",
        }],
        "visitor_mos10": visitor, "consultant_mos10": desk, "rating": 5,
    });
    assert_eq!(record, expected);
    assert!((asked..=answered).contains(&record["rings"][0]["at"].as_i64().unwrap()), "{record}");
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_code_and_changes_nothing() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    let mut desk = Desk::open(&hub.door, BEN).await;
    let ben = desk.account().to_owned();
    let call = talk.id.clone();

    let another = try_call(&mut talk.vera).await.unwrap_err();
    assert_eq!(another["code"], "another_call", "{another}");
    let mut wanda = Visitor::arrive(&hub.door).await;
    assert_eq!(try_call(&mut wanda).await.unwrap_err()["code"], "no_voice");
    for frame in [
        json!({ "t": "call", "call": call, "do": "hangup" }),
        json!({ "t": "call", "call": NOBODYS_CALL, "do": "ready" }),
        json!({ "t": "call.rate", "call": call, "stars": 5 }),
    ] {
        assert_eq!(refused(&mut wanda.socket, frame).await["code"], "unknown_call");
    }
    let rate = json!({ "t": "call.rate", "call": call, "stars": 5 });
    assert_eq!(refused(&mut talk.vera.socket, rate).await["code"], "unknown_call", "it is not over");
    for frame in [
        json!({ "t": "call.accept", "call": call }),
        json!({ "t": "call.decline", "call": call }),
        json!({ "t": "call.transfer", "call": call, "to": ben }),
        json!({ "t": "call", "call": call, "do": "hangup" }),
    ] {
        assert_eq!(refused(&mut desk.socket, frame).await["code"], "unknown_call");
    }
    for frame in [
        json!({ "t": "call", "call": call, "do": "dance" }),
        json!({ "t": "call", "call": call, "do": "answer", "g": -1, "sdp": "" }),
        json!({ "t": "call", "call": 7, "do": "hangup" }),
    ] {
        assert_eq!(refused(&mut talk.vera.socket, frame).await["code"], "bad_frame");
    }
    // What a newer page may add is passed over.
    let newer = json!({ "t": "call", "call": call, "do": "mute", "on": true, "why": "a cough" });
    talk.vera.socket.send(newer).await;
    sees_where(&mut talk.anna.socket, &call, "muted", |call| call["peer_muted"] == true).await;
    // A colleague who is away is not rung, and nothing else changes.
    talk.anna.socket.send(json!({ "t": "call.transfer", "call": call, "to": ben })).await;
    mute(&mut talk.vera.socket, &call, false).await;
    let after = sees_where(&mut talk.anna.socket, &call, "not muted", |call| call["peer_muted"] == false).await;
    assert_eq!((&after["state"], after.get("transfer_to")), (&json!("active"), None), "{after}");
    assert_eq!(Desk::beside(&desk.browser).await.welcome["calls"], json!([]));
    talk.visitor.hears(20).await;
}
