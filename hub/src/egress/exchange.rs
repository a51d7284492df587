//! One request and its answer, over a connection that is used once.
//!
//! No proxy, no cookie, no compression, no redirect: whoever asks decides what an answer means.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, HOST, HeaderMap, LOCATION, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::EgressError;
use super::target::Target;

/// Addresses of one name that are tried; a fifth would not fit into the budget.
const TRIED: usize = 4;
/// How long one address may take to accept, so that a dead one leaves time for the next.
const CONNECT_TIME: Duration = Duration::from_secs(2);
/// Longest head of an answer.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers of an answer.
const HEADERS: usize = 64;
/// Some sites answer nobody who does not say a name.
const OUR_NAME: &str = "Click2CallMe";

/// How an exchange ended.
pub(super) enum Outcome {
    Body(Vec<u8>),
    Redirect(String),
}

/// Asks for `target` at one of its checked `addresses`.
pub(super) async fn get(
    target: &Target,
    addresses: &[SocketAddr],
    tls: &TlsConnector,
    most_bytes: usize,
) -> Result<Outcome, EgressError> {
    let stream = connect(addresses).await?;
    if !target.is_secure() {
        return over(stream, target, most_bytes).await;
    }
    let name = ServerName::try_from(target.name()).map_err(|_cause| EgressError::Unreachable)?;
    let stream = tls.connect(name, stream).await.map_err(|_cause| EgressError::Unreachable)?;
    over(stream, target, most_bytes).await
}

#[expect(clippy::disallowed_methods, reason = "this is the way out, and the addresses were checked")]
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, EgressError> {
    for address in addresses.iter().take(TRIED) {
        if let Ok(Ok(stream)) = tokio::time::timeout(CONNECT_TIME, TcpStream::connect(address)).await {
            return Ok(stream);
        }
    }
    Err(EgressError::Unreachable)
}

#[expect(clippy::disallowed_methods, reason = "this is the way out, over a connection to a checked address")]
async fn over<S>(stream: S, target: &Target, most_bytes: usize) -> Result<Outcome, EgressError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let shaken = http1::Builder::new().max_buf_size(HEAD_BYTES).max_headers(HEADERS).handshake(TokioIo::new(stream));
    let (mut sender, connection) = shaken.await.map_err(|_cause| EgressError::Unreachable)?;
    // Ends with this function, also when the budget ends it.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let answer = sender.send_request(request(target)?).await.map_err(|_cause| EgressError::Unreachable)?;
    read(answer, most_bytes).await
}

fn request(target: &Target) -> Result<Request<Empty<Bytes>>, EgressError> {
    Request::get(target.path())
        .header(HOST, target.authority())
        .header(ACCEPT, "*/*")
        .header(ACCEPT_ENCODING, "identity")
        .header(CONNECTION, "close")
        .header(USER_AGENT, OUR_NAME)
        .body(Empty::new())
        .map_err(|_cause| EgressError::NotWeb)
}

async fn read(answer: Response<Incoming>, most_bytes: usize) -> Result<Outcome, EgressError> {
    let headers = answer.headers();
    if matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok()).ok_or(EgressError::Unreachable)?;
        return Ok(Outcome::Redirect(location.to_owned()));
    }
    // What was compressed could unfold to anything, and nobody asked for it.
    if answer.status() != StatusCode::OK || is_compressed(headers) {
        return Err(EgressError::Unreachable);
    }
    gather(answer.into_body(), most_bytes).await.map(Outcome::Body)
}

fn is_compressed(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
}

async fn gather(mut body: Incoming, most_bytes: usize) -> Result<Vec<u8>, EgressError> {
    if body.size_hint().lower() > u64::try_from(most_bytes).unwrap_or(u64::MAX) {
        return Err(EgressError::TooBig);
    }
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // Also when fewer bytes came than were promised.
        let frame = frame.map_err(|_cause| EgressError::Unreachable)?;
        let Ok(piece) = frame.into_data() else { continue };
        if bytes.len() + piece.len() > most_bytes {
            return Err(EgressError::TooBig);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
