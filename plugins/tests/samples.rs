//! The samples and templates as they are built from source (`plugins/samples/build`), asked what they were written
//! for. What was not built is skipped, and says so.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use plugins::Values;
use plugins::ask::{Answer, Hook, Question};
use plugins::form::check_about;
use plugins::loaded::Loaded;
use serde_json::{Value, json};

use crate::{Shelf, questions};

/// The built file, loaded; `None` if it is not there.
fn sample(name: &str) -> Option<Arc<Loaded>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../target/plugins/{name}.wasm"));
    let Ok(upload) = fs::read(&path) else {
        println!("skipped: run plugins/samples/build {name}");
        return None;
    };
    Some(Shelf::new().load(&upload))
}

/// The question about a visitor with some places of its JSON replaced.
fn question(hook: &str, places: &[(&str, Value)]) -> Question {
    let mut question = serde_json::to_value(questions::route()).unwrap();
    let visitor = question["request"]["visitor"].clone();
    if hook != "route" {
        question["visitor"] = visitor;
        question.as_object_mut().unwrap().remove("request");
    }
    question["hook"] = json!(hook);
    question["ctx"]["settings"] = json!([]);
    for (pointer, value) in places {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        question.pointer_mut(parent).unwrap()[key] = value.clone();
    }
    serde_json::from_value(question).unwrap()
}

fn setting(key: &str, value: Value) -> Value {
    json!({ "key": key, "value": value })
}

/// Its answer as JSON; what it wrote to its log is shown when there is none.
fn answer(plugin: &Loaded, question: &Question) -> Value {
    let run = plugin.run(question, &Arc::<Values>::default());
    match &run.answer {
        Ok(answer) => serde_json::to_value(answer).unwrap()["answer"].clone(),
        Err(failure) => panic!("{failure}: {:?}", run.logs),
    }
}

/// What every sample says about itself: without a flaw, its name is that of its folder, in two languages.
fn introduces_itself(plugin: &Loaded, name: &str, hooks: &[Hook]) {
    let run = plugin.run(&Question::Describe, &Arc::<Values>::default());
    let Ok(Answer::Describe(about)) = run.answer else { panic!("{run:?}") };
    assert_eq!(check_about(&about), []);
    assert_eq!(about.id, name);
    assert_eq!(about.name.iter().map(|name| name.language.as_str()).collect::<Vec<_>>(), ["en", "pl"]);
    assert_eq!(plugin.hooks(), hooks.iter().copied().collect());
}

#[test]
fn the_template_rings_whoever_has_been_idle_longest_for_a_campaign() {
    let Some(plugin) = sample("template-rust") else { return };
    let ask = |page: &str| {
        let places = [("/request/visitor/page_url", json!(page))];
        answer(&plugin, &question("route", &places))["decision"].clone()
    };
    let offer = &ask("https://shop.example/?utm_campaign=june")["Offer"][0];
    assert_eq!(offer, &json!({ "consultants": ["anna", "ben"], "ring": "LongestIdle", "patience": 20 }));
    assert_eq!(ask("https://shop.example/"), "Inherit");
}

#[test]
fn sticky_consultant_rings_the_one_of_the_last_chat_first() {
    let Some(plugin) = sample("sticky-consultant") else { return };
    introduces_itself(&plugin, "sticky-consultant", &[Hook::Routing]);
    let outcome = answer(&plugin, &question("route", &[("/request/visitor/last_consultant", json!("ben"))]));
    assert_eq!(outcome["decision"]["Offer"][0]["consultants"], json!(["ben"]));
    assert_eq!(outcome["decision"]["Offer"][1]["consultants"], json!(["anna"]));
}

#[test]
fn fair_queue_lets_nobody_overtake() {
    let Some(plugin) = sample("fair-queue") else { return };
    introduces_itself(&plugin, "fair-queue", &[Hook::Routing]);
    let queue = json!({
        "id": "shop", "name": "Shop", "waiting": 2, "longest_wait": 40, "members": [], "facts": [],
    });
    let ask = |stage: Value| {
        let places = [("/request/queues", json!([queue])), ("/request/stage", stage)];
        answer(&plugin, &question("route", &places))["decision"].clone()
    };
    assert_eq!(ask(json!("Arrived"))["Enqueue"]["queue"], "shop");
    assert_eq!(ask(json!({ "Waiting": 40 }))["Offer"][0]["consultants"], json!(["anna", "ben"]));
}

