//! The ladder step by step, and who is told.

use click2callme_plugin::example::{consultant, context, queue, request};
use click2callme_plugin::notifications::{Channel, EventKind, Recipient};
use click2callme_plugin::types::{Consultant, Presence, SettingValue};

use super::*;

fn settings() -> Context {
    let rows = |rows: &[&[&str]]| {
        SettingValue::Rows(rows.iter().map(|row| row.iter().map(|cell| (*cell).into()).collect()).collect())
    };
    let mut ctx = context();
    ctx.settings = vec![
        Setting { key: "steps".into(), value: rows(&[&["vip", "15"], &["senior", "20"]]) },
        Setting { key: "domains".into(), value: rows(&[&["bank.example"]]) },
        Setting { key: "callback_after".into(), value: SettingValue::Integer(60) },
    ];
    ctx
}

fn important(stage: Stage) -> Request {
    let can = |id, skills: &[&str]| Consultant {
        skills: skills.iter().map(|skill| (*skill).into()).collect(),
        ..consultant(id)
    };
    let team = vec![can("anna", &[]), can("ben", &["senior"]), can("cora", &["VIP", "senior"])];
    let mut request = Request { stage, queues: vec![queue("shop")], ..request(team) };
    request.visitor.tags.push("Vip".into());
    request
}

fn offered(request: &Request) -> Vec<(Vec<String>, u32)> {
    match VipLadder::route(&settings(), request).decision {
        Decision::Offer(tiers) => tiers.into_iter().map(|tier| (tier.consultants, tier.patience)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn each_team_rings_in_turn_and_nobody_twice() {
    let steps = [(vec!["cora".to_owned()], 15), (vec!["ben".to_owned()], 20), (vec!["anna".to_owned()], 30)];

    assert_eq!(offered(&important(Stage::Arrived)), steps);
}

#[test]
fn a_step_with_nobody_free_is_left_out() {
    let mut request = important(Stage::Arrived);
    request.consultants[2].presence = Presence::Away;

    assert_eq!(offered(&request)[0], (vec!["ben".to_owned()], 20));
}

#[test]
fn a_mail_address_makes_important_too() {
    let mut request = important(Stage::Arrived);
    request.visitor.tags.clear();
    assert_eq!(VipLadder::route(&settings(), &request).decision, Decision::Inherit);

    request.visitor.email = Some("vera@BANK.example".into());
    assert_eq!(VipLadder::route(&settings(), &request).reason, "writes from bank.example");

    request.visitor.email = Some("vera@notbank.example".into());
    assert_eq!(VipLadder::route(&settings(), &request).decision, Decision::Inherit);
}

#[test]
fn whom_nobody_answered_waits_in_front_and_is_rung_again() {
    let Decision::Enqueue(ticket) = VipLadder::route(&settings(), &important(Stage::Unanswered(2))).decision else {
        panic!("not enqueued");
    };
    assert_eq!((ticket.queue.as_str(), ticket.priority), ("shop", PRIORITY));

    assert_eq!(offered(&important(Stage::Waiting(10))).len(), 3);
}

#[test]
fn after_a_while_a_callback_is_offered() {
    let outcome = VipLadder::route(&settings(), &important(Stage::Waiting(60)));

    assert!(matches!(outcome.decision, Decision::Callback(_)));
}

#[test]
fn the_owner_hears_later_than_the_consultants() {
    let event = |kind| Event {
        kind,
        at: 0,
        medium: None,
        visitor: Some(important(Stage::Arrived).visitor),
        consultant: None,
        facts: Vec::new(),
    };
    let Plan::Send(sent) = VipLadder::notify(&settings(), &event(EventKind::VisitorWaiting)) else {
        panic!("nothing sent");
    };

    assert!(matches!(sent[0].to, Recipient::AvailableConsultants));
    assert_eq!(sent.iter().map(|one| one.after).collect::<Vec<_>>(), [0, 30, 120]);
    assert_eq!(sent[2].channel, Channel::Email);
    assert_eq!(VipLadder::notify(&settings(), &event(EventKind::ChatStarted)), Plan::Inherit);
}

#[test]
fn a_step_has_a_sensible_time() {
    let with = |seconds: &str| {
        vec![Setting { key: "steps".into(), value: SettingValue::Rows(vec![vec!["vip".into(), seconds.into()]]) }]
    };

    assert!(VipLadder::check(&with("15")).is_empty());
    for wrong in ["", "4", "301", "soon"] {
        assert_eq!(VipLadder::check(&with(wrong))[0].key, "steps");
    }
}
