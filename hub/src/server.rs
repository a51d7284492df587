//! The listeners: HTTP with sockets for everybody, and a plain one for operations.
//!
//! Slow or greedy requests are cut here, before any route sees them.

use std::cell::Cell;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_http::HttpService;
use actix_http::error::PayloadError;
use actix_server::Server;
use actix_service::{fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Payload, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpMessage as _, HttpResponse, HttpServer};
use bytes::Bytes;
use futures_util::Stream;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::time::Sleep;

use crate::http::{PLUGIN_UPLOADS, UPLOADS};
use crate::sockets::{Edge, upgrade};

/// Longest request body that is read. The longest honest one is a page of settings, 256 KiB; one that is
/// too big is read a little further, so that a handler can say so.
const BODY_BYTES: usize = 512 * 1024;

/// Longest file that is read. One that is too big for a picture or plugin is still read to its end, within
/// reason: a browser that is sending does not hear the answer.
const UPLOAD_BYTES: usize = 16 * 1024 * 1024;
/// How long a file may take: a picture of 5 MiB over a slow line.
const UPLOAD_TIME: Duration = Duration::from_mins(1);

/// How long a request line and its headers may take.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long a body may take, from the end of its headers.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How long a connection waits for the next request.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a client may take to close after we did.
const DISCONNECT_TIME: Duration = Duration::from_secs(3);
/// Connections the system keeps for us while we are busy: after a restart everybody comes at once.
const BACKLOG: i32 = 4_096;

/// Binds a listener that a restarted hub can bind again at once.
pub(crate) fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Starts the main listener: routes by `configure`, sockets by `edge`. Signals are the caller's.
pub(crate) fn start<F>(listener: TcpListener, edge: Arc<Edge>, configure: F, workers: usize) -> io::Result<Server>
where
    F: Fn(&mut ServiceConfig) + Clone + Send + 'static,
{
    let server = Server::build().workers(workers.max(1)).disable_signals();
    let server = server.listen("hub", listener, move || {
        let edge = Arc::clone(&edge);
        let app = App::new().wrap(from_fn(bound_body)).configure(configure.clone());
        HttpService::build()
            .client_request_timeout(HEAD_TIME)
            .client_disconnect_timeout(DISCONNECT_TIME)
            .keep_alive(KEEP_ALIVE)
            .tcp_nodelay(true)
            .upgrade(fn_service(move |(request, framed)| upgrade(Arc::clone(&edge), request, framed)))
            .finish(map_config(app, |()| AppConfig::default()))
            .tcp()
    })?;
    Ok(server.run())
}

/// Starts the listener for operations.
pub(crate) fn start_ops<F>(listener: TcpListener, configure: F) -> io::Result<Server>
where
    F: Fn(&mut ServiceConfig) + Clone + Send + 'static,
{
    let server = HttpServer::new(move || App::new().configure(configure.clone()));
    Ok(server.workers(1).disable_signals().client_request_timeout(HEAD_TIME).listen(listener)?.run())
}

/// Gives each body a size and a time; a late one is answered with 408 whatever its route would say.
async fn bound_body<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let inner = request.take_payload();
    if matches!(inner, Payload::None) {
        return next.call(request).await;
    }
    let is_upload = [UPLOADS, PLUGIN_UPLOADS].contains(&request.path());
    let (left, time) = if is_upload { (UPLOAD_BYTES, UPLOAD_TIME) } else { (BODY_BYTES, BODY_TIME) };
    let is_late = Rc::new(Cell::new(false));
    let until = Box::pin(tokio::time::sleep(time));
    let body = BoundBody { inner, until, left, is_late: Rc::clone(&is_late) };
    request.set_payload(Payload::Stream { payload: Box::pin(body) });
    let answer = next.call(request).await;
    if is_late.get() { Err(late()) } else { answer }
}

fn late() -> actix_web::Error {
    let body = r#"{"type":"about:blank","title":"the body took too long","status":408,"code":"slow"}"#;
    let mut answer = HttpResponse::RequestTimeout();
    let answer = answer.content_type("application/problem+json").force_close().body(body);
    InternalError::from_response("the body took too long", answer).into()
}

/// A body that ends when it is too long or too late.
struct BoundBody {
    inner: Payload,
    until: Pin<Box<Sleep>>,
    left: usize,
    is_late: Rc<Cell<bool>>,
}

impl Stream for BoundBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        match Pin::new(&mut this.inner).poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) => Poll::Ready(Some(match this.left.checked_sub(chunk.len()) {
                Some(left) => {
                    this.left = left;
                    Ok(chunk)
                }
                None => Err(PayloadError::Overflow),
            })),
            Poll::Pending if this.until.as_mut().poll(cx).is_ready() => {
                this.is_late.set(true);
                Poll::Ready(Some(Err(PayloadError::Incomplete(Some(io::ErrorKind::TimedOut.into())))))
            }
            other => other,
        }
    }
}
