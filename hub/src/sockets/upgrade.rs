//! From an upgrade request to a running socket.
//!
//! Every upgrade request of the listener comes here and passes by all routes and
//! wrappers of the HTTP part, so path, origin and sign-in are checked here.

use std::cell::RefCell;
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_codec::{AsyncRead, AsyncWrite, Framed};
use actix_http::header::{self, HeaderMap};
use actix_http::{Request, Version, h1, ws};
use actix_web_actors::ws::WebsocketContext;
use actors::hub::SignedIn;
use actors::protocol::SUBPROTOCOL;
use actors::text::{AGENT_CHARS, PlainText};
use bytes::Bytes;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use tracing::debug;

use super::answers::{Denied, accepted};
use super::backlog::Backlog;
use super::connection::Connection;
use super::consultant::Desk;
use super::driver::{Counted, Driver};
use super::frames::FRAME_BYTES;
use super::inbound::Inbound;
use super::meters::limit_hit;
use super::party::Party;
use super::seats::{Holder, Seat};
use super::visitor::Visitor;
use super::wire::Wire;
use super::{Edge, SignInKey};
use crate::client_address::{ClientIp, Prefix};

const VISITOR_PATH: &str = "/v1/ws/visitor";
const DESK_PATH: &str = "/v1/ws/desk";

/// How long the sign-ins may take to answer, and a refused browser to read why.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is known of a browser before its `hello`.
pub(super) struct Arrival {
    pub ip: IpAddr,
    pub prefix: Prefix,
    pub agent: Option<PlainText>,
    /// Whose cookie came along; always there on a desk.
    pub desk: Option<(SignedIn, SignInKey)>,
    /// Its place among the sockets of its address prefix; nothing when there are too many.
    pub seat: Option<Seat>,
}

/// Answers an upgrade request; a good one becomes a socket that lives in a task of its own.
pub(crate) async fn upgrade<T>(
    edge: Arc<Edge>,
    request: Request,
    framed: Framed<T, h1::Codec>,
) -> Result<(), actix_web::Error>
where
    T: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let parts = framed.into_parts();
    let mut io = parts.io;
    let admitted = admit(&edge, &request).await;
    match admitted {
        Ok(arrival) => {
            let mut backlog = Backlog::default();
            let key = request.head().headers().get(header::SEC_WEBSOCKET_KEY).map(header::HeaderValue::as_bytes);
            for chunk in [parts.write_buf.freeze(), accepted(key.unwrap_or_default())] {
                let _always_fits = backlog.push(chunk);
            }
            let opening = Opening { io, early: parts.read_buf, backlog };
            match arrival.desk {
                Some(_) => run::<T, Desk>(&edge, arrival, opening),
                None => run::<T, Visitor>(&edge, arrival, opening),
            }
        }
        Err(denied) => {
            debug!(?denied, "refused a socket");
            let answer = Bytes::from([parts.write_buf.freeze(), denied.answer()].concat());
            let told = timeout(PATIENCE, async {
                io.write_all(&answer).await?;
                io.shutdown().await
            });
            let _gone_or_too_slow_to_care = told.await;
        }
    }
    Ok(())
}

struct Opening<T> {
    io: T,
    /// What the browser sent behind its request.
    early: bytes::BytesMut,
    backlog: Backlog,
}

/// Starts the actor of a socket and the task that drives it.
fn run<T, P>(edge: &Arc<Edge>, arrival: Arrival, opening: Opening<T>)
where
    T: AsyncRead + AsyncWrite + Unpin + 'static,
    P: Party,
{
    let counted = Counted::new(&edge.open);
    let io = Rc::new(RefCell::new(opening.io));
    let wire = Rc::new(Wire::default());
    let inbound = Inbound::new(Rc::clone(&io), Rc::clone(&wire), opening.early);
    let connection = Connection::<P>::new(Arc::clone(edge), Rc::clone(&wire), arrival);
    let talk = WebsocketContext::with_codec(connection, inbound, ws::Codec::new().max_size(FRAME_BYTES));
    actix_rt::spawn(Driver::new(io, wire, talk, opening.backlog, counted));
}

