//! `hub doctor`: what it finds beside a running hub, without one, and where somebody else has the port.

use std::net::{SocketAddr, TcpListener, UdpSocket};

use crate::harness::hub::Hub;
use crate::harness::setup::Setup;

/// Two neighboring ports that nobody has: of the voice, and of the relay.
fn free_pair() -> (SocketAddr, SocketAddr) {
    loop {
        let first = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let next = SocketAddr::new(first.ip(), first.port().checked_add(1).unwrap_or(1));
        let is_free = |at: SocketAddr| TcpListener::bind(at).is_ok() && UdpSocket::bind(at).is_ok();
        if is_free(first) && is_free(next) {
            return (first, next);
        }
    }
}

#[test]
fn the_doctor_finds_the_running_hub_and_its_absence() {
    let (media, relay) = free_pair();
    let mut hub = Hub::start(Setup::roomy().env("HUB_MEDIA__BIND", &media.to_string()));

    let (status, said) = hub.tool(&["doctor"], "");
    assert!(status.success(), "{said}");
    assert!(said.contains("browsers are told: 127.0.0.1\n"), "{said}");
    for port in [media, relay] {
        for transport in ["UDP", "TCP"] {
            assert!(said.contains(&format!("{transport} {port}: the running hub has it")), "{said}");
        }
        assert!(said.contains(&format!("TCP {port}: answers\n")), "{said}");
    }
    assert!(said.contains(&format!("UDP {relay}: answers\n")), "{said}");
    assert!(said.contains(&format!("UDP {media}: not asked, since the running hub answers calls only\n")), "{said}");

    hub.stop();
    let (status, said) = hub.tool(&["doctor"], "");
    assert!(status.success(), "{said}");
    assert_eq!(said.matches(": free; the hub does not run").count(), 4, "{said}");
    // It opens the ports itself, so that each is asked, and leaves them to the hub.
    for port in [media, relay] {
        for transport in ["UDP", "TCP"] {
            assert!(said.contains(&format!("{transport} {port}: answers\n")), "{said}");
        }
    }
    hub.run();
}

#[test]
fn without_a_hub_an_address_that_leads_elsewhere_is_named_as_well() {
    let (media, relay) = free_pair();
    let setup = Setup::roomy().env("HUB_MEDIA__BIND", &media.to_string());
    let doctor = Hub::prepare(setup.env("HUB_MEDIA__ADDRESSES", "[\"127.0.0.2\"]"));

    let (status, said) = doctor.tool(&["doctor"], "");

    assert!(!status.success(), "{said}");
    for transport in ["UDP", "TCP"] {
        for port in [media.port(), relay.port()] {
            let wrong = format!("{transport} 127.0.0.2:{port}: does not answer");
            assert!(said.contains(&wrong), "{said}");
        }
    }
}

#[test]
fn an_address_that_leads_elsewhere_is_named_with_what_to_do() {
    let (media, relay) = free_pair();
    let setup = Setup::roomy().env("HUB_MEDIA__BIND", &media.to_string());
    let _hub = Hub::start(setup.clone());
    // Another machine of the same name: nobody listens there.
    let doctor = Hub::prepare(setup.env("HUB_MEDIA__ADDRESSES", "[\"127.0.0.2\"]"));

    let (status, said) = doctor.tool(&["doctor"], "");

    assert!(!status.success(), "{said}");
    assert!(said.contains("browsers are told: 127.0.0.2\n"), "{said}");
    for transport in ["UDP", "TCP"] {
        let wrong = format!("{transport} 127.0.0.2:{}: does not answer", relay.port());
        assert!(said.contains(&wrong), "{said}");
    }
    assert!(said.contains("set media.addresses"), "{said}");
}

#[test]
fn the_doctor_names_a_port_that_is_taken_and_a_hub_does_not_start_on_it() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap();
    let _silent = UdpSocket::bind(taken).unwrap();
    let hub = Hub::prepare(Setup::strict().env("HUB_MEDIA__BIND", &taken.to_string()));

    let (status, said) = hub.tool(&["doctor"], "");
    assert!(!status.success(), "{said}");
    assert!(said.contains(&format!("UDP {taken}: another program has it")), "{said}");
    assert!(said.contains("media.bind"), "{said}");

    let (status, said) = hub.run_in_vain();
    assert!(!status.success(), "{said}");
    assert!(said.contains(&taken.to_string()) && said.contains("media.bind"), "{said}");
}

#[test]
fn without_voice_there_is_nothing_to_find() {
    let hub = Hub::prepare(Setup::strict().env("HUB_MEDIA__ENABLED", "false"));

    let (status, said) = hub.tool(&["doctor"], "");

    assert!(status.success(), "{said}");
    assert!(said.contains("voice is off"), "{said}");
}
