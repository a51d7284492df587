//! The actor of one socket: from `hello` to good-bye.
//!
//! It decides nothing about chats. It is never restarted: its browser resumes.

use std::mem;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix::fut::ActorFutureExt as _;
use actix::{Actor, ActorContext as _, AsyncContext as _, Handler, WrapFuture as _};
use actix_http::ws;
use actix_web_actors::ws::WebsocketContext;
use actors::ids::random_bits;
use actors::protocol::{CloseCode, ToVisitor};
use actors::socket::{Socket, SocketId, ToSocket};
use bytestring::ByteString;
use serde_json::Value;
use tokio::time::timeout;
use tracing::debug;

use super::Edge;
use super::frames::encode;
use super::hearing::Pieces;
use super::limits::Pace;
use super::meters::limit_hit;
use super::party::{Greeted, Lobby, Party};
use super::seats::Seat;
use super::upgrade::Arrival;
use super::wire::Wire;

/// Frames the actors may send between two turns of this one: a full waiting room and a burst of events.
const MAILBOX_FRAMES: usize = 1_024;
/// Bytes on their way out above which frames that may be lost are lost.
const PASSING_BYTES: usize = 64 * 1024;
/// How long the actors may take to answer `hello`, their storage included.
const GREETING: Duration = Duration::from_secs(10);
/// How long a browser may take to answer our close frame.
const GOOD_BYE: Duration = Duration::from_secs(3);
/// Pings without any answer until the socket is closed.
const PINGS_MISSED: u8 = 2;

/// One socket.
pub(super) struct Connection<P: Party> {
    pub(super) edge: Arc<Edge>,
    pub(super) pace: Pace,
    /// Requests that wait for their answer.
    pub(super) unacked: u32,
    pub(super) wire: Rc<Wire>,
    pub(super) heard: Instant,
    pub(super) pings: u8,
    pub(super) pieces: Option<Box<Pieces>>,
    pub(super) phase: Phase<P>,
    id: SocketId,
    sent: Instant,
}

/// How far a socket has come.
pub(super) enum Phase<P: Party> {
    /// Before `hello`.
    Arrived(Box<Arrival>),
    /// The actors were asked; what comes meanwhile waits here.
    Greeting(Box<Held>),
    Talking(Talk<P>),
    /// Our close frame is on its way.
    Leaving,
}

/// What waits for `welcome`.
#[derive(Default)]
pub(super) struct Held {
    /// From the actors.
    frames: Vec<ByteString>,
    /// From the browser, sent in one array with its `hello`.
    pub(super) heard: Vec<Value>,
    prefix_seat: Option<Seat>,
}

/// A greeted socket.
pub(super) struct Talk<P: Party> {
    line: P::Line,
    _seat: Seat,
    _prefix_seat: Option<Seat>,
}

impl<P: Party> Connection<P> {
    pub(super) fn new(edge: Arc<Edge>, wire: Rc<Wire>, arrival: Arrival) -> Self {
        let now = Instant::now();
        P::gauge(&edge.meters).increment(1.0);
        Self {
            edge,
            pace: Pace::new(now),
            unacked: 0,
            wire,
            heard: now,
            pings: 0,
            pieces: None,
            phase: Phase::Arrived(Box::new(arrival)),
            id: SocketId::next(),
            sent: now,
        }
    }

    /// The line to the actors, while there is one.
    pub(super) fn line(&self) -> Option<&P::Line> {
        match &self.phase {
            Phase::Talking(talk) => Some(&talk.line),
            _ => None,
        }
    }

    /// Sends a frame to the browser.
    pub(super) fn send(&mut self, frame: ByteString, ctx: &mut WebsocketContext<Self>) {
        if !matches!(self.phase, Phase::Leaving) {
            self.edge.meters.frames_out.increment(1);
            self.sent = Instant::now();
            ctx.text(frame);
        }
    }

    /// Takes the first frame to the actors; the browser is not read until they answer.
    pub(super) fn greet(&mut self, hello: P::Frame, ctx: &mut WebsocketContext<Self>) {
        let Phase::Arrived(mut arrival) = mem::replace(&mut self.phase, Phase::Leaving) else { return };
        let seat = arrival.seat.take();
        self.phase = Phase::Greeting(Box::new(Held { prefix_seat: seat, ..Held::default() }));
        let lobby = Lobby { edge: Arc::clone(&self.edge), socket: Socket::new(self.id, ctx.address().recipient()) };
        match P::greet(hello, arrival, lobby) {
            Ok(greeting) => {
                self.wire.hold();
                let bounded = timeout(GREETING, greeting).into_actor(self);
                ctx.spawn(bounded.map(|greeted, this, ctx| {
                    this.greeted(greeted.unwrap_or(Err(CloseCode::Unavailable)), ctx);
                }));
            }
            Err(code) => self.close(code, ctx),
        }
    }

