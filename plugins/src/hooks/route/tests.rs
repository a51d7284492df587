//! Lying outcomes and what is left of them.

use super::*;
use crate::samples::{consultant, request};
use crate::wit::exports::click2callme::plugin::routing::Ring;

const ALL: Means = Means { has_bot: true, takes_orders: true };

fn tier(ids: &[&str], patience: u32) -> Tier {
    Tier { consultants: ids.iter().map(|id| (*id).to_owned()).collect(), ring: Ring::AllAtOnce, patience }
}

fn outcome(decision: Decision) -> Outcome {
    Outcome { decision, reason: "because".to_owned(), tags: Vec::new() }
}

fn decided(decision: Decision) -> (Decision, Vec<String>) {
    let checked = check(&request(Medium::Chat), ALL, outcome(decision));
    let notes = checked.notes.iter().map(|note| format!("{} {}", note.at, note.why)).collect();
    (checked.value.decision, notes)
}

#[test]
fn a_sound_answer_stays_as_it_is() {
    let sound = outcome(Decision::Offer(vec![tier(&["anna"], 20), tier(&["anna", "ben"], 30)]));

    let checked = check(&request(Medium::Chat), ALL, sound.clone());

    assert_eq!(checked, Checked { value: sound, notes: Vec::new() });
}

#[test]
fn who_was_not_in_the_question_or_is_not_free_is_dropped() {
    let (decision, notes) = decided(Decision::Offer(vec![tier(&["olga", "carl", "ben", "ben"], 20)]));

    assert_eq!(decision, Decision::Offer(vec![tier(&["ben"], 20)]));
    assert_eq!(
        notes,
        [
            "/decision/Offer/0/consultants/0 \"olga\" was not in the question",
            "/decision/Offer/0/consultants/1 \"carl\" cannot take this visitor at the moment",
            "/decision/Offer/0/consultants/3 was there already",
        ]
    );
}

#[test]
fn an_offer_to_nobody_is_left_to_the_rule_of_the_hub() {
    let (decision, notes) = decided(Decision::Offer(vec![tier(&[], 20), tier(&["carl"], 20)]));

    assert_eq!(decision, Decision::Inherit);
    assert_eq!(notes.last().unwrap(), "/decision/Offer nobody is left who could be offered this visitor");
    assert_eq!(decided(Decision::Offer(Vec::new())).0, Decision::Inherit);
}

#[test]
fn patience_and_the_number_of_tiers_are_bounded() {
    let (decision, _) = decided(Decision::Offer(vec![tier(&["anna"], 1), tier(&["ben"], u32::MAX)]));
    assert_eq!(decision, Decision::Offer(vec![tier(&["anna"], 5), tier(&["ben"], 300)]));

    let (decision, _) = decided(Decision::Offer(vec![tier(&["anna"], 20); 5_000]));
    assert_eq!(decision, Decision::Offer(vec![tier(&["anna"], 20); MOST_TIERS]));
}

#[test]
fn a_chat_can_be_given_without_asking_and_a_call_always_rings() {
    let told = outcome(Decision::Offer(vec![tier(&["anna"], AT_ONCE)]));

    assert_eq!(check(&request(Medium::Chat), ALL, told.clone()).value, told);
    let rung = outcome(Decision::Offer(vec![tier(&["anna"], LEAST_PATIENCE)]));
    assert_eq!(check(&request(Medium::Call), ALL, told).value, rung);
}

#[test]
fn a_consultant_with_a_full_desk_takes_calls_but_no_chats() {
    let mut busy = consultant("anna");
    busy.active_chats = busy.max_chats;

    assert!(!is_free(&busy, Medium::Chat));
    assert!(is_free(&busy, Medium::Call));
    busy.in_call = true;
    assert!(!is_free(&busy, Medium::Call));
}

#[test]
fn a_queue_of_another_package_is_refused() {
    let ticket =
        |queue: &str| Ticket { queue: queue.to_owned(), priority: 9_999, message: None, reconsider_after: Some(1) };

    assert_eq!(decided(Decision::Enqueue(ticket("bank"))).0, Decision::Inherit);
    let kept = Ticket { priority: 1_000, reconsider_after: Some(5), ..ticket("shop") };
    assert_eq!(decided(Decision::Enqueue(ticket("shop"))).0, Decision::Enqueue(kept));
}

#[test]
fn a_bot_talks_first_or_not_at_all() {
    assert_eq!(decided(Decision::Bot).0, Decision::Bot);

    let mut again = request(Medium::Chat);
    again.stage = Stage::Waiting(60);
    assert_eq!(check(&again, ALL, outcome(Decision::Bot)).value.decision, Decision::Inherit);
    let call = request(Medium::Call);
    assert_eq!(check(&call, ALL, outcome(Decision::Bot)).value.decision, Decision::Inherit);
    let without = check(&request(Medium::Chat), Means::default(), outcome(Decision::Bot));
    assert_eq!(without.value.decision, Decision::Inherit);
}

#[test]
fn no_callback_is_offered_where_none_can_be_ordered() {
    let means = Means { has_bot: true, takes_orders: false };
    let chat = request(Medium::Chat);

    let callback = check(&chat, means, outcome(Decision::Callback("Later?".to_owned())));
    assert_eq!(callback.value.decision, Decision::Inherit);
    let refusal = Refusal { message: "Full".to_owned(), offer_callback: true };
    let refused = check(&chat, means, outcome(Decision::Refuse(refusal.clone())));
    assert_eq!(refused.value.decision, Decision::Refuse(Refusal { offer_callback: false, ..refusal }));
}

#[test]
fn a_name_of_200_kilobytes_fills_no_log() {
    let long = "x".repeat(200_000);
    let lie = Outcome {
        decision: Decision::Offer(vec![tier(&[&long], 20); 300]),
        reason: long.clone(),
        tags: vec![long; 300],
    };

    let checked = check(&request(Medium::Chat), ALL, lie);

    assert!(serde_json::to_string(&checked).unwrap().len() < 20_000);
    assert_eq!(checked.value.reason.len(), REASON_CHARS);
}
