//! Reads a socket: bytes of the network as whole WebSocket frames, one at a time.
//!
//! All sockets of a thread share one read buffer, so an idle socket holds none.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_codec::{AsyncRead, ReadBuf};
use actix_http::error::PayloadError;
use bytes::{Bytes, BytesMut};
use futures_util::Stream;

use super::frames::{Front, front};
use super::wire::{Fault, Wire};

/// What is read at once: the longest frame.
const SCRATCH_BYTES: usize = 16 * 1024;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = RefCell::new(vec![0; SCRATCH_BYTES]);
}

/// Reads what is there and hands it to `take`; answers with its size, 0 at the end.
pub(super) fn read_some<T: AsyncRead + Unpin>(
    io: &RefCell<T>,
    cx: &mut Context<'_>,
    take: impl FnOnce(&[u8]),
) -> Poll<io::Result<usize>> {
    SCRATCH.with_borrow_mut(|scratch| {
        let mut buffer = ReadBuf::new(scratch);
        ready!(Pin::new(&mut *io.borrow_mut()).poll_read(cx, &mut buffer))?;
        take(buffer.filled());
        Poll::Ready(Ok(buffer.filled().len()))
    })
}

/// The reading half of a socket.
pub(super) struct Inbound<T> {
    io: Rc<RefCell<T>>,
    wire: Rc<Wire>,
    /// Read, but not a whole frame yet or not asked for; at most one read and one frame.
    rest: BytesMut,
    /// A frame was just handed over.
    is_handed: bool,
}

impl<T> Inbound<T> {
    /// Begins with what came behind the handshake.
    pub(super) fn new(io: Rc<RefCell<T>>, wire: Rc<Wire>, early: BytesMut) -> Self {
        Self { io, wire, rest: early, is_handed: false }
    }

    fn take(&mut self, bytes: usize) -> Bytes {
        if bytes == self.rest.len() {
            // Not `split`, which would keep the memory.
            return std::mem::take(&mut self.rest).freeze();
        }
        self.rest.split_to(bytes).freeze()
    }

    fn fail(&self, fault: Fault) -> Poll<Option<Result<Bytes, PayloadError>>> {
        self.wire.fail(fault);
        Poll::Ready(Some(Err(PayloadError::Incomplete(None))))
    }
}

impl<T: AsyncRead + Unpin> Stream for Inbound<T> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        // The reader above polls until we pend and decodes one frame then; so it gets one, and asks again by itself.
        if std::mem::take(&mut this.is_handed) || this.wire.is_held() {
            return Poll::Pending;
        }
        loop {
            match front(&this.rest) {
                Front::Whole(bytes) => {
                    this.is_handed = true;
                    return Poll::Ready(Some(Ok(this.take(bytes))));
                }
                Front::TooBig => return this.fail(Fault::TooBig),
                Front::Part => {}
            }
            let rest = &mut this.rest;
            match ready!(read_some(&this.io, cx, |bytes| rest.extend_from_slice(bytes))) {
                Ok(0) => return Poll::Ready(None),
                Ok(_) => {}
                Err(_broken) => return this.fail(Fault::Gone),
            }
        }
    }
}
