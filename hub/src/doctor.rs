//! `hub doctor`: can browsers reach the voice of calls, and what is to be done where they cannot?
//!
//! It looks from this machine only; what stands between it and the internet is named in the advice.

mod ports;
mod stun;

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::bail;
use hub_media::VoiceRelay;

use crate::cli::say;
use crate::config::{Config, MediaConfig};
use crate::media::{open, told};
use ports::{Taken, Transport};

/// Prints what was found; an error when something must be mended.
pub(crate) fn run(config: &Config) -> anyhow::Result<()> {
    let media = &config.media;
    if !media.enabled {
        say("voice is off (media.enabled); visitors can chat and leave messages");
        return Ok(());
    }
    if media.bind.port() == 0 {
        bail!("media.bind takes another port at each start; name the one the hub printed with --media-bind");
    }
    if !look(media) {
        bail!("browsers cannot reach the voice of calls as they should");
    }
    Ok(())
}

/// A port of the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Door {
    transport: Transport,
    bind: SocketAddr,
    /// Whose it is.
    of: Of,
}

/// The relay answers everybody; the threads answer calls only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Thread(u16),
    Relay,
}

/// Every port that must be open: of each thread, then of the relay.
fn doors(media: &MediaConfig) -> Vec<Door> {
    let bind = |count: u16| SocketAddr::new(media.bind.ip(), media.bind.port().saturating_add(count));
    let transports = [Transport::Udp, Transport::Tcp];
    let threads = (0..media.threads)
        .flat_map(|thread| transports.map(|transport| Door { transport, bind: bind(thread), of: Of::Thread(thread) }));
    let relay = transports.map(|transport| Door { transport, bind: bind(media.threads), of: Of::Relay });
    let of_threads = threads.filter(|door| media.tcp || door.transport == Transport::Udp);
    of_threads.chain(relay.into_iter().filter(|_| media.turn)).collect()
}

/// Looks at every port; false when one of them needs somebody.
fn look(media: &MediaConfig) -> bool {
    let (addresses, doors) = (told(media), doors(media));
    let names: Vec<_> = addresses.iter().map(ToString::to_string).collect();
    say(&format!("browsers are told: {}", names.join(", ")));
    // Only the relay can tell a running hub from another program.
    let relay = doors.iter().find(|door| door.of == Of::Relay);
    let is_running = relay.is_none_or(|relay| ports::ask(relay.transport, here(relay.bind)).is_ok());
    let found: Vec<_> = doors.iter().map(|door| (*door, look_at(*door, is_running))).collect();
    let mut is_well = found.iter().all(|(_door, found)| *found != Found::Broken);
    let is_free = found.iter().all(|(_door, found)| *found == Found::Free);
    let stand_in = if is_free { stand_in(media) } else { None };
    is_well &= stand_in.is_some() == is_free;
    let asked = found.iter().filter(|(_door, found)| *found == Found::Running || stand_in.is_some());
    for (door, _found) in asked {
        for ip in &addresses {
            is_well &= is_reached(*door, SocketAddr::new(*ip, door.bind.port()), stand_in.as_ref());
        }
    }
    if media.addresses.is_empty() && addresses.iter().all(|ip| ip.is_loopback() || is_private(*ip)) {
        say("  browsers of another network reach none of these addresses: set media.addresses to the public one");
    }
    is_well
}

