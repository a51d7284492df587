//! The relay over real sockets on this machine, with a media that answers everything.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actors::ids::CallId;
use actors::protocol::CallSide;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::net::{TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::client::{Browser, UDP, peer_value};
use crate::mux::Outlet;
use crate::turn::entrance::{Entrance, Inlet};
use crate::turn::stream;
use crate::turn::stun::{Writer, attribute, kind};
use crate::turn::{Meters, Turn, TurnConfig};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// No socket has this port; only the relay's rules know it.
const MEDIA: SocketAddr = SocketAddr::new(LOCAL, 9);
/// Far more than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// Answers every datagram, and tells when a peer is detached.
struct Media {
    told: mpsc::UnboundedSender<&'static str>,
}

struct Echo {
    outlet: Arc<dyn Outlet>,
    told: mpsc::UnboundedSender<&'static str>,
}

impl Entrance for Media {
    fn port(&self) -> u16 {
        MEDIA.port()
    }

    fn attach(&self, _relayed: SocketAddr, outlet: Arc<dyn Outlet>) -> Option<Arc<dyn Inlet>> {
        self.told.send("attached").unwrap();
        Some(Arc::new(Echo { outlet, told: self.told.clone() }))
    }
}

impl Inlet for Echo {
    fn inject(&self, datagram: &[u8]) {
        assert!(self.outlet.send(&[b"you said ", datagram].concat()));
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // Nobody listens any more when the test is over.
        let _is_heard = self.told.send("detached");
    }
}

struct Running {
    turn: Turn,
    told: mpsc::UnboundedReceiver<&'static str>,
    call: CallId,
}

impl Running {
    fn start() -> Self {
        let (told, heard) = mpsc::unbounded_channel();
        let config = TurnConfig {
            bind: SocketAddr::new(LOCAL, 0),
            host: "hub.example".to_owned(),
            addresses: vec![LOCAL],
            meters: Meters::new(),
        };
        let turn = Turn::start_with(config, vec![Box::new(Media { told })]).unwrap();
        Self { turn, told: heard, call: CallId::from(5) }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::new(LOCAL, self.turn.port())
    }

    fn browser(&self) -> Browser {
        let servers = self.turn.ice_servers(self.call, CallSide::Consultant);
        Browser::new((servers[0].username.clone(), servers[0].credential.clone()))
    }

    fn connect(&self) -> TcpStream {
        let stream = std::net::TcpStream::connect(self.address()).unwrap();
        stream.set_nonblocking(true).unwrap();
        TcpStream::from_std(stream).unwrap()
    }

    async fn told(&mut self) -> &'static str {
        timeout(LONG, self.told.recv()).await.unwrap().unwrap()
    }
}

/// The next message of a connection, or nothing at its end.
async fn next(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = [0; 4];
    timeout(LONG, stream.read_exact(&mut head)).await.unwrap().ok()?;
    let length = stream::first_message(&head).unwrap().unwrap();
    let mut message = head.to_vec();
    message.resize(length, 0);
    timeout(LONG, stream.read_exact(&mut message[4..])).await.unwrap().ok()?;
    Some(message)
}

fn allocate(browser: &mut Browser) -> Vec<u8> {
    browser.request(kind::ALLOCATE, &[(attribute::REQUESTED_TRANSPORT, UDP.to_vec())])
}

fn bind(browser: &mut Browser) -> Vec<u8> {
    let mut next = browser.clone();
    next.request(kind::CHANNEL_BIND, &[]);
    let peer = peer_value(next.transaction, MEDIA);
    browser.request(
        kind::CHANNEL_BIND,
        &[(attribute::CHANNEL_NUMBER, vec![0x40, 0, 0, 0]), (attribute::XOR_PEER_ADDRESS, peer)],
    )
}

/// Allocates by TCP and binds channel 0x4000 to the media.
async fn ready(stream: &mut TcpStream, browser: &mut Browser) {
    for expected in [Err(438), Ok(())] {
        stream.write_all(&allocate(browser)).await.unwrap();
        assert_eq!(browser.read(&next(stream).await.unwrap()).map(|_answered| ()), expected);
    }
    stream.write_all(&bind(browser)).await.unwrap();
    assert!(browser.read(&next(stream).await.unwrap()).is_ok());
}

/// A relay and a connection that said something through it.
async fn talking() -> (Running, TcpStream) {
    let running = Running::start();
    let mut stream = running.connect();
    ready(&mut stream, &mut running.browser()).await;
    stream.write_all(b"\x40\x00\x00\x04voic").await.unwrap();
    assert!(next(&mut stream).await.is_some());
    (running, stream)
}

