//! Looks at one port: is it free, can it be reached, and does a relay answer there?

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use super::stun::{self, Transaction};

/// How long an answer is waited for, each time.
const PATIENCE: Duration = Duration::from_secs(1);
/// Datagrams get lost.
const TRIES: usize = 3;
/// Longer than any answer to the question.
const ANSWER_BYTES: usize = 1_500;

/// How voice travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    Udp,
    Tcp,
}

impl Transport {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Udp => "UDP",
            Self::Tcp => "TCP",
        }
    }
}

/// What became of the attempt to take a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Nobody had it.
    Free,
    /// Somebody has it.
    InUse,
    /// It cannot be had on this machine.
    Impossible(ErrorKind),
}

/// Takes the port for a moment.
pub(super) fn take(transport: Transport, bind: SocketAddr) -> Taken {
    let taken = match transport {
        Transport::Udp => UdpSocket::bind(bind).map(drop),
        Transport::Tcp => TcpListener::bind(bind).map(drop),
    };
    match taken {
        Ok(()) => Taken::Free,
        Err(error) if error.kind() == ErrorKind::AddrInUse => Taken::InUse,
        Err(error) => Taken::Impossible(error.kind()),
    }
}

/// Connects over TCP, and says no word.
pub(super) fn connect(address: SocketAddr) -> io::Result<()> {
    TcpStream::connect_timeout(&address, PATIENCE).map(drop)
}

/// Asks for the relay.
pub(super) fn ask(transport: Transport, address: SocketAddr) -> io::Result<()> {
    let mut transaction = Transaction::default();
    getrandom::fill(&mut transaction).map_err(io::Error::other)?;
    match transport {
        Transport::Udp => ask_udp(address, transaction),
        Transport::Tcp => ask_tcp(address, transaction),
    }
}

fn ask_udp(address: SocketAddr, transaction: Transaction) -> io::Result<()> {
    let any: IpAddr = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0))?;
    socket.connect(address)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let mut buffer = [0; ANSWER_BYTES];
    for _try in 0..TRIES {
        socket.send(&stun::question(transaction))?;
        match socket.recv(&mut buffer) {
            Ok(length) if stun::is_answer(buffer.get(..length).unwrap_or_default(), transaction) => return Ok(()),
            Ok(_other) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::TimedOut.into())
}

fn ask_tcp(address: SocketAddr, transaction: Transaction) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(&stun::question(transaction))?;
    let mut header = [0; 20];
    stream.read_exact(&mut header)?;
    let length = stun::answer_bytes(header, transaction).filter(|length| *length <= ANSWER_BYTES);
    length.map(|_length| ()).ok_or_else(|| ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

    /// The refusal of a relay.
    fn refusal(question: &[u8]) -> Vec<u8> {
        [&[1, 0x13, 0, 8], &question[4..20], &[0, 9, 0, 4, 0, 0, 4, 1]].concat()
    }

    #[test]
    fn a_port_somebody_has_is_in_use() {
        let (udp, tcp) = (UdpSocket::bind(HERE).unwrap(), TcpListener::bind(HERE).unwrap());
        let (udp_at, tcp_at) = (udp.local_addr().unwrap(), tcp.local_addr().unwrap());
        assert_eq!(take(Transport::Udp, udp_at), Taken::InUse);
        assert_eq!(take(Transport::Tcp, tcp_at), Taken::InUse);

        drop((udp, tcp));

        assert_eq!((take(Transport::Udp, udp_at), take(Transport::Tcp, tcp_at)), (Taken::Free, Taken::Free));
        let elsewhere = "192.0.2.7:8089".parse().unwrap();
        assert_eq!(take(Transport::Udp, elsewhere), Taken::Impossible(ErrorKind::AddrNotAvailable));
    }

    #[test]
    fn a_lost_datagram_is_asked_again() {
        let relay = UdpSocket::bind(HERE).unwrap();
        let address = relay.local_addr().unwrap();
        let answering = std::thread::spawn(move || {
            let mut buffer = [0; 100];
            for is_lost in [true, false] {
                let (length, from) = relay.recv_from(&mut buffer).unwrap();
                if !is_lost {
                    relay.send_to(&refusal(&buffer[..length]), from).unwrap();
                }
            }
        });

        ask(Transport::Udp, address).unwrap();
        answering.join().unwrap();
    }

    #[test]
    fn a_relay_answers_over_tcp_and_another_program_does_not() {
        let listener = TcpListener::bind(HERE).unwrap();
        let address = listener.local_addr().unwrap();
        let answering = std::thread::spawn(move || {
            for is_relay in [true, false] {
                let (mut stream, _) = listener.accept().unwrap();
                let mut question = [0; 28];
                stream.read_exact(&mut question).unwrap();
                let answer = if is_relay { refusal(&question) } else { b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec() };
                stream.write_all(&answer).unwrap();
            }
        });

        ask(Transport::Tcp, address).unwrap();
        assert_eq!(ask(Transport::Tcp, address).unwrap_err().kind(), ErrorKind::InvalidData);
        answering.join().unwrap();
    }

    #[test]
    fn where_nobody_listens_nobody_answers() {
        let gone = TcpListener::bind(HERE).unwrap().local_addr().unwrap();

        assert_eq!(ask(Transport::Tcp, gone).unwrap_err().kind(), ErrorKind::ConnectionRefused);
        assert_eq!(connect(gone).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}
