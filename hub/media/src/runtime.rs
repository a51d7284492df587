//! What the library runs on: tasks and timers of the media thread, and instead of a socket a queue of the mux.
//!
//! To the library each leg has one peer at one address that never changes; where
//! that peer really is, is the mux's business.

use std::fmt;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::FutureExt as _;
use tracing::error;
use webrtc::runtime::{
    AsyncInterval, AsyncTcpListener, AsyncTcpStream, AsyncUdpSocket, JoinHandle, RecvMeta, Runtime, TokioRuntime,
    Transmit,
};

use crate::mux::{Inbox, LegKey, Mux};
use crate::stun;

/// Where every peer is, as the library sees it: an address of documentation, which nobody has (RFC 5737).
pub(crate) const PEER: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)), 9);

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The runtime of one leg.
pub(crate) struct MuxRuntime {
    pub(crate) mux: Arc<Mux>,
    pub(crate) leg: LegKey,
    pub(crate) inbox: Arc<Inbox>,
    /// Called when the driver of the leg is over, for whatever reason.
    pub(crate) ended: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for MuxRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MuxRuntime").field("leg", &self.leg).finish_non_exhaustive()
    }
}

impl Runtime for MuxRuntime {
    fn spawn(&self, driver: Boxed<'static, ()>) -> Box<dyn JoinHandle> {
        let (leg, ended) = (self.leg, Arc::clone(&self.ended));
        // The only task the library starts here is the driver of the leg. Its panic ends the leg, not the call.
        TokioRuntime.spawn(Box::pin(async move {
            if AssertUnwindSafe(driver).catch_unwind().await.is_err() {
                error!(leg, "the driver of a leg panicked");
            }
            ended();
        }))
    }

    fn wrap_udp_socket(&self, socket: std::net::UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        // Only the address of the socket is wanted; it is closed at the end of this function.
        let label = socket.local_addr()?;
        Ok(Arc::new(VirtualSocket { mux: Arc::clone(&self.mux), leg: self.leg, inbox: Arc::clone(&self.inbox), label }))
    }

    fn wrap_tcp_listener(&self, _listener: std::net::TcpListener) -> io::Result<Arc<dyn AsyncTcpListener>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn connect_tcp(&self, _remote: SocketAddr) -> Boxed<'_, io::Result<Arc<dyn AsyncTcpStream>>> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }

    fn resolve_host<'a>(&'a self, _host: &'a str) -> Boxed<'a, io::Result<Vec<SocketAddr>>> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }

    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        TokioRuntime.sleep(duration)
    }

    fn interval(&self, period: Duration) -> Box<dyn AsyncInterval> {
        TokioRuntime.interval(period)
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        TokioRuntime.block_on(future);
    }

    fn yield_now(&self) -> Boxed<'static, ()> {
        TokioRuntime.yield_now()
    }

    fn name(&self) -> &'static str {
        "mux"
    }
}

/// What the library takes for a socket.
struct VirtualSocket {
    mux: Arc<Mux>,
    leg: LegKey,
    inbox: Arc<Inbox>,
    label: SocketAddr,
}

impl fmt::Debug for VirtualSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualSocket").field("leg", &self.leg).finish_non_exhaustive()
    }
}

impl AsyncUdpSocket for VirtualSocket {
    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.label)
    }

    fn poll_send(&self, _context: &mut Context<'_>, transmit: &Transmit<'_>) -> Poll<io::Result<usize>> {
        // The mux answered each check already, and told the true address.
        let is_answer = stun::parse(transmit.contents).is_some_and(|message| message.kind != stun::Kind::Request);
        if !is_answer && transmit.destination == PEER {
            self.mux.send_to_leg(self.leg, transmit.contents);
        }
        Poll::Ready(Ok(transmit.contents.len()))
    }

    fn poll_recv(
        &self,
        context: &mut Context<'_>,
        buffers: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let (Some(buffer), Some(meta)) = (buffers.first_mut(), meta.first_mut()) else {
            return Poll::Ready(Ok(0));
        };
        let Poll::Ready(datagram) = self.inbox.poll_next(context) else {
            return Poll::Pending;
        };
        let length = datagram.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), datagram.get(..length)) {
            to.copy_from_slice(from);
        }
        *meta = RecvMeta::default();
        meta.len = length;
        meta.stride = length.max(1);
        meta.addr = PEER;
        Poll::Ready(Ok(1))
    }
}