/// What answers at the ports in the place of a hub that does not run.
fn stand_in(media: &MediaConfig) -> Option<VoiceRelay> {
    match open(media) {
        Ok(stand_in) => {
            say("the doctor opens these ports itself for a moment, to be asked instead of the hub");
            Some(stand_in)
        }
        Err(error) => {
            say(&format!("the doctor cannot open these ports itself ({error}), so no address is tried"));
            None
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// The running hub has the port.
    Running,
    /// Nobody has it.
    Free,
    /// Somebody else has it, or nobody can.
    Broken,
}

fn look_at(door: Door, is_running: bool) -> Found {
    let (name, bind) = (door.transport.name(), door.bind);
    match ports::take(door.transport, bind) {
        Taken::Free => {
            say(&format!("{name} {bind}: free; the hub does not run"));
            Found::Free
        }
        Taken::InUse if is_running => {
            say(&format!("{name} {bind}: the running hub has it"));
            Found::Running
        }
        Taken::InUse => {
            say(&format!("{name} {bind}: another program has it"));
            say("  end that program, or give the hub another port with media.bind");
            Found::Broken
        }
        Taken::Impossible(kind) => {
            say(&format!("{name} {bind}: cannot be had ({kind})"));
            say("  media.bind must be an address of this machine, or 0.0.0.0 for all of them");
            Found::Broken
        }
    }
}

/// Where something bound to this address is found from this machine.
fn here(bind: SocketAddr) -> SocketAddr {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bind.port())
}

/// Goes to a port by the address a browser would take.
fn is_reached(door: Door, address: SocketAddr, stand_in: Option<&VoiceRelay>) -> bool {
    let name = door.transport.name();
    let reached = match (door.of, door.transport, stand_in) {
        (Of::Relay, transport, _) => ports::ask(transport, address),
        (Of::Thread(_), Transport::Tcp, _) => ports::connect(address),
        (Of::Thread(thread), Transport::Udp, Some(stand_in)) => stand_in.knock(thread.into(), address.ip()),
        (Of::Thread(_), Transport::Udp, None) => {
            say(&format!("{name} {address}: not asked, since the running hub answers calls only"));
            say(
                "  what is found of the relay's UDP port is true of this one where firewalls treat both alike; to have \
                 it asked, stop the hub and call the doctor again",
            );
            return true;
        }
    };
    match reached {
        Ok(()) => {
            say(&format!("{name} {address}: answers"));
            true
        }
        Err(error) => {
            say(&format!("{name} {address}: does not answer ({})", error.kind()));
            say(&format!("  {}", advice(door.transport, address, &error)));
            false
        }
    }
}

/// What mends it, by what the question met.
fn advice(transport: Transport, address: SocketAddr, error: &io::Error) -> String {
    let (name, ip, port) = (transport.name(), address.ip(), address.port());
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            format!("{ip} does not lead to this hub: set media.addresses to the address browsers reach this machine at")
        }
        _other => format!(
            "open {name} port {port} in every firewall on the way, and behind NAT forward it to this machine; some \
             routers cannot be asked from inside: then try a call from a phone without Wi-Fi"
        ),
    }
}

/// An address that means something in one network only.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local() || is_shared(ip),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// Shared by many behind one provider (RFC 6598): 100.64.0.0/10.
fn is_shared(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    first == 100 && (64..128).contains(&second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thread_has_a_port_and_the_relay_the_next_one() {
        let ports = |media: &MediaConfig| -> Vec<_> {
            doors(media).iter().map(|door| (door.transport.name(), door.bind.port(), door.of)).collect()
        };
        let usual = MediaConfig::default();

        assert_eq!(
            ports(&MediaConfig { threads: 2, tcp: false, ..usual.clone() }),
            [
                ("UDP", 8089, Of::Thread(0)),
                ("UDP", 8090, Of::Thread(1)),
                ("UDP", 8091, Of::Relay),
                ("TCP", 8091, Of::Relay)
            ]
        );
        assert_eq!(
            ports(&MediaConfig { turn: false, ..usual }),
            [("UDP", 8089, Of::Thread(0)), ("TCP", 8089, Of::Thread(0))]
        );
    }

    #[test]
    fn addresses_of_one_network_are_known() {
        let is_private = |ip: &str| is_private(ip.parse().unwrap());

        for private in ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "fd00::1", "fe80::1"] {
            assert!(is_private(private), "{private}");
        }
        for public in ["203.0.113.7", "100.128.0.1", "172.32.0.1", "2001:db8::1"] {
            assert!(!is_private(public), "{public}");
        }
    }

    #[test]
    fn the_advice_fits_what_the_question_met() {
        let address = "203.0.113.7:8089".parse().unwrap();
        let advice = |kind: ErrorKind| advice(Transport::Udp, address, &kind.into());

        assert!(advice(ErrorKind::ConnectionRefused).contains("media.addresses"));
        assert!(advice(ErrorKind::TimedOut).contains("UDP port 8089"));
    }

    #[test]
    fn what_is_bound_everywhere_is_asked_here() {
        assert_eq!(here("0.0.0.0:1".parse().unwrap()).to_string(), "127.0.0.1:1");
        assert_eq!(here("[::]:1".parse().unwrap()).to_string(), "[::1]:1");
        assert_eq!(here("192.0.2.7:1".parse().unwrap()).to_string(), "192.0.2.7:1");
    }
}