    fn greeted(&mut self, greeted: Result<Greeted<P>, CloseCode>, ctx: &mut WebsocketContext<Self>) {
        let Phase::Greeting(held) = &mut self.phase else { return };
        let held = mem::take(held);
        let greeted = match greeted {
            Ok(greeted) => greeted,
            Err(code) => return self.close(code, ctx),
        };
        self.phase = Phase::Talking(Talk { line: greeted.line, _seat: greeted.seat, _prefix_seat: held.prefix_seat });
        self.send(greeted.welcome, ctx);
        for frame in held.frames {
            self.send(frame, ctx);
        }
        self.hear_all(held.heard, ctx);
        self.wire.release();
        self.beat(ctx);
    }

    /// A frame of the actors.
    fn deliver(&mut self, frame: ByteString, ctx: &mut WebsocketContext<Self>) {
        match &mut self.phase {
            Phase::Talking(_) => self.send(frame, ctx),
            Phase::Greeting(held) if held.frames.len() < MAILBOX_FRAMES => held.frames.push(frame),
            Phase::Greeting(_) => self.close(CloseCode::Slow, ctx),
            Phase::Arrived(_) | Phase::Leaving => {}
        }
    }

    /// Closes with a code of the protocol.
    pub(super) fn close(&mut self, code: CloseCode, ctx: &mut WebsocketContext<Self>) {
        let reason = (ws::CloseCode::from(code.number()), code.reason());
        self.leave(reason.into(), ctx);
    }

    /// Says good-bye and lets go of the actors; the socket ends when the browser answered or took too long.
    pub(super) fn leave(&mut self, reason: ws::CloseReason, ctx: &mut WebsocketContext<Self>) {
        if matches!(self.phase, Phase::Leaving) {
            return;
        }
        debug!(socket = self.id.number(), code = u16::from(reason.code), "close a socket");
        self.phase = Phase::Leaving;
        self.pieces = None;
        self.wire.release();
        ctx.close(Some(reason));
        ctx.run_later(GOOD_BYE, |_, ctx| ctx.stop());
    }

    /// Looks for signs of life: asks for one after a silence, closes after too many.
    fn beat(&mut self, ctx: &mut WebsocketContext<Self>) {
        let after = jittered(self.edge.settings.ping_after);
        ctx.run_later(after, move |this, ctx| {
            if !matches!(this.phase, Phase::Talking(_)) {
                return;
            }
            // Also when only one side is silent: a browser takes a hub that says nothing for dead.
            let is_silent = this.heard.elapsed() >= after || this.sent.elapsed() >= after;
            if is_silent && this.pings >= PINGS_MISSED {
                return this.close(CloseCode::Silent, ctx);
            }
            if is_silent {
                this.pings += 1;
                this.send(encode(&ToVisitor::Ping), ctx);
            }
            this.beat(ctx);
        });
    }
}

/// Give or take a fifth, so that sockets opened together do not stay together.
fn jittered(time: Duration) -> Duration {
    let swing = time.mul_f64(0.4 * f64::from(random_bits()) / f64::from(u32::MAX));
    time.mul_f64(0.8) + swing
}

impl<P: Party> Drop for Connection<P> {
    fn drop(&mut self) {
        P::gauge(&self.edge.meters).decrement(1.0);
        self.edge.registry.remove(self.id);
    }
}

impl<P: Party> Actor for Connection<P> {
    type Context = WebsocketContext<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(MAILBOX_FRAMES);
        let Phase::Arrived(arrival) = &self.phase else { return };
        let sign_in = arrival.desk.map(|(_, key)| key);
        let has_seat = arrival.seat.is_some();
        self.edge.registry.add(Socket::new(self.id, ctx.address().recipient()), sign_in);
        if !has_seat {
            limit_hit("sockets_per_prefix");
            return self.close(CloseCode::TooManySockets, ctx);
        }
        ctx.run_later(self.edge.settings.hello_timeout, |this, ctx| {
            if matches!(this.phase, Phase::Arrived(_)) {
                limit_hit("hello");
                this.close(CloseCode::NoHello, ctx);
            }
        });
    }
}

impl<P: Party> Handler<ToSocket> for Connection<P> {
    type Result = ();

    fn handle(&mut self, message: ToSocket, ctx: &mut Self::Context) {
        match message {
            ToSocket::Passing(_) if self.wire.queued() > PASSING_BYTES => limit_hit("passing"),
            ToSocket::Frame(frame) | ToSocket::Passing(frame) => self.deliver(frame, ctx),
            ToSocket::Close(code) => self.close(code, ctx),
        }
    }
}