#[tokio::test]
async fn by_udp_a_datagram_goes_to_the_media_and_back() {
    let mut running = Running::start();
    let mut browser = running.browser();
    let socket = UdpSocket::bind(SocketAddr::new(LOCAL, 0)).await.unwrap();
    socket.connect(running.address()).await.unwrap();
    let mut buffer = [0; 2048];
    let mut ask = async |bytes: Vec<u8>| {
        socket.send(&bytes).await.unwrap();
        let length = timeout(LONG, socket.recv(&mut buffer)).await.unwrap().unwrap();
        buffer[..length].to_vec()
    };

    let request = allocate(&mut browser);
    assert_eq!(browser.read(&ask(request).await).map(|_answered| ()), Err(438));
    let request = allocate(&mut browser);
    let answered = browser.read(&ask(request).await).unwrap();
    assert_eq!(answered.mapped, socket.local_addr().ok());
    let request = bind(&mut browser);
    browser.read(&ask(request).await).unwrap();
    let by_channel = ask(b"\x40\x00\x00\x02hi".to_vec()).await;
    let send = Writer::new(kind::SEND, [9; 12])
        .with_address(attribute::XOR_PEER_ADDRESS, MEDIA)
        .with(attribute::DATA, b"again")
        .unsigned();
    let by_indication = ask(send).await;

    assert_eq!(by_channel, b"\x40\x00\x00\x0byou said hi");
    assert_eq!(by_indication, b"\x40\x00\x00\x0eyou said again");
    assert_eq!(running.told().await, "attached");
}

#[tokio::test]
async fn by_tcp_the_same_in_pieces_of_any_size() {
    let running = Running::start();
    let mut browser = running.browser();
    let mut stream = running.connect();
    ready(&mut stream, &mut browser).await;

    for piece in b"\x40\x00\x00\x02hi\0\0\x40\x00\x00\x05there\0\0\0".chunks(3) {
        stream.write_all(piece).await.unwrap();
        stream.flush().await.unwrap();
    }

    assert_eq!(next(&mut stream).await.unwrap(), b"\x40\x00\x00\x0byou said hi\0");
    assert_eq!(next(&mut stream).await.unwrap(), b"\x40\x00\x00\x0eyou said there\0\0");
}

#[tokio::test]
async fn a_hang_up_closes_connections_and_ways_at_once() {
    let (mut running, mut stream) = talking().await;

    running.turn.revoke(running.call);

    assert_eq!(next(&mut stream).await, None);
    assert_eq!([running.told().await, running.told().await], ["attached", "detached"]);
}

#[tokio::test]
async fn a_closed_connection_ends_its_allocation() {
    let (mut running, stream) = talking().await;

    drop(stream);

    assert_eq!([running.told().await, running.told().await], ["attached", "detached"]);
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_no_more() {
    let running = Running::start();
    let mut kept = Vec::new();
    for _connection in 0..32 {
        let mut stream = running.connect();
        let mut browser = running.browser();
        stream.write_all(&allocate(&mut browser)).await.unwrap();
        assert!(next(&mut stream).await.is_some());
        kept.push(stream);
    }

    let mut one_more = running.connect();

    assert_eq!(next(&mut one_more).await, None);
}

#[tokio::test]
async fn a_connection_with_foreign_bytes_is_closed() {
    let running = Running::start();
    let mut stream = running.connect();

    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();

    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_an_allocation_is_closed_after_a_while() {
    for is_wanted in [false, true] {
        let (mut far, near) = duplex(64);
        let (_sender, queue) = mpsc::channel(1);
        let serving = tokio::spawn(stream::serve(near, queue, |_| {}, move || is_wanted));

        let outcome = timeout(10 * stream::PATIENCE, far.read_u8()).await;

        assert_eq!(outcome.is_ok(), !is_wanted);
        assert_eq!(serving.is_finished(), !is_wanted);
    }
}

#[tokio::test]
async fn browsers_are_told_both_transports() {
    let running = Running::start();
    let port = running.turn.port();

    let servers = running.turn.ice_servers(running.call, CallSide::Visitor);

    assert_eq!(servers.len(), 1);
    let urls = [format!("turn:hub.example:{port}?transport=udp"), format!("turn:hub.example:{port}?transport=tcp")];
    assert_eq!(servers[0].urls, urls);
    assert!(servers[0].username.ends_with(&format!(":{}:visitor", running.call)));
    assert_eq!(running.turn.renewed(running.call, CallSide::Visitor)[0].urls, urls);
    assert_eq!(running.turn.renewed(CallId::from(6), CallSide::Visitor), []);
}

#[tokio::test]
async fn the_end_of_the_relay_frees_its_port() {
    let running = Running::start();
    let address = running.address();
    let mut stream = running.connect();
    let mut browser = running.browser();
    ready(&mut stream, &mut browser).await;

    drop(running);

    assert_eq!(next(&mut stream).await, None);
    drop(stream);
    timeout(LONG, async {
        while UdpSocket::bind(address).await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}
