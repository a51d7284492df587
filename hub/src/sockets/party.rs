//! The two kinds of browsers that open sockets: a visitor's and a consultant's desk.

use std::pin::Pin;
use std::sync::Arc;

use actix_web_actors::ws::WebsocketContext;
use actors::protocol::{CloseCode, VERSION};
use actors::socket::Socket;
use bytestring::ByteString;
use metrics::Gauge;
use serde::de::DeserializeOwned;

use super::Edge;
use super::connection::Connection;
use super::limits::Toll;
use super::meters::Meters;
use super::seats::Seat;
use super::upgrade::Arrival;

/// One kind: its frames, and what they ask of the actors.
pub(super) trait Party: Sized + Unpin + 'static {
    /// What it sends.
    type Frame: DeserializeOwned;
    /// Its line to the actors.
    type Line: Unpin + 'static;

    /// Takes the first frame to the actors.
    fn greet(frame: Self::Frame, arrival: Box<Arrival>, lobby: Lobby) -> Result<Greeting<Self>, CloseCode>;

    /// What a frame costs; nothing for one that is out of place.
    fn toll(frame: &Self::Frame) -> Option<Toll>;

    /// What the browser calls the request.
    fn cid(frame: &Self::Frame) -> Option<&str>;

    /// Takes any later frame to the actors.
    fn hear(frame: Self::Frame, at: &mut Connection<Self>, ctx: &mut WebsocketContext<Connection<Self>>);

    /// Counts the open sockets of this kind.
    fn gauge(meters: &Meters) -> &Gauge;
}

/// What a greeting needs of the edge.
pub(super) struct Lobby {
    pub edge: Arc<Edge>,
    pub socket: Socket,
}

/// The answer of the actors to `hello`.
pub(super) type Greeting<P> = Pin<Box<dyn Future<Output = Result<Greeted<P>, CloseCode>>>>;

/// A socket that may talk from now on.
pub(super) struct Greeted<P: Party> {
    pub line: P::Line,
    pub welcome: ByteString,
    /// Its place among the sockets of the same person.
    pub seat: Seat,
}

/// Checks the version of a `hello`: ours or the one before.
pub(super) fn check_version(v: u16) -> Result<(), CloseCode> {
    if v == VERSION || (v > 0 && v.checked_add(1) == Some(VERSION)) { Ok(()) } else { Err(CloseCode::Version) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_versions_are_spoken() {
        assert_eq!(check_version(VERSION), Ok(()));
        assert_eq!(check_version(VERSION + 1), Err(CloseCode::Version));
        assert_eq!(check_version(0), Err(CloseCode::Version));
        assert_eq!(check_version(u16::MAX), Err(CloseCode::Version));
    }
}
