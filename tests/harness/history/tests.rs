//! The checker finds what it is there to find: each kind of bad history is refused.

use super::{Fault, Line, Step, Summary, Truth, check};

fn said(cid: &str) -> Line {
    Line::Said { cid: cid.into(), body: format!("body of {cid}") }
}

fn invoked(who: &str, cid: &str) -> Step {
    Step::Invoked { who: who.into(), cid: cid.into(), body: format!("body of {cid}") }
}

fn kept(who: &str, cid: &str, seq: u64) -> Step {
    Step::Kept { who: who.into(), cid: cid.into(), chat: "chat".into(), seq }
}

fn told(who: &str, seq: u64, line: Line) -> Step {
    Step::Told { who: who.into(), chat: "chat".into(), seq, line, live: true }
}

fn truth(lines: &[(u64, Line)]) -> Truth {
    Truth::from([("chat".to_owned(), lines.to_vec())])
}

/// Vera says a, anna says b, both know both.
fn healthy() -> (Vec<Step>, Truth) {
    let steps = vec![
        invoked("vera", "a"),
        kept("vera", "a", 1),
        told("anna", 1, said("a")),
        invoked("anna", "b"),
        told("vera", 2, said("b")),
        kept("anna", "b", 2),
    ];
    (steps, truth(&[(1, said("a")), (2, said("b"))]))
}

fn faults(steps: &[Step], truth: &Truth) -> Vec<Fault> {
    check(steps, truth).expect_err("the checker took a bad history")
}

#[test]
fn a_healthy_history_is_taken() {
    let (steps, truth) = healthy();

    assert_eq!(check(&steps, &truth), Ok(Summary { kept: 2, unknown: 0, told: 2 }));
}

#[test]
fn an_unanswered_message_may_be_kept_or_not() {
    let (mut steps, truth_without) = healthy();
    steps.push(invoked("vera", "c"));
    let mut with = steps.clone();
    with.extend([told("anna", 3, said("c")), told("vera", 3, said("c"))]);
    let truth_with = truth(&[(1, said("a")), (2, said("b")), (3, said("c"))]);

    assert_eq!(check(&steps, &truth_without).map(|summary| summary.unknown), Ok(1));
    assert_eq!(check(&with, &truth_with).map(|summary| summary.unknown), Ok(1));
}

#[test]
fn a_lost_message_is_found() {
    let (steps, _) = healthy();

    let found = faults(&steps, &truth(&[(1, said("a"))]));

    assert!(found.contains(&Fault::Lost { cid: "b".into(), chat: "chat".into(), seq: 2 }), "{found:?}");
}

#[test]
fn an_acknowledgement_with_another_place_is_found() {
    let (mut steps, truth) = healthy();
    steps.push(kept("vera", "a", 2));

    let found = faults(&steps, &truth);

    assert_eq!(found, [Fault::Lost { cid: "a".into(), chat: "chat".into(), seq: 2 }]);
}

#[test]
fn a_doubled_message_is_found() {
    let (mut steps, _) = healthy();
    steps.extend([told("vera", 3, said("a")), told("anna", 3, said("a"))]);

    let found = faults(&steps, &truth(&[(1, said("a")), (2, said("b")), (3, said("a"))]));

    assert!(found.contains(&Fault::Doubled { cid: "a".into() }), "{found:?}");
}

#[test]
fn a_message_behind_one_that_was_sent_after_its_acknowledgement_is_found() {
    let steps = [
        invoked("vera", "a"),
        kept("vera", "a", 2),
        invoked("vera", "b"),
        kept("vera", "b", 1),
        told("anna", 1, said("b")),
        told("anna", 2, said("a")),
    ];

    let found = faults(&steps, &truth(&[(1, said("b")), (2, said("a"))]));

    assert_eq!(found, [Fault::Reordered { chat: "chat".into(), seq: 1 }]);
}

#[test]
fn a_gap_in_the_numbers_is_found() {
    let (steps, _) = healthy();

    let found = faults(&steps, &truth(&[(1, said("a")), (3, said("b"))]));

    assert!(found.contains(&Fault::Gap { chat: "chat".into(), after: 1 }), "{found:?}");
}

#[test]
fn a_line_that_is_skipped_on_the_socket_is_found_even_when_it_comes_later() {
    let (mut steps, _) = healthy();
    steps.extend([invoked("anna", "c"), kept("anna", "c", 3), invoked("anna", "d"), kept("anna", "d", 4)]);
    steps.extend([told("vera", 4, said("d")), told("vera", 3, said("c"))]);
    let truth = truth(&[(1, said("a")), (2, said("b")), (3, said("c")), (4, said("d"))]);

    let found = faults(&steps, &truth);

    assert!(found.contains(&Fault::Skipped { who: "vera".into(), chat: "chat".into(), seq: 3 }), "{found:?}");
    assert!(found.contains(&Fault::Backwards { who: "vera".into(), chat: "chat".into(), seq: 3 }), "{found:?}");
}

#[test]
fn participants_who_were_told_different_things_are_found() {
    let (mut steps, truth) = healthy();
    steps[2] = told("anna", 1, said("z"));

    let found = faults(&steps, &truth);

    assert_eq!(found, [Fault::Disagreement { who: "anna".into(), chat: "chat".into(), seq: 1 }]);
}

#[test]
fn a_changed_body_is_found() {
    let (mut steps, truth) = healthy();
    steps[0] = Step::Invoked { who: "vera".into(), cid: "a".into(), body: "something else".into() };

    let found = faults(&steps, &truth);

    assert_eq!(found, [Fault::Disagreement { who: "vera".into(), chat: "chat".into(), seq: 1 }]);
}

#[test]
fn a_line_nobody_wrote_is_found() {
    let (mut steps, _) = healthy();
    steps.extend([told("vera", 3, said("ghost")), told("anna", 3, said("ghost"))]);

    let found = faults(&steps, &truth(&[(1, said("a")), (2, said("b")), (3, said("ghost"))]));

    assert_eq!(found, [Fault::Invented { cid: "ghost".into() }]);
}

#[test]
fn a_refused_message_that_was_kept_is_found() {
    let (mut steps, truth) = healthy();
    steps.push(Step::Refused { who: "anna".into(), cid: "b".into(), code: "rate".into() });

    assert_eq!(faults(&steps, &truth), [Fault::KeptRefused { cid: "b".into() }]);
}

#[test]
fn a_participant_who_never_learned_of_a_line_is_found() {
    let (mut steps, truth) = healthy();
    steps.remove(4);

    assert_eq!(faults(&steps, &truth), [Fault::Missed { who: "vera".into(), chat: "chat".into(), seq: 2 }]);
}

#[test]
fn who_forgets_a_chat_has_to_learn_it_again() {
    let (mut steps, truth) = healthy();
    steps.push(Step::Forgot { who: "vera".into(), chat: "chat".into() });
    steps.push(Step::Told { who: "vera".into(), chat: "chat".into(), seq: 2, line: said("b"), live: false });

    assert_eq!(faults(&steps, &truth), [Fault::Missed { who: "vera".into(), chat: "chat".into(), seq: 1 }]);
}
