//! Tables as owners fill them in, and what each row says about a visitor.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::form::Known;
use crate::hooks::route::Means;
use crate::samples::{attribute, consultant, context, request};
use crate::wit::click2callme::plugin::types::Medium;
use crate::wit::exports::click2callme::plugin::routing::{Decision, Request, Ring, Stage, Tier};

const MEANS: Means = Means { has_bot: false, takes_orders: true };

fn known() -> Known {
    let set = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<BTreeSet<_>>();
    Known { consultants: set(&["anna", "ben", "carl"]), queues: set(&["shop"]), skills: set(&["cakes"]) }
}

fn table(rows: Value) -> Table {
    read(&json!({ "rows": rows }), &known()).unwrap()
}

fn flaws(rows: Value) -> Vec<String> {
    let flaws = read(&json!({ "rows": rows }), &known()).unwrap_err();
    flaws.iter().map(ToString::to_string).collect()
}

fn ask(rows: Value, request: &Request) -> (Decision, Vec<String>) {
    let Evaluated { outcome, rows, ask_again: _ } = evaluate(&table(rows), &context(), request, MEANS);
    (outcome.decision, rows.iter().map(ToString::to_string).collect())
}

fn offers(ids: &[&str], ring: Ring, patience: u32) -> Decision {
    Decision::Offer(vec![Tier { consultants: ids.iter().map(|id| (*id).to_owned()).collect(), ring, patience }])
}

/// One condition before a callback.
fn row(when: Value) -> Value {
    json!([{ "name": "Row", "when": [when], "then": { "do": "callback", "message": "Later?" } }])
}

fn holds(when: Value, request: &Request) -> bool {
    ask(row(when), request).0 != Decision::Inherit
}

#[test]
fn the_first_row_that_holds_decides_and_every_row_says_why() {
    let rows = json!([
        { "name": "Off", "is_on": false, "then": { "do": "built_in" } },
        { "name": "Germans", "when": [{ "fact": "language", "test": "one_of", "values": ["de"] }],
          "then": { "do": "built_in" } },
        { "name": "Nobody there", "then": { "do": "offer", "steps": [
            { "to": { "consultants": ["carl"] }, "ring": "all_at_once", "patience_seconds": 20 }] } },
        { "name": "VIP", "when": [{ "fact": "tag", "test": "one_of", "values": ["vip"] }], "tags": ["ladder"],
          "then": { "do": "offer", "steps": [
            { "to": { "consultants": ["carl", "ben"] }, "ring": "one_by_one", "patience_seconds": 20 }] } },
        { "name": "Rest", "then": { "do": "queue", "queue": "shop" } },
    ]);

    let (decision, said) = ask(rows, &request(Medium::Chat));

    assert_eq!(decision, offers(&["ben"], Ring::OneByOne, 20));
    assert_eq!(
        said,
        [
            "Row 1, Off: is switched off",
            "Row 2, Germans: language is pl",
            "Row 3, Nobody there: nobody it names is free",
            "Row 4, VIP: decided",
            "Row 5, Rest: not reached",
        ]
    );
}

#[test]
fn poles_who_wait_over_a_minute_go_to_the_team() {
    let rows = json!([{ "name": "Team", "when": [
        { "fact": "language", "test": "one_of", "values": ["pl"] },
        { "fact": "waiting_seconds", "at_least": 60 }],
        "then": { "do": "offer", "steps": [{ "to": "everybody", "ring": "least_busy", "patience_seconds": 30 }] } }]);
    let mut visitor = request(Medium::Chat);

    let early = evaluate(&table(rows.clone()), &context(), &visitor, MEANS);
    assert_eq!((early.outcome.decision, early.ask_again), (Decision::Inherit, Some(60)));
    assert_eq!(early.rows[0].to_string(), "Row 1, Team: waiting seconds is 0");

    visitor.stage = Stage::Waiting(61);
    let late = evaluate(&table(rows.clone()), &context(), &visitor, MEANS);
    assert_eq!((late.outcome.decision, late.ask_again), (offers(&["anna", "ben"], Ring::LeastBusy, 30), None));

    visitor.stage = Stage::Unanswered(0);
    visitor.facts = vec![attribute(WAITING_FACT, "50")];
    assert_eq!(evaluate(&table(rows.clone()), &context(), &visitor, MEANS).ask_again, Some(10));
    visitor.visitor.language = "de".to_owned();
    assert_eq!(evaluate(&table(rows), &context(), &visitor, MEANS).ask_again, None, "waiting would not help");
}

#[test]
fn every_fact_can_be_asked_for() {
    let chat = request(Medium::Chat);
    let test = |fact: &str, test: &str, value: &str| json!({ "fact": fact, "test": test, "values": [value] });

    assert!(holds(test("topic", "one_of", "Orders"), &chat) && !holds(test("topic", "one_of", "order"), &chat));
    assert!(holds(test("page_url", "contains", "/cakes"), &chat));
    assert!(holds(test("page_url", "starts_with", "https://BAKERY.example/"), &chat));
    assert!(holds(test("country", "one_of", "pl"), &chat) && !holds(test("country", "none_of", "PL"), &chat));
    assert!(holds(test("tag", "one_of", "vip"), &chat) && holds(test("tag", "none_of", "new"), &chat));
    assert!(holds(test("package", "one_of", "shop"), &chat) && holds(test("package", "one_of", "1"), &chat));
    assert!(holds(json!({ "fact": "visits", "at_least": 3, "at_most": 3 }), &chat));
    assert!(!holds(json!({ "fact": "visits", "at_least": 4 }), &chat));
}

