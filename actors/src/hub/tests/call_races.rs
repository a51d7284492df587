//! Everybody acts at once: one consistent record, and nobody rings or is Busy afterwards.

use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::time::sleep;

use super::office::{DeskTab, Office, Tab};
use crate::ids::{AccountId, CallId};
use crate::ports::{Media as _, RingOutcome};
use crate::protocol::{CallReason, CallRequest, Cid};

const HANG_UPS: usize = 1_000;
const ANSWERS: usize = 200;
const DESKS: usize = 5;

async fn call(office: &Office, number: usize) -> (Tab, CallId) {
    let vera = office.vera().await;
    let started = vera.line.start_call(Cid::new(&format!("c{number}")).unwrap(), None).await.unwrap();
    // Until it rings.
    sleep(Duration::from_millis(10)).await;
    (vera, started.call)
}

/// The newest state a browser was told of a call.
fn told(frames: &super::office::Frames, call: CallId) -> String {
    let of_call = |frame: &serde_json::Value| frame["id"] == call.to_string();
    let newest = frames.of("call").into_iter().rev().find(of_call);
    newest.and_then(|frame| frame["state"].as_str().map(str::to_owned)).unwrap_or_default()
}

async fn is_available_again(office: &Office, one: &DeskTab) {
    sleep(Duration::from_secs(2)).await;
    let team = one.frames.of("delta").into_iter().rev().find(|delta| delta["change"]["what"] == "team");
    assert_eq!(team.map_or("available".into(), |delta| delta["change"]["colleague"]["status"].clone()), "available");
    assert_eq!(office.media.calls(), 0);
    assert!(office.hub.population().contains(&("call", 0)), "{:?}", office.hub.population());
}

#[actix_rt::test]
async fn a_thousand_hang_ups_against_answers_leave_one_consistent_record_each() {
    let office = Office::open(1);
    let one = office.desk(1).await;
    let (mut cancelled, mut answered) = (0, 0);
    for number in 0..HANG_UPS {
        let (vera, call) = call(&office, number).await;
        // Asking is putting into the mailbox: each comes first every other time.
        let (hung_up, accepted) = if number % 2 == 0 {
            join(vera.line.call(call, CallRequest::Hangup), one.line.accept_call(call)).await
        } else {
            let (accepted, hung_up) = join(one.line.accept_call(call), vera.line.call(call, CallRequest::Hangup)).await;
            (hung_up, accepted)
        };
        sleep(Duration::from_millis(500)).await;

        assert!(hung_up.is_ok(), "a hang-up always counts");
        let kept = office.store.ended_call(call).unwrap();
        if accepted.is_ok() {
            answered += 1;
            assert_eq!((kept.reason, kept.consultant), (CallReason::VisitorHangup, Some(AccountId::from(1))));
        } else {
            cancelled += 1;
            assert_eq!((kept.reason, kept.consultant), (CallReason::Cancelled, None));
            assert_eq!(kept.rings.iter().map(|ring| ring.outcome).collect::<Vec<_>>(), [RingOutcome::Stopped]);
        }
        assert_eq!((told(&vera.frames, call), told(&one.frames, call)), ("ended".to_owned(), "ended".to_owned()));
    }
    assert_eq!((cancelled, answered), (HANG_UPS / 2, HANG_UPS / 2));
    is_available_again(&office, &one).await;
}

#[actix_rt::test]
async fn of_many_desks_that_answer_at_once_one_wins() {
    let office = Office::open(1);
    let desks = join_all((0..DESKS).map(|_| office.desk(1))).await;
    for number in 0..ANSWERS {
        let (vera, call) = call(&office, number).await;

        let answers = join_all(desks.iter().map(|desk| desk.line.accept_call(call))).await;

        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        vera.line.call(call, CallRequest::Hangup).await.unwrap();
        sleep(Duration::from_millis(500)).await;
        let kept = office.store.ended_call(call).unwrap();
        assert_eq!(kept.rings.iter().map(|ring| ring.outcome).collect::<Vec<_>>(), [RingOutcome::Answered]);
        assert!(desks.iter().all(|desk| told(&desk.frames, call) == "ended"));
    }
    is_available_again(&office, &desks[0]).await;
}
