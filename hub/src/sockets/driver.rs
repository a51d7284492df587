//! Drives one socket: polls its actor, owns what waits to be written, and cuts a
//! browser that does not read.
//!
//! The actor is polled however full the way out is: its timers, its mailbox and
//! its reading never depend on the browser.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use actix_codec::{AsyncRead, AsyncWrite, Encoder as _};
use actix_http::ws;
use actors::protocol::CloseCode;
use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use tracing::{debug, error};

use super::backlog::Backlog;
use super::farewell::Farewell;
use super::meters::limit_hit;
use super::wire::Wire;

/// Turns of the actor (16 frames each) before other sockets of the thread get theirs.
const TURNS: usize = 4;

/// Counts a socket until its last byte is written.
pub(super) struct Counted(Arc<AtomicUsize>);

impl Counted {
    pub(super) fn new(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(open))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One socket as a task: the stream of its actor on its way to the browser.
pub(super) struct Driver<T, S> {
    io: Rc<RefCell<T>>,
    wire: Rc<Wire>,
    /// The actor; gone when it ended or was cut.
    talk: Option<S>,
    backlog: Backlog,
    farewell: Option<Farewell>,
    _counted: Counted,
}

impl<T, S> Driver<T, S> {
    /// `backlog` holds the answer of the handshake.
    pub(super) fn new(io: Rc<RefCell<T>>, wire: Rc<Wire>, talk: S, backlog: Backlog, counted: Counted) -> Self {
        Self { io, wire, talk: Some(talk), backlog, farewell: None, _counted: counted }
    }

    fn end_talk(&mut self) {
        // Dropping an actor runs its code once more, which must not take the task down.
        if let Some(talk) = self.talk.take()
            && catch_unwind(AssertUnwindSafe(|| drop(talk))).is_err()
        {
            error!("a socket's actor fell while it ended");
        }
        self.farewell = Some(Farewell::begin());
    }

    /// Ends the talk without asking the actor: what waits is forgotten, the browser resumes.
    fn cut(&mut self, code: CloseCode) {
        debug!(reason = code.reason(), "cut a socket");
        self.end_talk();
        self.backlog.cut(close_frame(code));
    }
}

impl<T, S, E> Driver<T, S>
where
    T: AsyncRead + AsyncWrite + Unpin,
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    /// Lets the actor hear and answer.
    fn poll_talk(&mut self, cx: &mut Context<'_>) {
        for _ in 0..TURNS {
            let Some(talk) = &mut self.talk else { return };
            match catch_unwind(AssertUnwindSafe(|| Pin::new(talk).poll_next(cx))) {
                Ok(Poll::Ready(Some(Ok(frames)))) => {
                    if self.backlog.push(frames).is_err() {
                        limit_hit("backlog");
                        return self.cut(CloseCode::Slow);
                    }
                    self.wire.set_queued(self.backlog.bytes());
                }
                Ok(Poll::Ready(_)) => return self.end_talk(),
                Ok(Poll::Pending) if self.wire.take_released() => {}
                Ok(Poll::Pending) => return,
                Err(_panic) => {
                    error!("a socket's actor fell; its browser resumes");
                    return self.cut(CloseCode::Unavailable);
                }
            }
        }
        cx.waker().wake_by_ref();
    }

    /// Writes until the network takes no more; ready with `false` when it is broken.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut io = self.io.borrow_mut();
        let mut io = Pin::new(&mut *io);
        while !self.backlog.front().is_empty() {
            match ready!(io.as_mut().poll_write(cx, self.backlog.front())) {
                Ok(0) | Err(_) => return Poll::Ready(false),
                Ok(written) => self.backlog.advance(written),
            }
            self.wire.set_queued(self.backlog.bytes());
        }
        io.poll_flush(cx).map(|flushed| flushed.is_ok())
    }
}

impl<T, S, E> Future for Driver<T, S>
where
    T: AsyncRead + AsyncWrite + Unpin,
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        this.poll_talk(cx);
        if this.farewell.as_mut().is_some_and(|farewell| farewell.is_over(cx)) {
            return Poll::Ready(());
        }
        if !ready!(this.poll_write(cx)) {
            this.end_talk();
            return Poll::Ready(());
        }
        match &mut this.farewell {
            Some(farewell) => farewell.poll_closed(&this.io, cx),
            None => Poll::Pending,
        }
    }
}

fn close_frame(code: CloseCode) -> Bytes {
    let mut bytes = BytesMut::new();
    let reason = ws::CloseReason::from((ws::CloseCode::from(code.number()), code.reason()));
    if ws::Codec::new().encode(ws::Message::Close(Some(reason)), &mut bytes).is_err() {
        bytes.clear();
    }
    bytes.freeze()
}
