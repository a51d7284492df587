//! What a tab asks in a call is answered.

use super::super::office::{Frames, Office};
use super::talking;
use crate::protocol::CallRequest;

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
