//! The end of a socket: say that nothing follows, and wait a moment for the
//! browser to do the same.
//!
//! Closing at once would reset the connection when unread bytes are left, and the
//! browser would never see why.

use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_codec::{AsyncRead, AsyncWrite};
use tokio::time::Sleep;

use super::inbound::read_some;

/// How long a browser may take to read the last frames and to close its side.
const FAREWELL: Duration = Duration::from_secs(5);
/// What a browser may still send: some frames that were under way. More is a flood.
const DISCARDED_BYTES: usize = 256 * 1024;
/// Reads at once before others get their turn.
const READS: usize = 4;

/// The last seconds of a socket.
pub(super) struct Farewell {
    until: Pin<Box<Sleep>>,
    discarded: usize,
    is_shut: bool,
}

impl Farewell {
    pub(super) fn begin() -> Self {
        Self { until: Box::pin(tokio::time::sleep(FAREWELL)), discarded: 0, is_shut: false }
    }

    /// Is the time over, read or not?
    pub(super) fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        self.until.as_mut().poll(cx).is_ready()
    }

    /// Closes our side, then discards until the browser closes its own.
    pub(super) fn poll_closed<T>(&mut self, io: &RefCell<T>, cx: &mut Context<'_>) -> Poll<()>
    where
        T: AsyncRead + AsyncWrite + Unpin,
    {
        if !self.is_shut {
            let shut = ready!(Pin::new(&mut *io.borrow_mut()).poll_shutdown(cx));
            if shut.is_err() {
                return Poll::Ready(());
            }
            self.is_shut = true;
        }
        for _ in 0..READS {
            match ready!(read_some(io, cx, |_| {})) {
                Ok(0) | Err(_) => return Poll::Ready(()),
                Ok(bytes) => self.discarded += bytes,
            }
            if self.discarded > DISCARDED_BYTES {
                return Poll::Ready(());
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
