//! Calls over IPv6, and of a browser with IPv4 with one that has only IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use actors::ports::Heard;
use actors::protocol::CallSide;
use hub_media::MediaConfig;

use crate::kit::link::Link;
use crate::kit::voice::assert_whole;
use crate::kit::{Call, World, call_id, config, leg};
use crate::turn::{talk_through, tcp, udp};

const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

/// A world at this address; none on a machine without IPv6.
#[expect(clippy::print_stdout, reason = "who runs the tests sees what was not tested")]
fn world(bind: Ipv6Addr, addresses: Vec<IpAddr>) -> Option<World> {
    if let Err(error) = UdpSocket::bind((V6, 0)) {
        println!("skipped: there is no IPv6 here ({error})");
        return None;
    }
    Some(World::start(MediaConfig { bind: SocketAddr::new(bind.into(), 0), addresses, ..config() }))
}

/// Both talk and lose nothing.
fn talk(world: &World, call: &mut Call) {
    world.both_hear(call, 50);
    assert_whole(&call.visitor.heard);
    assert_whole(&call.consultant.heard);
}

#[test]
fn a_call_over_ipv6_by_udp_and_tcp() {
    let Some(world) = world(Ipv6Addr::LOCALHOST, Vec::new()) else { return };
    let relay = world.port();
    let links: [&dyn Fn() -> Link; 2] = [&|| Link::udp_at(V6), &|| Link::tcp(relay)];
    for link in links {
        let mut call = world.call_over(link);
        assert_eq!(call.visitor.hub, Some(relay));
        talk(&world, &mut call);
    }
}

#[test]
fn one_port_serves_ipv4_and_ipv6() {
    let Some(world) = world(Ipv6Addr::UNSPECIFIED, vec![V4, V6]) else { return };
    let id = call_id();
    let sides = [(CallSide::Visitor, V4), (CallSide::Consultant, V6)];
    let [visitor, consultant] = sides.map(|(side, ip)| world.join(leg(id, side, 0), Link::udp_at(ip)));
    let mut call = Call { id, visitor, consultant };
    world.until("both legs are connected", || {
        call.step();
        sides.iter().all(|(side, _ip)| world.heard(leg(id, *side, 0), Heard::Connected))
    });
    talk(&world, &mut call);
}

#[test]
fn a_browser_behind_the_relay_talks_over_ipv6() {
    let Some(world) = world(Ipv6Addr::LOCALHOST, Vec::new()) else { return };
    for line in [udp, tcp] {
        assert_eq!(talk_through(&world, line), world.port());
    }
}

#[test]
fn the_relay_of_both_is_reached_over_ipv4() {
    let Some(world) = world(Ipv6Addr::UNSPECIFIED, vec![V4, V6]) else { return };
    assert_eq!(talk_through(&world, udp), SocketAddr::new(V4, world.port().port()));
}

#[test]
fn the_relay_is_announced_as_browsers_write_ipv6() {
    let Some(world) = world(Ipv6Addr::LOCALHOST, Vec::new()) else { return };
    let offer = world.offer(leg(call_id(), CallSide::Visitor, 0));
    let port = world.relay.turn_port().unwrap();
    assert_eq!(offer.ice_servers[0].urls[0], format!("turn:[::1]:{port}?transport=udp"));
}
