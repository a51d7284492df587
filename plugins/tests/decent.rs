//! A plugin that does as it should: it is loaded, asked, and gives the same
//! answer every time.

use std::sync::Arc;

use plugins::Values;
use plugins::ask::{Answer, Failure, Hook, Level, Question};
use plugins::fakes::Text;
use plugins::inspect::inspect;
use plugins::limits::Limits;

use crate::{Shelf, questions, route};

/// Looks at each byte of the question's settings and takes a little memory, so that fuel and memory mean something.
const BUSY: &str = "
    (local $left i32)
    (local.set $left (i32.const 1000))
    (loop $again
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $again (local.get $left)))
    (call $log (i32.const 2) (i32.const 2048) (i32.const 5))
    (drop (memory.grow (i32.const 3)))
    (i32.const 1024)";

fn busy() -> Vec<u8> {
    Text { more: r#"(data (i32.const 2048) "hello")"#.to_owned(), ..Text::route(BUSY) }.upload()
}

#[test]
fn it_answers_and_the_cost_is_known() {
    let shelf = Shelf::new();
    let plugin = shelf.load(&busy());
    assert_eq!(plugin.hooks(), [Hook::Routing].into());
    assert_eq!(plugin.digest(), plugins::library::digest(&busy()));
    let run = route(&plugin);
    let Ok(Answer::Route(outcome)) = &run.answer else { panic!("{run:?}") };
    assert_eq!(serde_json::to_value(outcome).unwrap()["decision"], "Inherit");
    assert!(run.fuel > 3_000 && run.fuel < 20_000, "{}", run.fuel);
    // Two pages at the start and three more; what the wrapping adds are tables.
    assert!(run.memory >= 5 * 65_536 && run.memory < 6 * 65_536, "{}", run.memory);
    assert_eq!(run.logs.len(), 1);
    assert_eq!((run.logs[0].level, run.logs[0].text.as_str()), (Level::Warn, "hello"));
}

#[test]
fn the_same_question_costs_and_gives_the_same_in_every_engine() {
    let (first, second) = (Shelf::new(), Shelf::new());
    let expected = route(&first.load(&busy()));
    for shelf in [&first, &second] {
        let plugin = shelf.load(&busy());
        for _ in 0..100 {
            let run = route(&plugin);
            assert_eq!(run.answer, expected.answer);
            assert_eq!((run.fuel, run.memory, &run.logs), (expected.fuel, expected.memory, &expected.logs));
        }
    }
}

#[test]
fn nothing_is_remembered_between_runs() {
    let counting = "
        (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
        (if (i32.ne (global.get $runs) (i32.const 1)) (then unreachable))
        (i32.store (i32.const 4096) (i32.add (i32.load (i32.const 4096)) (i32.const 1)))
        (if (i32.ne (i32.load (i32.const 4096)) (i32.const 1)) (then unreachable))
        (i32.const 1024)";
    let text = Text { more: "(global $runs (mut i32) (i32.const 0))".to_owned(), ..Text::route(counting) };
    let shelf = Shelf::new();
    let plugin = shelf.load(&text.upload());
    for _ in 0..50 {
        assert!(route(&plugin).answer.is_ok());
    }
}

#[test]
fn a_component_is_as_good_as_a_module() {
    let component = inspect(&busy(), &Limits::default()).unwrap();
    assert_eq!(component.hooks, [Hook::Routing].into());
    let shelf = Shelf::new();
    assert!(route(&shelf.load(&component.component)).answer.is_ok());
}

#[test]
fn values_of_the_admin_are_found() {
    // Some value: its length is the address of the answer, which is only good for 1024.
    let reading = "
        (call $get (i32.const 2048) (i32.const 4) (i32.const 4096))
        (if (i32.eqz (i32.load8_u (i32.const 4096))) (then unreachable))
        (i32.load (i32.const 4104))";
    let text = Text { more: r#"(data (i32.const 2048) "list")"#.to_owned(), ..Text::route(reading) };
    let shelf = Shelf::new();
    let plugin = shelf.load(&text.upload());
    let values = Values::from([("list".to_owned(), "x".repeat(1_024))]);
    let run = plugin.run(&questions::route(), &Arc::new(values));
    assert!(run.answer.is_ok(), "{run:?}");
    assert!(matches!(route(&plugin).answer, Err(Failure::Trap { .. })), "nothing is stored");
}

#[test]
fn a_hook_it_does_not_have_is_missing_and_no_fault() {
    let shelf = Shelf::new();
    let plugin = shelf.load(&busy());
    let question = serde_json::to_value(questions::route()).unwrap();
    let days = serde_json::json!({ "hook": "plan-days", "ctx": question["ctx"], "days": [] });
    let days: Question = serde_json::from_value(days).unwrap();
    let failure = plugin.run(&days, &Arc::default()).answer.unwrap_err();
    assert_eq!(failure, Failure::Missing { hook: Hook::WorkingHours });
    assert!(!failure.is_fault());
}

#[test]
fn the_same_upload_is_the_same_plugin() {
    let shelf = Shelf::new();
    let kept = shelf.load(&busy());
    assert!(Arc::ptr_eq(&kept, &shelf.load(&busy())));
}
