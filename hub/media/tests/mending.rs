//! A leg that lost its network comes back on another path.

use std::time::Instant;

use actors::ports::{Heard, Media as _};
use actors::protocol::CallSide;

use crate::kit::link::Link;
use crate::kit::{World, leg};

#[test]
fn a_client_with_another_address_is_back_after_one_offer() {
    let world = World::new();
    let mut call = world.talk();
    let visitor = leg(call.id, CallSide::Visitor, 0);
    let moved = Instant::now();
    call.visitor.move_to(Link::udp());
    world.until("the silence is told", || {
        call.step();
        world.heard(visitor, Heard::Silent)
    });
    let offer = world.wait(world.relay.mend(visitor)).unwrap();
    assert_eq!(world.wait(world.relay.mend(visitor)).unwrap(), offer, "one offer at a time");
    let answer = call.visitor.accept(&offer.sdp);
    world.answer(visitor, answer).unwrap();
    world.both_hear(&mut call, 20);
    println!("back after {:?}, two times 20 packets and the silence included", moved.elapsed());
    assert!(world.heard(visitor, Heard::Back));
    assert!(!world.heard(visitor, Heard::Failed));
    for heard in [&call.visitor.heard, &call.consultant.heard] {
        assert!(heard.windows(2).all(|pair| pair[0].ssrc == pair[1].ssrc));
    }
    assert_eq!(world.relay.census()[0], 2);
}

#[test]
fn an_offer_to_mend_a_healthy_leg_does_it_no_harm() {
    let world = World::new();
    let mut call = world.call();
    call.talk();
    let visitor = leg(call.id, CallSide::Visitor, 0);
    for _time in 0..4 {
        let offer = world.wait(world.relay.mend(visitor)).unwrap();
        let answer = call.visitor.accept(&offer.sdp);
        world.answer(visitor, answer).unwrap();
        world.both_hear(&mut call, 20);
    }
    assert!(!world.heard(visitor, Heard::Failed));
}