#[test]
fn a_language_stands_for_its_kinds_but_not_for_others() {
    let speaks = |language: &str, value: &str| {
        let mut chat = request(Medium::Chat);
        chat.visitor.language = language.to_owned();
        holds(json!({ "fact": "language", "test": "one_of", "values": [value] }), &chat)
    };

    assert!(speaks("en-GB", "en") && speaks("EN", "en") && speaks("en-GB", "en-gb"));
    assert!(!speaks("en", "en-GB") && !speaks("enx", "en"));
}

#[test]
fn hours_run_over_midnight() {
    let open = |minute: u16, from: u8, to: u8| {
        let mut ctx = context();
        ctx.local.minute = minute;
        let rows = row(json!({ "fact": "hour_of_day", "from": from, "to": to }));
        evaluate(&table(rows), &ctx, &request(Medium::Chat), MEANS).outcome.decision != Decision::Inherit
    };

    assert!(open(540, 9, 17) && !open(1_020, 9, 17) && !open(539, 9, 17));
    assert!(open(1_380, 22, 6) && open(0, 22, 6) && !open(360, 22, 6));
    assert!(open(1_439, 0, 24));
}

#[test]
fn steps_find_speakers_skills_and_old_friends() {
    let mut chat = request(Medium::Chat);
    chat.consultants[0].languages = vec!["pl-PL".to_owned()];
    chat.consultants[1].skills = vec!["cakes".to_owned()];
    chat.consultants.push(consultant("dora"));
    chat.visitor.last_consultant = Some("dora".to_owned());
    let step = |to: Value| {
        json!([{ "name": "Row", "then": { "do": "offer", "steps": [
        { "to": to, "ring": "all_at_once", "patience_seconds": 15 }] } }])
    };

    for (to, id) in
        [(json!("speakers"), "anna"), (json!({ "skill": "cakes" }), "ben"), (json!("last_consultant"), "dora")]
    {
        assert_eq!(ask(step(to), &chat).0, offers(&[id], Ring::AllAtOnce, 15));
    }
    assert_eq!(ask(step(json!("wished")), &chat).1, ["Row 1, Row: nobody it names is free"]);
}

#[test]
fn what_a_package_cannot_do_is_left_to_the_next_row() {
    let mut chat = request(Medium::Chat);
    chat.queues.clear();
    let rows = json!([
        { "name": "Queue", "then": { "do": "queue", "queue": "shop" } },
        { "name": "Order", "then": { "do": "callback", "message": "Later?" } },
        { "name": "Full", "then": { "do": "refuse", "message": "Full", "offer_callback": true } },
    ]);

    let evaluated = evaluate(&table(rows), &context(), &chat, Means::default());

    let said: Vec<_> = evaluated.rows.iter().map(ToString::to_string).collect();
    assert_eq!(said[0], "Row 1, Queue: this package has no such queue");
    assert_eq!(said[1], "Row 2, Order: this package takes no callback orders");
    assert!(matches!(evaluated.outcome.decision, Decision::Refuse(refusal) if !refusal.offer_callback));
}

#[test]
fn a_flaw_is_told_where_it_is() {
    let told = flaws(json!([
        { "name": "", "when": [
            { "fact": "language", "test": "one_of", "values": [] },
            { "fact": "visits" },
            { "fact": "hour_of_day", "from": 24, "to": 24 },
            { "fact": "waiting_seconds", "at_least": 5, "at_most": 4 }],
          "then": { "do": "offer", "steps": [
            { "to": { "consultants": ["olga", "anna", "anna"] }, "ring": "one_by_one", "patience_seconds": 1 }] } },
        { "name": "Row", "then": { "do": "queue", "queue": "bank", "priority": 5000 } },
    ]));

    assert_eq!(
        told,
        [
            "/rows/0/name must be text without space around it",
            "/rows/0/when/0/values is missing",
            "/rows/0/when/1 needs at_least, at_most or both",
            "/rows/0/when/2/from must lie between 0 and 23",
            "/rows/0/when/2 begins when it ends",
            "/rows/0/when/3 can never hold",
            "/rows/0/then/steps/0/patience_seconds must lie between 5 and 300",
            "/rows/0/then/steps/0/to/consultants/0 is unknown",
            "/rows/0/then/steps/0/to/consultants/2 is there twice",
            "/rows/1/then/queue is unknown",
            "/rows/1/then/priority must lie between -1000 and 1000",
        ]
    );
}

#[test]
fn what_is_no_table_is_refused() {
    let first = |rows: Value| flaws(rows).remove(0);

    assert!(first(json!([{ "name": "Row", "then": { "do": "fly" } }])).starts_with("/rows/0/then cannot be read"));
    assert!(first(row(json!({ "fact": "moon" }))).starts_with("/rows/0/when/0 cannot be read"));
    assert!(first(row(json!({ "fact": "visits", "at_last": 3 }))).starts_with("/rows/0/when/0 cannot be read"));
    assert!(first(json!([{ "names": "Row" }])).starts_with("/rows/0 cannot be read"));
    assert_eq!(first(json!({})), "/rows must be a list of rows");
    assert_eq!(first(json!(vec![json!({}); MOST_ROWS + 1])), "/rows has more than 100");
    assert_eq!(read(&json!({ "rows": [], "columns": [] }), &known()).unwrap_err()[0].at, "/columns");
}

#[test]
fn a_table_survives_json() {
    let rows = json!([{ "name": "Row", "when": [{ "fact": "visits", "at_least": 3 }], "then": { "do": "built_in" } }]);
    let first = table(rows);

    let again = read(&serde_json::to_value(&first).unwrap(), &known()).unwrap();

    assert_eq!(first, again);
}