#[test]
fn polish_hours_knows_corpus_christi_and_lunch() {
    let Some(plugin) = sample("polish-hours") else { return };
    introduces_itself(&plugin, "polish-hours", &[Hook::WorkingHours]);
    let settings = json!([
        setting("holidays", json!({ "Toggle": true })),
        setting("lunch", json!({ "Toggle": true })),
        setting("lunch_from", json!({ "Text": "12:00" })),
        setting("lunch_to", json!({ "Text": "12:30" })),
    ]);
    let day = |day: u8, weekday: &str| {
        let base = json!([{ "start": 480, "end": 960 }]);
        json!({ "date": { "year": 2026, "month": 6, "day": day }, "weekday": weekday, "holiday": null, "base": base })
    };
    let days = json!([day(3, "Wednesday"), day(4, "Thursday")]);
    let verdicts = answer(&plugin, &question("plan-days", &[("/ctx/settings", settings), ("/days", days)]));
    assert_eq!(verdicts[0]["Replace"]["spans"], json!([{ "start": 480, "end": 720 }, { "start": 750, "end": 960 }]));
    assert_eq!(verdicts[1]["Replace"], json!({ "spans": [], "notice": "Boże Ciało" }));
}

#[test]
fn vip_ladder_rings_for_important_visitors_only() {
    let Some(plugin) = sample("vip-ladder") else { return };
    introduces_itself(&plugin, "vip-ladder", &[Hook::Routing, Hook::Notifications]);
    let steps = json!([setting("steps", json!({ "Rows": [["senior", "20"]] }))]);
    let ask = |tags: Value| {
        let places = [
            ("/ctx/settings", steps.clone()),
            ("/request/visitor/tags", tags),
            ("/request/consultants/1/skills", json!(["senior"])),
        ];
        answer(&plugin, &question("route", &places))["decision"].clone()
    };
    assert_eq!(ask(json!([])), "Inherit");
    assert_eq!(ask(json!(["vip"]))["Offer"][0], json!({ "consultants": ["ben"], "ring": "AllAtOnce", "patience": 20 }));
}

#[test]
fn card_redaction_hides_a_number() {
    let Some(plugin) = sample("card-redaction") else { return };
    introduces_itself(&plugin, "card-redaction", &[Hook::Messages]);
    let ask = |text: &str| {
        let message = json!({ "author": "Visitor", "text": text });
        answer(&plugin, &question("review", &[("/message", message)]))["verdict"].clone()
    };
    assert_eq!(ask("my card: 4111 1111 1111 1111")["Replace"], "my card: [card •••• 1111]");
    assert_eq!(ask("my order: 4111 1111 1111 1112"), "Pass");
}

#[test]
fn crm_card_asks_and_reads_the_answer() {
    let Some(plugin) = sample("crm-card") else { return };
    introduces_itself(&plugin, "crm-card", &[Hook::Enrichment]);
    let secret = json!([setting("token", json!({ "Text": "{{secret:token}}" }))]);
    let email = ("/visitor/email", json!("vera@bakery.example"));
    let requests = answer(&plugin, &question("requests", &[("/ctx/settings", secret), email]));
    assert_eq!(requests[0]["url"], "https://api.hubapi.com/crm/v3/objects/contacts/search");
    assert_eq!(requests[0]["headers"][0]["value"], "Bearer {{secret:token}}");

    let body = json!({ "results": [{ "id": "7", "properties": { "firstname": "Zoë", "company": "Bakery" } }] });
    let found = json!({ "status": 200, "headers": [], "body": body.to_string().into_bytes() });
    let profile = answer(&plugin, &question("enrich", &[("/responses", json!([{ "Ok": found }]))]));
    assert_eq!(profile["name"], "Zoë");
    assert_eq!(profile["attributes"], json!([{ "key": "Company", "value": "Bakery" }]));

    let silent = answer(&plugin, &question("enrich", &[("/responses", json!([{ "Err": "timed out" }]))]));
    assert_eq!(silent, json!({ "name": null, "attributes": [], "tags": [] }));
}
