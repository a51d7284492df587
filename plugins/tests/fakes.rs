//! The ready-made plugins do what their names say, so that other tests may rely on them.

use std::sync::Arc;

use plugins::Values;
use plugins::ask::{Answer, Failure, Level, Question, Run};
use plugins::fakes;
use plugins::form::check_about;
use serde_json::{Value, json};

use crate::{Shelf, questions, route};

/// The question about a visitor with some places of its JSON replaced.
fn question(places: &[(&str, Value)]) -> Question {
    let mut question = serde_json::to_value(questions::route()).unwrap();
    for (pointer, value) in places {
        *question.pointer_mut(pointer).unwrap() = value.clone();
    }
    serde_json::from_value(question).unwrap()
}

fn ask(upload: &[u8], question: &Question) -> Run {
    Shelf::new().load(upload).run(question, &Arc::<Values>::default())
}

fn outcome(upload: &[u8], places: &[(&str, Value)]) -> Value {
    let run = ask(upload, &question(places));
    let Ok(Answer::Route(outcome)) = run.answer else { panic!("{run:?}") };
    serde_json::to_value(outcome).unwrap()
}

/// One step with these consultants.
fn offer(consultants: &[&str]) -> Value {
    json!({ "Offer": [{ "consultants": consultants, "ring": "AllAtOnce", "patience": fakes::PATIENCE }] })
}

fn setting(key: &str, consultant: &str) -> Value {
    json!({ "key": key, "value": { "Text": consultant } })
}

#[test]
fn each_says_who_it_is() {
    let shelf = Shelf::new();
    for upload in [
        fakes::offers_everybody("one", "Żytnia", "1.2.3"),
        fakes::offers_one("one", "Żytnia", "1.2.3"),
        fakes::loops("one", "Żytnia", "1.2.3"),
        fakes::traps("one", "Żytnia", "1.2.3"),
        fakes::logs("one", "Żytnia", "1.2.3", "here"),
    ] {
        let plugin = shelf.load(&upload);
        let about = plugin.about();
        assert_eq!(check_about(about), []);
        assert_eq!((about.id.as_str(), about.version.as_str()), ("one", "1.2.3"));
        let names: Vec<_> = about.name.iter().map(|name| (name.language.as_str(), name.text.as_str())).collect();
        assert_eq!(names, [("en", "Żytnia")]);
    }
}

#[test]
fn everybody_who_is_free_is_offered() {
    let upload = fakes::offers_everybody("all", "All", "1.0.0");
    let ben = "/request/consultants/1";

    assert_eq!(outcome(&upload, &[])["decision"], offer(&["anna", "ben"]));
    for taken in [("presence", json!("Busy")), ("in_call", json!(true)), ("active_chats", json!(4))] {
        let chosen = outcome(&upload, &[(&format!("{ben}/{}", taken.0), taken.1)]);
        assert_eq!(chosen["decision"], offer(&["anna"]), "{}", taken.0);
    }
    let full = [(&*format!("{ben}/active_chats"), json!(4)), ("/request/medium", json!("Call"))];
    assert_eq!(outcome(&upload, &full)["decision"], offer(&["anna", "ben"]), "chats do not keep from a call");
    let nobody = outcome(&upload, &[("/request/consultants", json!([]))]);
    assert_eq!((&nobody["decision"], &nobody["reason"]), (&json!("Inherit"), &json!("nobody is free")));
}

#[test]
fn the_one_in_the_settings_is_offered() {
    let upload = fakes::offers_one("one", "One", "1.0.0");
    let plugin = Shelf::new().load(&upload);
    let fields = serde_json::to_value(&plugin.about().fields).unwrap();
    assert_eq!((&fields[0]["key"], &fields[0]["kind"]), (&json!(fakes::CONSULTANT), &json!("Consultant")));
    assert_eq!((&fields[0]["required"], &fields[1]), (&json!(true), &Value::Null));

    let chosen = |settings: Value| outcome(&upload, &[("/ctx/settings", settings)])["decision"].clone();
    assert_eq!(chosen(json!([setting("consultans", "anna"), setting(fakes::CONSULTANT, "ben")])), offer(&["ben"]));
    assert_eq!(chosen(json!([setting(fakes::CONSULTANT, "carl")])), "Inherit");
    assert_eq!(chosen(json!([])), "Inherit");
}

#[test]
fn the_others_fail_and_inherit() {
    let looped = ask(&fakes::loops("one", "One", "1.0.0"), &questions::route());
    assert!(matches!(looped.answer, Err(Failure::Fuel { .. })), "{looped:?}");

    let fallen = ask(&fakes::traps("one", "One", "1.0.0"), &questions::route());
    let Err(Failure::Trap { frames, .. }) = fallen.answer else { panic!("{fallen:?}") };
    assert!(frames[0].contains("fall"), "{frames:?}");

    let seen = ask(&fakes::logs("one", "One", "1.0.0", "Zażółć"), &questions::route());
    let Ok(Answer::Route(outcome)) = &seen.answer else { panic!("{seen:?}") };
    assert_eq!(serde_json::to_value(outcome).unwrap()["decision"], "Inherit");
    assert_eq!((seen.logs[0].level, seen.logs[0].text.as_str()), (Level::Info, "Zażółć"));
}

#[test]
fn another_version_is_another_upload() {
    let (first, second) = (route_all("1.0.0"), route_all("1.0.1"));

    assert_ne!(first, second);
    assert_eq!(first, route_all("1.0.0"), "the same words make the same bytes");
    let shelf = Shelf::new();
    assert_eq!(route(&shelf.load(&first)).answer, route(&shelf.load(&second)).answer);
}

fn route_all(version: &str) -> Vec<u8> {
    fakes::offers_everybody("all", "All", version)
}
