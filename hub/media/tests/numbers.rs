//! What the metrics page of the hub says of the voice.

use actors::ports::Media as _;
use hub_media::{MediaConfig, VoiceRelay};

use crate::kit::{World, config};

#[test]
fn the_legs_of_all_threads_are_counted_together() {
    let mut world = World::start(MediaConfig { threads: 3, ..config() });
    let calls: Vec<_> = (0..4).map(|_call| world.talk()).collect();
    assert_eq!(world.metric("media_legs"), 8);
    assert!(world.metric("media_packets_in") > 0 && world.metric("media_packets_out") > 0);

    world.relay.close(calls[0].id);
    world.until("two of them are gone", || world.metric("media_legs") == 6);

    // A relay of nobody takes the place of this one.
    world.relay = VoiceRelay::start(config()).unwrap();
    world.until("none is left of a relay that is gone", || world.metric("media_legs") == 0);
}
