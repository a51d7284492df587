//! Nothing of an ended call stays.

use std::fs;

use actors::ports::Media as _;
use actors::protocol::CallSide;

use crate::kit::client::Client;
use crate::kit::link::Link;
use crate::kit::{World, call_id, leg};

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

#[test]
fn fifty_calls_leave_nothing_behind() {
    let world = World::new();
    drop(world.call());
    world.until("the first call is forgotten", || {
        for call in 1..1_000 {
            world.relay.close(call.into());
        }
        world.relay.calls() == 0 && world.relay.census() == [0; 5]
    });
    let files = open_files();
    let relay = world.port();
    for round in 0..50 {
        let id = call_id();
        // Some are never answered, some answered and never connected, some talk, over both transports.
        match round % 5 {
            0 => drop(world.offer(leg(id, CallSide::Visitor, 0))),
            1 => drop(world.join(leg(id, CallSide::Consultant, 3), Link::udp())),
            2 => {
                world.offer(leg(id, CallSide::Visitor, 0));
                let again = world.offer(leg(id, CallSide::Visitor, 1));
                drop(Client::new(Link::udp()).accept(&again.sdp));
            }
            3 if round % 10 == 3 => world.relay.close(world.call_over(|| Link::tcp(relay)).id),
            _ => world.relay.drop_leg(leg(world.call().id, CallSide::Visitor, 0)),
        }
    }
    assert!(world.relay.calls() > 0);
    for call in 1..1_000 {
        world.relay.close(call.into());
    }
    assert_eq!(world.relay.calls(), 0);
    world.until("no leg, name, place or stream is left", || world.relay.census() == [0; 5]);
    world.until("no file is left open", || open_files() <= files);
}

#[test]
fn the_last_relay_that_goes_frees_the_port() {
    let world = World::new();
    let port = world.port();
    let call = world.call();
    drop(world);
    drop(call);
    let start = std::time::Instant::now();
    while std::net::UdpSocket::bind(port).is_err() {
        assert!(start.elapsed().as_secs() < 30, "the port is still taken");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}
