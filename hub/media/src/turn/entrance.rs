//! How the relay reaches the hub's own media: like a peer somewhere, without a socket in between.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::mux::{Mux, Outlet, Tap};

/// One media port.
pub(crate) trait Entrance: Send + Sync {
    fn port(&self) -> u16;

    /// Adds a peer that seems to be at `relayed`; what the media sends there leaves by the outlet.
    fn attach(&self, relayed: SocketAddr, outlet: Arc<dyn Outlet>) -> Option<Arc<dyn Inlet>>;
}

/// Where datagrams of one such peer go in. The peer is gone when it is dropped.
pub(crate) trait Inlet: Send + Sync {
    fn inject(&self, datagram: &[u8]);
}

impl Entrance for Arc<Mux> {
    fn port(&self) -> u16 {
        self.local_addr().port()
    }

    fn attach(&self, relayed: SocketAddr, outlet: Arc<dyn Outlet>) -> Option<Arc<dyn Inlet>> {
        let tap = Mux::attach(self, relayed, outlet)?;
        Some(Arc::new(tap))
    }
}

impl Inlet for Tap {
    fn inject(&self, datagram: &[u8]) {
        Self::inject(self, datagram);
    }
}
