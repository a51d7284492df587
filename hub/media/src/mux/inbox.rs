//! What waits for one leg: a short queue between the reader of the port and the driver of the leg.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// Five seconds of one voice; a driver that is further behind has other troubles.
const DATAGRAMS: usize = 256;

/// The datagrams a leg has not read yet.
#[derive(Debug, Default)]
pub(crate) struct Inbox(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    datagrams: VecDeque<Vec<u8>>,
    reader: Option<Waker>,
}

impl Inbox {
    /// Puts a datagram in; `false` if the queue is full.
    pub(crate) fn push(&self, datagram: &[u8]) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.datagrams.len() >= DATAGRAMS {
            return false;
        }
        waiting.datagrams.push_back(datagram.to_vec());
        let reader = waiting.reader.take();
        drop(waiting);
        if let Some(reader) = reader {
            reader.wake();
        }
        true
    }

    /// Takes the oldest datagram out, or asks to be woken.
    pub(crate) fn poll_next(&self, context: &Context<'_>) -> Poll<Vec<u8>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(datagram) = waiting.datagrams.pop_front() {
            return Poll::Ready(datagram);
        }
        waiting.reader = Some(context.waker().clone());
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_keeps_the_order() {
        let inbox = Inbox::default();
        for number in 0..DATAGRAMS {
            assert!(inbox.push(&number.to_be_bytes()));
        }
        assert!(!inbox.push(b"one more"));
        let context = Context::from_waker(Waker::noop());
        for number in 0..DATAGRAMS {
            assert_eq!(inbox.poll_next(&context), Poll::Ready(number.to_be_bytes().to_vec()));
        }
        assert_eq!(inbox.poll_next(&context), Poll::Pending);
    }
}
