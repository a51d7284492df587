//! Voice through the real hub: two browsers of another make, each with a socket and a network of its own.

use crate::harness::calls::{
    Talk, accept, act, caller, caller_again, connect, mend, mute, nothing_is_left, sees, sees_where, setup,
    the_only_one, try_call,
};
use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::packets::{assert_continuous, assert_unchanged};
use crate::harness::web::ANNA;

const CALLS: usize = 50;
/// Files that a hub opens by itself meanwhile: of the storage, and of the reader of its numbers.
const SPARE_FILES: usize = 8;

#[tokio::test]
async fn every_byte_arrives_as_it_was_said_in_the_order_it_was_said() {
    let hub = Hub::start(setup());
    let talk = Talk::begin(&hub).await;

    talk.both_hear(250).await;

    for (here, there) in [(&talk.visitor, &talk.consultant), (&talk.consultant, &talk.visitor)] {
        let heard = here.heard();
        assert_unchanged(&heard);
        assert_continuous(&heard);
        assert!(heard.iter().all(|packet| there.says(packet.number)), "somebody else was heard");
        assert!(heard.windows(2).all(|pair| pair[1].number == pair[0].number + 1), "a packet was lost");
    }
}

#[tokio::test]
async fn a_page_that_is_loaded_again_goes_on_in_the_same_stream() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;

    act(&mut talk.vera.socket, &talk.id, "leaving").await;
    let Talk { id, vera, anna: _anna, visitor, consultant } = talk;
    let token = vera.token.clone();
    drop((vera, visitor));
    let mut vera = caller_again(&hub, &token).await;
    assert_eq!(vera.welcome["call"]["id"], *id, "{}", vera.welcome);
    let visitor = connect(&mut vera.socket, &id).await;
    let sid = vera.welcome["sid"].clone();
    sees_where(&mut vera.socket, &id, "the voice in this tab", |call| call["state"] == "active" && call["tab"] == sid)
        .await;
    visitor.hears(20).await;
    consultant.hears(50).await;

    let heard = consultant.heard();
    assert_continuous(&heard);
    assert_unchanged(&heard);
    assert!(visitor.says(heard[heard.len() - 1].number), "the new page is heard");
    assert!(hub.metric("media_legs").await < 2.5, "the old leg is gone");
}

#[tokio::test]
async fn a_muted_side_is_not_heard_and_its_silence_is_not_a_loss() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;

    mute(&mut talk.vera.socket, &talk.id, true).await;
    sees_where(&mut talk.anna.socket, &talk.id, "muted", |call| call["peer_muted"] == true).await;
    // What was on its way still arrives.
    talk.visitor.says_more(20).await;
    let heard = talk.consultant.count();
    talk.visitor.says_more(50).await;
    assert_eq!(talk.consultant.count(), heard, "a muted microphone was heard");
    talk.visitor.talk(false);
    // A second and a half of nothing is silence; this is twice as much.
    talk.visitor.hears(150).await;
    talk.visitor.talk(true);
    mute(&mut talk.vera.socket, &talk.id, false).await;
    let back = sees_where(&mut talk.anna.socket, &talk.id, "not muted", |call| call["peer_muted"] == false).await;

    assert_eq!(back["state"], "active", "{back}");
    talk.consultant.hears(20).await;
    assert_continuous(&talk.consultant.heard());
    assert_unchanged(&talk.consultant.heard());
}

#[tokio::test]
async fn whoever_hangs_up_both_see_it_and_the_record_says_who() {
    for (reason, is_visitor) in [("visitor_hangup", true), ("consultant_hangup", false)] {
        let hub = Hub::start(setup());
        let mut talk = Talk::begin(&hub).await;
        let page = if is_visitor { &mut talk.vera.socket } else { &mut talk.anna.socket };

        act(page, &talk.id, "hangup").await;
        talk.both_see_the_end(reason).await;

        assert_eq!(the_only_one(&talk.anna.browser).await["reason"], reason);
        nothing_is_left(&hub).await;
    }
}

#[tokio::test]
async fn on_another_network_the_voice_comes_back_with_the_next_offer() {
    let hub = Hub::start(setup());
    let mut talk = Talk::begin(&hub).await;
    talk.both_hear(20).await;

    talk.visitor.move_away();
    let lost = sees(&mut talk.anna.socket, &talk.id, "reconnecting").await;
    assert_eq!(lost["lost"], "visitor", "{lost}");
    mend(&mut talk.vera.socket, &talk.id, &talk.visitor).await;
    sees(&mut talk.anna.socket, &talk.id, "active").await;
    talk.both_hear(50).await;

    for phone in [&talk.visitor, &talk.consultant] {
        let heard = phone.heard();
        assert_unchanged(&heard);
        assert!(heard.windows(2).all(|pair| pair[0].ssrc == pair[1].ssrc), "it is another stream");
    }
}

#[tokio::test]
async fn fifty_calls_one_after_another_leave_nothing() {
    let hub = Hub::start(setup());
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = caller(&hub).await;
    nothing_is_left(&hub).await;
    let before = hub.open_files();

    for _ in 0..CALLS {
        let id = try_call(&mut vera).await.unwrap();
        accept(&mut anna, &id).await;
        let _phones = (connect(&mut vera.socket, &id).await, connect(&mut anna.socket, &id).await);
        sees(&mut vera.socket, &id, "active").await;
        act(&mut vera.socket, &id, "hangup").await;
        sees(&mut vera.socket, &id, "ended").await;
        sees(&mut anna.socket, &id, "ended").await;
    }

    nothing_is_left(&hub).await;
    let after = hub.open_files();
    assert!(after <= before + SPARE_FILES, "{before} open files became {after}");
    assert!(hub.metric("calls_ended_total").await + 0.5 > f64::from(u32::try_from(CALLS).unwrap()));
    assert!(hub.metric("actor_restarts_total").await < 0.5, "an actor fell");
}
