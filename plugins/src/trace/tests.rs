//! Records that are kept, read again and compared.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::ask::Level;
use crate::hooks::route::{self, Means};
use crate::samples::{context, request};
use crate::table::Verdict;
use crate::wit::click2callme::plugin::types::Medium;
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Ring, Ticket, Tier};

fn offer(tiers: &[&[&str]]) -> Outcome {
    let tier = |ids: &&[&str]| Tier {
        consultants: ids.iter().map(|id| (*id).to_owned()).collect(),
        ring: Ring::AllAtOnce,
        patience: 20,
    };
    let decision = Decision::Offer(tiers.iter().map(tier).collect());
    Outcome { decision, reason: "because".to_owned(), tags: Vec::new() }
}

fn plugin(version: &str) -> Voice {
    Voice::Plugin { id: "example.sticky".to_owned(), version: version.to_owned(), digest: "00".repeat(32) }
}

fn run(outcome: &Outcome) -> Run {
    let logs = vec![LogLine { level: Level::Info, text: "looked".to_owned() }];
    let (took, answer) = (Duration::from_micros(53), Ok(Answer::Route(outcome.clone())));
    Run { answer, fuel: 126_000, took, memory: 65_536, logs }
}

/// A plugin lies a little, a shadow fails, another one differs, the table and the built-in rules come last.
fn record() -> Record {
    let question = request(Medium::Chat);
    let told = offer(&[&["olga", "anna"], &["ben"]]);
    let checked = route::check(&question, Means::default(), told.clone());
    let answer = Answer::Route(checked.value.clone());
    let other = offer(&[&["ben"]]);
    let beside = route::check(&question, Means::default(), other.clone());
    let rows = vec![RowTrace { row: 0, name: "Row".to_owned(), verdict: Verdict::NotReached }];
    Record {
        question: Question::Route { ctx: context(), request: question },
        steps: vec![
            Step::answered(plugin("1.0.0"), run(&told), checked, Answer::Route),
            Step::answered(plugin("1.1.0"), run(&other), beside, Answer::Route).in_shadow(),
            Step::failed(plugin("2.0.0"), run(&told), Failure::Fuel { limit: 20_000_000 }).in_shadow(),
            Step::table(answer.clone(), rows),
            Step::built_in(answer.clone()),
        ],
        answer,
        decided_by: plugin("1.0.0"),
        took: Duration::from_micros(400),
    }
}

#[test]
fn a_record_survives_json() {
    let json = record().to_json().unwrap();

    assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record());
    assert!(json.contains(r#""code":"unknown","id":"olga""#), "the note is in it");
}

#[test]
fn a_record_that_is_too_large_loses_its_log_lines() {
    let mut large = record();
    large.steps[0].logs = vec![LogLine { level: Level::Info, text: "x".repeat(RECORD_BYTES) }];

    let kept: Record = serde_json::from_str(&large.to_json().unwrap()).unwrap();
    assert!(kept.steps.iter().all(|step| step.logs.is_empty()));
    assert_eq!(kept.steps[0].answer, large.steps[0].answer);

    large.decided_by = plugin(&"x".repeat(RECORD_BYTES));
    assert_eq!(large.to_json(), None);
}

#[test]
fn a_shadow_says_what_it_would_have_done() {
    let reports = record().shadows();

    assert_eq!(reports.len(), 2);
    let differences = reports[0].differences.as_ref().unwrap();
    assert_eq!(
        differences[0].to_string(),
        "offers anna (all at once, 20 s), then ben (all at once, 20 s) → offers ben (all at once, 20 s)"
    );
    assert_eq!(reports[1].differences, None, "it failed");
}

#[test]
fn a_replay_tells_what_another_version_would_do() {
    let records = [record(), record(), record()];
    let same = records[0].answer.clone();
    let other = Answer::Route(offer(&[&["ben"]]));

    let replay = Replay::of(&records, [Ok(same), Ok(other), Err(Failure::Stack)]);

    assert_eq!((replay.same, replay.different.len(), replay.failed), (1, 1, vec![(2, Failure::Stack)]));
    assert_eq!(replay.different[0].0, 1);
}

#[test]
fn a_reason_is_no_difference_and_a_tag_is_one() {
    let before = offer(&[&["anna"]]);
    let other_words = Outcome { reason: "anna knows her".to_owned(), ..before.clone() };
    let tagged = Outcome { tags: vec!["vip".to_owned()], ..before.clone() };
    let differences = |after: Outcome| {
        let found = compare(&Answer::Route(before.clone()), &Answer::Route(after));
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };

    assert_eq!(differences(other_words), Vec::<String>::new());
    assert_eq!(differences(tagged), ["/tags/0: also vip"]);
}

#[test]
fn every_decision_has_a_sentence() {
    let ticket = Ticket { queue: "shop".to_owned(), priority: 5, message: None, reconsider_after: Some(60) };
    let said = |decision: Decision| sentence(&Outcome { decision, ..offer(&[]) });

    assert_eq!(said(Decision::Enqueue(ticket)), "queue shop, priority 5, asks again after 60 s");
    assert_eq!(said(Decision::Bot), "lets the bot talk first");
    assert!(said(Decision::Callback("x".repeat(500))).ends_with("xxx…"), "long text is cut");
}

#[test]
fn other_answers_are_compared_place_by_place() {
    let found = compare(&Answer::OfferSlots(vec![1, 2]), &Answer::OfferSlots(vec![1, 3, 4]));

    let said: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["/answer/1: 2 → 3", "/answer/2: also 4"]);
    assert_eq!(compare(&Answer::OfferSlots(vec![0]), &Answer::Check(Vec::new())).len(), 2);
}

proptest! {
    #[test]
    fn an_answer_never_differs_from_itself(one in vec(any::<u32>(), 0..200), other in vec(any::<u32>(), 0..200)) {
        let (one, other) = (Answer::OfferSlots(one), Answer::OfferSlots(other));

        prop_assert_eq!(compare(&one, &one), []);
        let found = compare(&one, &other);
        prop_assert_eq!(found.is_empty(), one == other);
        prop_assert!(found.len() <= MOST_DIFFERENCES);
    }
}
