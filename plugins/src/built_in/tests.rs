//! The built-in rules, and that their answers need no mending.

use super::*;
use crate::hooks::{self, Why};
use crate::samples::{consultant, context, request, visitor};
use crate::wit::exports::click2callme::plugin::notifications::{Event, EventKind};
use crate::wit::exports::click2callme::plugin::working_hours::Slot;

/// Who is rung, tier by tier.
fn tiers(request: &Request) -> Vec<Vec<String>> {
    let Decision::Offer(tiers) = route(request).decision else { return Vec::new() };
    tiers.into_iter().map(|tier| tier.consultants).collect()
}

#[test]
fn the_same_rule_rings_whom_a_plugin_could_ring() {
    let mut call = request(Medium::Call);
    assert_eq!(tiers(&call), [["anna"], ["ben"]], "carl is away");

    call.wished = Some("ben".to_owned());
    assert_eq!(tiers(&call), [["ben"], ["anna"]]);
    call.wished = Some("carl".to_owned());
    assert_eq!(tiers(&call), [["anna"], ["ben"]]);
    call.consultants.clear();
    assert_eq!(route(&call).decision, Decision::Inherit);
}

#[test]
fn a_large_desk_is_rung_in_ten_tiers_and_nobody_is_left_out() {
    let mut call = request(Medium::Call);
    call.consultants = (0..30).map(|index| consultant(&format!("c{index}"))).collect();

    let rung = tiers(&call);

    assert_eq!((rung.len(), rung.concat().len()), (MOST_TIERS, 30));
}

#[test]
fn a_chat_waits_where_everybody_sees_it() {
    let mut chat = request(Medium::Chat);
    assert!(matches!(route(&chat).decision, Decision::Enqueue(ticket) if ticket.queue == "shop"));

    chat.queues.clear();
    assert_eq!(route(&chat).decision, Decision::Inherit);
}

#[test]
fn free_slots_are_offered_in_the_order_of_time() {
    let slot = |start: u32, taken: u32| Slot { start, end: start + 1_800, taken, capacity: 1 };
    let slots = vec![slot(3_600, 0), slot(0, 0), slot(1_800, 1)];
    let query = SlotQuery { medium: Medium::Call, topic: None, answers: Vec::new(), slots };

    assert_eq!(offer_slots(&query), [1, 0]);
}

#[test]
fn no_answer_of_the_built_in_rules_needs_mending() {
    for medium in [Medium::Chat, Medium::Call] {
        let question = request(medium);
        let checked = hooks::route::check(&question, hooks::route::Means::default(), route(&question));
        assert_eq!(checked.notes, []);
    }
    for kind in [
        EventKind::VisitorWaiting,
        EventKind::ChatMissed,
        EventKind::CallMissed,
        EventKind::CallbackOrdered,
        EventKind::CallbackDue,
        EventKind::PluginFailed,
        EventKind::RatingReceived,
    ] {
        let visitor = Some(visitor());
        let event = Event { kind, at: 0, medium: None, visitor, consultant: None, facts: Vec::new() };
        let checked = hooks::notify::check(&hooks::notify::Allowed::default(), &event, notify(&event));
        assert_eq!(checked.notes.into_iter().map(|note| note.why).collect::<Vec<Why>>(), []);
    }
    assert_eq!(crate::form::check_about(&about()), []);
}

#[test]
fn every_question_has_an_answer_of_its_own_hook() {
    let name = |value: serde_json::Value| value["hook"].as_str().unwrap().to_owned();
    let (ctx, visitor) = (context(), visitor());
    let questions = [
        Question::Describe,
        Question::Check { settings: Vec::new() },
        Question::Route { ctx: ctx.clone(), request: request(Medium::Chat) },
        Question::PlanDays { ctx: ctx.clone(), days: Vec::new() },
        Question::Form { ctx: ctx.clone(), visitor: visitor.clone(), medium: Medium::Chat },
        Question::Submit { ctx: ctx.clone(), visitor: visitor.clone(), answers: Vec::new() },
        Question::Requests { ctx: ctx.clone(), visitor: visitor.clone() },
        Question::Enrich { ctx, visitor, responses: Vec::new() },
    ];

    for question in questions {
        let answered = name(serde_json::to_value(answer(&question)).unwrap());
        assert_eq!(name(serde_json::to_value(&question).unwrap()), answered);
    }
}
