//! A leg that sends far more than voice: its surplus is dropped, and nobody else is the worse for it.

use std::time::Instant;

use hub_media::MediaConfig;

use crate::kit::link::Link;
use crate::kit::voice::{assert_unchanged, assert_whole};
use crate::kit::{Call, World, config};

const DROPPED: &str = r#"media_packets_dropped{why="budget"}"#;
/// So much surplus is a flood.
const SURPLUS: u64 = 1_000;
/// How many packets the flood has in a millisecond, and at the most between two looks at the others.
const PER_MS: u128 = 3;
const AT_ONCE: u128 = 60;
/// What a leg may send at once, and each second.
const BURST: usize = 256;
const PER_SECOND: u64 = 200;

/// Floods until enough was dropped, while the others talk.
fn flood(world: &World, mad: &mut Call, others: &mut [Call], what: impl Fn(&mut Call, usize)) {
    let (start, then) = (Instant::now(), mad.consultant.heard.len());
    let before: Vec<_> = others.iter().map(Call::heard).collect();
    let dropped = world.metric(DROPPED);
    let mut sent = 0;
    world.until("the surplus is dropped and the others hear", || {
        let due = (start.elapsed().as_millis() * PER_MS).saturating_sub(sent).min(AT_ONCE);
        sent += due;
        what(mad, usize::try_from(due).unwrap());
        mad.step();
        others.iter_mut().for_each(Call::step);
        let hear = others.iter().zip(&before).all(|(call, then)| call.has_heard(*then, 30));
        hear && world.metric(DROPPED) > dropped + SURPLUS
    });
    let most = BURST + usize::try_from(PER_SECOND * (start.elapsed().as_secs() + 1)).unwrap();
    let passed = mad.consultant.heard.len() - then;
    assert!(passed <= most, "{passed} packets of at most {most} were passed on");
}

#[test]
fn a_flood_of_one_leg_is_cut_and_all_others_are_heard() {
    let world = World::start(MediaConfig { threads: 2, ..config() });
    let mut mad = world.talk();
    let mut others: Vec<Call> = (0..3).map(|_call| world.talk()).collect();
    let is_beside = |call: &Call| call.visitor.hub == mad.visitor.hub;
    assert!(others.iter().any(is_beside), "none is on the thread of the flood");
    assert_eq!(world.metric(DROPPED), 0, "voice is no flood");

    // Voice, rightly encrypted, and what only looks like it.
    let hub = mad.visitor.hub.unwrap();
    flood(&world, &mut mad, &mut others, |mad, packets| mad.visitor.gush(packets));
    flood(&world, &mut mad, &mut others, |mad, packets| {
        (0..packets).for_each(|_packet| mad.visitor.inject(b"\x80\x6f\x00\x01aaaabbbbno voice at all", hub));
    });

    world.both_hear(&mut mad, 50);
    assert_unchanged(&mad.consultant.heard);
    assert_unchanged(&mad.visitor.heard);
    for call in &mut others {
        world.both_hear(call, 20);
        let assert_well = if call.visitor.hub == Some(hub) { assert_unchanged } else { assert_whole };
        assert_well(&call.visitor.heard);
        assert_well(&call.consultant.heard);
    }
}

#[test]
fn a_flood_over_tcp_is_cut_as_well() {
    let world = World::new();
    let relay = world.port();
    let mut mad = world.call_over(|| Link::tcp(relay));
    mad.talk();
    let mut others = vec![world.talk()];

    flood(&world, &mut mad, &mut others, |mad, packets| mad.visitor.gush(packets));

    world.both_hear(&mut mad, 50);
    world.both_hear(&mut others[0], 20);
    assert_unchanged(&others[0].consultant.heard);
}
