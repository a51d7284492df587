//! What a tab asks in a call is answered, whatever the clock on the wall shows.

use std::time::Duration;

use super::super::office::{Frames, Office};
use super::{settle, talking};
use crate::protocol::{CallReason, CallRequest};

#[actix_rt::test]
async fn a_tab_that_hears_nothing_is_answered_each_time() {
    let office = Office::open(1);
    let (vera, one, call) = talking(&office).await;
    let answers = |frames: &Frames| frames.of("call").len() + frames.of("call.offer").len();

    for _ in 0..3 {
        let before = (answers(&vera.frames), answers(&one.frames));
        vera.asks(call, CallRequest::Refresh { g: 1 }).await.unwrap();
        one.asks(call, CallRequest::Refresh { g: 1 }).await.unwrap();
        assert!(answers(&vera.frames) > before.0 && answers(&one.frames) > before.1);
    }
}

#[actix_rt::test]
async fn a_clock_that_jumps_ends_no_call() {
    let office = Office::open(1);
    let (vera, one, call) = talking(&office).await;

    for (turn, by) in [(true, Duration::from_hours(30)), (false, Duration::from_hours(60))] {
        if turn {
            office.clock.turn(by);
        } else {
            office.clock.turn_back(by);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        settle().await;
        assert_eq!((vera.shows(), one.shows()), ("active".to_owned(), "active".to_owned()));
    }
    vera.asks(call, CallRequest::Hangup).await.unwrap();

    let kept = office.store.ended_call(call).unwrap();
    assert_eq!(kept.reason, CallReason::VisitorHangup);
    assert_eq!(kept.ended_at.since(kept.talking_since.unwrap()), Duration::ZERO, "never less than nothing");
}
