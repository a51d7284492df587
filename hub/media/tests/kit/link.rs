//! How a client reaches the relay.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream, UdpSocket};

use str0m::Candidate;
use str0m::net::{Protocol, TcpType};

pub(crate) enum Link {
    Udp(UdpSocket),
    Tcp { stream: TcpStream, read: Vec<u8> },
}

impl Link {
    pub(crate) fn udp() -> Self {
        Self::udp_at(Ipv4Addr::LOCALHOST.into())
    }

    pub(crate) fn udp_at(ip: IpAddr) -> Self {
        let socket = UdpSocket::bind((ip, 0)).unwrap();
        socket.set_nonblocking(true).unwrap();
        Self::Udp(socket)
    }

    pub(crate) fn tcp(relay: SocketAddr) -> Self {
        let stream = TcpStream::connect(relay).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_nonblocking(true).unwrap();
        Self::Tcp { stream, read: Vec::new() }
    }

    pub(crate) fn local(&self) -> SocketAddr {
        match self {
            Self::Udp(socket) => socket.local_addr().unwrap(),
            Self::Tcp { stream, .. } => stream.local_addr().unwrap(),
        }
    }

    pub(crate) fn protocol(&self) -> Protocol {
        match self {
            Self::Udp(_) => Protocol::Udp,
            Self::Tcp { .. } => Protocol::Tcp,
        }
    }

    pub(crate) fn candidate(&self) -> Candidate {
        match self {
            Self::Udp(_) => Candidate::host(self.local(), "udp").unwrap(),
            Self::Tcp { .. } => Candidate::builder().tcp().host(self.local()).tcptype(TcpType::Active).build().unwrap(),
        }
    }

    pub(crate) fn send(&mut self, datagram: &[u8], to: SocketAddr) {
        match self {
            Self::Udp(socket) => {
                socket.send_to(datagram, to).unwrap();
            }
            Self::Tcp { stream, .. } => {
                let mut frame = u16::try_from(datagram.len()).unwrap().to_be_bytes().to_vec();
                frame.extend(datagram);
                stream.write_all(&frame).unwrap();
            }
        }
    }

    /// The next datagram, if one is there.
    pub(crate) fn receive(&mut self) -> Option<(Vec<u8>, SocketAddr)> {
        let mut buffer = [0; 2_000];
        match self {
            Self::Udp(socket) => {
                let (length, from) = socket.recv_from(&mut buffer).ok()?;
                Some((buffer[..length].to_vec(), from))
            }
            Self::Tcp { stream, read } => {
                match stream.read(&mut buffer) {
                    Ok(length) => read.extend(&buffer[..length]),
                    Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
                }
                let length = usize::from(u16::from_be_bytes(*read.first_chunk::<2>()?));
                (read.len() >= 2 + length).then(|| {
                    let frame: Vec<u8> = read.drain(..2 + length).collect();
                    (frame[2..].to_vec(), stream.peer_addr().unwrap())
                })
            }
        }
    }
}
