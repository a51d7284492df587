//! Several media threads: calls are spread over their ports, and none knows of the others.

use std::io;
use std::net::{SocketAddr, TcpListener, UdpSocket};

use actors::ports::Media as _;
use hub_media::{MediaConfig, VoiceRelay};

use crate::kit::voice::assert_whole;
use crate::kit::{Call, World, config};

const THREADS: usize = 3;
/// Other programs take ports as well: so often another row of them is tried.
const TRIES: usize = 50;

fn world() -> World {
    World::start(MediaConfig { threads: THREADS, ..config() })
}

fn is_free(port: SocketAddr) -> bool {
    UdpSocket::bind(port).is_ok() && TcpListener::bind(port).is_ok()
}

/// Ports in a row that nobody has, one for each thread and one for the relay.
fn row() -> Vec<SocketAddr> {
    let first = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    (0..=THREADS)
        .map(|at| SocketAddr::new(first.ip(), first.port().saturating_add(u16::try_from(at).unwrap())))
        .collect()
}

fn on(first: SocketAddr) -> io::Result<VoiceRelay> {
    VoiceRelay::start(MediaConfig { bind: first, threads: THREADS, ..config() })
}

#[test]
fn twelve_calls_at_once_are_spread_over_the_ports_and_lose_nothing() {
    let world = world();
    let ports = world.relay.ports();
    let mut calls: Vec<Call> = (0..12).map(|_call| world.call()).collect();
    for call in &calls {
        assert_eq!(call.visitor.hub, call.consultant.hub, "both sides are on one thread");
    }
    for port in &ports {
        assert!(calls.iter().any(|call| call.visitor.hub == Some(*port)), "nobody talks at {port} of {ports:?}");
    }

    calls.iter_mut().for_each(Call::talk);
    world.until("100 packets arrived each way in each call", || {
        calls.iter_mut().for_each(Call::step);
        calls.iter().all(|call| call.has_heard([0; 2], 100))
    });

    for call in &calls {
        assert_whole(&call.visitor.heard);
        assert_whole(&call.consultant.heard);
    }
    assert_eq!(world.relay.calls(), 12);
}

#[test]
fn a_hang_up_leaves_the_calls_of_all_threads_alone() {
    let world = world();
    let mut calls: Vec<Call> = (0..2 * THREADS).map(|_call| world.talk()).collect();
    let ended = calls.pop().unwrap();

    world.relay.close(ended.id);

    for call in &mut calls {
        world.both_hear(call, 20);
    }
    world.until("its legs are gone", || world.relay.census()[0] == 2 * calls.len());
}

#[test]
fn the_ports_are_a_row_and_all_are_free_afterwards() {
    let started = (0..TRIES).find_map(|_try| {
        let row = row();
        Some((on(row[0]).ok()?, row))
    });
    let (relay, row) = started.expect("a row of free ports");
    let mut ports = relay.ports();
    ports.push(SocketAddr::new(row[0].ip(), relay.turn_port().unwrap()));
    assert_eq!(ports, row);
    assert!(!row.iter().any(|port| is_free(*port)));

    drop(relay);

    let world = World::new();
    world.until("all ports are free", || row.iter().all(|port| is_free(*port)));
}

#[test]
fn without_all_its_ports_a_relay_takes_none() {
    let started = (0..TRIES).find_map(|_try| {
        let row = row();
        let other = UdpSocket::bind(row[THREADS - 1]).ok()?;
        row[..THREADS - 1].iter().all(|port| is_free(*port)).then_some((row, other))
    });
    let (row, _other) = started.expect("a row with one port taken");

    assert_eq!(on(row[0]).err().map(|error| error.kind()), Some(io::ErrorKind::AddrInUse));

    let world = World::new();
    world.until("the ports before it are free", || row[..THREADS - 1].iter().all(|port| is_free(*port)));
}