/// Checks everything a request tells before the first frame.
async fn admit(edge: &Arc<Edge>, request: &Request) -> Result<Arrival, Denied> {
    let is_desk = match request.path() {
        VISITOR_PATH => false,
        DESK_PATH => true,
        _ => return Err(Denied::NotFound),
    };
    if request.head().version != Version::HTTP_11 {
        return Err(Denied::Upgrade);
    }
    ws::verify_handshake(request.head())?;
    let headers = request.head().headers();
    if !asks_for_our_protocol(headers) {
        return Err(Denied::Subprotocol);
    }
    if !is_own_origin(headers, &edge.settings.origins) {
        limit_hit("origin");
        return Err(Denied::Origin);
    }
    if edge.is_draining() {
        return Err(Denied::Unavailable);
    }
    let desk = if is_desk { Some(signed_in(edge, headers).await?) } else { None };
    let client = ClientIp::of(request.peer_addr(), headers, &edge.settings.trusted_proxies);
    let prefix = client.prefix();
    let agent = headers.get(header::USER_AGENT).map(|agent| String::from_utf8_lossy(agent.as_bytes()));
    Ok(Arrival {
        ip: client.ip(),
        prefix,
        agent: agent.and_then(|agent| PlainText::cut(&agent, AGENT_CHARS)),
        desk,
        seat: edge.seats.take(Holder::Prefix(prefix), edge.settings.sockets_per_prefix),
    })
}

fn asks_for_our_protocol(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|name| name.trim() == SUBPROTOCOL)
}

/// Exactly one origin, exactly ours: `https://hub.example.evil.com` and `null` are not.
fn is_own_origin(headers: &HeaderMap, own: &[String]) -> bool {
    let mut told = headers.get_all(header::ORIGIN);
    match (told.next(), told.next()) {
        (Some(origin), None) => own.iter().any(|own| own.as_bytes() == origin.as_bytes()),
        _ => false,
    }
}

async fn signed_in(edge: &Edge, headers: &HeaderMap) -> Result<(SignedIn, SignInKey), Denied> {
    let cookies: Vec<&str> = headers.get_all(header::COOKIE).filter_map(|line| line.to_str().ok()).collect();
    let asked = timeout(PATIENCE, edge.desk.signed_in(cookies.join("; "))).await;
    match asked {
        Ok(who) => who.ok_or(Denied::SignedOut),
        Err(_late) => Err(Denied::Unavailable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name.parse().unwrap(), value.parse().unwrap());
        }
        map
    }

    #[test]
    fn only_the_exact_origin_may_open_a_socket() {
        let own = ["https://hub.example".to_owned()];
        let may = |origin: &str| is_own_origin(&headers(&[("origin", origin)]), &own);

        assert!(may("https://hub.example"));
        for other in [
            "http://hub.example",
            "https://hub.example.evil.com",
            "https://hub.example:8443",
            "https://HUB.example",
            "null",
            "",
        ] {
            assert!(!may(other), "{other}");
        }
        assert!(!is_own_origin(&headers(&[]), &own));
        let twice = headers(&[("origin", "https://hub.example"), ("origin", "https://evil.example")]);
        assert!(!is_own_origin(&twice, &own));
    }

    #[test]
    fn our_protocol_may_stand_among_others() {
        let asks = |line: &str| asks_for_our_protocol(&headers(&[("sec-websocket-protocol", line)]));

        assert!(asks("c2c.v1"));
        assert!(asks("chat, c2c.v1"));
        assert!(!asks("c2c.v2"));
        assert!(!asks("c2c.v11"));
        assert!(!asks_for_our_protocol(&headers(&[])));
    }
}
