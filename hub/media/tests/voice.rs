//! Voice passes unchanged, stays one stream, and stops when it is muted.

use std::time::{Duration, Instant};

use actors::ports::{Heard, Media as _, MediaError};
use actors::protocol::CallSide;

use crate::kit::client::Client;
use crate::kit::link::Link;
use crate::kit::voice::{assert_continuous, assert_unchanged, assert_whole};
use crate::kit::{World, call_id, leg};

#[test]
fn a_hundred_packets_arrive_unchanged_and_in_order_each_way() {
    let world = World::new();
    let mut call = world.call();
    world.both_hear(&mut call, 100);
    for heard in [&call.visitor.heard, &call.consultant.heard] {
        assert_whole(heard);
    }
}

#[test]
fn a_replaced_leg_goes_on_in_the_same_stream_and_the_other_side_notices_nothing() {
    let world = World::new();
    let mut call = world.talk();
    let newer = leg(call.id, CallSide::Visitor, 1);
    let mut reloaded = world.join(newer, Link::udp());
    let before = call.consultant.heard.len();
    world.until("the old leg is heard while the new one connects", || {
        call.step();
        reloaded.step();
        call.consultant.heard.len() > before || world.heard(newer, Heard::Connected)
    });
    reloaded.talks = true;
    world.until("the new leg is connected and hears", || {
        call.step();
        reloaded.step();
        world.heard(newer, Heard::Connected) && reloaded.heard.len() >= 20
    });
    let switched = call.consultant.heard.len();
    world.until("the new leg is heard", || {
        call.step();
        reloaded.step();
        call.consultant.heard.len() >= switched + 50
    });
    assert_continuous(&call.consultant.heard);
    assert_continuous(&reloaded.heard);
    assert_eq!(world.relay.census()[0], 2, "the replaced leg is gone");
    assert_eq!(world.relay.calls(), 1);
}

#[test]
fn a_muted_side_is_not_heard_and_goes_on_in_the_same_stream() {
    let world = World::new();
    let mut call = world.talk();
    world.relay.mute(call.id, CallSide::Visitor, true);
    // What was on its way still arrives; then nothing.
    let said = call.visitor.said() + 5;
    world.until("what was on its way arrived", || {
        call.step();
        call.visitor.said() > said
    });
    let (muted_at, other_at) = (call.consultant.heard.len(), call.visitor.heard.len());
    world.until("the muted one goes on talking and the other is still heard", || {
        call.step();
        call.visitor.said() > said + 50 && call.visitor.heard.len() > other_at + 20
    });
    assert_eq!(call.consultant.heard.len(), muted_at);
    world.relay.mute(call.id, CallSide::Visitor, false);
    world.until("the unmuted one is heard", || {
        call.step();
        call.consultant.heard.len() > muted_at + 20
    });
    assert_continuous(&call.consultant.heard);
    assert_unchanged(&call.consultant.heard);
}

#[test]
fn a_call_works_where_only_tcp_does() {
    let world = World::new();
    let relay = world.port();
    let mut call = world.call_over(|| Link::tcp(relay));
    world.both_hear(&mut call, 100);
    assert_unchanged(&call.visitor.heard);
    assert_unchanged(&call.consultant.heard);
    assert_eq!(world.relay.census()[3], 2, "two streams");
}

#[test]
fn a_silent_leg_is_told_once_and_again_when_it_is_back() {
    let world = World::new();
    let mut call = world.call();
    let visitor = leg(call.id, CallSide::Visitor, 0);
    world.until("the silence is told", || {
        call.step();
        world.heard(visitor, Heard::Silent)
    });
    let start = Instant::now();
    world.until("it had time to be told twice", || {
        call.step();
        start.elapsed() > Duration::from_millis(1_500)
    });
    let silences =
        world.facts.lock().unwrap().iter().filter(|fact| fact.leg == visitor && fact.what == Heard::Silent).count();
    assert_eq!(silences, 1);
    assert!(!world.heard(visitor, Heard::Back));
    call.visitor.talks = true;
    world.until("the voice is back", || {
        call.step();
        world.heard(visitor, Heard::Back)
    });
}

#[test]
fn what_does_not_fit_is_refused() {
    let world = World::new();
    let first = leg(call_id(), CallSide::Visitor, 0);
    assert_eq!(world.answer(first, String::new()), Err(MediaError::Unknown));
    let offer = world.offer(first);
    assert!(offer.sdp.contains("a=fmtp:111 minptime=10;useinbandfec=1;stereo=0\r\n"), "{}", offer.sdp);
    assert!(offer.sdp.contains(&format!("127.0.0.1 {} typ host\r\n", world.port().port())), "{}", offer.sdp);
    assert_eq!(world.answer(first, "v=0\r\n".to_owned()), Err(MediaError::BadDescription));
    let answer = Client::new(Link::udp()).accept(&offer.sdp);
    world.answer(first, answer.clone()).unwrap();
    assert_eq!(world.answer(first, answer.clone()), Err(MediaError::Unknown), "nothing waits for it");
    world.relay.drop_leg(first);
    assert_eq!(world.answer(first, answer), Err(MediaError::Unknown));
    assert_eq!(world.wait(world.relay.mend(first)), Err(MediaError::Unknown));
}
