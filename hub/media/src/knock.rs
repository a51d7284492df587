//! Asks the ports of the voice whether they are reached, with the check a browser would send (RFC 8445, 7.2.2).
//!
//! A port answers nobody but the browser of a call, so each question makes a leg that nobody uses.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use actors::ids::CallId;
use actors::ports::Leg;
use actors::protocol::CallSide;

use crate::sdp::{Credentials, credentials};
use crate::stun::{self, Kind};
use crate::{VoiceRelay, port::MediaPort};

/// How long an answer is waited for, each time.
const PATIENCE: Duration = Duration::from_secs(1);
/// Datagrams get lost.
const TRIES: usize = 3;
/// Longer than any answer to a check.
const ANSWER_BYTES: usize = 1_500;
/// Ids of calls are made of the time: this is none.
const NO_CALL: i64 = 0;
/// How the one who knocks calls itself.
const NAME: &str = "doctor";

impl VoiceRelay {
    /// Goes to the port of a media thread at this address over UDP; it answers within 3 seconds, or does not.
    ///
    /// Must not be called inside a runtime, nor twice at the same time: it waits, and has one call for all.
    pub fn knock(&self, thread: usize, ip: IpAddr) -> io::Result<()> {
        let port = self.ports.get(thread).ok_or(ErrorKind::NotFound)?;
        let leg = Leg { call: CallId::from(NO_CALL), side: CallSide::Visitor, generation: 0 };
        let answered = open(port, leg).and_then(|own| ask(SocketAddr::new(ip, port.bound().port()), &own));
        port.close(leg.call);
        answered
    }
}

/// Makes the leg; its checks are signed with the answer.
fn open(port: &MediaPort, leg: Leg) -> io::Result<Credentials> {
    let offer = port.runtime().block_on(port.connect(leg, Arc::new(|_fact| {}), Vec::new()));
    let offer = offer.map_err(|_error| io::Error::from(ErrorKind::Other))?;
    credentials(&offer.sdp).ok_or_else(|| ErrorKind::InvalidData.into())
}

fn ask(address: SocketAddr, own: &Credentials) -> io::Result<()> {
    let any: IpAddr = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(address)?;
    let mut transaction = [0; 12];
    getrandom::fill(&mut transaction).map_err(io::Error::other)?;
    let check = stun::request(&transaction, &format!("{}:{NAME}", own.ufrag), &own.password, false);
    for _try in 0..TRIES {
        socket.send(&check)?;
        if is_answered(&socket, &transaction, own)? {
            return Ok(());
        }
    }
    Err(ErrorKind::TimedOut.into())
}

/// Waits for the signed answer; what else arrives is passed over.
fn is_answered(socket: &UdpSocket, transaction: &[u8; 12], own: &Credentials) -> io::Result<bool> {
    let deadline = Instant::now() + PATIENCE;
    let mut buffer = [0; ANSWER_BYTES];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        socket.set_read_timeout(Some(left))?;
        let length = match socket.recv(&mut buffer) {
            Ok(length) => length,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => return Ok(false),
            Err(error) => return Err(error),
        };
        let is_answer = |message: stun::Message<'_>| {
            message.kind == Kind::Success && message.transaction == transaction && message.is_signed_with(&own.password)
        };
        if buffer.get(..length).and_then(stun::parse).is_some_and(is_answer) {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::MediaConfig;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn own() -> Credentials {
        Credentials { ufrag: "name".to_owned(), password: "password of this leg".to_owned() }
    }

    #[test]
    fn every_thread_answers_and_no_call_is_left() {
        let config =
            MediaConfig { bind: SocketAddr::new(HERE, 0), addresses: vec![HERE], tcp: false, turn: false, threads: 2 };
        let relay = VoiceRelay::start(config).unwrap();

        for thread in [0, 1, 0] {
            relay.knock(thread, HERE).unwrap();
        }

        assert_eq!(relay.knock(2, HERE).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(actors::ports::Media::calls(&relay), 0);
    }

    #[test]
    fn where_nobody_listens_nobody_answers() {
        let gone = UdpSocket::bind((HERE, 0)).unwrap().local_addr().unwrap();

        assert_eq!(ask(gone, &own()).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }

    #[test]
    fn only_the_signed_answer_to_this_question_is_one() {
        let other = UdpSocket::bind((HERE, 0)).unwrap();
        let address = other.local_addr().unwrap();
        let answering = thread::spawn(move || {
            let mut buffer = [0; 200];
            for time in 0..TRIES {
                let (length, from) = other.recv_from(&mut buffer).unwrap();
                let check = stun::parse(&buffer[..length]).unwrap();
                let (transaction, password) = match time {
                    0 => (*check.transaction, "another password".to_owned()),
                    1 => ([0; 12], own().password),
                    _ => (*check.transaction, own().password),
                };
                other.send_to(b"no answer at all", from).unwrap();
                other.send_to(&stun::answer(&transaction, from, &password), from).unwrap();
            }
        });

        ask(address, &own()).unwrap();

        answering.join().expect("it was asked three times");
    }
}
