//! A TURN relay (RFC 8656) for browsers in networks without UDP. It leads to the hub's own media and nowhere else.
//!
//! `server` and `requests` hold the rules and know no socket; `sockets` knows no rules.

mod allocation;
mod credentials;
mod entrance;
pub(crate) mod fuzz;
mod meters;
mod refusal;
mod requests;
mod server;
mod sockets;
mod stream;
mod stun;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use actors::ids::CallId;
use actors::protocol::{CallSide, IceServer};
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use self::credentials::{Credentials, SECRET_BYTES};
use self::entrance::Entrance;
pub(crate) use self::meters::Meters;
use self::server::Server;
use self::sockets::Shared;
use crate::mux::Mux;
use crate::port;

pub(crate) struct TurnConfig {
    /// Where to listen, by UDP and TCP. With port 0 the system chooses.
    pub(crate) bind: SocketAddr,
    /// Where browsers find it.
    pub(crate) host: String,
    /// The addresses the media is offered at.
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) meters: Meters,
}

/// The running relay; dropping it ends everything.
pub(crate) struct Turn {
    shared: Arc<Shared>,
    host: String,
    port: u16,
    tasks: [JoinHandle<()>; 3],
}

impl Turn {
    /// Starts the relay on the runtime that was entered.
    pub(crate) fn start(config: TurnConfig, muxes: Vec<Arc<Mux>>) -> io::Result<Self> {
        let entrances = muxes.into_iter().map(|mux| Box::new(mux) as Box<dyn Entrance>).collect();
        Self::start_with(config, entrances)
    }

    fn start_with(config: TurnConfig, entrances: Vec<Box<dyn Entrance>>) -> io::Result<Self> {
        let (socket, listener) = port::open(config.bind, true)?;
        let (socket, listener) = (UdpSocket::from_std(socket)?, listener.map(TcpListener::from_std).transpose()?);
        let listener = listener.ok_or(io::ErrorKind::NotFound)?;
        let port = socket.local_addr()?.port();
        let at =
            |ip: &IpAddr| entrances.iter().map(|entrance| SocketAddr::new(*ip, entrance.port())).collect::<Vec<_>>();
        let media = config.addresses.iter().flat_map(at).collect();
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        let server = Server::new(Credentials::new(&secret, Instant::now()), media, config.meters);
        let (outgoing, queue) = mpsc::channel(sockets::OUTGOING);
        let shared = Arc::new(Shared::new(server, socket, entrances, outgoing));
        let tasks = [
            tokio::spawn(sockets::read_datagrams(Arc::clone(&shared))),
            tokio::spawn(sockets::accept(Arc::clone(&shared), listener)),
            tokio::spawn(sockets::pass_on(Arc::clone(&shared), queue)),
        ];
        Ok(Self { shared, host: config.host, port, tasks })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Lets one side of a call in and says how.
    pub(crate) fn ice_servers(&self, call: CallId, side: CallSide) -> Vec<IceServer> {
        self.told(Some(self.shared.state().server.admit(call, side, Instant::now())))
    }

    /// The same once more, with fresh credentials. Nothing for a call that was not let in, or is over.
    pub(crate) fn renewed(&self, call: CallId, side: CallSide) -> Vec<IceServer> {
        self.told(self.shared.state().server.renew(call, side, Instant::now()))
    }

    fn told(&self, credentials: Option<(String, String)>) -> Vec<IceServer> {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let url = |transport| format!("turn:{host}:{}?transport={transport}", self.port);
        let server = |(username, credential)| IceServer { urls: vec![url("udp"), url("tcp")], username, credential };
        credentials.map(server).into_iter().collect()
    }

    /// The call is over: nobody relays for it any more, from this moment on.
    pub(crate) fn revoke(&self, call: CallId) {
        let mut state = self.shared.state();
        state.server.revoke(call);
        state.clean();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.shared.close();
    }
}
